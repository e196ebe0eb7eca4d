"""Measure how well names of places are found and resolved, on public corpora of annotated news.

    python tests/measure_places.py FOLDER [--errors FILE]

FOLDER holds ``lgl.xml`` (Local-Global Lexicon), ``TR-News.xml`` and ``GeoVirus.xml`` as their authors publish
them; none of them belongs to this project. Two questions are asked of each:

- resolution: the annotated names are given; which share gets a point within 161 km (100 miles) of the
  annotated one? Beside it stands the same share for the plainest way, the namesake with the most people.
- end to end: which of the annotated names are found in the text (recall), which of those found are annotated
  (precision), and which share of the annotated names is both found and within 161 km?

Names annotated without a point, and points of names unknown to the gazetteer, are counted as the figures say.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).absolute().parent.parent
sys.path.insert(0, str(ROOT))

from geopy.distance import great_circle  # noqa: E402

from itinerary import reader, resolution  # noqa: E402
from itinerary.gazetteer import MOST, Entry, Gazetteer, load  # noqa: E402
from itinerary.sentences import Document, parse  # noqa: E402
from itinerary.shows import areas_written_short  # noqa: E402
from itinerary.toponyms import Toponym, link_containers  # noqa: E402

FILES = {"LGL": "lgl.xml", "TR-News": "TR-News.xml", "GeoVirus": "GeoVirus.xml"}
# Published: the population baseline, and systems from plain to best, in per cent within 161 km.
PUBLISHED = {"LGL": "baseline 70, systems 76-83", "TR-News": "-", "GeoVirus": "baseline 80, systems 82-98"}
NEAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated name: where it stands and where it lies."""

    start: int
    end: int
    phrase: str
    latitude: float | None
    longitude: float | None
    kind: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its annotated names."""

    number: str
    text: str
    gold: tuple[Gold, ...]


def read_corpus(path: Path) -> Iterator[Article]:
    """Yield the articles of a corpus in either of the two formats."""
    for n, article in enumerate(ElementTree.parse(path).getroot().findall("article")):
        text = article.findtext("text") or ""
        nodes = article.findall("toponyms/toponym") or article.findall("locations/location")
        gold = []
        for node in nodes:
            phrase = node.findtext("phrase") or node.findtext("name") or ""
            start = _place_of(text, phrase, int(node.findtext("start") or 0))
            if start is None:
                continue
            latitude, longitude = node.findtext(".//lat"), node.findtext(".//lon")
            point = (float(latitude), float(longitude)) if latitude and longitude else (None, None)
            gold.append(
                Gold(start, start + len(phrase), phrase, *point, node.findtext(".//fcode") or "unknown")
            )
        yield Article(article.get("docid") or str(n), text, tuple(sorted(gold, key=lambda g: g.start)))


def _place_of(text: str, phrase: str, near: int) -> int | None:
    """Return where a phrase stands nearest to an offset that may be off by some characters."""
    window = max(0, near - 400)
    found, at = [], text.find(phrase, window)
    while 0 <= at <= near + 400:
        found.append(at)
        at = text.find(phrase, at + 1)
    return min(found, key=lambda a: abs(a - near), default=None)


def kilometres(gold: Gold, latitude: float | None, longitude: float | None) -> float:
    """Return how far a point is from the annotated one; infinite if there is none."""
    if None in (gold.latitude, gold.longitude, latitude, longitude):
        return float("inf")
    return float(great_circle((gold.latitude, gold.longitude), (latitude, longitude)).km)


def entries_of(phrase: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return what a phrase may mean: a name, a division written short ("W.Va."), or a word for a people."""
    short = areas_written_short(gazetteer, phrase) if "." in phrase or phrase.isupper() else ()
    found = short or gazetteer.candidates(phrase, limit=None) or gazetteer.called_by_a_word(phrase)
    code = None if found else gazetteer.adjective(phrase)
    if code:
        found = tuple(e for e in gazetteer.candidates(gazetteer.country(code).name) if e.feature == "country")
    return found


def as_toponyms(doc: Document, article: Article, gazetteer: Gazetteer) -> list[tuple[Gold, Toponym]]:
    """Make toponyms of the annotated names."""
    out = []
    for g in article.gold:
        first, last = doc.token_at(g.start), doc.token_at(max(g.start, g.end - 1)) + 1
        if out and first < out[-1][1].last:
            continue
        entries = entries_of(g.phrase, gazetteer)
        form = "people" if gazetteer.adjective(g.phrase) and not gazetteer.candidates(g.phrase) else "name"
        out.append(
            (g, Toponym(first, last, g.phrase, _offered(entries), form=form if entries else "unknown"))
        )
    return out


