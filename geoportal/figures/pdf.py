"""A drawing as one page of PDF: lines stay lines, words can be selected and searched."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import numpy as np
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from geoportal.figures.drawing import Area, Box, Circle, Drawing, Group, Item, Line, Paint, Pattern, Stroke, Words
from geoportal.figures.svg import HALO, HALO_SHARE
from geoportal.figures.typeface import Typeface

POINTS = 0.75  # of a px: 96 px and 72 points are an inch
STEP = 7.0  # px from line to line and from dot to dot of a pattern
HATCH, DOT = "#8b9490", "#55615c"
ROUND = 1  # joins of lines
OUTLINE = 1  # text render mode
FILLED = 0


def to_pdf(drawing: Drawing, typeface: Typeface, author: str) -> bytes:
    """The drawing as a document, with its title, ``author`` and language; no time is written into it."""
    held = BytesIO()
    for font in typeface.fonts.values():
        pdfmetrics.registerFont(font)
    size = (drawing.width * POINTS, drawing.height * POINTS)
    canvas = Canvas(held, pagesize=size, invariant=1, pageCompression=1, lang=drawing.language)
    canvas.setTitle(drawing.title)
    canvas.setSubject(drawing.description)
    canvas.setAuthor(author)
    canvas.setCreator(author)
    canvas.scale(POINTS, POINTS)
    page = _Page(canvas, typeface, drawing.height)
    for group in drawing.groups:
        page.put(group)
    canvas.showPage()
    canvas.save()
    return held.getvalue()


class _Page:
    """Draws items on ``canvas``, whose y grows upwards."""

    def __init__(self, canvas: Canvas, typeface: Typeface, height: float) -> None:
        self._canvas, self._typeface, self._height = canvas, typeface, height

    def put(self, group: Group) -> None:
        """Puts the items of ``group``, as far as its window shows them."""
        self._canvas.saveState()
        if group.window:
            left, top, width, height = group.window
            window = self._canvas.beginPath()
            window.rect(left, self._height - top - height, width, height)
            self._canvas.clipPath(window, stroke=0, fill=0)
        for item in group.items:
            self.draw(item)
        self._canvas.restoreState()

    def draw(self, item: Item) -> None:
        """Puts one item above what is there."""
        if isinstance(item, Words):
            self._words(item)
            return
        path = self._canvas.beginPath()
        match item:
            case Area():
                _rings(path, map(self._upwards, item.rings))
            case Line():
                _rings(path, map(self._upwards, item.parts), closed=False)
            case Circle():
                path.circle(item.x, self._height - item.y, item.radius)
            case Box():
                path.rect(item.x, self._height - item.y - item.height, item.width, item.height)
            case Stroke():
                path.moveTo(item.x1, self._height - item.y1)
                path.lineTo(item.x2, self._height - item.y2)
        if item.paint.pattern:
            self._pattern(path, item, item.paint.pattern)
        self._paint(path, item.paint)

    def _upwards(self, points: np.ndarray) -> np.ndarray:
        turned: np.ndarray = np.column_stack((points[:, 0], self._height - points[:, 1]))
        return turned

    def _paint(self, path: PDFPathObject, paint: Paint) -> None:
        canvas = self._canvas
        canvas.saveState()
        if paint.fill:
            canvas.setFillColor(HexColor(paint.fill))
            canvas.setFillAlpha(paint.opacity)
        if paint.stroke:
            canvas.setStrokeColor(HexColor(paint.stroke))
            canvas.setStrokeAlpha(paint.line_opacity)
            canvas.setLineWidth(paint.width)
            canvas.setLineJoin(ROUND)
            canvas.setDash(list(paint.dash))
        fill, stroke = bool(paint.fill and not paint.pattern), bool(paint.stroke)
        canvas.drawPath(path, stroke=stroke, fill=fill, fillMode=FILL_EVEN_ODD)
        canvas.restoreState()

    def _pattern(self, path: PDFPathObject, item: Item, pattern: Pattern) -> None:
        """Lines or dots over the box of the item, seen only within it."""
        canvas = self._canvas
        west, north, east, south = _box(item)
        canvas.saveState()
        canvas.clipPath(path, stroke=0, fill=0, fillMode=FILL_EVEN_ODD)
        canvas.setFillColor(HexColor("#ffffff"))
        canvas.rect(west, self._height - south, east - west, south - north, stroke=0, fill=1)
        if pattern == "missing":
            canvas.setStrokeColor(HexColor(HATCH))
            canvas.setLineWidth(2)
            for start in np.arange(west - (south - north), east, STEP * np.sqrt(2)).tolist():
                canvas.line(start, self._height - south, start + south - north, self._height - north)
        else:
            canvas.setFillColor(HexColor(DOT))
            for x in np.arange(west + STEP / 2, east, STEP).tolist():
                for y in np.arange(north + STEP / 2, south, STEP).tolist():
                    canvas.circle(x, self._height - y, 1.5, stroke=0, fill=1)
        canvas.restoreState()

    def _words(self, words: Words) -> None:
        canvas, font = self._canvas, self._typeface.fonts[words.bold]
        wide = self._typeface.width(words.text, words.size, words.bold)
        before = {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
        canvas.saveState()
        canvas.translate(words.x, self._height - words.y)
        if words.turned:
            canvas.rotate(90)
        canvas.setFont(font.fontName, words.size)
        canvas.setFillColor(HexColor(words.colour))
        if words.halo:
            canvas.setStrokeColor(HexColor(HALO))
            canvas.setLineWidth(words.size * HALO_SHARE)
            canvas.setLineJoin(ROUND)
            canvas.drawString(-before, 0, words.text, mode=OUTLINE)
        canvas.drawString(-before, 0, words.text, mode=FILLED)
        canvas.restoreState()


def _rings(path: PDFPathObject, rings: Iterable[np.ndarray], closed: bool = True) -> None:
    for ring in rings:
        first, *others = np.round(ring, 2).tolist()
        path.moveTo(*first)
        for point in others:
            path.lineTo(*point)
        if closed:
            path.close()


def _box(item: Item) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of an item that may bear a pattern."""
    if isinstance(item, Area):
        corners = np.concatenate(item.rings)
        left, top = corners.min(axis=0).tolist()
        right, bottom = corners.max(axis=0).tolist()
        return left, top, right, bottom
    assert isinstance(item, Box)
    return item.x, item.y, item.x + item.width, item.y + item.height
