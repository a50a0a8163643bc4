"""Another region runs the service with nothing but its own cards and files: two okresy of two square obce each."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.build import build
from geoportal.cards import load_inventory
from geoportal.intake.fetch import fetch
from geoportal.settings import Settings
from tests.conftest import ROOT
from tests.squares import box, frame, point

SITE = """
title = { cs = "Mapy Čtverečkova" }
[publisher]
name = "Čtverečkov"
ico = "00000000"
iri = "https://example.org/publisher"
[region]
name = { cs = "Čtverečkov" }
code = "K"
iri = "https://example.org/region"
bounds = [14.9, 50.7, 15.2, 50.8]
[hub]
name = { cs = "Portál Čtverečkova" }
url = "https://hub.example.org/"
[territory]
crosswalk = ["units"]
[[themes]]
id = "vse"
title = { cs = "Všechno" }
"""
SOURCE = """
title = { cs = "Čtverce" }
publisher = "Čtverečkov"
url = "https://data.example.org/%s"
reader = "%s"
attribution = "© Čtverečkov"
date = "2024"
licence = { name = "CC0" }
"""
CROSSWALK = '[crosswalk]\nlevel_column = "level"\ncode = "kod"\nname = "nazev"\n'
LEVEL = """
title = { cs = "%s" }
description = { cs = "Čtverce." }
theme = "vse"
geometry = "polygon"
id_field = "kod"
label = "nazev"
expected = %d
territory = { level = "%s"%s }
[fields]
kod = { title = { cs = "Kód" }, type = "code" }
nazev = { title = { cs = "Název" } }
%s
[[from]]
source = "%s"
"""
PARENTS = ', parents = { okres = "kod_okresu", kraj = "kod_kraje" }'
PARENT_FIELDS = (
    'kod_okresu = { title = { cs = "Okres" }, type = "code" }\nkod_kraje = { title = { cs = "Kraj" }, type = "code" }'
)
POPULATION = """
title = { cs = "Obyvatelé" }
description = { cs = "Počet." }
theme = "vse"
unit = { cs = "osob" }
measure = "count"
aggregate = "sum"
[[from]]
source = "population"
code = "kod"
value = "osob"
period_value = "2024"
"""
WELLS = """
title = { cs = "Studny" }
description = { cs = "Body." }
theme = "vse"
geometry = "point"
label = "nazev"
locate = true
id_field = "nazev"
service = true
[fields]
nazev = { title = { cs = "Název" } }
kod_obce = { title = { cs = "Obec" }, type = "code" }
[[from]]
source = "wells"
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    home, mirror = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("mirror")
    write_files(mirror / "data.example.org")
    write_cards(home)
    (home / "static").symlink_to(ROOT / "static")
    settings = Settings(home=home, data=tmp_path_factory.mktemp("data"), mirror=str(mirror))
    results = fetch(load_inventory(home).sources.values(), settings)
    assert {result.status for result in results} == {"new"}
    build(settings)
    return create_app(settings).test_client()


def write_files(folder: Path) -> None:
    folder.mkdir()
    obce = frame(
        [box(0, 0), box(1, 0), box(0, 1), box(1, 1)], kod=list("ABCD"), nazev=["Alfa", "Beta", "Gama", "Delta"]
    )
    obce["kod_okresu"], obce["kod_kraje"] = ["W", "E", "W", "E"], "K"
    obce.to_file(folder / "obce.gpkg")
    for name, by in (("okresy", "kod_okresu"), ("kraj", "kod_kraje")):
        merged = obce.dissolve(by).reset_index()[[by, "geometry"]].rename(columns={by: "kod"})
        merged.assign(nazev=merged["kod"]).to_file(folder / f"{name}.gpkg")
    units = [("obec", code) for code in "ABCD"] + [("okres", "W"), ("okres", "E"), ("kraj", "K")]
    rows = "".join(f"{level},{code},{code}\n" for level, code in units)
    (folder / "units.csv").write_text("level,kod,nazev\n" + rows)
    (folder / "population.csv").write_text("kod;osob\nA;1\nB;2\nC;4\nX;9\n")
    gpd.GeoDataFrame(frame([point(0.5, 0.5), point(1, 0.5)], nazev=["Stará", "Nová"])).to_file(folder / "wells.gpkg")


def write_cards(home: Path) -> None:
    for name in ("data/sources", "layers/indicators"):
        (home / name).mkdir(parents=True)
    (home / "geoportal.toml").write_text(SITE)
    readers = {"units.csv": "table", "population.csv": "table", "wells.gpkg": "vector"}
    readers |= {f"{name}.gpkg": "vector" for name in ("obce", "okresy", "kraj")}
    for file, reader in readers.items():
        crosswalk = CROSSWALK if file == "units.csv" else ""
        (home / f"data/sources/{file.split('.')[0]}.toml").write_text(SOURCE % (file, reader) + crosswalk)
    (home / "layers/obce.toml").write_text(LEVEL % ("Obce", 4, "obec", PARENTS, PARENT_FIELDS, "obce"))
    (home / "layers/okresy.toml").write_text(LEVEL % ("Okresy", 2, "okres", "", "", "okresy"))
    (home / "layers/kraj.toml").write_text(LEVEL % ("Kraj", 1, "kraj", "", "", "kraj"))
    (home / "layers/studny.toml").write_text(WELLS)
    (home / "layers/indicators/obyvatele.toml").write_text(POPULATION)


def test_layers_and_levels_are_the_regions_own(client: FlaskClient) -> None:
    ids = [one["id"] for one in client.get("/collections").get_json()["collections"]]
    assert ids == ["kraj", "obce", "okresy", "studny"]


def test_values_aggregate_over_the_levels_that_there_are(client: FlaskClient) -> None:
    rows = client.get("/indicators/obyvatele/values?level=okres").get_json()["values"]
    assert {row["code"]: (row["value"], row["status"]) for row in rows} == {"W": (5, "ok"), "E": (2, "incomplete")}


def test_points_are_located(client: FlaskClient) -> None:
    wells = client.get("/collections/studny/items").get_json()["features"]
    assert {one["properties"]["nazev"]: one["properties"]["kod_obce"] for one in wells} == {"Stará": "A", "Nová": "A"}


@pytest.mark.parametrize("path", ["/?f=html", "/mapa/vrstvy", "/mapa/indikatory", "/mapa/pohotovosti", "/o-datech"])
@pytest.mark.parametrize("language", ["cs", "en"])
def test_every_page_works_and_names_no_other_region(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, text
    assert "Čtverečkov" in text
    assert "https://hub.example.org/" in text
    assert "Liberec" not in text
