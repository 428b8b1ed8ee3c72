"""The reference of the API: as an OpenAPI document for programs, and as a page for people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template

from graph_app.catalog.parameters import Parameter
from graph_app.views import language
from graph_app.views.contract.document import PARTS, ROOT, document, operations, schemas
from graph_app.views.contract.operation import Operation
from graph_app.views.contract.persian import SHAPES
from graph_app.views.problems import titles

bp = Blueprint("reference", __name__)
_EXAMPLES: Mapping[str, str] = {
    "api.find": "?q=mashhad&limit=5",
    "api.picture": "?ids=place:mashhad,place:sanaa",
    "sieves.facets": "?ids=place:mashhad,place:sanaa",
    "panorama.document": "?of=City",
    "api.expand_all": "?ids=place:mashhad",
    "api.paths": "?from=place:mashhad&to=place:sanaa",
    "api.common_ties": "?ids=place:mashhad,place:sanaa",
    "compare.as_json": "?ids=place:mashhad,place:sanaa&from=1390-01-01",
    "api.neighbours": "/api/v1/entities/place:mashhad/neighbours",
    "api.expand": "/api/v1/entities/place:mashhad/expand?type=WITHIN",
    "entities.as_json": "/api/v1/entities/place:mashhad",
    "history.entity_as_json": "/api/v1/entities/place:mashhad/history",
    "questions.describe": "/api/v1/questions/cities/sister_cities",
    "questions.answer": "/api/v1/questions/cities/sister_cities/answer?city=place:mashhad&limit=5",
}


@dataclass(frozen=True)
class Entry:
    """One address as the page shows it: its fields are (name, type, what it is) or (name, type)."""

    name: str
    path: str
    summary: str
    parts: list[tuple[str, str]]
    parameters: list[tuple[str, str, str, str]]
    shape: str
    example: str


@dataclass(frozen=True)
class Told:
    """A shape as the page shows it: what it is, cut where names of fields begin and end, and its fields."""

    about: list[str]
    fields: list[tuple[str, str, str]]


@bp.get("/api")
def index() -> str:
    """Show every address of the API with its parameters and the fields of its answer."""
    app = current_app
    known = operations(app)
    reader = language()
    entries = [_entry(path, endpoint, one, reader) for path, endpoint, one in known]
    shapes = {name: _told(name, shape, reader) for name, shape in schemas(known).items()}
    return render_template("reference/index.html", entries=entries, shapes=shapes, problems=titles())


@bp.get(f"{ROOT}openapi.json")
def as_openapi() -> Response:
    """Answer the same as an OpenAPI 3.1 document."""
    return jsonify(document(current_app, language()))


def _entry(path: str, endpoint: str, known: Operation, reader: str) -> Entry:
    example = _EXAMPLES.get(endpoint, "")
    whole = example if example.startswith("/") else path + example
    return Entry(
        endpoint,
        path,
        known.summary.in_language(reader),
        [(name, about.in_language(reader)) for name, about in PARTS.items() if f"{{{name}}}" in path],
        [
            *(_parameter(name, one, reader) for name, one in known.parameters.items()),
            *([("…", "text", "", known.free.in_language(reader))] if known.free else []),
        ],
        known.answer.__name__,
        "" if "{" in whole else whole,
    )


def _parameter(name: str, known: Parameter, reader: str) -> tuple[str, str, str, str]:
    """Return the name of a parameter, its type with limits, its default, and what it is."""
    listed = " | ".join(one.value for one in known.values if not isinstance(one, str))
    limits = [f"{sign} {limit:g}" for sign, limit in (("≥", known.least), ("≤", known.most)) if limit is not None]
    kind = listed or f"{known.type}, {known.type}, …" if known.many else listed or " ".join((known.type, *limits))
    return name, kind, str(known.default or ""), known.help.in_language(reader) if known.help else ""


def _told(name: str, shape: Mapping[str, Any], reader: str) -> Told:
    about = SHAPES[name] if reader == "fa" else str(shape["description"])
    return Told(about.split("``"), list(_fields(shape)))


def _fields(shape: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the fields of a shape: name, type in words of JSON Schema, and the shape that it names, if any."""
    for name, field in shape.get("properties", {}).items():
        yield name, *_type(field)


def _type(field: Mapping[str, Any]) -> tuple[str, str]:
    if "$ref" in field:
        named = str(field["$ref"]).rpartition("/")[2]
        return named, named
    if "anyOf" in field:
        told = [_type(one) for one in field["anyOf"]]
        return " | ".join(text for text, _named in told), next((named for _text, named in told if named), "")
    if field.get("type") == "array":
        text, named = _type(field.get("items", {}))
        return f"[{text}]", named
    if isinstance(field.get("additionalProperties"), Mapping):
        text, named = _type(field["additionalProperties"])
        return f"{{string: {text}}}", named
    return " | ".join(map(str, field["enum"])) if "enum" in field else str(field.get("type", "any")), ""
