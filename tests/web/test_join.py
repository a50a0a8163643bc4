"""Own tables over HTTP: answers for programs, the page for people, and what is refused."""

from __future__ import annotations

import csv
import io
import logging
import re
from html.parser import HTMLParser

import pytest

from geoportal.join import limits
from geoportal.web.texts import phrases

TABLE = "Obec;Podíl\nLiberec;1,5\nPěnčín;2,5\nJablonec n. N.;3\nPraha;4\nTurnof;5\n"


def sent(content, name="tabulka.csv", **fields):
    body = content if isinstance(content, bytes) else content.encode()
    return {"file": (io.BytesIO(body), name), **fields}


@pytest.fixture
def join(api):
    """Sends a table to programs' address and gives the answer."""
    return lambda content=TABLE, query="", **fields: api.post(f"/join{query}", data=sent(content, **fields))


@pytest.fixture
def shown(api):
    """Sends a table to the page for people and gives the answer."""

    def send(text=TABLE, headers=None, lang="", **fields):
        return api.post(f"/pripojit{lang}", data={"text": text, **fields}, headers=headers)

    return send


class Page(HTMLParser):
    """Form fields of a page: what a browser would send, and the elements it has."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.area = [], [], None
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data):
        if self.area is not None:
            self.area += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text, self.area = self.area.removeprefix("\n"), None


def test_a_table_becomes_geojson_with_an_account(join):
    answer = join()
    assert answer.status_code == 200
    assert answer.mimetype == "application/geo+json"
    found = answer.get_json(force=True)
    assert len(found["features"]) == 215
    values = {one["id"]: one["properties"]["hodnota"] for one in found["features"]}
    assert values["563889"] == 1.5
    assert found["join"]["counts"]["units_matched"] == 2
    assert found["join"]["unknown"][1]["candidates"][0]["name"] == "Turnov"
    assert {unit["district"] for unit in found["join"]["ambiguous"][0]["candidates"]} == {
        "Liberec",
        "Jablonec nad Nisou",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso-8859-2"])
def test_the_encoding_does_not_matter(join, encoding):
    answer = join(TABLE.encode(encoding), f="json")
    assert answer.get_json()["join"]["counts"]["units_matched"] == 2


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbfObec;"), ("xlsx", b"PK"), ("json", b'{"join"')])
def test_other_formats_by_f(join, form, start):
    answer = join(query=f"?f={form}")
    assert answer.status_code == 200
    assert answer.data.startswith(start)
    assert join(f=form).data[:2] == start[:2]


def test_corrections_and_choices_are_fields(join):
    answer = join(
        fix_text=["Pěnčín", "Turnof"], fix_unit=["564303", "Turnov (577626)"], value="#2", level="obec", f="json"
    )
    told = answer.get_json()
    assert told["join"]["counts"]["units_matched"] == 4
    assert next(value for value in told["values"] if value["code"] == "577626")["value"] == 5.0


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        ("", 400, "empty"),
        ("obec;x\n", 400, "header"),
        (bytes(range(256)) * 9, 400, "can't be read"),
        ("obec;x\nBrno;1\n", 400, "Columns: obec, x"),
        (";".join("a" * 10_000) + "\n1", 413, "Row 1 has 10,000 columns; at most 200"),
        ("obec;x\n" + "Liberec;1\n" * (limits.ROWS + 1), 413, "row 10,0"),
        (b"PK\x03\x04" + b"x" * 100, 400, "broken"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, 400, "XLS"),
    ],
)
def test_a_refusal_says_what_and_where(join, content, status, words):
    answer = join(content)
    assert answer.status_code == status
    told = answer.get_json()
    assert set(told) == {"code", "description"}
    assert re.search(words, told["description"]), told
    assert len(told["description"]) < 1_000


def test_six_megabytes_are_refused(api):
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body = head + b"a;b\n" * 1_600_000 + b"\r\n--x--\r\n"
    answer = api.post("/join", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "more than 5 MB" in answer.get_json()["description"]


def test_bodies_beyond_all_measure_are_not_read(api):
    answer = api.post(
        "/join", content_type="multipart/form-data; boundary=x", environ_overrides={"CONTENT_LENGTH": "9" * 9}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"nonsense": "1"}, "nonsense"), ({"level": "stat"}, "level"), ({"value": "x"}, "x"),
        ({"classes": "9"}, "classes"),
        ({"fix_text": "a"}, "fix_unit"), ({"part": "Obec=x", "level": ["obec", "orp"]}, "level"),
        ({"fix_text": "Turnof", "fix_unit": "Brno"}, "Brno"), ({"f": "pdf"}, "pdf"), ({"decimal": "/"}, "decimal"),
        ({"text": TABLE}, "text|Text"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_by_name(join, fields, named):
    answer = join(**fields)
    assert answer.status_code == 400
    assert re.search(named, answer.get_json()["description"])


def test_an_unknown_parameter_of_the_address_is_refused(join):
    assert join(query="?x=1").status_code == 400


def test_nothing_sent_is_refused(api):
    assert api.post("/join").status_code == 400
    assert api.post("/pripojit").status_code == 400


def test_who_opens_the_address_of_programs_is_led_to_the_form(api):
    assert api.get("/join?lang=en").headers["Location"] == "/pripojit?lang=en"


def test_nothing_is_kept_or_logged(join, caplog, facts_settings):
    before = {path: path.stat().st_mtime_ns for path in facts_settings.data.rglob("*")}
    with caplog.at_level(logging.DEBUG):
        answer = join("obec;tajemství\nLiberec;123456789\n")
        join("obec;tajemství\nBrno;1\n")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "tajemství" not in caplog.text
    assert "123456789" not in caplog.text
    assert {path: path.stat().st_mtime_ns for path in facts_settings.data.rglob("*")} == before


def test_the_form_stands_without_scripts(api):
    answer = api.get("/pripojit")
    assert answer.status_code == 200
    page = Page(answer.get_data(as_text=True))
    fields = {
        held["name"] for tag, held in page.attributes if tag in ("input", "textarea", "select") and "name" in held
    }
    assert {"text", "file", "sheet"} <= fields
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_page_shows_the_table_the_account_and_the_downloads(shown):
    answer = shown()
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    for words in (
        "Podíl",
        "Přiřazeno 2 z 215",
        "Pěnčín (Jablonec nad Nisou)",
        "Turnof",
        "csv",
        "xlsx",
        "geojson",
        "#t=",
    ):
        assert words in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_page_sends_the_same_table_again(shown):
    again = Page(shown().get_data(as_text=True)).text
    assert shown(again).get_data(as_text=True).count("Přiřazeno 2 z 215") == 1
    mended = shown(again, fix_text=["Turnof", "Praha"], fix_unit=["577626", "-"]).get_data(as_text=True)
    assert "Přiřazeno 3 z 215" in mended
    assert "není to územní jednotka kraje" in mended


def test_names_are_never_markup(shown):
    nasty = '<script>alert(1)</script>" onload="x'
    text = "obec\t" + nasty + "\nLiberec\t1\n" + f"{nasty}\t2\n</script><img src=x>\t3\n</textarea><b>\t4\n"
    html = shown(text).get_data(as_text=True)
    page = Page(html)
    assert "img" not in page.tags
    assert "b" not in page.tags
    assert "<script>alert" not in html
    assert not any("onload" in held for _, held in page.attributes)
    inner = re.findall(r"<script(?![^>]*src=)[^>]*>(.*?)</script>", html, re.S)
    assert not any("<img" in part or "alert(1)</" in part for part in inner)


@pytest.mark.parametrize("order", ["value", "-value", "name"])
def test_the_table_sorts_without_scripts(shown, order):
    rows = re.findall(r'<span class="name">([^<]+)', shown("obec;h\nSemily;1\nLiberec;3\nTurnov;2", order=order).text)
    assert (
        rows[:3]
        == {
            "value": ["Semily", "Turnov", "Liberec"],
            "-value": ["Liberec", "Turnov", "Semily"],
            "name": ["Liberec", "Semily", "Turnov"],
        }[order]
    )


def test_counts_are_circles_and_shares_are_areas(shown):
    counts = shown("obec;obyvatel\nLiberec;100000\nSemily;8000").text
    assert 'class="circles"' in counts
    shares = shown("obec;podíl\nLiberec;10\nSemily;8").text
    assert 'class="circles"' not in shares
    assert 'class="circles"' in shown("obec;podíl\nLiberec;10\nSemily;8", measure="count").text


def test_a_refusal_for_people_is_in_their_language_and_keeps_what_they_wrote(shown):
    answer = shown("obec;h\nBrno;1")
    assert answer.status_code == 400
    assert "V žádném sloupci jsme nenašli" in answer.text
    assert Page(answer.text).text == "obec;h\nBrno;1"
    assert "No column holds" in shown("obec;h\nBrno;1", lang="?lang=en").text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
    ],
)
def test_a_page_of_another_site_can_not_speak_through_ours(shown, headers):
    answer = shown(headers=headers)
    assert answer.status_code == 400
    assert "jiného webu" in answer.text
    assert "Liberec;1,5" not in answer.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_our_own_page_may_send_the_form(shown, headers):
    assert shown(headers=headers).status_code == 200


def test_a_column_of_words_alone_is_shown_as_such(shown):
    answer = shown("obec;poznámka\nLiberec;ano\nSemily;ne")
    assert answer.status_code == 200
    assert "Tabulka bez sloupce s čísly" in answer.text


def test_every_refusal_has_a_sentence_in_both_languages():
    from tests.conftest import ROOT

    raised = set()
    for path in [
        *(ROOT / "geoportal/join").glob("*.py"),
        ROOT / "geoportal/web/indicators/join_form.py",
        ROOT / "geoportal/web/indicators/join.py",
    ]:
        raised |= set(re.findall(r'Table(?:Refused|TooLarge)\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    raised |= {"empty", "nothing"}
    for language in ("cs", "en"):
        told = {
            key.removeprefix("join.refused.") for key in phrases(language).entries if key.startswith("join.refused.")
        }
        assert told == raised


def test_the_csv_is_the_users_table(join):
    rows = list(csv.reader(io.StringIO(join(f="csv").data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[:2] for row in rows] == [line.split(";") for line in TABLE.splitlines()]
    assert [row[2] for row in rows[1:]] == ["563889", "", "563510", "", ""]
