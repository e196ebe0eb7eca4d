"""Give the dates of a text to the stays they speak of.

What comes out are bounds, not windows: `schedule` makes the smallest windows of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from itinerary.cues import Context, Cue
from itinerary.model import Basis, DateWindow, Evidence
from itinerary.route import Stay
from itinerary.sentences import Document, Form
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym

__all__ = ["Bounds", "Dating", "date_stays"]


@dataclass(slots=True)
class Bounds:
    """What the text says of the days of one stay; ordinals of days, or day numbers.

    Parameters
    ----------
    arrive, depart : tuple of int or None
        Earliest and latest day of arrival and departure, where stated.
    present : list of (int, int)
        Days (first, last) on which the text puts the traveller there.
    within : list of (int, int)
        Windows that hold the whole stay.
    nights : int or None
    numbers : list of (int, int)
        Day numbers.
    basis : Basis
    evidence : list of Evidence
    """

    arrive: tuple[int | None, int | None] | None = None
    depart: tuple[int | None, int | None] | None = None
    present: list[tuple[int, int]] = field(default_factory=list)
    within: list[tuple[int, int]] = field(default_factory=list)
    nights: int | None = None
    numbers: list[tuple[int, int]] = field(default_factory=list)
    leaves_on: int | None = None
    basis: Basis = Basis.STATED
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and last day known of the stay, for ordering."""
        days = [d for pair in self.present for d in pair]
        days += [d for pair in (self.arrive, self.depart) if pair for d in pair if d is not None]
        if days:
            return min(days), max(days)
        numbers = [d for pair in self.numbers for d in pair]
        if numbers:
            return min(numbers), max(numbers)
        return None

    @property
    def order_span(self) -> tuple[int, int] | None:
        """The days to order by: exact ones only."""
        return self.span


@dataclass(frozen=True, slots=True)
class Dating:
    """Bounds for each stay, and the range of the whole trip if the text states one."""

    bounds: tuple[Bounds, ...]
    trip: tuple[int, int] | None
    pinned: bool
    trip_basis: Basis
    trip_evidence: Evidence | None
    nights: int | None = None


_DEPARTS = {"depart"}
_ARRIVES = {"arrive"}


