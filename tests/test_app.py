"""The application is put together of what lies in ``geoportal/web``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from geoportal import web
from geoportal.app import create_app
from geoportal.settings import Settings

PAGE = """
from flask import Blueprint

blueprint = Blueprint("new", __name__)


@blueprint.get("/new")
def page() -> str:
    return "here"
"""


def test_every_blueprint_below_web_is_served(facts_settings: Settings) -> None:
    written = [path for path in Path(web.__path__[0]).rglob("*.py") if "\nblueprint = Blueprint(" in path.read_text()]
    served = create_app(facts_settings).blueprints
    assert len(served) == len(written) > 20


def test_a_page_is_served_once_its_file_is_there(
    facts_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new.py").write_text(PAGE)
    monkeypatch.setattr(web, "__path__", [*web.__path__, str(tmp_path)])
    try:
        answer = create_app(facts_settings).test_client().get("/new")
    finally:
        sys.modules.pop("geoportal.web.new", None)
    assert answer.text == "here"
