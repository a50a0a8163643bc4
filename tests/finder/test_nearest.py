from __future__ import annotations

import numpy as np
import pyproj
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoportal.finder.nearest import NearestIndex
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower

GEOD = pyproj.Geod(ellps="WGS84")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.floats(14.2, 15.9), st.floats(50.3, 51.2))
def test_the_nearest_are_those_of_the_geodesic_truth(facts_settings: Settings, lon: float, lat: float) -> None:
    held = Follower(facts_settings.build)()
    services = [collection for collection in held.collections.values() if collection.service]
    points = np.concatenate([collection.points for collection in services])
    truth = np.sort(GEOD.inv(np.full(len(points), lon), np.full(len(points), lat), *points.T)[2])[:3]
    found = [one.distance_m for one in NearestIndex(services).nearest(lon, lat, 3)]
    assert np.allclose(found, truth)


def test_more_than_there_are_gives_all_there_are(facts_settings: Settings) -> None:
    zzs = Follower(facts_settings.build)().collections["zzs"]
    assert len(NearestIndex([zzs]).nearest(15, 50.7, 50)) == zzs.count


def test_an_index_of_nothing_finds_nothing() -> None:
    assert NearestIndex([]).nearest(15, 50.7, 3) == []
