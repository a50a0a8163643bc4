"""Text in the encodings in which Czech tables come, and what is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.errors import TableRefused
from geoportal.join.encoding import decode

CZECH = "Obec;Podíl\r\nČeská Lípa;1,5\r\nŽelezný Brod;2,5\r\nJablonec nad Nisou;3\r\nTěšnov šťastný;4\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CZECH.encode("utf-8"), "utf-8"),
        (CZECH.encode("utf-8-sig"), "utf-8"),
        (CZECH.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + CZECH.encode("utf-16-be"), "utf-16-be"),
        (CZECH.encode("utf-16-le"), "utf-16-le"),
        (CZECH.encode("utf-16-be"), "utf-16-be"),
        (CZECH.encode("cp1250"), "cp1250"),
        (CZECH.encode("iso-8859-2"), "iso-8859-2"),
    ],
)
def test_an_encoding_is_found_out(content, encoding):
    assert decode(content) == (CZECH, encoding)


@pytest.mark.parametrize("word", ["Žďár", "Šimonovice", "dešť", "Češka", "Lažany", "ŠŤASTNÝ", "Ťuhýk", "kůže"])
@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2"])
def test_words_with_the_letters_that_differ_are_read_right(word, encoding):
    assert decode(f"obec;{word};1\n".encode(encoding))[0] == f"obec;{word};1\n"


@pytest.mark.parametrize("text", ["Obec;© autor\n", "cena;\u201e5\u201c\n", "teplota;5 °C\nvlhkost;«x»\n"])
def test_signs_of_windows_are_not_taken_for_letters_of_iso(text):
    assert decode(text.encode("cp1250"))[0] == text


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 20, b"\x00\x01\x02" * 50, b"a;b\n\x07;1\n"],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(TableRefused, match=r"binary|undecodable"):
        decode(content)


def test_a_refusal_says_in_which_line():
    with pytest.raises(TableRefused) as refused:
        decode(b"obec;x\nLiberec;1\nSemily;\x02\n")
    assert refused.value.values["line"] == 3
    assert refused.value.values["sign"] == "U+0002"


def test_the_end_of_a_dos_file_is_dropped():
    assert decode(b"obec;1\n\x1a")[0] == "obec;1\n"


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content):
    try:
        text, _ = decode(content)
    except TableRefused:
        return
    assert "\0" not in text
