"""Documents in: from the bytes of a file to its text, and to the day it was published if the file says so.

The kind of a file is known by its first bytes, and by the ending of its name only where these do not tell.
Each kind is read by a library that is kept by others, which is loaded when it is needed.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from itinerary.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["ENDINGS", "MOST_BYTES", "Document", "decode", "read_document"]

MOST_BYTES = 20_000_000
"""Largest file that is opened."""

ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".eml", ".json", ".geojson", ".csv")
"""Endings of the names of files that can be read; a file chooser lists them."""

_MOST_UNPACKED = 100_000_000  # bytes of a Word file when unpacked: more is a trap
_MOST_MARKUP = 5_000_000  # bytes of an HTML page
_MOST_PAGES = 300  # of a PDF file; a text about a trip is shorter
_HEAD = 65_536  # bytes in which the kind of a file must show
_MOST_PARTS = 100  # of an e-mail, and how deep they may lie in each other

_MARKS = (
    # The marks of UTF-32 first: that for little-endian starts as the one of UTF-16 does.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = {
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "an RTF file",
}


class Document(NamedTuple):
    """What was read of a file.

    Parameters
    ----------
    text : str
    note : str
        What the user should know of how it was read; empty if nothing.
    published : date or None
        The day of publication, if the file carries it: that of an e-mail, or of a web page.
    """

    text: str
    note: str = ""
    published: date | None = None


def read_document(data: bytes, name: str = "the file") -> Document:
    """Return the text in the bytes of a file of any kind that is known.

    Parameters
    ----------
    data : bytes
        At most `MOST_BYTES`.
    name : str
        What messages call it; its ending helps where the bytes do not tell.

    Raises
    ------
    InputError
        If it is too large, of another kind, damaged, locked, or holds no text; the message says which.
    """
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Give the part that tells of the trip."
        )
    ending = Path(name).suffix.lower()
    if data[:1024].lstrip().startswith(b"%PDF"):
        document = _pdf(data, name)
    elif data.startswith(b"PK\x03\x04"):
        document = _word(data, name)
    elif ending == ".eml" or _MAIL.match(data, 0, _HEAD):
        document = _mail(data, name)
    elif ending in (".html", ".htm", ".xhtml") or _MARKUP.match(data.removeprefix(codecs.BOM_UTF8), 0, _HEAD):
        document = _page(data, name)
    else:
        document = decode(data, name)
    if not document.text.strip():
        raise InputError(f"{name} is empty. Give a file with the text of a trip, or paste the text.")
    return document


_MAIL = re.compile(
    rb"(?>[A-Za-z][A-Za-z-]*:[^\r\n]*\r?\n(?>[ \t][^\r\n]*\r?\n)*){1,200}?"
    rb"(?i:mime-version|received|message-id):"
)
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


# PDF -------------------------------------------------------------------------------------------


def _pdf(data: bytes, name: str) -> Document:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is locked with a password. Save it without one, or paste its text.")
        count = len(reader.pages)
        pages = [reader.pages[n].extract_text() for n in range(min(count, _MOST_PAGES))]
    except InputError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise InputError(f"{name} is a damaged PDF file: {error}. Paste its text instead.") from None
    text = _joined("\n\n".join(pages))
    if not text.strip():
        raise InputError(
            f"{name} has no text in it; it is perhaps a scan. Paste its text, or give one made from text."
        )
    note = (
        f"Only the first {_MOST_PAGES} of the {count} pages of {name} were read."
        if count > _MOST_PAGES
        else ""
    )
    return Document(text, note)


_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_BROKEN = re.compile(r"(?<=[a-z,;])\n(?=[a-z(])")


def _joined(text: str) -> str:
    """Join the lines of a printed page where a sentence goes on."""
    return _BROKEN.sub(" ", _HYPHEN.sub("", text.replace("\r", "")))


# Word ------------------------------------------------------------------------------------------


def _word(data: bytes, name: str) -> Document:
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED:
                raise InputError(f"{name} is too large when unpacked. Paste the part that tells of the trip.")
            if "word/document.xml" not in archive.namelist():
                raise InputError(f"{name} is a zip file, but no Word document. Paste its text.")
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_word_lines(document))
    except InputError:
        raise
    except Exception as error:  # the library tells of damage in many ways
        raise InputError(f"{name} is a damaged Word file: {error}. Paste its text instead.") from None
    return Document(text)


def _word_lines(document: WordDocument) -> Iterator[str]:
    """Yield paragraphs and rows of tables as they stand."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells))
        else:
            yield block.text


