from __future__ import annotations

from pathlib import Path

import pytest

from geoportal.build.write import write_content
from geoportal.encode import LayerContent
from geoportal.settings import Settings
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id
from tests.encode.squares_layer import content


@pytest.fixture
def layer() -> LayerContent:
    """The squares as the build would write them."""
    return content()


@pytest.fixture
def squares(layer: LayerContent, tmp_path: Path) -> Collection:
    """The squares as the service reads them."""
    entry = write_content(tmp_path / "layers" / layer.id, layer, None)
    assert layer.card is not None
    described = {"card": layer.card.model_dump(mode="json", by_alias=True), "schematic": False}
    origin = {"attribution": "© Pokus", "licence": {"name": "CC0"}, "date": "2024"}
    return Collection(tmp_path, layer.id, {**entry, **described, **origin})


@pytest.fixture
def snapshot(built_settings: Settings) -> Snapshot:
    """A whole snapshot, of the facts or of the mirror."""
    build = built_settings.data / "build"
    served = current_id(build)
    assert served is not None
    return Snapshot(build, served)
