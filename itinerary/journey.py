"""Find the days of the trip as a whole, and bound its stays by them and by lists of days."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from itinerary.cues import Context
from itinerary.model import Basis, Evidence
from itinerary.route import Stay
from itinerary.scene import EARLY, TRIP_WORDS, Scene, Spot, length_of
from itinerary.sentences import Document, Form
from itinerary.shows import show_lines
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym
from itinerary.windows import Bounds, exact_days

__all__ = ["BREAKS", "LEAVES", "Journey", "Mark"]

BREAKS = frozenset("; — – -- . : but before after then where when while ( )".split())
_CLAUSES = BREAKS - {"(", ")"}
LEAVES = frozenset(
    "leave leaves left leaving depart departs departed departing flies sails sailed off home homeward "
    "departure out checkout".split()
)
_SETS_OUT = LEAVES | frozenset("begin begins embark embarks start starts depart".split())
_DEPARTS = frozenset("leave leaves left leaving depart departs departed departing".split())
_BEGINS = frozenset("begin begins began beginning start starts started open opens opened kick kicks".split())
_ENDS = frozenset(
    "conclude concludes concluded culminate culminates culminated end ends ended finish finishes "
    "finished".split()
)
_CAME_HOME = frozenset("returned return returns returning back completed concluded".split())
_AROUND = 1  # days by which the windows of stays may miss the range of the trip
_LIST = 3  # days that make a list of days
_SPEAKER = re.compile(r"^(?:[A-Z][A-Z.’'-]+ ){1,3}?[A-Z][A-Z.’'-]+:\s|^Aboard |\bEn Route ", re.MULTILINE)
_TOP = 3000  # characters within which a transcript shows
_HALF = 75  # days: two dates farther apart than this belong to one trip only if others lie between


@dataclass(slots=True)
class Mark:
    """A day at the head of a line: the stays told of below it, and whether other places are."""

    timex: int
    stays: set[int] = field(default_factory=set)
    others: bool = False

    def add(self, spots: Sequence[Spot], others: bool) -> None:
        """Note the places of a sentence, and whether it tells of places where nobody stays."""
        for spot in spots:
            if len(spot.stays) == 1:
                self.stays.update(spot.stays)
        self.others = self.others or others


class Journey(Scene):
    """The days of the trip as a whole, and what they and a list of days say of its stays."""

    def __init__(
        self,
        doc: Document,
        stays: Sequence[Stay],
        toponyms: Sequence[Toponym],
        contexts: Sequence[Context],
        timexes: Sequence[Timex],
        areas: Mapping[int, Sequence[int]],
        published: date | None,
    ) -> None:
        super().__init__(doc, stays, toponyms, contexts, timexes, areas, published)
        self.trip: tuple[int, int] | None = None
        self.trip_rank = 0
        self.pinned, self.slack, self.closed = False, 0, False
        self.trip_basis = Basis.STATED
        self.trip_evidence: Evidence | None = None
        self.length: int | None = None  # days that the trip takes
        self.marks: list[Mark] = []
        self.first_day: int | None = None  # the date of day 1
        self.leaving: int | None = None  # the day on which the trip starts
        self.coming: int | None = None  # the day on which it ends
        self.opening: int | None = None  # the day on which a tour is said to begin
        self.closing: int | None = None  # the day on which it is said to end
        self.shows = bool(show_lines(doc))  # the text holds a list of shows
        self.named: tuple[int, frozenset[int]] = (-1, frozenset())  # the stays that a sentence names
        self.told = False  # whether a sentence, and not only a title, has named a stay

    def _ends_of_trip(self, s: int, dates: Sequence[int]) -> list[int]:
        """Find the days of leaving and of coming home in a sentence about the trip.

        "Leaves Friday for a week-long tour", "returned on Monday from a six-day trip"; also the days
        on which a tour begins and ends, which speak of their places too.
        """
        words = self._word_set(s)
        if not words & TRIP_WORDS:
            return []
        measured = any(self.timexes[n].kind is TimexKind.DURATION and self._is_trip_length(n) for n in dates)
        first, found = self.doc.sentences[s].first, []
        for n in dates:
            if self.timexes[n].kind is not TimexKind.DAY:
                continue
            a, b = self.tokens[n]
            near = set(self.doc.lower[max(first, a - 3) : a])
            if measured and (
                near & _SETS_OUT or (a - first <= 2 and set(self.doc.lower[b : b + 12]) & _SETS_OUT)
            ):
                self.leaving = n
                found.append(n)
            elif self.coming is None and (self._comes_home(a, b) or (measured and words & _CAME_HOME)):
                self.coming = n
                found.append(n)
            elif near & _BEGINS:
                self.opening = n if self.opening is None else self.opening
            elif near & _ENDS:
                self.closing = n
                if not any(abs(p.first - b) <= 4 for p in self.spots.get(s, ()) if p.stays):
                    found.append(n)
        return found

    def _comes_home(self, a: int, b: int) -> bool:
        """Tell a date beside "returned from a trip"."""
        for words in (self.doc.lower[max(0, a - 12) : a], self.doc.lower[b : b + 16]):
            for i, word in enumerate(words):
                if (
                    word in _CAME_HOME
                    and "from" in words[i + 1 : i + 4]
                    and TRIP_WORDS & set(words[i + 2 : i + 8])
                ):
                    return True
        return False

    def _lengthen(self, n: int) -> None:
        if self.length is None:
            self.length = self.timexes[n].days or self.timexes[n].nights

    def _frames_trip(self, s: int, n: int, spots: Sequence[Spot]) -> bool:
        """Take a range beside "trip", or over all places of the text, as that of the trip."""
        x = self.timexes[n]
        if self.named[0] != s:  # those of the last sentence asked for are remembered
            self.named = s, frozenset(t for p in spots for t in p.stays)
        told = self.named[1]
        if x.kind is TimexKind.INTERVAL:
            a = self.tokens[n][0]
            near = set(self.doc.lower[max(0, a - 6) : a])
            stated = bool(near & TRIP_WORDS) and not told
            title = (
                s < 3
                and self.doc.sentences[s].form is Form.HEADING
                and len(self.stays) > 2
                and len(self.dates_of) > 2
            )
            if title:
                return self._set_trip(n, 2)
            whole = (
                (len(told) > 2 or (len(told) > 1 and self._closes_list(n, spots)))
                and len(told) * 2 > len(self.stays)
                and self.doc.sentences[s].form is Form.PROSE
                and len(self.dates_of[s]) == 1
            )
            early = (
                (not told or any(p.loose and len(p.stays) > 1 for p in spots))
                and all(p.loose or self._is_weak(p) for p in spots if p.stays)
                and s < 4
                and not self.told
                and len(self.stays) > 1
                and len(self.dates_of) > 1
            )
            if early or (stated and s < 8) or (whole and s < 4):
                return self._set_trip(n, 2)
        elif x.kind is TimexKind.WINDOW and all(p.loose for p in spots if p.stays) and self._opens_story(n):
            return self._set_trip(n, 1)
        elif x.kind is TimexKind.WINDOW and s < 4 and length_of(x) < 32:
            trip = not told and bool(self._word_set(s) & (TRIP_WORDS | {"visits", "will"}))
            several = len(told) > 1 and not self._beside_one(n, spots)
            return (several or trip) and self._set_trip(n, 1)
        return False

    def _beside_one(self, n: int, spots: Sequence[Spot]) -> bool:
        """Tell a date straight behind a place that stands in no list: "in Rome during the weekend"."""
        a = self.tokens[n][0]
        left = next((p for p in reversed(spots) if p.last <= a and p.stays), None)
        if left is None or left.loose or self.contexts[left.k].row >= 0 or a - left.last > 2:
            return False
        if length_of(self.timexes[n]) > 6:
            return False
        return any(p.first > a or p.last <= left.first for p in spots if p.stays and p.stays != left.stays)

    def _closes_list(self, n: int, spots: Sequence[Spot]) -> bool:
        """Tell a date straight behind a list that names all stays of the text."""
        a = self.tokens[n][0]
        left = [p for p in spots if p.last <= a and p.stays]
        if not left or a - left[-1].last > 3 or _CLAUSES & set(self.doc.lower[left[0].last : left[-1].first]):
            return False
        return len({t for p in left for t in p.stays}) == len(self.stays)

    def _sets_out(self, s: int, n: int) -> bool:
        """Tell "left Friday morning" of a text that has not yet put the traveller anywhere on any day."""
        a = self.tokens[n][0]
        return (
            s < EARLY
            and self.timexes[n].kind is TimexKind.DAY
            and (self.length is not None or self.coming is not None)
            and bool(set(self.doc.lower[max(0, a - 2) : a]) & _DEPARTS)
            and not any(b.span for b in self.bounds)
        )

    def _set_trip(self, n: int, rank: int) -> bool:
        """Keep the range of the trip; one of exact days goes before a week or month."""
        x = self.timexes[n]
        if x.earliest is None or x.latest is None or self.trip_rank >= rank or not self.stays:
            return self.trip is not None and self.trip_rank >= rank
        self.trip = self._so_far(n)
        self.trip_rank = rank
        self.pinned = x.kind is TimexKind.INTERVAL
        self.trip_basis, self.trip_evidence = x.basis, self._evidence(n, "arrive")
        return True

    def _close_trip(self) -> None:
        """Make the trip's range of the days of setting out and coming home, or of one and the length.

        A list of shows gives all days itself, also those before or after the tour that the text speaks of.
        """
        if self.shows:
            self.trip, self.trip_rank, self.pinned = None, 0, False
            return
        if (
            self.trip_rank == 1
            and self.trip
            and any(
                self.trip[1] - self.trip[0] > 20 or not self.trip[0] <= d <= self.trip[1]
                for b in self.bounds
                for p in exact_days(b)
                for d in p
            )
        ):
            self.trip, self.trip_rank = None, 0
        if self.trip_rank > 1:
            return
        away = self.leaving is not None or self.coming is not None
        start, end = (self.leaving, self.coming) if away else (self.opening, self.closing)
        low, high = self._day_of(start), self._day_of(end)
        if low is None and high is not None and away and self.length is not None:
            low = high - self.length
        elif high is None and low is not None and away and self.length is not None:
            high = low + self.length
        elif low is None and high is not None and not away and self.published is not None:
            days = [d for b in self.bounds for d, _ in b.present if d <= high]
            low = min([self.published.toordinal(), *days])
        if low is None or high is None or not low <= high <= low + 366:
            return
        both = self.leaving is not None and self.coming is not None
        self.trip, self.slack, self.pinned = (low, high), int(both), both
        self.closed = self.coming is None and self.closing is not None and self.closing == end
        n = end if start is None else start
        if n is not None:
            self.trip_basis, self.trip_evidence = self.timexes[n].basis, self._evidence(n, "arrive")

    def _tie_numbers(self) -> None:
        """Turn numbered days into dates, where the text says which day one of them was."""
        if not any(b.numbers for b in self.bounds):
            return
        starts = self._first_days()
        if starts and max(starts.values()) * 2 > sum(starts.values()):
            first = self.first_day = max(starts, key=lambda day: starts[day])
            for b in self.bounds:
                for low, high in b.numbers:
                    b.present += [(first + day - 1, first + day - 1) for day in dict.fromkeys((low, high))]
                b.numbers.clear()
        elif sum(bool(b.present) for b in self.bounds) > sum(bool(b.numbers) for b in self.bounds):
            for b in self.bounds:
                b.numbers.clear()

    def _first_days(self) -> dict[int, int]:
        """Count which days could be day 1, by the numbered days that stand beside a date."""
        starts: dict[int, int] = defaultdict(int)
        order = sorted(range(len(self.tokens)), key=lambda n: self.tokens[n])
        for n, m in pairwise(order):
            x, y = self.timexes[n], self.timexes[m]
            between = self.doc.text[x.span.end : y.span.start]
            if y.kind is TimexKind.DAY_NUMBER:
                x, y = y, x
            if (
                x.kind is TimexKind.DAY_NUMBER
                and x.first_day is not None
                and y.kind is TimexKind.DAY
                and y.earliest is not None
                and len(between) < 40
                and "\n\n" not in between
            ):
                starts[y.earliest.toordinal() - x.first_day + 1] += 1
        day = self._day_of(self.leaving)
        if day is not None and self.numbered_from_one:
            starts[day] += 1
        return starts

    @property
    def numbered_from_one(self) -> bool:
        """Tell whether the text counts its days from the first."""
        return any(x.kind is TimexKind.DAY_NUMBER and x.first_day == 1 for x in self.timexes)

    def _end_with_lines(self) -> None:
        """Let a stay of a list of days end, at the latest, on the day whose line names another place."""
        marks = [(day, mark) for mark in self.marks if (day := self._day_of_mark(mark)) is not None]
        if len({day for day, _ in marks}) < _LIST:
            return
        told_last: dict[int, int] = {}  # the last day whose line names a stay
        for day, mark in marks:
            for s in mark.stays:
                told_last[s] = max(day, told_last.get(s, day))
        elsewhere = sorted(day for day, mark in marks if mark.others)
        for s, b in enumerate(self.bounds):
            if b.depart is not None or b.nights is not None or b.days is not None or not b.present:
                continue
            last = max(d for _, d in b.present)
            if told_last.get(s, last) > last:
                continue
            at = bisect_right(elsewhere, last)
            b.latest = elsewhere[at] if at < len(elsewhere) else None

    def _day_of_mark(self, mark: Mark) -> int | None:
        """Return the date of a line, also of one that is only numbered."""
        number = self.timexes[mark.timex].first_day
        if number is not None:
            return self.first_day + number - 1 if self.first_day is not None else None
        return self._day_of(mark.timex)

    def _frame_undated(self) -> None:
        """Take the first range, or else the first day or week, of a text that dates none of its stays."""
        if self.trip is not None or any(b.span or b.within for b in self.bounds):
            return
        early = [n for s, dates in self.dates_of.items() if s < 6 for n in dates]
        for kinds, rank in (((TimexKind.INTERVAL,), 2), ((TimexKind.DAY, TimexKind.WINDOW), 1)):
            fit = [
                n
                for n in early
                if self.timexes[n].kind in kinds
                and self.timexes[n].rule != "feast"
                and length_of(self.timexes[n]) < 32
            ]
            if fit:
                self._set_trip(fit[0] if rank == 2 else min(fit, key=self._distance), rank)
                return

    def _date_transcript(self) -> None:
        """Date the undated places of what was said on the way or on the spot: on the day of publication.

        They are those told of before the first day still to come.
        """
        if self.published is None or self.trip is not None or not _SPEAKER.search(self.doc.text, 0, _TOP):
            return
        now = self.published.toordinal()
        later = (
            self.tokens[n][0]
            for dates in self.dates_of.values()
            for n in dates
            if (day := self._day_of(n)) is not None and day > now
        )
        end = min(later, default=len(self.doc.lower))
        for stay, b in zip(self.stays, self.bounds, strict=True):
            if b.span is None and not b.within and b.nights is None and stay.announced < end:
                b.likely.append((now, now))
                b.basis = Basis.INFERRED

    def _distance(self, n: int) -> int:
        """Return how many days a timex lies from the publication day."""
        day = self._day_of(n)
        return abs(day - self.published.toordinal()) if day is not None and self.published is not None else 0

    def _drop_wrong_windows(self) -> None:
        """Drop a window that most stays with days of their own contradict: it tells of something else."""
        holders: dict[tuple[int, int], list[Bounds]] = defaultdict(list)
        for b in self.bounds:
            for pair in dict.fromkeys(b.within):
                holders[pair].append(b)
        for window, holding in holders.items():
            held = [b for b in holding if b.present or b.arrive]
            against = sum(
                not any(lo >= window[0] and hi <= window[1] for lo, hi in exact_days(b)) for b in held
            )
            if against * 2 > len(held):
                for b in holding:
                    b.within[:] = [pair for pair in b.within if pair != window]

    def _drop_strays(self) -> None:
        """Drop days that lie far from those of most stays: they tell of something else."""
        if self.shows:
            return
        for b in self.bounds:
            _end_at_departure(b)
        days = sorted((d[0], s) for s, b in enumerate(self.bounds) for d in exact_days(b))
        self._drop_wrong_windows()
        if self.trip is not None:
            for b in self.bounds:
                _keep_loose(b, self.trip[0] - _AROUND, self.trip[1] + _AROUND)
        if not days:
            return
        clusters: list[list[tuple[int, int]]] = [[days[0]]]
        for day in days[1:]:
            if day[0] - clusters[-1][-1][0] > _HALF:
                clusters.append([])
            clusters[-1].append(day)
        home = self.published.toordinal() if self.published else days[0][0]
        best = max(clusters, key=lambda c: (len({s for _, s in c}), -abs(c[0][0] - home)))
        if len(best) * 2 <= len(days) and len(clusters) > 1:
            return
        low, high = best[0][0] - _HALF, best[-1][0] + _HALF
        for b in self.bounds:
            if len(clusters) > 1:
                _keep(b, low, high)
            else:
                b.likely[:] = [p for p in b.likely if low <= p[0] <= high]


def _end_at_departure(b: Bounds) -> None:
    """Drop days after the day on which the stay is said to end: they tell of the next stay or of the trip."""
    last = b.depart[1] if b.depart and b.depart[0] == b.depart[1] else None
    if last is not None and any(day[0] <= last for day in b.present):
        b.present[:] = [day for day in b.present if day[0] <= last]


def _keep_loose(b: Bounds, low: int, high: int) -> None:
    """Keep the windows and the uncertain days of a stay that lie in a range."""
    b.likely[:] = [p for p in b.likely if low <= p[0] <= high]
    b.within[:] = [p for p in b.within if p[1] >= low and p[0] <= high]


def _keep(b: Bounds, low: int, high: int) -> None:
    """Keep the days of a stay that lie in a range."""
    b.present[:] = [p for p in b.present if low <= p[0] <= high]
    b.likely[:] = [p for p in b.likely if low <= p[0] <= high]
    b.within[:] = [p for p in b.within if p[1] >= low and p[0] <= high]
    for name in ("arrive", "depart"):
        pair = getattr(b, name)
        if pair and pair[0] is not None and not low <= pair[0] <= high:
            setattr(b, name, None)
    if b.moved is not None and not low <= b.moved <= high:
        b.moved = None
