"""The parts of the gate that need no server: the text, loops, plans as the server writes them, places."""

from contextlib import suppress
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
import yaml
from neo4j.exceptions import ServiceUnavailable

from graph_app.errors import GateError, StatementError, TimeLimitError
from graph_app.graph import pools, reading, stopping
from graph_app.graph.guard import depth, growth, loops, patterns, plan, text
from graph_app.graph.guard.places import MOST_OF_ONE, Places
from graph_app.graph.guard.plan import Plan, Step
from graph_app.graph.results import weight
from graph_app.language import translations

DATA = Path(__file__).resolve().parents[1] / "data" / "cypher"
LISTS = yaml.safe_load((DATA / "hostile.yaml").read_text(encoding="utf-8"))
OWN = frozenset({"count", "date.truncate", "range", "size", "toupper", "collect", "labels"})


def operator(name, details="", *children):
    return {"operatorType": f"{name}@neo4j", "args": {"Details": details}, "children": list(children)}


def planned(raw, kind="r"):
    return Plan(kind, ("x",), Step.of(raw))


@pytest.mark.parametrize(
    ("statement", "line", "column", "why"),
    [
        ("MATCH (n)\n  DELETE n", 2, 3, "“DELETE” would write"),
        ("LO\\u0041D CSV FROM 'x' AS r RETURN r", 1, 3, "“\\u0041” hides"),
        ("RETURN 1 // \\u000a CREATE (n)", 1, 13, "hides"),
        ("RETURN 1; RETURN 2", 1, 9, "more than one"),
        ("// x\nPROFILE RETURN 1", 2, 1, "“PROFILE” is not needed"),
        ("RETURN 'x", 1, 8, "does not end"),
        ("RETURN 1 // x\rLOAD CSV FROM 'x' AS r RETURN r", 1, 15, "LOAD CSV"),
        ("LOAD\u2003CSV FROM 'x' AS r RETURN r", 1, 1, "LOAD CSV"),
        ("SHOW SETTINGS", 1, 1, "db.labels"),
        ("MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x", 1, 38, "IN TRANSACTIONS"),
        ("RETURN '\0'", 1, 9, "NUL"),
    ],
)
def test_a_text_that_does_more_than_read_is_refused_at_its_place(statement, line, column, why):
    with pytest.raises(StatementError) as caught:
        text.check(statement)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert why in str(caught.value)
    assert str(caught.value) != caught.value.translated(translations("fa").gettext)


@pytest.mark.parametrize("statement", ["", " ; ;", "/* nothing */", "x" * 20_001])
def test_nothing_and_too_much_are_refused(statement):
    with pytest.raises(StatementError):
        text.check(statement)


def test_what_only_looks_like_a_clause_is_let_through():
    for statement in yaml.safe_load((DATA / "honest.yaml").read_text(encoding="utf-8")):
        loops.check(statement, text.check(statement), {})
        whole_text(statement, {"ids": ["place:mashhad"]})


def whole_text(statement, values):
    found = text.check(statement)
    depth.check(statement, found)
    loops.check(statement, found, values)
    patterns.check(statement, found, values)
    growth.check(statement, found, values)


@pytest.mark.parametrize("statement", [*LISTS["deep"], *LISTS["growing"], *LISTS["endless"]])
def test_what_grows_or_goes_on_without_end_is_refused(statement):
    with pytest.raises(StatementError):
        whole_text(statement, {})


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n) WITH collect(n.name_en) AS names RETURN reduce(s = '', x IN names | s + x + ', ') AS line",
        "MATCH (k)<--(c) WITH k, collect(c.id) AS ids RETURN collect({country: k.id, cities: ids}) AS all",
        "MATCH (n) WITH collect(n) AS ns UNWIND ns AS n MATCH (n)--(m) RETURN n.id, collect(m {.*, of: n.id}) AS all",
        "MATCH (n) RETURN reduce(m = 0, x IN [1, 2, 3] | CASE WHEN x > m THEN x ELSE m END) AS most",
        "MATCH p = (a)-[*1..4]-(b) RETURN [n IN nodes(p) | n {.id, ties: [r IN relationships(p) | type(r)]}] AS steps",
        "MATCH (n) WHERE n.name =~ $pattern RETURN n",
        "MATCH (n) RETURN replace(replace(n.name, 'ي', 'ی'), 'ك', 'ک') AS name",
    ],
)
def test_lists_lines_and_patterns_of_an_honest_size_are_let_through(statement):
    whole_text(statement, {"pattern": "(?i)mash.*"})


