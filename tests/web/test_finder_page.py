"""The finder without scripts: the question in the address, the answer in words."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, quote, quote_plus, urlsplit

import numpy as np
import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.crs import distances_m
from geoportal.settings import Settings
from geoportal.web.finder import views as finder

PATH = "/mapa/pohotovosti"
HTML = {"Accept": "text/html"}
TUESDAY = "2026-11-24T"  # an ordinary one
TURNOV = "15.1569,50.5874"
SURGERY = "Krajská nemocnice Liberec, a.s., Nemocnice Liberec, Zubní pohotovost, Liberec (pohotovosti/3)"


@pytest.fixture(scope="module")
def client(mirror_settings: Settings) -> FlaskClient:
    """A client of the service over the mirror, where two sources speak of the hours and roads are known."""
    return create_app(mirror_settings).test_client()


def page(client: FlaskClient, query: str = "", path: str = PATH) -> str:
    answer = client.get(f"{path}?{quote(query, safe='=&,:-+')}", headers=HTML)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def main(client: FlaskClient, query: str = "") -> str:
    return page(client, query).split("<main", 1)[1].split("<template", 1)[0]


def cards(html: str) -> list[str]:
    return re.findall(r'<li class="service".*?</details>', html, re.S)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def states(html: str) -> list[str]:
    return [words(found) for card in cards(html) for found in re.findall(r'<span class="state.*?</p>', card, re.S)]


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Stops the page's clock at ``moment`` (with a zone)."""

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            return dt.datetime.fromisoformat(moment).astimezone(tz)

    monkeypatch.setattr(finder, "dt", SimpleNamespace(datetime=Clock, UTC=dt.UTC))


def test_danger_of_life_comes_first(api):
    shown = main(api)
    assert shown.index("V ohrožení života volejte") < shown.index("<h1")
    assert shown.index('href="tel:155"') < shown.index('href="tel:112"') < shown.index("<h1")


def test_every_place_is_listed_by_district_without_a_place_to_look_from(api):
    shown = main(api, "druh=vse")
    layers = ("pohotovosti", "zzs", "nemocnice")
    assert len(cards(shown)) == sum(api.get(f"/collections/{one}/items").json["numberMatched"] for one in layers)
    titles = re.findall(r"<h3>(Okres [^<]+)</h3>", shown)
    assert titles == ["Okres Česká Lípa", "Okres Jablonec nad Nisou", "Okres Liberec", "Okres Semily"]
    numbers = [int(number) for number in re.findall(r'aria-hidden="true">(\d+)</span>', shown)]
    assert numbers == list(range(1, len(cards(shown)) + 1))
    assert shown.count('href="tel:+420') > 10


@pytest.mark.parametrize(
    ("now", "place", "expected"),
    [
        ("2026-11-24T18:30:00+01:00", "lps-dospeli", "Otevřeno do 21:00"),
        ("2026-11-24T20:40:00+01:00", "lps-dospeli", "Zavře za 20 min (v 21:00)"),
        ("2026-11-24T13:40:00+01:00", "lps-dospeli", "Otevře v 17:00 (za 3 h 20 min)"),
        ("2026-11-24T14:00:00+01:00", "lps-dospeli", "Otevře v 17:00 (za 3 h)"),
        ("2026-11-24T16:59:30+01:00", "lps-dospeli", "Otevře v 17:00 (za 1 min)"),
        ("2026-11-24T22:00:00+01:00", "lps-dospeli", "Zavřeno, otevře zítra v 17:00"),
        ("2026-11-24T22:00:00+01:00", "zubni", "Zavřeno, otevře v sobotu v 8:00"),
        ("2026-11-24T22:00:00+01:00", "nemocnice", "Ordinační hodiny neznáme – zavolejte"),
        ("2026-11-24T22:00:00+01:00", "zzs", "Sem se nechodí, volejte 155"),
    ],
)
def test_the_state_is_told_in_words_with_times(api, monkeypatch, now, place, expected):
    at(monkeypatch, now)
    shown = page(api, f"bod=15.0653,50.7708&druh={place}&pocet=1")
    if place == "zubni":
        assert expected in states(page(api, f"bod=15.0629,50.7705&druh={place}&pocet=2"))
    else:
        assert states(shown) == [expected]


def test_at_a_chosen_time_days_are_named_and_nothing_counts_down(api):
    shown = page(api, f"bod=15.0653,50.7708&druh=lps-dospeli&pocet=1&kdy={TUESDAY}21:30")
    assert states(shown) == ["Zavřeno, otevře ve středu 25. 11. v 17:00"]
    assert "úterý 24. 11. 2026, 21:30" in shown
    assert "zítra" not in main(api, f"obec=563889&kdy={TUESDAY}21:30")
    assert 'data-live=""' in shown


