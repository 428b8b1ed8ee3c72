"""The JSON Schema of mappings, by which editors complete, check and explain them while one types.

It is made from the models and from ``describing.yaml``, and kept beside the mappings that come with Peyvand;
``python -m loaders.schema`` writes it anew.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from graph_app import yaml_files
from graph_app.vocabulary import Vocabulary, Word, vocabulary
from loaders.mapping import MAPPINGS, MappingFile

SCHEMA = MAPPINGS / "mapping.schema.json"
_DESCRIPTIONS = Path(__file__).resolve().parent / "describing.yaml"
_SCALAR = ["string", "number", "boolean"]  # what an editor takes for a number or a truth is a text for us
_TEXTS: dict[str, Any] = {"type": [*_SCALAR, "array"], "items": {"type": _SCALAR}}
_FLAGS = {"enum": ["yes", "no", "true", "false", True, False]}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a mapping."""
    made = MappingFile.model_json_schema(by_alias=True, mode="validation")
    models = {"MappingFile": made, **made["$defs"]}
    _close(models)
    for name, model in models.items():
        model["properties"] = {
            key: {"description": described(name, key), **_loosened(field)} for key, field in model["properties"].items()
        }
        model["description"] = described(name, "")
    column = made["$defs"]["Column"]
    made["$defs"]["ColumnType"], column["properties"]["type"] = (
        column["properties"]["type"],
        {"$ref": "#/$defs/ColumnType"},
    )
    made["$defs"]["Column"] = {"description": column["description"], "anyOf": [{"$ref": "#/$defs/ColumnType"}, column]}
    return {"$schema": GenerateJsonSchema.schema_dialect, **made}


def text() -> str:
    """Return the schema as it stands in its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


@cache
def _descriptions() -> Mapping[str, Mapping[str, Word]]:
    content = yaml_files.read(_DESCRIPTIONS)
    return {name: {key: Word(**word) for key, word in fields.items()} for name, fields in content.items()}


def described(model: str, field: str) -> str:
    """Return what ``field`` of ``model`` means, in both languages; of an empty name, what the model itself means."""
    word = _descriptions()[model][field]
    return f"{word.en}\n{word.fa}"


def _loosened(field: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Return a part of the schema without titles, and with what YAML may hold where we read a text."""
    if isinstance(field, list):
        return [_loosened(item) for item in field]
    if not isinstance(field, dict):
        return field
    kept = {key: _loosened(item) for key, item in field.items() if key != "title"}
    if kept.get("type") == "array" and kept.get("items") == {"type": _SCALAR}:
        return {**kept, **_TEXTS}
    if kept.get("type") == "boolean":
        del kept["type"]
        return {**kept, **_FLAGS}
    if kept.get("type") == "integer":
        return {**kept, "type": ["integer", "string"]}
    if kept.get("type") == "string" and "enum" not in kept and "pattern" not in kept:
        return {**kept, "type": _SCALAR}
    return kept


def _close(models: dict[str, Any]) -> None:
    """Give the fields that hold names of the vocabulary its words."""
    words = vocabulary()
    labels = {"type": "string", "enum": list(words.labels)}
    models["NodeRule"]["properties"]["label"] = labels
    models["Refining"]["properties"]["labels"]["additionalProperties"] = labels
    models["MappingFile"]["properties"]["references"]["additionalProperties"] = labels
    models["TieRule"]["properties"]["type"] = {"type": "string", "enum": list(words.types)}
    models["Column"]["properties"]["of"] = {"type": "string", "enum": sorted(_lists())}


def _lists() -> Iterator[str]:
    """Yield the lists of the vocabulary that a column can take its words from."""
    words = vocabulary()
    for name in Vocabulary.model_fields:
        if name == "kinds":
            yield from (f"kinds.{label}" for label in words.kinds)
        elif name not in {"labels", "types", "properties", "layers", "hierarchy", "states", "reasons", "flags"}:
            yield name


if __name__ == "__main__":
    SCHEMA.write_text(text(), encoding="utf-8")
