"""The store of messages: one SQLite file that all workers write at once. No address of a sender's machine is in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from geoportal.errors import NotFound, StoreUnavailable, TooManyMessages
from geoportal.feedback.draft import Draft

State = Literal["new", "answered"]
STATES: tuple[State, ...] = ("new", "answered")

_WAIT_S = 5.0  # for another writer

_SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- a number that was given is never given again
    form TEXT NOT NULL UNIQUE,
    received TEXT NOT NULL,
    language TEXT NOT NULL,
    topic TEXT NOT NULL,
    text TEXT NOT NULL,
    email TEXT NOT NULL,
    page TEXT NOT NULL,
    place TEXT NOT NULL,
    answered TEXT,
    answer TEXT
);
CREATE INDEX IF NOT EXISTS message_received ON message (received);
"""
_COLUMNS = "number, received, language, topic, text, email, page, place, answered, answer"


@dataclass(frozen=True)
class Message:
    """A message as it is kept; times are ISO in UTC, ``answered`` and ``answer`` are None until somebody answered."""

    number: int
    received: str
    language: str
    topic: str
    text: str
    email: str
    page: str
    place: str
    answered: str | None
    answer: str | None

    @property
    def state(self) -> State:
        """Whether somebody has answered."""
        return "answered" if self.answered else "new"


class Store:
    """The messages below ``folder``, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "feedback.sqlite"

    def add(self, draft: Draft, form: str, language: str, now: datetime, most_per_hour: int) -> int:
        """The number of the message that ``draft`` became; the same one when the same form comes again.

        Raises ``TooManyMessages`` after ``most_per_hour`` in an hour, and ``StoreUnavailable``.
        """
        with self._writing() as held:
            known = held.execute("SELECT number FROM message WHERE form = ?", (form,)).fetchone()
            if known:
                return int(known[0])
            an_hour_ago = _iso(now - timedelta(hours=1))
            (recent,) = held.execute("SELECT count(*) FROM message WHERE received > ?", (an_hour_ago,)).fetchone()
            if recent >= most_per_hour:
                raise TooManyMessages(f"{recent} messages came within an hour; no more are taken for now")
            row = (form, _iso(now), language, draft.topic, draft.text, draft.email, draft.page, draft.place)
            columns = "form, received, language, topic, text, email, page, place"
            added = held.execute(f"INSERT INTO message ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608
            return int(added.lastrowid or 0)

    def messages(self, state: State | None = None) -> list[Message]:
        """The messages, the newest first, all or those in one ``state``."""
        if not self.path.exists():
            return []
        with self._open() as held:
            rows = held.execute(f"SELECT {_COLUMNS} FROM message ORDER BY number DESC").fetchall()  # noqa: S608
        return [message for message in (Message(*row) for row in rows) if state in (None, message.state)]

    def counts(self) -> dict[State, int]:
        """How many messages are in each state."""
        states = [message.state for message in self.messages()]
        return {state: states.count(state) for state in STATES}

    def message(self, number: int) -> Message:
        """One message. Raises ``NotFound``."""
        found = [message for message in self.messages() if message.number == number]
        if not found:
            raise self._unknown(number)
        return found[0]

    def answer(self, number: int, answer: str, now: datetime) -> None:
        """Notes that a message was answered, and what was said. Raises ``NotFound``."""
        self._change(number, "UPDATE message SET answered = ?, answer = ? WHERE number = ?", _iso(now), answer)

    def delete(self, number: int) -> None:
        """Deletes a message for good. Raises ``NotFound``."""
        self._change(number, "DELETE FROM message WHERE number = ?")

    def purge(self, now: datetime, keep_days: int) -> int:
        """Deletes what is older than ``keep_days``; returns how many messages that were."""
        if not self.path.exists():
            return 0
        before = _iso(now - timedelta(days=keep_days))
        with self._writing() as held:
            return held.execute("DELETE FROM message WHERE received < ?", (before,)).rowcount

    def _change(self, number: int, statement: str, *values: str) -> None:
        if not self.path.exists():
            raise self._unknown(number)
        with self._writing() as held:
            if held.execute(statement, (*values, number)).rowcount == 0:
                raise self._unknown(number)

    def _unknown(self, number: int) -> NotFound:
        numbers = ", ".join(str(message.number) for message in self.messages()[:12])
        return NotFound(f"message {number} does not exist; the newest are: {numbers or 'none'}")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer gets between."""
        with self._open() as held:
            held.execute("BEGIN IMMEDIATE")
            try:
                yield held
            except BaseException:
                held.execute("ROLLBACK")
                raise
            held.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection; what is deleted through it is overwritten, and the last one to close empties the journal."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(self.path)
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)) as held:
                held.execute("PRAGMA journal_mode = WAL")
                held.execute("PRAGMA secure_delete = ON")
                held.executescript(_SCHEMA)
                yield held
        except OSError as error:
            raise StoreUnavailable(f"{self.path} can't be written: {error.strerror}") from error
        except sqlite3.Error as error:
            raise StoreUnavailable(f"{self.path} can't be written: {error}") from error


def _make(path: Path) -> None:
    """Makes the file, for the service alone to read, where there is none.

    One that exists is never opened here: closing it would drop the locks that SQLite holds in other threads.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
