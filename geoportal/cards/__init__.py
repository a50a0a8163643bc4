"""The declarations: what a source, a layer and an indicator are. Each is one TOML file."""

from geoportal.cards.indicator import IndicatorCard, IndicatorFrom, Spatial, TravelTime
from geoportal.cards.inventory import Inventory, load_inventory
from geoportal.cards.layer import FieldCard, LayerCard, LayerFrom
from geoportal.cards.network import NetworkCard, ReachCard, ReachFrom, Speed
from geoportal.cards.source import Licence, ReadOptions, SourceCard
from geoportal.cards.tileset import TileLayerCard, TilesetCard

__all__ = [
    "FieldCard",
    "IndicatorCard",
    "IndicatorFrom",
    "Inventory",
    "LayerCard",
    "LayerFrom",
    "Licence",
    "NetworkCard",
    "ReachCard",
    "ReachFrom",
    "ReadOptions",
    "SourceCard",
    "Spatial",
    "Speed",
    "TileLayerCard",
    "TilesetCard",
    "TravelTime",
    "load_inventory",
]
