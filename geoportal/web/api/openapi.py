"""The API document (OpenAPI 3.0), made from the operations that answer requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request

from geoportal import __version__
from geoportal.errors import NotFound, alternatives
from geoportal.languages import KNOWN
from geoportal.web.api.calls import calls
from geoportal.web.api.examples import Examples, read_examples
from geoportal.web.api.schemas import SCHEMAS
from geoportal.web.current import base_url, site, snapshot
from geoportal.web.links import HTML, OPENAPI
from geoportal.web.operation import Operation, operation
from geoportal.web.params import Parameter, choice_parameter
from geoportal.web.portal.views import render_api
from geoportal.web.respond import chosen_format, json_response
from geoportal.web.tiles import matrix as tile_matrix
from geoportal.web.tiles.styles import style_ids

blueprint = Blueprint("openapi", __name__)

_FORMATS = {"json": OPENAPI, "html": HTML}
_PATH_PARTS = {
    "layer_id": "Id of a collection.", "fid": "Id of a feature.", "indicator_id": "Id of an indicator.",
    "filename": "Id of a layer and the extension of a format.", "tileset_id": "Id of a tileset.",
    "z": "Zoom.", "x": "Column of the tile, from the west.", "y": "Row of the tile, from the north.",
    "tileMatrixSetId": "Id of a tile matrix set.", "tileMatrix": "Id of a tile matrix: the zoom.",
    "tileRow": "Row of the tile, from the north.", "tileCol": "Column of the tile, from the west.",
    "style_id": "Id of a style.", "dataset_id": "Id of a dataset.",
    "ext": "Extension of a picture.",
}  # fmt: skip


@blueprint.get("/api")
@operation("This document.", "Service", {OPENAPI: None, HTML: None}, lambda: [
    choice_parameter("f", "Format.", list(_FORMATS)),
    choice_parameter("lang", "Language of the page.", KNOWN),
    choice_parameter("embed", "1: the page without header and footer.", ["0", "1"]),
])  # fmt: skip
def api(given: dict[str, Any]) -> Response:
    """The API document, or a page that explains it."""
    if chosen_format(given["f"], _FORMATS) == "html":
        return render_api(document())
    return json_response(document(), OPENAPI)


@blueprint.get("/api/<name>")
def call(name: str) -> Response:
    """The way on to the address of an operation, for a form that is sent without scripts.

    Fields that were left empty are left out, and the parts of the path are put into it.
    """
    offered = {one.id: one for one in calls(document()) if one.method == "get"}
    if name not in offered:
        raise NotFound(f"operation '{name[:60]}' does not exist; {alternatives(name[:60], offered)}")
    given = {key: ",".join(filter(None, values)) for key, values in request.args.lists()}
    return redirect(base_url() + offered[name].address(given), 302)  # type: ignore[return-value]


def document() -> dict[str, Any]:
    """The OpenAPI document of this service and its snapshot."""
    paths: dict[str, dict[str, Any]] = {}
    for path, method, described in sorted(_paths(), key=lambda found: found[:2]):
        paths.setdefault(path, {})[method] = described
    return {
        "openapi": "3.0.3",
        "info": {
            "title": site().title.cs,
            "description": f"{site().title.into('en')}. Every parameter is checked; a wrong one is answered with 400.",
            "version": __version__,
            "contact": {"name": site().publisher.name, "url": site().hub.url},
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": base_url()}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


_NUMBER = {"type": "integer", "minimum": 0, "maximum": 2**24 - 1}
_PATH_SCHEMAS: dict[str, dict[str, Any]] = {
    "z": {"type": "integer", "minimum": 0, "maximum": tile_matrix.DEEPEST}, "x": _NUMBER, "y": _NUMBER,
    "tileMatrixSetId": {"type": "string", "enum": [tile_matrix.ID]},
    "tileMatrix": {"type": "string", "enum": [str(zoom) for zoom in range(tile_matrix.DEEPEST + 1)]},
    "tileRow": _NUMBER, "tileCol": _NUMBER,
}  # fmt: skip
_TAGS = {  # in the order of the page; their words are its headings
    "Finder": "Find help and places",
    "Files": "Download whole layers",
    "Features": "Query features: OGC API - Features",
    "Indicators": "Compare units: values of indicators",
    "Join": "Put a table of your own on the map",
    "Tiles": "Draw maps: vector tiles, styles, OGC API - Tiles",
    "Catalogue": "Know what is published and what changed",
    "Service": "Watch the service",
}


@dataclass(frozen=True)
class _View:
    """The name of a view, its method, and the examples to call it with."""

    name: str
    method: str
    examples: Examples

    def example(self, parameter: Parameter) -> Any | None:
        """The example of one of its parameters."""
        return self.examples.parameter(self.name, parameter.name, parameter.schema)


def _paths() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of every operation."""
    examples = read_examples(snapshot(), site(), style_ids())
    for rule in current_app.url_map.iter_rules():
        held: Operation | None = getattr(current_app.view_functions[rule.endpoint], "operation", None)
        if held is None:
            continue
        view = _View(rule.endpoint.rpartition(".")[2], "post" if "POST" in (rule.methods or ()) else "get", examples)
        if rule.rule == "/collections/<layer_id>/items":
            for layer_id in snapshot().collections:
                described = _describe(held, view, f"{view.name}-{layer_id}", [], {"layer_id": layer_id})
                yield f"/collections/{layer_id}/items", view.method, described
        else:
            parts = re.findall(r"<(\w+)>", rule.rule)
            path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
            yield path, view.method, _describe(held, view, held.name or view.name, parts, dict.fromkeys(parts, ""))


