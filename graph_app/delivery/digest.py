"""Findings in words, in either language: as the text and the HTML of a mail, and as the entries of a feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph_app._layout import TEMPLATES
from graph_app.database.tables import Finding
from graph_app.dates import day_in_words
from graph_app.errors import N_
from graph_app.language import translations
from graph_app.text import is_rtl, isolate, persian_digits
from graph_app.watches import problems, wording
from graph_app.watches.wording import DIGEST

_SHOWN = 40  # changes of one finding; the page has the rest
_SIGNS = {"new": "+", "changed": "≠", "gone": "−"}
_KINDS = {"new": N_("new"), "changed": N_("changed"), "gone": N_("gone")}


@dataclass(frozen=True)
class Line:
    """One change: what sort it is, and its cells as (before, after); equal where nothing changed."""

    sign: str
    kind: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """One finding in one language."""

    title: str
    address: str
    summary: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    more: int
    cut: bool
    at: str


def told(finding: Finding, language: str, site: str) -> Told:
    """Return ``finding`` in words; ``site`` is where the app is reached."""
    said, all_ = finding.told, sum(finding.told["counts"].values())
    lines = tuple(_line(*change, language=language) for change in said["changes"][:_SHOWN])
    return Told(
        title=said["titles"][language],
        address=site + said["path"],
        summary=_summary(said, language),
        columns=tuple(column[language] for column in said["columns"]),
        lines=lines,
        more=all_ - len(lines),
        cut=said["cut"],
        at=moment(finding.found_at, language),
    )


def subject(findings: Sequence[Finding], language: str) -> str:
    """Return what a mail with these findings is about; with none, that it is a test."""
    if not findings:
        return "Peyvand: " + _(N_("a test"), language)
    titles = list(dict.fromkeys(one.told["titles"][language] for one in findings))
    if not titles[1:]:
        return f"Peyvand: {titles[0]}"
    told = _(N_("%(title)s and %(count)s more"), language, title=titles[0], count=_digits(len(titles) - 1, language))
    return f"Peyvand: {told}"


def text(findings: Sequence[Finding], language: str, site: str) -> str:
    """Return the findings as plain text."""
    parts = [_plain(told(one, language, site), language) for one in findings]
    body = parts or [_(N_("This is a test. What you watch will be told here."), language)]
    ending = _(N_("You are told because you watch this. To change that: %(address)s"), language, address=watched(site))
    due = _(N_("All that is due, and who takes it: %(address)s"), language, address=all_due(site))
    return "\n\n\n".join([*body, f"-- \n{due}\n{ending}"]) + "\n"


def html(findings: Sequence[Finding], language: str, site: str) -> str:
    """Return the findings as a page of HTML, without scripts, styles or anything from elsewhere."""
    shown = [told(one, language, site) for one in findings]
    return (
        _environment(language)
        .get_template("mail/digest.html")
        .render(
            findings=shown,
            language=language,
            subject=subject(findings, language),
            watched=watched(site),
            due=all_due(site),
        )
    )


def piece(finding: Finding, language: str, site: str) -> str:
    """Return one finding as a piece of HTML, for a feed."""
    template = _environment(language).get_template("mail/_finding.html")
    return template.render(one=told(finding, language, site), language=language, level=3)


def watched(site: str) -> str:
    """Return the address of the page where all this is chosen."""
    return f"{site}/watched"


def all_due(site: str) -> str:
    """Return the address of the page of all that is due."""
    return f"{site}{DIGEST}"


def moment(value: datetime, language: str) -> str:
    """Return a point in time as day and minute, UTC, in the calendar of the language."""
    day = day_in_words(value.date(), "jalali" if language == "fa" else "gregorian", language)
    comma = "،" if language == "fa" else ","
    return f"{day}{comma} {_digits(value.strftime('%H:%M'), language)} UTC"


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters["lang_of"] = lambda words: "fa" if is_rtl(str(words)) else "en"
    made.filters["digits"] = lambda value: _digits(value, language)
    return made


def _line(kind: str, before: list[Any] | None, after: list[Any] | None, *, language: str) -> Line:
    old, new = before or after or [], after or before or []
    cells = tuple(
        (wording.shown(a, language)[0], wording.shown(b, language)[0]) for a, b in zip(old, new, strict=False)
    )
    return Line(_SIGNS[kind], _(_KINDS[kind], language), cells)


def _summary(said: dict[str, Any], language: str) -> str:
    if problem := said.get("problem"):
        return problems.told(problem, language)
    comma = "، " if language == "fa" else ", "
    counted = ((kind, said["counts"].get(kind, 0)) for kind in _KINDS)
    return comma.join(f"{_digits(count, language)} {_(_KINDS[kind], language)}" for kind, count in counted if count)


def _plain(one: Told, language: str) -> str:
    head = [one.title, one.address, f"{one.summary} · {one.at}"]
    lines = [f"{line.sign} " + " · ".join(filter(None, map(_both, line.cells))) for line in one.lines]
    more = _(N_("and %(count)s more, on the page"), language, count=_digits(one.more, language)) if one.more > 0 else ""
    return "\n".join(filter(None, [*head, *lines, more]))


def _both(cell: tuple[str, str]) -> str:
    before, after = cell
    return isolate(after) if before == after else f"{isolate(before or '–')} → {isolate(after or '–')}"


def _(message: str, language: str, **values: object) -> str:
    return wording.gettext(message, language) % values


def _digits(value: object, language: str) -> str:
    return persian_digits(str(value)) if language == "fa" else str(value)
