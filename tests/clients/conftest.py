from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

PYTHON = Path("/usr/bin/python3")  # Debian's QGIS belongs to Debian's Python


@pytest.fixture(scope="session")
def python_of_qgis() -> Path:
    """The Python that has QGIS; in CI it must be there, elsewhere the tests are skipped without it."""
    there = PYTHON.exists() and subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True).returncode == 0
    if not there and os.environ.get("CI"):
        pytest.fail("QGIS is not installed, and CI must not skip this")
    if not there:
        pytest.skip("QGIS is not installed")
    return PYTHON


@pytest.fixture
def qgis_environment(tmp_path: Path) -> dict[str, str]:
    """The environment in which QGIS runs without a screen and with a profile of its own."""
    return {
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
    }
