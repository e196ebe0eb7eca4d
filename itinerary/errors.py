"""Failures of the library. A doubt is an `Issue` in the result; only a failure is raised.

ItineraryError
├── InputError      the text or file cannot be read
├── LexiconError    a rule or place file is faulty
└── ExportError     a picture or file cannot be made
"""

from __future__ import annotations

__all__ = ["ExportError", "InputError", "ItineraryError", "LexiconError"]


class ItineraryError(Exception):
    """Base of every failure that this library raises on purpose."""


class InputError(ItineraryError):
    """The text or file cannot be read: empty, too long, unreadable.

    The message is one or two plain sentences for the person who gave the input.
    """


class LexiconError(ItineraryError):
    """A rule or place file is faulty; names file, rule and reason."""

    def __init__(self, file: str, rule: str, reason: str) -> None:
        super().__init__(f"{file}, {rule}: {reason}")
        self.file, self.rule, self.reason = file, rule, reason


class ExportError(ItineraryError):
    """A picture or file cannot be made; the message says what to do."""
