"""Output formats, one file each: a module with ``FORMAT`` is a format."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from geoportal.encode.format import Format, LayerContent
from geoportal.errors import InvalidParameter

__all__ = ["Format", "LayerContent", "formats", "get_format", "write_selection"]


@cache
def formats() -> tuple[Format, ...]:
    """All formats that a layer is prepared in, by name. The first call loads the libraries that write them."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted((m.FORMAT for m in modules if hasattr(m, "FORMAT")), key=lambda f: f.name))


def get_format(name: str) -> Format:
    """The format that ``f=`` calls ``name``. Raises ``InvalidParameter`` with the ones there are."""
    for form in formats():
        if form.name == name:
            return form
    raise InvalidParameter(f"f='{name[:60]}' is not an output format; there are {', '.join(f.name for f in formats())}")


def write_selection(form: Format, path: Path, content: LayerContent) -> None:
    """Writes some features of a layer as the build writes all of them.

    Raises ``InvalidParameter`` when they do not fit into the format, with the formats that hold them.
    """
    hindrance = form.hindrance(content)
    if hindrance:
        others = ", ".join(other.name for other in formats() if not other.hindrance(content))
        raise InvalidParameter(f"{hindrance}; {others} hold them")
    form.write(path, content)
