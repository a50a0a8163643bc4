from __future__ import annotations

import re

import numpy as np
import pytest

from geoportal.snapshot.outlines import read_outlines
from geoportal.web.portal.mark import ADDRESS


def drawn(svg: str) -> tuple[list[np.ndarray], list[int]]:
    """The rings of a mark in its own units, and its width and height."""
    rings = []
    for x, y, steps in re.findall(r"M(\d+) (\d+)l([^z]+)z", svg):
        moves = np.array(re.findall(r"-?\d+", steps), int).reshape(-1, 2)
        rings.append(np.array([int(x), int(y)]) + np.vstack([[0, 0], np.cumsum(moves, axis=0)]))
    return rings, [int(number) for number in re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups()]


def area(ring: np.ndarray) -> float:
    x, y = ring.astype(float).T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def test_the_mark_is_the_shape_of_the_region(api):
    answer = api.get(ADDRESS)
    assert answer.content_type.startswith("image/svg+xml")
    rings, (width, height) = drawn(answer.text)
    outlines = read_outlines(api.application.extensions["geoportal"].snapshot().folder, "kraj")
    west, south, east, north = outlines.bounds
    assert abs(height - width * (north - south) / (east - west)) <= 1
    true = sum(area(outlines.points[a:b]) for a, b in zip(outlines.rings, outlines.rings[1:], strict=False))
    scale = width / (east - west)
    assert sum(map(area, rings)) / (true * scale**2) == pytest.approx(1, rel=0.03)


def test_the_stylesheet_finds_the_mark_where_it_is(api):
    css = api.get("/static/css/geoportal.css").text
    assert f'url("../..{ADDRESS}")' in css
