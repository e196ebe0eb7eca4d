"""What the README shows is what the program does."""

from __future__ import annotations

import os
import re
from pathlib import Path

import itinerary
from itinerary.formats.text import dumps

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def example(name: str) -> tuple[str, str]:
    """Return the note and the content of the block that a comment marks as an example."""
    found = re.search(rf"<!-- example: {name}(?:, )?(.*?) -->\n```\n(.*?)```\n", README, re.DOTALL)
    assert found, f"the README has no example “{name}”"
    return found[1], found[2]


def test_the_example_is_read_as_shown() -> None:
    published, text = example("text")
    _, shown = example("table")
    table = dumps(itinerary.read(text, published))
    if os.environ.get("GOLDEN") == "accept":
        mark = "<!-- example: table -->\n```\n"
        (ROOT / "README.md").write_text(README.replace(mark + shown, mark + table), encoding="utf-8")
        return
    assert shown == table, "make golden puts the new table into the README"


def test_the_example_shows_something() -> None:
    published, text = example("text")
    trip = itinerary.read(text, published)
    assert len(trip.stops) >= 2
    assert trip.set_aside
    assert all(stop.arrive for stop in trip.stops)


def test_links_inside_the_repository_lead_somewhere() -> None:
    for source in (ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md"):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", source.read_text(encoding="utf-8")):
            assert (source.parent / link).exists(), f"{source.name} names {link}"


def test_files_named_in_the_text_exist() -> None:
    for source in (ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md"):
        for name in re.findall(
            r"`((?:itinerary|dashboard|tests|\.ci)/[\w./]*)`", source.read_text(encoding="utf-8")
        ):
            assert (ROOT / name).exists(), f"{source.name} names {name}"


def test_commands_named_in_the_text_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    for source in (ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md"):
        named = set(
            re.findall(r"`?\bmake (run|test|lint|format|evaluate|golden|clean)\b", source.read_text("utf-8"))
        )
        assert named <= targets
