"""The national register of health providers (ÚZIS, NRPZS): places of service with a latitude-first WKT."""

from __future__ import annotations

from pathlib import Path

from geoportal.cards.source import SourceCard
from geoportal.intake.coordinates import place
from geoportal.intake.delimited import read_delimited
from geoportal.intake.reading import Reading

POSITION = "ZZ_GPS"
PERSONAL = "odborny_zastupce"  # part of the names of columns with persons' names, never to be published


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """Places of service as points, every other column text, without persons' names.

    Heeds ``encoding``, ``delimiter`` and ``wkt`` (default ``ZZ_GPS``), which always holds ``POINT(lat lon)``.
    """
    reading = read_delimited(path, card.read)
    personal = [name for name in reading.frame.columns if PERSONAL in name.lower()]
    options = card.read.model_copy(update={"wkt": card.read.wkt or POSITION, "wkt_axes": "lat-lon"})
    return place(reading.noting(frame=reading.frame.drop(columns=personal)), options, path.name)
