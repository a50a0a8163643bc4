"""A session in QGIS, run by the Python that QGIS belongs to: opens the service as a user would and prints what is seen.

Usage: ``python3 qgis_session.py ADDRESS``; prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

BOX = QgsRectangle(15.0, 50.7, 15.1, 50.8)


def count(layer: Any, request: Any = None) -> int:
    """How many features a request really brings."""
    return sum(1 for _ in (layer.getFeatures(request) if request else layer.getFeatures()))


def in_box() -> Any:
    """A request for what meets the box, and not its bounding box alone."""
    return QgsFeatureRequest(BOX).setFlags(QgsFeatureRequest.ExactIntersect)


def about(layer: Any) -> dict[str, Any]:
    """What any layer must tell."""
    if not layer.isValid():
        return {"error": layer.dataProvider().error().message() if layer.dataProvider() else "no provider"}
    box = layer.extent()
    return {
        "count": count(layer),
        "crs": layer.crs().authid(),
        "extent": [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()],
        "fields": [field.name() for field in layer.fields()],
    }


def look(layer: Any) -> dict[str, Any]:
    """The style that the layer has without anyone choosing one."""
    drawn = layer.renderer().symbol().symbolLayer(0)
    alias = layer.attributeAlias(layer.fields().indexOf("nazev_orp"))
    return {"stroke": drawn.strokeColor().name(), "labels": layer.labelsEnabled(), "alias": alias}


def standard(address: str) -> dict[str, Any]:
    """The collection through the provider for OGC API - Features, paged by 50."""
    uri = f"url='{address}/' typename='obce' version='OGC_API_FEATURES' pageSize='50'"
    whole, boxed, chosen = (QgsVectorLayer(uri, "obce", "OAPIF") for _ in range(3))
    chosen.setSubsetString("\"kod_okresu\" = 'CZ0513'")
    return {**about(whole), "in_box": count(boxed, in_box()), "chosen": count(chosen)}


def feature_server(address: str) -> dict[str, Any]:
    """The same through the provider for ArcGIS feature servers."""
    uri = f"url='{address}/esri/rest/services/obce/FeatureServer/0' crs='EPSG:4326'"
    whole, boxed = (QgsVectorLayer(uri, "obce", "arcgisfeatureserver") for _ in range(2))
    return {**about(whole), **look(whole), "in_box": count(boxed, in_box())}


def geopackage(address: str) -> dict[str, Any]:
    """The whole layer as a GeoPackage, with its style."""
    layer = QgsVectorLayer(f"/vsicurl/{address}/layers/obce.gpkg|layername=obce", "obce", "ogr")
    return {**about(layer), **look(layer)}


def flatgeobuf(address: str) -> dict[str, Any]:
    """The whole layer as FlatGeobuf."""
    return about(QgsVectorLayer(f"/vsicurl/{address}/layers/obce.fgb", "obce", "ogr"))


def session(address: str) -> dict[str, dict[str, Any]]:
    """What each way to open the layer shows."""
    ways: tuple[Callable[[str], dict[str, Any]], ...] = (standard, feature_server, geopackage, flatgeobuf)
    return {way.__name__: way(address) for way in ways}


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    sys.stdout.write(json.dumps(session(sys.argv[1])))
    application.exitQgis()
