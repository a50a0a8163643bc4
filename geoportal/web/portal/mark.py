"""The mark of the region beside the service's name: its own shape, taken from the data that it serves."""

from __future__ import annotations

from flask import Blueprint, Response

from geoportal.errors import NotFound
from geoportal.profiles.locator import silhouette
from geoportal.web import current
from geoportal.web.respond import body_response

blueprint = Blueprint("mark", __name__)
ADDRESS = "/znak.svg"


@blueprint.get(ADDRESS)
def mark() -> Response:
    """The region's silhouette as SVG; the stylesheet colours it. Raises ``NotFound`` where there are no outlines."""
    drawn = silhouette(current.snapshot())
    if drawn is None:
        raise NotFound("this snapshot has no outline of the region to draw")
    path, width, height = drawn
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><path d="{path}"/></svg>'
    return body_response(svg, "image/svg+xml")
