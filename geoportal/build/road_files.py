"""The files from which a server tells travel times: the network, the times from its nodes, where its segments lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoportal.build.roads import BuiltRoads
from geoportal.roads.cells import make_cells
from geoportal.snapshot.road_lengths import FILE


def write_roads(folder: Path, roads: BuiltRoads) -> dict[str, Any]:
    """Writes what ``RoadTimes`` opens; returns the manifest's part on roads."""
    folder.mkdir()
    cells = make_cells(roads.network, roads.off_road)
    journeys = roads.journeys
    arrays = {
        "ends": journeys.ends.astype(np.int32),
        "seconds": journeys.seconds,
        "to_service": journeys.to_service,
        "service_edge": journeys.service_edge.astype(np.int32),
        "service_share": journeys.service_share,
        "service_access": journeys.service_access,
        "from_units": roads.from_units,
        Path(FILE).stem: roads.unit_metres,
        "cells": cells.offsets,
        "candidates": cells.candidates,
        "segments": cells.segments,
        "segment_edge": cells.edge.astype(np.int32),
        "segment_share": cells.share,
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array))
    return {
        "network": roads.layer.id,
        "coarse": roads.card.coarse,
        "note": roads.card.note.model_dump(exclude_none=True),
        "attribution": roads.source.attribution,
        "access_kmh": roads.card.access.kmh,
        "access_limit_m": roads.card.access_limit_m,
        "services": {layer: [part.start, part.stop] for layer, part in roads.columns.items()},
        "cells": {"origin": cells.origin, "size": cells.size, "count": cells.count},
        **_size(roads),
    }


def _size(roads: BuiltRoads) -> dict[str, Any]:
    lengths = roads.network.lengths_by_component()
    return {
        "nodes": len(roads.network.nodes),
        "edges": len(roads.network.lines),
        "km": round(float(shapely.length(roads.network.lines).sum()) / 1000, 1),
        "components": len(lengths),
        "largest_km": round(float(lengths[0]) / 1000, 1),
        "notes": [{"code": note.code, "count": note.count, "text": note.text} for note in roads.notes],
    }
