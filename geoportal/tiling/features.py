"""Features on their way into tiles: shapes, numbers as ids, and attributes as codes into one table of words."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

NO_ID = -1
MISSING = -1  # the code of an attribute without a value

Value = str | bool | int | float


class Words:
    """Every value that occurs in the attributes, once each, with its bytes in a tile (MVT 2.1, 4.1 ``Value``)."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self.encoded: list[bytes] = []
        self._codes: dict[tuple[type, Value], int] = {}

    def code(self, value: Value | None) -> int:
        """The number of ``value``; None has none."""
        if value is None:
            return MISSING
        key = (type(value), value)  # True, 1 and 1.0 are three values
        if key not in self._codes:
            self._codes[key] = len(self.values)
            self.values.append(value)
            self.encoded.append(_message(4, _encoded_value(value)))
        return self._codes[key]

    def codes(self, values: Iterable[Value | None]) -> np.ndarray:
        """The number of each value."""
        return np.array([self.code(value) for value in values], dtype=np.int32)


@dataclass(frozen=True)
class Features:
    """Features of one layer of a tileset.

    ``shapes``: geometries in the square of the world, y to the south. ``ids``: whole numbers, ``NO_ID`` where there is
    none. ``codes``: attributes (features x ``fields``) as numbers of ``words``. ``weight``: those with the least are
    the first to be left out of a tile that is too large.
    """

    shapes: np.ndarray
    ids: np.ndarray
    fields: tuple[str, ...]
    codes: np.ndarray
    weight: np.ndarray
    words: Words

    def __len__(self) -> int:
        return len(self.shapes)

    def take(self, chosen: np.ndarray) -> Features:
        """The features that ``chosen`` (a mask or positions) names."""
        return replace(
            self,
            shapes=self.shapes[chosen],
            ids=self.ids[chosen],
            codes=self.codes[chosen],
            weight=self.weight[chosen],
        )

    def keep_fields(self, fields: Iterable[str]) -> Features:
        """The features with these attributes alone, in this order."""
        kept = tuple(fields)
        return replace(self, fields=kept, codes=self.codes[:, [self.fields.index(field) for field in kept]])

    def column(self, field: str) -> list[Value | None]:
        """The values of one attribute."""
        found = self.codes[:, self.fields.index(field)]
        return [None if code == MISSING else self.words.values[code] for code in found.tolist()]


def varint(number: int) -> bytes:
    """A whole number as protobuf writes it."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out) + bytes([number])


def text_message(field: int, text: str) -> bytes:
    """Text as a protobuf field."""
    return _message(field, text.encode())


def _message(field: int, content: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(content)) + content


def _encoded_value(value: Value) -> bytes:
    match value:
        case bool():
            return varint(7 << 3) + varint(value)
        case str():
            return text_message(1, value)
        case int() if value >= 0:
            return varint(5 << 3) + varint(value)
        case int():
            return varint(6 << 3) + varint(-2 * value - 1)
        case _:
            return varint(3 << 3 | 1) + struct.pack("<d", value)
