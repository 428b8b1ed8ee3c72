"""Paths as sentences: the grammar of both languages, whichever way a tie runs."""

import pytest

from graph_app.exploration.claims import Claim, Fact
from graph_app.exploration.path import Path, Step
from graph_app.exploration.telling import sentences
from graph_app.graph.results import Node, Tie
from graph_app.vocabulary import vocabulary


def node(id_, label, en, fa, **more):
    return Node(id_, ("Entity", label), {"name_en": en, "name_fa": fa, **more})


MASHHAD = node("place:mashhad", "City", "Mashhad", "مشهد")
SANAA = node("place:sanaa", "City", "Sana'a", "صنعا")
PLAN = node("agreement:plan", "Agreement", "the plan", "طرح")
DECREE = node("appointment:decree", "Appointment", "the decree", "حکم")
ALI = node("person:ali", "Person", "Ali", "علی")
SESSION = node("event:session", "Event", "the session", "نشست", status="planned")
COUNCIL = node("institution:council", "Institution", "the council", "شورا")


def step(start, type_, end, *, backward=False, **properties):
    first, second = (end, start) if backward else (start, end)
    symmetric = vocabulary().types[type_].symmetric
    tie = Tie(f"{type_}-{first.id}", type_, first.id, second.id, properties)
    direction = "both" if symmetric else "in" if backward else "out"
    return Step(start, end, (Fact(tie, end, direction, (Claim(tie, None),)),))


def told(language, *steps):
    name = "name_fa" if language == "fa" else "name_en"
    found = list(sentences(Path(steps), language))
    return " ".join("".join(p if isinstance(p, str) else p.properties[name] for p in parts) for parts in found)


@pytest.mark.parametrize(
    ("steps", "en", "fa"),
    [
        (
            [step(MASHHAD, "PARTY_TO", PLAN), step(PLAN, "PARTY_TO", SANAA, backward=True)],
            "Mashhad is party to the plan, which Sana'a is party to, too.",
            "مشهد طرفِ طرح است که صنعا نیز طرفِ آن است.",
        ),
        (
            [step(MASHHAD, "SERVES", COUNCIL, backward=True), step(COUNCIL, "PARTY_TO", PLAN)],
            "the council serves Mashhad and is party to the plan.",
            "شورا در حوزهٔ مشهد فعالیت می‌کند و طرفِ طرح است.",
        ),
        (
            [step(COUNCIL, "ISSUED_BY", DECREE, backward=True), step(DECREE, "APPOINTS", ALI)],
            "the decree was issued by the council and appoints Ali.",
            "حکم از سوی شورا صادر شده است و علی را منصوب می‌کند.",
        ),
        (
            [step(PLAN, "SIGNED", ALI, backward=True), step(ALI, "APPOINTS", DECREE, backward=True)],
            "Ali signed the plan. the decree appoints Ali.",
            "علی طرح را امضا کرده است. حکم علی را منصوب می‌کند.",
        ),
        (
            [step(DECREE, "APPOINTS", ALI), step(ALI, "SIGNED", PLAN)],
            "the decree appoints Ali, who signed the plan.",
            "حکم علی را منصوب می‌کند که طرح را امضا کرده است.",
        ),
        (
            [step(ALI, "TOOK_PART_IN", SESSION), step(SESSION, "HELD_IN", MASHHAD)],
            "Ali is to take part in the session, which is to be held in Mashhad.",
            "قرار است علی در نشست شرکت کند که قرار است در مشهد برگزار شود.",
        ),
    ],
)
def test_a_path_is_told_in_the_grammar_of_the_language(steps, en, fa):
    assert told("en", *steps) == en
    assert told("fa", *steps) == fa


def test_a_person_is_taken_up_as_a_person():
    steps = [step(DECREE, "APPOINTS", ALI), step(ALI, "OWED_BY", PLAN, backward=True)]
    assert told("en", *steps) == "the decree appoints Ali, whom the plan is owed by."
    assert told("fa", *steps) == "حکم علی را منصوب می‌کند که طرح بر عهدهٔ او است."


def test_status_and_doubt_stand_in_brackets():
    over = step(MASHHAD, "TWINNED_WITH", SANAA, status="terminated", certainty="inferred")
    assert told("en", over) == "Mashhad was a sister city of Sana'a (terminated, inferred)."
    assert told("fa", over) == "مشهد خواهرخواندهٔ صنعا بود (خاتمه‌یافته، استنباطی)."
    sure = step(MASHHAD, "TWINNED_WITH", SANAA, status="in_force", certainty="stated")
    assert told("en", sure) == "Mashhad is a sister city of Sana'a (in force)."


def test_every_third_step_begins_a_sentence():
    steps = [step(MASHHAD, "WITHIN", SANAA), step(SANAA, "WITHIN", COUNCIL), step(COUNCIL, "PARTY_TO", PLAN)]
    assert told("en", *steps) == (
        "Mashhad lies within Sana'a, which lies within the council. the council is party to the plan."
    )


@pytest.mark.parametrize("type_", vocabulary().types.values(), ids=list(vocabulary().types))
def test_each_type_has_sentences_with_both_ends_once(type_):
    for word in filter(None, (type_.sentence, type_.planned, type_.ended)):
        assert word.en.startswith("{a} ")
        assert word.en.endswith(" {b}")
        assert [word.fa.count(slot) for slot in ("{a}", "{b}")] == [1, 1]
