"""What a reader returns and every check passes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd


@dataclass(frozen=True)
class Note:
    """Something that was found and repaired, or left out: ``code`` for machines, ``text`` a sentence for people."""

    code: str
    count: int
    text: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A table from a source, and what was noted on the way.

    ``frame`` is a GeoDataFrame where the source has geometry (x before y, ``crs`` set), otherwise a DataFrame.
    Columns of text sources are text; an absent value is missing in pandas' sense (None or NaN). Codes are always text.
    """

    frame: pd.DataFrame | gpd.GeoDataFrame
    notes: tuple[Note, ...] = ()

    def noting(self, *notes: Note, frame: pd.DataFrame | None = None) -> Reading:
        """The same reading with more notes and, where given, another frame."""
        return replace(self, notes=(*self.notes, *notes), frame=self.frame if frame is None else frame)


def examples(values: Iterable[object], most: int = 5) -> tuple[str, ...]:
    """The first few of ``values`` as text, for a note."""
    return tuple(str(value) for _, value in zip(range(most), values, strict=False))
