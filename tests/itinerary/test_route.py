"""Stays, their order, and what lies inside what."""

from __future__ import annotations

import re
from itertools import permutations

import pytest

import itinerary
from itinerary.cues import Context, Cue, Head
from itinerary.lexicon import Rule
from itinerary.model import Evidence, Kind, Place, Span
from itinerary.reader import analyse
from itinerary.route import Stay, join_in_order, order_stays, return_features, stay_events
from itinerary.visits import Group, Judgement


def cue(first: list[int], then: list[int], sense: str = "order") -> Cue:
    rule = Rule("made for the test", sense, re.compile("x"), ())
    return Cue(rule, tuple(first), tuple(then), Evidence(Span(0, 0), "", rule.id, "order"))


def stay(n: int, group: int | None = None) -> Stay:
    """Make a stay that toponym `n` names, as the `n`th in the text."""
    return Stay(n if group is None else group, Place(f"P{n}", None, None, None, Kind.CITY), [n], announced=n)


def contexts(*sentences: int) -> list[Context]:
    """Let toponym n stand in the sentence of that number."""
    return [Context((), Head(), Head(), sentence, -1, ()) for sentence in sentences]


def order(
    count: int,
    cues: list[Cue],
    dates: dict[int, tuple[int, int]] | None = None,
    groups: list[int] | None = None,
) -> list[int]:
    stays = [stay(n, groups[n] if groups else None) for n in range(count)]
    return order_stays(stays, cues, dates or {}, {}, contexts(*range(count)))[0]


@pytest.mark.parametrize(
    ("cues", "dates", "wanted"),
    [
        ([], {}, [0, 1, 2, 3]),
        ([cue([2], [0])], {}, [1, 2, 0, 3]),
        ([cue([3], [0, 1, 2])], {}, [3, 0, 1, 2]),
        ([cue([1], [0]), cue([2], [1])], {}, [2, 1, 0, 3]),
        ([], {0: (20, 20), 3: (10, 10)}, [1, 2, 3, 0]),
        ([], {0: (10, 10), 1: (10, 10)}, [0, 1, 2, 3]),
        ([cue([0], [3])], {0: (20, 20), 3: (10, 10)}, [0, 1, 2, 3]),  # words on order win over dates
        ([cue([3], [], "first")], {}, [3, 0, 1, 2]),
        ([cue([0], [], "last")], {}, [1, 2, 3, 0]),
        ([cue([2], [], "earlier")], {}, [0, 2, 1, 3]),  # "before that": ahead of the one just named
        ([cue([1], [], "last")], {}, [0, 2, 3, 1]),  # said at the start, of the whole trip
        ([cue([2], [], "last")], {}, [0, 1, 2, 3]),  # said late, of what was told so far
        ([], {0: (10, 12), 3: (8, 10)}, [0, 1, 2, 3]),  # left on the day on which another begins
        ([], {0: (10, 12), 3: (8, 9)}, [1, 2, 3, 0]),
        ([], {0: (10, 10), 1: (5, 5), 3: (12, 12)}, [1, 2, 0, 3]),  # named too early, waits for the undated
        ([], {0: (10, 10), 1: (5, 5), 2: (11, 11)}, [1, 0, 2, 3]),  # but not for what is later
        ([], {0: (10, 10), 1: (5, 5), 2: (10, 12), 3: (8, 9)}, [1, 3, 0, 2]),
        ([], {0: (738_000, 738_001), 3: (4, 4)}, [0, 1, 2, 3]),  # the fourth day is no day of the year 1
        ([cue([0], [], "cancelled")], {}, [0, 1, 2, 3]),
    ],
)
def test_order(cues: list[Cue], dates: dict[int, tuple[int, int]], wanted: list[int]) -> None:
    assert order(4, cues, dates) == wanted


def test_order_does_not_hang_on_the_order_of_statements_that_agree() -> None:
    cues = [cue([3], [1]), cue([1], [0]), cue([2], [], "last")]
    assert {tuple(order(4, list(some))) for some in permutations(cues)} == {(3, 1, 0, 2)}


