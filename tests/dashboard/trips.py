"""Trips made by hand for the figures, as the frames that the table module would give."""

from __future__ import annotations

import pandas as pd

_TEXT = ("place", "country", "country_name", "kind", "role", "purpose", "title", "basis", "quote")
_DATES = ("arrive_earliest", "arrive_latest", "depart_earliest", "depart_latest")
_COUNTRIES = {
    "AE": "United Arab Emirates", "AQ": "Antarctica", "AR": "Argentina", "AT": "Austria", "AU": "Australia",
    "BE": "Belgium", "BG": "Bulgaria", "CH": "Switzerland", "CL": "Chile", "CZ": "Czechia", "DE": "Germany",
    "DK": "Denmark", "EE": "Estonia", "EG": "Egypt", "ES": "Spain", "FI": "Finland", "FJ": "Fiji",
    "FR": "France", "GB": "United Kingdom", "GR": "Greece", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland",
    "IN": "India", "IT": "Italy", "JP": "Japan", "KE": "Kenya", "KZ": "Kazakhstan", "LT": "Lithuania",
    "LU": "Luxembourg", "LV": "Latvia", "NA": "Namibia", "NL": "Netherlands", "NO": "Norway",
    "NZ": "New Zealand", "PE": "Peru", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "RS": "Serbia",
    "SE": "Sweden", "SG": "Singapore", "SI": "Slovenia", "SK": "Slovakia", "TR": "Türkiye",
    "US": "United States", "UZ": "Uzbekistan", "VA": "Vatican City", "ZA": "South Africa", "CN": "China",
    "RU": "Russia", "CY": "Cyprus",
}  # fmt: skip


def _bounds(text: str) -> tuple[str | None, str | None]:
    """Read ``2023-02-27``, ``2023-02-27..2023-03-05``, ``2023-02-27..``, ``..2023-03-05`` or nothing."""
    if ".." not in text:
        return (text or None, text or None)
    early, late = text.split("..")
    return (early or None, late or None)


def frame(rows: list[tuple]) -> pd.DataFrame:
    """Make a frame of rows (place, country, latitude, longitude, arrive, depart, and a dict of the rest)."""
    records = []
    for number, (place, country, lat, lon, arrive, depart, *rest) in enumerate(rows, 1):
        record = {
            "stop": number, "place": place, "country": country, "country_name": _COUNTRIES.get(country or ""),
            "kind": "city", "latitude": lat, "longitude": lon, "arrive_day": None, "depart_day": None,
            "nights": None, "role": "stop", "purpose": "unknown", "title": "", "people": (),
            "basis": "stated", "quote": place, "quote_start": 0, "quote_end": len(place), "confidence": 1.0,
        }  # fmt: skip
        record["arrive_earliest"], record["arrive_latest"] = _bounds(arrive)
        record["depart_earliest"], record["depart_latest"] = _bounds(depart)
        records.append(record | (rest[0] if rest else {}))
    columns = [
        "stop", "place", "country", "country_name", "kind", "latitude", "longitude", *_DATES, "arrive_day",
        "depart_day", "nights", "role", "purpose", "title", "people", "basis", "quote", "quote_start",
        "quote_end", "confidence",
    ]  # fmt: skip
    made = pd.DataFrame(records, columns=columns)
    made["stop"] = made["stop"].astype("int64")
    for column in ("latitude", "longitude", "confidence"):
        made[column] = made[column].astype("float64")
    for column in _DATES:
        made[column] = pd.to_datetime(made[column]).astype("datetime64[s]")
    for column in ("arrive_day", "depart_day", "nights", "quote_start", "quote_end"):
        made[column] = made[column].astype("Int64")
    for column in _TEXT:
        made[column] = made[column].astype("str")
    return made


def _run(places: list[tuple], first: str, lengths: list[int]) -> pd.DataFrame:
    """Lay places one after the other, each for so many nights."""
    day, rows = pd.Timestamp(first), []
    for place, nights in zip(places, lengths, strict=True):
        leave = day + pd.Timedelta(days=nights)
        rows.append((*place, f"{day:%Y-%m-%d}", f"{leave:%Y-%m-%d}"))
        day = leave
    return frame(rows)


