"""Vector files through GDAL, without its habit of turning whole numbers with gaps into decimals."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pandas as pd
import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geoportal.errors import SourceRefused
from geoportal.intake.reading import Note, Reading, examples

_NULLABLE = {
    **dict.fromkeys((pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8()), pd.Int64Dtype()),
    **dict.fromkeys((pa.float32(), pa.float64()), pd.Float64Dtype()),
    pa.bool_(): pd.BooleanDtype(),
}
_KEPT = (pd.Int64Dtype, pd.Float64Dtype, pd.BooleanDtype)


def layer_names(address: str, shown: str) -> list[str]:
    """The layers that GDAL sees at ``address``. Raises ``SourceRefused`` when it can't open it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [str(name) for name in pyogrio.list_layers(address)[:, 0]]
    except (DataSourceError, DataLayerError) as error:
        raise SourceRefused(f"{shown}: can't be opened: {_said(error, address, shown)}") from None


def the_layer(names: list[str], table: str | None, shown: str) -> str:
    """``table`` if it is one of ``names``, the only name where none is asked for. Raises ``SourceRefused``."""
    if table is None and len(names) == 1:
        return names[0]
    if table is None:
        raise SourceRefused(f"{shown}: has {len(names)} tables; state 'table', one of: {', '.join(names) or 'none'}")
    if table not in names:
        raise SourceRefused(f"{shown}: has no table '{table}'; there are: {', '.join(names) or 'none'}")
    return table


def read_ogr(address: str, layer: str, shown: str, encoding: str | None = None) -> Reading:
    """The features of ``layer``: text as text, dates as ISO text, other columns nullable; what GDAL warned of noted.

    A layer without geometry is a plain table. Raises ``SourceRefused``.
    """
    options: dict[str, Any] = {"datetime_as_string": True, "arrow_to_pandas_kwargs": {"types_mapper": _NULLABLE.get}}
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            frame = pyogrio.read_dataframe(address, layer=layer, encoding=encoding, use_arrow=True, **options)
    except (DataSourceError, DataLayerError, pa.ArrowException, ValueError) as error:
        raise SourceRefused(f"{shown}: table '{layer}' can't be read: {_said(error, address, shown)}") from None
    for name in frame.columns:
        if name != "geometry" and not isinstance(frame[name].dtype, _KEPT):
            frame[name] = _as_text(frame[name])
    said = [str(warning.message) for warning in warned if "as JSON" not in str(warning.message)]
    notes = (Note("gdal", len(said), f"{shown}: {said[0]}", examples(said)),) if said else ()
    return Reading(frame, notes)


def _as_text(column: pd.Series) -> pd.Series:
    """``column`` with lists and objects of JSON written out, and None for what is absent or empty."""

    def text(value: Any) -> str | None:
        if isinstance(value, str):
            return value or None
        if isinstance(value, (dict, list)):
            return json.dumps(value, ensure_ascii=False)
        return None if value is None or value is pd.NA or value != value else str(value)

    return pd.Series([text(value) for value in column], index=column.index, dtype=object)


def _said(error: Exception, address: str, shown: str) -> str:
    return str(error).replace(address, shown)
