"""The table of stops as CSV: UTF-8, one header line, safe to open in a spreadsheet.

Written and read cell by cell, so that Namibia's ``NA`` is no missing value, years before 1677 are
days like others, and the command line needs no pandas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itinerary.errors import InputError
from itinerary.formats.files import write_text
from itinerary.model import Itinerary
from itinerary.table import COLUMNS, from_frame, join_people, rows, split_people, to_frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["dumps", "loads", "read_csv", "write_csv"]

# A spreadsheet runs a cell that starts like a formula; an apostrophe before it makes it plain text.
# A cell that starts so after apostrophes of its own gets one more: reading always takes one away.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def dumps(itinerary: Itinerary) -> str:
    """Return the CSV document of an itinerary's stops, with the columns of `table.COLUMNS`."""
    return _write(rows(itinerary))


def loads(document: str) -> Itinerary:
    """Return the itinerary in a CSV document, as far as its columns go.

    Raises
    ------
    InputError
        If it is no such table; the message names row and column.
    """
    return from_frame(_read(document))


def write_csv(frame: pd.DataFrame, path: str | Path) -> None:
    """Write a table of stops (`table.to_frame`, or rows of it) to a CSV file.

    Raises
    ------
    OSError
        If the file cannot be written; one that was there is then still whole.
    """
    write_text(Path(path), _write(_plain(frame)))


def read_csv(path: str | Path) -> pd.DataFrame:
    """Read a table of stops from a CSV file: the inverse of `write_csv`.

    Columns that the file lacks take their defaults, others than those of `table.COLUMNS` are left
    out, and the stops are numbered anew.

    Raises
    ------
    InputError
        If it is no such table; the message names row and column.
    OSError
        If the file cannot be read.
    """
    try:
        document = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text. Save it as “CSV UTF-8”.") from None
    return to_frame(loads(document))


def _write(table: Iterable[Mapping[str, Any]]) -> str:
    lines = [COLUMNS, *([_cell(row[name]) for name in COLUMNS] for row in table)]
    return "".join(",".join(map(_quoted, line)) + "\n" for line in lines)


def _quoted(cell: str) -> str:
    # The csv module leaves a lone carriage return without quotes and then cannot read it.
    if not re.search(r'[",\r\n]', cell):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        value = join_people(value)
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    return value.isoformat() if isinstance(value, date) else repr(value)


def _plain(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Give the rows of a frame as plain values, None where one is missing."""
    import pandas as pd

    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise InputError(f"The table has no column “{missing[0]}”.")
    for row in frame[list(COLUMNS)].to_dict("records"):
        yield {
            str(name): value.date()
            if isinstance(value, pd.Timestamp)
            else None
            if not isinstance(value, tuple) and pd.isna(value)
            else value
            for name, value in row.items()
        }


def _read(document: str) -> pd.DataFrame:
    import pandas as pd

    try:
        table = list(csv.reader(io.StringIO(document.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise InputError(f"This is not a CSV table: {error}.") from None
    header = [name.strip() for name in table[0]] if table else []
    lines = [line for line in table[1:] if line]
    for number, line in enumerate(lines, 1):
        if len(line) != len(header):
            raise InputError(f"Row {number} of the table has {len(line)} cells, its header {len(header)}.")
    columns = {
        name: [_value(line[position], COLUMNS[name].dtype) for line in lines]
        for position, name in enumerate(header)
        if name in COLUMNS
    }
    return pd.DataFrame({name: pd.Series(values, dtype="object") for name, values in columns.items()})


def _value(cell: str, dtype: str) -> object:
    if dtype in ("str", "object"):
        text = cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
        return text if dtype == "str" else split_people(text)
    return cell.strip() or None
