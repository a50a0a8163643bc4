"""``/api`` for people: the operations of the API document, by what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ParameterEntry:
    """A parameter: its name, what it means, which values it takes."""

    name: str
    description: str
    allowed: str


@dataclass(frozen=True)
class OperationEntry:
    """One kind of request; ``where`` is its path with the varying parts in braces."""

    where: str
    summary: str
    answers: tuple[str, ...]
    parameters: tuple[ParameterEntry, ...]


@dataclass(frozen=True)
class OperationGroup:
    """Operations with one purpose, in the words of the API document."""

    title: str
    operations: tuple[OperationEntry, ...]


def api_screen(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of ``document`` (OpenAPI 3) shows."""
    described = [(path["get"]["tags"][0], _operation(where, path["get"])) for where, path in document["paths"].items()]
    groups = [
        OperationGroup(tag["description"], tuple(entry for name, entry in described if name == tag["name"]))
        for tag in document["tags"]
    ]
    return {"groups": [group for group in groups if group.operations], "server": document["servers"][0]["url"]}


def _operation(where: str, described: Mapping[str, Any]) -> OperationEntry:
    parameters = tuple(_parameter(parameter) for parameter in described["parameters"])
    return OperationEntry(where, described["summary"], tuple(described["responses"]["200"]["content"]), parameters)


def _parameter(described: Mapping[str, Any]) -> ParameterEntry:
    return ParameterEntry(described["name"], described["description"], _allowed(described["schema"]))


def _allowed(schema: Mapping[str, Any]) -> str:
    """What a schema lets through: the words of a choice, the bounds of a number, otherwise its type."""
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    bounds = [str(schema[end]) for end in ("minimum", "maximum") if end in schema]
    return f"{schema['type']} {' … '.join(bounds)}".strip()
