"""The measure of date expressions reads TimeML and counts as it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import measure_dates
from tests.measure_dates import Annotation, Counts, compare, counts_as_days, read_tml

TML = """<?xml version="1.0" ?>
<TimeML><DOCID>one</DOCID><DCT><TIMEX3 tid="t0" type="DATE" value="2023-02-24">Feb. 24</TIMEX3></DCT>
<TEXT>
They <EVENT eid="e1">met</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2023-02-21">Tuesday</TIMEX3>
&amp; stayed <TIMEX3 tid="t2" type="DURATION" value="P2W">two weeks</TIMEX3>, as they do
<TIMEX3 tid="t3" type="SET" value="P1Y">every year</TIMEX3>.
</TEXT></TimeML>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.tml").write_text(TML, encoding="utf-8")
    return tmp_path


def test_a_file_is_read_without_its_tags(folder: Path) -> None:
    read = read_tml(folder / "one.tml")
    assert read.made == date(2023, 2, 24)
    assert "met on Tuesday & stayed" in " ".join(read.text.split())
    assert [(a.quote, a.value) for a in read.annotations] == [
        ("Tuesday", "2023-02-21"),
        ("two weeks", "P2W"),
        ("every year", "P1Y"),
    ]
    assert all(read.text[a.start : a.end] == a.quote for a in read.annotations)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("DATE", "2023-02-21", True),
        ("DATE", "2023-W08", True),
        ("DATE", "199", True),
        ("TIME", "2023-02-21TNI", True),
        ("DURATION", "P3M", True),
        ("DURATION", "PT3H", False),
        ("DURATION", "PXD", False),
        ("DATE", "PRESENT_REF", False),
        ("SET", "P1Y", False),
    ],
)
def test_what_counts_as_days(kind: str, value: str, expected: bool) -> None:
    assert counts_as_days(Annotation(0, 1, "x", kind, value)) is expected


def test_a_wrong_value_a_miss_and_a_false_alarm_are_told_apart() -> None:
    gold = [Annotation(0, 5, "a", "DATE", "2023-02-21"), Annotation(10, 15, "b", "DURATION", "P2W")]
    found = [Annotation(2, 5, "a", "DATE", "2023-02-28"), Annotation(20, 25, "c", "DATE", "2023")]
    counts, faults = Counts(), {"missed": [], "value": [], "extra": []}
    compare(gold, found, True, counts, faults, "x" * 30)
    assert (counts.gold, counts.found, counts.relaxed, counts.strict, counts.value) == (2, 2, 1, 0, 0)
    assert [len(faults[kind]) for kind in ("missed", "value", "extra")] == [1, 1, 1]


def test_weeks_and_days_are_one_length() -> None:
    counts = Counts()
    gold, found = Annotation(0, 5, "b", "DURATION", "P2W"), Annotation(0, 5, "b", "DURATION", "P14D")
    compare([gold], [found], True, counts, {}, "x" * 9)
    assert counts.f1(counts.value) == 100


def test_the_figures_are_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_dates.main([str(folder), "--errors", "3"]) == 0
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line}
    assert rows["days"][:2] == ["2", "2"]
    assert rows["days"][4] == "100.0"
    assert float(rows["all"][4]) < 100


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    assert measure_dates.main([str(tmp_path)]) == 1
