"""Give the dates of a text to the stays they speak of.

What comes out are bounds, not windows: `schedule` makes the smallest windows of them.

Every sentence is read from left to right as a row of places and dates. A date goes to the place it stands
beside; a date at the head of a clause also speaks of the places after it. A sentence without a date takes the
day of the sentence before or of the line above if its words say so, and a sentence without a place speaks of
the stay told of last or of the whole trip.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from itinerary.cues import Context, Cue
from itinerary.model import Basis, Evidence
from itinerary.route import Stay
from itinerary.sentences import Document, Form
from itinerary.tense import clause_tense
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym
from itinerary.windows import Bounds, Dating, close_numbers, day_trips, exact_days, statements, window

__all__ = ["Bounds", "Dating", "close_numbers", "date_stays", "day_trips", "statements", "window"]


@dataclass(slots=True)
class _Spot:
    """A place of a sentence: its toponym, tokens and stays (none if nobody stays there)."""

    k: int
    first: int
    last: int
    stays: list[int]
    passing: bool = False  # named in passing, and no place to be
    loose: bool = False  # the name of an area around the stay
    dates: list[tuple[int, bool]] = field(default_factory=list)  # timex, and True if it leads


_BREAKS = frozenset("; — – -- . : but before after then where when while ( )".split())
_CLAUSES = _BREAKS - {"(", ")"}
_DASHES = frozenset("— – -- -".split())
_COMMAS = frozenset(", and & or".split())
_TELLS = frozenset(
    "announce announced announces announcing said says say told tells tell stated reported reports "
    "wrote confirmed denied added released issued posted published updated spoke disclosed disclose revealed "
    "mentioned noted declared learned acknowledged confirm confirms mention insisted".split()
)
_TRIP_WORDS = frozenset(
    "trip tour travel travels traveling travelling visit journey itinerary swing mission delegation holiday "
    "cruise voyage vacation roadtrip expedition pilgrimage schedule roadshow".split()
)
_PRONOUNS = frozenset("he she they we i it there his her their our who here".split())
_LEAVES = frozenset(
    "leave leaves left leaving depart departs departed departing flies sails sailed off home homeward "
    "departure out checkout".split()
)
_SETS_OUT = _LEAVES | frozenset("begin begins embark embarks start starts depart".split())
_DEPARTS = frozenset("leave leaves left leaving depart departs departed departing".split())
_BEGINS = frozenset("begin begins began beginning start starts started open opens opened kick kicks".split())
_ENDS = frozenset(
    "conclude concludes concluded culminate culminates culminated end ends ended finish finishes finished".split()
)
_CAME_HOME = frozenset("returned return returns returning back completed concluded".split())
_RETURNS = frozenset("return returns returned returning back home".split())
_SAME_DAY = frozenset(
    "later evening afternoon night lunch noon midday dusk nightfall dark tonight same then thence".split()
)
_HOURS = frozenset("hour hours briefly minutes same-day refuel refuelling refueling".split())
_MOVING = frozenset({"go", "depart", "return"})
_REACHING = frozenset({"arrive", "go"})
_ANNOUNCING = frozenset({"travel", "visit", "head"})  # a way that may start anywhere
_STAYING = frozenset({"stay"})
_PLACING = frozenset({"in", "at", "to", "from", "for", "into", "near", "via", "through", "outside", "by"})
_OWNED = frozenset({"of", "with", "about", "between", "regarding", "against", "by", "like", "as", "than"})
_OPENING = re.compile(r"\b\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?\s?(?:[-–—]|to)\s?\d{1,2}[:.]\d\d")
_DISTANCE = frozenset("ahead ago later earlier after before since into prior hence old".split())
_LONGEST = 90  # days that a stay may take
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_AROUND = 1  # days by which the windows of stays may miss the range of the trip
_EARLY = 6  # sentences in which the trip is introduced
_REMAINS = frozenset("remain remains remained remaining stay stays stayed staying spend spends spent".split())
_LEAD = 6.0  # tokens by which a date may be farther from the place behind it than from the one before
_RUNNING = 120  # tokens of a sentence that is none
_FEW = frozenset("few some several couple of brief".split())
_HERE = frozenset({"here", "there", "in"})
_GOT_HERE = frozenset("got arrived landed came reached".split())
_LIST = 3  # days that make a list of days
_SENT = re.compile(
    r",?\s\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]m)?\]?(?:\s[-–])?\s[^\n:]{1,30}:\s"
)  # of a chat
_SPEAKER = re.compile(r"^(?:[A-Z][A-Z.’'-]+ ){1,3}?[A-Z][A-Z.’'-]+:\s|^Aboard |\bEn Route ", re.MULTILINE)
_TOP = 3000  # characters within which a transcript shows
_HALF = 75  # days: two dates farther apart than this belong to one trip only if others lie between


@dataclass(slots=True)
class _Mark:
    """A day at the head of a line: the stays told of below it, and whether other places are."""

    timex: int
    stays: set[int] = field(default_factory=set)
    others: bool = False

    def add(self, spots: Sequence[_Spot]) -> None:
        """Note the places of a sentence."""
        for spot in spots:
            if len(spot.stays) == 1:
                self.stays.update(spot.stays)
            self.others = self.others or not (spot.stays or spot.passing)


class _Dater:
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
        self.doc, self.stays, self.toponyms, self.contexts = doc, stays, toponyms, contexts
        self.timexes, self.published = timexes, published
        self.bounds = [Bounds() for _ in stays]
        self.trip: tuple[int, int] | None = None
        self.trip_rank = 0
        self.pinned, self.slack, self.closed = False, 0, False
        self.trip_basis = Basis.STATED
        self.trip_evidence: Evidence | None = None
        self.length: int | None = None  # days that the trip takes
        self.marks: list[_Mark] = []
        self.first_day: int | None = None  # the date of day 1
        self.line: int | None = None  # timex at the head of the line or paragraph
        self.leaving: int | None = None  # the day on which the trip starts
        self.coming: int | None = None  # the day on which it ends
        self.opening: int | None = None  # the day on which a tour is said to begin
        self.closing: int | None = None  # the day on which it is said to end
        self.tokens = [(doc.token_at(x.span.start), doc.token_at(x.span.end - 1) + 1) for x in timexes]
        self.firsts = [sentence.first for sentence in doc.sentences]
        self.current: int | None = None
        self.lead = 0.0
        self.orphan: int | None = None  # timex at the head of a sentence without a place
        self.told = False  # whether a sentence, and not only a title, has named a stay
        self.today: int | None = None  # timex of the day told of, while the paragraph lasts
        self.spots = self._spots(areas)
        self.dates_of = self._dates()
        self.headers = self._is_diary()

    # -- what stands where ---------------------------------------------------------------------

    def _spots(self, areas: Mapping[int, Sequence[int]]) -> dict[int, list[_Spot]]:
        """List the places of each sentence with the stays they speak of."""
        stays_of: dict[int, list[int]] = defaultdict(list)
        for s, stay in enumerate(self.stays):
            for k in stay.mentions:
                stays_of[k].append(s)
        alone = self._only_stays()
        spots: dict[int, list[_Spot]] = defaultdict(list)
        for k, t in enumerate(self.toponyms):
            if t.contains is not None or (t.form == "people" and k not in stays_of):
                continue
            last = self.toponyms[t.container].last if t.container is not None else t.last
            held = stays_of[k][:1] if k in stays_of else list(areas.get(k, ()))
            if not held and t.entries and t.entries[0].place.source_id in alone:
                held = [alone[t.entries[0].place.source_id]]
            if held and k not in stays_of and t.entries[0].place.country is None:
                held = list(range(len(self.stays)))  # a part of the world names the trip as a whole
            spots[self.contexts[k].sentence].append(_Spot(k, t.first, last, held, loose=k not in stays_of))
        for row in spots.values():
            self._merge(row)
            self._narrow(row)
        return spots

    def _merge(self, row: list[_Spot]) -> None:
        """Take the name of the area straight behind a stay in it as part of the stay's name."""
        for at in range(len(row) - 1, 0, -1):
            spot, before = row[at], row[at - 1]
            gap = self.doc.lower[before.last : spot.first]
            if (
                spot.loose
                and not before.loose
                and gap in ((), (",",))
                and set(before.stays) < set(spot.stays)
            ):
                before.last = spot.last
                del row[at]

    def _only_stays(self) -> dict[str | None, int]:
        """Map the places with just one stay to it: whatever else names them means that stay."""
        stays: dict[str | None, list[int]] = defaultdict(list)
        for s, stay in enumerate(self.stays):
            if stay.place.source_id:
                stays[stay.place.source_id].append(s)
        return {place: held[0] for place, held in stays.items() if len(held) == 1}

    def _narrow(self, row: Sequence[_Spot]) -> None:
        """Let the name of an area mean the stay in it that the same sentence names."""
        named = {t for p in row if not p.loose and not self._is_weak(p) for t in p.stays}
        for p in row:
            if p.loose and len(p.stays) > 1 and len(here := [t for t in p.stays if t in named]) == 1:
                p.stays, p.loose = here, False

    def _dates(self) -> dict[int, list[int]]:
        """List the dates of each sentence, without those that cannot date a stay."""
        found: dict[int, list[int]] = defaultdict(list)
        for n, (a, _) in enumerate(self.tokens):
            if not self._is_aside(n):
                found[self.sentence_of(a)].append(n)
        return found

    def sentence_of(self, token: int) -> int:
        """Return the sentence that a token stands in."""
        return max(0, bisect_right(self.firsts, token) - 1)

    def _is_aside(self, n: int) -> bool:
        """Tell a date that says when something was said, or lies far from the publication day."""
        x, (a, b) = self.timexes[n], self.tokens[n]
        if x.kind is TimexKind.DURATION or x.kind is TimexKind.DAY_NUMBER:
            return False
        if x.earliest is None or x.latest is None:
            return True
        words = self.doc.lower
        if _SENT.match(self.doc.text, x.span.end):
            return True
        if x.kind is TimexKind.WINDOW and (x.latest - x.earliest).days > 92:
            return True
        if x.rule == "day of a month named before" and b < len(words) and self._counts(a, b):
            return True
        if x.rule == "feast" and b < len(words) and words[b][:1].isalpha() and words[b] not in _AFTER_FEAST:
            return True
        sentence = self.doc.sentences[self.sentence_of(a)]
        near = [*words[max(sentence.first, a - 2) : a], *words[b : min(b + 1, sentence.last)]]
        if any(w in _TELLS for w in near) and x.kind is TimexKind.DAY and not x.bound:
            return True
        if (
            x.earliest == self.published
            and a < 40
            and _DASHES & set(words[b : b + 5])
            and self._is_dateline(a)
        ):
            return True
        if x.earliest == self.published and any(w in _TELLS for w in words[b : b + 8]):
            return True
        if self.published is None:
            return False
        day = self.published.toordinal()
        if (
            x.kind is TimexKind.WINDOW
            and (x.latest - x.earliest).days > 20
            and x.latest.toordinal() < day - 150
        ):
            return not self._opens_story(n)
        return x.latest.toordinal() < day - 400 or x.earliest.toordinal() > day + 1100

    def _opens_story(self, n: int) -> bool:
        """Tell the season of a journey told long after: "in the summer of 2017 I left on a trip"."""
        s = self.sentence_of(self.tokens[n][0])
        words = set(self._words(s))
        return (
            s < _EARLY
            and self.timexes[n].year is not None
            and bool(words & _TRIP_WORDS and words & {"i", "we"})
        )

    def _counts(self, a: int, b: int) -> bool:
        """Tell an ordinal that counts something else: "the 26th Conference"."""
        words = self.doc.words
        if (
            not words[b][:1].isupper()
            or words[b] == "I"
            or words[a].lower() != "the"
            or words[b - 1][-2:] not in _ORDINAL
        ):
            return False
        return all(t.first != b for t in self.toponyms)

    def _is_dateline(self, a: int) -> bool:
        """Tell a date before which its line holds nothing but the name of a place."""
        line = self.doc.text.rfind("\n", 0, self.doc.starts[a]) + 1
        ahead = self.doc.text[line : self.doc.starts[a]]
        return len(ahead) < 60 and not any(w.islower() and len(w) > 2 for w in ahead.split())

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

    # -- reading -------------------------------------------------------------------------------

    def run(self) -> Dating:
        """Read all sentences in order."""
        header: list[int] = []
        block = -1
        for s, sentence in enumerate(self.doc.sentences):
            if sentence.block != block:
                block, self.today, self.line, self.orphan = sentence.block, None, None, None
                if sentence.form is Form.PROSE and header and not self.headers and not self._follows_line(s):
                    header = []
            spots, dates = self.spots.get(s, []), self.dates_of.get(s, [])
            self._open_line(s, dates)
            told = [spot for spot in spots if spot.stays]
            if self._opens(s) and not told:
                header = self._header(s, dates, header)
                if header and header[0] in dates:
                    self.marks.append(_Mark(header[0]))
                    self.marks[-1].add(spots)
                continue
            if self.line is not None and self.line in dates and sentence.form is not Form.PROSE:
                self.marks.append(_Mark(self.line))
            if self.marks:
                self.marks[-1].add(spots)
            if dates:
                before = self.today
                self._share(s, spots, dates)
                self.orphan = self._head_day(s, dates, spots) if not told else None
                self._same_day(s, told, before)
                if told and all(self.timexes[n].kind is TimexKind.DURATION for n in dates):
                    self._carry(s, told, header)
                if sentence.form is not Form.PROSE and told:
                    header = (
                        self._header(s, dates, header)
                        if sentence.form is Form.HEADING and self.headers
                        else []
                    )
            elif told:
                self._carry(s, told, header)
            elif not spots:
                pass
            if told:
                self.current = told[-1].stays[-1]
                self.told = self.told or sentence.form is Form.PROSE
        self._tie_numbers()
        self._end_with_lines()
        self._close_trip()
        self._frame_undated()
        self._drop_strays()
        self._date_transcript()
        return Dating(
            tuple(self.bounds),
            self.trip,
            self.pinned,
            self.trip_basis,
            self.trip_evidence,
            slack=self.slack,
            closed=self.closed,
        )

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
        words = set(self._words(s))
        if words & _TRIP_WORDS or (s < 3 and self.timexes[useful[0]].kind is TimexKind.INTERVAL):
            for n in useful:
                self._set_trip(n, 2)
            return []
        only = self.timexes[useful[0]]
        if not self.headers and s < 4 and self.published and only.earliest == self.published:
            return header  # the day of publication above the text
        return useful[:1]

    def _words(self, s: int) -> tuple[str, ...]:
        sentence = self.doc.sentences[s]
        return self.doc.lower[sentence.first : sentence.last]

    def _carry(self, s: int, told: Sequence[_Spot], header: Sequence[int]) -> None:
        """Date the places of a sentence without a date by the line above or the sentence before."""
        words = set(self._words(s))
        for spot in told:
            stay = spot.stays[0]
            if len(spot.stays) > 1 or self._is_weak(spot):
                continue
            if (
                spot.loose
                and self.toponyms[spot.k].entries[0].place.source_id != self.stays[stay].place.source_id
            ):
                continue
            if words & _HOURS:
                self.bounds[stay].same_day = True
            if self.bounds[stay].span is not None:
                continue
            if self.line is not None:
                self._give(spot, stay, self.line, leading=True)
            elif header:
                self._give(spot, stay, header[0], leading=True)
            elif self.today is not None and words & _SAME_DAY and not self._is_source(spot):
                self._give(spot, stay, self.today, leading=True)
            elif self.orphan is not None and not self._is_source(spot):
                self._hold(spot, stay, self.orphan)
            elif self._is_now(spot):
                day = self.published.toordinal()  # type: ignore[union-attr]
                self.bounds[stay].present.append((day, day))
                self.bounds[stay].basis = Basis.RELATIVE

    def _head_day(self, s: int, dates: Sequence[int], spots: Sequence[_Spot]) -> int | None:
        """Return the day at the head of a sentence that names no place: the next ones may tell where."""
        first = self.doc.sentences[s].first
        days = [
            n for n in dates if self.timexes[n].kind is not TimexKind.DURATION and not self.timexes[n].bound
        ]
        if (
            len(days) != 1
            or _length(self.timexes[days[0]]) > 31
            or self.timexes[days[0]].rule == "some time ago"
        ):
            return None
        if any(self._may_hold(p) for p in spots):
            return None
        range_ = self.timexes[days[0]].kind in (TimexKind.INTERVAL, TimexKind.WINDOW)
        return days[0] if range_ or self.tokens[days[0]][0] - first <= 2 else None

    def _same_day(self, s: int, told: Sequence[_Spot], today: int | None) -> None:
        """Date the first place of a clause such as "in the evening he goes to Bari" by the day told of."""
        if today is None or not told:
            return
        spot, first = told[0], self.doc.sentences[s].first
        if spot.dates or spot.loose or self._is_weak(spot) or self._is_source(spot):
            return
        if set(self.doc.lower[first : spot.first]) & _SAME_DAY and self.bounds[spot.stays[0]].span is None:
            if all(self.tokens[n][0] > spot.last for n in self.dates_of[s]):
                self._give(spot, spot.stays[0], today, leading=True)

    def _hold(self, spot: _Spot, s: int, n: int) -> None:
        """Let a date told without a place hold for a place told after it; a range only bounds it."""
        x = self.timexes[n]
        if x.kind is TimexKind.DAY or x.earliest is None or x.latest is None:
            self._give(spot, s, n, leading=True)
        elif not self.bounds[s].within:
            self.bounds[s].within.append(self._so_far(n))
            self._prove(s, n, "arrive")

    def _is_now(self, spot: _Spot) -> bool:
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

    # -- sharing the dates of a sentence -----------------------------------------------------------

    def _share(self, s: int, spots: list[_Spot], dates: Sequence[int]) -> None:
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

    def _place_dates(self, s: int, spots: list[_Spot], dates: Sequence[int]) -> list[int]:
        """Give the dates to the places they stand beside; return those that stand beside none."""
        loose = []
        ends = self._ends_of_trip(s, dates)
        self.lead = self._leading(spots, dates)
        for n in dates:
            if n in ends:
                continue
            if self.timexes[n].kind is TimexKind.DURATION and self._is_trip_length(n):
                self._lengthen(n)
            elif not self._frames_trip(s, n, spots):
                place, leading = self._place_of(n, spots, s)
                if place is None:
                    loose.append(n)
                else:
                    place.dates.append((n, leading))
        return loose

    def _note_hours(self, s: int, spots: Sequence[_Spot]) -> None:
        """Remember that a call took hours, if the sentence names just one stay."""
        told = [spot for spot in spots if spot.stays]
        if len(told) == 1 and (set(self._words(s)) & _HOURS or self._has_hours(s)):
            self.bounds[told[0].stays[0]].same_day = True
        for spot, after in pairwise(told):
            words = self.doc.lower[spot.last : after.first]
            if any(b in ("hours", "hour", "minutes") and a in _FEW for a, b in pairwise(words)):
                self.bounds[spot.stays[0]].same_day = True

    def _place_of(self, n: int, spots: Sequence[_Spot], s: int) -> tuple[_Spot | None, bool]:
        """Return the place that a date belongs to, and whether the date stands before it."""
        a, b = self.tokens[n]
        holding = [p for p in spots if self._may_hold(p)]
        left = next((p for p in reversed(holding) if p.last <= a), None)
        right = next((p for p in holding if p.first >= b), None)
        if self.timexes[n].bound == "until" or self._is_stayed(n):
            left = next((p for p in reversed(holding) if p.last <= a and p.stays), left)
        cost_left = self._cost(left.last, a, n) if left else 1e9
        cost_right = self._cost(b, right.first, n) + (1.5 - self.lead) if right else 1e9
        start = self.doc.sentences[s].first
        opens = a - start <= 2 or self._opens_clause(a, left.last if left else start)
        if right and opens and not self._dates_between(b, right.first, n):
            cost_right = min(cost_right, 6.0)
            cost_left += 4.0
        if self.timexes[n].bound == "until":
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

    def _leading(self, spots: Sequence[_Spot], dates: Sequence[int]) -> float:
        """Return by how much a date rather speaks of the place behind it, in a row that begins with a date."""
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

    def _may_hold(self, spot: _Spot) -> bool:
        """Tell a place that dates can belong to: a stay, or where somebody else is or goes."""
        if spot.stays:
            return True
        entries = self.toponyms[spot.k].entries
        if self._is_weak(spot) or self.contexts[spot.k].head.preposition == "on" or not entries:
            return False
        after = self.doc.words[spot.last] if spot.last < len(self.doc.words) else ""
        attribute = after[:1].isupper() or after in _DASHES
        return not attribute or (
            bool(self.contexts[spot.k].head.preposition) and entries[0].feature != "country"
        )

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
        words = self.doc.lower[i:j]
        cost = float(len(words))
        cost += 8.0 * sum(w in _BREAKS for w in words) + 2.5 * sum(w in _COMMAS for w in words)
        return cost + 6.0 * self._dates_between(i, j, n)

    def _dates_between(self, i: int, j: int, n: int) -> int:
        """Count the days named between two tokens."""
        near = range(max(0, n - 4), min(len(self.tokens), n + 5))
        return sum(
            i <= self.tokens[m][0] < j and self.timexes[m].kind is not TimexKind.DURATION
            for m in near
            if m != n
        )

    def _spread(self, spots: Sequence[_Spot]) -> None:
        """Let a date of a list of places speak of all, and a date at the head of all that follow."""
        rows: dict[int, list[_Spot]] = defaultdict(list)
        for spot in spots:
            if self.contexts[spot.k].row >= 0:
                rows[self.contexts[spot.k].row].append(spot)
        for row in rows.values():
            self._spread_row(row)
        self._spread_lead(spots)

    def _spread_row(self, row: Sequence[_Spot]) -> None:
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

    def _spread_lead(self, spots: Sequence[_Spot]) -> None:
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

    def _pass_on(self, spots: Sequence[_Spot]) -> None:
        """Let the day of leaving a place be that of reaching the next: "leaves Rome on Friday for Bari"."""
        for spot, after in pairwise(spots):
            days = [n for n, _ in spot.dates if self.timexes[n].kind is TimexKind.DAY]
            if days and not after.dates and len(after.stays) == 1 and self._is_source(spot):
                gap = self.doc.lower[spot.last : after.first]
                if self.contexts[after.k].head.preposition in ("to", "for", "into") and not _BREAKS & set(
                    gap
                ):
                    after.dates.append((days[-1], True))

    def _settle(self, at: int, spots: Sequence[_Spot], groups: Mapping[int, Sequence[int]]) -> None:
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

    def _is_reached(self, spot: _Spot) -> bool:
        """Tell the area that the traveller comes to: "arrived in France on Friday"."""
        verb = self.contexts[spot.k].verb
        return verb.tag is not None and verb.tag.group == "arrive" and not verb.negated

    def _is_taken(self, spot: _Spot, n: int, spots: Sequence[_Spot]) -> bool:
        """Tell a date that speaks of a stay named outright, and so not of an area beside it."""
        return any(
            p.stays != spot.stays and not p.loose and not self._is_weak(p) and any(d[0] == n for d in p.dates)
            for p in spots
            if p.stays
        )

    def _leave_source(self, at: int, n: int, spots: Sequence[_Spot]) -> None:
        """Let the day of a way to a place be that of leaving the place "from" which it starts."""
        spot = spots[at]
        if (
            at == 0
            or self.timexes[n].kind not in (TimexKind.DAY, TimexKind.DAY_NUMBER)
            or self._is_source(spot)
        ):
            return
        a = self.tokens[n][0]
        if a > spot.last and _BREAKS & set(self.doc.lower[spot.last : a]):
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

    def _arrive_in(self, spot: _Spot, n: int) -> None:
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

    def _give_area(self, spot: _Spot, n: int) -> None:
        """Let a date beside the name of an area speak of the stays in it, a single day of the first."""
        x, (a, b) = self.timexes[n], self.tokens[n]
        near = min(abs(a - spot.last), abs(spot.first - b)) <= 5
        if x.kind is TimexKind.DAY and x.bound in ("", "from"):
            self._arrive_in(spot, n)
        elif not x.bound and near and (x.kind is TimexKind.INTERVAL or _is_week(x)):
            self._give_range(spot.stays, n)

    def _has_hours(self, s: int) -> bool:
        """Tell a line with the hours of a call: "08:00–17:00"."""
        span = self.doc.sentences[s].span
        found = _OPENING.search(self.doc.text, span.start, span.end)
        return found is not None and "night" not in self.doc.text[span.start : span.end].lower()

    def _is_weak(self, spot: _Spot) -> bool:
        """Tell a mention that says nothing of a stay: "Israel’s security", "talks about Iran"."""
        context = self.contexts[spot.k]
        features = context.features
        if any(f.startswith("owner of") for f in features) or "governed by a noun" in features:
            return True
        tag = context.head.tag
        trip = tag is not None and tag.group in ("trip", "place", "stay", "event")
        return context.head.preposition in _OWNED and not trip

    def _is_source(self, spot: _Spot) -> bool:
        """Tell a place that is left: "from Rome", "leaves Rome for Paris"."""
        context = self.contexts[spot.k]
        head = context.head
        if head.preposition == "from":
            return head.tag is None or head.tag.group in (
                "go",
                "depart",
                "arrive",
                "return",
                "be",
                "trip",
                "place",
                "perform",
                "stay",
            )
        return (
            head.preposition == ""
            and head.tag is not None
            and head.tag.group == "depart"
            and head.tag.lemma in ("leave", "depart", "quit")
            and spot.first - head.token <= 3
        )

    # -- the trip as a whole -----------------------------------------------------------------------

    def _is_trip_length(self, n: int) -> bool:
        """Tell "a five-day trip" from "five days in Rome"."""
        b = self.tokens[n][1]
        return bool(set(self.doc.lower[b : b + 4]) & _TRIP_WORDS)

    def _ends_of_trip(self, s: int, dates: Sequence[int]) -> list[int]:
        """Find the days of leaving and of coming home in a sentence about the trip.

        "Leaves Friday for a week-long tour", "returned on Monday from a six-day trip"; also the days
        on which a tour begins and ends, which speak of their places too.
        """
        words = set(self._words(s))
        if not words & _TRIP_WORDS:
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
            elif (measured and words & _CAME_HOME and self.coming is None) or (self.coming is None and self._comes_home(a, b)):
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
                    and _TRIP_WORDS & set(words[i + 2 : i + 8])
                ):
                    return True
        return False

    def _lengthen(self, n: int) -> None:
        if self.length is None:
            self.length = self.timexes[n].days or self.timexes[n].nights

    def _frames_trip(self, s: int, n: int, spots: Sequence[_Spot]) -> bool:
        """Take a range beside "trip", or over all places of the text, as that of the trip."""
        x = self.timexes[n]
        told = {t for p in spots for t in p.stays}
        if x.kind is TimexKind.INTERVAL:
            a = self.tokens[n][0]
            near = set(self.doc.lower[max(0, a - 6) : a])
            stated = bool(near & _TRIP_WORDS) and not told
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
        elif x.kind is TimexKind.WINDOW and s < 4 and _length(x) < 32:
            trip = not told and bool(set(self._words(s)) & (_TRIP_WORDS | {"visits", "will"}))
            several = len(told) > 1 and not self._beside_one(n, spots)
            return (several or trip) and self._set_trip(n, 1)
        return False

    def _beside_one(self, n: int, spots: Sequence[_Spot]) -> bool:
        """Tell a date straight behind a place that stands in no list: "in Rome during the weekend"."""
        a = self.tokens[n][0]
        left = next((p for p in reversed(spots) if p.last <= a and p.stays), None)
        if left is None or left.loose or self.contexts[left.k].row >= 0 or a - left.last > 2:
            return False
        if _length(self.timexes[n]) > 6:
            return False
        return any(p.first > a or p.last <= left.first for p in spots if p.stays and p.stays != left.stays)

    def _closes_list(self, n: int, spots: Sequence[_Spot]) -> bool:
        """Tell a date straight behind a list that names all stays of the text."""
        a = self.tokens[n][0]
        left = [p for p in spots if p.last <= a and p.stays]
        if not left or a - left[-1].last > 3 or _CLAUSES & set(self.doc.lower[left[0].last : left[-1].first]):
            return False
        return len({t for p in left for t in p.stays}) == len(self.stays)

    def _without_place(self, s: int, n: int, others: bool) -> None:
        """Give a date without a place to the trip or to the stay told of last."""
        x, (a, b) = self.timexes[n], self.tokens[n]
        sentence = self.doc.sentences[s]
        near = set(self.doc.lower[max(sentence.first, a - 6) : a])
        words = set(self._words(s))
        if x.kind is TimexKind.INTERVAL and words & _TRIP_WORDS and (self.current is None or s < 4):
            self._set_trip(n, 2)
        elif (
            x.kind is TimexKind.DAY
            and not others
            and (self.current is None or (words & _LEAVES and words & _RETURNS))
        ):
            if near & _RETURNS:
                self.coming = n if self.coming is None else self.coming
            elif near & _LEAVES:
                self.leaving = n if self.leaving is None else self.leaving
        elif self.current is None:
            return
        elif self._sets_out(s, n):
            self.leaving = n if self.leaving is None else self.leaving
        elif x.kind is TimexKind.DURATION:
            self._stay_for(self.current, n, others or not (near & _PRONOUNS or b - sentence.first < 6))
        elif (
            words & _PRONOUNS
            and x.kind is not TimexKind.WINDOW
            and not words & _TELLS
            and x.rule != "some time ago"
        ):
            bounds = self.bounds[self.current]
            if near & (_LEAVES | {"until"}) or x.bound == "until":
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

    def _sets_out(self, s: int, n: int) -> bool:
        """Tell "left Friday morning" of a text that has not yet put the traveller anywhere on any day."""
        a = self.tokens[n][0]
        return (
            s < _EARLY
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
        """Make the trip's range of the days of setting out and coming home, or of one and the length."""
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
        assert n is not None
        self.trip_basis, self.trip_evidence = self.timexes[n].basis, self._evidence(n, "arrive")

    def _day_of(self, n: int | None) -> int | None:
        """Return the day that a timex stands for."""
        day = self.timexes[n].earliest if n is not None else None
        return day.toordinal() if day is not None else None

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
        for s, b in enumerate(self.bounds):
            if b.depart is not None or b.nights is not None or b.days is not None or not b.present:
                continue
            last = max(d for _, d in b.present)
            if any(day > last and s in mark.stays for day, mark in marks):
                continue
            b.latest = min((day for day, m in marks if day > last and m.others), default=None)

    def _day_of_mark(self, mark: _Mark) -> int | None:
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
                and _length(self.timexes[n]) < 32
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
        for window in {pair for b in self.bounds for pair in b.within}:
            held = [b for b in self.bounds if window in b.within and (b.present or b.arrive)]
            against = sum(
                not any(lo >= window[0] and hi <= window[1] for lo, hi in exact_days(b)) for b in held
            )
            if against * 2 > len(held):
                for b in self.bounds:
                    b.within[:] = [pair for pair in b.within if pair != window]

    def _drop_strays(self) -> None:
        """Drop days that lie far from those of most stays: they tell of something else."""
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

    # -- what a date says of a stay -----------------------------------------------------------------

    def _evidence(self, n: int, about: str) -> Evidence:
        x = self.timexes[n]
        return Evidence(x.span, x.quote, x.rule, about)

    def _prove(self, s: int, n: int, about: str) -> None:
        bounds, x = self.bounds[s], self.timexes[n]
        bounds.evidence.append(self._evidence(n, about))
        if x.basis is not Basis.STATED:
            bounds.basis = x.basis

    def _give(self, spot: _Spot | None, s: int, n: int, leading: bool, loose: bool = False) -> None:
        """Let timex `n` speak of stay `s`, by the words around the place; loosely if they say little."""
        x = self.timexes[n]
        if x.kind is TimexKind.DURATION:
            self._stay_for(s, n, not self._is_stay(spot, n))
        elif x.kind is TimexKind.DAY_NUMBER:
            if x.first_day is not None:
                self.bounds[s].numbers.append((x.first_day, x.last_day or x.first_day))
                self._prove(s, n, "arrive")
        elif x.earliest is None or x.latest is None:
            return
        elif self._departs(spot, n, leading):
            if not loose:
                self._depart_on(s, n)
        else:
            self._prove(s, n, "arrive")
            if x.kind is TimexKind.DAY and not x.bound:
                self._put(spot, s, x.earliest.toordinal(), loose)
            else:
                self._bound(spot, s, n, *self._so_far(n))

    def _put(self, spot: _Spot | None, s: int, day: int, loose: bool) -> None:
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
        if verb.tag is not None and (verb.tag.group in _REACHING or verb.tag.group in _MOVING):
            bounds.reached = True

    def _so_far(self, n: int) -> tuple[int, int]:
        """Return the first and last day of a window; what is told as past was over by the publication day."""
        x = self.timexes[n]
        assert x.earliest is not None
        assert x.latest is not None
        low, high = x.earliest.toordinal(), x.latest.toordinal()
        now = self.published.toordinal() if self.published is not None else 0
        if x.kind is TimexKind.WINDOW and low < now < high and _length(x) < 32:
            sentence = self.doc.sentences[self.sentence_of(self.tokens[n][0])]
            if clause_tense(self.doc.text, sentence.span, x.span) == "past":
                return low, now
        return low, high

    def _bound(self, spot: _Spot | None, s: int, n: int, lo: int, hi: int) -> None:
        """Bound a stay by a range, or by a day with a word such as "from" or "by"."""
        x, bounds = self.timexes[n], self.bounds[s]
        if x.bound in ("by", "before"):
            bounds.within.append((0, hi))
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
            if hi - lo == 1 and spot is not None and self._is_stay(spot, n):  # a weekend
                bounds.present += [(lo, lo), (hi, hi)]

    def _stays_over(self, n: int) -> bool:
        """Tell "remains over the weekend", of a stay that may have begun before."""
        a = self.tokens[n][0]
        words = set(self.doc.lower[max(0, a - 8) : a])
        return bool(words & _REMAINS and words & {"over", "through", "throughout", "for"})

    def _is_event(self, n: int) -> bool:
        """Tell the days of an event, "on May 3-4", "Monday and Tuesday", from a stay, "May 3 to 4"."""
        a, b = self.tokens[n]
        words = self.doc.lower[a:b]
        return (
            "and" in words
            or "&" in words
            or (a > 0 and self.doc.lower[a - 1] == "on" and not {"to", "through", "until"} & set(words))
        )

    def _departs(self, spot: _Spot | None, n: int, leading: bool) -> bool:
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
        return bool(set(self.doc.lower[spot.last : a]) & _LEAVES)

    def _moves(self, spot: _Spot) -> bool:
        """Tell a way to the place that starts at the stop before: "flies on to Rome"."""
        context = self.contexts[spot.k]
        verb = context.verb if context.verb.tag else context.head
        if verb.tag is None:
            return False
        return (
            verb.tag.group in _MOVING
            and verb.tag.lemma not in _ANNOUNCING
            and context.head.preposition in ("to", "for", "into", "onto", "over", "")
        )

    def _is_stay(self, spot: _Spot | None, n: int) -> bool:
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

    def _is_length(self, n: int) -> bool:
        """Tell a length of time from a distance in time: "a week ahead", "in six months", "two days later"."""
        x, (a, b) = self.timexes[n], self.tokens[n]
        words = self.doc.lower
        if b < len(words) and words[b] in _DISTANCE:
            return False
        if x.days is not None and (
            x.days > _LONGEST or (a and words[a - 1] in ("in", "within", "last", "past"))
        ):
            return False
        return words[a] not in ("in", "within")

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


def _length(x: Timex) -> int:
    """Return the days from the first to the last of a timex; 0 if they are unknown."""
    return (x.latest - x.earliest).days if x.latest and x.earliest else 0


def _is_week(x: Timex) -> bool:
    """Tell a window of a fortnight or less."""
    return x.kind is TimexKind.WINDOW and _length(x) < 15


_AFTER_FEAST = frozenset("in at on to with and he she we they i the from for as by".split())


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


def date_stays(
    doc: Document,
    stays: Sequence[Stay],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    cues: Sequence[Cue],  # noqa: ARG001 - ways from place to place may come to need them
    timexes: Sequence[Timex],
    areas: Mapping[int, Sequence[int]],
    published: date | None,
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

    Returns
    -------
    Dating
    """
    return _Dater(doc, stays, toponyms, contexts, timexes, areas, published).run()
