"""Downloads of an ArcGIS Hub, by content: GeoJSON in degrees or EPSG:3857, or CSV with a BOM."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from geoportal.cards.source import SourceCard
from geoportal.crs import CZECHIA
from geoportal.errors import SourceRefused
from geoportal.intake.content import complaint
from geoportal.intake.coordinates import place, unmask
from geoportal.intake.delimited import read_delimited
from geoportal.intake.readers import vector
from geoportal.intake.reading import Reading

_COUNTRY = (CZECHIA.west_lon_degree, CZECHIA.south_lat_degree, CZECHIA.east_lon_degree, CZECHIA.north_lat_degree)


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """The features of the download. Coordinates that are Czech only in EPSG:3857 are taken so, with a note.

    Heeds ``crs`` (of a GeoJSON that says none) and, for CSV, ``encoding``, ``delimiter``, ``decimal``, ``lon`` and
    ``lat`` (default ``x`` and ``y``). Raises ``SourceRefused`` for an export that was not ready.
    """
    body = path.read_bytes()
    if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        if wrong := complaint(body):
            raise SourceRefused(f"{path.name}: {wrong}")
        reading = vector.read(path, card, None)
    else:
        reading = _from_csv(path, card)
    if not isinstance(reading.frame, gpd.GeoDataFrame):
        return reading
    frame, notes = unmask(reading.frame, _COUNTRY, path.name)
    return reading.noting(*notes, frame=frame)


def _from_csv(path: Path, card: SourceCard) -> Reading:
    reading = read_delimited(path, card.read)
    axes = {name.lower(): name for name in reading.frame.columns}
    found = {"lon": card.read.lon or axes.get("x"), "lat": card.read.lat or axes.get("y")}
    return place(reading, card.read.model_copy(update=found), path.name)
