"""A build without writing: everything is read, checked and joined, and thrown away."""

from __future__ import annotations

from collections.abc import Iterator

from geoportal.build.inputs import gather_inputs
from geoportal.build.run import join_all
from geoportal.settings import Settings


def check_all(settings: Settings) -> Iterator[str]:
    """Lines on what is fine and what is absent. Raises ``Problems`` with everything that is wrong."""
    inputs = gather_inputs(settings)
    held = inputs.inventory
    yield f"cards: {len(held.sources)} sources, {len(held.layers)} layers, {len(held.indicators)} indicators"
    joined = join_all(inputs)
    yield f"{len(joined.layers)} layers and {len(joined.indicators)} indicators can be built"
    yield from (
        f"absent: {name}: {reason}" for name, reason in {**joined.absent_layers, **joined.absent_indicators}.items()
    )