# HTML ------------------------------------------------------------------------------------------


def _page(data: bytes, name: str) -> Document:
    if len(data) > _MOST_MARKUP:
        raise InputError(
            f"{name} is a page of more than {_MOST_MARKUP // 1_000_000} MB. Paste the text of the article."
        )
    text, day = _main_text(data)
    if text:
        return Document(text, "", day)
    note = f"No article was found in {name}, so all words of the page were read, its menus too."
    return Document(_all_words(data), note, day)


def _main_text(markup: bytes | str) -> tuple[str, date | None]:
    """Return the text of a page without its menus, and the day that its head names."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        markup,
        include_comments=False,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None:
        return "", None
    page: Any = found
    title, text = page.title or "", page.text or ""
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return text, _iso(page.date)


def _all_words(markup: bytes | str) -> str:
    """Return all words of a page, of which no part looks like an article."""
    from trafilatura import html2txt

    # A fragment, as in an e-mail, has no body; a second one is passed over.
    opened = b"<html><body>" if isinstance(markup, bytes) else "<html><body>"
    return str(html2txt(markup) or html2txt(opened + markup))  # type: ignore[operator]


def _iso(day: object) -> date | None:
    try:
        return date.fromisoformat(str(day))
    except ValueError:
        return None


# E-mail ----------------------------------------------------------------------------------------


def _mail(data: bytes, name: str) -> Document:
    message: EmailMessage = message_from_bytes(data, policy=policy.default)  # that of this policy
    try:
        text, left_out = _mail_text(message)
        subject = str(message["subject"] or "")
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        raise InputError(f"{name} is a damaged e-mail. Paste its text instead.") from None
    if not text.strip():
        raise InputError(f"{name} is an e-mail without text. Open what is attached to it, and give that.")
    note = f"What is attached to {name} was not read: {', '.join(left_out[:5])}." if left_out else ""
    return Document(f"{subject}\n\n{text}" if subject else text, note, _day_of(message))


def _mail_text(message: EmailMessage) -> tuple[str, list[str]]:
    """Return the body, plain if there is one, and the names of what is attached."""
    plain: list[str] = []
    marked: list[str] = []
    attached: list[str] = []
    for number, (part, depth) in enumerate(_parts(message, 0)):
        if number >= _MOST_PARTS or depth > _MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.is_attachment() or not kind.startswith("text/"):
            attached.append(part.get_filename() or kind)
        elif kind == "text/html":
            marked.append(str(part.get_content()))
        else:
            plain.append(str(part.get_content()))
    if plain:
        return "\n\n".join(plain), attached
    return "\n\n".join(_main_text(markup)[0] or _all_words(markup) for markup in marked), attached


def _parts(message: EmailMessage, depth: int) -> Iterator[tuple[EmailMessage, int]]:
    """Yield the leaves of a message with how deep they lie, without calling itself."""
    stack: list[tuple[EmailMessage, int]] = [(message, depth)]
    while stack:
        part, level = stack.pop()
        if part.is_multipart() and level <= _MOST_PARTS:
            inner: Iterable[Any] = (
                part.iter_parts() if part.get_content_maintype() == "multipart" else part.get_payload()
            )
            stack += [(p, level + 1) for p in reversed(list(inner))]
        elif not part.is_multipart():
            yield part, level


def _day_of(message: EmailMessage) -> date | None:
    """Return the day a message was sent, where it was sent."""
    try:
        sent: datetime = parsedate_to_datetime(str(message["date"]))
    except (TypeError, ValueError):
        return None
    return sent.date()


# Plain text ------------------------------------------------------------------------------------


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
