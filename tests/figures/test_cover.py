"""What lies above the units of a picture: layers, outlines of chosen units, a square of two indicators, two maps."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from geoportal.figures.drawing import Area, Circle, Drawing, Group, Line, Words
from geoportal.figures.figure import Panel, compose, compose_panels
from geoportal.figures.legend import luminance
from geoportal.figures.look import SIZES
from geoportal.figures.pdf import to_pdf
from geoportal.figures.png import to_png
from geoportal.figures.svg import to_svg
from geoportal.figures.typeface import Typeface
from tests.figures import sample

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def covered(face: Typeface) -> Drawing:
    return compose(sample.covered(), sample.square(), sample.captions(), SIZES["default"], face)


@pytest.fixture(scope="module")
def beside(face: Typeface) -> Drawing:
    panels = [Panel(sample.filled(), (sample.legend(),), f"Mapa {number}") for number in (1, 2)]
    return compose_panels(panels, sample.captions(), SIZES["default"], face)


def group(drawing: Drawing, name: str) -> Group:
    return next(one for one in drawing.groups if one.name == name)


def test_a_feature_is_one_area_with_its_holes(covered: Drawing) -> None:
    areas = group(covered, "vrstva-plochy").items
    assert [len(area.rings) for area in areas if isinstance(area, Area)] == [2, 1]


def test_layers_are_as_opaque_as_they_were_asked_for(covered: Drawing) -> None:
    (lines,) = group(covered, "vrstva-cary").items
    assert isinstance(lines, Line)
    assert lines.paint.line_opacity == pytest.approx(0.4 * 0.9)
    area = group(covered, "vrstva-plochy").items[0]
    assert isinstance(area, Area)
    assert (area.paint.opacity, area.paint.line_opacity) == (pytest.approx(0.35 * 0.5), 0.5)


def test_areas_and_lines_lie_under_chosen_units_and_points_over_them(covered: Drawing) -> None:
    order = [one.name for one in covered.groups]
    assert order.index("uzemi") < order.index("vrstva-plochy") < order.index("vybrane") < order.index("vrstva-body")


def test_a_point_has_its_letter_where_the_units_meet(covered: Drawing) -> None:
    disc, letter = group(covered, "vrstva-body").items
    assert isinstance(disc, Circle)
    assert isinstance(letter, Words)
    assert letter.text == "Z"
    corners = [ring for area in group(covered, "uzemi").items if isinstance(area, Area) for ring in area.rings]
    assert sum(bool((abs(ring - [disc.x, disc.y]).max(axis=1) < 0.1).any()) for ring in corners) == 4


def test_what_leaves_the_map_is_cut_off_in_svg_and_pdf(covered: Drawing, face: Typeface) -> None:
    root = ElementTree.fromstring(to_svg(covered))
    layer = root.find(f".//{SVG}g[@id='vrstva-plochy']")
    window = root.find(f".//{SVG}clipPath[@id='okno-vrstva-plochy']")
    assert layer is not None
    assert window is not None
    assert layer.attrib["clip-path"] == "url(#okno-vrstva-plochy)"
    (page,) = PdfReader(BytesIO(to_pdf(covered, face, "Kraj"))).pages
    assert len(re.findall(rb"W\*? n", page.get_contents().get_data())) >= 3


def test_open_lines_stay_open(covered: Drawing) -> None:
    root = ElementTree.fromstring(to_svg(covered))
    (line,) = root.findall(f".//{SVG}g[@id='vrstva-cary']/{SVG}path")
    assert not line.attrib["d"].endswith("z")
    assert line.attrib["fill"] == "none"


def test_the_chosen_unit_is_named(covered: Drawing) -> None:
    assert "Beta" in [item.text for item in group(covered, "mesta").items if isinstance(item, Words)]


def test_the_square_has_its_counts_and_both_names(covered: Drawing, face: Typeface) -> None:
    told = [item for item in group(covered, "legenda").items if isinstance(item, Words)]
    assert [one.text for one in told if one.text.isdecimal()] == ["1", "2", "3", "4"]
    assert [one.text for one in told if one.turned] == ["podíl krav →"]
    assert "podíl krav" in PdfReader(BytesIO(to_pdf(covered, face, "Kraj"))).pages[0].extract_text()


def test_counts_on_dark_colours_are_white(covered: Drawing) -> None:
    colours = {"1": "#f0f0f0", "2": "#2f74b8", "3": "#f0a000", "4": "#3a2f28"}
    told = {item.text: item for item in group(covered, "legenda").items if isinstance(item, Words)}
    for count, colour in colours.items():
        one, other = sorted((luminance(colour), luminance(told[count].colour)))
        assert (other + 0.05) / (one + 0.05) >= 4.5


def test_two_maps_have_one_scale_and_lie_side_by_side(beside: Drawing) -> None:
    boxes = []
    for name in ("uzemi", "uzemi-2"):
        rings = [ring for area in group(beside, name).items if isinstance(area, Area) for ring in area.rings]
        low, high = min(ring[:, 0].min() for ring in rings), max(ring[:, 0].max() for ring in rings)
        boxes.append((low, high))
    (left, middle), (other, right) = boxes
    assert middle - left == pytest.approx(right - other)
    assert middle < beside.width / 2 < other
    assert len({one.name for one in beside.groups}) == len(beside.groups)


def test_png_of_two_maps_is_drawn(beside: Drawing, face: Typeface) -> None:
    picture = Image.open(BytesIO(to_png(beside, face, 1200))).convert("RGB")
    halves = [picture.crop((left, 150, left + 600, 800)).getcolors(1_000_000) for left in (0, 600)]
    dark = (0x25, 0x34, 0x94)
    assert all(any(colour == dark and count > 500 for count, colour in half) for half in halves)
