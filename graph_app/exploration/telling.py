"""A path as sentences, in the grammar of each language: a sentence tells up to two steps.

The second step is a relative clause of what the first ended in, or a second thing said of the same subject.

English leaves the object of such a clause out ("the session, which Ali Razi took part in"), Persian takes it up again
with a pronoun («که علی راضی در آن شرکت داشت»); so one template for each type of tie makes all forms.
"""

import re
from collections.abc import Iterable, Iterator

from graph_app.exploration.claims import Fact
from graph_app.exploration.path import Path, Step
from graph_app.graph.results import Node
from graph_app.vocabulary import OVER, TO_COME, TieType, Word, vocabulary

Part = str | Node
_SLOT = re.compile(r"(\{[ab]\})")
_UNSURE = frozenset({"inferred", "ambiguous"})


def sentences(path: Path, language: str) -> Iterator[list[Part]]:
    """Yield the sentences that tell ``path``, as text and the entities that are named in it.

    Parameters
    ----------
    path
        The path.
    language
        ``en`` or ``fa``.

    """
    rest = list(path.steps)
    while rest:
        step = rest.pop(0)
        told = _clause(step, language)
        if rest and _goes_on(step, rest[0]):
            following = rest.pop(0)
            told += _and(following, language) if _backward(step) else _relative(step, following, language)
        yield _joined([*told, "."])


def _goes_on(step: Step, following: Step) -> bool:
    """Return whether what follows can be said in the same sentence: of its object, or of its subject as subject."""
    return not _backward(step) or not _backward(following)


def _and(step: Step, language: str) -> list[Part]:
    """Return what else is said of the subject."""
    fact = step.facts[0]
    told = _filled(_template(fact, step, language), [""], [step.end])
    return [" و " if language == "fa" else " and ", *told, *_doubt(fact, language)]


def _clause(step: Step, language: str) -> list[Part]:
    fact = step.facts[0]
    subject, object_ = _in_order(step)
    return [*_filled(_template(fact, step, language), [subject], [object_]), *_doubt(fact, language)]


def _relative(before: Step, step: Step, language: str) -> list[Part]:
    """Return what is said of the entity in which ``before`` ended."""
    fact = step.facts[0]
    template = _template(fact, step, language)
    person = "Person" in step.start.labels
    also = fact.tie.type == before.facts[0].tie.type and _backward(step) != _backward(before)
    if language == "fa":
        pronoun = "او" if person else "آن"
        forward = _filled(template, [""], [step.end])
        told = _filled(template, [step.end, " نیز"] if also else [step.end], [pronoun]) if _backward(step) else forward
        return [" که ", *told, *_doubt(fact, language)]
    if _backward(step):
        told = [", whom " if person else ", which ", *_filled(template, [step.end], [""])]
    else:
        told = [", who " if person else ", which ", *_filled(template, [""], [step.end])]
    return [*told, *([", too"] if also else []), *_doubt(fact, language)]


def _backward(step: Step) -> bool:
    return step.facts[0].direction == "in"


def _in_order(step: Step) -> tuple[Node, Node]:
    """Return the ends of a step as its tie has them: who it speaks of first."""
    return (step.end, step.start) if _backward(step) else (step.start, step.end)


def _template(fact: Fact, step: Step, language: str) -> str:
    type_ = vocabulary().types[fact.tie.type]
    return _tense(type_, fact, step).in_language(language)


def _tense(type_: TieType, fact: Fact, step: Step) -> Word:
    states = {_state(fact.tie.properties.get("status"))}
    states |= {str(node.properties.get("status")) for node in (step.start, step.end) if "Event" in node.labels}
    if type_.planned and states & TO_COME:
        return type_.planned
    if type_.ended and states & OVER:
        return type_.ended
    return type_.sentence


def _state(status: object) -> str:
    found = vocabulary().statuses.get(str(status))
    return (found.state if found else None) or ""


def _doubt(fact: Fact, language: str) -> list[Part]:
    """Return what limits a clause: the status of a derived tie, and that no source says it outright."""
    words = vocabulary()
    known = words.statuses.get(str(fact.tie.properties.get("status"))) if words.types[fact.tie.type].derived else None
    certainty = str(fact.tie.properties.get("certainty"))
    told = [word for word in (known, words.certainties[certainty] if certainty in _UNSURE else None) if word]
    if not told:
        return []
    text = ("، " if language == "fa" else ", ").join(word.in_language(language) for word in told)
    return [f" ({text.lower()})"]


def _filled(template: str, subject: Iterable[Part], object_: Iterable[Part]) -> list[Part]:
    slots = {"{a}": list(subject), "{b}": list(object_)}
    return [part for piece in _SLOT.split(template) for part in slots.get(piece, [piece])]


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Return the parts with neighbouring texts as one, and with single spaces."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, str) and isinstance(last, str):
            found[-1] = last + part
        elif part != "":
            found.append(part)
    return [re.sub(r"\s+(?=[\s,.])", "", part) if isinstance(part, str) else part for part in found]
