"""Territorial units: their official codes, names, parents and boundaries, level by level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geoportal.cards import LayerCard
from geoportal.errors import Problems
from geoportal.site import LEVELS, Level
from geoportal.territory.crosswalk import Crosswalk

# The fields under which a unit's code and name appear on the features of a finer level.
CODE_FIELD: dict[Level, str] = {
    "obec": "kod_obce",
    "pou": "kod_pou",
    "orp": "kod_orp",
    "okres": "kod_okresu",
    "kraj": "kod_kraje",
}
NAME_FIELD: dict[Level, str] = {level: field.replace("kod_", "nazev_") for level, field in CODE_FIELD.items()}


@dataclass(frozen=True)
class Territory:
    """The levels that a region has.

    ``levels``: level -> GeoDataFrame in EPSG:5514, indexed by official code in ascending order, with ``name``,
    ``geometry`` and, for the finest level, the parents' codes under ``CODE_FIELD``. ``seats``: point of each unit of
    the finest level, same index. ``schematic``: boundaries are drawn around seats, so areas mean nothing.
    """

    levels: Mapping[Level, gpd.GeoDataFrame]
    seats: gpd.GeoSeries
    schematic: bool = False

    @property
    def base(self) -> gpd.GeoDataFrame:
        """The units of the finest level, on which indicators are kept."""
        return self.levels["obec"]

    def members(self, level: Level) -> np.ndarray:
        """For each unit of the finest level the position of its parent among the units of ``level``."""
        if level == "obec":
            return np.arange(len(self.base))
        return self.levels[level].index.get_indexer(self.base[CODE_FIELD[level]])

    def region(self) -> object:
        """The outline of the whole territory as one geometry in EPSG:5514."""
        coarsest = max(self.levels, key=LEVELS.index)
        return self.levels[coarsest].geometry.union_all()


def official_codes(frame: gpd.GeoDataFrame, card: LayerCard, codes: str, crosswalk: Crosswalk) -> gpd.GeoDataFrame:
    """``frame`` with its own and its parents' codes translated from code system ``codes`` to the official ones.

    Its own code before translation is kept in the field named like the system (``kod_ruian``), where there is one.
    Raises ``Problems`` for codes that the crosswalk does not know.
    """
    assert card.territory
    assert card.id_field
    frame = frame.copy()
    problems = []
    if codes in frame.columns:
        frame[codes] = frame[card.id_field]
    for level, field in {card.territory.level: card.id_field, **card.territory.parents}.items():
        system = codes if (level, codes) in crosswalk.codes else "code"
        frame[field], unknown = crosswalk.translate(level, system, frame[field])
        if unknown:
            named = ", ".join(unknown[:8])
            problems.append(f"layers/{card.id}.toml: {field}: unknown {level} codes in system '{system}': {named}")
    if problems:
        raise Problems(problems)
    return frame.rename(columns={field: CODE_FIELD[level] for level, field in card.territory.parents.items()})


def add_parents(frames: dict[Level, gpd.GeoDataFrame], names: Mapping[Level, pd.Series]) -> list[str]:
    """Gives each coarser level its parents as its obce have them, and every level the parents' names, in place.

    ``frames`` are indexed by official code. Returns problems: parents that do not exist.
    """
    base = frames["obec"]
    problems = []
    for level, frame in frames.items():
        for parent in LEVELS[LEVELS.index(level) + 1 :]:
            if parent not in frames:
                continue
            field = CODE_FIELD[parent]
            if level != "obec":
                frame[field] = _common(base, CODE_FIELD[level], field).reindex(frame.index)
            frame[NAME_FIELD[parent]] = frame[field].map(names[parent]).astype(object)
            orphans = frame.index[frame[field].notna() & ~frame[field].isin(frames[parent].index)]
            if len(orphans):
                problems.append(f"{level}: {field} of {', '.join(orphans[:8])} is not a code of level '{parent}'")
    return problems


def _common(base: gpd.GeoDataFrame, by: str, field: str) -> pd.Series:
    """The one value of ``field`` that all obce of a unit share, or None where they differ (ORP and okres cross)."""
    grouped = base.groupby(by)[field]
    return grouped.first().where(grouped.nunique() == 1, None)
