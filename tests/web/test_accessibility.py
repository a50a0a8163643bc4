from __future__ import annotations

import re

import pytest

from geoportal.app import create_app
from geoportal.settings import Settings

HTML = {"Accept": "text/html"}
PARTS = {  # of the model declaration of Decision (EU) 2018/1523, in its order
    "cs": ["Stav souladu", "Nepřístupný obsah", "Vypracování prohlášení", "Zpětná vazba a kontaktní údaje",
           "Postupy pro prosazování práva"],
    "en": ["Compliance status", "Non-accessible content", "Preparation of this declaration",
           "Feedback and contact information", "Enforcement procedure"],
}  # fmt: skip


def page(client, query=""):
    answer = client.get(f"/pristupnost{query}", headers=HTML)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("language", PARTS)
def test_the_declaration_has_the_parts_of_the_model_in_their_order(api, language):
    main = page(api, f"?lang={language}").partition("<main")[2].partition("</main>")[0]
    assert re.findall(r"<h2>(.*?)</h2>", main) == PARTS[language]


def test_it_names_the_act_the_standard_the_status_and_the_day(api):
    text = page(api)
    for named in ("č. 99/2019 Sb.", "EN 301 549", "WCAG 2.1", "částečně v souladu", "22.\u00a011.\u00a02026"):
        assert named in text.replace("22. 11. 2026", "22.\u00a011.\u00a02026"), named


def test_it_names_the_body_that_watches_over_the_act_and_leads_there(api):
    text = page(api)
    assert "Digitální a informační agentura" in text
    assert 'href="https://www.dia.gov.cz/"' in text


def test_it_leads_to_the_form_about_accessibility(api):
    assert 'href="/zpetna-vazba?o=pristupnost"' in page(api)


def test_what_the_region_has_not_filled_in_is_marked_as_such(api):
    text = page(api)
    assert text.count('<strong class="unfilled">[doplní Liberecký kraj]</strong>') == 3
    assert "mailto:" not in text


def test_what_the_region_fills_in_is_shown(home, facts_settings):
    content = (home / "geoportal.toml").read_text(encoding="utf-8")
    filled = 'email = "pristupnost@example.cz"\nphone = "+420 485 226 111"\npost = "Ulice 1"\nreviewed = 2027-01-15\n'
    (home / "geoportal.toml").write_text(
        content.replace("prepared = 2026-11-22\n", f"prepared = 2026-11-22\n{filled}"), encoding="utf-8"
    )
    text = page(create_app(Settings(home=home, data=facts_settings.data)).test_client())
    assert 'href="mailto:pristupnost@example.cz"' in text
    assert 'href="tel:+420485226111"' in text
    assert "Ulice 1" in text
    assert "2027" in text
    assert '<strong class="unfilled">' not in text


def test_the_footer_of_every_page_leads_to_it_and_to_the_form(api):
    for path in ("/?f=html", "/mapa/vrstvy", "/o-datech"):
        text = api.get(path, headers=HTML).text
        assert 'href="/pristupnost"' in text
        assert 'href="/zpetna-vazba?stranka=' in text


def test_a_site_file_that_says_nothing_of_it_has_the_pages_all_the_same(home, facts_settings):
    content = (home / "geoportal.toml").read_text(encoding="utf-8")
    table = re.compile(r"^\[(?:feedback|embed|accessibility(?:\.enforcement)?)\]\n(?:(?!\[[a-z]|\n\n).)*", re.M | re.S)
    bare, found = table.subn("", content)
    assert found == 4
    (home / "geoportal.toml").write_text(bare, encoding="utf-8")
    client = create_app(Settings(home=home, data=facts_settings.data)).test_client()
    assert page(client).count('<strong class="unfilled">') == 5
    form = client.get("/zpetna-vazba", headers=HTML).text
    assert '<textarea id="zprava"' in form
    assert 'type="radio"' not in form
