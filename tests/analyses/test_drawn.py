from __future__ import annotations

import math
import time

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoportal.analyses.drawn import MOST_CROSSING, MOST_VERTICES, Area, circle, radius_of, read_area
from geoportal.errors import AnalysisRefused
from geoportal.site import Bounds

BOX: Bounds = (14.31, 50.45, 15.67, 51.05)


def read(text: str) -> Area:
    return read_area(text, "oblast", BOX)


def ring(count: int, radius: float = 0.1) -> str:
    turns = [2 * math.pi * corner / count for corner in range(count)]
    return ";".join(f"{15 + radius * math.cos(turn):.7f},{50.7 + radius * math.sin(turn):.7f}" for turn in turns)


@pytest.mark.parametrize(
    "text",
    [
        "15.0,50.7;15.1,50.7;15.1,50.8",
        " 15.0 50.7 ; 15.1 50.7; 15.1 50.8 ;",
        "POLYGON ((15.0 50.7, 15.1 50.7, 15.1 50.8, 15.0 50.7))",
        "POLYGON Z ((15.0 50.7 1, 15.1 50.7 2, 15.1 50.8 3, 15.0 50.7 1))",
        '{"type":"Polygon","coordinates":[[[15.0,50.7],[15.1,50.7],[15.1,50.8],[15.0,50.7]]]}',
        '{"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":'
        "[[[[15.0,50.7],[15.1,50.7],[15.1,50.8],[15.0,50.7]]]]}}",
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":'
        '{"type":"Polygon","coordinates":[[[15.0,50.7],[15.1,50.7],[15.1,50.8],[15.0,50.7]]]}}]}',
    ],
)
def test_all_forms_of_an_area_are_the_same_area(text: str) -> None:
    area = read(text)
    assert shapely.equals(area.degrees, shapely.Polygon([(15.0, 50.7), (15.1, 50.7), (15.1, 50.8)]))
    assert area.remarks == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("15,50.7;15.1,50.7", "area_form"),
        ("nothing", "area_form"),
        ("POINT (15 50.7)", "area_kind"),
        ("POLYGON EMPTY", "area_kind"),
        ("POLYGON ((15 50.7, nan 50.7, 15.1 50.8, 15 50.7))", "area_degrees"),
        ("15,50.7;200,50.7;15.1,50.8", "area_degrees"),
        ("50.7,15;50.7,15.1;50.8,95", "area_degrees"),
        ('{"type":"Feature","geometry":null}', "area_form"),
        ('{"type":"FeatureCollection","features":[]}', "area_features"),
        ('{"type":"Polygon","coordinates":[[["a"]]]}', "area_form"),
        ("[1,2]", "area_form"),
        ("15,50.7;15.1,50.8;15.2,50.9", "area_flat"),
        (ring(MOST_VERTICES + 10), "area_vertices"),
        ("1" * 200_000, "area_characters"),
    ],
)
def test_what_is_no_area_is_refused_and_named(text: str, key: str) -> None:
    with pytest.raises(AnalysisRefused) as refused:
        read(text)
    assert refused.value.key == key
    assert refused.value.values["name"] == "oblast"


@given(st.text(max_size=60) | st.from_regex(r"[-0-9.,; ]{0,40}"))
def test_any_text_is_an_area_or_refused(text: str) -> None:
    try:
        area = read(text)
    except AnalysisRefused:
        return
    assert not area.degrees.is_empty or "cut" in area.remarks


def test_an_area_that_crosses_itself_is_mended_and_says_so() -> None:
    bow_tie = read("15.0,50.7;15.2,50.9;15.2,50.7;15.0,50.9")
    assert bow_tie.remarks == ("mended",)
    assert bow_tie.degrees.area == pytest.approx(0.2 * 0.2 / 2)


def test_mending_never_takes_long() -> None:
    corners = np.random.default_rng(1).random((MOST_CROSSING + 1, 2)) * 0.2 + (15.0, 50.6)
    text = [f"{lon:.5f},{lat:.5f}" for lon, lat in corners.tolist()]
    with pytest.raises(AnalysisRefused, match="area_crosses"):
        read(";".join(text))
    start = time.process_time()
    read(";".join(text[: MOST_CROSSING - 1]))
    assert time.process_time() - start < 1


def test_what_lies_beyond_the_box_of_the_region_is_cut_off() -> None:
    world = read("-180,-90;180,-90;180,90;-180,90")
    assert world.remarks == ("cut",)
    assert shapely.equals(world.degrees, shapely.box(*BOX))


def test_an_area_elsewhere_is_empty() -> None:
    assert read("1,1;2,1;2,2").metres.is_empty
    assert circle(-100, -50, 3, BOX).metres.is_empty
    assert circle(0, 89.9, 200, BOX).metres.is_empty


def test_a_circle_has_the_area_of_its_radius() -> None:
    assert circle(15.05, 50.77, 10, BOX).metres.area == pytest.approx(math.pi * 1e8, rel=2e-4)


def test_a_circle_that_reaches_beyond_the_box_is_cut_and_says_so() -> None:
    area = circle(14.35, 50.5, 20, BOX)
    assert area.remarks == ("cut",)
    assert 0 < area.metres.area < math.pi * 4e8


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "201", "ten", ""])
def test_a_radius_out_of_bounds_is_refused_by_name(text: str) -> None:
    with pytest.raises(AnalysisRefused, match="polomer"):
        radius_of(text, "polomer")
