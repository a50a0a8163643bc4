"""The form as a browser without scripts meets it."""

from __future__ import annotations

import html
import logging
import re
import socket
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.feedback.seal import load_seal
from geoportal.feedback.store import Store
from geoportal.settings import Settings

FORM = "/zpetna-vazba"
HTML = {"Accept": "text/html"}


@pytest.fixture
def settings(facts_settings: Settings, tmp_path: Path) -> Settings:
    """The built facts, with a folder of messages of its own."""
    (tmp_path / "build").symlink_to(facts_settings.build)
    return replace(facts_settings, data=tmp_path)


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


@pytest.fixture
def store(settings: Settings) -> Store:
    return Store(settings.feedback)


def sealed(settings: Settings, seconds_ago: float = 60) -> str:
    return load_seal(settings.feedback).issue(datetime.now(UTC) - timedelta(seconds=seconds_ago))


def filled(settings: Settings, **changed: str) -> dict[str, str]:
    return {"o": "data", "zprava": "Chybí Harrachov.", "znamka": sealed(settings), **changed}


def send(client: FlaskClient, fields: dict[str, str], **headers: str):
    return client.post(FORM, data=fields, headers={**HTML, **headers})


def mistakes(page: str) -> list[str]:
    box = re.search(r'<div class="mistakes".*?</div>', page, re.DOTALL)
    return re.findall(r"<li>(?:<a [^>]*>)?(.*?)(?:</a>)?</li>", box[0]) if box else []


def test_a_message_is_kept_and_thanked_for_with_its_number(client, settings, store):
    answer = send(client, filled(settings, email="jana@example.cz", misto="Harrachov", stranka="/mapa/vrstvy"))
    assert answer.status_code == 303
    thanks = client.get(answer.headers["Location"], headers=HTML)
    assert "Číslo vaší zprávy je 1." in thanks.text
    held = store.message(1)
    assert (held.topic, held.text, held.email, held.place, held.page, held.language) == (
        "data", "Chybí Harrachov.", "jana@example.cz", "Harrachov", "/mapa/vrstvy", "cs",
    )  # fmt: skip


def test_the_form_that_was_handed_out_is_taken(client, settings, store, monkeypatch):
    monkeypatch.setattr("geoportal.web.portal.feedback.SOONEST_S", 0)
    page = client.get(f"{FORM}?o=data&misto=Liberec&stranka=/mapa/vrstvy&lang=en", headers=HTML).text
    action = html.unescape(re.search(r'<form[^>]+action="([^"]+)"', page)[1])
    given = {name: html.unescape(value) for name, value in re.findall(r'<input[^>]+name="(\w+)" value="([^"]*)"', page)}
    assert re.search(r'value="data" checked', page)
    answer = client.post(action, data={**given, "o": "data", "zprava": "Hello"})
    assert answer.status_code == 303
    assert "lang=en" in answer.headers["Location"]
    assert [(one.text, one.place, one.page, one.language) for one in store.messages()] == [
        ("Hello", "Liberec", "/mapa/vrstvy", "en")
    ]


def test_sending_a_form_twice_gives_one_message_and_the_same_number(client, settings, store):
    fields = filled(settings)
    assert send(client, fields).headers["Location"] == send(client, fields).headers["Location"]
    assert len(store.messages()) == 1


