from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pytest

from geoportal.snapshot.features import FeatureFile

NUMBERS = [b"10", b"200", b"3000", b"4"]


@pytest.fixture
def file(tmp_path: Path) -> FeatureFile:
    """Four features in a file that goes on behind them, as GeoJSON does."""
    path, offsets = tmp_path / "x.geojson", tmp_path / "x.npy"
    path.write_bytes(b'{"features":[' + b",".join(NUMBERS) + b"]}")
    np.save(offsets, 13 + np.cumsum([0, *(len(number) + 1 for number in NUMBERS)]))
    return FeatureFile(path, offsets)


@pytest.mark.parametrize("positions", [[], [0], [3], [0, 1, 2, 3], [3, 0], [3, 2, 1, 0], [1, 3, 0, 2], [2, 3, 0, 1]])
def test_features_are_joined_in_any_order(file: FeatureFile, positions: list[int]) -> None:
    joined = orjson.loads(b"[" + file.some(np.array(positions, dtype=np.int64)) + b"]")
    assert joined == [int(NUMBERS[position]) for position in positions]
    assert [file.one(position) for position in positions] == [NUMBERS[position] for position in positions]
