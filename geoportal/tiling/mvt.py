"""Layers of tiles in the Mapbox Vector Tile encoding 2.1: all tiles of a zoom in one pass over flat arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geoportal.tiling import varints
from geoportal.tiling.cut import Pieces
from geoportal.tiling.features import MISSING, NO_ID, Features, text_message, varint
from geoportal.tiling.grid import EXTENT
from geoportal.tiling.varints import places, sums

MOVE, LINE, CLOSE = 1, 2, 7  # commands of a geometry (4.3.1)
_FOOT = varint(5 << 3) + varint(EXTENT)


@dataclass(frozen=True)
class Runs:
    """Numbers of many pieces after each other, ``counts`` of them for each."""

    numbers: np.ndarray
    counts: np.ndarray

    @property
    def bytes(self) -> np.ndarray:
        """How many bytes the numbers of each piece take."""
        return sums(varints.lengths(self.numbers), self.counts)


def encode_layer(name: str, pieces: Pieces, features: Features, dimension: int) -> dict[int, bytes]:
    """The layer ``name`` of each tile that has a piece, by the tile's number."""
    if not len(pieces.tiles):
        return {}
    tiles, tile_of = np.unique(pieces.tiles, return_inverse=True)
    tags, words, word_starts = _tags(features.codes[pieces.rows], tile_of, len(tiles))
    body, starts = _feature_bytes(features.ids[pieces.rows], tags, _geometry(pieces, dimension), dimension)
    ends = starts[np.searchsorted(tile_of, np.arange(len(tiles) + 1))].tolist()
    head = varint(15 << 3) + varint(2) + text_message(1, name)
    keys = b"".join(text_message(3, field) for field in features.fields)
    encoded, bounds = features.words.encoded, word_starts.tolist()
    layers = {}
    for position, tile in enumerate(tiles.tolist()):
        table = b"".join([encoded[word] for word in words[bounds[position] : bounds[position + 1]]])
        content = head + body[ends[position] : ends[position + 1]] + keys + table + _FOOT
        layers[tile] = varint(3 << 3 | 2) + varint(len(content)) + content
    return layers


