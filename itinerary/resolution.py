"""Decide which place a name means: the neighbours in the text choose between namesakes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from itinerary.gazetteer import Entry, Gazetteer
from itinerary.model import Kind, Place
from itinerary.toponyms import Toponym
from itinerary.vocabulary import load_vocabulary

__all__ = ["resolve"]

# What a candidate is worth by itself: a place of the kind, its size (log10 of its people), its usual name,
# and that the gazetteer puts it first. All weights were fitted to the public corpora that
# ``tests/measure_places.py`` reads and to the stops of the corpora of trips, then rounded.
_WEIGHT = {
    "country": 6.0,
    "continent": 8.0,
    "capital": 1.4,
    "admin1": 7.0,
    "region": 2.0,
    "island": 5.8,
    "site": 3.0,
}
_SIZE, _USUAL, _FIRST, _WIDE = 1.0, 1.7, 1.4, 5.0
# What the text around it adds: its division is named, above all by itself and not as the area of another
# place ("Columbus, Ohio" tells nothing of Madison); the nearest settled place is some 50 km, 200 km or
# 3,000 km away; the neighbours in the text are near; its division or its country is among them; the
# namesakes of other names lie in the same division or country; it is an old name, and the country is named.
_NAMED, _NAMED_ALONE, _BESIDE, _NAMED_BESIDE, _COUNTRY_BESIDE = 0.5, 2.2, 1.9, 1.5, 1.0
_DIVISION, _COUNTRY, _OLD_NAME = 5.3, 1.1, 3.0
_NEAR = ((50.0, 3.0), (200.0, 0.5), (3000.0, 2.0))
_KM_PER_DEGREE = 111.2
_ENOUGH = 24  # settled places that a doubtful one is compared with
_BESIDE_ON_EACH_SIDE = 2
_AREAS = ("country", "continent", "admin1")
# A site bears the name of a place that it may be far from, above all one of nature: Coldwater Creek.
_FAR_KM = 300.0
_LARGE, _CITY = 100_000, 300_000  # people
_MANY_COUNTRIES, _FEWEST, _OUT_OF_REACH_KM = 4, 3, 1500.0
_IN_TOWNS = frozenset(
    """abbey airport airbase arena barracks base castle cathedral cemetery center centre church college
    courthouse hospital hotel market memorial mosque museum palace plaza port school square stadium station
    temple theater theatre university""".split()
)
_MOST = 0.4  # of the votes of the places around it that the country of an unknown one has
_WIDELY = 400  # toponyms to each side; only texts as long as books name more
_NEIGHBOURS = 4  # places on each side that tell the country of an unknown one


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a text as a whole says of where it plays.

    Parameters
    ----------
    areas : Counter
        How often divisions ("US.MN") are named as such.
    alone : Counter
        The same without those that are named as the area around another name ("Columbus, Ohio").
    countries : frozenset of str
        Countries that are named, or their people.
    votes : Counter
        Shares of the namesakes of all names by country and division, the likelier ones weighing more.
    own : mapping of str to Counter
        The part of `votes` that each name brought.
    """

    areas: Counter[str]
    alone: Counter[str]
    countries: frozenset[str]
    votes: Counter[str]
    own: Mapping[str, Mapping[str, float]]


def resolve(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Place | None, ...]:
    """Choose one place for each toponym.

    A named area around it decides first ("Paris, Texas"); then how large and usual the candidate is, whether
    its division is named in the text, how near it lies to the other places, above all to its neighbours in
    the text, and where their namesakes are. One name means one place throughout a text unless areas differ.

    Parameters
    ----------
    toponyms : sequence of Toponym
    gazetteer : Gazetteer

    Returns
    -------
    tuple of Place or None
        In the order of `toponyms`; None only for words that are no place at all.
        A name unknown to the gazetteer gives a place without coordinates, in the country of its neighbours.
    """
    inside = [_by_area(t, toponyms, gazetteer) for t in toponyms]
    sure = [t.entries[0] if _beyond_doubt(t) else None for t in toponyms]
    chosen = [e or s for e, s in zip(inside, sure, strict=True)]
    named = _named_with_area(toponyms, inside)
    doubtful = _doubtful(toponyms, inside, named)
    for k, t in enumerate(toponyms):
        if chosen[k] is None and t.entries and k not in doubtful:
            chosen[k] = named.get(t.name.lower()) or t.entries[0]
    if doubtful:
        setting = _setting(toponyms)
        chosen = _choose_all(toponyms, chosen, doubtful, setting)
        chosen = _choose_all(toponyms, chosen, doubtful, setting)
    return tuple(_place(k, toponyms, chosen) for k in range(len(toponyms)))


