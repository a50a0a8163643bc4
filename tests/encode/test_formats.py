from __future__ import annotations

import csv
import dataclasses
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas as gpd
import orjson
import pandas as pd
import pytest
import shapely

from geoportal.build import write
from geoportal.encode import Format, formats, get_format, write_selection
from geoportal.errors import InvalidParameter
from tests.encode.squares_layer import NAMES, content, written

EVERY = pytest.mark.parametrize("form", formats(), ids=lambda form: form.name)


def test_every_format_has_its_own_name_extension_and_media_type() -> None:
    for key in ("name", "extension", "media_type"):
        values = [getattr(form, key) for form in formats()]
        assert sorted(set(values)) == sorted(values)
    assert {form.extension for form in formats()} >= {
        "geojson", "geojsonseq", "jsonfg", "gpkg", "fgb", "csv", "parquet", "xlsx", "kml", "shp.zip",
    }  # fmt: skip


def test_unknown_format_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(InvalidParameter, match=r"f='xls' is not an output format; there are csv, fgb, .* xlsx"):
        get_format("xls")


@EVERY
@pytest.mark.parametrize("kind", ["point", "line", "polygon"])
def test_equal_layers_give_equal_bytes(form: Format, kind: str, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = written(form, tmp_path / "one", content(kind)), written(form, tmp_path / "two", content(kind))
    assert one.read_bytes() == two.read_bytes()
    assert [path.name for path in one.parent.iterdir()] == [one.name]  # nothing else is left behind


@EVERY
def test_no_feature_is_a_layer_too(form: Format, tmp_path: Path) -> None:
    assert written(form, tmp_path, content("line", shapes=[])).stat().st_size > 0 or form.name == "geojsonseq"


@pytest.mark.parametrize("name", sorted({form.name for form in formats()} - {"csv", "geojsonseq"}))
def test_every_file_but_plain_rows_names_its_source(name: str, tmp_path: Path) -> None:
    whole = written(name, tmp_path).read_bytes()
    if whole.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            whole = b"".join(archive.read(name) for name in archive.namelist())
    assert "© Pokus".encode() in whole or b"\\u00a9 Pokus" in whole


@pytest.mark.parametrize("name", ["fgb", "geojson", "gpkg", "parquet", "shp"])
def test_what_is_written_reads_back_with_geometry_names_and_crs(name: str, tmp_path: Path) -> None:
    path, layer = written(name, tmp_path), content()
    if name == "parquet":
        back = gpd.read_parquet(path)
    elif name == "gpkg":
        back = gpd.read_file(path, layer="ctverce")
    else:
        back = gpd.read_file(path)
    back = back.sort_values("kod", ignore_index=True)
    expected = layer.frame_5514 if name in ("gpkg", "shp") else layer.frame
    assert back.crs == expected.crs
    assert back["kod"].tolist() == ["001", "002", "003"]
    assert back["nazev"].astype(object).where(back["nazev"].notna(), None).tolist() == NAMES
    assert back["podil"].isna().tolist() == [False, True, False]
    assert [int(value) for value in back["pocet"].dropna()] == [7, -1]
    assert shapely.equals(back.geometry.normalize(), expected.geometry.normalize().to_numpy()).all()


@pytest.mark.parametrize("name", ["fgb", "geojson", "gpkg", "parquet"])
def test_empty_text_is_not_a_missing_value(name: str, tmp_path: Path) -> None:
    path = written(name, tmp_path)
    options = {"layer": "ctverce"} if name == "gpkg" else {}
    back = gpd.read_parquet(path) if name == "parquet" else gpd.read_file(path, **options)
    notes = back.set_index("kod")["poznamka"]
    assert notes["001"] == ""
    assert pd.isna(notes["002"])


def test_geoparquet_types_a_column_of_which_nothing_is_known(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    layer = content()
    layer.frame["poznamka"] = pd.Series([None] * 3, dtype=object, index=layer.frame.index)
    path = written("parquet", tmp_path, layer)
    assert "string" in str(pq.read_schema(path).field("poznamka").type)
    assert gpd.read_parquet(path).attrs["licence"] == "CC0"


def test_geojson_has_no_nan_and_right_hand_rings(tmp_path: Path) -> None:
    text = written("geojson", tmp_path).read_bytes()
    assert b"NaN" not in text
    parsed = orjson.loads(text)
    assert parsed["attribution"] == "© Pokus"
    assert [feature["id"] for feature in parsed["features"]] == ["001", "002", "003"]
    for feature in parsed["features"]:
        parts = shapely.get_parts(shapely.from_geojson(orjson.dumps(feature["geometry"])))
        assert all(part.exterior.is_ccw for part in parts)


def test_csv_of_points_has_longitude_and_latitude(tmp_path: Path) -> None:
    text = written("csv", tmp_path, content("point")).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["nazev"] == NAMES[0]
    assert 14 < float(rows[0]["lon"]) < 16
    assert 50 < float(rows[0]["lat"]) < 51
    assert rows[1]["podil"] == ""
    nothing = written("csv", tmp_path, content("point", shapes=[])).read_text(encoding="utf-8")
    assert nothing.splitlines()[0] == text.splitlines()[0]


def test_selection_beyond_what_a_format_holds_is_refused_with_the_alternatives(tmp_path: Path) -> None:
    small = dataclasses.replace(get_format("xlsx"), most=2)
    with pytest.raises(InvalidParameter, match=r"'xlsx' holds at most 2 features, not 3; csv, fgb"):
        write_selection(small, tmp_path / "x.xlsx", content())
    write_selection(small, tmp_path / "x.xlsx", content("line"))  # two


def test_more_columns_than_a_dbf_has_are_refused(tmp_path: Path) -> None:
    wide = {f"sloupec_{number}": {"title": {"cs": "Sloupec"}} for number in range(255)}
    layer = content(fields={"kod": {"title": {"cs": "Kód"}}, **wide}, label="kod")
    with pytest.raises(InvalidParameter, match=r"'shp' holds at most 255 fields, not 256; csv, fgb, .*gpkg"):
        write_selection(get_format("shp"), tmp_path / "x.shp.zip", layer)


def test_build_leaves_out_a_file_that_could_not_hold_the_layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = [dataclasses.replace(get_format("xlsx"), most=2), get_format("kml"), get_format("geojson")]
    monkeypatch.setattr(write, "formats", lambda: prepared)
    entry = write.write_content(tmp_path / "ctverce", content(), None)
    assert sorted(entry["files"]) == ["geojson", "kml"]
    assert not (tmp_path / "ctverce" / "ctverce.xlsx").exists()


def test_a_worker_streams_and_joins_without_the_libraries_that_write_files() -> None:
    program = (
        "import sys, geoportal.encode.stream, geoportal.encode.selection, geoportal.encode.indicators\n"
        "sys.exit(', '.join({'geopandas', 'pandas', 'pyogrio', 'openpyxl'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
