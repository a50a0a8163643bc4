"""An indicator as a dataset: the files with all of its values, and the API that gives some of them."""

from __future__ import annotations

from geoportal.catalog.dataset import Dataset, Distribution, Field, Service
from geoportal.catalog.moments import covered
from geoportal.catalog.record import API, Origin, joined, through
from geoportal.schema import Text
from geoportal.snapshot.indicator import IndicatorTable

VALUE_FORMS = {  # format -> media type, title
    "csv": ("text/csv; charset=utf-8", "CSV"),
    "json": ("application/json", "JSON"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (XLSX)"),
}
WORD = Text(cs="ukazatel", en="indicator")


def indicator_record(origin: Origin, table: IndicatorTable) -> Dataset:
    """The record of an indicator. Its values are of units, so it covers what the region does."""
    addresses, theme = origin.addresses, origin.site.theme(table.theme)
    concepts = origin.concepts(theme)
    periods = [period for level in table.levels for period in table.periods(level)]
    return Dataset(
        iri=addresses.dataset(table.id),
        id=table.id,
        kind="indicator",
        title=table.title,
        description=_described(table),
        page=addresses.at(f"/mapa/indikatory?ukazatel={table.id}"),
        theme=theme.id,
        themes=theme.eu,
        keywords=origin.keywords(theme, (WORD.cs,), table.title, concepts),
        frequency=origin.frequency(table.entry["sources"]),
        modified=max(periods),  # the date of a source is that of its file, of which an indicator may use a part
        bounds=origin.extent,
        period=covered(periods),
        terms=origin.terms(table.licences, table.attribution),
        attribution=table.attribution,
        distributions=(*_files(origin, table), _values(origin, table)),
        concepts=concepts,
        fields=(Field(table.id, table.title, table.unit.cs),),
    )


def _described(table: IndicatorTable) -> Text:
    """The description with the warning where periods or units differ in kind."""
    if table.comparability is None:
        return table.description
    english = f"{table.description.en} {table.comparability.into('en')}" if table.description.en else None
    return Text(cs=f"{table.description.cs} {table.comparability.cs}", en=english)


def _files(origin: Origin, table: IndicatorTable) -> list[Distribution]:
    return [
        Distribution(
            iri=origin.addresses.part(table.id, "file", form),
            name=form,
            title=joined(table.title, Text(cs=title)),
            access_url=origin.addresses.at(f"/indicators/{table.id}.{form}"),
            media_type=media_type,
            form=form,
            **origin.written(f"values/{table.id}.{form}"),
        )
        for form, (media_type, title) in VALUE_FORMS.items()
    ]


def _values(origin: Origin, table: IndicatorTable) -> Distribution:
    addresses = origin.addresses
    service = Service(
        iri=addresses.part(table.id, "service", "values"),
        title=joined(table.title, API),
        endpoint=addresses.at(f"/indicators/{table.id}/values"),
        description=addresses.at("/api"),
        documentation=addresses.at("/api?f=html"),
        standard="https://spec.openapis.org/oas/v3.0.3",
    )
    return through(service, "values", addresses.part(table.id, "access", "values"))
