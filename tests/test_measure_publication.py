"""The measure of publication days tells right from wrong and open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.measure_publication import verdict

DAY = date(2024, 5, 8)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-05-08", "2024-05-08", ("right", "right")),
        ("2024-05-09", "2024-05-09", ("wrong", "right")),
        ("2024-05-01", "2024-05-31", ("open", "right")),
        ("2023-12-01", "2024-05-31", ("open", "open")),
        ("2023-05-01", "2023-05-31", ("wrong", "wrong")),
    ],
)
def test_verdicts(first: str, last: str, expected: tuple[str, str]) -> None:
    assert verdict((date.fromisoformat(first), date.fromisoformat(last)), DAY) == expected


def test_nothing_found_is_open() -> None:
    assert verdict(None, DAY) == ("open", "open")
