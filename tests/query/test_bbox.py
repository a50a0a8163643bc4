from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoportal.crs import CRS84_URI, published
from geoportal.errors import InvalidParameter
from geoportal.query.bbox import parse_bbox
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower

DEGREES = published()[CRS84_URI]


@pytest.mark.parametrize(
    ("text", "offence"),
    [
        ("a,b,c,d", "number"),
        ("1,2,3", "3 numbers"),
        ("1,2,3,4,5", "5 numbers"),
        ("nan,0,1,1", "NaN"),
        ("0,0,inf,1", "infinity"),
        ("0,60,1,50", "north of north"),
        ("0,0,1,91", "latitudes"),
        ("-181,0,1,1", "longitudes"),
        ("", "number"),
    ],
)
def test_a_wrong_bbox_is_refused_by_name(text: str, offence: str) -> None:
    with pytest.raises(InvalidParameter, match=offence) as refusal:
        parse_bbox(text, DEGREES)
    assert str(refusal.value).startswith("bbox=")


def test_heights_are_dropped() -> None:
    assert parse_bbox("14,50,0,15,51,900", DEGREES) == (14, 50, 15, 51)


lon, lat = st.floats(14.2, 15.9), st.floats(50.3, 51.2)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(lon, lon), st.tuples(lat, lat))
def test_a_bbox_finds_what_geopandas_finds(
    facts_settings: Settings, xs: tuple[float, float], ys: tuple[float, float]
) -> None:
    held = Follower(facts_settings.build)()
    west, east = sorted(xs)
    south, north = sorted(ys)
    for name in ("obce", "zzs"):
        collection = held.collections[name]
        frame = gpd.GeoDataFrame.from_features(collection.features(), crs="EPSG:4326")
        from shapely import box

        expected = np.flatnonzero(frame.intersects(box(west, south, east, north)))
        assert collection.within((west, south, east, north)).tolist() == expected.tolist()


def test_a_box_across_the_antimeridian_is_two_boxes(facts_settings: Settings) -> None:
    collection = Follower(facts_settings.build)().collections["obce"]
    assert len(collection.within((100.0, 40.0, 16.0, 60.0))) == 215
    assert len(collection.within((100.0, 40.0, 10.0, 60.0))) == 0


def test_the_axes_of_a_box_are_those_of_its_crs() -> None:
    latitude_first = published()["http://www.opengis.net/def/crs/EPSG/0/4326"]
    assert parse_bbox("50,14,51,15", latitude_first) == (14, 50, 15, 51)


def test_a_projected_box_can_not_be_reversed() -> None:
    krovak = published()["http://www.opengis.net/def/crs/EPSG/0/5514"]
    with pytest.raises(InvalidParameter, match="east of east"):
        parse_bbox("-680000,-975000,-690000,-970000", krovak)
