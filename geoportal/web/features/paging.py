"""The pages of an answer: how many features there are, and the links to the page before and behind."""

from __future__ import annotations

from typing import Any

from geoportal.query.items import ItemsQuery, Selection
from geoportal.web.links import link, request_url


def counts(selection: Selection) -> dict[str, int]:
    """How many features match, and how many of them are on this page."""
    return {"numberMatched": selection.matched, "numberReturned": len(selection.positions)}


def paging(query: ItemsQuery, selection: Selection, media_type: str) -> list[dict[str, Any]]:
    """Links to the next and the previous page, of those that there are."""
    links = []
    end = query.offset + len(selection.positions)
    if end < selection.matched and len(selection.positions):
        links.append(link("next", request_url(offset=end, limit=query.limit), media_type))
    if query.offset:
        start = max(0, min(query.offset, selection.matched) - query.limit)
        links.append(link("prev", request_url(offset=start, limit=query.limit), media_type))
    return links
