"""What pages of analyses are put together from: colours of changes, a cut table, a map without its typeface."""

from __future__ import annotations

import lxml.html
import numpy as np
import pytest

from geoportal.app import create_app
from geoportal.atlas.classes import Scheme, classes_of
from geoportal.atlas.palette import PALETTES
from geoportal.settings import Settings
from geoportal.snapshot.outlines import Outlines
from geoportal.web.screens.analysis import table as analysis_table
from geoportal.web.screens.analysis.change_map import PALETTE, change_colours
from geoportal.web.screens.analysis.neighbours_map import part_of

RAMP = PALETTES[PALETTE].ramp
HALF = len(RAMP) // 2
HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    "values",
    [
        [-9, -7, -5, -3, -1, 1, 2, 4, 6, 8],
        [-9, -7, -5, 0, 0, 0, 2, 4, 6, 8],
        [-1, *range(1, 30)],
        list(range(1, 30)),
        [-value for value in range(1, 30)],
        [0, *range(1, 20)],
        [-3],
        [5, 5, 5],
        [0, 0, 0],
    ],
)
def test_falls_have_one_hue_and_growth_another_the_stronger_the_larger(values):
    classes = classes_of([float(value) for value in values], Scheme())
    colours = change_colours(classes)
    assert len(colours) == len(classes.counts)
    places = [RAMP.index(colour) for colour in colours]
    assert places == sorted(places)
    for value in values:
        place = places[classes.index(value)]
        assert (place < HALF, place > HALF) == (value < 0, value > 0 or (value == 0 and place > HALF))


def test_a_zero_among_changes_is_neutral():
    classes = classes_of([-2.0, -1.0, 0.0, 0.0, 1.0, 2.0], Scheme())
    assert change_colours(classes)[classes.index(0.0)] == RAMP[HALF]


def test_a_part_of_outlines_keeps_the_rings_of_its_units():
    rings = [np.array([[x, 0], [x + 1, 0], [x, 1], [x, 0]]) for x in range(4)]
    whole = Outlines(np.concatenate(rings), np.array([0, 4, 8, 12, 16]), np.array([0, 1, 1, 2]), np.zeros((3, 2)))
    part = part_of(whole, [1, 2])
    assert part.units.tolist() == [0, 0, 1]
    assert part.rings.tolist() == [0, 4, 8, 12]
    assert part.points.tolist() == np.concatenate(rings[1:]).tolist()
    assert part.bounds == (1.0, 0.0, 4.0, 1.0)


def test_a_long_table_is_cut_and_says_so(api, monkeypatch):
    monkeypatch.setattr(analysis_table, "MOST", 5)
    answer = api.get("/analyzy/zmena?ukazatel=saldo-migrace&uroven=orp&razeni=nazev", headers=HTML)
    page = lxml.html.document_fromstring(answer.text)
    assert len(page.xpath("//table[@id='tabulka']/tbody/tr")) == 5
    assert page.xpath("//table[@id='tabulka']/@data-cut")
    assert "Zobrazeno 5 řádků z 10" in page.text_content()


def test_without_the_typeface_an_answer_stands_in_words_and_a_table(home, facts_settings, monkeypatch):
    monkeypatch.setattr("geoportal.settings.default_home", lambda: home)
    client = create_app(Settings(home=home, data=facts_settings.data)).test_client()
    answer = client.get("/analyzy/odlehle?ukazatel=nezamestnanost&uroven=pou", headers=HTML)
    assert answer.status_code == 200
    page = lxml.html.document_fromstring(answer.text)
    assert not page.xpath("//*[contains(@class,'analysis-map')]")
    assert len(page.xpath("//table[@id='tabulka']/tbody/tr")) == 21
    assert client.get("/analyses/outliers?indicator=nezamestnanost&f=svg").status_code == 503
