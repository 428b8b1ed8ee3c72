"""Statements changed at random in ways that leave what they do: other letters, spaces, comments, escapes, places."""

import random
import re
from collections.abc import Iterator, Sequence

SPACES = " \t\n\r\x0b\x0c\x1c\u00a0\u1680\u2003\u2028\u2029\u202f\u3000"
COMMENTS = ("/**/", "/* RETURN */", "// x\n", "/* ' */", '/* " */', "//\r", "/*\n*/")
AROUND = (
    "CALL () {{ {0} }} RETURN 1 AS one",
    "CALL {{ {0} }} RETURN 1 AS one",
    "MATCH (q0) CALL (q0) {{ {0} }} RETURN q0",
    "RETURN EXISTS {{ {0} }} AS there",
    "RETURN COUNT {{ {0} }} AS count",
    "RETURN [q0 IN [1] | COLLECT {{ {0} }}] AS list",
    "MATCH (q0) WHERE EXISTS {{ {0} }} RETURN q0",
    "RETURN CASE WHEN true THEN COUNT {{ {0} }} ELSE 0 END AS count",
    "RETURN 1 AS x UNION {0}",
    "{0} UNION RETURN 1 AS x",
    "WITH 1 AS q0 {0}",
    "UNWIND [1, 2] AS q0 {0}",
    "OPTIONAL MATCH (q0:Nobody) {0}",
    "MATCH (q0) WITH q0 LIMIT 1 {0}",
    "{0};",
    " {0} // RETURN 1",
    "/* MATCH (n) RETURN n */ {0}",
    "RETURN '{{0}}' AS x; {0}",
    "EXPLAIN {0}",
    "CYPHER 5 {0}",
)
_QUOTED = re.compile(r"""('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`)""", re.DOTALL)


def mutants(texts: Sequence[str], *, seed: int) -> Iterator[str]:
    """Yield changed statements without end, the same ones for the same ``seed``, each once."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    seen = set(texts)
    while True:
        text = draw.choice(texts)
        for _ in range(draw.randint(1, 3)):
            text = draw.choice(WAYS)(text, draw)
        if text not in seen:
            seen.add(text)
            yield text


def _outside(text: str, draw: random.Random, change: str, by: Sequence[str]) -> str:
    """Replace some places that ``change`` finds outside of quotation marks."""
    parts = _QUOTED.split(text)
    for at in range(0, len(parts), 2):
        parts[at] = re.sub(change, lambda found: draw.choice(by) if draw.random() < 0.5 else found[0], parts[at])
    return "".join(parts)


def _cased(text: str, draw: random.Random) -> str:
    parts = _QUOTED.split(text)
    parts[::2] = ["".join(draw.choice((one.lower(), one.upper(), one)) for one in part) for part in parts[::2]]
    return "".join(parts)


def _spaced(text: str, draw: random.Random) -> str:
    return _outside(text, draw, r"\s", SPACES)


def _commented(text: str, draw: random.Random) -> str:
    return _outside(text, draw, r"\s", COMMENTS)


def _escaped(text: str, draw: random.Random) -> str:
    at = draw.randrange(len(text))
    written = f"\\u{ord(text[at]):04x}" if draw.random() < 0.5 else f"\\u{ord(text[at]):04X}"
    return text[:at] + written + text[at + 1 :]


def _surrounded(text: str, draw: random.Random) -> str:
    return draw.choice(AROUND).format(text)


def _ticked(text: str, draw: random.Random) -> str:
    """Write a name of a procedure or function within back-ticks, or with spaces around its dots."""
    return re.sub(
        r"\b(\w+)\.(\w+)(?=\s*[.(])",
        lambda found: draw.choice((f"`{found[1]}`.`{found[2]}`", f"{found[1]} . {found[2]}")),
        text,
    )


WAYS = (_cased, _spaced, _commented, _escaped, _surrounded, _surrounded, _ticked)
