"""A drawing as PNG, rendered by resvg with our own typeface and no other."""

from __future__ import annotations

import resvg_py

from geoportal.figures.drawing import Drawing
from geoportal.figures.svg import to_svg
from geoportal.figures.typeface import FAMILY, Typeface


def to_png(drawing: Drawing, typeface: Typeface, width: int) -> bytes:
    """The drawing ``width`` px wide, on white."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=to_svg(drawing),
            width=width,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(path) for path in typeface.files.values()],
            sans_serif_family=FAMILY,
        )
    )
