"""What a shell tells the page's script: which layers to load from where, and how to draw them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from geoportal.atlas.palette import CIRCLE, CIRCLE_BELOW_ZERO, CIRCLE_OVER
from geoportal.maps.door import MacroElement, Template


@dataclass(frozen=True)
class Overlay:
    """A layer that can be laid over the map.

    ``label`` is the property with a feature's name, ``fields`` pairs of property and title for the popup. ``colour``
    is a custom property of the stylesheet, ``--map-<colour>``. ``order``: the higher, the further up. ``named``: the
    map bears the features' names. ``ground``: drawn for orientation only, until the basemap stands. ``subject``: what
    the page is about, which a click on it would not tell anew. ``hub``: the layer's own page in the hub.
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
    subject: bool = False
    hub: str | None = None


@dataclass(frozen=True)
class Thematic:
    """The atlas: its script asks ``state_url`` with the parameters of the page for values and classes.

    ``page_url`` is the page itself, ``unit_urls`` pairs of level and the address before a unit's code. ``radius``: of
    the largest circle, in px. ``bivariate``: colours of two indicators, rows by the second from its lowest third.
    """

    state_url: str
    page_url: str
    unit_urls: tuple[tuple[str, str], ...]
    radius: float
    bivariate: tuple[tuple[str, ...], ...]
    circle: str = CIRCLE
    circle_over: str = CIRCLE_OVER
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
