# make run        start the app on http://127.0.0.1:8050
# make test       install what the tests need and run them all
# make lint       style, types, directions of imports
# make format     let ruff lay out the code
# make evaluate   score the reader on the corpora beside this folder
# make golden     accept what the reader makes of tests/texts and of the README's example, after you have looked at it
# make clean      remove the environment and everything made
#
# Needs Python 3.11 or newer and make. PYTHON=... names another Python, VENV=... another folder
# for the environment, PORT=... another port, TESTS="..." the tests to run.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format evaluate golden clean browser

VENV ?= .venv
PORT ?= 8050
TESTS ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check

# Names of a browser that can draw the page for the tests; PATH is searched.
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable chrome
FIND_BROWSER := for name in $(BROWSERS); do command -v $$name && break; done
# Labels are measured as Arial is drawn; Debian's Liberation fonts stand in for it.
FIND_FONT := fc-match Arial 2>/dev/null | grep -i -e arial -e liberation -e helvetica -e arimo

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

run: $(VENV)/program.stamp
	@exec $(BIN)/python -m dashboard --port $(PORT)

test: $(VENV)/tests.stamp browser
	@status=0; $(BIN)/python -m pytest $(TESTS) || status=$$?; \
	if [ -z "$$($(FIND_BROWSER))" ]; then \
		echo "The tests of the page were skipped: no Chrome or Chromium was found on this machine."; \
	fi; exit $$status

lint: $(VENV)/tests.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/tests.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

evaluate: $(VENV)/tests.stamp
	@$(BIN)/python -m tests.evaluate $(ARGUMENTS)

golden: $(VENV)/tests.stamp
	@GOLDEN=accept $(BIN)/python -m pytest --quiet tests/test_texts.py tests/test_readme.py

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find itinerary dashboard tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. A stamp is renewed only when its list of packages has changed.

$(BIN)/python:
	@set -e; \
	for name in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3 python; do \
		if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer was not found. Install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! $$python -c 'import venv, ensurepip' 2>/dev/null; then \
		echo "$$python cannot make an environment: its modules venv and ensurepip are missing." >&2; \
		echo "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; \
	fi; \
	echo "Making an environment in $(VENV) with $$($$python --version)"; \
	rm -rf $(VENV); $$python -m venv $(VENV)

$(VENV)/program.stamp: requirements.txt | $(BIN)/python
	@echo "Installing what the program needs (once)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/tests.stamp: tests/requirements.txt $(VENV)/program.stamp
	@echo "Installing what the tests need (once)"
	@$(PIP) -r tests/requirements.txt
	@touch $@

# The page is tested in a real browser, with fonts as wide as Arial. Debian's are installed if there are none and we may.
browser:
	@missing=$$( [ -n "$$($(FIND_BROWSER))" ] || echo chromium; [ -n "$$($(FIND_FONT))" ] || echo fonts-liberation fontconfig ); \
	missing=$$(echo $$missing); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
		echo "The tests of the page want a Chrome or Chromium and Liberation Sans or Arial; not found: $$missing"; exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as="sudo -n"; else \
		echo "To have the page tested: sudo apt-get install $$missing"; exit 0; \
	fi; \
	echo "Installing $$missing for the tests of the page (once)"; \
	{ $$as apt-get -qq update && \
	  $$as env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $$missing; } \
	  >/dev/null 2>&1 || echo "They could not be installed: sudo apt-get install $$missing tells why."
