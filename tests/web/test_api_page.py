"""The page for programmers: every operation is there, and what it says one can copy runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.settings import Settings
from geoportal.web.api.calls import Call, calls
from geoportal.web.api.recipes import call_recipes
from geoportal.web.features.recipes import Recipe
from geoportal.web.screens.api.screen import _translations
from geoportal.web.screens.api.shape import shape
from tests.conftest import needs

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(built_settings: Settings) -> FlaskClient:
    return create_app(built_settings).test_client()


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    content: dict[str, Any] = client.get("/api?f=json").get_json(force=True)
    return content


@pytest.fixture(scope="module")
def offered(document: dict[str, Any]) -> list[Call]:
    return calls(document)


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(client.get("/api", headers=HTML).text)


def test_every_operation_of_the_document_can_be_linked_to(document, page):
    names = {described["operationId"] for methods in document["paths"].values() for described in methods.values()}
    ids = {one.get("id") for one in page.iterfind(".//*[@id]")}
    assert names - ids == set()


def test_every_operation_has_an_example(offered):
    assert [call.id for call in offered if call.examples() is None] == []


def test_an_example_is_answered(client, offered):
    wrong = []
    for call in offered:
        if call.method == "get":
            with client.get(call.address(call.examples()), headers={"Accept": "*/*"}) as answer:
                if answer.status_code != 200 or answer.mimetype not in {x.partition(";")[0] for x in call.media_types}:
                    wrong.append((call.id, answer.status_code, answer.mimetype))
    assert wrong == []


def test_czech_has_words_for_all_that_the_document_says_and_for_nothing_else(document, offered):
    said = {tag["description"] for tag in document["tags"]}
    for call in offered:
        said |= {call.summary, *(field.description for field in call.fields)}
        said |= {one["description"] for one in call.responses.values()}
    assert said ^ _translations("cs").keys() == set()


def test_a_form_has_a_field_for_each_parameter_with_its_words(client, offered, page):
    for call in offered:
        (form,) = page.xpath(f"//form[@data-path='{call.path}'][@data-method='{call.method.upper()}']")
        fields = {field.get("name") for field in form.xpath(".//*[@name]")}
        assert {field.name for field in call.fields} - fields <= {"lang", "embed"}, call.id
        for field in form.xpath(".//*[@name]"):
            assert form.xpath(f".//label[@for='{field.get('id')}']")
            assert form.get_element_by_id(field.get("aria-describedby")).text_content().strip()


def test_a_form_without_scripts_leads_to_the_operation(client, offered):
    for call in offered:
        if call.method == "get":
            empty = {field.name: "" for field in call.fields}
            answer = client.get(f"/api/{call.id}", query_string=empty | call.examples())
            assert answer.status_code == 302
            assert answer.headers["Location"].removeprefix("http://localhost") == call.address(call.examples())


def test_a_part_of_a_path_that_is_missing_or_strange_is_heeded(client):
    answer = client.get("/api/collection?layer_id=")
    assert answer.status_code == 400
    assert "layer_id" in answer.json["description"]
    answer = client.get("/api/collection?layer_id=../../kraj%3Fx")
    assert answer.headers["Location"] == "http://localhost/collections/..%2F..%2Fkraj%3Fx"
    assert client.get("/api/colection").status_code == 404


def test_the_form_of_a_table_works_as_browsers_send_it(client, page):
    (form,) = page.xpath("//form[@data-path='/join']")
    fields = {one.get("name"): one.get("value") or one.text_content().lstrip("\n") for one in form.xpath(".//*[@name]")}
    del fields["file"]  # nothing is chosen there
    fields = {name: "" if form.xpath(f".//select[@name='{name}']") else text for name, text in fields.items()}
    answer = client.post(form.get("action"), data={**fields, "f": "json"}, content_type="multipart/form-data")
    assert answer.status_code == 200, answer.text
    assert answer.json["join"]["counts"]["units_matched"] == 2


def test_the_document_describes_the_form_of_a_table(document):
    described = document["paths"]["/join"]["post"]
    properties = described["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
    assert {"file", "text", "level", "value"} <= properties.keys()
    assert "413" in described["responses"]


def test_a_page_in_english_is_in_the_words_of_the_document(client, offered):
    text = unescape(client.get("/api?lang=en", headers=HTML).text)
    assert [call.id for call in offered if call.summary not in text] == []


# What the examples do, run as someone would who copied them.


@pytest.fixture(scope="module")
def examples(offered: list[Call], live: str) -> dict[str, list[tuple[str, Recipe]]]:
    """Each language's examples with the names of their operations, for the service as it is really served."""
    found: dict[str, list[tuple[str, Recipe]]] = {}
    for call in offered:
        for recipe in call_recipes(call, live):
            found.setdefault(recipe.client, []).append((call.id, recipe))
    assert {len(recipes) for recipes in found.values()} == {len(offered)}
    return found


def test_every_example_in_python_runs(examples, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, recipe in examples["python"]:
        exec(compile(recipe.code, name, "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > len(examples["python"]) / 3
    assert all(path.stat().st_size for path in tmp_path.iterdir())


def test_every_example_for_the_shell_runs(examples, tmp_path):
    needs("curl")
    script = "\n".join(
        recipe.code.replace("curl ", "curl -sS --fail ") + " >&2 || exit 1" for _, recipe in examples["curl"]
    )
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr[-500:]
    assert all(path.stat().st_size for path in tmp_path.iterdir())


def test_every_example_in_javascript_runs(examples, tmp_path):
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if node is None:
        pytest.skip("node is not installed")
    for at, (_, recipe) in enumerate(examples["javascript"]):
        (tmp_path / f"{at:03}.mjs").write_text(recipe.code, encoding="utf-8")
    lines = [f'await import("./{path.name}");' for path in sorted(tmp_path.iterdir())]
    (tmp_path / "all.mjs").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([node, "all.mjs"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_page_shows_these_examples(examples, page, live):
    shown = [code.text_content() for code in page.xpath("//code[@data-client]")]
    wanted = [recipe.code.replace(live, "http://localhost") for one in examples.values() for _, recipe in one]
    assert sorted(shown) == sorted(wanted)


def test_a_shape_names_what_may_be_absent_and_stops_where_it_gets_deep():
    named = {
        "leaf": {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"enum": ["x", "y"]}, "b": {"type": "number"}},
        }
    }
    schema = {"type": "array", "items": {"$ref": "#/components/schemas/leaf"}}
    assert re.sub(r"\s+", " ", shape(schema, named)) == '{ a: "x" | "y" b?: number }[]'
    named["ring"] = {"type": "object", "properties": {"ring": {"$ref": "#/components/schemas/ring"}}}
    assert shape(named["ring"], named).endswith("ring?: { … }\n      }\n    }\n  }\n}")
