"""Places of the world, offline: from a written name to what it may mean.

Cities and airports stand in one block of sorted lines that is searched by bisection, so that a line is parsed
only when it is asked for; countries, divisions, regions and sites are small tables that people can read and
mend. ``data/README.md`` names the sources.
"""

from __future__ import annotations

import csv
import gzip
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from itinerary.errors import LexiconError
from itinerary.model import Kind, Place

__all__ = ["Country", "Entry", "Gazetteer", "fold", "load"]

DATA = Path(__file__).with_name("data")
MOST = 12  # candidates of one name
_LONGEST = 9  # words of one name
_STRETCH = 4096  # bytes between two sampled names: few enough to scan at once
_KEEP = 50_000  # names remembered before the memory is emptied
# How far from its point a region inside one country is taken to reach, in km, if its row does not say.
_REACH = {"island": 120.0}
_REACH_ELSE = 250.0
# Prominence is on the scale of log10 of a population: places without one are compared with cities.
_RANK = {"continent": 9.2, "country": 9.0, "region": 6.7, "island": 6.7, "admin1": 6.4, "site": 6.0}
_AIRPORT = 3.0
_COUNTY = 4.5
_POST_TOWN = 2.0
_EARTH_KM = 6371.009  # mean radius
_COUNTY_KM = 80.0  # how far from its middle a county is taken to reach inside its state
_CAPITAL = 1.5
_OTHER_NAME = 0.7
_ONLY_CAPITALS = "A"  # stands behind another name that is a word of English unless in capitals
_CITY_STATES = frozenset({"SG", "MC", "VA", "HK", "MO", "GI"})
_SPECIAL = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ə": "a",
        "ǝ": "a",
    }
    | {"&": " and "}
    | dict.fromkeys(".'’‘ʻʼʿʾʹ`´′", "")
    | dict.fromkeys("-‐‑–—/(),_", " ")
)
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_OPENING = re.compile(r"^(st|ste|mt|ft)\.(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory with a code of its own: a row of ``countries.csv``.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-2; XK for Kosovo.
    name : str
        The usual English name.
    aliases, adjectives : tuple of str
        Other names, today's and yesterday's; "Kazakh", "Kazakhs".
    capital : str
        Capital or seat of government as of 2026; "" if there is none.
    latitude, longitude : float
        A point well inside, in degrees.
    """

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
        ``capital``, ``city``, ``country``, ``admin1``, ``region``, ``island``, ``continent``, ``site`` or
        ``airport``.
    primary : bool
        The name asked for is the place's main or usual English one.
    """

    place: Place
    population: int
    admin1: str
    feature: str
    primary: bool


@dataclass(frozen=True, slots=True)
class _Ranked:
    rank: float
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Area:
    """What lies in a region: whole countries, whole divisions, or all within `reach` km of its point."""

    countries: frozenset[str]
    divisions: frozenset[str]
    reach: float


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Reduce a name to what all its spellings share: no case, accents, full stops, apostrophes or hyphens.

    >>> fold("St. Moritz"), fold("The Hague"), fold("Port-of-Spain"), fold("Zürich"), fold("U.A.E.")
    ('saint moritz', 'hague', 'port of spain', 'zurich', 'uae')
    """
    text = _OPENING.sub(r"\1 ", name).lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join([c for c in text if not unicodedata.combining(c)])
    words = [_SHORT.get(w, w) for w in text.translate(_SPECIAL).split()]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


class _Lines:
    """Sorted lines ``folded name TAB fields``, searched without parsing them all.

    Every few kB one name is sampled; a search bisects the samples and scans one stretch.
    """

    def __init__(self, block: bytes) -> None:
        if not (block.startswith(b"\n") and block.endswith(b"\n")):
            raise ValueError("the block of lines must begin and end with a line break")
        self.block = block
        self.names: list[bytes] = []
        self.starts: list[int] = []
        position = 0
        while 0 <= position < len(self.block) - 1:
            self.names.append(self.block[position + 1 : self.block.index(b"\t", position)])
            self.starts.append(position)
            position = self.block.find(b"\n", position + _STRETCH)
        self.starts.append(len(self.block))

    def place_of(self, key: bytes) -> int:
        """Return the offset of the line break before the first line whose name is not before `key`."""
        i = bisect_left(self.names, key)
        position = self.starts[max(i - 1, 0)]
        while position < len(self.block) - 1:
            if self.block[position + 1 : self.block.index(b"\t", position)] >= key:
                return position
            position = self.block.index(b"\n", position + 1)
        return position

    def _stretch(self, key: bytes) -> tuple[int, int]:
        # Lines of one name may begin before the sample that carries it: take the first sample of the name.
        i = bisect_left(self.names, key)
        return self.starts[max(i - 1, 0)], self.starts[min(i, len(self.starts) - 1)]

    def rows(self, key: str) -> Iterator[list[str]]:
        """Yield the fields of each line of exactly this name, the name left out."""
        sought = f"\n{key}\t".encode()
        low, high = self._stretch(sought[1:-1])
        at = self.block.find(sought, low, high + len(sought))
        while at >= 0 and self.block.startswith(sought, at):
            end = self.block.index(b"\n", at + 1)
            yield self.block[at + len(sought) : end].decode().split("\t")
            at = end

    def goes_on(self, key: str) -> bool:
        """Tell whether some name begins with `key` and a blank."""
        sought = f"\n{key} ".encode()
        low, high = self._stretch(sought[1:])
        return self.block.find(sought, low, high + len(sought)) >= 0

    def between(self, low: str, high: str) -> Iterator[list[str]]:
        """Yield the fields of all lines from name `low` up to, not including, name `high`."""
        start, end = self.place_of(low.encode()), self.place_of(high.encode())
        for line in self.block[start:end].decode().splitlines():
            if line:
                yield line.split("\t")


class Gazetteer:
    """Look-ups by name, area and position. Use `load` to get the one of this installation."""

    def __init__(self, folder: Path = DATA) -> None:
        self._small: dict[str, list[_Ranked]] = {}
        self._openings: set[str] = set()
        self._acronyms: set[str] = set()
        self._areas: dict[str, _Area] = {}
        self._divisions: dict[str, str] = {}
        self._abbreviations: dict[tuple[str, str], str] = {}
        self._firsts: set[tuple[str, str]] = set()
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._written: dict[str, tuple[Entry, ...]] = {}  # the same by the name as a text writes it
        self._spelt: dict[str, tuple[tuple[str, str, float], ...]] = {}
        self._on: dict[str, bool] = {}
        self._grid: dict[tuple[int, int], list[tuple[float, float, str, str]]] = {}
        try:
            self._lines = _Lines(gzip.decompress((folder / "cities.tsv.gz").read_bytes()))
            self._countries = {c.code: c for c in _countries(folder / "countries.csv")}
            self._read_tables(folder)
        except (OSError, ValueError, KeyError, EOFError, TypeError, AttributeError) as error:
            raise LexiconError(folder.name, "place tables", f"cannot be read: {error!r}") from error
        self._adjectives: dict[str, str] = {}
        for c in self._countries.values():
            for word in c.adjectives:
                self._adjectives.setdefault(word.replace(".", ""), c.code)

    # -- loading

    def _read_tables(self, folder: Path) -> None:
        for c in self._countries.values():
            kind = Kind.CITY if c.code in _CITY_STATES else Kind.COUNTRY
            place = Place(c.name, c.code, c.latitude, c.longitude, kind, f"country:{c.code}")
            self._add((c.name, *c.aliases), _RANK["country"], Entry(place, 0, "", "country", True))
        for row in _rows(folder / "admin1.csv"):
            self._add_division(row)
        for row in _rows(folder / "regions.csv"):
            self._add_region(row)
        first = folder / "namesakes.csv"
        if first.exists():
            self._firsts = {(fold(row["name"]), row["source_id"]) for row in _rows(first)}

    def _add(self, names: Sequence[str], rank: float, entry: Entry) -> None:
        for n, name in enumerate(names):
            key = fold(name)
            held = self._small.setdefault(key, [])
            if any(r.entry.place.source_id == entry.place.source_id for r in held):
                continue
            held.append(
                _Ranked(rank if n == 0 else rank - 0.05, entry if n == 0 else replace(entry, primary=False))
            )
            words = key.split()
            self._openings.update([" ".join(words[:n]) for n in range(1, len(words))])
            if len(key) <= 4 and len(words) == 1 and name.replace(".", "").isupper():
                self._acronyms.add(key)

    def _add_division(self, row: Mapping[str, str]) -> None:
        code, country = row["code"], row["code"].split(".")[0]
        place = Place(
            row["name"],
            country,
            float(row["latitude"]),
            float(row["longitude"]),
            Kind.REGION,
            f"admin1:{code}",
        )
        self._divisions[code] = row["name"]
        names = []
        for name in _listed(row["name"], row["aliases"], row.get("abbreviations") or ""):
            bare = name.replace(".", "")
            self._abbreviations.setdefault((country, bare.upper()), code)
            # Short forms such as "MN" and "Ill." are names only behind a comma.
            if (len(bare) > 3 or name == row["name"]) and not name.endswith("."):
                names.append(name)
        people = int(row.get("population") or 0)
        self._add(names, _RANK["admin1"], Entry(place, people, code, "admin1", True))

    def _add_region(self, row: Mapping[str, str]) -> None:
        feature = row["feature"] or "region"
        entry = self._curated(row, feature)
        members = _listed(row["members"])
        self._areas[entry.place.source_id or ""] = _Area(
            frozenset(m for m in members if "." not in m),
            frozenset(m for m in members if "." in m),
            float(row.get("radius_km") or _REACH.get(feature, _REACH_ELSE)),
        )
        rank = float(row.get("rank") or _RANK.get(feature, _RANK["region"]))
        self._add(_listed(row["name"], row["aliases"]), rank, entry)

    def _curated(self, row: Mapping[str, str], feature: str) -> Entry:
        identifier = f"region:{row['id']}"
        point = float(row["latitude"]), float(row["longitude"])
        place = Place(row["name"], row["country"] or None, *point, Kind.REGION, identifier)
        division = next((fields[1] for fields in self._lines.rows("!" + identifier)), "")
        return Entry(place, 0, division, feature, True)

    # -- by name

    def candidates(self, name: str, *, limit: int | None = MOST) -> tuple[Entry, ...]:
        """Return what a name may mean, most prominent first.

        Case, accents, hyphens, full stops and a leading "the" do not matter, except that a short name of
        capitals ("US") must be written in capitals.

        Parameters
        ----------
        name : str
        limit : int or None
            How many at most; None for all, so that namesakes in a given area can be sought.

        Returns
        -------
        tuple of Entry
            Empty if the name is unknown.

        Examples
        --------
        >>> [(e.place.name, e.place.country) for e in load().candidates("Zurich")[:1]]
        [('Zürich', 'CH')]
        """
        found = self._written.get(name)
        if found is None:
            found = self._look_up(name)
            if len(self._written) >= _KEEP:
                self._written.clear()
            self._written[name] = found
        return found if limit is None else found[:limit]

    def _look_up(self, name: str) -> tuple[Entry, ...]:
        key = fold(name)
        if not key or (key in self._acronyms and not _in_capitals(name)):
            return ()
        found = self._known.get(key)
        if found is None:
            found = self._find(key)
            if len(self._known) >= _KEEP:
                self._known.clear()
            self._known[key] = found
            if key in self._acronyms and not _in_capitals(name):
                return ()
        return found

    def called_by_a_word(self, name: str) -> tuple[Entry, ...]:
        """Return the towns below 150,000 people whose name is a word of the language too, the largest first.

        `candidates` leaves them out: only the words around can tell "Hammond, Indiana" from Mr Hammond.

        >>> [e.admin1 for e in load().called_by_a_word("Hammond")[:1]]
        ['US.IN']
        """
        found = sorted(self._stored(f"~{fold(name)}"), key=lambda r: (-r.rank, r.entry.place.source_id or ""))
        return tuple([r.entry for r in found])

    def _find(self, key: str) -> tuple[Entry, ...]:
        best: dict[str, _Ranked] = {}
        stored = list(self._stored(key))
        # The division of a large city of the same name (New York, Moscow, Lagos) stands behind the city.
        behind = {r.entry.admin1 for r in stored if r.entry.population > 100_000 and r.entry.primary}
        for r in (*self._small.get(key, ()), *stored):
            identifier = r.entry.place.source_id or ""
            rank = r.rank - 2.0 if r.entry.feature == "admin1" and r.entry.admin1 in behind else r.rank
            if behind and r.entry.feature == "capital" and not r.entry.primary:
                rank -= 2.0  # a large city of that name comes first: Philadelphia is not Amman
            if (key, identifier) in self._firsts:
                rank += 10.0
            held = best.get(identifier)
            if held is None or rank > held.rank:
                best[identifier] = _Ranked(rank, r.entry)
        order = sorted(best.items(), key=lambda item: (-item[1].rank, item[0]))
        return tuple(r.entry for _, r in order)

    def _stored(self, key: str) -> Iterator[_Ranked]:
        for fields in self._lines.rows(key):
            if fields[0] == "=":
                yield from self._pointed(key, fields)
            else:
                yield _ranked(fields, primary=True)

    def _pointed(self, key: str, fields: Sequence[str]) -> Iterator[_Ranked]:
        _, identifier, target, usual = fields
        if usual == _ONLY_CAPITALS:
            self._acronyms.add(key)
            usual = "1"
        for other in self._lines.rows(target):
            if other[0] == identifier:
                r = _ranked(other, primary=usual == "1")
                # Another name is a weaker claim than a place's own name, unless it is as usual.
                yield r if usual == "1" else _Ranked(r.rank - _OTHER_NAME, r.entry)

    def longest(self, words: Sequence[str], start: int) -> tuple[int, tuple[Entry, ...]]:
        """Find the longest name that begins at a word.

        Parameters
        ----------
        words : sequence of str
            Words of a text; punctuation stands alone, full stops of abbreviations do not.
        start : int
            Index of the first word of the name.

        Returns
        -------
        size : int
            How many words the name has; 0 if none begins there.
        entries : tuple of Entry
            As `candidates` gives them.
        """
        if start >= len(words):
            return 0, ()
        key, skip = fold(words[start]), 0
        if key == "the":
            # "The Hague", but "the" before "city" opens no name.
            if words[start] == "the" or start + 1 >= len(words) or not words[start + 1][:1].isupper():
                return 0, ()
            key, skip = fold(words[start + 1]), 1
        if not key:
            return 0, ()
        size, entries = 0, self.candidates(words[start + skip])
        if entries:
            size = 1 + skip
        for length in range(2 + skip, min(_LONGEST, len(words) - start) + 1):
            if not self._goes_on(key):
                break
            part = fold(words[start + length - 1])
            if not part:
                break
            key = f"{key} {part}"
            found = self.candidates(key)
            if found:
                size, entries = length, found
        if skip and entries and not entries[0].place.name.lower().startswith("the "):
            return 0, ()
        return size, entries

    def _goes_on(self, key: str) -> bool:
        known = self._on.get(key)
        if known is None:
            known = key in self._openings or self._lines.goes_on(key)
            if len(self._on) >= _KEEP:
                self._on.clear()
            self._on[key] = known
        return known

    def airport(self, code: str) -> Entry | None:
        """Return the airport with an IATA code, such as ``LHR``; None if there is none."""
        found = self._stored("#" + code.strip().lower())
        return next((r.entry for r in found), None)

    # -- areas

    def country(self, code: str) -> Country:
        """Return a country by its ISO 3166-1 alpha-2 code; KeyError if there is none."""
        return self._countries[code]

    def countries(self) -> Mapping[str, Country]:
        """Return all countries by code."""
        return MappingProxyType(self._countries)

    def country_name(self, code: str | None) -> str | None:
        """Return the English name of a country, or None."""
        return self._countries[code].name if code in self._countries else None

    def adjective(self, word: str) -> str | None:
        """Return the country of an adjective or of a word for its people.

        >>> load().adjective("Kazakh"), load().adjective("Uzbeks"), load().adjective("polish")
        ('KZ', 'UZ', None)
        """
        bare = word.replace(".", "")
        code = self._adjectives.get(bare)
        if code is None and bare.isupper() and len(bare) > 3:
            code = self._adjectives.get(bare.title())
        return code

    def admin1(self, code: str) -> str | None:
        """Return the English name of a first-level division, such as ``US.MN``; None if unknown."""
        return self._divisions.get(code)

    def admin1_by_abbreviation(self, country: str, short: str) -> str | None:
        """Return the code of a division by its name or abbreviation: "MN", "Minn.", "B.C."."""
        return self._abbreviations.get((country, short.replace(".", "").upper()))

    def division(self, code: str) -> Entry | None:
        """Return a first-level division by its code, such as ``US.MN``; None if there is none."""
        name = self._divisions.get(code)
        held = self._small.get(fold(name), ()) if name else ()
        return next((r.entry for r in held if r.entry.place.source_id == f"admin1:{code}"), None)

    def capital(self, code: str) -> Entry | None:
        """Return the capital or seat of government of a country; None if it has none."""
        country = self._countries.get(code)
        if country is None or not country.capital:
            return None
        found = self.candidates(country.capital, limit=None)
        inside = [e for e in found if e.place.country == code and e.feature in ("capital", "city")]
        return min(inside, key=lambda e: e.feature != "capital", default=None)

    def contains(self, outer: Place, inner: Entry) -> bool:
        """Tell whether a country, division or region holds a place.

        Cities and sites hold nothing, and nothing holds itself.
        """
        source, place = outer.source_id or "", inner.place
        if source == (place.source_id or ""):
            return False
        kind, _, code = source.partition(":")
        if kind == "country":
            return place.country == code and inner.feature != "country"
        if kind == "admin1":
            return inner.admin1 == code
        if kind == "county":
            same = inner.admin1 == f"{outer.country}.{code[:2]}" and inner.feature != "admin1"
            return same and _kilometres(outer, place) <= _COUNTY_KM
        area = self._areas.get(source)
        return area is not None and self._region_holds(area, outer, inner)

    def realm(self, outer: Place) -> tuple[frozenset[str | None], frozenset[str]]:
        """Return the countries and divisions in one of which all lies that a place holds.

        None stands for what lies in no single country. Whether it holds a place there, `contains` tells.
        """
        kind, _, code = (outer.source_id or "").partition(":")
        area = self._areas.get(outer.source_id or "")
        if kind == "admin1":
            return frozenset(), frozenset([code])
        if kind == "county":
            return frozenset(), frozenset([f"{outer.country}.{code[:2]}"])
        if area is None:
            return frozenset([outer.country]), frozenset()
        return area.countries | {outer.country, None}, area.divisions

    def _region_holds(self, area: _Area, outer: Place, inner: Entry) -> bool:
        place = inner.place
        other = self._areas.get(place.source_id or "")
        if other is not None and place.country is None:
            return bool(other.countries) and other.countries < area.countries
        if outer.country is None:
            return place.country in area.countries or inner.admin1 in area.divisions
        if place.country != outer.country or inner.feature in ("country", "admin1"):
            return inner.feature == "admin1" and inner.admin1 in area.divisions
        if area.divisions:
            return inner.admin1 in area.divisions if inner.admin1 else _kilometres(outer, place) <= area.reach
        if other is not None and other.reach >= area.reach:
            return False
        return _kilometres(outer, place) <= area.reach

    # -- other ways

    def near_spellings(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Suggest known names that are spelt much like an unknown one, likeliest first.

        Countries, regions, sites and cities of 15,000 people or more with the same first letters are tried.
        """
        key = fold(name)
        if len(key) < 4 or not key.isascii():
            return ()
        found: dict[str, float] = {}
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        shared = str.maketrans("", "", key)
        for other, shown, rank in (*self._small_like(key[0]), *self._large_like(key[:2])):
            size = len(other)
            if abs(size - len(key)) > 3 or other == key:
                continue
            # As many letters as both have in common are the most that can match: most names fail here.
            if 2 * (size - len(other.translate(shared))) <= 0.75 * (size + len(key)):
                continue
            matcher.set_seq1(other)
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) > 0.75 and matcher.ratio() > 0.75:
                found[shown] = max(found.get(shown, 0.0), matcher.ratio() + rank / 50)
        return tuple(sorted(found, key=lambda n: (-found[n], n))[:limit])

    def _small_like(self, letter: str) -> tuple[tuple[str, str, float], ...]:
        """Return the names in the small tables that begin with a letter: as folded, as shown, prominence."""
        if letter not in self._spelt:
            self._spelt[letter] = tuple(
                (other, held[0].entry.place.name, held[0].rank)
                for other, held in self._small.items()
                if other[:1] == letter
            )
        return self._spelt[letter]

    def _large_like(self, letters: str) -> tuple[tuple[str, str, float], ...]:
        """Return the larger cities and the sites that begin with two letters, likewise."""
        if letters not in self._spelt:
            self._spelt[letters] = tuple(self._read_large(letters))
        return self._spelt[letters]

    def _read_large(self, letters: str) -> Iterator[tuple[str, str, float]]:
        for fields in self._lines.between(letters, letters[0] + chr(ord(letters[1]) + 1)):
            if len(fields) == 9 and len(fields[7]) >= 5 and int(fields[7]) >= 15_000:
                yield fields[0], fields[2], math.log10(int(fields[7]))
            elif len(fields) == 9 and fields[8] == "s":
                yield fields[0], fields[2], _RANK["site"]

    def nearest(self, latitude: float, longitude: float, limit: int = 1) -> tuple[Entry, ...]:
        """Return the cities nearest to a point in degrees, nearest first.

        The first call reads all cities and takes about a second; later ones are quick.
        """
        if not self._grid:
            self._fill_grid()
        found: list[tuple[float, str, str]] = []
        for reach in (1, 3, 9, 30, 181):
            found = [
                (_great_circle(latitude, longitude, lat, lon), key, identifier)
                for lat, lon, key, identifier in self._around(latitude, longitude, reach)
            ]
            if len(found) >= limit:
                break
        out: list[Entry] = []
        for _, key, identifier in sorted(found)[:limit]:
            out.extend(_ranked(f, primary=True).entry for f in self._lines.rows(key) if f[0] == identifier)
        return tuple(out)

    def _fill_grid(self) -> None:
        grid: dict[tuple[int, int], list[tuple[float, float, str, str]]] = {}
        for fields in self._lines.between("", "\x7f"):
            if len(fields) == 9 and fields[8] in ("c", "C"):
                lat, lon = float(fields[5]), float(fields[6])
                grid.setdefault((math.floor(lat), math.floor(lon)), []).append(
                    (lat, lon, fields[0], fields[1])
                )
        self._grid = grid

    def _around(
        self, latitude: float, longitude: float, reach: int
    ) -> Iterator[tuple[float, float, str, str]]:
        # A degree of longitude shrinks towards the poles, so as many more of them are needed.
        wide = min(180, math.ceil(reach / max(math.cos(math.radians(latitude)), 0.02)))
        row, column = math.floor(latitude), math.floor(longitude)
        columns = {(column + dx + 180) % 360 - 180 for dx in range(-wide, wide + 1)}
        for lat in range(max(-90, row - reach), min(89, row + reach) + 1):
            for lon in columns:
                yield from self._grid.get((lat, lon), ())


