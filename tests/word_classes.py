"""Classes of words, so that the trainer learns something of words that it seldom sees.

``train.fit_mentions`` learns a weight for each class of the words close to a place beside those of the
words themselves, and `spread` adds a class's weight to that of each of its words. The reader knows no class.

    python -m tests.word_classes WORDNET TEXTS...

builds ``training/word_classes.txt`` anew. ``WORDNET`` is the folder ``src/yaml`` of the Open English WordNet,
and ``TEXTS`` are folders with texts, whose words the file holds.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from itinerary.visits import Weights
from itinerary.vocabulary import load_vocabulary

__all__ = ["features", "load", "spread"]

FILE = Path(__file__).with_name("training") / "word_classes.txt"
SIDES = ("before it:", "after it:")
SHARE = 0.5  # of a class beside its word: smaller means that its weight is held closer to nothing
_LEAST = 0.1  # log-odds; less is not worth its room where a word has no weight of its own

_ABOUT = """\
# Words by class: the lexicographer's file of the first sense in Open English WordNet (CC BY 4.0,
# the Open English WordNet team, derived from Princeton WordNet under the WordNet licence).
# Words of the annotated texts, and words of {many} senses and more. Built by tests/word_classes.py.
"""


@cache
def load() -> Mapping[str, str]:
    """Read the class of each word."""
    out = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition(": ")
            out.update(dict.fromkeys(words.split(), name))
    return out


@cache
def _class_of(feature: str) -> str:
    """Return the feature of a word's class on the same side of a place; empty for other features."""
    for side in SIDES:
        if feature.startswith(side) and (name := load().get(feature.removeprefix(side))):
            return f"class {side}{name}"
    return ""


def features(words: Iterable[str]) -> dict[str, float]:
    """Count the classes of the words beside a place.

    >>> features(["before it:visited", "before it:toured", "before it:the"])
    {'class before it:verb.social': 0.5, 'class before it:verb.motion': 0.5}
    """
    counts = Counter(name for word in words if (name := _class_of(word)))
    return {name: SHARE * count for name, count in counts.items()}


def spread(weights: Weights) -> Weights:
    """Add the weight of each class to those of its words, so that words alone decide the same."""
    learned = weights.weights
    out = {f: w for f, w in learned.items() if not f.startswith("class ")}
    for side in SIDES:
        for word, name in load().items():
            more = SHARE * learned.get(f"class {side}{name}", 0.0)
            feature = f"{side}{word}"
            if more and (feature in out or abs(more) >= _LEAST):
                out[feature] = round(out.get(feature, 0.0) + more, 4)
    return Weights(weights.bias, out, weights.threshold)


# -- building the file -----------------------------------------------------------------------

_PARTS = {"n": "noun", "v": "verb", "a": "adjective", "s": "adjective", "r": "adverb"}
_NOUNS = (
    "tops act animal artifact attribute body cognition communication event feeling food group location "
    "motive object person phenomenon plant possession process quantity relation shape state substance time"
).split()
_VERBS = (
    "body change cognition communication competition consumption contact creation emotion motion perception "
    "possession social stative weather"
).split()
_FILES = {str(3 + n).zfill(2): name for n, name in enumerate(_NOUNS + _VERBS)}
_SENSES = 5  # a word with as many is a frequent one
_LEMMA = re.compile(r"(\w[^:]*):")
_PART = re.compile(r"  ([nvasr])(?:-\d)?:")
_SENSE = re.compile(r"    (?:- |  )id: '?[^%]+%\d:(\d\d):")


def read_senses(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Read of each lower-case word, by part of speech, the class of each sense, the first sense first."""
    out: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("entries-*.yaml")):
        lemma, part = "", ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := _LEMMA.fullmatch(line):
                lemma = found[1]
            elif found := _PART.fullmatch(line):
                part = _PARTS[found[1]]
            elif (found := _SENSE.match(line)) and lemma.isalpha() and lemma.islower():
                out[lemma][part].append(_FILES.get(found[1], ""))
    return out


def lemma_of(word: str, known: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """Return the base form of a word; the word itself if none is known.

    >>> lemma_of("toured", {"tour": {"verb": ["motion"]}})
    'tour'
    """
    tag = load_vocabulary().verbs.get(word)
    for base in (tag.lemma if tag else word, *_bases(word)):
        if base != word and base in known and (word.endswith("s") or "verb" in known[base]):
            return base
    return word


def _bases(word: str) -> Iterator[str]:
    """Yield what a word may be a form of."""
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
    for end in ("ed", "ing"):
        if word.endswith(end) and len(word) > len(end) + 2:
            stem = word.removesuffix(end)
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
            yield from (stem, stem + "e")


def class_of(word: str, known: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """Return the class of a word: that of the first sense of the part of speech with the most senses.

    >>> class_of("tours", {"tour": {"verb": ["motion"], "noun": ["act", "time"]}})
    'noun.act'
    """
    base = lemma_of(word, known)
    senses = known.get(base, {})
    if not senses:
        return ""
    verbal = base != word and word.endswith(("ed", "ing")) and "verb" in senses
    part = "verb" if verbal else max(senses, key=lambda p: len(senses[p]))
    return f"{part}.{senses[part][0]}".rstrip(".")


def build(folder: Path, texts: Iterable[Path]) -> str:
    """Write the file anew."""
    known = read_senses(folder)
    words = {w for w, senses in known.items() if sum(map(len, senses.values())) >= _SENSES}
    for path in (p for f in texts for p in sorted(f.rglob("*")) if p.suffix in (".txt", ".jsonl")):
        if path != FILE:
            words |= set(re.findall(r"(?<![\w.\\])[a-z]{2,}(?!\w)", path.read_text(encoding="utf-8")))
    classes: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if name := class_of(word, known):
            classes[name].append(word)
    return _ABOUT.format(many=_SENSES) + "".join(
        f"{name}: {' '.join(listed)}\n" for name, listed in sorted(classes.items())
    )


if __name__ == "__main__":
    FILE.write_text(build(Path(sys.argv[1]), map(Path, sys.argv[2:])), encoding="utf-8")
