"""Decide which place a name means: the neighbours in the text choose between namesakes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from itinerary.gazetteer import Entry, Gazetteer
from itinerary.model import Kind, Place
from itinerary.toponyms import Toponym
from itinerary.vocabulary import load_vocabulary

__all__ = ["resolve"]

_WEIGHT = {
    "country": 8.0,
    "continent": 10.0,
    "capital": 1.5,
    "admin1": 6.0,
    "region": 8.0,
    "island": 8.0,
    "site": 7.0,
    "airport": 4.0,
}
# How much size, a named area, nearness and a common country weigh; measured on the stops of the corpora.
_SIZE, _AREA, _NEAR, _SAME = 1.5, 2.0, 2.5, 1.5
_KM_PER_DEGREE = 111.2
_ENOUGH = 24  # sure places that a doubtful one is compared with


def resolve(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Place | None, ...]:
    """Choose one place for each toponym.

    A named area around it decides first ("Paris, Texas"); then how often the candidate's country and
    division are named in the text, how near it lies to the places that are beyond doubt, its size and
    whether the name is its usual one. One name means one place throughout a text unless areas differ.

    Parameters
    ----------
    toponyms : sequence of Toponym
    gazetteer : Gazetteer

    Returns
    -------
    tuple of Place or None
        In the order of `toponyms`; None only for words that are no place at all.
        A name unknown to the gazetteer gives a place without coordinates.
    """
    areas = _areas(toponyms)
    sure = _distinct(t.entries[0] for t in toponyms if _beyond_doubt(t))
    chosen: list[Entry | None] = []
    votes: dict[str, Counter[str]] = {}
    once: dict[str, Entry | None] = {}
    for t in toponyms:
        if t.container is not None or t.name not in once:
            entry = _choose(t, toponyms, gazetteer, areas, sure)
            if t.container is None:
                once[t.name] = entry
        else:
            entry = once[t.name]
        chosen.append(entry)
        if entry is not None and t.container is not None:
            votes.setdefault(t.name.lower(), Counter())[entry.place.source_id or ""] += 1
    # A second look, now that each name has a place: what stands alone follows what is sure.
    settled = _distinct(
        c
        for c, t in zip(chosen, toponyms, strict=True)
        if c is not None and (t.container is not None or _beyond_doubt(t))
    )
    again: dict[str, Entry | None] = {}
    out: list[Place | None] = []
    for t, first in zip(toponyms, chosen, strict=True):
        entry = first
        if t.container is None and len(t.entries) > 1:
            named = votes.get(t.name.lower())
            if named:
                best = named.most_common(1)[0][0]
                entry = next((e for e in t.entries if e.place.source_id == best), entry)
            else:
                if t.name not in again:
                    again[t.name] = _choose(t, toponyms, gazetteer, areas, settled or sure)
                entry = again[t.name]
        out.append(_place(t, entry, toponyms))
    return tuple(out)


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    """Drop repeats; some dozens of places tell all there is to tell."""
    found = {e.place.source_id: e for e in entries}
    return list(found.values())[:_ENOUGH]


def _areas(toponyms: Sequence[Toponym]) -> Counter[str]:
    """Count how often countries ("US") and divisions ("US.MN") are named as such."""
    counts: Counter[str] = Counter()
    for t in toponyms:
        if t.part_of is not None and t.part_of.kind == "person":
            continue
        if (
            t.entries
            and t.entries[0].feature in ("country", "admin1", "capital", "island", "region")
            and t.entries[0].place.country
        ):
            counts[t.entries[0].place.country] += 1
            if t.entries[0].feature == "admin1":
                counts[t.entries[0].admin1] += 1
    return counts


def _beyond_doubt(t: Toponym) -> bool:
    """Tell a name that hardly means anything else: a country, a capital, a city far above its namesakes."""
    if not t.entries or t.part_of is not None:
        return False
    if len(t.entries) == 1 or t.entries[0].feature in ("country", "capital"):
        return True
    first, second = t.entries[0].population, max(e.population for e in t.entries[1:])
    return first > 300_000 and first > 10 * second


def _choose(
    t: Toponym, toponyms: Sequence[Toponym], gazetteer: Gazetteer, areas: Counter[str], sure: Sequence[Entry]
) -> Entry | None:
    if not t.entries:
        return None
    if t.container is not None:
        around = toponyms[t.container].entries
        inside = [
            e
            for e in t.entries
            if e.feature != "country"
            and any(gazetteer.contains(a.place, e) for a in around if a.feature != "city")
        ]
        if inside:
            return max(inside, key=_prominence)
    if t.contains is not None:
        inner = toponyms[t.contains].entries
        around_it = [
            e for e in t.entries if e.feature != "city" and any(gazetteer.contains(e.place, x) for x in inner)
        ]
        if around_it:
            return max(around_it, key=_prominence)
    if len(t.entries) == 1 or t.part_of is not None:
        return t.entries[0]
    entries = t.entries
    if (
        entries[0].feature == "country"
    ):  # a village of that name is meant only where an area is named behind it
        entries = tuple(e for e in entries if e.feature in ("country", "admin1", "region", "continent"))
    own = {e.place.source_id for e in t.entries}
    others = [
        (s.place.latitude, s.place.longitude or 0.0, s.place.country)
        for s in sure
        if s.place.source_id not in own and s.place.latitude is not None
    ]
    return max(entries, key=lambda e: _prominence(e) + _context(e, areas, others))


def _prominence(e: Entry) -> float:
    """Score a candidate by itself."""
    score = _SIZE * math.log10(e.population + 10)
    score += _WEIGHT.get(e.feature, 0.0)
    if e.feature == "region" and e.place.country is None:
        score += 4.0
    return score + (1.2 if e.primary else 0.0)


def _context(e: Entry, areas: Counter[str], others: Sequence[tuple[float, float, str | None]]) -> float:
    """Score a candidate by the areas named in the text and by what lies near.

    `others` are latitude, longitude (degrees) and country of the places beyond doubt.
    """
    country = e.place.country or ""
    score = 0.0
    own = areas[country] - (1 if e.feature == "country" else 0)
    if own > 0:
        score += min(_AREA, 0.8 + 0.4 * own)
    if e.admin1 and areas[e.admin1] - (1 if e.feature == "admin1" else 0) > 0:
        score += 1.5
    latitude, longitude = e.place.latitude, e.place.longitude
    if others and latitude is not None and longitude is not None:
        shrink = math.cos(math.radians(latitude))
        gaps = [math.hypot(latitude - a, ((longitude - b + 180) % 360 - 180) * shrink) for a, b, _ in others]
        near = min(gaps)
        score += _NEAR * math.exp(-near * _KM_PER_DEGREE / 300.0)
        score += _SAME * sum([c == country for _, _, c in others]) / len(others)
    return score


def _place(t: Toponym, e: Entry | None, toponyms: Sequence[Toponym]) -> Place | None:
    """Make the place that is shown: known, a site named after a known one, or one without coordinates."""
    if e is None:
        around = (
            toponyms[t.container].entries[0].place
            if t.container is not None and toponyms[t.container].entries
            else None
        )
        return Place(t.name, around.country if around else None, None, None, _unknown_kind(t.name))
    if t.form == "site":
        kind = (
            Kind.REGION
            if t.name.split()[-1].lower() in load_vocabulary().words["region_heads"]
            else Kind.SITE
        )
        return Place(t.name, e.place.country, e.place.latitude, e.place.longitude, kind, e.place.source_id)
    if not e.primary and t.form == "name" and e.feature in ("city", "capital"):
        name = t.name if not (t.name.isupper() or t.name.islower()) else t.name.title()
        return replace(e.place, name=name)
    return e.place


def _unknown_kind(name: str) -> Kind:
    """Guess the kind of an unknown place from its words: "Glacier Bay" is a site."""
    words = name.lower().split()
    vocabulary = load_vocabulary().words
    if words[-1] in vocabulary["region_heads"]:
        return Kind.REGION
    if words[-1] in ("city", "town", "village"):
        return Kind.CITY
    return (
        Kind.SITE
        if words[-1] in vocabulary["site_heads"] or words[0] in ("lake", "mount", "mt.", "cape", "camp")
        else Kind.CITY
    )
