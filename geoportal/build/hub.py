"""The hub's own data sets under the themes of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from geoportal.build.sources import SourceReader
from geoportal.errors import SourceRefused
from geoportal.intake.readers.dcat import COLUMNS, FILES, SEPARATOR
from geoportal.query.collation import collation
from geoportal.site import Theme
from geoportal.snapshot.hub import HubCatalogue, HubDataset


def build_hub(sources: SourceReader, problems: list[str]) -> HubCatalogue | None:
    """The catalogue from the first of the hub's sources that is at hand, or None; what is wrong joins ``problems``."""
    inputs = sources.inputs
    site = inputs.inventory.site
    usable = [name for name in site.hub.catalogue if inputs.hindrance(name) is None]
    if not usable:
        return None
    source = usable[0]
    try:
        frame = sources.read(source).frame
    except SourceRefused as error:
        problems.append(f"data/sources/{source}.toml: {error}")
        return None
    if lacking := [name for name in COLUMNS if name != FILES and name not in frame.columns]:
        problems.append(
            f"data/sources/{source}.toml: as a catalogue of the hub it lacks the columns {', '.join(lacking)}"
        )
        return None
    datasets = (_dataset(row, site.themes) for row in frame.to_dict("records"))
    return HubCatalogue(source, tuple(sorted(datasets, key=lambda dataset: collation(dataset.title))))


def _dataset(row: Mapping[Any, Any], themes: Sequence[Theme]) -> HubDataset:
    words = {word.casefold() for column in ("themes", "keywords") for word in _several(row[column])}
    return HubDataset(
        id=row["id"],
        title=row["title"],
        description=_text(row["description"]),
        page=row["page"],
        updated=_text(row["updated"]),
        formats=tuple(_several(row["formats"])),
        themes=tuple(theme.id for theme in themes if words & {word.casefold() for word in theme.hub}),
        files=tuple(_files(row.get(FILES))),
    )


def _files(value: Any) -> Iterator[tuple[str, str]]:
    for part in _several(value):
        name, _, address = part.rpartition(" ")
        yield name, address


def _several(value: Any) -> Iterator[str]:
    return filter(None, (part.strip() for part in _text(value).split(SEPARATOR)))


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
