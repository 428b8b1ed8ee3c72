"""What a statement is made of: where its brackets close, and where its paths end."""

from collections.abc import Sequence

from graph_app.errors import N_, StatementError
from graph_app.graph.guard.text import Token, refusal

_PAIRS = {"(": ")", "[": "]", "{": "}"}
CLOSING = frozenset(_PAIRS.values())
_WITHIN_NAMES = frozenset({".", ":", "&", "|", "!", "$"})  # after which a word is a key or a label
_UNREAD = N_("This cannot be shown to somebody who may not see everything: “%(word)s” is not understood here.")


class Syntax:
    """The words and signs of one statement, by their numbers.

    Parameters
    ----------
    text, tokens
        The statement, and what counts in it.

    Raises
    ------
    StatementError
        If a bracket does not close, or closes what is not open.

    """

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text, self._tokens = text, tokens
        self._close = self._pairs()

    def _end_of_path(self, at: int) -> int:
        end = self._close[at] + 1
        while (after := self._end_of_tie(end)) > end and self._sign(after) == "(":
            end = self._close[after] + 1
        return end

    def _end_of_tie(self, at: int) -> int:
        """Return where the tie that begins here ends, with how often it is followed; ``at`` if there is none."""
        end = self._end_of_arrow(at)
        if end > at and self._sign(end) in {"+", "*", "{"}:
            end = self._close.get(end, end) + 1
        return end

    def _end_of_arrow(self, at: int) -> int:
        end = at + (self._sign(at) == "<")
        if self._sign(end) != "-" or self._sign(end + 1) not in {"-", "["}:
            return at
        end = self._close.get(end + 1, end) + 1
        return end + 1 + (self._sign(end + 1) == ">") if self._sign(end) == "-" else at

    def _is_group(self, at: int) -> bool:
        return self._sign(at + 1) == "(" or self._sign(at + 2) == "="

    def _is_word(self, at: int) -> bool:
        return self._sign(at - 1) not in _WITHIN_NAMES

    def _inside(self, at: int) -> list[int]:
        """Return what stands in the brackets that open here, and in no others."""
        found, place = list[int](), at + 1
        while place < self._close[at]:
            found.append(place)
            place = self._close.get(place, place) + 1
        return found

    def _pairs(self) -> dict[int, int]:
        """Return where each bracket closes, by where it opens."""
        opened, found = list[int](), dict[int, int]()
        for at, token in enumerate(self._tokens):
            if token.kind == "other" and token.text in _PAIRS:
                opened.append(at)
            elif token.kind == "other" and token.text in CLOSING:
                if not opened or _PAIRS[self._tokens[opened[-1]].text] != token.text:
                    raise self._refused(at)
                found[opened.pop()] = at
        if opened:
            raise self._refused(opened[-1])
        return found

    def _over(self, at: int) -> int:
        return self._tokens[at].at + len(self._tokens[at].text)

    def _word(self, at: int) -> str:
        return self._tokens[at].word if 0 <= at < len(self._tokens) and self._tokens[at].kind == "name" else ""

    def _sign(self, at: int) -> str:
        return self._tokens[at].text if 0 <= at < len(self._tokens) and self._tokens[at].kind == "other" else ""

    def _refused(self, at: int) -> StatementError:
        place, word = (self._tokens[at].at, self._tokens[at].text) if at < len(self._tokens) else (len(self._text), "")
        return refusal(self._text, place, _UNREAD, word=word)