def test_nothing_that_tells_who_sent_it_is_kept_or_logged(client, settings, caplog):
    caplog.set_level(logging.DEBUG)
    send(client, filled(settings), **{"User-Agent": "Secret/1", "X-Forwarded-For": "203.0.113.7"})
    kept = b"".join(file.read_bytes() for file in settings.feedback.iterdir())
    assert b"Harrachov" in kept
    assert not [trace for trace in (b"127.0.0.1", b"203.0.113.7", b"Secret/1") if trace in kept]
    assert "Harrachov" not in caplog.text
    assert "127.0.0.1" not in caplog.text


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"zprava": ""}, 400, "Napište zprávu."),
        ({"zprava": " \r\n "}, 400, "Napište zprávu."),
        ({"zprava": "?!"}, 400, "Napište zprávu slovy."),
        ({"o": ""}, 400, "Vyberte, čeho se zpráva týká."),
        ({"o": "pocasi"}, 400, "Vyberte, čeho se zpráva týká."),
        ({"email": "jana"}, 400, "jmeno@example.cz"),
        ({"email": "jana@example.cz, petr@example.cz"}, 400, "jmeno@example.cz"),
        ({"zprava": "a" * 4001}, 413, "nejvýše 4\u00a0000 znaků"),
        ({"misto": "a" * 201}, 413, "nejvýše 200 znaků"),
        ({"web": "http://spam.example"}, 400, "skryté pole"),
        ({"znamka": "x.1.y"}, 400, "příliš dlouho"),
        ({"znamka": ""}, 400, "příliš dlouho"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept_or_lost(client, settings, store, changed, status, said):
    answer = send(client, filled(settings, **changed))
    assert answer.status_code == status
    assert len(mistakes(answer.text)) == 1
    assert said in mistakes(answer.text)[0]
    assert "<title>Chyba: " in answer.text
    assert changed.get("zprava", "Chybí Harrachov.").strip() in answer.text
    assert store.messages() == []


def test_each_wrong_field_is_named_in_the_summary_and_beside_itself(client, settings):
    page = send(client, filled(settings, zprava="", email="x")).text
    summary = re.search(r'<div class="mistakes".*?</div>', page, re.DOTALL)[0]
    assert re.findall(r'href="#(\w+)"', summary) == ["zprava", "email"]
    assert "autofocus" in summary
    for field in ("zprava", "email"):
        control = re.search(rf'<(?:textarea|input)[^>]*id="{field}"[^>]*>', page)[0]
        assert 'aria-invalid="true"' in control
        described = re.search(r'aria-describedby="([^"]+)"', control)[1].split()
        assert all(f'id="{one}"' in page for one in described)
        assert f"{field}-chyba" in described


def test_line_ends_count_once_and_characters_that_nobody_sees_are_left_out(client, settings, store):
    assert send(client, filled(settings, zprava="a\r\n" * 1997 + "b\x00\x1b[31m")).status_code == 303
    assert store.message(1).text == "a\n" * 1997 + "b[31m"


def test_markup_stays_text(client, settings):
    page = send(client, filled(settings, zprava="</textarea><script>alert(1)</script>", misto='"><b>', email="x")).text
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_a_form_filled_in_at_once_is_taken_when_sent_again(client, settings, store):
    fields = filled(settings, znamka=sealed(settings, seconds_ago=0))
    first = send(client, fields)
    assert "během okamžiku" in mistakes(first.text)[0]
    assert f'name="znamka" value="{fields["znamka"]}"' in first.text  # the clock goes on


def test_a_form_that_lay_open_too_long_gets_a_new_seal(client, settings):
    fields = filled(settings, znamka=sealed(settings, seconds_ago=12 * 3600 + 1))
    page = send(client, fields)
    assert "příliš dlouho" in mistakes(page.text)[0]
    fresh = re.search(r'name="znamka" value="([^"]+)"', page.text)[1]
    assert fresh != fields["znamka"]
    assert load_seal(settings.feedback).verify(fresh)


def test_a_seal_of_another_service_is_not_taken(client, settings, store, tmp_path):
    foreign = load_seal(tmp_path / "elsewhere").issue(datetime.now(UTC) - timedelta(minutes=1))
    assert send(client, filled(settings, znamka=foreign)).status_code == 400
    name, issued, signature = filled(settings)["znamka"].split(".")
    assert send(client, filled(settings, znamka=f"{name}x.{issued}.{signature}")).status_code == 400
    assert store.messages() == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({}, 303),
    ],
)
def test_only_our_own_page_may_send_the_form(client, settings, headers, status):
    assert send(client, filled(settings), **headers).status_code == status


def test_behind_a_proxy_the_public_address_is_ours(settings):
    client = create_app(replace(settings, base_url="https://mapy.example.org")).test_client()
    assert send(client, filled(settings), Origin="https://mapy.example.org").status_code == 303


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_that_is_far_too_large_is_refused_unread(client, settings, store, kind):
    answer = client.post(FORM, data=filled(settings, dalsi="a" * 100_000), content_type=kind, headers=HTML)
    assert answer.status_code == 413
    assert store.messages() == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"zprava=%ff%00&znamka=%zz", b'{"zprava": 1}'])
def test_a_body_that_is_no_form_is_no_bug(client, body):
    for kind in ("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"):
        assert client.post(FORM, data=body, content_type=kind).status_code == 400


def test_after_many_messages_in_an_hour_the_next_is_asked_to_wait(settings, store, home):
    site = (home / "geoportal.toml").read_text(encoding="utf-8")
    (home / "geoportal.toml").write_text(site.replace("most_per_hour = 60", "most_per_hour = 2"), encoding="utf-8")
    client = create_app(replace(settings, home=home)).test_client()
    assert [send(client, filled(settings)).status_code for _ in range(3)] == [303, 303, 429]
    answer = send(client, filled(settings))
    assert answer.headers["Retry-After"] == "3600"
    assert "zkuste to prosím za hodinu" in mistakes(answer.text)[0]
    assert "https://www.datalk.cz/pages/zpetna-vazba" in answer.text


