from __future__ import annotations

import csv as plain_csv
import io
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given

from itinerary.errors import InputError
from itinerary.formats.csv import dumps, loads, read_csv, write_csv
from itinerary.model import Itinerary
from itinerary.table import COLUMNS, to_frame
from tests.strategies import itineraries


def cells(document: str) -> list[dict[str, str]]:
    return list(plain_csv.DictReader(io.StringIO(document, newline="")))


def test_a_row_as_others_see_it(trip: Itinerary) -> None:
    first, second = cells(dumps(trip))
    assert list(first) == list(COLUMNS)
    assert (first["stop"], first["country"], first["country_name"]) == ("1", "NA", "Namibia")
    assert (first["arrive_earliest"], first["depart_latest"]) == ("", "1866-05-03")
    assert second["people"] == "the mayor\\; and his wife; Jón\\\\Páll"
    assert second["longitude"] == "-21.89541", "a negative number is no formula"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "'=", "''+"])
def test_no_cell_is_a_formula(trip: Itinerary, start: str, tmp_path: Path) -> None:
    title = f"{start}1+1"
    risky = replace(trip, stops=(replace(trip.stops[1], title=title),))
    (row,) = cells(dumps(risky))
    assert row["title"] == f"'{title}"
    assert loads(dumps(risky)).stops[0].title == title
    write_csv(to_frame(risky), tmp_path / "trip.csv")
    assert read_csv(tmp_path / "trip.csv")["title"].tolist() == [title]


@pytest.mark.parametrize("title", ["'tis spring", "''", "10 = ten"])
def test_other_apostrophes_are_left_alone(trip: Itinerary, title: str) -> None:
    calm = replace(trip, stops=(replace(trip.stops[1], title=title),))
    assert cells(dumps(calm))[0]["title"] == title
    assert loads(dumps(calm)).stops[0].title == title


@given(itineraries())
def test_the_stops_survive(itinerary: Itinerary) -> None:
    document = dumps(itinerary)
    assert loads(document).stops == itinerary.stops
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "trip.csv")
        write_csv(to_frame(itinerary), path)
        assert path.read_bytes().decode() == document
        pd.testing.assert_frame_equal(read_csv(path), to_frame(itinerary))


def test_a_frame_survives_the_file(trip: Itinerary, tmp_path: Path) -> None:
    frame = to_frame(trip)
    write_csv(frame, tmp_path / "trip.csv")
    pd.testing.assert_frame_equal(read_csv(tmp_path / "trip.csv"), frame)
    assert (tmp_path / "trip.csv").read_bytes().decode() == dumps(trip), "both ways write the same"


def test_an_empty_trip_has_a_header(tmp_path: Path) -> None:
    assert dumps(Itinerary("")) == ",".join(COLUMNS) + "\n"
    write_csv(to_frame(Itinerary("")), tmp_path / "trip.csv")
    pd.testing.assert_frame_equal(read_csv(tmp_path / "trip.csv"), to_frame(Itinerary("")))


def test_a_file_from_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "trip.csv"
    path.write_bytes("\ufeffplace,arrive_earliest,nights\r\nÅre,2020-01-02, 3 \r\n\r\n".encode())
    frame = read_csv(path)
    assert (frame["place"].tolist(), frame["nights"].tolist()) == (["Åre"], [3])
    assert frame["arrive_earliest"].tolist() == [pd.Timestamp("2020-01-02")]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "no column “place”"),
        (b"place,role\nOslo\n", "Row 1 of the table has 1 cells, its header 2"),
        (b'place\n"Oslo', "This is not a CSV table"),
        (b"place\n\xc5re\n", "is not UTF-8"),
        (b"place,nights\nOslo,two\n", "Column “nights”"),
    ],
)
def test_faulty_files(document: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "trip.csv"
    path.write_bytes(document)
    with pytest.raises(InputError, match=words):
        read_csv(path)
