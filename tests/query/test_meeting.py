from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoportal.crs import CRS84, PublishedCrs, find_published, project_geometries
from geoportal.query.items import ItemsQuery, find
from geoportal.query.meeting import box_around, boxes_meeting, meeting
from geoportal.settings import Settings
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Follower

CODES = [4326, 5514, 3857, 3045, 4258]


@pytest.fixture(scope="module", params=["obce", "zzs"])
def collection(request: pytest.FixtureRequest, facts_settings: Settings) -> Collection:
    """Polygons, and points in cells."""
    return Follower(facts_settings.build)().collections[request.param]


@pytest.fixture(params=CODES)
def crs(request: pytest.FixtureRequest) -> PublishedCrs:
    found = find_published(f"[EPSG:{request.param}]")
    assert found
    return found


def in_degrees(crs: PublishedCrs) -> bool:
    return crs.name in (CRS84, "EPSG:4258")


def test_a_shape_meets_what_it_meets_after_all_geometries_are_moved(collection: Collection, crs: PublishedCrs) -> None:
    moved = project_geometries(collection.columns.geometries, CRS84, crs.name)
    west, south, east, north = shapely.total_bounds(moved)
    rng = np.random.default_rng(7)
    for _ in range(20):
        x, y = rng.uniform((west, south), (east, north), (2, 2)).T
        box = shapely.box(min(x), min(y), max(x), max(y))
        triangle = shapely.Polygon([(x[0], y[0]), (x[1], y[0]), (x[1], y[1])])
        for shape in (box, triangle):
            expected = np.flatnonzero(shapely.intersects(moved, shape))
            assert meeting(collection, shape, crs).tolist() == expected.tolist()


@pytest.mark.parametrize("size", [7e6, 1e8, 1e12])
def test_a_box_far_larger_than_the_country_meets_everything(
    collection: Collection, crs: PublishedCrs, size: float
) -> None:
    box = (-180.0, -90.0, 180.0, 90.0) if in_degrees(crs) else (-size, -size, size, size)
    assert len(find(collection, ItemsQuery(bbox=box, bbox_crs=crs))) == collection.count


def test_a_box_on_the_other_side_of_the_world_meets_nothing(collection: Collection, crs: PublishedCrs) -> None:
    shape = shapely.box(100, -50, 110, -40) if in_degrees(crs) else shapely.box(3e7, 3e7, 4e7, 4e7)
    assert meeting(collection, shape, crs).tolist() == []
    assert boxes_meeting(collection, shape, crs).tolist() == []


def test_boxes_meet_at_least_where_shapes_do(collection: Collection, crs: PublishedCrs) -> None:
    moved = project_geometries(collection.columns.geometries, CRS84, crs.name)
    shape = shapely.centroid(moved[0]).buffer(0.01 if in_degrees(crs) else 1000)
    assert set(meeting(collection, shape, crs)) <= set(boxes_meeting(collection, shape, crs))
    assert box_around(collection, shapely.Polygon(), crs) is None
