from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geoportal.search.entry import Entry, Place
from geoportal.search.files import write_index
from geoportal.search.index import SearchIndex, search_index
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower

Made = Callable[..., SearchIndex]


@pytest.fixture(scope="session")
def index(facts_settings: Settings) -> SearchIndex:
    """The index of the checkout's own facts."""
    held = search_index(Follower(facts_settings.build)())
    assert held
    return held


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Makes an index of the given entries."""

    def make(*entries: Entry) -> SearchIndex:
        write_index(tmp_path / "search", entries, {})
        return SearchIndex(tmp_path / "search")

    return make


def obec(name: str, weight: float = 0.7, code: str = "", place: tuple[float, float] | None = None, **more) -> Entry:
    """An obec called ``name``."""
    code = code or name
    return Entry("obec", code, {"cs": name}, f"/obec/{code}", weight, place=Place(*place) if place else None, **more)
