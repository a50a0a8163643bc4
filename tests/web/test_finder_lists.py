"""Lists of services by district and kind, the manifest, and the worker that keeps the last answer."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from geoportal.app import create_app
from geoportal.web.finder.views import SHELL
from geoportal.web.screens.finder.directory import list_paths, slug
from tests.conftest import ROOT

HTML = {"Accept": "text/html"}


def page(client, path):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def structured(shown):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', shown, re.S)[1])


def paths(api):
    from geoportal.web.portal.views import open_visit

    with api.application.test_request_context("/pohotovosti"):
        return list_paths(open_visit())


def test_there_is_a_list_for_each_district_each_kind_and_both(api):
    found = paths(api)
    for path in (
        "/pohotovosti",
        "/pohotovosti/ceska-lipa",
        "/pohotovosti/zubni",
        "/pohotovosti/jablonec-nad-nisou/lps-deti",
    ):
        assert path in found
    assert len(found) == len(set(found)) > 15
    for path in found:
        shown = page(api, path)
        assert 'class="name"' in shown
        assert f'<link rel="canonical" href="http://localhost{path}">' in shown


def test_a_list_has_only_what_it_is_named_for(api):
    shown = page(api, "/pohotovosti/liberec/zubni")
    assert "<h1>Zubní pohotovost, okres Liberec</h1>" in shown
    assert re.findall(r'class="name">([^<]+)<', shown) == [
        "Krajská nemocnice Liberec, a.s., Nemocnice Liberec", "Liberecká dentální s.r.o.",
    ]  # fmt: skip
    assert "8:00–12:00, 13:00–17:00" in shown
    assert "po–pá" in shown
    assert 'href="tel:+420777738625">777 738 625' in shown


def test_lists_lead_to_each_other_and_the_finder_to_them(api):
    shown = page(api, "/pohotovosti/liberec")
    assert 'href="/pohotovosti/semily"' in shown
    assert 'href="/pohotovosti/liberec/zubni"' in shown
    assert '<a href="/pohotovosti/liberec" aria-current="page">Liberec</a>' in shown
    assert 'href="/pohotovosti"' in page(api, "/mapa/pohotovosti")


@pytest.mark.parametrize("path", ["/pohotovosti/praha", "/pohotovosti/liberec/lekarna", "/pohotovosti/zubni/liberec"])
def test_a_list_of_what_there_is_not_is_not_found_and_others_are_offered(api, path):
    answer = api.get(path)
    assert answer.status_code == 404
    assert re.search(r"allowed: .*zubni|did you mean", answer.json["description"])


def test_schema_org_tells_hours_place_and_phone(api):
    listed = structured(page(api, "/pohotovosti/liberec/lps-dospeli"))
    assert listed["@type"] == "ItemList"
    place = next(one["item"] for one in listed["itemListElement"] if one["item"]["telephone"] == "+420485312184")
    assert place["@type"] == "MedicalClinic"
    lon, lat = api.get("/collections/pohotovosti/items/1").get_json(force=True)["geometry"]["coordinates"]
    assert place["geo"] == {"@type": "GeoCoordinates", "longitude": lon, "latitude": lat}
    week = {one["dayOfWeek"][0].rsplit("/")[-1]: one for one in place["openingHoursSpecification"]}
    assert [len(one["dayOfWeek"]) for one in week.values()] == [5, 3]
    assert [(one["opens"], one["closes"]) for one in week.values()] == [("17:00", "21:00"), ("08:00", "18:00")]
    assert list(week) == ["Monday", "Saturday"]


def test_a_hospital_without_hours_has_none_and_a_base_is_no_clinic(api):
    hospital = structured(page(api, "/pohotovosti/liberec/nemocnice"))["itemListElement"][0]["item"]
    assert hospital["@type"] == ["Hospital", "EmergencyService"]
    assert "openingHoursSpecification" not in hospital
    assert structured(page(api, "/pohotovosti/zzs"))["itemListElement"][0]["item"]["@type"] == "EmergencyService"


def test_every_list_is_in_the_sitemap(api):
    told = api.get("/sitemap.xml").get_data(as_text=True)
    assert all(f"<loc>http://localhost{path}</loc>" in told for path in paths(api))


def test_names_become_addresses():
    assert slug("Česká Lípa") == "ceska-lipa"
    assert slug("Jablonec nad Nisou") == "jablonec-nad-nisou"


def test_the_finder_can_be_installed(api):
    shown = page(api, "/mapa/pohotovosti?lang=en")
    address = re.search(r'<link rel="manifest" href="([^"]+)">', shown)[1]
    answer = api.get(address)
    assert answer.content_type == "application/manifest+json"
    told = answer.get_json(force=True)
    assert (told["start_url"], told["scope"], told["lang"]) == ("/mapa/pohotovosti?lang=en", "/mapa/pohotovosti", "en")
    for icon in told["icons"]:
        picture = api.get(icon["src"])
        assert picture.status_code == 200
        assert picture.mimetype == icon["type"]


def test_the_worker_names_its_version_and_files_that_exist(api):
    answer = api.get("/service-worker.js")
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert re.match(r'const VERSION = "[0-9a-f]{12}-[0-9a-f]{12}";\nconst FINDER = "/mapa/pohotovosti";\n', text)
    files = json.loads(re.search(r"const SHELL = (\[.*?\]);", text)[1])
    assert len(files) == len(SHELL)
    assert [api.get(file).status_code for file in files] == [200] * len(files)


def test_the_shell_holds_every_module_that_the_list_needs():
    needed, waiting = set(), ["finder.js", "search.js"]
    while waiting:
        name = waiting.pop()
        needed.add(name)
        text = (ROOT / "static/js" / name).read_text(encoding="utf-8")
        waiting += [one for one in re.findall(r'^import .* from "\./([\w-]+\.js)";$', text, re.M) if one not in needed]
    assert needed <= {name.removeprefix("js/") for name in SHELL}


def test_the_worker_changes_with_the_snapshot(facts_settings, mirror_settings):
    homes = (facts_settings, mirror_settings)
    one, other = (create_app(held).test_client().get("/service-worker.js").data for held in homes)
    assert one != other


def test_a_list_with_nothing_in_it_says_whom_to_call(api):
    assert "/pohotovosti/semily/zubni" not in paths(api)
    assert "zavolejte 155 / 112" in page(api, "/pohotovosti/semily/zubni")
