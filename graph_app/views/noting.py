"""The words with which people write on a picture in the explorer."""

from typing import Any

from flask_babel import gettext as _

from graph_app import notes


def page() -> dict[str, Any]:
    """Return what the script needs: sentences and bounds."""
    return {"notes": _strings(), "limits": {"longest": notes.LONGEST, "most": notes.MOST, "room": notes.ROOM}}


def step_names() -> dict[str, str]:
    """Return how each kind of step is told."""
    return {
        "noted": _("Note on {name}"),
        "noted_other": _("Note on: {what}"),
        "unnoted": _("Took the note off {name}"),
        "unnoted_other": _("Took the note off: {what}"),
    }


def _strings() -> dict[str, str]:
    return {
        "note": _("Note"),
        "add": _("Add a note"),
        "edit": _("Edit the note"),
        "whole": _("the whole picture"),
        "gone": _("{name} (not in the picture now)"),
        "edge": _("{start} {phrase} {end}"),
        "kept": _("Note kept on: {name}"),
        "removed": _("Note taken off: {name}"),
        "full": _("There is no more room: notes travel in the address of the picture. Shorten or remove one first."),
    }
