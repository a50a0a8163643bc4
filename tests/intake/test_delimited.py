from __future__ import annotations

from pathlib import Path

import pytest

from geoportal.cards.source import ReadOptions
from geoportal.errors import SourceRefused
from geoportal.intake.delimited import read_delimited
from geoportal.intake.reading import Reading


def _read(tmp_path: Path, content: bytes, **options: str) -> Reading:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return read_delimited(path, ReadOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content",
    [
        "kod,nazev\n01,Žďárek\n",
        "\ufeffkod,nazev\n01,Žďárek\n",
        "kod,nazev\r\n01,Žďárek\r\n\r\n",
        'kod;nazev\n"01";"Žďárek"\n',
        " kod ,\tnazev\n01,Žďárek\n",
        "kod,nazev,\n01,Žďárek,\n",
        "kod\tnazev\n01\tŽďárek",
    ],
)
def test_every_way_to_write_a_table_gives_the_same(tmp_path: Path, content: str) -> None:
    reading = _read(tmp_path, content.encode())
    assert reading.frame.to_dict("records") == [{"kod": "01", "nazev": "Žďárek"}]
    assert reading.notes == ()


def test_an_empty_cell_is_none_and_a_zero_stays(tmp_path: Path) -> None:
    assert _read(tmp_path, b'a,b,c\n,"",0\n').frame.to_dict("records") == [{"a": None, "b": None, "c": "0"}]


def test_cp1250_is_found_out_and_noted(tmp_path: Path) -> None:
    reading = _read(tmp_path, "kod,nazev\n1,Žďárek\n".encode("cp1250"))
    assert reading.frame["nazev"].tolist() == ["Žďárek"]
    assert [note.code for note in reading.notes] == ["encoding"]


def test_a_stated_encoding_is_used_without_a_note(tmp_path: Path) -> None:
    reading = _read(tmp_path, "kod,nazev\n1,Žďárek\n".encode("cp1250"), encoding="cp1250")
    assert (reading.frame["nazev"].tolist(), reading.notes) == (["Žďárek"], ())


def test_a_stated_encoding_that_is_wrong_is_refused_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"a\.csv: can't be read as utf-8: byte 0x8e at position 12 \(line 2\)"):
        _read(tmp_path, "kod,nazev\n1,Žďárek\n".encode("cp1250"), encoding="utf-8")


def test_utf_8_with_a_broken_byte_is_not_taken_for_cp1250(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"position 20 \(line 3\)"):
        _read(tmp_path, "kod\nŽďár\n12345678".encode() + b"\x8e\n")


def test_bytes_of_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="is not text: byte 0 at position 4"):
        _read(tmp_path, b"PK\x03\x04\x00\x00")


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="'cp125O' is not an encoding"):
        _read(tmp_path, b"a,b\n1,2\n", encoding="cp125O")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n3\n", "line 3 has 1 cells, the header 2"),
        (b"a,b\n1,2,3\n", "line 2 has 3 cells, the header 2"),
        (b'a,b\n1,"2\n3,4\n', "line 3: unexpected end of data"),
        (b"a,a\n1,2\n", "more than one column called 'a'"),
        (b"a,\n1,2\n", "column 2 has values and no name; named: a"),
    ],
)
def test_a_broken_table_is_refused_with_the_line(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceRefused, match=said):
        _read(tmp_path, content)


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    frame = _read(tmp_path, b"a,b\n").frame
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)