def _by_area(t: Toponym, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Entry | None:
    """Choose by the area that is named with a place, or by the place named in it; None if neither is."""
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
    return None


def _named_with_area(toponyms: Sequence[Toponym], inside: Sequence[Entry | None]) -> dict[str, Entry]:
    """Return what a name means that somewhere in the text stands with its area: the most frequent meaning."""
    votes: dict[str, Counter[str]] = {}
    entries: dict[str, Entry] = {}
    for t, e in zip(toponyms, inside, strict=True):
        if e is not None and t.container is not None:
            identifier = e.place.source_id or ""
            votes.setdefault(t.name.lower(), Counter())[identifier] += 1
            entries[identifier] = e
    return {name: entries[counts.most_common(1)[0][0]] for name, counts in votes.items()}


def _doubtful(
    toponyms: Sequence[Toponym], inside: Sequence[Entry | None], named: Mapping[str, Entry]
) -> dict[int, str]:
    """Return the names that the text as a whole must decide, by the number of the toponym."""
    return {
        k: t.name.lower()
        for k, t in enumerate(toponyms)
        if len(t.entries) > 1 and t.part_of is None and inside[k] is None and t.name.lower() not in named
    }


def _setting(toponyms: Sequence[Toponym]) -> _Setting:
    own: dict[str, Mapping[str, float]] = {}
    votes: Counter[str] = Counter()
    for t in toponyms:
        name = t.name.lower()
        if t.part_of is None and t.form != "people" and t.entries and name not in own:
            if t.entries[0].feature in _AREAS:
                continue
            own[name] = _shares(t.entries)
            votes.update(own[name])
    named = (t.entries[0] for t in toponyms if t.entries and t.part_of is None)
    countries = frozenset(e.place.country or "" for e in named if e.feature == "country")
    alone = _areas([t for t in toponyms if t.contains is None])
    return _Setting(_areas(toponyms), alone, countries, votes, own)


def _shares(entries: Sequence[Entry]) -> dict[str, float]:
    """Return how likely the candidates of a name put it in each country and division."""
    worth = [_prominence(e) for e in entries]
    best = max(worth)
    odds = [math.exp(0.7 * (w - best)) for w in worth]
    whole = sum(odds)
    out: dict[str, float] = {}
    for e, o in zip(entries, odds, strict=True):
        if e.feature != "country":
            for code in (e.place.country, e.admin1):
                if code:
                    out[code] = out.get(code, 0.0) + o / whole
    return out


def _areas(toponyms: Sequence[Toponym]) -> Counter[str]:
    """Count how often divisions ("US.MN") are named as such."""
    counts: Counter[str] = Counter()
    for t in toponyms:
        person = t.part_of is not None and t.part_of.kind == "person"
        if t.entries and t.entries[0].feature == "admin1" and not person:
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


def _choose_all(
    toponyms: Sequence[Toponym],
    chosen: Sequence[Entry | None],
    doubtful: Mapping[int, str],
    setting: _Setting,
) -> list[Entry | None]:
    """Choose anew for each doubtful name, given what was chosen for the others so far."""
    settled: dict[str, Entry] = {}
    for t, e in zip(toponyms, chosen, strict=True):
        if e is not None and t.part_of is None and e.feature not in _AREAS and e.place.latitude is not None:
            settled.setdefault(t.name.lower(), e)
    out = list(chosen)
    once: dict[str, Entry] = {}
    for k, name in doubtful.items():
        if name not in once:
            once[name] = _choose(k, toponyms, chosen, settled, setting)
        out[k] = once[name]
    return out


def _choose(
    k: int,
    toponyms: Sequence[Toponym],
    chosen: Sequence[Entry | None],
    settled: Mapping[str, Entry],
    setting: _Setting,
) -> Entry:
    t, name = toponyms[k], toponyms[k].name.lower()
    own = {e.place.source_id for e in t.entries}
    held = (e for n, e in settled.items() if n != name and e.place.source_id not in own)
    others = list(islice(held, _ENOUGH))
    around = range(max(0, k - _BESIDE_ON_EACH_SIDE), min(len(toponyms), k + _BESIDE_ON_EACH_SIDE + 1))
    named = [e for j in around if j != k and (e := chosen[j]) is not None]
    alone = [e for j in around if j != k and toponyms[j].contains is None and (e := chosen[j]) is not None]
    divisions = {e.admin1 for e in alone if e.feature == "admin1"}
    countries = {e.place.country for e in named if e.feature == "country"}
    beside = [
        e
        for j in around
        if toponyms[j].name.lower() != name
        and (e := chosen[j]) is not None
        and e.feature not in ("country", "continent")
    ]
    points_of_others, points_beside = _points(others), _points(beside)
    mine = setting.own.get(name, {})
    count = len(setting.own) + (0 if name in setting.own else 1)

    def score(e: Entry) -> float:
        division, country = e.admin1, e.place.country or ""
        value = _prominence(e) + (_FIRST if e is t.entries[0] else 0.0)
        if division:
            itself = e.feature == "admin1"
            value += _NAMED if setting.areas[division] > itself else 0.0
            value += _NAMED_ALONE if setting.alone[division] > itself else 0.0
            value += _NAMED_BESIDE if division in divisions else 0.0
            value += _DIVISION * (setting.votes[division] - mine.get(division, 0.0)) / count
        if country and e.feature != "country":
            value += _OLD_NAME if not e.primary and country in setting.countries else 0.0
            value += _COUNTRY_BESIDE if country in countries else 0.0
            value += _COUNTRY * (setting.votes[country] - mine.get(country, 0.0)) / count
        if others:
            near = _nearest(e, points_of_others)
            value += sum([worth * math.exp(-near / reach) for reach, worth in _NEAR])
        if beside:
            value += _BESIDE * math.exp(-_nearest(e, points_beside) / 300)
        return value

    return max(t.entries, key=score)


def _points(entries: Sequence[Entry]) -> list[tuple[float, float]]:
    return [(e.place.latitude or 0.0, e.place.longitude or 0.0) for e in entries]


def _nearest(e: Entry, points: Sequence[tuple[float, float]]) -> float:
    """Return how far the nearest of some points is, in km."""
    latitude, longitude = e.place.latitude, e.place.longitude
    if latitude is None or longitude is None:
        return math.inf
    shrink = math.cos(math.radians(latitude))
    return _KM_PER_DEGREE * min(
        [
            math.hypot(latitude - north, ((longitude - east + 180) % 360 - 180) * shrink)
            for north, east in points
        ]
    )


def _prominence(e: Entry) -> float:
    """Score a candidate by itself."""
    score = _SIZE * math.log10(e.population + 10) + _WEIGHT.get(e.feature, 0.0)
    if e.feature == "region" and e.place.country is None:
        score += _WIDE
    return score + (_USUAL if e.primary else 0.0)


def _place(k: int, toponyms: Sequence[Toponym], chosen: Sequence[Entry | None]) -> Place | None:
    """Make the place that is shown: known, a site named after a known one, or one without coordinates."""
    t, e = toponyms[k], chosen[k]
    written = " ".join(t.name.split())  # a name may go over the end of a line
    if e is None or _is_elsewhere(k, toponyms, chosen):
        return Place(written, _country_around(k, toponyms, chosen), None, None, _unknown_kind(t.name))
    if t.form == "site":
        kind = (
            Kind.REGION
            if t.name.split()[-1].lower() in load_vocabulary().words["region_heads"]
            else Kind.SITE
        )
        return Place(written, e.place.country, e.place.latitude, e.place.longitude, kind, e.place.source_id)
    if not e.primary and t.form == "name" and e.feature in ("city", "capital"):
        name = written if not (written.isupper() or written.islower()) else written.title()
        return replace(e.place, name=name)
    return e.place


def _around(k: int, toponyms: Sequence[Toponym]) -> range:
    """Return the toponyms that are looked at for one: in a text of any common length all of them."""
    return range(max(0, k - _WIDELY), min(len(toponyms), k + _WIDELY + 1))


def _is_elsewhere(k: int, toponyms: Sequence[Toponym], chosen: Sequence[Entry | None]) -> bool:
    """Tell whether what was chosen can only be a namesake of what is meant."""
    if toponyms[k].form == "site":
        return _only_namesake(k, toponyms, chosen)
    return _is_borne_everywhere(k, toponyms, chosen)


def _is_borne_everywhere(k: int, toponyms: Sequence[Toponym], chosen: Sequence[Entry | None]) -> bool:
    """Tell a name that towns of many countries bear from the one that no list has: a San Fernando in Chile.

    All that the text names must lie far from every one of them, and together in one country.
    """
    t, e = toponyms[k], chosen[k]
    if e is None or e.feature != "city" or t.container is not None or e.population >= _CITY:
        return False
    if len({c.place.country for c in t.entries}) < _MANY_COUNTRIES:
        return False
    others = [
        o
        for j in _around(k, toponyms)
        if (o := chosen[j]) is not None and toponyms[j].name != t.name and toponyms[j].part_of is None
        if o.feature not in _AREAS and o.place.latitude is not None
    ]
    if len(others) < _FEWEST or any(o.place.country == e.place.country for o in others):
        return False
    return (
        _nearest(e, _points(others)) > _OUT_OF_REACH_KM and _country_around(k, toponyms, chosen) is not None
    )


def _only_namesake(k: int, toponyms: Sequence[Toponym], chosen: Sequence[Entry | None]) -> bool:
    """Tell whether a site only shares its name with a small town elsewhere: "Coldwater Creek"."""
    t, e = toponyms[k], chosen[k]
    if e is None or t.container is not None or e.feature not in ("city", "admin1") or e.population >= _LARGE:
        return False
    others = [
        o
        for j in _around(k, toponyms)
        if (o := chosen[j]) is not None and toponyms[j].name != t.name and toponyms[j].part_of is None
        if o.feature not in _AREAS and o.place.source_id != e.place.source_id
    ]
    head = t.name.split()[-1].lower()
    return bool(others) and _nearest(e, _points(others)) > (_FAR_KM if head in _IN_TOWNS else _FAR_KM / 2)


def _country_around(k: int, toponyms: Sequence[Toponym], chosen: Sequence[Entry | None]) -> str | None:
    """Return the country of an unknown place: of the area named with it, else of most places around it.

    If those around it lie in many countries, most towns of the whole text decide.
    """
    container = toponyms[k].container
    if container is not None and (around := chosen[container]) is not None:
        return around.place.country
    votes: dict[str, float] = {}
    for step in (-1, 1):
        seen, j = 0, k + step
        while 0 <= j < len(toponyms) and seen < _NEIGHBOURS and abs(j - k) <= _WIDELY:
            t, e = toponyms[j], chosen[j]
            if e is not None and e.place.country and t.part_of is None and t.form != "people":
                seen += 1
                votes[e.place.country] = votes.get(e.place.country, 0.0) + 1 / seen
            j += step
    if not votes:  # "the Angolan officials": with no place known, people tell the country
        peoples = (t for j in _around(k, toponyms) if (t := toponyms[j]).form == "people" and t.entries)
        countries = {t.entries[0].place.country for t in peoples}
        return countries.pop() if len(countries) == 1 else None
    return _majority(votes) or _majority(_towns_by_country(k, toponyms, chosen))


def _majority(votes: Mapping[str, float]) -> str | None:
    """Return what has by far the most of the votes."""
    best = max(votes, key=lambda c: votes[c], default=None)
    return best if best is not None and votes[best] >= _MOST * sum(votes.values()) else None


def _towns_by_country(k: int, toponyms: Sequence[Toponym], chosen: Sequence[Entry | None]) -> Counter[str]:
    """Count how often the towns and sites of each country are named around a toponym."""
    return Counter(
        e.place.country
        for j in _around(k, toponyms)
        if (e := chosen[j]) is not None and e.place.country
        if toponyms[j].part_of is None and e.feature not in _AREAS
    )


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