def test_values_count_as_what_they_are():
    grows = "WITH $text AS s WITH s + s AS s WITH s + s AS s RETURN s"
    whole_text(grows, {"text": "short"})
    with pytest.raises(StatementError, match="grow"):
        whole_text(grows, {"text": "x" * 5_000_000})
    with pytest.raises(StatementError, match="pattern"):
        whole_text("RETURN 'a' =~ $p", {"p": "(.*a){25}"})


@pytest.mark.parametrize(
    "statement", ["reduce(", "reduce(a = b, x IN", "replace(", "[x IN", "any(x", "x AS", "=~", "{"]
)
def test_what_is_cut_off_is_left_to_the_server(statement):
    with suppress(StatementError):
        whole_text(statement, {})


@pytest.mark.parametrize(
    "statement",
    [
        "RETURN " + "[" * 51 + "]" * 51,
        "RETURN " + "(NOT " * 26 + "true" + ")" * 26,
        "RETURN " + "NOT " * 51 + "true",
        "RETURN " + "- " * 51 + "1",
        "RETURN " + "CASE WHEN true THEN " * 51 + "1" + " END" * 51,
        "RETURN " + "[n.end, " * 51 + "1" + "]" * 51,
        "RETURN " + "COUNT { RETURN " * 51 + "1" + "}" * 51,
        "RETURN 1 AS x " + "UNION ALL RETURN 1 AS x " * 700,
        "WITH 1 AS x RETURN " + "+".join("x" * 102),
        "RETURN $x" + ".a" * 60,
        "RETURN $x" + "[0]" * 60,
        "WITH 1 AS x " + "WITH DISTINCT x " * 800 + "RETURN x",
    ],
)
def test_what_is_nested_or_strung_together_beyond_measure_is_refused(statement):
    with pytest.raises(StatementError, match=r"more than (50|100)"):
        depth.check(statement, text.check(statement))


def test_signs_and_cases_side_by_side_are_not_deep():
    for statement in ("RETURN " + "NOT a OR " * 99 + "b", "RETURN [" + "CASE WHEN a THEN -1 END, " * 99 + "n.end]"):
        depth.check(statement, text.check(statement))


@pytest.mark.parametrize("end", ["9" * 5000, "size)", "size", "length + 1)"])
def test_a_range_whose_end_is_not_known_is_refused(end):
    statement = f"RETURN range(1,{end}"
    with pytest.raises(StatementError, match="range"):
        loops.check(statement, text.check(statement), {})


@pytest.mark.parametrize("end", ["range(size(" * 1800, "size(", "range('", "size('"])
def test_brackets_without_end_are_no_crash(end):
    with suppress(StatementError):
        loops.check(f"RETURN range({end}", list(text.tokens(f"RETURN range({end}")), {})


@pytest.mark.parametrize("statement", yaml.safe_load((DATA / "hostile.yaml").read_text(encoding="utf-8"))["bombs"])
def test_loops_that_neo4j_cannot_stop_are_refused(statement):
    with pytest.raises(StatementError, match="cannot stop"):
        loops.check(statement, text.check(statement), {})


@pytest.mark.parametrize(
    "statement",
    [
        "RETURN range(1, 1000)",
        "RETURN range(1390, 1404)",
        "RETURN range(1234, 1236, 1)",
        "RETURN range(-1236, -1234)",
        "RETURN range(1381, -3412, -1298)",
        "RETURN range(0, 999000, 1000)",
        "RETURN range(0, size(x) - 1)",
        "WITH [3, 4] AS l, 2 AS n UNWIND l AS most WITH most, n, size(l) AS m RETURN range(n, most), range(0, m - 1)",
        "UNWIND range(1, 9) AS i RETURN range(-i, i)",
        "RETURN range(0, $few)",
        "WITH [x IN range(1, 9) | x] AS l RETURN range(0, size(l) - 1)",
        "MATCH p = (a)--(b) RETURN [i IN range(1, length(p)) | i]",
        "UNWIND range(1, 1000000000) AS x RETURN x",
        "RETURN [a IN [1] | [b IN [a] | b]]",
        "RETURN 'range(1, 100000000)' // range(1, 100000000)",
    ],
)
def test_ranges_that_end_soon_or_are_unwound_are_let_through(statement):
    loops.check(statement, text.check(statement), {"few": 9})


