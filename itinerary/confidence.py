"""Say how sure the reader is of a stop and of its days.

Two small linear models over named features, fitted by ``tests/train.py`` on what the reader made of texts
that its other weights had not seen. So a figure means what it says: of the stops called 90 % sure about nine
in ten are right. ``make evaluate`` prints how far that holds.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from itinerary.errors import LexiconError
from itinerary.model import DateWindow, Kind
from itinerary.route import Stay
from itinerary.toponyms import Toponym
from itinerary.visits import Judgement, Weights, probability
from itinerary.windows import Bounds, Dating

__all__ = ["Made", "Sureness", "date_features", "load_confidence", "rate", "stop_features"]

FILE = Path(__file__).with_name("data") / "confidence.json"

_LEAST, _MOST = -3.0, 6.0  # log-odds of a place beyond which more says nothing
_WIDE = 60  # days, likewise
Windows = tuple[DateWindow | None, DateWindow | None]


@dataclass(frozen=True, slots=True)
class Made:
    """What the reader made of a text: stays in travel order, and what they rest on.

    Parameters
    ----------
    stays : sequence of Stay
    judgements : sequence of Judgement
        In parallel: that of each stay's place.
    bounds : sequence of Bounds
        In parallel: what the text says of its days.
    windows : sequence of pairs of windows
        In parallel: what the schedule made of that.
    dated : Dating
    toponyms : sequence of Toponym
    contradictions : int
        Statements of days that the schedule had to drop.
    dropped_orders : int
        Statements of order that contradict others.
    """

    stays: Sequence[Stay]
    judgements: Sequence[Judgement]
    bounds: Sequence[Bounds]
    windows: Sequence[Windows]
    dated: Dating
    toponyms: Sequence[Toponym]
    contradictions: int = 0
    dropped_orders: int = 0


@dataclass(frozen=True, slots=True)
class Sureness:
    """Probabilities, 0 to 1: that a stay is a stop, and that its days are right to a day if it is."""

    stop: float
    dates: float | None


@cache
def load_confidence() -> Mapping[str, Weights]:
    """Read the fitted weights: ``stop`` and ``dates``.

    Raises
    ------
    LexiconError
        If the file cannot be read.
    """
    try:
        data = json.loads(FILE.read_text(encoding="utf-8"))
        return {name: Weights(m["bias"], m["weights"]) for name, m in data["models"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(
            FILE.name, "whole file", f"cannot be read: {error!r}; run tests/train.py"
        ) from error


def rate(made: Made, weights: Mapping[str, Weights] | None = None) -> list[Sureness]:
    """Say for each stay how sure it is.

    Parameters
    ----------
    made : Made
    weights : mapping of str to Weights, optional
        Those of `load_confidence` if none are given.
    """
    models = weights or load_confidence()
    return [
        Sureness(_sure(models["stop"], stop), None if dates is None else _sure(models["dates"], dates))
        for stop, dates in zip(stop_features(made), date_features(made), strict=True)
    ]


def _sure(model: Weights, features: Mapping[str, float]) -> float:
    return round(probability(model.score(features)), 3)


def stop_features(made: Made) -> list[dict[str, float]]:
    """Describe each stay by what makes it more or less likely to be a stop, at its place in the order."""
    count = len(made.stays)
    stays_at = Counter(stay.group for stay in made.stays)
    doubts = [1.0 - probability(j.score) for j in made.judgements]
    used = len({k for stay in made.stays for k in stay.mentions})
    turned_of = _turned([stay.announced for stay in made.stays])
    out = []
    for n, (stay, judgement) in enumerate(zip(made.stays, made.judgements, strict=True)):
        features = {
            "judgement of the place": max(_LEAST, min(_MOST, judgement.score)) / 2,
            "other stays there": min(stays_at[stay.group] - 1, 3) / 2,
            "not on the map": float(stay.place.latitude is None),
            "country": float(stay.place.kind is Kind.COUNTRY),
            "site": float(stay.place.kind is Kind.SITE),
            f"role {stay.role}": 1.0,
            "stops told in another order": min(turned_of[n], 3) / 3,
            "doubt of the other stops": (sum(doubts) - doubts[n]) / max(1, count - 1),
            "dated": float(made.bounds[n].span is not None),
            "day trip": float(stay.inside is not None),
            "last of several": float(n == count - 1 and count > 1),
            "places of that name": math.log1p(max(len(made.toponyms[k].entries) for k in stay.mentions)),
            "mentions of no stop": math.log1p(len(made.toponyms) - used),
            "mentions of stops": used / len(made.toponyms),
        }
        out.append({name: x for name, x in features.items() if x})
    return out


def _turned(told: Sequence[int]) -> list[int]:
    """Count for each of some positions the larger ones before it and the smaller ones behind it."""
    before, behind = [], []
    held: list[int] = []
    for n, x in enumerate(told):
        before.append(n - bisect_right(held, x))
        insort(held, x)
    held.clear()
    for x in reversed(told):
        behind.append(bisect_left(held, x))
        insort(held, x)
    return [a + b for a, b in zip(before, reversed(behind), strict=True)]


def date_features(made: Made) -> list[dict[str, float] | None]:
    """Describe the days of each stay by what they rest on; None for a stay without days."""
    count = max(1, len(made.stays))
    shared = {
        "range pins the ends": float(made.dated.pinned),
        "stays with days of their own": sum(b.span is not None for b in made.bounds) / count,
        "doubt of the stops": sum(1.0 - probability(j.score) for j in made.judgements) / count,
        "days contradict each other": float(made.contradictions > 0),
    }
    out: list[dict[str, float] | None] = []
    for n, (stay, b, (arrive, depart)) in enumerate(zip(made.stays, made.bounds, made.windows, strict=True)):
        if not (arrive or depart or b.numbers):
            out.append(None)
            continue
        features = {
            **shared,
            "numbered": float(bool(b.numbers)),
            "no day of its own": float(b.span is None and not b.within),
            "only a range": float(b.span is None and bool(b.within)),
            "comes back": float(stay.again),
            "last": float(n == count - 1),
            f"role {stay.role}": 1.0,
            **_window_features("arrival", arrive, numbered=bool(b.numbers)),
            **_window_features("departure", depart, numbered=bool(b.numbers)),
        }
        out.append({name: x for name, x in features.items() if x})
    return out


def _window_features(name: str, window: DateWindow | None, *, numbered: bool) -> dict[str, float]:
    """Describe one window: open or how wide, and where it comes from."""
    if window is None:
        return {} if numbered else {f"{name} open": 1.0}
    out = {f"{name} {window.basis}": 1.0}
    if window.earliest is None or window.latest is None:
        out[f"{name} open"] = 1.0
    else:
        out[f"{name} wide"] = math.log1p(min(_WIDE, (window.latest - window.earliest).days))
    return out
