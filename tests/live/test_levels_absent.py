"""Nobody can tell what they may not see from what there is not: every page, file, program and form answers the same."""

import json
import os
import re
from itertools import chain, product
from urllib.parse import quote, unquote

import pytest

from graph_app.catalog.library import shipped
from graph_app.confidentiality import Clearance
from graph_app.graph.writer import Writer
from tests.live.test_levels import ASKED, IDS, MOU, OPEN, PLAN, SIGNING, SOURCE, browsing, site
from tests.live.test_levels_told import APART, TYPED, WHOLE

__all__ = ["site"]
pytestmark = pytest.mark.live

STEP = 1 if os.environ.get("PEYVAND_PROVE") else 9

_ONE = {"entity", "source", "tie", "first", "second", "key", "about"}
_HELD = ("MATCH (e:Entity {id: $id}) RETURN e.id", "MATCH ()-[r {id: $id}]->() RETURN r.id")
_CHANGES = re.compile(rb'nonce="[^"]*"|nonce-[\w+/=-]+|"seconds": ?[\d.]+')


def absent(id_):
    """Return an id of the same words, of which there is nothing: what is not found by its id is looked for by words."""
    kind, _, name = id_.partition(":")
    return f"{kind}:{'-'.join(reversed(name.split('-')))}"


@pytest.fixture
def hidden(site, empty):
    """Ids of what is confidential, of which people have said, kept and watched something."""
    secret = browsing(site, "restricted")
    for address, typed in (
        ("/comments", {"about": MOU, "text": "a remark"}),
        ("/watched", {"entity": MOU}),
        ("/views", {"address": f"?ids={MOU},{OPEN}", "name": "a picture", "shared": "yes"}),
    ):
        assert secret.post(address, data=typed).status_code in {302, 303}, address
    Writer(empty).run(f"MATCH (e {{id: '{MOU}'}}) SET e.merged_ids = ['agreement:of-before']")
    (tie,) = empty.table("MATCH ()-[r]->() WHERE r.secrecy > 0 AND r.id IS NOT NULL RETURN r.id LIMIT 1").rows[0]
    return {"entity": [MOU, SIGNING, PLAN], "source": [SOURCE], "tie": [tie]}


def told(answer, *ids):
    """Return all that an answer says, without these ids, however they are written."""
    body, status = answer.data, answer.status_code
    headers = {name: answer.headers.get(name, "") for name in ("Location", "Content-Disposition", "X-Confidentiality")}
    answer.close()
    if body[:2] == b"PK":  # its times differ
        body = b""
    written = [(quote(id_, safe=""), quote(id_), id_, json.dumps(id_)[1:-1], id_.partition(":")[2]) for id_ in ids]
    for one in chain.from_iterable(written):
        body = body.replace(one.encode(), b"@")
        headers = {name: unquote(value).replace(unquote(one), "@") for name, value in headers.items()}
    return status, headers, _CHANGES.sub(b"", body)


def differs(browser, id_, asked):
    """Return what tells the two apart, if anything does that does not differ from one time to the next anyway."""
    method, address, query, typed = asked

    def answer(it):
        given = ({key: value.replace(id_, it) for key, value in one.items()} for one in (query, typed))
        query_string, data = given
        return told(
            browser.open(address.replace(id_, it), method=method, query_string=query_string, data=data or None),
            id_,
            absent(id_),
        )

    one, other = answer(id_), answer(absent(id_))
    differ = one[0] != other[0] or (one != other and one == answer(id_))
    return apart(repr(one), repr(other)) if differ else None


def apart(one, other):
    """Return where two texts part."""
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return one[max(at - 60, 0) : at + 80], other[max(at - 60, 0) : at + 80]


def pages(app, hidden):
    """Yield requests whose address names one hidden thing."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        named = rule.arguments & _ONE
        if len(named) != 1 or not rule.arguments <= {*_ONE, "kind"} or rule.endpoint.partition(".")[0] in APART - WHOLE:
            continue
        (name,) = named
        for id_, method in product(hidden.get(name, hidden["entity"]), {"GET", "POST"} & rule.methods):
            yield id_, (method, built(app, rule, {**dict.fromkeys(named, id_), "kind": "html"}), {}, typed(method, id_))


def forms(app, hidden):
    """Yield requests whose query, or whose form, names one."""
    for address, every in ASKED.items():
        for query, id_ in product(every, hidden["entity"]):
            for name in [name for name in query if query[name] == IDS or ":" in query[name]]:
                for value in (id_, f"{OPEN},{id_}") if query[name] == IDS else (id_,):
                    yield id_, ("GET", address, {**query, name: value}, {})
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "POST" in rule.methods and not rule.arguments and rule.endpoint.partition(".")[0] not in APART - WHOLE:
            yield MOU, ("POST", built(app, rule, {}), {}, typed("POST", MOU))


def questions(hidden):
    """Yield saved questions about one."""
    for name, question in shipped().items():
        given = {key: str(value) for key, value in question.example.items()}
        for parameter, id_ in product([key for key in given if ":" in given[key]], hidden["entity"][:1]):
            yield id_, ("GET", f"/queries/{name}", {**given, parameter: id_}, {})


def typed(method, id_):
    return {name: value.replace(MOU, id_) for name, value in TYPED.items()} if method == "POST" else {}


def built(app, rule, values):
    given = {name: values[name] for name in rule.arguments}
    return unquote(app.url_map.bind("127.0.0.1:5000").build(rule.endpoint, given))


@pytest.mark.parametrize("word", ["public", "internal"])
def test_what_may_not_be_seen_is_answered_like_what_there_is_not(site, empty, hidden, word):
    sees = empty.seen_with(Clearance.named(word))
    hidden = {
        kind: [id_ for id_ in ids if not sees.table(_HELD[kind == "tie"], {"id": id_}).rows]
        for kind, ids in hidden.items()
    }
    browser, found = browsing(site, word), {}
    asked = [*pages(site, hidden), *forms(site, hidden), *questions(hidden)]
    assert len(asked) > 100
    for id_, request in asked[::STEP]:
        if told_apart := differs(browser, id_, request):
            found[request[:2], str(request[2])] = told_apart
    assert not found
