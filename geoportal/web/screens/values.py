"""Values of features as people read them, and what their fields are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from geoportal.atlas.numbers import needed_decimals
from geoportal.cards import FieldCard
from geoportal.snapshot.collection import Collection
from geoportal.web.screens.catalogue import of_level
from geoportal.web.screens.finder.services import phone
from geoportal.web.screens.visit import Visit

PLACE_FIELD = "kod_obce"  # points carry the code of the obec that they lie in


@dataclass(frozen=True)
class Column:
    """A field as a column: its title, its unit, whether it holds numbers."""

    name: str
    title: str
    unit: str
    is_number: bool


@dataclass(frozen=True)
class Cell:
    """A value in words, and where it leads, if anywhere. An absent value has no text."""

    text: str
    href: str | None = None


def columns(visit: Visit, collection: Collection, names: Iterable[str]) -> list[Column]:
    """The named properties as columns, in the order of the card; what no card knows comes last under its own name."""
    held = set(names)
    known = [
        Column(name, visit.into(field.title), field.unit or "", field.type in ("integer", "number"))
        for name, field in collection.fields.items()
        if name in held
    ]
    others = sorted(held - collection.fields.keys())
    return known + [_joined(visit, name) for name in others]


def _joined(visit: Visit, name: str) -> Column:
    """A property that an indicator gave to the feature."""
    table = visit.snapshot.indicators.get(name)
    title, unit = (visit.into(table.title), visit.into(table.unit)) if table else (name, "")
    return Column(name, title, unit, table is not None)


def cell(visit: Visit, field: FieldCard | None, value: Any) -> Cell:
    """A value as its field's type has it written; phones and web addresses lead where they say."""
    if value is None or value == "":
        return Cell("")
    if isinstance(value, bool):
        return Cell(visit.say("values.true" if value else "values.false"))
    if isinstance(value, (int, float)):
        return Cell(visit.say.number(value, needed_decimals((value,))))
    text, kind = str(value), field.type if field else "text"
    if kind == "date":
        return Cell(visit.say.date(text))
    if kind == "url" and text.startswith(("https://", "http://")):
        return Cell(text, text)
    if kind == "phone" and "," not in text and ";" not in text:
        dialled, read = phone(text)
        return Cell(read, f"tel:{dialled}")
    return Cell(text)


def name_of(collection: Collection, feature: Mapping[str, Any]) -> str:
    """What a feature is called; its id where it has no name."""
    return str(feature["properties"].get(collection.label) or feature["id"])


def feature_page(visit: Visit, collection: Collection, feature_id: object) -> str:
    """The address of a feature's page."""
    return visit.link(f"/collections/{collection.id}/items/{quote(str(feature_id), safe='')}")


def parent_pages(visit: Visit, collection: Collection) -> dict[str, Collection]:
    """The fields that hold the code of a unit above, or of the obec around, and the layer of that unit."""
    territory = collection.card.territory
    levels = {field: level for level, field in territory.parents.items()} if territory else {PLACE_FIELD: "obec"}
    found = {field: of_level(visit, level) for field, level in levels.items() if field in collection.fields}
    return {field: layer for field, layer in found.items() if layer}
