"""Give the dates of a text to the stays they speak of.

What comes out are bounds, not windows: `schedule` makes the smallest windows of them.

Every sentence is read from left to right as a row of places and dates. A date goes to the place it stands
beside; a date at the head of a clause also speaks of the places after it. A sentence without a date takes the
day of the sentence before or of the line above if its words say so, and a sentence without a place speaks of
the stay told of last or of the whole trip.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from itinerary.cues import Context, Cue
from itinerary.journey import BREAKS, LEAVES, Journey, Mark
from itinerary.model import Basis
from itinerary.route import Stay
from itinerary.scene import MOVING, TELLS, TRIP_WORDS, Spot, length_of
from itinerary.sentences import Document, Form
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym
from itinerary.windows import Bounds, Dating, close_by_writing, close_numbers, day_trips, statements, window

__all__ = [
    "Bounds",
    "Dating",
    "close_by_writing",
    "close_numbers",
    "date_stays",
    "day_trips",
    "statements",
    "window",
]

_COMMAS = frozenset(", and & or".split())
_PRONOUNS = frozenset("he she they we i it there his her their our who here".split())
_RETURNS = frozenset("return returns returned returning back home".split())
_SAME_DAY = frozenset(
    "later evening afternoon night lunch noon midday dusk nightfall dark tonight same then thence".split()
)
_THEN = frozenset({"then", "thence"})
_HOURS = frozenset("hour hours briefly minutes same-day refuel refuelling refueling".split())
_REACHING = frozenset({"arrive", "go"})
_STAYING = frozenset({"stay"})
_PLACING = frozenset({"in", "at", "to", "from", "for", "into", "near", "via", "through", "outside", "by"})
_REMAINS = frozenset("remain remains remained remaining stay stays stayed staying spend spends spent".split())
_LEAD = 6.0  # tokens by which a date may be farther from the place behind it than from the one before
_SELF = frozenset({"i", "we", "my", "our", "us", "me"})
_OFTEN = 3
_SAID = 40  # tokens of a text of one's own trip to each word for oneself, at most
_NEW_LINE = 8.0
_RUNNING = 120  # tokens of a sentence that is none
_MANY = 200  # places of a sentence: a date speaks of one of those around it
_SLEEPS = frozenset("slept sleep sleeps sleeping overnight overnights overnighted overnighting".split())
_ENDS_PHRASE = frozenset(", . ; : and there here".split())
_TO_OR_IN = frozenset({"to", "in", "at"})
_VISITS = frozenset("visit stay stop stopover".split())
_LONG_VISIT = 30  # days
_CALLED_OFF = frozenset("cancelled canceled postponed rescheduled".split())
_ON = frozenset("on again early late there the".split())
_SAILED = frozenset("sailed departed leaving departing left".split())
_NOT = frozenset(("not", "n’t", "n't", "never", "without"))
_FEW = frozenset("few some several couple of brief".split())
_HERE = frozenset({"here", "there", "in"})
_PAST = frozenset({"past", "perfect", "pluperfect"})
_VISITED = frozenset({"visit", "tour", "travel"})
_GOT_HERE = frozenset("got arrived landed came reached".split())


class _Dater(Journey):
    def __init__(
        self,
        doc: Document,
        stays: Sequence[Stay],
        toponyms: Sequence[Toponym],
        contexts: Sequence[Context],
        timexes: Sequence[Timex],
        areas: Mapping[int, Sequence[int]],
        published: date | None,
        own: bool,
    ) -> None:
        super().__init__(doc, stays, toponyms, contexts, timexes, areas, published)
        self.own = own
        self.line: int | None = None  # timex at the head of the line or paragraph
        self.current: int | None = None
        self.header: list[int] = []  # timex of the line above
        self.lead = 0.0  # see `_leading`
        self.orphan: int | None = None  # timex at the head of a sentence without a place
        self.today: int | None = None  # timex of the day told of, while the paragraph lasts
        self.headers = self._is_diary()

    def _is_diary(self) -> bool:
        """Tell a text whose lines are headed by dates: a date then holds until the next such line."""
        heads = sum(self._opens(s) for s in range(len(self.doc.sentences)))
        return heads > 1

    def _opens(self, s: int) -> bool:
        sentence = self.doc.sentences[s]
        block = self.doc.blocks[sentence.block]
        dates = [n for n in self.dates_of.get(s, ()) if self.timexes[n].kind is not TimexKind.DURATION]
        if not dates:
            return False
        covered = sum(b - a for a, b in (self.tokens[n] for n in dates))
        alone = sentence.form is not Form.PROSE or (block.first == s and block.last == s + 1)
        bare = sentence.last - sentence.first - covered <= (4 if alone else 2)
        return bare and (
            sentence.form is not Form.PROSE or block.first == s or self.tokens[dates[0]][0] == sentence.first
        )

    def run(self) -> Dating:
        """Read all sentences in order."""
        block = -1
        for s, sentence in enumerate(self.doc.sentences):
            if sentence.block != block:
                block, self.today, self.line, self.orphan = sentence.block, None, None, None
                if sentence.form is Form.PROSE and not self.headers and not self._follows_line(s):
                    self.header = []
            spots, dates = self.spots.get(s, []), self.dates_of.get(s, [])
            self._open_line(s, dates)
            told = [spot for spot in spots if spot.stays]
            opens = self._opens(s) and not told
            if opens:
                self.header = self._header(s, dates, self.header)
            self._mark(s, spots, dates, opens)
            if not opens:
                self._read(s, spots, dates, told)
        self._tie_numbers()
        self._end_with_lines()
        self._close_trip()
        self._frame_undated()
        self._drop_strays()
        self._date_transcript()
        self._note_tense()
        return Dating(
            tuple(self.bounds),
            self.trip,
            self.pinned,
            self.trip_basis,
            self.trip_evidence,
            slack=self.slack,
            closed=self.closed,
            nightly=self.own and not self.shows and self._tells_of_self(),
        )

    def _tells_of_self(self) -> bool:
        """Tell a text that says "I" or "we" more than in passing."""
        pairs = zip(self.doc.words, self.doc.lower, strict=True)
        said = sum(lower in _SELF and word != "US" for word, lower in pairs)
        return said >= _OFTEN and said * _SAID >= len(self.doc.lower)

    def _note_tense(self) -> None:
        """Remember of which stays the text tells as past, and of which visits."""
        for stay, b in zip(self.stays, self.bounds, strict=True):
            verbs = [self.contexts[k].verb for k in stay.mentions]
            past = [v for v in verbs if v.tense in _PAST and not v.negated]
            b.came = bool(past)
            b.over = any(v.tag is not None and v.tag.lemma in _VISITED for v in past)

    def _mark(self, s: int, spots: Sequence[Spot], dates: Sequence[int], opens: bool) -> None:
        """Remember which places stand below which day of a list of days."""
        head = self.header[0] if opens and self.header else self.line
        if head is not None and head in dates and (opens or self.doc.sentences[s].form is not Form.PROSE):
            self.marks.append(Mark(head))
        if self.marks:
            off = bool(_CALLED_OFF & set(self._words(s)))
            self.marks[-1].add(spots, not off and any(not p.stays and not self._is_weak(p) for p in spots))

    def _read(self, s: int, spots: list[Spot], dates: Sequence[int], told: Sequence[Spot]) -> None:
        """Date the places of a sentence."""
        form = self.doc.sentences[s].form
        if dates:
            before = self.today
            self._share(s, spots, dates)
            self.orphan = self._head_day(s, dates, spots) if not told else None
            self._same_day(s, told, before)
            if told and all(self.timexes[n].kind is TimexKind.DURATION for n in dates):
                self._carry(s, told, self.header, lasts=True)
            if form is not Form.PROSE and told:
                whole = form is Form.HEADING and self.headers
                self.header = self._header(s, dates, self.header) if whole else []
        elif told:
            self._carry(s, told, self.header)
        if told:
            here = [p for p in told if not p.loose and not self._is_source(p) and not self._is_weak(p)]
            if self.current is not None:  # from a day trip one is back at the stay told of before
                here = [p for p in here if "rule:day trip" not in self.contexts[p.k].features]
            if here or self.current is None:
                self.current = (here or told)[-1].stays[-1]
            self.told = self.told or form is Form.PROSE

    def _open_line(self, s: int, dates: Sequence[int]) -> None:
        """Remember the day at the head of a line or paragraph: it holds for the sentences after it."""
        sentence = self.doc.sentences[s]
        text, start = self.doc.text, sentence.span.start
        first = self.doc.blocks[sentence.block].first == s or "\n" in text[max(0, start - 2) : start]
        if first:
            self.line = None
        days = [n for n in dates if self.timexes[n].kind in (TimexKind.DAY, TimexKind.DAY_NUMBER)]
        if first and days and self._heads_line(s, days[0]):
            self.line = days[0]
        elif days:
            self.line = None

    def _heads_line(self, s: int, n: int) -> bool:
        """Tell a day that stands at the head of a line, set off from what follows."""
        sentence = self.doc.sentences[s]
        a, b = self.tokens[n]
        after = self.doc.lower[b] if b < len(self.doc.lower) else ""
        if a - sentence.first > 1:
            return False
        return (
            sentence.form is not Form.PROSE
            or after in (":", ".", "–", "—", "-", "--", ")", "|")
            or a == sentence.first
        )

    def _follows_line(self, s: int) -> bool:
        """Tell a paragraph straight below a short line, such as a date."""
        if s == 0:
            return False
        above = self.doc.sentences[s - 1]
        block = self.doc.blocks[above.block]
        return block.last - block.first <= 2 and self._opens(s - 1)

    def _header(self, s: int, dates: Sequence[int], header: list[int]) -> list[int]:
        """Take the dates of a line of its own as those of the lines below it."""
        useful = [n for n in dates if self.timexes[n].kind is not TimexKind.DURATION]
        if not useful:
            return header
        words = self._word_set(s)
        if words & TRIP_WORDS or (s < 3 and self.timexes[useful[0]].kind is TimexKind.INTERVAL):
            for n in useful:
                self._set_trip(n, 2)
            return []
        only = self.timexes[useful[0]]
        if not self.headers and s < 4 and self.published and only.earliest == self.published:
            return header  # the day of publication above the text
        return useful[:1]

    def _carry(self, s: int, told: Sequence[Spot], header: Sequence[int], *, lasts: bool = False) -> None:
        """Date the places of a sentence without a date by the line above or the sentence before.

        Where it says how long a stay lasts, "then" is not later that day.
        """
        words = self._word_set(s)
        for spot in told:
            stay = spot.stays[0]
            if spot.loose and self._is_reached(spot) and self._is_now(spot):
                self._arrive_now(min(spot.stays, key=lambda t: self.stays[t].announced))
            if len(spot.stays) > 1 or self._is_weak(spot):
                continue
            if (
                spot.loose
                and self.toponyms[spot.k].entries[0].place.source_id != self.stays[stay].place.source_id
            ):
                continue
            if words & _HOURS:
                self.bounds[stay].same_day = True
            if self.bounds[stay].sure is not None:
                continue
            if self.line is not None:
                self._give(spot, stay, self.line, leading=True)
            elif header:
                self._give(spot, stay, header[0], leading=True)
            elif not (lasts or (words & _THEN and self._lasted())):
                self._go_on(spot, stay, words)

    def _go_on(self, spot: Spot, stay: int, words: frozenset[str]) -> None:
        """Date a place by the day told of before, if the words of its sentence say so."""
        if self.today is not None and words & _SAME_DAY and not self._is_source(spot):
            self._give(spot, stay, self.today, leading=True)
        elif self.today is not None and self._sleeps_at(spot):
            self._give(spot, stay, self.today, leading=True)
            self.bounds[stay].slept = True
        elif self.orphan is not None and not self._is_source(spot):
            self._hold(spot, stay, self.orphan)
        elif self._is_now(spot) and self._is_reached(spot):
            self._arrive_now(stay)
        elif self._is_now(spot):
            day = self.published.toordinal()  # type: ignore[union-attr]
            self.bounds[stay].present.append((day, day))
            self.bounds[stay].basis = Basis.RELATIVE

    def _arrive_now(self, s: int) -> None:
        """Let a stay begin on the day of publication: "has arrived in Rome"."""
        bounds = self.bounds[s]
        if self.published is not None and bounds.sure is None:
            bounds.arrive = (self.published.toordinal(), self.published.toordinal())
            bounds.basis = Basis.RELATIVE

    def _sleeps_at(self, spot: Spot) -> bool:
        """Tell "slept at Bari" in a sentence without a date: on the night of the day told of."""
        words = self.doc.lower[max(0, spot.first - 4) : spot.first]
        return "slept" in words and not _NOT & set(words)

    def _head_day(self, s: int, dates: Sequence[int], spots: Sequence[Spot]) -> int | None:
        """Return the day at the head of a sentence that names no place: the next ones may tell where."""
        first = self.doc.sentences[s].first
        days = [
            n for n in dates if self.timexes[n].kind is not TimexKind.DURATION and not self.timexes[n].bound
        ]
        if (
            len(days) != 1
            or length_of(self.timexes[days[0]]) > 31
            or self.timexes[days[0]].rule == "some time ago"
        ):
            return None
        if any(self._may_hold(p) for p in spots):
            return None
        range_ = self.timexes[days[0]].kind in (TimexKind.INTERVAL, TimexKind.WINDOW)
        return days[0] if range_ or self.tokens[days[0]][0] - first <= 2 else None

    def _same_day(self, s: int, told: Sequence[Spot], today: int | None) -> None:
        """Date the first place of a clause such as "in the evening he goes to Bari" by the day told of."""
        if today is None or not told:
            return
        spot, first = told[0], self.doc.sentences[s].first
        if any(leads or not self._is_end(n) for n, leads in spot.dates):
            return
        if spot.loose or self._is_weak(spot) or self._is_source(spot):
            return
        ahead = set(self.doc.lower[first : spot.first])
        dated_behind = all(self.tokens[n][0] > spot.last for n in self.dates_of[s])
        b = self.bounds[spot.stays[0]]
        if ahead & _SAME_DAY and dated_behind and not (b.present or b.arrive or b.numbers):
            self._give(spot, spot.stays[0], today, leading=True)

    def _is_end(self, n: int) -> bool:
        """Tell a date that says how long a stay goes on: "until Friday", "over the weekend"."""
        return self.timexes[n].bound == "until" or self.timexes[n].kind is TimexKind.WINDOW

    def _hold(self, spot: Spot, s: int, n: int) -> None:
        """Let a date told without a place hold for a place told after it; a range only bounds it."""
        x = self.timexes[n]
        if x.kind is TimexKind.DAY or x.earliest is None or x.latest is None:
            self._give(spot, s, n, leading=True)
        elif not self.bounds[s].within:
            self.bounds[s].within.append(self._so_far(n))
            self._prove(s, n, "arrive")

    def _lasted(self) -> bool:
        """Tell that the stay told of last took more than a day, so that "then" is not the same day."""
        if self.current is None:
            return False
        b = self.bounds[self.current]
        return b.nights is not None or b.days is not None or b.depart is not None

    def _is_now(self, spot: Spot) -> bool:
        """Tell "has arrived in Rome", "is in Rome": true of the day of publication."""
        if self.published is None:
            return False
        if self.doc.lower[max(0, spot.first - 2) : spot.first] == ("en", "route"):
            return True
        verb = self.contexts[spot.k].verb
        if verb.tag is None or verb.negated or verb.modal or verb.subordinate:
            return False
        preposition = self.contexts[spot.k].head.preposition
        words = self.doc.lower[max(0, verb.token - 2) : verb.token + 3]
        if verb.tag.group == "be":
            return preposition == "in" and verb.token >= spot.first - 3 and "currently" in words
        return (
            verb.tag.group == "arrive"
            and preposition in ("in", "at")
            and (verb.tense == "perfect" or (verb.tense == "present" and verb.tag.form == "s"))
        )

    def _share(self, s: int, spots: list[Spot], dates: Sequence[int]) -> None:
        """Give each date of a sentence to a place, to the stay told of, or to the trip."""
        loose = self._place_dates(s, spots, dates)
        self._spread(spots)
        self._pass_on(spots)
        others = any(spot.stays and spot.dates for spot in spots)
        for n in loose:
            self._without_place(s, n, others)
        self._note_hours(s, spots)
        groups: dict[int, dict[int, None]] = defaultdict(dict)  # the stays that each date speaks of
        for spot in spots:
            for n, _ in spot.dates:
                groups[n].update(dict.fromkeys(spot.stays))
        ordered = {n: tuple(group) for n, group in groups.items()}
        for at in range(len(spots)):
            self._settle(at, spots, ordered)
        days = [n for n in dates if self.timexes[n].kind is TimexKind.DAY]
        if days:
            self.today = days[-1]

    def _place_dates(self, s: int, spots: list[Spot], dates: Sequence[int]) -> list[int]:
        """Give the dates to the places they stand beside; return those that stand beside none."""
        loose = []
        ends = self._ends_of_trip(s, dates)
        self.lead = self._leading(spots, dates)
        for n in dates:
            if n in ends:
                continue
            if self.timexes[n].kind is TimexKind.DURATION and self._is_trip_length(n):
                self._lengthen(n)
                self._measure_visit(n, spots)
            elif not self._frames_trip(s, n, spots):
                place, leading = self._place_of(n, spots, s)
                if place is None:
                    loose.append(n)
                else:
                    place.dates.append((n, leading))
        return loose

    def _measure_visit(self, n: int, spots: Sequence[Spot]) -> None:
        """Let "a two-day visit to Bari", and "to Bari for a two-day visit", say how long the stay is."""
        (a, b), x = self.tokens[n], self.timexes[n]
        ahead = next((p for p in spots if p.first > b), None)
        behind = next((p for p in reversed(spots) if p.last <= a), None)
        between = self.doc.lower[b : ahead.first] if ahead is not None else ()
        spot = None
        if between[-1:] and len(between) <= 5 and between[-1] in _TO_OR_IN and _VISITS & set(between):
            spot = ahead
        elif behind is not None and a - behind.last <= 7 and self.doc.lower[a - 2 : a] == ("for", "a"):
            spot = behind if b < len(self.doc.lower) and self.doc.lower[b] in _VISITS else None
        if spot is None or spot.loose or len(spot.stays) != 1 or x.days is None or x.days > _LONG_VISIT:
            return
        bounds = self.bounds[spot.stays[0]]
        if bounds.days is None and bounds.nights is None:
            bounds.days = x.days
            self._prove(spot.stays[0], n, "depart")

    def _note_hours(self, s: int, spots: Sequence[Spot]) -> None:
        """Remember that a call took hours, if the sentence names just one stay."""
        told = [spot for spot in spots if spot.stays]
        for at, spot in enumerate(told):
            self._note_night(spot, told[at - 1].last if at else self.doc.sentences[s].first)
        if len(told) == 1 and (self._word_set(s) & _HOURS or self._has_hours(s) or self._spends_no_night(s)):
            self.bounds[told[0].stays[0]].same_day = True
        for spot, after in pairwise(told):
            words = self.doc.lower[spot.last : after.first]
            if any(b in ("hours", "hour", "minutes") and a in _FEW for a, b in pairwise(words)):
                self.bounds[spot.stays[0]].same_day = True

    def _spends_no_night(self, s: int) -> bool:
        """Tell "we do not sleep there", "he does not overnight"."""
        words = self._words(s)
        return any(
            word in _SLEEPS and _NOT & set(words[max(0, at - 3) : at]) for at, word in enumerate(words)
        )

    def _note_night(self, spot: Spot, least: int) -> None:
        """Remember that a night was spent there: "slept at Bari", "Bari for the night"."""
        words = self.doc.lower
        before, after = words[max(least, spot.first - 6) : spot.first], words[spot.last : spot.last + 4]
        if len(spot.stays) != 1 or self._is_weak(spot) or _NOT & {*before, *after}:
            return
        bounds = self.bounds[spot.stays[0]]
        bounds.slept = bounds.slept or (
            bool(_SLEEPS & {*before[-4:], *after[:1]})
            or (after[:1] == (",",) and after[1:2] == ("slept",))
            or after[:3] == ("for", "the", "night")
            or before[-3:-1] in (("the", "night"), ("that", "night"))
        )

    def _place_of(self, n: int, spots: Sequence[Spot], s: int) -> tuple[Spot | None, bool]:
        """Return the place that a date belongs to, and whether the date stands before it."""
        a, b = self.tokens[n]
        if self._lasts_on(n, spots, s):
            return None, False
        if len(spots) > _MANY:  # without full stops a sentence may be the whole text
            at = bisect_left(spots, a, key=lambda p: p.first)
            spots = spots[max(0, at - _MANY // 2) : at + _MANY // 2]
        holding = [p for p in spots if self._may_hold(p)]
        left = next((p for p in reversed(holding) if p.last <= a), None)
        right = next((p for p in holding if p.first >= b), None)
        if self.timexes[n].bound == "until" or self._is_stayed(n) or self._is_left(n):
            left = next((p for p in reversed(holding) if p.last <= a and p.stays), left)
        cost_left = self._cost(left.last, a, n) if left else 1e9
        cost_right = self._cost(b, right.first, n) + (1.5 - self.lead) if right else 1e9
        start = self.doc.sentences[s].first
        opens = a - start <= 2 or self._opens_clause(a, left.last if left else start)
        if (
            right
            and opens
            and not self._dates_between(b, right.first, n)
            and not (left and self._crosses_line(b, right.first) and not self._crosses_line(left.last, a))
        ):
            cost_right = min(cost_right, 6.0)
            cost_left += 4.0
        if self.timexes[n].bound == "until" or (left is not None and left.stays and self._is_left(n)):
            return (left, False) if left is not None and left.stays else (None, False)
        if left is not None and not left.stays and cost_left > 4:
            cost_left += 6.0
        if right is not None and not right.stays and cost_right > 4:
            cost_right += 6.0
        if min(cost_left, cost_right) > 30:
            return None, False
        if cost_left <= cost_right:
            return left, False
        return right, True

    def _lasts_on(self, n: int, spots: Sequence[Spot], s: int) -> bool:
        """Tell "Two nights, and on Friday to Bari", which speaks of the stay told of before."""
        a, b = self.tokens[n]
        if self.timexes[n].kind is not TimexKind.DURATION or a > self.doc.sentences[s].first + 1:
            return False
        follows = self.doc.lower[b] if b < len(self.doc.lower) else ""
        if follows == "of":
            return False
        return not any(p.stays and p.first >= b for p in spots) or follows in _ENDS_PHRASE

    def _leading(self, spots: Sequence[Spot], dates: Sequence[int]) -> float:
        """Return by how much a date rather speaks of the place behind it, where a date comes first."""
        days = [self.tokens[n][0] for n in dates if self.timexes[n].kind is not TimexKind.DURATION]
        places = [p.first for p in spots if self._may_hold(p)]
        if len(days) < 2 or len(places) < 2:
            return 0.0
        if len(days) > 4 and places[-1] - days[0] > _RUNNING:  # a programme whose line ends are lost
            return _LEAD * 9
        return _LEAD if days[0] < places[0] and days[-1] < places[-1] else 0.0

    def _is_stayed(self, n: int) -> bool:
        """Tell "and stayed three nights", which speaks of the stay told of and of no place passed."""
        a = self.tokens[n][0]
        return self.timexes[n].kind is TimexKind.DURATION and bool(
            _REMAINS & set(self.doc.lower[max(0, a - 2) : a])
        )

    def _is_left(self, n: int) -> bool:
        """Tell "sailed on Friday", which speaks of the place told of before."""
        a = self.tokens[n][0]
        words = self.doc.lower[max(0, a - 3) : a]
        while words and words[-1] in _ON:
            words = words[:-1]
        return bool(words) and words[-1] in _SAILED

    def _opens_clause(self, a: int, least: int) -> bool:
        """Tell a date after a comma, "and" or a dash: "…, and on Friday to Lahore"."""
        words, i = self.doc.lower, a - 1
        while i > least and words[i] in ("on", "in", "the", "early", "late", "then", "at", "by", "from"):
            i -= 1
        if i == least and words[i] == ",":
            return False  # "Lagos, Portugal, on 8 March"
        return i >= least and words[i] in ("and", ",", ";", "—", "–", "then", "but", ":")

    def _cost(self, i: int, j: int, n: int) -> float:
        """Return how far a date and a place are apart, by the tokens between them."""
        if j - i > _RUNNING:
            return float(j - i)  # too far, whatever stands between
        words = _without_aside(self.doc.lower[i:j])
        cost = float(len(words))
        cost += 8.0 * sum(w in BREAKS for w in words) + 2.5 * sum(w in _COMMAS for w in words)
        if self._crosses_line(i, j):
            cost += _NEW_LINE
        return cost + 6.0 * self._dates_between(i, j, n)

    def _crosses_line(self, i: int, j: int) -> bool:
        """Tell whether a line ends between two tokens: a place and its date stand on one line of a list."""
        doc = self.doc
        return i > 0 and j < len(doc.starts) and "\n" in doc.text[doc.ends[i - 1] : doc.starts[j]]

    def _dates_between(self, i: int, j: int, n: int) -> int:
        """Count the days named between two tokens."""
        near = range(max(0, n - 4), min(len(self.tokens), n + 5))
        return sum(
            i <= self.tokens[m][0] < j and self.timexes[m].kind is not TimexKind.DURATION
            for m in near
            if m != n
        )

    def _spread(self, spots: Sequence[Spot]) -> None:
        """Let a date of a list of places speak of all, and a date at the head of all that follow."""
        rows: dict[int, list[Spot]] = defaultdict(list)
        for spot in spots:
            if self.contexts[spot.k].row >= 0:
                rows[self.contexts[spot.k].row].append(spot)
        for row in rows.values():
            self._spread_row(row)
        self._spread_lead(spots)

    def _spread_row(self, row: Sequence[Spot]) -> None:
        """Let the date behind a list, or before it, speak of all its places."""
        dated = [p for p in row if p.dates]
        if len(dated) != 1 or len(row) == 1 or (dated[0] is not row[0] and dated[0] is not row[-1]):
            return
        only = dated[0]
        days = [d for d in only.dates if self.timexes[d[0]].kind is not TimexKind.DURATION]
        leads = [leading for _, leading in only.dates]
        if any(leads) if only is not row[0] else not all(leads):
            return
        for p in row:
            if p is not only:
                p.dates.extend(days)

    def _spread_lead(self, spots: Sequence[Spot]) -> None:
        """Let the date at the head of a clause speak of the places after it, up to the next date."""
        lead: tuple[int, bool] | None = None
        for spot in spots:
            if spot.dates:
                days = [d for d in spot.dates if self.timexes[d[0]].kind is not TimexKind.DURATION]
                lead = max(days, default=None)
                if lead is not None and (not lead[1] or self.timexes[lead[0]].bound == "until"):
                    lead = None
            elif lead is not None and len(spot.stays) == 1 and not spot.loose and not self._is_weak(spot):
                spot.dates.append(lead)

    def _pass_on(self, spots: Sequence[Spot]) -> None:
        """Let the day of leaving a place be that of reaching the next: "leaves Rome on Friday for Bari"."""
        for spot, after in pairwise(spots):
            days = [n for n, _ in spot.dates if self.timexes[n].kind is TimexKind.DAY]
            if days and not after.dates and len(after.stays) == 1 and self._is_source(spot):
                gap = self.doc.lower[spot.last : after.first]
                if self.contexts[after.k].head.preposition in ("to", "for", "into") and not BREAKS & set(gap):
                    after.dates.append((days[-1], True))

    def _settle(self, at: int, spots: Sequence[Spot], groups: Mapping[int, Sequence[int]]) -> None:
        """Let the dates of a place speak of its stay."""
        spot = spots[at]
        for n, leading in spot.dates if spot.stays else ():
            group = groups[n]
            if len(group) > 1 and self.timexes[n].kind in (TimexKind.INTERVAL, TimexKind.WINDOW):
                if spot.stays[0] == group[0]:
                    self._give_range(group, n)
            elif len(spot.stays) > 1:
                self._give_area(spot, n)
            elif (spot.loose or self._is_weak(spot)) and self._is_taken(spot, n, spots):
                continue
            elif not (self._is_weak(spot) and self.bounds[spot.stays[0]].span is not None):
                loose = self._is_weak(spot) or (spot.loose and not self._is_reached(spot))
                self._give(spot, spot.stays[0], n, leading, loose)
                self._leave_source(at, n, spots)

    def _is_taken(self, spot: Spot, n: int, spots: Sequence[Spot]) -> bool:
        """Tell a date that speaks of a stay named outright, and so not of an area beside it."""
        return any(
            p.stays != spot.stays and not p.loose and not self._is_weak(p) and any(d[0] == n for d in p.dates)
            for p in spots
            if p.stays
        )

    def _leave_source(self, at: int, n: int, spots: Sequence[Spot]) -> None:
        """Let the day of a way to a place be that of leaving the place "from" which it starts."""
        spot = spots[at]
        if (
            at == 0
            or self.timexes[n].kind not in (TimexKind.DAY, TimexKind.DAY_NUMBER)
            or self._is_source(spot)
        ):
            return
        a = self.tokens[n][0]
        if a > spot.last and BREAKS & set(self.doc.lower[spot.last : a]):
            return
        source = next((spots[i] for i in range(at - 1, max(-1, at - 6), -1) if spots[i].stays), spots[at - 1])
        if (
            len(source.stays) == 1
            and ":" not in self.doc.lower[source.last : spot.first]
            and source.stays != spot.stays
            and not source.dates
            and self._is_source(source)
        ):
            self._depart_on(source.stays[0], n)

    def _arrive_in(self, spot: Spot, n: int) -> None:
        """Let the day of reaching an area be that of the first stay in it named from there on."""
        if len(set(spot.stays)) == len(self.stays):
            self._set_trip(n, 1)
            return
        verb = self.contexts[spot.k].verb
        ahead = [t for t in spot.stays if self.stays[t].announced >= spot.first]
        if ahead and not self._is_source(spot) and not self._is_weak(spot):
            sure = bool(self.timexes[n].bound) or (verb.tag is not None and verb.tag.group in _REACHING)
            first = min(ahead, key=lambda t: self.stays[t].announced)
            if self.bounds[first].span is None and (sure or not any(self.bounds[t].span for t in spot.stays)):
                self._give(spot, first, n, True, loose=not sure)

    def _give_area(self, spot: Spot, n: int) -> None:
        """Let a date beside the name of an area speak of the stays in it, a single day of the first."""
        x, (a, b) = self.timexes[n], self.tokens[n]
        near = min(abs(a - spot.last), abs(spot.first - b)) <= 5
        if x.kind is TimexKind.DAY and x.bound in ("", "from"):
            self._arrive_in(spot, n)
        elif not x.bound and near and (x.kind is TimexKind.INTERVAL or _is_week(x)):
            self._give_range(spot.stays, n)

    def _without_place(self, s: int, n: int, others: bool) -> None:
        """Give a date without a place to the trip or to the stay told of last."""
        x, (a, b) = self.timexes[n], self.tokens[n]
        sentence = self.doc.sentences[s]
        near = set(self.doc.lower[max(sentence.first, a - 6) : a])
        words = self._word_set(s)
        if x.kind is TimexKind.INTERVAL and words & TRIP_WORDS and (self.current is None or s < 4):
            self._set_trip(n, 2)
        elif (
            x.kind is TimexKind.DAY
            and not others
            and (self.current is None or (words & LEAVES and words & _RETURNS))
        ):
            if near & _RETURNS:
                self.coming = n if self.coming is None else self.coming
            elif near & LEAVES:
                self.leaving = n if self.leaving is None else self.leaving
        elif self.current is None:
            return
        elif self._sets_out(s, n):
            self.leaving = n if self.leaving is None else self.leaving
        elif x.kind is TimexKind.DURATION:
            opens = a <= sentence.first + 1
            known = opens or (not others and (bool(near & _PRONOUNS) or b - sentence.first < 6))
            self._stay_for(self.current, n, not known)
        elif (
            words & _PRONOUNS
            and x.kind is not TimexKind.WINDOW
            and not words & TELLS
            and x.rule != "some time ago"
        ):
            bounds = self.bounds[self.current]
            if near & (LEAVES | {"until"}) or x.bound == "until":
                self._depart_on(self.current, n)
            elif (
                x.kind is TimexKind.DAY
                and near & _GOT_HERE
                and near & _HERE
                and bounds.arrive is None
                and x.earliest is not None
            ):
                bounds.arrive = (x.earliest.toordinal(), x.earliest.toordinal())
                self._prove(self.current, n, "arrive")
            elif not near & _RETURNS:
                self._give(None, self.current, n, False, loose=True)

    def _give(self, spot: Spot | None, s: int, n: int, leading: bool, loose: bool = False) -> None:
        """Let timex `n` speak of stay `s`, by the words around the place; loosely if they say little."""
        x = self.timexes[n]
        if x.kind is TimexKind.DURATION:
            self._stay_for(s, n, not self._is_stay(spot, n))
        elif x.kind is TimexKind.DAY_NUMBER:
            if x.first_day is not None:
                self.bounds[s].numbers.append((x.first_day, x.last_day or x.first_day))
                self._prove(s, n, "arrive")
        elif x.earliest is None or x.latest is None:
            self.bounds[s].barred = self.bounds[s].barred or x.impossible
        elif self._departs(spot, n, leading):
            if not loose:
                self._depart_on(s, n)
        else:
            self._prove(s, n, "arrive")
            if x.kind is TimexKind.DAY and not x.bound:
                there = spot is not None and "where" in self.doc.lower[spot.last : self.tokens[n][0]]
                self._put(None if there else spot, s, x.earliest.toordinal(), loose)
            else:
                self._bound(spot, s, n, *self._so_far(n))

    def _put(self, spot: Spot | None, s: int, day: int, loose: bool) -> None:
        """Put the traveller there on a day."""
        bounds = self.bounds[s]
        if loose:
            bounds.likely.append((day, day))
            return
        bounds.present.append((day, day))
        if spot is None:
            return
        if self._moves(spot) and bounds.moved is None:
            bounds.moved = day
        verb = self.contexts[spot.k].verb
        if verb.tag is not None and (verb.tag.group in _REACHING or verb.tag.group in MOVING):
            bounds.reached = True

    def _bound(self, spot: Spot | None, s: int, n: int, lo: int, hi: int) -> None:
        """Bound a stay by a range, or by a day with a word such as "from" or "by"."""
        x, bounds = self.timexes[n], self.bounds[s]
        if x.bound in ("by", "before"):
            bounds.within.append((0, hi - (x.bound == "before" and x.kind is TimexKind.DAY)))
        elif (
            x.kind is TimexKind.DAY
            and "apart" in self.doc.lower[max(0, self.tokens[n][0] - 2) : self.tokens[n][0]]
        ):
            bounds.present.append((lo, hi))
        elif x.kind is TimexKind.DAY:
            bounds.arrive = bounds.arrive or (lo, hi)
        elif x.kind is TimexKind.INTERVAL and self._is_event(n):
            bounds.present += [(lo, lo), (hi, hi)]
        elif x.kind is TimexKind.INTERVAL:
            bounds.arrive, bounds.depart = bounds.arrive or (lo, lo), bounds.depart or (hi, hi)
        else:
            if hi - lo == 1 and self._stays_over(n):
                bounds.depart = bounds.depart or (hi, hi + 1)
                return
            bounds.within.append((lo, hi))
            if spot is not None and self._is_there(spot) and lo <= (now := self.published.toordinal()) <= hi:  # type: ignore[union-attr]
                bounds.present.append((now, now))
            elif hi - lo == 1 and spot is not None and self._is_stay(spot, n):  # a weekend
                bounds.present += [(lo, lo), (hi, hi)]

    def _is_there(self, spot: Spot) -> bool:
        """Tell "is in Rome this weekend": there on the day of publication."""
        verb = self.contexts[spot.k].verb
        if self.published is None or verb.tag is None or verb.negated or verb.modal:
            return False
        present = self.doc.lower[verb.token] in ("is", "are", "am")
        return present and verb.token >= spot.first - 3 and self.contexts[spot.k].head.preposition == "in"

    def _stays_over(self, n: int) -> bool:
        """Tell "remains over the weekend", of a stay that may have begun before."""
        a = self.tokens[n][0]
        words = set(self.doc.lower[max(0, a - 8) : a])
        return bool(words & _REMAINS and words & {"over", "through", "throughout", "for"})

    def _departs(self, spot: Spot | None, n: int, leading: bool) -> bool:
        """Tell a day of departure: "until Friday", "from Rome on Friday", "in Rome, leaving on Friday"."""
        x, (a, _) = self.timexes[n], self.tokens[n]
        if x.bound in ("until", "through", "till"):
            return True
        if spot is None or x.kind not in (TimexKind.DAY, TimexKind.WINDOW):
            return False
        if self._is_source(spot):
            return True
        if leading:
            return False
        return bool(set(self.doc.lower[spot.last : a]) & LEAVES)

    def _is_stay(self, spot: Spot | None, n: int) -> bool:
        """Tell a length of stay from the length of a flight or a meeting."""
        if spot is None:
            return True
        a, b = self.tokens[n]
        if self.timexes[n].nights is not None:
            return True
        verb = self.contexts[spot.k].verb
        if verb.tag is not None and verb.tag.group in _STAYING:
            return True
        return (
            bool({"in", "at", "on"} & set(self.doc.lower[b : b + 1]))
            if spot.first >= b
            else "for" in self.doc.lower[max(0, a - 2) : a + 1]
        )

    def _stay_for(self, s: int, n: int, doubtful: bool) -> None:
        x, bounds = self.timexes[n], self.bounds[s]
        if doubtful or bounds.nights is not None or bounds.days is not None or not self._is_length(n):
            return
        if x.nights is not None:
            bounds.nights = x.nights
        elif x.days is not None and x.days > 1:
            bounds.days = x.days
        else:
            return
        self._prove(s, n, "depart")

    def _depart_on(self, s: int, n: int) -> None:
        x, bounds = self.timexes[n], self.bounds[s]
        if x.kind is TimexKind.DAY_NUMBER and x.first_day is not None:
            bounds.numbers.append((x.first_day, x.first_day))
        elif x.earliest is not None and x.latest is not None and bounds.depart is None:
            bounds.depart = (
                x.latest.toordinal() if x.kind is TimexKind.INTERVAL else x.earliest.toordinal(),
                x.latest.toordinal(),
            )
            self._prove(s, n, "depart")

    def _give_range(self, group: Sequence[int], n: int) -> None:
        """Let one range speak of several stays: it bounds them all and pins the ends."""
        x = self.timexes[n]
        if x.kind is TimexKind.DAY_NUMBER and x.first_day is not None:
            for s in group:
                self.bounds[s].numbers.append((x.first_day, x.last_day or x.first_day))
            return
        if x.earliest is None or x.latest is None or x.kind is TimexKind.DURATION:
            return
        lo, hi = x.earliest.toordinal(), x.latest.toordinal()
        if len(group) == len(self.stays) and self._set_trip(n, 2 if x.kind is TimexKind.INTERVAL else 1):
            return
        for s in group:
            self.bounds[s].within.append((lo, hi))
            self._prove(s, n, "arrive")
        if x.kind is TimexKind.INTERVAL:
            first, last = self.bounds[group[0]], self.bounds[group[-1]]
            first.arrive = first.arrive or (lo, lo)
            last.depart = last.depart or (hi, hi)


def _without_aside(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out words in parentheses straight behind a place, as "(Logan, Terminal E)", but not numbers."""
    if words[:2] == (",", "where"):  # "Bari, where from Friday": there
        return words[2:]
    if words[:1] != ("(",) or ")" not in words:
        return words
    end = words.index(")") + 1
    return words if any(w[0].isdigit() for w in words[:end]) else words[end:]


def _is_week(x: Timex) -> bool:
    """Tell a window of a fortnight or less."""
    return x.kind is TimexKind.WINDOW and length_of(x) < 15


def date_stays(
    doc: Document,
    stays: Sequence[Stay],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    cues: Sequence[Cue],  # noqa: ARG001 - ways from place to place may come to need them
    timexes: Sequence[Timex],
    areas: Mapping[int, Sequence[int]],
    published: date | None,
    *,
    own: bool = False,
) -> Dating:
    """Attach the dates of a text to its stays.

    Parameters
    ----------
    doc : Document
    stays : sequence of Stay
        In text order.
    toponyms, contexts : sequences in parallel
    cues : sequence of Cue
    timexes : sequence of Timex
    areas : mapping of int to sequence of int
        For a toponym of a country or region the stays inside it.
    published : date or None
        Dates years away from it are background.
    own : bool, optional
        True if no other traveller is named than who tells of the trip.

    Returns
    -------
    Dating
    """
    return _Dater(doc, stays, toponyms, contexts, timexes, areas, published, own).run()
