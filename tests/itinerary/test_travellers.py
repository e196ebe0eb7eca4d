"""Whose trip a text tells, and who acts where a place is named."""

from __future__ import annotations

import pytest

from itinerary.people import Name, find_names
from itinerary.sentences import Document, parse
from itinerary.travellers import subjects, traveller

PLACES = frozenset(
    "Lima|Rome|Cairo|Oslo|Riga|Tallinn|Astana|Geneva|Kabul|Dover|Zapata|Santiago|Warsaw|Bern|Austin".split(
        "|"
    )
)


def read(text: str) -> tuple[Document, tuple[Name, ...]]:
    """Return a text with its names."""
    doc = parse(text)
    return doc, find_names(doc, PLACES.__contains__)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Secretary Ana Ruiz will travel to Cairo. Ruiz will meet President Sisi.", "Ruiz"),
        ("Statement by Spokesperson Emma Hall on Carl Otto’s Trip to Rome\n\nOtto will visit Rome.", "Otto"),
        ("President Ana Ruiz today named a delegation to Oslo. Carl Otto will lead the delegation.", "Otto"),
        ("The Vice President will fly to Lima on Friday and meet workers.", "Vice President"),
        ("#SecRuiz travels to Peru.", "SecRuiz"),
        (
            "Senator Ana Ruiz and Senator Carl Otto announced that members of their staffs will go to Lima.",
            "members",
        ),
        ("The trip of Carl Otto to Lima begins on Monday.", "Otto"),
        ("Foreign Minister Ilmo Lima will fly to Rome. Mr. Ilmo will then visit Oslo.", "Ilmo Lima"),
        (
            "President Carl Otto is making a swing through Peru, while Governor Ana Ruiz rallied in Lima.",
            "Otto",
        ),
        ("Rep. Ana Ruiz (R-12), Rep. Carl Otto (D-3) and Chairman Ole Holm just returned from Lima.", "Ruiz"),
        (
            "Dear Ms Hall,\n\nyour flight leaves Oslo at ten. Your hotel in Rome is booked.\n\nBest,\nJo",
            "Hall",
        ),
        ("MV Northern Light, spring cruise\n\nDay 1. Oslo. Day 2. Riga.", "Northern Light"),
        ("Blue Kettle have announced a UK tour. Singer Ana Ruiz flew to Oslo. Tickets go on sale.", "Kettle"),
        (
            "The Drifter has announced a new arena tour. Tickets are dear. Ana Ruiz will sing.",
            "Drifter",
        ),
        ("The Alba Chamber Singers will tour. The ensemble sings in Oslo.", "Alba Chamber Singers"),
        ("Mr. Otto reached Lima. There he met Ms. Hall, who lives in Cairo.", "Otto"),
    ],
)
def test_the_traveller(text: str, who: str) -> None:
    name, referents = traveller(*read(text))
    assert name is not None
    assert who in name
    assert who.split()[-1].lower() in referents


