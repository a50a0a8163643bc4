from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any, get_args

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from geoportal.cards.source import ReaderName
from geoportal.crs import crs_name
from geoportal.errors import SourceRefused
from geoportal.intake import readers
from geoportal.intake.readers import read
from geoportal.intake.reading import Reading

from .conftest import make_source

HUB = "www.datalk.cz/api/download/v1/items"
POHOTOVOSTI = f"{HUB}/38d9797b83044ada9c674c08b54f8548"
ZZS = f"{HUB}/6da21aeaf4844012929017561edb59be"
QUERY = "services7.arcgis.com/46Lck1orT7mvuzK5/arcgis/rest/services/Pohotovosti_LK/FeatureServer/0/query.json"
RUIAN = "services.cuzk.gov.cz/shp/stat/epsg-5514/1.zip"
NRPZS_FOLDER = "datanzis.uzis.gov.cz/data/NR-01-NRPZS/NR-01-06"
NRPZS = f"{NRPZS_FOLDER}/Otevrena-data-NR-01-06-nrpzs-mista-poskytovani-zdravotnich-sluzeb.csv"


def _read(reader: str, path: Path, table: str | None = None, **options: Any) -> Reading:
    return read(make_source(reader, options), [path], table)


def _write(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def _collection(*features: tuple[dict[str, Any], list[float]], **members: Any) -> dict[str, Any]:
    made = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": position}}
        for properties, position in features
    ]
    return {"type": "FeatureCollection", "features": made, **members}


