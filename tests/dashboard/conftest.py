"""A browser for the tests that look at what is really drawn."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Return the path of a local browser, or skip."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chrome or Chromium on this machine")
    return found


@pytest.fixture(scope="module")
def in_page(browser_path):
    """Call a function with an empty page that may not reach the network, and with what else is given.

    All happens in a thread of its own: playwright allows but one of its kind in each.
    """
    from playwright.sync_api import sync_playwright

    with ThreadPoolExecutor(1) as pool:
        playwright = pool.submit(lambda: sync_playwright().start()).result()
        browser = pool.submit(lambda: playwright.chromium.launch(executable_path=browser_path)).result()

        def call(function, *arguments):
            context = browser.new_context(offline=True)
            try:
                return function(context.new_page(), *arguments)
            finally:
                context.close()

        yield lambda *arguments: pool.submit(call, *arguments).result()
        pool.submit(browser.close).result()
        pool.submit(playwright.stop).result()
