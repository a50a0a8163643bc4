"""The pages for people: parameters in, a screen's content and a map shell out, in one frame."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request

from geoportal.maps.shell import Shell
from geoportal.snapshot.collection import Collection
from geoportal.web import current
from geoportal.web.params import choice, read_params
from geoportal.web.respond import body_response
from geoportal.web.screens import atlas, finder, layers
from geoportal.web.screens.about import about_screen
from geoportal.web.screens.api import api_screen
from geoportal.web.screens.dataset import collection_screen, collections_screen
from geoportal.web.screens.entrance import entrance_screen
from geoportal.web.screens.features import item_screen, items_screen
from geoportal.web.screens.visit import Passage, Visit
from geoportal.web.texts import phrases

blueprint = Blueprint("pages", __name__, template_folder="templates")


def render_entrance() -> Response:
    """The entrance as HTML."""
    visit = open_visit("f")
    return page("entrance.html", visit, entrance_screen(visit))


def render_collections() -> Response:
    """The list of layers as HTML. Like all of these, it takes parameters that its caller has checked."""
    visit = open_visit(*request.args)
    return page("collections.html", visit, collections_screen(visit))


def render_collection(collection: Collection) -> Response:
    """A layer as HTML."""
    visit = open_visit(*request.args)
    return page("collection.html", visit, *collection_screen(visit, collection, current.base_url()))


def render_items(
    collection: Collection,
    features: list[dict[str, Any]],
    matched: int,
    links: dict[str, str],
    query: dict[str, str],
) -> Response:
    """A page of features (CRS84) as HTML; ``links``: addresses of ``json``, and of ``next`` and ``prev`` if any."""
    visit = open_visit(*request.args)
    return page("items.html", visit, *items_screen(visit, collection, features, matched, links, query))


def render_item(collection: Collection, feature: dict[str, Any]) -> Response:
    """One feature (CRS84) as HTML."""
    visit = open_visit(*request.args)
    return page("item.html", visit, *item_screen(visit, collection, feature))


def render_api(document: dict[str, Any]) -> Response:
    """The API document as HTML."""
    visit = open_visit(*request.args)
    return page("api.html", visit, api_screen(document))


@blueprint.get("/mapa/vrstvy")
def layers_page() -> Response:
    """All layers as overlays."""
    visit = open_visit(*layers.PARAMETERS)
    return page("layers.html", visit, *layers.layers_screen(visit))


@blueprint.get("/mapa/indikatory")
def atlas_page() -> Response:
    """One indicator over the units of a level."""
    visit = open_visit(*atlas.PARAMETERS)
    return page("atlas.html", visit, *atlas.atlas_screen(visit))


@blueprint.get("/mapa/pohotovosti")
def finder_page() -> Response:
    """Services by district, or the nearest to an obec."""
    visit = open_visit(*finder.PARAMETERS)
    return page("finder.html", visit, *finder.finder_screen(visit))


@blueprint.get("/o-datech")
def about_page() -> Response:
    """Sources, licences, repairs, and what is absent."""
    visit = open_visit()
    return page("about.html", visit, about_screen(visit))


def open_visit(*allowed: str) -> Visit:
    """The visit that this request is. An empty value, as forms send it, counts as absent.

    Raises ``InvalidParameter`` for a parameter that is unknown or repeated, and for a language or frame we don't have.
    """
    site = current.site()
    given = read_params(**dict.fromkeys(("lang", "embed", *allowed), str))
    args = {name: value for name, value in given.items() if value}
    language = choice("lang", site.languages)(args.get("lang", site.languages[0]))
    choice("embed", ("0", "1"))(args.get("embed", "0"))
    return Visit(
        site=site,
        snapshot=current.snapshot(),
        say=phrases(language),
        path=request.path,
        args=args,
        root=urlsplit(current.base_url()).path,
        hub_url=current.hub_url(),
    )


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    """What a template needs that is rendered without a visit, such as the page of an error."""
    site = current.site()
    asked = request.args.get("lang", "")
    say = phrases(asked if asked in site.languages else site.languages[0])
    root = urlsplit(current.base_url()).path
    visit = Passage(site=site, say=say, path=request.path, root=root, hub_url=current.hub_url())
    return {"visit": visit, "t": say}


def page(template: str, visit: Visit, content: dict[str, Any], shell: Shell | None = None) -> Response:
    """A page, which the browser allows to run only our own files and the shell's inline script."""
    html = render_template(template, visit=visit, t=visit.say, shell=shell, **content)
    response = body_response(html, "text/html")
    inline = f" '{shell.script_hash}'" if shell else ""
    response.headers["Content-Security-Policy"] = "; ".join((
        "default-src 'self'",
        f"script-src 'self'{inline}",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors *" if visit.embed else "frame-ancestors 'self'",
    ))  # fmt: skip
    return response
