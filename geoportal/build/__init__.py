"""The build: from the inventory and the files at hand to a published snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geoportal.build.inputs import gather_inputs
from geoportal.settings import Settings
from geoportal.snapshot.store import current_id, read_manifest


@dataclass(frozen=True)
class Built:
    """The served snapshot after a build; ``fresh`` is False where nothing in the input had changed."""

    snapshot_id: str
    manifest: dict[str, Any]
    fresh: bool


def build(settings: Settings, force: bool = False, say: Callable[[str], None] = lambda line: None) -> Built:
    """Builds a snapshot and makes it the served one; an unchanged input is recognised by its digest.

    Raises ``Problems`` naming everything that is wrong; the served snapshot then stays.
    """
    inputs = gather_inputs(settings)
    served = current_id(settings.build)
    manifest = read_manifest(settings.build, served) if served else None
    if served and manifest and manifest["inputs"] == inputs.digest and not force:
        return Built(served, manifest, fresh=False)
    from geoportal.build.run import run  # geopandas and its kin take a second to load

    snapshot_id = run(inputs, settings, say)
    return Built(snapshot_id, read_manifest(settings.build, snapshot_id) or {}, fresh=True)
