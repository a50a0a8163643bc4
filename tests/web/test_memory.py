"""What a worker loads: neither pandas nor GDAL for pages of features, filters, boxes and values."""

from __future__ import annotations

import os
import subprocess
import sys

from geoportal.settings import Settings

ASK = """
import sys
from geoportal.app import create_app
client = create_app().test_client()
for path in sys.argv[1:]:
    answer = client.get(path, buffered=True)
    assert answer.status_code == 200, (path, answer.get_data())
print(*sorted({"pandas", "geopandas", "pyogrio", "openpyxl", "requests"} & set(sys.modules)))
"""
PATHS = (
    "/?f=json", "/collections", "/collections/obce/items?limit=5", "/collections/obce/items?bbox=15,50.7,15.1,50.8",
    "/collections/obce/items?filter=nazev LIKE 'L%25' AND kod_okresu='CZ0513'&sortby=-nazev",
    "/collections/obce/items?kod_orp=5105", "/collections/zzs/items?filter=S_INTERSECTS(geometry,BBOX(15,50,16,51))",
    "/collections/obce/items?crs=http://www.opengis.net/def/crs/EPSG/0/3857&properties=nazev",
    "/collections/obce/items?indicators=obyvatel&limit=3", "/layers/obce.gpkg", "/nearest?lon=15&lat=50.7",
    "/search?q=librec", "/hledani?q=librec",
    "/indicators/obyvatel/values?level=okres", "/indicators/obyvatel/values?f=xlsx", "/obec/563889.xlsx",
    "/mapa/vrstvy", "/mapa/indikatory", "/mapa/pohotovosti",
    "/analyzy/odlehle?ukazatel=nezamestnanost", "/analyzy/sousede?kod=563889",
    "/analyses/change?indicator=obyvatel&f=xlsx",
    "/collections/obce?f=html", "/collections/obce/items?f=html", "/api?f=html",
    "/analyzy/dostupnost", "/analyses/reach?f=xlsx", "/analyzy/oblast?misto=Turnov",
    "/analyses/area?lon=15&lat=50.7&f=xlsx",
)  # fmt: skip


def test_a_worker_answers_all_of_this_without_the_builds_libraries(facts_settings: Settings) -> None:
    env = {**os.environ, "GEOPORTAL_HOME": str(facts_settings.home), "GEOPORTAL_DATA": str(facts_settings.data)}
    command = [sys.executable, "-c", ASK, *PATHS]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
