"""An installed wheel works as the checkout does."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package as the wheel would install it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(installed: Path, data: Path, *arguments: str) -> str:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "GEOPORTAL_DATA": str(data)}
    command = [sys.executable, "-P", "-m", "geoportal", *arguments]
    done = subprocess.run(command, env=env, cwd=data, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_builds_and_lists_what_it_brought(installed: Path, tmp_path: Path) -> None:
    assert "vrstva   obce" in run(installed, tmp_path, "build", "--no-fetch")
    assert run(installed, tmp_path, "layers").count("\n") >= 8


def test_the_wheel_holds_the_content_and_the_pages_assets_but_no_fetched_data(installed: Path) -> None:
    home = installed / "geoportal" / "home"
    assert (home / "geoportal.toml").is_file()
    assert (home / "layers" / "indicators" / "obyvatel.toml").is_file()
    assert (home / "static" / "vendor" / "leaflet" / "leaflet.js").is_file()
    assert not (home / "data" / "raw").exists()
    assert not (home / "data" / "build").exists()
    assert not list(installed.rglob("node_modules"))
