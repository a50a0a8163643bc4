from __future__ import annotations

import io

from flask.testing import FlaskClient
from openpyxl import load_workbook


def test_values_carry_the_country_or_null(api: FlaskClient) -> None:
    known = api.get("/indicators/obyvatel/values?level=kraj&period=2020").get_json()
    assert known["country"]["name"] == "Česko"
    assert known["country"]["value"] == 10_701_777
    assert known["country"]["attribution"].startswith("Český statistický úřad")
    assert api.get("/indicators/obyvatel/values?level=kraj&period=2024").get_json()["country"] is None
    assert api.get("/indicators/obyvatel").get_json()["country"] == {"2020": 10_701_777}


def test_the_map_of_values_carries_the_country_too(api: FlaskClient) -> None:
    found = api.get("/indicators/ucast-psp/values?level=okres&period=2006&f=geojson").get_json(force=True)
    assert round(found["country"]["value"], 2) == 64.37
    assert api.get("/indicators/ucast-psp/values?level=okres&f=geojson").get_json(force=True)["country"] is None


def test_the_sheet_that_explains_a_workbook_has_the_formula_and_the_country(api: FlaskClient) -> None:
    body = api.get("/indicators/ucast-psp/values?level=kraj&period=2006&f=xlsx").data
    told = {row[0]: row[1] for row in load_workbook(io.BytesIO(body)).worksheets[1].iter_rows(values_only=True)}
    assert told["Výpočet"] == "100 * platne_hlasy / (platne_hlasy + nevolici)"
    assert told["Česko"].startswith("64,4 (Český statistický úřad")


def test_the_description_of_an_indicator_has_its_formula_and_leads_to_the_methods(api: FlaskClient) -> None:
    found = api.get("/indicators/ucast-psp").get_json()
    assert found["formula"] == "100 * platne_hlasy / (platne_hlasy + nevolici)"
    assert found["methods"].endswith("/metodika#ucast-psp")
    assert api.get("/indicators/obyvatel").get_json()["formula"] is None
