from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest
from lxml import etree

from geoportal.encode import LayerContent
from geoportal.snapshot.reader import Snapshot
from tests.encode.squares_layer import NAMES, content, written

K = "{http://www.opengis.net/kml/2.2}"


def parsed(tmp_path: Path, kind: str = "polygon") -> ET.Element:
    return ET.fromstring(written("kml", tmp_path, content(kind)).read_bytes())


@cache
def standard() -> etree.XMLSchema:
    """The XML Schema of KML 2.2 (OGC 07-147r2), which fastkml brings along."""
    package = find_spec("fastkml")
    assert package is not None
    assert package.origin is not None
    return etree.XMLSchema(etree.parse(Path(package.origin).with_name("schema") / "ogckml22.xsd"))


def offences(path: Path) -> list[str]:
    standard().validate(etree.parse(path))
    return [f"{error.line}: {error.message}" for error in standard().error_log]


@pytest.mark.parametrize(
    "layer",
    [content("point"), content("line"), content("polygon"), replace(content(), card=None)],
    ids=["point", "line", "polygon", "without a style"],
)
def test_a_file_is_valid_by_the_schema_of_the_standard(layer: LayerContent, tmp_path: Path) -> None:
    path = written("kml", tmp_path, layer)
    assert offences(path) == []
    path.write_text(path.read_text(encoding="utf-8").replace('id="ctverce.002"', 'id="2"'), encoding="utf-8")
    assert "'2' is not a valid value" in " ".join(offences(path))


def test_every_layer_of_a_snapshot_is_valid_by_it(snapshot: Snapshot) -> None:
    held = snapshot.collections.values()
    found = {one.id: offences(one.folder / f"{one.id}.kml") for one in held if "kml" in one.files}
    assert {name: told for name, told in found.items() if told} == {}
    assert "obce" in found


def test_placemarks_have_names_and_fall_back_to_the_id(tmp_path: Path) -> None:
    names = [name.text for name in parsed(tmp_path).iterfind(f".//{K}Placemark/{K}name")]
    assert names == [NAMES[0], "002", NAMES[2]]


def test_markup_in_values_and_titles_is_escaped(tmp_path: Path) -> None:
    text = written("kml", tmp_path).read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    titles = [title.text for title in ET.fromstring(text).iter(f"{K}displayName")]
    assert titles[:3] == ["Kód obce", "Název & <značka>", "Podíl lesů (%)"]


def test_unknown_values_are_left_out_and_empty_ones_stay(tmp_path: Path) -> None:
    placemarks = parsed(tmp_path).findall(f".//{K}Placemark")
    values = [{d.get("name"): d.text for d in mark.iter(f"{K}SimpleData")} for mark in placemarks]
    assert values[0] == {
        "kod": "001", "nazev": NAMES[0], "podil": "1.5", "pocet": "7", "platne": "1", "den": "2024-02-29",
        "okamzik": "2024-02-29T12:30:00Z", "poznamka": None,
    }  # fmt: skip
    assert values[1] == {"kod": "002"}
    assert values[2]["poznamka"] == "-5"  # a character that XML forbids is gone


def test_identifiers_are_distinct_names_that_begin_with_a_letter(tmp_path: Path) -> None:
    ids = [mark.get("id", "") for mark in parsed(tmp_path).iter(f"{K}Placemark")]
    assert ids == ["ctverce.001", "ctverce.002", "ctverce.003"]


def test_colours_stand_blue_first_behind_the_opacity(tmp_path: Path) -> None:
    layer = content(style={"colour": "water", "order": 20})
    root = ET.fromstring(written("kml", tmp_path, layer).read_bytes())
    assert [colour.text for colour in root.iter(f"{K}color")] == ["ffb07f2f", "ffb07f2f", "59b07f2f"]


@pytest.mark.parametrize("kind", ["point", "line", "polygon"])
def test_gdal_reads_geometries_holes_and_parts_included(kind: str, tmp_path: Path) -> None:
    back = pyogrio.read_dataframe(written("kml", tmp_path, content(kind)))
    expected = content(kind).frame
    assert back["kod"].tolist() == expected["kod"].tolist()
    assert back.geometry.force_2d().geom_equals_exact(expected.geometry.reset_index(drop=True), 1e-9).all()