def test_on_a_public_holiday_its_own_hours_hold_and_its_name_is_told(api):
    shown = page(api, "bod=15.0653,50.7708&druh=lps-dospeli&pocet=1&kdy=2026-12-24T10:00")
    assert states(shown) == ["Otevřeno do 18:00"]
    assert "svátek: Štědrý den" in shown


def test_places_are_ranked_by_distance_from_the_middle_of_the_chosen_obec(api):
    shown = page(api, "obec=564028&druh=vse&pocet=50")
    told = [float(text.replace(",", ".")) for text in re.findall(r"vzdušnou čarou ([\d,]+) km", "".join(cards(shown)))]
    assert told == sorted(told)
    assert len(told) > 25
    points = [(float(lon), float(lat)) for lon, lat in re.findall(r'" data-lon="([\d.]+)" data-lat="([\d.]+)"', shown)]
    here = shown.split('id="vysledky"')[1]
    lon, lat = (float(re.search(rf'data-{name}="([\d.]+)"', here)[1]) for name in ("lon", "lat"))
    expected = distances_m(lon, lat, np.array([p[0] for p in points]), np.array([p[1] for p in points])) / 1000
    assert told == pytest.approx(expected[expected >= 0.95].tolist(), abs=0.051)


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("turnov", "Nejblíž od místa Turnov"),
        ("Pěnčín (okres Liberec)", "Nejblíž od místa Pěnčín (okres Liberec)"),
        ("Pěnčín (okres Jablonec nad Nisou)", "Nejblíž od místa Pěnčín (okres Jablonec nad Nisou)"),
        ("46001", "Nejblíž od místa 460 01 (Liberec)"),
        ("libercec", "Nejblíž od místa Liberec"),
        ("nemocnice tanvald", "Nejblíž od místa Nemocnice Tanvald, s.r.o."),
    ],
)
def test_a_place_is_found_by_what_was_typed(api, typed, heading):
    assert heading in page(api, f"misto={typed}")


def test_places_of_the_same_name_are_offered_besides(api):
    shown = page(api, "misto=pencin")
    assert "Nebo jste mysleli:" in shown
    assert len(re.findall(r'<a href="[^"]*misto=P[^"]*">Pěnčín \(okres', shown)) == 1


def test_an_unknown_place_is_said_and_everything_is_listed_instead(api):
    shown = page(api, f"misto=qqqqqq&kdy={TUESDAY}18:30")
    assert "Místo „qqqqqq“ jsme nenašli." in shown
    assert "Okres Semily" in shown
    hinted = page(api, "misto=rokitnica nat jyserou")
    assert re.search(r"Nemysleli jste.{0,99}misto=Rokytnice", hinted, re.S)


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        ("lps-deti", {"Pohotovost pro děti a dorost"}),
        ("lps-deti&druh=zubni", {"Pohotovost pro děti a dorost", "Zubní pohotovost"}),
        ("lps-deti,zubni", {"Pohotovost pro děti a dorost", "Zubní pohotovost"}),
        ("pohotovosti:děti", {"Pohotovost pro děti a dorost"}),
        ("pohotovosti", {"Pohotovost pro dospělé", "Pohotovost pro děti a dorost", "Zubní pohotovost"}),
    ],
)
def test_kinds_can_be_chosen_also_as_old_addresses_have_them(api, wanted, kinds):
    shown = page(api, f"druh={wanted}")
    assert set(re.findall(r'<p class="kind"><strong>([^<]+)</strong>', shown)) == kinds
    checked = re.findall(r'<label class="chip" title="([^"]+)"><input [^>]*checked', shown)
    assert set(checked) == kinds


def test_only_what_is_certainly_open_is_left_when_asked(api):
    shown = page(api, f"obec=563889&otevreno=1&kdy={TUESDAY}18:30")
    assert states(shown)
    assert all(text.startswith("Otevřeno") for text in states(shown))


def test_the_nearest_open_place_stands_first_where_the_nearest_is_closed(api):
    shown = main(api, f"obec=563889&kdy={TUESDAY}18:30")
    box = shown.split('class="first-open"')[1].split("</div>")[0]
    assert "Otevřeno do 21:00" in box
    assert 'href="tel:+420485312184"' in box
    assert shown.index('class="first-open"') < shown.index('class="service"')


