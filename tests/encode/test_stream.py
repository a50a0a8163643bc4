from __future__ import annotations

import numpy as np
import orjson
import pytest

from geoportal.cards import FieldCard
from geoportal.crs import KROVAK
from geoportal.encode import stream
from geoportal.encode.indicators import ExtraColumn
from geoportal.encode.stream import features_with, stream_geojsonseq
from geoportal.schema import Text
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot

FIELD = FieldCard(title=Text(cs="Počet"), type="integer")


def test_stream_of_everything_is_the_prepared_file(snapshot: Snapshot) -> None:
    obce = snapshot.collections["obce"]
    whole = b"".join(stream_geojsonseq(obce, np.arange(obce.count)))
    assert whole == (obce.folder / "obce.geojsonseq").read_bytes()


def test_pieces_are_bounded(squares: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "PIECE", 500)
    pieces = list(stream_geojsonseq(squares, np.array([0, 1, 2] * 20)))
    longest = max(len(feature) for feature in features_with(squares, np.arange(3)))
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 500 + longest + 2


def test_records_are_parted_as_rfc_8142_says(squares: Collection) -> None:
    records = b"".join(stream_geojsonseq(squares, np.array([2, 0]))).split(b"\x1e")
    assert records[0] == b""
    assert [orjson.loads(record)["id"] for record in records[1:]] == ["003", "001"]
    assert all(record.endswith(b"}\n") for record in records[1:])


def test_nothing_found_is_an_empty_stream(squares: Collection) -> None:
    assert list(stream_geojsonseq(squares, np.array([], dtype=int))) == []


@pytest.mark.parametrize("crs", ["OGC:CRS84", KROVAK])
def test_extra_columns_follow_the_properties_of_each_feature(squares: Collection, crs: str) -> None:
    columns = {"pocet_2024": ExtraColumn(FIELD, (12, None), "©", "CC0")}
    positions = np.array([2, 0])
    first, second = (orjson.loads(feature) for feature in features_with(squares, positions, crs, columns))
    assert (first["id"], first["properties"]["pocet_2024"]) == ("003", 12)
    assert (second["id"], second["properties"]["pocet_2024"]) == ("001", None)
    plain = orjson.loads(squares.feature_bytes(2, crs))
    assert {name: first["properties"][name] for name in plain["properties"]} == plain["properties"]
    assert list(first["properties"])[-1] == "pocet_2024"
    assert first["geometry"] == plain["geometry"]
