"""Plain CSV: with longitude and latitude, with WKT, or with codes only."""

from __future__ import annotations

from pathlib import Path

from geoportal.cards.source import SourceCard
from geoportal.intake.coordinates import place
from geoportal.intake.delimited import read_delimited
from geoportal.intake.reading import Reading


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """The table as text, with points where the card says from which columns.

    Heeds ``encoding``, ``delimiter``, ``decimal``, ``thousands``, ``crs``, ``lon``, ``lat``, ``wkt`` and ``wkt_axes``.
    In EPSG:5514 positive coordinates (``Souřadnice Y``, ``Souřadnice X`` of RÚIAN addresses) become (-Y, -X).
    """
    return place(read_delimited(path, card.read), card.read, path.name)
