"""Documents in: from the bytes of a file to its text."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from itinerary.errors import InputError

__all__ = ["Document", "decode"]

_MARKS = (
    # The marks of UTF-32 first: that for little-endian starts as the one of UTF-16 does.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip, Word or OpenDocument file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "an RTF file",
}


class Document(NamedTuple):
    """A text, and what the user should know of how it was read; empty if nothing."""

    text: str
    note: str = ""


def decode(data: bytes, name: str = "the input") -> Document:
    """Return the text in the bytes of a file.

    UTF-8 is tried first, then whatever a byte order mark tells; bytes that are neither are taken
    for Western European text, with a note.

    Parameters
    ----------
    data : bytes
    name : str
        What messages call it.

    Raises
    ------
    InputError
        If it is no text.
    """
    kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), None)
    if kind:
        raise InputError(f"{name} is {kind}, not plain text. Copy its text into a text file.")
    document = _decode(data, name)
    if _is_rubbish(document.text):
        raise InputError(f"{name} does not look like text. Give a plain text file, best in UTF-8.")
    return document


def _decode(data: bytes, name: str) -> Document:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return Document(data.decode(encoding))
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise InputError(
                f"{name} is damaged: it starts as {encoding.upper()} text and goes on otherwise."
            ) from None
    note = f"{name} is not UTF-8; read as Western European text. If letters look wrong, save it as UTF-8."
    try:
        return Document(data.decode("cp1252"), note)
    except UnicodeDecodeError:  # Windows leaves five bytes without a meaning, Latin-1 none
        return Document(data.decode("latin-1"), note)


def _is_rubbish(text: str) -> bool:
    """Tell whether a text has a NUL, or more than one control character in a hundred."""
    if "\0" in text:
        return True
    controls = sum(
        text.count(chr(code)) for code in (*range(1, 9), *range(14, 32), *range(127, 160)) if code != 133
    )
    return controls * 100 > len(text)
