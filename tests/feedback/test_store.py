from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from geoportal.errors import NotFound, StoreUnavailable, TooManyMessages
from geoportal.feedback.draft import Draft
from geoportal.feedback.store import Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DRAFT = Draft(topic="data", text="Liberec má jiný počet obyvatel.", email="jana@example.cz", page="/o-datech")


def add(store: Store, form: str, now: datetime = NOON, most: int = 1000, draft: Draft = DRAFT) -> int:
    return store.add(draft, form, "cs", now, most)


def add_many(folder: str, worker: int) -> list[int]:
    store = Store(Path(folder))
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda position: add(store, f"{worker}-{position}"), range(40)))


def test_a_message_is_kept_with_all_that_was_written_and_nothing_about_the_sender(tmp_path: Path) -> None:
    store = Store(tmp_path)
    number = add(store, "a")
    held = store.message(number)
    assert (held.number, held.topic, held.text, held.email, held.page, held.place) == (
        1, "data", DRAFT.text, "jana@example.cz", "/o-datech", "",
    )  # fmt: skip
    assert (held.received, held.state, held.answer) == ("2026-11-22T12:00:00+00:00", "new", None)
    with sqlite3.connect(store.path) as kept:
        columns = {row[1] for row in kept.execute("PRAGMA table_info(message)")}
    assert columns == {
        "number", "form", "received", "language", "topic", "text", "email", "page", "place", "answered", "answer",
    }  # fmt: skip


def test_the_same_form_sent_twice_is_one_message(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert add(store, "a") == add(store, "a", draft=replace(DRAFT, text="jinak")) == 1
    assert [message.text for message in store.messages()] == [DRAFT.text]


def test_a_number_is_never_given_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "a")
    store.delete(add(store, "b"))
    assert add(store, "c") == 3


def test_processes_of_several_threads_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(3, mp_context=fresh) as pool:
        given = [number for found in pool.map(add_many, [str(tmp_path)] * 3, range(3)) for number in found]
    assert sorted(given) == list(range(1, 121))
    assert len(Store(tmp_path).messages()) == 120


def test_opening_the_store_drops_no_lock_that_another_thread_holds(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "a")
    with closing(sqlite3.connect(store.path)) as held:
        held.execute("SELECT count(*) FROM message").fetchone()
        store.messages()
        visit = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM message'); c.close()"
        subprocess.run([sys.executable, "-c", visit, str(store.path)], check=True)
        assert (tmp_path / "feedback.sqlite-wal").exists()  # the last to close removes it, and that was not the visit


def test_more_than_so_many_in_an_hour_are_refused_and_an_hour_later_taken(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "a", most=2)
    add(store, "b", most=2)
    with pytest.raises(TooManyMessages, match="2 messages came within an hour"):
        add(store, "c", NOON + timedelta(minutes=59), most=2)
    assert add(store, "c", NOON + timedelta(minutes=61), most=2) == 3


def test_an_answer_is_noted_and_states_can_be_listed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "a")
    add(store, "b")
    store.answer(1, "opraveno", NOON + timedelta(days=1))
    assert [message.number for message in store.messages("new")] == [2]
    assert [(message.number, message.answer) for message in store.messages("answered")] == [(1, "opraveno")]
    assert [message.number for message in store.messages()] == [2, 1]


@pytest.mark.parametrize("change", ["message", "delete"])
def test_a_number_that_does_not_exist_is_answered_with_those_there_are(tmp_path: Path, change: str) -> None:
    store = Store(tmp_path)
    add(store, "a")
    with pytest.raises(NotFound, match="message 7 does not exist; the newest are: 1"):
        getattr(store, change)(7)


def test_reading_where_nothing_has_come_makes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "feedback")
    assert store.messages() == []
    assert store.purge(NOON, 1) == 0
    with pytest.raises(NotFound, match="the newest are: none"):
        store.delete(1)
    assert not (tmp_path / "feedback").exists()


def test_what_is_too_old_is_deleted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "old", NOON - timedelta(days=31))
    add(store, "young", NOON - timedelta(days=29))
    assert store.purge(NOON, 30) == 1
    assert [message.number for message in store.messages()] == [2]


def test_nothing_of_a_deleted_message_stays_in_the_files(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "a", draft=replace(DRAFT, text="tajemství " * 300))
    assert "tajemství".encode() in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    store.delete(1)
    assert "tajemství".encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_only_the_service_may_read_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "feedback")
    add(store, "a")
    assert store.path.stat().st_mode & 0o077 == 0
    assert store.path.parent.stat().st_mode & 0o077 == 0


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "feedback").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match=r"feedback\.sqlite can't be written"):
        add(Store(tmp_path / "feedback"), "a")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        add(Store(tmp_path / "feedback"), "a")
    tmp_path.chmod(0o700)


def test_a_full_disk_is_named_and_leaves_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    add(store, "a")
    connect = sqlite3.connect

    def nearly_full(*args: object, **named: object) -> sqlite3.Connection:
        held = connect(*args, **named)  # type: ignore[call-overload]
        held.execute("PRAGMA max_page_count = 6")
        return held  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", nearly_full)
    with pytest.raises(StoreUnavailable, match="full"):
        add(store, "b", draft=replace(DRAFT, text="x" * 50_000))
    assert [message.number for message in store.messages()] == [1]


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "feedback.sqlite").write_bytes(b"not a database " * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        add(Store(tmp_path), "a")
