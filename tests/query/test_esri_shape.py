from __future__ import annotations

import orjson
import pytest
import shapely

from geoportal.errors import InvalidParameter
from geoportal.query.esri_shape import MOST_RINGS, parse_shape


def ring(low: float, high: float) -> list[list[float]]:
    """A square, counter-clockwise."""
    return [[low, low], [high, low], [high, high], [low, high], [low, low]]


def polygon(*rings: list[list[float]]) -> shapely.Geometry:
    return parse_shape(orjson.dumps({"rings": rings}).decode(), "esriGeometryPolygon")[0]


@pytest.mark.parametrize(("text", "kind", "wkt"), [
    ("1,2,3,4", "esriGeometryEnvelope", "POLYGON ((3 2, 3 4, 1 4, 1 2, 3 2))"),
    ('{"xmin":1,"ymin":2,"xmax":3,"ymax":4}', "esriGeometryEnvelope", "POLYGON ((3 2, 3 4, 1 4, 1 2, 3 2))"),
    ("15.05, 50.77", "esriGeometryPoint", "POINT (15.05 50.77)"),
    ('{"x":1,"y":2,"z":3}', "esriGeometryPoint", "POINT (1 2)"),
    ('{"points":[[1,2],[3,4]]}', "esriGeometryMultipoint", "MULTIPOINT ((1 2), (3 4))"),
    ('{"paths":[[[1,2],[3,4]]]}', "esriGeometryPolyline", "MULTILINESTRING ((1 2, 3 4))"),
])  # fmt: skip
def test_shapes_are_read_with_x_before_y(text: str, kind: str, wkt: str) -> None:
    shape, place = parse_shape(text, kind)
    assert shape.equals(shapely.from_wkt(wkt))
    assert place is None


def test_a_spatial_reference_comes_along() -> None:
    assert parse_shape('{"x":1,"y":2,"spatialReference":{"wkid":102100}}', "esriGeometryPoint")[1] == {"wkid": 102100}


@pytest.mark.parametrize("turned", [False, True])
def test_a_ring_in_a_ring_is_a_hole_and_a_third_one_an_island(turned: bool) -> None:
    rings = [ring(4, 5), ring(0, 9), ring(2, 7), ring(10, 12)]
    shape = polygon(*(reversed_ring[::-1] if turned else reversed_ring for reversed_ring in rings))
    assert shape.area == 81 - 25 + 1 + 4
    assert shape.geom_type == "MultiPolygon"


def test_rings_that_cross_are_refused() -> None:
    with pytest.raises(InvalidParameter, match="may not cross"):
        polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]])


def test_too_many_rings_are_refused() -> None:
    with pytest.raises(InvalidParameter, match=f"at most {MOST_RINGS}"):
        polygon(*[ring(0, 1)] * (MOST_RINGS + 1))


@pytest.mark.parametrize(("text", "kind"), [
    ("1,2,3", "esriGeometryEnvelope"), ("3,2,1,4", "esriGeometryEnvelope"), ("a,b,c,d", "esriGeometryEnvelope"),
    ("nan,0,1,1", "esriGeometryEnvelope"), ("0,0,inf,1", "esriGeometryEnvelope"), ("{}", "esriGeometryEnvelope"),
    ("1e400,2", "esriGeometryPoint"), ('{"x":"NaN","y":1}', "esriGeometryPoint"), ('{"x":1', "esriGeometryPoint"),
    ("1,2", "esriGeometryPolygon"), ('{"rings":7}', "esriGeometryPolygon"), ('{"rings":[[]]}', "esriGeometryPolygon"),
    ('{"rings":[[[0,0],[1,1]]]}', "esriGeometryPolygon"), ('{"rings":[[[0,0],[1],[2,2]]]}', "esriGeometryPolygon"),
    ('{"paths":[[[0,0]]]}', "esriGeometryPolyline"), ('{"points":{"x":1}}', "esriGeometryMultipoint"),
    ("1,2,3,4", "circle"), ("{" * 1000, "esriGeometryPoint"), ("1" * 500_000, "esriGeometryPoint"),
])  # fmt: skip
def test_bad_shapes_are_refused(text: str, kind: str) -> None:
    with pytest.raises(InvalidParameter, match="geometry"):
        parse_shape(text, kind)