def _tags(codes: np.ndarray, tile_of: np.ndarray, tiles: int) -> tuple[Runs, list[int], np.ndarray]:
    """Pairs of key and value by piece; the words of each tile in their order, and where each tile's begin."""
    present = codes != MISSING
    rows, fields = np.nonzero(present)
    span = int(codes.max(initial=0)) + 1
    used, local = np.unique(tile_of[rows] * span + codes[present], return_inverse=True)
    starts = np.searchsorted(used // span, np.arange(tiles + 1))
    pairs = np.column_stack((fields, local - starts[tile_of[rows]])).astype(np.uint64)
    return Runs(pairs.ravel(), 2 * present.sum(axis=1)), (used % span).tolist(), starts


def _geometry(pieces: Pieces, dimension: int) -> Runs:
    """The commands that draw each piece, in units from the corner of its tile."""
    _, coordinates, offsets = shapely.to_ragged_array(pieces.parts)
    path_of_part = np.ones(len(pieces.parts), dtype=np.int64)
    counts = np.ones(len(coordinates), dtype=np.int64)
    if dimension:
        counts = np.diff(offsets[0]).astype(np.int64)
    if dimension == 2:
        path_of_part = np.diff(offsets[1]).astype(np.int64)
        closing = np.cumsum(counts) - 1
        coordinates = np.delete(coordinates, closing, axis=0)
        counts -= 1
    piece_of_path = np.repeat(pieces.owners, path_of_part)
    moves = _moves(coordinates, np.repeat(piece_of_path, counts), pieces.tiles)
    if dimension == 0:
        return _points(moves, np.bincount(piece_of_path, minlength=len(pieces.tiles)))
    return _paths(moves, counts, piece_of_path, len(pieces.tiles), closed=dimension == 2)


def _moves(coordinates: np.ndarray, piece_of: np.ndarray, tiles: np.ndarray) -> np.ndarray:
    """Each point as the move from the one before in its piece, the first from the tile's corner."""
    row_bits = (1 << 29) - 1
    corners = np.column_stack((tiles >> 29 & row_bits, tiles & row_bits)) * EXTENT
    points = coordinates.astype(np.int64) - corners[piece_of]
    moves = np.diff(points, axis=0, prepend=0)
    first = np.flatnonzero(np.diff(piece_of, prepend=-1))
    moves[first] = points[first]
    return varints.zigzag(moves)


def _points(moves: np.ndarray, counts: np.ndarray) -> Runs:
    starts = np.cumsum(2 * counts + 1) - (2 * counts + 1)
    numbers = np.empty(len(moves) * 2 + len(counts), dtype=np.uint64)
    numbers[starts] = counts << 3 | MOVE
    numbers[places(starts + 1, 2 * counts)] = moves.ravel()
    return Runs(numbers, 2 * counts + 1)


def _paths(moves: np.ndarray, counts: np.ndarray, piece_of: np.ndarray, pieces: int, closed: bool) -> Runs:
    """Per path: move to its first point, lines to the others, and back where it is ``closed``."""
    taken = 2 * counts + 2 + closed
    starts = np.cumsum(taken) - taken
    numbers = np.empty(int(taken.sum()), dtype=np.uint64)
    numbers[starts] = 1 << 3 | MOVE
    numbers[starts + 3] = (counts - 1) << 3 | LINE
    first = np.cumsum(counts) - counts
    numbers[starts + 1], numbers[starts + 2] = moves[first, 0], moves[first, 1]
    others = np.delete(moves, first, axis=0)
    numbers[places(starts + 4, 2 * (counts - 1))] = others.ravel()
    if closed:
        numbers[starts + taken - 1] = 1 << 3 | CLOSE
    return Runs(numbers, np.bincount(piece_of, weights=taken, minlength=pieces).astype(np.int64))


def _feature_bytes(ids: np.ndarray, tags: Runs, geometry: Runs, dimension: int) -> tuple[bytes, np.ndarray]:
    """The messages of all pieces after each other, and where each begins (n + 1)."""
    count = len(ids)
    named = ids != NO_ID
    head = np.zeros((count, 4), dtype=np.uint64)  # id and its key, then the length of the tags and their key
    head[:, 0], head[:, 1] = 1 << 3, np.where(named, ids, 0)
    head[:, 2], head[:, 3] = 2 << 3 | 2, tags.bytes
    shown = np.column_stack((named, named, tags.counts > 0, tags.counts > 0))
    middle = np.zeros((count, 4), dtype=np.uint64)
    middle[:, 0], middle[:, 1] = 3 << 3, dimension + 1
    middle[:, 2], middle[:, 3] = 4 << 3 | 2, geometry.bytes
    heads, middles = Runs(head[shown], shown.sum(axis=1)), Runs(middle.ravel(), np.full(count, 4))
    runs = (heads, tags, middles, geometry)
    size = sum(run.bytes for run in runs)
    outer = np.column_stack((np.full(count, 2 << 3 | 2), size)).astype(np.uint64)
    numbers, counts = _woven((Runs(outer.ravel(), np.full(count, 2)), *runs))
    body, starts = varints.encode(numbers)
    return body, starts[np.concatenate(([0], np.cumsum(counts)))]


def _woven(runs: tuple[Runs, ...]) -> tuple[np.ndarray, np.ndarray]:
    """For each piece its numbers of all ``runs`` in their order; and how many there are."""
    counts = np.sum([run.counts for run in runs], axis=0)
    numbers = np.empty(int(counts.sum()), dtype=np.uint64)
    starts = np.cumsum(counts) - counts
    for run in runs:
        numbers[places(starts, run.counts)] = run.numbers
        starts = starts + run.counts
    return numbers, counts
