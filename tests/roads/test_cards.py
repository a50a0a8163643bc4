from __future__ import annotations

from pathlib import Path

import pytest

from geoportal.cards import load_inventory
from geoportal.errors import Problems

OFFENCES = [
    ("silnice", 'class_field = "trida"', 'class_field = "tida"', "network: 'tida' is not one of its fields"),
    ("silnice", 'geometry = "line"', 'geometry = "polygon"', "[network] needs geometry = 'line', not 'polygon'"),
    ("silnice", 'closed = ["dálnice"', 'closed = ["dálnica"', "closed: 'dálnica' has no speed"),
    ("silnice", "kmh = 110", "kmh = 0", "network.speeds.dálnice.kmh"),
    ("dojezd", "minutes = [10, 15", "minutes = [15, 10", "must ascend"),
    ("dojezd", 'minutes_field = "minuty"', 'minutes_field = "minut"', "reach: 'minut' is not one of its fields"),
    ("dojezd", 'layer = "nemocnice"', 'layer = "nemocnica"', "reach.to.layer: 'nemocnica' does not exist"),
    ("dojezd", 'layer = "nemocnice"', 'layer = "lesy"', "reach.to.layer: 'lesy' holds no services"),
    ("dojezd", "keep = { cilova_skupina", "keep = { skupina", "reach.to.keep: 'skupina' does not exist"),
    ("dojezd", "[reach]", '[[from]]\nsource = "zzs"\n\n[reach]', "needs either [[from]]"),
    ("indicators/dojezd-pohotovost", 'layer = "pohotovosti"', 'layer = "reky"', "'reky' holds no services"),
    ("indicators/dojezd-pohotovost", "cilova_skupina", "skupina", "travel.keep: 'skupina' does not exist"),
]  # fmt: skip


@pytest.mark.parametrize(("card", "old", "new", "offence"), OFFENCES)
def test_a_mistake_in_a_card_is_named(home: Path, card: str, old: str, new: str, offence: str) -> None:
    path = home / "layers" / f"{card}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Problems) as refusal:
        load_inventory(home)
    assert offence in str(refusal.value)
