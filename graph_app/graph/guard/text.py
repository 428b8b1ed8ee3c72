r"""The text of a statement, as the server's own lexer cuts it: the courtesy layer, and the names that it calls.

The wall is the server's plan. This layer speaks first, because it can say where and what to do, and it looks once more
at what a plan shows only as text (subqueries within expressions). It may do so because ``\uXXXX``, which the server
decodes before it looks for strings and comments, never gets there: one that only writes a character of a string is put
in as that character, any other is refused. What is read here is what runs there.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph_app.errors import N_, StatementError

LARGEST = 20_000  # bytes
TOKEN = re.compile(
    r"""
    (?P<comment>   //[^\n\r]* | /\*.*?\*/ )
  | (?P<string>    '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" )
  | (?P<parameter> \$(?!(?:any|all)\s*\()(?:`(?P<quoted_parameter>(?:[^`]|``)+)`|(?P<plain_parameter>\w+)) )
  | (?P<quoted>    `(?:[^`]|``)*` )
  | (?P<unended>   /\* | ['"`] )
  | (?P<end>       ; )
  | (?P<space>     \s+ )
  | (?P<name>      [^\W\d][\w$]* )  # a name may hold a $ further in
  | (?P<number>    \d[\w.]*(?<!\.) )
  | (?P<other>     . )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
ESCAPE = re.compile(r"\\+u[0-9a-f]{0,4}", re.IGNORECASE)
_WHOLE = re.compile(r"(?<!\\)\\u([0-9a-fA-F]{4})")  # one escape that nothing before it can change
_SIGNS = frozenset("'\"`\\")  # with which strings and names begin, end, and are escaped
HIDES = N_("“%(text)s” hides what the statement says; write the character itself, or pass it as a parameter.")
LOADS = N_("LOAD CSV reads files and addresses; only the graph is read here.")
_PREFIXES = frozenset({"cypher", "explain", "profile"})
_WORDS = {
    "alter": N_("“%(word)s” is for administrators; only reading is possible here."),
    "create": N_("“%(word)s” would write; only reading is possible here."),
    "delete": N_("“%(word)s” would write; only reading is possible here."),
    "deny": N_("“%(word)s” is for administrators; only reading is possible here."),
    "detach": N_("“%(word)s” would write; only reading is possible here."),
    "drop": N_("“%(word)s” would write; only reading is possible here."),
    "foreach": N_("“%(word)s” would write; only reading is possible here."),
    "grant": N_("“%(word)s” is for administrators; only reading is possible here."),
    "insert": N_("“%(word)s” would write; only reading is possible here."),
    "merge": N_("“%(word)s” would write; only reading is possible here."),
    "nodetach": N_("“%(word)s” would write; only reading is possible here."),
    "remove": N_("“%(word)s” would write; only reading is possible here."),
    "revoke": N_("“%(word)s” is for administrators; only reading is possible here."),
    "set": N_("“%(word)s” would write; only reading is possible here."),
    "show": N_("“%(word)s” is for administrators. Labels, types and keys are told by CALL db.labels() and the like."),
    "terminate": N_("“%(word)s” is for administrators; only reading is possible here."),
    "use": N_("“%(word)s” would ask another graph; leave it out."),
}
_BEGINS = frozenset({"{", "}", ")", "]"})  # signs after which a clause may begin


class Token(NamedTuple):
    """One token that counts: its kind, its text, the name it spells (in small letters) and where it begins."""

    kind: str
    text: str
    word: str
    at: int


def tokens(statement: str) -> Iterator[Token]:
    """Yield what counts in ``statement``: everything but space and comments.

    Raises
    ------
    StatementError
        If a comment, a string or a name in back-ticks does not end.

    """
    for found in TOKEN.finditer(statement):
        kind = str(found.lastgroup)
        kind = "parameter" if kind.endswith("_parameter") else kind
        if kind == "unended":
            raise refusal(statement, found.start(), N_("What begins with %(sign)s here does not end."), sign=found[0])
        if kind not in {"space", "comment"}:
            name = found[0][1:-1].replace("``", "`") if kind == "quoted" else found[0]
            yield Token(kind, found[0], name.lower(), found.start())


def unescaped(statement: str) -> str:
    r"""Return ``statement`` with each ``\uXXXX`` that only writes a character of a string as that character.

    It neither ends nor begins anything: it stands within quotes and is no quote, back-slash or control character.
    """
    if not ESCAPE.search(statement):
        return statement
    return TOKEN.sub(lambda found: _WHOLE.sub(_character, found[0]) if found["string"] else found[0], statement)


def _character(escape: re.Match[str]) -> str:
    written = chr(int(escape[1], 16))
    return written if written.isprintable() and written not in _SIGNS else escape[0]


def refusal(statement: str, at: int, message: str, **values: object) -> StatementError:
    """Return the refusal of ``statement`` for what stands at ``at``."""
    line = statement.count("\n", 0, at) + 1
    column = at - (statement.rfind("\n", 0, at) + 1) + 1
    return StatementError(message, line=line, column=column, **values)


def check(statement: str) -> list[Token]:
    r"""Refuse, with a place and a reason, what a reader of the text can see; return the tokens.

    Raises
    ------
    StatementError
        If the statement is empty, too long, or more than one; hides something (``\u``, NUL); has a prefix; or holds a
        clause that does not read.

    """
    if len(statement.encode("utf-8", "surrogatepass")) > LARGEST:
        raise StatementError(N_("The statement is longer than %(most)s bytes."), most=LARGEST)
    _refuse_hidden(statement)
    found = list(tokens(statement))
    while found and found[-1].kind == "end":
        found.pop()
    if not found:
        raise StatementError(N_("There is no statement."))
    if found[0].kind == "name" and found[0].word in _PREFIXES:
        message = N_("“%(word)s” is not needed before the statement; leave it out.")
        raise refusal(statement, found[0].at, message, word=found[0].text)
    _refuse_clauses(statement, found)
    return found


def _refuse_hidden(statement: str) -> None:
    if (nul := statement.find("\0")) >= 0:
        raise refusal(statement, nul, N_("There is a NUL character; take it out."))
    if escape := ESCAPE.search(statement):
        raise refusal(statement, escape.start(), HIDES, text=escape[0])
    for at, character in enumerate(statement):
        if "\ud800" <= character <= "\udfff":
            raise refusal(statement, at, N_("There is half a character; take it out."))


def _refuse_clauses(statement: str, found: list[Token]) -> None:
    for at, token in enumerate(found):
        if token.kind == "end":
            raise refusal(statement, token.at, N_("There is more than one statement; ask them one by one."))
        if token.kind != "name":
            continue
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        follows = after.word if after else ""
        if token.word == "load" and follows == "csv":
            raise refusal(statement, token.at, LOADS)
        if token.word == "in" and follows in {"transactions", "concurrent"} and before and before.word == "}":
            raise refusal(statement, token.at, N_("CALL … IN TRANSACTIONS is for writing; leave IN TRANSACTIONS out."))
        if token.word in _WORDS and _is_clause(before, after):
            raise refusal(statement, token.at, _WORDS[token.word], word=token.text)


def _is_clause(before: Token | None, after: Token | None) -> bool:
    """Return whether a word is the start of a clause, and not a variable, a label or a key of the same name.

    Where this errs, the plan decides.
    """
    if before and before.kind == "other" and before.word not in _BEGINS:
        return False
    if before and before.kind == "name" and before.word in {"as", "in", "with", "return", "by"}:
        return False
    return after is not None and (after.kind in {"name", "quoted"} or after.word in {"(", "$"})
