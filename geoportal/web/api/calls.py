"""Operations of the API document as somebody calls them: fields to fill in, and the address that they make.

The document has an operation for the features of each collection; here they are one, with the collection as a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from geoportal.errors import InvalidParameter
from geoportal.web.features.items import RESERVED

_ITEMS = re.compile(r"/collections/(?P<layer_id>[^/{}]+)/items")
_SAFE = ",:/"  # what stands in a query as it is


@dataclass(frozen=True)
class Field:
    """Something that a call is given. ``place``: ``path``, ``query`` or ``body``; ``example`` None where none helps."""

    name: str
    place: str
    description: str
    schema: Mapping[str, Any]
    required: bool = False
    example: Any | None = None


@dataclass(frozen=True)
class Call:
    """An operation. ``path`` has the names of its parts in braces, ``ids`` are the document's names for it."""

    id: str
    ids: tuple[str, ...]
    method: str
    path: str
    summary: str
    tag: str
    fields: tuple[Field, ...]
    responses: Mapping[str, Any]

    @property
    def media_types(self) -> tuple[str, ...]:
        """What a good answer comes in; the first is the default."""
        return tuple(self.responses["200"].get("content", ()))

    def at(self, place: str) -> list[Field]:
        """The fields that go to one place."""
        return [field for field in self.fields if field.place == place]

    def examples(self) -> dict[str, Any] | None:
        """A value for each field of the address that needs or deserves one; None where a needed one is lacking."""
        fields = [field for field in self.fields if field.place != "body"]
        if any(field.required and field.example is None for field in fields):
            return None
        return {field.name: field.example for field in fields if field.example is not None}

    def place(self, given: Mapping[str, Any]) -> str:
        """The path with its parts filled in. Raises ``InvalidParameter`` for a part without a value."""

        def part(found: re.Match[str]) -> str:
            value = str(given.get(found[1], ""))
            if not value:
                raise InvalidParameter(f"'{found[1]}' is a part of the path {self.path} and must not be empty")
            return quote(value, safe="")

        return re.sub(r"\{(\w+)\}", part, self.path)

    def address(self, given: Mapping[str, Any]) -> str:
        """Path and query for these values; what is empty is left out. Raises ``InvalidParameter``."""
        parts = {field.name for field in self.at("path")}
        query = {name: value for name, value in given.items() if name not in parts and value != ""}
        return self.place(given) + (f"?{urlencode(query, safe=_SAFE)}" if query else "")


def calls(document: Mapping[str, Any]) -> list[Call]:
    """Every operation of ``document`` (OpenAPI 3), in its order; those of all collections stand for one."""
    found = list(_calls(document["paths"]))
    several = [call for call in found if _ITEMS.fullmatch(call.path)]
    if not several:
        return found
    first = found.index(several[0])
    layer = next((field.example for call in found for field in call.fields if field.name == "layer_id"), None)
    return [*found[:first], _united(several, layer), *(call for call in found[first:] if call not in several)]


def _calls(paths: Mapping[str, Any]) -> Iterator[Call]:
    for path, methods in paths.items():
        for method, described in methods.items():
            name = described["operationId"]
            fields = (*map(_parameter, described["parameters"]), *_form(described.get("requestBody")))
            yield Call(
                name, (name,), method, path, described["summary"], described["tags"][0], fields, described["responses"]
            )


def _united(several: list[Call], example: Any | None) -> Call:
    """One call in place of those of each collection, without the parameters that are fields of its features."""
    one = several[0]
    layers = [found["layer_id"] for call in several if (found := _ITEMS.fullmatch(call.path))]
    kept = tuple(field for field in one.fields if field.name in RESERVED)
    schema = {"type": "string", "enum": layers}
    layer = Field("layer_id", "path", "Id of a collection.", schema, True, example or layers[0])
    return Call(
        id=one.id.partition("-")[0],
        ids=tuple(name for call in several for name in call.ids),
        method=one.method,
        path="/collections/{layer_id}/items",
        summary=one.summary,
        tag=one.tag,
        fields=(layer, *kept),
        responses=one.responses,
    )


def _parameter(described: Mapping[str, Any]) -> Field:
    return Field(
        name=described["name"],
        place=described["in"],
        description=described["description"],
        schema=described["schema"],
        required=described["required"],
        example=described.get("example"),
    )


def _form(body: Mapping[str, Any] | None) -> Iterator[Field]:
    if body:
        (content,) = body["content"].values()
        for name, schema in content["schema"]["properties"].items():
            yield Field(name, "body", schema["description"], schema, example=schema.get("example"))
