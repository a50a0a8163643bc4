"""Pages in the languages of the site: what neighbours need in German and Polish, all else in English."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.cards import load_inventory
from geoportal.settings import Settings

HTML = {"Accept": "text/html"}
ROOT = Path(__file__).resolve().parents[2]
FINDER = "/mapa/pohotovosti"
EVENING = "kdy=2026-11-24T18:30"
OURS = [
    FINDER,
    f"{FINDER}?druh=vse",
    f"{FINDER}?obec=563889&{EVENING}",
    f"{FINDER}?obec=563889&kdy=2026-12-24T03:00",
    f"{FINDER}?misto=turnov&otevreno=1&kdy=2026-11-24T10:00",
    f"{FINDER}?misto=qqqqqq",
    f"{FINDER}?misto=pencin",
    f"{FINDER}?bod=50.77,15.05&pocet=50",
    f"{FINDER}?bod=2.35,48.85",
    f"{FINDER}?bod=15.05,50.77&kdy=2027-10-31T02:30",
    f"{FINDER}?bod=15.05,50.77&kdy=2027-03-28T02:30",
    f"{FINDER}?bod=15.05,50.77&kdy=2020-01-01T12:00",
    f"{FINDER}?embed=1",
    "/pohotovosti",
    "/pohotovosti/semily",
    "/pohotovosti/liberec/zubni",
    "/zpetna-vazba?o=pohotovosti&misto=Liberec",
    "/zpetna-vazba/diky?cislo=7",
]
CZECH = re.compile(r"\b(Otevř|Zavř|Zavol|vzdušnou|Nejblí|Ověřeno|pondělí|Stav:|Podrobnosti|zdroj|Mapy a|otevřeno)")


def shown(client: FlaskClient, address: str, language: str, status: int = 200) -> str:
    mark = "&" if "?" in address else "?"
    answer = client.get(f"{address}{mark}lang={language}", headers=HTML)
    assert answer.status_code == status, answer.text
    return answer.text


def offers(html: str) -> list[str]:
    """The languages that a page says it is in, as a reader sees them."""
    listed = re.search(r'<ul class="languages".*?</ul>', html, re.DOTALL)
    return re.findall(r"<(?:span|a)[^>]*>(\w\w)(?=<)", listed[0]) if listed else []


def own_words(html: str) -> str:
    """What the page itself says, without what is marked as Czech."""
    html = re.sub(r'<(\w+)[^>]* lang="cs".*?</\1>', "", html, flags=re.DOTALL)
    return re.sub(r"<(script|textarea|template).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)


@pytest.mark.parametrize("language", ["cs", "en", "de", "pl"])
@pytest.mark.parametrize("address", OURS)
def test_what_helps_in_an_emergency_is_in_every_language(api, address, language):
    html = shown(api, address, language)
    assert f'<html lang="{language}">' in html
    assert "embed" in address or offers(html) == ["cs", "en", "de", "pl"]
    if language != "cs":
        assert CZECH.findall(own_words(html)) == []


def test_alternates_name_each_language_and_the_page_its_own_address(api):
    html = shown(api, f"{FINDER}?obec=563889", "pl")
    alternates = dict(re.findall(r'rel="alternate" hreflang="([\w-]+)" href="http://localhost([^"]+)"', html))
    address = f"{FINDER}?obec=563889"
    assert alternates == {
        "cs": address, "x-default": address, **{one: f"{address}&amp;lang={one}" for one in ("en", "de", "pl")}
    }  # fmt: skip
    assert f'rel="canonical" href="http://localhost{address}&amp;lang=pl"' in html


@pytest.mark.parametrize("address", ["/", "/mapa/indikatory", "/obec/563889", "/collections", "/hledani", "/api"])
def test_another_page_is_in_english_and_leads_back_in_german(api, address):
    html = shown(api, address, "de")
    assert '<html lang="en">' in html
    assert offers(html) == ["cs", "en"]
    assert not re.search(r'hreflang="(de|pl)"', html)
    assert f'href="{FINDER}?lang=de"' in html


def test_every_link_of_a_german_page_leads_somewhere(api):
    found = [FINDER, "/pohotovosti/liberec/zubni"]
    links = {link for page in found for link in re.findall(r'(?:href|src)="(/[^"#]*)', shown(api, page, "de"))}
    assert "/zmeny.atom?lang=de" in links
    paths = {unescape(link) for link in links if not link.startswith("/static/vendor")}
    assert {path: status for path in paths if (status := api.get(path, headers=HTML).status_code) != 200} == {}


@pytest.mark.parametrize("language", ["de", "pl"])
@pytest.mark.parametrize("address", ["/nikde", f"{FINDER}?bod=x"])
def test_what_went_wrong_is_said_in_the_language_asked_for(api, address, language):
    html = shown(api, address, language, 404 if address == "/nikde" else 400)
    assert f'<html lang="{language}">' in html
    assert CZECH.findall(own_words(html)) == []


def test_names_of_places_are_marked_as_czech_in_other_languages_alone(api):
    german, czech = (shown(api, f"{FINDER}?druh=zubni", language) for language in ("de", "cs"))
    assert '<span class="name" lang="cs">Liberecká dentální s.r.o.</span>' in german
    assert '<span class="name">Liberecká dentální s.r.o.</span>' in czech


def test_who_comes_from_abroad_reads_the_code_of_the_country(api):
    assert ">Anrufen +420\u00a0777\u00a0738\u00a0625<" in shown(api, f"{FINDER}?druh=zubni", "de")
    assert ">Zavolat 777\u00a0738\u00a0625<" in shown(api, f"{FINDER}?druh=zubni", "cs")


def test_the_finder_says_when_it_opens_as_a_neighbour_would(api):
    german, polish = (shown(api, f"{FINDER}?druh=zubni&obec=563889&{EVENING}", one) for one in ("de", "pl"))
    assert "Geschlossen, öffnet am Samstag 28.11. um 8:00 Uhr" in german
    assert "Zamknięte, otwarcie w sobotę 28.11 o 8:00" in polish


def test_the_installed_finder_speaks_the_language_it_was_installed_in(api):
    manifest = api.get("/manifest.webmanifest?lang=pl").json
    assert (manifest["lang"], manifest["start_url"]) == ("pl", f"{FINDER}?lang=pl")
    assert manifest["name"] == "Pomoc lekarska w pobliżu"


def test_remarks_on_an_answer_are_in_every_language(api):
    (remark,) = [one for one in api.get("/nearest?lon=2.35&lat=48.85").json["remarks"] if "outside" in one["code"]]
    assert remark["de"] == "Die Position liegt außerhalb Tschechiens; gesucht wird nur im Gebiet: Region Liberec."
    assert remark["pl"].startswith("Położenie jest poza Czechami")


def test_suggestions_are_in_the_language_of_the_page(api):
    (found, *_) = api.get("/search?q=turnov&kind=obec&lang=de").json["features"]
    assert (found["properties"]["kind_title"], found["properties"]["context"]) == ("Gemeinde", "Bezirk Semily")


def test_every_kind_of_help_and_the_names_around_it_are_translated():
    inventory = load_inventory(ROOT)
    site = inventory.site
    texts = [site.title, site.region.name, site.hub.name, site.finder.notice]
    texts += [topic.title for topic in site.feedback.topics]
    for card in inventory.layers.values():
        if card.service:
            texts += [card.title, *(text for kind in card.kinds for text in (kind.title, kind.short or kind.title))]
        if card.network:
            texts.append(card.network.note)
    assert len(texts) > 15
    assert [text.cs for text in texts if text and not (text.en and text.de and text.pl)] == []


def test_a_change_is_reported_in_the_language_of_the_finder(api):
    link = re.search(r'href="(/zpetna-vazba\?[^"]*o=pohotovosti[^"]*)"', shown(api, f"{FINDER}?druh=zubni", "de"))
    form = api.get(unescape(link[1]), headers=HTML).text
    assert "<h1>Rückmeldung</h1>" in form
    assert "Bereitschaftsdienst oder andere Stelle (Zeiten, Telefon, Lage)" in form
    assert 'action="/zpetna-vazba?lang=de"' in form
    assert "löschen wir nach 365 Tagen" in form


@pytest.mark.parametrize(("language", "told"), [("de", "Wählen Sie aus, worum es geht."), ("pl", "Napisz wiadomość.")])
def test_what_must_be_mended_in_a_message_is_said_in_the_language_of_the_form(api, language, told):
    form = api.get(f"/zpetna-vazba?lang={language}", headers=HTML).text
    fields = dict(re.findall(r'name="(znamka)" value="([^"]+)"', form))
    answer = api.post(f"/zpetna-vazba?lang={language}", data=fields, headers=HTML)
    assert answer.status_code == 400
    assert told in answer.text
    assert CZECH.findall(own_words(answer.text)) == []


def test_a_sitemap_names_the_form_in_every_language(api):
    found = re.findall(r"<loc>http://localhost/zpetna-vazba([^<]*)</loc>", api.get("/sitemap.xml").text)
    assert found == ["", "?lang=en", "?lang=de", "?lang=pl"]


def test_a_region_without_neighbours_has_no_more_than_its_own_languages(home, facts_settings: Settings):
    site = home / "geoportal.toml"
    text = site.read_text(encoding="utf-8")
    assert 'languages = ["cs", "en", "de", "pl"]' in text
    site.write_text(text.replace('languages = ["cs", "en", "de", "pl"]', 'languages = ["cs", "en"]'), encoding="utf-8")
    client = create_app(Settings(home=home, data=facts_settings.data)).test_client()
    assert offers(shown(client, FINDER, "en")) == ["cs", "en"]
    assert "'de'" in client.get(f"{FINDER}?lang=de").get_json()["description"]
    assert set(client.get("/nearest?lon=2.35&lat=48.85").json["remarks"][0]) == {"code", "cs", "en"}
