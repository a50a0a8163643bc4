"""Tables of values joined to the obce by code, with the join report."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geoportal.build.sources import SourceReader
from geoportal.cards import IndicatorFrom
from geoportal.intake.checks import check_values
from geoportal.intake.reading import Note
from geoportal.territory.report import JoinReport, report_join
from geoportal.territory.series import CONFIDENTIAL, MISSING, OK
from geoportal.territory.units import Territory

_STATUS = {"ok": OK, "missing": MISSING, "confidential": CONFIDENTIAL}


@dataclass(frozen=True)
class ValueTable:
    """Values of one source by period: arrays in the order of the obce."""

    rows: dict[str, tuple[np.ndarray, np.ndarray]]
    join: JoinReport
    notes: tuple[Note, ...]

    @property
    def periods(self) -> list[str]:
        """The periods of the source, in time."""
        return sorted(self.rows)

    def at(self, period: str) -> tuple[np.ndarray, np.ndarray]:
        """Values and status of one period."""
        return self.rows[period]


def read_table(entry: IndicatorFrom, sources: SourceReader, territory: Territory) -> ValueTable:
    """The values of ``entry`` joined by code; codes that the territory lacks are in the report only."""
    reading = sources.read(entry.source, entry.table)
    checked = check_values(reading, entry, sources.inputs.source(entry.source))
    tidy = checked.frame
    if entry.codes != "code":
        official, _ = sources.crosswalk.translate("obec", entry.codes, tidy["code"])
        tidy = tidy.assign(code=official.fillna(tidy["code"]))
    units = dict(zip(territory.base.index, territory.base["name"], strict=True))
    report = report_join(_names(reading.frame, entry, tidy["code"]), units)
    tidy = tidy[tidy["code"].isin(territory.base.index)]
    rows = {str(period): _row(part, territory) for period, part in tidy.groupby("period", sort=True)}
    notes = [note for note in checked.notes if note not in reading.notes]
    return ValueTable(rows, report, tuple(notes))


def _names(frame: pd.DataFrame, entry: IndicatorFrom, codes: pd.Series) -> dict[str, str | None]:
    names: dict[str, str | None] = dict.fromkeys(codes.unique())
    if entry.name and entry.name in frame.columns:
        names.update({c: n for c, n in zip(frame[entry.code], frame[entry.name], strict=True) if c in names})
    return names


def _row(part: pd.DataFrame, territory: Territory) -> tuple[np.ndarray, np.ndarray]:
    position = territory.base.index.get_indexer(part["code"])
    values = np.full(len(territory.base), np.nan)
    status = np.full(len(territory.base), MISSING, dtype=np.uint8)
    values[position] = part["value"].to_numpy(dtype=float)
    status[position] = part["status"].map(_STATUS).to_numpy(dtype=np.uint8)
    return values, status
