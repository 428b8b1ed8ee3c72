"""Make up the demonstration portfolio: ``build.py [--to FOLDER]``. The same script gives the same bytes.

Nothing in it happened. Cities and provinces are real; every agreement, office, person, post and event is fictional,
bears the mark (demo) in its name, and is said by a source that calls itself fictional.
"""

import argparse
import random
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from lives import LIVES, Life, years
from names import ABROAD, GUESTS, HOME, HOME_PEOPLE, KNOWN_PROVINCES, PROVINCES, TOPICS
from tables import GEOGRAPHY, SECOND, SOURCE, Tables

HERE = Path(__file__).resolve().parent
KINDS = ("mou", "mou", "sister_city", "supplementary_agreement", "mou")
_TITLES = {  # Persian, English
    "mou": ("تفاهم‌نامهٔ", "Memorandum"),
    "sister_city": ("خواهرخواندگی با موضوع", "Sister-city agreement"),
    "supplementary_agreement": ("توافق‌نامهٔ تکمیلی", "Supplementary agreement"),
}
CHAINS = (("renewed", "renewal"), ("downgraded", "downgrade"), ("superseded", "replacement"))
LETTERS, VISITS, MEETINGS = 12, 20, 52


def municipality(place: str) -> str:
    """Return the id of the made-up municipality of a city."""
    return f"demo-municipality-{place}"