def test_a_statement_against_an_earlier_one_is_told_and_not_used() -> None:
    stays = [stay(0), stay(1)]
    forth, back = cue([0], [1]), cue([1], [0])
    found, statements = order_stays(stays, [forth, back], {}, {}, contexts(0, 0, 0))
    assert found == [0, 1]
    assert statements == [(forth, True), (back, False)]


def test_every_stay_comes_out_once_whatever_is_said() -> None:
    pairs = [(a, b) for a in range(5) for b in range(5) if a != b]
    assert sorted(order(5, [cue([a], [b]) for a, b in pairs])) == list(range(5))


def test_a_statement_about_a_country_orders_the_stays_in_it() -> None:
    stays = [stay(0), stay(1), stay(2)]
    found, _ = order_stays(stays, [cue([7], [0])], {}, {7: [1, 2]}, contexts(0, 0, 0))
    assert found == [1, 2, 0]


def test_two_stays_at_one_place_are_not_ordered_by_words_about_the_place() -> None:
    stays = [stay(0), stay(1), Stay(0, stay(0).place, [2], announced=2, again=True)]
    assert order_stays(stays, [cue([2], [0])], {}, {}, contexts(0, 0, 0))[0] == [0, 1, 2]


def test_loosely_known_days_leave_the_order_of_the_text() -> None:
    stays, dates = [stay(n) for n in range(3)], {0: (20, 20), 2: (10, 10)}
    assert order_stays(stays, [], dates, {}, contexts(0, 1, 2), loose={2})[0] == [0, 1, 2]
    assert order_stays(stays, [], dates, {}, contexts(0, 1, 2), loose={0})[0] == [1, 2, 0]


def told_from(*others: tuple[str, int | None], under: Context | None = None) -> list[int]:
    """Order a stay that the dateline names, and others, each with the tense of its verb and its day."""
    lead = Context(("dateline",), Head(), Head(), 1, -1, ())
    told = [Context((), Head(), Head(tense=tense), 3 + n, -1, ()) for n, (tense, _) in enumerate(others)]
    stays = [stay(n) for n in range(len(others) + 1)]
    if under is not None:
        stays[0].mentions.append(len(others) + 1)
        told.append(under)
    days = {n: (day, day) for n, (_, day) in enumerate(others, 1) if day is not None}
    return order_stays(stays, [], days, {}, [lead, *told], now=738_000)[0]


@pytest.mark.parametrize(
    ("others", "wanted"),
    [
        ([("past", None), ("pluperfect", None), ("future", None)], [1, 2, 0, 3]),
        ([("", 737_990), ("", 738_003)], [1, 0, 2]),
        ([("past", 738_003)], [0, 1]),  # "was expected there on Friday": the day says more than the verb
        ([("future", None), ("present", None)], [0, 1, 2]),
        ([("", 738_000)], [0, 1]),  # the same day leaves the order of the text
        ([("", 4)], [0, 1]),  # the fourth day is no date
    ],
)
def test_what_is_over_comes_before_the_place_that_the_text_tells_from(
    others: list[tuple[str, int | None]], wanted: list[int]
) -> None:
    assert told_from(*others) == wanted


@pytest.mark.parametrize(
    ("sentence", "features", "wanted"),
    [
        (2, (), [0, 1]),  # what the lines under the dateline tell of the place sets its order
        (7, (), [1, 0]),
        (2, ("negated",), [1, 0]),
    ],
)
def test_a_dateline_tells_no_order_where_the_next_lines_name_the_place(
    sentence: int, features: tuple[str, ...], wanted: list[int]
) -> None:
    assert told_from(("past", None), under=Context(features, Head(), Head(), sentence, -1, ())) == wanted


def test_what_came_before_comes_before_all_that_the_sentence_before_tells() -> None:
    stays = [stay(n) for n in range(4)]
    found, _ = order_stays(stays, [cue([3], [], "earlier")], {}, {}, contexts(0, 1, 1, 2))
    assert found == [0, 3, 1, 2]


