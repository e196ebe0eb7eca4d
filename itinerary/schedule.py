"""Narrow the days of all stops by what the text says of each and by their order.

Every statement is a difference constraint: a later day is at least, or at most, so many days after an
earlier one. The tightest windows are longest and shortest paths, found by sweeping forwards and backwards
over the stops until nothing changes. Contradictions are never raised: the statement trusted least goes, and a
conflict tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from itinerary.model import Basis, DateWindow

__all__ = ["Conflict", "Solution", "Visit", "solve"]

_TRUST = {Basis.INFERRED: 0, Basis.RELATIVE: 2, Basis.STATED: 3}
_LENGTH_TRUST = 1  # a length of stay says less than a day: the text may count it in its own way
_ORDER_TRUST = 4
_LOWEST = date.min.toordinal()
_HIGHEST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Visit:
    """What a text says of one stop.

    Parameters
    ----------
    arrive, depart : DateWindow or None
        Bounds of its own, either side open.
    nights : pair of int or None
        Least and greatest number of days from arrival to departure, if stated.
    inside : int or None
        Index of the earlier stop whose stay contains this day trip.
    overnight : pair of int or None
        Least and greatest number of days on the way from the stop before, if stated.
    """

    arrive: DateWindow | None = None
    depart: DateWindow | None = None
    nights: tuple[int | None, int | None] = (None, None)
    inside: int | None = None
    overnight: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A statement that contradicts others, and was dropped.

    Parameters
    ----------
    index : int
        Of the stop concerned; -1 for the trip as a whole.
    message : str
        One plain sentence.
    kept, dropped : str
        What holds and what was set aside, in plain words.
    """

    index: int
    message: str
    kept: str
    dropped: str


