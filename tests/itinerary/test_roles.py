"""Roles and day trips: what the words around a place make of its stay."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest

import itinerary
from itinerary import reader, roles
from itinerary.errors import LexiconError
from itinerary.model import Role


def _roles(text: str) -> list[tuple[str, Role]]:
    return [(stop.place.name, stop.role) for stop in itinerary.read(text).stops]


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        (
            (
                "Ana left Oslo on 3 May. On 4 May she visited Vienna and on 6 May Budapest. "
                "On 9 May she flew home to Oslo."
            ),
            "Oslo",
            [Role.ORIGIN, Role.RETURN],
        ),
        (
            "The minister will visit Nairobi on 4 May and Kampala on 5 May. She returns to Ottawa on 6 May.",
            "Ottawa",
            [Role.RETURN],
        ),
        (
            "He will visit Nairobi. After a refuelling stop in Khartoum he will meet leaders in Athens.",
            "Khartoum",
            [Role.TRANSIT],
        ),
        (
            "On 4 May we visited Lima. On 6 May we flew via Panama City to Havana.",
            "Panama City",
            [Role.TRANSIT],
        ),
        (
            "The president will visit Hanoi on 4 May, Jakarta on 6 May and Manila on 8 May.",
            "Jakarta",
            [Role.STOP],
        ),
    ],
)
def test_words_tell_the_role(text: str, place: str, expected: list[Role]) -> None:
    assert [role for name, role in _roles(text) if name == place] == expected


def test_every_role_but_a_plain_stop_quotes_its_words() -> None:
    text = "The minister will visit Nairobi on 4 May. She returns to Ottawa on 6 May."
    stops = itinerary.read(text, "2026-03-01").stops
    last = [e for e in stops[-1].evidence if e.about == "role"]
    assert [e.quote for e in last] == ["returns to Ottawa"]
    assert not [e for e in stops[0].evidence if e.about == "role"]


@pytest.mark.parametrize(
    ("n", "open_", "shut"),
    [(0, Role.ORIGIN, Role.RETURN), (1, Role.RETURN, None), (2, Role.RETURN, Role.ORIGIN)],
)
def test_a_trip_starts_once_and_ends_no_earlier_than_it_starts(
    n: int, open_: Role, shut: Role | None
) -> None:
    assert open_ in roles.roles_open(n)
    assert shut not in roles.roles_open(n)


def _bases(text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Read a text and tell from which base each day trip is made."""
    seen = []
    original = roles.assign_roles

    def assign(stays, *rest):  # type: ignore[no-untyped-def]
        original(stays, *rest)
        seen.extend(stays)

    monkeypatch.setattr(reader, "assign_roles", assign)
    itinerary.read(text, "2026-03-01")
    return {s.place.name: seen[s.inside].place.name for s in seen if s.inside is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "From 3 to 8 May we stay in Munich. On 5 May a day trip to Augsburg. On 8 May on to Zagreb.",
            {"Augsburg": "Munich"},
        ),
        ("On 3 May we arrived in Munich. On 5 May we drove to Zagreb. On 8 May we flew to Sofia.", {}),
    ],
)
def test_day_trips_lie_inside_the_stay_at_their_base(
    text: str, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _bases(text, monkeypatch) == expected


def test_weights_are_readable_and_named() -> None:
    weights = roles.load_role_weights()
    assert set(weights) == {*map(str, Role), "day trip"}
    for model in weights.values():
        assert all(math.isfinite(w) and w == round(w, 4) for w in (model.bias, *model.weights.values()))


def test_a_broken_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "role_weights.json"
    path.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(roles, "FILE", path)
    roles.load_role_weights.cache_clear()
    try:
        with pytest.raises(LexiconError, match=r"role_weights\.json"):
            roles.load_role_weights()
    finally:
        roles.load_role_weights.cache_clear()


def test_the_export_decides_as_the_trainer_does() -> None:
    pytest.importorskip("sklearn")
    from tests import train_roles

    pick = random.Random(4)
    names = ["sign: homeward, last", "last", "verb:go", "prep:via", "prep:to", "one day", "middle"]
    rows = [[n for n in names if pick.random() < 0.4] for _ in range(200)]
    labels = [int(("last" in r) + ("sign: homeward, last" in r) + pick.random() > 1.6) for r in rows]
    weights, decide = train_roles.fit(rows, labels, **train_roles.ROLE)
    for row in rows:
        assert weights.score(row) == pytest.approx(decide(row), abs=2e-3)
