"""The shape of an answer, written like a type of TypeScript: names, types, ``?`` after what may be absent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DEEPEST = 4
_STEP = "  "
_REFERENCE = "#/components/schemas/"


def shape(schema: Mapping[str, Any], named: Mapping[str, Any]) -> str:
    """The text for a JSON schema; ``named`` are those that it may refer to. What lies deep is left out as ``…``."""
    return _shape(schema, named, 0)


def _shape(schema: Mapping[str, Any], named: Mapping[str, Any], depth: int) -> str:
    if "$ref" in schema:
        return _shape(named[schema["$ref"].removeprefix(_REFERENCE)], named, depth)
    text = _bare(schema, named, depth)
    return f"{text} | null" if schema.get("nullable") else text


def _bare(schema: Mapping[str, Any], named: Mapping[str, Any], depth: int) -> str:
    if "enum" in schema:
        return " | ".join(f'"{word}"' for word in schema["enum"])
    if "oneOf" in schema:
        return " | ".join(_shape(one, named, depth) for one in schema["oneOf"])
    if schema.get("type") == "array":
        return _list(_shape(schema.get("items", {}), named, depth))
    if "properties" in schema:
        return _object(schema, named, depth)
    return {"object": "{ … }"}.get(schema.get("type", ""), str(schema.get("type", "…")))


def _list(item: str) -> str:
    return f"({item})[]" if " | " in item and not item.startswith("{") else f"{item}[]"


def _object(schema: Mapping[str, Any], named: Mapping[str, Any], depth: int) -> str:
    if depth >= _DEEPEST:
        return "{ … }"
    needed, inner = schema.get("required", ()), _STEP * (depth + 1)
    lines = [
        f"{inner}{name}{'' if name in needed else '?'}: {_shape(one, named, depth + 1)}"
        for name, one in schema["properties"].items()
    ]
    return "\n".join(["{", *lines, _STEP * depth + "}"])
