"""What a question asks its reader for: the ``params`` of its header."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph_app.catalog.problems import EntryError
from graph_app.errors import N_
from graph_app.vocabulary import Word, vocabulary

Type = Literal["text", "integer", "number", "boolean", "date", "date_range", "choice", "entity"]
Written = str | tuple[str, ...] | Mapping[str, str]
ENDS = ("from", "to")  # the two fields of a date range
_ONLY_FOR: Mapping[str, frozenset[str]] = {
    "of": frozenset({"entity"}),
    "values": frozenset({"choice", "entity"}),
    "least": frozenset({"integer", "number"}),
    "most": frozenset({"integer", "number"}),
}


class Entry(BaseModel):
    """A part of a header: unknown words in it are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Word):
    """A text for people, in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str = Field(min_length=1)
    fa: str = Field(min_length=1)


class Choice(Words):
    """One value of a list, with its name in both languages."""

    value: str = Field(min_length=1)


class Parameter(Entry):
    """One value that the reader gives.

    ``many`` makes it a list, written with commas. ``values`` is a fixed list, or a query that returns ``value`` and
    perhaps ``en`` and ``fa``; the ``$names`` in it are earlier parameters, listed in ``depends_on``. A parameter
    without a label is called what the vocabulary calls a property of that name.
    """

    type: Type
    many: bool = False
    label: Words | None = None
    help: Words | None = None
    required: bool = True
    default: Written | None = None
    of: tuple[str, ...] = ()
    values: Annotated[str, Field(min_length=1)] | tuple[Choice, ...] = ()
    depends_on: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for word, types in _ONLY_FOR.items():
            if getattr(self, word) not in ((), None) and self.type not in types:
                raise EntryError(N_("“%(word)s” is only for %(types)s"), word=word, types=", ".join(sorted(types)))
        if self.type == "choice" and not self.values:
            raise EntryError(N_("a choice needs “values”: a list or a query"))
        if unknown := set(self.of) - set(vocabulary().labels):
            raise EntryError(
                N_("“of” names %(names)s, which is no label of the vocabulary"), names=", ".join(sorted(unknown))
            )
        if self.depends_on and not isinstance(self.values, str):
            raise EntryError(N_("“depends_on” is only for values from a query"))
        if self.many and self.type == "date_range":
            raise EntryError(N_("a list of date ranges is not known"))
        return self

    @property
    def must_be_given(self) -> bool:
        """Whether a question cannot be asked without it."""
        return self.required and self.default is None

    def called(self, name: str, language: str) -> str:
        """Return what the parameter ``name`` is called in ``language``."""
        word = self.label or vocabulary().properties.get(name)
        return word.in_language(language) if word else name


def fields(name: str, parameter: Parameter) -> list[str]:
    """Return the names under which the parameter travels in an address or a form."""
    return [f"{name}.{end}" for end in ENDS] if parameter.type == "date_range" else [name]


def flat(name: str, written: Any) -> dict[str, str]:  # noqa: ANN401 - as it stands in YAML
    """Return a default or an example as the fields that a form would send."""
    match written:
        case None:
            return {}
        case str():
            return {name: written}
        case Mapping():
            return {f"{name}.{end}": str(text) for end, text in written.items()}
    return {name: ",".join(written)}
