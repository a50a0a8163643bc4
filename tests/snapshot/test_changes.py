from __future__ import annotations

from pathlib import Path

import orjson

from geoportal.snapshot import changes
from geoportal.snapshot.changes import changes_between, note_changes, read_changes


def manifest(name: str, count: int = 3, date: str = "2024", body: str = "a", periods: tuple[str, ...] = ("2024",)):
    card = {"title": {"cs": "Obce", "en": "Municipalities"}}
    return {
        "snapshot": name,
        "layers": {"obce": {"card": card, "count": count, "date": date, "schematic": False}},
        "indicators": {"podil": {"card": {"title": {"cs": "Podíl"}}, "periods": {"obec": list(periods)}}},
        "files": {"layers/obce/obce.geojson": {"sha256": body}, "indicators/podil.json": {"sha256": periods[-1]}},
    }


def test_the_first_publication_tells_of_everything(tmp_path: Path) -> None:
    note_changes(tmp_path, None, manifest("one"))
    (publication,) = read_changes(tmp_path, "one")
    assert [(change.kind, change.id, change.before) for change in publication.changes] == [
        ("layer", "obce", None),
        ("indicator", "podil", None),
    ]


def test_a_log_that_begins_late_begins_with_everything(tmp_path: Path) -> None:
    note_changes(tmp_path, manifest("old"), manifest("new"))
    assert len(read_changes(tmp_path, "new")[0].changes) == 2


def test_a_change_says_what_was_before_and_what_is_now() -> None:
    (change,) = changes_between(manifest("one"), manifest("two", count=4, date="2025", body="b"))
    assert change.before
    assert change.after
    assert (change.before.count, change.after.count) == (3, 4)
    assert (change.before.date, change.after.date) == ("2024", "2025")
    assert (change.before.sha256, change.after.sha256) == ("a", "b")


def test_a_new_period_is_a_change_of_the_indicator() -> None:
    (change,) = changes_between(manifest("one"), manifest("two", periods=("2024", "2025")))
    assert (change.kind, change.after and (change.after.count, change.after.date)) == ("indicator", (2, "2025"))


def test_what_is_gone_keeps_its_name() -> None:
    after = manifest("two")
    after["layers"] = {}
    (change,) = changes_between(manifest("one"), after)
    assert (change.id, change.title["cs"], change.after) == ("obce", "Obce", None)


def test_a_snapshot_without_new_data_leaves_no_line(tmp_path: Path) -> None:
    note_changes(tmp_path, None, manifest("one"))
    note_changes(tmp_path, manifest("one"), manifest("two"))
    assert [publication.snapshot for publication in read_changes(tmp_path, "two")] == ["one"]


def test_an_older_snapshot_does_not_know_of_newer_ones(tmp_path: Path) -> None:
    note_changes(tmp_path, None, manifest("one"))
    note_changes(tmp_path, manifest("one"), manifest("two", body="b"))
    assert [publication.snapshot for publication in read_changes(tmp_path, "one")] == ["one"]
    assert [publication.snapshot for publication in read_changes(tmp_path, "two")] == ["two", "one"]


def test_the_log_does_not_grow_for_ever(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(changes, "KEPT", 3)
    for number in range(5):
        note_changes(tmp_path, manifest("x", body=str(number)), manifest(f"s{number}", body=str(number + 1)))
    assert [publication.snapshot for publication in read_changes(tmp_path, "s4")] == ["s4", "s3", "s2"]


def test_every_line_is_json_of_its_own(tmp_path: Path) -> None:
    note_changes(tmp_path, None, manifest("one"))
    note_changes(tmp_path, manifest("one"), manifest("two", body="b"))
    lines = (tmp_path / changes.LOG).read_bytes().splitlines()
    assert [orjson.loads(line)["snapshot"] for line in lines] == ["one", "two"]


def test_without_a_log_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert read_changes(tmp_path, "one") == []
