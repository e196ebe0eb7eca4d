"""The exception tree."""

from __future__ import annotations

import inspect

import pytest

from itinerary import errors
from itinerary.errors import ExportError, InputError, ItineraryError, LexiconError


@pytest.mark.parametrize("error", [InputError, LexiconError, ExportError])
def test_one_base_catches_all(error: type[Exception]) -> None:
    assert issubclass(error, ItineraryError)
    assert not issubclass(error, (ValueError, OSError))  # nobody catches them by accident


def test_the_drawn_tree_and_the_public_names_are_whole() -> None:
    made = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert made == set(errors.__all__)
    assert all(name in (errors.__doc__ or "") for name in made)


def test_a_faulty_rule_is_named_with_its_file() -> None:
    error = LexiconError("cues.toml", "after place", "the pattern is faulty")
    assert str(error) == "cues.toml, after place: the pattern is faulty"
    assert (error.file, error.rule, error.reason) == ("cues.toml", "after place", "the pattern is faulty")
