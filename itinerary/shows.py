"""Read lists of shows: a line names a day, a town and a house, and only the town is a stop.

Tours are announced in such lists: "3 May – Rome, Italy – Teatro Blu", "Teatro Blu, Rome, Italy",
"Rome Teatro Blu, Italy". The area tells which words are the town, and where the town is known
tells what a short area means: "DE" is Germany behind Hamburg and Delaware behind Dover.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from itinerary.gazetteer import Entry, Gazetteer, load
from itinerary.sentences import Document

__all__ = [
    "Line",
    "Town",
    "areas_written_short",
    "find_towns",
    "houses",
    "is_cancelled",
    "segments",
    "show_lines",
]

FILE = Path(__file__).with_name("data") / "shows.toml"

_FEWEST = 3  # lines that make a list
_SHARE = 0.6  # of the dated lines must be such
_MANY, _MOST = 5, 0.8  # lines that make a list by their form alone, and the share of them that must have it
_LONGEST = 24  # words of a line
_DEEP = 3  # lines below a day that stands alone
_VILLAGE, _TOWN, _CITY = 1_000, 15_000, 100_000  # people


def _read_words() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    codes = raw.pop("codes")
    return {name: frozenset(words.split()) for name, words in raw.items()}, codes


_WORDS, _CODES = _read_words()
_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WD = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"\b\.?"
)
_NUM = r"\d{1,2}(?:st|nd|rd|th)?(?!\w|[:.]\d)"
_TO = r"\s?[-–—&+/]\s?"
_DATED = re.compile(
    rf"[ \t*•·▪>|–—-]*(?:\(?{_WD}\)?[,|]?[ \t]+)?"
    rf"(?P<date>{_NUM}(?:{_TO}{_NUM})?(?:[ \t]+|-){_MON}(?![a-z])(?:{_TO}{_NUM}[ \t]+{_MON})?"
    rf"|{_MON}[ \t]+{_NUM}(?:{_TO}(?:{_MON}[ \t]+)?{_NUM})?"
    rf"|(?:\d{{1,2}}[-–])?\d{{1,2}}[./]\d{{1,2}}(?!\w|:)(?:[./]\d{{2,4}}\b)?"
    rf"(?:{_TO}\d{{1,2}}(?:[./]\d{{1,2}}(?:[./]\d{{2,4}}\b)?)?)?\.?"
    rf"|(?P<bare>{_NUM}(?:{_TO}{_NUM})?))"
    rf"(?:,?[ \t]*20\d\d\b)?(?:,?[ \t]*\(?{_WD}\)?)?[ \t:|·•–—@,-]*",
    re.IGNORECASE,
)
_DAY_BEHIND = re.compile(
    rf"[ \t,:–—-]+(?:{_WD}[ \t]+)?{_NUM}(?:{_TO}(?:{_WD}[ \t]+)?{_NUM})?[ \t]+{_MON}", re.IGNORECASE
)
# What a heading may say beside the month: "Official May Tour Dates".
_OF_LIST = (
    r"(?:our|my|the|official|confirmed|upcoming|next|tour|book|dates?|schedule|shows?|gigs?|concerts?|events?|appearances"
    r"|calendar|races?|fixtures)"
)
_MONTH = re.compile(
    rf"[ \t#*]*(?:{_OF_LIST}[ \t]+){{0,3}}{_MON}[ \t,]*(?:\d{{4}})?(?:[ \t]*{_OF_LIST}\b){{0,3}}[ \t*:]*$",
    re.IGNORECASE | re.MULTILINE,
)
_BREAKS = frozenset([",", "-", "–", "—", "@", "|", ":", "(", ")", "•", "·", "/", ";", "[", "]"])
_SHORT = re.compile(r"[A-Z]{2,3}|(?:[A-Z]\.){2,3}|[A-Z][a-z]{1,4}\.?")
_NOT_GIVEN = frozenset(
    [("not", "happening"), ("no", "show"), ("no", "gig"), ("day", "off"), ("workshop", "only")]
)
_ABBREVIATING = ("US", "CA", "AU")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list of shows: half-open token ranges of all of it, and where the day ends."""

    first: int
    body: int
    last: int


