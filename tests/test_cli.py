from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import itinerary
from itinerary.__main__ import main
from itinerary.formats.json import loads

ROOT = Path(__file__).parents[1]
TEXT = "On 3 May 2024 Mia Berg flew from Lisbon to Rome, where she met the mayor.\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "trip.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "itinerary", *map(str, arguments)],
        input=stdin,
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )


# read ------------------------------------------------------------------------------------------


def test_the_table_is_printed(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(text)]) == 0
    out, err = capsys.readouterr()
    assert "Lisbon" in out
    assert "Rome" in out
    assert err == ""


def test_the_day_and_the_traveller_are_passed_on(text: Path, tmp_path: Path) -> None:
    out = tmp_path / "trip.json"
    assert (
        main(["read", str(text), "--published", "2024-05-05", "--traveller", "Mia", "--output", str(out)])
        == 0
    )
    trip = loads(out.read_bytes())
    assert (trip.published, trip.published_basis) == (date(2024, 5, 5), "given")
    assert trip == itinerary.read(TEXT, "2024-05-05", traveller="Mia")


SEVERAL = "Ms. Ana Ruiz flies to Rome on 8 May 2024. Mr. Holm flew to Warsaw on 6 May 2024.\n"


@pytest.mark.parametrize(("number", "place"), [("1", "Rome"), ("2", "Warsaw")])
def test_one_of_several_trips(tmp_path: Path, number: str, place: str) -> None:
    source, out = tmp_path / "trips.txt", tmp_path / "trip.json"
    source.write_text(SEVERAL, encoding="utf-8")
    assert main(["read", str(source), "--trip", number, "--output", str(out)]) == 0
    trip = loads(out.read_bytes())
    assert [stop.place.name for stop in trip.stops] == [place]
    assert trip.others == ()


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_trip_that_is_not_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str], number: str) -> None:
    source = tmp_path / "trips.txt"
    source.write_text(SEVERAL, encoding="utf-8")
    assert main(["read", str(source), "--trip", number]) == 1
    assert f"tells of 2 trips: there is no trip {number}" in capsys.readouterr().err


def test_all_trips_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "trips.txt"
    source.write_text(SEVERAL, encoding="utf-8")
    assert main(["read", str(source)]) == 0
    out = capsys.readouterr().out
    assert out.index("Rome") < out.index("Another trip: Mr. Holm") < out.rindex("Warsaw")


