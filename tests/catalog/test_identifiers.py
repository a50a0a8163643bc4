from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geoportal.cards import load_inventory
from geoportal.catalog.addresses import Addresses
from geoportal.catalog.dataset import Catalog
from geoportal.errors import Problems


def test_names_and_addresses_are_told_apart() -> None:
    addresses = Addresses("https://now.test/mapy", "https://for-ever.test")
    assert addresses.dataset("obce") == "https://for-ever.test/datasets/obce"
    assert addresses.at("/layers/obce.csv") == "https://now.test/mapy/layers/obce.csv"


def test_every_part_of_the_catalogue_has_a_name_of_its_own(catalog: Catalog) -> None:
    names = [catalog.iri]
    for dataset in catalog.datasets:
        names += [dataset.iri, *(one.iri for one in dataset.distributions)]
        names += [one.service.iri for one in dataset.distributions if one.service]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("other", ["layers/obce.toml", "tiles/zaklad.toml"])
def test_an_indicator_called_as_a_layer_or_tileset_is_refused(home: Path, other: str) -> None:
    taken = home / "layers/indicators" / Path(other).name
    shutil.copy(home / "layers/indicators/rozloha.toml", taken)
    with pytest.raises(Problems, match=f"id '{taken.stem}' is that of {other}"):
        load_inventory(home)


@pytest.mark.parametrize("names", ["data.kraj.cz", "https://data.kraj.cz/", "https://data.kraj.cz?x=1"])
def test_names_that_are_no_address_to_begin_with_are_refused(home: Path, names: str) -> None:
    toml = home / "geoportal.toml"
    toml.write_text(toml.read_text("utf-8").replace("[catalog]", f'[catalog]\nnames = "{names}"'), "utf-8")
    with pytest.raises(Problems, match=r"catalog\.names"):
        load_inventory(home)
