"""The attributes of a layer as plain values, for formats that are written row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geoportal.encode.format import LayerContent

if TYPE_CHECKING:  # a worker that writes a workbook does without
    import pandas as pd


def rows(content: LayerContent) -> Iterator[tuple[object, ...]]:
    """The attributes of each feature in the order of the fields: str, int, float, bool, or None where unknown."""
    columns = [_plain(content.frame[name]) for name in content.fields]
    return zip(*columns, strict=True) if columns else iter([()] * len(content.frame))


def _plain(column: pd.Series) -> list[object]:
    return column.astype(object).where(column.notna(), None).tolist()


def are_points(content: LayerContent) -> bool:
    """Whether every feature is a single point to be written, so that two columns hold the geometry."""
    if not content.placed:
        return False
    if len(content.frame):
        return bool((content.frame.geometry.geom_type == "Point").all())
    return content.card is not None and content.card.geometry == "point"
