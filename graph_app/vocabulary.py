"""The words of the field in both languages: labels, types, statuses, kinds, roles, and how each is shown.

One data file, ``vocabulary.yaml``, read once. Cypher identifiers (labels, types, property names) come from here and
never from input, which is what keeps statements safe.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph_app import yaml_files
from graph_app._layout import VOCABULARY

TO_COME = frozenset({"planned", "proposed"})  # states of what is not yet
OVER = frozenset({"ended", "expired"})


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Word(_Entry):
    """One meaning in both languages."""

    en: str
    fa: str

    def in_language(self, language: str) -> str:
        """Return the word in ``language``, ``en`` or ``fa``."""
        return self.fa if language == "fa" else self.en


class Label(Word):
    """A label of the graph; ``of`` names the base label that it refines."""

    many: Word
    icon: str
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    about: Word
    of: str | None = None


class TieType(_Entry):
    """A relationship type.

    ``hidden`` ones are drawn only on request, ``derived`` ones are made by us, ``symmetric`` ones have no direction.
    ``sentence`` says the tie of ``{a}`` and ``{b}``, ``planned`` if it is yet to come and ``ended`` if it is over;
    ``phrase_planned`` and ``phrase_ended`` stand between the two then.
    """

    out: Word
    in_: Word = Field(alias="in")
    phrase: Word
    sentence: Word
    planned: Word | None = None
    ended: Word | None = None
    phrase_planned: Word | None = None
    phrase_ended: Word | None = None
    hidden: bool = False
    derived: bool = False
    symmetric: bool = False


class Status(Word):
    """A lifecycle status; ``state`` names its badge."""

    state: str | None = None


class Action(Word):
    """An act on an agreement, and what it does: see the head of ``acts`` in the file."""

    stage: str | None = None
    final: str | None = None
    back: bool = False
    effect: (
        Literal["approval", "signature", "extension", "suspension", "resumption", "amendment", "accession"] | None
    ) = None
    disposition: str | None = None
    implementation: str | None = None


class State(Word):
    """A badge: one shape and one colour."""

    badge: Literal["hollow", "half", "full", "ring", "cross", "square", "question", "bar"]
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")


class Certainty(Word):
    """How sure a claim is; a lower ``rank`` is preferred."""

    rank: int
    stroke: Literal["solid", "dashed", "dotted"]


class Rank(Word):
    """Whether a claim is to be used; a lower ``order`` is preferred."""

    order: int


class Grade(Word):
    """A letter or digit of a grading scale; ``unknown`` says that nobody could judge, which is not the worst."""

    unknown: bool = False


class Vocabulary(_Entry):
    """All words; see the head of ``vocabulary.yaml`` for what each list is."""

    labels: Mapping[str, Label]
    types: Mapping[str, TieType]
    layers: tuple[tuple[str, ...], ...]
    hierarchy: tuple[str, ...]
    statuses: Mapping[str, Status]
    states: Mapping[str, State]
    confidentialities: Mapping[str, Word]
    acts: Mapping[str, Action]
    reasons: Mapping[str, Word]
    flags: Mapping[str, Word]
    dispositions: Mapping[str, Word]
    implementations: Mapping[str, Word]
    term_kinds: Mapping[str, Word]
    criteria: Mapping[str, Word]
    twinning_classes: Mapping[str, Word]
    certainties: Mapping[str, Certainty]
    ranks: Mapping[str, Rank]
    reliabilities: Mapping[str, Grade]
    credibilities: Mapping[str, Grade]
    bases: Mapping[str, Word]
    kinds: Mapping[str, Mapping[str, Word]]
    roles: Mapping[str, Word]
    words: Mapping[str, Word]
    properties: Mapping[str, Word]

    def base(self, label: str) -> str:
        """Return the base label of ``label``: ``Place`` for ``City``, itself for a base label."""
        return self.labels[label].of or label

    def shown(self, labels: tuple[str, ...]) -> str:
        """Return the label that names and draws an entity: its refining one if it has one, else its base."""
        known = [label for label in labels if label in self.labels]
        refining = [label for label in known if self.labels[label].of]
        return (refining or known or ["Place"])[0]

    def drawn_types(self) -> list[str]:
        """Return the types that pictures show and walks follow."""
        return [name for name, tie in self.types.items() if not tie.hidden]

    def claimed_types(self) -> list[str]:
        """Return the types of ties that a source states: neither derived nor evidence."""
        return [name for name in self.drawn_types() if not self.types[name].derived]

    def phrase(self, type_: str, status: object, language: str) -> str:
        """Return what joins the ends of a tie of ``type_`` that itself has ``status``: a plan is never told as done."""
        tie, known = self.types[type_], self.statuses.get(str(status))
        state = known.state if known else None
        to_come = tie.phrase_planned if state in TO_COME else None
        over = tie.phrase_ended if state in OVER else None
        return (to_come or over or tie.phrase).in_language(language)

    def value(self, key: str, value: str, language: str, labels: tuple[str, ...] = ()) -> str:
        """Return the word for a coded ``value`` of the property ``key``; the value itself if it is not a code."""
        lists: list[Mapping[str, Word]] = []
        if key == "kind":
            lists = [self.kinds[label] for label in labels if label in self.kinds] or list(self.kinds.values())
        elif key in _LISTS:
            lists = [getattr(self, name) for name in _LISTS[key]]
        found = next((words[value] for words in lists if value in words), None)
        return found.in_language(language) if found else value


_LISTS: Mapping[str, tuple[str, ...]] = {
    "status": ("statuses", "words"),
    "status_asserted": ("statuses",),
    "certainty": ("certainties",),
    "confidentiality": ("confidentialities",),
    "rank": ("ranks",),
    "reliability": ("reliabilities",),
    "credibility": ("credibilities",),
    "basis": ("bases",),
    "word": ("words",),
    "role": ("roles",),
    "action": ("acts", "words"),
    "rule": ("reasons",),
    "reason": ("words",),
    "rank_reason": ("words",),
    "flags": ("flags",),
    "implementation": ("implementations",),
    "review_disposition": ("dispositions", "words"),
    "disposition": ("dispositions",),
    "candidates": ("statuses",),
    **dict.fromkeys(
        ("answer", "as", "field", "decision", "operator", "standing", "status_basis", "relation"), ("words",)
    ),
    **dict.fromkeys(("parent_basis", "position_basis", "date_precision", "url_origin"), ("words",)),
    "language": ("words",),
    "term_kind": ("term_kinds",),
    "twinning_class": ("twinning_classes",),
    **dict.fromkeys(("leaders_signed", "several_fields", "assembly_approved"), ("criteria",)),
}


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, read and checked once."""
    return Vocabulary.model_validate(yaml_files.read(VOCABULARY))