NONE = frame([])

SINGLE = frame([("Windhoek", "NA", -22.56, 17.08, "2024-05-06", "2024-05-08", {"nights": 2})])

ASIA = frame(
    [
        ("Washington", "US", 38.9072, -77.0369, "", "2023-02-27", {"role": "origin"}),
        (
            "Astana",
            "KZ",
            51.1282,
            71.4304,
            "2023-02-28",
            "2023-02-28..2023-03-01",
            {"title": "talks with ministers"},
        ),
        (
            "Tashkent",
            "UZ",
            41.2995,
            69.2401,
            "2023-02-28..2023-03-01",
            "2023-03-01",
            {"purpose": "bilateral"},
        ),
        (
            "New Delhi",
            "IN",
            28.6139,
            77.209,
            "2023-03-01..2023-03-02",
            "2023-03-02..2023-03-03",
            {"nights": 1},
        ),
        ("Washington", "US", 38.9072, -77.0369, "2023-03-03..2023-03-05", "", {"role": "return"}),
    ]
)

_CAPITALS = [
    ("Brussels", "BE", 50.85, 4.35), ("Luxembourg", "LU", 49.61, 6.13), ("Paris", "FR", 48.857, 2.352),
    ("Bern", "CH", 46.948, 7.447), ("Vienna", "AT", 48.208, 16.372), ("Bratislava", "SK", 48.148, 17.107),
    ("Budapest", "HU", 47.498, 19.04), ("Prague", "CZ", 50.088, 14.42), ("Berlin", "DE", 52.52, 13.405),
    ("Amsterdam", "NL", 52.374, 4.89),
]  # fmt: skip
CAPITALS = _run(_CAPITALS, "2022-09-12", [1, 1, 2, 1, 1, 1, 2, 1, 3, 1])

PACIFIC = frame(
    [
        ("Tokyo", "JP", 35.68, 139.69, "2025-04-03", "2025-04-06"),
        ("Honolulu", "US", 21.31, -157.86, "2025-04-06", "2025-04-09..2025-04-11"),
        ("Los Angeles", "US", 34.05, -118.24, "2025-04-09..2025-04-12", "2025-04-15"),
        ("Auckland", "NZ", -36.85, 174.76, "2025-04-17", "2025-04-21"),
    ]
)

_GLOBE = [
    ("London", "GB", 51.507, -0.128), ("Istanbul", "TR", 41.013, 28.955), ("Dubai", "AE", 25.077, 55.309),
    ("Singapore", "SG", 1.29, 103.85), ("Sydney", "AU", -33.868, 151.207), ("Nadi", "FJ", -17.8, 177.417),
    ("San Francisco", "US", 37.775, -122.419), ("Lima", "PE", -12.043, -77.028),
    ("New York", "US", 40.714, -74.006), ("London", "GB", 51.507, -0.128),
]  # fmt: skip
GLOBE = _run(_GLOBE, "2019-10-01", [2, 9, 4, 12, 30, 7, 10, 21, 6, 1])

CITY = frame(
    [
        (
            "Heathrow Airport",
            "GB",
            51.47,
            -0.4543,
            "2024-06-01",
            "2024-06-01",
            {"kind": "site", "role": "origin"},
        ),
        ("Windsor Castle", "GB", 51.4839, -0.6044, "2024-06-01", "2024-06-01", {"kind": "site"}),
        ("Westminster", "GB", 51.4995, -0.1333, "2024-06-01", "2024-06-03", {"kind": "site"}),
        ("Lambeth Palace", "GB", 51.4957, -0.1197, "2024-06-02", "2024-06-02", {"kind": "site"}),
        ("Greenwich", "GB", 51.4779, 0.0015, "2024-06-03", "2024-06-03", {"kind": "site"}),
        ("Canary Wharf", "GB", 51.5054, -0.0235, "2024-06-03", "2024-06-04", {"kind": "site"}),
    ]
)

