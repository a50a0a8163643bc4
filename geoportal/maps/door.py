"""The only door to Folium: what the other modules of this room use of it."""

from __future__ import annotations

import sys

# Folium takes up pandas where it finds it, for DataFrames that no shell is given; a server worker saves 70 MB without.
_spared = "pandas" not in sys.modules
if _spared:
    sys.modules["pandas"] = None  # type: ignore[assignment]
try:
    from branca.element import CssLink, Figure, JavascriptLink, MacroElement
    from folium import Map
    from folium.elements import JSCSSMixin
    from folium.map import Layer
    from folium.template import Template
finally:
    if _spared:
        del sys.modules["pandas"]

__all__ = ["CssLink", "Figure", "JSCSSMixin", "JavascriptLink", "Layer", "MacroElement", "Map", "Template"]
