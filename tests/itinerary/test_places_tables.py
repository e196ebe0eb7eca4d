"""Facts about the tables of countries and of first-level divisions."""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path

import pytest

import itinerary.model

DATA = Path(itinerary.model.__file__).parent / "data"


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


COUNTRIES = _rows("countries.csv")
ADMIN1 = _rows("admin1.csv")
COUNTRY = {row["code"]: row for row in COUNTRIES}
DIVISION = {row["code"]: row for row in ADMIN1}


def _parts(text: str) -> list[str]:
    return text.split("|") if text else []


def _kilometres(first: tuple[float, float], second: tuple[float, float]) -> float:
    north, east = math.radians(first[0]), math.radians(first[1])
    other_north, other_east = math.radians(second[0]), math.radians(second[1])
    chord = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(chord))


def _point(row: dict[str, str]) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def test_headers_and_sizes() -> None:
    assert list(COUNTRIES[0]) == ["code", "name", "aliases", "adjectives", "capital", "latitude", "longitude"]
    assert list(ADMIN1[0]) == ["code", "name", "aliases", "country", "latitude", "longitude"]
    assert len(COUNTRIES) == 250
    assert len(ADMIN1) > 1300


@pytest.mark.parametrize("rows", [COUNTRIES, ADMIN1], ids=["countries", "admin1"])
def test_codes_are_unique_and_sorted(rows: list[dict[str, str]]) -> None:
    codes = [row["code"] for row in rows]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("rows", [COUNTRIES, ADMIN1], ids=["countries", "admin1"])
def test_cells_are_tidy(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert None not in row, row
        assert row["name"], row
        for column in ("name", "aliases", "adjectives", "capital"):
            for part in _parts(row.get(column, "")):
                assert part, row
                assert part == part.strip(), row
                # Readers strip the article before they look a name up; a capital may keep its own.
                assert column == "capital" or not part.lower().startswith("the "), row


@pytest.mark.parametrize("rows", [COUNTRIES, ADMIN1], ids=["countries", "admin1"])
def test_points_are_in_range_with_two_decimals(rows: list[dict[str, str]]) -> None:
    for row in rows:
        latitude, longitude = _point(row)
        assert -90 <= latitude <= 90, row
        assert -180 <= longitude <= 180, row
        assert (latitude, longitude) != (0, 0), row
        assert all(len(row[axis].partition(".")[2]) == 2 for axis in ("latitude", "longitude")), row


def test_each_country_name_belongs_to_one_country() -> None:
    names = Counter(name for row in COUNTRIES for name in {row["name"], *_parts(row["aliases"])})
    assert [name for name, count in names.items() if count > 1] == []


def test_each_adjective_belongs_to_one_country() -> None:
    words = Counter(word for row in COUNTRIES for word in _parts(row["adjectives"]))
    assert [word for word, count in words.items() if count > 1] == []


def test_only_uninhabited_places_lack_a_capital() -> None:
    assert {row["code"] for row in COUNTRIES if not row["capital"]} == {"AQ", "BV", "HM", "UM"}


def test_each_division_has_a_listed_country() -> None:
    for row in ADMIN1:
        country, _, rest = row["code"].partition(".")
        assert country == row["country"], row
        assert country in COUNTRY, row
        assert rest, row


def test_names_are_unique_within_a_country() -> None:
    names = Counter(
        (row["country"], name) for row in ADMIN1 for name in {row["name"], *_parts(row["aliases"])}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_divisions_lie_near_their_country() -> None:
    # Only the widest countries reach further than this from their middle.
    wide = {"RU", "US", "CA", "PT", "EC", "CL"}
    for row in ADMIN1:
        if row["country"] not in wide:
            assert _kilometres(_point(row), _point(COUNTRY[row["country"]])) < 2700, row


@pytest.mark.parametrize(
    ("code", "name", "capital"),
    [
        ("NA", "Namibia", "Windhoek"),
        ("KZ", "Kazakhstan", "Astana"),
        ("BI", "Burundi", "Gitega"),
        ("BO", "Bolivia", "La Paz"),
        ("LK", "Sri Lanka", "Colombo"),
        ("NL", "Netherlands", "Amsterdam"),
        ("IL", "Israel", "Jerusalem"),
        ("PS", "Palestine", "Ramallah"),
        ("CI", "Ivory Coast", "Yamoussoukro"),
        ("TZ", "Tanzania", "Dodoma"),
        ("NG", "Nigeria", "Abuja"),
        ("MM", "Myanmar", "Naypyidaw"),
        ("ZA", "South Africa", "Pretoria"),
        ("SZ", "Eswatini", "Mbabane"),
        ("ME", "Montenegro", "Podgorica"),
        ("XK", "Kosovo", "Pristina"),
        ("TW", "Taiwan", "Taipei"),
        ("ID", "Indonesia", "Jakarta"),
        ("CZ", "Czechia", "Prague"),
        ("TR", "Turkey", "Ankara"),
        ("CV", "Cape Verde", "Praia"),
        ("TL", "East Timor", "Dili"),
        ("UA", "Ukraine", "Kyiv"),
        ("MN", "Mongolia", "Ulaanbaatar"),
    ],
)
def test_capitals(code: str, name: str, capital: str) -> None:
    assert (COUNTRY[code]["name"], COUNTRY[code]["capital"]) == (name, capital)


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("U.S.", "US"), ("America", "US"), ("U.K.", "GB"), ("Britain", "GB"), ("UAE", "AE"),
        ("Holland", "NL"),
        ("Czech Republic", "CZ"), ("Burma", "MM"), ("Côte d’Ivoire", "CI"), ("DRC", "CD"), ("Zaire", "CD"),
        ("Congo-Brazzaville", "CG"), ("ROK", "KR"), ("Republic of Korea", "KR"), ("DPRK", "KP"),
        ("PRC", "CN"),
        ("Republic of China", "TW"), ("Türkiye", "TR"), ("Holy See", "VA"), ("Swaziland", "SZ"),
        ("Macedonia", "MK"), ("Soviet Union", "RU"), ("U.S.S.R.", "RU"), ("Yugoslavia", "RS"),
        ("Czechoslovakia", "CZ"), ("West Germany", "DE"), ("Ceylon", "LK"), ("Persia", "IR"), ("Siam", "TH"),
        ("Rhodesia", "ZW"), ("Northern Rhodesia", "ZM"), ("Upper Volta", "BF"), ("Dahomey", "BJ"),
        ("Abyssinia", "ET"), ("British Guiana", "GY"), ("South West Africa", "NA"), ("Western Samoa", "WS"),
    ],
)  # fmt: skip
def test_country_aliases(alias: str, code: str) -> None:
    assert [row["code"] for row in COUNTRIES if alias in _parts(row["aliases"])] == [code]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Kazakh", "KZ"), ("Uzbeks", "UZ"), ("British", "GB"), ("Americans", "US"), ("Emirati", "AE"),
        ("Soviet", "RU"), ("Saudi", "SA"), ("Philippine", "PH"), ("Nigerien", "NE"), ("Nigerian", "NG"),
        ("Dominican", "DO"), ("Georgian", "GE"), ("Swiss", "CH"), ("Dane", "DK"), ("Basotho", "LS"),
        ("American Samoan", "AS"), ("Samoan", "WS"), ("South Sudanese", "SS"), ("Namibian", "NA"),
    ],
)  # fmt: skip
def test_adjectives(word: str, code: str) -> None:
    assert word in _parts(COUNTRY[code]["adjectives"])


