from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from geoportal.settings import Settings
from tests.conftest import ROOT, needs

# What a browser has around its pages and no test looks at: the first two are pages of their own beside each of ours,
# as costly as one. The last flag of this name counts, so what Playwright leaves out stands here again.
WITHOUT = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]  # fmt: skip
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-3d-apis",  # so that maps are drawn without their basemap, at once; test_basemap.py has a browser for it
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(WITHOUT)}",
    "--no-first-run",
]
# With WebGL, in software.
DRAWS = [flag for flag in QUIET if flag not in ("--disable-gpu", "--disable-3d-apis")]
DRAWS += ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
AXE = ROOT / "static/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIBEREC = {"longitude": 15.0584, "latitude": 50.7699}
PATIENCE_S = 20  # a busy machine is not a fault
expect.set_options(timeout=PATIENCE_S * 1000)


@dataclass
class Visitor:
    """A browser window on the service, and what went on behind it."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Opens a page and waits until its map is drawn."""
        self.page.goto(self.address + path)
        self.page.locator(".map[aria-busy=true]").wait_for(state="detached")
        return self.page

    @property
    def foreign(self) -> list[str]:
        """Requests that left for another host."""
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))]


def until(page: Page, condition: str | Callable[[], object]) -> None:
    """Waits for a condition, in JavaScript or Python.

    In place of Playwright's ``wait_for_function``: our Content-Security-Policy refuses its second
    evaluation, so that it passes when the condition holds at once and fails else.
    """
    give_up = monotonic() + PATIENCE_S
    while not (condition() if callable(condition) else page.evaluate(condition)):
        assert monotonic() < give_up, condition
        page.wait_for_timeout(30)


def violations(page: Page, rules: object = RULES, within: str = "html") -> list[str]:
    """What axe finds wrong ``within`` a part of a page: each rule that is broken, and the first elements that break it.

    What is right stays in the browser: a long page has megabytes of it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    ask = """([within, runOnly]) => axe.run(within, {runOnly, resultTypes: ["violations"]})
        .then(({violations}) => violations)"""
    found = page.evaluate(ask, [within, rules])
    return [f"{one['id']}: {one['help']}: {[node['html'][:150] for node in one['nodes'][:3]]}" for one in found]


@pytest.fixture(scope="session")
def address(facts_settings: Settings, served: Callable[[Settings], str]) -> str:
    """The service over the facts, with the libraries that the pages load."""
    vendor = Path(ROOT / "static/vendor/leaflet/leaflet.js")
    assert vendor.is_file(), "static/vendor is empty; run 'npm ci --ignore-scripts' and 'python assets.py' in static/"
    return served(facts_settings)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers; a process may have one."""
    with sync_playwright() as held:
        yield held


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium."""
    held = playwright.chromium.launch(executable_path=needs("chromium"), args=QUIET)
    yield held
    held.close()


def visit(context: BrowserContext, address: str) -> Visitor:
    """A new window in ``context`` that keeps account of errors and requests."""
    visitor = Visitor(context.new_page(), address)
    visitor.page.set_default_timeout(PATIENCE_S * 1000)
    visitor.page.on("pageerror", lambda error: visitor.problems.append(str(error)))
    visitor.page.on("console", lambda said: said.type in ("error", "warning") and visitor.problems.append(said.text))
    visitor.page.on("request", lambda request: visitor.requests.append(request.url))
    return visitor


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """A visitor at a desk, who lets the page know where they are when asked."""
    with browser.new_context(
        viewport={"width": 1440, "height": 900},
        geolocation=LIBEREC,
        permissions=["geolocation"],
        reduced_motion="reduce",
    ) as context:
        yield visit(context, address)


@pytest.fixture(scope="session")
def drawing(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium with WebGL, in software."""
    held = playwright.chromium.launch(executable_path=needs("chromium"), args=DRAWS)
    yield held
    held.close()


@pytest.fixture
def onlooker(drawing: Browser, address: str) -> Iterator[Visitor]:
    """A visitor whose browser has WebGL."""
    with drawing.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce") as context:
        yield visit(context, address)
