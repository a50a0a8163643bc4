from __future__ import annotations

from pathlib import Path

import pytest

SITE = """
title = { cs = "Mapy" }

[publisher]
name = "Kraj"
ico = "00000001"
iri = "https://example.org/kraj"

[region]
name = { cs = "Kraj" }
code = "CZ000"
iri = "https://example.org/uzemi"
bounds = [14.0, 50.0, 15.0, 51.0]

[hub]
name = { cs = "Portál" }
url = "https://example.org/"

[territory]
crosswalk = ["tabulka"]

[[themes]]
id = "doprava"
title = { cs = "Doprava" }
"""

SOURCE = """
title = { cs = "Tabulka" }
publisher = "Kraj"
file = "data/facts/tabulka.csv"
reader = "table"
attribution = "Kraj"
date = "2024"

[licence]
name = "CC BY 4.0"

[crosswalk]
level = "obec"
code = "kod"
name = "nazev"
others = ["kod_ruian"]
"""

LAYER = """
title = { cs = "Místa" }
description = { cs = "Místa v kraji." }
theme = "doprava"
geometry = "point"
label = "nazev"
id_field = "nazev"

[fields]
nazev = { title = { cs = "Název" } }

[[from]]
source = "tabulka"
"""

COUNT = """
title = { cs = "Počet míst" }
description = { cs = "Kolik míst je v obci." }
theme = "doprava"
unit = { cs = "míst" }
measure = "count"
aggregate = "sum"

[spatial]
operation = "count"
layer = "mista"
period = "2024"
"""

RATIO = """
title = { cs = "Podíl" }
description = { cs = "Podíl míst." }
theme = "doprava"
unit = { cs = "%" }
measure = "relative"
aggregate = "ratio"
formula = "100 * pocet / pocet"
"""

FILES = {
    "geoportal.toml": SITE,
    "data/facts/tabulka.csv": "kod,nazev\n",
    "data/sources/tabulka.toml": SOURCE,
    "layers/mista.toml": LAYER,
    "layers/indicators/pocet.toml": COUNT,
    "layers/indicators/podil.toml": RATIO,
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with one valid card of each kind, in place of the copy of the checkout."""
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path
