"""Each folder of tests/texts is a case: a text, and what must be read from it.

``text.txt``
    The text.
``expected.json``
    ``{"published", "traveller", "stops": [{"place", "country", "arrive", "depart", "role", "purpose"}],
    "set_aside": {place: reading}, "issues": [code]}``, also ``arrive_day`` and ``depart_day`` where days
    are only numbered. ``published`` is the day given to the reader, null for none.

To accept what the reader now makes of them, look at the differences and say ``make golden``.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path
from typing import Any

import pytest

import itinerary
from itinerary.formats.json import to_json

TEXTS = Path(__file__).parent / "texts"
KEPT = ("place", "country", "arrive", "depart", "arrive_day", "depart_day", "role", "purpose")
FOLDERS = sorted(path for path in TEXTS.iterdir() if path.is_dir()) if TEXTS.exists() else []


def reading(text: str, published: str | None) -> dict[str, Any]:
    """Return what the reader makes of a text, in the form of expected.json."""
    document = to_json(itinerary.read(text, published))
    return {
        "published": published,
        "traveller": document["traveller"],
        "stops": [{key: stop[key] for key in KEPT if key in stop} for stop in document["stops"]],
        "set_aside": {aside["place"]: aside["reading"] for aside in document["set_aside"]},
        "issues": sorted({issue["code"] for issue in document["issues"]}),
    }


def pretty(expected: dict[str, Any]) -> str:
    """Write the form of expected.json: one line for each stop, place and so on."""
    head = {
        key: json.dumps(expected[key], ensure_ascii=False) for key in ("published", "traveller", "issues")
    }
    stops = ",\n".join(f"    {json.dumps(stop, ensure_ascii=False)}" for stop in expected["stops"])
    aside = ",\n".join(
        f"    {json.dumps(place, ensure_ascii=False)}: {json.dumps(why)}"
        for place, why in sorted(expected["set_aside"].items())
    )
    return (
        f'{{\n  "published": {head["published"]},\n  "traveller": {head["traveller"]},\n'
        f'  "stops": [{_block(stops, "]")},\n  "set_aside": {{{_block(aside, "}")},\n'
        f'  "issues": {head["issues"]}\n}}\n'
    )


def _block(lines: str, close: str) -> str:
    return f"\n{lines}\n  {close}" if lines else close


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_text(folder: Path) -> None:
    text, path = folder / "text.txt", folder / "expected.json"
    assert text.exists(), f"{folder.name} has no text.txt"
    assert path.exists(), (
        f"{folder.name} has no expected.json; write one with “published” and say make golden"
    )
    expected = json.loads(path.read_text(encoding="utf-8"))
    found = reading(text.read_text(encoding="utf-8"), expected.get("published"))
    if os.environ.get("GOLDEN") == "accept":
        path.write_text(pretty(found), encoding="utf-8")
        return
    assert {"stops", "set_aside", "issues", "traveller"} <= set(expected), f"{path} is not whole: make golden"
    expected["issues"] = sorted(expected["issues"])
    if found != expected:
        lines = difflib.unified_diff(
            pretty(expected).splitlines(), pretty(found).splitlines(), "expected", "read", lineterm="", n=1
        )
        pytest.fail(f"{folder.name} is read otherwise:\n" + "\n".join(lines), pytrace=False)


def test_there_are_texts() -> None:
    """No silent pass with an empty folder."""
    assert FOLDERS


def test_the_written_form_is_json_and_loses_nothing() -> None:
    stop = {
        "place": "Åre",
        "country": "SE",
        "arrive": None,
        "depart": None,
        "role": "stop",
        "purpose": "leisure",
    }
    whole = {
        "published": "2024-05-05",
        "traveller": "Mia Berg",
        "stops": [stop, stop],
        "set_aside": {"Rome": "past", "Oslo": "background"},
        "issues": ["odd"],
    }
    empty = {"published": None, "traveller": None, "stops": [], "set_aside": {}, "issues": []}
    assert json.loads(pretty(whole)) == whole
    assert json.loads(pretty(empty)) == empty
