"""The RÚIAN pack of ČÚZK: a zip of Shapefiles in a folder, EPSG:5514, texts in cp1250 without a .cpg."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from geoportal.cards.source import SourceCard
from geoportal.errors import SourceRefused
from geoportal.intake.ogr import read_ogr, the_layer
from geoportal.intake.reading import Reading

DEFAULT = "cp1250"


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """The Shapefile called ``table`` (``OBCE_P`` …) of the pack, every column as in its DBF.

    Heeds ``table`` and, for a member without .cpg, ``encoding`` (default cp1250).
    """
    try:
        with zipfile.ZipFile(path) as pack:
            members = {PurePosixPath(name).with_suffix(PurePosixPath(name).suffix.lower()) for name in pack.namelist()}
            original = {PurePosixPath(name).stem: name for name in pack.namelist() if name.lower().endswith(".shp")}
            layer = the_layer(sorted(original), table, path.name)
            beside = {name.suffix for name in members if name.stem == layer}
            cpg = [name for name in pack.namelist() if name.lower().endswith(f"{layer}.cpg".lower())]
            encoding = _encoding(pack.read(cpg[0])) if cpg else card.read.encoding or DEFAULT
    except zipfile.BadZipFile as error:
        raise SourceRefused(f"{path.name}: is not a whole zip: {error}") from None
    missing = [suffix for suffix in (".dbf", ".shx") if suffix not in beside]
    if missing:
        raise SourceRefused(f"{path.name}: table '{layer}' lacks its {missing[0]}; it has: {', '.join(sorted(beside))}")
    return read_ogr(f"/vsizip/{{{path}}}/{original[layer]}", layer, path.name, encoding)


def _encoding(cpg: bytes) -> str:
    """The encoding that a .cpg names, which may be no more than a code page's number."""
    name = cpg.decode("ascii", "replace").strip().lower().removeprefix("ansi").strip()
    return f"cp{name}" if name.isdecimal() else name or DEFAULT
