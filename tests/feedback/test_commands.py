from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoportal.cli import main
from geoportal.feedback.draft import Draft
from geoportal.feedback.store import Store
from tests.conftest import ROOT


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "feedback")
    now = datetime.now(UTC)
    store.add(Draft("data", "stará", "", "", ""), "0", "cs", now - timedelta(days=366), 100)
    store.add(Draft("data", "=1+1", "jana@example.cz", "/o-datech", "Liberec"), "1", "cs", now, 100)
    store.add(Draft("mapa", "Nejde\x9b31m mapa", "", "", ""), "2", "en", now, 100)
    return store


def run(store: Store, *arguments: str) -> Result:
    env = {"GEOPORTAL_HOME": str(ROOT), "GEOPORTAL_DATA": str(store.path.parents[1])}
    return CliRunner().invoke(main, ["feedback", *arguments], env=env)


def test_messages_are_listed_the_newest_first_and_old_ones_are_gone(store: Store) -> None:
    lines = run(store, "list").output.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["3", "2"]
    assert lines[2] == "2 message(s)"
    assert "stará" not in "".join(lines)


def test_one_message_is_shown_whole_and_can_not_steer_the_terminal(store: Store) -> None:
    shown = run(store, "show", "2").output
    assert all(word in shown for word in ("jana@example.cz", "/o-datech", "Liberec", "=1+1"))
    assert "Nejde\ufffd31m mapa" in run(store, "show", "3").output


def test_an_answered_message_is_listed_as_such(store: Store) -> None:
    assert run(store, "answer", "2", "--note", "opraveno").exit_code == 0
    assert run(store, "list", "--state", "new").output.split()[0] == "3"
    assert "opraveno" in run(store, "show", "2").output


def test_messages_are_deleted_by_number(store: Store) -> None:
    assert "message 3 is deleted" in run(store, "delete", "2", "3").output
    assert store.messages() == []


def test_a_number_that_does_not_exist_is_named(store: Store) -> None:
    for command in ("show", "answer", "delete"):
        result = run(store, command, "99")
        assert result.exit_code == 1
        assert "message 99 does not exist; the newest are: 3, 2" in result.output


def test_the_export_is_a_table_for_spreadsheets(store: Store, tmp_path: Path) -> None:
    assert run(store, "export", "--output", str(tmp_path / "out.csv")).exit_code == 0
    written = (tmp_path / "out.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")  # without it Excel takes UTF-8 for another encoding
    assert '"2"' in written.decode("utf-8-sig").splitlines()[1]
    assert '"\'=1+1"' in run(store, "export", "--state", "new").output


def test_purging_says_how_many_went(store: Store) -> None:
    assert run(store, "purge").output == "1 message(s) older than 365 days deleted\n"
    assert run(store, "purge").output == "0 message(s) older than 365 days deleted\n"


def test_where_nothing_has_come_there_is_nothing(tmp_path: Path) -> None:
    assert run(Store(tmp_path / "none" / "feedback"), "list").output == "0 message(s)\n"
    assert not (tmp_path / "none").exists()
