"""What a format is, and the layer it is given to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geoportal.cards import FieldCard, LayerCard

if TYPE_CHECKING:  # a server worker knows the formats without loading what writes them
    import geopandas as gpd


@dataclass(frozen=True)
class LayerContent:
    """A finished layer, or some of its features.

    ``frame``: GeoDataFrame in CRS84, rounded, in its spatial order, indexed by feature id, columns = ``fields``.
    ``frame_5514``: the same rows in EPSG:5514. ``about``: title, attribution, licence, date … that travel with each
    file. ``card``: how the layer is drawn and which geometries it has; without it files carry no style.
    ``placed``: whether the geometries are written too. ``asked``: the same rows, x before y, in another CRS.
    """

    id: str
    frame: gpd.GeoDataFrame
    frame_5514: gpd.GeoDataFrame
    fields: Mapping[str, FieldCard]
    about: Mapping[str, object]
    card: LayerCard | None = None
    placed: bool = True
    asked: gpd.GeoDataFrame | None = None

    def in_crs(self, own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """The rows in the CRS that was asked for, or a format's ``own`` where none was."""
        return own if self.asked is None else self.asked


@dataclass(frozen=True)
class Format:
    """An output format: ``write(path, content)`` writes a layer, the same bytes for the same content.

    ``name`` is what ``f=`` says, ``extension`` ends the file's name. ``streamed``: features can be sent one after the
    other as they are found. ``placeless``: it can be written without geometries. ``any_crs``: it can hold other CRSs
    than its own ``crs``. ``most`` and ``most_fields``: beyond these a layer does not fit.
    """

    name: str
    media_type: str
    title: str
    crs: str
    write: Callable[[Path, LayerContent], None]
    extension: str
    streamed: bool = False
    placeless: bool = False
    any_crs: bool = False
    most: int | None = None
    most_fields: int | None = None

    def hindrance(self, content: LayerContent) -> str | None:
        """Why ``content`` does not fit into the format, None where it does."""
        held = ((self.most, len(content.frame), "features"), (self.most_fields, len(content.fields), "fields"))
        for most, count, what in held:
            if most is not None and count > most:
                return f"f='{self.name}' holds at most {most} {what}, not {count}"
        return None


def heading(field: FieldCard) -> str:
    """The field's title with its unit in brackets: ``Výška (m n. m.)``."""
    return f"{field.title.cs} ({field.unit})" if field.unit else field.title.cs
