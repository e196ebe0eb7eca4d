"""Date expressions: tables of phrases, what depends on the words around them, and properties of all texts."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary import timex as module
from itinerary.model import Basis
from itinerary.timex import Timex, TimexKind, find_timexes, publication_day

FRIDAY = date(2023, 2, 24)


def reading(timex: Timex) -> str:
    """Write what an expression means the way the rule file does."""
    if timex.kind is TimexKind.DURATION:
        return f"{timex.nights} nights" if timex.nights else f"{timex.days} days"
    if timex.kind is TimexKind.DAY_NUMBER:
        last = "" if timex.last_day == timex.first_day else f"-{timex.last_day}"
        return f"day {timex.first_day}{last}"
    if timex.impossible:
        return "impossible"
    if timex.earliest is None or timex.latest is None:
        return "?"
    if timex.kind is TimexKind.DAY:
        return timex.earliest.isoformat()
    low, high = timex.earliest.isoformat(), timex.latest.isoformat()
    return f"[{low}..{high}]" if timex.kind is TimexKind.WINDOW else f"{low}/{high}"


def readings(text: str, published: date | None = FRIDAY) -> list[str]:
    return [reading(timex) for timex in find_timexes(text, published)]


# ---------------------------------------------------------------------------------------------- the rule file

EXAMPLES = [(rule, example) for rule in module._RULES.rules for example in rule.examples]
COUNTER = [(rule, example) for rule in module._RULES.rules for example in rule.counter_examples]


def _published(example: dict[str, str]) -> date | None:
    return date.fromisoformat(example["published"]) if "published" in example else None


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda value: getattr(value, "id", None))
def test_every_example_of_a_rule_is_read_by_it(rule: module.Rule, example: dict[str, str]) -> None:
    found = find_timexes(example["text"], _published(example))[int(example.get("nth", 0))]
    assert (found.rule, reading(found)) == (rule.id, example["expect"])


@pytest.mark.parametrize(("rule", "example"), COUNTER, ids=lambda value: getattr(value, "id", None))
def test_no_counter_example_of_a_rule_is_read_by_it(rule: module.Rule, example: dict[str, str]) -> None:
    assert rule.id not in [found.rule for found in find_timexes(example["text"], _published(example))]


def test_every_sense_is_known_and_every_start_is_a_word() -> None:
    for rule in module._RULES.rules:
        assert hasattr(module._Reader, f"read_{rule.sense}"), rule.id
        assert rule.extra["starts"], rule.id


# --------------------------------------------------------------------------- one expression, published 24 Feb


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # full dates in all spellings
        ("March 3, 2023", "2023-03-03"),
        ("Mar. 3, 2023", "2023-03-03"),
        ("3 March 2023", "2023-03-03"),
        ("3rd of March, 2023", "2023-03-03"),
        ("March the 3rd, 2023", "2023-03-03"),
        ("the third of March 2023", "2023-03-03"),
        ("Friday, March 3, 2023", "2023-03-03"),
        ("Friday 3rd March 2023", "2023-03-03"),
        ("March 3 (2023)", "2023-03-03"),
        ("March 3, '23", "2023-03-03"),
        ("2023-03-03", "2023-03-03"),
        ("2023/03/03", "2023-03-03"),
        ("2023 March 3", "2023-03-03"),
        ("3.3.2023", "2023-03-03"),
        ("23/03/2023", "2023-03-23"),
        ("03/23/2023", "2023-03-23"),
        ("December 27th, 1831", "1831-12-27"),
        ("the 21st\nof September 1806", "1806-09-21"),
        # partial dates
        ("Sept 3", "2023-09-03"),
        ("the fourth of August", "2023-08-04"),
        ("Wed 1 March 05:45 at the gate", "2023-03-01"),
        ("1 Mar 07.30 at the gate", "2023-03-01"),
        ("on the 28th", "2023-02-28"),
        ("Tuesday the 7th", "2023-03-07"),
        # ranges
        ("July 13-16", "2023-07-13/2023-07-16"),
        ("July 9-13, 2024", "2024-07-09/2024-07-13"),
        ("9–13 July", "2023-07-09/2023-07-13"),
        ("from the 28th of February to the 3rd of March", "2023-02-28/2023-03-03"),
        ("Feb. 28-March 3", "2023-02-28/2023-03-03"),
        ("28 Dec to 3 Jan", "2023-12-28/2024-01-03"),
        ("from Dec. 28, 2022 to Jan. 3", "2022-12-28/2023-01-03"),
        ("from May 28 through June 2, 2024", "2024-05-28/2024-06-02"),
        ("Dec. 30 to Jan. 2, 2025", "2024-12-30/2025-01-02"),
        ("between 3 and 7 April", "2023-04-03/2023-04-07"),
        ("between March 3 and March 7", "2023-03-03/2023-03-07"),
        ("March 1 and 2", "2023-03-01/2023-03-02"),
        ("March 1, 2 and 3", "2023-03-01/2023-03-03"),
        ("7 and 8 April", "2023-04-07/2023-04-08"),
        ("Sat 4 March – Mon 6 March", "2023-03-04/2023-03-06"),
        ("Monday 6 to Friday 10 March", "2023-03-06/2023-03-10"),
        ("12/09 to 14/09", "2023-09-12/2023-09-14"),
        ("Friday through Sunday", "2023-02-24/2023-02-26"),
        ("Tuesday and Wednesday", "2023-02-28/2023-03-01"),
        ("May 31-June 7", "2023-05-31/2023-06-07"),
        ("the 10th through the 12th of March", "2023-03-10/2023-03-12"),
        # months, seasons, feasts
        ("early March", "[2023-03-01..2023-03-10]"),
        ("mid-May", "[2023-05-11..2023-05-20]"),
        ("late June", "[2023-06-21..2023-06-30]"),
        ("the first week of March", "[2023-03-01..2023-03-07]"),
        ("the first half of April", "[2023-04-01..2023-04-15]"),
        ("the last two weeks of May", "[2023-05-18..2023-05-31]"),
        ("the first four days of January, 1921", "[1921-01-01..1921-01-04]"),
        ("the end of February 2024", "[2024-02-21..2024-02-29]"),
        ("week of March 6", "[2023-03-06..2023-03-12]"),
        ("the week of 8 March", "[2023-03-06..2023-03-12]"),
        ("weekend of June 3", "[2023-06-03..2023-06-04]"),
        ("in November", "[2023-11-01..2023-11-30]"),
        ("November of last year", "[2022-11-01..2022-11-30]"),
        ("next March", "[2023-03-01..2023-03-31]"),
        ("last March", "[2022-03-01..2022-03-31]"),
        ("summer 2024", "[2024-06-01..2024-08-31]"),
        ("in the summer of '23", "[2023-06-01..2023-08-31]"),
        ("winter 2025–26", "[2025-12-01..2026-02-28]"),
        ("Christmas Eve", "2023-12-24"),
        ("New Year’s Day 2024", "2024-01-01"),
        ("Easter 2024", "2024-03-31"),
        ("Good Friday", "2023-04-07"),
        ("Thanksgiving", "2023-11-23"),
        ("the Fourth of July", "2023-07-04"),
        ("Labor Day", "2023-09-04"),
        ("Memorial Day", "2023-05-29"),
        # seen from the publication day
        ("tomorrow", "2023-02-25"),
        ("the day after tomorrow", "2023-02-26"),
        ("yesterday", "2023-02-23"),
        ("last night", "2023-02-23"),
        ("tonight", "2023-02-24"),
        ("this Friday", "2023-02-24"),
        ("next Friday", "2023-03-03"),
        ("next Tuesday", "2023-02-28"),
        ("last Friday", "2023-02-17"),
        ("Wednesday week", "2023-03-08"),
        ("a week from Monday", "2023-03-06"),
        ("Friday of last week", "2023-02-17"),
        ("next week", "[2023-02-27..2023-03-05]"),
        ("last week", "[2023-02-13..2023-02-19]"),
        ("the week after next", "[2023-03-06..2023-03-12]"),
        ("early next week", "[2023-02-27..2023-03-01]"),
        ("this weekend", "[2023-02-25..2023-02-26]"),
        ("last weekend", "[2023-02-18..2023-02-19]"),
        ("next month", "[2023-03-01..2023-03-31]"),
        ("late next month", "[2023-03-21..2023-03-31]"),
        ("next year", "[2024-01-01..2024-12-31]"),
        ("three days ago", "2023-02-21"),
        ("two years ago", "[2021-01-01..2021-12-31]"),
        ("two weeks from now", "[2023-03-06..2023-03-12]"),
        ("in the coming days", "[2023-02-25..2023-03-03]"),
        ("the end of the month", "[2023-02-21..2023-02-28]"),
        ("in 2022", "[2022-01-01..2022-12-31]"),
        ("since 1994", "[1994-01-01..1994-12-31]"),
        ("in the 1990s", "[1990-01-01..1999-12-31]"),
        ("the 5th inst.", "2023-02-05"),
        ("the 3d ultimo", "2023-01-03"),
        ("the 4th prox.", "2023-03-04"),
        ("the 5th of next month", "2023-03-05"),
        ("the 20th of last month", "2023-01-20"),
        ("June 5 last year", "2022-06-05"),
        ("the 5th of June last.", "2022-06-05"),
        ("1st October next.", "2023-10-01"),
        ("June 4th, 1867", "1867-06-04"),
        # tickets, tables and the marks of other countries
        ("12MAR", "2023-03-12"),
        ("12MAR24", "2024-03-12"),
        ("12-Mar-24", "2024-03-12"),
        ("12 MAR 2024", "2024-03-12"),
        ("20240312", "2024-03-12"),
        ("2024-03-12T09:30", "2024-03-12"),
        ("12.IV.1921", "1921-04-12"),
        ("5 mo. 12th, 1790", "1790-05-12"),
        ("13.–15.3.2024", "2024-03-13/2024-03-15"),
        ("5/6 June", "2023-06-05/2023-06-06"),
        ("Mon–Wed", "2023-02-27/2023-03-01"),
        ("Sat. morning", "2023-02-25"),
        ("next Sat", "2023-02-25"),
        # days counted from a day
        ("two days after Christmas", "2023-12-27"),
        ("the Monday before Easter", "2023-04-03"),
        ("the week after Easter", "[2023-04-10..2023-04-16]"),
        ("the eve of 1 May", "2023-04-30"),
        ("a week from tomorrow", "2023-03-04"),
        ("a fortnight from today", "2023-03-10"),
        ("a week ago Tuesday", "2023-02-14"),
        ("Monday se'nnight", "2023-03-06"),
        ("the Tuesday before last", "2023-02-14"),
        ("to-morrow", "2023-02-25"),
        # weekdays, weekends and weeks of a month
        ("the second Tuesday in June", "2023-06-13"),
        ("the last Friday of this month", "2023-02-24"),
        ("the first weekend of May", "[2023-05-06..2023-05-07]"),
        ("the last week of the month", "[2023-02-22..2023-02-28]"),
        ("w/c 6 March", "[2023-03-06..2023-03-12]"),
        ("the week ending 12 March", "[2023-03-06..2023-03-12]"),
        ("the weekend of the 11th", "[2023-03-11..2023-03-12]"),
        ("later in the week", "[2023-02-23..2023-02-26]"),
        # quarters, halves, parts of years
        ("Q2 2024", "[2024-04-01..2024-06-30]"),
        ("the third quarter of 2024", "[2024-07-01..2024-09-30]"),
        ("the first half of next year", "[2024-01-01..2024-06-30]"),
        ("early 2024", "[2024-01-01..2024-05-01]"),
        ("the winter of 1903-4", "[1903-12-01..1904-02-29]"),
        ("in the 1800s", "[1800-01-01..1899-12-31]"),
        # no such day
        ("30 February", "impossible"),
        ("31/04/2024", "impossible"),
        ("June 31 to July 2", "impossible"),
        ("30-31 April", "impossible"),
        ("29 February 2023", "impossible"),
        ("29 February 2024", "2024-02-29"),
        # lengths and day numbers
        ("three nights", "3 nights"),
        ("a five-day trip", "5 days"),
        ("two weeks", "14 days"),
        ("a fortnight", "14 days"),
        ("twenty-one days", "21 days"),
        ("Day 3", "day 3"),
        ("Day 2-4", "day 2-4"),
        ("**Days 5 to 7:**", "day 5-7"),
        ("Day five", "day 5"),
        ("the third day", "day 3"),
        ("our 4th day", "day 4"),
        ("D+2", "day 3"),
        ("a couple of weeks", "14 days"),
        ("a week and a half", "10 days"),
        ("two or three nights", "3 nights"),
        ("4-5 days", "5 days"),
    ],
)
def test_one_expression(text: str, expected: str) -> None:
    assert readings(text) == [expected]


def test_an_impossible_day_says_so_and_keeps_its_parts() -> None:
    (found,) = find_timexes("We arrive on 31 June in Bath.", FRIDAY)
    assert (found.impossible, found.earliest, found.latest) == (True, None, None)
    assert (found.month, found.day, found.quote) == (6, 31, "31 June")
    assert not any(x.impossible for x in find_timexes("We arrive on 30 June, Friday, in Bath.", FRIDAY))


@pytest.mark.parametrize(
    "text",
    [
        "She may go there, and you may 5 times ask.",
        "Vitamin D3 helps; a D4 battery, D5 and the D10 road.",
        "Bring:\n4. Boots\n6. Hats\n9. Socks",
        "They march on.",
        "He told The Sun newspaper that the sun sat low.",
        "Just a second, please; the second try.",
        "The Group of 20 met, and so did the G-20.",
        "Doors open at 7.30 p.m. and close at 9.15.",
        "Take Route 66, then call +44 20 7946 0958.",
        "About 1,500 people were there, later 2000 people.",
        "Room 202 is free; the F-16 flew at 50-50 odds.",
        "We sat on the 747 to Rome.",
        "Fall down and spring a leak.",
        "In the fall of Kabul much was lost.",
        "Mix 3/4 of a cup; it costs 3.5 million or $12.50.",
        "The 5th floor, the 21st century, the 34th anniversary.",
        "April Ryan and June Carter met May Smith.",
        "The 4th Infantry Division marched.",
        "World Cup 2018 squad, Boeing 777, version 2.0.1.",
        "The server is 10.11.12.13.",
        "00/00/0000 and 2023-13-45.",
        "He is a 40-year-old and won 3-2.",
        "They walked for days and days.",
        "He flew to Easter Island.",
        "I have a day off.",
        "They spoke at the 26th Conference and the 3rd annual dinner.",
        "She led the 18th Airborne Corps for the 5th time.",
        "Pupils in 3rd, 4th, and 5th grade came.",
        "It runs three times a week and costs $30 a night.",
        "We meet every Friday and each summer.",
        "On Ukrainian Independence Day they sang.",
        "Shares rose 4 5/8 points.",
        "On a long road he came 3rd, she came 5th.",
        "Call +1 202 555 0100 after 12:15.",
        "On the eve of the battle they ate an Easter egg.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert readings(text) == []


# ------------------------------------------------------------------------------------------------------ tense


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He will arrive Thursday.", "2023-03-02"),
        ("He arrived Thursday.", "2023-02-23"),
        ("The office announced late Thursday a new tour.", "2023-02-23"),
        ("The contract is to be signed Wednesday.", "2023-03-01"),
        ("On Wednesday he landed in Quito.", "2023-02-22"),
        ("On Wednesday he’ll land in Quito.", "2023-03-01"),
        ("She leaves Quito on Wednesday.", "2023-03-01"),
        ("She went there in November.", "[2022-11-01..2022-11-30]"),
        ("She will go there in November.", "[2023-11-01..2023-11-30]"),
        ("They met on January 9.", "2023-01-09"),
        ("They will meet on January 9.", "2024-01-09"),
        ("She has asked him to come on Wednesday.", "2023-03-01"),
        ("She asked him on Wednesday.", "2023-02-22"),
        ("He was there this week.", "[2023-02-20..2023-02-24]"),
        ("He will be there this week.", "[2023-02-24..2023-02-26]"),
        ("They rested over the weekend.", "[2023-02-18..2023-02-19]"),
        ("They will rest over the weekend.", "[2023-02-25..2023-02-26]"),
        ("She will be back in two weeks.", "[2023-03-06..2023-03-12]"),
        ("They crossed the desert in two weeks.", "14 days"),
        ("He hoped to reach the coast by December 31.", "2023-12-31"),
        ("She has a talk on Thursday.", "2023-03-02"),
        ("She has given a talk on Thursday.", "2023-02-23"),
        ("Landed Thursday.", "2023-02-23"),
        ("They will go on from their November summit.", "[2022-11-01..2022-11-30]"),
        ("It will be his sixth visit in six months.", "180 days"),
        ("We had stayed there until Wednesday.", "2023-02-22"),
        ("She came on February 29.", "2020-02-29"),
    ],
)
def test_tense_decides(text: str, expected: str) -> None:
    assert readings(text) == [expected]


def test_the_caller_can_tell_the_tense() -> None:
    text = "Thursday, Lisbon."
    for tense, expected in (("past", "2023-02-23"), ("future", "2023-03-02"), ("present", "2023-03-02")):
        (found,) = find_timexes(text, FRIDAY, tense=lambda span, tense=tense: tense)
        assert reading(found) == expected


# -------------------------------------------------------------------------------------- left to right, chains

_JUNE = "2026-06-01"
STRIKE = """The strike began on November 3, 2022, in the north of the country, where it had been
announced long before, and it went on for weeks.
Trains, buses and ferries stood still, and so did the schools of most towns
along the coast and in the hills. The union met again, and nobody was pleased.
The president said Tuesday that he will visit the port on Sunday."""


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # a day told of in passing does not draw the weekdays after it
        (
            STRIKE,
            FRIDAY,
            ["2022-11-03", "2023-02-21", "2023-02-26"],
        ),
        # a ticket: the next day, and a range without a month
        (
            "12MAY26 LHR 22:40 LIM 05:15+1 then Cusco, 15th–18th.",
            None,
            ["2026-05-12", "2026-05-13", "2026-05-15/2026-05-18"],
        ),
        (
            "Left Falmouth 2 September 2024. Anchored at Vigo 9th, then Porto.",
            None,
            ["2024-09-02", "2024-09-09"],
        ),
        # rows of a table under a month
        (
            "May 2026\n\n3 | Bath\n4 | Wells\n\nJune 2026\n\n1 | Home\n",
            None,
            ["[2026-05-01..2026-05-31]", "2026-05-03", "2026-05-04", "[2026-06-01..2026-06-30]", _JUNE],
        ),
        # the month and the year named last
        (
            "We left Bath on May 4, 1803. On the morrow it rained. In June of that year, on the 9th, we met.",
            None,
            ["1803-05-04", "1803-05-05", "[1803-06-01..1803-06-30]", "1803-06-09"],
        ),
        # a month before which something is does not become the month told of
        (
            "We sailed on 20 September 2026. No letters came after March. We docked on the 25th.",
            None,
            ["2026-09-20", "[2027-03-01..2027-03-31]", "2026-09-25"],
        ),
        # anaphora
        (
            "Bath on May 4, 2019. The next morning we left. Two days later: Wells; that evening it rained.",
            None,
            ["2019-05-04", "2019-05-05", "2019-05-07", "2019-05-07"],
        ),
        (
            "We sailed on 28 December 1901, docked on the 31st and left on the 2nd.",
            None,
            ["1901-12-28", "1901-12-31", "1902-01-02"],
        ),
        ("He is there from August 2 to August 11, on the 6th in Lima.", date(2022, 7, 29), None),
        (
            "The wedding is on Saturday, 16 May 2026; we fly on the Monday after.",
            None,
            ["2026-05-16", "2026-05-18"],
        ),
        ("On 3 June 2026 we arrive. A week later we leave.", None, ["2026-06-03", "2026-06-10"]),
        (
            "On 3 June 2026 we arrive. The following week we leave.",
            None,
            ["2026-06-03", "[2026-06-08..2026-06-14]"],
        ),
        # the year of one date serves the others, on and back
        (
            "Nov. 17, 1933: Lima\nDec. 27: Quito\nJan. 9: Bogotá",
            None,
            ["1933-11-17", "1933-12-27", "1934-01-09"],
        ),
        ("We go on May 2 and come back on May 9, 2015.", None, ["2015-05-02", "2015-05-09"]),
        ("Spring tour 2031\n3 April Oslo\n5 April Bergen", None, None),
        # a run of weekdays goes on beyond the week
        (
            "He lands on Saturday. Sunday: rest. On Wednesday he speaks, on Friday he dines. Monday home.",
            date(2031, 5, 9),
            ["2031-05-10", "2031-05-11", "2031-05-14", "2031-05-16", "2031-05-19"],
        ),
        # "Friday" on a Friday, after Monday, is the next one; said Friday is today
        (
            "She lands on Monday, aides said Friday. On Friday she goes on.",
            FRIDAY,
            ["2023-02-27", "2023-02-24", "2023-03-03"],
        ),
        # next week, then a weekday of it
        (
            "He tours Asia next week. He lands in Seoul on Thursday.",
            date(2023, 2, 21),
            ["[2023-02-27..2023-03-05]", "2023-03-02"],
        ),
        # a diary goes forward
        (
            "5 May 2025. Bath.\n8 May — Wells. Out on the 10th.\n2 June. Home.",
            None,
            ["2025-05-05", "2025-05-08", "2025-05-10", "2025-06-02"],
        ),
        (
            "Month dates:\n02/16 Salem\n02/19 Austin\n03/01 Reno",
            date(2027, 1, 5),
            ["2027-02-16", "2027-02-19", "2027-03-01"],
        ),
        (
            "07/09 Ypres\n08/09 Menin\n10/09 Arras",
            date(2026, 6, 1),
            ["2026-09-07", "2026-09-08", "2026-09-10"],
        ),
    ],
)  # fmt: skip
def test_days_are_read_from_left_to_right(
    text: str, published: date | None, expected: list[str] | None
) -> None:
    found = readings(text, published)
    if expected is None:
        assert found[-1].endswith(("2022-08-06", "2031-04-05"))
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1939 she left. That same year she sang.", "[1939-01-01..1939-12-31]"),
        ("In 1939 she left. The following year she sang.", "[1940-01-01..1940-12-31]"),
        ("In 1939 she left. Three years later she sang.", "[1942-01-01..1942-12-31]"),
        (
            "She left on 4 May 1939. In 1941 came the war. Two years later she sang.",
            "[1943-01-01..1943-12-31]",
        ),
        ("In 1939 she left. On 4 May 1941 she sang, and two years later again.", "1943-05-04"),
    ],
)
def test_years_count_from_the_year_named_last(text: str, expected: str) -> None:
    assert readings(text, None)[-1] == expected


def test_a_month_takes_the_year_of_the_one_it_leads_to() -> None:
    assert readings("It lasted from March to May 2019.", None)[0] == "[2019-03-01..2019-03-31]"
    assert readings("It lasted from November to May 2019.", None)[0] == "[2018-11-01..2018-11-30]"
    assert (
        readings("It began in March, and in May 2019 it was over.", FRIDAY)[0] != "[2019-03-01..2019-03-31]"
    )


def test_this_week_said_on_a_sunday_is_the_one_that_begins() -> None:
    sunday = date(2023, 2, 26)
    assert readings("He will be there this week.", sunday) == ["[2023-02-26..2023-03-04]"]
    assert readings("He was there this week.", sunday) == ["[2023-02-20..2023-02-26]"]


def test_the_day_on_which_somebody_is_back_is_none_to_count_on_from() -> None:
    text = "He is back a week from Sunday. He comes to Oslo on Tuesday."
    assert readings(text, date(2011, 5, 28)) == ["2011-06-05", "2011-05-31"]


def test_a_report_may_speak_of_its_own_day() -> None:
    assert readings("On Tuesday he called. They told reporters Friday.", FRIDAY)[-1] == "2023-02-24"


def test_in_a_diary_today_is_the_day_of_the_entry() -> None:
    text = "Friday 12 June 2026: landed last night.\nSunday 14 June: Porto tomorrow.\n"
    assert readings(text, date(2026, 6, 17)) == ["2026-06-12", "2026-06-11", "2026-06-14", "2026-06-15"]


def test_without_publication_day_and_year_the_parts_are_kept() -> None:
    found = find_timexes("We go on May 4 and rest on Sunday. We stay until the 6th. Next week we work.", None)
    assert [reading(timex) for timex in found] == ["?"] * 4
    assert (found[0].month, found[0].day) == (5, 4)
    assert found[1].weekday == 6
    assert (found[2].day, found[2].bound) == (6, "until")


# ----------------------------------------------------------------------------------------- marks of a reading


@pytest.mark.parametrize(
    ("text", "bound", "time_of_day"),
    [
        ("until March 3", "until", ""),
        ("through March 3", "until", ""),
        ("by March 3", "by", ""),
        ("no later than March 3", "by", ""),
        ("starting Monday", "from", ""),
        ("since Monday morning", "since", "morning"),
        ("before Monday", "before", ""),
        ("after May 5", "after", ""),
        ("on the evening of March 3", "", "evening"),
        ("March 3 at 14:30", "", "14:30"),
        ("until the morning of the 6th", "until", "morning"),
        ("tomorrow night", "", "night"),
    ],
)
def test_bounds_and_times_of_day(text: str, bound: str, time_of_day: str) -> None:
    (found,) = find_timexes(text, FRIDAY)
    assert (found.bound, found.time_of_day) == (bound, time_of_day)


def test_a_wrong_weekday_is_marked_and_the_date_counts() -> None:
    (wrong,) = find_timexes("Tuesday, August 21, 2006", None)
    (right,) = find_timexes("Monday, August 21, 2006", None)
    assert (wrong.earliest, wrong.conflict, right.conflict) == (date(2006, 8, 21), True, False)


def test_a_weekday_helps_to_find_the_year() -> None:
    (found,) = find_timexes("Friday, 3 January", date(2024, 6, 30))
    assert found.earliest == date(2025, 1, 3)


@pytest.mark.parametrize(
    ("text", "expected", "ambiguous"),
    [
        ("12/05/2023", "2023-05-12", True),
        ("We leave from Austin, U.S., on 12/05/2023", "2023-12-05", True),
        ("12/05/2023 and 25/05/2023", "2023-05-12", False),
        ("12/05/2023 and 05/25/2023", "2023-12-05", False),
        ("Dates are day/month: 12/05/2023", "2023-05-12", False),
        ("Dates are month/day: 12/05/2023", "2023-12-05", False),
        ("05/05/2023", "2023-05-05", False),
    ],
)
def test_the_text_decides_between_day_and_month_first(text: str, expected: str, ambiguous: bool) -> None:
    found = find_timexes(text, None)[0]
    assert (reading(found), found.ambiguous) == (expected, ambiguous)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("March 3, 2023", Basis.STATED),
        ("March 3", Basis.RELATIVE),
        ("tomorrow", Basis.RELATIVE),
        ("On March 3, 2023. The next day", Basis.STATED),
    ],
)
def test_basis_tells_whether_the_publication_day_was_needed(text: str, basis: Basis) -> None:
    assert find_timexes(text, FRIDAY)[-1].basis is basis


# -------------------------------------------------------------------------------------------- publication day


@pytest.mark.parametrize(
    ("text", "expected", "basis"),
    [
        ("TOKYO, March 3, 2023 — The minister will leave.", "2023-03-03", "dateline"),
        ("LIMA (Feb. 28, 2023) – The minister will leave.", "2023-02-28", "dateline"),
        (
            "Office of the Mayor\nFor Immediate Release\nMay 1, 2015\n\nThe mayor travels.",
            "2015-05-01",
            "dateline",
        ),
        ("For immediate release: May 1, 2015\nThe mayor travels.", "2015-05-01", "header"),
        ("From: Jo\nDate: Thu, 12 Feb 2026 10:00\nSubject: plan\n\nWe go on Sunday.", "2026-02-12", "header"),
        ("Posted on May 28, 2026\nMy loop", "2026-05-28", "header"),
        ("My loop (posted 28 May 2026)\nWe go.", "2026-05-28", "header"),
        ("Published: 2024-07-01\nWe go.", "2024-07-01", "header"),
        ("Oslo, 4 May 1999\n\nDear all,", "1999-05-04", "dateline"),
        ("Trip, day one\n2017-05-22\n\nLeft.\n\n2017-05-24\n\nRain.", "2017-05-24", "dateline"),
    ],
)
def test_publication_day(text: str, expected: str, basis: str) -> None:
    found = publication_day(text)
    assert found is not None
    day, span, kind = found
    assert (day.isoformat(), kind) == (expected, basis)
    assert [timex.earliest for timex in find_timexes(span.of(text), None)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TOKYO — The minister will leave on March 3, 2023.",
        "The choir tours Spain from May 2 to May 9, 2015.",
        "TOKYO, March 3 — The minister will leave.",
        "Peace talks on May 4, 2015 and May 9, 2015 — a look back",
    ],
)
def test_no_publication_day(text: str) -> None:
    assert publication_day(text) is None


# -------------------------------------------------------------------------------------------------- all texts

WORDS = st.sampled_from(
    [
        "March",
        "May",
        "3",
        "31",
        "30",
        "29",
        "the",
        "of",
        "2023",
        "0",
        "9999",
        "1",
        "12/05",
        "2023-02-30",
        "12.5.",
        "Monday",
        "Friday",
        "next",
        "last",
        "week",
        "to",
        "-",
        "–",
        "until",
        "on",
        "in",
        "and",
        "two",
        "days",
        "later",
        "ago",
        "Christmas",
        "Easter",
        "Day",
        "Days",
        "night",
        "nights",
        "from",
        "between",
        "through",
        "5th",
        "first",
        "spring",
        "weekend",
        "tomorrow",
        ",",
        ".",
        "\n",
        "1999",
        "'23",
        "early",
        "late",
        "end",
        "month",
        "year",
        "following",
        "same",
        "that",
        "a",
        "went",
        "will",
        "1000",
        "3/4/0001",
        "99",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=30), st.sampled_from([None, FRIDAY, date.min, date.max, date(2024, 2, 29)]))
def test_no_text_raises_and_quotes_equal_their_spans(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    found = find_timexes(text, published)
    end = 0
    for timex in found:
        assert timex.span.start >= end
        end = timex.span.end
        assert timex.quote == timex.span.of(text)
        assert (timex.earliest is None) == (timex.latest is None)
        if timex.earliest and timex.latest:
            assert timex.earliest <= timex.latest
        if timex.kind is TimexKind.DAY:
            assert timex.earliest == timex.latest


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from([None, FRIDAY]))
def test_any_characters_are_read_without_failure(text: str, published: date | None) -> None:
    find_timexes(text, published)
    publication_day(text)


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_full_date_is_read_back(day: date) -> None:
    for form in ("%B {d}, %Y", "{d} %B %Y", "%A, {d} %b %Y", "%Y-%m-%d"):
        text = day.strftime(form.replace("{d}", str(day.day))).replace(day.strftime("%Y"), f"{day.year:04}")
        (found,) = find_timexes(text, None)
        assert (found.earliest, found.conflict) == (day, False)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_next_week_is_monday_to_sunday_after(day: date) -> None:
    (found,) = find_timexes("She will go next week.", day)
    assert found.earliest is not None
    assert found.latest is not None
    assert (found.earliest.weekday(), found.latest.weekday()) == (0, 6)
    assert 1 <= (found.earliest - day).days <= 7


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "March ",
        "1/1/",
        "May 5, ",
        "March 1, ",
        "1, ",
        "1-",
        "Mon 1\n",
        "the ",
        "a day and ",
        "2020-",
        "\n1 May",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begin = time.perf_counter()
    find_timexes(text, FRIDAY)
    publication_day(text)
    assert time.perf_counter() - begin < 10
