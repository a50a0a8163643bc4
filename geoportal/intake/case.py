"""A layer under examination: what every check is given and gives back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geoportal.cards.layer import GeometryKind, LayerCard, LayerFrom
from geoportal.cards.source import SourceCard
from geoportal.intake.reading import Note, examples
from geoportal.site import Bounds

MOST = 5  # rows named in one sentence


@dataclass(frozen=True)
class Case:
    """What was read of a layer so far, what it must become, and what was found.

    The index of ``frame`` is the row in the file, from 0. ``blocked`` means that later checks make no sense; ``absent``
    are fields whose column is missing, which was said already.
    """

    frame: pd.DataFrame
    card: LayerCard
    entry: LayerFrom
    source: SourceCard
    bounds: Bounds
    notes: tuple[Note, ...] = ()
    problems: tuple[str, ...] = ()
    blocked: bool = False
    absent: frozenset[str] = frozenset()

    @property
    def kind(self) -> GeometryKind:
        """The kind of geometry that the layer publishes."""
        return self.card.geometry

    @property
    def shown(self) -> str:
        """What the source's file is called in a sentence."""
        return file_name(self.source)

    @property
    def geometry(self) -> np.ndarray:
        """The geometries as an array of shapely objects."""
        return np.asarray(self.frame["geometry"].to_numpy(), dtype=object)

    def noting(self, code: str, rows: np.ndarray | pd.Series, text: str, frame: pd.DataFrame | None = None) -> Case:
        """The case with another frame where given, and a note of the marked rows unless there are none."""
        marked = self.frame.index[np.asarray(rows, dtype=bool)]
        named = examples(self.row(index).replace("row", "řádek", 1) for index in marked[:MOST])  # notes are Czech
        after = self if frame is None else replace(self, frame=frame)
        return after.remarking(Note(code, len(marked), text, named)) if len(marked) else after

    def remarking(self, *notes: Note) -> Case:
        """The case with more notes."""
        return replace(self, notes=(*self.notes, *notes))

    def reshaped(self, rows: np.ndarray, geometry: np.ndarray | None) -> gpd.GeoDataFrame:
        """The frame with other geometries in the marked rows."""
        changed = self.geometry.copy()
        changed[rows] = geometry
        frame = gpd.GeoDataFrame(self.frame)
        return frame.set_geometry(gpd.GeoSeries(changed, index=frame.index, crs=frame.crs))

    def refusing(self, *sentences: str, blocked: bool = False) -> Case:
        """The case with more problems; the file's name is put before each."""
        told = tuple(f"{self.shown}: {sentence}" for sentence in sentences)
        return replace(self, problems=self.problems + told, blocked=self.blocked or blocked)

    def rows(self, marked: np.ndarray | pd.Series) -> str:
        """The marked rows for a sentence: ``row 3 (563889), row 7 (564303) … (12 in all)``."""
        indices = self.frame.index[np.asarray(marked, dtype=bool)]
        named = ", ".join(self.row(index) for index in indices[:MOST])
        return named if len(indices) <= MOST else f"{named} … ({len(indices)} in all)"

    def row(self, index: Any) -> str:
        """One row for a sentence, with its code or its label where it has one."""
        for field in (self.card.id_field, self.card.label):
            if field in self.frame.columns and isinstance(name := self.frame.at[index, field], str):
                return f"row {index + 1} ({name})"
        return f"row {index + 1}"


def file_name(source: SourceCard) -> str:
    """What the file of ``source`` is called in a sentence; of several the first."""
    names = [name for _, _, name in source.downloads] or [str(source.file).rpartition("/")[2]]
    return names[0] if len(names) == 1 else f"{names[0]} …"
