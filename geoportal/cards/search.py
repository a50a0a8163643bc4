"""What of a layer can be found by name."""

from __future__ import annotations

from collections.abc import Iterator

from geoportal.schema import Declaration, Text


class SearchCard(Declaration):
    """Makes each feature of a layer something that search finds; services are found without it.

    ``kind`` is the word for one of them ("adresa"). ``name`` are the fields whose texts, in this order, make the name
    (by default the layer's label), ``around`` fields that are not the name but tell it apart, such as a postcode.
    """

    kind: Text
    name: tuple[str, ...] = ()
    around: tuple[str, ...] = ()

    @property
    def fields(self) -> Iterator[str]:
        """The fields that it names."""
        yield from self.name
        yield from self.around
