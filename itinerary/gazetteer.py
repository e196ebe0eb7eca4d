"""Places of the world, offline: from a written name to what it may mean.

Cities and airports stand in one sorted table that is searched by bisection, so that nothing but the rows
asked for is ever parsed; countries, divisions, regions and sites are small tables. ``data/README.md``
names the sources.
"""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

from itinerary.errors import LexiconError
from itinerary.model import Kind, Place

__all__ = ["Country", "Entry", "Gazetteer", "fold", "load"]

DATA = Path(__file__).with_name("data")
MOST = 12  # candidates of one name
_LONGEST = 7  # words of one name
_REACH_KM = 250.0  # how far from its point a region inside one country is taken to reach
_ISLAND_KM = 120.0
_APOSTROPHES = str.maketrans({"’": None, "'": None, "‘": None, "`": None, "ʻ": None, "ʼ": None, ".": None, "-": " ", "‐": " ", "‑": " ", "–": " "})
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@dataclass(frozen=True, slots=True)
class Country:
    """A row of ``countries.csv``."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may mean.

    Parameters
    ----------
    place : Place
    population : int
        0 if unknown.
    admin1 : str
        First-level division, such as ``US.MN``; "" if unknown.
    feature : str
        ``capital``, ``city``, ``country``, ``admin1``, ``region``, ``island``, ``continent``, ``site`` or ``airport``.
    primary : bool
        The name is the place's main or usual English one.
    """

    place: Place
    population: int
    admin1: str
    feature: str
    primary: bool


