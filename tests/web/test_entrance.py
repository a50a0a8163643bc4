from __future__ import annotations

import lxml.html
import pytest

from geoportal.web.portal.views import open_visit
from geoportal.web.screens.entrance import entrance_screen
from geoportal.web.screens.portrait import portrait
from tests.web.reading import HTML, read_page, text_of


@pytest.fixture
def visit(api):
    with api.application.test_request_context("/"):
        yield open_visit()


def test_search_comes_before_all_else(api):
    main = read_page(api, "/").find(".//main")
    assert main.xpath(".//form")[0].get("role") == "search"
    order = list(main.iter())
    form = order.index(main.xpath(".//form")[0])
    assert all(order.index(link) > form for link in main.xpath(".//a"))


def test_the_three_jobs_each_bear_a_fact_of_the_snapshot(api, visit):
    jobs = read_page(api, "/").xpath("//ul[contains(@class, 'jobs')]/li")
    assert [job.xpath(".//a/@href")[0] for job in jobs] == ["/mapa/pohotovosti", "/mapa/indikatory", "/collections"]
    facts = [text_of(job.xpath("p[@class='fact']")[0]) for job in jobs]
    assert f"Pohotovosti {visit.snapshot.collections['pohotovosti'].count}" in facts[0]
    assert facts[0].startswith("Pohotovosti")
    assert f"{len(visit.snapshot.indicators)} ukazatelů" in facts[2]


def test_the_fact_on_municipalities_is_that_of_the_atlas(api):
    found = read_page(api, "/")
    fact = text_of(found.xpath("//ul[contains(@class, 'jobs')]/li[2]/p[@class='fact']")[0])
    address = found.xpath("//a[@class='portrait']/@href")[0]
    indicator = address.partition("ukazatel=")[2]
    held = api.get(f"/indicators/{indicator}/values?level=kraj&f=json").json
    assert held["title"] in fact
    assert f"{held['values'][0]['value']:.1f}".replace(".", ",") in fact


def test_the_portrait_draws_every_obec_once(visit):
    found = portrait(visit.snapshot, "nezamestnanost")
    rings = sum(path.count("z") for _, path in found.shapes)
    obce = visit.snapshot.collections["obce"].features()
    held = sum(
        len(polygon)
        for feature in obce
        for polygon in (
            feature["geometry"]["coordinates"]
            if feature["geometry"]["type"] == "MultiPolygon"
            else [feature["geometry"]["coordinates"]]
        )
    )
    assert rings == held >= 215
    without_value = next(path for colour, path in found.shapes if not colour)
    assert without_value.count("z") == 3  # three small obce have no rate of unemployment


def test_a_count_has_no_portrait_since_areas_would_mislead(visit):
    assert portrait(visit.snapshot, "obyvatel") is None


def test_what_is_new_stands_in_the_order_of_time_and_leads_there(api, visit):
    screen = entrance_screen(visit)
    sources = visit.snapshot.manifest["sources"]
    newest = max((source["date"], name) for name, source in sources.items() if name in ("zzs", "nemocnice"))
    assert screen["map_news"][0].date == visit.say.date(newest[0])
    assert screen["map_news"][0].address == f"/collections/{newest[1]}"
    shown = read_page(api, "/").xpath("//ul[@class='news'][1]//a/@href")
    assert shown[: len(screen["map_news"])] == [one.address for one in screen["map_news"]]
    dates = [one.updated for one in visit.snapshot.hub.newest(6)]
    assert dates == sorted(dates, reverse=True)
    assert [one.date for one in screen["hub_news"]] == [visit.say.date(date) for date in dates]


def test_all_themes_are_there_with_what_they_hold(api, visit):
    themes = read_page(api, "/").xpath("//section[@aria-labelledby='temata']//li")
    assert len(themes) == len(visit.site.themes)
    assert "3 ukazatele" in text_of(next(one for one in themes if "Sociální oblast" in text_of(one)))


def test_the_entrance_knows_its_languages_and_its_lasting_address(api):
    links = {
        (one.get("rel"), one.get("hreflang")): one.get("href")
        for one in read_page(api, "/?lang=en&f=html").xpath("//link[@rel='canonical' or @hreflang]")
    }
    assert links == {
        ("canonical", None): "http://localhost/?lang=en",
        ("alternate", "cs"): "http://localhost/",
        ("alternate", "en"): "http://localhost/?lang=en",
        ("alternate", "x-default"): "http://localhost/",
    }


def test_a_page_in_a_frame_is_known_under_the_address_of_the_whole_page(api):
    html = read_page(api, "/mapa/indikatory?ukazatel=obyvatel&embed=1")
    assert html.xpath("//link[@rel='canonical']/@href") == ["http://localhost/mapa/indikatory?ukazatel=obyvatel"]


def test_an_error_has_no_lasting_address(api):
    html = lxml.html.document_fromstring(api.get("/temata/nic", headers=HTML).text)
    assert html.xpath("//link[@rel='canonical' or @hreflang]") == []


def test_the_frame_leads_to_all_parts_and_back_to_the_hub(api):
    html = read_page(api, "/temata")
    assert html.xpath("//header//nav//a/@href") == [
        "/mapa/pohotovosti", "/mapa/indikatory", "/mapa/vrstvy", "/temata", "/collections",
    ]  # fmt: skip
    assert html.xpath("//header//a[@class='hub']/@href") == ["https://www.datalk.cz/"]
    assert html.xpath("//header//nav//a[@aria-current='page']/@href") == ["/temata"]
    assert read_page(api, "/temata/sport").xpath("//header//nav//a[@aria-current='true']/@href") == ["/temata"]
    foot = html.xpath("//footer//a/@href")
    for path in ("/o-datech", "/catalog", "/api", "/rozcestnik", "/pristupnost", "/zpetna-vazba?stranka=%2Ftemata"):
        assert path in foot
