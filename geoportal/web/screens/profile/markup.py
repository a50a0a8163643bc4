"""A territorial unit as schema.org has it, for search engines."""

from __future__ import annotations

from typing import Any

from geoportal.profiles.unit import Unit, units_of
from geoportal.web.screens.visit import Visit

SYSTEMS = {"obec": "ČSÚ", "pou": "ČSÚ", "orp": "ČSÚ", "okres": "LAU 1", "kraj": "NUTS 3"}


def place_markup(visit: Visit, unit: Unit, title: str, base_url: str) -> dict[str, Any]:
    """The unit as an AdministrativeArea that lies in others."""
    units = units_of(visit.snapshot)
    lon, lat = units.point(unit)
    above = [
        {"@type": "AdministrativeArea", "@id": base_url + one.path, "name": one.name, "url": base_url + one.path}
        for one in units.parents(unit)
    ]
    country = {"@type": "Country", "name": "Česko", "identifier": "CZ"}
    return {
        "@context": "https://schema.org",
        "@type": ["AdministrativeArea", "City"] if unit.level == "obec" else "AdministrativeArea",
        "@id": base_url + unit.path,
        "url": base_url + visit.path,
        "name": title,
        "identifier": {"@type": "PropertyValue", "propertyID": SYSTEMS[unit.level], "value": unit.code},
        "geo": {"@type": "GeoCoordinates", "longitude": lon, "latitude": lat},
        "containedInPlace": above or country,
        **({"sameAs": visit.site.region.iri} if unit.code == visit.site.region.code else {}),
    }
