from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itinerary.errors import InputError
from itinerary.model import DateWindow, Itinerary, Kind, Place, Role, Stop
from itinerary.table import (
    COLUMNS,
    SET_ASIDE_COLUMNS,
    country_name,
    from_frame,
    join_people,
    set_aside_frame,
    split_people,
    to_frame,
)
from tests.strategies import itineraries, names


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def test_columns_have_their_names_order_and_dtypes(trip: Itinerary) -> None:
    frame = to_frame(trip)
    assert dtypes(frame) == {name: column.dtype for name, column in COLUMNS.items()}
    assert list(frame.columns) == list(COLUMNS)
    assert isinstance(frame.index, pd.RangeIndex)
    assert all(column.meaning for column in COLUMNS.values())


def test_values_of_a_row(trip: Itinerary) -> None:
    row = to_frame(trip).iloc[1]
    assert (row["stop"], row["place"], row["country"], row["kind"]) == (2, "Reykjavík", "IS", "city")
    assert row["arrive_earliest"] == pd.Timestamp("1866-05-03")
    assert row["depart_earliest"] == pd.Timestamp("1866-05-04")
    assert pd.isna(row["depart_latest"])
    assert pd.isna(row["arrive_day"])
    assert (row["nights"], row["role"], row["purpose"], row["basis"]) == (2, "stop", "leisure", "relative")
    assert row["people"] == ("the mayor; and his wife", "Jón\\Páll")
    assert trip.text[row["quote_start"] : row["quote_end"]] == row["quote"] == "Reykjavík"
    assert row["confidence"] == 0.875


def test_namibia_is_a_country_and_no_missing_value(trip: Itinerary) -> None:
    frame = to_frame(trip)
    assert frame["country"].tolist() == ["NA", "IS"]
    assert not frame["country"].isna().any()


def test_country_names() -> None:
    assert country_name("NA") == "Namibia"
    assert country_name("KZ") == "Kazakhstan"
    assert country_name("XX") == "XX"
    assert country_name(None) is None


def test_a_trip_without_stops_gives_an_empty_table_of_the_same_columns() -> None:
    frame = to_frame(Itinerary(""))
    assert len(frame) == 0
    assert dtypes(frame) == {name: column.dtype for name, column in COLUMNS.items()}
    aside = set_aside_frame(Itinerary(""))
    assert dtypes(aside) == {name: column.dtype for name, column in SET_ASIDE_COLUMNS.items()}
    assert from_frame(frame) == Itinerary("")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1492, 8, 3), date(1866, 5, 3), date(9999, 12, 31)])
def test_days_far_from_ours(day: date) -> None:
    place = Place("Palos", "ES", None, None, Kind.CITY)
    frame = to_frame(Itinerary("", stops=(Stop(place, arrive=DateWindow(day, day)),)))
    assert str(frame["arrive_earliest"].dtype) == "datetime64[s]"
    back = from_frame(frame).stops[0]
    assert back.arrive == DateWindow(day, day)
    assert back.depart is None


def test_places_set_aside(trip: Itinerary) -> None:
    frame = set_aside_frame(trip)
    assert dtypes(frame) == {name: column.dtype for name, column in SET_ASIDE_COLUMNS.items()}
    row = frame.iloc[0]
    assert (row["place"], row["country"], row["reading"], row["reason"]) == (
        "Lima",
        "PE",
        "past",
        "an earlier trip",
    )
    assert trip.text[row["quote_start"] : row["quote_end"]] == row["quote"] == "Lima"
    assert len(frame) == 1


@given(itineraries())
def test_the_table_holds_stops_without_loss(itinerary: Itinerary) -> None:
    back = from_frame(to_frame(itinerary), itinerary.text, itinerary.published, itinerary.traveller)
    pd.testing.assert_frame_equal(to_frame(back), to_frame(itinerary))
    same_basis = [s.basis for s in to_frame(itinerary).itertuples()]
    assert [s.place for s in back.stops] == [s.place for s in itinerary.stops]
    assert [s.evidence for s in back.stops] == [s.evidence for s in itinerary.stops]
    assert len(same_basis) == len(back.stops)
    assert back == itinerary


def test_a_filtered_table_is_numbered_anew(trip: Itinerary) -> None:
    frame = to_frame(trip)
    back = from_frame(frame[frame["country"] == "IS"], trip.text)
    assert [stop.place.name for stop in back.stops] == ["Reykjavík"]
    assert to_frame(back)["stop"].tolist() == [1]


def test_only_the_place_must_be_there() -> None:
    back = from_frame(pd.DataFrame({"place": ["Oslo"], "colour": ["red"]}))
    assert back.stops == (Stop(Place("Oslo", None, None, None, Kind.CITY)),)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        ({"town": ["Oslo"]}, "no column “place”"),
        ({"place": ["Oslo", "Rome"], "role": ["stop", "halt"]}, "Row 2.*“halt” is not one of origin, stop"),
        ({"place": ["Oslo"], "kind": ["village"]}, "Row 1.*“village” is not one of city"),
        ({"place": ["Oslo"], "latitude": [99.0], "longitude": [10.0]}, "Row 1.*not on the globe"),
        ({"place": ["Oslo"], "latitude": [59.9]}, "Row 1.*go together"),
        ({"place": ["Oslo"], "arrive_earliest": ["next week"]}, "Column “arrive_earliest”"),
        ({"place": ["Oslo"], "nights": ["two"]}, "Column “nights”"),
        (
            {"place": ["Oslo"], "arrive_earliest": ["2020-02-02"], "arrive_latest": ["2020-02-01"]},
            "Row 1.*window reversed",
        ),
        (
            {"place": ["Oslo"], "quote": ["Oslo"], "quote_start": [3], "quote_end": [7]},
            "do not stand in the text",
        ),
    ],
)
def test_a_faulty_table_is_refused_with_row_and_column(frame: dict[str, list[object]], words: str) -> None:
    with pytest.raises(InputError, match=words):
        from_frame(pd.DataFrame(frame), text="Oslo and Rome")


@given(st.lists(names, max_size=4).map(tuple))
def test_people_share_a_cell_without_loss(people: tuple[str, ...]) -> None:
    assert split_people(join_people(people)) == people


def test_a_cell_of_people_written_by_hand() -> None:
    assert split_people("Ana; the mayor;Bo") == ("Ana", "the mayor", "Bo")
    assert split_people("") == ()


def test_roles_are_those_of_the_model() -> None:
    frame = pd.DataFrame({"place": ["A"] * len(Role), "role": list(Role)})
    assert [stop.role for stop in from_frame(frame).stops] == list(Role)
