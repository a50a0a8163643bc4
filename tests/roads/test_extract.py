"""A finer network than the official one, as an extract of OpenStreetMap would be: a source and a card, no code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pytest

from geoportal.build.roads import BuiltRoads
from geoportal.settings import Settings
from tests.roads.conftest import join

SOURCE = """
title = { cs = "Ulice" }
publisher = "Přispěvatelé"
file = "data/facts/ulice.geojson"
reader = "vector"
attribution = "© přispěvatelé"
date = "2026"
licence = { name = "ODbL" }
"""
CARD = """
title = { cs = "Ulice", en = "Streets" }
description = { cs = "Ulice.", en = "Streets." }
theme = "doprava"
geometry = "line"
label = "name"

[fields]
name = { title = { cs = "Název", en = "Name" } }
highway = { title = { cs = "Druh", en = "Kind" } }
oneway = { title = { cs = "Směr", en = "Direction" } }

[network]
class_field = "highway"
oneway_field = "oneway"
note = { cs = "Odhad.", en = "An estimate." }
access = { kmh = 5, reason = { cs = "pěšky", en = "on foot" } }

[network.speeds]
residential = { kmh = 36, reason = { cs = "v obci", en = "in town" } }

[[from]]
source = "ulice"
"""
# A block in Liberec, driven round one way: south from the corner A, then east, north and west; and a footpath across.
A, B, C, D = (15.050, 50.770), (15.050, 50.765), (15.060, 50.765), (15.060, 50.770)
WAYS = [
    ("Jižní", "residential", "yes", [A, B]), ("Východní", "residential", "-1", [C, B]),
    ("Severní", "residential", None, [C, D]), ("Západní", "residential", "yes", [D, A]),
    ("Pěšina", "footway", None, [A, C]),
]  # fmt: skip


@pytest.fixture
def roads(home: Path, tmp_path: Path) -> BuiltRoads:
    """The roads of a home with a coarse network and an extract of a finer one."""
    features = [
        {"type": "Feature", "properties": {"name": name, "highway": kind, "oneway": oneway},
         "geometry": {"type": "LineString", "coordinates": corners}}
        for name, kind, oneway, corners in WAYS
    ]  # fmt: skip
    (home / "data/facts/ulice.geojson").write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}))
    (home / "data/sources/ulice.toml").write_text(SOURCE, encoding="utf-8")
    (home / "layers/ulice.toml").write_text(CARD, encoding="utf-8")
    official = home / "layers/silnice.toml"  # the coarse network, which comes first in the alphabet, is at hand too
    text = official.read_text(encoding="utf-8").replace("expected = [500, 3000]", "expected = 5")
    text = (
        text[: text.index("[[from]]")] + '[[from]]\nsource = "ulice"\nrename = { name = "cislo", highway = "trida" }\n'
    )
    official.write_text(text, encoding="utf-8")
    country = join(Settings(home=home, data=tmp_path / "data"))
    assert country.problems == []
    assert isinstance(country.roads, BuiltRoads)
    return country.roads


def test_streets_of_a_finer_extract_are_the_network(roads: BuiltRoads) -> None:
    assert roads.layer.id == "ulice"
    assert not roads.card.coarse
    assert len(roads.network.lines) == 4
    assert {note.code: note.count for note in roads.notes}["not-driven"] == 1


def test_one_way_streets_are_driven_as_they_say(roads: BuiltRoads) -> None:
    # In the order of the ways: along, against (so from B to C), both ways, along.
    allowed = np.isfinite(roads.network.seconds)
    assert sorted(map(tuple, allowed.tolist())) == [(False, True), (True, False), (True, False), (True, True)]
    assert np.nanmax(roads.network.seconds[allowed]) == pytest.approx(71, abs=1)  # 706 m at 10 m/s


def test_services_far_from_the_streets_are_counted_and_out_of_reach(roads: BuiltRoads) -> None:
    far = np.isinf(roads.places.access_m)
    assert {note.code: note.count for note in roads.notes}["far-service"] == far.sum() > 0
    assert np.isinf(roads.from_units[:, far]).mean() > 0.9