def test_where_the_trip_sets_out_comes_before_what_is_called_its_first_stop() -> None:
    origin = Context(("rule:origin",), Head(), Head(), 0, -1, ())
    stays, rest = [stay(n) for n in range(3)], contexts(1, 1)
    assert order_stays(stays, [cue([1], [], "first")], {}, {}, [origin, *rest])[0] == [0, 1, 2]
    assert order_stays(stays, [cue([1], [], "first")], {}, {}, contexts(0, 1, 1))[0] == [1, 0, 2]


def test_words_on_coming_back_do_not_order_the_stay_before() -> None:
    back = Context(("rule:return",), Head(), Head(), 1, -1, ())
    stays = [Stay(0, stay(0).place, [0, 2], announced=0), stay(1)]
    assert order_stays(stays, [cue([1], [2])], {}, {}, [*contexts(0, 0), back]) == ([0, 1], [])


def names(text: str, published: str | None = None) -> list[str]:
    return [stop.place.name for stop in itinerary.read(text, published).stops]


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Elena Marques will travel to Kenya and Peru before going to India.", ["Kenya", "Peru", "India"]),
        ("Before flying to Oslo, she will visit Rome.", ["Rome", "Oslo"]),
        ("She arrived in Oslo after talks in Rome.", ["Rome", "Oslo"]),
        ("On 9 May 2024 she reaches Oslo. On 3 May 2024 she reaches Rome.", ["Rome", "Oslo"]),
        ("She arrived in Oslo from Rome on 3 May 2024.", ["Rome", "Oslo"]),
        ("She reached Oslo this morning from Rome.", ["Rome", "Oslo"]),
        ("She flew home to Oslo by way of Rome.", ["Rome", "Oslo"]),
        ("The tour: on Friday Oslo, by way of Rome.", ["Rome", "Oslo"]),
        ("We drive to Oslo with a swim at Hamar.", ["Hamar", "Oslo"]),
        ("She went ashore first at Oslo and after luncheon at Bergen.", ["Oslo", "Bergen"]),
        ("She lands in Oslo on 3 May 2024, at 18.05 from Rome.", ["Rome", "Oslo"]),
        ("On Friday she goes on to Oslo, changing aircraft at Rome.", ["Rome", "Oslo"]),
        ("She flew to Oslo on 3 May 2024, then sailed from Rome.", ["Oslo", "Rome"]),
        ("She flew to Oslo on 3 May 2024, and sails home from Rome.", ["Oslo", "Rome"]),
        ("On the way to Oslo she stopped for some hours in Rome.", ["Rome", "Oslo"]),
        ("Mr. Marques visited Oslo. Before heading to Oslo, Mr. Marques visited Rome.", ["Rome", "Oslo"]),
        ("She will stop in Oslo while travelling from the fair in Rome to Paris.", ["Rome", "Oslo", "Paris"]),
        ("The choir left Rome on 3 May. It sings first in Oslo, then in Paris.", ["Rome", "Oslo", "Paris"]),
        (
            "I am writing this from Oslo. On Monday we left Rome, and we slept two nights in Paris.",
            ["Rome", "Paris", "Oslo"],
        ),
        # Where a list tells the order, a town comes where its country stands.
        (
            "Ana Marques will travel to Norway, Peru and India. In Oslo she will visit a school.",
            ["Oslo", "Peru", "India"],
        ),
        # A palace in a visited town is no stop of its own.
        (
            "She will visit Paris. At the Eiffel Tower she will give a speech, and fly to Oslo.",
            ["Paris", "Oslo"],
        ),
        # The country is announced first, the town comes later, and both are one stay.
        (
            "Ana Marques will travel to Kazakhstan before going to India. In Astana she will meet students.",
            ["Astana", "India"],
        ),
        # The same town again, with nothing in between, is the same stay.
        ("She flew to Oslo on 3 May 2024. In Oslo she will visit a school.", ["Oslo"]),
        # A region in the list of stops tells when its town is visited.
        (
            "Ana Marques will visit Norway, Tuscany and India. In Siena she will visit a school.",
            ["Norway", "Siena", "India"],
        ),
        # An airport is part of the stay in its town.
        ("On 3 May 2024 she landed at Schiphol Airport and visited Amsterdam.", ["Amsterdam"]),
        # An island and a town on the shore are two stops; a town written with the island is one with it.
        (
            "She will visit Dakar on 3 May 2024. On 4 May 2024 she will visit Gorée Island.",
            ["Dakar", "Gorée"],
        ),
        ("On 3 May 2024 she flew to Victoria, Gozo. She will visit Gozo until 5 May.", ["Victoria"]),
        # Back at the base.
        (
            "On 3 May 2024 we flew from Oslo to Rome. On 5 May we saw Pisa. On 7 May we flew back to Oslo.",
            ["Oslo", "Rome", "Pisa", "Oslo"],
        ),
    ],
)
def test_routes_of_texts(text: str, route: list[str]) -> None:
    assert names(text) == route


