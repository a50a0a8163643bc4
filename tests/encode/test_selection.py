from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geoportal.cards import FieldCard
from geoportal.encode import Format, LayerContent, formats, get_format, write_selection
from geoportal.encode.about import in_words
from geoportal.encode.indicators import ExtraColumn, indicator_columns
from geoportal.encode.selection import content_of
from geoportal.schema import Text
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot

EVERY = pytest.mark.parametrize("form", formats(), ids=lambda form: form.name)
ROUNDED = ("gpkg", "shp")  # in EPSG:5514, of which a selection has the millimetres and the build what it measured


@pytest.mark.parametrize("form", [f for f in formats() if f.name not in ROUNDED], ids=lambda form: form.name)
def test_everything_selected_is_the_file_of_the_build(form: Format, squares: Collection, tmp_path: Path) -> None:
    everything = content_of(squares, np.arange(squares.count))
    path = tmp_path / f"chosen.{form.extension}"
    write_selection(form, path, everything)
    assert path.read_bytes() == (squares.folder / f"{squares.id}.{form.extension}").read_bytes()


@pytest.mark.parametrize("name", ["csv", "geojson", "jsonfg", "kml", "parquet", "xlsx"])
def test_everything_selected_of_real_layers_is_the_file_of_the_build(
    name: str, snapshot: Snapshot, tmp_path: Path
) -> None:
    form = get_format(name)
    for layer_id in ("obce", "pohotovosti", "zzs"):
        held = snapshot.collections[layer_id]
        path = tmp_path / f"{layer_id}.{form.extension}"
        write_selection(form, path, content_of(held, np.arange(held.count)))
        assert path.read_bytes() == (held.folder / path.name).read_bytes(), layer_id


@pytest.mark.parametrize("name", ROUNDED)
def test_everything_selected_differs_from_the_build_by_less_than_a_millimetre(
    name: str, snapshot: Snapshot, tmp_path: Path
) -> None:
    held, form = snapshot.collections["obce"], get_format(name)
    path = tmp_path / f"obce.{form.extension}"
    write_selection(form, path, content_of(held, np.arange(held.count)))
    options = {"layer": "obce"} if name == "gpkg" else {}
    ours, built = (gpd.read_file(file, **options) for file in (path, held.folder / path.name))
    pd.testing.assert_frame_equal(ours.drop(columns="geometry"), built.drop(columns="geometry"))
    assert ours.normalize().geom_equals_exact(built.normalize(), 0.001).all()


def test_features_come_in_the_order_asked_for(squares: Collection, layer: LayerContent) -> None:
    chosen = content_of(squares, np.array([2, 0]))
    assert chosen.frame.index.tolist() == chosen.frame_5514.index.tolist() == ["003", "001"]
    expected = layer.frame_5514.geometry.iloc[[2, 0]].normalize()
    assert chosen.frame_5514.geometry.normalize().geom_equals_exact(expected, 0.001).all()
    assert chosen.frame_5514.crs == "EPSG:5514"


@EVERY
def test_no_feature_can_be_written_in_any_format(form: Format, squares: Collection, tmp_path: Path) -> None:
    write_selection(form, tmp_path / f"none.{form.extension}", content_of(squares, np.array([], dtype=int)))


def test_features_without_a_code_keep_their_numbers(snapshot: Snapshot) -> None:
    numbered = [held for held in snapshot.collections.values() if held.card.id_field is None]
    for held in numbered:
        chosen = content_of(held, np.array([4, 0]))
        assert chosen.frame.index.tolist() == [held.feature(4)["id"], held.feature(0)["id"]]
    assert numbered or snapshot.schematic  # the facts alone have no such layer


def test_selection_of_drawn_boundaries_says_so(snapshot: Snapshot) -> None:
    chosen = content_of(snapshot.collections["obce"], np.array([0]))
    assert ("schematic" in chosen.about) == snapshot.schematic
    assert ("Upozornění" in dict(in_words(chosen.about))) == snapshot.schematic


def test_extra_columns_bring_their_field_and_their_source(squares: Collection, tmp_path: Path) -> None:
    field = FieldCard(title=Text(cs="Obyvatel, 2024"), type="integer", unit="osob")
    extra = {"obyvatel_2024": ExtraColumn(field, (12, None), "© Úřad", "CC BY")}
    chosen = content_of(squares, np.array([2, 0]), extra)
    assert chosen.fields["obyvatel_2024"] == field
    assert chosen.about["attribution"] == "© Pokus; © Úřad"
    assert chosen.about["licence"] == "CC0; CC BY"
    write_selection(get_format("gpkg"), tmp_path / "x.gpkg", chosen)
    values = gpd.read_file(tmp_path / "x.gpkg", layer="ctverce").set_index("kod")["obyvatel_2024"]
    assert values["003"] == 12
    assert pd.isna(values["001"])


def test_download_with_indicators_has_a_number_for_each_unit(snapshot: Snapshot, tmp_path: Path) -> None:
    held = snapshot.collections["obce"]
    period = snapshot.indicators["obyvatel"].periods("obec")[-1]
    positions = np.arange(held.count)
    columns = indicator_columns(snapshot, held, positions, [("obyvatel", period)])
    write_selection(get_format("csv"), tmp_path / "obce.csv", content_of(held, positions, columns))
    table = pd.read_csv(tmp_path / "obce.csv", dtype={"kod": str})
    official = {row.code: row.value for row in snapshot.indicators["obyvatel"].values("obec", period)}
    written = dict(zip(table["kod"], table[f"obyvatel_{period}"].astype(object), strict=True))
    assert {code: None if pd.isna(value) else value for code, value in written.items()} == official
