"""Readers: one module per kind of source, called as the kind is, with a function ``read(path, card, table)``.

To add a reader, add its module here and its name to ``ReaderName`` in ``geoportal/cards/source.py``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geoportal.cards.source import SourceCard
from geoportal.crs import same_crs
from geoportal.errors import SourceRefused
from geoportal.intake.reading import Reading


def read(card: SourceCard, paths: Sequence[Path], table: str | None = None) -> Reading:
    """What ``card`` holds in ``paths``, one after the other where they are its periods. Raises ``SourceRefused``.

    ``table`` (default: the one in the card) is the layer, sheet or member to read.
    """
    reader = import_module(f"{__name__}.{card.reader.replace('-', '_')}")
    readings = [reader.read(path, card, table or card.read.table) for path in paths]
    return readings[0] if len(readings) == 1 else _concatenated(readings, paths)


def names() -> set[str]:
    """The kinds of source that can be read."""
    return {module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)}


def _concatenated(readings: Sequence[Reading], paths: Sequence[Path]) -> Reading:
    frames = [reading.frame for reading in readings]
    first = frames[0]
    for frame, path in zip(frames[1:], paths[1:], strict=True):
        if set(frame.columns) != set(first.columns):
            odd = sorted(set(frame.columns) ^ set(first.columns), key=str)
            raise SourceRefused(f"{path.name}: its columns differ from those of {paths[0].name}: {', '.join(odd)}")
        if isinstance(first, gpd.GeoDataFrame) and not same_crs(frame.crs, first.crs):
            raise SourceRefused(f"{path.name}: is in {frame.crs}, {paths[0].name} in {first.crs}")
    return Reading(pd.concat(frames, ignore_index=True), tuple(note for reading in readings for note in reading.notes))
