"""The straight segments that lines consist of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

SHORTEST_M = 0.001


@dataclass(frozen=True)
class Segments:
    """Arrays over segments, in the order of the lines and along each of them.

    ``line``: position of the line. ``start``, ``end``: x, y (n x 2). ``share``: where on the line the segment starts
    and ends, from 0 to 1 (n x 2).
    """

    line: np.ndarray
    start: np.ndarray
    end: np.ndarray
    share: np.ndarray


def cut_up(lines: np.ndarray) -> Segments:
    """The segments of single lines in metres; what is too short to have a direction is left out."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    inner = line[1:] == line[:-1]
    inner &= np.hypot(*np.diff(points, axis=0).T) > SHORTEST_M
    line, start, end = line[:-1][inner], points[:-1][inner], points[1:][inner]
    length = np.hypot(*(end - start).T)
    behind = np.cumsum(length)
    first = np.searchsorted(line, line)  # of each segment's line
    before = behind - length - (behind - length)[first]
    whole = np.bincount(line, weights=length, minlength=len(lines))[line]
    return Segments(line, start, end, np.column_stack((before, before + length)) / whole[:, None])
