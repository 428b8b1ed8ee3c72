"""The API as an OpenAPI 3.1 document, made of what stands beside its views."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from graph_app import __version__
from graph_app.catalog.parameters import Parameter, Words
from graph_app.views.contract.operation import Operation, operation_of
from graph_app.views.contract.parameters import LANGUAGE
from graph_app.views.contract.records import Problem

ROOT = "/api/v1/"
_REFERENCE = "#/components/schemas/{model}"
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_TYPES: Mapping[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
}
PARTS = {
    "entity": Words(en="Id of an entity, such as place:mashhad.", fa="شناسهٔ موجودیت، مانند place:mashhad."),
    "tie": Words(en="Id of a tie.", fa="شناسهٔ پیوند."),
    "subject": Words(en="Subject of the question.", fa="موضوع پرسش."),
    "question": Words(en="Name of the question within its subject.", fa="نام پرسش در موضوع آن."),
}
ERRORS = (400, 401, 403, 404, 405, 413, 429, 500, 503, 504)


def operations(app: Flask) -> list[tuple[str, str, Operation]]:
    """Return the path, the endpoint and the operation of each address of the API that has one, by path."""
    found = ((rule, operation_of(app.view_functions[rule.endpoint])) for rule in rules(app))
    return sorted(((path_of(rule), rule.endpoint, known) for rule, known in found if known), key=lambda one: one[0])


def rules(app: Flask) -> Iterator[Rule]:
    """Yield the addresses of the API that the app answers."""
    yield from (rule for rule in app.url_map.iter_rules() if rule.rule.startswith(ROOT))


def path_of(rule: Rule) -> str:
    """Return an address as OpenAPI writes it, with its variable parts in braces."""
    return _PART.sub(r"{\1}", rule.rule)


def document(app: Flask, language: str) -> dict[str, Any]:
    """Return the OpenAPI document, its sentences in ``language``."""
    known = operations(app)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Peyvand"),
            "version": __version__,
            "description": _("Reads what the graph holds. Nothing is changed; a token sees what its owner may see."),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {path: {"get": _operation(path, name, one, language)} for path, name, one in known},
        "components": {
            "schemas": schemas(known),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {"Problem": _problem()},
        },
    }


def schemas(known: list[tuple[str, str, Operation]]) -> dict[str, Any]:
    """Return the JSON Schemas of all answers by name."""
    models: dict[type[BaseModel], None] = dict.fromkeys([Problem, *(one.answer for _path, _name, one in known)])
    _refs, told = models_json_schema(
        [(model, "serialization") for model in models], by_alias=True, ref_template=_REFERENCE
    )
    found: dict[str, Any] = told["$defs"]
    return dict(sorted(found.items()))


def _operation(path: str, endpoint: str, known: Operation, language: str) -> dict[str, Any]:
    query = {**known.parameters, "lang": LANGUAGE}
    return {
        "operationId": endpoint,
        "summary": known.summary.in_language(language),
        "parameters": [
            *(_part(name, language) for name in re.findall(r"\{(\w+)\}", path)),
            *(_parameter(name, parameter, language) for name, parameter in query.items()),
            *([_free(known.free, language)] if known.free else []),
        ],
        "responses": {
            "200": {
                "description": known.summary.in_language(language),
                "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{known.answer.__name__}"}}},
            },
            **{str(status): {"$ref": "#/components/responses/Problem"} for status in ERRORS},
        },
    }


def _part(name: str, language: str) -> dict[str, Any]:
    about = PARTS[name].in_language(language)
    return {"name": name, "in": "path", "required": True, "description": about, "schema": {"type": "string"}}


def _parameter(name: str, parameter: Parameter, language: str) -> dict[str, Any]:
    about = parameter.help.in_language(language) if parameter.help else ""
    told = {"name": name, "in": "query", "required": parameter.required, "description": about}
    return {**told, "schema": schema_of(parameter), **({"explode": False} if parameter.many else {})}


def schema_of(parameter: Parameter) -> dict[str, Any]:
    """Return the JSON Schema of a parameter; a day is a text, since it may be written in either calendar."""
    found = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if parameter.values and not isinstance(parameter.values, str):
        found["enum"] = [choice.value for choice in parameter.values]
    limits = {"minimum": parameter.least, "maximum": parameter.most}
    found |= {name: int(limit) for name, limit in limits.items() if limit is not None}
    if isinstance(parameter.default, str):
        found["default"] = int(parameter.default) if parameter.type == "integer" else parameter.default
    return {"type": "array", "items": found} if parameter.many else found


def _free(about: Words, language: str) -> dict[str, Any]:
    values = {"type": "object", "additionalProperties": {"type": "string"}}
    told = {"name": "values", "in": "query", "required": False, "description": about.in_language(language)}
    return {**told, "style": "form", "explode": True, "schema": values}


def _problem() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    phrases = ", ".join(f"{status} {HTTPStatus(status).phrase}" for status in ERRORS)
    return {"description": phrases, "content": content}
