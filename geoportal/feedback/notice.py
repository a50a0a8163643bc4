"""A notice by e-mail that a message has come. It tells where to read the message, and nothing of what people wrote."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from threading import Thread
from urllib.parse import unquote, urlsplit

log = logging.getLogger(__name__)

_TIMEOUT_S = 10.0
_PORTS = {"smtp": 587, "smtps": 465}


def send_later(server: str, recipient: str, number: int, topic: str, service: str) -> Thread:
    """The thread in which a notice of message ``number`` is sent; that it fails is logged and harms nothing else.

    A thread for each is bounded by how many messages are taken in an hour.
    """

    def send() -> None:
        try:
            deliver(server, notice(recipient, number, topic, service))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            log.warning("the notice of message %d could not be sent: %s", number, type(error).__name__)

    thread = Thread(target=send, name=f"notice-{number}", daemon=True)
    thread.start()
    return thread


def notice(recipient: str, number: int, topic: str, service: str) -> EmailMessage:
    """The notice of message ``number``; ``topic`` is what it is about, ``service`` the title of the service."""
    mail = EmailMessage()
    mail["From"] = mail["To"] = recipient
    mail["Subject"] = f"Zpětná vazba č. {number}: {topic}" if topic else f"Zpětná vazba č. {number}"
    mail["Auto-Submitted"] = "auto-generated"
    how = f"Přišla zpráva č. {number}. Přečtete ji příkazem:\n\n  geoportal feedback show {number}"
    mail.set_content(f"{service}\n\n{how}\n")
    return mail


def deliver(server: str, mail: EmailMessage) -> None:
    """Hands ``mail`` to ``server``, ``smtp://`` or ``smtps://``, encrypted where the server can.

    Raises ``OSError`` or ``SMTPException``; a password is not sent over a connection that isn't encrypted.
    """
    parts = urlsplit(server)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    secure = ssl.create_default_context()
    if parts.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=secure)
    else:
        connection = smtplib.SMTP(host, port, timeout=_TIMEOUT_S)
    with connection:
        encrypted = parts.scheme == "smtps"
        connection.ehlo()
        if not encrypted and connection.has_extn("starttls"):
            connection.starttls(context=secure)
            encrypted = True
        if parts.username:
            if not encrypted:
                raise smtplib.SMTPNotSupportedError("the server offers no encryption, so the password was not sent")
            connection.login(unquote(parts.username), unquote(parts.password or ""))
        connection.send_message(mail)
