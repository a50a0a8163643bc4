"""An example of a call in three languages, whole and ready to run."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from string import Template
from typing import Any

from geoportal.web.api.calls import Call
from geoportal.web.features.recipes import Recipe

_JSON_ENDS = ("", ".json", ".jsonld")
_ENDS = {"application/vnd.mapbox-vector-tile": ".mvt"}  # of files whose address has none

_CURL = 'curl $form"$address"'
_CURL_FILE = 'curl -o $file "$address"'

_PYTHON = """import requests

answer = requests.$method("$place"$params$data, timeout=30)
answer.raise_for_status()
print(answer.$read)"""

_PYTHON_FILE = """from pathlib import Path

import requests

answer = requests.get("$place"$params, timeout=60)
answer.raise_for_status()
Path("$file").write_bytes(answer.content)"""

_SCRIPT = """const answer = await fetch("$address"$sent);
if (!answer.ok) throw new Error(await answer.text());
console.log(await answer.$read);"""

_SCRIPT_FILE = """const answer = await fetch("$address");
if (!answer.ok) throw new Error(await answer.text());
const file = await answer.blob();
console.log(file.type, file.size);"""

_LANGUAGES = (("curl", "curl", "shell"), ("python", "Python", "python"), ("javascript", "JavaScript", "javascript"))
_CODES = {
    "json": (_CURL, _PYTHON, _SCRIPT),
    "text": (_CURL, _PYTHON, _SCRIPT),
    "file": (_CURL_FILE, _PYTHON_FILE, _SCRIPT_FILE),
}


def call_recipes(call: Call, base: str) -> tuple[Recipe, ...]:
    """The example of a call of the service at ``base``; none where the snapshot has nothing to show with it."""
    given = call.examples()
    if given is None:
        return ()
    kind = kind_of(call, given)
    query = {field.name: given[field.name] for field in call.at("query") if field.name in given}
    form = {field.name: str(field.example) for field in call.at("body") if field.example is not None}
    values = {
        "address": base + call.address(given),
        "place": base + call.place(given),
        "method": call.method,
        "params": f", params={_python(query)}" if query else "",
        "data": f", data={_python(form)}" if form else "",
        "form": "".join(f"--form-string {_quoted(f'{name}={text}')} " for name, text in form.items()),
        "sent": f', {{ method: "POST", body: new URLSearchParams({_script(form)}) }}' if form else "",
        "read": "json()" if kind == "json" else "text",
        "file": filename(call, given),
    }
    return tuple(
        Recipe(client, title, language, _filled(code, client, values))
        for (client, title, language), code in zip(_LANGUAGES, _CODES[kind], strict=True)
    )


def kind_of(call: Call, given: dict[str, Any]) -> str:
    """What comes back with these values: ``json``, ``text`` or a ``file``."""
    media_type, end = call.media_types[0].partition(";")[0], PurePosixPath(call.place(given)).suffix
    if end in _JSON_ENDS and (end or media_type.endswith("json")):
        return "json"
    return "text" if not end and media_type.startswith("text/") else "file"


def filename(call: Call, given: dict[str, Any]) -> str:
    """How the answer would be called as a file."""
    last = PurePosixPath(call.place(given))
    return (last.name or "index") + ("" if last.suffix else _ENDS.get(call.media_types[0], ".bin"))


def _filled(code: str, client: str, values: dict[str, str]) -> str:
    """The code; a function is called to read text in JavaScript, where Python has an attribute."""
    read = "text()" if client == "javascript" and values["read"] == "text" else values["read"]
    return Template(code).substitute({**values, "read": read})


def _quoted(text: str) -> str:
    """A text as a shell takes it as it stands."""
    return "'" + text.replace("'", "'\\''") + "'"


def _script(form: dict[str, str]) -> str:
    return json.dumps(form, ensure_ascii=False)


def _python(query: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{json.dumps(name)}: {_literal(value)}" for name, value in query.items()) + "}"


def _literal(value: Any) -> str:
    return repr(value) if isinstance(value, bool | int | float) else json.dumps(value, ensure_ascii=False)
