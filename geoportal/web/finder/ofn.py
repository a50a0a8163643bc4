"""A layer of services as JSON-LD in the terms of the Czech open formal norms (OFN) of 2020-07-01.

There is no norm for health care. That of tourist destinations is the one whose context brings together all the shared
ones that a service needs: name, contacts, place, address and opening hours. What it lacks is named after schema.org.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response

from geoportal.errors import NotFound, alternatives
from geoportal.hours.clock import PRAGUE
from geoportal.hours.ofn import ofn_hours
from geoportal.hours.schedule import parse_schedule
from geoportal.services.book import service_book
from geoportal.services.service import Book, Record, Service
from geoportal.snapshot.collection import Collection
from geoportal.web.current import base_url, snapshot
from geoportal.web.features.files import get_collection
from geoportal.web.links import JSONLD, collection_url
from geoportal.web.operation import operation
from geoportal.web.respond import json_response

blueprint = Blueprint("ofn", __name__)

CONTEXT = [
    "https://ofn.gov.cz/turistické-cíle/2020-07-01/kontexty/turistický-cíl.jsonld",
    {
        "Zdravotnická služba": "https://schema.org/MedicalOrganization",
        "druh_služby": {"@id": "https://schema.org/serviceType", "@container": "@language"},
        "obec": {"@id": "https://schema.org/addressLocality"},
        "zdroj": {"@id": "https://schema.org/creditText"},
        "podmínky_užití": {"@id": "https://schema.org/license"},
    },
]
ADDRESS_PLACE = "https://linked.cuzk.cz/resource/ruian/adresni-misto/"


@blueprint.get("/layers/<layer_id>.jsonld")
@operation("A layer of services as JSON-LD in the terms of the Czech open formal norms.", "Files", {JSONLD: None})
def layer_in_ofn(layer_id: str, given: dict[str, Any]) -> Response:
    """All features of a layer of services, with the layer's own values only."""
    collection, held = get_collection(layer_id), snapshot()
    if not collection.service:
        services = [name for name, other in held.collections.items() if other.service]
        raise NotFound(f"layer '{layer_id}' has no format 'jsonld', only services have; {alternatives('', services)}")
    book, today = service_book(held), dt.datetime.now(PRAGUE).date()
    shown = [service for service in book.services if service.layer == layer_id and service.fid]
    graph = [describe_service(service, collection, book, today) for service in shown]
    return json_response(
        {"@context": CONTEXT, "iri": f"{base_url()}/layers/{layer_id}.jsonld", "@graph": graph}, JSONLD
    )


def describe_service(service: Service, collection: Collection, book: Book, today: dt.date) -> dict[str, Any]:
    """One service in the terms of OFN; ``today`` says for which years Easter is named in its hours."""
    own = service.records[0]
    hours = ofn_hours(parse_schedule(own.osm), today) if own.osm else []
    titles = [book.kinds[name].title.model_dump(exclude_none=True) for name in service.kinds]
    languages = sorted({language for title in titles for language in title})
    kinds = {language: [title[language] for title in titles if language in title] for language in languages}
    return {
        "typ": "Zdravotnická služba",
        "iri": collection_url(service.layer, "items", str(service.fid)),
        "název": {"cs": service.name},
        **({"popis": {"cs": service.where}} if service.where else {}),
        "druh_služby": kinds,
        **({"kontakt": contacts} if (contacts := _contacts(own)) else {}),
        "umístění": [_place(service)],
        **({"otevírací_doba": hours} if hours else {}),
        "aktualizováno": {"typ": "Časový okamžik", "datum": book.origins[own.source].verified.isoformat()},
        "zdroj": collection.attribution,
        "podmínky_užití": collection.licence.get("url") or collection.licence["name"],
    }


def _contacts(record: Record) -> list[dict[str, str]]:
    web = {"url": record.url} if record.url else {}
    if not record.phones:
        return [{"typ": "Kontakt", **web}] if web else []
    return [{"typ": "Kontakt", "telefon": f"tel:{phone}", **web} for phone in record.phones]


def _place(service: Service) -> dict[str, Any]:
    """The point (longitude first, as GeoJSON in OFN has it) and the address: its IRI in RÚIAN, else as text."""
    point = {"type": "Point", "coordinates": [service.lon, service.lat]}
    text = service.address or service.municipality
    address = {"adresní_místo": f"{ADDRESS_PLACE}{service.ruian}"} if service.ruian else {"text": {"cs": text}}
    return {"typ": "Umístění", "geometrie": point, "adresa": {"typ": "Adresa", **address}, "obec": service.municipality}
