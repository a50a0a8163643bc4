"""ČSÚ municipal statistics (``mos_data_YYYY.csv``): ``rok,kodukaz,koduzemi,hodnota``."""

from __future__ import annotations

from pathlib import Path

from geoportal.cards.source import SourceCard
from geoportal.errors import SourceRefused
from geoportal.intake.delimited import read_delimited
from geoportal.intake.reading import Reading

COLUMNS = ("rok", "kodukaz", "koduzemi", "hodnota")


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """One row per year, indicator and territory, headers in lower case. Heeds ``encoding`` and ``delimiter``.

    Raises ``SourceRefused`` when one of the four columns is missing.
    """
    reading = read_delimited(path, card.read)
    frame = reading.frame.rename(columns=str.lower)
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise SourceRefused(f"{path.name}: has no column '{missing[0]}'; there are: {', '.join(frame.columns)}")
    return reading.noting(frame=frame)