def test_when_nothing_is_open_it_is_said_first_with_what_to_do(api):
    shown = main(api, f"obec=563889&kdy={TUESDAY}08:00")
    box = shown.split('class="instead"')[1].split('class="tools')[0]
    assert box.index("V tu dobu není nic blízkého otevřeno") < box.index("Zavolejte předem")
    assert 'href="tel:+420485311111"' in box
    assert "Otevře nejdřív" in box
    assert "otevře v 16:00" in box
    assert shown.index('class="instead"') < shown.index('class="service"')


def test_when_nothing_in_the_region_is_open_what_opens_first_is_told(api, monkeypatch):
    at(monkeypatch, "2026-11-24T05:00:00+01:00")
    box = main(api).split('class="instead"')[1].split('class="tools')[0]
    assert "Otevře nejdřív" in box
    assert "Otevře v 16:00 (za 11 h)" in words(box)


def test_both_sources_stand_beside_each_other_where_they_disagree(client):
    shown = page(client, f"bod={TURNOV}&druh=lps-dospeli&pocet=1&kdy={TUESDAY}08:00")
    assert "Zdroje se v hodinách rozcházejí" in shown
    row = re.search(r'<tr class="today">.*?</tr>', shown, re.S)[0]
    assert words(row.replace("</td>", " ")) == "úterý 24. 11. zvolený den 17:00–21:00 17:00–22:00 jinak"
    assert "Všeobecná zdravotní pojišťovna České republiky, stav k 30. 9. 2026" in shown
    assert "Liberecký kraj, stav k 31. 12. 2025" in shown


def test_a_moment_over_which_sources_disagree_is_not_called_open(client):
    shown = page(client, f"bod={TURNOV}&druh=lps-dospeli&pocet=1&kdy={TUESDAY}21:30")
    assert states(shown) == ["Zdroje se neshodnou, zda je otevřeno – zavolejte"]


def test_travel_time_is_an_estimate_and_distance_is_as_the_crow_flies(client):
    shown = page(client, "obec=564028&druh=nemocnice&pocet=2")
    ways = [words(one) for one in re.findall(r'<p class="way">.*?</p>', shown)]
    assert re.fullmatch(r"\d+ min autem \(odhad\) · vzdušnou čarou [\d,]+ k?m", ways[1])
    assert "mapy 1 : 200 000" in shown


def test_an_old_statement_warns(api):
    shown = page(api, f"bod=15.0653,50.7708&druh=lps-dospeli&pocet=1&kdy={TUESDAY}18:30")
    assert "Údaj ke dni 31. 12. 2025 může být zastaralý" in shown
    assert "Od ledna 2026 pohotovosti organizují zdravotní pojišťovny" in shown


def test_a_change_can_be_reported_about_each_place(api):
    found = re.findall(r'href="(/zpetna-vazba\?o=pohotovosti[^"]+)"', page(api, "druh=zubni"))
    told = [parse_qs(urlsplit(address).query) for address in found]
    assert {"o": ["pohotovosti"], "misto": [SURGERY], "stranka": [PATH]} in told
    form = api.get(found[0], headers=HTML).text
    assert f'id="misto" name="misto" value="{told[0]["misto"][0]}"' in unescape(form)


@pytest.mark.parametrize("language", ["cs", "de"])
def test_a_message_names_its_place_in_czech_whatever_the_page_is_in(api, language):
    assert quote_plus(SURGERY) in api.get(f"{PATH}?druh=zubni&lang={language}", headers=HTML).text


