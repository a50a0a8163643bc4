"""Pages as the tests of them read them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import lxml.html
from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}


def read_page(client: FlaskClient, path: str) -> lxml.html.HtmlElement:
    """The page at ``path``, which must answer 200."""
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text[:500]
    return lxml.html.document_fromstring(answer.text)


def text_of(element: lxml.html.HtmlElement) -> str:
    """What the element says, in one line."""
    return re.sub(r"\s+", " ", unescape(element.text_content())).strip()


def said_in(page: lxml.html.HtmlElement) -> str:
    """What the page's own part says, in one line."""
    return text_of(page.find(".//main")).replace("\u00a0", " ")


def read_json(client: FlaskClient, path: str) -> Any:
    """The JSON at ``path``, which must answer 200."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return answer.get_json(force=True)
