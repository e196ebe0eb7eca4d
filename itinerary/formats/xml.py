"""What the XML formats share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from itinerary.formats.text import place_of, what_for, when
from itinerary.model import Stop

__all__ = ["add", "degrees", "described", "document", "plain"]

# XML 1.0 has no place for these, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def add(
    parent: ET.Element, name: str, text: str | None = None, attributes: Mapping[str, str] | None = None
) -> ET.Element:
    """Append an element, with a text if one is given."""
    element = ET.SubElement(parent, name, {key: plain(value) for key, value in (attributes or {}).items()})
    if text is not None:
        element.text = plain(text)
    return element


def document(root: ET.Element) -> str:
    """Return an XML document, indented, with a newline at its end."""
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def degrees(value: float) -> str:
    """Write degrees to a tenth of a metre, never as a power of ten, which XML knows as no decimal.

    >>> degrees(5e-7), degrees(-21.5)
    ('0', '-21.5')
    """
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")


def described(stop: Stop) -> str:
    """Describe a stop in a few lines: where, when, what for, and the words that prove it."""
    proof = next((e.quote for e in stop.evidence if e.about == "place"), "")
    lines = (place_of(stop), when(stop), what_for(stop), f"“{' '.join(proof.split())}”" if proof else "")
    return "\n".join(line for line in lines if line)
