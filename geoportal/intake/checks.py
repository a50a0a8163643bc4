"""A source's table examined: a defect is repaired with a counted note, or refused with a sentence that says where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd

from geoportal.cards.layer import LayerCard, LayerFrom
from geoportal.cards.source import SourceCard
from geoportal.errors import Problems
from geoportal.intake.case import Case
from geoportal.intake.columns import check_columns, keep_rows, make_fields
from geoportal.intake.crosswalk import check_crosswalk
from geoportal.intake.geometries import flatten, harmonise, leave_out_empty, make_valid, take_kind
from geoportal.intake.identity import check_count, check_ids, drop_duplicates
from geoportal.intake.mojibake import check_encoding
from geoportal.intake.placement import (
    check_crs,
    drop_unplaceable,
    leave_out_foreign,
    to_krovak,
    undo_swaps,
    undo_web_mercator,
)
from geoportal.intake.reading import Reading
from geoportal.intake.values import check_values
from geoportal.site import Bounds

__all__ = ["check_crosswalk", "check_layer", "check_values"]

CHECKS: tuple[Callable[[Case], Case], ...] = (
    check_encoding,
    check_columns,
    keep_rows,
    make_fields,
    check_crs,
    flatten,
    drop_unplaceable,
    undo_web_mercator,
    undo_swaps,
    leave_out_foreign,
    to_krovak,
    make_valid,
    take_kind,
    leave_out_empty,
    harmonise,
    check_ids,
    drop_duplicates,
    check_count,
)


def check_layer(reading: Reading, card: LayerCard, entry: LayerFrom, source: SourceCard, bounds: Bounds) -> Reading:
    """The features of ``entry`` in EPSG:5514 with exactly the declared fields in their order.

    Text, codes, dates (ISO), addresses and phones are text or None; numbers, integers and booleans are nullable
    columns. Geometries are valid, flat, of the card's kind, and touch ``bounds`` (degrees). Raises one ``Problems``
    with everything that can't be repaired.
    """
    case = Case(reading.frame.reset_index(drop=True), card, entry, source, bounds, reading.notes)
    for check in CHECKS:
        case = check(case)
        if case.blocked:
            break
    if case.problems:
        raise Problems(case.problems)
    return replace(reading, frame=gpd.GeoDataFrame(case.frame).reset_index(drop=True), notes=case.notes)