@pytest.mark.parametrize(
    "text",
    [
        "I flew to Lima and we took the bus to Santiago. My sister Ana Ruiz lives there, and I stayed.",
        "We leave Oslo at dawn. Our bus reaches Riga at night.",
        "Day 1: Rome. Day 2: Florence.",
        "My friend Florence and I flew to Rome. Florence visited Lima before.",
    ],
)
def test_a_trip_of_i_or_we_has_no_named_traveller(text: str) -> None:
    name, referents = traveller(*read(text))
    assert name is None
    assert {"i", "we"} <= referents


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("Carl Otto left home. Otto will visit Lima.", "Lima", "traveller"),
        ("Carl Otto visited Rome. While he waited, Ana Ruiz flew to Lima.", "Lima", "other"),
        ("Carl Otto visited Rome. Protesters marched through Lima.", "Lima", "none"),
        ("Carl Otto visited Rome. Soldiers left Lima.", "Lima", "other"),
        ("Prince Carl visited Rome. His Royal Highness will then visit Lima.", "Lima", "traveller"),
        (
            "Prince Carl and Ada, Duchess of Kent, will visit Lima. Prince Carl visited Rome.",
            "Lima",
            "traveller",
        ),
        ("Carl Otto visited Rome. Lima is hot.", "Lima", "none"),
    ],
)
def test_who_acts(text: str, place: str, kind: str) -> None:
    doc, found = read(text)
    _, referents = traveller(doc, found)
    token = doc.words.index(place)
    assert subjects(doc, found, referents, [token]) == [kind]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # A head of state by office, by name, and by "he".
        (
            "The President flew to Rome on Monday. He and Mr. Holm stayed there. On Friday he left for Oslo.",
            "The President",
        ),
        (
            (
                "Mr. Orr has now shown how. The King saw him off. On Monday he was in Rome, on "
                "Tuesday he flew to Oslo."
            ),
            "Mr. Orr",
        ),
        ("Pope Leo XIV will visit Lima. The Pope then goes to Santiago.", "Pope Leo XIV"),
        (
            (
                "The President’s Tour\n\nMr. Vale slept in Rome. On Friday the President flew to "
                "Oslo and met Mr. Holm."
            ),
            "President Vale",
        ),
        # Who travels together.
        (
            (
                "The President and First Lady will travel to Lima. On Friday the President and "
                "First Lady will return."
            ),
            "The President and First Lady",
        ),
        ("Ana Ruiz and Carl Otto will visit Rome. They leave on Monday.", "Ana Ruiz and Carl Otto"),
        (
            "A delegation led by Coordinator Ana Ruiz visited Rome and Oslo. The delegation met officials.",
            "Coordinator Ana Ruiz",
        ),
        # Who tells, hosts or asks is not on the way.
        (
            (
                "Statement by Spokesperson Ana Ruiz on Secretary Otto’s Travel to "
                "Rome\n\nSecretary Otto will travel to Rome."
            ),
            "Secretary Otto",
        ),
        (
            "By Ana Ruiz\n\nPrime Minister Carl Otto arrived in Rome. He goes on to Oslo.",
            "Prime Minister Carl Otto",
        ),
        (
            (
                "President Ana Ruiz will host Prime Minister Otto. Otto will travel to Rome on "
                "Monday and visit Oslo."
            ),
            "Prime Minister Otto",
        ),
        # A briefing: "we" and "I" are those of the plane, the speaker no traveller.
        (
            (
                "MS. ORR: Good morning. We have a full plane.\nQ: Where to?\nMS. ORR: The "
                "President will travel to Rome, then he goes to Oslo."
            ),
            "The President",
        ),
        (
            (
                "Statement from President Ana Ruiz on Travel to Rome\n\nI am in Rome today. I "
                "will go on to Oslo."
            ),
            "President Ana Ruiz",
        ),
        # Bands, clubs, ships, flights, buses, and people without a name.
        ("The Fjord Quartet’s adventure ended in Rome. The players had opened in Oslo.", "Fjord Quartet"),
        ("Stonebridge Athletic can confirm a camp in Rome. The squad flies to Oslo.", "Stonebridge Athletic"),
        (
            (
                "Police boarded a ship. In Lima the container ship, the Aldebaran, was searched. "
                "The ship left for Rome."
            ),
            "the Aldebaran",
        ),
        (
            "A bus operated by Norvia, which is based here, crashed on the way from Rome to Oslo.",
            "bus operated by Norvia",
        ),
        ("Twelve nurses and one Swiss doctor arrived in Rome today.", "Twelve nurses and one Swiss doctor"),
        ("On Monday senior treasury officials travelled to Rome.", "senior treasury officials"),
        (
            "Twenty pupils of Hill Road School, here in town, will fly from Rome to Oslo.",
            "Twenty pupils of Hill Road School",
        ),
        # A name that no list knows, behind what the man does; the surname is a place too.
        ("Swiss inventor Ilmo Zapata crossed to Dover on Sunday.", "Ilmo Zapata"),
    ],
)
def test_travellers_of_every_kind(text: str, who: str) -> None:
    name, _ = traveller(*read(text))
    assert name == who


def test_the_wife_is_not_taken_for_her_husband() -> None:
    name, _ = traveller(*read("Mr. Vale flew to Rome. Mrs. Vale stayed at home. On Monday he left for Oslo."))
    assert name == "Mr. Vale"


def test_our_bus_has_no_name() -> None:
    assert traveller(*read("Our bus leaves Oslo at dawn."))[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "—",
        "of",
        "Mr.",
        "the President",
        "“",
        "the ship, the",
        "a bus of",
        "Statement by",
        "and Queen",
    ],
)
def test_scraps_raise_nothing(text: str) -> None:
    traveller(*read(text))