@dataclass(frozen=True, slots=True)
class Town:
    """The town of a line, and the area named with it.

    Parameters
    ----------
    first, last : int
        Half-open range of tokens.
    entries : tuple of Entry
        What it may be; empty if no list of places has it.
    area : tuple of int, or None
        Range of the area's tokens.
    around : Entry or None
        The area.
    """

    first: int
    last: int
    entries: tuple[Entry, ...]
    area: tuple[int, int] | None = None
    around: Entry | None = None


class _Key:
    """Lets a text stand for its document in a cache: Python keeps the hash of a text."""

    __slots__ = ("doc",)

    def __init__(self, doc: Document) -> None:
        self.doc = doc

    def __hash__(self) -> int:
        return hash(self.doc.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.doc.text == self.doc.text


def show_lines(doc: Document) -> tuple[Line, ...]:
    r"""Return the lines of a text that announce shows; none unless the text speaks of shows.

    >>> from itinerary.sentences import parse
    >>> lines = show_lines(parse("Tour dates, tickets now:\n3 May Rome\n4 May Pisa\n6 May Siena"))
    >>> len(lines)
    3
    """
    return _show_lines(_Key(doc))


@lru_cache(maxsize=4)
def _show_lines(key: _Key) -> tuple[Line, ...]:
    doc = key.doc
    dated = list(_dated_lines(doc))
    shows = [line for line, shown in dated if shown]
    if len(shows) < _FEWEST or len(shows) < _SHARE * len(dated):
        return ()
    told = len(_WORDS["telling"].intersection(doc.lower))
    at = sum("@" in doc.words[line.body : line.last] for line in shows)
    housed = sum(_is_house(doc, (line.body, line.last)) for line in shows)
    if told < 2 and at < _FEWEST and not (told and (at or (housed > 1 and 3 * housed >= len(shows)))):
        return tuple(shows) if told and _are_towns_with_houses(doc, shows) else ()
    return tuple(shows)


def _are_towns_with_houses(doc: Document, shows: Sequence[Line]) -> bool:
    """Tell whether nearly all lines name a town first and then something else: "3/5 Rome, Blu"."""
    gazetteer, regular, towns = load(), 0, 0
    for line in shows:
        parts = segments(doc, line)
        if len(parts) < 2 or parts[0][1] - parts[0][0] > 3:
            continue
        first, second = (_cities(gazetteer, doc, *p) for p in parts[:2])
        regular += bool(first) and max(e.population for e in first) >= _TOWN
        towns += bool(second) and max(e.population for e in second) >= _CITY
    return len(shows) >= _MANY and regular >= _MOST * len(shows) and towns <= (1 - _MOST) * len(shows)


def _dated_lines(doc: Document) -> Iterator[tuple[Line, bool]]:
    """Yield the lines that begin with a day, and whether each may announce a show."""
    text, month, start = doc.text, False, 0
    lines = text.splitlines(keepends=True)
    for n, raw in enumerate(lines):
        begin, end = start, start + len(raw.rstrip())
        start += len(raw)
        if begin == end:
            continue
        if _MONTH.match(text, begin, end):
            month = True
            continue
        if end - begin > 200:
            continue
        found = _DATED.match(text, begin, end)
        if found is None:
            behind = _DAY_BEHIND.search(text, begin, end)
            if behind:  # "Rome, Italy: Teatro Blu, 3 May"
                first = doc.token_at(begin)
                line = Line(first, first, _token_from(doc, behind.start()))
                if line.body < line.last and text[end - 1] not in ".!?":
                    named = len(segments(doc, line)) > 1 or _is_house(doc, (line.body, line.last))
                    yield line, named and _may_show(doc, line, False)
            continue
        if found["bare"] and not month:
            continue
        at = found.end()
        if at >= end:  # the day stands alone, and the town on the next line
            size = _rest_of_block(lines, n + 1)
            if not size:
                continue
            at, end = start, start + size
        line = Line(doc.token_at(begin), doc.token_at(at), _token_from(doc, end))
        if line.body < line.last:
            yield line, _may_show(doc, line, bool(found["bare"]))


def _rest_of_block(lines: Sequence[str], n: int) -> int:
    """Return the length of the few lines from one on up to an empty one; 0 if there are many."""
    size = 0
    for k, line in enumerate(lines[n : n + _DEEP + 1]):
        if not line.strip():
            break
        if k == _DEEP:
            return 0
        size += len(line)
    return size


def _token_from(doc: Document, offset: int) -> int:
    """Return the first token that begins at or behind a code point."""
    at = doc.token_at(offset)
    while at and doc.starts[at - 1] >= offset:
        at -= 1
    return at


def _may_show(doc: Document, line: Line, bare: bool) -> bool:
    """Tell whether the words behind the day are names, and not told as a journey."""
    words = doc.words[line.body : line.last]
    if len(words) > _LONGEST or words[0] == "~":
        return False
    if not any(w[0].isupper() for w in words):  # a list without capitals: "9 – rome – teatro blu"
        stop = next((n for n, w in enumerate(words) if w in _BREAKS), len(words))
        return 0 < stop <= 3 and stop < len(words) and _WORDS["travel"].isdisjoint(words)
    if not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    if bare and words[0][0].isdigit():
        return False
    if not _WORDS["travel"].isdisjoint(doc.lower[line.body : line.last]):
        return False
    plain = sum(w[0].islower() for w in words)
    return plain <= 0.4 * len(words) and "→" not in words


def segments(doc: Document, line: Line) -> list[tuple[int, int]]:
    """Cut a line at commas, dashes and brackets."""
    out, first = [], line.body
    for i in range(line.body, line.last + 1):
        if i == line.last or doc.words[i] in _BREAKS:
            if first < i:
                out.append((first, i))
            first = i + 1
    return out


def _find_town(doc: Document, gazetteer: Gazetteer, line: Line, *, abroad: bool) -> Town | None:
    """Find the town of a line.

    Parameters
    ----------
    doc : Document
    gazetteer : Gazetteer
    line : Line
    abroad : bool
        A short area that could be a division and a country is more likely a country.

    Returns
    -------
    Town or None
        None if the words do not tell, or if there are two towns with their areas.
    """
    parts = _parts_of_line(doc, gazetteer, line)
    found: list[Town] = []
    before = _behind_code(doc, gazetteer, parts)
    if before is not None:
        return before
    for n, (inner, outer) in enumerate(pairwise(parts)):
        town = _with_area(doc, gazetteer, inner, outer, abroad)
        if town is None or not town.entries:
            town = next(filter(None, (_whole(doc, gazetteer, p, outer, abroad) for p in parts[:n])), town)
        if town is not None:
            found.append(town)
    known = [t for t in found if t.entries]
    if len(known) > 1:
        return None
    if known or found:
        return known[0] if known else found[0]
    return _alone(doc, gazetteer, parts)


def _parts_of_line(doc: Document, gazetteer: Gazetteer, line: Line) -> list[tuple[int, int]]:
    """Cut a line at commas and dashes, and before a division that is written short: "Bangor ME"."""
    out = []
    for first, last in segments(doc, line):
        word = doc.words[last - 1]
        if last - first > 1 and len(word) == 2 and word.isupper() and word.isalpha():
            areas = areas_written_short(gazetteer, word)
            if any(_inside(gazetteer, doc, (a, last - 1), e) for e in areas for a in range(first, last - 1)):
                out += [(first, last - 1), (last - 1, last)]
                continue
        out.append((first, last))
    return out


def _behind_code(doc: Document, gazetteer: Gazetteer, parts: Sequence[tuple[int, int]]) -> Town | None:
    """Take the town behind the code of its country: "IT – Rome, Teatro Blu"."""
    if len(parts) < 2 or parts[0][1] - parts[0][0] != 1 or not doc.words[parts[0][0]].isupper():
        return None
    for area in areas_written_short(gazetteer, doc.words[parts[0][0]], abroad=True):
        for a, b in _parts(*parts[1]):
            inside = _inside(gazetteer, doc, (a, b), area) if area.feature == "country" else ()
            if inside:
                return Town(a, b, inside, parts[0], area)
    return None


def _inside(gazetteer: Gazetteer, doc: Document, part: tuple[int, int], area: Entry) -> tuple[Entry, ...]:
    """Return the towns of an area that some words name."""
    held = gazetteer.candidates(doc.quote(*part), limit=None)
    return tuple(e for e in held if e.feature in ("city", "capital") and gazetteer.contains(area.place, e))


def _whole(
    doc: Document, gazetteer: Gazetteer, part: tuple[int, int], outer: tuple[int, int], abroad: bool
) -> Town | None:
    """Take a whole segment as the town of an area that is named farther on: "Rome, Teatro Blu (IT)"."""
    for stop, areas in _areas_at(doc, gazetteer, *outer, abroad):
        for area in areas:
            if inside := _inside(gazetteer, doc, part, area):
                return Town(*part, inside, (outer[0], stop), area)
    return None


def _with_area(
    doc: Document, gazetteer: Gazetteer, inner: tuple[int, int], outer: tuple[int, int], abroad: bool
) -> Town | None:
    """Take the words before an area as its town, or those of them that lie in it."""
    first, last = inner
    for stop, areas in _areas_at(doc, gazetteer, *outer, abroad):
        for a, b in _parts(first, last):
            for area in areas:
                inside = _inside(gazetteer, doc, (a, b), area)
                if inside and (b - a == last - first or max(e.population for e in inside) >= _VILLAGE):
                    return Town(a, b, inside, (outer[0], stop), area)
        whole = areas[0].feature == "country" or areas[0].feature == "admin1"
        if whole and last - first <= 3 and not _is_house(doc, inner) and not _areas(gazetteer, doc, inner):
            return Town(first, last, (), (outer[0], stop), areas[0])
    return None


def _parts(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield a range, then its beginnings, the longer first, then its ends."""
    yield first, last
    for b in range(last - 1, first, -1):
        yield first, b
    for a in range(first + 1, last):
        yield a, last


def _is_house(doc: Document, segment: tuple[int, int]) -> bool:
    """Tell whether a word says that this is a house: "AO Arena"."""
    return not _WORDS["houses"].isdisjoint(doc.lower[segment[0] : segment[1]])


def is_cancelled(doc: Document, line: Line) -> bool:
    """Tell whether a line says that its show is not given."""
    low = doc.lower[line.body : line.last]
    if not _WORDS["cancelled"].isdisjoint(low) or "~" in low:
        return True
    return any(pair in _NOT_GIVEN for pair in pairwise(low))


def _areas(gazetteer: Gazetteer, doc: Document, segment: tuple[int, int]) -> tuple[Entry, ...]:
    """Return the countries and divisions that some words name as a whole."""
    held = gazetteer.candidates(doc.quote(*segment))
    return tuple(e for e in held if e.feature in ("country", "admin1"))


def _areas_at(
    doc: Document, gazetteer: Gazetteer, first: int, last: int, abroad: bool
) -> Iterator[tuple[int, tuple[Entry, ...]]]:
    """Yield where an area ends that begins a segment, and what it may be."""
    for b in range(last, first, -1):
        if b == last and last - first > 1 and _cities(gazetteer, doc, first, last):
            return  # "New York City" is not New York
        whole = _areas(gazetteer, doc, (first, b))
        if whole and (b == last or b - first > 1 or len(doc.words[first]) > 3):
            yield b, whole
    if _SHORT.fullmatch(doc.words[first]) and doc.words[first + 1 : first + 2] != ("&",):
        short = areas_written_short(gazetteer, doc.words[first], abroad=abroad)
        if short:
            yield first + 1, short


def areas_written_short(gazetteer: Gazetteer, word: str, *, abroad: bool = False) -> tuple[Entry, ...]:
    """Return what two or three letters behind a town may be: divisions of some countries, and countries."""
    bare = word.replace(".", "").upper()
    if len(bare) == 2 and word.isalpha() and not word.isupper():
        return ()  # "La Cigale" is not in Louisiana; "La." may be
    codes = [gazetteer.admin1_by_abbreviation(c, word) for c in _ABBREVIATING]
    divisions = [e for c in codes if c and (e := gazetteer.division(c))]
    countries: list[str] = []
    if word.isupper() and len(bare) == 2 and bare in gazetteer.countries():
        countries.append(bare)
    elif word.isupper() and len(bare) == 3:
        countries += [_CODES[bare]] if bare in _CODES else _beginning(gazetteer, bare)
    named = [e for code in countries if (e := _country(gazetteer, code))]
    return tuple(named + divisions if abroad else divisions + named)


def _beginning(gazetteer: Gazetteer, letters: str) -> list[str]:
    """Return the countries whose names begin with some letters: ARG is Argentina."""
    return [c.code for c in gazetteer.countries().values() if c.name.upper().startswith(letters)]


def _country(gazetteer: Gazetteer, code: str) -> Entry | None:
    held = gazetteer.candidates(gazetteer.country(code).name)
    return next((e for e in held if e.feature == "country" and e.place.country == code), None)


def _alone(doc: Document, gazetteer: Gazetteer, segments: Sequence[tuple[int, int]]) -> Town | None:
    """Find a town without an area: a whole segment, or how the first one begins."""
    housed = bool(segments) and _is_house(doc, segments[0])  # the town stands behind the house
    for n, (a, b) in enumerate(segments):
        cities = _cities(gazetteer, doc, a, b)
        least = _VILLAGE if n == 0 or (n == 1 and housed) else _TOWN
        if cities and max(e.population for e in cities) >= least:
            return Town(a, b, cities)
    if segments:
        first, last = segments[0]
        for b in range(last - 1, first, -1):
            cities = _cities(gazetteer, doc, first, b)
            if cities and max(e.population for e in cities) >= _CITY:
                return Town(first, b, cities)
    return None


def _cities(gazetteer: Gazetteer, doc: Document, first: int, last: int) -> tuple[Entry, ...]:
    held = gazetteer.candidates(doc.quote(first, last), limit=None)
    return tuple(e for e in held if e.feature in ("city", "capital"))


def _is_abroad(doc: Document, gazetteer: Gazetteer, lines: Sequence[Line]) -> bool:
    """Tell whether the short areas of a list are countries rather than divisions."""
    votes = 0
    for line in lines:
        for first, _ in segments(doc, line)[1:]:
            word = doc.words[first]
            if len(word) == 2 and word.isupper():
                areas = areas_written_short(gazetteer, word)
                kinds = {e.feature for e in areas}
                votes += (kinds == {"country"}) - (kinds == {"admin1"})
    return votes > 0


def houses(doc: Document, towns: Iterable[tuple[Line, Town]]) -> frozenset[tuple[str, ...]]:
    """Return the names of two words or more of the houses in a list: they are no places to go."""
    found = set()
    for line, town in towns:
        taken = {town.first, *(town.area or ())[:1]}
        for a, b in segments(doc, line):
            if b - a > 1 and taken.isdisjoint(range(a, b)):
                found.add(doc.lower[a:b])
    return frozenset(found)


def find_towns(doc: Document, gazetteer: Gazetteer) -> Mapping[int, tuple[Line, Town]]:
    """Map the first token of each line of a list of shows to the line and its town."""
    lines = show_lines(doc)
    if not lines:
        return {}
    abroad = _is_abroad(doc, gazetteer, lines)
    found = {}
    for line in lines:
        town = _find_town(doc, gazetteer, line, abroad=abroad)
        if town is not None:
            found[line.first] = (line, town)
    return found