def _crs(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


def test_every_kind_of_source_has_a_reader_and_every_reader_a_kind() -> None:
    assert readers.names() == set(get_args(ReaderName))


def test_every_reader_says_which_options_it_heeds() -> None:
    for name in readers.names():
        module = __import__(f"geoportal.intake.readers.{name.replace('-', '_')}", fromlist=["read"])
        assert "eeds" in (module.read.__doc__ or ""), name


# RÚIAN


@pytest.mark.parametrize(
    ("table", "count"), [("OBCE_P", 215), ("POU_P", 21), ("ORP_P", 10), ("OKRESY_P", 4), ("VUSC_P", 1)]
)
def test_the_ruian_pack_gives_each_level(mirror: Path, table: str, count: int) -> None:
    frame = _read("ruian-shp", mirror / RUIAN, table).frame
    assert (len(frame), crs_name(frame.crs)) == (count, "EPSG:5514")
    assert frame["KOD"].map(type).eq(str).all()


def test_names_of_the_ruian_pack_have_their_diacritics(mirror: Path) -> None:
    names = _read("ruian-shp", mirror / RUIAN, "OBCE_P").frame.set_index("KOD")["NAZEV"]
    assert names["563889"] == "Liberec"
    assert {"Žďárek", "Příšovice", "Košťálov", "Všeň"} <= set(names)


def test_a_member_that_the_pack_lacks_is_refused_naming_those_it_has(mirror: Path) -> None:
    with pytest.raises(SourceRefused, match=r"no table 'OBEC_P'; there are: OBCE_P, OKRESY_P, ORP_P, POU_P, VUSC_P"):
        _read("ruian-shp", mirror / RUIAN, "OBEC_P")


def _pack(path: Path, encoding: str, **members: bytes) -> Path:
    frame = gpd.GeoDataFrame({"NAZEV": ["Žďárek"]}, geometry=[shapely.box(-1, -1, 0, 0)], crs="EPSG:5514")
    frame.to_file(path.parent / "OBCE_P.shp", encoding=encoding)
    with zipfile.ZipFile(path, "w") as pack:
        for suffix in ("shp", "shx", "dbf", "prj"):
            pack.write(path.parent / f"OBCE_P.{suffix}", f"1/OBCE_P.{suffix}")
        for suffix, content in members.items():
            pack.writestr(f"1/OBCE_P.{suffix}", content)
    return path


@pytest.mark.parametrize(
    ("encoding", "members"), [("utf-8", {"cpg": b"UTF-8"}), ("cp1250", {"cpg": b"1250"}), ("cp1250", {})]
)
def test_a_cpg_of_the_pack_is_honoured(tmp_path: Path, encoding: str, members: dict[str, bytes]) -> None:
    frame = _read("ruian-shp", _pack(tmp_path / "1.zip", encoding, **members)).frame
    assert frame["NAZEV"].tolist() == ["Žďárek"]


def test_a_truncated_pack_is_refused(mirror: Path, tmp_path: Path) -> None:
    path = tmp_path / "1.zip"
    path.write_bytes((mirror / RUIAN).read_bytes()[:100_000])
    with pytest.raises(SourceRefused, match=r"1\.zip: is not a whole zip"):
        _read("ruian-shp", path, "OBCE_P")


# ČSÚ


def test_code_lists_are_read_with_headers_in_either_case(mirror: Path, tmp_path: Path) -> None:
    original = mirror / "apl2.czso.cz/iSMS/do_cis_export__kodcis-43.csv"
    lower = _read("csu-codelist", original).frame
    head, _, body = original.read_text(encoding="utf-8").partition("\n")
    upper = _read("csu-codelist", _write(tmp_path / "a.csv", f"{head.upper()}\n{body}")).frame
    pd.testing.assert_frame_equal(lower, upper)
    assert len(lower) == 215
    assert lower.loc[0, "chodnota"] == "513890"


def test_municipal_statistics_are_text(mirror: Path) -> None:
    frame = _read("csu-mos", mirror / "opendata.csu.gov.cz/soubory/od/od_mos01/mos_data_2024.csv").frame
    assert (len(frame), list(frame.columns)) == (1287, ["rok", "kodukaz", "koduzemi", "hodnota"])
    assert frame.loc[0].tolist() == ["2024", "110350", "513890", "0"]


def test_municipal_statistics_forgive_a_blank_in_the_header_and_no_missing_column(tmp_path: Path) -> None:
    text = "rok,kodukaz,koduzemi,hodnota \n2021,1,563889,5\n"
    assert _read("csu-mos", _write(tmp_path / "a.csv", text)).frame["hodnota"].tolist() == ["5"]
    with pytest.raises(SourceRefused, match="has no column 'hodnota'; there are: rok, kodukaz, koduzemi, hodn"):
        _read("csu-mos", _write(tmp_path / "b.csv", text.replace("hodnota ", "hodn")))


@pytest.mark.parametrize(
    ("path", "count"),
    [("csu.gov.cz/docs/107516/130141r21/ds_130141r21.csv", 860), ("_originaly/csu/ds_160061.csv", 1149)],
)
def test_long_tables_are_read_whole(mirror: Path, path: str, count: int) -> None:
    frame = _read("csu-long", mirror / path).frame
    assert len(frame) == count
    assert frame["hodnota"].map(type).eq(str).all()


def test_an_empty_value_of_a_long_table_is_none_not_zero(tmp_path: Path) -> None:
    text = '"idhod";"hodnota";"vuzemi_kod"\n"1";;"563889"\n"2";"0";"563889"\n'
    assert _read("csu-long", _write(tmp_path / "a.csv", "\ufeff" + text)).frame["hodnota"].tolist() == [None, "0"]


def test_periods_come_one_after_the_other(tmp_path: Path) -> None:
    card = make_source("csu-mos", url="https://upstream.example/{period}.csv", periods=["2023", "2024"])
    paths = [_write(tmp_path / f"{year}.csv", f"rok,kodukaz,koduzemi,hodnota\n{year},1,2,3\n") for year in (2023, 2024)]
    assert read(card, paths).frame["rok"].tolist() == ["2023", "2024"]
    paths[1].write_text("rok,kodukaz,koduzemi,hodnota,pozn\n2024,1,2,3,x\n")
    with pytest.raises(SourceRefused, match=r"2024\.csv: its columns differ from those of 2023\.csv: pozn"):
        read(card, paths)


# ArcGIS


def test_geojson_csv_and_esri_json_of_the_hub_say_the_same(mirror: Path) -> None:
    found = [
        _read("arcgis-hub", mirror / POHOTOVOSTI / "geojson").frame,
        _read("arcgis-hub", mirror / POHOTOVOSTI / "csv").frame,
        _read("arcgis-featureserver", mirror / QUERY).frame,
    ]
    for frame in found:
        points = frame.to_crs("EPSG:5514").geometry
        assert points.distance(found[0].to_crs("EPSG:5514").geometry).max() < 0.1
        assert frame["nazev"].tolist() == found[0]["nazev"].tolist()
        assert frame["kod_obce"].astype(str).tolist() == found[0]["kod_obce"].astype(str).tolist()
    assert [crs_name(frame.crs) for frame in found] == ["OGC:CRS84", "OGC:CRS84", "EPSG:3857"]
    assert len(found[0]) == 12


def test_a_crs_member_of_3857_is_believed(mirror: Path) -> None:
    reading = _read("arcgis-hub", mirror / ZZS / "geojson")
    assert (len(reading.frame), crs_name(reading.frame.crs), reading.notes) == (14, "EPSG:3857", ())


def test_metres_without_a_crs_member_are_found_out_and_noted(mirror: Path, tmp_path: Path) -> None:
    content = json.loads((mirror / ZZS / "geojson").read_bytes())
    del content["crs"]
    reading = _read("arcgis-hub", _write(tmp_path / "geojson", content))
    assert crs_name(reading.frame.crs) == "EPSG:3857"
    assert [(note.code, note.count) for note in reading.notes] == [("web-mercator", 14)]


@pytest.mark.parametrize("reader", ["arcgis-hub", "arcgis-featureserver"])
def test_an_export_that_was_not_ready_is_refused(tmp_path: Path, reader: str) -> None:
    with pytest.raises(SourceRefused, match="the server says 'Pending'"):
        _read(reader, _write(tmp_path / "csv", {"status": "Pending", "message": "x"}))


def test_whole_numbers_with_gaps_stay_whole(tmp_path: Path) -> None:
    content = _collection(
        ({"kod_obce": 563889, "ico": "00262978"}, [15, 50.7]), ({"kod_obce": None, "ico": None}, [15, 50.8])
    )
    frame = _read("arcgis-hub", _write(tmp_path / "geojson", content)).frame
    assert str(frame["kod_obce"].dtype) == "Int64"
    assert frame["ico"].tolist() == ["00262978", None]


def test_dates_stay_text(tmp_path: Path) -> None:
    content = _collection(({"den": "2024-01-31", "cas": "2024-01-31T12:00:00"}, [15, 50.7]))
    frame = _read("vector", _write(tmp_path / "a.geojson", content)).frame
    assert frame["den"].tolist() == ["2024-01-31"]
    assert frame["cas"][0].startswith("2024-01-31T12:00:00")


def test_esri_rings_with_holes_become_polygons(tmp_path: Path) -> None:
    outer, hole = [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    content = {
        "geometryType": "esriGeometryPolygon",
        "spatialReference": {"wkid": 102067, "latestWkid": 5514},
        "fields": [{"name": "KOD", "type": "esriFieldTypeInteger"}],
        "features": [{"attributes": {"KOD": 1}, "geometry": {"rings": [outer, hole]}}, {"attributes": {"KOD": None}}],
    }
    frame = _read("arcgis-featureserver", _write(tmp_path / "query.json", content)).frame
    assert (crs_name(frame.crs), frame.geometry[0].area, frame.geometry[1]) == ("EPSG:5514", 80, None)
    lines = content | {
        "geometryType": "esriGeometryPolyline",
        "features": [{"attributes": {}, "geometry": {"paths": [[[0, 0], [3, 4]]]}}],
    }
    assert _read("arcgis-featureserver", _write(tmp_path / "query.json", lines)).frame.geometry[0].length == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            {"error": {"code": 400, "message": "Invalid query parameters"}},
            "is an error message: Invalid query parameters",
        ),
        ({"features": [{"attributes": {"A": 1}}], "exceededTransferLimit": True}, "is incomplete: 1 features"),
        ({"layers": []}, "has no 'features'"),
        ("<html>", "is not JSON"),
    ],
)
def test_an_answer_that_is_not_the_whole_is_refused(tmp_path: Path, content: object, said: str) -> None:
    with pytest.raises(SourceRefused, match=said):
        _read("arcgis-featureserver", _write(tmp_path / "query.json", content))