ANTARCTICA = frame(
    [
        ("Ushuaia", "AR", -54.807, -68.307, "2023-01-04", "2023-01-05"),
        ("Deception Island", "AQ", -62.97, -60.65, "2023-01-08", "2023-01-08", {"kind": "site"}),
        ("Paradise Harbour", "AQ", -64.85, -62.88, "2023-01-09", "2023-01-10", {"kind": "site"}),
        ("Rothera Station", "AQ", -67.568, -68.127, "2023-01-11..2023-01-13", "2023-01-14", {"kind": "site"}),
        ("South Pole", "AQ", -89.99, 0.0, "2023-01-16", "2023-01-18", {"kind": "site"}),
        ("Punta Arenas", "CL", -53.15, -70.917, "2023-01-20", "2023-01-21"),
    ]
)

SVALBARD = frame(
    [
        ("Oslo", "NO", 59.913, 10.739, "2024-04-02", "2024-04-03"),
        ("Tromsø", "NO", 69.649, 18.956, "2024-04-03", "2024-04-05"),
        ("Longyearbyen", "NO", 78.223, 15.647, "2024-04-05", "2024-04-09"),
        ("Ny-Ålesund", "NO", 78.923, 11.91, "2024-04-09..2024-04-10", "2024-04-12"),
    ]
)

RETURN = frame(
    [
        ("Lisbon", "PT", 38.717, -9.133, "2021-05-03", "2021-05-03", {"role": "origin"}),
        ("Madrid", "ES", 40.417, -3.703, "2021-05-03", "2021-05-05"),
        ("Barcelona", "ES", 41.389, 2.159, "2021-05-05", "2021-05-08", {"nights": 3}),
        ("Madrid", "ES", 40.417, -3.703, "2021-05-08", "2021-05-09", {"role": "transit"}),
        ("Lisbon", "PT", 38.717, -9.133, "2021-05-09", "2021-05-09", {"role": "return"}),
    ]
)

FOUR_TIMES = frame(
    [
        ("Geneva", "CH", 46.202, 6.147, "2020-01-06", "2020-01-08"),
        ("Vienna", "AT", 48.208, 16.372, "2020-01-08", "2020-01-09"),
        ("Geneva", "CH", 46.202, 6.147, "2020-01-09", "2020-01-13"),
        ("Rome", "IT", 41.892, 12.511, "2020-01-13", "2020-01-14"),
        ("Vatican City", "VA", 41.9029, 12.4534, "2020-01-14", "2020-01-14"),
        ("Geneva", "CH", 46.202, 6.147, "2020-01-15", "2020-01-17"),
        ("Vienna", "AT", 48.208, 16.372, "2020-01-17", "2020-01-18"),
        ("Geneva", "CH", 46.202, 6.147, "2020-01-18", "2020-01-19"),
    ]
)

_THIRTY = [
    *_CAPITALS,
    ("Copenhagen", "DK", 55.676, 12.568),
    ("Oslo", "NO", 59.913, 10.739),
    ("Stockholm", "SE", 59.329, 18.069),
    ("Helsinki", "FI", 60.169, 24.938),
    ("Tallinn", "EE", 59.437, 24.754),
    ("Riga", "LV", 56.946, 24.106),
    ("Vilnius", "LT", 54.687, 25.28),
    ("Warsaw", "PL", 52.23, 21.011),
    ("Bucharest", "RO", 44.433, 26.106),
    ("Sofia", "BG", 42.698, 23.322),
    ("Athens", "GR", 37.984, 23.728),
    ("Belgrade", "RS", 44.804, 20.465),
    ("Zagreb", "HR", 45.813, 15.978),
    ("Ljubljana", "SI", 46.051, 14.506),
    ("Rome", "IT", 41.892, 12.511),
    ("Madrid", "ES", 40.417, -3.703),
    ("Lisbon", "PT", 38.717, -9.133),
    ("London", "GB", 51.507, -0.128),
    ("Dublin", "IE", 53.333, -6.249),
    ("Nicosia", "CY", 35.175, 33.364),
]
THIRTY = _run(_THIRTY, "2018-03-01", [2, 1, 3, 2, 2, 1, 4, 2, 3, 1] * 3)

UNDATED = frame(
    [
        ("Nairobi", "KE", -1.283, 36.817, "", ""),
        ("Mombasa", "KE", -4.054, 39.664, "", ""),
        ("Zzyzx Springs", None, float("nan"), float("nan"), "", "", {"kind": "region"}),
        ("Cape Town", "ZA", -33.926, 18.423, "", ""),
    ]
)

