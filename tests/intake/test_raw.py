from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from geoportal.intake import raw
from geoportal.intake.raw import Record, files, load_record, record_path, save_record, settle, staging
from geoportal.settings import Settings

from .conftest import make_source


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, data=tmp_path / "data")


def _place(settings: Settings, content: bytes = b"a,b\n") -> Path:
    path = settings.raw / "pramen" / "pramen.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _record(path: Path, sha256: str) -> Record:
    state = path.stat()
    return Record(
        "https://h.example/", None, "Mon, 01 Jan 2024 00:00:00 GMT", sha256, state.st_size, "2024", state.st_mtime_ns
    )


def test_nothing_is_at_hand_before_it_is_fetched(settings: Settings) -> None:
    assert files(make_source(), settings) == ()


def test_a_file_put_there_by_hand_is_at_hand_with_its_digest(settings: Settings) -> None:
    path = _place(settings)
    (found,) = files(make_source(), settings)
    assert (found.path, found.bytes, found.sha256) == (path, 4, hashlib.sha256(b"a,b\n").hexdigest())


def test_a_record_that_still_holds_spares_the_digest(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _place(settings)
    save_record(path, _record(path, "0" * 64))
    monkeypatch.setattr(raw, "digest", lambda path: pytest.fail("was computed"))
    (found,) = files(make_source(), settings)
    assert (found.sha256, found.last_modified) == ("0" * 64, "Mon, 01 Jan 2024 00:00:00 GMT")


def test_a_record_of_other_bytes_is_not_believed(settings: Settings) -> None:
    path = _place(settings)
    save_record(path, _record(path, "0" * 64))
    _place(settings, b"a,c,d\n")
    assert files(make_source(), settings)[0].sha256 == hashlib.sha256(b"a,c,d\n").hexdigest()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"sha256": "x"}'])
def test_a_spoilt_record_counts_as_none(settings: Settings, content: str) -> None:
    path = _place(settings)
    record_path(path).write_text(content)
    assert load_record(path) is None


def test_a_table_of_ours_is_at_hand_in_the_home(settings: Settings) -> None:
    card = make_source(file="data/facts/seats.csv")
    assert files(card, settings) == ()
    table = settings.home / "data" / "facts" / "seats.csv"
    table.parent.mkdir(parents=True)
    table.write_text("kod\n")
    assert [found.path for found in files(card, settings)] == [table]


def test_a_staged_file_that_was_not_settled_leaves_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    with staging(target) as stream:
        stream.write(b"new")
    assert ([path.name for path in tmp_path.iterdir()], target.read_bytes()) == (["a"], b"old")
    with staging(target) as stream:
        stream.write(b"new")
        settle(stream, target)
    assert ([path.name for path in tmp_path.iterdir()], target.read_bytes()) == (["a"], b"new")


def test_looking_at_files_loads_no_library_for_maps_or_downloads() -> None:
    heavy = "{'requests', 'pandas', 'geopandas', 'shapely', 'numpy'}"
    script = f"import sys, geoportal.intake.raw; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert run.stdout.strip() == "[]"