# Tables


def test_the_register_of_providers_has_points_and_no_persons(mirror: Path) -> None:
    frame = _read("nrpzs", mirror / NRPZS).frame
    west, south, east, north = frame.total_bounds
    assert (len(frame), crs_name(frame.crs)) == (24, "OGC:CRS84")
    assert (14 < west < east < 16, 50 < south < north < 51.1) == (True, True)
    assert [name for name in frame.columns if "zastupce" in name] == []


def test_a_table_has_points_where_the_card_says_so(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", "kod;X;Y\n01;15,05;50,77\n02;;\n")
    frame = _read("table", path, lon="X", lat="Y", decimal=",").frame
    assert frame.geometry[0] == shapely.Point(15.05, 50.77)
    assert frame.geometry[1] is None
    assert not isinstance(_read("table", path).frame, gpd.GeoDataFrame)


@pytest.mark.parametrize(("axes", "text"), [("lon-lat", "POINT (15 50)"), ("lat-lon", "POINT(50 15)")])
def test_wkt_is_read_in_the_stated_order(tmp_path: Path, axes: str, text: str) -> None:
    path = _write(tmp_path / "a.csv", f"kod,g\n1,{text}\n2,\n")
    frame = _read("table", path, wkt="g", wkt_axes=axes).frame
    assert (frame.geometry[0], frame.geometry[1]) == (shapely.Point(15, 50), None)


@pytest.mark.parametrize("columns", [("Souřadnice Y", "Souřadnice X"), ("Souřadnice X", "Souřadnice Y")])
def test_positive_krovak_of_addresses_becomes_5514(tmp_path: Path, columns: tuple[str, str]) -> None:
    path = _write(tmp_path / "a.csv", "Kód ADM;Souřadnice Y;Souřadnice X\n1;687908.78;973749.30\n2;;\n")
    reading = _read("table", path, crs="EPSG:5514", lon=columns[0], lat=columns[1])
    assert reading.frame.geometry[0] == shapely.Point(-687908.78, -973749.30)
    assert [(note.code, note.count) for note in reading.notes] == [("krovak-signs", 1)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"lon": "lon", "lat": "Y"}, "has no column 'lon'; allowed: X, Y, kod"),
        ({"lon": "X", "lat": "Y"}, "row 2: column 'X' has 'east', which is not a coordinate"),
        ({"wkt": "X"}, "row 1: column 'X' has '15', which is not WKT"),
    ],
)
def test_unreadable_coordinates_are_refused_with_the_row(tmp_path: Path, options: dict[str, str], said: str) -> None:
    with pytest.raises(SourceRefused, match=said):
        _read("table", _write(tmp_path / "a.csv", "kod,X,Y\n1,15,50\n2,east,50\n"), **options)


