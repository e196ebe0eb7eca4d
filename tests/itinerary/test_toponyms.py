"""Names of places, and descriptions that stand for one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from itinerary.gazetteer import load
from itinerary.people import find_names
from itinerary.reader import analyse
from itinerary.sentences import parse
from itinerary.toponyms import Toponym, find_toponyms


def found(text: str) -> tuple[Toponym, ...]:
    doc, gazetteer = parse(text), load()
    return find_toponyms(doc, gazetteer, find_names(doc, lambda name: bool(gazetteer.candidates(name))))


def free(text: str) -> list[str]:
    """Return the names that are no part of another name and no adjective."""
    return [t.name for t in found(text) if t.part_of is None and t.form != "people"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She will fly to Astana on Monday.", ["Astana"]),
        (
            "They went to New Delhi, Port-of-Spain and Rio de Janeiro.",
            ["New Delhi", "Port-of-Spain", "Rio de Janeiro"],
        ),
        ("He landed in St. Petersburg.", ["St. Petersburg"]),
        ("We drove from Bosnia and Herzegovina to Croatia.", ["Bosnia and Herzegovina", "Croatia"]),
        ("a stop in the Hague", ["Hague"]),
        ("The ship reached Honolulu.", ["Honolulu"]),
        ("We stayed in SÃO PAULO.", ["SÃO PAULO"]),
        ("Nothing is named here.", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [n.removeprefix("the ").removeprefix("The ") for n in free(text)] == names


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("The minister met Jordan Lee in Oslo.", "Jordan"),
        ("She studied at Trinity College Dublin before she moved to Oslo.", "Dublin"),
        ("Senator Austin Parker spoke in Oslo.", "Austin"),
        ("He is with the Bank of England and lives in Oslo.", "England"),
        ("She spoke at the Munich Security Conference and then in Oslo.", "Munich"),
    ],
)
def test_a_place_within_a_name_is_kept_and_marked(text: str, hidden: str) -> None:
    toponyms = found(text)
    assert [t.name for t in toponyms if t.part_of is None and t.form != "people"] == ["Oslo"]
    inner = [t for t in toponyms if hidden in t.name]
    assert inner
    assert all(t.part_of is not None and hidden in t.part_of.text for t in inner)


@pytest.mark.parametrize(
    "text",
    [
        "They read nothing of it, and nice people gave them a good split.",
        "We may march in august.",
        "The bath was hot and the mobile phone dead.",
        "Turkey was served with China tea.",
        "Prince Otto and Camilla, his wife, went home before Camilla fell ill.",
        "Source: Xinhua. Editor: Chengcheng",
    ],
)
def test_ordinary_words_are_no_towns(text: str) -> None:
    free = [t for t in found(text) if t.part_of is None]  # an agency is no town, though it is called like one
    assert [t.name for t in free if t.entries and t.entries[0].feature in ("city", "capital")] == []


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("The talks in the Indian capital will be long.", "New Delhi"),
        ("The minister flew to the capital of Kazakhstan.", "Astana"),
        ("He arrived in Kenya’s capital on Friday.", "Nairobi"),
        ("He is in Kenya and will see friends in the capital.", "Nairobi"),
    ],
)
def test_a_description_stands_for_the_capital(text: str, capital: str) -> None:
    described = [t for t in found(text) if t.form == "description"]
    assert [t.entries[0].place.name for t in described] == [capital]


@pytest.mark.parametrize(
    "text",
    [
        "Blinken will visit the Kazakh capital of Astana.",
        "Blinken will visit the Kazakh capital, Astana.",
        "They need capital to grow.",
        "The capital city was quiet.",
    ],
)
def test_a_capital_that_is_named_needs_no_description(text: str) -> None:
    assert [t.name for t in found(text) if t.form == "description"] == []


@pytest.mark.parametrize(
    ("word", "country"), [("Uzbek", "UZ"), ("Chinese", "CN"), ("French", "FR"), ("Kenyan", "KE")]
)
def test_adjectives_name_people(word: str, country: str) -> None:
    (toponym,) = found(f"She had talks with {word} officials.")
    assert toponym.form == "people"
    assert toponym.entries[0].place.country == country


@pytest.mark.parametrize(
    ("text", "inner", "outer"),
    [
        ("He will stop in Astana, Kazakhstan, for a day.", "Astana", "Kazakhstan"),
        ("She drove to Roseau, Minnesota.", "Roseau", "Minnesota"),
        ("The tour opens in Cordoba, Argentina.", "Cordoba", "Argentina"),
        ("They stay in Siena in Tuscany.", "Siena", "Tuscany"),
        ("Lagos (Portugal) was sunny.", "Lagos", "Portugal"),
    ],
)
def test_the_area_behind_a_name_contains_it(text: str, inner: str, outer: str) -> None:
    toponyms = found(text)
    (a,) = (t for t in toponyms if t.name == inner)
    assert a.container is not None
    b = toponyms[a.container]
    assert b.name == outer
    assert toponyms[b.contains or 0] is a


@pytest.mark.parametrize(
    "text",
    [
        "He went to Astana, India and Peru.",
        "She flew to Kazakhstan, Rome and Oslo.",
        "From Rome in spring to India.",
    ],
)
def test_a_list_is_no_area(text: str) -> None:
    assert all(t.container is None for t in found(text))


def test_a_name_that_nothing_knows_is_taken_after_a_word_of_place() -> None:
    (toponym,) = found("They arrived in Qwxyzburg yesterday.")
    assert (toponym.name, toponym.form, toponym.entries) == ("Qwxyzburg", "unknown", ())
    assert found("The well-known Qwxyzburg was mentioned.") == ()


def test_an_airport_is_a_site_of_its_town() -> None:
    names = free("They landed at Narita Airport and slept.")
    assert names == ["Narita Airport"]


@pytest.mark.parametrize(
    "text",
    [
        "ASTANA, Feb. 28 — The U.S. and Kazakhstan’s capital, then Delhi/New Delhi, #NewYork, Paris-London.",
        "Los Angeles, CA; Washington, D.C.; Port of Spain, Trinidad and Tobago (the capital).",
        "the the the New York New York New York",
    ],
)
def test_names_stand_in_order_and_none_overlaps(text: str) -> None:
    toponyms = found(text)
    assert toponyms
    assert all(a.last <= b.first for a, b in pairwise(toponyms))
    assert all(t.first < t.last for t in toponyms)
    for k, t in enumerate(toponyms):
        assert t.container is None or toponyms[t.container].contains == k


def test_the_longest_name_wins() -> None:
    assert free("We left New York City for Guinea-Bissau.") == ["New York City", "Guinea-Bissau"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We rested at the post of Quelbo until noon.", "Quelbo"),
        ("His holiday at Strathquill in Scotland begins in May.", "Strathquill"),
        ("It was anchored off Garbahur, Somalia, for a week.", "Garbahur"),
        ("The meeting was held in Grellville, TX.", "Grellville"),
        ("One morning I rode with my host to the Sierra del Puma Viejo.", "Sierra del Puma Viejo"),
        ("We saw the Valley of the Ghosts on the way.", "Valley of the Ghosts"),
        ("They climbed in the shade to the Sierra del Pablo Gordo.", "Sierra del Pablo Gordo"),
        ("They went to the Museum of Glass and Iron in May.", "Museum of Glass and Iron"),
        ("They will travel to Marine Wing Station Grell Point, Ohio.", "Marine Wing Station Grell Point"),
        (
            "- Day 6: Oslo\n- Day 7: Great Museum of Glass Boxes (a long walk)",
            "Great Museum of Glass Boxes",
        ),
        ("- Day 6: Harrowgate Caverns\n- Day 7: Miller Long Array (another drive)", "Harrowgate Caverns"),
        ("- Day 6: Harrowgate Caverns\n- Day 7: Miller Long Array (another drive)", "Miller Long Array"),
    ],
)
def test_words_around_an_unknown_name_make_it_a_place(text: str, name: str) -> None:
    assert name in [t.name for t in found(text) if t.form == "unknown" and not t.entries]


@pytest.mark.parametrize(
    "text",
    [
        "He thanked Grellman, who had paid for the meal.",
        "Then Quelbo laughed, and Strathquill laughed too.",
        "The ship Garbahur was painted white.",
        "Miller won the race.",
    ],
)
def test_an_unknown_name_alone_is_no_place(text: str) -> None:
    assert [t.name for t in found(text) if t.form == "unknown"] == []


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("He drove to Andrews at noon.", "Andrews", "site"),
        ("We saw the Alamo in the morning.", "Alamo", "site"),
        ("On Friday it is the turn of Cork in the forenoon.", "Cork", "city"),
        ("They spend three days doing Banff and Calgary.", "Banff", "city"),
    ],
)
def test_names_that_are_words_or_surnames_too(text: str, name: str, feature: str) -> None:
    assert [t.entries[0].feature for t in found(text) if t.name == name] == [feature]


@pytest.mark.parametrize(
    "text", ["Andrews said that the cork was dry.", "She met Travis and drank a bottle of cork wine."]
)
def test_the_same_words_without_a_cue_are_no_places(text: str) -> None:
    assert [t.name for t in found(text) if t.part_of is None] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He spoke in Roseau, MN, on Friday.", ["Roseau", "MN"]),
        ("He spoke in Columbia, S.C., on Friday.", ["Columbia", "S.C."]),
        ("He spoke in Oslo, OK, and left.", ["Oslo", "OK"]),
        ("He flew from Norway, in a way.", ["Norway"]),
    ],
)
def test_a_division_written_short_behind_a_name(text: str, names: list[str]) -> None:
    assert [t.name for t in found(text)] == names


def test_a_name_in_a_division_that_has_none_of_its_namesakes_is_unknown() -> None:
    oslo, oklahoma = found("He spoke in Oslo, OK, and left.")
    assert (oslo.entries, oslo.container) == ((), 1)
    assert oklahoma.entries[0].admin1 == "US.OK"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She flew to the People’s Republic of China.", ["People’s Republic of China"]),
        ("They were in Guatemala by noon.", ["Guatemala"]),
        ("He wrote a letter to Quelbo in Oslo.", ["Oslo"]),
        ("He drove on to Quelbo and Oslo.", ["Quelbo", "Oslo"]),
        ("They left for the Quelbians, and then for Oslo.", ["Oslo"]),
        ("She drove to Los Ang- – Los Angeles.", ["Los Angeles"]),
        ("The bus stops at 12 Dallas Avenue in Oslo.", ["Oslo"]),
        ("The ARCO board sat in Oslo.", ["Oslo"]),
        ("He flew to Arco and Oslo.", ["Arco", "Oslo"]),
        ("Marco Rubio left Oslo. On Friday Rubio was asked why.", ["Oslo"]),
        ("Marco Rubio left Oslo. He drove to Rubio.", ["Oslo", "Rubio"]),
        ("3 Oslo.\n4 Registration. Free time.\n5 Bergen.", ["Oslo", "Bergen"]),
        ("[Hatch, May 3, 1840]\nIt rained in Oslo.", ["Oslo"]),
        ("Those of the Centers for Grell Control left Oslo.", ["Oslo"]),
        ("They left Oslo for Grell.", ["Oslo", "Grell"]),
        ("He spoke in Oslo of all that came from the Clean Rivers Act.", ["Oslo"]),
        ("He walked to Bank and on to Oslo.", ["Bank", "Oslo"]),
        ("He met those of the farm (Sioux Center) and left Oslo.", ["Sioux Center", "Oslo"]),
    ],
)
def test_names_of_something_else(text: str, names: list[str]) -> None:
    assert [t.name for t in found(text) if t.part_of is None and t.form != "people"] == names


def test_a_foreign_name_in_small_letters_is_known_by_its_accent() -> None:
    text = "it was late when we landed in oslo and had tea. mérida by noon, "
    assert [t.name for t in found(text + "for the old houses there, and then home, back in bath")] == [
        "oslo",
        "mérida",
        "bath",
    ]


@pytest.mark.parametrize(
    ("text", "name", "inner"),
    [
        ("She went to Hammond, Indiana, on Monday.", "Hammond", "US.IN"),
        ("He lives in Normal, IL, today.", "Normal", "US.IL"),
        ("Hammond (Indiana) and Gary were next.", "Hammond", "US.IN"),
    ],
)
def test_a_town_called_by_a_word_is_one_where_its_area_follows(text: str, name: str, inner: str) -> None:
    t = next(t for t in found(text) if t.name == name)
    assert inner in [e.admin1 for e in t.entries]


@pytest.mark.parametrize(
    "text", ["Hammond spoke first.", "A normal day. Normal people.", "Ms Hammond, Indiana’s best"]
)
def test_a_town_called_by_a_word_is_none_without_its_area(text: str) -> None:
    assert [t.name for t in found(text) if t.part_of is None and t.name in ("Hammond", "Normal")] == []


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ("She lived in Dar es Salaam for years. Dar was hot.", "Dar", "Dar es Salaam"),
        (
            "She wrote from Colonia del Sacramento. In Colonia it was hot.",
            "Colonia",
            "Colonia del Sacramento",
        ),
        ("They saw Boulder City. From Boulder they drove on.", "Boulder", "Boulder"),
    ],
)
def test_a_short_form_means_the_place_named_in_full_before(text: str, name: str, meant: str) -> None:
    t = next(t for t in found(text) if t.name == name)
    assert t.entries[0].place.name == meant


def test_an_unknown_name_with_a_date_at_the_head_of_its_line_is_a_place() -> None:
    names = [t.name for t in analyse("Erlgau, 29 July, middle of the night. They slept.").toponyms]
    assert names == ["Erlgau"]


def free_in_text(text: str) -> list[str]:
    """Return the same of a text whose dates are read."""
    return [t.name for t in analyse(text).toponyms if t.part_of is None and t.form != "people"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Day 31: Ostrelheim to Mossy Hollow Visitor Center", ["Ostrelheim", "Mossy Hollow Visitor Center"]),
        ("Back to Trail – Day 31: Ostrelheim", ["Ostrelheim"]),
        ("14 December 2017 Kolvarra Cay, Bahamas", ["Kolvarra Cay", "Bahamas"]),
        ("Tarn Hill to Middleton", ["Tarn Hill", "Middleton"]),
        ("Back to School", []),
        ("On Friday Nobody Says Anything", []),
    ],
)
def test_a_headline_that_a_day_leads_names_places(text: str, names: list[str]) -> None:
    assert free_in_text(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We camped at the Devil's Gate and reached Sutter's Gulch.", ["Devil's Gate", "Sutter's Gulch"]),
        ("We spent a morning exploring the Warrick Wells island.", ["Warrick Wells"]),
        ("They anchored at the island by the name of Grassy Kella.", ["Grassy Kella"]),
        ("We entered Ostrelheim, quitted Varndike and gained Umtesi.", ["Ostrelheim", "Varndike", "Umtesi"]),
        ("I set out from the Town of Inverness.", ["Inverness"]),
        ("We rode to the Peninsula of Tres Montes.", ["Peninsula of Tres Montes"]),
        ("A boat took us to Candelario Mancilla.", ["Candelario Mancilla"]),
        ("We anchored in Baie de Tahauku, near Cerro Pardal.", ["Baie de Tahauku", "Cerro Pardal"]),
        ("Ketchikan AK after a hot shower.", ["Ketchikan"]),
    ],
)
def test_longer_names_of_old_and_far_places(text: str, names: list[str]) -> None:
    assert free(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "We left from Mauro's hut.",
        "We walked back to Rust's Aviation.",
        "Teresa enjoyed the sail.",
        "We put up at the Inn.",
        "I stayed to Drink Tea with them.",
        "To H. L. K.",
        "I wrote to Wm. Blake and thanked Thos. Fraser.",
    ],
)
def test_people_and_houses_are_no_places(text: str) -> None:
    assert free(text) == []


def test_a_town_that_no_list_has_is_none_of_its_namesakes() -> None:
    """At the end of a dated line a country says where a town lies."""
    town, country = analyse("17 December 2017 Georgetown, Bahamas").toponyms
    assert (town.name, town.form, town.entries) == ("Georgetown", "unknown", ())
    assert country.entries[0].place.country == "BS"
    assert analyse("We flew to Georgetown, Bahamas and Cuba.").toponyms[0].entries


def test_the_capital_is_not_guessed_where_it_is_named() -> None:
    names = [t.name for t in found("Australia won. The team has landed in the capital, Islamabad.")]
    assert names == ["Australia", "Islamabad"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("He waits for US Secretary Ana Ruiz.", "people"),
        ("The guest of Norway Prime Minister Ana Ruiz", "people"),
        ("In Norway Prime Minister Ana Ruiz received him.", "name"),
    ],
)
def test_a_country_before_an_office(text: str, form: str) -> None:
    assert found(text)[0].form == form
