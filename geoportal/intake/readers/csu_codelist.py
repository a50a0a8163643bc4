"""ČSÚ code lists (``do_cis_export``): the server writes headers in lower case, its spreadsheets in upper case."""

from __future__ import annotations

from pathlib import Path

from geoportal.cards.source import SourceCard
from geoportal.intake.delimited import read_delimited
from geoportal.intake.reading import Reading


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """The code list as text, headers in lower case. Heeds ``encoding`` and ``delimiter``."""
    reading = read_delimited(path, card.read)
    return reading.noting(frame=reading.frame.rename(columns=str.lower))
