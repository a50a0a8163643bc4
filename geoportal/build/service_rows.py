"""Rows of a source as services: kinds, position, address, phones and hours, as the card says where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geoportal.build.layers import BuiltLayer
from geoportal.cards import FieldCard, LayerCard, LayerFrom
from geoportal.cards.service import HoursCard, KindCard, StatementCard
from geoportal.crs import CRS84, KROVAK, project_geometries
from geoportal.encode.geojson import DECIMALS
from geoportal.errors import HoursRefused
from geoportal.hours.insurer import KEYS, insurer_hours
from geoportal.hours.osm import osm_hours
from geoportal.hours.region import COLUMNS, region_hours
from geoportal.hours.schedule import Schedule
from geoportal.intake.reading import Note, examples
from geoportal.services.match import Spot
from geoportal.services.service import Record, Service, phone_numbers
from geoportal.territory.units import CODE_FIELD, Territory


@dataclass
class Rows:
    """The services of one source, and what was found wrong with them."""

    services: list[Service] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    @property
    def spots(self) -> list[Spot]:
        """Where each is, and of which kinds."""
        return [Spot(one.lon, one.lat, frozenset(one.kinds)) for one in self.services]

    def notes(self) -> list[Note]:
        """The repairs, counted."""
        found = (
            ("kind-unknown", self.strange, "druh služby, který karta vrstvy nezná; najde se jen podle vrstvy"),
            ("hours-unreadable", self.unreadable, "ordinační hodiny nelze přečíst, považují se za neznámé"),
        )
        return [Note(code, len(rows), text, examples(rows)) for code, rows, text in found if rows]


def service_rows(layer: BuiltLayer, territory: Territory) -> Rows:
    """The features of ``layer`` as services, in the order of their ids."""
    card, rows = layer.card, Rows()
    geometry = project_geometries(layer.frame.geometry.to_numpy(), KROVAK, CRS84)
    spots = np.round(shapely.get_coordinates(shapely.centroid(geometry)), DECIMALS).tolist()
    plain = pd.DataFrame(layer.frame.drop(columns=layer.frame.geometry.name)).astype(object)
    plain = plain.where(plain.notna(), None)
    found = zip(spots, plain.to_dict("records"), strict=True)
    rows.services = [_service(card, layer.source.id, row, lon, lat, territory, rows) for (lon, lat), row in found]
    rows.services.sort(key=lambda service: (len(service.id), service.id))
    return rows


def statement_layer(card: LayerCard, entry: StatementCard) -> LayerCard:
    """A card for the rows of ``entry``, so that they pass all that a layer's own rows pass; it is never published."""
    types: dict[str | None, str] = {entry.phone: "phone", entry.url: "url"}
    columns = (*entry.columns, CODE_FIELD["obec"])
    fields = {name: FieldCard(title=card.title, type=types.get(name, "text")) for name in columns}
    kinds = {kind.id: tuple(value for value, named in entry.kinds.items() if named == kind.id) for kind in card.kinds}
    return LayerCard(
        id=card.id,
        title=card.title,
        description=card.description,
        theme=card.theme,
        geometry="point",
        id_field=entry.id,
        label=entry.name,
        fields=fields,
        sources=(LayerFrom(source=entry.source),),
        kind_field=entry.kind,
        kinds=tuple(kind.model_copy(update={"values": kinds[kind.id]}) for kind in card.kinds if kinds[kind.id]),
        hours=entry.hours,
        place=entry.place,
        region=card.region,
    )


def kinds_of(card: LayerCard) -> tuple[KindCard, ...]:
    """The kinds of a layer; one that declares none is of a kind called like itself."""
    return card.kinds or (KindCard(id=card.id, title=card.title),)


def _service(
    card: LayerCard, source: str, row: Mapping[str, Any], lon: float, lat: float, territory: Territory, rows: Rows
) -> Service:
    fid, name = str(row[str(card.id_field)]), row[card.label] or card.title.cs
    municipality, district = _units(card, row, territory)
    record = Record(
        source=source,
        name=name,
        phones=phone_numbers(";".join(_of_type(card, row, "phone"))),
        url=next(iter(_of_type(card, row, "url")), None),
        osm=_osm(card.hours, row, name, rows) if card.hours else None,
    )
    return Service(
        id=f"{card.id}/{fid}",
        layer=card.id,
        fid=fid,
        name=name,
        kinds=_kinds(card, row, name, rows),
        lon=lon,
        lat=lat,
        municipality=municipality,
        district=district,
        address=_address(card, row),
        where=_value(card.place.where, row),
        ruian=_value(card.place.ruian, row) or None,
        web=record.url,
        records=(record,),
    )


def _kinds(card: LayerCard, row: Mapping[str, Any], name: str, rows: Rows) -> tuple[str, ...]:
    value = _value(card.kind_field, row)
    folded = value.casefold()
    kinds = kinds_of(card)
    found = tuple(one.id for one in kinds if not one.values or folded in [text.casefold() for text in one.values])
    if not found:
        rows.strange.append(f"{name} ({value or 'bez druhu'})")
    return found


def _units(card: LayerCard, row: Mapping[str, Any], territory: Territory) -> tuple[str, str]:
    """The names of municipality and district by the official code, otherwise as the row says."""
    code, base = row.get(CODE_FIELD["obec"]), territory.base
    municipality, district = _value(card.place.municipality, row), _value(card.place.district, row)
    if code not in base.index:
        return municipality, district
    if "okres" in territory.levels:
        okres = territory.levels["okres"]["name"]
        district = okres.get(base.at[code, CODE_FIELD["okres"]], district)
    return base.at[code, "name"], district


def _address(card: LayerCard, row: Mapping[str, Any]) -> str:
    place = card.place
    if place.address:
        return _value(place.address, row)
    street = " ".join(filter(None, (_value(place.street, row), _value(place.number, row))))
    if not street:
        return ""
    town = " ".join(filter(None, (_value(place.postcode, row), _value(place.municipality, row))))
    return ", ".join(filter(None, (street, town)))


def _osm(hours: HoursCard, row: Mapping[str, Any], name: str, rows: Rows) -> str | None:
    try:
        schedule = _schedule(hours, row)
    except HoursRefused as error:
        rows.unreadable.append(f"{name}: {error}")
        return None
    return schedule.osm if schedule else None


def _schedule(hours: HoursCard, row: Mapping[str, Any]) -> Schedule | None:
    match hours.form:
        case "osm":
            return osm_hours(row[str(hours.osm)])
        case "region":
            return region_hours({COLUMNS[day]: row[column] for day, column in hours.days.items()})
        case "insurer":  # an empty cell of a table is None, and on an insurer's day that is there it means closed
            return insurer_hours({KEYS[day]: row[column] or "" for day, column in hours.days.items()})


def _of_type(card: LayerCard, row: Mapping[str, Any], kind: str) -> list[str]:
    return [row[name] for name, declared in card.fields.items() if declared.type == kind and row[name]]


def _value(field_name: str | None, row: Mapping[str, Any]) -> str:
    return str(row[field_name] or "").strip() if field_name else ""
