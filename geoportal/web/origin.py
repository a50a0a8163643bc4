"""Whether a form was sent by a page of another site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from geoportal.web import current


def is_foreign() -> bool:
    """Whether the browser says that a page of another origin sent the form (Fetch Metadata, else RFC 6454).

    Programs say neither and are not refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    ours = {urlsplit(address).netloc for address in (current.base_url(), request.host_url)}
    return origin is not None and urlsplit(origin).netloc not in ours
