"""The tiles of real layers, read back by libraries that took no part in writing them, beside the layers themselves."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pyogrio
import pytest
import shapely
from pmtiles.reader import MmapSource, Reader

from geoportal.settings import Settings
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Follower, Snapshot
from geoportal.snapshot.tileset import Tileset
from geoportal.tiling.grid import EXTENT, units_at, world_shapes
from tests.tiling.tiles import Piece, decode, pieces_of

LIMIT = 500_000


@pytest.fixture(scope="module")
def snapshot(built_settings: Settings) -> Snapshot:
    return Follower(built_settings.build)()


def pieces(tileset: Tileset, layer: str, zoom: int) -> list[Piece]:
    """Every feature of a layer at a zoom, in units of the zoom, with the tile that it is in."""
    return pieces_of(tileset.path, zoom).get(layer, [])


def layers(snapshot: Snapshot) -> Iterator[tuple[Collection, Tileset]]:
    for name, collection in snapshot.collections.items():
        yield collection, snapshot.tilesets[name]


def key_of(collection: Collection, feature: dict) -> str:  # type: ignore[type-arg]
    field = collection.card.id_field
    return str(feature["properties"][field] if field else feature["id"])


def in_units(collection: Collection) -> np.ndarray:
    """The source's geometries in units of zoom 14."""
    return shapely.transform(world_shapes(collection.columns.geometries), lambda xy: xy * units_at(14))


def own_part(shape: shapely.Geometry, tile: tuple[int, int]) -> shapely.Geometry:
    x, y = tile[0] * EXTENT, tile[1] * EXTENT
    return shape.intersection(shapely.box(x, y, x + EXTENT, y + EXTENT))


def test_no_feature_is_missing_at_the_deepest_zoom(snapshot: Snapshot) -> None:
    for collection, tileset in layers(snapshot):
        found = {key_of(collection, feature) for feature, _, _ in pieces(tileset, tileset.id, tileset.maxzoom)}
        assert len(found) == collection.count, tileset.id


def test_the_parts_in_their_tiles_put_together_are_the_feature(snapshot: Snapshot) -> None:
    for collection, tileset in layers(snapshot):
        if collection.geometry == "point":
            continue
        measure = shapely.area if collection.geometry == "polygon" else shapely.length
        shown: dict[str, float] = defaultdict(float)
        for feature, shape, tile in pieces(tileset, tileset.id, 14):
            shown[key_of(collection, feature)] += float(measure(own_part(shape, tile)))
        whole = measure(in_units(collection))
        for position, size in enumerate(whole.tolist()):
            fid = str(collection.feature(position)["id"])
            slack = 2 + 0.001 * size if collection.geometry == "line" else 2 * np.sqrt(size) + 0.001 * size
            assert shown[fid] == pytest.approx(size, abs=slack), (tileset.id, fid)


def test_no_polygon_crosses_itself_at_any_zoom(snapshot: Snapshot) -> None:
    for name in ("obce", "okresy", "zaklad"):
        tileset = snapshot.tilesets[name]
        for layer in tileset.layers:
            for zoom in (5, 8, 11, 14):
                held = [shape for _, shape, _ in pieces(tileset, layer["id"], zoom)]
                assert shapely.is_valid(held).all(), (name, layer["id"], zoom)


def test_neighbours_leave_neither_gap_nor_sliver_between_them(snapshot: Snapshot) -> None:
    tileset = snapshot.tilesets["obce"]
    for zoom in (7, 9, 11):
        by_tile = defaultdict(list)
        for _, shape, tile in pieces(tileset, "obce", zoom):
            by_tile[tile].append(shape)
        for tile, shapes in by_tile.items():
            whole = shapely.union_all(shapes)
            overlap = shapely.area(shapes).sum() - whole.area
            holes = sum(shapely.Polygon(ring).area for part in shapely.get_parts(whole) for ring in part.interiors)
            # A unit is a sixteenth of a pixel: what rounding at the edge of the buffer leaves can't be seen.
            assert overlap < 8, (zoom, tile)
            assert holes < 8, (zoom, tile)


def test_attributes_have_the_types_of_the_layer_and_codes_stay_text(snapshot: Snapshot) -> None:
    types = {"integer": int, "number": float, "boolean": bool}
    for collection, tileset in layers(snapshot):
        for feature, _, _ in pieces(tileset, tileset.id, tileset.maxzoom):
            for name, value in feature["properties"].items():
                assert type(value) is types.get(collection.fields[name].type, str), (tileset.id, name)


def test_attributes_are_those_of_the_feature(snapshot: Snapshot) -> None:
    for name in ("obce", "zzs"):
        collection, tileset = snapshot.collections[name], snapshot.tilesets[name]
        for feature, _, _ in pieces(tileset, name, tileset.maxzoom):
            position = collection.position(key_of(collection, feature))
            assert position is not None
            given = collection.feature(position)["properties"]
            assert feature["properties"] == {key: value for key, value in given.items() if value is not None}


def test_official_codes_that_are_numbers_are_the_ids_and_all_codes_stay_attributes(snapshot: Snapshot) -> None:
    for feature, _, _ in pieces(snapshot.tilesets["obce"], "obce", 10):
        assert str(feature["id"]) == feature["properties"]["kod"]  # type: ignore[index]
    for feature, _, _ in pieces(snapshot.tilesets["okresy"], "okresy", 10):
        assert not feature.get("id")
        assert str(feature["properties"]["kod"]).startswith("CZ051")  # type: ignore[index]


