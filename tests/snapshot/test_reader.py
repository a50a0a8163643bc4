from __future__ import annotations

from pathlib import Path

import pytest

from geoportal.errors import NoSnapshot
from geoportal.snapshot import store
from geoportal.snapshot.reader import Follower
from geoportal.snapshot.store import building, publish


def written(build: Path, content: str = "{}") -> str:
    with building(build) as folder:
        (folder / "units.json").write_text(content)
        manifest = {"layers": {}, "indicators": {}, "schematic": False}
        return publish(build, folder, manifest)


def test_a_snapshot_of_another_version_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(store, "FORMAT", 1)
        held = written(tmp_path)
    with pytest.raises(NoSnapshot, match=rf"snapshot {held} was built by another version.* run 'geoportal build'"):
        Follower(tmp_path)()


def test_a_server_stays_on_its_snapshot_when_another_version_builds_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = written(tmp_path)
    follow = Follower(tmp_path, interval=0)
    assert follow().id == held
    with monkeypatch.context() as newer:
        newer.setattr(store, "FORMAT", store.FORMAT + 1)
        assert written(tmp_path, "{ }") != held
    assert follow().id == held
