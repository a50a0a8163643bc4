"""The recipes of the pages, run as a user would who copied them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import urllib.request
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import needs

pytestmark = pytest.mark.client


def recipe(live: str, layer: str, client: str) -> str:
    """The recipe as it stands on the layer's page."""
    request = urllib.request.Request(f"{live}/collections/{layer}", headers={"Accept": "text/html"})
    with urllib.request.urlopen(request) as answer:
        html = answer.read().decode()
    found = re.search(rf'<code data-client="{client}"[^>]*>(.*?)</code>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def test_the_recipe_for_ogr2ogr_writes_the_whole_layer_in_krovak(live: str, tmp_path: Path) -> None:
    import geopandas as gpd

    command = shlex.split(recipe(live, "obce", "ogr2ogr"))
    subprocess.run([needs(command[0]), *command[1:]], cwd=tmp_path, check=True, timeout=60)
    copied = gpd.read_file(tmp_path / "obce.gpkg")
    assert len(copied) == 215
    assert copied.crs == "EPSG:5514"


def test_the_recipe_for_geopandas_runs(live: str) -> None:
    code = recipe(live, "zzs", "geopandas") + "\nassert len(zzs) == 14 and zzs.crs == 5514"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, timeout=60)


# What QGIS's own console has: an interface that adds a layer to the project.
CONSOLE = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer

application = QgsApplication([], False)
application.initQgis()

class iface:
    @staticmethod
    def addVectorLayer(uri, name, provider):
        layer = QgsVectorLayer(uri, name, provider)
        print(layer.isValid(), layer.name(), sum(1 for _ in layer.getFeatures()))

exec(sys.argv[1])
sys.stdout.flush()
__import__("os")._exit(0)
"""


def test_the_recipe_for_qgis_adds_the_whole_layer(
    live: str, python_of_qgis: Path, qgis_environment: dict[str, str]
) -> None:
    command = [python_of_qgis, "-c", CONSOLE, recipe(live, "zzs", "qgis")]
    done = subprocess.run(command, env=qgis_environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.split()[0] == "True", done.stderr
    assert done.stdout.split()[-1] == "14"


def test_the_recipe_for_r_reads_the_layer_and_plots_it(live: str, tmp_path: Path) -> None:
    code = recipe(live, "zzs", "r") + "\nstopifnot(nrow(zzs) == 14, st_crs(zzs)$epsg == 5514)\n"
    command = [needs("Rscript"), "--vanilla", "-e", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "Rplots.pdf").stat().st_size > 1000
