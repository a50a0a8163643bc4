"""How a layer looks where no stylesheet reaches: in a GeoPackage, in KML."""

from __future__ import annotations

from dataclasses import dataclass

from geoportal.cards import LayerCard
from geoportal.cards.layer import GeometryKind

# The custom properties --map-* of static/css/geoportal.css in its light set.
COLOURS = {
    "layer": "#6b4e9b",
    "boundary": "#6b7672",
    "water": "#2f7fb0",
    "forest": "#3c7a45",
    "protected": "#7a8f1e",
    "road": "#8a5a2b",
    "rail": "#3a3f45",
    "help": "#0b6e4f",
    "ambulance": "#b3261e",
    "hospital": "#1f4f9c",
}
INK, HALO = "#1a2421", "#ffffff"
_BOUNDARIES_FROM = 40  # from this order on polygons are boundaries to look through, as on the map pages


@dataclass(frozen=True)
class Look:
    """``colour`` as hex, ``width_px`` of lines and outlines, opacity of a fill from 0 to 1.

    ``label`` is the field written on the map, None where the features bear no names there.
    """

    kind: GeometryKind
    colour: str
    width_px: float
    fill_opacity: float
    label: str | None

    @property
    def width_mm(self) -> float:
        """The width on paper: a px is 1/96 inch (CSS Values 3, 6.2)."""
        return round(self.width_px * 25.4 / 96, 3)


def look_of(card: LayerCard) -> Look:
    """The look that ``card`` asks for; a colour that only a region's own stylesheet knows is the general one."""
    colour = COLOURS.get(card.style.colour, COLOURS["layer"])
    opacity = {"point": 1.0, "line": 0.0, "polygon": 0.0 if card.style.order >= _BOUNDARIES_FROM else 0.35}
    label = card.label if card.territory else None
    return Look(card.geometry, colour, card.style.width, opacity[card.geometry], label)


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue from 0 to 255 of a hex colour."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
