"""A drawing as SVG 1.1: text stays text, and what each unit shows is its title."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from pathlib import Path

import numpy as np

from geoportal.figures.drawing import Area, Box, Circle, Drawing, Group, Item, Line, Paint, Stroke, Words
from geoportal.figures.typeface import FAMILY

FALLBACK = "'Source Sans 3','Source Sans Pro','Segoe UI',Arial,sans-serif"
HALO = "#ffffff"
HALO_SHARE = 0.22  # of the size of the type

PATTERNS = (
    '<defs><pattern id="missing" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#ffffff"/><rect width="2" height="7" fill="#8b9490"/></pattern>'
    '<pattern id="confidential" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#ffffff"/><circle cx="3.5" cy="3.5" r="1.5" fill="#55615c"/></pattern></defs>'
)


def to_svg(drawing: Drawing, font: Path | None = None, width: str = "", height: str = "") -> str:
    """The drawing as a document; ``font`` (WOFF2) travels inside it, ``width`` and ``height`` may be in other units."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width or drawing.width}" height="{height or drawing.height}" '
        f'viewBox="0 0 {drawing.width} {drawing.height}" role="img" aria-labelledby="nazev popis" '
        f'xml:lang="{drawing.language}" font-family="{FALLBACK}">'
    )
    told = f'<title id="nazev">{escape(drawing.title)}</title><desc id="popis">{escape(drawing.description)}</desc>'
    return "\n".join((head, told, _face(font), PATTERNS, fragment(drawing.groups), "</svg>\n"))


def fragment(groups: Iterable[Group]) -> str:
    """The groups as elements for a page's own ``svg``; the page brings the patterns."""
    return "\n".join(map(_group, groups))


def _group(group: Group) -> str:
    if group.window is None:
        return f'<g id="{group.name}">\n{_items(group.items)}\n</g>'
    box = " ".join(
        f'{name}="{_px(size)}"' for name, size in zip(("x", "y", "width", "height"), group.window, strict=True)
    )
    window = f'<clipPath id="okno-{group.name}"><rect {box}/></clipPath>'
    return f'{window}<g id="{group.name}" clip-path="url(#okno-{group.name})">\n{_items(group.items)}\n</g>'


def _face(font: Path | None) -> str:
    if font is None:
        return ""
    held = b64encode(font.read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{held}) format('woff2')"
    return f"<style>@font-face{{font-family:'{FAMILY}';font-weight:400 700;src:{source}}}</style>"


def _items(items: Iterable[Item]) -> str:
    return "\n".join(map(_item, items))


def _item(item: Item) -> str:
    match item:
        case Area():
            return _closed("path", f'd="{_path(item.rings)}" fill-rule="evenodd" {_paint(item.paint)}', item)
        case Line():
            return f'<path d="{_path(item.parts, closed=False)}" {_paint(item.paint)}/>'
        case Circle():
            place = f'cx="{_px(item.x)}" cy="{_px(item.y)}" r="{_px(item.radius)}"'
            return _closed("circle", f"{place} {_paint(item.paint)}", item)
        case Box():
            place = f'x="{_px(item.x)}" y="{_px(item.y)}" width="{_px(item.width)}" height="{_px(item.height)}"'
            return f"<rect {place} {_paint(item.paint)}/>"
        case Stroke():
            ends = f'x1="{_px(item.x1)}" y1="{_px(item.y1)}" x2="{_px(item.x2)}" y2="{_px(item.y2)}"'
            return f"<line {ends} {_paint(item.paint)}/>"
        case Words():
            return _words(item)


def _closed(tag: str, attributes: str, item: Area | Circle) -> str:
    if not item.code:
        return f"<{tag} {attributes}/>"
    return f'<{tag} data-code="{escape(item.code)}" {attributes}><title>{escape(item.told)}</title></{tag}>'


def _words(words: Words) -> str:
    more = ' font-weight="700"' if words.bold else ""
    more += f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    x, y = _px(words.x), _px(words.y)
    more += f' transform="rotate(-90 {x} {y})"' if words.turned else ""
    place = f'x="{x}" y="{y}" font-size="{_px(words.size)}"{more}'
    line = f'stroke="{HALO}" stroke-width="{_px(words.size * HALO_SHARE)}" stroke-linejoin="round"'
    halo = f'<text aria-hidden="true" {place} {line}>{escape(words.text)}</text>' if words.halo else ""
    return f'{halo}<text {place} fill="{words.colour}">{escape(words.text)}</text>'


def _paint(paint: Paint) -> str:
    fill = f"url(#{paint.pattern})" if paint.pattern else paint.fill or "none"
    parts = [f'fill="{fill}"']
    if paint.opacity < 1:
        parts.append(f'fill-opacity="{_px(paint.opacity)}"')
    if paint.stroke:
        parts.append(f'stroke="{paint.stroke}" stroke-width="{_px(paint.width)}" stroke-linejoin="round"')
        if paint.line_opacity < 1:
            parts.append(f'stroke-opacity="{_px(paint.line_opacity)}"')
    if paint.dash:
        parts.append(f'stroke-dasharray="{" ".join(map(_px, paint.dash))}"')
    return " ".join(parts)


def _path(rings: Iterable[np.ndarray], closed: bool = True) -> str:
    """The rings as moves from point to point in tenths of a px, which writes each of them in a few signs."""
    end = "z" if closed else ""
    parts = []
    for ring in rings:
        tenths = np.rint(ring * 10).astype(int)
        first, *moves = np.diff(tenths, axis=0, prepend=0).tolist()
        parts.append(f"M{_tenths(first)}l{' '.join(_tenths(move) for move in moves if any(move))}{end}")
    return "".join(parts)


def _tenths(pair: list[int]) -> str:
    return f"{pair[0] / 10:g},{pair[1] / 10:g}"


def _px(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
