"""What a shell tells the page's script: which layers to load from where, and how to draw them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from geoportal.atlas.palette import CIRCLE, CIRCLE_BELOW_ZERO
from geoportal.maps.door import MacroElement, Template


@dataclass(frozen=True)
class Overlay:
    """A layer that can be laid over the map.

    ``label`` is the property with a feature's name, ``fields`` pairs of property and title for the popup. ``colour``
    is a custom property of the stylesheet, ``--map-<colour>``. ``order``: the higher, the further up. ``named``: the
    map bears the features' names. ``ground``: drawn for orientation only.
    """

    id: str
    title: str
    url: str
    items_url: str
    geometry: str
    label: str
    fields: tuple[tuple[str, str], ...]
    attribution: str
    colour: str = "layer"
    letter: str = ""
    width: float = 1.5
    order: int = 50
    on: bool = False
    named: bool = False
    ground: bool = False
    hub: str | None = None


@dataclass(frozen=True)
class Thematic:
    """An indicator over the units of a level: filled by class, or as circles where ``measure`` is a count.

    ``uppers``: the upper edge of each class, which belongs to it. ``largest``: the magnitude that gets ``radius`` px.
    ``outline``: a coarser level drawn one step stronger. ``names``: the layer whose names the map bears.
    """

    units_url: str
    values_url: str
    label: str
    unit: str
    decimals: int
    measure: str
    uppers: tuple[float, ...]
    colours: tuple[str, ...]
    largest: float
    radius: float
    attribution: str
    names_url: str
    names_label: str
    outline_url: str | None = None
    circle: str = CIRCLE
    circle_below_zero: str = CIRCLE_BELOW_ZERO


class Content(MacroElement):
    """Hands a description to the page's script as an entry of ``portal.<list>``; Folium renders it as JSON."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        portal.{{ this.place }}.push({{ this.description|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, place: str, description: Overlay | Thematic) -> None:
        super().__init__()
        self._name = type(description).__name__
        self.place = place
        self.description: dict[str, Any] = asdict(description)
