"""Estimate how wide text will be drawn, without a browser.

Widths are those of Liberation Sans, which Arial and Helvetica share, in thousandths of the font size, for
the characters U+0020 to U+017F; others count by their kind.
"""

from __future__ import annotations

import unicodedata

__all__ = ["shorten", "text_width"]

_FIRST = 0x20
_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
    "556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 "
    "722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 "
    "500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 0 0 0 0 0 0 0 0 0 0 "
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 278 333 556 556 556 556 260 556 333 737 370 556 584 0 "
    "737 552 400 549 333 333 333 576 537 278 333 333 365 556 834 834 834 611 667 667 667 667 667 667 1000 "
    "722 667 667 667 667 278 278 278 278 722 722 778 778 778 778 778 584 778 722 722 722 722 667 667 611 "
    "556 556 556 556 556 556 889 500 556 556 556 556 278 278 278 278 556 556 556 556 556 556 556 549 611 "
    "556 556 556 556 500 556 500 667 556 667 556 667 556 722 500 722 500 722 500 722 500 722 615 722 556 "
    "667 556 667 556 667 556 667 556 667 556 778 556 778 556 778 556 778 556 722 556 722 556 278 278 278 "
    "278 278 278 278 222 278 278 735 444 500 222 667 500 500 556 222 556 222 556 292 556 334 556 222 722 "
    "556 722 556 722 556 604 723 556 778 556 778 556 778 556 1000 944 722 333 722 333 722 333 667 500 667 "
    "500 667 500 667 500 611 278 611 375 611 278 722 556 722 556 722 556 722 556 722 556 722 556 944 722 "
    "667 500 667 611 500 611 500 611 500 222 "
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
    "556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 "
    "722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 "
    "556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584 0 0 0 0 0 0 0 0 0 0 "
    "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 278 333 556 556 556 556 280 556 333 737 370 556 584 0 "
    "737 552 400 549 333 333 333 576 556 278 333 333 365 556 834 834 834 611 722 722 722 722 722 722 1000 "
    "722 667 667 667 667 278 278 278 278 722 722 778 778 778 778 778 584 778 722 722 722 722 667 667 611 "
    "556 556 556 556 556 556 889 556 556 556 556 556 278 278 278 278 611 611 611 611 611 611 611 549 611 "
    "611 611 611 611 556 611 556 722 556 722 556 722 556 722 556 722 556 722 556 722 556 722 719 722 611 "
    "667 556 667 556 667 556 667 556 667 556 778 611 778 611 778 611 778 611 722 611 722 611 278 278 278 "
    "278 278 278 278 278 278 278 785 556 556 278 722 556 556 611 278 611 278 611 385 611 479 611 278 722 "
    "611 722 611 722 611 708 723 611 778 611 778 611 778 611 1000 944 722 389 722 389 722 389 667 556 667 "
    "556 667 556 667 556 611 333 611 479 611 333 722 611 722 611 722 611 722 611 722 611 722 611 944 778 "
    "667 556 667 611 500 611 500 611 500 278 "
)
_TABLES = {bold: tuple(map(int, text.split())) for bold, text in ((False, _REGULAR), (True, _BOLD))}
_WIDE, _OTHER, _ELLIPSIS = 1000, 640, "\u2026"


def _unit(character: str, table: tuple[int, ...]) -> int:
    place = ord(character) - _FIRST
    if 0 <= place < len(table):
        return table[place]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    return _WIDE if character in "\u2003\u2014\u2026" else _OTHER


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text in pixels.

    Parameters
    ----------
    text : str
        Plain text, not escaped.
    size : float
        Font size in pixels.
    """
    table = _TABLES[bold]
    return sum(_unit(character, table) for character in text) * size / 1000


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Cut text to `room` pixels, with an ellipsis if anything had to go."""
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(text + _ELLIPSIS, size, bold=bold) > room:
        text = text[:-1].rstrip()
    return text + _ELLIPSIS
