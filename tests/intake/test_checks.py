from __future__ import annotations

import json
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiPoint, MultiPolygon, Point, Polygon, box

from geoportal.crs import crs_name
from geoportal.errors import Problems
from geoportal.intake.readers import read
from geoportal.intake.reading import Reading

from .conftest import make_source
from .test_readers import POHOTOVOSTI, QUERY, RUIAN, ZZS

Examine = Callable[..., Reading]
LIBEREC, JABLONEC = Point(15.0584, 50.7699), Point(15.17, 50.72)
NAMED = {"nazev": "text"}
CODED = {"nazev": "text", "kod": "code"}


def _frame(geometry: list[Any], crs: str | None = "EPSG:4326", **columns: list[Any]) -> gpd.GeoDataFrame:
    columns = columns or {"nazev": [f"Místo {number}" for number in range(len(geometry))]}
    made = {
        name: pd.Series(values, dtype=object if any(isinstance(v, str) for v in values) else None)
        for name, values in columns.items()
    }
    return gpd.GeoDataFrame(made, geometry=geometry, crs=crs)


def _notes(reading: Reading) -> dict[str, int]:
    return {note.code: note.count for note in reading.notes}


def _refused(examine: Examine, *args: Any, **more: Any) -> list[str]:
    with pytest.raises(Problems) as caught:
        examine(*args, **more)
    return caught.value.problems


# Fields


def test_a_sound_layer_is_in_5514_with_its_fields_in_order(examine: Examine) -> None:
    frame = _frame([LIBEREC], KOD=["563889"], NAZEV=["Liberec"], jine=["x"])
    reading = examine(frame, CODED, entry={"rename": {"KOD": "kod", "NAZEV": "nazev"}}, id_field="kod")
    assert list(reading.frame.columns) == ["nazev", "kod", "geometry"]
    assert crs_name(reading.frame.crs) == "EPSG:5514"
    assert reading.frame.geometry[0].distance(Point(-687908.78, -973749.30)) < 0.02
    assert reading.notes == ()


def test_columns_become_the_declared_types(examine: Examine) -> None:
    frame = _frame(
        [LIBEREC, JABLONEC],
        kod=[563889.0, None],
        pocet=["1 250", None],
        podil=["3,5", None],
        ano=["Ano", "0"],
        den=["31. 1. 2024", "2024-02-01T00:00:00Z"],
        web=["www.kraj-lbc.cz", "javascript:alert(1)"],
        telefon=[" 485 226 111 ", None],
        cislo=pd.array([7, None], dtype="Int64"),
    )
    kinds = {
        "kod": "code",
        "pocet": "integer",
        "podil": "number",
        "ano": "boolean",
        "den": "date",
        "web": "url",
        "telefon": "phone",
        "cislo": "text",
    }
    reading = examine(frame, kinds, source=make_source(read={"decimal": ","}))
    rows = reading.frame.drop(columns="geometry").astype(object).where(lambda cell: cell.notna(), None)
    assert rows.loc[0].tolist() == [
        "563889",
        1250,
        3.5,
        True,
        "2024-01-31",
        "http://www.kraj-lbc.cz",
        "485 226 111",
        "7",
    ]
    assert rows.loc[1].tolist() == [None, None, None, False, "2024-02-01", None, None, None]
    assert [str(reading.frame[name].dtype) for name in ("pocet", "podil", "ano")] == ["Int64", "Float64", "boolean"]
    assert _notes(reading) == {"date-repaired": 1, "url-repaired": 2}


