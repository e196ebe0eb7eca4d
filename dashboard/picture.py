"""Figures as PNG, SVG and PDF files, through kaleido and a Chrome of this machine; no network is used."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import kaleido
import plotly.graph_objects as go
from choreographer.errors import BrowserFailedError, ChromeNotFoundError

from dashboard import sheet
from dashboard.route_map import TOPOJSON
from dashboard.theme import country_colours
from dashboard.theme import theme as theme_named
from itinerary import ExportError, Itinerary, to_frame

__all__ = ["FORMATS", "TIMEOUT", "picture_bytes", "write_picture"]

FORMATS = ("pdf", "png", "svg")
"""Endings of the names of files that a picture can be written to."""

TIMEOUT = 60.0
"""Seconds after which a picture is given up."""

_NO_BROWSER = (
    "A picture needs Chrome or Chromium, and none was found. Install one, or name it in the environment "
    "variable BROWSER_PATH; or open the page and use its export button."
)

_NOT_STARTED = (
    "The browser that draws the picture did not start. See whether Chrome or Chromium runs here, or "
    "name another in the environment variable BROWSER_PATH; or open the page and use its export button."
)


def write_picture(
    itinerary: Itinerary,
    path: str | os.PathLike[str],
    *,
    theme: str = "light",
    size: tuple[int, int | None] = (1600, None),
    scale: float | None = None,
) -> None:
    """Write map and timeline of a trip to one PNG, SVG or PDF file, as its ending says.

    The file appears whole or not at all.

    Parameters
    ----------
    path : path-like
        Where to write; an existing file is replaced.
    theme : str
        ``light`` or ``dark``.
    size : tuple of int and (int or None)
        Width and height of the sheet in pixels; without a height it is as high as it needs to be.
    scale : float or None
        How many pixels of a PNG file make one of the sheet: by default two where the height is free, so that
        it is sharp, and one where a size was asked for.

    Raises
    ------
    ExportError
        If there is no browser, it takes too long, or the file cannot be written.
    """
    frame, colours = to_frame(itinerary), theme_named(theme)
    published = itinerary.published
    figure = sheet.figure(
        frame,
        theme=colours,
        colours=country_colours(frame, colours),
        title=sheet.title_for(frame),
        subtitle=sheet.subtitle_for(frame),
        source=f"Read from a text published on {published:%-d %B %Y}." if published else "",
        width=size[0],
        height=size[1],
    )
    kind = Path(path).suffix[1:].lower()
    scale = scale or (2 if kind == "png" and size[1] is None else 1)
    _write(Path(path), picture_bytes(figure, kind=kind if kind in FORMATS else "png", scale=scale))


def picture_bytes(
    figure: go.Figure,
    *,
    kind: str = "png",
    width: int | None = None,
    height: int | None = None,
    scale: float = 2,
    timeout: float = TIMEOUT,
) -> bytes:
    """Draw a figure as PNG, or as another of `FORMATS`.

    A browser is started for it and always ended, even if it hangs.

    Parameters
    ----------
    width, height : int or None
        Pixels before scaling; None takes the figure's own.
    timeout : float
        Seconds.

    Raises
    ------
    ExportError
        If there is no browser, or it fails or takes too long.
    """
    size = {"width": width or figure.layout.width or 1200, "height": height or figure.layout.height or 800}
    options = {"format": kind, "scale": scale, **size}
    return _in_own_thread(lambda: _draw(figure, options, timeout))


def _in_own_thread(make: Callable[[], Coroutine[Any, Any, bytes]]) -> bytes:
    """Run a coroutine to its end in a thread: the caller may have an event loop of its own."""
    outcome: list[bytes | BaseException] = []

    def run() -> None:
        try:
            outcome.append(asyncio.run(make()))
        except BaseException as error:
            outcome.append(error)

    worker = threading.Thread(target=run, name="picture", daemon=True)
    worker.start()
    worker.join()
    if isinstance(outcome[0], bytes):
        return outcome[0]
    raise _explained(outcome[0]) from outcome[0]


def _explained(error: BaseException) -> BaseException:
    if isinstance(error, ChromeNotFoundError):
        return ExportError(_NO_BROWSER)
    if isinstance(error, TimeoutError):
        return ExportError("The browser took too long to draw the picture and was stopped. Try again.")
    if isinstance(error, BrowserFailedError):
        return ExportError(_NOT_STARTED)
    if isinstance(error, Exception):
        return ExportError(f"The browser could not draw the picture: {error}. Try again.")
    return error


async def _draw(figure: go.Figure, options: dict[str, Any], timeout: float) -> bytes:
    browser = kaleido.Kaleido(n=1, timeout=timeout, mathjax=False)
    try:
        async with asyncio.timeout(timeout):
            await browser.open()
            drawn: bytes = await browser.calc_fig(figure, opts=options, topojson=f"{TOPOJSON.as_uri()}/")
            return drawn
    finally:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(5):
                await browser.close()
        _end(getattr(browser, "subprocess", None))


def _end(process: Any) -> None:
    """End the browser with all its children, if closing did not; it leads a group of its own."""
    if process is None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg") and os.getpgid(process.pid) != os.getpgid(0):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(Exception):
        process.wait(5)


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody ever sees half of it."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise ExportError(f"The picture cannot be written to {path}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise ExportError(f"The picture cannot be written to {path}: {error.strerror}.") from error
