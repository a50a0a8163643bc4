"""``/esri/rest/services/{id}/FeatureServer`` for people: which address ArcGIS wants, and that there is a better one."""

from __future__ import annotations

from typing import Any

from geoportal.snapshot.collection import Collection
from geoportal.web.screens.catalogue import layer_entry
from geoportal.web.screens.features import example_filter
from geoportal.web.screens.visit import Visit


def featureserver_screen(visit: Visit, collection: Collection, base: str) -> dict[str, Any]:
    """What the page shows; ``base`` is the public address of the service."""
    path = f"/esri/rest/services/{collection.id}/FeatureServer"
    return {
        "layer": layer_entry(visit, collection),
        "path": path,
        "address": f"{base}{path}",
        "example": example_filter(collection),
    }
