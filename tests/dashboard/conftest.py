"""A browser for the tests that look at what is really drawn."""

from __future__ import annotations

import shutil

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Return the path of a local browser, or skip."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chrome or Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def _browser(browser_path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        yield browser
        browser.close()


@pytest.fixture
def blank_page(_browser):
    """Give an empty page that may not reach the network."""
    context = _browser.new_context(offline=True)
    yield context.new_page()
    context.close()
