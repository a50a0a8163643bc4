"""Our maps in other people's pages: whose, the code to copy, and oEmbed (https://oembed.com)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, current_app, request

from geoportal.errors import NotFound, NotOffered
from geoportal.web import current
from geoportal.web.params import Parser, read_params, required, whole
from geoportal.web.respond import json_response
from geoportal.web.screens.visit import Passage

blueprint = Blueprint("embed", __name__)

PATH = "/oembed"
WIDTH, HEIGHT = 800, 600  # px, where nobody asks for less
TYPE = "application/json+oembed"
_MARK = f'type="{TYPE}"'


@dataclass(frozen=True)
class Embedding:
    """How a map page is shown in another page: the code to copy, and where oEmbed tells it."""

    code: str
    oembed: str


def frame_ancestors(embedded: bool) -> str:
    """The directive of the Content-Security-Policy that says whose pages may show this one in a frame."""
    if not embedded:
        return "frame-ancestors 'self'"
    hub = urlsplit(current.hub_url())
    hosts = dict.fromkeys((f"{hub.scheme}://{hub.netloc}", *current.site().embed.hosts))
    return " ".join(("frame-ancestors", "'self'", *hosts))


@blueprint.app_template_global()
def embedding(visit: Passage, title: str) -> Embedding:
    """The embedding of the page that ``visit`` shows; ``title`` is what the page is called."""
    parts = urlsplit(current.base_url())
    page = f"{parts.scheme}://{parts.netloc}{visit.here(embed=None)}"
    return Embedding(_iframe(page, title, "100%", HEIGHT), f"{current.base_url()}{PATH}?{urlencode({'url': page})}")


@blueprint.get(PATH)
def oembed() -> Response:
    """What a page needs to show one of our maps, as oEmbed says it (2.3.4.4, type "rich").

    Raises ``NotFound`` for an address that is not a map of ours, ``NotOffered`` for another format than JSON.
    """
    width, height = whole("maxwidth", 1, 10_000), whole("maxheight", 1, 10_000)
    parsers: dict[str, Parser] = {"url": str, "format": _json, "maxwidth": width, "maxheight": height, "dnt": str}
    given = read_params(**parsers)
    required(given, "url")
    base, url = current.base_url(), given["url"]
    title = _title_of(url)
    size = (min(given["maxwidth"] or WIDTH, WIDTH), min(given["maxheight"] or HEIGHT, HEIGHT))
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": current.site().title.cs,
        "provider_url": f"{base}/",
        "width": size[0],
        "height": size[1],
        "html": _iframe(url, title, str(size[0]), size[1]),
    }
    return json_response(answer)


def _json(text: str) -> str:
    if text != "json":
        raise NotOffered(f"format={text[:40]!r} is not made here; allowed: json")
    return text


def _title_of(url: str) -> str:
    """The title of the map page at ``url``, asked of the page itself, so that all it refuses is refused here too."""
    base = f"{current.base_url()}/"
    path = url.removeprefix(base).partition("#")[0]
    if not url.startswith(base) or path.startswith(("/", PATH[1:])):
        raise NotFound(f"url={url[:200]!r} is not a map of this service; its maps begin with {base}")
    asked = {"Accept": "text/html", "Host": request.host}
    with current_app.test_request_context(f"/{path}", headers=asked):
        answer = current_app.full_dispatch_request()
        page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        answer.close()
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    if answer.status_code != 200 or _MARK not in page or title is None:
        raise NotFound(f"url={url[:200]!r} is not a map of this service; pages with a map name their oEmbed address")
    return unescape(title[1]).strip()


def _iframe(url: str, title: str, width: str, height: int) -> str:
    """The code that shows ``url`` in a frame; it may ask for the visitor's position, which it does only on a click."""
    address, _, fragment = url.partition("#")
    address += ("&" if "?" in address else "?") + "embed=1" + (f"#{fragment}" if fragment else "")
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" '
        f'style="border:0" loading="lazy" allow="geolocation"></iframe>'
    )
