"""What a build starts from: the inventory, the files at hand, and one digest of all that decides the result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata

from geoportal.cards import Inventory, SourceCard, load_inventory
from geoportal.errors import Problems
from geoportal.intake.raw import RawFile, files
from geoportal.look import STYLESHEET, look_problems
from geoportal.settings import PACKAGE, Settings

# Another version of these may write other bytes from the same input.
_LIBRARIES = (
    "brotli",
    "geopandas",
    "numpy",
    "orjson",
    "pandas",
    "pmtiles",
    "pyarrow",
    "pyogrio",
    "pyproj",
    "scipy",
    "shapely",
    "zstandard",
)
_ROOMS = (
    "build",
    "cards",
    "encode",
    "formula",
    "hours",
    "intake",
    "query/collation.py",
    "roads",
    "services",
    "search",
    "snapshot",
    "territory",
    "tiling",
    "crs.py",
    "schema.py",
    "site.py",
)


@dataclass(frozen=True)
class Inputs:
    """``files``: source id -> its files, empty where they are not at hand."""

    inventory: Inventory
    files: Mapping[str, tuple[RawFile, ...]]
    digest: str

    def source(self, source_id: str) -> SourceCard:
        """The card of a source."""
        return self.inventory.sources[source_id]

    def hindrance(self, source_id: str) -> str | None:
        """Why a source can't be used, as a sentence, or None if it can."""
        card = self.source(source_id)
        if not card.cleared and source_id not in self.inventory.site.publication.allow:
            return f"zdroj {source_id} není uvolněn ke zveřejnění: {card.clearance}"
        if not self.files[source_id]:
            return f"zdroj {source_id} není stažen"
        return None


def gather_inputs(settings: Settings) -> Inputs:
    """The checked inventory and the files at hand. Raises ``Problems``."""
    inventory = load_inventory(settings.home)
    sheet = settings.page_file(STYLESHEET).read_text(encoding="utf-8")
    if problems := list(look_problems(sheet, inventory.site.look)):
        raise Problems(problems)
    at_hand = {name: files(card, settings) for name, card in inventory.sources.items()}
    return Inputs(inventory, at_hand, _digest(inventory, at_hand))


def _digest(inventory: Inventory, at_hand: Mapping[str, tuple[RawFile, ...]]) -> str:
    digest = hashlib.sha256()
    code = [path for room in _ROOMS for path in sorted((PACKAGE / room).rglob("*.py")) or [PACKAGE / room]]
    for path in [*inventory.files(), *code]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    sums = {name: [(file.path.name, file.sha256) for file in held] for name, held in at_hand.items()}
    versions = [metadata.version(library) for library in _LIBRARIES]
    digest.update(json.dumps([sums, versions], sort_keys=True).encode())
    return digest.hexdigest()
