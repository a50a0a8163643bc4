from __future__ import annotations

import subprocess
import sys

from geoportal.build import inputs
from geoportal.settings import PACKAGE

# Words for people, switches, and questions asked of a finished snapshot: nothing of them is in a file.
WITHOUT_TRACE = {"errors", "languages", "public", "query", "settings"}
ASK = """
import pkgutil, sys
import geoportal.build
from geoportal.encode import formats
for module in pkgutil.iter_modules(geoportal.build.__path__):
    if module.name not in ("check", "links", "report"):
        __import__(f"geoportal.build.{module.name}")
formats()
print(*sorted({name.split(".")[1] for name in sys.modules if name.startswith("geoportal.")}))
"""


def test_the_digest_covers_every_room_whose_code_decides_what_is_written() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    covered = {room.removesuffix(".py").split("/")[0] for room in inputs._ROOMS}
    assert set(done.stdout.split()) - WITHOUT_TRACE - covered == set()


def test_every_room_of_the_digest_is_there() -> None:
    assert [room for room in inputs._ROOMS if not (PACKAGE / room).exists()] == []