def test_what_depends_on_time_is_never_kept_and_what_depends_on_a_position_is_never_stored(api):
    assert api.get(PATH, headers=HTML).headers["Cache-Control"] == "private, no-cache"
    assert api.get(f"{PATH}?bod=15.05,50.76", headers=HTML).headers["Cache-Control"] == "private, no-store"
    assert api.get("/pohotovosti", headers=HTML).headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("bod=50.7,15.0,3", "bod"), ("bod=NaN,1", "bod"), ("bod=999,50", "bod"), ("druh=lekarna", "druh"),
        ("kdy=zitra", "kdy"), ("kdy=2026-02-30T10:00", "kdy"), ("kdy=1800-01-01", "kdy"), ("otevreno=ano", "otevreno"),
        ("pocet=0", "pocet"), ("pocet=51", "pocet"), ("obec=999999", "obec"), ("misto=" + "x" * 101, "misto"),
        ("obec=563889&obec=564028", "obec"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name(api, query, named):
    answer = api.get(f"{PATH}?{query}", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert named in answer.json["description"]


@pytest.mark.parametrize(
    ("query", "remark"),
    [
        ("bod=14.4,50.08", "Poloha leží mimo Liberecký kraj."),
        ("bod=50.76,15.05", "Nejsou prohozené souřadnice?"),
        ("bod=2.35,48.85", "Poloha leží mimo Českou republiku"),
        ("obec=563889&kdy=2020-01-01T10:00", "Ptáte se na dobu, která už minula."),
        ("obec=563889&kdy=2027-03-28T02:30", "přechodu na letní čas"),
    ],
)
def test_an_odd_question_is_answered_with_a_remark(api, query, remark):
    assert remark in page(api, query)


def test_what_is_odd_about_the_question_stands_before_the_answer(api):
    shown = main(api, "bod=14.42,50.09")
    assert shown.index("Poloha leží mimo Liberecký kraj") < shown.index('class="service"')


def test_what_is_looked_for_and_when_is_folded_into_a_line_once_there_is_an_answer(api):
    def folded(query):
        found = re.search(r'<details class="refine"( open)?>\s*<summary>(.*?)</summary>', main(api, query), re.S)
        return not found[1], words(found[2])

    assert folded("druh=zubni") == (False, "Co a kdy: zubní, teď")
    assert folded("obec=563889") == (True, "Co a kdy: vše, teď")
    asked = f"obec=563889&druh=lps-deti,zubni&otevreno=1&kdy={TUESDAY}18:30"
    assert folded(asked) == (True, "Co a kdy: děti, zubní, jen otevřené, út 24. 11. 18:30")


def test_english_pages_have_no_czech_sentences(api):
    shown = main(api, f"lang=en&obec=563889&kdy={TUESDAY}18:30")
    assert "Open until 21:00" in shown
    assert not re.search(r"\b(Otevř|Zavře|Zavol|vzdušnou|Nejblíž|Ověřeno|pondělí)", shown)


def test_the_page_of_a_service_tells_its_hours_and_whom_to_call_and_is_not_kept(api):
    answer = api.get("/collections/pohotovosti/items/1", headers={"Accept": "text/html"})
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert 'class="state ' in answer.text
    assert 'href="tel:' in answer.text
    assert '<table class="week">' in answer.text


def test_the_page_of_what_is_no_service_is_kept_and_tells_no_state(api):
    answer = api.get("/collections/obce/items/563889", headers={"Accept": "text/html"})
    assert "public" in answer.headers["Cache-Control"]
    assert 'class="state ' not in answer.text


@pytest.mark.parametrize("address", [f"{PATH}?obec=1", f"{PATH}?druh=zubar&lang=de", "/pohotovosti/nikde"])
def test_who_looks_for_help_reads_whom_to_call_even_when_something_is_wrong(api, address):
    answer = api.get(address, headers=HTML)
    assert answer.status_code in (400, 404)
    assert re.findall(r'class="urgent".*href="tel:(\d+)".*href="tel:(\d+)"', answer.text) == [("155", "112")]
    assert f'class="button" href="{PATH}' in answer.text


def test_other_mistakes_lead_to_the_entrance(api):
    answer = api.get("/nikde", headers=HTML).text
    assert 'class="button" href="/"' in answer
    assert "tel:155" not in answer


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Husova 10, Liberec", "Liberec"), ("Liberec, Nádražní 5", "Liberec"), ("zubař Turnov", "Turnov"),
        ("Jablonec n. N., Podhorská 41", "Jablonec nad Nisou"), ("U Lesa 7, 463 31 Chrastava", "Chrastava"),
    ],
)  # fmt: skip
def test_of_an_address_the_place_is_taken_that_is_known_and_it_is_said(api, typed, known):
    shown = page(api, f"misto={typed}")
    assert f"Nejblíž od místa {known}" in shown
    assert f"Celou adresu „{typed}“ neznáme, hledáme od místa {known}" in shown


def test_of_an_address_the_postcode_is_taken_where_nothing_else_is_known(client):
    assert "neznáme, hledáme od místa 511 01 (Turnov, okres Semily)" in page(client, "misto=ulice 1, 511 01")


@pytest.mark.parametrize("typed", ["Lib 5", "ulice 10", "Libereček 5", "1 2 3 4 5 6 7 8 9 10 11"])
def test_no_place_is_made_of_what_only_resembles_its_name(api, typed):
    assert "jsme nenašli" in page(api, f"misto={typed}")


def test_a_typed_obec_is_measured_from_its_middle_like_a_chosen_one(api):
    assert "Vzdálenosti se počítají od středu obce" in page(api, "misto=turnov")
    assert "Vzdálenosti se počítají od středu obce" in page(api, "obec=577626")


def test_a_place_that_is_not_found_is_said_before_all_others(api):
    shown = page(api, f"misto=qqqqqq&kdy={TUESDAY}18:30")
    assert shown.index("jsme nenašli") < shown.index("Zadejte obec a seřadíme")
    assert '<details class="refine">' in shown
