"""The words that the reader knows, by class, with their inflected forms."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from itinerary.errors import LexiconError

__all__ = ["Tag", "Vocabulary", "load_vocabulary"]

FILE = Path(__file__).with_name("data") / "vocabulary.toml"


@dataclass(frozen=True, slots=True)
class Tag:
    """What a written word may be.

    Parameters
    ----------
    part : str
        ``verb`` or ``noun``.
    group : str
        Its class in the file, such as ``arrive``.
    lemma : str
        The base form.
    form : str
        ``base``, ``s``, ``ing``, ``past`` or ``participle``; ``past`` also where the two are alike.
    """

    part: str
    group: str
    lemma: str
    form: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tags by written word, and the plain word lists by name."""

    verbs: Mapping[str, Tag]
    nouns: Mapping[str, Tag]
    words: Mapping[str, frozenset[str]]


@cache
def load_vocabulary() -> Vocabulary:
    """Read the vocabulary file.

    Raises
    ------
    LexiconError
        If the file cannot be read or a section is missing.
    """
    try:
        data = tomllib.loads(FILE.read_text(encoding="utf-8"))
        irregular = {lemma: forms.split() for lemma, forms in data["irregular"].items()}
        verbs: dict[str, Tag] = {}
        for group, listed in data["verbs"].items():
            for lemma in listed.split():
                for form, word in _conjugate(lemma, irregular.get(lemma)):
                    verbs.setdefault(word, Tag("verb", group, lemma, form))
        nouns: dict[str, Tag] = {}
        for group, listed in data["nouns"].items():
            for word in listed.split():
                for written in (word, _plural(word)):
                    nouns.setdefault(written, Tag("noun", group, word, "base"))
        words = {name: frozenset(listed.split()) for name, listed in data["words"].items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError) as error:
        raise LexiconError(FILE.name, "whole file", f"cannot be read: {error!r}") from error
    verbs.update({w: Tag("verb", "be", "be", f) for w, f in _BE})
    return Vocabulary(verbs, nouns, words)


_BE = (
    ("is", "s"),
    ("are", "s"),
    ("am", "s"),
    ("was", "past"),
    ("were", "past"),
    ("be", "base"),
    ("been", "participle"),
    ("being", "ing"),
)
_VOWELS = frozenset("aeiou")


def _conjugate(lemma: str, irregular: list[str] | None) -> Iterator[tuple[str, str]]:
    """Yield the forms of a verb: travel, travels, traveling, travelling, traveled, travelled."""
    yield "base", lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield "s", lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        yield "s", lemma[:-1] + "ies"
    else:
        yield "s", lemma + "s"
    stems = {lemma}
    if lemma.endswith("e") and not lemma.endswith("ee"):
        stems = {lemma[:-1]}
    elif lemma[-1] in "bdglmnprt" and lemma[-2] in _VOWELS and lemma[-3:-2] not in ("", *_VOWELS):
        stems.add(lemma + lemma[-1])
    for stem in sorted(stems):
        yield "ing", stem + "ing"
    if lemma == "lie":
        yield "ing", "lying"
    if irregular:
        yield "past", irregular[0]
        yield "participle", irregular[-1]
        return
    for stem in sorted(stems):
        if stem.endswith("y") and stem[-2] not in _VOWELS:
            yield "past", stem[:-1] + "ied"
        else:
            yield "past", stem + "ed"


def _plural(noun: str) -> str:
    """Return the plural of a noun as it is usually written."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"