NUMBERED = frame(
    [
        ("Cusco", "PE", -13.523, -71.967, "", "", {"arrive_day": 1, "depart_day": 3}),
        ("Ollantaytambo", "PE", -13.258, -72.263, "", "", {"arrive_day": 3, "depart_day": 4}),
        ("Machu Picchu", "PE", -13.163, -72.545, "", "", {"arrive_day": 4, "depart_day": 4, "kind": "site"}),
        ("Puno", "PE", -15.84, -70.028, "", "", {"arrive_day": 6, "depart_day": 8}),
        ("Arequipa", "PE", -16.399, -71.537, "", "", {"arrive_day": 9, "depart_day": 12}),
    ]
)

WINDOWS = frame(
    [
        ("Cairo", "EG", 30.06, 31.25, "2026-03-02..2026-03-08", "2026-03-02..2026-03-08"),
        ("Nairobi", "KE", -1.283, 36.817, "2026-03-02..2026-03-15", "2026-03-02..2026-03-15"),
        ("Johannesburg", "ZA", -26.202, 28.044, "2026-03-09..", "2026-03-12.."),
        ("Namibia", "NA", -22.0, 17.0, "", "..2026-03-22", {"kind": "country"}),
        ("Cape Town", "ZA", -33.926, 18.423, "", ""),
        ("London", "GB", 51.507, -0.128, "2026-03-20..2026-03-22", "", {"role": "return"}),
    ]
)

OLD = frame(
    [
        ("Southampton", "GB", 50.904, -1.404, "1926-01-14", "1926-01-14"),
        ("Cherbourg", "FR", 49.634, -1.622, "1926-01-14..1926-01-15", "1926-01-15"),
        ("New York", "US", 40.714, -74.006, "1926-01-21..1926-01-23", "1926-02-11"),
        ("Chicago", "US", 41.85, -87.65, "1926-02-12", "1926-03-02..1926-03-06"),
        ("Denver", "US", 39.739, -104.985, "1926-03-04..1926-03-08", "1926-04-19"),
        ("San Francisco", "US", 37.775, -122.419, "1926-04-22", "1926-06-30"),
    ]
)

LIFE = frame(
    [
        ("Warsaw", "PL", 52.23, 21.011, "1985-02-01", "1991-08-20"),
        ("Vienna", "AT", 48.208, 16.372, "1991-08-21", "1996-01-01..1996-12-31"),
        ("Jyväskylä", "FI", 62.241, 25.721, "1996-01-01..1997-03-31", "2003-05-02"),
        ("Buenos Aires", "AR", -34.613, -58.377, "2003-05-04", "2015-11-30"),
    ]
)

REGIONS = frame(
    [
        ("Kazakhstan", "KZ", 48.0, 68.0, "2024-09-02", "2024-09-05", {"kind": "country"}),
        ("Fergana Valley", "UZ", 40.73, 71.6, "2024-09-06", "2024-09-08", {"kind": "region"}),
        ("Samarkand", "UZ", 39.654, 66.96, "2024-09-08", "2024-09-10"),
    ]
)

HOSTILE = frame(
    [
        (
            '<a href="http://a.example">Rome</a>',
            "IT",
            41.892,
            12.511,
            "2024-01-02",
            "2024-01-03",
            {
                "title": '<span style="background:url(http://a.example/x)">x</span>',
                "country_name": "<b>Italy</b>",
            },
        ),
        ("<script>alert(1)</script>", "FR", 48.857, 2.352, "2024-01-03", "2024-01-05"),
    ]
)

ALL = {
    "none": NONE, "single": SINGLE, "asia": ASIA, "capitals": CAPITALS, "pacific": PACIFIC, "globe": GLOBE,
    "city": CITY, "antarctica": ANTARCTICA, "svalbard": SVALBARD, "return": RETURN, "four times": FOUR_TIMES,
    "thirty": THIRTY, "undated": UNDATED, "numbered": NUMBERED, "windows": WINDOWS, "old": OLD, "life": LIFE,
    "regions": REGIONS, "hostile": HOSTILE,
}  # fmt: skip
