"""An edit taken back after others changed what it is about: its claims go, and what the others say stays.

An edit is a run with a source of its own, so all that it said can be told from all that was said before and since.
"""

from graph_app.database.tables import Load
from graph_app.graph.store import Store
from loaders import aliases, syncing
from loaders.decisions import Decisions
from loaders.ledger import Ledger
from loaders.mapping import MappingFile
from loaders.plan import TieChange
from loaders.planning import without_claims
from loaders.promise import Promise
from loaders.undoing import LaterError, taken_back


def withdrawn(store: Store, ledger: Ledger, load: Load, mapping: MappingFile) -> Promise:
    """Return the plan that takes the edit ``load`` back, whatever was loaded since.

    Raises
    ------
    LoadError
        If it is undone already, undoes another run itself, or if claims of others lead to what it made.

    """
    try:
        return taken_back(store, ledger, load)
    except LaterError:
        state = syncing.state(store)
        made = (change for change in ledger.changes(load) if isinstance(change, TieChange))
        claims = {change.id: True for change in made if change.after and not change.before}
        merged = aliases.in_effect(store, Decisions(ledger.database).merges())
        plan = without_claims(store, mapping, claims, merged)
        if plan.held:  # others speak of what it made
            raise
        return Promise(plan, (), load.version, load.rules, state, undoes=load.run)
