"""Lists of shows: the town of each line is the stop, its house is none."""

from __future__ import annotations

import pytest

import itinerary
from itinerary.gazetteer import load
from itinerary.sentences import parse
from itinerary.shows import areas_written_short, find_towns, houses, show_lines

TOUR = "Tour dates, tickets now\n"
LISTS = {
    "the house behind the town": (
        TOUR + "3 May – Rome – Teatro Blu\n4 May – Pisa – The Garage\n6 May – Siena – Sala Uno",
        ["Rome", "Pisa", "Siena"],
    ),
    "the house in front, the country behind": (
        TOUR + "3 May: Teatro Blu, Rome, Italy\n4 May: Hall One, Paris, France\n6 May: Zenith, Lyon, France",
        ["Rome", "Paris", "Lyon"],
    ),
    "codes of countries": (
        TOUR + "3 May Hamburg, DE @ Knust\n4 May Utrecht, NL @ Ekko\n6 May Ghent, BE @ Charlatan",
        ["Hamburg", "Utrecht", "Ghent"],
    ),
    "codes of states": (
        TOUR + "5/3 Dover, DE @ The Queen\n5/4 Austin, TX @ Mohawk\n5/6 Boise, ID @ Neurolux",
        ["Dover", "Austin", "Boise"],
    ),
    "nothing but the form": (
        "Live\n3 May Rome, Blu\n4 May Pisa, Sole\n6 May Siena, Chelsea\n7 May Turin, Volt\n8 May Bari, Lido",
        ["Rome", "Pisa", "Siena", "Turin", "Bari"],
    ),
    "a heading that names the month among other words": (
        TOUR + "Official May Tour Dates\n3 – Teatro Blu, Rome, Italy\n4 – Zenith, Lyon\n6 – Sala Uno, Pisa",
        ["Rome", "Lyon", "Pisa"],
    ),
    "races, the town behind the name of each": (
        "Races, a marathon\n3 May – Fen Race, Ely\n4 May – Loch Race, Rhyl\n6 May – Fell Race, Dolgellau",
        ["Ely", "Rhyl", "Dolgellau"],
    ),
    "hyphens in the day, and a house with an ampersand": (
        TOUR + "7-June Ottawa, Canada – Bluesfest\n8-June Arlington, AT&T Hall\n9-June Denver, Field Hall",
        ["Ottawa", "Arlington", "Denver"],
    ),
    "the state in one piece with the town": (
        TOUR + "3 May – Harbor Books, Bangor ME\n4 May – Eagle Books, Durham, NC\n6 May – Old Hall, Derby",
        ["Bangor", "Durham", "Derby"],
    ),
    "a French article is no state": (
        TOUR + "3 May – Paris – La Cigale\n4 May – Lyon – Le Transbordeur\n6 May – Lille – L’Aéronef",
        ["Paris", "Lyon", "Lille"],
    ),
}


def towns(text: str) -> list[str]:
    doc = parse(text)
    return [doc.quote(t.first, t.last) for _, t in find_towns(doc, load()).values()]


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS)
def test_town_of_each_line(text: str, expected: list[str]) -> None:
    assert towns(text) == expected
    assert [s.place.name for s in itinerary.read(text, "2024-04-01").stops] == expected


@pytest.mark.parametrize(
    "text",
    [
        "3 May Rome\n4 May Pisa\n6 May Siena",  # nothing speaks of shows
        TOUR + "3 May Rome\n4 May Pisa",  # too few
        "A show, tickets\n3 May: train to Rome\n4 May: flight to Pisa\n6 May: drive to Siena",
        "A show, tickets\n3 May: we had coffee in Rome\n4 May: we slept in Pisa\n6 May: we left Siena",
    ],
)
def test_what_is_no_list_of_shows(text: str) -> None:
    assert show_lines(parse(text)) == ()


def test_houses_are_no_places() -> None:
    doc = parse(LISTS["the house behind the town"][0])
    assert houses(doc, find_towns(doc, load()).values()) == {
        ("teatro", "blu"),
        ("the", "garage"),
        ("sala", "uno"),
    }


@pytest.mark.parametrize(
    ("word", "abroad", "name"),
    [
        ("DE", False, "Delaware"),
        ("DE", True, "Germany"),
        ("La.", False, "Louisiana"),
        ("ITA", False, "Italy"),
    ],
)
def test_areas_written_short(word: str, abroad: bool, name: str) -> None:
    assert areas_written_short(load(), word, abroad=abroad)[0].place.name == name


@pytest.mark.parametrize("word", ["La", "De", "Le", "In"])
def test_small_words_are_no_areas(word: str) -> None:
    assert areas_written_short(load(), word) == ()


def test_a_show_that_is_not_given_is_no_stop() -> None:
    text = LISTS["the house behind the town"][0].replace("The Garage", "The Garage CANCELLED")
    trip = itinerary.read(text, "2024-04-01")
    assert [s.place.name for s in trip.stops] == ["Rome", "Siena"]
