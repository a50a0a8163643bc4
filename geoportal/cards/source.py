"""A source: bytes with provenance. One card per upstream file."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from geoportal.schema import Declaration, Text
from geoportal.site import Level

ReaderName = Literal[
    "arcgis-featureserver",
    "arcgis-hub",
    "csu-codelist",
    "csu-long",
    "csu-mos",
    "dcat",
    "nrpzs",
    "ogc",
    "ruian-shp",
    "table",
    "vector",
    "xlsx",
]


Frequency = Literal[
    "ANNUAL", "ANNUAL_2", "ANNUAL_3", "BIENNIAL", "BIMONTHLY", "BIWEEKLY", "DAILY", "DECENNIAL", "HOURLY", "IRREG",
    "MONTHLY", "NEVER", "OTHER", "QUARTERLY", "QUINQUENNIAL", "TRIENNIAL", "UNKNOWN", "UPDATE_CONT", "WEEKLY",
]  # fmt: skip


class Licence(Declaration):
    """The terms of use, by name and address."""

    name: str
    url: str | None = None


class ReadOptions(Declaration):
    """What a reader can't learn from the file itself. Each reader's docstring says which of these it heeds.

    ``crs``: the CRS the file must have; a file that says another one is refused, a file that says none gets it.
    ``lon``/``lat``: columns with coordinates in ``crs`` (default EPSG:4326) of a table without geometry.
    ``wkt``: the column that holds WKT; ``wkt_axes`` its order of axes.
    ``table``: the layer, sheet or member to read where a card that uses the source does not name one.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] = "."
    thousands: str | None = None
    crs: str | None = None
    lon: str | None = None
    lat: str | None = None
    wkt: str | None = None
    wkt_axes: Literal["lon-lat", "lat-lon"] = "lon-lat"
    table: str | None = None


class Crosswalk(Declaration):
    """The columns of a source that say which codes mean the same unit.

    ``code`` is the official code used as the unit's id, ``others`` columns with its other codes (RÚIAN, ČSÚ …).
    ``level`` is fixed, or read from ``level_column``.
    """

    level: Level | None = None
    level_column: str | None = None
    code: str
    name: str
    others: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_one_level(self) -> Crosswalk:
        if (self.level is None) == (self.level_column is None):
            raise ValueError("needs either 'level' or 'level_column'")
        return self


class SourceCard(Declaration):
    """``data/sources/<id>.toml``.

    A source comes from ``url`` (fetched; ``{period}`` is replaced by each of ``periods``) or is a table of ours,
    ``file``, below the home folder. ``mirror`` is its path under GEOPORTAL_MIRROR where the address has a query string
    that can't be a file name. ``date`` says which state of the world it shows, ``frequency``
    how often its publisher changes it, as a code of the EU authority table.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text
    publisher: str
    url: Annotated[str, Field(pattern="^https?://[^/]+/")] | None = None
    file: Annotated[str, Field(pattern=r"^data/facts/[^/]+$")] | None = None
    mirror: str | None = None
    periods: tuple[str, ...] = ()
    landing: str | None = None
    reader: ReaderName
    read: ReadOptions = ReadOptions()
    licence: Licence
    attribution: str
    cleared: bool = True
    clearance: str | None = None
    date: str
    frequency: Frequency = "UNKNOWN"
    note: Text | None = None
    max_mb: int = 100
    crosswalk: Crosswalk | None = None

    @model_validator(mode="after")
    def _has_one_origin(self) -> SourceCard:
        if (self.url is None) == (self.file is None):
            raise ValueError("needs either 'url' (an address to fetch) or 'file' (a table in data/facts)")
        if bool(self.periods) != ("{period}" in (self.url or "")):
            raise ValueError("'periods' and '{period}' in the url go together")
        if not self.cleared and not self.clearance:
            raise ValueError("cleared = false needs 'clearance', a sentence that says what is missing")
        return self

    @property
    def downloads(self) -> tuple[tuple[str, str, str], ...]:
        """``(address, path under the mirror, file name)`` of each file; none for a table of ours."""
        if self.url is None:
            return ()
        return tuple(self._download(period) for period in self.periods or ("",))

    def _download(self, period: str) -> tuple[str, str, str]:
        url = (self.url or "").replace("{period}", period)
        parts = urlsplit(url)
        mirror = (self.mirror or f"{parts.netloc}{parts.path}").replace("{period}", period)
        return url, mirror, PurePosixPath(mirror).name
