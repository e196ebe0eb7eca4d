"""All steps in order: from a text to an itinerary."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

import itinerary
from itinerary import InputError, Itinerary, Kind, Role
from itinerary.reader import MAX_CHARACTERS, analyse, read

ROOT = Path(__file__).resolve().parents[2]
TRIP = (
    "Foreign Minister Elena Marques will travel to Japan and Vietnam next week before going to Indonesia "
    "for a meeting of ministers. She will begin in Tokyo, where she will meet her counterpart. She will then "
    "go to Hanoi for talks. The meeting opens in Jakarta after that. A visit to Manila was postponed."
)


DATELINE = "BERLIN, 3 May 2024 — Foreign Minister Elena Marques will travel to Oslo on Monday for talks."


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "The text is empty"),
        (" \n\t\r\n ", "The text is empty"),
        ("\u00a0\u2003", "The text is empty"),
        ("x" * (MAX_CHARACTERS + 1), "2,000,001 characters"),
        ("\x00\x01PK\x03\x04" * 50, "does not look like text"),
        ("\ufffd" * 100, "does not look like text"),
    ],
)
def test_what_cannot_be_read(text: str, match: str) -> None:
    with pytest.raises(InputError, match=match):
        read(text)


@pytest.mark.parametrize("day", ["yesterday", "2023-02-30", "24/02/2023", "", "20230230"])
def test_a_publication_day_that_is_none(day: str) -> None:
    with pytest.raises(InputError, match="is not a date"):
        read(TRIP, day)


@pytest.mark.parametrize("day", ["2024-09-06", " 2024-09-06 ", date(2024, 9, 6)])
def test_a_publication_day_as_words_or_date(day: date | str) -> None:
    trip = read(TRIP, day)
    assert (trip.published, trip.published_basis) == (date(2024, 9, 6), "given")


def test_a_moment_is_no_publication_day_but_its_day_is() -> None:
    """A `datetime` is a `date`, too; the reader must not trip over it."""
    moment = datetime(2024, 9, 6, 13, 30)  # noqa: DTZ001
    assert [s.arrive for s in read(TRIP, moment).stops] == [s.arrive for s in read(TRIP, "2024-09-06").stops]


def test_a_whole_trip() -> None:
    trip = read(TRIP, "2024-09-06")
    assert [s.place.name for s in trip.stops] == ["Tokyo", "Hanoi", "Jakarta"]
    assert trip.traveller is not None
    assert "Elena Marques" in trip.traveller
    assert {m.toponym: m.reading for m in trip.set_aside}["Manila"] == "cancelled"
    for stop in trip.stops:
        assert stop.role is Role.STOP
        assert stop.evidence[0].about == "place"


def test_the_range_of_the_trip_is_the_window_of_its_stops() -> None:
    for stop in read(TRIP, "2024-09-06").stops:
        assert stop.arrive is not None
        assert stop.arrive.edtf == "[2024-09-09..2024-09-15]"


def test_the_publication_day_moves_the_days_and_nothing_else() -> None:
    one, other = read(TRIP, "2024-09-06"), read(TRIP, "2030-01-04")
    assert [s.place for s in one.stops] == [s.place for s in other.stops]
    assert {s.arrive.earliest.year for s in other.stops if s.arrive and s.arrive.earliest} == {2030}


def test_a_traveller_who_is_given_is_kept() -> None:
    assert read(TRIP, traveller="Tom Okafor").traveller == "Tom Okafor"


def test_a_dateline_gives_the_publication_day_and_says_so() -> None:
    trip = read(DATELINE)
    assert (trip.published, trip.published_basis) == (date(2024, 5, 3), "dateline")
    assert [i.code for i in trip.issues] == ["publication-day-found"]


def test_the_day_of_a_dateline_is_no_day_of_the_trip() -> None:
    assert [s.arrive and s.arrive.edtf for s in read(DATELINE).stops] == ["2024-05-06"]


def test_a_dateline_is_no_stop() -> None:
    assert [s.place.name for s in read(DATELINE).stops] == ["Oslo"]


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("On 3 May 2024 I fly from Lisbon to Rome.", ["Lisbon", "Rome"]),
        ("We spent three days in Rome, then flew to Oslo.", ["Rome", "Oslo"]),
        ("The president will travel to Kenya on Monday.", ["Kenya"]),
        ("Elena Marques will travel to Kazakhstan and then to India.", ["Kazakhstan", "India"]),
        ("Trip to Japan", ["Japan"]),
        ("Day 1: Lisbon\nDay 2: Porto\nDay 3: Vigo", ["Lisbon", "Porto", "Vigo"]),
        ("3 May 2024 – Oslo\n5 May 2024 – Bergen", ["Oslo", "Bergen"]),
        ("She will visit Kazakhstan and India.", ["Kazakhstan", "India"]),
        ("Elena Marques will visit Kazakhstan and India.", ["Kazakhstan", "India"]),
        ("I will visit Kazakhstan and India.", ["Kazakhstan", "India"]),
        ("She will go to Kazakhstan and then to India.", ["Kazakhstan", "India"]),
        ("They visited Kenya, Uganda and Rwanda.", ["Kenya", "Uganda", "Rwanda"]),
        ("She flew to New York.", ["New York"]),
        ("She flew to Oslo from Rome.", ["Rome", "Oslo"]),
        ("In May 2024 she will visit Kenya.", ["Kenya"]),
        ("We drove to Leeds with our friend Mary and then on to York.", ["Leeds", "York"]),
        ("We flew to Rome and arrived at Jenny’s place at ten.", ["Rome"]),
        ("We slept at the Hotel Lisboa in Porto and drove to Braga.", ["Porto", "Braga"]),
        ("In Burgos we saw the tomb of St. Martin, and in Siena we slept.", ["Burgos", "Siena"]),
        ("We play Leeds on 4 April, York on 6 April and Hull on 7 April.", ["Leeds", "York", "Hull"]),
        ("We stayed at Mai & Joe’s house in Cork and drove to Galway.", ["Cork", "Galway"]),
        ("We are four friends who drive from Leeds to York and Oslo.", ["Leeds", "York", "Oslo"]),
        ("We walked from Pamplona to Alto del Perdón.", ["Pamplona", "Alto del Perdón"]),
        ("We cruised aboard Ventura from Southampton to Bergen.", ["Southampton", "Bergen"]),
        (
            "May 3 (UPI) — Florence + the Mills announce a tour. The band plays Oslo on June 4, tickets £9.",
            ["Oslo"],
        ),
        ("We board our flight at Heathrow airport in London and land in Lisbon.", ["London", "Lisbon"]),
    ],
)
def test_plain_words(text: str, stops: list[str]) -> None:
    assert [s.place.name for s in read(text).stops] == stops


@pytest.mark.parametrize(
    "text",
    [
        "The price of oil rose in Norway because of the war in Ukraine.",
        "A bell that was cast in Antwerp hangs in Ghent.",
        "It rained all day.",
        "Der Minister reist nach Astana.",
        "?",
        "🙂",
    ],
)
def test_no_trip_is_no_error_and_no_silence(text: str) -> None:
    trip = read(text)
    assert trip.stops == ()
    assert len(trip.issues) == 1


def everything(trip: Itinerary) -> list[str]:
    """List what is wrong with the references of an itinerary."""
    wrong = []
    evidence = [e for s in trip.stops for e in s.evidence]
    evidence += [m.evidence for m in trip.mentions] + [p.evidence for p in trip.precedences]
    wrong += [f"{e.quote!r} at {e.span}" for e in evidence if e.span.of(trip.text) != e.quote]
    held = [k for s in trip.stops for k in s.mentions]
    wrong += [f"mention {k}" for k in held if not 0 <= k < len(trip.mentions)]
    wrong += [f"no evidence: {s.place.name}" for s in trip.stops if not s.evidence or not s.mentions]
    wrong += [f"sure? {s.confidence}" for s in trip.stops if not 0 <= s.confidence <= 1]
    return wrong


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard" / "samples").glob("*.txt")), ids=lambda p: p.stem)
def test_quotes_and_numbers_refer_to_the_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for form in (text, text.replace("\n", "\r\n"), "🙂" + text):
        trip = read(form, "2025-01-20")
        assert trip.text == form
        assert everything(trip) == []
        assert trip.mentions == tuple(sorted(trip.mentions, key=lambda m: m.span))


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard" / "samples").glob("*.txt")), ids=lambda p: p.stem)
def test_every_place_named_is_a_stop_or_set_aside(path: Path) -> None:
    trip = read(path.read_text(encoding="utf-8"), "2025-01-20")
    shown = {(s.place.name, s.place.country) for s in trip.stops}
    shown |= {(m.place.name, m.place.country) if m.place else (m.toponym, None) for m in trip.set_aside}
    countries = {s.place.country for s in trip.stops}  # the country of a stop is told by the stop
    of_stops = {k for s in trip.stops for k in s.mentions}
    lost = set()
    for k, m in enumerate(trip.mentions):
        key = (m.place.name, m.place.country) if m.place else (m.toponym, None)
        around = m.place is not None and m.place.kind is Kind.COUNTRY and m.place.country in countries
        if k not in of_stops and key not in shown and not around:
            lost.add(m.toponym)
    assert lost == set()


@pytest.mark.parametrize("name", ["email", "official", "pacific", "small", "tour", "voyage"])
def test_line_ends_change_nothing(name: str) -> None:
    text = (ROOT / "dashboard" / "samples" / f"{name}.txt").read_text(encoding="utf-8")
    one, other = read(text, "2025-01-20"), read(text.replace("\n", "\r\n"), "2025-01-20")
    assert [(s.place, s.arrive, s.depart, s.role) for s in one.stops] == [
        (s.place, s.arrive, s.depart, s.role) for s in other.stops
    ]


def test_the_analysis_runs_in_parallel() -> None:
    a = analyse(TRIP, date(2024, 9, 6))
    assert len(a.toponyms) == len(a.places) == len(a.contexts)
    grouped = [k for g in a.groups for k in g.members]
    assert len(set(grouped)) == len(grouped)
    assert all(k in range(len(a.toponyms)) for k in grouped)


def test_reading_hangs_on_no_clock_locale_or_seed_of_hashes() -> None:
    program = (
        "import itinerary, sys; trip = itinerary.read(sys.argv[1]);"
        "print([(s.place.name, s.arrive, s.evidence) for s in trip.stops], trip.set_aside, trip.issues)"
    )
    found = set()
    for seed, zone, language in (("1", "UTC", "C"), ("2", "Pacific/Kiritimati", "tr_TR.UTF-8")):
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": language,
            "PYTHONUTF8": "1",
        }
        done = subprocess.run(
            [sys.executable, "-c", program, TRIP], capture_output=True, check=True, cwd=ROOT, env=surroundings
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_importing_the_package_loads_neither_pandas_nor_dash() -> None:
    program = "import sys, itinerary; print([m for m in ('pandas', 'dash', 'plotly') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT, text=True
    )
    assert done.stdout.strip() == "[]"


def test_the_public_reader_is_this_one() -> None:
    assert itinerary.read is read


TOWNS = ("Bergen", "Lyon", "Porto", "Graz", "Turin", "Split", "Gdansk", "Ghent", "Malaga", "Tampere")


@pytest.mark.parametrize(
    "piece",
    [
        "{town}, ",
        "5 May 2024, ",
        "three days in {town}, for two weeks ",
        "{n} May: {town}, France\n",
        "[05/05/2024, 12:{n:02}] Ana: I am in {town}\n",
    ],
)
def test_a_text_twice_as_long_takes_no_more_than_about_twice_as_many_steps(piece: str) -> None:
    def steps(count: int) -> int:
        text = "".join([piece.format(n=n % 28 + 1, town=TOWNS[n * n % 10]) for n in range(count)])
        made = 0

        def count_call(*_: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(count_call)
        try:
            read(text)
        finally:
            sys.setprofile(None)
        return made

    steps(10)  # words are looked up once
    assert steps(400) < 2.4 * steps(200)
