"""Kinds of what people do, as the audit names them, and by which means they do it."""

from enum import StrEnum
from typing import Final

from graph_app.errors import N_


class Act(StrEnum):
    """What somebody did."""

    SEEN = "seen"
    SEARCHED = "searched"
    RAN = "ran"
    EXPORTED = "exported"
    LOADED = "loaded"
    EDITED = "edited"
    DECIDED = "decided"
    SHARED = "shared"
    KEPT = "kept"
    ACCOUNT = "account"
    ADMINISTERED = "administered"
    CUT = "cut"


QUIET: Final = None  # shows nothing of the graph and changes nothing: nothing to record

TITLES: Final = {
    Act.SEEN: N_("seen"),
    Act.SEARCHED: N_("searched"),
    Act.RAN: N_("asked"),
    Act.EXPORTED: N_("taken away"),
    Act.LOADED: N_("loaded"),
    Act.EDITED: N_("recorded"),
    Act.DECIDED: N_("decided about duplicates"),
    Act.SHARED: N_("shared with others"),
    Act.KEPT: N_("kept for oneself"),
    Act.ACCOUNT: N_("signed in or changed their account"),
    Act.ADMINISTERED: N_("administered"),
    Act.CUT: N_("removed lines of the audit that were too old"),
}
CHANGING: Final = frozenset(
    {Act.LOADED, Act.EDITED, Act.DECIDED, Act.SHARED, Act.KEPT, Act.ACCOUNT, Act.ADMINISTERED}
)  # their lines are written before the answer goes out
