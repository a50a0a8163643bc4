"""The hub's own data sets, as its catalogue had them when the snapshot was built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

FILE = "hub.json"


@dataclass(frozen=True)
class HubDataset:
    """A data set of the hub. ``page`` is its page there, ``updated`` an ISO date, ``themes`` ids of the site's themes.

    ``description`` and ``updated`` are empty where the catalogue has none. ``files``: format and address of each file
    whose address the catalogue tells.
    """

    id: str
    title: str
    description: str
    page: str
    updated: str
    formats: tuple[str, ...]
    themes: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class HubCatalogue:
    """The data sets in Czech alphabetical order, and the source that they were read from."""

    source: str
    datasets: tuple[HubDataset, ...]

    def of_theme(self, theme_id: str) -> list[HubDataset]:
        """The data sets on a theme."""
        return [dataset for dataset in self.datasets if theme_id in dataset.themes]

    @property
    def unsorted(self) -> list[HubDataset]:
        """The data sets that belong to no theme of the site."""
        return [dataset for dataset in self.datasets if not dataset.themes]

    def newest(self, most: int) -> Sequence[HubDataset]:
        """The data sets that were updated last, the newest first."""
        return sorted(self.datasets, key=lambda dataset: dataset.updated, reverse=True)[:most]


def write_hub(folder: Path, catalogue: HubCatalogue) -> None:
    """Writes the catalogue into the ``folder`` of a snapshot."""
    (folder / FILE).write_bytes(orjson.dumps(asdict(catalogue)))


def read_hub(folder: Path) -> HubCatalogue | None:
    """The catalogue in the ``folder`` of a snapshot; None where none was at hand when it was built."""
    path = folder / FILE
    if not path.is_file():
        return None
    content: dict[str, Any] = orjson.loads(path.read_bytes())
    datasets = (replace(HubDataset(**one), **_tuples(one)) for one in content["datasets"])
    return HubCatalogue(content["source"], tuple(datasets))


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    """What JSON has only lists for."""
    lists = {name: value for name, value in entry.items() if isinstance(value, list)}
    return {
        name: tuple(tuple(part) if isinstance(part, list) else part for part in value) for name, value in lists.items()
    }