def _offered(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return as many candidates as the reader weighs: all counties of a name, the first towns."""
    county = bool(entries) and (entries[0].place.source_id or "").startswith("county:")
    return entries if county else entries[:MOST]


def most_people(entries: Sequence[Entry]) -> Entry | None:
    """Choose as the plainest way does: the place with the most people, the first one without any."""
    return max(entries, key=lambda e: e.population or (10**8 if e.feature in _LARGE else 0), default=None)


_LARGE = frozenset(["country", "continent"])


@dataclass
class Counts:
    """What is counted over a corpus."""

    pointed: int = 0
    near: int = 0
    plain: int = 0
    unknown: int = 0
    gold: int = 0
    found: int = 0
    both: int = 0
    extra: int = 0

    def shares(self) -> tuple[float, ...]:
        """Return the six figures of a line, in per cent."""
        by_point = (self.near, self.plain, self.unknown)
        pointed = max(self.pointed, 1)
        return (
            *(100 * n / pointed for n in by_point),
            100 * self.found / max(self.gold, 1),
            100 * self.found / max(self.found + self.extra, 1),
            100 * self.both / pointed,
        )


def resolve_given(name: str, article: Article, gazetteer: Gazetteer, c: Counts, errors: list[str]) -> None:
    """Count how the annotated names of an article are resolved."""
    doc = parse(article.text)
    pairs = as_toponyms(doc, article, gazetteer)
    toponyms = link_containers(doc, gazetteer, [t for _, t in pairs])
    for (g, t), place in zip(pairs, resolution.resolve(toponyms, gazetteer), strict=True):
        if g.latitude is None:
            continue
        c.pointed += 1
        c.unknown += not t.entries
        far = kilometres(g, place.latitude, place.longitude) if place else float("inf")
        c.near += far <= NEAR_KM
        baseline = most_people(t.entries)
        if baseline:
            c.plain += kilometres(g, baseline.place.latitude, baseline.place.longitude) <= NEAR_KM
        if far > NEAR_KM:
            chosen = f"{place.name}, {place.country} ({place.source_id})" if place else "nothing"
            point = f"{g.latitude} {g.longitude}"
            errors.append(f"{name} {article.number} {g.kind} {g.phrase!r} {point}: {chosen}, {far:.0f} km")


def read_whole(name: str, article: Article, c: Counts, errors: list[str]) -> None:
    """Count which annotated names the reader finds by itself, and what else it finds."""
    text, analysis = article.text, reader.analyse(article.text, date(2010, 1, 1))
    mine = [
        (analysis.doc.span(t.first, t.last), p)
        for t, p in zip(analysis.toponyms, analysis.places, strict=True)
        if t.part_of is None and t.form != "description"
    ]
    c.gold += len(article.gold)
    for g in article.gold:
        same = [p for s, p in mine if s.start < g.end and g.start < s.end]
        c.found += bool(same)
        c.both += any(p is not None and kilometres(g, p.latitude, p.longitude) <= NEAR_KM for p in same)
        if not same:
            around = text[max(0, g.start - 40) : g.end + 30]
            errors.append(f"{name} {article.number} NOT FOUND {g.phrase!r} in {around!r}")
    for s, _ in mine:
        if not any(s.start < g.end and g.start < s.end for g in article.gold):
            c.extra += 1
            before, behind = text[max(0, s.start - 40) : s.start], text[s.end : s.end + 30]
            errors.append(f"{name} {article.number} EXTRA {before!r} [{text[s.start : s.end]}] {behind!r}")


def measure(name: str, path: Path, errors: list[str]) -> str:
    """Return a line of figures for a corpus."""
    gazetteer, c = load(), Counts()
    for article in read_corpus(path):
        resolve_given(name, article, gazetteer, c, errors)
        read_whole(name, article, c, errors)
    near, plain, unknown, recall, precision, both = c.shares()
    return (
        f"{name:9}{c.pointed:6}{near:10.1f}{plain:13.1f}{unknown:9.1f}{recall:8.1f}{precision:11.1f}{both:6.1f}"
        f"   {PUBLISHED[name]}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each corpus in the folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=Path, help="write each name that is missed or misplaced here")
    options = parser.parse_args(arguments)
    errors: list[str] = []
    print("corpus     names  <161 km  most people  unknown  recall  precision  both   published (<161 km)")
    for name, file in FILES.items():
        if (options.folder / file).exists():
            print(measure(name, options.folder / file, errors), flush=True)
    if options.errors:
        options.errors.write_text("\n".join(errors) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
