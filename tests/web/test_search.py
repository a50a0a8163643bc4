from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import pytest

from geoportal.search.folding import LONGEST


def found(get, query: str) -> list[dict]:
    return get(f"/search?{query}")["features"]


def test_a_result_says_what_it_is_and_where_it_leads(get):
    first, second = found(get, "q=pencin&kind=obec")
    told = first["properties"]
    assert (first["id"], first["geometry"]["type"], len(first["bbox"])) == ("obec:563749", "Point", 4)
    assert (told["kind"], told["kind_title"], told["name"], told["code"]) == ("obec", "obec", "Pěnčín", "563749")
    assert told["label"] == "Pěnčín (okres Jablonec nad Nisou)"
    assert second["properties"]["label"] == "Pěnčín (okres Liberec)"
    assert told["score"] > second["properties"]["score"]
    west, south, east, north = first["bbox"]
    lon, lat = first["geometry"]["coordinates"]
    assert west < lon < east
    assert south < lat < north


@pytest.mark.parametrize("query", ["desna", "460 01", "nemocnice", "nezamestnan", "okres semily", "zubni"])
def test_every_address_of_a_result_answers(api, get, query):
    for feature in found(get, f"q={query}&limit=5"):
        parts = urlsplit(feature["properties"]["url"])
        assert api.get(f"{parts.path}?{parts.query}", headers={"Accept": "text/html"}).status_code == 200


def test_what_has_no_place_has_no_geometry(get):
    feature = found(get, "q=podil+nezamestnanych&kind=indicator")[0]
    assert feature["geometry"] is None
    assert "position" not in feature["properties"]
    assert feature["properties"]["url"].endswith("/mapa/indikatory?ukazatel=nezamestnanost")


def test_words_are_in_the_language_asked_for(get):
    told = found(get, "q=hospitals&kind=layer&lang=en")[0]["properties"]
    assert (told["name"], told["kind_title"]) == ("Hospitals", "map layer")
    assert told["url"].endswith("/collections/nemocnice?lang=en")


def test_a_position_is_used_and_the_answer_to_it_is_not_shared(api):
    plain, near = api.get("/search?q=nova+ves"), api.get("/search?q=nova+ves&lon=14.5&lat=50.7")
    assert "public" in plain.headers["Cache-Control"]
    assert near.headers["Cache-Control"] == "private, no-store"
    assert plain.get_json(force=True) != near.get_json(force=True)


def test_where_nothing_fits_the_nearest_spelling_is_named(get):
    answer = get("/search?q=rokitnica+nat+jyserou")
    assert (answer["features"], answer["numberMatched"], answer["hint"]) == ([], 0, "Rokytnice nad Jizerou")
    assert "hint" not in get("/search?q=qqqqqq")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "'q' is required"),
        ("q=", "q is empty"),
        ("q=%20%20", "q is empty"),
        (f"q={'a' * (LONGEST + 1)}", f"at most {LONGEST}"),
        ("q=a&limit=0", "1 to 50"),
        ("q=a&kind=obce", "did you mean 'obec'"),
        ("q=a&lon=15", "go together"),
        ("q=a&lon=nan&lat=50", "not a number"),
        ("q=a&lang=xx", "does not exist"),
        ("qq=a", "unknown parameter"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_a_reason(api, query, said):
    answer = api.get(f"/search?{query}")
    assert answer.status_code == 400
    assert said in answer.get_json()["description"]


@pytest.mark.parametrize("text", ["'\"<script>", "%", "\x00", "🙂", "a" * LONGEST, "1 " * 40, "ﷺ" * 30, "ﬀ"])
def test_odd_texts_are_searched_like_others(api, text):
    assert api.get(f"/search?q={quote(text)}x").status_code in (200, 400)
    page = api.get(f"/hledani?q={quote(text)}x")
    assert page.status_code in (200, 400)
    assert "<script>x" not in page.get_data(as_text=True)


def test_the_page_shows_the_same_results_by_kind(api, get):
    html = api.get("/hledani?q=turnov").get_data(as_text=True)
    answer = get("/search?q=turnov&limit=50")
    for feature in answer["features"]:
        path = urlsplit(feature["properties"]["url"]).path
        assert f'href="{path}"' in html
    assert len(re.findall(r'<li><a href="/(?:collections|obec|pou|orp|okres)/', html)) == answer["numberReturned"]
    headings = re.findall(r'class="found-kind">([^<]+)', html)
    assert headings[0] == "obec"
    assert len(headings) == len(set(headings))


def test_the_page_counts_in_czech(api):
    def said(query: str) -> str:
        html = api.get(f"/hledani?{query}").get_data(as_text=True)
        return re.search(r'class="lead">[^<]*: ([^<]*)<', html)[1]

    assert said("q=563889") == "1 výsledek"
    assert said("q=pencin&kind=obec") == "2 výsledky"
    assert said("q=qqqqqq") == "Nic jsme nenašli."
    assert said("q=turnov&lang=en").endswith(" results")


def test_the_page_leads_to_the_nearest_spelling_and_back_to_the_hub(api):
    html = api.get("/hledani?q=rokitnica+nat+jyserou&kind=obec").get_data(as_text=True)
    assert 'href="/hledani?q=Rokytnice+nad+Jizerou&amp;kind=obec"' in html
    assert 'class="hub" href="https://www.datalk.cz/"' in html


def test_the_page_without_a_question_says_what_can_be_asked(api):
    html = api.get("/hledani").get_data(as_text=True)
    assert "PSČ" in html
    assert 'role="search"' in html


def test_the_entrance_has_the_box(api):
    html = api.get("/", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert 'action="/hledani"' in html
    assert "/static/js/search.js" in html