def test_several_outputs(text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [str(tmp_path / name) for name in ("a.json", "b.csv", "c.TXT")]
    arguments = [part for name in names for part in ("--output", name)]
    assert main(["read", str(text), *arguments, "--output", "-"]) == 0
    shown = capsys.readouterr().out
    assert (tmp_path / "c.TXT").read_text("utf-8") == shown
    assert (tmp_path / "b.csv").read_text("utf-8").startswith("stop,place,country")
    assert capsys.readouterr().out == "", "with outputs only, the screen stays empty"


def test_one_output_that_fails_does_not_keep_back_the_others(
    text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = tmp_path / "no" / "a.json", tmp_path / "b.json"
    assert main(["read", str(text), "--output", str(bad), "--output", str(good)]) == 1
    assert capsys.readouterr().err == f"itinerary: {bad} was not written: No such file or directory\n"
    assert good.exists()


def test_a_picture_that_cannot_be_made_says_why(
    text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = pytest.importorskip("dashboard.picture")

    def refuse(*_arguments: object, **_settings: object) -> None:
        raise itinerary.ExportError("There is no browser to draw with. Install Chromium.")

    monkeypatch.setattr(picture, "write_picture", refuse)
    out = tmp_path / "trip.png"
    assert main(["read", str(text), "--output", str(out)]) == 1
    assert capsys.readouterr().err == (
        f"itinerary: {out} was not written: There is no browser to draw with. Install Chromium.\n"
    )
    assert list(tmp_path.iterdir()) == [text], "no half picture, no draft"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.4", "is a damaged PDF file"),
        (bytes(range(256)), "does not look like text"),
        (b"to Rome " * 1_100_000, "2,000,000"),
    ],
)
def test_what_cannot_be_read(
    tmp_path: Path, data: bytes, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(data)
    assert main(["read", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("itinerary: ")
    assert words in err
    assert err.count("\n") == 1, "one line, no traceback"


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "none.txt")]) == 1
    assert capsys.readouterr().err == f"itinerary: {tmp_path}/none.txt: No such file or directory\n"


def test_an_old_encoding_is_read_with_a_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("On 3 May 2024 she flew from Málaga to Rome.".encode("cp1252"))
    assert main(["read", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "Málaga" in out
    assert "is not UTF-8" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "required"),
        (["fly"], "invalid choice"),
        (["read"], "FILE"),
        (["read", "trip.txt", "--published", "24.2.2023"], "“24.2.2023” is not a day such as 2023-02-24"),
        (["read", "trip.txt", "--published", "0000-01-01"], "is not a day"),
        (
            ["read", "trip.txt", "--output", "trip.doc"],
            "one of .csv, .geojson, .gpx, .ics, .json, .kml, .md, .pdf, .png, .svg, .txt",
        ),
        (
            ["read", "trip.txt", "--output", "trip"],
            "one of .csv, .geojson, .gpx, .ics, .json, .kml, .md, .pdf, .png, .svg, .txt",
        ),
        (["read", "trip.txt", "--output", "./trip.txt"], "write over the text itself"),
        (["read", "trip.txt", "--size", "wide"], "“wide” is not a size such as 1200x675"),
        (["read", "trip.txt", "--size", "100x100"], "from 400 to 9999 pixels"),
        (["batch", "in.jsonl"], "OUT.jsonl"),
    ],
)
def test_a_wrong_call(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"itinerary {itinerary.__version__}\n"


def test_as_a_command_from_a_pipe() -> None:
    result = run("read", "-", "--published", "2024-05-05", stdin=TEXT.encode("utf-8-sig"))
    assert (result.returncode, result.stderr) == (0, b"")
    assert "Rome" in result.stdout.decode()


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps({"id": 1, "text": TEXT}) + "\n") * 300)
    command = f"'{sys.executable}' -m itinerary batch '{path}' - 2>'{tmp_path}/err' | head -n 1"
    result = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert json.loads(result.stdout)["id"] == 1
    assert (tmp_path / "err").read_text() == ""


def test_json_needs_no_pandas_and_no_page(text: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from itinerary.__main__ import main; status = main(sys.argv[1:]);"
        "print(status, sorted({'pandas', 'plotly', 'dash', 'dashboard'} & set(sys.modules)))"
    )
    arguments = [
        "read",
        str(text),
        "--output",
        str(tmp_path / "trip.json"),
        "--output",
        str(tmp_path / "trip.csv"),
    ]
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=True,
        text=True,
    )
    assert result.stdout == "0 []\n"


# explain ---------------------------------------------------------------------------------------


