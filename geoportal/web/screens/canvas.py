"""The canvas of a page's map: its box, its name, and the words its script says."""

from __future__ import annotations

from geoportal.maps.basemap import Basemap, ExternalBasemap
from geoportal.maps.shell import Canvas
from geoportal.web.screens.visit import Visit

WORDS = (
    "zoom_in", "zoom_out", "loading", "shown", "hidden", "failed", "feature", "dataset", "report", "close", "here",
    "denied", "nearest", "several", "missing", "confidential", "incomplete",
)  # fmt: skip
BASEMAP = "zaklad"  # the tileset of our own map
LOOKS = {"light": "zaklad", "dark": "zaklad-tmavy", "contrast": "zaklad-kontrastni", "over": "zaklad-tlumeny"}


def canvas(visit: Visit, name: str) -> Canvas:
    """The canvas over the whole territory, with ``name`` for screen readers."""
    boxes = [collection.bounds for collection in visit.snapshot.collections.values() if collection.level]
    wests, souths, easts, norths = zip(*boxes, strict=True) if boxes else ([b] for b in visit.site.region.bounds)
    return Canvas(
        bounds=(min(wests), min(souths), max(easts), max(norths)),
        name=name,
        static_url=visit.address("/static"),
        about_url=visit.link("/o-datech"),
        about_label=visit.say("frame.about"),
        language=visit.language,
        words=tuple((word, visit.say("script." + word)) for word in WORDS),
        basemap=_basemap(visit),
        report_url=visit.link("/zpetna-vazba"),
    )


def _basemap(visit: Visit) -> Basemap:
    own = BASEMAP in visit.snapshot.tilesets
    return Basemap(
        title=visit.say("frame.basemap"),
        styles=tuple((look, visit.address(f"/styles/{style}.json")) for look, style in LOOKS.items() if own),
        external=tuple(
            ExternalBasemap(
                title=visit.into(one.title), url=one.address, attribution=one.attribution, link=one.link,
                zooms=one.zooms, logo=one.logo, logo_link=one.logo_link,
            ) for one in visit.site.basemap.chosen
        ),
    )  # fmt: skip
