"""``/api`` for people: the operations of the API document, by what they are for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geoportal.web.api.calls import Call, Field, calls
from geoportal.web.api.recipes import call_recipes
from geoportal.web.features.recipes import Recipe
from geoportal.web.screens.api.shape import shape
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import FOLDER, Phrases

MOST_SELECTED = 12  # words of a choice that is shown whole; a longer one is a field with suggestions
_OF_PAGES = ("lang", "embed")  # what an address has for people, where it is a page too


@dataclass(frozen=True)
class Words:
    """A text of the document; ``lang`` where it is in another language than the page, else None."""

    text: str
    lang: str | None = None


@dataclass(frozen=True)
class FieldEntry:
    """A field of the form. ``control``: ``select``, ``number``, ``area``, ``file`` or ``text``.

    ``list`` is the id of the suggestions, ``step`` the step of a number.
    """

    id: str
    name: str
    place: str
    description: Words
    allowed: str
    required: bool
    control: str
    options: tuple[str, ...]
    value: str
    list: str | None
    low: float | None
    high: float | None
    step: str


@dataclass(frozen=True)
class CallEntry:
    """An operation. ``form`` is where it is sent without scripts, ``address`` the one of its example."""

    id: str
    ids: tuple[str, ...]
    method: str
    path: str
    summary: Words
    fields: tuple[FieldEntry, ...]
    recipes: tuple[Recipe, ...]
    answers: tuple[str, ...]
    statuses: tuple[tuple[str, Words], ...]
    shape: str
    form: str
    address: str | None


@dataclass(frozen=True)
class CallGroup:
    """Operations with one purpose."""

    id: str
    title: Words
    calls: tuple[CallEntry, ...]


def api_screen(visit: Visit, document: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of ``document`` (OpenAPI 3) shows."""
    base, lists = document["servers"][0]["url"], _Lists()
    found = calls(document)
    groups = [
        CallGroup(
            f"skupina-{tag['name'].lower()}",
            words(tag["description"], visit.language),
            tuple(_entry(visit, call, document, lists) for call in found if call.tag == tag["name"]),
        )
        for tag in document["tags"]
    ]
    return {
        "groups": [group for group in groups if group.calls],
        "server": base,
        "lists": lists.held,
    }


def words(text: str, language: str) -> Words:
    """A text of the document, which is in English, in the language of the page, where that has words for it."""
    if language == "en":
        return Words(text)
    found = _translations(language).get(text)
    return Words(found) if found else Words(text, "en")


@cache
def _translations(language: str) -> dict[str, str]:
    path = FOLDER / f"api.{language}.toml"
    held: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return held


class _Lists:
    """Suggestions of the page, each set of words once."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, ...], str] = {}

    def name(self, options: tuple[str, ...]) -> str:
        return self.held.setdefault(options, f"nabidka-{len(self.held) + 1}")


def _entry(visit: Visit, call: Call, document: Mapping[str, Any], lists: _Lists) -> CallEntry:
    given = call.examples()
    statuses = ((status, words(one["description"], visit.language)) for status, one in call.responses.items())
    content = call.responses["200"].get("content", {})
    schema = next((one["schema"] for one in content.values() if "$ref" in one["schema"]), None)
    return CallEntry(
        id=call.id,
        ids=call.ids,
        method=call.method.upper(),
        path=call.path,
        summary=words(call.summary, visit.language),
        fields=tuple(_field(visit, call, field, lists) for field in _offered(call)),
        recipes=call_recipes(call, document["servers"][0]["url"]),
        answers=call.media_types,
        statuses=tuple((status, text) for status, text in statuses if status != "200"),
        shape=shape(schema, document["components"]["schemas"]) if schema else "",
        form=visit.address(call.path if call.method == "post" else f"/api/{call.id}"),
        address=None if given is None else visit.address(call.address(given)),
    )


def _offered(call: Call) -> list[Field]:
    """The fields for programs; what the address may say as well as the form stands once."""
    asked = {field.name for field in call.at("query")}
    left_out = _OF_PAGES if "embed" in asked else ()
    return [x for x in call.fields if x.name not in left_out and (x.place != "body" or x.name not in asked)]


def _field(visit: Visit, call: Call, field: Field, lists: _Lists) -> FieldEntry:
    schema = field.schema
    options = tuple(map(str, schema.get("enum", ())))
    control = _control(schema, options)
    several = control == "text" and len(options) > MOST_SELECTED
    return FieldEntry(
        id=f"{call.id.strip('.').replace('.', '-')}-{field.name}",
        name=field.name,
        place=field.place,
        description=words(field.description, visit.language),
        allowed=_allowed(visit.say, field),
        required=field.required,
        control=control,
        options=("true", "false") if schema.get("type") == "boolean" else options if not several else (),
        value="" if field.example is None else str(field.example),
        list=lists.name(options) if several else None,
        low=schema.get("minimum"),
        high=schema.get("maximum"),
        step="1" if schema.get("type") == "integer" else "any",
    )


def _control(schema: Mapping[str, Any], options: tuple[str, ...]) -> str:
    if schema.get("format") == "binary":
        return "file"
    if schema.get("type") in ("integer", "number"):
        return "number"
    if schema.get("type") == "boolean" or 0 < len(options) <= MOST_SELECTED:
        return "select"
    return "area" if "\n" in str(schema.get("example", "")) else "text"


def _allowed(say: Phrases, field: Field) -> str:
    """What may be said beyond what the field shows: the bounds of a number, that there may be several."""
    parts, schema = [], field.schema
    if "minimum" in schema and "maximum" in schema:
        parts.append(say("api.from_to", low=_number(say, schema["minimum"]), high=_number(say, schema["maximum"])))
    if schema.get("type") == "array" and field.place == "query":
        parts.append(say("api.several"))
    if "default" in schema:
        parts.append(say("api.default", value=schema["default"]))
    return "; ".join(parts)


def _number(say: Phrases, value: float) -> str:
    return say.number(value, 0 if float(value).is_integer() else 3)
