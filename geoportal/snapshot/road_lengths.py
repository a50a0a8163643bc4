"""Lengths of the shortest ways by road from each obec to each service, as the build measured them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

FILE = "unit_metres.npy"


def read_road_lengths(folder: Path, entry: Mapping[str, Any]) -> Mapping[str, np.ndarray] | None:
    """Metres by layer: obce in the order of codes x features by position, inf where there is no way.

    ``entry`` is the manifest's part on roads. None where the snapshot was built by a version that measured none.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    metres: np.ndarray = np.load(path, mmap_mode="r")
    return {layer: metres[:, slice(*bounds)] for layer, bounds in entry["services"].items()}
