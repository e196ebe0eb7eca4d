from __future__ import annotations

import codecs
import io
import zipfile
from datetime import date
from email.message import EmailMessage

import docx
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itinerary.errors import InputError
from itinerary.formats.document import MOST_BYTES, decode, read_document

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
    assert decode(data) == (TEXT, "", None)


def test_western_european_text_is_read_with_a_note() -> None:
    document = decode("Málaga – “mañana”".encode("cp1252"), "trip.txt")
    assert document.text == "Málaga – “mañana”"
    assert document.note.startswith("trip.txt is not UTF-8")


def test_a_byte_that_windows_does_not_know() -> None:
    data = b"M\xe1laga \x81" + b" and then along the coast by bus" * 4
    assert decode(data).text.startswith("Málaga \x81 and then")


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ("", "", None)


@pytest.mark.parametrize(
    ("data", "words"),
    [
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


# Files of other kinds --------------------------------------------------------------------------


def pdf(*lines: str) -> bytes:
    """Write a PDF file of one page by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode("latin-1")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%b endobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places))
    out.write(b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table)
    return out.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Our autumn")
    document.add_paragraph("We fly to Porto on 3 May 2024.")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "5 May", "Braga"
    document.add_paragraph("Then home.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PAGE = """<!DOCTYPE html><html><head><title>Two towns</title>
<meta property="article:published_time" content="2024-05-01T09:00:00+02:00"></head><body>
<nav><a href="/">Paris</a><a href="/x">Berlin</a></nav><article><h1>Two towns</h1>
<p>The band plays in Porto on Friday, and it will travel on to Braga by train on the next day.</p>
<p>After a day of rest the tour ends in Lisbon, where all tickets have been sold for many weeks.</p></article>
<footer>Office: Madrid</footer><script>alert("Rome")</script></body></html>"""


def mail(body: str, *, html: bool = False, attached: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "ana@example.org", "tom@example.org"
    message["Subject"] = "Porto in May"
    message["Date"] = "Wed, 01 May 2024 23:30:00 -0500"
    message.set_content(body, subtype="html" if html else "plain")
    if attached:
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=attached)
    return bytes(message)


def test_a_pdf_file() -> None:
    found = read_document(
        pdf("We fly to Porto on 3 May 2024 and", "travel on to Braga by a train that"), "a.pdf"
    )
    assert found.text.strip() == "We fly to Porto on 3 May 2024 and travel on to Braga by a train that"


def test_a_word_file() -> None:
    lines = read_document(word(), "a.docx").text.splitlines()
    assert lines == ["Our autumn", "We fly to Porto on 3 May 2024.", "5 May | Braga", "Then home."]


def test_the_article_of_a_page_without_its_menus() -> None:
    found = read_document(PAGE.encode(), "a.html")
    assert "Two towns" in found.text
    assert "plays in Porto on Friday" in found.text
    assert not [w for w in ("Paris", "Berlin", "Madrid", "Rome") if w in found.text]
    assert found.published == date(2024, 5, 1)


def test_a_page_is_known_without_its_ending() -> None:
    assert "Paris" not in read_document(PAGE.encode(), "download").text


@pytest.mark.parametrize("html", [False, True])
def test_an_e_mail_and_the_day_it_was_sent(html: bool) -> None:
    body = "We fly to Porto tomorrow and stay there for three nights with friends of ours."
    found = read_document(mail(f"<p>{body}</p>" if html else body, html=html), "a.eml")
    assert found.text.startswith("Porto in May\n")
    assert body in found.text
    assert found.published == date(2024, 5, 1), "the day where it was sent"


def test_what_is_attached_is_named() -> None:
    assert "plan.pdf" in read_document(mail("See the plan.", attached="plan.pdf"), "a.eml").note


def test_a_chat_with_colons_is_no_e_mail() -> None:
    text = "Ana: we are in Porto\nTom: nice\n"
    assert read_document(text.encode(), "chat.txt").text == text


def locked() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Porto")))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 110_000_000)
    return out.getvalue()


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "Porto")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "a.txt is empty"),
        (pdf(), "a.pdf", "has no text in it; it is perhaps a scan"),
        (b"%PDF-1.4 broken", "a.pdf", "is a damaged PDF file"),
        (b"PK\x03\x04 broken", "a.docx", "is a damaged Word file"),
        (b"<html><body></body></html>", "a.html", "a.html is empty"),
        (b"x" * (MOST_BYTES + 1), "a.txt", "is larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_document(data, name)


def test_a_locked_pdf_file() -> None:
    with pytest.raises(InputError, match="locked with a password"):
        read_document(locked(), "a.pdf")


def test_a_zip_bomb_is_not_unpacked() -> None:
    with pytest.raises(InputError, match="too large when unpacked"):
        read_document(bomb(), "a.docx")


def test_a_zip_file_that_is_no_word_file() -> None:
    with pytest.raises(InputError, match="a zip file, but no Word document"):
        read_document(other_zip(), "a.docx")


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"From: a\nDate: b\n"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    for name in ("a.txt", "a.eml", "a.html"):
        refused = ""
        try:
            assert read_document(start + data, name).text.strip()
        except InputError as error:
            refused = str(error)
        assert not refused or name in refused


def test_a_page_without_an_article_is_read_whole_with_a_note() -> None:
    found = read_document(b"<html><body><ul><li>3 May Porto<li>4 May Braga</ul></body></html>", "a.html")
    assert "Braga" in found.text
