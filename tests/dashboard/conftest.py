"""A browser for the tests that look at what is really drawn."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import plotly
import pytest

from dashboard.route_map import TOPOJSON

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Return the path of a local browser, or skip."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chrome or Chromium on this machine")
    return found


@pytest.fixture(scope="module")
def in_page(browser_path, tmp_path_factory):
    """Call a function with a page that has plotly.js and our outlines, but no network.

    All happens in a thread of its own: playwright allows but one of its kind in each.
    """
    from playwright.sync_api import sync_playwright

    document = tmp_path_factory.mktemp("page") / "page.html"
    document.write_text(_page(), "utf-8")

    def start():
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=browser_path)
        page = browser.new_context(offline=True).new_page()
        page.goto(document.as_uri())
        return playwright, browser, page

    with ThreadPoolExecutor(1) as pool:
        playwright, browser, page = pool.submit(start).result()
        yield lambda function, *arguments: pool.submit(function, page, *arguments).result()
        pool.submit(browser.close).result()
        pool.submit(playwright.stop).result()


def _page() -> str:
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    worlds = ",".join(f"{path.stem}:{path.read_text('utf-8')}" for path in TOPOJSON.glob("world_*.json"))
    return f"""<!doctype html><meta charset="utf-8"><body style="margin:0"><div id="map"></div>
        <script>window.PlotlyGeoAssets = {{topojson: {{{worlds}}}}};</script>
        <script src="{script.as_uri()}"></script>"""
