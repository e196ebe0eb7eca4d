"""The page in a real browser, watched: an error on the console or a request to elsewhere fails the test."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from waitress import create_server

from dashboard.app import create_app, warm_up

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAP_DRAWN = """() => {
  const path = document.querySelector('#map-box .countries path');
  return path && (path.getAttribute('d') || '').length > 2000
    && document.querySelector('#map-box').getBoundingClientRect().height > 200;
}"""


def find_browser() -> str | None:
    """Return the path of a Chrome or Chromium, None if there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Serve the page on a free port of this machine."""
    app = create_app()
    server = create_server(app.server, host="127.0.0.1", port=0, threads=4, max_request_body_size=12_000_000)
    thread = threading.Thread(target=server.run, daemon=True)
    warm_up()
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no Chrome or Chromium is installed, so the page is not tested in a browser")
    opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield opened
    opened.close()


class Watch:
    """Collects everything that must not happen on a page."""

    def __init__(self, address: str) -> None:
        self.home = urlsplit(address).netloc
        self.faults: list[str] = []
        self.allowed: tuple[str, ...] = ()

    def on(self, page: Page) -> None:
        page.on(
            "console", lambda m: self.note(f"console: {m.text}") if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda e: self.note(f"page error: {e}"))
        page.on("request", lambda r: self.request(r.url))
        page.on("requestfailed", lambda r: self.note(f"failed: {r.url} {r.failure}"))
        page.on("response", lambda r: self.note(f"status {r.status}: {r.url}") if r.status >= 400 else None)

    def note(self, fault: str) -> None:
        if not any(words in fault for words in self.allowed):
            self.faults.append(fault)

    def request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("data", "blob"):
            return
        if parts.netloc != self.home:
            self.faults.append(f"a request to elsewhere: {url}")


@pytest.fixture
def watch(address: str) -> Watch:
    return Watch(address)


@pytest.fixture
def size() -> dict[str, int]:
    """Size of the window; tests override it by parametrisation."""
    return {"width": 1440, "height": 900}


@pytest.fixture
def scheme() -> str:
    """What the system prefers, ``light`` or ``dark``."""
    return "light"


@pytest.fixture
def page(browser: Browser, address: str, watch: Watch, size: dict[str, int], scheme: str) -> Iterator[Page]:
    """Open the page as a first visitor, wait for its map, and fail on any fault afterwards."""
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    opened = context.new_page()
    watch.on(opened)
    opened.goto(address)
    opened.wait_for_function(MAP_DRAWN, timeout=20_000)
    yield opened
    context.close()
    assert not watch.faults
