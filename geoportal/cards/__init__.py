"""The declarations: what a source, a layer and an indicator are. Each is one TOML file."""

from geoportal.cards.indicator import IndicatorCard, IndicatorFrom, Ratio, Spatial
from geoportal.cards.inventory import Inventory, load_inventory
from geoportal.cards.layer import FieldCard, LayerCard, LayerFrom
from geoportal.cards.source import Licence, ReadOptions, SourceCard

__all__ = [
    "FieldCard",
    "IndicatorCard",
    "IndicatorFrom",
    "Inventory",
    "LayerCard",
    "LayerFrom",
    "Licence",
    "Ratio",
    "ReadOptions",
    "SourceCard",
    "Spatial",
    "load_inventory",
]