def test_a_code_that_became_a_decimal_is_text_again_and_noted(examine: Examine) -> None:
    reading = examine(_frame([LIBEREC] * 3, nazev=["a", "b", "c"], kod=["563889.0", "00262978", "1.5"]), CODED)
    assert reading.frame["kod"].tolist() == ["563889", "00262978", "1.5"]
    assert _notes(reading) == {"code-repaired": 1}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.5"),
        ("integer", "mnoho"),
        ("number", "1,926,906"),
        ("boolean", "možná"),
        ("date", "2024-02-30"),
        ("date", "loni"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_row(examine: Examine, kind: str, value: str) -> None:
    frame = _frame([LIBEREC, JABLONEC], nazev=["Liberec", "Jablonec"], X=[None, value])
    assert _refused(examine, frame, {"nazev": "text", "x": kind}, entry={"rename": {"X": "x"}}) == [
        f"pramen.csv: row 2 (Jablonec): column 'X' has '{value}', not a {kind}"
    ]


def test_a_field_that_no_column_fills_is_empty_and_noted_and_a_constant_fills_one(examine: Examine) -> None:
    reading = examine(_frame([LIBEREC]), {**NAMED, "druh": "text", "pozn": "text"}, entry={"values": {"druh": "zzs"}})
    assert reading.frame.loc[0, ["druh", "pozn"]].tolist() == ["zzs", None]
    assert [(note.code, note.count, note.examples) for note in reading.notes] == [("no-column", 1, ("pozn",))]


def test_a_column_that_the_card_names_and_the_file_lacks_is_refused(examine: Examine) -> None:
    assert _refused(
        examine, _frame([LIBEREC]), CODED, entry={"rename": {"NAZEV": "nazev"}, "keep": {"Platnost": "1"}}
    ) == [
        "pramen.csv: has no column 'Platnost'; allowed: nazev",
        "pramen.csv: has no column 'NAZEV'; allowed: nazev",
    ]


def test_rows_are_kept_by_value_and_by_expression(examine: Examine) -> None:
    frame = _frame([LIBEREC] * 4, nazev=["Nemocnice A", "Lékárna", "Nemocnice B", "Nemocnice C"], Platnost=[1, 1, 0, 1])
    entry = {"keep": {"Platnost": "1"}, "match": {"nazev": "^Nemocnice (A|B)"}}
    assert examine(frame, NAMED, entry=entry).frame["nazev"].tolist() == ["Nemocnice A"]
    assert (
        "no row is left: column 'Platnost' has no value equal to '2'; it has: 1, 0"
        in _refused(examine, frame, NAMED, entry={"keep": {"Platnost": "2"}})[0]
    )
    assert (
        "has no value that matches '^X'; it has: Nemocnice A"
        in _refused(examine, frame, NAMED, entry={"match": {"nazev": "^X"}})[0]
    )


# Encoding


@pytest.mark.parametrize(
    "spoil",
    [
        lambda name: name.encode("cp1250").decode("latin-1"),
        lambda name: name.encode("utf-8").decode("cp1250", "replace"),
        lambda name: name.encode("utf-8").decode("latin-1"),
        lambda name: name.encode("cp1250").decode("utf-8", "replace"),
    ],
)
def test_text_decoded_wrongly_is_refused_with_column_row_and_example(
    examine: Examine, spoil: Callable[[str], str]
) -> None:
    names = ["Liberec", "Žďárek", "Příšovice"]
    (problem,) = _refused(examine, _frame([LIBEREC] * 3, nazev=[spoil(name) for name in names]), NAMED)
    assert problem.startswith(
        f"pramen.csv: column 'nazev': row 2 has {spoil('Žďárek')!r}, which was decoded wrongly (2 rows"
    )


def test_utf_8_that_was_read_as_a_western_encoding_is_refused(examine: Examine) -> None:
    spoilt = "Nová".encode().decode("cp1252")
    assert f"row 1 has {spoilt!r}" in _refused(examine, _frame([LIBEREC], nazev=[spoilt]), NAMED)[0]


@pytest.mark.parametrize("name", ["VÍŠKA", "NÍŽKOV", "Größenwahn", "Łódź", "Kožlí – „Háj“", "Mírová pod Kozákovem"])
def test_rightly_decoded_names_pass(examine: Examine, name: str) -> None:
    assert examine(_frame([LIBEREC], nazev=[name]), NAMED).notes == ()


def test_a_foreign_letter_among_czech_names_is_noted_but_not_among_municipalities(examine: Examine) -> None:
    frame = _frame([LIBEREC, JABLONEC], nazev=["Caffè Nero", "Žďárek"], kod=["1", "2"])
    assert _notes(examine(frame, CODED)) == {"letters": 1}
    assert "decoded wrongly" in _refused(examine, frame, CODED, id_field="kod", territory={"level": "obec"})[0]


# Place


def test_a_crs_that_disagrees_with_the_card_is_refused(examine: Examine) -> None:
    (problem,) = _refused(examine, _frame([LIBEREC]), NAMED, source=make_source(read={"crs": "EPSG:5514"}))
    assert problem == "pramen.csv: is in OGC:CRS84, its source card says EPSG:5514; one of them is wrong"


def test_a_card_gives_the_crs_that_a_file_does_not_say(examine: Examine) -> None:
    frame = _frame([Point(-687908.78, -973749.30)], crs=None)
    assert len(examine(frame, NAMED, source=make_source(read={"crs": "EPSG:5514"})).frame) == 1
    assert _refused(examine, frame, NAMED) == ["pramen.csv: says no CRS; state 'crs' in the source card"]


def test_southing_and_westing_are_refused(examine: Examine) -> None:
    assert "EPSG:5513" in _refused(examine, _frame([Point(973749, 687908)], crs="EPSG:5513"), NAMED)[0]


def test_a_table_without_geometry_is_no_layer(examine: Examine) -> None:
    assert "has no geometry; state 'lon'" in _refused(examine, Reading(pd.DataFrame({"nazev": ["a"]})), NAMED)[0]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:5514", "EPSG:3857"])
def test_swapped_axes_are_put_right_and_counted(examine: Examine, crs: str) -> None:
    right = _frame([LIBEREC, JABLONEC, LIBEREC]).to_crs(crs)
    turned = right.set_geometry(right.geometry.map(lambda point: Point(point.y, point.x)), crs=crs)
    mixed = pd.concat([turned.iloc[:2], right.iloc[2:]])
    reading = examine(mixed, NAMED)
    assert _notes(reading) == {"swapped": 2}
    assert reading.notes[0].examples == ("řádek 1 (Místo 0)", "řádek 2 (Místo 1)")
    assert reading.frame.geometry[0].distance(reading.frame.geometry[2]) < 0.01


def test_metres_that_claim_to_be_degrees_are_put_right(examine: Examine) -> None:
    right = _frame([LIBEREC, JABLONEC])
    reading = examine(right.to_crs("EPSG:3857").set_crs("EPSG:4326", allow_override=True), NAMED)
    assert _notes(reading) == {"web-mercator": 2}
    assert reading.frame.geometry[0].distance(examine(right, NAMED).frame.geometry[0]) < 0.1


def test_krovak_that_claims_to_be_degrees_is_refused_with_a_hint(examine: Examine) -> None:
    frame = _frame([LIBEREC, JABLONEC]).to_crs("EPSG:5514").set_crs("EPSG:4326", allow_override=True)
    (problem,) = _refused(examine, frame, NAMED)
    assert "2 of 2 features lie outside the region's box (14.3, 50.4, 15.8, 51.1)" in problem
    assert "(read as EPSG:5514 they would lie in it); row 1 (Místo 0), row 2 (Místo 1)" in problem


def test_a_few_features_elsewhere_are_left_out_and_most_of_them_refused(examine: Examine) -> None:
    brno = Point(16.6, 49.2)
    reading = examine(_frame([LIBEREC, brno, JABLONEC]), NAMED)
    assert (len(reading.frame), _notes(reading), reading.notes[0].examples) == (
        2,
        {"outside": 1},
        ("řádek 2 (Místo 1)",),
    )
    assert list(reading.frame.index) == [0, 1]
    assert "2 of 3 features lie outside" in _refused(examine, _frame([brno, brno, LIBEREC]), NAMED)[0]


def test_a_national_layer_that_is_cut_to_the_region_may_lie_mostly_elsewhere(examine: Examine) -> None:
    brno = Point(16.6, 49.2)
    assert _notes(examine(_frame([brno, brno, LIBEREC]), NAMED, region="within")) == {"outside": 2}
    assert "wrong CRS or wrong region" in _refused(examine, _frame([brno, brno]), NAMED, region="within")[0]


def test_coordinates_that_are_no_numbers_leave_nothing(examine: Examine) -> None:
    reading = examine(_frame([LIBEREC, Point(np.nan, 50), Point(np.inf, 50)]), NAMED)
    assert (_notes(reading), len(reading.frame)) == ({"not-finite": 2, "empty": 2}, 1)


# Geometry


def _square(size: float = 0.01) -> Polygon:
    return box(15, 50.7, 15 + size, 50.7 + size)


def test_a_third_dimension_is_dropped(examine: Examine) -> None:
    reading = examine(_frame([Point(15.05, 50.77, 400), JABLONEC]), NAMED)
    assert _notes(reading) == {"3d": 1}
    assert not shapely.has_z(reading.frame.geometry.to_numpy()).any()


def test_an_empty_geometry_is_left_out_of_points_and_refused_in_the_territory(examine: Examine) -> None:
    reading = examine(_frame([LIBEREC, None, Point()]), NAMED)
    assert (_notes(reading), len(reading.frame)) == ({"empty": 2}, 1)
    frame = _frame([_square(), None], nazev=["Liberec", "Jablonec"], kod=["1", "2"])
    problems = _refused(examine, frame, CODED, "polygon", id_field="kod", territory={"level": "obec"})
    assert problems == ["pramen.csv: has no geometry in row 2 (2)"]


def test_an_invalid_polygon_is_repaired_without_losing_area(examine: Examine) -> None:
    bow = Polygon([(15, 50.7), (15.02, 50.72), (15.02, 50.7), (15, 50.72)])
    reading = examine(_frame([bow]), NAMED, "polygon")
    assert _notes(reading) == {"invalid": 1}
    found = reading.frame.geometry[0]
    whole = examine(_frame([_square(0.02)]), NAMED, "polygon").frame.geometry[0]
    assert (found.is_valid, found.geom_type) == (True, "MultiPolygon")
    assert found.area == pytest.approx(whole.area / 2, rel=1e-3)


def test_a_polygon_that_is_only_a_line_is_empty_after_repair(examine: Examine) -> None:
    flat = Polygon([(15, 50.7), (15.02, 50.7), (15, 50.7)])
    reading = examine(_frame([flat, _square()]), NAMED, "polygon")
    assert (_notes(reading), len(reading.frame)) == ({"invalid": 1, "empty": 1}, 1)


def test_parts_of_the_kind_are_taken_out_of_collections(examine: Examine) -> None:
    mixed = GeometryCollection([_square(), LIBEREC, GeometryCollection([box(15.1, 50.7, 15.2, 50.8)])])
    reading = examine(_frame([mixed, GeometryCollection([_square(), LIBEREC])]), NAMED, "polygon")
    assert reading.frame.geom_type.tolist() == ["MultiPolygon", "MultiPolygon"]
    assert [len(geometry.geoms) for geometry in reading.frame.geometry] == [2, 1]
    assert _notes(reading) == {"collection": 2, "multi": 1}


def test_single_and_multiple_are_harmonised(examine: Examine) -> None:
    reading = examine(_frame([_square(), MultiPolygon([_square()])]), NAMED, "polygon")
    assert (reading.frame.geom_type.tolist(), _notes(reading)) == (["MultiPolygon"] * 2, {"multi": 1})
    reading = examine(_frame([LIBEREC, MultiPoint([JABLONEC])]), NAMED)
    assert (reading.frame.geom_type.tolist(), _notes(reading)) == (["Point"] * 2, {"multi": 1})
    assert (
        "several in row 2 (Místo 1)" in _refused(examine, _frame([LIBEREC, MultiPoint([LIBEREC, JABLONEC])]), NAMED)[0]
    )


def test_a_foreign_type_is_refused(examine: Examine) -> None:
    line = LineString([LIBEREC, JABLONEC])
    assert _refused(examine, _frame([_square(), line]), NAMED, "polygon") == [
        "pramen.csv: a layer of kind 'polygon' can't hold LineString: row 2 (Místo 1)"
    ]


# Identity


def test_the_same_row_twice_is_kept_once_and_different_rows_are_refused(examine: Examine) -> None:
    frame = _frame([LIBEREC, LIBEREC, JABLONEC], nazev=["a", "a", "b"], kod=["1", "1", "2"])
    reading = examine(frame, CODED, id_field="kod")
    assert (reading.frame["kod"].tolist(), _notes(reading)) == (["1", "2"], {"duplicate": 1})
    frame.loc[1, "nazev"] = "c"
    assert _refused(examine, frame, CODED, id_field="kod") == ["pramen.csv: 'kod' repeats in rows that differ: 1"]
    moved = _frame([LIBEREC, JABLONEC], nazev=["a", "a"], kod=["1", "1"])
    assert _refused(examine, moved, CODED, id_field="kod") == ["pramen.csv: 'kod' repeats in rows that differ: 1"]


def test_an_empty_id_is_refused_with_its_row(examine: Examine) -> None:
    frame = _frame([LIBEREC, JABLONEC], nazev=["a", "b"], kod=["1", None])
    assert _refused(examine, frame, CODED, id_field="kod") == ["pramen.csv: 'kod' is empty in row 2 (b)"]


def test_another_count_than_expected_is_refused(examine: Examine) -> None:
    frame = _frame([LIBEREC, JABLONEC])
    assert len(examine(frame, NAMED, expected=[1, 2]).frame) == 2
    assert _refused(examine, frame, NAMED, expected=3) == ["pramen.csv: layer 'vrstva': expected 3, found 2"]
    assert _refused(examine, frame, NAMED, expected=[3, 9]) == [
        "pramen.csv: layer 'vrstva': expected from 3 to 9, found 2"
    ]
    assert len(examine(frame, NAMED, expected=1, region="within").frame) == 2


def test_everything_that_is_wrong_is_told_at_once(examine: Examine) -> None:
    frame = _frame([LIBEREC, _square(), JABLONEC], nazev=["Èeská", "b", "c"], kod=["1", "1", None])
    problems = _refused(examine, frame, CODED, id_field="kod", expected=9)
    assert [re.sub(r" in .*|: (?=row).*", "", problem) for problem in problems] == [
        "pramen.csv: column 'nazev'",
        "pramen.csv: a layer of kind 'point' can't hold Polygon",
        "pramen.csv: 'kod' is empty",
        "pramen.csv: layer 'vrstva': expected 9, found 2",
    ]


# The mirror, whole and spoilt


def _obce(pack: Path) -> Reading:
    return read(make_source("ruian-shp"), [pack], "OBCE_P")


OBCE: dict[str, Any] = {
    "fields": {"nazev": "text", "kod": "code", "kod_orp": "code"},
    "geometry": "polygon",
    "entry": {"rename": {"NAZEV": "nazev", "KOD": "kod", "ORP_KOD": "kod_orp"}},
    "id_field": "kod",
    "expected": 215,
    "territory": {"level": "obec", "parents": {"orp": "kod_orp"}},
}


def _spoilt_pack(mirror: Path, target: Path, spoil: Callable[[bytes], bytes], member: str = "1/OBCE_P.dbf") -> Path:
    with zipfile.ZipFile(mirror / RUIAN) as original, zipfile.ZipFile(target, "w") as pack:
        for name in original.namelist():
            content = original.read(name)
            pack.writestr(name, spoil(content) if name == member else content)
    return target


def test_the_municipalities_of_the_mirror_are_whole(mirror: Path, examine: Examine) -> None:
    reading = examine(_obce(mirror / RUIAN), **OBCE)
    assert (len(reading.frame), reading.frame["kod"].nunique(), reading.frame["kod_orp"].nunique()) == (215, 215, 10)
    assert reading.frame.geometry.area.sum() / 1e6 == pytest.approx(3163.58, abs=0.01)
    assert {"Žďárek", "Příšovice"} <= set(reading.frame["nazev"])


def test_municipalities_in_another_encoding_are_refused(mirror: Path, tmp_path: Path, examine: Examine) -> None:
    frame = _obce(mirror / RUIAN).frame
    for encoding in ("utf-8", "cp852"):
        frame.to_file(tmp_path / "OBCE_P.shp", encoding=encoding)
        with zipfile.ZipFile(tmp_path / "1.zip", "w") as pack:
            for suffix in ("shp", "shx", "dbf", "prj"):
                pack.write(tmp_path / f"OBCE_P.{suffix}", f"1/OBCE_P.{suffix}")
        problems = _refused(examine, _obce(tmp_path / "1.zip"), **OBCE)
        assert any("column 'NAZEV': row" in problem and "decoded wrongly" in problem for problem in problems), encoding


def test_a_municipality_that_is_there_twice_is_refused(mirror: Path, tmp_path: Path, examine: Examine) -> None:
    def copy_second_code(dbf: bytes) -> bytes:
        header, length = struct.unpack("<HH", dbf[8:12])
        first, second = header + 1, header + length + 1
        return dbf[:first] + dbf[second : second + 6] + dbf[first + 6 :]

    pack = _spoilt_pack(mirror, tmp_path / "1.zip", copy_second_code)
    assert "pramen.csv: 'kod' repeats in rows that differ: 514161" in _refused(examine, _obce(pack), **OBCE)


def test_a_municipality_that_is_missing_is_refused(mirror: Path, examine: Examine) -> None:
    reading = _obce(mirror / RUIAN)
    without = reading.noting(frame=reading.frame.iloc[:-1])
    assert _refused(examine, without, **OBCE) == ["pramen.csv: layer 'vrstva': expected 215, found 214"]


def test_a_dropped_column_is_refused_naming_those_present(mirror: Path, examine: Examine) -> None:
    reading = _obce(mirror / RUIAN)
    problems = _refused(examine, reading.noting(frame=reading.frame.drop(columns="ORP_KOD")), **OBCE)
    assert problems == [
        "pramen.csv: has no column 'ORP_KOD'; did you mean 'OKRES_KOD'? allowed: KOD, LAU1_KOD, NAZEV, NUTS3_KOD, "
        "OKRES_KOD, POU_KOD, VUSC_KOD"
    ]


@pytest.mark.parametrize(
    ("reader", "path"),
    [("arcgis-hub", f"{POHOTOVOSTI}/geojson"), ("arcgis-hub", f"{POHOTOVOSTI}/csv"), ("arcgis-featureserver", QUERY)],
)
def test_pohotovosti_are_twelve_however_they_come(mirror: Path, examine: Examine, reader: str, path: str) -> None:
    fields = {"nazev": "text", "kod_obce": "code", "www": "url"}
    reading = examine(
        read(make_source(reader), [mirror / path]), fields, entry={"keep": {"Platnost": "1"}}, expected=12
    )
    assert (reading.notes, reading.frame.loc[0, "kod_obce"]) == ((), "563889")


def test_swapped_geojson_of_the_mirror_is_put_right(mirror: Path, tmp_path: Path, examine: Examine) -> None:
    content = json.loads((mirror / POHOTOVOSTI / "geojson").read_bytes())
    for feature in content["features"]:
        feature["geometry"]["coordinates"].reverse()
    (tmp_path / "geojson").write_text(json.dumps(content))
    reading = examine(read(make_source("arcgis-hub"), [tmp_path / "geojson"]), NAMED)
    right = examine(read(make_source("arcgis-hub"), [mirror / POHOTOVOSTI / "geojson"]), NAMED)
    assert _notes(reading) == {"swapped": 12}
    assert reading.frame.geometry.distance(right.frame.geometry).max() < 0.01


def test_ambulance_bases_lie_where_their_csv_says(mirror: Path, examine: Examine) -> None:
    found = examine(read(make_source("arcgis-hub"), [mirror / ZZS / "geojson"]), NAMED, expected=14).frame
    told = examine(read(make_source("arcgis-hub"), [mirror / ZZS / "csv"]), NAMED, expected=14).frame
    assert found.geometry.distance(told.geometry).max() < 0.2
