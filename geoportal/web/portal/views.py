"""The pages for people: parameters in, a screen's content and a map shell out, in one frame."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request

from geoportal.languages import offered
from geoportal.maps.shell import Shell
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.tileset import Tileset
from geoportal.web import current
from geoportal.web.embed import frame_ancestors
from geoportal.web.params import choice, read_params
from geoportal.web.respond import FRESH, body_response
from geoportal.web.screens import layers
from geoportal.web.screens.about import about_screen
from geoportal.web.screens.accessibility import accessibility_screen
from geoportal.web.screens.api.screen import api_screen
from geoportal.web.screens.atlas import screen as atlas
from geoportal.web.screens.dataset import collection_screen, collections_screen
from geoportal.web.screens.entrance import entrance_screen
from geoportal.web.screens.features import Found, item_screen, items_screen
from geoportal.web.screens.featureserver import featureserver_screen
from geoportal.web.screens.finder.screen import place_card
from geoportal.web.screens.norms import conformance_screen, fields_screen
from geoportal.web.screens.tiles import tileset_screen, tilesets_screen
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


def render_items(collection: Collection, found: Found, query: dict[str, str]) -> Response:
    """A page of features as HTML."""
    visit = open_visit(*request.args)
    return page("items.html", visit, *items_screen(visit, collection, found, query))


def render_item(collection: Collection, feature: dict[str, Any]) -> Response:
    """One feature (CRS84) as HTML."""
    visit = open_visit(*request.args)
    service = place_card(visit, collection.id, str(feature["id"]), dt.datetime.now(dt.UTC))
    content, shell = item_screen(visit, collection, feature)
    response = page("item.html", visit, {**content, "service": service}, shell)
    if service:
        response.headers["Cache-Control"] = FRESH
    return response


def render_conformance() -> Response:
    """The conformance classes as HTML."""
    visit = open_visit(*request.args)
    return page("conformance.html", visit, conformance_screen())


def render_fields(collection: Collection, kind: str) -> Response:
    """What ``kind``, queryables or schema, says of a layer's fields, as HTML."""
    visit = open_visit(*request.args)
    return page("fields.html", visit, fields_screen(visit, collection, kind))


def render_tilesets() -> Response:
    """The list of tilesets as HTML."""
    visit = open_visit(*request.args)
    return page("tilesets.html", visit, tilesets_screen(visit))


def render_tileset(tileset: Tileset) -> Response:
    """A tileset as HTML."""
    visit = open_visit(*request.args)
    return page("tileset.html", visit, *tileset_screen(visit, tileset, current.base_url()))


def render_featureserver(collection: Collection) -> Response:
    """A FeatureServer as HTML."""
    visit = open_visit("f")
    return page("featureserver.html", visit, featureserver_screen(visit, collection, current.base_url()))


def render_api(document: dict[str, Any]) -> Response:
    """The API document as HTML."""
    visit = open_visit(*request.args)
    return page("api.html", visit, api_screen(visit, document))


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


@blueprint.get("/o-datech")
def about_page() -> Response:
    """Sources, licences, repairs, and what is absent."""
    visit = open_visit()
    return page("about.html", visit, about_screen(visit))


@blueprint.get("/pristupnost")
def accessibility_page() -> Response:
    """The accessibility declaration."""
    visit = open_visit()
    return page("accessibility.html", visit, accessibility_screen(visit))


def open_visit(*allowed: str, several: tuple[str, ...] = (), for_neighbours: bool = False) -> Visit:
    """The visit that this request is. An empty value, as forms send it, counts as absent.

    One of ``several`` may be given more than once, which means the same as one value with commas. ``for_neighbours``:
    the page is in every language that the site speaks; others are in English for who asks for German or Polish.

    Raises ``InvalidParameter`` for a parameter that is unknown or repeated, and for a language or frame we don't have.
    """
    site = current.site()
    given = read_params(several, **dict.fromkeys(("lang", "embed", *allowed), str))
    args = {name: value for name, value in given.items() if value}
    languages = site.spoken if for_neighbours else site.languages
    asked = choice("lang", site.spoken)(args.get("lang", site.spoken[0]))
    choice("embed", ("0", "1"))(args.get("embed", "0"))
    return Visit(
        site=site,
        snapshot=current.snapshot(),
        say=phrases(offered(asked, languages)),
        path=request.path,
        args=args,
        languages=languages,
        root=urlsplit(current.base_url()).path,
        hub_url=current.hub_url(),
    )


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    """What a template needs that is rendered without a visit, such as the page of an error."""
    site = current.site()
    asked = request.args.get("lang", "")
    args = {"lang": asked} if asked in site.spoken else {}
    say = phrases(args.get("lang", site.spoken[0]))
    scheme, host, root, *_ = urlsplit(current.base_url())
    visit = Passage(
        site=site,
        say=say,
        path=request.path,
        args=args,
        root=root,
        hub_url=current.hub_url(),
        languages=site.spoken,
    )
    return {"visit": visit, "t": say, "origin": f"{scheme}://{host}"}


def page(template: str, visit: Visit, content: dict[str, Any], shell: Shell | None = None) -> Response:
    """A page, which the browser allows to run only our own files and the shell's inline script."""
    html = render_template(template, visit=visit, t=visit.say, shell=shell, **content)
    response = body_response(html, "text/html")
    inline = f" '{shell.script_hash}'" if shell else ""
    response.headers["Content-Security-Policy"] = "; ".join((
        "default-src 'self'",
        f"script-src 'self'{inline}",
        " ".join(("img-src 'self' data:", *current.site().basemap.origins)),
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        frame_ancestors(visit.embed),
    ))  # fmt: skip
    return response
