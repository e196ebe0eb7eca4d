"""Keep what a text says of the days of each stay, and turn it into statements for `schedule`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from itinerary.model import Basis, DateWindow, Evidence, Kind, Role
from itinerary.route import Stay

__all__ = [
    "Bounds",
    "Dating",
    "close_by_writing",
    "close_numbers",
    "day_trips",
    "exact_days",
    "statements",
    "window",
]

Pair = tuple[int | None, int | None]


@dataclass(slots=True)
class Bounds:
    """What the text says of the days of one stay; ordinals of days, or day numbers.

    Parameters
    ----------
    arrive, depart : tuple of int or None
        Earliest and latest day of arrival and departure, where stated.
    present : list of (int, int)
        Days (first, last) on which the text puts the traveller there.
    likely : list of (int, int)
        Days that speak of the stay only loosely: they count as far as those in `present` allow.
    within : list of (int, int)
        Windows that hold the whole stay.
    nights : int or None
    days : int or None
        Length of the stay, where the text counts days and not nights.
    moved : int or None
        The day on which the traveller came from the stop before, and so left it.
    reached : bool
        True if the first day known is said to be that of arrival.
    latest : int or None
        The day by which the stay is over, as a list of days goes on elsewhere.
    same_day : bool
        True if the text says that it was a matter of hours.
    slept : bool
        True if a night was spent there.
    barred : bool
        True if the text gives the stay a day that the calendar does not have: no other takes its place.
    came : bool
        True if the text tells of the coming there as past.
    over : bool
        True if it tells of the visit as past.
    numbers : list of (int, int)
        Day numbers.
    basis : Basis
    evidence : list of Evidence
    """

    arrive: tuple[int | None, int | None] | None = None
    depart: tuple[int | None, int | None] | None = None
    present: list[tuple[int, int]] = field(default_factory=list)
    likely: list[tuple[int, int]] = field(default_factory=list)
    within: list[tuple[int, int]] = field(default_factory=list)
    nights: int | None = None
    days: int | None = None
    moved: int | None = None
    reached: bool = False
    latest: int | None = None
    same_day: bool = False
    barred: bool = False
    slept: bool = False
    came: bool = False
    over: bool = False
    numbers: list[tuple[int, int]] = field(default_factory=list)
    basis: Basis = Basis.STATED
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and last day known of the stay, for ordering."""
        return self._days(self.likely)

    @property
    def sure(self) -> tuple[int, int] | None:
        """The same without the days that speak of the stay only loosely."""
        return self._days(())

    def _days(self, likely: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        days = [d for pair in self.present for d in pair]
        days += [d for pair in (self.arrive, self.depart) if pair for d in pair if d is not None]
        if not days:
            days = [d for pair in likely for d in pair]
        if days:
            return min(days), max(days)
        numbers = [d for pair in self.numbers for d in pair]
        return (min(numbers), max(numbers)) if numbers else None


@dataclass(frozen=True, slots=True)
class Dating:
    """Bounds for each stay, and the range of the whole trip if the text states one.

    Parameters
    ----------
    bounds : tuple of Bounds
    trip : tuple of int or None
        First and last day.
    pinned : bool
        True if the trip's range bounds the first arrival and the last departure to the day.
    slack : int
        Days that the way there and back may take off the range at its ends.
    trip_basis : Basis
    trip_evidence : Evidence or None
    closed : bool
        True if the text says on which day the tour ends, and so the last stay.
    nightly : bool
        True if who tells of the trip made it: the nights between the days told are told, too.
    nights : int or None
    """

    bounds: tuple[Bounds, ...]
    trip: tuple[int, int] | None
    pinned: bool
    trip_basis: Basis
    trip_evidence: Evidence | None
    nights: int | None = None
    slack: int = 0
    closed: bool = False
    nightly: bool = False


_NEXT = 2  # days between two days named that may still be next to each other
_UNKNOWN: tuple[Pair, Pair] = ((None, None), (None, None))


def exact_days(b: Bounds) -> list[tuple[int, int]]:
    """List the pairs of days (first, last) that bound a stay."""
    pairs = [*b.present]
    pairs += [(p[0], p[1]) for p in (b.arrive, b.depart) if p and p[0] is not None and p[1] is not None]
    return pairs


def day_trips(bounds: Sequence[Bounds]) -> list[int | None]:
    """Find the day trips: a stay of one day within the days of the stay before it.

    Parameters
    ----------
    bounds : sequence of Bounds
        In travel order.

    Returns
    -------
    list of int or None
        For each stay the index of the one it starts from.
    """
    out: list[int | None] = []
    base: int | None = None
    for n, b in enumerate(bounds):
        span, held = b.span, bounds[base].span if base is not None else None
        if (
            span
            and held
            and not b.numbers
            and span[0] == span[1]
            and held[0] <= span[0] < held[1]
            and span != held
        ):
            out.append(base)
        else:
            out.append(None)
            base = n
    return out


def statements(
    stays: Sequence[Stay], bounds: Sequence[Bounds], inside: Sequence[int | None], dated: Dating
) -> list[tuple[Pair, Pair, Pair, Pair]]:
    """Say what the text says of each stay: arrival, departure, days between them, days since the stay before.

    Parameters
    ----------
    stays, bounds : sequences in parallel
        In travel order.
    inside : sequence of int or None
        See `day_trips`.
    dated : Dating

    Returns
    -------
    list of tuple
        Pairs of the least and greatest; ordinals of days, and numbers of days.
    """
    inside = [base if stay.inside is None else stay.inside for stay, base in zip(stays, inside, strict=True)]
    route = [n for n, base in enumerate(inside) if base is None]
    limit: int | None = None
    for n in range(len(bounds) - 1, -1, -1):
        _settle_likely(bounds[n], limit)
        span = bounds[n].span
        limit = span[0] if span and inside[n] is None else limit
    own = [_own(b) for b in bounds]
    for n, (stay, b) in enumerate(zip(stays, bounds, strict=True)):
        if inside[n] is not None or stay.role in (Role.ORIGIN, Role.TRANSIT):
            own[n] = _one_day(b, *own[n])
    for n, after in pairwise(route):
        _leave_for(n, bounds[after], own)
        _reach_after(bounds[n], bounds[after], after, own)
        _end_by(bounds[n], n, own)
        _end_night(
            bounds[n],
            bounds[after],
            n,
            own,
            nightly=dated.nightly and stays[n].place.kind is not Kind.SITE,
        )
    _reach_home(stays, route, own)
    if route:
        if stays[route[-1]].role is not Role.RETURN:
            _end_last(route[-1], own)
        start = bounds[route[0]]
        _outer(route[0], route[-1], own, dated, start)
    out: list[tuple[Pair, Pair, Pair, Pair]] = []
    chained = counted = False
    for stay, b, (arrive, depart) in zip(stays, bounds, own, strict=True):
        follows = chained and arrive == (None, None)
        nights: Pair = (None, None)
        if follows and counted and stay.role is Role.TRANSIT and depart == (None, None):
            nights = (0, 0)  # passed on the way from one stay to the next
        if b.nights is not None or b.days is not None:
            nights = (b.nights, b.nights) if b.nights is not None else ((b.days or 1) - 1, b.days)
            nights = (None, None) if None not in depart and None not in arrive else nights
        out.append(
            (
                _in_order(arrive),
                _in_order(depart),
                nights,
                (0, 0) if follows and nights[0] is not None else (None, None),
            )
        )
        counted = nights[0] is not None and nights[0] == nights[1]
        chained = counted or _exact(depart) is not None
    return out


def _own(b: Bounds) -> tuple[Pair, Pair]:
    """Return the windows of arrival and departure that a stay has of its own."""
    low = high = least = most = None
    if b.present:
        low, high = min(p[0] for p in b.present), min(p[1] for p in b.present)
        least = max(p[0] for p in b.present)
    for first, last in b.within:
        low = first if low is None else max(low, first)
        most = last if most is None else min(most, last)
        if not b.present:
            least = first if least is None else max(least, first)
            high = last if high is None else min(high, last)
    if b.arrive:
        low, high = b.arrive
    if b.depart:
        least, most = b.depart
    elif b.same_day and b.present and least is not None:
        most = least
    return (low, high), (least, most)


def _one_day(b: Bounds, arrive: Pair, depart: Pair) -> tuple[Pair, Pair]:
    """Close a stay that ends on its day: a day trip, a change of planes, the place of setting out."""
    if b.nights is None and depart[1] is None and None not in arrive and arrive[0] == arrive[1] == depart[0]:
        return arrive, arrive
    if arrive == (None, None) and None not in depart and not b.barred:
        return depart, depart
    return arrive, depart


def close_numbers(stays: Sequence[Stay], bounds: Sequence[Bounds]) -> None:
    """Let each numbered stay end on the numbered day on which the next one begins, where the days adjoin.

    Parameters
    ----------
    stays, bounds : sequences in parallel
        In travel order.
    """
    for (stay, b), after in zip(zip(stays, bounds, strict=True), bounds[1:], strict=False):
        if b.numbers and after.numbers and stay.role is not Role.TRANSIT:
            last, first = max(d for p in b.numbers for d in p), min(d for p in after.numbers for d in p)
            if first == last + 1:
                b.numbers.append((first, first))


def _settle_likely(b: Bounds, limit: int | None) -> None:
    """Count the likely days that lie after the first sure one and before the next stay."""
    sure = [*b.present, *([b.arrive] if b.arrive else [])]
    low = min((p[0] for p in sure if p[0] is not None), default=None)
    high = b.depart[1] if b.depart and b.depart[1] is not None else limit
    for day in b.likely:
        if (low is None or low <= day[0] <= low + 30) and (high is None or day[0] <= high):
            b.present.append(day)


def _leave_for(n: int, after: Bounds, own: list[tuple[Pair, Pair]]) -> None:
    """Let stay `n` end on the day on which the traveller moved on."""
    arrive, depart = own[n]
    if after.moved is None:
        return
    if depart[1] is not None and depart[0] != depart[1] == after.moved - 1:  # there until the weekend is over
        own[n] = arrive, (after.moved, after.moved)
        return
    if depart[1] is None and all(d is None or d <= after.moved for d in (*arrive, depart[0])):
        own[n] = arrive, (after.moved, after.moved)


def _end_by(b: Bounds, n: int, own: list[tuple[Pair, Pair]]) -> None:
    """Let a stay without a stated end be over when a list of days goes on elsewhere."""
    arrive, (least, most) = own[n]
    if b.latest is not None and most is None and least is not None and least <= b.latest:
        own[n] = arrive, (least, b.latest)


def _end_night(b: Bounds, after: Bounds, n: int, own: list[tuple[Pair, Pair]], *, nightly: bool) -> None:
    """Let a stay end on the morning after its last night, if the next stay begins no earlier.

    A night is spent there if the text says so, and in the text of one who was there also where
    the next stay begins on the day after.
    """
    arrive, (least, most) = own[n]
    if most is not None or b.nights is not None or b.days is not None or None in arrive:
        return
    last = arrive[1] if least is None else least
    span = after.span
    slept = b.slept and arrive[0] == arrive[1] and last == arrive[0]
    if last is None or (span is not None and span[0] != last + 1):
        return
    if slept or (nightly and span is not None and not b.same_day):
        own[n] = arrive, (last + 1, last + 1)


def _end_last(n: int, own: list[tuple[Pair, Pair]]) -> None:
    """Let the last stay end on the last of the days, next to each other, that the text names of it."""
    arrive, (least, most) = own[n]
    first = _exact(arrive)
    if most is None and least is not None and first is not None and first < least <= first + _NEXT:
        own[n] = arrive, (least, least)


def _reach_home(stays: Sequence[Stay], route: Sequence[int], own: list[tuple[Pair, Pair]]) -> None:
    """Let the way home, and the way to the first place by another, take no more than a night."""
    if len(route) < 2:
        return
    (before, last), (first, second) = route[-2:], route[:2]
    left, reached = _exact(own[before][1]), _exact(own[second][0])
    if stays[last].role is Role.RETURN and own[last] == _UNKNOWN and left is not None:
        own[last] = (left, left + 1), (None, None)
    if stays[first].role is Role.TRANSIT and own[first] == _UNKNOWN and reached is not None:
        own[first] = (reached - 1, reached), (reached - 1, reached)


def _exact(pair: Pair) -> int | None:
    return pair[0] if pair[0] == pair[1] else None


def _reach_after(b: Bounds, after: Bounds, n: int, own: list[tuple[Pair, Pair]]) -> None:
    """Let the stay after one that is left on a stated day begin on that day: "until Friday, then Bari"."""
    depart = own[n][1]
    if after.barred or after.present or after.arrive:
        return
    if b.depart is None or b.depart[0] is None or b.depart[0] != b.depart[1]:
        return
    day = b.depart[0]
    if after.numbers or any(not first - 1 <= day <= last for first, last in after.within):
        return
    if depart[1] is not None and depart[1] < day:
        return
    own[n] = (day, day), (day if after.within and depart[0] is None else depart[0], depart[1])
    if not after.evidence:
        after.basis = Basis.INFERRED


def _outer(first: int, last: int, own: list[tuple[Pair, Pair]], dated: Dating, start: Bounds) -> None:
    """Complete the ends of the trip: where it starts, the departure is all there is.

    A day on which the text puts the traveller at the first stop, without saying that it is the day
    of arrival, leaves the days since the start of the trip open.
    """
    arrive, depart = own[first]
    came = bool(start.moved or start.arrive or start.reached)
    if arrive == (None, None) and None not in depart and dated.trip is None and not start.barred:
        own[first] = depart, depart
    if dated.trip is None:
        return
    low, high = dated.trip
    arrive, depart = own[first]
    if dated.pinned and arrive[0] is not None and arrive[0] == arrive[1] and low < arrive[0] and not came:
        own[first] = (low, arrive[0]), depart
    if dated.closed and own[last][1][1] is None:
        own[last] = own[last][0], (high, high)
    if not dated.slack:
        return
    if own[first][0] == (None, None):
        own[first] = (low, low + dated.slack), own[first][1]
    if own[last][1] == (None, None):
        own[last] = own[last][0], (high - dated.slack, high)


def _in_order(pair: Pair) -> Pair:
    low, high = pair
    return (low, None) if low is not None and high is not None and low > high else pair


def window(bounds: tuple[int | None, int | None] | None, basis: Basis) -> DateWindow | None:
    """Turn ordinals into a window."""
    if bounds is None or bounds == (None, None):
        return None
    low, high = bounds
    return DateWindow(
        date.fromordinal(low) if low is not None and low > 0 else None,
        date.fromordinal(high) if high is not None else None,
        basis,
    )


Windows = tuple[DateWindow | None, DateWindow | None]


def close_by_writing(
    windows: Sequence[Windows], bounds: Sequence[Bounds], published: date | None
) -> list[Windows]:
    """Bound by the day of writing what the text leaves open: what is still to come, and a visit that is over.

    Parameters
    ----------
    windows : sequence of (DateWindow or None, DateWindow or None)
        Of arrival and departure, in travel order.
    bounds : sequence of Bounds
        In parallel.
    published : date or None
    """
    if published is None:
        return list(windows)
    out = []
    for (arrive, depart), b in zip(windows, bounds, strict=True):
        left = _from(depart, published)
        first = left.earliest if left is not None and left.earliest is not None else published
        reached = arrive if b.came else _from(arrive, min(published, first))
        out.append((reached, _until(left, published) if b.over else left))
    return out


def _from(window: DateWindow | None, day: date) -> DateWindow | None:
    """Let a window without a beginning begin on a day, if it ends no earlier."""
    if window is None or window.earliest is not None or window.latest is None or window.latest < day:
        return window
    return replace(window, earliest=day)


def _until(window: DateWindow | None, day: date) -> DateWindow | None:
    """Let a window without an end end on a day, if it begins no later."""
    if window is None or window.latest is not None or window.earliest is None or window.earliest > day:
        return window
    return replace(window, latest=day)