class Builder:
    """Makes up one portfolio."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.chance = random.Random(1404)  # noqa: S311 - the same each time is what is wanted
        pairs = list(product(HOME, ABROAD))
        self.chance.shuffle(pairs)
        self._pairs = iter(pairs)
        self.lives: list[Life] = []

    def build(self) -> Tables:
        """Make everything up, in the order in which one thing speaks of another."""
        self._sources()
        self._places()
        self._people()
        for live, count in LIVES:
            for step in range(count):
                live(self._life(KINDS[step % len(KINDS)]), step)
        self._chains()
        self._umbrellas()
        for life in self.lives:
            life.close()
        self._signatures()
        self._bodies()
        self._events()
        self._commitments()
        return self.tables

    def _life(self, kind: str, **cells: str) -> Life:
        home, away = next(self._pairs)
        topic, topic_en, topic_fa = TOPICS[len(self.lives) % len(TOPICS)]
        fa, en = _TITLES[kind]
        return self._born(
            kind,
            f"{fa} {topic_fa}، {home[2]} و {away[2]}",
            f"{en} on {topic_en}, {home[1]} and {away[1]}",
            topic,
            (municipality(home[0]), municipality(away[0])),
            **cells,
        )

    def _born(self, kind: str, fa: str, en: str, topic: str, parties: tuple[str, ...], **cells: str) -> Life:
        number = len(self.lives) + 1
        life = Life(self.tables, number, kind, fa, en, parties, number % 2 == 1, dict(cells))
        self.lives.append(life)
        for party in parties:
            self.tables.add("parties", agreement_id=life.id, party_type="institution", party_id=party, role="party")
        self.tables.add("subjects", agreement_id=life.id, topic_id=f"demo-{topic}")
        return life

    def _sources(self) -> None:
        fictional = {"reliability": "F", "fictional": "yes"}
        self.tables.add(
            "sources", SOURCE, title_fa="داده‌های نمایشی، ساختگی", title_en="Demonstration data, fictional",
            **fictional,
        )  # fmt: skip
        self.tables.add(
            "sources", SECOND, title_fa="داده‌های نمایشی، ساختگی: فهرست دوم",
            title_en="Demonstration data, fictional: a second list", **fictional,
        )  # fmt: skip
        self.tables.add(
            "sources", GEOGRAPHY, title_fa="استان‌های ایران، دانش عمومی",
            title_en="Provinces of Iran, public knowledge", reliability="", fictional="no",
        )  # fmt: skip

    def _places(self) -> None:
        for id_, en, fa, iso, lat, lon in PROVINCES:
            self.tables.add(
                "provinces", GEOGRAPHY, place_id=id_, name_fa=f"استان {fa}", name_en=f"{en} Province",
                country_place_id="iran", iso_country="IR", iso_subdivision=iso, lat=lat, lon=lon,
            )  # fmt: skip
        for place, en, fa, *_province in (*HOME, *ABROAD):
            self.tables.add(
                "institutions", institution_id=municipality(place), name_fa=f"شهرداری {fa}",
                name_en=f"Municipality of {en}", kind="municipality", place_id=place,
            )  # fmt: skip
        self.tables.add(
            "institutions", institution_id="demo-council", name_fa="شورای ساختگی روابط شهرها",
            name_en="Made-up Council of City Relations", kind="council", place_id="tehran",
        )  # fmt: skip
        for topic, en, fa in TOPICS:
            self.tables.add("topics", topic_id=f"demo-{topic}", name_fa=fa, name_en=en.capitalize(), kind="field")

    def _people(self) -> None:
        """Give offices to people: standing, ended, ending, acting, and one with nobody in it."""
        for number, (key, en, fa) in enumerate((*HOME_PEOPLE, *GUESTS)):
            self.tables.add("people", person_id=f"demo-{key}", name_fa=fa, name_en=en)
            home = number < len(HOME)
            city = HOME[number] if home else ABROAD[number - len(HOME)]
            begin = date(2023, 3, 21) + timedelta(days=40 * number)
            over = {1: date(2025, 10, 1), 3: date(2026, 9, 1), 5: date(2027, 1, 15)}.get(number)
            acting = number % 6 == 4  # noqa: PLR2004
            self._position(city, f"demo-{key}", begin, over, acting=acting)
        self._position(ABROAD[20], "", None, None, acting=False)

    def _position(
        self, city: tuple[str, ...], person: str, begin: date | None, over: date | None, *, acting: bool
    ) -> None:
        fa, en = ("سرپرست", "Acting head") if acting else ("رئیس", "Head")
        self.tables.add(
            "positions", position_id=f"demo-post-{city[0]}", person_id=person, institution_id=municipality(city[0]),
            title_fa=f"{fa} روابط بین‌الملل شهرداری {city[2]}",
            title_en=f"{en} of international relations, Municipality of {city[1]}",
            kind="acting_head" if acting else "head",
            from_date=begin.isoformat() if begin else "", to_date=over.isoformat() if over else "",
        )  # fmt: skip

    def _chains(self) -> None:
        for step, (act, reason) in enumerate((*CHAINS, *CHAINS)):
            old = self._life("sister_city" if act == "downgraded" else "mou")
            new = self._born(
                "mou", f"سند تازه به جای {old.title_fa}", f"New instrument in place of the {old.title_en}",
                TOPICS[step][0], old.parties,
            )  # fmt: skip
            start, change = date(2018, 6, 4) + timedelta(days=50 * step), date(2025, 4, 6) + timedelta(days=30 * step)
            old.signed(start)
            old.said(ends_on=old.day(years(start, 8)))
            if step < len(CHAINS):
                old.act(act, change)
            new.signed(change)
            new.said(ends_on=new.day(years(change, 2)))
            self.tables.add("successions", agreement_id=new.id, earlier_agreement_id=old.id, reason=reason)

    def _umbrellas(self) -> None:
        """Three umbrellas of the made-up council, with agreements that apply in provinces."""
        provinces = [*KNOWN_PROVINCES, *(row[0] for row in PROVINCES)]
        names = {id_: (en, fa) for id_, en, fa, *_rest in PROVINCES}
        self.chance.shuffle(provinces)
        for number, (topic, en, fa) in enumerate(TOPICS[:3]):
            parties = ("demo-council", municipality(ABROAD[number][0]))
            above = self._born(
                "umbrella_mou", f"تفاهم‌نامهٔ کلان {fa}", f"Umbrella memorandum on {en}", topic, parties,
                open_ended="yes",
            )  # fmt: skip
            above.signed(date(2022, 5, 9) + timedelta(days=100 * number))
            for step, province in enumerate(provinces[number * 8 : number * 8 + 6]):
                self._below(above, province, names.get(province), (topic, en, fa), step)

    def _below(
        self, above: Life, province: str, name: tuple[str, str] | None, topic: tuple[str, str, str], step: int
    ) -> None:
        en, fa = name or _KNOWN_NAMES[province]
        life = self._born(
            "provincial_agreement", f"توافق‌نامهٔ استانی {topic[2]} در استان {fa}",
            f"Provincial agreement on {topic[1]} in {en} Province", topic[0], above.parties, umbrella_id=above.id,
        )  # fmt: skip
        life.signed(date(2023, 2, 4) + timedelta(days=60 * step))
        life.said(ends_on=life.day(date(2026, 12, 20) + timedelta(days=45 * step)))
        self.tables.add("parties", agreement_id=life.id, party_type="place", party_id=province, role="territory")

    def _signatures(self) -> None:
        """Let people sign for their side, on the day on which it signed."""
        holders = {row["institution_id"]: row["person_id"] for row in self.tables.rows["positions"] if row["person_id"]}
        parties = {life.id: life.parties for life in self.lives}
        for act in self.tables.rows["acts"]:
            if act["act"] != "signed" or act["act_id"].startswith("demo-disputed"):
                continue
            for party in (act["party_id"],) if act["party_id"] else parties[act["agreement_id"]]:
                if party in holders:
                    cells = {"agreement_id": act["agreement_id"], "party_id": party, "signed_on": act["date"]}
                    self.tables.add("signatures", person_id=holders[party], **cells)

    def _bodies(self) -> None:
        for step, life in enumerate(self.lives[::14]):
            self.tables.add(
                "bodies", body_id=f"demo-body-{life.number:03}", kind=("working_group", "committee")[step % 2],
                name_fa=f"کارگروه مشترک {life.title_fa}", name_en=f"Joint working group of the {life.title_en}",
                agreement_id=life.id, status=("activated", "formed", "discussed")[step % 3],
            )  # fmt: skip

    def _events(self) -> None:
        """Meetings and visits, past and planned, and letters that nobody has answered."""
        first = date(2025, 8, 10)
        for step in range(LETTERS + VISITS + MEETINGS):
            kind = "correspondence" if step < LETTERS else "visit" if step < LETTERS + VISITS else "meeting"
            life = self.lives[(step * 5) % len(self.lives)]
            fa, en = {"correspondence": ("نامه دربارهٔ", "Letter on"), "visit": ("سفر برای", "Visit for"),
                      "meeting": ("جلسه دربارهٔ", "Meeting on")}[kind]  # fmt: skip
            planned = kind != "correspondence" and step % 3 != 0
            day = first + timedelta(days=(240 if planned else 0) + 7 * (step % 52))
            event = f"demo-event-{step + 1:03}"
            host = life.parties[-1].removeprefix("demo-municipality-")
            self.tables.add(
                "events", event_id=event, kind=kind,
                title_fa=f"{fa} {life.title_fa}", title_en=f"{en} the {life.title_en}",
                status="planned" if planned else "held", date=life.day(day), agreement_id=life.id,
                place_id="" if kind == "correspondence" else host,
            )  # fmt: skip
            roles = ("issuer", "addressee") if kind == "correspondence" else ("visitor", "host")
            for party, role in zip(life.parties, roles if kind != "meeting" else ("attendee", "host"), strict=True):
                self.tables.add(
                    "participants", event_id=event, participant_type="institution", participant_id=party, role=role
                )

    def _commitments(self) -> None:
        """Work that is due: fulfilled, under way, overdue, to come."""
        for step, life in enumerate(self.lives[2::3]):
            topic_en, topic_fa = TOPICS[(life.number - 1) % len(TOPICS)][1:]
            due = date(2025, 9, 1) + timedelta(days=11 * step)
            self.tables.add(
                "commitments", commitment_id=f"demo-commitment-{step + 1:03}", agreement_id=life.id,
                owner_id=life.parties[step % 2], action_fa=f"برگزاری کارگاه {topic_fa}",
                action_en=f"Hold a workshop on {topic_en}", kind=("obligation", "plan")[step % 2],
                status=("fulfilled", "open", "in_progress", "open")[step % 4], due=life.day(due),
            )  # fmt: skip


_KNOWN_NAMES = {
    "khuzestan": ("Khuzestan", "خوزستان"),
    "khorasan-razavi": ("Razavi Khorasan", "خراسان رضوی"),
    "fars": ("Fars", "فارس"),
    "mazandaran": ("Mazandaran", "مازندران"),
    "ilam-province": ("Ilam", "ایلام"),
}


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=HERE, help="folder to write to; default: beside this script")
    Builder().build().write(parser.parse_args().to)


if __name__ == "__main__":
    main()
