"""Vector tiles: features generalised for each zoom, cut to tiles, encoded as MVT 2.1 and kept as PMTiles 3."""

from geoportal.tiling.archive import write_archive
from geoportal.tiling.features import Features, Words
from geoportal.tiling.pyramid import Pyramid, Stock, cut_pyramid

__all__ = ["Features", "Pyramid", "Stock", "Words", "cut_pyramid", "write_archive"]