class _Dater:
    def __init__(
        self,
        doc: Document,
        stays: Sequence[Stay],
        toponyms: Sequence[Toponym],
        contexts: Sequence[Context],
        cues: Sequence[Cue],
        timexes: Sequence[Timex],
        areas: Mapping[int, Sequence[int]],
        published: date | None,
    ) -> None:
        self.doc, self.stays, self.toponyms, self.contexts = doc, stays, toponyms, contexts
        self.cues, self.timexes, self.areas, self.published = cues, timexes, areas, published
        self.bounds = [Bounds() for _ in stays]
        self.trip: tuple[int, int] | None = None
        self.pinned = False
        self.trip_basis, self.trip_evidence = Basis.STATED, None
        self.tokens = [(doc.token_at(x.span.start), doc.token_at(x.span.end - 1) + 1) for x in timexes]
        self.stay_of: dict[int, list[int]] = defaultdict(list)
        for s, stay in enumerate(stays):
            for k in stay.mentions:
                self.stay_of[k].append(s)
        self.by_sentence: dict[int, list[int]] = defaultdict(list)
        for k in sorted(self.stay_of):
            self.by_sentence[contexts[k].sentence].append(k)
        self.dates_of: dict[int, list[int]] = defaultdict(list)
        s = 0
        for n, (a, _) in enumerate(self.tokens):
            while s + 1 < len(doc.sentences) and doc.sentences[s].last <= a:
                s += 1
            self.dates_of[s].append(n)
        self.moves = self._moves()

    def run(self) -> Dating:
        header: list[int] = []
        block = -1
        latest: int | None = None
        for s, sentence in enumerate(self.doc.sentences):
            here, dates = self.by_sentence.get(s, []), self.dates_of.get(s, [])
            if sentence.block != block:
                if sentence.form is Form.PROSE and not self._is_header_block(block):
                    header = []
                block = sentence.block
            if dates and not here:
                if sentence.form is not Form.PROSE or self._is_bare(s, dates):
                    header = [n for n in dates if self.timexes[n].kind in (TimexKind.DAY, TimexKind.INTERVAL, TimexKind.DAY_NUMBER, TimexKind.WINDOW)] or header
                    if self._names_trip(s, dates):
                        header = []
                else:
                    self._without_place(s, dates, latest)
            elif here and dates:
                self._with_places(s, here, dates)
                if sentence.form is not Form.PROSE:
                    header = []
            elif here and header:
                for k in here:
                    for stay in self.stay_of[k]:
                        if not self.bounds[stay].span:
                            for n in header:
                                self._give(stay, n, k)
            if here:
                latest = self.stay_of[here[-1]][-1]
        return Dating(tuple(self.bounds), self.trip, self.pinned, self.trip_basis, self.trip_evidence)

    # -- layout ------------------------------------------------------------------------------

    def _is_header_block(self, block: int) -> bool:
        """Tell a block of one short line, such as a date above a paragraph."""
        if block < 0:
            return False
        b = self.doc.blocks[block]
        return b.last - b.first == 1 and self.doc.sentences[b.first].form is not Form.PROSE

    def _is_bare(self, s: int, dates: Sequence[int]) -> bool:
        """Tell a sentence that is hardly more than its dates: "November 14th.--"."""
        sentence = self.doc.sentences[s]
        covered = sum(b - a for a, b in (self.tokens[n] for n in dates))
        return sentence.last - sentence.first - covered <= 3

    def _names_trip(self, s: int, dates: Sequence[int]) -> bool:
        """Take the dates of a heading such as "Europe tour, May 2 to 9" as those of the trip."""
        sentence = self.doc.sentences[s]
        words = set(self.doc.lower[sentence.first : sentence.last])
        if words & {"trip", "tour", "travel", "visit", "itinerary", "journey", "holiday", "vacation", "travels", "schedule"}:
            for n in dates:
                if self.timexes[n].kind is TimexKind.INTERVAL:
                    self._set_trip(n)
                    return True
        return False

    def _moves(self) -> dict[int, list[tuple[list[int], list[int]]]]:
        """List for each sentence the moves "from A to B": stays left and stays reached."""
        moves: dict[int, list[tuple[list[int], list[int]]]] = defaultdict(list)
        for cue in self.cues:
            if cue.rule.id in ("from place to place", "leave place for place", "to place from place") and cue.about and cue.then:
                left = [s for k in cue.about for s in self.stay_of.get(k, ())]
                reached = [s for k in cue.then for s in self.stay_of.get(k, ())]
                if left and reached:
                    moves[self.contexts[cue.about[0]].sentence].append((left, reached))
        return moves

    # -- attachment --------------------------------------------------------------------------------

    def _with_places(self, s: int, here: Sequence[int], dates: Sequence[int]) -> None:
        """Share the dates of a sentence among the stays it names."""
        rows: dict[int, list[int]] = defaultdict(list)
        for k in here:
            if self.contexts[k].row >= 0:
                rows[self.contexts[k].row].append(k)
        stays_here = {t for k in here for t in self.stay_of[k]}
        for n in dates:
            x = self.timexes[n]
            if x.kind is TimexKind.DURATION and self._is_trip_length(n, s):
                continue
            k = self._nearest(n, here)
            if k is None:
                continue
            row = rows.get(self.contexts[k].row, [k]) if self.contexts[k].row >= 0 else [k]
            group = list(dict.fromkeys(t for m in row for t in self.stay_of[m]))
            own = [m for m in row if any(self._adjacent(j, m) for j in dates)]
            if len(group) > 1 and not (len(own) > 1 or (own and own != row[:1] and own != row[-1:] and len(row) > 2)):
                self._give_range(group, n)
                continue
            folded = [t for t in self.areas.get(k, ())]
            if len(folded) > 1:
                self._give_range(folded, n)
                continue
            if len(stays_here) > 1 and self._covers_trip(n, s):
                self._set_trip(n)
                continue
            moved = False
            for left, reached in self.moves.get(s, ()):
                target = self.stay_of[k]
                if x.kind in (TimexKind.DAY, TimexKind.DAY_NUMBER) and (set(target) & set(left) or set(target) & set(reached)):
                    for t in left[-1:]:
                        self._depart_on(t, n)
                    for t in reached[:1]:
                        self._give(t, n, k, arriving=True)
                    moved = True
                    break
            if not moved:
                self._give(self.stay_of[k][-1] if len(self.stay_of[k]) == 1 else self._which(k), n, k)

    def _which(self, k: int) -> int:
        """Choose among several stays that share a mention the one announced last before it."""
        return self.stay_of[k][0]

    def _nearest(self, n: int, here: Sequence[int]) -> int | None:
        """Return the mention that a date belongs to."""
        a, b = self.tokens[n]
        best, cost = None, 1e9
        for k in here:
            t = self.toponyms[k]
            end = self.toponyms[t.container].last if t.container is not None else t.last
            if a >= end:
                gap = list(range(end, a))
                c = float(len(gap))
            elif b <= t.first:
                gap = list(range(b, t.first))
                c = len(gap) + 1.5
                if a - self.doc.sentences[self.contexts[k].sentence].first <= 2:
                    c = min(c, 6.0)
            else:
                continue
            words = self.doc.lower
            c += 8.0 * sum(words[i] in (";", "—", ".", "before", "after", "then") for i in gap)
            c += 2.0 * sum(words[i] in (",", "and", "to") for i in gap)
            c += 6.0 * sum(any(self.toponyms[j].first == i for j in here if j != k) for i in gap)
            c += 4.0 * sum(any(p == i for p, _ in self.tokens) for i in gap)
            if c < cost:
                best, cost = k, c
        return best

    def _adjacent(self, n: int, k: int) -> bool:
        """Tell a date that stands beside a place: "Rome (May 3)", "Rome on May 3"."""
        a, b = self.tokens[n]
        t = self.toponyms[k]
        end = self.toponyms[t.container].last if t.container is not None else t.last
        gap = self.doc.lower[end:a] if a >= end else self.doc.lower[b : t.first]
        return len(gap) <= 3 and all(w in _CLOSE for w in gap) and abs(a - end) < 6

    def _covers_trip(self, n: int, s: int) -> bool:
        """Tell whether a date of a sentence with several places is that of the whole trip."""
        x = self.timexes[n]
        if x.kind is TimexKind.WINDOW and s < 3:
            return len(self.dates_of[s]) == 1
        return False

    def _is_trip_length(self, n: int, s: int) -> bool:
        """Tell "a five-day trip" from "five days in Rome"."""
        a, b = self.tokens[n]
        ahead = self.doc.lower[b : b + 4]
        return any(w in ("trip", "tour", "visit", "journey", "swing", "voyage", "itinerary", "mission", "travel", "travels") for w in ahead)

    def _without_place(self, s: int, dates: Sequence[int], latest: int | None) -> None:
        """Give the dates of a sentence without a place to the trip, or to the stay spoken of last."""
        sentence = self.doc.sentences[s]
        words = set(self.doc.lower[sentence.first : sentence.last])
        for n in dates:
            x = self.timexes[n]
            if x.kind is TimexKind.INTERVAL and words & _TRIP_WORDS and (latest is None or s < 4):
                self._set_trip(n)
            elif x.kind is TimexKind.WINDOW and words & _TRIP_WORDS and s < 4 and self.trip is None:
                self._set_trip(n)
            elif latest is not None and words & _THERE and x.kind is not TimexKind.WINDOW:
                a = self.tokens[n][0]
                before = set(self.doc.lower[max(sentence.first, a - 6) : a])
                if before & {"leave", "leaves", "left", "depart", "departs", "departed", "until", "leaving"}:
                    self._depart_on(latest, n)
                else:
                    self._give(latest, n, None)

    # -- what a date says of a stay -----------------------------------------------------------------------

    def _evidence(self, n: int, about: str) -> Evidence:
        x = self.timexes[n]
        return Evidence(x.span, x.quote, x.rule, about)

    def _give(self, s: int, n: int, k: int | None, arriving: bool = False) -> None:
        """Let timex `n` speak of stay `s`, by the words around its mention `k`."""
        x, bounds = self.timexes[n], self.bounds[s]
        if x.kind is TimexKind.DURATION:
            if bounds.nights is None:
                bounds.nights = x.nights if x.nights is not None else None
                if x.nights is None and x.days is not None and x.days > 1 and self._stays(k):
                    bounds.nights = None
                bounds.evidence.append(self._evidence(n, "depart"))
            return
        if x.kind is TimexKind.DAY_NUMBER:
            if x.first_day is not None:
                bounds.numbers.append((x.first_day, x.last_day or x.first_day))
                bounds.evidence.append(self._evidence(n, "arrive"))
            return
        if x.earliest is None or x.latest is None:
            return
        lo, hi = x.earliest.toordinal(), x.latest.toordinal()
        if self._is_background(lo, hi, s):
            return
        bounds.basis = x.basis if x.basis is not Basis.STATED else bounds.basis
        verb = self.contexts[k].verb if k is not None else None
        group = verb.tag.group if verb is not None and verb.tag is not None else ""
        departing = group in _DEPARTS and k is not None and self.contexts[k].head.preposition in ("", "from", "out", "of") and not arriving
        bounds.evidence.append(self._evidence(n, "depart" if departing or x.bound == "until" else "arrive"))
        if x.bound in ("until", "through", "till"):
            bounds.depart = (lo, hi)
        elif x.bound in ("by", "before"):
            bounds.arrive = (None, hi)
        elif x.bound in ("from", "since", "starting", "after") and x.kind is TimexKind.DAY:
            bounds.arrive = (lo, hi)
        elif x.kind is TimexKind.INTERVAL:
            bounds.arrive, bounds.depart = (lo, lo), (hi, hi)
        elif departing:
            bounds.depart = (lo, hi)
            bounds.leaves_on = hi
        elif x.kind is TimexKind.DAY:
            bounds.present.append((lo, hi))
        else:
            bounds.within.append((lo, hi))

    def _depart_on(self, s: int, n: int) -> None:
        x, bounds = self.timexes[n], self.bounds[s]
        if x.kind is TimexKind.DAY_NUMBER and x.first_day is not None:
            bounds.numbers.append((x.first_day, x.first_day))
        elif x.earliest is not None and x.latest is not None and x.kind is not TimexKind.DURATION:
            lo, hi = x.earliest.toordinal(), x.latest.toordinal()
            if not self._is_background(lo, hi, s):
                bounds.depart = (lo, hi)
                bounds.evidence.append(self._evidence(n, "depart"))

    def _stays(self, k: int | None) -> bool:
        return k is not None and self.contexts[k].verb.tag is not None and self.contexts[k].verb.tag.group == "stay"

    def _give_range(self, group: Sequence[int], n: int) -> None:
        """Let one range speak of several stays: it bounds them all and pins the ends."""
        x = self.timexes[n]
        if x.earliest is None or x.latest is None or x.kind in (TimexKind.DURATION, TimexKind.DAY_NUMBER):
            return
        lo, hi = x.earliest.toordinal(), x.latest.toordinal()
        if self._is_background(lo, hi, group[0]):
            return
        if len(group) == len(self.stays):
            self._set_trip(n)
            return
        for s in group:
            self.bounds[s].within.append((lo, hi))
            self.bounds[s].evidence.append(self._evidence(n, "arrive"))
            self.bounds[s].basis = x.basis
        if x.kind is TimexKind.INTERVAL:
            first, last = self.bounds[group[0]], self.bounds[group[-1]]
            if first.arrive is None:
                first.arrive = (lo, lo)
            if last.depart is None:
                last.depart = (hi, hi)

    def _set_trip(self, n: int) -> None:
        x = self.timexes[n]
        if self.trip is not None or x.earliest is None or x.latest is None or x.kind is TimexKind.DURATION:
            return
        lo, hi = x.earliest.toordinal(), x.latest.toordinal()
        if self._is_background(lo, hi, 0):
            return
        self.trip = (lo, hi)
        self.pinned = x.kind is TimexKind.INTERVAL or (x.kind is TimexKind.DAY and len(self.stays) == 1)
        self.trip_basis = x.basis
        self.trip_evidence = self._evidence(n, "arrive")

    def _is_background(self, lo: int, hi: int, s: int) -> bool:
        """Tell a date that cannot belong to a trip told of now: years before the publication day."""
        if self.published is None:
            return False
        day = self.published.toordinal()
        return hi < day - 400 or lo > day + 1100


