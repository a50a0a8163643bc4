from __future__ import annotations

import lxml.html

HTML = {"Accept": "text/html"}


def sections(api, path: str) -> dict[str, list[str]]:
    page = lxml.html.document_fromstring(api.get(path, headers=HTML).text)
    return {section.findtext("h2"): section.xpath(".//li//a/@href") for section in page.xpath("//main//section[ul]")}


def test_the_hub_comes_first_and_then_the_portals_by_audience(api):
    found = sections(api, "/rozcestnik")
    site = api.application.extensions["geoportal"].site
    assert next(iter(found)) == "Datový portál"
    assert found["Datový portál"] == [site.hub.url]
    assert list(found)[1:] == list(dict.fromkeys(portal.audience.cs for portal in site.portals))
    for portal in site.portals:
        assert portal.url in found[portal.audience.cs]


def test_every_portal_says_what_it_is_for(api):
    html = lxml.html.document_fromstring(api.get("/rozcestnik?lang=en", headers=HTML).text)
    for portal in api.application.extensions["geoportal"].site.portals:
        card = html.xpath(f"//li[h3/a[@href='{portal.url}']]")[0]
        assert portal.description.en in card.text_content()