def _describe(held: Operation, view: _View, name: str, parts: list[str], path: dict[str, str]) -> dict[str, Any]:
    answers = held.answered(**path)
    content = {kind: {"schema": _reference(schema) if schema else _unnamed(kind)} for kind, schema in answers.items()}
    query = [_query_part(parameter, view.example(parameter)) for parameter in held.declared(**path)]
    return {
        "operationId": name,
        "summary": held.summary,
        "tags": [held.tag],
        "parameters": [*(_path_part(part, view.examples.part(view.name, part)) for part in parts), *query],
        **({"requestBody": _form(held.body, view)} if held.body else {}),
        "responses": {
            "200": {"description": held.summary, "content": content},
            **{status: _status(status, text) for status, text in held.statuses.items()},
            **({"304": {"description": "Not changed since."}} if view.method == "get" else {}),
            "400": _error("A parameter is wrong; the description names it."),
            "404": _error("There is no such thing; the description names those there are."),
        },
    }


def _form(fields: Iterable[Parameter], view: _View) -> dict[str, Any]:
    """The form that an operation is sent."""
    properties = {field.name: {**field.schema, "description": field.description} for field in fields}
    for field in fields:
        if (shown := view.example(field)) is not None:
            properties[field.name]["example"] = shown
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}


def _status(status: str, text: str) -> dict[str, Any]:
    return _error(text) if int(status) >= 400 else {"description": text}


def _reference(schema: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _unnamed(kind: str) -> dict[str, Any]:
    if kind.endswith(("/json", "+json")) and kind != OPENAPI:
        return {"type": "object"}
    return {"type": "string"} if kind in (HTML, OPENAPI) else {"type": "string", "format": "binary"}


def _error(description: str) -> dict[str, Any]:
    shape = {"schema": _reference("exception")}
    return {
        "description": description,
        "content": {"application/json": shape, "text/html": {"schema": {"type": "string"}}},
    }


def _path_part(name: str, example: str | None) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_PATH_SCHEMAS.get(name, {"type": "string"}))
    if name == "tileset_id" and snapshot().tilesets:
        schema["enum"] = list(snapshot().tilesets)
    if name == "layer_id":
        schema["enum"] = list(snapshot().collections)
    if name == "style_id":
        schema["enum"] = style_ids()
    if name == "indicator_id" and snapshot().indicators:
        schema["enum"] = list(snapshot().indicators)
    if name == "dataset_id":
        held = snapshot()
        schema["enum"] = list(dict.fromkeys((*held.collections, *held.indicators, *held.tilesets)))
    if name == "filename":
        schema["enum"] = [
            f"{collection.id}.{file.get('extension', form)}"
            for collection in snapshot().collections.values()
            for form, file in collection.files.items()
        ]
    described = {"name": name, "in": "path", "required": True, "description": _PATH_PARTS[name], "schema": schema}
    return described if example is None else {**described, "example": _typed(example, schema)}


def _typed(example: str, schema: dict[str, Any]) -> str | int:
    return int(example) if schema["type"] == "integer" else example


def _query_part(parameter: Parameter, example: Any | None) -> dict[str, Any]:
    array = {"style": "form", "explode": False} if parameter.schema.get("type") == "array" else {}
    shown = {} if example is None else {"example": example}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": parameter.schema,
        **array,
        **shown,
    }