_CLOSE = frozenset(", ( ) on from for in the : - – — and until".split())
_TRIP_WORDS = frozenset("trip tour travel travels traveling travelling visit journey itinerary swing mission will delegation holiday cruise voyage".split())
_THERE = frozenset("he she they we i there his her their until leave leaves left depart departs arrive arrives stay stays stayed remain".split())


def date_stays(
    doc: Document,
    stays: Sequence[Stay],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    cues: Sequence[Cue],
    timexes: Sequence[Timex],
    areas: Mapping[int, Sequence[int]],
    published: date | None,
) -> Dating:
    """Attach the dates of a text to its stays.

    Parameters
    ----------
    areas : mapping of int to sequence of int
        For a toponym of a country or region the stays inside it.
    published : date or None
        Dates years away from it are background.

    Returns
    -------
    Dating
    """
    return _Dater(doc, stays, toponyms, contexts, cues, timexes, areas, published).run()


def window(bounds: tuple[int | None, int | None] | None, basis: Basis) -> DateWindow | None:
    """Turn ordinals into a window."""
    if bounds is None or bounds == (None, None):
        return None
    low, high = bounds
    return DateWindow(
        date.fromordinal(low) if low is not None else None, date.fromordinal(high) if high is not None else None, basis
    )


def shifted(day: date, days: int) -> date:
    """Return the day some days later."""
    return day + timedelta(days=days)
