"""What is wrong with a body that a server delivered with status 200."""

from __future__ import annotations

import zipfile
from pathlib import Path

import orjson

from geoportal.cards.source import SourceCard

HEAD = 1024
SMALL = 1 << 16  # an error told in JSON is never longer
ZIPPED = ("ruian-shp", "xlsx")


def offence(path: Path, card: SourceCard, name: str) -> str | None:
    """A clause that says why the body at ``path``, called ``name``, is not what ``card`` promises, or None."""
    with path.open("rb") as stream:
        head = stream.read(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return "is empty"
    if head.startswith(b"<") and (b"<html" in head.lower() or b"<!doctype html" in head.lower()):
        return "is a web page instead of data"
    if (card.reader in ZIPPED or name.lower().endswith(".zip")) and not zipfile.is_zipfile(path):
        return "is not a zip, or only a part of one"
    if head.startswith(b"{") and path.stat().st_size < SMALL:
        return complaint(path.read_bytes())
    return None


def complaint(body: bytes) -> str | None:
    """What a JSON body of ArcGIS says instead of data: its error message, or that it is still pending."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(content, dict):
        return None
    error = content.get("error")
    if error and "features" not in content:
        told = error.get("message") or error.get("code") if isinstance(error, dict) else error
        return f"is an error message: {told}"
    if "status" in content and "features" not in content and len(content) <= 6:
        return f"is not ready: the server says '{content['status']}'"
    return None
