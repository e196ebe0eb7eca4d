"""Tell from the verbs of a clause whether it speaks of the past or of what is planned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from itinerary.lexicon import load_rules
from itinerary.model import Span

__all__ = ["REPORTED", "UNTIL", "clause_tense", "sentence_ends", "tense_cues", "tense_from"]

_WORDS = load_rules(Path(__file__).parent / "data" / "tense.toml").words

_FUTURE = frozenset(_WORDS["future"])

_PAST = frozenset(_WORDS["past"])

_NO_VERBS = frozenset(_WORDS["not_verbs"])

_BE = frozenset(("be", "is", "are", "am", "being", "was", "were", "has", "have"))

_HAS = frozenset(("has", "have"))

_OBJECT = frozenset(("a", "an", "the", "to", "no", "two", "three", "his", "her", "their", "our", "my", "its"))

_ASKING = frozenset(_WORDS["asking"])

_OFF = frozenset(("out", "off", "sail", "forth", "foot"))

_SUBJECT = frozenset(("he", "she"))

_CUT_WORDS = frozenset(("when", "while", "where", "who", "which"))

_CUT_AFTER_COMMA = frozenset(("and", "but", "before", "after"))

_OPENS = frozenset(("", ". ", ".\n", "\n\n", "! ", "? ", "— ", "– ", "- ", "| ", "* "))  # before a sentence

_TENSE_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|[;:—()–,]|['’]ll\b")

REPORTED = re.compile(
    rf"(?<!\bbe\s)(?<!\bhas\s)(?<!\bhave\s)(?<!\bis\s)(?<!\bare\s)"
    rf"\b(?:{'|'.join(sorted(_PAST - {'has', 'have', 'been'}))}|says|"
    r"(?!schedul|expect|need|slat|plann)[a-z]{2,14}ed)(?:\s(?!will\b|to\b|who\b|would\b)[\w’'-]+){0,3}\s+$",
    re.IGNORECASE,
)

UNTIL = re.compile(r"\b(?:until|till|through)\s+(?:the\s+)?(?:late\s+|early\s+)?$", re.IGNORECASE)

_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+(?=[\"“‘(]?[A-Z0-9])|\n\s*\n|\n(?=\s*[-*•\d])")

_SHORT = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Prof|U\.S|a\.m|p\.m|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|"
    r"Nov|Dec|Mt|Ft|Lt|Col))$"
)


def sentence_ends(text: str) -> list[int]:
    """Return where sentences end, found without a tokeniser: good enough to keep verbs apart."""
    ends = []
    for found in _SENTENCE_END.finditer(text):
        at = found.start()
        if not (text[at] == "." and _SHORT.search(text, max(0, at - 5), at)):
            ends.append(found.end())
    return ends


def tense_cues(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, str]]:
    """List what shows tense or cuts clauses apart: (position, ``past``, ``future`` or ``cut``)."""
    cues: list[tuple[int, str]] = []
    before = lead = verb = ""
    for token in _TENSE_TOKEN.finditer(text, start, len(text) if end is None else end):
        written = token[0]
        word = written.lower().replace("’", "'")
        first = written[0].isupper() and text[token.start() - 2 : token.start()] in _OPENS
        kind = _tense_kind(word, written, before, first)
        if word == "to" and verb in _ASKING:  # "asked her to come on Friday"
            kind = "future"
        if before == "set" and word in _OFF and cues and lead not in _FUTURE:  # "set out": went
            cues[-1] = (cues[-1][0], "past")
        if before in _HAS and word in _OBJECT and cues:  # "she has a talk on Friday": had, not done
            cues[-1] = (cues[-1][0], "future")
        if kind:
            cues.append((token.start(), kind))
            verb = word
        lead, before = before, word
    return cues


def _tense_kind(word: str, written: str, before: str, first: bool) -> str:
    if word in _FUTURE or (word == "to" and before in _BE):
        return "future"
    if word in _PAST:  # "to be held" is to come
        return "future" if before in ("be", "being") else "past"
    if len(word) > 3 and word.endswith("ed"):
        if (written[0].isupper() and not first) or word in _NO_VERBS:
            return ""
        return "future" if before in ("be", "is", "are", "being") else "past"
    if before in _SUBJECT and word.endswith("s") and len(word) > 3:
        return "future"
    if word in _CUT_WORDS or (before == "," and word in _CUT_AFTER_COMMA) or (word in ";:—–()"):
        return "cut"
    return ""


def tense_from(cues: Sequence[tuple[int, str]], sentence: Span, span: Span) -> str:
    """Take the nearest verb before the expression in its clause, else the next after it, else any before."""
    at = bisect_right(cues, (span.start, ""))
    low = max(sentence.start, span.start - 250)
    before = [kind for position, kind in cues[max(0, at - 40) : at] if position >= low]
    if before and before[-1] != "cut":
        return before[-1]
    high = min(sentence.end, span.end + 250)
    after = bisect_right(cues, (span.end, ""))
    following = [kind for position, kind in cues[after : after + 20] if position < high and kind != "cut"]
    if following:
        return following[0]
    return next((kind for kind in reversed(before) if kind != "cut"), "")


@lru_cache(maxsize=4)
def _cues_of(text: str, start: int, end: int) -> tuple[tuple[int, str], ...]:
    """Return the cues of a sentence, read once for all its dates."""
    return tuple(tense_cues(text, start, end))


def clause_tense(text: str, sentence: Span, span: Span) -> str:
    """Tell whether the clause of an expression speaks of the past or of what is to come.

    The nearest verb before the expression in its clause decides; if there is none, the next one after it.

    Parameters
    ----------
    text : str
    sentence : Span
        The sentence around the expression.
    span : Span
        The expression.

    Returns
    -------
    str
        ``past``, ``future`` or ``""``. The present counts as future: "he arrives Monday" is a plan.
    """
    return tense_from(_cues_of(text, sentence.start, sentence.end), sentence, span)
