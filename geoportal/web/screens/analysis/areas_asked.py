"""What ``/analyzy/oblast`` is asked: an area that was drawn, or a radius around a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geoportal.analyses.drawn import Area, circle, radius_of, read_area
from geoportal.errors import InvalidParameter
from geoportal.web.params import number
from geoportal.web.screens.finder.place import Sought, sought_place
from geoportal.web.screens.visit import Visit

DRAWN, PLACE, POINT, OBEC, RADIUS = "oblast", "misto", "bod", "obec", "polomer"
USUAL_KM = 10.0


@dataclass(frozen=True)
class Asked:
    """The question. ``area`` is None where nothing was asked yet, or where the place is not known.

    ``around`` names the middle of a circle, empty for an area that was drawn and for a bare point. ``page`` and
    ``program`` are the parameters that ask the same of the page and of ``/analyses/area``.
    """

    area: Area | None = None
    sought: Sought = field(default_factory=Sought)
    radius_km: float | None = None
    around: str = ""
    page: Mapping[str, str] = field(default_factory=dict)
    program: Mapping[str, str] = field(default_factory=dict)


def asked_of_page(visit: Visit) -> Asked:
    """What the page's address asks: an area goes before a place. Raises ``AnalysisRefused``, ``InvalidParameter``."""
    box, drawn = visit.site.region.bounds, visit.args.get(DRAWN)
    if drawn:
        return Asked(read_area(drawn, DRAWN, box), page={DRAWN: drawn}, program={"area": drawn})
    radius = radius_of(visit.args.get(RADIUS, f"{USUAL_KM:g}").replace(",", "."), RADIUS)  # as people write it
    sought = sought_place(visit)
    place = sought.place
    if place is None:
        return Asked(sought=sought, radius_km=radius)
    named = next(name for name in (PLACE, POINT, OBEC) if visit.args.get(name))
    value = place.typed if named == PLACE else visit.args[named]
    return Asked(
        circle(place.lon, place.lat, radius, box),
        sought,
        radius,
        place.name,
        page={named: value, RADIUS: f"{radius:g}"},
        program={"lon": f"{place.lon:g}", "lat": f"{place.lat:g}", "radius": f"{radius:g}"},
    )


def asked_of_program(visit: Visit, given: Mapping[str, str | None]) -> Asked:
    """What a program asks: ``area``, or ``lon``, ``lat`` and ``radius``.

    Raises ``AnalysisRefused`` for what is no area, ``InvalidParameter`` for the rest.
    """
    box, drawn = visit.site.region.bounds, given.get("area")
    around = {name: text for name in ("lon", "lat", "radius") if (text := given.get(name)) is not None}
    if drawn is not None and around:
        raise InvalidParameter(
            f"area and {', '.join(around)} are given together; give an area, or a point and a radius"
        )
    if drawn is not None:
        return Asked(read_area(drawn, "area", box), page={DRAWN: drawn}, program={"area": drawn})
    if not {"lon", "lat"} <= around.keys():
        raise InvalidParameter("parameter 'area' is required, or 'lon' and 'lat' with a 'radius' in kilometres")
    lon, lat = number("lon", -180, 180)(around["lon"]), number("lat", -90, 90)(around["lat"])
    radius = radius_of(around.get("radius", f"{USUAL_KM:g}"), "radius")
    return Asked(
        circle(lon, lat, radius, box),
        radius_km=radius,
        page={POINT: f"{lon},{lat}", RADIUS: f"{radius:g}"},
        program={"lon": f"{lon}", "lat": f"{lat}", "radius": f"{radius:g}"},
    )
