"""Make stays of the visited places, put them in travel order and give each its role.

A country folds into its city; a place named again is the same stay unless the text says that the
traveller came back; order follows the wording, then dates, then the text.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from itinerary.cues import Context, Cue
from itinerary.gazetteer import Entry, Gazetteer
from itinerary.model import Evidence, Kind, Place, Role
from itinerary.sentences import Document
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym
from itinerary.visits import Group, Judgement, Weights

__all__ = [
    "Stay",
    "areas_of",
    "make_stays",
    "order_stays",
    "return_features",
    "stay_events",
    "stay_of_writing",
]


@dataclass(slots=True)
class Stay:
    """One stay while the route is being built.

    Parameters
    ----------
    group : int
        Index of the place's group.
    place : Place
    mentions : list of int
        Toponyms that speak of this stay, in text order; the first is where it was announced.
    announced : int
        Token at which the stay enters the text, maybe by the name of its country.
    again : bool
        True if the text says that the traveller comes back to a place of the trip.
    """

    group: int
    place: Place
    mentions: list[int]
    announced: int
    again: bool = False
    inside: int | None = None
    role: Role = Role.STOP
    evidence: list[Evidence] = field(default_factory=list)


_TELLING_LESS = 2.5  # log-odds behind the best mention at which one still tells the order
_TELLING = 0.0  # log-odds from which on any mention does
_NEW_STAY = -0.6  # log-odds: a stay too many costs less than one missed
_IN_ROW = 20  # toponyms to either side that may stand in one list
_TOWN, _KM = 5.0, 111.2  # kilometres: the width of a town, and of a degree
_TO_AIRPORT = 45.0  # kilometres from a town to its airport
_LONG = 3  # places; a longer list tells the order of a trip
_BACK = 200  # mentions within which a place may be named again as part of the trip
_AHEAD = 12  # dated stays that one is compared with; the chain orders the rest
_NOT_THERE = frozenset({"negated", "modal", "conditional"})
_DAYS_APART = range(1, 10_000)  # days, not years: day numbers are not compared with dates
_DATES = range(10_000, 10_000_000)  # dates, not day numbers
_OUT_OF = frozenset({"from", "via"})
_NEXT_WORDS = 16  # words at most between a place and the one from which it is reached
_NEW_WAY = frozenset(
    "and then before after home back return returns returning returned leave leaves leaving left afterwards "
    "later next onward onwards until till too also there . ;".split()
)
_OVER = frozenset({"past", "perfect", "pluperfect"})
_TITLE = frozenset({"headline", "dateline"})  # they name places by weight, not in order


def areas_of(
    groups: Sequence[Group], toponyms: Sequence[Toponym], gazetteer: Gazetteer
) -> dict[int, list[int]]:
    """Find which groups lie inside which: for a country or region the indices of the places in it."""
    inside: dict[int, list[int]] = {}
    entries = [_entry(g, toponyms) for g in groups]
    for n, outer in enumerate(groups):
        if outer.place.kind not in (Kind.COUNTRY, Kind.REGION):
            continue
        held = []
        for m, (inner, entry) in enumerate(zip(groups, entries, strict=True)):
            if m == n or (inner.place.kind is Kind.COUNTRY and outer.place.kind is Kind.COUNTRY):
                continue
            if (entry is not None and gazetteer.contains(outer.place, entry)) or (
                entry is None
                and outer.place.kind is Kind.COUNTRY
                and inner.place.country == outer.place.country
                and inner.place.country
            ):
                held.append(m)
        if held:
            inside[n] = held
    return inside


def _entry(group: Group, toponyms: Sequence[Toponym]) -> Entry | None:
    for k in group.members:
        for e in toponyms[k].entries:
            if e.place.source_id == group.place.source_id:
                return e
    return None


def make_stays(
    doc: Document,
    judgements: Sequence[Judgement],
    inside: Mapping[int, Sequence[int]],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    timexes: Sequence[Timex],
    weights: Weights,
) -> list[Stay]:
    """Turn the visited places into stays, in text order.

    Parameters
    ----------
    doc : Document
    judgements : sequence of Judgement
        One for each group.
    inside : mapping
        See `areas_of`.
    toponyms, contexts : sequences in parallel
    timexes : sequence of Timex
    weights : Weights
        The model that tells a return to a place from a second word about the same stay.

    Returns
    -------
    list of Stay
    """
    visited = {n for n, j in enumerate(judgements) if j.visited}
    inside = _without_islands(judgements, visited, inside, toponyms)
    folded = {n for n in visited if any(m in visited for m in inside.get(n, ()))}
    events = stay_events(judgements, visited - folded)
    stays: list[Stay] = []
    last_of: dict[int, Stay] = {}
    for i, (k, n) in enumerate(events):
        previous = last_of.get(n)
        if previous is not None:
            features = return_features(i, events, doc, toponyms, contexts, timexes)
            if (
                features is None
                or weights.score(features) < _NEW_STAY
                or _is_no_visit(k, contexts, toponyms, doc)
            ):
                previous.mentions.append(k)
                continue
        stay = Stay(n, judgements[n].group.place, [k], toponyms[k].first, again=previous is not None)
        stays.append(stay)
        last_of[n] = stay
    scores = {k: x for j in judgements for k, x in zip(j.group.members, j.mention_scores, strict=True)}
    for stay in stays:
        body = [k for k in stay.mentions if not _TITLE & set(contexts[k].features)] or stay.mentions
        body = [k for k in body if _leads_there(contexts[k])] or body
        best = max(scores[k] for k in body)
        telling = [k for k in body if scores[k] >= min(best - _TELLING_LESS, _TELLING)]
        stay.announced = toponyms[telling[0]].first
    _follow_lists(stays, toponyms, contexts)
    _announce(stays, judgements, folded, inside, toponyms, contexts)
    return _join_neighbours(stays)


def _without_islands(
    judgements: Sequence[Judgement],
    visited: Collection[int],
    inside: Mapping[int, Sequence[int]],
    toponyms: Sequence[Toponym],
) -> Mapping[int, Sequence[int]]:
    """Leave in a visited island only places written with its name: others may lie across the water.

    A town on the shore is as near as those on the island, and who names both was at both.
    """
    out = dict(inside)
    for n in inside:
        entry = _entry(judgements[n].group, toponyms) if n in visited else None
        if entry is None or entry.feature != "island":
            continue
        own = set(judgements[n].group.members)
        out[n] = [m for m in out[n] if any(toponyms[k].container in own for k in judgements[m].group.members)]
    return out


def _is_no_visit(k: int, contexts: Sequence[Context], toponyms: Sequence[Toponym], doc: Document) -> bool:
    """Tell a place named again that is called off or passed."""
    features, t = contexts[k].features, toponyms[k]
    if "rule:cancelled" in features:
        return True
    following = doc.lower[t.last : min(doc.sentences[contexts[k].sentence].last, t.last + 4)]
    return "stopping" in following and not {"without", "not"}.isdisjoint(following)


def _join_neighbours(stays: Sequence[Stay]) -> list[Stay]:
    """Make one stay of two at one place between which nothing else is told."""
    out: list[Stay] = []
    for stay in sorted(stays, key=lambda s: s.announced):
        if out and out[-1].group == stay.group:
            out[-1].mentions = sorted({*out[-1].mentions, *stay.mentions})
        else:
            out.append(stay)
    kept = {id(stay) for stay in out}
    return [stay for stay in stays if id(stay) in kept]


def _sites_within(judgements: Sequence[Judgement], groups: Collection[int]) -> dict[int, int]:
    """Map each visited site, a palace or a base, to the visited town that it stands in."""
    towns: dict[int, list[int]] = defaultdict(list)  # by whole degrees of latitude
    for n in sorted(groups):
        town = judgements[n].group.place
        if town.kind is Kind.CITY and town.latitude is not None:
            towns[round(town.latitude)].append(n)
    out = {}
    for n in groups:
        site = judgements[n].group.place
        if site.kind is Kind.SITE and site.latitude is not None:
            degree = round(site.latitude)
            near = (t for d in (degree - 1, degree, degree + 1) for t in towns.get(d, ()))
            town_of = next((t for t in near if _are_close(site, judgements[t].group.place)), None)
            if town_of is not None:
                out[n] = town_of
    return out


def _are_close(a: Place, b: Place) -> bool:
    """Tell places of one country hardly farther apart than the parts of a town."""
    if a.country != b.country or None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return False
    north = (a.latitude - b.latitude) * _KM  # type: ignore[operator]
    east = (a.longitude - b.longitude) * _KM * math.cos(math.radians(a.latitude))  # type: ignore[operator,arg-type]
    reach = _TO_AIRPORT if a.name.endswith(" Airport") else _TOWN
    return north * north + east * east < reach * reach


def _follow_lists(stays: Sequence[Stay], toponyms: Sequence[Toponym], contexts: Sequence[Context]) -> None:
    """Let a long list, most of which is named there first, set the place of its members in the order."""
    rows: dict[int, list[tuple[int, Stay]]] = defaultdict(list)
    for stay in stays:
        for k in stay.mentions:
            if contexts[k].row >= 0 and not _TITLE & set(contexts[k].features):
                rows[contexts[k].row].append((toponyms[k].first, stay))
    for row in rows.values():
        if len(row) > _LONG and sum(stay.announced >= at for at, stay in row) * 2 > len(row):
            for at, stay in row:
                stay.announced = max(stay.announced, at)


def _leads_there(context: Context) -> bool:
    """Tell a mention that may set a place in the order from "from Rome" and "would never see Rome"."""
    return context.head.preposition != "from" and not _NOT_THERE.intersection(context.features)


def stay_events(judgements: Sequence[Judgement], groups: Collection[int]) -> list[tuple[int, int]]:
    """List the mentions that may speak of a stay, in text order: toponym and group.

    A site in a visited town speaks of the stay in the town.
    """
    events = []
    town = _sites_within(judgements, groups)
    for n in groups:
        j = judgements[n]
        best = max(j.mention_scores)
        events += [
            (k, town.get(n, n))
            for k, score in zip(j.group.members, j.mention_scores, strict=True)
            if score > -0.8 or score == best
        ]
    return sorted(events)


def return_features(
    i: int,
    events: Sequence[tuple[int, int]],
    doc: Document,
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    timexes: Sequence[Timex],
) -> dict[str, float] | None:
    """Describe a place named again, to tell whether it is a new stay.

    Returns
    -------
    dict of str to float, or None
        None if the place was not named before, or nothing else was named since.
    """
    k, n = events[i]
    last = next((j for j in range(i - 1, max(-1, i - _BACK), -1) if events[j][1] == n), None)
    if last is None or last == i - 1:
        return None
    now, before = contexts[k], contexts[events[last][0]]
    between = events[last + 1 : i]
    groups = len({m for _, m in between})
    out = {
        "places between": min(groups, _MANY) / _MANY,
        "far into the text": toponyms[k].first / max(1, len(doc.words)),
    }
    names = _words_of_return(toponyms[k], now, doc)
    names |= _place_in_trip(i, last, events, names)
    names |= _days_of_return(now, before, [contexts[j] for j, _ in between], timexes)
    names.add(f"in {doc.sentences[now.sentence].form}")
    if groups > 1:
        names.add("two places between")
    if doc.sentences[now.sentence].block != doc.sentences[before.sentence].block:
        names.add("another block")
    if "rule:origin" in before.features or before.head.preposition == "from":
        names.add("left before")
    elif "first sentence" in before.features:
        names.add("first named in the lead")
    if not _TITLE.isdisjoint(before.features):
        names.add("first named in the lead")
    if now.row >= 0:
        names.add("in a list")
    if toponyms[k].form != "name":
        names.add("described")
    return out | dict.fromkeys(sorted(names), 1.0)


def _words_of_return(t: Toponym, now: Context, doc: Document) -> set[str]:
    """Name what the words around a place say of coming back to it."""
    sentence, out = doc.sentences[now.sentence], set()
    ahead = doc.lower[max(sentence.first, t.first - 14) : t.first]
    back = not _AGAIN.isdisjoint(ahead[-6:]) or not _AGAIN.isdisjoint(
        doc.lower[t.last : min(sentence.last, t.last + 4)]
    )
    if back:
        out.add("back")
    elif not _AGAIN.isdisjoint(ahead):
        out.add("back, earlier in the sentence")
    verb = now.verb.tag.group if now.verb.tag else ""
    head = now.head.tag.group if now.head.tag else ""
    if {verb, head} & _MOVING and now.head.preposition in _INTO:
        out.add("moves there")
    if now.head.preposition == "from" or verb == "depart":
        out.add("leaves")
    if "return" in (verb, head):
        out.add("returns")
    if not _NO_STAY.isdisjoint(now.features) or any(f.startswith("owner of") for f in now.features):
        out.add("something speaks against it")
    if "rule:return" in now.features:
        out.add("plainly back")
    return out


def _next_place(i: int, events: Sequence[tuple[int, int]]) -> int | None:
    """Return the place named after another, if any is."""
    return next((m for _, m in events[i + 1 : i + _BACK] if m != events[i][1]), None)


def _place_in_trip(i: int, last: int, events: Sequence[tuple[int, int]], words: Collection[str]) -> set[str]:
    """Name where a mention stands in the trip: home is named first and last."""
    n, out = events[i][1], set()
    if events[0][1] == n and i >= len(events) - 3:
        out.add("first and late")
        if "moves there" in words:
            out.add("moves to the first, late")
    if any(m == n for _, m in events[i + 1 : i + _BACK]):
        out.add("named later")
    following = _next_place(i, events)
    if following is not None and following == _next_place(last, events):
        out.add("the same place follows")  # the trip is told once more
    return out


def _days_of_return(
    now: Context, before: Context, between: Sequence[Context], timexes: Sequence[Timex]
) -> set[str]:
    """Name how the day of a mention lies to that of the one before, and to those of the places between."""
    day, past = _day_of(now, timexes), _day_of(before, timexes)
    if day is None:
        return set()
    others = [d for c in between if (d := _day_of(c, timexes)) is not None]
    out = {"on a day"} if past is None and not others else set()
    if past is not None:
        out.add("a later day" if day > past else "the same day" if day == past else "an earlier day")
    if others:
        out.add("after the days between" if day >= max(others) else "before the days between")
        if past is not None and day > past and day >= max(others):
            out.add("a later visit")
    return out


_MANY = 5  # places between two mentions from which on more make no difference
_MOVING = frozenset({"arrive", "go", "return", "trip"})
_INTO = frozenset({"to", "in", "at", "into", "for", "via", ""})
_AGAIN = frozenset("back home return returns returned returning again homeward homewards once second".split())
_NO_STAY = frozenset(
    "governed by a noun|rule:cancelled|rule:past|rule:hypothetical|area of a place|negated|modal|conditional|"
    "before noun topic|before noun person|day long ago|part of person|part of organisation|part of event|"
    "prep:including|prep:with|prep:between|prep:against|prep:regarding|prep:like|prep:than|prep:about|"
    "subject:other+go|subject:other+be|subject:other+arrive|subject:other+visit|subject:other+depart|"
    "subject:other+return|within quotation marks".split("|")
)


def _day_of(context: Context, timexes: Sequence[Timex]) -> int | None:
    """Return the day, or day number, that stands nearest to a mention in its sentence."""
    for x in context.dates[:1]:
        timex = timexes[x]
        if (timex.earliest is not None and timex.earliest == timex.latest) or (
            timex.kind is TimexKind.INTERVAL and timex.earliest
        ):
            return timex.earliest.toordinal() if timex.earliest else None
        if timex.first_day is not None:
            return timex.first_day
    return None


def _announce(
    stays: Sequence[Stay],
    judgements: Sequence[Judgement],
    folded: set[int],
    inside: Mapping[int, Sequence[int]],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
) -> None:
    """Let the name of a country announce the cities in it: they count from there on."""
    first: dict[int, Stay] = {}
    for stay in stays:
        first.setdefault(stay.group, stay)
    listed = _rows_of_stays(stays, toponyms, contexts)
    areas = {
        k for n, held in inside.items() if any(m in first for m in held) for k in judgements[n].group.members
    }
    for n, held in inside.items():
        j = judgements[n]
        cities = [first[m] for m in held if m in first]
        strong = [
            k
            for k, s in zip(j.group.members, j.mention_scores, strict=True)
            if s > 0 and not _TITLE & set(contexts[k].features)
        ]
        if not strong or not cities or (n in folded and j.group.place.kind is not Kind.COUNTRY):
            continue
        k = strong[0]
        ahead = sorted((s for s in cities if s.announced > toponyms[k].first), key=lambda s: s.announced)
        if len(ahead) == len(cities):
            if n in folded:
                ahead[0].mentions.insert(0, k)
            if contexts[k].row in listed:
                for city in ahead:
                    city.announced = toponyms[k].first
            elif n in folded and not _lists_areas(k, contexts, areas):
                ahead[0].announced = toponyms[k].first
        if n in folded:
            for stay in cities:
                stay.mentions = sorted({*stay.mentions, *(s for s in strong if len(cities) == 1)})


def _lists_areas(k: int, contexts: Sequence[Context], areas: Collection[int]) -> bool:
    """Tell a country in a list of such: what the text says of the places in them tells the order."""
    row = contexts[k].row
    return row >= 0 and any(
        contexts[j].row == row for j in range(max(0, k - _IN_ROW), k + _IN_ROW) if j != k and j in areas
    )


def _rows_of_stays(
    stays: Sequence[Stay], toponyms: Sequence[Toponym], contexts: Sequence[Context]
) -> set[int]:
    """List the rows of places that announce a stay by its own name."""
    at = {stay.announced for stay in stays}
    return {
        contexts[k].row
        for stay in stays
        for k in stay.mentions
        if toponyms[k].first in at and contexts[k].row >= 0
    }


def order_stays(
    stays: Sequence[Stay],
    cues: Sequence[Cue],
    dates: Mapping[int, tuple[int, int]],
    folded: Mapping[int, Sequence[int]],
    contexts: Sequence[Context],
    loose: Collection[int] = (),
    now: int | None = None,
    ways: Collection[tuple[int, int]] = (),
) -> tuple[list[int], list[tuple[Cue, bool]]]:
    """Put stays in travel order.

    Parameters
    ----------
    stays : sequence of Stay
    cues : sequence of Cue
        Those with the sense ``order``, ``earlier``, ``first`` or ``last`` count.
    dates : mapping of int to (int, int)
        For a stay the first and last day (ordinals) on which the text puts the traveller there.
    folded : mapping of int to sequence of int
        For a toponym of an area the stays inside it.
    contexts : sequence of Context
        One for each toponym.
    loose : collection of int
        The stays whose days only loosely speak of them.
    now : int, optional
        The day of publication (ordinal).
    ways : collection of (int, int)
        Pairs of stays of which one is told as the way to the other, see `ways_between`.

    Returns
    -------
    list of int
        Indices of `stays` in travel order.
    list of (Cue, bool)
        The order statements, and whether each was kept; those that contradict others are not.
    """
    rank = sorted(range(len(stays)), key=lambda s: stays[s].announced)
    position = {s: r for r, s in enumerate(rank)}
    owner: dict[int, list[int]] = defaultdict(list)
    for s, stay in enumerate(stays):
        for k in stay.mentions:
            owner[k].append(s)
    known = _Precedences()
    statements = _stated(stays, cues, owner, folded, contexts, known)
    for a, b in ways:
        known.add(a, b)
    _earlier(stays, cues, folded, contexts, known)
    _by_date(dates, loose, position, known)
    _first_and_last(stays, cues, owner, contexts, known)
    _around_writing(stays, contexts, dates, now, known)
    return _topological(len(stays), known.after, position), statements


class _Precedences:
    """Which stays come before which, never in a circle: what is added first wins."""

    def __init__(self) -> None:
        self.after: dict[int, set[int]] = defaultdict(set)

    def add(self, a: int, b: int) -> bool:
        """Put `a` before `b` unless `b` comes before `a` already; tell whether it was done."""
        if self._reaches(b, a):
            return False
        self.after[a].add(b)
        return True

    def _reaches(self, a: int, b: int) -> bool:
        """Tell whether `b` is `a` itself or known to come after it."""
        todo, seen = [a], {a}
        while todo:
            x = todo.pop()
            if x == b:
                return True
            for y in self.after[x]:
                if y not in seen:
                    seen.add(y)
                    todo.append(y)
        return False


def _stated(
    stays: Sequence[Stay],
    cues: Sequence[Cue],
    owner: Mapping[int, Sequence[int]],
    folded: Mapping[int, Sequence[int]],
    contexts: Sequence[Context],
    known: _Precedences,
) -> list[tuple[Cue, bool]]:
    """Follow the statements of order; return each with whether it was kept."""
    statements: list[tuple[Cue, bool]] = []
    for cue in _in_text_order(cues):
        if cue.rule.sense != "order":
            continue
        firsts = [s for k in cue.about for s in owner.get(k, folded.get(k, ()))]
        thens = [s for k in cue.then for s in owner.get(k, folded.get(k, ()))]
        if any(_only_again(stays[s], k, contexts) for k in cue.then for s in owner.get(k, ())):
            continue  # it speaks of coming back, and the stay began before
        kept = False
        for a in firsts:
            for b in thens:
                if stays[a].group != stays[b].group and set(firsts) != set(thens) and known.add(a, b):
                    kept = True
        if firsts and thens and set(firsts) != set(thens):
            statements.append((cue, kept))
    return statements


def ways_between(
    stays: Sequence[Stay], doc: Document, toponyms: Sequence[Toponym], contexts: Sequence[Context]
) -> list[tuple[int, int]]:
    """List the stays named behind the place that they lead to: "lands in Oslo on Sunday, 18.05 from Turku".

    Returns
    -------
    list of (int, int)
        Where the way comes from or leads through, and where it goes.
    """
    owner: dict[int, int] = {}
    for s, stay in enumerate(stays):
        for k in stay.mentions:
            owner.setdefault(k, s)
    named, out = sorted(owner), []
    for i, k in enumerate(named):
        stay = stays[owner[k]]
        known = stay.again or (k != min(stay.mentions) and toponyms[k].first > stay.announced)
        if not known and _leads_on(contexts[k]):
            goal = _goal_before(named[max(0, i - _NEXT_WORDS) : i], k, doc, toponyms, contexts)
            if goal is None or owner[goal] == owner[k] or _only_again(stays[owner[goal]], goal, contexts):
                continue
            out.append((owner[k], owner[goal]))
    return out


def _leads_on(context: Context) -> bool:
    """Tell a place that the words before it call the start of a way, or a change on it."""
    return context.head.preposition in _OUT_OF or "rule:transit" in context.features


def _goal_before(
    named: Sequence[int],
    k: int,
    doc: Document,
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
) -> int | None:
    """Find the place, named before another in its clause, to which somebody travels from there."""
    for j in reversed(named):
        between = doc.lower[toponyms[j].last : toponyms[k].first]
        if contexts[j].sentence != contexts[k].sentence or len(between) > _NEXT_WORDS:
            return None
        if not _NEW_WAY.isdisjoint(between):
            return None
        if not _leads_on(contexts[j]):
            heads = (contexts[j].verb, contexts[j].head)
            return j if any(h.tag is not None and h.tag.group in _MOVING for h in heads) else None
    return None


def _only_again(stay: Stay, k: int, contexts: Sequence[Context]) -> bool:
    """Tell a mention of coming back that was not taken for a stay of its own."""
    return k != stay.mentions[0] and "rule:return" in contexts[k].features


def _earlier(
    stays: Sequence[Stay],
    cues: Sequence[Cue],
    folded: Mapping[int, Sequence[int]],
    contexts: Sequence[Context],
    known: _Precedences,
) -> None:
    """Put what comes "before that" ahead of the stays spoken of just before."""
    owner = {k: held[0] for k, held in folded.items() if len(held) == 1}
    owner |= {k: s for s, stay in enumerate(stays) for k in stay.mentions}
    for cue in _in_text_order(cues):
        if cue.rule.sense != "earlier":
            continue
        named = [k for k in cue.about if k in owner]
        if not named:
            continue
        here = contexts[named[0]].sentence
        ahead = [k for k in owner if k < named[0] and here - 2 <= contexts[k].sentence < here]
        if ahead:
            told = contexts[max(ahead)].sentence
            for former in sorted({owner[k] for k in ahead if contexts[k].sentence == told}):
                for k in named:
                    known.add(owner[k], former)


def _by_date(
    dates: Mapping[int, tuple[int, int]],
    loose: Collection[int],
    position: Mapping[int, int],
    known: _Precedences,
) -> None:
    """Put a stay that ends by the day on which another begins before it.

    Against the order of the text only sure days count, and those of the same day leave it as it is.
    """
    dated = sorted(dates, key=lambda s: (dates[s], position[s]))
    for n, a in enumerate(dated):
        for b in dated[n + 1 : n + 1 + _AHEAD]:
            if position[a] > position[b] and (a in loose or dates[b][0] - dates[a][1] not in _DAYS_APART):
                continue
            if dates[a][1] <= dates[b][0] and dates[a] != dates[b]:
                known.add(a, b)


def _first_and_last(
    stays: Sequence[Stay],
    cues: Sequence[Cue],
    owner: Mapping[int, Sequence[int]],
    contexts: Sequence[Context],
    known: _Precedences,
) -> None:
    """Put what is called the first stop before all others, and the last behind them.

    Where the trip set out comes before its first stop, and the way home behind its last. What is
    called the last in the second half of a text is the last of what was told so far.
    """
    named_first = [min(stay.mentions) for stay in stays]
    for cue in _in_text_order(cues):
        if cue.rule.sense not in ("first", "last"):
            continue
        named = {s for k in cue.about for s in owner.get(k, ())[:1]}
        groups = {stays[s].group for s in named}
        others = [s for s, stay in enumerate(stays) if stay.group not in groups]
        to_come = {s for s in others if named_first[s] > cue.about[0]}
        early = len(to_come) * 2 >= len(others)
        for s in sorted(named):
            for other in others:
                if cue.rule.sense == "first":
                    if not _sets_out(stays[other], contexts):
                        known.add(s, other)
                elif other not in to_come or (early and not _is_way_home(stays[other], contexts)):
                    known.add(other, s)


def stay_of_writing(stays: Sequence[Stay], contexts: Sequence[Context]) -> int | None:
    """Find the stay where the text was written: the dateline names it, and the next lines do not."""
    for s, stay in enumerate(stays):
        k = next((k for k in stay.mentions if "dateline" in contexts[k].features), None)
        if k is None or stay.again:
            continue
        body = next((m for m in stay.mentions if not _TITLE & set(contexts[m].features)), None)
        if body is None or not _leads_there(contexts[body]):
            return s
        return s if contexts[body].sentence > contexts[k].sentence + 1 else None
    return None


def _around_writing(
    stays: Sequence[Stay],
    contexts: Sequence[Context],
    dates: Mapping[int, tuple[int, int]],
    now: int | None,
    known: _Precedences,
) -> None:
    """Put what was over when the text was written before the stay it tells from, what was to come behind."""
    here = stay_of_writing(stays, contexts)
    if here is None:
        return
    for s, stay in enumerate(stays):
        if s == here:
            continue
        days = dates.get(s)
        if days is not None and now is not None and days[0] in _DATES:
            if days[1] < now:
                known.add(s, here)
            elif days[0] > now:
                known.add(here, s)
        elif contexts[stay.mentions[0]].verb.tense in _OVER:
            known.add(s, here)


def _sets_out(stay: Stay, contexts: Sequence[Context]) -> bool:
    """Tell a place that the text says the traveller leaves."""
    return any("rule:origin" in contexts[k].features for k in stay.mentions)


def _is_way_home(stay: Stay, contexts: Sequence[Context]) -> bool:
    """Tell a place that the text says the traveller comes back to."""
    return any("rule:return" in contexts[k].features for k in stay.mentions)


def _in_text_order(cues: Iterable[Cue]) -> list[Cue]:
    """Sort cues by where they stand, so that the order of the rules in their file decides nothing."""
    return sorted(cues, key=lambda c: (c.evidence.span, c.rule.id))


def _topological(count: int, after: Mapping[int, set[int]], position: Mapping[int, int]) -> list[int]:
    """Sort so that every edge points forward; among the free, keep the order of the text."""
    blocked = [0] * count
    for a in range(count):
        for b in after.get(a, ()):
            blocked[b] += 1
    order: list[int] = []
    free = sorted((s for s in range(count) if not blocked[s]), key=lambda s: position[s])
    while free:
        s = free.pop(0)
        order.append(s)
        for b in after.get(s, ()):
            blocked[b] -= 1
            if not blocked[b]:
                free.append(b)
        free.sort(key=lambda x: position[x])
    return order + [s for s in range(count) if s not in order]
