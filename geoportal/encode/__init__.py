"""Output formats, one file each: a module with ``FORMAT`` is a format."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from geoportal.encode.format import Format, LayerContent

__all__ = ["Format", "LayerContent", "formats"]


@cache
def formats() -> tuple[Format, ...]:
    """All formats that a layer is prepared in, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted((m.FORMAT for m in modules if hasattr(m, "FORMAT")), key=lambda f: f.name))
