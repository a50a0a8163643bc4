"""The features of one layer of a tileset: attributes as tiles can hold them, ids as numbers, labels, ranks, seats."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geoportal.build.run import Joined
from geoportal.cards.tileset import RANK_FIELD, SEAT_FIELD, TileLayerCard
from geoportal.crs import CRS84, KROVAK, project_geometries
from geoportal.encode import LayerContent
from geoportal.site import LEVELS, Level
from geoportal.tiling import Features, Stock, Words
from geoportal.tiling.features import NO_ID, Value
from geoportal.tiling.grid import world_shapes

_EXACT = 2**53  # a number up to here is the same in every reader of tiles


def make_stock(card: TileLayerCard, content: LayerContent, joined: Joined) -> Stock:
    """The layer's features with what its card adds to them."""
    frame = content.frame
    columns = {name: _values(frame[name], field.type) for name, field in content.fields.items()}
    assert content.card
    level = content.card.territory.level if content.card.territory else None
    shapes = frame.geometry.to_numpy()
    if card.form == "label":
        shapes = _label_points(shapes, frame.index, level, joined)
    if card.rank and level:
        columns |= _ranked(card.rank, frame.index, level, joined)
    if card.seats:
        columns[SEAT_FIELD] = _seats(card, frame.index, joined)
    words = Words()
    codes = np.column_stack([words.codes(values) for values in columns.values()])
    weight = _weight(columns.get(card.drop or ""), shapes)
    return Stock(card, Features(world_shapes(shapes), _ids(frame.index), tuple(columns), codes, weight, words))


def _values(column: pd.Series, kind: str) -> list[Value | None]:
    """A column as text, whole numbers, numbers or truth values; what is missing is None."""
    make = {"integer": int, "number": float, "boolean": bool}.get(kind, _text)
    return [None if pd.isna(value) else make(value) for value in column.tolist()]


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _ids(index: pd.Index) -> np.ndarray:
    """Feature ids as whole numbers; one with letters or leading zeros stays in the attributes alone."""
    texts = [str(fid) for fid in index]
    whole = [text.isdecimal() and str(int(text)) == text and int(text) < _EXACT for text in texts]
    return np.array([int(text) if held else NO_ID for text, held in zip(texts, whole, strict=True)], dtype=np.int64)


def _label_points(shapes: np.ndarray, index: pd.Index, level: Level | None, joined: Joined) -> np.ndarray:
    """A point inside each polygon: the seat of an obec where it lies in it, otherwise the middle of the widest part."""
    points = np.array([shapely.get_point(line, 0) for line in shapely.maximum_inscribed_circle(shapes)], dtype=object)
    if level == "obec":
        seats = project_geometries(joined.territory.seats.reindex(index).to_numpy(), KROVAK, CRS84)
        inside = shapely.contains_properly(shapes, seats)
        points[inside] = seats[inside]
    return points


def _ranked(indicator: str, index: pd.Index, level: Level, joined: Joined) -> dict[str, list[Value | None]]:
    """The latest values of an indicator, and the place each takes; without the indicator nothing."""
    built = joined.indicators.get(indicator)
    if built is None or level not in built.levels:
        return {}
    series = built.levels[level]
    values = pd.Series(series.at(series.periods[-1])[0], index=joined.territory.levels[level].index).reindex(index)
    places = values.rank(ascending=False, method="first", na_option="bottom")
    return {indicator: [_number(value) for value in values.tolist()], RANK_FIELD: [int(place) for place in places]}


def _number(value: float) -> Value | None:
    if pd.isna(value):
        return None
    return int(value) if value.is_integer() else value


def _seats(card: TileLayerCard, index: pd.Index, joined: Joined) -> list[Value | None]:
    """The coarsest level that each obec is the seat of, as the table of seats has it."""
    assert card.seats
    found: dict[str, int] = {}
    if joined.inputs.hindrance(card.seats.source) is None:
        table = joined.sources.read(card.seats.source).frame
        for level, code in zip(table[card.seats.level], table[card.seats.code], strict=True):
            if level in LEVELS and not pd.isna(code):
                found[str(code)] = max(found.get(str(code), 0), LEVELS.index(level))
    return [LEVELS[found.get(str(code), 0)] for code in index]


def _weight(column: list[Value | None] | None, shapes: np.ndarray) -> np.ndarray:
    """The importance of each feature: the value that the card names, or its size; of points the first have most."""
    if column is not None:
        return np.array([float(value) if isinstance(value, int | float) else -np.inf for value in column])
    if shapely.get_dimensions(shapes[0]) == 0:
        return -np.arange(len(shapes), dtype=float)
    return shapely.area(shapes) + shapely.length(shapes)