def test_where_nothing_can_be_kept_the_page_says_so_and_keeps_what_was_written(client, settings, caplog):
    fields = filled(settings)
    (settings.feedback / "feedback.sqlite").mkdir()
    answer = send(client, fields)
    assert answer.status_code == 503
    assert "nemáme kam uložit" in mistakes(answer.text)[0]
    assert "Chybí Harrachov." in answer.text
    assert str(settings.feedback) not in answer.text
    assert "can't be written" in caplog.text


def test_without_a_folder_for_the_key_even_the_empty_form_says_so(client, settings):
    settings.feedback.write_text("in the way", encoding="utf-8")
    answer = client.get(FORM, headers=HTML)
    assert answer.status_code == 503
    assert "nemáme kam uložit" in answer.text


def test_old_messages_go_with_the_next_visit_of_the_form(client, settings, store):
    send(client, filled(settings))
    assert len(store.messages()) == 1
    store.purge(datetime.now(UTC) + timedelta(days=364), 365)
    assert len(store.messages()) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geoportal.web.portal.feedback.datetime", Later)
        client.get(FORM, headers=HTML)
    assert store.messages() == []


class Later(datetime):
    """A year and a day from now."""

    @classmethod
    def now(cls, tz=None):  # type: ignore[override]
        return datetime.now(tz) + timedelta(days=366)


def test_the_form_is_never_kept_by_a_cache_and_sets_no_cookie(client, settings):
    for answer in (client.get(FORM, headers=HTML), send(client, filled(settings)), send(client, {})):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_two_forms_have_two_seals(client):
    seals = {re.search(r'name="znamka" value="([^"]+)"', client.get(FORM, headers=HTML).text)[1] for _ in range(2)}
    assert len(seals) == 2


def test_a_topic_that_is_gone_is_left_unchosen(client):
    answer = client.get(f"{FORM}?o=minule", headers=HTML)
    assert answer.status_code == 200
    assert " checked" not in answer.text


@pytest.mark.parametrize("query", [f"misto={'a' * 201}", f"stranka=/{'a' * 500}", "zprava=x", "o=data&o=data"])
def test_what_the_form_can_not_be_prefilled_with_is_400(client, query):
    assert client.get(f"{FORM}?{query}", headers=HTML).status_code == 400


@pytest.mark.parametrize("number", ["", "-1", "abc", "1" * 12, "1<b>"])
def test_thanks_for_no_number_are_400(client, number):
    assert client.get(f"{FORM}/diky?cislo={number}", headers=HTML).status_code == 400


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("cs", "Správcem osobních údajů je Liberecký kraj (IČO 70891508)."),
        ("en", "The controller of personal data is Liberecký kraj (company ID 70891508)."),
    ],
)
def test_the_page_says_who_keeps_what_why_and_how_long(client, language, said):
    page = client.get(f"{FORM}?lang={language}", headers=HTML).text
    assert said in page
    assert "365" in page
    assert "GDPR" in page


def test_a_notice_goes_out_and_tells_nothing_of_what_was_written(settings):
    with PostOffice() as office:
        client = create_app(replace(settings, smtp=office.address, feedback_to="urad@example.cz")).test_client()
        assert send(client, filled(settings, email="jana@example.cz")).status_code == 303
        office.done.wait(5)
    assert "To: urad@example.cz" in office.mail
    assert "geoportal feedback show 1" in office.mail
    assert "Harrachov" not in office.mail
    assert "jana@" not in office.mail


def test_a_dead_post_office_neither_fails_nor_delays_the_message(settings, store):
    client = create_app(replace(settings, smtp="smtp://127.0.0.1:9", feedback_to="urad@example.cz")).test_client()
    assert send(client, filled(settings)).status_code == 303
    assert len(store.messages()) == 1


class PostOffice:
    """The least SMTP server that takes one letter."""

    def __enter__(self) -> PostOffice:
        self.mail, self.done = "", threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"smtp://127.0.0.1:{self._door.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(5)
        self._door.close()

    def _serve(self) -> None:
        visitor, _ = self._door.accept()
        with visitor, visitor.makefile("rwb", buffering=0) as line:
            line.write(b"220 here\r\n")
            while said := line.readline():
                if said.upper().startswith(b"DATA"):
                    line.write(b"354 go on\r\n")
                    while (part := line.readline()) != b".\r\n":
                        self.mail += part.decode()
                    self.done.set()
                line.write(b"221 bye\r\n" if said.upper().startswith(b"QUIT") else b"250 ok\r\n")