def _ranked(fields: Sequence[str], *, primary: bool) -> _Ranked:
    """Make an entry of the fields that stand behind a name in ``cities.tsv.gz``."""
    identifier, name, country, admin1, latitude, longitude, population, feature = fields
    people = int(population or 0)
    if feature == "a":
        word, rank, kind, source = "airport", _AIRPORT, Kind.SITE, identifier
    elif feature == "k":
        word, rank, kind, source = "region", _COUNTY, Kind.REGION, identifier
    elif feature == "s":
        word, rank, kind, source = "site", _RANK["site"], Kind.SITE, identifier
    elif feature == "p":
        word, rank, kind, source = "city", _POST_TOWN, Kind.CITY, identifier
    else:
        word, kind, source = ("capital" if feature == "C" else "city"), Kind.CITY, f"geonames:{identifier}"
        rank = math.log10(people + 1) + (_CAPITAL if feature == "C" else 0.0)
    place = Place(name, country or None, float(latitude), float(longitude), kind, source)
    return _Ranked(rank, Entry(place, people, f"{country}.{admin1}" if admin1 else "", word, primary))


def _in_capitals(name: str) -> bool:
    words = name.split()
    return words[-1].isupper() and (len(words) == 1 or words[0].lower() == "the")


def _countries(path: Path) -> Iterator[Country]:
    for row in _rows(path):
        yield Country(
            row["code"],
            row["name"],
            tuple(_listed(row["aliases"])),
            tuple(_listed(row["adjectives"])),
            row["capital"],
            float(row["latitude"]),
            float(row["longitude"]),
        )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; the csv module leaves ``NA``, Namibia, a word."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _listed(*cells: str) -> list[str]:
    return [part.strip() for cell in cells for part in re.split(r"[|;]", cell) if part.strip()]


def _kilometres(a: Place, b: Place) -> float:
    if a.latitude is None or b.latitude is None:
        return math.inf
    return _great_circle(a.latitude, a.longitude or 0.0, b.latitude, b.longitude or 0.0)


def _great_circle(north: float, east: float, other_north: float, other_east: float) -> float:
    """Return the distance of two points in degrees, in km: as geopy does, which is slow to import."""
    a, b, turn = math.radians(north), math.radians(other_north), math.radians(other_east - east)
    sin_a, cos_a, sin_b, cos_b = math.sin(a), math.cos(a), math.sin(b), math.cos(b)
    across = math.hypot(cos_b * math.sin(turn), cos_a * sin_b - sin_a * cos_b * math.cos(turn))
    return _EARTH_KM * math.atan2(across, sin_a * sin_b + cos_a * cos_b * math.cos(turn))


@cache
def load() -> Gazetteer:
    """Return the gazetteer of this installation, ready in about a fifth of a second.

    Raises
    ------
    LexiconError
        If a file is missing or faulty.
    """
    return Gazetteer()
