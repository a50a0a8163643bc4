from __future__ import annotations

import logging
import smtplib
import threading

import pytest

from geoportal.feedback.notice import deliver, notice, send_later

MAIL = notice("urad@example.cz", 7, "Data a ukazatele", "Mapová služba")


class Office:
    """Stands for ``smtplib.SMTP``; ``encrypts`` says whether it offers STARTTLS."""

    encrypts = True
    did: list[str] = []

    def __init__(self, host: str, port: int, **_: object) -> None:
        self.did.append(f"{type(self).__name__} {host}:{port}")

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        self.did.append("quit")

    def ehlo(self) -> None:
        """Greets."""

    def has_extn(self, name: str) -> bool:
        return self.encrypts and name == "starttls"

    def starttls(self, context: object) -> None:
        self.did.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.did.append(f"login {user} {password}")

    def send_message(self, mail: object) -> None:
        self.did.append("sent")


class SafeOffice(Office):
    """Stands for ``smtplib.SMTP_SSL``."""


@pytest.fixture
def did(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(Office, "did", [])
    monkeypatch.setattr(smtplib, "SMTP", Office)
    monkeypatch.setattr(smtplib, "SMTP_SSL", SafeOffice)
    return Office.did


def test_the_notice_names_the_message_and_where_to_read_it() -> None:
    assert MAIL["Subject"] == "Zpětná vazba č. 7: Data a ukazatele"
    assert "geoportal feedback show 7" in MAIL.get_content()


def test_a_connection_is_encrypted_where_the_server_can(did: list[str]) -> None:
    deliver("smtp://user:p%40ss@mail.example.cz", MAIL)
    assert did == ["Office mail.example.cz:587", "starttls", "login user p@ss", "sent", "quit"]


def test_an_encrypted_address_is_encrypted_from_the_start(did: list[str]) -> None:
    deliver("smtps://mail.example.cz", MAIL)
    assert did == ["SafeOffice mail.example.cz:465", "sent", "quit"]


def test_a_password_is_not_sent_in_the_clear(did: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Office, "encrypts", False)
    with pytest.raises(smtplib.SMTPNotSupportedError, match="the password was not sent"):
        deliver("smtp://user:pass@mail.example.cz:25", MAIL)
    assert did == ["Office mail.example.cz:25", "quit"]


def test_a_server_that_hangs_delays_nobody_and_its_failure_is_logged_without_the_password(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    released = threading.Event()

    def hang(*_: object, **__: object) -> None:
        released.wait(5)
        raise TimeoutError("secret")

    monkeypatch.setattr(smtplib, "SMTP", hang)
    with caplog.at_level(logging.WARNING):
        thread = send_later("smtp://user:secret@mail.example.cz", "urad@example.cz", 7, "", "Mapy")
        assert thread.is_alive()
        released.set()
        thread.join(5)
    assert caplog.messages == ["the notice of message 7 could not be sent: TimeoutError"]