@pytest.mark.parametrize(
    "statement",
    [
        "WITH size([1]) AS n RETURN reduce(n = 1, x IN [1, 2] | size(range(0, n)))",
        "WITH 3 AS n UNWIND [1, 100000000] AS n RETURN range(0, n)",
        "MATCH (m) WITH 3 AS n, m WITH m.much AS n RETURN range(0, n)",
        "WITH range(1, 1000) AS a WITH range(1, size(a) + size(a)) AS a WITH range(1, size(a) + size(a)) AS a RETURN a",
        "WITH range(1, 1000) + range(1, 1000) AS a RETURN range(1, size(a))",
        "MATCH (m) WITH collect(m) AS l RETURN range(0, size(l) + size(l) + size(l) + size(l) + size(l))",
        "UNWIND range(1, 100000000) + [1] AS x RETURN x",
        "RETURN range(0, $many)",
        "RETURN [n IN [100000000] | range(0, n)]",
    ],
)
def test_a_range_is_as_long_as_the_worst_of_what_its_names_may_be(statement):
    with pytest.raises(StatementError, match="range"):
        loops.check(statement, text.check(statement), {"many": 100_000_000})


def test_a_case_is_as_large_as_its_largest_branch_if_it_is_one():
    branches = "WITH '{}' AS s WITH CASE WHEN true THEN s ELSE s END AS s".format("x" * 900)
    again = " WITH CASE s WHEN '' THEN s ELSE CASE WHEN true THEN s END END AS s" * 40
    growth.check(branches + again, text.check(branches + again), {})
    names = "WITH '{}' AS s, 'x' AS case, 'x' AS when, 'x' AS then, 'x' AS end ".format("x" * 900)
    sums = (
        names + "WITH case + s + s + when + s + s + then + s + s + end AS s, case, when, then, end " * 12 + "RETURN s"
    )
    with pytest.raises(StatementError, match="grow"):
        growth.check(sums, text.check(sums), {})


def test_what_a_pattern_reads_within_a_loop_may_be_gone_through_but_not_what_was_collected_before():
    adds = "MATCH p = (a)-[*..4]-(b) RETURN [n IN nodes(p) | reduce(s = 0, w IN [(n)--(m) | 1.0] | s + w)] AS sums"
    whole_text(adds, {})
    whole_text(
        "MATCH (n) WITH collect(n)[..9] AS l RETURN " + adds.partition("RETURN ")[2].replace("nodes(p)", "l"), {}
    )
    whole_text(adds.replace("[(n)--(m) | 1.0]", "COLLECT { MATCH (n)--(m) RETURN 1.0 }"), {})
    for other in ("l", "[(n)--(m) | 1.0] + l", "{a: l}"):
        collected = adds.replace("RETURN", "WITH p, collect(b.x) AS l RETURN").replace("[(n)--(m) | 1.0]", other)
        with pytest.raises(StatementError, match="loop within"):
            whole_text(collected, {})


def test_an_escape_that_only_writes_a_character_of_a_string_is_that_character():
    assert text.unescaped("RETURN '\\u01FF' + \"\\u06Af\" AS a") == "RETURN 'ǿ' + \"گ\" AS a"
    for kept in (
        "RETURN '\\u0027 + 1 //'",
        "RETURN '\\\\u0041'",
        "RETURN '\\u005c'",
        "RETURN '\\u000a'",
        "RETURN '\\ud83d'",
        "RETURN '\\uu0041'",
        "MATCH (n:`\\u0041`) RETURN n",
        "RETURN \\u0041",
        "RETURN 1 // '\\u0041'",
        "RETURN '\\u41'",
    ):
        assert text.unescaped(kept) == kept
        with pytest.raises(StatementError, match="hides"):
            text.check(kept)


