from __future__ import annotations

import re

import numpy as np
import pytest
import shapely

from geoportal.crs import PublishedCrs, published
from geoportal.encode.geojson import texts_of
from geoportal.encode.page import encode_page
from geoportal.snapshot.reader import Snapshot


def test_numbers_are_as_short_as_they_can_be_read_back() -> None:
    points = np.array([shapely.Point(14.504969, -50.5), shapely.Point(15, 3e-9)])
    assert texts_of(points) == [
        b'{"type":"Point","coordinates":[14.504969,-50.5]}',
        b'{"type":"Point","coordinates":[15.0,3e-09]}',
    ]


@pytest.mark.parametrize("crs", published().values(), ids=list(published()))
def test_no_coordinate_has_more_decimals_than_its_crs_wants(snapshot: Snapshot, crs: PublishedCrs) -> None:
    for name in ("obce", "okresy", "pohotovosti"):
        held = snapshot.collections[name]
        page = encode_page(held, np.arange(held.count), crs)
        geometries = b"".join(re.findall(rb'"geometry":(.*?),"properties"', page))
        longest = max(len(decimals) for decimals in re.findall(rb"\d\.(\d+)", geometries))
        assert longest <= crs.decimals
