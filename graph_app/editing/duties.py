"""Rows of what follows from agreements: commitments, letters and their answers, people appointed to posts."""

from graph_app.editing.around import key_of
from graph_app.editing.rows import FormError, Making, Row, Tables, named
from graph_app.errors import N_, LoadError

_ACTION = {"title_fa": "action_fa", "title_en": "action_en"}


def commitment(making: Making) -> Tables:
    """Return the rows of a new commitment under an agreement."""
    given = making.given
    named(given)
    actions = {_ACTION[name]: text for name, text in given.some("title_fa", "title_en").items()}
    row = {
        "commitment_id": f"{making.key}-commitment",
        "agreement": making.subject.node.id,
        **actions,
        **given.some("owner", "kind", "status", "due"),
    }
    return {"commitments": [row]}


def progress(making: Making) -> Tables:
    """Return the row that says how a commitment stands now, which is believed above what was said before."""
    given = making.given
    row = {"commitment_id": key_of(given["commitment"]), "status": given["status"], "rank": "preferred"}
    return {"commitments": [row]}


def letter(making: Making) -> Tables:
    """Return the rows of a letter about an agreement, with who sent it and to whom."""
    given, key = making.given, f"{making.key}-letter"
    named(given)
    told = given.some("title_fa", "title_en", "date")
    sent = [("issuer", given["sender"]), ("addressee", given["addressee"])]
    part = [{"event_id": key, "participant": id_, "role": role} for role, id_ in sent if id_]
    return {"letters": [{"letter_id": key, "agreement": making.subject.node.id, **told}], "participants": part}


def answer(making: Making) -> Tables:
    """Return the row of what an addressee answered."""
    event, _bar, participant = making.given["letter"].partition("|")
    row = {"event_id": key_of(event), "participant": participant, "role": "addressee", "answer": making.given["answer"]}
    return {"participants": [row]}


def appointment(making: Making) -> Tables:
    """Return the rows of an appointment: to a post that there is, or to a new one at an institution."""
    given, subject = making.given, making.subject.node
    person = subject.id if "Person" in subject.labels else given["person"]
    post, posts = (subject.id, []) if "Post" in subject.labels else _post(making)
    told = given.some("title_fa", "title_en", "kind", "valid_from", "valid_to")
    row = {"appointment_id": f"{making.key}-appointment", "post": post, "person": person, **told}
    return {"posts": posts, "appointments": [row]}


def _post(making: Making) -> tuple[str, list[Row]]:
    """Return the post that was chosen, or a new one with its row."""
    given, subject = making.given, making.subject.node
    if given["post"]:
        return given["post"], []
    institution = subject.id if "Institution" in subject.labels else given["institution"]
    missing = {"kind": given["kind"], "institution": institution}
    message = N_("Choose a post, or tell the name, the kind and the institution of a new one.")
    if problems := {name: LoadError(message) for name, text in missing.items() if not text}:
        raise FormError({**problems})
    named(given)
    key = f"{making.key}-post"
    told = {"institution": institution, **given.some("title_fa", "title_en", "kind")}
    return f"post:{key}", [{"post_id": key, **told}]
