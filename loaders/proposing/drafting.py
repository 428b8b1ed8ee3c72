"""The columns of a proposed mapping: what each is called there, how it is read, and what a person must decide."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_app.errors import N_
from graph_app.text import fold, is_rtl, squash
from graph_app.vocabulary import Word, vocabulary
from loaders.naming import RESERVED
from loaders.proposing.profile import Profile
from loaders.reading import Remark

_MOST_UNREAD = 0.5  # of the cells; above it a heading is not believed
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("signed_on", "effective_on", "ends_on", "date"), "date"),
    **dict.fromkeys(("latitude", "longitude"), "decimal"),
    **dict.fromkeys(("city", "partner_city", "country", "partner_country", "province", "party", "partner"), "name"),
    **dict.fromkeys(("title", "signatory", "institution", "person", "post", "event", "venue", "topic"), "name"),
    **dict.fromkeys(("name", "name_en", "source"), "name"),
    **dict.fromkeys(("reference", "url", "note"), "text"),
    "row_number": "ignore",
    "key": "key",
    "term": "term",
}
_LISTS = {"kind": "kinds.Agreement", "status": "statuses"}


@dataclass
class ColumnDraft:
    """One column: its key in the mapping, its profile, its role, how it is read, and remarks for a person."""

    key: str
    profile: Profile
    role: str
    options: dict[str, Any]
    remarks: list[Remark] = field(default_factory=list)

    @property
    def loaded(self) -> bool:
        """Whether its cells are read at all."""
        return bool(self.options["type"] != "ignore")

    @property
    def name_property(self) -> str:
        """The property that takes its cells as a name: that of the script in which most of them are written."""
        rtl = sum(count for word, count in self.profile.words.items() if is_rtl(word))
        return "name_fa" if 2 * rtl >= self.profile.filled else "name_en"


def drafted(profiles: Iterable[Profile], roles: Mapping[str, str]) -> list[ColumnDraft]:
    """Return a draft of every column, each under a key of its own."""
    found: list[ColumnDraft] = []
    columns = list(profiles)
    for profile in columns:
        role = roles[profile.heading]
        others = {squash(one.heading) for one in columns if one is not profile}
        key = _free(role or _slug(profile.heading), others | {squash(one.key) for one in found})
        found.append(_column(ColumnDraft(key, profile, role, {})))
    return found


def _slug(heading: str) -> str:
    slug = re.sub(r"\W+", "_", fold(heading)).strip("_") or "column"
    return f"{slug}_" if slug in RESERVED or slug.startswith("original_") else slug


def _free(name: str, taken: set[str]) -> str:
    numbers = iter(range(2, len(taken) + 3))
    found = name
    while squash(found) in taken:
        found = f"{name}_{next(numbers)}"
    return found


def _column(draft: ColumnDraft) -> ColumnDraft:
    """Say how the cells of ``draft`` are read."""
    profile, role = draft.profile, draft.role
    if not profile.filled:
        draft.options = {"type": "ignore"}
        draft.remarks.append(Remark(N_("No cell of this column is filled.")))
    elif role in _LISTS:
        _coded(draft, _LISTS[role])
    elif role in _TYPES and (role != "key" or profile.reads("key")):
        _typed(draft, _TYPES[role])
    else:
        _guessed(draft)
    if profile.nulls and draft.loaded:
        draft.options["nulls"] = profile.nulls
    return draft


def _typed(draft: ColumnDraft, kind: str) -> None:
    """Take the type that the heading tells, unless most cells are something else."""
    profile = draft.profile
    options, certain = profile.date_options() if kind == "date" else ({}, True)
    unread = [] if kind == "ignore" else profile.unread(kind, options)
    lost = sum(profile.words[word] for word in unread)
    if lost > _MOST_UNREAD * profile.filled:
        draft.options = {"type": "text"}
        message = N_("TODO: most cells cannot be read as %(kind)s, such as “%(cell)s”.")
        draft.remarks.append(Remark(message, {"kind": kind, "cell": unread[0]}))
        return
    draft.options = {"type": kind, **options}
    if not certain:
        draft.remarks.append(
            Remark(N_("TODO: is this how these dates are meant? They can be read in another way, too."))
        )
    if unread:
        message = N_("TODO: rows that will be rejected: %(count)s, for cells such as “%(cell)s”.")
        draft.remarks.append(Remark(message, {"count": lost, "cell": unread[0]}))


def _guessed(draft: ColumnDraft) -> None:
    """Take the narrowest type that all cells have; a few words that come again and again are an enum."""
    profile = draft.profile
    padded = any(re.match(r"[0۰]\d", word) for word in profile.words)
    kinds = [] if padded else ["integer", "decimal"]
    kind = next((kind for kind in [*kinds, "date"] if profile.reads(kind)), "text")
    if kind == "text" and profile.reads("boolean"):
        kind = "boolean"
    draft.options = {"type": kind}
    if kind == "text" and profile.few:
        draft.options = {"type": "enum", "values": {word: word for word in profile.words}}
    if not draft.role:
        draft.remarks.append(Remark(N_("TODO: what is this? It becomes a property of that name; or say: ignore")))


def _coded(draft: ColumnDraft, of: str) -> None:
    """Match the words of the file with ours; those that nobody knows are left to a person."""
    known = _codes(of)
    found = {word: known[squash(word)] for word in draft.profile.words if squash(word) in known}
    missing = [word for word in draft.profile.words if word not in found]
    if sum(draft.profile.words[word] for word in missing) > _MOST_UNREAD * draft.profile.filled:
        _guessed(draft)
        draft.remarks.append(Remark(N_("TODO: give our word for each of these, and say: of: %(list)s"), {"list": of}))
        return
    draft.options = {"type": "enum", "of": of, "values": found}
    if missing:
        message = N_("TODO: which of %(list)s is %(words)s? Until then, such rows are rejected.")
        draft.remarks.append(Remark(message, {"list": of, "words": ", ".join(f"“{word}”" for word in missing)}))


def _codes(of: str) -> dict[str, str]:
    """Return our code for every way to write it."""
    name, _, part = of.partition(".")
    words: Mapping[str, Any] = getattr(vocabulary(), name)
    listed: Mapping[str, Word] = words[part] if part else words
    spelled = ((spelling, code) for code, word in listed.items() for spelling in (code, word.fa, word.en))
    return {**{squash(spelling): code for spelling, code in spelled}, **_SHORT.get(of, {})}


_SHORT: Mapping[str, Mapping[str, str]] = {
    "kinds.Agreement": {
        **dict.fromkeys(map(squash, ("mou", "memorandum", "یادداشت تفاهم", "تفاهم نامه همکاری")), "mou"),
        **dict.fromkeys(map(squash, ("sister city", "twinning", "پیمان خواهرخواندگی", "خواهر خواندگی")), "sister_city"),
        **dict.fromkeys(map(squash, ("sister cities", "sister-city agreement", "twin towns")), "sister_city"),
    },
    "statuses": {
        **dict.fromkeys(map(squash, ("active", "فعال", "جاری", "معتبر", "valid")), "in_force"),
        **dict.fromkeys(map(squash, ("منقضی شده", "پایان یافته")), "expired"),
        **dict.fromkeys(map(squash, ("لغو", "لغو شده", "فسخ", "فسخ شده", "cancelled")), "terminated"),
        **dict.fromkeys(map(squash, ("در حال بررسی", "در دست بررسی", "pending")), "under_study"),
    },
}
