"""Fixtures for all tests: homes, settings, built snapshots, the upstream mirror, and clients of the service."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from geoportal.settings import Settings

ROOT = Path(__file__).resolve().parents[1]

hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is not a fault
hypothesis.settings.load_profile("untimed")


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

    data = _made_once(tmp_path_factory, "facts", lambda data: build(Settings(home=ROOT, data=data)))
    return Settings(home=ROOT, data=data)


@pytest.fixture(scope="session")
def mirror_settings(tmp_path_factory: pytest.TempPathFactory, mirror: Path) -> Settings:
    """The checkout with everything fetched from the mirror, and built."""
    from geoportal.build import build
    from geoportal.cards import load_inventory
    from geoportal.intake.fetch import fetch

    def make(data: Path) -> None:
        settings = Settings(home=ROOT, data=data, mirror=str(mirror))
        results = fetch([card for card in load_inventory(ROOT).sources.values() if card.url], settings)
        assert [result.message for result in results if result.status == "failed"] == []
        build(settings)

    return Settings(home=ROOT, data=_made_once(tmp_path_factory, "mirror", make), mirror=str(mirror))


def _made_once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this worker alone with what ``make`` made, once for all workers of the run.

    Its files are links to the same bytes, so they may be replaced and removed, and never written into.
    """
    shared = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made, part = shared / f"made-{name}", shared / f"made-{name}.part"
    with part.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_dir():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            make(part)
            part.rename(made)
    own = temporary.mktemp(name)
    shutil.copytree(made, own, copy_function=os.link, dirs_exist_ok=True)
    return own


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
def built_home(home: Path, facts_settings: Settings, tmp_path: Path) -> Settings:
    """Such a copy with its snapshot, as if it had just been built."""
    settings = Settings(home=home, data=tmp_path / "data")
    shutil.copytree(facts_settings.build, settings.build)
    return settings


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[Settings], str]]:
    """Gives the address of the service over settings; each is started once, when it is first asked for."""
    with ExitStack() as running:
        yield cache(lambda settings: running.enter_context(serving(settings)))


@pytest.fixture(scope="session")
def live(built_settings: Settings, served: Callable[[Settings], str]) -> str:
    """The address of the service as it is really served, over the facts and over the mirror."""
    return served(built_settings)


@contextmanager
def serving(settings: Settings, workers: int = 1) -> Iterator[str]:
    """Runs ``geoportal serve`` on a free port and ends it by its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GEOPORTAL_")},
        "GEOPORTAL_HOME": str(settings.home),
        "GEOPORTAL_DATA": str(settings.data),
        "GEOPORTAL_PORT": str(port),
        "GEOPORTAL_WORKERS": str(workers),
    }
    server = subprocess.Popen([sys.executable, "-m", "geoportal", "serve"], env=env, stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 60  # on a busy machine
    while time.monotonic() < give_up and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    pytest.fail(f"the service did not start: exit status {server.poll()}")


def needs(command: str) -> str:
    """The path of an outside program; in CI it must be there, elsewhere the test is skipped without it."""
    path = shutil.which(command)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"{command} is not installed, and CI must not skip this")
        pytest.skip(f"{command} is not installed")
    return path
