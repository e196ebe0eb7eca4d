"""The annotated texts that the weights are learned from hold what their annotation says."""

from __future__ import annotations

import csv
import itertools
import json
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
COUNTRIES = HERE.parents[1] / "itinerary" / "data" / "countries.csv"
FILES = tuple(sorted(path.name for path in HERE.glob("*.jsonl")))
FIELDS = {"id", "source", "kind", "published", "traveller", "stops", "not_stops", "text"}
STOP_FIELDS = {
    "place", "country", "granularity", "lat", "lon", "arrive", "depart", "role", "purpose", "title", "with",
}  # fmt: skip
OPTIONAL = {"arrive_day", "depart_day", "aliases"}
KINDS = {"official", "news", "personal", "tour", "business", "other"}
GRANULARITIES = {"city", "country", "region", "site"}
ROLES = {"origin", "stop", "transit", "return"}
PURPOSES = {
    "bilateral", "multilateral", "ceremony", "speech", "leisure", "business",
    "performance", "sport", "pilgrimage", "personal", "unknown",
}  # fmt: skip


def read_lines(name: str) -> list[dict[str, Any]]:
    """Read one file of annotated texts."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def fold(text: str) -> str:
    """Lower-case letters and digits, blanks made one."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return f" {' '.join(kept.split())} "


def countries() -> set[str]:
    """Codes of the countries that the reader knows."""
    with COUNTRIES.open(encoding="utf-8", newline="") as handle:
        return {row["code"] for row in csv.DictReader(handle)}


TEXTS = [text for name in FILES for text in read_lines(name)]
KNOWN_COUNTRIES = countries()
of_text = pytest.mark.parametrize("text", TEXTS, ids=[t["id"] for t in TEXTS])


def window(value: list[str] | None) -> tuple[date, date] | None:
    """Read a window of days; an ISO day that does not exist is an error."""
    if value is None:
        return None
    earliest, latest = (date.fromisoformat(day) for day in value)
    assert [earliest.isoformat(), latest.isoformat()] == value
    assert earliest <= latest
    return earliest, latest


def test_identifiers_are_unique() -> None:
    """No text stands twice in the files."""
    assert [k for k, n in Counter(t["id"] for t in TEXTS).items() if n > 1] == []
    assert [k for k, n in Counter(t["text"] for t in TEXTS).items() if n > 1] == []


@of_text
def test_text_has_the_fields_of_an_annotation(text: dict[str, Any]) -> None:
    """Every field is there, none besides, and kind and day of publication are of the allowed ones."""
    assert set(text) == FIELDS
    assert text["kind"] in KINDS
    assert text["published"] is None or date.fromisoformat(text["published"]).isoformat() == text["published"]
    assert text["traveller"] is None or fold(text["traveller"]) in fold(text["text"])


@of_text
def test_what_is_no_stop_occurs_and_is_none(text: dict[str, Any]) -> None:
    """A false friend stands in the text, once in the list, and is not the name of a stop too."""
    names = [fold(n) for n in text["not_stops"]]
    assert [n for n in names if n not in fold(text["text"])] == []
    assert [n for n, times in Counter(names).items() if times > 1] == []
    assert {fold(s["place"]) for s in text["stops"]} & set(names) == set()


@of_text
def test_stops_have_allowed_values(text: dict[str, Any]) -> None:
    """Country, kind of place, role and purpose are of the allowed ones; a position is a whole one."""
    for stop in text["stops"]:
        assert set(stop) - OPTIONAL == STOP_FIELDS, stop["place"]
        assert stop["country"] is None or stop["country"] in KNOWN_COUNTRIES, stop["place"]
        assert stop["granularity"] in GRANULARITIES, stop["place"]
        assert stop["role"] in ROLES, stop["place"]
        assert stop["purpose"] in PURPOSES, stop["place"]
        assert (stop["lat"] is None) == (stop["lon"] is None), stop["place"]
        assert stop["lat"] is None or (-90 <= stop["lat"] <= 90 and -180 <= stop["lon"] <= 180), stop["place"]


@of_text
def test_stops_occur_in_the_text(text: dict[str, Any]) -> None:
    """The text names each place, or describes it in the words given as alias."""
    said = fold(text["text"])
    unsaid = [
        stop["place"]
        for stop in text["stops"]
        if not any(fold(name) in said for name in [stop["place"], *stop.get("aliases", [])])
    ]
    assert unsaid == []


@of_text
def test_days_are_in_order(text: dict[str, Any]) -> None:
    """Nobody leaves before having come, by dates or by numbers of days."""
    for stop in text["stops"]:
        arrive, depart = window(stop["arrive"]), window(stop["depart"])
        if arrive and depart:
            assert arrive[0] <= depart[0], stop["place"]
            assert arrive[1] <= depart[1], stop["place"]
        days = [day for key in ("arrive_day", "depart_day") if (day := stop.get(key)) is not None]
        assert days == sorted(days), stop["place"]
        assert not days or (arrive is None and depart is None), stop["place"]


@of_text
def test_arrivals_follow_the_order_of_travel(text: dict[str, Any]) -> None:
    """Whoever comes to the next place has not surely come later to the one before."""
    dated = [w for s in text["stops"] if (w := window(s["arrive"]))]
    for before, after in itertools.pairwise(dated):
        # A day trip is listed behind its base, so only arrivals are compared.
        assert before[0] <= after[1]
