"""What ``geoportal feedback`` does. Each of its commands begins by deleting what is too old."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

import click

from geoportal.feedback.store import STATES, Message, State, Store
from geoportal.feedback.table import as_csv
from geoportal.settings import load_settings

_STATE = click.option("--state", type=click.Choice(STATES), help="Only messages in this state.")


@_STATE
def list_(state: State | None) -> None:
    """List the messages, the newest first."""
    found = _store().messages(state)
    for message in found:
        beginning = textwrap.shorten(message.text, 60, placeholder=" …")
        click.echo(f"{message.number:5} {message.received[:16]} {message.state:8} {message.topic:12} {beginning}")
    click.echo(f"{len(found)} message(s)", err=True)


@click.argument("number", type=int)
def show(number: int) -> None:
    """Show one message with all that belongs to it."""
    message = _store().message(number)
    facts = {
        "number": str(message.number), "received": message.received, "language": message.language,
        "about": message.topic, "page": message.page, "place": message.place, "e-mail": message.email,
        "answered": message.answered or "", "answer": message.answer or "",
    }  # fmt: skip
    for name, value in facts.items():
        if value:
            click.echo(f"{name + ':':10}{_shown(value)}")
    click.echo(f"\n{_shown(message.text)}")


@click.argument("number", type=int)
@click.option("--note", default="", help="What was said, for your own record.")
def answer(number: int, note: str) -> None:
    """Note that a message was answered; the answer itself is sent from your own mailbox."""
    _store().answer(number, note, datetime.now(UTC))
    click.echo(f"message {number} is answered")


@click.argument("numbers", type=int, nargs=-1, required=True, metavar="NUMBER…")
def delete(numbers: tuple[int, ...]) -> None:
    """Delete messages for good."""
    store = _store()
    for number in numbers:
        store.delete(number)
        click.echo(f"message {number} is deleted")


@_STATE
@click.option("--output", type=click.File("w", encoding="utf-8-sig"), help="The file to write. Default: the terminal.")
def export(state: State | None, output: TextIO | None) -> None:
    """Export the messages as CSV in which no cell is a formula."""
    table = as_csv(sorted(_store().messages(state), key=_number))
    if output:
        output.write(table)
    else:
        click.echo(table, nl=False)


def purge() -> None:
    """Delete the messages that are older than the site file allows; the service does it too."""
    store, days = Store(load_settings().feedback), _keep_days()
    click.echo(f"{store.purge(datetime.now(UTC), days)} message(s) older than {days} days deleted")


COMMANDS: dict[str, Callable[..., None]] = {
    "list": list_, "show": show, "answer": answer, "delete": delete, "export": export, "purge": purge,
}  # fmt: skip


def _store() -> Store:
    store = Store(load_settings().feedback)
    store.purge(datetime.now(UTC), _keep_days())
    return store


def _keep_days() -> int:
    from geoportal.site import load_site  # here, since every command of the console script would wait for it

    return load_site(load_settings().home).feedback.keep_days


def _number(message: Message) -> int:
    return message.number


def _shown(text: str) -> str:
    """``text`` without what could move the cursor or colour the terminal."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)
