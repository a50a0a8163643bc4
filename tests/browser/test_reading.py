"""The main pages as a screen reader has them: Chromium's accessibility tree, read from above downwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import visit

pytestmark = pytest.mark.browser

LANDMARKS = ("banner", "main", "contentinfo", "navigation", "region", "search", "form", "complementary")
NAMED = ("link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton", "image", "table")
ORDER = {  # what is read in this order, with more between
    "/?f=html": [
        "heading Mapová služba datového portálu Libereckého kraje", "combobox Obec, část obce, PSČ, služba, data",
        "heading Co tu najdete", "link Najít pohotovost", "region Témata", "region Nejnovější data",
    ],
    "/mapa/pohotovosti?obec=563889": ["link 155", "heading Pohotovosti", "combobox Kde hledáte?", "region Nejblíž"],
    "/mapa/indikatory?ukazatel=nezamestnanost&uroven=orp": [
        "heading Podíl nezaměstnaných osob", "region Legenda", "region Srovnání",
        "table Podíl nezaměstnaných osob", "columnheader",
    ],
    "/mapa/vrstvy": ["heading Mapové vrstvy", "region Území", "checkbox Okresy"],
    "/temata/zdravotnictvi": ["navigation Kde jste", "heading Zdravotnictví", "region Mapy", "region Vrstvy"],
    "/obec/563889": ["navigation Kde jste", "heading Obec Liberec", "region V číslech", "table", "region Na mapě"],
    "/collections/pohotovosti": ["heading Pohotovosti", "region Mapa", "table Stáhnout", "table Pole"],
    "/collections/obce/items?limit=5": ["heading Obce", "textbox Filtr", "table", "navigation Stránky"],
    "/catalog": ["heading Katalog otevřených dat", "region Zdravotnictví", "table Zdravotnictví", "link Pohotovosti"],
    "/datasets/pohotovosti": ["heading Pohotovosti", "table Soubory a rozhraní", "columnheader Formát"],
    "/pohotovosti": ["link 155", "heading Pohotovosti", "navigation Okresy", "table Pohotovost pro dospělé"],
    "/api#nearest": [
        "heading Rozhraní pro programy", "navigation Operace", "region Najít pomoc", "heading GET /nearest",
        "form Vyzkoušet: /nearest", "spinbutton lon", "button Odeslat GET /nearest", "status", "heading Příklad",
    ],
    "/pripojit": ["heading Vlastní tabulka", "textbox Vložte tabulku", "button Ukázat na mapě", "status"],
    "/zpetna-vazba": ["heading Zpětná vazba", "radio Pohotovost", "textbox Zpráva", "button Odeslat zprávu"],
    "/o-datech": ["heading O datech", "region Zdroje", "table Jak se zdroje"],
    "/pristupnost": ["heading Prohlášení o přístupnosti", "heading Stav souladu", "heading Postupy"],
}  # fmt: skip


@dataclass(frozen=True)
class Spoken:
    """Something that is read: its role, its name, the level of a heading."""

    role: str
    name: str
    level: int = 0

    @property
    def words(self) -> str:
        return f"{self.role} {self.name}"


def reading(page: Page) -> list[Spoken]:
    """Everything that is read, in order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, Any]) -> Iterator[Spoken]:
        if not node.get("ignored"):
            properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            name = " ".join(str(node.get("name", {}).get("value", "")).split())
            yield Spoken(node["role"]["value"], name, properties.get("level", 0))
        for child in node.get("childIds", []):
            if child in by_id:
                yield from walk(by_id[child])

    return list(walk(nodes[0]))


def missing_from(said: list[Spoken], expected: list[str]) -> str | None:
    """The first of ``expected`` that is not read after those before it."""
    words = iter(one.words for one in said)
    return next((wanted for wanted in expected if not any(found.startswith(wanted) for found in words)), None)


@pytest.fixture(scope="module", params=[360, 1440])
def shown(request, browser, address):
    with browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce") as context:
        yield visit(context, address)


@pytest.mark.parametrize("path", ORDER)
def test_a_page_is_read_in_the_order_of_its_sense_and_everything_has_a_name(shown, path):
    said = reading(shown.open(path))
    frame = ["link Přejít na obsah", "banner", "link Informační a datový portál", "main"]
    if "pohotovosti" not in path:  # which gives a phone's first view to the answer; the footer leads on
        frame.insert(3, "navigation Hlavní")
    assert missing_from(said, [*frame, *ORDER[path], "contentinfo", "link Přístupnost"]) is None
    assert [one for one in said if one.role in NAMED and not one.name] == []
    landmarks = Counter(one.words for one in said if one.role in LANDMARKS and (one.name or one.role in LANDMARKS[:3]))
    assert [name for name, count in landmarks.items() if count > 1] == []
    levels = [one.level for one in said if one.role == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(high, low) for high, low in pairwise(levels) if low > high + 1] == []


@pytest.mark.parametrize("path", ["/mapa/vrstvy", "/collections/pohotovosti", "/collections/obce/items?limit=5"])
def test_a_map_says_what_it_does_in_a_place_that_is_listened_to(shown, path):
    said = reading(shown.open(path))
    assert "status" in {one.role for one in said}
    assert any(one.role == "region" and one.name.startswith("Mapa") for one in said)


def test_what_is_missing_or_out_of_order_is_noticed():
    said = [Spoken("banner", ""), Spoken("heading", "Obce", 1), Spoken("table", "Obce")]
    assert missing_from(said, ["banner", "heading Obce", "table"]) is None
    assert missing_from(said, ["table", "heading Obce"]) == "heading Obce"