def fold(name: str) -> str:
    """Reduce a name to what is compared: no case, accents, dots, apostrophes or hyphens.

    >>> fold("St. Moritz"), fold("The Hague"), fold("Port-of-Spain"), fold("Zürich")
    ('saint moritz', 'hague', 'port of spain', 'zurich')
    """
    if not name.isascii():
        name = "".join(_PLAIN.get(c, c) for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = name.translate(_APOSTROPHES).casefold().split()
    if words and words[0] == "the" and len(words) > 1:
        words = words[1:]
    return " ".join([_SHORT.get(w, w) for w in words])


_PLAIN = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ı": "i", "þ": "th", "Þ": "Th", "ð": "d"}


class Gazetteer:
    """Look-ups by name, area and position. Use `load` to get the one of this installation."""

    def __init__(self, folder: Path = DATA) -> None:
        try:
            self._cities = gzip.decompress((folder / "cities.tsv.gz").read_bytes())
            self._countries = {c.code: c for c in _countries(folder / "countries.csv")}
            self._table: dict[str, list[tuple[float, Entry]]] = {}
            self._members: dict[str, frozenset[str]] = {}
            self._divisions: dict[str, str] = {}
            self._read_tables(folder)
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise LexiconError(folder.name, "place tables", f"cannot be read: {error!r}") from error
        self._adjectives = {a: c.code for c in self._countries.values() for a in c.adjectives}
        self._size = {}
        for key in self._table:
            first, _, rest = key.partition(" ")
            self._size[first] = max(self._size.get(first, 1), 1 + rest.count(" ") + bool(rest))
        self._cached = lru_cache(maxsize=50_000)(self._look_up)
        self._starts = lru_cache(maxsize=50_000)(self._starts_name)

    # -- loading ---------------------------------------------------------------------

    def _read_tables(self, folder: Path) -> None:
        for c in self._countries.values():
            kind = Kind.CITY if c.code in _CITY_STATES else Kind.COUNTRY
            place = Place(c.name, c.code, c.latitude, c.longitude, kind, f"country:{c.code}")
            for n, name in enumerate((c.name, *c.aliases)):
                self._add(name, 1e9 - n, Entry(place, 0, "", "country", True))
        for row in _rows(folder / "admin1.csv"):
            place = Place(row["name"], row["country"], float(row["latitude"]), float(row["longitude"]), Kind.REGION, f"admin1:{row['code']}")
            self._divisions[row["code"]] = row["name"]
            for name in _listed(row["name"], row["aliases"]):
                if len(name.replace(".", "")) <= 2:  # postal codes count only behind a comma
                    self._divisions[f"{row['country']}:{name.replace('.', '').upper()}"] = row["code"]
                    continue
                self._add(name, 3e6, Entry(place, 0, row["code"], "admin1", True))
                self._divisions[f"{row['country']}:{name.replace('.', '').upper()}"] = row["code"]
        for row in _rows(folder / "regions.csv"):
            place = Place(row["name"], row["country"] or None, float(row["latitude"]), float(row["longitude"]), Kind.REGION, f"region:{row['id']}")
            self._members[f"region:{row['id']}"] = frozenset(filter(None, row["members"].split("|")))
            for name in _listed(row["name"], row["aliases"]):
                self._add(name, 5e6, Entry(place, 0, "", row["feature"], True))
        for row in _rows(folder / "sites.csv"):
            place = Place(row["name"], row["country"] or None, float(row["latitude"]), float(row["longitude"]), Kind.SITE, f"site:{row['id']}")
            for name in _listed(row["name"], row["aliases"]):
                self._add(name, 1e6, Entry(place, 0, "", "site", True))

    def _add(self, name: str, weight: float, entry: Entry) -> None:
        self._table.setdefault(fold(name), []).append((weight, entry))

    # -- by name -------------------------------------------------------------------------

    def candidates(self, name: str) -> tuple[Entry, ...]:
        """Return what a name may mean, most prominent first.

        Parameters
        ----------
        name : str
            Written in any case, with or without accents and a leading "the".

        Returns
        -------
        tuple of Entry
            At most 12; empty if the name is unknown.
        """
        return self._cached(fold(name))

    def _look_up(self, key: str) -> tuple[Entry, ...]:
        if not key:
            return ()
        found = list(self._table.get(key, ()))
        cities = list(self._city_rows(key))
        for weight, entry in cities:
            found.append((weight, entry))
        divisions = {e.admin1 for w, e in cities if w > 100_000}
        ranked = [(5e4 if e.feature == "admin1" and e.admin1 in divisions else w, e) for w, e in found]
        ranked.sort(key=lambda item: -item[0])
        return tuple(e for _, e in ranked[:MOST])

    def _city_rows(self, key: str) -> Iterator[tuple[float, Entry]]:
        blob, prefix = self._cities, key.encode() + b"\t"
        at = self._bisect(prefix)
        while blob.startswith(prefix, at):
            end = blob.find(b"\n", at)
            yield _entry(blob[at + len(prefix) : end].decode())
            at = end + 1

    def _bisect(self, key: bytes) -> int:
        """Return the offset of the first row that is not before `key`."""
        blob, low, high = self._cities, 0, len(self._cities)
        while low < high:
            middle = (low + high) // 2
            start = blob.rfind(b"\n", 0, middle) + 1
            if blob[start : start + len(key)] < key:
                low = blob.find(b"\n", middle) + 1 or len(blob)
            else:
                high = start
        return low

    def longest(self, words: Sequence[str], start: int) -> tuple[int, tuple[Entry, ...]]:
        """Find the longest name that begins at a word.

        Returns
        -------
        int
            How many words it takes; 0 if none is a name.
        tuple of Entry
            Its candidates.
        """
        first = words[start]
        if not first[0].isalpha():
            return 0, ()
        limit = self._starts(first)
        if not limit:
            return 0, ()
        for size in range(min(limit, len(words) - start, _LONGEST), 0, -1):
            last = words[start + size - 1]
            if not (last[0].isalnum()) or (size > 1 and last in ("and", "the", "of", "in", "to", "on", "at", "for")):
                continue
            entries = self.candidates(" ".join(words[start : start + size]))
            if entries:
                return size, entries
        return 0, ()

    def _starts_name(self, word: str) -> int:
        """Return how many words a name that begins with a word may have; 0 if none begins so."""
        key = fold(word)
        if not key:
            return _LONGEST if word.casefold() == "the" else 0
        if key == "the":
            return _LONGEST
        first, _, rest = key.partition(" ")
        size = self._size.get(first, 0)
        at = self._bisect(first.encode())
        blob = self._cities
        stem = first.encode()
        single = blob.startswith(stem + b"\t", at)
        spaced = self._bisect(stem + b" ")
        if blob.startswith(stem + b" ", spaced):
            return _LONGEST
        return max(size, int(single) + (rest.count(" ") + 1 if rest else 0) if single or rest else 0)

    # -- areas ---------------------------------------------------------------------------------

    def country(self, code: str) -> Country:
        """Return a country by its ISO 3166-1 alpha-2 code; KeyError if there is none."""
        return self._countries[code]

    def countries(self) -> Mapping[str, Country]:
        """Return all countries by code."""
        return self._countries

    def country_name(self, code: str | None) -> str | None:
        """Return the English name of a country, or None."""
        return self._countries[code].name if code in self._countries else None

    def adjective(self, word: str) -> str | None:
        """Return the country of an adjective or of a word for its people: "Kazakh" is KZ."""
        code = self._adjectives.get(word)
        if code is None and word.isupper() and len(word) > 3:
            code = self._adjectives.get(word.title())
        return code

    def admin1(self, code: str) -> str | None:
        """Return the English name of a first-level division, such as ``US.MN``."""
        return self._divisions.get(code)

    def admin1_by_abbreviation(self, country: str, short: str) -> str | None:
        """Return the code of a division by its abbreviation: "MN", "Minn.", "B.C."."""
        return self._divisions.get(f"{country}:{short.replace('.', '').upper()}")

    def capital(self, code: str) -> Entry | None:
        """Return the capital of a country."""
        if code not in self._countries:
            return None
        name = self._countries[code].capital
        inside = [e for e in self.candidates(name) if e.place.country == code and e.feature in ("capital", "city")]
        return inside[0] if inside else None

    def contains(self, outer: Place, inner: Entry) -> bool:
        """Tell whether a country, division or region holds a place."""
        source, place = outer.source_id or "", inner.place
        if source == place.source_id:
            return False
        kind, _, code = source.partition(":")
        if kind == "country":
            return place.country == code and inner.feature != "country"
        if kind == "admin1":
            return inner.admin1 == code or (not inner.admin1 and place.country == outer.country and _kilometres(outer, place) < _REACH_KM
                                            and inner.feature in ("site", "airport"))
        if kind == "region":
            if outer.country is None:
                return place.country in self._members[source]
            reach = _ISLAND_KM if "island" in source else _REACH_KM
            return place.country == outer.country and inner.feature not in ("country", "admin1") and _kilometres(outer, place) < reach
        return False

    # -- other ways -------------------------------------------------------------------------------

    def near_spellings(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Return well-known names written almost like a name that is unknown."""
        key = fold(name)
        if len(key) < 4:
            return ()
        found: dict[str, float] = {}
        blob = self._cities
        at = self._bisect(key[:2].encode())
        stop = self._bisect(key[:2].encode()[:-1] + bytes([key[:2].encode()[-1] + 1]))
        for line in blob[at:stop].decode(errors="ignore").splitlines():
            other, _, rest = line.partition("\t")
            fields = rest.split("\t")
            if abs(len(other) - len(key)) > 3 or int(fields[6]) < 15_000:
                continue
            matcher = SequenceMatcher(None, key, other)
            if matcher.real_quick_ratio() > 0.78 and matcher.quick_ratio() > 0.78 and (ratio := matcher.ratio()) > 0.78:
                found[fields[1]] = max(found.get(fields[1], 0.0), ratio + min(int(fields[6]), 10_000_000) / 1e9)
        for other, ranked in self._table.items():
            if other[:1] == key[:1] and abs(len(other) - len(key)) <= 3 and (ratio := SequenceMatcher(None, key, other).ratio()) > 0.78:
                found[ranked[0][1].place.name] = ratio + 0.02
        return tuple(sorted(found, key=lambda n: (-found[n], n))[:limit])

    def nearest(self, latitude: float, longitude: float, limit: int = 1) -> tuple[Entry, ...]:
        """Return the cities nearest to a point, in degrees; slow the first time (it reads all rows)."""
        here = Place("", None, latitude, longitude, Kind.SITE)
        best = sorted(
            self._points(), key=lambda p: (p[0] - latitude) ** 2 + (((p[1] - longitude + 180) % 360 - 180) * _cosine(latitude)) ** 2
        )[: limit * 3 + 5]
        entries: dict[str, Entry] = {}
        for _, _, line in best:
            _, entry = _entry(line)
            entries.setdefault(entry.place.source_id or "", replace(entry, primary=True))
        return tuple(sorted(entries.values(), key=lambda e: _kilometres(here, e.place)))[:limit]

    @cache  # noqa: B019 - there is one gazetteer
    def _points(self) -> list[tuple[float, float, str]]:
        out = []
        for line in self._cities.decode().splitlines():
            rest = line.split("\t", 1)[1]
            fields = rest.split("\t")
            if fields[7] in ("c", "C"):
                out.append((float(fields[4]), float(fields[5]), rest))
        return out


_CITY_STATES = frozenset({"SG", "MC", "VA", "HK", "MO", "GI"})
_FEATURES = {"C": "capital", "c": "city", "a": "airport"}


def _entry(row: str) -> tuple[float, Entry]:
    """Make an entry of a row behind its key: id, name, country, admin1, latitude, longitude, population, feature, primary."""
    source, name, country, admin1, latitude, longitude, population, feature, primary = row.split("\t")
    people = int(population)
    kind = Kind.SITE if feature == "a" else Kind.CITY
    place = Place(name, country or None, float(latitude), float(longitude), kind, source)
    entry = Entry(place, people, admin1, _FEATURES[feature.upper() if feature == "C" else feature], primary == "1")
    weight = people * (3.0 if primary == "1" else 1.0) + (6e6 if feature == "C" else 0.0)
    return weight, entry


def _countries(path: Path) -> Iterator[Country]:
    for row in _rows(path):
        yield Country(
            row["code"], row["name"], tuple(_listed(row["aliases"])), tuple(_listed(row["adjectives"])), row["capital"],
            float(row["latitude"]), float(row["longitude"]),
        )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _listed(*cells: str) -> list[str]:
    return [part.strip() for cell in cells for part in re.split(r"\|", cell) if part.strip()]


def _cosine(degrees: float) -> float:
    return max(0.01, 1.0 - (degrees / 90.0) ** 2 * 0.98)


def _kilometres(a: Place, b: Place) -> float:
    """Return a quick estimate of a distance in km."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return float("inf")
    along = ((a.longitude - b.longitude + 180) % 360 - 180) * _cosine((a.latitude + b.latitude) / 2) ** 0.5
    return 111.2 * float(((a.latitude - b.latitude) ** 2 + along**2) ** 0.5)


@cache
def load() -> Gazetteer:
    """Return the gazetteer of this installation, ready in about a tenth of a second.

    Raises
    ------
    LexiconError
        If a file is missing or faulty.
    """
    return Gazetteer()
