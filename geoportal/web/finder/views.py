"""The finder and its lists, the manifest that makes it an application, and the worker that keeps its last answer."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Response

from geoportal.web import current
from geoportal.web.portal.views import open_visit, page
from geoportal.web.respond import FRESH, body_response, json_response
from geoportal.web.screens.finder import screen
from geoportal.web.screens.finder.directory import ROOT, directory_screen

blueprint = Blueprint("finder", __name__)

PATH = "/mapa/pohotovosti"
FOR_NEIGHBOURS = (PATH, ROOT)  # what begins so is in German and Polish too
SECRET = "private, no-store"  # noqa: S105 - of an answer to a position
WORKER = "js/service-worker.js"
SHELL = (
    "css/geoportal.css", "css/finder.css", "js/finder.js", "js/answer.js", "js/search.js", "js/countdown.js",
    "js/offline.js", "js/look.js",
    "vendor/source-sans-3/source-sans-3.woff2", "img/icon.svg",
)  # fmt: skip


@blueprint.get(PATH)
def finder_page() -> Response:
    """What is open near a place, or everything by district."""
    visit = open_visit(*screen.PARAMETERS, several=screen.SEVERAL, for_neighbours=True)
    response = page("finder.html", visit, *screen.finder_screen(visit, dt.datetime.now(dt.UTC)))
    response.headers["Cache-Control"] = SECRET if "bod" in visit.args else FRESH
    return response


@blueprint.get("/pohotovosti", defaults={"steps": ""})
@blueprint.get("/pohotovosti/<path:steps>")
def directory_page(steps: str) -> Response:
    """Services of a district or of a kind, as a list to print."""
    visit = open_visit(for_neighbours=True)
    named = tuple(filter(None, steps.split("/")))
    response = page(
        "directory.html", visit, directory_screen(visit, named, dt.datetime.now(dt.UTC), current.base_url())
    )
    response.headers["Cache-Control"] = FRESH
    return response


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The finder as an application that can be installed."""
    visit = open_visit(for_neighbours=True)
    icons = [{"src": visit.address("/static/img/icon.svg"), "sizes": "any", "type": "image/svg+xml"}]
    for size, purpose in ((192, "any"), (512, "any"), (512, "maskable")):
        picture = visit.address(f"/static/vendor/icons/icon-{size}.png")
        icons.append({"src": picture, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose})
    return json_response({
        "id": visit.address(PATH), "name": visit.say("finder.title"), "short_name": visit.say("frame.finder"),
        "lang": visit.language, "start_url": visit.link(PATH), "scope": visit.address(PATH), "display": "minimal-ui",
        "background_color": "#ffffff", "theme_color": visit.site.look.accent, "icons": icons,
    }, "application/manifest+json")  # fmt: skip


@blueprint.get("/service-worker.js")
def service_worker() -> Response:
    """The worker of the finder. It names what it belongs to, so that a new snapshot or script replaces it."""
    shell = {name: file for name in SHELL if (file := current.settings().page_file(name)).is_file()}
    root = urlsplit(current.base_url()).path
    worker = current.settings().page_file(WORKER)
    version = f"{current.snapshot().id[:12]}-{_digest((*shell.values(), worker), repr(current.site().look))}"
    names = ", ".join(f'"{root}/static/{name}"' for name in shell)
    head = f'const VERSION = "{version}";\nconst FINDER = "{root}{PATH}";\nconst SHELL = [{names}];\n'
    body = head + worker.read_text(encoding="utf-8")
    response = body_response(body, "text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=1)
def _digest(files: tuple[Path, ...], look: str) -> str:
    """The content of ``files`` and the region's colours in short."""
    digest = blake2b(look.encode(), digest_size=6)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
