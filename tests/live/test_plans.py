"""How the server goes about the shipped questions: what is named is looked up, and nothing is tried with everything."""

import os
import re

import pytest

from graph_app.catalog.library import shipped
from graph_app.graph.asked import asked
from graph_app.graph.planning import steps

pytestmark = pytest.mark.live

# Labels that a question goes through although it names an entity, or although they are all of the graph; and why.
_ALL = "what it counts is everything"
GONE_THROUGH = {
    "institutions/same_field": {"Topic": "each topic: have both countries a hand in it?"},
    "institutions/of_place": {"Institution": "those of a country, or based in or serving a place"},
    "countries/bilateral": {"Event": "an event is of a country by who takes part in it; to be looked at"},
    "people/event_attendance": {"Country": "on the examples, which have few; to be looked at"},
    "overview/entities_by_type": {"Entity": _ALL},
    "sources/doubtful": {"Entity": _ALL},
    "sources/facts_by_source": {"Entity": _ALL},
}
EVERY = 1 if os.environ.get("PEYVAND_PROVE") else 8  # plans take the server long when they are made the first time
ALONE = {"NodeUniqueIndexSeek", "Filter", "Argument", "Projection", "CacheProperties"}  # a side that is one row at most


def planned(store, text):
    """Return the steps of the plan for ``text``, without their values, which do not change it."""
    return steps(store, text, {}, run=False, seconds=20)


def texts():
    for name, question in shipped().items():
        named = any(one.type == "entity" and one.must_be_given for one in question.parameters.values())
        yield name, question.statement.text, named
        yield from ((name, one.values, False) for one in question.parameters.values() if isinstance(one.values, str))


def sides(plan, place):
    """Return the operators of each side of the step at ``place``."""
    found = []
    for step in plan[place + 1 :]:
        if step.depth <= plan[place].depth:
            break
        if step.depth == plan[place].depth + 1:
            found.append(set())
        found[-1].add(step.operator)
    return found


def faults(store, name, text, *, named):
    plan = planned(store, text)
    for place, step in enumerate(plan):
        if step.operator == "AllNodesScan":
            yield name, step.operator
        if step.operator == "CartesianProduct" and not any(side <= ALONE for side in sides(plan, place)):
            yield name, step.operator, sides(plan, place)
        if step.operator == "NodeByLabelScan":
            label = re.search(r":(\w+)", step.details)[1]
            if (named or label == "Entity") and label not in GONE_THROUGH.get(name, {}):
                yield name, step.operator, step.details


def test_what_a_question_names_is_looked_up_and_nothing_is_tried_with_everything(examples):
    found = [one for name, text, named in [*texts()][::EVERY] for one in faults(examples, name, text, named=named)]
    assert found == []


def test_other_values_are_the_same_text_so_that_the_server_need_not_plan_again(examples):
    question = shipped()["cities/sister_cities"]
    with asked() as sent:
        for city in ("place:mashhad", "place:sanaa"):
            question.ask(examples, question.read(examples, {"city": city}).values)
    texts = {one.text for one in sent}
    assert len(sent) == 2 * len(texts)
    assert not any("mashhad" in text or "sanaa" in text for text in texts)
