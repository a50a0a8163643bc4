from __future__ import annotations

import pytest

from geoportal.errors import Problems
from geoportal.settings import load_settings
from tests.conftest import ROOT

SERVER, RECIPIENT = "smtp://user:hunter2@mail.example.cz", "urad@example.cz"


def load(**given: str):
    return load_settings({"GEOPORTAL_HOME": str(ROOT), **{f"GEOPORTAL_{name}": text for name, text in given.items()}})


def test_a_notice_has_a_server_and_a_recipient_or_neither() -> None:
    settings = load(SMTP=SERVER, FEEDBACK_TO=RECIPIENT)
    assert (settings.smtp, settings.feedback_to) == (SERVER, RECIPIENT)
    assert load(SMTP="", FEEDBACK_TO=" ").smtp is None
    for given in ({"SMTP": SERVER}, {"FEEDBACK_TO": RECIPIENT}):
        with pytest.raises(Problems, match="GEOPORTAL_SMTP and GEOPORTAL_FEEDBACK_TO go together"):
            load(**given)


@pytest.mark.parametrize("server", ["mail.example.cz", "http://user:hunter2@mail.example.cz", "smtp:mail"])
def test_an_address_that_is_no_mail_server_is_refused_and_not_repeated(server: str) -> None:
    with pytest.raises(Problems, match="GEOPORTAL_SMTP is not an address such as") as raised:
        load(SMTP=server, FEEDBACK_TO=RECIPIENT)
    assert "hunter2" not in str(raised.value)


def test_a_password_is_not_shown_with_the_settings() -> None:
    assert "hunter2" not in repr(load(SMTP=SERVER, FEEDBACK_TO=RECIPIENT))
