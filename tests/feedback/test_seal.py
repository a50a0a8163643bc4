from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from geoportal.errors import StoreUnavailable
from geoportal.feedback.seal import Seal, load_seal

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEAL = Seal(b"k" * 32)


def key_in(folder: str) -> bytes:
    return load_seal(Path(folder)).key


def test_a_seal_tells_when_its_form_was_handed_out() -> None:
    form = SEAL.verify(SEAL.issue(NOON))
    assert form
    assert form.age_s(NOON + timedelta(seconds=90)) == 90


@pytest.mark.parametrize("text", ["", ".", "..", "a.b", "a.1.", "a.1.ž", "\udcff.1.x", "a" * 10_000])
def test_what_is_no_seal_is_none(text: str) -> None:
    assert SEAL.verify(text) is None


def test_no_part_of_a_seal_can_be_changed() -> None:
    name, issued, signature = SEAL.issue(NOON).split(".")
    assert SEAL.verify(f"{name}.{issued}.{signature}")
    assert SEAL.verify(f"{name}a.{issued}.{signature}") is None
    assert SEAL.verify(f"{name}.{int(issued) - 60}.{signature}") is None
    assert SEAL.verify(f"{name}.{issued}.{signature[:-1]}") is None
    assert Seal(b"l" * 32).verify(f"{name}.{issued}.{signature}") is None


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        keys = set(pool.map(key_in, [str(tmp_path / "feedback")] * 8))
    assert len(keys) == 1
    assert [file.name for file in (tmp_path / "feedback").iterdir()] == ["key"]
    assert (tmp_path / "feedback/key").stat().st_mode & 0o077 == 0


def test_a_key_that_another_process_has_just_made_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_seal(tmp_path).key
    monkeypatch.setattr(Path, "exists", lambda path: False)  # as it looked a moment before
    assert load_seal(tmp_path).key == first
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_a_key_that_was_cut_off_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(StoreUnavailable, match="has 5 bytes instead of 32; delete it"):
        load_seal(tmp_path)
