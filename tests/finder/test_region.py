"""Whether a position is in the region, by cells and by the boundary itself."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoportal.finder.region import CELLS, Region

SHAPE = shapely.Polygon(
    [(14.3, 50.5), (14.6, 50.45), (15.1, 50.6), (15.6, 50.5), (15.5, 50.9), (15.0, 51.05), (14.4, 50.8)],
    holes=[[(14.9, 50.7), (15.0, 50.7), (15.0, 50.8), (14.9, 50.8)]],
)
OUTLINES = {"one": SHAPE, "apart": shapely.union(shapely.box(14, 50, 14.5, 50.5), shapely.box(15, 50.6, 15.7, 51))}
REGIONS = {name: Region(outline) for name, outline in OUTLINES.items()}


@settings(max_examples=300)
@given(st.sampled_from(sorted(REGIONS)), st.floats(13.9, 15.8), st.floats(49.9, 51.2))
def test_it_holds_what_its_outline_holds(which: str, lon: float, lat: float) -> None:
    assert REGIONS[which].holds(lon, lat) == bool(shapely.intersects_xy(OUTLINES[which], lon, lat))


@pytest.mark.parametrize("which", sorted(REGIONS))
def test_it_holds_its_edge_and_the_corners_of_its_cells_as_the_outline_does(which: str) -> None:
    outline, region = OUTLINES[which], REGIONS[which]
    corners = shapely.get_coordinates(outline).tolist()
    west, south, east, north = outline.bounds
    grid = np.meshgrid(np.linspace(west, east, CELLS + 1), np.linspace(south, north, CELLS + 1))
    corners += np.column_stack([part.ravel() for part in grid]).tolist()
    told = [region.holds(*corner) for corner in corners]
    assert told == shapely.intersects_xy(outline, *np.transpose(corners)).tolist()
    assert set(told) == {True, False}


def test_most_of_a_region_is_told_without_asking_the_boundary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapely, "intersects_xy", lambda *_: pytest.fail("the boundary was asked"))
    assert REGIONS["one"].holds(14.7, 50.7)
    assert not REGIONS["one"].holds(0.0, 50.7)
