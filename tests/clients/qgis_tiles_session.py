"""A session in QGIS, run by the Python that QGIS belongs to: runs the recipe of a tileset's page and draws the layer.

Usage: ``python3 qgis_tiles_session.py RECIPE``; prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

LIBEREC_3857 = QgsRectangle(1_650_000, 6_560_000, 1_710_000, 6_620_000)
SIDE = 256


class Interface:
    """What QGIS's own console calls ``iface``, as far as the recipe needs it."""

    layer: Any = None

    def addVectorTileLayer(self, uri: str, name: str) -> Any:  # noqa: N802
        self.layer = QgsVectorTileLayer(uri, name)
        return self.layer


def drawn(layer: Any) -> int:
    """How many pixels of a picture of the layer are not blank."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(LIBEREC_3857)
    settings.setOutputSize(QSize(SIDE, SIDE))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage().convertToFormat(QImage.Format_RGB32)
    white = QColor("white").rgb()
    return sum(picture.pixel(x, y) != white for x in range(SIDE) for y in range(SIDE))


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    iface = Interface()
    exec(sys.argv[1])
    shown = {
        "valid": iface.layer.isValid(),
        "name": iface.layer.name(),
        "crs": iface.layer.crs().authid(),
        "zooms": [iface.layer.sourceMinZoom(), iface.layer.sourceMaxZoom()],
        "drawn": drawn(iface.layer) / SIDE**2,
    }
    sys.stdout.write(json.dumps(shown))
    sys.stdout.flush()
    os._exit(0)  # QGIS of Debian 12 may crash when it is torn down without a screen
