"""Words of the language that are no names of values, as the estimates of ``growth`` tell them apart."""

CLAUSES = frozenset(
    {"call", "match", "optional", "return", "union", "unwind", "with", "limit", "order", "skip", "where"}
)
NUMBERS = frozenset({"avg", "count", "length", "size", "tofloat", "tointeger"})  # whatever they are given
SMALL = NUMBERS | {"elementid", "exists", "id", "isempty", "stdev", "sum", "type", "startnode", "endnode"}
_LOGIC = frozenset({"and", "contains", "ends", "in", "is", "not", "or", "starts", "xor", "true", "false", "null"})
WORDS = _LOGIC | {"as", "asc", "by", "case", "desc", "distinct", "else", "end", "then", "when", "yield"}
GROWING = frozenset({"+", "[", "{", "|", "replace"})