@pytest.mark.parametrize("word", ["Arabic", "Farsi", "Hindi", "Urdu", "Swahili", "English", "Mandarin"])
def test_words_for_languages_are_no_adjectives(word: str) -> None:
    assert all(word not in _parts(row["adjectives"]) for row in COUNTRIES)


# The second part is a city well inside the division and the distance its middle may lie from it.
@pytest.mark.parametrize(
    ("code", "name", "city", "reach"),
    [
        ("US.MN", "Minnesota", (45.56, -94.16), 120),
        ("US.NY", "New York", (43.05, -76.15), 150),
        ("US.WA", "Washington", (47.42, -120.31), 120),
        ("CA.02", "British Columbia", (53.92, -122.75), 160),
        ("AU.02", "New South Wales", (-32.25, 148.60), 180),
        ("DE.02", "Bavaria", (48.14, 11.58), 130),
        ("IT.16", "Tuscany", (43.77, 11.26), 80),
        ("ES.51", "Andalusia", (37.39, -5.98), 150),
        ("FR.93", "Provence-Alpes-Côte d’Azur", (43.30, 5.37), 100),
        ("GB.SCT", "Scotland", (55.86, -4.25), 100),
        ("IN.19", "Karnataka", (12.97, 77.59), 250),
        ("CN.14", "Tibet", (29.65, 91.1), 200),
        ("JP.12", "Hokkaido", (43.06, 141.35), 100),
        ("ID.40", "Riau Islands", (1.13, 104.05), 120),
        ("RU.12", "Chechnya", (43.31, 45.69), 60),
        ("IQ.01", "Anbar", (33.42, 43.3), 150),
        ("AF.10", "Helmand", (31.59, 64.36), 120),
        ("PK.03", "Khyber Pakhtunkhwa", (34.01, 71.58), 120),
        ("GE.02", "Abkhazia", (43.0, 41.02), 60),
        ("ET.53", "Tigray", (13.5, 39.47), 100),
    ],
)
def test_divisions(code: str, name: str, city: tuple[float, float], reach: float) -> None:
    row = DIVISION[code]
    assert row["name"] == name
    assert _kilometres(_point(row), city) < reach


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("Minn.", "US.MN"), ("MN", "US.MN"), ("D.C.", "US.DC"), ("B.C.", "CA.02"), ("Ont.", "CA.08"),
        ("Que.", "CA.10"), ("NSW", "AU.02"), ("Puglia", "IT.13"), ("Orissa", "IN.21"), ("Szechuan", "CN.32"),
        ("Scania", "SE.27"), ("NWFP", "PK.03"), ("Rakhine State", "MM.01"), ("Nord-Kivu", "CD.11"),
    ],
)  # fmt: skip
def test_division_aliases(alias: str, code: str) -> None:
    country = code.partition(".")[0]
    found = [row["code"] for row in ADMIN1 if row["country"] == country and alias in _parts(row["aliases"])]
    assert found == [code]
