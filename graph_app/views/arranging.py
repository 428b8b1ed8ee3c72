"""The words of the panel in which a reader arranges a picture."""

from typing import Any

from flask_babel import gettext as _


def page() -> dict[str, Any]:
    """Return what the script needs: sentences, the names of choices, and how steps are told."""
    return {"arrange": _strings()}


def choices() -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen: value and name, by what is chosen."""
    return {
        "layout": [
            ("organic", _("Organic: what is tied stands near")),
            ("layers", _("Layers: countries, cities, institutions, people")),
            ("parts", _("Parts below what they belong to")),
            ("circle", _("Circle")),
            ("country", _("By country")),
            ("map", _("On the map")),
        ],
        "group": [("", _("Nothing")), ("country", _("By country")), ("community", _("By community"))],
        "size": [
            ("", _("All the same")),
            ("degree", _("How many it is tied to")),
            ("betweenness", _("How many shortest paths go through it")),
            ("closeness", _("How near it is to the others")),
        ],
    }


def headings() -> dict[str, str]:
    """Return the names of choices, for the names of steps."""
    return {f"{kind} {value}": name for kind, entries in choices().items() for value, name in entries}


def step_names() -> dict[str, str]:
    """Return how each kind of step is told."""
    return {
        "layout": _("Layout: {what}"),
        "group": _("Gathered into stacks: {what}"),
        "size": _("Size of the discs: {what}"),
        "opened": _("Opened the group {name}"),
        "closed": _("Closed the group {name}"),
        "all_opened": _("Opened all groups"),
        "all_closed": _("Closed all groups"),
        "pinned": _("Pinned {names}"),
        "unpinned": _("Unpinned {names}"),
        "moved": _("Moved {names}"),
        "aligned": _("Aligned {names}"),
    }


def _strings() -> dict[str, str]:
    return {
        "unplaced": _("{count} without a recorded place stand below the map: {names}"),
        "unplaced_more": _("{names} and {count} more"),
        "group": _("{name}: {count}"),
        "open_group": _("Open"),
        "close_group": _("Close"),
        "stack": _("A group of {count}, drawn as one stack."),
        "stacked": _("Group {name}, {count} entities, {index} of {all}. Enter lists them."),
        "groups": _("{closed} of {all} groups are stacks; they hold {count} entities."),
        "no_groups": _("There are no two of one kind to gather."),
        "members": _("In this group"),
        "pinned": _("pinned"),
        "pinned_now": _("{count} pinned: they stay there in every layout."),
        "unpinned_now": _("{count} not pinned any more."),
        "moved": _("{name} moved to {x}, {y}, and pinned there."),
        "choose_one": _("Select something first."),
        "choose_more": _("Select at least two first."),
        "aligned": _("{count} aligned."),
        "column_measure": _("Measure"),
        "column_group": _("Group"),
        "column_note": _("Note"),
        "column_place": _("Place in the picture"),
        "unplaced_mark": _("no place recorded"),
        "inside": _("{count} ties between members of one stack are inside it."),
        "too_large": _("Nothing is measured in pictures of this size: take some away first."),
    }
