"""ČSÚ published sets in the long layout: one value a row, levels of territory mixed, an empty value is confidential."""

from __future__ import annotations

from pathlib import Path

from geoportal.cards.source import SourceCard
from geoportal.errors import SourceRefused
from geoportal.intake.delimited import read_delimited
from geoportal.intake.reading import Reading

VALUE = "hodnota"


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """Every row and column as text, headers in lower case, an empty value None. Heeds ``encoding`` and ``delimiter``.

    Raises ``SourceRefused`` when there is no column ``hodnota``.
    """
    reading = read_delimited(path, card.read)
    frame = reading.frame.rename(columns=str.lower)
    if VALUE not in frame.columns:
        raise SourceRefused(f"{path.name}: has no column '{VALUE}'; there are: {', '.join(frame.columns)}")
    return reading.noting(frame=frame)
