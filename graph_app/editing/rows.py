"""An edit as rows of the tables of the mapping ``edits``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph_app.editing.around import Around
from graph_app.editing.fields import Given, Problems
from graph_app.errors import N_, LoadError
from graph_app.graph.histories import text_of
from graph_app.text import is_rtl, text_hash
from graph_app.vocabulary import Word, vocabulary

Row = dict[str, str]
Tables = dict[str, list[Row]]
_WITHOUT_DOCUMENT = Word(en="Recorded in the app by {who}", fa="ثبت‌شده در برنامه به دست {who}")
_TERMS = ("effective_on", "ends_on", "term", "notice_days", "reference_number")


class FormError(Exception):
    """What was typed does not fit together; ``problems`` has a sentence for each field at fault."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Making:
    """What an edit is made of.

    Parameters
    ----------
    key
        The key of the edit; that of its source, and the beginning of all keys that it makes.
    about
        What stands around the entity that it is about, if it is about one.
    given
        What was typed.

    """

    key: str
    about: Around | None
    given: Given

    @property
    def subject(self) -> Around:
        """What stands around the entity that it is about."""
        if self.about is None:
            raise FormError({"about": LoadError(N_("Choose what it is about."))})
        return self.about


def made(making: Making, tables: Tables, who: str, day: date, document: Mapping[str, str]) -> Tables:
    """Return ``tables`` with the source of the edit, and who says so and why in every row."""
    given = making.given
    evidence = {"source_id": making.key, "certainty": "stated", "note": given["why"], **given.some("quote")}
    told = {**evidence, **_source(given, who, day), **document}
    stamped = {name: [_stamped(row, evidence) for row in rows] for name, rows in tables.items() if rows}
    return {"sources": [told], **stamped}


def _stamped(row: Row, evidence: Row) -> Row:
    reason = {"rank_reason": evidence["note"]} if "rank" in row else {}
    return {**row, **evidence, **reason}


def _source(given: Given, who: str, day: date) -> Row:
    title = given["document_title"] or given["reference_number"]
    if title:
        names = {"title_fa" if is_rtl(title) else "title_en": title}
    else:
        names = {
            f"title_{language}": _WITHOUT_DOCUMENT.in_language(language).format(who=who) for language in _LANGUAGES
        }
    cited = given.some("publisher", "document_issued", "reference_number")
    return {**names, "issued": day.isoformat(), "recorded_by": who, **cited}


_LANGUAGES = ("fa", "en")


def act(making: Making) -> Tables:
    """Return the rows of an act, or of a decision of a review."""
    given = making.given
    chosen = next((node for node in making.subject.copies if node.id == given["text"]), None)
    text = text_of(chosen.properties) if chosen else None
    return {"acts": [_act(making, given["act"], party_id=given["party"], terms_sha256=text or "")]}


def copy(making: Making) -> Tables:
    """Return the row of a copy of the text, as one side holds it."""
    given = making.given
    if not given["terms"]:
        message = N_("Paste the text, or attach it as plain text, DOCX or ODT: from other files it cannot be read.")
        raise FormError({"terms": LoadError(message)})
    told = {"terms": given["terms"], "terms_sha256": text_hash(given["terms"])}
    row = _act(making, "text_recorded", party_id=given["party"], **told)
    mark = " · ".join(filter(None, (given["date"], told["terms_sha256"][:8])))
    names: Row = {name: f"{row[name]} · {mark}" for name in ("title_fa", "title_en") if name in row}
    return {"acts": [{**row, **names}]}


def extension(making: Making) -> Tables:
    """Return the rows of an extension: to a new end, or by how long."""
    given = making.given
    if not given["until"] and not given["term"]:
        raise FormError({"until": LoadError(N_("Give the new end, or how much longer it is valid."))})
    return {"acts": [_act(making, "extended", until=given["until"], term=given["term"])]}


def renewal(making: Making) -> Tables:
    """Return the rows of a new instrument that goes on with the old one, and is as confidential."""
    return _successor(making, "renewal")


def downgrade(making: Making) -> Tables:
    """Return the rows of a lower agreement in the place of the old one: one action, and both histories stay."""
    return _successor(making, "downgrade")


def _successor(making: Making, reason: str) -> Tables:
    given, old = making.given, making.subject
    named(given)
    key = f"{making.key}-agreement"
    umbrella = {"umbrella": old.umbrellas[0]} if old.umbrellas else {}
    level = {name: str(item) for name, item in old.node.properties.items() if name == "confidentiality"}
    agreement = {"agreement_id": key, **given.some("kind", "title_fa", "title_en", *_TERMS), **umbrella, **level}
    parties = [{"agreement_id": key, "party": node.id, "role": role} for node, role in old.parties]
    parties += [{"agreement_id": key, "party": node.id, "role": "territory"} for node in old.territories]
    succession = {"agreement_id": key, "earlier_agreement_id": old.key, "reason": reason}
    names = given.some("title_fa", "title_en")
    return {
        "agreements": [agreement],
        "parties": parties,
        "acts": [act_row(making.key, key, "signed", given["signed_on"], names)],
        "successions": [succession],
    }


def named(given: Given) -> None:
    """Refuse what has a name in neither language.

    Raises
    ------
    FormError
        If both are empty.

    """
    if not given["title_fa"] and not given["title_en"]:
        raise FormError({"title_fa": LoadError(N_("Give it a name, in Persian or in English."))})


def act_row(key: str, agreement: str, kind: str, day: str, names: Mapping[str, str], **more: str) -> Row:
    """Return the row of an act on the agreement called ``names``, by the edit ``key``."""
    word = vocabulary().acts[kind]
    titles = {name: f"{word.in_language(name[-2:])}: {text}" for name, text in names.items()}
    told = {name: text for name, text in {"date": day, **more}.items() if text}
    return {"act_id": f"{key}-{kind}", "agreement_id": agreement, "act": kind, **titles, **told}


def _act(making: Making, kind: str, **more: str) -> Row:
    """Return the row of an act on what the edit is about."""
    subject, properties = making.subject, making.subject.node.properties
    names = {f"title_{one}": properties[f"name_{one}"] for one in _LANGUAGES if properties.get(f"name_{one}")}
    return act_row(making.key, subject.key, kind, making.given["date"], names, **more)