def test_a_plan_that_reads_is_let_through():
    scan = operator("NodeByLabelScan", "n:Person")
    plan.check(planned(operator("ProduceResults", "x", operator("Projection", "toUpper(n.x) AS `x (y)`", scan))), OWN)
    plan.check(planned(operator("ProcedureCall", "db.labels() :: (label :: STRING)")), OWN)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (operator("ProduceResults", "", operator("Create", "(n)")), "“Create”"),
        (operator("SomethingNew"), "“SomethingNew”"),
        (operator("LoadCSV", "row"), "LOAD CSV"),
        (operator("ProcedureCall", "dbms.listConfig() :: (name :: STRING)"), "“dbms.listconfig”"),
        (operator("Projection", "apoc.x.y($autostring_0) AS x"), "“apoc.x.y”"),
        (operator("Projection", "`apoc`.`x`.`y`($autostring_0) AS x"), "“apoc.x.y”"),
        (operator("Projection", "unheard_of($autoint_0) AS x"), "“unheard_of”"),
        (operator("Projection", "graph.byName($a) AS x"), "“graph.byName”"),
        (operator("Projection", "l[1..apoc.x($a)] AS x"), "“apoc.x”"),
        (operator("Projection", '[x IN l | COLLECT { LOAD CSV FROM "a" AS row RETURN row }] AS c'), "LOAD CSV"),
        (
            operator("Filter", "COUNT { ResolvedCall(dbms.listConfig(s  =  '' :: STRING) :: name :: STRING) }"),
            "listConfig",
        ),
    ],
)
def test_a_plan_that_does_anything_else_is_refused(raw, why):
    with pytest.raises(StatementError) as caught:
        plan.check(planned(raw), OWN)
    assert why in str(caught.value)


def test_a_plan_of_another_kind_is_refused_whatever_its_operators():
    with pytest.raises(StatementError, match="does not only read"):
        plan.check(planned(operator("ProduceResults"), "rw"), OWN)


@pytest.mark.parametrize(
    "statement",
    ["RETURN `apoc` . /* x */ `x`(1)", "CALL dbms.listConfig", "RETURN unheard_of(1)", "CALL `dbms`.listConfig()"],
)
def test_the_text_is_searched_for_foreign_names_too(statement):
    with pytest.raises(StatementError):
        plan.check_calls(statement, text.check(statement), OWN)


def test_no_operator_that_writes_locks_loads_or_administers_is_in_the_list():
    words = ("Create", "Delete", "Set", "Remove", "Merge", "Lock", "Load", "Show", "Terminate", "Admin", "Transaction")
    found = {name for name in plan.allowed("operators") if any(word in name for word in words)}
    assert found == set()


class Reading:
    """As the gate knows it: whether it was sent, and whether it has ended."""

    def __init__(self, *, ended):
        self.sent = True
        self.ended = Event()
        if ended:
            self.ended.set()


class Line:
    """As the places know it: whether it was given up."""

    lost = False


def hold(places, user, one=None):
    with places.taken(user) as place:
        place.readings += [one] if one else []
        return place.line


def test_a_place_is_free_when_the_server_has_ended_and_not_when_we_gave_up():
    places = Places(Line)
    running = [Reading(ended=False) for _ in range(MOST_OF_ONE)]
    for one in running:
        hold(places, "a", one)
    with pytest.raises(GateError):
        hold(places, "a")
    hold(places, "b")
    for one in running:
        one.ended.set()
    deadline = monotonic() + 10
    while places._taken and monotonic() < deadline:
        sleep(0.01)
    hold(places, "a")


def test_a_line_is_used_again_unless_it_was_given_up():
    places = Places(Line)
    first = hold(places, "a", Reading(ended=True))
    assert hold(places, "b", Reading(ended=True)) is first
    first.lost = True
    hold(places, "a")
    assert hold(places, "a") is not first


class Silent:
    """A driver, and the server behind it, on which nothing ever comes until the connection is closed."""

    pulse = None

    def __init__(self):
        self.closed = Event()
        self.lines = set()
        self.reading = {}

    def session(self, **_options):
        self.closed.wait(20)
        raise ServiceUnavailable("closed")

    def close(self):
        self.closed.set()

    def stop(self, _database, _tag):
        return 0


def test_a_line_on_which_nothing_comes_is_given_up_and_its_place_is_free(monkeypatch):
    monkeypatch.setattr(stopping, "_GIVE_UP_AFTER", 0)
    silent = Silent()
    line = pools.Line(silent, silent)
    one = reading.Reading(line, "neo4j")
    with pytest.raises(TimeLimitError):
        one.run("RETURN 1", {}, reading.Limits(1, 0.01))
    assert one.ended.wait(10)
    assert line.lost
    assert silent.closed.is_set()


def test_values_that_are_nested_beyond_measure_are_refused():
    deep = []
    for _ in range(5000):
        deep = [deep]
    depth.check_values({"x": [[{"a": [1]}]], "y": "text"})
    with pytest.raises(StatementError, match="nested"):
        depth.check_values({"x": deep})


def test_the_weight_of_a_value_is_about_what_travels():
    assert weight("پیوند") == 10
    assert weight(["x" * 100, 1, None]) == 4 + 100 + 8 + 8
    assert weight({"a": "b"}) == 4 + 1 + 1
