from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.settings import Settings


@pytest.fixture(scope="session")
def api(facts_settings: Settings) -> FlaskClient:
    """A client of the service over the facts."""
    return create_app(facts_settings).test_client()


@pytest.fixture(scope="session")
def get(api: FlaskClient) -> Any:
    """Fetches a path that must answer 200 and gives its JSON."""

    def fetch(path: str) -> Any:
        answer = api.get(path)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json(force=True)

    return fetch
