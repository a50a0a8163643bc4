"""Sources as the build reads them: each file once, however many cards use it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from geoportal.build.inputs import Inputs
from geoportal.cards import IndicatorFrom, LayerFrom
from geoportal.intake.checks import check_crosswalk
from geoportal.intake.readers import read
from geoportal.intake.reading import Note, Reading
from geoportal.territory.crosswalk import Crosswalk, build_crosswalk

Entry = TypeVar("Entry", LayerFrom, IndicatorFrom)


class SourceReader:
    """Readings by source and table, kept for the time of one build."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self._readings: dict[tuple[str, str | None], Reading] = {}

    def read(self, source_id: str, table: str | None = None) -> Reading:
        """What the source's reader returns. Raises ``SourceRefused``."""
        key = (source_id, table)
        if key not in self._readings:
            paths = [file.path for file in self.inputs.files[source_id]]
            self._readings[key] = read(self.inputs.source(source_id), paths, table)
        return self._readings[key]

    def usable(self, entries: Iterable[Entry]) -> tuple[list[Entry], str]:
        """The entries whose source can be used, and why the others can't."""
        usable, reasons = [], []
        for entry in entries:
            hindrance = self.inputs.hindrance(entry.source)
            if hindrance is None:
                usable.append(entry)
            else:
                reasons.append(hindrance)
        return usable, "; ".join(dict.fromkeys(reasons))

    def notes(self, source_id: str) -> list[Note]:
        """What was noted while reading the source, whichever of its tables."""
        found = [note for (name, _), reading in self._readings.items() if name == source_id for note in reading.notes]
        return list(dict.fromkeys(found))

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """The code crosswalk from the sources that ``geoportal.toml`` names and that are at hand."""
        named = self.inputs.inventory.site.territory.crosswalk
        usable = [name for name in named if self.inputs.hindrance(name) is None]
        return build_crosswalk((name, check_crosswalk(self.read(name), self.inputs.source(name))) for name in usable)
