"""How fast the atlas redraws in a real browser, what it transfers, and how fast natural breaks are found.

A level of the size of Czechia is measured where GEOPORTAL_SCALE names a folder with ``obce_cr_polygony.gpkg``.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from playwright.sync_api import Page, Route, sync_playwright

from geoportal.atlas.natural import natural_edges

CHANGES = (  # field, value, back
    ("ukazatel", "nezamestnanost", "ucast-psp"),
    ("metoda", "prirozene", "kvantily"),
    ("tridy", "7", "5"),
    ("obdobi", "2006", "2013"),
)
REDRAW = """async ([name, value]) => {
    const field = document.getElementById(name), map = document.querySelector(".map");
    const begun = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    while (map.getAttribute("aria-busy") === "true") await new Promise((next) => setTimeout(next));
    map.getBoundingClientRect();
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    return performance.now() - begun;
}"""
PAGE = "/mapa/indikatory?ukazatel=ucast-psp"
ROUNDS = 3  # pages opened anew, since a change is made for the first time only once on a page
AGAIN = 3
Line = tuple[str, float, float, str]


def measure_atlas(address: str) -> Iterator[Line]:
    """Figures with their limits: name, value, limit, unit."""
    values = np.sort(np.random.default_rng(1).gamma(2, 300, 6258)).tolist()
    yield "natural breaks of 6,258 values, 9 classes", _timed(lambda: natural_edges(values, 9)) * 1000, 100, "ms"
    asked = urllib.request.Request(
        f"{address}/mapa/indikatory.json?ukazatel=ucast-psp", headers={"Accept-Encoding": "br"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        yield "values of 215 units in six periods, compressed", len(answer.read()) / 1000, 15, "kB"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        yield from _redraws(page, address + PAGE, "215 units", 100)
        if scale := os.environ.get("GEOPORTAL_SCALE"):
            _enlarge(page, Path(scale))
            yield from _redraws(page, address + PAGE, "6,258 units", 400)
        browser.close()


def _redraws(page: Page, address: str, what: str, limit: float) -> Iterator[Line]:
    """The medians over ``ROUNDS``, in each of which all changes are made one after another."""
    taken: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        page.goto(address)
        page.locator(".map[aria-busy=false][data-basemap]").first.wait_for(timeout=60_000)
        page.wait_for_timeout(1000)
        for field, value, back in CHANGES:
            for number in range(1 + AGAIN):
                spent = page.evaluate(REDRAW, [field, value])
                taken.setdefault((field, "again" if number else "first time"), []).append(spent)
                page.evaluate(REDRAW, [field, back])
    for (field, when), spent in taken.items():
        yield f"redraw {what}: {field}, {when}", statistics.median(spent), limit, "ms"


def _enlarge(page: Page, folder: Path) -> None:
    """Answers with all obce of Czechia and values from a fixed seed, in the form that the service answers in."""
    import pyogrio

    frame = pyogrio.read_dataframe(folder / "obce_cr_polygony.gpkg")
    codes = frame.iloc[:, 0].astype(str).tolist()
    features = [
        {"type": "Feature", "id": code, "properties": {}, "geometry": geometry}
        for code, geometry in zip(codes, (shape.__geo_interface__ for shape in frame.geometry), strict=True)
    ]
    shapes = orjson.dumps({"type": "FeatureCollection", "features": features})

    def answer_state(route: Route) -> None:
        held = orjson.loads(route.fetch().body())
        route.fulfill(body=orjson.dumps(_blown_up(held, codes)), content_type="application/json")

    page.route("**/layers/obce.geojson", lambda route: route.fulfill(body=shapes, content_type="application/geo+json"))
    page.route("**/mapa/indikatory.json*", answer_state)


def _blown_up(state: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    """``state`` with its rows repeated until there are as many units as ``codes``."""
    count = len(codes)
    repeated = {"codes": codes, "names": codes, "places": list(range(count)), "above": []}
    for pane in state["panes"]:
        pane["values"] = [(row * (count // len(row) + 1))[:count] for row in pane["values"]]
        pane["above"] = {}
        pane["statuses"] = [(digits * count)[:count] for digits in pane["statuses"]]
        for view in pane["views"]:
            view["marks"] = (view["marks"] * count)[:count]
    return {**state, "units": repeated}


def _timed(action: Any) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