def test_reasons_are_printed(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(text), "--published", "2024-05-05"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("Day of publication: 5 May 2024, as given\nTrip of Mia Berg\n")
    assert "Rome (Italy): stop 2" in out


def test_reasons_with_weights_as_json(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(text), "--traveller", "Mia", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["traveller"] == "Mia"
    assert [place["toponym"] for place in found["places"]] == ["Lisbon", "Rome"]
    assert all(sign["features"] for place in found["places"] for sign in place["signs"])


def test_reasons_of_what_comes_by_a_pipe() -> None:
    done = run("explain", "-", stdin=TEXT.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "“3 May 2024”: 3 May 2024" in done.stdout.decode()


def test_reasons_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    assert main(["explain", str(tmp_path / "empty.txt")]) == 1
    assert "empty.txt is empty" in capsys.readouterr().err


# batch -----------------------------------------------------------------------------------------


def batch(tmp_path: Path, *lines: object) -> tuple[int, list[dict[str, Any]]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    source.write_bytes(b"\n".join(raw) + b"\n")
    status = main(["batch", str(source), str(target)])
    return status, [json.loads(line) for line in target.read_text("ascii").splitlines()]


def test_one_line_each_in_the_same_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, answers = batch(
        tmp_path,
        {"id": "b", "text": TEXT, "published": "2024-05-05"},
        {"id": "empty", "text": ""},
        {"id": "a", "text": "No trip\u2028here.", "published": None},
        {"id": "year", "text": TEXT, "published": "0000-01-01"},
        {"id": "type", "text": TEXT, "published": 2024},
        {"id": "none"},
        b"{",
        b"[1, 2]",
        b"\xff\xfe",
        b"[" * 100_000,
        {"id": "long", "text": "x" * (itinerary.MAX_CHARACTERS + 1)},
        {"id": 7, "text": TEXT},
    )
    assert status == 0
    labels = ["b", "empty", "a", "year", "type", "none", None, None, None, None, "long", 7]
    assert [answer["id"] for answer in answers] == labels
    good = [answer["id"] for answer in answers if "error" not in answer]
    assert good == ["b", "a", 7]
    assert all(set(answer) == {"id", "error"} and answer["error"] for answer in answers if "error" in answer)
    assert (
        capsys.readouterr().err == "itinerary: 3 texts read, 9 could not be read: see “error” in the output\n"
    )


def test_what_a_line_holds(tmp_path: Path) -> None:
    _, (answer,) = batch(tmp_path, {"id": "x", "text": TEXT, "published": "2024-05-05"})
    assert {"id", "traveller", "stops", "set_aside", "issues", "published"} <= set(answer)
    assert {
        "place",
        "country",
        "granularity",
        "lat",
        "lon",
        "arrive",
        "depart",
        "role",
        "purpose",
        "title",
        "with",
    } <= set(answer["stops"][0])
    assert answer["stops"] == [
        {key: value for key, value in stop.items() if key != "mentions"}
        for stop in itinerary.formats.json.to_json(itinerary.read(TEXT, "2024-05-05"))["stops"]
    ]


def test_answers_in_a_gold_file_are_not_looked_at(tmp_path: Path) -> None:
    document = {"id": "x", "text": "No trip here.", "traveller": "Mia Berg", "stops": [{"place": "Rome"}]}
    _, (answer,) = batch(tmp_path, document)
    assert (answer["traveller"], answer["stops"]) == (None, [])


def test_blank_lines_are_no_texts(tmp_path: Path) -> None:
    _, answers = batch(tmp_path, {"id": 1, "text": TEXT}, b"", b"  ", {"id": 2, "text": TEXT})
    assert [answer["id"] for answer in answers] == [1, 2]


def test_a_batch_of_which_nothing_can_be_read(tmp_path: Path) -> None:
    assert batch(tmp_path, b"{")[0] == 1
    assert batch(tmp_path)[0] == 0


def test_a_fault_of_the_reader_costs_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = itinerary.read

    def faulty(text: str, *arguments: Any) -> itinerary.Itinerary:
        if "boom" in text:
            raise KeyError("boom")
        return whole(text, *arguments)

    monkeypatch.setattr(itinerary, "read", faulty)
    status, answers = batch(tmp_path, {"id": 1, "text": "boom"}, {"id": 2, "text": TEXT})
    assert (status, "error" in answers[0], "error" in answers[1]) == (0, True, False)
    assert "line 1: unforeseen fault, KeyError: 'boom'" in capsys.readouterr().err


def test_a_batch_that_is_stopped_leaves_the_old_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out.jsonl").write_text("old")

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(itinerary, "read", stop)
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "text": TEXT}))
    assert main(["batch", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl")]) == 130
    assert (tmp_path / "out.jsonl").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    assert capsys.readouterr().err == "itinerary: stopped\n"


def test_input_and_output_may_be_one_file(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"id": "x", "text": TEXT}))
    assert main(["batch", str(path), str(path)]) == 0
    assert json.loads(path.read_text())["id"] == "x"


def test_batch_in_a_pipe() -> None:
    result = run(
        "batch", "-", "-", stdin=b"\xef\xbb\xbf" + json.dumps({"id": "é", "text": TEXT}).encode() + b"\r\n"
    )
    assert result.returncode == 0
    assert json.loads(result.stdout)["id"] == "é"
    assert result.stderr == b"itinerary: 1 text read\n"
