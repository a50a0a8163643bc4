from __future__ import annotations

import pytest

from geoportal.errors import HoursRefused
from geoportal.hours.osm import osm_hours


def test_a_text_is_taken_as_it_is():
    assert osm_hours("Mo-Fr 9:00-12:00; PH off").osm == "Mo-Fr 09:00-12:00; PH closed"


@pytest.mark.parametrize("empty", [None, "", " \n"])
def test_no_text_is_no_schedule(empty):
    assert osm_hours(empty) is None


def test_another_syntax_is_refused():
    with pytest.raises(HoursRefused, match="'Po-Pá 9-12': character 1"):
        osm_hours("Po-Pá 9-12")
