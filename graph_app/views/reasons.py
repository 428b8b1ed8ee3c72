"""Why the search found what it found, in the reader's language."""

from collections.abc import Sequence

from flask_babel import gettext as _

from graph_app.exploration.ranking import Why
from graph_app.exploration.search import Hit
from graph_app.text import isolate


def of_all(hits: Sequence[Hit]) -> str:
    """Return what the reader must know of all results: that something else was looked for than was typed."""
    match hits[0].why if hits else None:
        case Why(how="layout", text=text):
            message = _("Showing results for “%(text)s”, typed with the keyboard in the other language.")
            return str(message) % {"text": isolate(text)}
        case Why(how="part", text=text):
            return str(_("Nothing fits all words. Showing results for “%(text)s”.")) % {"text": isolate(text)}
        case Why(how="like"):
            return str(_("Nothing is written so. Showing names that are written or sound alike."))
    return ""


def of(hit: Hit, reader: str) -> str:
    """Return why an entity was found, if its names as they are shown do not say it."""
    match hit.why:
        case Why(how="alias", text=text):
            return str(_("also called %(name)s")) % {"name": isolate(text)}
        case Why(how="near") as near:
            message = _("lies in %(name)s") if "Place" in hit.node.labels else _("belongs to %(name)s")
            return str(message) % {"name": isolate(near.in_language(reader))}
        case Why(how="like"):
            return str(_("sounds or is written alike"))
    return ""
