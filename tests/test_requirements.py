"""The lists of packages, the settings and the Makefile agree with the code."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LISTS = ("requirements.txt", "tests/requirements.txt")


def listed(name: str) -> list[tuple[str, str, str]]:
    """Return package, version and comment of each line of a list."""
    found = []
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        requirement, _, comment = line.partition("#")
        if requirement.strip():
            package, _, version = requirement.strip().partition("==")
            found.append((package, version, comment.strip()))
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_exactly(name: str) -> None:
    assert listed(name)
    assert [package for package, version, _ in listed(name) if not re.fullmatch(r"\d[\w.]*", version)] == []


def test_every_package_of_the_program_says_what_for() -> None:
    assert [package for package, _, comment in listed("requirements.txt") if len(comment) < 10] == []


def test_no_package_is_listed_twice() -> None:
    names = [package for name in LISTS for package, _, _ in listed(name)]
    assert len(names) == len(set(names))


def test_the_program_imports_what_it_lists_and_lists_what_it_imports() -> None:
    """Scripts that build data are no part of the program: they may need what only the tests list."""
    own = {"itinerary", "dashboard", *sys.stdlib_module_names}
    scripts = {path.resolve() for path in ROOT.glob("*/**/build*.py")}
    needed = set()
    for folder in (ROOT / "itinerary", ROOT / "dashboard"):
        for path in folder.rglob("*.py"):
            if path.resolve() not in scripts:
                needed |= set(_imports(path)) - own
    packages = packages_distributions()
    distributions = {packages.get(module, [module])[0].lower() for module in needed}
    # What comes with another package, and always does.
    brought = {
        "numpy": "pandas",
        "flask": "dash",
        "werkzeug": "dash",
        "choreographer": "kaleido",
        "geographiclib": "geopy",
    }
    # What another package needs and does not bring.
    unsaid = {"lxml_html_clean"}
    pinned = {package.lower() for package, _, _ in listed("requirements.txt")} - unsaid
    assert {brought.get(name, name) for name in distributions} == pinned


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_warnings_are_errors() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"


def test_the_makefile_names_every_target_in_its_head() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    head = set(re.findall(r"^# make (\w+)", text, re.MULTILINE))
    rules = set(re.findall(r"^(\w+):", text, re.MULTILINE)) - {"help", "browser"}
    assert head == rules
