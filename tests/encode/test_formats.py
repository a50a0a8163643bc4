from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path

import geopandas as gpd
import orjson
import pytest
import shapely

from geoportal.cards import FieldCard
from geoportal.encode import Format, LayerContent, formats
from geoportal.schema import Text
from tests.squares import box, frame, point


def content(points: bool = False) -> LayerContent:
    shapes = [point(0.5, 0.5), point(1.5, 0.5)] if points else [box(0, 0), box(1, 0)]
    measured = frame(shapes, kod=["A", "B"], nazev=["Žďárek, „u lesa“", None], podil=[1.5, float("nan")])
    measured.index = ["A", "B"]
    degrees = measured.to_crs("EPSG:4326")
    degrees = degrees.set_geometry(shapely.orient_polygons(degrees.geometry.to_numpy()))
    fields = {name: FieldCard(title=Text(cs=name)) for name in ("kod", "nazev", "podil")}
    about = {"title": "Čtverce", "attribution": "© Pokus", "licence": "CC0", "date": "2024"}
    return LayerContent("ctverce", degrees, measured, fields, about)


@pytest.mark.parametrize("form", formats(), ids=lambda form: form.name)
def test_equal_layers_give_equal_bytes(form: Format, tmp_path: Path) -> None:
    for name in ("one", "two"):
        form.write(tmp_path / f"{name}.{form.name}", content())
    assert (tmp_path / f"one.{form.name}").read_bytes() == (tmp_path / f"two.{form.name}").read_bytes()


@pytest.mark.parametrize(
    "form", [f for f in formats() if f.name in ("fgb", "gpkg", "geojson", "parquet")], ids=lambda f: f.name
)
def test_what_is_written_reads_back_with_geometry_names_and_crs(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"ctverce.{form.name}"
    form.write(path, content())
    back = gpd.read_parquet(path) if form.name == "parquet" else gpd.read_file(path)
    back = back.sort_values("kod", ignore_index=True)
    expected = content().frame_5514 if form.name == "gpkg" else content().frame
    assert back.crs == expected.crs
    assert back["kod"].tolist() == ["A", "B"]
    assert back["nazev"][0] == "Žďárek, „u lesa“"
    assert back["podil"].isna().tolist() == [False, True]
    assert shapely.equals_exact(back.geometry.normalize(), expected.geometry.normalize().to_numpy(), 1e-9).all()


def test_geojson_has_no_nan_and_right_hand_rings(tmp_path: Path) -> None:
    form = next(form for form in formats() if form.name == "geojson")
    form.write(tmp_path / "x.geojson", content())
    text = (tmp_path / "x.geojson").read_bytes()
    assert b"NaN" not in text
    parsed = orjson.loads(text)
    assert parsed["attribution"] == "© Pokus"
    assert [feature["id"] for feature in parsed["features"]] == ["A", "B"]
    assert all(shapely.from_geojson(orjson.dumps(f["geometry"])).exterior.is_ccw for f in parsed["features"])


def test_csv_of_points_has_longitude_and_latitude(tmp_path: Path) -> None:
    form = next(form for form in formats() if form.name == "csv")
    form.write(tmp_path / "x.csv", content(points=True))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8"))))
    assert rows[0]["nazev"] == "Žďárek, „u lesa“"
    assert 14 < float(rows[0]["lon"]) < 16
    assert 50 < float(rows[0]["lat"]) < 51
    assert rows[1]["podil"] == ""


def test_geopackage_says_what_it_holds(tmp_path: Path) -> None:
    form = next(form for form in formats() if form.name == "gpkg")
    form.write(tmp_path / "x.gpkg", content())
    with sqlite3.connect(tmp_path / "x.gpkg") as base:
        identifier, description = base.execute("select identifier, description from gpkg_contents").fetchone()
    base.close()
    assert (identifier, description) == ("Čtverce", "© Pokus; 2024")