@dataclass(frozen=True, slots=True)
class Solution:
    """Windows of arrival and departure, one pair per visit, and what had to be dropped to get them."""

    windows: tuple[tuple[DateWindow | None, DateWindow | None], ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(slots=True)
class _Edge:
    """Day `b` is at least `gap` days after day `a`; day 0 is the calendar itself."""

    a: int
    b: int
    gap: int
    trust: int
    index: int
    what: str
    alive: bool = True


def solve(visits: Sequence[Visit], trip: DateWindow | None = None, *, pin_ends: bool = False) -> Solution:
    """Give every arrival and departure the smallest window that all statements allow.

    Arrival, departure and next arrival follow each other; a day trip lies within the stay of its base, and
    the stop after it follows the base's departure.

    Parameters
    ----------
    visits : sequence of Visit
        In travel order.
    trip : DateWindow, optional
        First and last day of the whole trip; every day lies within it.
    pin_ends : bool
        The first arrival is the trip's first day and the last departure its last day, unless
        those stops have days of their own.

    Returns
    -------
    Solution
        A side that nothing bounds stays open; a window open on both sides is None.
    """
    if not visits:
        return Solution(())
    count = len(visits)
    inside = [_base(visits, i) for i in range(count)]
    edges = [*_order(inside, visits), *_own(visits)]
    if trip is not None:
        edges += _trip(visits, inside, trip, pin_ends)
    low, high, conflicts = _settle(edges, 2 * count + 1, visits, trip)
    basis = _bases(edges, low, high)
    windows = []
    for i in range(count):
        pair = tuple(_window(low[n], high[n], basis.get(n, Basis.INFERRED)) for n in (2 * i + 1, 2 * i + 2))
        windows.append((pair[0], pair[1]))
    return Solution(tuple(windows), tuple(conflicts))


def _base(visits: Sequence[Visit], i: int) -> int | None:
    """Return the stop that a day trip starts from; what is no earlier stop of its own counts as none."""
    base = visits[i].inside
    if base is None or not 0 <= base < i or visits[base].inside is not None:
        return None
    return base


def _order(inside: Sequence[int | None], visits: Sequence[Visit]) -> list[_Edge]:
    edges: list[_Edge] = []
    stay: int | None = None
    trip_of: dict[int, int] = {}
    for i, base in enumerate(inside):
        arrive, depart = 2 * i + 1, 2 * i + 2
        edges.append(_Edge(arrive, depart, 0, _ORDER_TRUST, i, "order"))
        if base is not None:
            edges.append(_Edge(2 * base + 1, arrive, 0, _ORDER_TRUST, i, "order"))
            edges.append(_Edge(depart, 2 * base + 2, 0, _ORDER_TRUST, i, "order"))
            if base in trip_of:
                edges.append(_Edge(2 * trip_of[base] + 2, arrive, 0, _ORDER_TRUST, i, "order"))
            trip_of[base] = i
            continue
        if stay is not None:
            edges.append(_Edge(2 * stay + 2, arrive, 0, _ORDER_TRUST, i, "order"))
            least, most = visits[i].overnight
            if least:
                edges.append(_Edge(2 * stay + 2, arrive, least, _TRUST[Basis.STATED], i, "nights on the way"))
            if most is not None:
                edges.append(_Edge(arrive, 2 * stay + 2, -most, _TRUST[Basis.STATED], i, "nights on the way"))
        stay = i
    return edges


def _bounds(
    node: int, window: DateWindow | None, index: int, what: str, trust: int | None = None
) -> list[_Edge]:
    if window is None:
        return []
    edges = []
    rank = _TRUST[window.basis] if trust is None else trust
    if window.earliest:
        edges.append(_Edge(0, node, window.earliest.toordinal(), rank, index, what))
    if window.latest:
        edges.append(_Edge(node, 0, -window.latest.toordinal(), rank, index, what))
    return edges


def _own(visits: Sequence[Visit]) -> list[_Edge]:
    edges: list[_Edge] = []
    for i, visit in enumerate(visits):
        edges += _bounds(2 * i + 1, visit.arrive, i, "arrival")
        edges += _bounds(2 * i + 2, visit.depart, i, "departure")
        least, most = visit.nights
        if least:
            edges.append(_Edge(2 * i + 1, 2 * i + 2, least, _LENGTH_TRUST, i, "length of stay"))
        if most is not None:
            edges.append(_Edge(2 * i + 2, 2 * i + 1, -most, _LENGTH_TRUST, i, "length of stay"))
    return edges


def _trip(visits: Sequence[Visit], inside: Sequence[int | None], trip: DateWindow, pin: bool) -> list[_Edge]:
    """Bound all days by the trip; only the outermost stops need it, and day trips follow their bases."""
    edges: list[_Edge] = []
    trust = _TRUST[trip.basis]
    for i in range(len(visits)):
        for node in (2 * i + 1, 2 * i + 2):
            edges += _bounds(node, trip, -1, "trip", trust)
    stays = [i for i, base in enumerate(inside) if base is None]
    first, last = stays[0], stays[-1]
    if pin and trip.earliest and visits[first].arrive is None:
        edges += _bounds(
            2 * first + 1, DateWindow(trip.earliest, trip.earliest, trip.basis), -1, "trip", trust
        )
    own = visits[last].depart
    if pin and trip.latest and (own is None or own.latest is None):
        edges += _bounds(2 * last + 2, DateWindow(trip.latest, trip.latest, trip.basis), -1, "trip", trust)
    return edges


# --------------------------------------------------------------------------------------------- shortest paths

_MOST_CONFLICTS = 20  # beyond these a text is no itinerary; the rest is cleared in one go


def _settle(
    edges: list[_Edge], nodes: int, visits: Sequence[Visit], trip: DateWindow | None
) -> tuple[list[int | None], list[int | None], list[Conflict]]:
    """Drop statements until none contradict; return the least and greatest day of every node."""
    edges.sort(key=lambda edge: (max(edge.a, edge.b), edge.a))
    conflicts: list[Conflict] = []
    while True:
        alive = [edge for edge in edges if edge.alive]
        _, cycle = _longest(alive, [0] * nodes)
        if not cycle:
            break
        if len(conflicts) >= _MOST_CONFLICTS:
            dropped = _clear(alive, everything=len(conflicts) > _MOST_CONFLICTS)
            conflicts.append(_conflict(dropped, [], visits, trip))
            continue
        worst = _least_trusted(cycle, alive)
        conflicts.append(_conflict(worst, [edge for edge in cycle if edge is not worst], visits, trip))
        for edge in alive:
            if (edge.index, edge.what) == (worst.index, worst.what):
                edge.alive = False
    low, _ = _longest(alive, [0] + [None] * (nodes - 1))
    turned = [_Edge(edge.b, edge.a, edge.gap, edge.trust, edge.index, edge.what) for edge in alive]
    back, _ = _longest(turned, [0] + [None] * (nodes - 1))
    return low, [None if day is None else -day for day in back], conflicts


def _longest(edges: Sequence[_Edge], far: Sequence[int | None]) -> tuple[list[int | None], list[_Edge]]:
    """Return the longest way to every node from those that `far` starts with, or a cycle that never ends.

    Most edges join neighbours, so a sweep to and fro usually does; the number of sweeps grows only where
    a change has to turn round more than once.
    """
    best = list(far)
    via: list[_Edge | None] = [None] * len(best)
    there = [(edge.a, edge.b, edge.gap, edge) for edge in edges]
    back = there[::-1]
    for turn in range(2 * len(best) + 2):
        changed = False
        for a, b, gap, edge in back if turn % 2 else there:
            start = best[a]
            if start is None:
                continue
            end = best[b]
            if end is None or start + gap > end:
                best[b] = start + gap
                via[b] = edge
                changed = True
        if not changed:
            return best, []
        cycle = _cycle(via)
        if cycle:
            return best, cycle
    return best, []


def _cycle(via: Sequence[_Edge | None]) -> list[_Edge]:
    """Return the edges of a cycle among the last steps to each node, if there is one."""
    seen = [0] * len(via)
    for start in range(len(via)):
        node, mark = start, start + 1
        while seen[node] == 0:
            seen[node] = mark
            edge = via[node]
            if edge is None:
                break
            node = edge.a
        else:
            if seen[node] == mark:
                found: list[_Edge] = []
                at = node
                while True:
                    step = via[at]
                    if step is None:
                        return found
                    found.append(step)
                    at = step.a
                    if at == node:
                        return found
    return []


def _least_trusted(cycle: Sequence[_Edge], edges: Sequence[_Edge]) -> _Edge:
    """Choose what to drop: the least trusted, then what contradicts most others, then what comes last."""
    droppable = [edge for edge in cycle if edge.trust < _ORDER_TRUST] or list(cycle)
    lowest = min(edge.trust for edge in droppable)
    rivals = [edge for edge in droppable if edge.trust == lowest]
    if len(rivals) == 1:
        return rivals[0]
    return max(rivals, key=lambda edge: (_contradictions(edge, edges), edge.index, edge.b))


def _contradictions(edge: _Edge, edges: Sequence[_Edge]) -> int:
    """Count the statements of days that cannot hold together with this statement, by order alone."""
    against: set[tuple[int, str]] = set()
    own = [other for other in edges if (other.index, other.what) == (edge.index, edge.what)]
    if edge.index < 0:  # the trip says the same of every stop: its first and last stop stand for all
        lower = [other for other in own if other.a == 0]
        upper = [other for other in own if other.b == 0]
        own = [*lower[:1], *upper[-1:]]
    for mine in own:
        for other in edges:
            too_late = mine.a == 0 == other.b and other.a >= mine.b and -other.gap < mine.gap
            too_early = mine.b == 0 == other.a and other.b <= mine.a and other.gap > -mine.gap
            if too_late or too_early:
                against.add((other.index, other.what))
    against.discard((edge.index, edge.what))
    return len(against)


def _clear(edges: Sequence[_Edge], everything: bool) -> _Edge:
    """Drop in one pass every length and every day that goes back behind an earlier one, or everything."""
    latest = _LOWEST
    dropped = edges[0]
    days: dict[tuple[int, str], list[_Edge]] = {}
    for edge in edges:
        if edge.trust < _ORDER_TRUST:
            days.setdefault((edge.index, edge.what), []).append(edge)
    for (_, what), group in days.items():
        least = max((edge.gap for edge in group if edge.a == 0), default=None)
        most = min((-edge.gap for edge in group if edge.b == 0), default=None)
        fits = not everything and what in ("arrival", "departure") and (most is None or most >= latest)
        if fits and least is not None:
            latest = max(latest, least)
        if not fits:
            dropped = group[0]
            for edge in group:
                edge.alive = False
    return dropped


def _bases(edges: Sequence[_Edge], low: Sequence[int | None], high: Sequence[int | None]) -> dict[int, Basis]:
    """Tell whence each window comes: from the statement that gives it, else it is inferred."""
    names = {value: basis for basis, value in _TRUST.items()}
    lower: dict[int, _Edge] = {}
    upper: dict[int, _Edge] = {}
    for edge in edges:
        if edge.alive and edge.a == 0 and low[edge.b] == edge.gap:
            lower[edge.b] = max(edge, lower.get(edge.b, edge), key=lambda e: e.trust)
        elif edge.alive and edge.b == 0 and high[edge.a] == -edge.gap:
            upper[edge.a] = max(edge, upper.get(edge.a, edge), key=lambda e: e.trust)
    found: dict[int, Basis] = {}
    for node in lower.keys() | upper.keys():
        sides = [edge for edge in (lower.get(node), upper.get(node)) if edge]
        own = [edge for edge in sides if edge.what in ("arrival", "departure")]
        if own or len(sides) == 2:
            found[node] = names.get(min(edge.trust for edge in own or sides), Basis.INFERRED)
    return found


def _window(low: int | None, high: int | None, basis: Basis) -> DateWindow | None:
    first = date.fromordinal(low) if low is not None and _LOWEST <= low <= _HIGHEST else None
    last = date.fromordinal(high) if high is not None and _LOWEST <= high <= _HIGHEST else None
    return DateWindow(first, last, basis) if first or last else None


# --------------------------------------------------------------------------------------------------- messages


def _conflict(
    worst: _Edge, rest: Sequence[_Edge], visits: Sequence[Visit], trip: DateWindow | None
) -> Conflict:
    dropped = _words(worst, visits, trip)
    others = [_words(edge, visits, trip) for edge in rest if edge.trust < _ORDER_TRUST]
    kept = (
        " and ".join(dict.fromkeys(other for other in others if other != dropped)) or "the order of the stops"
    )
    message = f"The {dropped} contradicts the {kept.removeprefix('the ')}, so it was set aside."
    return Conflict(worst.index, message, kept, dropped)


def _words(edge: _Edge, visits: Sequence[Visit], trip: DateWindow | None) -> str:
    if edge.index < 0:
        return f"range of the whole trip ({trip.edtf if trip else ''})"
    visit, where = visits[edge.index], f"stop {edge.index + 1}"
    if edge.what == "arrival" and visit.arrive:
        return f"arrival at {where} ({visit.arrive.edtf})"
    if edge.what == "departure" and visit.depart:
        return f"departure from {where} ({visit.depart.edtf})"
    if edge.what == "length of stay":
        return f"length of stay at {where} ({_length(visit.nights)})"
    if edge.what == "nights on the way":
        return f"time on the way to {where} ({_length(visit.overnight)})"
    return f"order at {where}"


def _length(nights: tuple[int | None, int | None]) -> str:
    least, most = nights
    if least == most:
        return f"{least} nights" if least != 1 else "1 night"
    if most is None:
        return f"at least {least} nights"
    return f"{least or 0} to {most} nights"
