"""The copies of an agreement's text, one for each side: whether they are equal, and equal to what was approved."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from graph_app.graph.entities import by_id
from graph_app.graph.histories import histories
from graph_app.graph.results import Node
from graph_app.graph.store import Store
from graph_app.lifecycle.acts import Act
from graph_app.lifecycle.case import Case
from graph_app.lifecycle.copies import Sides, bound, changed, held
from graph_app.text import text_hash

State = Literal["same", "changed", "not_known", "none"]


@dataclass(frozen=True)
class Side:
    """One side with the copy that it holds and what it approved or signed.

    Parameters
    ----------
    party
        The side; None: what is said of all of them.
    copy, approval
        The acts by which the two are known.
    hash, approved_hash
        The hashes of their texts; empty if not known.
    state
        Whether what was approved is the text that is held: ``same``, ``changed`` since, ``not_known`` which text was
        approved, or ``none`` recorded.

    """

    party: Node | None
    copy: Node | None
    approval: Node | None
    hash: str
    approved_hash: str
    state: State


@dataclass(frozen=True)
class Passage:
    """Lines of two copies that stand at the same place; equal ones are not kept."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Copies:
    """The sides; whether their copies are the same (None: there are not two); where the first two differ."""

    sides: tuple[Side, ...]
    same: bool | None
    compared: tuple[Side, Side] | None = None
    passages: tuple[Passage, ...] = field(default=())


def copies(store: Store, agreement: str, day: date) -> Copies | None:
    """Return the copies of the text of ``agreement`` as they are known on ``day``; None if there is none."""
    history = histories(store, [agreement]).get(agreement)
    if history is None:
        return None
    acts = Case(history).acts
    texts, approvals = held(acts, day), bound(acts, day)
    if not texts:
        return None
    names = sorted({*history.parties, *filter(None, {*texts, *approvals})})
    shown = [*names, *([None] if None in texts or None in approvals else [])]
    nodes = by_id(store, [*names, *(act.of for act in (*texts.values(), *approvals.values()))])
    sides = tuple(_side(name, texts.get(name), approvals.get(name), texts, nodes) for name in shown)
    return _compared(sides)


def _side(name: str | None, copy: Act | None, approval: Act | None, texts: Sides, nodes: dict[str, Node]) -> Side:
    state: State = "none"
    if approval:
        state = "not_known" if not approval.text else "changed" if changed(approval, texts) else "same"
    return Side(
        nodes.get(name or ""),
        nodes.get(copy.of) if copy else None,
        nodes.get(approval.of) if approval else None,
        (copy.text or "") if copy else "",
        (approval.text or "") if approval else "",
        state,
    )


def _compared(sides: tuple[Side, ...]) -> Copies:
    known = [side for side in sides if side.hash]
    if len(known) < 2:  # noqa: PLR2004 - a copy and another
        return Copies(sides, None)
    first = known[0]
    other = next((side for side in known if side.hash != first.hash), None)
    if other is None:
        return Copies(sides, same=True)
    return Copies(sides, False, (first, other), tuple(passages(_lines(first.copy), _lines(other.copy))))


def passages(left: list[str], right: list[str]) -> Iterable[Passage]:
    """Yield where two texts differ, line by line; lines with the same words count as equal, however they are typed."""
    matcher = SequenceMatcher(None, [*map(text_hash, left)], [*map(text_hash, right)], autojunk=False)
    for kind, begin, end, other_begin, other_end in matcher.get_opcodes():
        if kind != "equal":
            yield Passage(tuple(left[begin:end]), tuple(right[other_begin:other_end]))


def _lines(event: Node | None) -> list[str]:
    text = str(event.properties.get("terms") or "") if event else ""
    return [line for one in text.splitlines() if (line := one.strip())]
