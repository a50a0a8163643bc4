from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import orjson
import pytest
import shapely

from geoportal.crs import CRS84_URI, KROVAK_URI, published
from geoportal.encode import esri
from geoportal.query.attributes import Attributes
from geoportal.query.cql2 import parse_filter
from geoportal.query.esri import EsriQuery, find
from geoportal.query.where import cql2_of
from geoportal.snapshot.collection import Collection

KROVAK = published()[KROVAK_URI]
DEGREES = published()[CRS84_URI]


def rows(squares: Collection) -> dict[str, dict[str, object]]:
    table = Attributes(squares)
    return {str(row["kod"]): row for row in esri.attributes(table, np.arange(3), table.names)}


def test_values_are_what_esri_types_allow(squares: Collection) -> None:
    row = rows(squares)["001"]
    moment = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
    assert row["den"] == datetime(2024, 2, 29, tzinfo=UTC).timestamp() * 1000
    assert row["okamzik"] == moment.timestamp() * 1000
    assert row["platne"] is not True
    assert row["platne"] == 1
    assert rows(squares)["003"]["den"] == datetime(1850, 1, 1, tzinfo=UTC).timestamp() * 1000
    assert rows(squares)["002"]["den"] is None
    orjson.dumps(list(rows(squares).values()))


def test_the_types_are_declared(squares: Collection) -> None:
    table = Attributes(squares)
    types = {field["name"]: field["type"].removeprefix("esriFieldType") for field in esri.describe_fields(
        table, table.names)}  # fmt: skip
    assert types == {
        "OBJECTID": "OID", "kod": "String", "nazev": "String", "podil": "Double", "pocet": "Integer",
        "platne": "SmallInteger", "den": "Date", "okamzik": "Date", "poznamka": "String",
    }  # fmt: skip


@pytest.mark.parametrize("where", [
    "platne = 1", "den = DATE '2024-02-29'", "den > TIMESTAMP '2024-02-28 23:59:59' AND 1=1", "pocet = 7",
    "okamzik BETWEEN DATE '2024-02-29' AND TIMESTAMP '2024-02-29 12:30:00'", "UPPER(nazev) LIKE UPPER('žďá%')",
])  # fmt: skip
def test_a_where_is_asked_of_what_esri_clients_see(squares: Collection, where: str) -> None:
    query = EsriQuery(parse_filter(cql2_of(where)), None, None, DEGREES, boxes=False, order=())
    table = Attributes(squares)
    assert [row["kod"] for row in esri.attributes(table, find(table, query), ["kod"])] == ["001"]


def test_outer_rings_run_clockwise_and_holes_the_other_way(squares: Collection) -> None:
    shapes = esri.geometries(squares, np.arange(3), KROVAK)
    rings = {row["kod"]: shape["rings"] for row, shape in zip(
        esri.attributes(Attributes(squares), np.arange(3), ["kod"]), shapes, strict=True) if shape}  # fmt: skip
    assert {kod: len(parts) for kod, parts in rings.items()} == {"001": 1, "002": 2, "003": 2}
    areas = sorted(shapely.Polygon(ring).area * (-1) ** shapely.LinearRing(ring).is_ccw for ring in rings["003"])
    assert areas == pytest.approx([-1e6, 9e6], rel=1e-3)


def test_an_extent_of_nothing_has_no_numbers(squares: Collection) -> None:
    assert esri.extent(squares, np.empty(0, dtype=np.int64), DEGREES)["xmin"] == "NaN"


def test_an_object_id_makes_room_for_a_field_of_that_name(squares: Collection) -> None:
    squares.card.fields["objectid"] = squares.card.fields["kod"]
    assert Attributes(squares).object_id == "OBJECTID_1"