def test_no_tile_is_larger_than_its_card_allows(snapshot: Snapshot) -> None:
    for tileset in snapshot.tilesets.values():
        assert tileset.entry["largest"] <= LIMIT
        assert tileset.entry["dropped"] == {}


def test_each_obec_has_one_label_inside_it_and_the_seats_come_first(snapshot: Snapshot) -> None:
    tileset, obce = snapshot.tilesets["zaklad"], snapshot.collections["obce"]
    found = {f["properties"]["kod"]: own_part(s, t) for f, s, t in pieces(tileset, "sidla", 14) if own_part(s, t)}
    assert len(found) == obce.count
    for position, shape in enumerate(in_units(obce)):
        assert shape.buffer(1).contains(found[obce.feature(position)["id"]])
    seats = {f["properties"]["nazev"]: f["properties"]["druh"] for f, _, _ in pieces(tileset, "sidla", 5)}
    assert seats == {"Liberec": "kraj", "Česká Lípa": "okres", "Jablonec nad Nisou": "okres", "Semily": "okres"}


def test_labels_are_ranked_by_population(snapshot: Snapshot) -> None:
    held = [f["properties"] for f, _, _ in pieces(snapshot.tilesets["zaklad"], "sidla", 14)]
    ranked = sorted({(p["poradi"], p["nazev"], p["obyvatel"]) for p in held})
    assert ranked[0][1] == "Liberec"
    assert [place for place, _, _ in ranked] == list(range(1, 216))
    people = [count for _, _, count in ranked]
    assert people == sorted(people, reverse=True)


def test_the_borders_of_the_basemap_are_as_long_as_those_of_the_layers(snapshot: Snapshot) -> None:
    """Each once: the outer ones and those between obce add up to half of all the obce's outlines and the kraj's."""
    shown: dict[str, float] = defaultdict(float)
    for feature, shape, tile in pieces(snapshot.tilesets["zaklad"], "hranice", 14):
        shown[str(feature["properties"]["uroven"])] += own_part(shape, tile).length  # type: ignore[index]

    def outline(name: str) -> float:
        return float(shapely.length(in_units(snapshot.collections[name])).sum())

    assert shown["kraj"] == pytest.approx(outline("kraj"), rel=0.002)
    assert shown["kraj"] + shown["okres"] == pytest.approx((outline("okresy") + outline("kraj")) / 2, rel=0.002)
    assert sum(shown.values()) == pytest.approx((outline("obce") + outline("kraj")) / 2, rel=0.002)


def test_the_archive_says_what_it_holds_and_whose_it_is(snapshot: Snapshot) -> None:
    for tileset in snapshot.tilesets.values():
        with tileset.path.open("rb") as file:
            reader = Reader(MmapSource(file))
            metadata, header = reader.metadata(), reader.header()
        assert metadata["vector_layers"] == tileset.layers
        assert metadata["attribution"] == tileset.attribution
        assert metadata["schematic"] is tileset.schematic
        assert ("Schematické hranice" in metadata["description"]) is tileset.schematic
        assert metadata["licence"]
        assert metadata["date"]
        assert header["clustered"]
        assert [header["min_lon_e7"] / 1e7, header["max_lat_e7"] / 1e7] == pytest.approx(
            [tileset.bounds[0], tileset.bounds[3]]
        )


def test_what_is_said_of_a_layer_is_what_its_tiles_hold(snapshot: Snapshot) -> None:
    tileset = snapshot.tilesets["zaklad"]
    seen = defaultdict(set)
    for zoom in range(tileset.minzoom, tileset.maxzoom + 1):
        for layer in tileset.layers:
            if pieces(tileset, layer["id"], zoom):
                seen[layer["id"]].add(zoom)
    for layer in tileset.layers:
        assert seen[layer["id"]] == set(range(layer["minzoom"], layer["maxzoom"] + 1)), layer["id"]
        used = {name for feature, _, _ in pieces(tileset, layer["id"], 14) for name in feature["properties"]}
        assert used <= set(layer["fields"])


def test_layers_that_are_not_there_are_named_with_the_reason(snapshot: Snapshot) -> None:
    absent = {entry["layer"]: entry["reason"] for entry in snapshot.tilesets["zaklad"].entry["absent"]}
    assert "lesy" in absent
    assert all(absent.values())
    shown = {layer["id"] for layer in snapshot.tilesets["zaklad"].layers}
    assert shown >= {"kraj", "hranice", "sidla"}
    assert not shown & set(absent)


def test_gdal_reads_the_archive(snapshot: Snapshot) -> None:
    tileset = snapshot.tilesets["obce"]
    frame = pyogrio.read_dataframe(tileset.path, layer="obce", ZOOM_LEVEL="9")
    assert set(frame["kod"]) == {feature["id"] for feature in snapshot.collections["obce"].features()}
    assert frame.crs.to_epsg() == 3857
    box = shapely.box(*tileset.bounds).buffer(0.02)
    assert box.contains(shapely.box(*frame.to_crs(4326).total_bounds)) or snapshot.schematic


def test_a_tile_is_json_free_protobuf_of_version_two(snapshot: Snapshot) -> None:
    tile = snapshot.tilesets["zaklad"].tile(9, 277, 171)
    assert tile is not None
    assert {layer["version"] for layer in decode(tile).values()} == {2}
    assert json.dumps(decode(tile), default=str)
    assert gzip.decompress(tile)[0] == 0x1A
