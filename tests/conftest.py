"""Fixtures for all tests: homes, settings, built snapshots, the upstream mirror, and clients of the service."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from geoportal.settings import Settings

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks whatever uses the mirror, so that ``-m 'not mirror'`` leaves it out."""
    for item in items:
        if "mirror" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.mirror)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the machine it runs on."""
    for name in [name for name in os.environ if name.startswith("GEOPORTAL_")]:
        monkeypatch.delenv(name)


MIRROR = os.environ.get("GEOPORTAL_MIRROR")


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder with real upstream files; the test is skipped where there is none."""
    if not MIRROR:
        pytest.skip("GEOPORTAL_MIRROR is not set")
    folder = Path(MIRROR).resolve()
    assert folder.is_dir(), f"GEOPORTAL_MIRROR={MIRROR} is not a folder"
    return folder


@pytest.fixture(scope="session")
def facts_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The checkout on a machine without upstream files: built from data/facts alone."""
    from geoportal.build import build

    settings = Settings(home=ROOT, data=tmp_path_factory.mktemp("facts"))
    build(settings)
    return settings


@pytest.fixture(scope="session")
def mirror_settings(tmp_path_factory: pytest.TempPathFactory, mirror: Path) -> Settings:
    """The checkout with everything fetched from the mirror, and built."""
    from geoportal.build import build
    from geoportal.cards import load_inventory
    from geoportal.intake.fetch import fetch

    settings = Settings(home=ROOT, data=tmp_path_factory.mktemp("mirror"), mirror=str(mirror))
    results = fetch([card for card in load_inventory(ROOT).sources.values() if card.url], settings)
    assert [result.message for result in results if result.status == "failed"] == []
    build(settings)
    return settings


@pytest.fixture(scope="session", params=["facts", "mirror"])
def built_settings(request: pytest.FixtureRequest) -> Settings:
    """Either of the two: what must hold for both is tested on both."""
    settings: Settings = request.getfixturevalue(f"{request.param}_settings")
    return settings


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the checkout's content that a test may spoil."""
    target = tmp_path / "home"
    target.mkdir()
    shutil.copy(ROOT / "geoportal.toml", target)
    for folder in ("layers", "tiles", "data/sources", "data/facts"):
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, target / folder)
    return target


@pytest.fixture
def client(facts_settings: Settings) -> Iterator[object]:
    """A test client of the service over the facts."""
    from geoportal.app import create_app

    with create_app(facts_settings).test_client() as held:
        yield held
