from __future__ import annotations

import asyncio
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import plotly.graph_objects as go
import pytest
from PIL import Image

from dashboard import picture, sheet
from dashboard.theme import DARK, LIGHT, country_colours
from itinerary import ExportError, Itinerary
from tests.dashboard import trips

pytestmark = pytest.mark.browser


def share(image, colour, box, tolerance=6):
    """Return which share of a part of the picture has a colour, roughly."""
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    pixels = image.crop(box).resize((300, 150), Image.Resampling.NEAREST).getcolors(1 << 20)
    near = sum(
        n for n, rgb in pixels if all(abs(a - b) <= tolerance for a, b in zip(rgb, wanted, strict=True))
    )
    return near / (300 * 150)


def drawn(frame, look, width=800):
    figure = sheet.figure(
        frame,
        theme=look,
        colours=country_colours(frame, look),
        title="T",
        subtitle="S",
        source="Q",
        width=width,
    )
    return figure, Image.open(io.BytesIO(picture.picture_bytes(figure, scale=1))).convert("RGB")


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_the_map_is_really_drawn(look, browser_path):
    figure, image = drawn(trips.ASIA, look)
    assert image.size == (figure.layout.width, figure.layout.height)
    x, y = figure.layout.geo.domain.x, figure.layout.geo.domain.y
    box = [
        round(v)
        for v in (
            x[0] * image.width,
            (1 - y[1]) * image.height,
            x[1] * image.width,
            (1 - y[0]) * image.height,
        )
    ]
    assert 0.25 < share(image, look.land, box) < 0.75  # inverted outlines would leave none, or nothing else
    assert 0.15 < share(image, look.sea, box) < 0.7
    assert share(image, look.card, (0, 0, image.width, box[1] - 2)) > 0.8


def test_the_file_appears_whole(tmp_path, browser_path, monkeypatch):
    trip = type("Trip", (), {"published": None})()
    monkeypatch.setattr(picture, "to_frame", lambda _: trips.RETURN)
    target = tmp_path / "trip.png"
    picture.write_picture(trip, target, theme="dark", size=(900, None), scale=2)
    with Image.open(target) as image:
        assert image.width == 1800
    assert [path.name for path in tmp_path.iterdir()] == ["trip.png"]
    with pytest.raises(ExportError, match="cannot be written"):
        picture._write(tmp_path / "missing" / "trip.png", b"")


def test_it_works_where_an_event_loop_runs(browser_path):
    async def inside():
        return picture.picture_bytes(go.Figure(go.Bar(y=[1])), width=200, height=100, scale=1)

    with ThreadPoolExecutor(1) as pool:  # this thread may have a loop of another test
        assert pool.submit(lambda: asyncio.run(inside())).result().startswith(b"\x89PNG")


def children() -> set[str]:
    """Return the command lines of this process' living descendants."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = status.read_text().split(" (", 1)
        except OSError:
            continue
        state, parent = rest.rsplit(") ", 1)[1].split()[:2]
        if state != "Z":
            parents[pid] = parent
    found, level = set(), {str(os.getpid())}
    while level:
        level = {pid for pid, parent in parents.items() if parent in level}
        found |= level
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_no_browser_is_left_behind(browser_path):
    before = children()
    picture.picture_bytes(go.Figure(go.Bar(y=[1])), width=200, height=100, scale=1)
    assert children() <= before


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_a_browser_that_hangs_is_ended(tmp_path, monkeypatch):
    hanging = tmp_path / "chromium"
    hanging.write_text("#!/bin/sh\nsleep 300\n")
    hanging.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(hanging))
    before = children()
    with pytest.raises(ExportError):
        picture.picture_bytes(go.Figure(), timeout=3)
    assert children() <= before


def test_without_a_browser_the_message_says_what_to_do(monkeypatch, tmp_path):
    from choreographer.errors import ChromeNotFoundError

    def missing(*_, **__):
        raise ChromeNotFoundError("none")

    monkeypatch.setattr(picture.kaleido, "Kaleido", missing)
    with pytest.raises(ExportError, match="Install one, or name it in the environment variable BROWSER_PATH"):
        picture.picture_bytes(go.Figure())


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<svg"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_the_ending_of_the_name_tells_the_format(
    ending: str, start: bytes, trip: Itinerary, tmp_path: Path, browser_path: str
) -> None:
    target = tmp_path / f"trip.{ending}"
    picture.write_picture(trip, target, size=(800, 600))
    data = target.read_bytes()
    assert data.startswith(start)
    if ending == "png":
        assert Image.open(io.BytesIO(data)).size == (800, 600), "pixels as asked for, not twice as many"
