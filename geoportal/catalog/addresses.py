"""Where things are, and how they are called: the service may move, identifiers may not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Addresses:
    """``base`` is the public address of the service, ``names`` the address that identifiers begin with."""

    base: str
    names: str

    @property
    def catalog(self) -> str:
        """The IRI of the catalogue."""
        return f"{self.names}/catalog"

    def dataset(self, dataset_id: str) -> str:
        """The IRI of a dataset."""
        return f"{self.names}/datasets/{dataset_id}"

    def part(self, dataset_id: str, kind: str, name: str) -> str:
        """The IRI of what is described with a dataset, such as one of its distributions."""
        return f"{self.dataset(dataset_id)}#{kind}-{name}"

    def at(self, path: str) -> str:
        """The public address of ``path``."""
        return self.base + path
