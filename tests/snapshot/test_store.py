from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geoportal.snapshot.store import FORMAT, building, current_id, is_readable, publish, read_manifest


def write(build: Path, content: str, **manifest: Any) -> str:
    with building(build) as folder:
        (folder / "units.json").write_text(content)
        return publish(build, folder, {"layers": {}, "indicators": {}, **manifest})


def test_the_same_content_has_the_same_name_and_the_same_bytes(tmp_path: Path) -> None:
    first = write(tmp_path / "one", "{}")
    second = write(tmp_path / "two", "{}")
    assert first == second
    assert (tmp_path / "one" / first / "manifest.json").read_bytes() == (
        tmp_path / "two" / second / "manifest.json"
    ).read_bytes()


def test_other_content_has_another_name_and_becomes_the_current_one(tmp_path: Path) -> None:
    first, second = write(tmp_path, "{}"), write(tmp_path, "[]")
    assert first != second
    assert current_id(tmp_path) == second


def test_the_manifest_names_each_file_with_its_checksum(tmp_path: Path) -> None:
    manifest = read_manifest(tmp_path, write(tmp_path, "{}"))
    assert manifest is not None
    assert manifest["files"]["units.json"]["bytes"] == 2
    assert manifest["files"]["units.json"]["sha256"].startswith("44136fa3")


def test_a_failed_build_leaves_the_current_snapshot_and_no_rubbish(tmp_path: Path) -> None:
    held = write(tmp_path, "{}")
    with pytest.raises(TypeError):
        write(tmp_path, "half", unwritable=object())
    assert current_id(tmp_path) == held
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([".lock", held, "current"])


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".new-1").mkdir()
    write(tmp_path, "{}")
    assert not (tmp_path / ".new-1").exists()


def test_old_snapshots_are_pruned_but_a_few_stay_for_slow_readers(tmp_path: Path) -> None:
    ids = [write(tmp_path, str(number)) for number in range(6)]
    kept = {path.parent.name for path in tmp_path.glob("*/manifest.json")}
    assert len(kept) == 3
    assert ids[-1] in kept


def test_there_is_no_current_snapshot_before_the_first_build(tmp_path: Path) -> None:
    assert current_id(tmp_path) is None


def test_a_snapshot_of_another_format_or_none_is_not_readable(tmp_path: Path) -> None:
    assert not is_readable(tmp_path)
    held = write(tmp_path, "{}")
    assert is_readable(tmp_path)
    manifest = tmp_path / held / "manifest.json"
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**told, "format": FORMAT - 1}))
    assert not is_readable(tmp_path)