def _book(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_sheet_is_text_with_whole_numbers_whole(tmp_path: Path) -> None:
    rows = [[None, None], [" kod", "hodnota", "den"], [563889, 1.5, date(2024, 1, 31)], ["01", None, True]]
    frame = _read("xlsx", _book(tmp_path / "a.xlsx", ("List", rows)), decimal=",").frame
    assert frame.to_dict("records") == [
        {"kod": "563889", "hodnota": "1,5", "den": "2024-01-31"},
        {"kod": "01", "hodnota": None, "den": "true"},
    ]


def test_a_sheet_is_chosen_by_name_and_a_formula_is_not_evaluated(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", ("Úvod", [["text"]]), ("Data", [["a"], ["=1+1"]]))
    with pytest.raises(SourceRefused, match="has 2 tables; state 'table', one of: Úvod, Data"):
        _read("xlsx", path)
    with pytest.raises(SourceRefused, match="cell A2 is a formula without a saved result"):
        _read("xlsx", path, "Data")
    with pytest.raises(SourceRefused, match=r"is not a spreadsheet \(XLSX\)"):
        _read("xlsx", _write(tmp_path / "b.xlsx", "a,b"))


# Vector files


@pytest.mark.parametrize("name", ["a.gpkg", "a.fgb", "a.geojson", "a.shp", "a.shp.zip"])
def test_vector_formats_give_the_same(tmp_path: Path, name: str) -> None:
    frame = gpd.GeoDataFrame(
        {"nazev": ["Žďár", None], "pocet": pd.array([3, None], dtype="Int64")},
        geometry=gpd.points_from_xy([15, 15.1], [50.7, 50.8]),
        crs="EPSG:4326",
    )
    frame.to_file(tmp_path / name, encoding="utf-8") if ".shp" in name else frame.to_file(tmp_path / name)
    found = _read("vector", tmp_path / name).frame.sort_values("nazev", na_position="last", ignore_index=True)
    assert crs_name(found.crs) == "OGC:CRS84"
    assert found["nazev"].tolist() == ["Žďár", None]
    assert found["pocet"].astype("Int64").tolist() == [3, pd.NA]
    assert found.geometry.tolist() == frame.geometry.tolist()


@pytest.mark.parametrize(("name", "count"), [("silnice", 920), ("zeleznice", 604), ("reky", 226), ("vodni_plochy", 41)])
def test_packages_of_the_mirror_are_read(mirror: Path, name: str, count: int) -> None:
    assert len(_read("vector", mirror / f"geoportal.cuzk.cz/data200/{name}.gpkg").frame) == count


def test_a_crs_member_wins_and_a_card_fills_in_where_there_is_none(tmp_path: Path) -> None:
    krovak = _collection(({}, [-687908.78, -973749.3]), crs=_crs("urn:ogc:def:crs:EPSG::5514"))
    assert crs_name(_read("vector", _write(tmp_path / "a.geojson", krovak)).frame.crs) == "EPSG:5514"
    assert crs_name(_read("vector", tmp_path / "a.geojson", crs="EPSG:4326").frame.crs) == "EPSG:5514"
    del krovak["crs"]
    path = _write(tmp_path / "b.geojson", krovak)
    assert crs_name(_read("vector", path, crs="EPSG:5514").frame.crs) == "EPSG:5514"
    assert crs_name(_read("vector", path).frame.crs) == "OGC:CRS84"


def test_a_table_that_the_file_lacks_is_refused_naming_those_it_has(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=gpd.points_from_xy([15], [50]), crs="EPSG:4326")
    for layer in ("jedna", "dva"):
        frame.to_file(tmp_path / "a.gpkg", layer=layer)
    with pytest.raises(SourceRefused, match="has no table 'tri'; there are: jedna, dva"):
        _read("vector", tmp_path / "a.gpkg", "tri")
    with pytest.raises(SourceRefused, match="has 2 tables; state 'table'"):
        _read("vector", tmp_path / "a.gpkg")


def test_bytes_that_gdal_does_not_know_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"a\.gpkg: can't be opened"):
        _read("vector", _write(tmp_path / "a.gpkg", "nothing"))


def test_an_ogc_answer_is_read_and_a_page_of_it_refused(tmp_path: Path) -> None:
    content = _collection(({"a": 1}, [15, 50]), numberMatched=1, links=[{"rel": "self", "href": "x"}])
    assert len(_read("ogc", _write(tmp_path / "items", content)).frame) == 1
    content["links"] = [{"rel": "next", "href": "x"}]
    with pytest.raises(SourceRefused, match="is incomplete: 1 features and a link to the next page"):
        _read("ogc", _write(tmp_path / "items", content))
    with pytest.raises(SourceRefused, match="the service says: no such collection"):
        _read("ogc", _write(tmp_path / "items", {"code": "NotFound", "description": "no such collection"}))
    with pytest.raises(SourceRefused, match="exception report"):
        _read("ogc", _write(tmp_path / "wfs", "<ows:ExceptionReport/>"))
