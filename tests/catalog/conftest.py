from __future__ import annotations

import pytest

from geoportal.catalog.addresses import Addresses
from geoportal.catalog.contents import read_catalog
from geoportal.catalog.dataset import Catalog
from geoportal.settings import Settings
from geoportal.site import load_site
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id

BASE = "https://mapy.test"


@pytest.fixture(scope="session")
def catalog(built_settings: Settings) -> Catalog:
    """The catalogue as it is at an https address."""
    snapshot_id = current_id(built_settings.build)
    assert snapshot_id
    return read_catalog(
        Snapshot(built_settings.build, snapshot_id), load_site(built_settings.home), Addresses(BASE, BASE)
    )