def test_neighbours_at_one_place_are_one_stay() -> None:
    stays = [stay(0), stay(1), stay(2, 0)]
    stays[2].again = True
    assert join_in_order(stays, [0, 1, 2], []) is None
    joined = join_in_order(stays, [1, 2, 0], [])
    assert joined is not None
    assert [(s.announced, s.mentions) for s in joined] == [(0, [0, 2]), (1, [1])]


def test_three_neighbours_at_one_place_are_one_stay() -> None:
    joined = join_in_order([stay(0), stay(1, 0), stay(2, 0)], [1, 0, 2], [])
    assert joined is not None
    assert [s.mentions for s in joined] == [[0, 1, 2]]


def test_areas_hold_what_lies_in_them() -> None:
    text = "She went to Tuscany in Italy: to Siena and Pisa. Then to France, to Lyon, and on to Oslo."
    analysis = analyse(text)
    place = [g.place.name for g in analysis.groups]
    inside = {place[n]: {place[m] for m in held} for n, held in analysis.inside.items()}
    assert inside["Tuscany"] == {"Siena", "Pisa"}
    assert inside["Italy"] == {"Tuscany", "Siena", "Pisa"}
    assert inside["France"] == {"Lyon"}
    assert "Oslo" not in inside


def test_events_are_in_text_order_and_hold_the_best_mention_of_each_place() -> None:
    def judgement(members: tuple[int, ...], scores: tuple[float, ...]) -> Judgement:
        return Judgement(Group(stay(members[0]).place, members), scores, 1.0, True)

    judgements = [
        judgement((1, 4), (-2.0, -3.0)),
        judgement((0, 2, 3), (0.5, -0.1, -5.0)),
        judgement((5,), (9.0,)),
    ]
    assert stay_events(judgements, {0, 1}) == [(0, 1), (1, 0), (2, 1)]


def again(text: str) -> set[str]:
    """Return what is known of the last mention, if its place was named before."""
    a = analyse(text)
    judged = [Judgement(g, tuple(1.0 for _ in g.members), 1.0, True) for g in a.groups]
    events = stay_events(judged, range(len(judged)))
    found = return_features(len(events) - 1, events, a.doc, a.toponyms, a.contexts, a.timexes, judged)
    return set(found or ())


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("He went to Rome, then to Oslo, and flew back to Rome.", "back from new places"),
        ("He visits Rome, Oslo and Paris. On the first day he is in Rome.", "listed, then told"),
        ("He went to Rome. He went to Oslo. It was the second night in Rome.", "counted"),
        ("He went to Rome. He saw Pisa. He left Rome.", "behind new places, no return said"),
        ("He went to Rome. He saw Oslo. He is back in Rome.", "another country between"),
        ("He went to Oslo and Rome. He saw Oslo. He was in Rome.", "all places between were named before"),
    ],
)
def test_what_is_known_of_a_place_named_again(text: str, feature: str) -> None:
    assert feature in again(text)


def test_a_place_that_acts_is_not_returned_to() -> None:
    assert "something speaks against it" in again("He went to Rome and Oslo. Rome will vote in May.")
    assert "something speaks against it" not in again("He went to Rome and Oslo. Rome was rainy.")
