"""Names that hide places."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from itinerary.people import Name, find_names
from itinerary.sentences import Document, parse

PLACES = frozenset(
    "Jordan|Paris|Madison|Lincoln|Dublin|Oxford|Sheffield|Munich|France|England|Dallas|New York|Beagle|"
    "Chelsea|Kabul|Astana|Geneva|Tunis|Tallinn|Riga|Denver|Houston|Marco|Rubio|"
    "Dayton|Boston|Victoria|Florence|Sydney|Georgia|Virginia|Lima|Cairo|Rome|Warsaw|Utrecht|Edinburgh|Wales|Kuwait|Oslo|"
    "Santiago|San Antonio|Port Elizabeth|Alice Springs|Vienna|Bern|Austin".split("|")
)


def names(text: str) -> list[tuple[str, str]]:
    """Return kind and words of the names of a text."""
    return [(n.kind, n.text) for n in find_names(parse(text), PLACES.__contains__)]


def read(text: str) -> tuple[Document, tuple[Name, ...]]:
    """Return a text with its names."""
    doc = parse(text)
    return doc, find_names(doc, PLACES.__contains__)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("She rang Jordan Lee at noon.", "person", "Jordan Lee"),
        ("They saw Paris Hilton there.", "person", "Paris Hilton"),
        ("He thanked Senator Lincoln Chafee.", "person", "Senator Lincoln Chafee"),
        ("Lunch with President Ana Ruiz followed.", "person", "President Ana Ruiz"),
        ("Prime Minister Rishi Sunak waited.", "person", "Prime Minister Rishi Sunak"),
        ("King Charles III waved.", "person", "King Charles III"),
        ("Foreign Minister Ilmo Florence will wait.", "person", "Foreign Minister Ilmo Florence"),
        ("The envoy Paris Florence has left.", "person", "envoy Paris Florence"),
        ("Mr. Houston left the room.", "person", "Mr. Houston"),
        ("Dr. Liz Sherwood-Randall spoke.", "person", "Dr. Liz Sherwood-Randall"),
        ("It fell to Daniel K. Akaka to reply.", "person", "Daniel K. Akaka"),
        ("A talk with Ursula von der Leyen came next.", "person", "Ursula von der Leyen"),
        ("Joseph R. Biden, Jr. replied.", "person", "Joseph R. Biden, Jr."),
        ("I called upon Capt. Thos. Fraser at his house.", "person", "Capt. Thos. Fraser"),
        ("A letter from Wm. Blake lay there.", "person", "Wm. Blake"),
        ("The Duke of Edinburgh came.", "person", "Duke of Edinburgh"),
        ("They called on President von Dallas.", "person", "President von Dallas"),
        ("With Senators Ames, Boston, Houston and Lima they left.", "person", "Houston"),
        ("She read law at Trinity College Dublin as a girl.", "organisation", "Trinity College Dublin"),
        ("He works for the University of Oxford now.", "organisation", "University of Oxford"),
        ("He played for Sheffield Wednesday once.", "organisation", "Sheffield Wednesday"),
        ("The Bank of England raised rates.", "organisation", "Bank of England"),
        ("We flew Air France all the way.", "organisation", "Air France"),
        ("The Dallas Cowboys lost again.", "organisation", "Dallas Cowboys"),
        ("A New York Times reporter came along.", "organisation", "New York Times"),
        ("He boarded Air Force One at dusk.", "organisation", "Air Force One"),
        ("HMS Beagle lay at anchor.", "organisation", "HMS Beagle"),
        ("A fan of Chelsea FC sat beside me.", "organisation", "Chelsea FC"),
        ("The Boston Symphony Orchestra tours.", "organisation", "Boston Symphony Orchestra"),
        ("The Munich Security Conference opens today.", "event", "Munich Security Conference"),
        ("The Treaty of Utrecht ended it.", "event", "Treaty of Utrecht"),
        ("Her lecture “What Cairo Taught Us” is free.", "title", "What Cairo Taught Us"),
        ("We drove on with our friend Florence.", "somebody", "Florence"),
        ("We had lunch with Madison and the children.", "somebody", "Madison"),
        ("Carol and Victoria came along.", "somebody", "Victoria"),
        ("Sydney and I took the bus.", "somebody", "Sydney"),
        ("We slept at Austin’s place.", "somebody", "Austin"),
        ("The tomb of St. James is there.", "somebody", "St. James"),
        ("St. Anne of Vienna is its patron.", "somebody", "St. Anne of Vienna"),
        ("We stayed at the Riad Oslo by the gate.", "inn", "Riad Oslo"),
        ("Overnight: Hotel Nueva Lima, 2 beds.", "inn", "Hotel Nueva Lima"),
    ],
)
def test_a_name_is_found_whole(text: str, kind: str, name: str) -> None:
    assert (kind, name) in names(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("President Karzai in Kabul said no.", "Kabul"),
        ("Mr. Blinken, Astana and the rest.", "Astana"),
        ("Secretary Kerry Geneva talks resume.", "Geneva"),
        ("She flew from Florence to Victoria.", "Florence"),
        ("On to Sydney Virginia and Georgia.", "Sydney"),
        ("He meets the Prime Minister of Jordan.", "Jordan"),
        ("Two days in Madison, then Lincoln.", "Lincoln"),
        ("The president will visit Lima and Santiago.", "Santiago"),
        ("Saint John and San Antonio Texas come next.", "San Antonio"),
        ("From Port Elizabeth North Beach was near.", "Port Elizabeth"),
        ("Georgia Falls are fine.", "Georgia"),
        ("We reach Riga Wednesday and Tallinn Friday.", "Riga"),
        ("They stay in Vienna Saturday night.", "Vienna"),
        ("“Lima, Cairo, Rome” was all the note said.", "Cairo"),
        ("Jordan will be next.", "Jordan"),
        ("We began with Florence and ended with Sydney.", "Florence"),
        ("In Florence and Siena it rained.", "Florence"),
        ("Rome is best combined with Florence, by train.", "Florence"),
        ("The price of Sydney’s beer is high.", "Sydney"),
        ("The hotel in Oslo was full.", "Oslo"),
    ],
)
def test_a_place_is_not_hidden(text: str, place: str) -> None:
    doc, found = read(text)
    at = text.index(place)
    hidden = [n.text for n in found if doc.starts[n.first] <= at < doc.ends[n.last - 1]]
    assert hidden == []


def test_a_surname_stands_for_the_person_named_before() -> None:
    text = "Sen. Mark Dayton begins on Monday. Dayton will fly to Ohio. He then stops in Dayton, Ohio."
    doc, found = read(text)
    bare = [n for n in found if n.text == "Dayton"]
    assert [doc.starts[n.first] for n in bare] == [text.index("Dayton will")]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Sen. Mark Dayton spoke. Dayton, a former clerk, begins on Monday.", 1),
        ("Sen. Mark Dayton spoke. He begins in Dayton, the sixth city of the state.", 0),
        ("Sen. Mark Dayton spoke. He saw Dayton, Ohio, on Monday.", 0),
    ],
)
def test_who_is_described_behind_a_comma_is_a_person(text: str, bare: int) -> None:
    assert sum(n.text == "Dayton" for n in read(text)[1]) == bare


def test_two_places_are_a_person_only_if_they_travel() -> None:
    assert ("person", "Marco Rubio") in names("Marco Rubio flies to Lima.")
    assert names("We saw Marco Rubio and Lima.") == []


def test_names_do_not_overlap_and_stand_in_order() -> None:
    _, found = read("President Ana Ruiz met Dr. Jordan Lee of the Bank of England. Ruiz and Lee left.")
    assert all(a.last <= b.first for a, b in pairwise(found))
    assert len(found) == 5


def test_it_takes_time_in_proportion_to_the_text() -> None:
    def seconds(times: int) -> float:
        doc = parse("President Ana Ruiz of Jordan met Jordan Lee in New York on Monday. " * times)
        start = time.perf_counter()
        find_names(doc, PLACES.__contains__)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(800) < 30 * max(seconds(80), 1e-3)


@pytest.mark.parametrize(
    "text", ["", " ", "—", "of", "Mr.", "the President", "“", "#", "@A", "JOHN", "Sen. ,"]
)
def test_scraps_raise_nothing(text: str) -> None:
    read(text)
