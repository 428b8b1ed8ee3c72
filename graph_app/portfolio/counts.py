"""How many agreements stand how on a day: counted by the server, so that a page need not read them one by one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph_app.graph.statements import statement
from graph_app.graph.store import Store

_MOST = 100_000  # combinations of a status and flags; there are some dozens
_SECONDS = 20.0


@dataclass(frozen=True)
class Counts:
    """Agreements by status, the most frequent first, and by flag; what concerns none is left out."""

    statuses: Mapping[str, int] = field(hash=False)
    flags: Mapping[str, int] = field(hash=False)

    def of(self, name: str) -> int:
        """Return how many have the status, or the flag, of this name."""
        return self.statuses.get(name) or self.flags.get(name, 0)


def counts(store: Store, day: date, *, fictional: bool = True) -> Counts:
    """Return how many agreements have which status and which flags on ``day``.

    Parameters
    ----------
    store
        The graph.
    day
        The day on which the statuses are looked up.
    fictional
        Whether those count, too, of which nothing but sources that call themselves fictional speaks.

    Raises
    ------
    StoreError
        If the server refuses or cannot be reached.

    """
    statuses, flags = Counter[str](), Counter[str]()
    asked = {"as_of": day, "recorded": not fictional}
    for row in store.table(statement("portfolio/counts"), asked, rows=_MOST, seconds=_SECONDS):
        statuses[row["status"]] += row["agreements"]
        for flag in set(row["flags"]):
            flags[flag] += row["agreements"]
    return Counts(dict(sorted(statuses.items(), key=lambda item: (-item[1], item[0]))), flags)
