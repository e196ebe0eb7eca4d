"""Make stays of the visited places, put them in travel order and give each its role.

A country folds into its city; a place named again is the same stay unless the text says that the
traveller came back; order follows the wording, then dates, then the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from itinerary.cues import Context, Cue
from itinerary.gazetteer import Entry, Gazetteer
from itinerary.model import Evidence, Kind, Place, Role
from itinerary.sentences import Document, Form
from itinerary.toponyms import Toponym
from itinerary.visits import Group, Judgement

__all__ = ["Stay", "areas_of", "make_stays", "order_stays"]


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


def areas_of(groups: Sequence[Group], toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> dict[int, list[int]]:
    """Find which groups lie inside which: for a country or region the indices of the places in it."""
    inside: dict[int, list[int]] = {}
    entries = [_entry(g, toponyms) for g in groups]
    for n, outer in enumerate(groups):
        if outer.place.kind not in (Kind.COUNTRY, Kind.REGION):
            continue
        held = []
        for m, inner in enumerate(groups):
            entry = entries[m]
            if m == n or inner.place.kind is Kind.COUNTRY and outer.place.kind is Kind.COUNTRY:
                continue
            if entry is not None and gazetteer.contains(outer.place, entry):
                held.append(m)
            elif entry is None and outer.place.kind is Kind.COUNTRY and inner.place.country == outer.place.country and inner.place.country:
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
    cues: Sequence[Cue],
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
    cues : sequence of Cue

    Returns
    -------
    list of Stay
    """
    visited = {n for n, j in enumerate(judgements) if j.visited}
    folded = {n for n in visited if any(m in visited for m in inside.get(n, ()))}
    came_back = {k for cue in cues if cue.rule.sense == "return" for k in cue.about}
    events: list[tuple[int, int, float]] = []
    for n in visited - folded:
        j = judgements[n]
        best = max(j.mention_scores)
        for k, score in zip(j.group.members, j.mention_scores, strict=True):
            if score > -0.8 or score == best:
                events.append((k, n, score))
    stays: list[Stay] = []
    last_of: dict[int, Stay] = {}
    for k, n, score in sorted(events):
        previous = last_of.get(n)
        if previous is not None and not _is_new_stay(k, score, previous, stays, doc, toponyms, contexts, came_back):
            previous.mentions.append(k)
            continue
        stay = Stay(n, judgements[n].group.place, [k], toponyms[k].first, again=previous is not None)
        stays.append(stay)
        last_of[n] = stay
    _announce(stays, judgements, folded, inside, toponyms, contexts)
    return stays


def _is_new_stay(
    k: int,
    score: float,
    previous: Stay,
    stays: Sequence[Stay],
    doc: Document,
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    came_back: set[int],
) -> bool:
    """Tell a return to a place from a second word about the same stay."""
    if stays[-1] is previous or score < 0:
        return False
    context, before = contexts[k], contexts[previous.mentions[-1]]
    form = doc.sentences[context.sentence].form
    if context.row >= 0 and context.row == before.row:
        return True
    if form is not Form.PROSE and "opens the " + form in context.features and context.sentence != before.sentence:
        return doc.sentences[before.sentence].form is not Form.PROSE
    group = context.verb.tag.group if context.verb.tag else ""
    if k in came_back and context.head.preposition in ("to", "in", "at", "for", "into", "via", "from", "", "through"):
        return group in ("go", "arrive", "return", "stay", "depart", "visit", "") or "subject:traveller" in context.features
    noun = context.head.tag.group if context.head.tag and context.head.tag.part == "noun" else ""
    if form is not Form.PROSE and group in ("go", "arrive", "return", "visit", "stay"):
        return True
    return noun == "trip" and context.head.preposition == "to" and form is not Form.PROSE


def _announce(
    stays: Sequence[Stay],
    judgements: Sequence[Judgement],
    folded: set[int],
    inside: Mapping[int, Sequence[int]],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
) -> None:
    """Let the name of a country announce the cities in it: they count from there on."""
    first = {}
    for stay in stays:
        first.setdefault(stay.group, stay)
    for n in folded:
        j = judgements[n]
        if j.group.place.kind is not Kind.COUNTRY:
            continue
        strong = [k for k, s in zip(j.group.members, j.mention_scores, strict=True) if s > 0]
        cities = [first[m] for m in inside[n] if m in first]
        if not strong or not cities:
            continue
        k = strong[0]
        ahead = [s for s in cities if s.announced > toponyms[k].first]
        if len(ahead) == len(cities):
            city = min(cities, key=lambda s: s.announced)
            city.announced = toponyms[k].first
            city.mentions.insert(0, k)
        for stay in cities:
            stay.mentions = sorted({*stay.mentions, *(s for s in strong if len(cities) == 1)})


def order_stays(
    stays: Sequence[Stay],
    cues: Sequence[Cue],
    dates: Mapping[int, tuple[int, int]],
    toponyms: Sequence[Toponym],
    folded: Mapping[int, Sequence[int]],
) -> tuple[list[int], list[tuple[Cue, bool]]]:
    """Put stays in travel order.

    Parameters
    ----------
    stays : sequence of Stay
    cues : sequence of Cue
        Those with the sense ``order``, ``first`` or ``last`` count.
    dates : mapping of int to (int, int)
        For a stay the first and last day (ordinals) on which the text puts the traveller there.
    toponyms : sequence of Toponym
    folded : mapping of int to sequence of int
        For a toponym of an area the stays inside it.

    Returns
    -------
    list of int
        Indices of `stays` in travel order.
    list of (Cue, bool)
        The order statements, and whether each was kept; those that contradict others are not.
    """
    count = len(stays)
    rank = sorted(range(count), key=lambda s: stays[s].announced)
    position = {s: r for r, s in enumerate(rank)}
    after: dict[int, set[int]] = defaultdict(set)

    def reaches(a: int, b: int) -> bool:
        todo, seen = [a], {a}
        while todo:
            x = todo.pop()
            if x == b:
                return True
            for y in after[x]:
                if y not in seen:
                    seen.add(y)
                    todo.append(y)
        return False

    dated = sorted(dates, key=lambda s: (dates[s], position[s]))
    for a, b in zip(dated, dated[1:], strict=False):
        if dates[a][0] < dates[b][0] or dates[a][1] < dates[b][1]:
            after[a].add(b)
    statements: list[tuple[Cue, bool]] = []
    owner: dict[int, list[int]] = defaultdict(list)
    for s, stay in enumerate(stays):
        for k in stay.mentions:
            owner[k].append(s)
    for cue in cues:
        if cue.rule.sense != "order":
            continue
        firsts = [s for k in cue.about for s in owner.get(k, folded.get(k, ()))]
        thens = [s for k in cue.then for s in owner.get(k, folded.get(k, ()))]
        kept = False
        for a in firsts:
            for b in thens:
                if a != b and stays[a].group != stays[b].group and not reaches(b, a):
                    after[a].add(b)
                    kept = True
        if firsts and thens and set(firsts) != set(thens):
            statements.append((cue, kept))
    for cue in cues:
        if cue.rule.sense in ("first", "last"):
            named = [s for k in cue.about for s in owner.get(k, ())]
            for s in named[:1]:
                for other in range(count):
                    if other == s or stays[other].group == stays[s].group or other in named:
                        continue
                    a, b = (s, other) if cue.rule.sense == "first" else (other, s)
                    if not reaches(b, a):
                        after[a].add(b)
    return _topological(count, after, position), statements


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
