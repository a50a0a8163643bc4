from __future__ import annotations

import pytest

from geoportal.figures.typeface import Typeface, typeface
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def face() -> Typeface:
    folder = ROOT / "static/vendor/source-sans-3"
    assert (folder / "SourceSans3-Bold.ttf").is_file(), "static/vendor is empty; run 'make static/vendor/.complete'"
    return typeface(folder)
