"""Pages as the tests of them read them."""

from __future__ import annotations

import re
from html import unescape

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
