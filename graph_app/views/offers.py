"""What the search bar offers beside entities: saved questions and actions, by their names in either language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app, url_for

from graph_app.catalog import Catalog
from graph_app.text import fold, squash
from graph_app.views import language
from graph_app.vocabulary import Word

_QUESTIONS, _ACTIONS = 4, 3
_SHORTEST = 3  # letters that are looked for in the middle of a name
_PREFIXES = {"question": "question", "پرسش": "question", "action": "action", "کار": "action"}


@dataclass(frozen=True)
class Action:
    """Something to do: its name in both languages, other words for it, and where it is done."""

    name: Word
    words: str
    endpoint: str
    icon: str


ACTIONS = (
    Action(
        Word(en="Find paths between two entities", fa="یافتن مسیرهای میان دو موجودیت"),
        "connected ارتباط",
        "paths.index",
        "signpost-split",
    ),
    Action(
        Word(en="Common ties of several entities", fa="پیوندهای مشترک چند موجودیت"),
        "both shared هر دو",
        "common.index",
        "intersect",
    ),
    Action(
        Word(en="Between two countries", fa="میان دو کشور"),
        "bilateral pair relations دوجانبه روابط",
        "bilateral.index",
        "intersect",
    ),
    Action(
        Word(en="Start an empty picture", fa="آغاز تصویری خالی"), "explore graph کاوش", "explore.index", "diagram-3"
    ),
    Action(
        Word(en="All saved questions", fa="همهٔ پرسش‌های ذخیره‌شده"),
        "library queries کتابخانه",
        "queries.index",
        "question-circle",
    ),
    Action(Word(en="Data quality", fa="کیفیت داده"), "problems errors خطا", "quality.index", "table"),
)


def offers(text: str) -> list[dict[str, Any]]:
    """Return the questions and the actions that fit ``text``, those first whose name begins so.

    Parameters
    ----------
    text
        What was typed; ``question: …`` asks for questions only, ``action: …`` for actions only, in either language.

    """
    prefix, colon, rest = text.partition(":")
    only = _PREFIXES.get(fold(prefix)) if colon else None
    folded = fold(rest if only else text)
    if not folded:
        return []
    questions = list(_questions(folded)) if only != "action" else []
    actions = list(_actions(folded)) if only != "question" else []
    best = (*sorted(questions, key=_rank)[:_QUESTIONS], *sorted(actions, key=_rank)[:_ACTIONS])
    return [{**found, "begins": rank == 0} for rank, found in best]


def asks_only_for_offers(text: str) -> bool:
    """Return whether ``text`` begins with the prefix of questions or actions."""
    prefix, colon, _ = text.partition(":")
    return bool(colon) and fold(prefix) in _PREFIXES


def _rank(found: tuple[int, dict[str, Any]]) -> int:
    return found[0]


def _questions(folded: str) -> Iterator[tuple[int, dict[str, Any]]]:
    catalog = cast("Catalog", current_app.extensions["questions"])
    for question in catalog.values():
        header = question.header
        rank = _fit(folded, header.title, " ".join(header.tags))
        if rank is not None:
            subject, _, name = question.name.partition("/")
            href = url_for("queries.show", subject=subject, question=name)
            yield rank, _offer("question", header.title, header.about, href, "question-circle")


def _actions(folded: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for action in ACTIONS:
        rank = _fit(folded, action.name, action.words)
        if rank is not None:
            yield rank, _offer("action", action.name, None, url_for(action.endpoint), action.icon)


def _fit(folded: str, name: Word, more: str) -> int | None:
    """Return 0 if a name begins with the text, 1 if it has it or its words, 2 with ``more``; None if nothing fits."""
    names = [fold(name.en), fold(name.fa)]
    bare = [squash(one) for one in names]
    if any(one.startswith(squash(folded)) for one in bare):
        return 0
    if any(squash(folded) in one for one in bare) and len(folded) >= _SHORTEST:
        return 1
    typed = folded.split()
    for rank, words in ((1, " ".join(names).split()), (2, f"{' '.join(names)} {fold(more)}".split())):
        if all(any(word.startswith(part) for word in words) for part in typed):
            return rank
    return None


def _offer(sort: str, name: Word, about: Word | None, href: str, icon: str) -> dict[str, Any]:
    reader = language()
    told = about.in_language(reader) if about else ""
    return {"sort": sort, "name": name.in_language(reader), "about": told, "href": href, "icon": icon}
