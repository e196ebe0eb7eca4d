"""Lay out a text for dating: the places and dates of each sentence, and what the words beside them say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from itinerary.cues import Context, owner_features
from itinerary.model import Basis, Evidence
from itinerary.route import Stay
from itinerary.sentences import Document
from itinerary.tense import clause_tense
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym
from itinerary.windows import Bounds

__all__ = ["EARLY", "MOVING", "TELLS", "TRIP_WORDS", "Scene", "Spot", "length_of"]

_DASHES = frozenset("— – -- -".split())
TELLS = frozenset(
    "announce announced announces announcing said says say told tells tell stated reported reports "
    "wrote confirmed denied added released issued posted published updated spoke disclosed disclose revealed "
    "mentioned noted declared learned acknowledged confirm confirms mention insisted".split()
)
TRIP_WORDS = frozenset(
    "trip tour travel travels traveling travelling visit journey itinerary swing mission delegation holiday "
    "cruise voyage vacation roadtrip expedition pilgrimage schedule roadshow".split()
)
MOVING = frozenset({"go", "depart", "return"})
_ANNOUNCING = frozenset({"travel", "visit", "head"})  # a way that may start anywhere
_OWNED = frozenset({"of", "with", "about", "between", "regarding", "against", "by", "like", "as", "than"})
_OPENING = re.compile(r"\b\d{1,2}[:.]\d\d\s?(?:[-–—]|to)\s?\d{1,2}[:.]\d\d(?!\s?[ap]\.?m\b)")
_JOINED = re.compile(r"[-‑][a-z]")  # "a U.S.-funded clinic"
_DISTANCE = frozenset("ahead ago later earlier after before since into prior hence old".split())
_LONGEST = 90  # days that a stay may take
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
EARLY = 6  # sentences in which the trip is introduced
_SENT = re.compile(
    r",?\s\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]m)?\]?(?:\s[-–])?\s[^\n:]{1,30}:\s"
)  # of a chat
_AFTER_FEAST = frozenset("in at on to with and he she we they i the from for as by".split())


@dataclass(slots=True)
class Spot:
    """A place of a sentence: its toponym, tokens and stays (none if nobody stays there)."""

    k: int
    first: int
    last: int
    stays: list[int]
    loose: bool = False  # the name of an area around the stay
    dates: list[tuple[int, bool]] = field(default_factory=list)  # timex, and True if it leads


class Scene:
    """What stands where in a text: the places and dates of each sentence, and what their words say."""

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
        self.tokens = [(doc.token_at(x.span.start), doc.token_at(x.span.end - 1) + 1) for x in timexes]
        self.firsts = [sentence.first for sentence in doc.sentences]
        self.said: tuple[int, frozenset[str]] = (-1, frozenset())
        self.spots = self._spots(areas)
        self.dates_of = self._dates()

    def _spots(self, areas: Mapping[int, Sequence[int]]) -> dict[int, list[Spot]]:
        """List the places of each sentence with the stays they speak of."""
        stays_of: dict[int, list[int]] = defaultdict(list)
        for s, stay in enumerate(self.stays):
            for k in stay.mentions:
                stays_of[k].append(s)
        alone = self._only_stays()
        spots: dict[int, list[Spot]] = defaultdict(list)
        for k, t in enumerate(self.toponyms):
            if t.contains is not None or (t.form == "people" and k not in stays_of):
                continue
            last = self.toponyms[t.container].last if t.container is not None else t.last
            held = stays_of[k][:1] if k in stays_of else list(areas.get(k, ()))
            if not held and t.entries and t.entries[0].place.source_id in alone:
                held = [alone[t.entries[0].place.source_id]]
            if held and k not in stays_of and t.entries[0].place.country is None:
                held = list(range(len(self.stays)))  # a part of the world names the trip as a whole
            spots[self.contexts[k].sentence].append(Spot(k, t.first, last, held, loose=k not in stays_of))
        for row in spots.values():
            self._merge(row)
            self._narrow(row)
        return spots

    def _merge(self, row: list[Spot]) -> None:
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

    def _narrow(self, row: Sequence[Spot]) -> None:
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
            return not x.impossible  # "31 June" dates no stay, but keeps it from the next date
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
        if any(w in TELLS for w in near) and x.kind is TimexKind.DAY and not x.bound:
            return True
        if (
            x.earliest == self.published
            and a < 40
            and (_DASHES & set(words[b : b + 5]) or words[b : b + 1] == ("(",))  # "Oslo, 3 May (Agency) The"
            and self._is_dateline(a)
        ):
            return True
        if x.earliest == self.published and any(w in TELLS for w in words[b : b + 8]):
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
        words = self._word_set(s)
        return (
            s < EARLY
            and self.timexes[n].year is not None
            and bool(words & TRIP_WORDS and words & {"i", "we"})
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

    def _words(self, s: int) -> tuple[str, ...]:
        sentence = self.doc.sentences[s]
        return self.doc.lower[sentence.first : sentence.last]

    def _word_set(self, s: int) -> frozenset[str]:
        """Return the words of a sentence; those of the last one asked for are remembered."""
        if self.said[0] != s:
            self.said = s, frozenset(self._words(s))
        return self.said[1]

    def _may_hold(self, spot: Spot) -> bool:
        """Tell a place that dates can belong to: a stay, or where somebody else is or goes."""
        if spot.stays:
            return True
        entries = self.toponyms[spot.k].entries
        if self._is_weak(spot) or self.contexts[spot.k].head.preposition == "on" or not entries:
            return False
        if spot.first and self.doc.lower[spot.first - 1] in ("not", "nor"):
            return False  # "Santiago, not Compostela, on the 1st"
        after = self.doc.words[spot.last] if spot.last < len(self.doc.words) else ""
        attribute = after[:1].isupper() or after in _DASHES
        return not attribute or (
            bool(self.contexts[spot.k].head.preposition) and entries[0].feature != "country"
        )

    def _is_reached(self, spot: Spot) -> bool:
        """Tell the area that the traveller comes to: "arrived in France on Friday"."""
        verb = self.contexts[spot.k].verb
        return verb.tag is not None and verb.tag.group == "arrive" and not verb.negated

    def _has_hours(self, s: int) -> bool:
        """Tell a line with the hours of a call: "08:00–17:00"."""
        span = self.doc.sentences[s].span
        found = _OPENING.search(self.doc.text, span.start, span.end)
        return found is not None and "night" not in self.doc.text[span.start : span.end].lower()

    def _is_weak(self, spot: Spot) -> bool:
        """Tell a mention that says nothing of a stay: "Israel’s security", "talks about Iran"."""
        context = self.contexts[spot.k]
        features = context.features
        if _JOINED.match(self.doc.text, self.doc.ends[spot.last - 1]):
            return True
        if "governed by a noun" in features or not owner_features().isdisjoint(features):
            return True
        tag = context.head.tag
        trip = tag is not None and tag.group in ("trip", "place", "stay", "event")
        return context.head.preposition in _OWNED and not trip

    def _is_source(self, spot: Spot) -> bool:
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

    def _is_trip_length(self, n: int) -> bool:
        """Tell "a five-day trip" from "five days in Rome"."""
        b = self.tokens[n][1]
        return bool(set(self.doc.lower[b : b + 4]) & TRIP_WORDS)

    def _day_of(self, n: int | None) -> int | None:
        """Return the day that a timex stands for."""
        day = self.timexes[n].earliest if n is not None else None
        return day.toordinal() if day is not None else None

    def _evidence(self, n: int, about: str) -> Evidence:
        x = self.timexes[n]
        return Evidence(x.span, x.quote, x.rule, about)

    def _prove(self, s: int, n: int, about: str) -> None:
        bounds, x = self.bounds[s], self.timexes[n]
        bounds.evidence.append(self._evidence(n, about))
        if x.basis is not Basis.STATED:
            bounds.basis = x.basis

    def _so_far(self, n: int) -> tuple[int, int]:
        """Return the first and last day of a window; what is told as past was over by the publication day."""
        x = self.timexes[n]
        low, high = (day.toordinal() if day is not None else 0 for day in (x.earliest, x.latest))
        now = self.published.toordinal() if self.published is not None else 0
        if x.kind is TimexKind.WINDOW and low < now < high and length_of(x) < 32:
            sentence = self.doc.sentences[self.sentence_of(self.tokens[n][0])]
            if clause_tense(self.doc.text, sentence.span, x.span) == "past":
                return low, now
        return low, high

    def _is_event(self, n: int) -> bool:
        """Tell the days of an event, "on May 3-4", "Monday and Tuesday", from a stay, "May 3 to 4"."""
        a, b = self.tokens[n]
        words = self.doc.lower[a:b]
        return (
            "and" in words
            or "&" in words
            or (a > 0 and self.doc.lower[a - 1] == "on" and not {"to", "through", "until"} & set(words))
        )

    def _moves(self, spot: Spot) -> bool:
        """Tell a way to the place that starts at the stop before: "flies on to Rome"."""
        context = self.contexts[spot.k]
        verb = context.verb if context.verb.tag else context.head
        if verb.tag is None:
            return False
        return (
            verb.tag.group in MOVING
            and verb.tag.lemma not in _ANNOUNCING
            and context.head.preposition in ("to", "for", "into", "onto", "over", "")
        )

    def _is_length(self, n: int) -> bool:
        """Tell a length of time from a distance in time: "a week ahead", "in six months"."""
        x, (a, b) = self.timexes[n], self.tokens[n]
        words = self.doc.lower
        if b < len(words) and words[b] in _DISTANCE:
            return False
        if x.days is not None and (
            x.days > _LONGEST or (a and words[a - 1] in ("in", "within", "last", "past"))
        ):
            return False
        return words[a] not in ("in", "within")


def length_of(x: Timex) -> int:
    """Return the days from the first to the last of a timex; 0 if they are unknown."""
    return (x.latest - x.earliest).days if x.latest and x.earliest else 0
