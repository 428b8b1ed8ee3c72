"""The lives that agreements can have: each function makes one of them happen to an agreement.

The days are fixed. Between December 2025 and the end of 2027 something always ends within a month.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from names import ACTS
from persiantools.jdatetime import JalaliDate
from tables import SECOND, SOURCE, Tables

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
FIRST_END = date(2025, 12, 10)


@dataclass
class Life:
    """One agreement while it is made up: its row is written at the end, when all is known."""

    tables: Tables
    number: int
    kind: str
    title_fa: str
    title_en: str
    parties: tuple[str, ...]
    jalali: bool
    cells: dict[str, str]

    @property
    def id(self) -> str:
        """The id of the agreement."""
        return f"demo-{self.number:03}"

    def day(self, day: date) -> str:
        """Write a day in the calendar of this agreement; every third Jalali one in Persian digits."""
        if not self.jalali:
            return day.isoformat()
        written = JalaliDate(day).isoformat()
        return written.translate(PERSIAN) if self.number % 3 == 0 else written

    def said(self, **cells: str) -> None:
        """Say something of the agreement itself."""
        self.cells |= cells

    def act(self, act: str, day: date | str | None, *, event: str = "", source: str = SOURCE, **cells: str) -> None:
        """Let something happen to it; ``event`` names an act of which two sources speak."""
        written = self.day(day) if isinstance(day, date) else day or ""
        made = len(self.tables.rows["acts"]) + 1
        en, fa = ACTS[act]
        self.tables.add(
            "acts", source, act_id=event or f"demo-act-{made:04}", agreement_id=self.id, act=act, date=written,
            title_fa=f"{fa}: {self.title_fa}", title_en=f"{en}: {self.title_en}", **cells,
        )  # fmt: skip

    def signed(self, day: date) -> None:
        """Let all parties sign."""
        self.act("signed", day)

    def close(self) -> None:
        """Write its row."""
        self.tables.add(
            "agreements", agreement_id=self.id, kind=self.kind, title_fa=self.title_fa, title_en=self.title_en,
            **self.cells,
        )  # fmt: skip


def years(day: date, count: int) -> date:
    """Return the same day ``count`` years away."""
    return (day.replace(day=28) if (day.month, day.day) == (2, 29) else day).replace(year=day.year + count)


def end_of(step: int) -> date:
    """Return one of the ends that follow each other in short steps."""
    return FIRST_END + timedelta(days=13 * step)


def running(life: Life, step: int) -> None:
    """Sign for some years; the end is written as a day, or follows from the term."""
    end, length = end_of(step), 2 + step % 4
    start = years(end, -length)
    if step % 3:
        life.act("drafted", start - timedelta(days=120))
        life.act("approved", start - timedelta(days=30))
    life.signed(start)
    if step % 2:
        life.said(ends_on=life.day(end))
    else:
        life.said(effective_on=life.day(start), term=f"{length} years" if step % 4 else f"{length} سال")
    if step % 5 == 0:
        life.said(notice_days=("30", "180")[step % 2])
    if step % 3 == 0:
        life.act("execution_started", start + timedelta(days=60))


def expired(life: Life, step: int) -> None:
    """Let it end without a renewal; review some."""
    end = date(2025, 11, 20) - timedelta(days=70 * step)
    life.signed(years(end, -3))
    life.said(ends_on=life.day(end))
    steps = ("review_opened", "renewal_decided", "downgrade_decided", "termination_decided", "keep_decided", "")
    if decided := steps[step % len(steps)]:
        life.act(decided, end + timedelta(days=14))


def extended(life: Life, step: int) -> None:
    """Extend it once: to a day, or by a term."""
    end = end_of(3 * step)
    life.signed(years(end, -4))
    life.said(ends_on=life.day(years(end, -2)))
    if step % 2:
        life.act("extended", years(end, -2) - timedelta(days=20), until=life.day(end))
    else:
        life.act("extended", years(end, -2) - timedelta(days=20), term="2 years")


def renewing(life: Life, step: int) -> None:
    """Renews itself, as its term says or as it says itself; of one nobody can count the next end."""
    life.signed(years(end_of(4 * step), -3))
    if step % 4 == 3:  # noqa: PLR2004
        life.said(auto_renew="yes")
    elif step % 2:
        life.said(term="یک‌ساله با تمدید خودکار")
    else:
        life.said(term="2 years", auto_renew="yes", notice_days="60")


def endless(life: Life, step: int) -> None:
    """Has no end, or runs until notice."""
    life.signed(date(2019, 3, 5) + timedelta(days=200 * step))
    life.said(
        **({"open_ended": "yes"}, {"term": "نامحدود"}, {"term": "until notice"}, {"term": "تا اطلاع ثانوی"})[step % 4]
    )
    if step % 3 == 0:
        life.act("amended", date(2024, 5, 1) + timedelta(days=90 * step))


def unclear(life: Life, step: int) -> None:
    """Signed, and nobody says for how long, or in words that cannot be read."""
    life.signed(date(2021, 1, 12) + timedelta(days=110 * step))
    if step % 3 == 2:  # noqa: PLR2004
        life.said(term="as long as both find it useful")


def later(life: Life, step: int) -> None:
    """Signed; it takes effect in the years to come."""
    life.signed(date(2025, 9, 1) + timedelta(days=9 * step))
    life.said(effective_on=life.day(date(2028, 3, 20) + timedelta(days=80 * step)), term="3 years")


def halted(life: Life, step: int) -> None:
    """Suspended; every third was resumed."""
    life.signed(date(2023, 4, 8) + timedelta(days=40 * step))
    life.said(ends_on=life.day(date(2028, 6, 1) + timedelta(days=40 * step)))
    life.act("suspended", date(2025, 2, 1) + timedelta(days=25 * step))
    if step % 3 == 2:  # noqa: PLR2004
        life.act("resumed", date(2025, 10, 1) + timedelta(days=5 * step))


def half_signed(life: Life, step: int) -> None:
    """Let one of two sign."""
    life.act("drafted", date(2025, 1, 15) + timedelta(days=50 * step))
    life.act("signed", date(2025, 5, 1) + timedelta(days=50 * step), party_id=life.parties[step % 2])


BEFORE = (
    ("proposed",), ("approval_sought",), ("proposed", "studied"), ("on_agenda",), ("talks_opened",),
    ("talks_opened", "drafted"), ("drafted", "initialled"), ("initialled", "approved"),
    ("drafted", "returned_for_study"), ("drafted", "talks_reopened"), ("proposed", "continue_execution"),
)  # fmt: skip


APART = ("text_recorded", "not_known", "acceded")  # what one party did by itself


def before(life: Life, step: int) -> None:
    """On its way to a signature, some with a step back; the older ones are stalled."""
    first = date(2024, 11, 1) + timedelta(days=17 * step)
    for number, act in enumerate(BEFORE[step % len(BEFORE)]):
        life.act(act, first + timedelta(days=75 * number))


def ended(life: Life, step: int) -> None:
    """Withdrawn before, or terminated after the signature."""
    if step % 2:
        life.signed(date(2022, 2, 2) + timedelta(days=30 * step))
        life.said(ends_on=life.day(date(2028, 2, 2)))
        life.act("terminated", date(2025, 6, 10) + timedelta(days=12 * step))
    else:
        life.act("proposed", date(2024, 3, 3) + timedelta(days=30 * step))
        life.act("withdrawn", date(2025, 1, 20) + timedelta(days=12 * step))


def reported(life: Life, step: int) -> None:
    """No act is recorded; a source says how it stands, and for one the end that it gives is over."""
    if step % 3 == 2:  # noqa: PLR2004
        life.said(status="in_force", status_as_of="2024-06-01", ends_on="2025-03-01")
    else:
        life.said(status="reported", status_as_of=life.day(date(2025, 3, 1) + timedelta(days=20 * step)))


def undated(life: Life, step: int) -> None:
    """Give years or months only, in either calendar, so that it may be in force or over."""
    if step % 2:
        life.act("signed", ("1402", "مهر ۱۴۰۲", "۱۴۰۲")[step % 3])
        life.said(ends_on=("1407", "1406", "1405")[step % 3])
    else:
        life.act("signed", ("2022", "2022-05", "2021")[step % 3])
        life.said(ends_on=("2027", "2026", "2026")[step % 3])


def silent(life: Life, _step: int) -> None:
    """Nothing is recorded but its title."""
    life.said()


def disputed(life: Life, step: int) -> None:
    """Two sources give different days of one signature."""
    event, day = f"demo-disputed-{step}", date(2024, 2, 10) + timedelta(days=33 * step)
    life.act("signed", day, event=event)
    life.act("signed", day + timedelta(days=40), event=event, source=SECOND)
    life.said(term="5 years")


def carried_out(life: Life, step: int) -> None:
    """Carried out in part, in full or not at all."""
    start = date(2023, 8, 1) + timedelta(days=45 * step)
    life.signed(start)
    life.said(ends_on=life.day(years(start, 5)))
    life.act("execution_started", start + timedelta(days=90))
    done = ("partly_fulfilled", "fulfilled", "lapsed", "follow_up_body_created", "portfolio_reported")[step % 5]
    life.act(done, date(2026, 1, 10) + timedelta(days=7 * step))
    if step < len(APART):
        life.act(APART[step], start - timedelta(days=10), party_id=life.parties[1])


def reviewed(life: Life, step: int) -> None:
    """In force, and under review or decided upon."""
    running(life, step * 2 + 5)
    decided = ("under_review", "renew", "downgrade", "terminate", "keep")[step % 5]
    life.said(review_disposition=decided)


LIVES: tuple[tuple[Callable[[Life, int], None], int], ...] = (
    (running, 52), (expired, 12), (extended, 6), (renewing, 8), (endless, 8), (unclear, 9), (later, 3), (halted, 6),
    (half_signed, 4), (before, 33), (ended, 6), (reported, 6), (undated, 6), (silent, 2), (disputed, 4),
    (carried_out, 10), (reviewed, 5),
)  # fmt: skip
