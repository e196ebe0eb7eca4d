from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itinerary.errors import InputError
from itinerary.formats.document import decode

TEXT = "From São Paulo to Kraków — “at last”.\r\nThen home.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    ],
)
def test_unicode_in_all_its_forms(data: bytes) -> None:
    assert decode(data) == (TEXT, "")


def test_western_european_text_is_read_with_a_note() -> None:
    document = decode("Málaga – “mañana”".encode("cp1252"), "trip.txt")
    assert document.text == "Málaga – “mañana”"
    assert document.note.startswith("trip.txt is not UTF-8")


def test_a_byte_that_windows_does_not_know() -> None:
    data = b"M\xe1laga \x81" + b" and then along the coast by bus" * 4
    assert decode(data).text.startswith("Málaga \x81 and then")


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ("", "")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "trip is a PDF file"),
        (b"PK\x03\x04\x14\x00", "trip is a zip, Word or OpenDocument file"),
        (b"\x89PNG\r\n\x1a\n", "trip is a picture"),
        (bytes(range(256)) * 4, "trip does not look like text"),
        (b"Oslo\x00Rome", "trip does not look like text"),
        (b"\x01\x02\x03\x04 Oslo", "trip does not look like text"),
        (b"\xff\xfeO\x00s", "trip is damaged"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "trip is damaged"),
    ],
)
def test_what_is_no_text(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        decode(data, "trip")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_sentence(data: bytes) -> None:
    try:
        answer = decode(data).text
    except InputError as error:
        answer = str(error)
    assert "\0" not in answer
