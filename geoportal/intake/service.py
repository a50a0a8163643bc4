"""OGC services that are asked through GDAL, which knows their paging and axes: OGC API Features and WFS."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pyogrio

from geoportal.cards.source import SourceCard
from geoportal.crs import CRS84, project_geometries
from geoportal.errors import SourceRefused
from geoportal.intake.download import Patience
from geoportal.intake.ogr import layer_names, read_ogr, the_layer
from geoportal.intake.reading import Reading


def service_address(card: SourceCard, address: str) -> str | None:
    """How GDAL calls the service at ``address``, or None when ``address`` answers with the features itself.

    A service is an address of an ``ogc`` card that names a ``table`` and is neither an ``/items`` nor a GetFeature.
    """
    parts = urlsplit(address)
    query = {name.lower(): values[0].lower() for name, values in parse_qs(parts.query).items()}
    direct = parts.path.rstrip("/").endswith("/items") or query.get("request") == "getfeature"
    if card.reader != "ogc" or card.read.table is None or direct:
        return None
    is_wfs = query.get("service") == "wfs" or "wfs" in parts.path.lower()
    return f"{'WFS' if is_wfs else 'OAPIF'}:{address}"


def read_service(address: str, table: str | None) -> Reading:
    """Every feature of ``table`` of the service at ``address`` (``OAPIF:https://…`` or ``WFS:https://…``).

    Raises ``SourceRefused`` when it does not answer, or has other tables.
    """
    return read_ogr(address, the_layer(layer_names(address, address), table, address), address)


def collect(address: str, table: str | None, patience: Patience) -> bytes:
    """The same as GeoJSON in CRS84. Raises ``SourceRefused``."""
    pyogrio.set_gdal_config_options(
        {
            "GDAL_HTTP_CONNECTTIMEOUT": str(max(1, round(patience.connect_s))),
            "GDAL_HTTP_TIMEOUT": str(max(1, round(patience.read_s))),
            "GDAL_HTTP_MAX_RETRY": str(patience.retries),
            "GDAL_HTTP_RETRY_DELAY": str(patience.backoff_s),
        }
    )
    frame = read_service(address, table).frame
    if not isinstance(frame, gpd.GeoDataFrame) or frame.crs is None:
        raise SourceRefused(f"{address}: table '{table}' has no geometry or says no CRS")
    degrees = project_geometries(frame.geometry.to_numpy(), str(frame.crs), CRS84)
    content = io.BytesIO()
    placed = frame.set_geometry(gpd.GeoSeries(degrees, index=frame.index, crs=CRS84))
    pyogrio.write_dataframe(placed, content, driver="GeoJSON", layer=table, RFC7946="YES")
    return content.getvalue()
