"""The only door to Folium: what the other modules of this room use of it."""

from __future__ import annotations

import sys
from types import ModuleType

# Folium takes up pandas where it finds it, for DataFrames that no shell is given, and requests to fetch what no shell
# fetches; a server worker saves 70 MB without the one and 6 MB without the other.
_spared = {
    name: module for name, module in (("pandas", None), ("requests", ModuleType("requests"))) if name not in sys.modules
}
sys.modules |= _spared  # type: ignore[arg-type]
try:
    from branca.element import CssLink, Figure, JavascriptLink, MacroElement
    from folium import Map
    from folium.elements import JSCSSMixin
    from folium.map import Layer
    from folium.template import Template
finally:
    for _name in _spared:
        del sys.modules[_name]

__all__ = ["CssLink", "Figure", "JSCSSMixin", "JavascriptLink", "Layer", "MacroElement", "Map", "Template"]
