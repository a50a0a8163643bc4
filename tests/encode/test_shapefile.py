from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from tests.encode.squares_layer import content, written
from tests.squares import box, point


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def test_archive_holds_the_parts_the_encoding_and_a_readme(tmp_path: Path) -> None:
    held = members(written("shp", tmp_path))
    assert sorted(held) == ["README.txt", *(f"ctverce.{part}" for part in ("cpg", "dbf", "prj", "shp", "shx"))]
    assert held["ctverce.cpg"] == b"UTF-8"
    assert b"Krovak" in held["ctverce.prj"]
    assert tuple(held["ctverce.dbf"][1:4]) == (100, 1, 1)  # years since 1900, month, day: not those of today


def test_readme_maps_short_names_to_full_ones_and_names_the_source(tmp_path: Path) -> None:
    fields = {"ordinacni_hodiny_pondeli": {"title": {"cs": "Pondělí"}}, "kod": {"title": {"cs": "Kód"}, "type": "code"}}
    layer = content(fields=fields, label="kod")
    for frame in (layer.frame, layer.frame_5514):
        frame["ordinacni_hodiny_pondeli"] = "8-16"
    readme = members(written("shp", tmp_path, layer))["README.txt"].decode("utf-8-sig")
    assert "Zdroj: © Pokus\r\nPodmínky užití: CC0\r\nStav k: 2024\r\n" in readme
    assert "ordinacni_  ordinacni_hodiny_pondeli  Pondělí\r\n" in readme
    assert gpd.read_file(tmp_path / "ctverce.shp.zip")["ordinacni_"].tolist() == ["8-16"] * 3


def test_fields_keep_their_types_as_far_as_dbf_has_them(tmp_path: Path) -> None:
    back = gpd.read_file(written("shp", tmp_path), columns=["podil", "pocet", "platne"])
    assert back["podil"].tolist()[::2] == [1.5, -3.25]
    assert back["pocet"].tolist()[::2] == [7, -1]
    assert back["platne"].tolist()[::2] == [1, 0]
    assert back.iloc[1][["podil", "pocet", "platne"]].isna().all()


def test_long_texts_are_cut_between_letters_and_counted(tmp_path: Path) -> None:
    layer = content()
    layer.frame_5514["nazev"] = ["a" + "ž" * 200, "a" * 254, None]
    path = written("shp", tmp_path, layer)
    assert gpd.read_file(path)["nazev"].tolist()[:2] == ["a" + "ž" * 126, "a" * 254]
    assert "Zkráceno na 254 bajtů: 1 textů" in members(path)["README.txt"].decode("utf-8-sig")


@pytest.mark.parametrize(
    ("shapes", "files"),
    [
        ([box(0, 0), point(0, 0), shapely.LineString([point(0, 0), point(1, 1)])], {"bod", "linie", "plocha"}),
        ([box(0, 0), shapely.MultiPolygon([box(1, 0), box(3, 0)])], {""}),
        ([point(0, 0), shapely.MultiPoint([point(1, 0), point(2, 0)])], {""}),
    ],
)
def test_mixed_geometries_are_parted_by_dimension_only(
    shapes: list[shapely.Geometry], files: set[str], tmp_path: Path
) -> None:
    path = written("shp", tmp_path, content(shapes=shapes))
    names = {f"ctverce_{part}" if part else "ctverce" for part in files}
    assert {name[:-4] for name in members(path) if name.endswith(".shp")} == names
    back = [pyogrio.read_dataframe(f"/vsizip/{path}/{name}.shp") for name in sorted(names)]
    assert sorted(code for part in back for code in part["kod"]) == ["001", "002", "003"][: len(shapes)]
