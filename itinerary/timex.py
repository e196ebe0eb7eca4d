"""Find date expressions and turn them into days.

Words and patterns stand in ``data/timex.toml``; the arithmetic is done here. Expressions are resolved
from left to right: each sees the publication day, the tense of its clause and the days resolved before it.
Nothing here looks at the clock.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import isleap, monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from itinerary.days import (
    add_months,
    feast,
    feast_window,
    following_window,
    monday,
    month_end,
    nth_weekday,
    on_or_after,
    on_or_before,
    part_of,
    part_of_month,
    resolve_day,
    safe,
    shift,
    year_between,
    year_by_weekday,
)
from itinerary.lexicon import Rule, load_rules
from itinerary.model import Basis, Span
from itinerary.tense import REPORTED, UNTIL, clause_tense, sentence_ends, tense_cues, tense_from

__all__ = ["Timex", "TimexKind", "clause_tense", "find_timexes", "publication_day"]

_RULES = load_rules(Path(__file__).parent / "data" / "timex.toml")
_MONTH = dict(_RULES.values["month"])
_WEEKDAY = {**_RULES.values["weekday"], **_RULES.values["wdshort"]}
_NUMBER = _RULES.values["number"]
_ORDINAL = _RULES.values["ordinal"]
_DAY = timedelta(days=1)
_NEAR = timedelta(days=14)  # a day so near the publication is one of a run of days
_HEAD = 40  # characters of a line within which the day stands that heads an entry
_SET_OFF = frozenset((".", ",", ":", ";", ")", "]", "\n", ""))
_PLACE_AHEAD = re.compile(r"[ \t\[(*•#-]*(?:(?:[A-ZÀ-Þ][\w’'.-]*|of|the|de)[ ,]+)*")
_LONG_AGO = timedelta(days=45)  # what lies farther back is a story of its own, not what has led to the news
_ROW = 120  # characters of a line in a list of days
_ENTRIES = 12  # days from one entry of a diary to the next
_LETTERED = 3  # lines that begin with D1, D2 ... where these are days
_CLOSE = 250  # characters within which a run of days goes on, wherever it lies
_MONTH_STEPS = {
    "inst": 0,
    "the": 0,
    "this": 0,
    "that": 0,
    "ult": -1,
    "ulti": -1,
    "last": -1,
    "prox": 1,
    "next": 1,
}
_WORD = re.compile(r"\w+")


class TimexKind(StrEnum):
    """What an expression says."""

    DAY = "day"
    WINDOW = "window"
    INTERVAL = "interval"
    DURATION = "duration"
    DAY_NUMBER = "day number"


@dataclass(frozen=True, slots=True)
class Timex:
    """One date expression of a text.

    Parameters
    ----------
    span : Span
        Where it stands.
    quote : str
        The text at the span.
    kind : TimexKind
        DAY is one day, WINDOW one day of several, INTERVAL a stated stay from its first to its last day,
        DURATION a length of time, DAY_NUMBER a day counted from the start of the trip.
    earliest, latest : date or None
        First and last day, both inclusive; None if the text and its publication day do not give them.
    rule : str
        Id of the rule that found it.
    basis : Basis
        STATED if the text holds the full date or gives its year; RELATIVE if the publication day was needed.
    nights, days : int or None
        Length of a DURATION in the unit of the text.
    first_day, last_day : int or None
        Of a DAY_NUMBER.
    year, month, day, weekday : int or None
        The parts that the text names; weekday 0 is Monday.
    bound : str
        ``until``, ``by``, ``from``, ``since``, ``before`` or ``after`` if only one end is given.
    time_of_day : str
        ``morning``, ``evening``, ``14:30`` ... if given beside it.
    conflict : bool
        True if parts contradict each other, such as a wrong weekday; the date then counts.
    ambiguous : bool
        True if day and month could be exchanged and the text does not decide.
    impossible : bool
        True if the calendar has no such day ("30 February"); then no day is given.
    """

    span: Span
    quote: str
    kind: TimexKind
    earliest: date | None
    latest: date | None
    rule: str
    basis: Basis = Basis.STATED
    nights: int | None = None
    days: int | None = None
    first_day: int | None = None
    last_day: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    bound: str = ""
    time_of_day: str = ""
    conflict: bool = False
    ambiguous: bool = False
    impossible: bool = False

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"dates reversed: {self.earliest} to {self.latest}")


# ---------------------------------------------------------------------------------------------------- finding


@dataclass(frozen=True, slots=True)
class _Match:
    """A match of a rule, not yet resolved."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str]


def _starts(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    """Index the rules by the words they can begin with; of digits, by their shape."""
    index: dict[str, list[Rule]] = {}
    for rule in rules:
        words: set[str] = set()
        for name in rule.extra["starts"]:
            listed: Iterable[str] = _RULES.values.get(name) or _RULES.words.get(name) or (name.lstrip("="),)
            words |= {name} if name[0] == "#" else {_WORD.search(word)[0].lower() for word in listed}  # type: ignore[index]
        for word in {_shape(word) if word[0].isdigit() else word for word in words}:
            index.setdefault(word, []).append(rule)
    return {word: tuple(found) for word, found in index.items()}


@lru_cache(maxsize=16_384)
def _rules_from(word: str) -> tuple[Rule, ...]:
    """Return the rules that can begin with a word."""
    low = word.lower()
    return _STARTS.get(_shape(low) if low[0].isdigit() else low, ())


def _shape(word: str) -> str:
    """Return the shape of a word that begins with a digit, as the rule file names it."""
    if word.isdecimal():
        size = len(word)
        return "#2" if size < 3 else f"#{min(size, 5)}"
    return "#th" if word[-2:].lower() in ("st", "nd", "rd", "th", "1d", "2d", "3d") else "#x"


_STARTS = _starts(_RULES.rules)
# What may follow "the": every beginning of a rule, and what stands in rules between "the" and such a word.
# Most words after "the" are none of these, so that no rule need be tried.
_AFTER_THE = frozenset(_STARTS) | frozenset(_RULES.words["after_the"])
_LOWER_TRAPS = {"may", "march", "mar", "sun", "sat", "wed", "mon", "dec", "sep", "jan", "fall", "spring"}
_NEEDS_CONTEXT = {
    "may",
    "march",
    "mar",
    "jan",
    "april",
    "june",
    "august",
    "sept",
    "sep",
    "dec",
    "jun",
    "jul",
    "oct",
}
_MONTH_LEAD = re.compile(
    r"(?:\b(?:(?:in|of|for|since|during)\s+the|in|by|until|till|since|during|through|of|for|to|from|between|and|or|this|next|last|after|before|late|"
    r"early|mid|around|all|throughout|into|–|—|on)\s+|[(\-–,]\s?)$",
    re.IGNORECASE,
)
_SEASON_LEAD = re.compile(
    r"\b(?:in|by|until|till|since|during|through|of|for|from|next|last|after|before|over|throughout)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


_AND_MONTH = re.compile(
    rf"(?:\s(?:and|or|to|until|through)\s|\s?[-–/]\s?)(?:{'|'.join(_RULES.words['month_full'])})\b",
    re.IGNORECASE,
)
_AND_BEFORE = re.compile(r"\b(?:and|or)\s$")
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]")
_DAY_LEAD = re.compile(
    r"(?:\b(?:on|until|till|by|since|before|after)|[.;:!?])\s+$|^\s*$|\n\s*$", re.IGNORECASE
)
_BODY_AFTER = re.compile(
    r"\s(?:[A-Z][\w’'.-]*\s){0,3}(?:Congress|Conference|Corps|Army|Fleet|Division|Circuit|Session|Assembly|Summit|"
    r"Meeting|Amendment|Regiment|Infantry|Brigade|Battalion|Wing|Squadron|Street|Avenue|District|Century|Annual|"
    r"International|Anniversary|World|Parliament|Floor|Arrondissement)\b"
)
_PLACE_BEFORE = re.compile(r"(?:[.;,]|\b[A-Z][\w’'-]+)\s$")
_NTH_BEFORE = re.compile(r"\d(?:st|nd|rd|d|th)[,;]\s+$")
# "Holocaust Remembrance Day", "Ukrainian Independence Day": another people's day, of unknown date
_OTHER_FEAST = re.compile(r"(?<![.!?]\s)\b(?!On\b|In\b|By\b|The\b|This\b|Until\b|Happy\b)[A-Z][a-z]+\s+$")
_EVERY = re.compile(r"\b(?:every|each|most|some)\s+(?:other\s+|single\s+)?$", re.IGNORECASE)
_RATE = re.compile(
    r"(?:\d|%|\btwice|\bonce|\b(?!(?:stay|spend|last|take|need|get|wa|i|ha|plu|rest|remain|thu|perhap|acro|beside|"
    r"alway|day|thi|contain|allow|include|mean|give|make)s\b)\w\w+s)\s+$",
    re.IGNORECASE,
)
_FOR_BEFORE = re.compile(r"\b(?:for|the|another|over|about)\s+$", re.IGNORECASE)
_OF_NAME = re.compile(r"\sof\s(?:the\s)?[A-Z]")
_FRACTION = re.compile(r"\d $")  # "surged 4 5/8"
_SLASH_LEAD = re.compile(r"(?:\b(?:on|from|until|till|by|since|before|after|to)\s|[-–—(,:•*]\s?|\n\s*|^\s*)$")


def _matches(text: str, sentences: Sequence[Span] = ()) -> Iterator[_Match]:
    """Yield the longest match at each place, from left to right, without overlaps.

    A match never goes on from one line of a list to the next, which are sentences of their own.
    """
    starts = [s.start for s in sentences]
    done = 0
    after_the = _AFTER_THE
    for token in _WORD.finditer(text):
        rules = _rules_from(token[0])
        if not rules or token.start() < done:
            continue
        at = token.start()
        if token[0].lower() == "the":
            following = _WORD.search(text, at + 4, at + 24)
            if following is None:
                continue
            word = following[0].lower()
            if word not in after_the and not word[0].isdigit():
                continue
        best: _Match | None = None
        for rule in rules:
            found = rule.pattern.match(text, at)
            if found and (best is None or found.end() > best.end):
                if (
                    starts
                    and "\n" in found[0]
                    and bisect_right(starts, found.end() - 1) > bisect_right(starts, at)
                ):
                    continue
                match = _Match(at, found.end(), rule, {k: v for k, v in found.groupdict().items() if v})
                if _plausible(text, match):
                    best = match
        if best:
            done = best.end
            yield best


def _plausible(text: str, match: _Match) -> bool:
    """Weed out words that only look like dates: "may", "march", "spring"."""
    sense = match.rule.sense
    before = text[max(0, match.start - 24) : match.start]
    glued = before[-1:]
    if text[match.start].isdigit() and glued and glued in "$€£#/.-+":
        return glued in ".-" and not before[-2:-1].isdigit()
    if sense in _MANY and _EVERY.search(before):
        return False  # not a day but many
    check = _CHECKS.get(sense)
    return check is None or check(text, match, before)


# "The September 11 attacks" are no day of a trip.
_NAMED_FOR_DAY = re.compile(
    r"(?:st|nd|rd|th)? (?:terror(?:ist)? |suicide )?"
    r"(?:attacks?|bombings?|massacre|uprising|coup|revolution|movement|(?:Memorial|Museum|Commission|Agreement)\b)"
)


def _plausible_date(text: str, match: _Match, _before: str) -> bool:
    groups = match.groups
    if "m" not in groups:
        return True
    if _NAMED_FOR_DAY.match(text, match.end):
        return False
    if text.startswith("|", match.end + 1) and "\n" in text[match.start : match.end]:
        return False  # the end of one row of a table and the beginning of the next
    trap = groups["m"].rstrip(".") in ("may", "march", "mar", "dec", "sep", "jan")
    ends = "w" in groups or text[match.end : match.end + 1] in ".,;:)–—-\n"
    return not trap or (groups.get("d", "")[:1].isdigit() and ends)


def _plausible_feast(_text: str, match: _Match, before: str) -> bool:
    return "lead" in match.groups or not (match.groups["f"][-3:] == "Day" and _OTHER_FEAST.search(before))


def _plausible_duration(_text: str, match: _Match, before: str) -> bool:
    return match.groups.get("n", "").lower() not in ("a", "an") or not _RATE.search(before)


def _plausible_season(text: str, match: _Match, before: str) -> bool:
    if match.groups.keys() & {"part", "mod", "y", "yy", "ymod"}:
        return True
    return bool(_SEASON_LEAD.search(before)) and not _OF_NAME.match(text, match.end)


def _plausible_weekday(_text: str, match: _Match, _before: str) -> bool:
    return not {match.groups.get("w", ""), match.groups.get("w1", "")} & _LOWER_TRAPS


def _plausible_weekdays(_text: str, match: _Match, _before: str) -> bool:
    return (_WEEKDAY[match.groups["w2"].lower()] - _WEEKDAY[match.groups["w"].lower()]) % 7 == 1


def _plausible_number(text: str, match: _Match, _before: str) -> bool:
    n = match.groups.get("n", "1")
    return n.isdigit() or (n.lower() not in ("a", "an") and text[match.start].isupper())


def _plausible_nth(text: str, match: _Match, before: str) -> bool:
    """Tell "on the 6th Mr Lumb came" from "the 18th Airborne Corps": no name follows but after "on"."""
    if "d4" in match.groups:  # "at Cascais 13th, ..."; not "3rd, 4th, and 5th grade", nor "he came 3rd."
        return bool(_PLACE_BEFORE.search(before)) and not _NTH_BEFORE.search(before)
    if not match.groups.keys() & {"d", "d1"} or match.groups.keys() & {"w", "old", "mod"}:
        return True
    name = _NAME_AFTER.match(text, match.end)
    if name is None:
        return True
    return bool(_DAY_LEAD.search(before)) and not _BODY_AFTER.match(text, match.end)


def _plausible_month(text: str, match: _Match, before: str) -> bool:
    groups = match.groups
    name = groups["m"].rstrip(".")
    if groups.keys() & {"part", "mod", "y", "y1", "y2", "yy", "ymod"}:
        return name[0].isupper() or name.lower() not in _LOWER_TRAPS or "part" in groups
    if not name[0].isupper():
        return False
    if _AND_MONTH.match(text, match.end):
        return True  # "March and April"
    if _AND_BEFORE.search(before) and _NAME_AFTER.match(text, match.end):
        return False  # "and June Carter"
    return bool(_MONTH_LEAD.search(before)) or (name.lower() not in _NEEDS_CONTEXT and len(name) > 4)


def _plausible_row(text: str, match: _Match, _before: str) -> bool:
    lead = text[text.rfind("\n", 0, match.start) + 1 : match.start]
    return not lead.strip(" \t|*•·-–") and _MONTH_LINE.search(text, 0, match.start) is not None


_MANY = frozenset(("weekday", "weekdays", "season", "feast"))
_CHECKS: dict[str, Callable[[str, _Match, str], bool]] = {
    "date": _plausible_date,
    "daynumber": _plausible_number,
    "duration": _plausible_duration,
    "feast": _plausible_feast,
    "month": _plausible_month,
    "nth": _plausible_nth,
    "offset": lambda _text, _match, before: not _FOR_BEFORE.search(before),
    "range": _plausible_date,
    "row": _plausible_row,
    "season": _plausible_season,
    "weekday": _plausible_weekday,
    "weekday_range": _plausible_weekday,
    "weekdays": _plausible_weekdays,
}


# -------------------------------------------------------------------------------------------------- resolving


_WHOSE = re.compile(r"(?:['’]s|s['’]|\b(?:the|his|her|its|their|our|a))\s$", re.IGNORECASE)
_THING = re.compile(
    r"\s(?!to\b|in\b|at\b|and\b|or\b|of\b|on\b|for\b|by\b|as\b|with\b|when\b|but\b|the\b)[A-Za-z]{3}"
)
_COUNTED_BEFORE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|\d+(?:st|nd|rd|th)|twice|times|most|only|est)\b[^,.;]*$"
)
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|added|stated|declared|disclosed|revealed|warned|noted|predicted)\b"
)
_OWN = re.compile(
    r"(?:[.!?:]\s|\n|^)[A-Z][a-z]+ed\s+(?:late\s|early\s|on\s)?$"
)  # "Arrived Sunday": of one's own trip


def _day_value(word: str) -> int:
    word = word.lower()
    if word in _ORDINAL:
        return _ORDINAL[word]
    return int(re.match(r"\d+", word)[0])  # type: ignore[index]


def _number(groups: dict[str, str], suffix: str = "") -> int:
    word = re.sub(r"\s+", " ", groups["n" + suffix].lower())
    if word.isdigit():
        return int(word)
    return _NUMBER[word] if word in _NUMBER else sum(_NUMBER[part] for part in re.split(r"[-\s]", word))


def _unit(word: str) -> str:
    """Return the unit of time of a word in the singular: an old word for a week is a week."""
    word = word.lower().removesuffix("s")
    return "week" if word.startswith("se") else word


Value = dict[str, object]


class _Reader:
    """Resolve the matches of one text from left to right."""

    def __init__(
        self,
        text: str,
        published: date | None,
        sentences: Sequence[Span],
        tense: Callable[[Span], str] | None,
        matches: Sequence[_Match],
    ) -> None:
        self.text, self.published, self.sentences = text, published, sentences
        self._tense = tense
        self._cues: dict[int, list[tuple[int, str]]] = {}  # of the sentence that begins there
        self._ends: list[int] | None = None
        self._starts = [s.start for s in sentences]
        self.matches = matches
        self.anchor: date | None = None  # the last day that the text named
        self.at = 0  # where the expression stands that is being read
        self.anchor_at = 0
        self.anchor_stated = False  # the anchor has its year from the text
        self.entry: tuple[int, date] | None = None  # where the day at the head of a line stands, and the day
        self.named_year: tuple[int, int] | None = None  # where the last year stood alone, and the year
        self.heading: date | None = None  # the day at the head of the last dated line
        self.month_anchor: date | None = None  # first day of a month named since then
        self.window: tuple[date, date] | None = None  # the last week or month named
        self.last_tense: tuple[int, str] = (-1, "")
        self.month_only: int | None = None  # month of the last date without a year
        self.day_first, self.order_known = _numeric_order(matches, text, published)
        self.slashed = sum(m.groups.get("sep") == "/" for m in matches)
        self.numbered_days = _numbered_days(matches)
        self.lettered = sum("letter" in m.groups and self.opens_line(m) for m in matches)
        self.years = _year_evidence(text, matches)
        self.headings: list[re.Match[str]] | None = None  # months alone on a line
        self.row = (-1, 0)  # the month over the last line of a list, and the day of that line
        self.row_day: date | None = None
        self.plan = sum(m.rule.sense in ("daynumber", "numbered") and self.opens_line(m) for m in matches) > 2
        self.diary = len(_DATED_LINE.findall("\n" + text)) > 1

    # ------------------------------------------------------------------------------------------------ context

    def tense_at(self, match: _Match) -> str:
        """Return the tense of the clause; without a verb, that of the expression before it."""
        span = Span(match.start, match.end)
        sentence = self.sentence_of(span)
        if self._tense:
            tense = self._tense(span)
        else:
            cues = self._cues.get(sentence.start)
            if cues is None:
                cues = self._cues[sentence.start] = tense_cues(self.text, sentence.start, sentence.end)
            tense = tense_from(cues, sentence, span)
        if not tense and self.last_tense[0] >= sentence.start:
            tense = self.last_tense[1]
        if tense:
            self.last_tense = (match.start, tense)
        return "future" if tense == "present" else tense

    def sentence_of(self, span: Span) -> Span:
        at = bisect_right(self._starts, span.start) - 1
        if at >= 0 and self.sentences[at].end >= span.start:
            return self.sentences[at]
        if self._ends is None:
            self._ends = sentence_ends(self.text)
        at = bisect_right(self._ends, span.start)
        start = self._ends[at - 1] if at else 0
        return Span(start, max(span.end, self._ends[at] if at < len(self._ends) else len(self.text)))

    def remember(self, earliest: date | None, stated: bool) -> None:
        """Keep a day as the one that "the following day" and the like are counted from."""
        if earliest is not None:
            self.anchor, self.anchor_stated, self.month_anchor = earliest, stated, None
            self.anchor_at = self.at

    # ------------------------------------------------------------------------------------------ year of a day

    def year_for(self, match: _Match, month: int, day: int = 1) -> tuple[int | None, bool]:
        """Choose the year of a month and day without one; True if the text itself gives it."""
        evident = self._year_of_text(match, month, day)
        if self.published is None:
            return evident, True
        published, tense = self.published, self.tense_at(match)
        if tense == "past" and self.heading and self.heading > published and self.opens_line(match):
            tense = "future"  # "1 June Rome (sold out)" in a list of days to come
        if _WHOSE.search(self.text, max(0, match.start - 8), match.start) and _THING.match(
            self.text, match.end
        ):
            back = -182 if tense == "future" else -290
            return year_between(
                published, month, day, back, back + 365
            ), False  # "their June summit": whenever it was
        low, high = {"past": (-310, 55), "future": (-20, 345)}.get(tense, (-45, 320))
        by_pub = year_between(published, month, day, low, high)
        if evident is not None and self.anchor is not None and self.anchor_stated:
            found = safe(evident, month, min(day, 28))
            gap = (self.anchor - published).days
            fits = found is not None and (tense != "future" or found >= published - timedelta(days=60))
            fits = fits and (tense != "past" or found is None or found <= published + timedelta(days=55))
            if fits and (-400 <= gap <= 500 or self.diary):
                return evident, True
        return by_pub, False

    def note_entry(self, match: _Match, day: date) -> None:
        """Keep the day at the head of a line, set off from what follows; only a place may stand before it."""
        start = self.text.rfind("\n", 0, match.start) + 1
        if match.start > start + _HEAD or self.text[match.end : match.end + 1] not in _SET_OFF:
            return
        if _PLACE_AHEAD.fullmatch(self.text, start, match.start):
            self.entry = match.start, day

    def opens_line(self, match: _Match) -> bool:
        return _LINE_START.search(self.text, max(0, match.start - 12), match.start) is not None

    def _year_of_text(self, match: _Match, month: int, day: int) -> int | None:
        if self.anchor is not None and (self.anchor_stated or self.published is None):
            back = 20 if self.diary else 150
            return year_between(self.anchor, month, day, -back, 365 - back)
        for at, low, high in self.years:
            if at > match.start and low is not None:
                return year_between(low, month, day, -300, 65)
            if at <= match.start and high is not None and low is not None:
                year = low.year
                if low != high and high.year > year and month < 7:
                    year = high.year
                return year
        return None

    def day_of_month(self, match: _Match, day: int, weekday: int | None) -> tuple[date | None, bool]:
        """Find the day with this number near the last one named."""
        near = self.month_anchor or self.anchor
        if near is None and self.published is None:
            return None, False
        tense = self.tense_at(match) if self.published else ""
        base = near or self.published or date.max
        candidates = []
        for months in range(-2, 3):
            found = safe(*add_months(base.year, base.month, months), day)
            if found and (weekday is None or found.weekday() == weekday):
                candidates.append(found)
        if not candidates and weekday is not None:
            return self.day_of_month(match, day, None)[0], False
        if not candidates:
            return None, False
        published = self.published
        far = near is not None and published is not None and abs((near - published).days) > 60

        def cost(day: date) -> int:
            total = abs((day - base).days)
            if day < base:
                back = 24 if self.diary else 2 if published else 12
                total += back if near else 10
            if published and not far:
                wrong = (day - published).days if tense == "past" else (published - day).days if tense else 0
                total += 15 if wrong > 2 else 0
            return total

        return min(candidates, key=cost), self.anchor_stated if near else False

    def weekday(self, match: _Match, weekday: int, definite: bool = False) -> tuple[date | None, Basis]:
        """Find the day meant by a bare weekday: the likeliest of those around publication and the last day.

        Tense and sequence both speak, and either may mislead: "Friday" after "Thursday" is most likely the
        next day, "said Friday" lies behind.
        """
        published, anchor = self.published, self.anchor
        if published is None:
            return (on_or_after(anchor, weekday) if anchor else None), Basis.STATED
        if anchor and (definite or self.diary) and abs((anchor - published).days) > 7:
            return on_or_after(anchor, weekday), Basis.RELATIVE
        tense = self.tense_at(match)
        lead = max(0, match.start - 40)
        strong = bool(REPORTED.search(self.text, lead, match.start))
        until = bool(UNTIL.search(self.text, max(0, match.start - 24), match.start))
        strong = strong and not until and not _OWN.search(self.text, lead, match.start)
        said = strong and _SAID.search(self.text, lead, match.start) is not None
        week = self.window if self.window and 0 < (self.window[1] - self.window[0]).days <= 7 else None
        first = on_or_after(published, weekday)
        candidates = {
            first + timedelta(days=7 * n) for n in (-2, -1, 0, 1, 2) if 14 < first.toordinal() < 3652000
        }
        near = self._goes_on(match, tense, strong)
        candidates.add(on_or_after(anchor if anchor and near else published, weekday))

        def cost(day: date) -> float:
            ahead = (day - published).days
            total = 0.0
            if tense == "past":
                total += (9 if strong else 3.5) if ahead > 0 else 0
            elif tense == "future":
                total += 3.5 if ahead < 0 else 0
            else:
                total += 1 if ahead < 0 else 0
            since = (day - anchor).days if near else 0  # type: ignore[operator]
            if abs(ahead) > 7 and not (week and week[0] <= day <= week[1]):
                total += 1.5 if near and 0 <= since <= 3 else 4
            if until and tense != "past" and day < (anchor if near and anchor else published):
                total += 4
            if ahead == 0 and near and anchor and anchor > published and tense != "past":
                total += 1
            if week and published < week[0] and tense != "past" and ahead >= 0 and (week[0] - day).days >= 4:
                total += 4
            total += abs(ahead) / 100
            if said or (strong and ahead <= 0):  # "said Monday": seen from the day of writing
                return total + (0.3 if ahead <= 0 and since < 0 else 0)
            return total + (min(3.0, 0.3 * since) if since >= 0 else min(6.0, 1 - 0.5 * since))

        return min(sorted(candidates), key=cost), Basis.RELATIVE

    def _goes_on(self, match: _Match, tense: str, strong: bool) -> bool:
        """Tell if a weekday goes on from the last day named: not from one named in passing."""
        anchor, published = self.anchor, self.published
        if anchor is None or published is None:
            return False
        gap = anchor - published
        if abs(gap) <= _NEAR:
            return True
        if strong:
            return False
        if gap > _NEAR:
            return tense != "past"
        return gap < -_LONG_AGO and match.start - self.anchor_at < _CLOSE

    # --------------------------------------------------------------------------------------------- the senses

    def read_date(self, match: _Match) -> Value | None:
        return self._day(
            match, _month_of(match.groups), _day_value(match.groups.get("d") or match.groups["d1"])
        )

    def _day(self, match: _Match, month: int, day: int, ambiguous: bool = False) -> Value | None:
        groups = match.groups
        weekday = _weekday(groups.get("w"))
        year = _year_of(groups, self.published)
        stated = True
        if year is None:
            year, stated = self._year_by_words(groups, month, day)
        if year is None:
            year, stated = self.year_for(match, month, day)
            if year is not None and weekday is not None:
                year = year_by_weekday(year, month, day, weekday, self.published)
        if (month, day) == (2, 29) and year is not None and not stated:
            step = -1 if self.tense_at(match) == "past" else 1
            year = next((y for y in range(year, year + 9 * step, step) if 0 < y < 9999 and isleap(y)), year)
        found = safe(year, month, day) if year is not None else None
        if day > monthrange(2000, month)[1] or (year is not None and found is None):
            return {"kind": TimexKind.DAY, "month": month, "day": day, "impossible": True}
        value: Value = {
            "kind": TimexKind.DAY, "earliest": found, "latest": found, "month": month, "day": day,
            "weekday": weekday, "year": found.year if found else None, "ambiguous": ambiguous,
            "basis": Basis.STATED if stated else Basis.RELATIVE,
            "conflict": found is not None and weekday is not None and found.weekday() != weekday,
        }  # fmt: skip
        self.remember(found, stated)
        return value

    def read_numeric(self, match: _Match) -> Value | None:
        a, b = int(match.groups["a"]), int(match.groups["b"])
        short = match.groups["sep"] == "/" and not match.groups.keys() & {"y", "w"}
        alone = short and self.slashed < 3
        if short and _FRACTION.search(self.text[max(0, match.start - 2) : match.start]):
            return None
        if alone and not _SLASH_LEAD.search(self.text[max(0, match.start - 12) : match.start]):
            return None
        day, month = (a, b) if self.day_first else (b, a)
        if month > 12:
            day, month = month, day
        if (
            day > 31
            or month > 12
            or (match.groups["sep"] == "." and "y" not in match.groups and not self._dotted(match))
        ):
            return None
        if "y" in match.groups and len(match.groups["y"]) == 2:
            match.groups["yy"] = match.groups.pop("y")
        return self._day(match, month, day, ambiguous=not self.order_known and a != b)

    def read_numeric_range(self, match: _Match) -> Value | None:
        month, first, last = (int(match.groups[name]) for name in ("a", "b", "b2"))
        value = self._day(match, month, first) if first < last else None
        start = value.get("earliest") if value else None
        if value is None or not isinstance(start, date):
            return None
        end = safe(start.year, month, last)
        return {**value, "kind": TimexKind.INTERVAL, "latest": end} if end else None

    def read_numeric_days(self, match: _Match) -> Value | None:
        first, last, month, year = (int(match.groups[name]) for name in ("a", "a2", "b", "y"))
        start, end = safe(year, month, first), safe(year, month, last)
        if start is None or end is None or first >= last:
            return None
        self.remember(start, True)
        return {
            "kind": TimexKind.INTERVAL, "earliest": start, "latest": end, "month": month, "day": first,
            "year": year, "basis": Basis.STATED,
        }  # fmt: skip

    def read_numbered(self, match: _Match) -> Value | None:
        first, last = _numbers(match)
        if not self.numbered_days:
            return self._entry(match, first, last)
        if last > self.numbered_days:
            return None
        return {"kind": TimexKind.DAY_NUMBER, "first_day": first, "last_day": last}

    def _entry(self, match: _Match, first: int, last: int) -> Value | None:
        """Read "7. Bari" of a diary, whose entries name the month only where it begins."""
        before = self.heading
        if before is None or self.text[match.end : match.end + 1] != ".":
            return None
        start = next(
            (
                day
                for step in (0, 1)
                if (day := safe(*add_months(before.year, before.month, step), first)) and day > before
            ),
            None,
        )
        if start is None or (start - before).days > _ENTRIES or self._counts_from_one(match):
            return None
        end = start + timedelta(days=last - first)
        self.heading = end
        self.remember(start, self.anchor_stated)
        return {
            "kind": TimexKind.DAY if first == last else TimexKind.INTERVAL, "earliest": start, "latest": end,
            "day": first, "basis": self._anchor_basis(),
        }  # fmt: skip

    def _counts_from_one(self, match: _Match) -> bool:
        """Tell the lines of a plain list, which begins with 1 and goes on by ones from there."""
        lines = [m for m in self.matches if m.rule.sense == "numbered"]
        at = lines.index(match)
        number = int(match.groups["n"])
        return at >= number - 1 and all(
            int(m.groups["n"]) == n for n, m in enumerate(lines[at - number + 1 : at + 1], 1)
        )

    def _dotted(self, match: _Match) -> bool:
        """Tell a date such as 27.11. from a number such as 2.5 or a time such as 7.30."""
        if "w" in match.groups or self.text[match.end - 1] == ".":
            return bool(
                "w" in match.groups
                or self.text[match.end : match.end + 1].strip()
                or _DOTTED.search(self.text)
            )
        line_start = self.text[max(0, match.start - 1) : match.start] in ("", "\n")
        return line_start and bool(_DOTTED.search(self.text))

    def read_nth(self, match: _Match) -> Value | None:
        groups = match.groups
        day = _day_value(next(groups[name] for name in ("d", "d1", "d2", "d3", "d4", "d6") if name in groups))
        weekday = _weekday(groups.get("w"))
        if "d4" in groups and self.anchor is None and self.month_anchor is None:
            return None
        found, stated = self.day_of_month(match, day, weekday)
        steps = _MONTH_STEPS.get((groups.get("old") or groups.get("mod", "")).lower()[:4])
        if steps is not None and self.published:  # "the 5th inst.", "the 5th of next month"
            named = self.month_anchor or self.anchor
            base = named if steps == 0 and "mod" in groups and named else self.published
            found = safe(*add_months(base.year, base.month, steps), day)
            stated = False
        month = found.month if found else self.month_only
        self.remember(found, stated)
        return {
            "kind": TimexKind.DAY, "earliest": found, "latest": found, "day": day, "weekday": weekday,
            "month": month, "basis": Basis.STATED if stated or self.published is None else Basis.RELATIVE,
            "conflict": found is not None and weekday is not None and found.weekday() != weekday,
        }  # fmt: skip

    def read_range(self, match: _Match) -> Value | None:
        groups = match.groups
        first, last = _day_value(groups["d"]), _day_value(groups["d2"])
        if "m" in groups:
            month = _MONTH[groups["m"].rstrip(".").lower()]
            year, stated = _year_of(groups, self.published), True
            if year is None:
                year, stated = self.year_for(match, month, first)
            if max(first, last) > monthrange(2000, month)[1]:
                return {"kind": TimexKind.INTERVAL, "month": month, "day": first, "impossible": True}
            start = safe(year, month, first) if year else None
            end = safe(year, month, last) if year else None
        else:
            start, stated = self.day_of_month(match, first, None)
            end = safe(start.year, start.month, last) if start else None
            year, month = None, start.month if start else self.month_only or 0
        if last < first or (year and not (start and end)) or last > 31:
            return None
        self.remember(start, stated)
        listed = re.findall(r"\d+", groups.get("list", ""))
        days = [first, *map(int, listed), last]
        runs = all(b - a == 1 for a, b in pairwise(days))
        is_list = "list" in groups or match.rule.id.startswith("month and list")
        kind = TimexKind.WINDOW if is_list and not runs else TimexKind.INTERVAL
        return {
            "kind": kind, "earliest": start, "latest": end, "month": month or None, "day": first,
            "year": year, "weekday": _weekday(groups.get("w")),
            "basis": Basis.STATED if stated else Basis.RELATIVE,
        }  # fmt: skip

    def read_weekday(self, match: _Match) -> Value | None:
        groups = match.groups
        word = next(groups[name] for name in ("w", "w1", "w2", "w3") if name in groups)
        weekday = _WEEKDAY[word.rstrip(".").lower()]
        mod = re.sub(r"\s+", " ", groups.get("mod", "")).lower()
        plus = groups.get("plus") or groups.get("plus1") or groups.get("plus2")
        published = self.published
        basis = Basis.RELATIVE
        if match.rule.id == "weekday of a named week":
            week = shift(monday(published), {"last": -7, "this": 0, "next": 7}[mod]) if published else None
            found = shift(week, weekday) if week else None
        elif plus:
            base = on_or_after(published + _DAY, weekday) if published else None
            found = shift(base, 14 if plus.lower() == "fortnight" else 7) if base else None
        elif "minus" in groups:
            base = on_or_before(published - _DAY, weekday) if published else None
            found = shift(base, -7) if base else None
        elif mod in ("following", "previous", "preceding"):
            base, back = self.anchor or published, mod != "following"
            found = None
            if base:
                found = on_or_before(base - _DAY, weekday) if back else on_or_after(base + _DAY, weekday)
        elif mod in ("next", "coming", "this coming"):
            found = on_or_after(published + _DAY, weekday) if published else None
        elif mod in ("last", "past", "this past"):
            found = on_or_before(published - _DAY, weekday) if published else None
        elif mod == "this":
            found, basis = self._this_weekday(match, weekday)
        else:
            found, basis = self.weekday(match, weekday, definite="the" in groups)
            if found and published and self.anchor and found <= published < self.anchor:
                return {
                    "kind": TimexKind.DAY,
                    "earliest": found,
                    "latest": found,
                    "weekday": weekday,
                    "basis": basis,
                }
        if not plus:  # how far ahead something ends; what is told next comes before it
            self.remember(found, basis is Basis.STATED or self.anchor_stated)
        return {"kind": TimexKind.DAY, "earliest": found, "latest": found, "weekday": weekday, "basis": basis}

    def _this_weekday(self, match: _Match, weekday: int) -> tuple[date | None, Basis]:
        if self.published is None:
            return None, Basis.RELATIVE
        if self.tense_at(match) == "past":
            return on_or_before(self.published, weekday), Basis.RELATIVE
        return on_or_after(self.published, weekday), Basis.RELATIVE

    def read_weekdays(self, match: _Match) -> Value | None:
        first = _WEEKDAY[match.groups["w"].lower()]
        found, basis = self.weekday(match, first, definite=match.groups.get("the") is not None)
        self.remember(found, basis is Basis.STATED or self.anchor_stated)
        end = shift(found, 1) if found else None
        return {
            "kind": TimexKind.INTERVAL,
            "earliest": found,
            "latest": end,
            "weekday": first,
            "basis": basis,
        }

    def read_weekday_range(self, match: _Match) -> Value | None:
        """Read "Mon–Wed": the last day is the next such weekday after the first."""
        first, last = (_WEEKDAY[match.groups[name].rstrip(".").lower()] for name in ("w", "w2"))
        found, basis = self.weekday(match, first)
        end = on_or_after(found + _DAY, last) if found else None
        self.remember(found, basis is Basis.STATED or self.anchor_stated)
        return {
            "kind": TimexKind.INTERVAL,
            "earliest": found,
            "latest": end,
            "weekday": first,
            "basis": basis,
        }

    def read_weekday_after(self, match: _Match) -> Value | None:
        weekday = _WEEKDAY[match.groups["w"].lower()]
        base, basis = self.anchor or self.published, self._anchor_basis()
        found = None
        if base:
            before = match.groups["dir"].lower() == "before"
            found = on_or_before(base - _DAY, weekday) if before else on_or_after(base + _DAY, weekday)
        self.remember(found, self.anchor_stated)
        return {"kind": TimexKind.DAY, "earliest": found, "latest": found, "weekday": weekday, "basis": basis}

    def _anchor_basis(self) -> Basis:
        return Basis.STATED if self.anchor_stated or self.published is None else Basis.RELATIVE

    def read_month(self, match: _Match) -> Value | None:
        groups = match.groups
        month = _MONTH[groups["m"].rstrip(".").lower()]
        year, stated = _year_of(groups, self.published), True
        if year is None:
            year, stated = self._year_by_words(groups, month)
        if year is None:
            year, stated = self.year_for(match, month)
        first, last = part_of_month(groups.get("part", ""))
        value: Value = {
            "kind": TimexKind.WINDOW,
            "earliest": None,
            "latest": None,
            "month": month,
            "year": year,
        }
        value["basis"] = Basis.STATED if stated else Basis.RELATIVE
        if year is not None and 1 <= year <= 9999:
            end = month_end(year, month)
            low, high = resolve_day(first, end), resolve_day(last, end)
            value |= {"earliest": low, "latest": high}
            self.window = (low, high)
            bound = _BOUND_BEFORE.search(self.text, max(0, match.start - 24), match.start)
            if not (
                bound and self.anchor and bound[1].lower() in ("before", "after", "since", "until", "till")
            ):
                self.month_anchor = low
            if self.anchor is None and self.published is None:
                self.anchor, self.anchor_stated = low, stated
        return value

    def _year_by_words(self, groups: dict[str, str], month: int, day: int = 1) -> tuple[int | None, bool]:
        """Return the year that "last", "of next year" or "that year" give; True if it is stated."""
        published = self.published
        of_year = re.sub(r"\s+", " ", groups.get("ymod", "")).lower()
        mod = re.sub(r"\s+", " ", groups.get("mod") or groups.get("after", "")).lower()
        if of_year in ("that", "the same", "the following"):
            base = self.month_anchor or self.anchor or published
            year = base.year + (of_year == "the following") if base else None
            return year, self.anchor_stated
        if published is None or not (of_year or mod):
            return None, True
        if of_year:
            return published.year + {"last": -1, "this": 0, "next": 1}[of_year], False
        to_come = (month, day) >= (published.month, published.day if day > 1 else 1)
        if mod == "last":
            return published.year - to_come, False
        over = not to_come or (month == published.month and day == 1)
        return published.year + (mod != "this" and over), False

    def read_season(self, match: _Match) -> Value | None:
        groups = match.groups
        month = _RULES.values["season"][groups["s"].lower()]
        mod = re.sub(r"\s+", " ", groups.get("mod", "")).lower()
        year = _year_of(groups, self.published)
        stated = year is not None
        published = self.published
        if year is None and published and "ymod" in groups:
            year = published.year + {"last": -1, "this": 0, "next": 1}[groups["ymod"].lower()]
        elif year is None and published:
            tense = {"last": "past", "next": "future", "this coming": "future"}.get(mod) or self.tense_at(
                match
            )
            year = (
                published.year
                if mod == "this"
                else year_between(published, month, 1, *((-365, -1) if tense == "past" else (-60, 304)))
            )
        elif year is None and self.anchor and self.anchor_stated:
            year, stated = self.anchor.year, True
        low = high = None
        if year is not None and 1 <= year <= 9998:
            low, high = date(year, month, 1), month_end(*add_months(year, month, 2))
            part = groups.get("part", "").lower()
            low = low if part in ("", "early") else safe(*add_months(year, month, 1), 1) or low
            high = high if part in ("", "late") else month_end(*add_months(year, month, 1))
        basis = Basis.STATED if stated else Basis.RELATIVE
        return {"kind": TimexKind.WINDOW, "earliest": low, "latest": high, "year": year, "basis": basis}

    def read_year(self, match: _Match) -> Value | None:
        first = last = int(match.groups["y"])
        if "y2" in match.groups:
            last = int(match.groups["y2"])
            last = last if last > 99 else first // 100 * 100 + last
        if last < first:
            return None
        self.named_year = match.start, first
        low, high = date(first, 1, 1), date(last, 12, 31)
        if "part" in match.groups and first == last:
            low, high = part_of(low, high, match.groups["part"].lower(), "year", None)
        return {
            "kind": TimexKind.WINDOW,
            "earliest": low,
            "latest": high,
            "year": first,
            "basis": Basis.STATED,
        }

    def read_decade(self, match: _Match) -> Value | None:
        first = int(match.groups["y"] + "0")
        last = first + (99 if first % 100 == 0 and first < 2000 else 9)
        return {"kind": TimexKind.WINDOW, "earliest": date(first, 1, 1), "latest": date(last, 12, 31)}

    def read_quarter(self, match: _Match) -> Value | None:
        groups = match.groups
        year, stated = _year_of(groups, self.published), True
        if year is None and self.published:
            year = self.published.year + {"last": -1, "next": 1}.get(groups["ymod"].lower(), 0)
            stated = False
        if year is None:
            return {"kind": TimexKind.WINDOW, "basis": Basis.RELATIVE}
        name = groups.get("q", "").upper()
        months = 6 if name.startswith("H") or groups.get("u", "").lower() == "half" else 3
        n = int(name[1]) if name else _ORDINAL.get(groups["n"].lower(), 12 // months)
        if n * months > 12:
            return None
        return {
            "kind": TimexKind.WINDOW,
            "earliest": date(year, (n - 1) * months + 1, 1),
            "latest": month_end(year, n * months),
            "year": year,
            "basis": Basis.STATED if stated else Basis.RELATIVE,
        }

    def read_nth_weekday(self, match: _Match) -> Value | None:
        """Read "the first Monday of May", "the last weekend in June"."""
        groups = match.groups
        year, stated = _year_of(groups, self.published), True
        if "m" in groups:
            month = _MONTH[groups["m"].rstrip(".").lower()]
            if year is None:
                year, stated = self.year_for(match, month, 15)
        else:
            base, stated = self.published, False
            steps = _MONTH_STEPS.get(groups["mod"].lower())
            if base is None or steps is None:
                return {"kind": TimexKind.DAY, "basis": Basis.RELATIVE}
            year, month = add_months(base.year, base.month, steps)
        n = {"last": 5}.get(groups["n"].lower()) or _day_value(groups["n"])
        weekend = groups["w"].lower() == "weekend"
        weekday = 5 if weekend else _WEEKDAY[groups["w"].lower()]
        low = nth_weekday(year, month, weekday, n) if year and 1 <= year <= 9998 else None
        high = shift(low, 1) if low and weekend else low
        self.remember(low, stated)
        return {
            "kind": TimexKind.WINDOW if weekend else TimexKind.DAY, "earliest": low, "latest": high,
            "month": month, "weekday": None if weekend else weekday,
            "basis": Basis.STATED if stated else Basis.RELATIVE,
        }  # fmt: skip

    def read_row(self, match: _Match) -> Value | None:
        """Read a line below the name of a month as a day of it: the lines count on."""
        heading = self._month_heading(match.start)
        if heading is None:
            return None
        at, month = heading.start(), _MONTH[heading["m"].lower()]
        first, last = (
            _day_value(match.groups[name]) for name in ("d", "d2" if "d2" in match.groups else "d")
        )
        if (self.row[0] == at and first < self.row[1]) or last < first:
            return None
        year, stated = (int(heading["y"]), True) if heading["y"] else self._year_of_row(match, month, first)
        start, end = (safe(year, month, day) if year else None for day in (first, last))
        if year and (start is None or end is None):
            return None
        self.row, self.row_day = (at, first), start
        self.remember(start, stated)
        return {
            "kind": TimexKind.DAY if first == last else TimexKind.INTERVAL, "earliest": start, "latest": end,
            "day": first, "month": month, "basis": Basis.STATED if stated else Basis.RELATIVE,
        }  # fmt: skip

    def _year_of_row(self, match: _Match, month: int, day: int) -> tuple[int | None, bool]:
        """Choose the year of a line under a month without one: the list goes on from line to line."""
        if self.row_day is not None and self.row[0] >= 0:
            return year_between(self.row_day, month, day, 0, 365), self.anchor_stated
        return self.year_for(match, month, day)

    def _month_heading(self, end: int) -> re.Match[str] | None:
        """Return the month that stands alone on the last such line before `end`, with a list in between."""
        if self.headings is None:
            self.headings = list(_MONTH_LINE.finditer(self.text))
        heading = next((h for h in reversed(self.headings) if h.start() < end), None)
        if heading is None or max(map(len, self.text[heading.end() : end].split("\n"))) > _ROW:
            return None
        return heading

    def read_next_day(self, match: _Match) -> Value | None:
        base = self.anchor or self.published
        found = shift(base, int(match.groups["n"])) if base else None
        value: Value = {
            "kind": TimexKind.DAY,
            "earliest": found,
            "latest": found,
            "basis": self._anchor_basis(),
        }
        self.remember(found, self.anchor_stated)
        return value

    def read_offset(self, match: _Match) -> Value | None:
        """Read "two days before", of which no date came of what follows."""
        return (
            _duration(_number(match.groups), _unit(match.groups["u"]), False) if "n" in match.groups else None
        )

    def counted_from(self, match: _Match, value: Value) -> Value | None:
        """Move the day read after "two days before", "the week after", "the Monday after"."""
        groups, low, high = match.groups, value.get("earliest"), value.get("latest")
        if value["kind"] not in (TimexKind.DAY, TimexKind.WINDOW):
            return None
        kept = {k: v for k, v in value.items() if k not in ("month", "day", "weekday", "year", "conflict")}
        if not isinstance(low, date) or not isinstance(high, date):
            return {**kept, "kind": TimexKind.DAY}
        back = groups.get("dir", "before").lower().startswith(("before", "prior"))
        window = groups.get("u1", "").lower() in ("week", "weekend")
        first, last = _counted(groups, low if back else high, -1 if back else 1)
        if first is None or last is None or first > last:
            first = last = None
        self.remember(first, value.get("basis") is Basis.STATED)
        return {
            **kept,
            "kind": TimexKind.WINDOW if window else TimexKind.DAY,
            "earliest": first,
            "latest": last,
        }

    def read_feast(self, match: _Match) -> Value | None:
        groups = match.groups
        name = re.sub(r"\s+", " ", groups["f"].lower())
        lead = re.sub(r"\s+", " ", groups.get("lead", "").lower())
        code = _RULES.values["feast"][name]
        year, stated = (int(groups["y"]), True) if "y" in groups else (None, False)
        published = self.published
        if year is None and "ymod" in groups and published:
            year = published.year + {"last": -1, "this": 0, "next": 1}[groups["ymod"].lower()]
        sample = feast(code, 2000) or date.max
        if year is None and published and lead in ("last", "next"):
            year = published.year
            day = feast(code, year)
            if day and lead == "next" and day <= published:
                year += 1
            elif day and lead == "last" and day >= published:
                year -= 1
        elif year is None:
            year, stated = self.year_for(match, sample.month, sample.day)
        found = feast(code, year) if year else None
        if (
            groups["f"].startswith("n")
            and name == "new year"
            and lead == "the"
            and found
            and "span" not in groups
        ):  # its first weeks
            return {
                "kind": TimexKind.WINDOW, "earliest": found, "latest": month_end(found.year, 1), "month": 1,
                "year": year, "basis": Basis.STATED if stated else Basis.RELATIVE,
            }  # fmt: skip
        span = groups.get("span", "").lower() or ("week" if lead.endswith("week of") else "")
        if lead.endswith("eve of") and found:
            found = shift(found, -1)
        low, high = feast_window(code, found, span) if found else (None, None)
        if high is None:
            low = None
        self.remember(low, stated)
        return {
            "kind": TimexKind.DAY if low == high and not span else TimexKind.WINDOW, "earliest": low,
            "latest": high, "month": sample.month, "year": year,
            "day": sample.day if code < 5000 and not span and not lead.endswith("eve of") else None,
            "basis": Basis.STATED if stated else Basis.RELATIVE,
        }  # fmt: skip

    def read_today(self, match: _Match) -> Value | None:
        word = re.sub(r"\s+", " ", match.groups["t"].lower())
        offset = _RULES.values["today"][word]
        if self.plan and offset == 0:
            return None  # "Day 3: this morning we leave" is a day of the plan
        if "tod" in match.groups and word == "the day before yesterday":
            offset = -2
        base = self.heading if self.heading and (self.diary or not self.published) else self.published
        if base is None:
            base = self._day_of_entry(match)
        found = shift(base, offset) if base else None
        self.remember(found, False)
        tod = match.groups.get("tod", word.split()[-1] if " " in word or word == "tonight" else "")
        tod = "night" if tod == "tonight" else tod
        return {
            "kind": TimexKind.DAY, "earliest": found, "latest": found, "basis": Basis.RELATIVE,
            "time_of_day": tod if tod not in ("yesterday", "tomorrow") else "",
        }  # fmt: skip

    def _day_of_entry(self, match: _Match) -> date | None:
        """Return the day at the head of the paragraph, as that of a postcard: "Bari, 4 May 1902. Today"."""
        if self.entry is None or "\n\n" in self.text[self.entry[0] : match.start]:
            return None
        return self.entry[1]

    def read_unit(self, match: _Match) -> Value | None:
        groups = match.groups
        mod = re.sub(r"\s+", " ", groups["mod"].lower()).removeprefix("the ").removeprefix("this ")
        unit = groups["u"].lower()
        part = re.sub(r"\s+", " ", groups.get("part", "").lower())
        low, high = self._unit_window(match, unit, mod)
        if low and high and part:
            low, high = part_of(low, high, part, unit, self.published)
        if low and high and low <= high and unit in ("week", "weekend"):
            self.window = (low, high)
            if unit == "weekend":
                self.remember(low, False)
        elif not (low and high and low <= high):
            low = high = None
        return {"kind": TimexKind.WINDOW, "earliest": low, "latest": high, "basis": Basis.RELATIVE}

    def _unit_window(self, match: _Match, unit: str, mod: str) -> tuple[date | None, date | None]:
        published = self.published
        if published is None:
            return None, None
        steps = {"next": 1, "last": -1, "past": -1, "coming": 1, "after next": 2, "before last": -2}.get(
            mod, 0
        )
        if unit in ("week", "fortnight"):
            start = shift(monday(published), 7 * steps)
            if start is None:
                return None, None
            if steps == 0 and self.tense_at(match) != "past":
                return published, shift(start, 12 if published.weekday() == 6 else 6)
            if steps == 0:
                return start, published
            return start, shift(start, 6 if unit == "week" else 13)
        if unit == "weekend":
            saturday = shift(monday(published), 5)
            if saturday and mod in ("last", "past"):
                saturday = shift(saturday, -7 if published < saturday + 2 * _DAY else 0)
            elif (
                saturday
                and mod in ("this", "")
                and published.weekday() < 5
                and self.tense_at(match) == "past"
            ):
                saturday = shift(saturday, -7)
            elif saturday and steps > 0:
                # "next weekend" is the coming one until Wednesday, then the one after
                saturday = shift(
                    saturday, 7 * (steps if published.weekday() >= 3 or mod == "after next" else 0)
                )
            return saturday, shift(saturday, 1) if saturday else None
        if unit == "month":
            year, month = add_months(published.year, published.month, steps)
            return (date(year, month, 1), month_end(year, month)) if 1 <= year <= 9999 else (None, None)
        year = published.year + steps
        return (date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9999 else (None, None)

    def read_unit_part(self, match: _Match) -> Value | None:
        groups = match.groups
        part = next((groups[name] for name in ("part", "part2", "part3") if name in groups), "end").lower()
        part = {"later": "late", "earlier": "early"}.get(part, part)
        unit = (groups.get("u") or groups.get("u2") or groups.get("part1") or "week").lower()
        base = self.anchor if self.anchor and self.anchor_stated and not self.published else self.published
        low = high = None
        if base and unit == "week":
            low, high = monday(base), shift(monday(base), 6)
        elif base and unit == "month":
            low, high = base.replace(day=1), month_end(base.year, base.month)
        elif base:
            low, high = date(base.year, 1, 1), date(base.year, 12, 31)
        if low and high:
            low, high = part_of(low, high, part, unit, None)
        return {"kind": TimexKind.WINDOW, "earliest": low, "latest": high, "basis": Basis.RELATIVE}

    def read_weekend(self, match: _Match) -> Value | None:
        published, anchor = self.published, self.anchor
        low = None
        if published:
            tense = self.tense_at(match)
            saturday = shift(monday(published), 5)
            if tense == "past" and published.weekday() < 5 and saturday:
                low = shift(saturday, -7)
            elif tense == "past":
                low = saturday
            else:
                base = anchor if anchor and anchor > published else published
                low = shift(monday(base), 5)
        elif anchor:
            low = shift(monday(anchor), 5)
        high = shift(low, 1) if low else None
        self.remember(low, False)
        return {"kind": TimexKind.WINDOW, "earliest": low, "latest": high, "basis": self._weekend_basis()}

    def _weekend_basis(self) -> Basis:
        return Basis.RELATIVE if self.published else Basis.STATED

    def read_week_of(self, match: _Match) -> Value | None:
        groups = match.groups
        if "d2" in groups:
            value = self.read_nth(replace(match, groups={"d": groups["d2"]}))
        else:
            value = self._day(match, _month_of(groups), _day_value(groups.get("d") or groups["d1"]))
        day = value.get("earliest") if value else None
        if value is None or not isinstance(day, date):
            return value and {**value, "kind": TimexKind.WINDOW}
        low: date | None
        high: date | None
        ending = groups.get("how", "").lower() == "ending" or groups.get("short", "").lower() == "w/e"
        if ending and groups.get("u", "week").lower() == "week":
            low, high = shift(day, -6), day
        elif groups.get("u", "week").lower() == "week":
            low, high = monday(day), shift(monday(day), 6)
        else:
            low = shift(day, -1 if day.weekday() == 6 else 5 - day.weekday()) or day
            high = shift(low, 1)
        low, high = low or day, high or low or day
        self.window = (low, high)
        return {**value, "kind": TimexKind.WINDOW, "earliest": low, "latest": high}

    def read_ago(self, match: _Match) -> Value | None:
        groups, unit = match.groups, _unit(match.groups["u"])
        if "w" in groups and self.published and unit in ("week", "fortnight"):  # "a week ago Tuesday"
            steps = -7 * _number(groups) * (2 if unit == "fortnight" else 1)
            found = shift(on_or_before(self.published, _WEEKDAY[groups["w"].lower()]), steps)
            self.remember(found, False)
            return {"kind": TimexKind.DAY, "earliest": found, "latest": found, "basis": Basis.RELATIVE}
        return self._exact(groups, _number(groups), unit, -1) or self._offset(_number(groups), unit, -1)

    def read_ahead(self, match: _Match) -> Value | None:
        groups = match.groups
        if "n" not in groups:
            value = self._offset(_number(groups, "1"), _unit(groups["u1"]), 1)
            return self._exact(groups, _number(groups, "1"), _unit(groups["u1"]), 1) or value
        n = _number({"n": groups["n"]})
        counted = _COUNTED_BEFORE.search(self.text, max(0, match.start - 40), match.start)
        if (
            counted
            or self.tense_at(match) != "future"
            or self.text[match.start : match.start + 6].lower() == "within"
        ):
            return _duration(n, groups["u"].lower(), False)
        return self._offset(n, groups["u"].lower(), 1)

    def _exact(self, groups: dict[str, str], n: int, unit: str, sign: int) -> Value | None:
        """Count from the publication day to the very day: "a week ago today", "a fortnight from today"."""
        if "exact" not in groups or self.published is None or unit in ("month", "year"):
            return None
        value = self._offset(n, unit, sign, self.published)
        return value and {**value, "basis": Basis.RELATIVE}

    def _offset(self, n: int, unit: str, sign: int, base: date | None = None) -> Value | None:
        """Move by days exactly, by weeks and months to the whole week or month, by years to the year."""
        own = base is None
        base = base or self.published
        kind = TimexKind.DAY if unit in ("day", "night") or not own else TimexKind.WINDOW
        low = high = None
        if base is not None and unit in ("day", "night"):
            low = high = shift(base, sign * n)
        elif base is not None and unit in ("week", "fortnight", "weekend"):
            low = high = shift(base, sign * n * (14 if unit == "fortnight" else 7))
            if own and low:
                low, high = monday(low), shift(monday(low), 6)
        elif base is not None:
            year, month = add_months(base.year, base.month, sign * n * (1 if unit == "month" else 12))
            if 1 <= year <= 9999:
                low, high = date(year, month, 1), month_end(year, month)
                if own and unit == "year" and sign < 0:
                    low, high = date(year, 1, 1), date(year, 12, 31)
                elif not own:
                    low = high = safe(year, month, min(base.day, high.day))
        if low is None or high is None:
            low = high = None
        if kind is TimexKind.DAY:
            self.remember(low, self.anchor_stated and not own)
        return {
            "kind": kind,
            "earliest": low,
            "latest": high,
            "basis": Basis.RELATIVE if own else self._anchor_basis(),
        }

    def read_coming(self, match: _Match) -> Value | None:
        published, mod, unit = self.published, match.groups["mod"].lower(), match.groups["u"].lower()
        low = high = None
        if published:
            reach = {"days": 7, "weeks": 28, "months": 92}[unit]
            past = mod.startswith(("past", "last"))
            low = shift(published, -reach if past else 1)
            high = shift(published, -1 if past else reach)
        if low is None or high is None:
            low = high = None
        return {"kind": TimexKind.WINDOW, "earliest": low, "latest": high, "basis": Basis.RELATIVE}

    def read_following(self, match: _Match) -> Value | None:
        groups = match.groups
        mod = (groups.get("mod") or groups["mod1"]).lower()
        unit = (groups.get("u") or groups.get("u1") or "day").lower()
        sign = -1 if mod in ("previous", "preceding", "before") else 1
        base, basis = self.anchor or self.published, self._anchor_basis()
        base = (self._year_base() if unit == "year" else None) or base
        kind, low, high = TimexKind.DAY, None, None
        count = _NUMBER.get(groups.get("n", "").lower(), 1)
        if unit == "days" and "n" not in groups:
            return self.read_coming(replace(match, groups={"mod": "coming", "u": "days"}))
        if base is not None and unit in ("week", "weekend", "month", "year"):
            kind = TimexKind.WINDOW
            if self.window and self.anchor is None and unit != "year":
                base = self.window[0]
            low, high = following_window(base, unit, sign)
            if low and unit == "week":
                self.window = (low, high or low)
        elif base is not None:
            low, high = shift(base, sign), shift(base, sign * count)
            kind = TimexKind.INTERVAL if count > 1 else kind
            if low and high and low > high:
                low, high = high, low
            self.remember(low, self.anchor_stated)
        if low is None or high is None:
            low = high = None
        tod = unit if unit in _RULES.words["time_of_day"] else ""
        return {"kind": kind, "earliest": low, "latest": high, "basis": basis, "time_of_day": tod}

    def _year_base(self) -> date | None:
        """Return a day of the last year that stood alone, if no day was named since."""
        if self.named_year is None or (self.anchor is not None and self.anchor_at > self.named_year[0]):
            return None
        return date(self.named_year[1], 1, 1)

    def read_later(self, match: _Match) -> Value | None:
        sign = -1 if match.groups["dir"].lower().startswith(("earlier", "before")) else 1
        base = self.anchor or self.published
        year = self._year_base() if _unit(match.groups["u"]) == "year" else None
        if year is not None:
            return self._years_from(year, sign * _number(match.groups))
        if base is None:
            return {"kind": TimexKind.DAY, "earliest": None, "latest": None}
        return self._offset(_number(match.groups), _unit(match.groups["u"]), sign, base)

    def _years_from(self, base: date, years: int) -> Value | None:
        """Return the year so many years from one that stood alone."""
        year = base.year + years
        if not 1 <= year <= 9999:
            return None
        return {
            "kind": TimexKind.WINDOW, "earliest": date(year, 1, 1), "latest": date(year, 12, 31),
            "year": year, "basis": Basis.STATED,
        }  # fmt: skip

    def read_same(self, match: _Match) -> Value | None:
        unit = match.groups["u"].lower()
        base = self.anchor or self.published
        kind, low, high = TimexKind.DAY, base, base
        if unit in ("month", "year") and self.month_anchor:
            base = self.month_anchor
        if unit == "year":
            base = self._year_base() or base
        if unit in ("week", "weekend", "month", "year"):
            kind = TimexKind.WINDOW
            low, high = following_window(base, unit, 0) if base else (None, None)
        tod = unit if unit in _RULES.words["time_of_day"] else ""
        return {
            "kind": kind,
            "earliest": low,
            "latest": high,
            "basis": self._anchor_basis(),
            "time_of_day": tod,
        }

    def read_duration(self, match: _Match) -> Value | None:
        groups = match.groups
        if "overnight" in groups:
            return {"kind": TimexKind.DURATION, "nights": 1}
        if "n" not in groups:
            return {"kind": TimexKind.DURATION, "days": 7}
        return _duration(_number(groups), _unit(groups["u"]), bool(groups.keys() & {"half", "half1"}))

    def read_daynumber(self, match: _Match) -> Value | None:
        groups = match.groups
        if "o" in groups:
            first = last = _day_value(groups["o"])
        elif "plus" in groups:  # "D+2" is two days after the first
            first = last = int(groups["plus"]) + 1
        else:
            if "letter" in groups:
                if self.lettered < _LETTERED:
                    return None
                groups = {**groups, "n": groups["letter"]}
            first = last = _number({"n": groups["n"]})
            if "n2" in groups:
                last = _number({"n": groups["n2"]})
        if last < first or first < 0:
            return None
        return {"kind": TimexKind.DAY_NUMBER, "first_day": first, "last_day": last}


def _counted(groups: dict[str, str], base: date, sign: int) -> tuple[date | None, date | None]:
    """Return the day, week or weekend so far from `base`, back or on."""
    found: date | None
    unit = _unit(groups.get("u") or groups.get("u1", "day"))
    n = _number(groups) if "n" in groups else 1
    if "w" in groups or unit == "weekend":
        weekday = _WEEKDAY[groups["w"].lower()] if "w" in groups else 5
        found = on_or_after(base + _DAY, weekday) if sign > 0 else on_or_before(base - _DAY, weekday)
        return found, shift(found, 1) if "w" not in groups else found
    if unit == "week" and "n" not in groups:
        return (shift(base, 1), shift(base, 7)) if sign > 0 else (shift(base, -7), shift(base, -1))
    if unit in ("month", "year"):
        year, month = add_months(base.year, base.month, sign * n * (1 if unit == "month" else 12))
        found = safe(year, month, min(base.day, 28))
    else:
        found = shift(base, sign * n * {"week": 7, "fortnight": 14}.get(unit, 1))
    return found, found


def _duration(n: int, unit: str, half: bool) -> Value | None:
    value: Value = {"kind": TimexKind.DURATION}
    if unit == "night":
        value["nights"] = n
    else:
        size = {"day": 1, "week": 7, "fortnight": 14, "weekend": 2, "month": 30, "year": 365}[unit]
        value["days"] = n * size + (size // 2 if half else 0)
    return value


def _month_of(groups: dict[str, str]) -> int:
    """Return the month by its name, or its number in digits or Roman digits."""
    word = next(groups[name] for name in ("m", "m1", "mo", "mo1") if name in groups).rstrip(".")
    if word.isdigit():
        return int(word)
    return _ROMAN[word] if word in _ROMAN else _MONTH[word.lower()]


_ROMAN = {name: n for n, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}


def _weekday(word: str | None) -> int | None:
    return _WEEKDAY[word.rstrip(".").lower()] if word else None


def _year_of(groups: dict[str, str], published: date | None) -> int | None:
    """Read the year that stands in the expression; two digits fall within 80 years before and 19 after."""
    for name in ("y", "y1", "y2"):
        if name in groups:
            return int(groups[name])
    if "yy" not in groups:
        return None
    now = published.year if published else 2025
    year = now // 100 * 100 + int(groups["yy"])
    return year - 100 if year > now + 19 else year + 100 if year < now - 80 else year


# --------------------------------------------------------------------------------- evidence of the whole text

_DATED_LINE = re.compile(  # a literal line break in front is sought fast
    r"\n[ \t]*+(?:[-*•]\s)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s)?"
    r"(?:\d{4}-\d\d-\d\d\b|\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]*\.?\s\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)(?=[.:,]))\b",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(
    r"(?<![\d/.,$£€-])(1[5-9]\d\d|20\d\d)(?:\s?[-–/]\s?(\d\d(?:\d\d)?))?(?![\d.,]*\d|%|\s(?:people|miles|km|m\b))"
)
_OF_LIST = (  # what a heading may say beside the month: "Official May Tour Dates"
    r"(?:our|my|the|official|confirmed|upcoming|next|tour|book|dates?|schedule|shows?|gigs?|concerts?|events?|appearances"
    r"|calendar|races?|fixtures)"
)
_MONTH_LINE = re.compile(
    rf"^[ \t#*]*(?:{_OF_LIST}[ \t]+){{0,3}}"
    rf"(?P<m>{'|'.join((*_RULES.words['month_full'], *_RULES.words['month_short']))})\.?"
    rf"(?:[ \t,]+(?P<y>\d{{4}}))?(?:[ \t]+{_OF_LIST}\b){{0,3}}[ \t*:]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DOTTED = re.compile(
    r"(?:^|\n|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?\s)\d{1,2}\.\d{1,2}\.(?:\s|\d|$|[-–—])"
)
_DAY_FIRST = re.compile(r"\b(?:day/month|dd/mm|day first|DD\.MM)\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\b(?:month/day|mm/dd|month first)\b", re.IGNORECASE)
_AMERICAN = re.compile(r"\bU\.S\.|\bUnited States\b|, (?:[A-Z]{2}|Calif\.|D\.C\.|N\.Y\.)\b")


def _numbered_days(matches: Sequence[_Match]) -> int:
    """Return how many days number the lines of a text: they count on from 1 to the length of the trip."""
    numbers = [_numbers(m) for m in matches if m.rule.sense == "numbered"]
    if len(numbers) < 3 or numbers[0][0] != 1:
        return 0
    if any(not last <= first <= last + 1 for (_, last), (first, _) in pairwise(numbers)):
        return 0
    count = numbers[-1][1]
    lengths = [
        m.groups
        for m in matches
        if m.rule.sense == "duration" and m.groups.get("u", "").lower().startswith("day")
    ]
    return count if any(_number(groups) == count for groups in lengths) else 0


def _numbers(match: _Match) -> tuple[int, int]:
    """Return the first and the last number at the head of a line."""
    first = int(match.groups["n"])
    return first, max(first, int(match.groups.get("n2", first)))


def _numeric_order(matches: Sequence[_Match], text: str, published: date | None) -> tuple[bool, bool]:
    """Decide from all dates in digits if the day stands first; the second value tells if it is sure."""
    pairs = [(int(m.groups["a"]), int(m.groups["b"])) for m in matches if m.rule.sense == "numeric"]
    if not pairs:
        return True, True
    if _DAY_FIRST.search(text) or any(m.groups["sep"] == "." for m in matches if m.rule.sense == "numeric"):
        return True, True
    if _MONTH_FIRST.search(text):
        return False, True
    day_first = sum(a > 12 for a, _ in pairs)
    month_first = sum(b > 12 for _, b in pairs)
    if day_first != month_first:
        return day_first > month_first, True
    if len(pairs) > 2:
        disorder_day = sum((b, a) > (d, c) for (a, b), (c, d) in pairwise(pairs))
        disorder_month = sum(one > two for one, two in pairwise(pairs))
        if disorder_day != disorder_month:
            return disorder_day < disorder_month, True
        spread_day, spread_month = len({b for _, b in pairs}), len({a for a, _ in pairs})
        if spread_day != spread_month:
            return spread_day < spread_month, True
    if published:
        a, b = pairs[0]
        away = [
            abs((safe(year_between(published, month, day, -45, 320), month, day) or date.min) - published)
            for day, month in ((a, b), (b, a))
        ]
        if max(away) > timedelta(days=60) and away[0] != away[1]:
            return away[0] < away[1], False
    return not _AMERICAN.search(text), False


def _year_evidence(text: str, matches: Sequence[_Match]) -> list[tuple[int, date | None, date | None]]:
    """Return years the text gives: (position, day of the year or its first day, its last day), best first."""
    found: list[tuple[int, date | None, date | None]] = []
    head = text[:400]
    for year in _BARE_YEAR.finditer(head):
        first = int(year[1])
        last = int(year[2]) if year[2] else first
        last = last if last > 99 else first // 100 * 100 + last
        if year.start() < 150 or "\n" not in head[: year.start()]:
            found.append((year.start(), date(first, 1, 1), date(max(first, last), 12, 31)))
            break
    for match in matches:
        if match.rule.sense in ("date", "range") and match.groups.keys() & {"y", "y1", "y2"}:
            groups = match.groups
            day_value = _day_value(groups.get("d") or groups["d1"])
            day = safe(_year_of(groups, None) or 0, _month_of(groups), min(28, day_value))
            if day:
                found.insert(0, (match.start, day, day))
                break
    return sorted(found, key=lambda item: item[1] != item[2])


# ------------------------------------------------------------------------------------------ joining and edges

_LINE_START = re.compile(r"(?:^|\n)[ \t\[(*#•-]*$")
_YEAR_IN = re.compile(r"(?<!\d)\d{4}(?!\d)|['’]\d\d\b|[/.]\d\d?[/.]\d\d\b")
_JOIN = re.compile(
    r"(?:\s?[-–—−‑]{1,2}\s?|,?\s+(?:to|through|thru|until|till|til|up\sto)\s+"
    r"(?:(?:about|around|early\son)\s+)?)(?:on\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+and\s+(?:on\s+)?", re.IGNORECASE)
_BETWEEN_MONTHS = 12  # characters between two months that belong together
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_BOUND_BEFORE = re.compile(
    r"\b(until|till|til|through|up to|ending|by|no later than|from|starting|beginning|effective|as of|"
    r"commencing|since|before|ahead of|prior to|after)\s+(?:at\s+least\s+)?(?:on\s+)?(?:the\s+)?"
    r"(?:(?:very\s+)?(?:early|late)\s+(?:on\s+)?)?"
    r"(?:(?:morning|evening|afternoon|night|noon|end)\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_BOUNDS = {
    "until": "until", "till": "until", "til": "until", "through": "until", "up to": "until",
    "ending": "until", "by": "by", "no later than": "by", "from": "from", "starting": "from",
    "beginning": "from",
    "effective": "from", "as of": "from", "commencing": "from", "since": "since", "before": "before",
    "ahead of": "before",
    "prior to": "before", "after": "after",
}  # fmt: skip
_TIMES = "|".join(re.escape(word) for word in _RULES.words["time_of_day"])
_TIME_AFTER = re.compile(
    rf",?\s+(?:in\s+the\s+|at\s+|late\s+in\s+the\s+)?(?P<t>{_TIMES}|"
    r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    rf"\b(?P<t>{_TIMES})\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def _joined(text: str, a: Timex, b: Timex) -> Timex | None:
    """Make one stay of two days with "to", "-", "through" or "between ... and" between them."""
    if a.kind is not TimexKind.DAY or b.kind is not TimexKind.DAY or b.span.start - a.span.end > 24:
        return None
    between = text[a.span.end : b.span.start]
    if not between.strip() and between != " ":
        return None
    lead = text[max(0, a.span.start - 12) : a.span.start]
    opened = _BETWEEN.search(lead)
    timed = _TIME_AFTER.match(between)
    rest = between[timed.end() :] if timed else between
    if not (_JOIN.fullmatch(rest) or (opened and _AND.fullmatch(rest))):
        return None
    if "\n" in between and not between.strip():
        return None
    span = Span(a.span.start, b.span.end)
    low, high = a.earliest, b.latest
    if high and b.year and a.month and a.day and _YEAR_IN.search(b.quote) and not _YEAR_IN.search(a.quote):
        low = safe(
            b.year - (a.month > high.month), a.month, a.day
        )  # "May 28 to June 2, 2024": one year for both
        a = replace(a, earliest=low, latest=low, basis=b.basis)
    if low and high and low > high:
        low, high = _mend(a, b)
        if low is None:
            return None
    if low is None or high is None:
        low = high = None
    return replace(
        a, span=span, quote=span.of(text), kind=TimexKind.INTERVAL, earliest=low, latest=high, bound="",
        time_of_day="", conflict=a.conflict or b.conflict, ambiguous=a.ambiguous or b.ambiguous,
        impossible=a.impossible or b.impossible,
    )  # fmt: skip


def _year_from(text: str, a: Timex, b: Timex) -> Timex:
    """Give a month the year of the month after it: "from March to May 2019"."""
    between = text[a.span.end : b.span.start] if b.span.start - a.span.end < _BETWEEN_MONTHS else ""
    if not (a.month and b.month and b.year) or a.day or b.day or a.earliest is None or a.latest is None:
        return a
    joined = _JOIN.fullmatch(between) or _AND.fullmatch(between)
    if not joined or _YEAR_IN.search(a.quote) or not _YEAR_IN.search(b.quote):
        return a
    year = b.year - (a.month > b.month)
    first, last = (safe(year, day.month, day.day) for day in (a.earliest, a.latest))
    if first is None:
        return a
    last = last or month_end(year, a.month)
    return replace(a, earliest=first, latest=last, year=year, basis=b.basis)


def _mend(a: Timex, b: Timex) -> tuple[date | None, date | None]:
    """Bring the ends of a reversed range in order: the first end goes back, or the last one goes on."""
    if not (a.earliest and b.latest):
        return None, None
    if a.month is None and a.day is not None:
        earlier = safe(b.latest.year, b.latest.month, a.day)
        return (earlier, b.latest) if earlier and earlier <= b.latest else (None, None)
    if b.weekday is not None and b.day is None:
        return a.earliest, on_or_after(a.earliest, b.weekday)
    if b.month is None and b.day is not None:
        year, month = add_months(a.earliest.year, a.earliest.month, 1 if b.day < a.earliest.day else 0)
        return a.earliest, safe(year, month, b.day)
    if a.weekday is not None and a.day is None:
        return on_or_before(b.latest, a.weekday), b.latest
    if a.month is not None and a.month > (b.month or 0) and a.day is not None:
        earlier = safe(b.latest.year - 1, a.month, a.day)
        if earlier and b.year is not None:
            return earlier, b.latest
        later = safe(b.latest.year + 1, b.month or 1, b.day or 1)
        return (a.earliest, later) if later else (None, None)
    earlier = safe(b.latest.year, a.month or 1, a.day or 1)
    return (earlier, b.latest) if earlier and earlier <= b.latest else (None, None)


def _edges(text: str, timex: Timex) -> Timex:
    """Add what stands around an expression: "until", "from", the time of day."""
    if timex.kind in (TimexKind.DURATION, TimexKind.DAY_NUMBER):
        return timex
    lead = text[max(0, timex.span.start - 48) : timex.span.start]
    bound, time = timex.bound, timex.time_of_day
    found = _BOUND_BEFORE.search(lead)
    if found and timex.kind is not TimexKind.INTERVAL:
        bound = _BOUNDS[re.sub(r"\s+", " ", found[1].lower())]
    if not time:
        after = _TIME_AFTER.match(text, timex.span.end)
        before = None if after else _TIME_BEFORE.search(lead)
        time = (after or before)["t"].lower() if after or before else ""  # type: ignore[index]
    if bound == timex.bound and time == timex.time_of_day:
        return timex
    return replace(timex, bound=bound, time_of_day=time)


_COUNTED = ("offset", "weekday_after")
_ADJACENT = re.compile(r"\s+(?:the\s+)?", re.IGNORECASE)


def _read(reader: _Reader, match: _Match, value: Value | None = None) -> Value | None:
    """Resolve a match, or count from what was read after it; None where there is no such day."""
    reader.at = match.start
    try:
        if value is not None:
            return reader.counted_from(match, value)
        return getattr(reader, f"read_{match.rule.sense}")(match)  # type: ignore[no-any-return]
    except OverflowError:  # a day behind the year 9999 or before the year 1 is no day
        return None


def find_timexes(
    text: str,
    published: date | None,
    *,
    sentences: Sequence[Span] = (),
    tense: Callable[[Span], str] | None = None,
) -> tuple[Timex, ...]:
    """Find the date expressions of a text and resolve them.

    Parameters
    ----------
    text : str
    published : date or None
        The day the text was published. Without it only days with a year in the text are known.
    sentences : sequence of Span, optional
        Sentences in text order; they limit where a verb is sought.
    tense : callable, optional
        Tells the tense of the clause that holds a span: ``past``, ``present``, ``future`` or ``""``.
        By default `clause_tense`.

    Returns
    -------
    tuple of Timex
        In text order, without overlaps. An impossible date ("February 30") has no days and says so.

    Examples
    --------
    >>> [t.earliest.isoformat() for t in find_timexes("She will land on Thursday.", date(2023, 2, 24))]
    ['2023-03-02']
    """
    matches = list(_matches(text, sentences))
    if not matches:
        return ()
    reader = _Reader(text, published, sentences, tense, matches)
    found: list[Timex] = []
    counted: _Match | None = None  # "two days before", to be counted from the date that follows
    for match, after in zip(matches, [*matches[1:], None], strict=True):
        if after and match.rule.sense in _COUNTED and _ADJACENT.fullmatch(text, match.end, after.start):
            counted = match
            continue
        value = _read(reader, match)
        span, rule = Span(match.start, match.end), match.rule
        if value is not None and counted is not None:
            moved = _read(reader, counted, value)
            if moved is not None:
                value, span, rule = moved, Span(counted.start, match.end), counted.rule
        counted = None
        if value is None:
            continue
        fields: Value = {"earliest": None, "latest": None, **value}
        timex = Timex(span=span, quote=span.of(text), rule=rule.id, **fields)  # type: ignore[arg-type]
        if timex.kind is TimexKind.DAY and timex.earliest:
            reader.note_entry(match, timex.earliest)
        if timex.month:
            reader.month_only = timex.month
            if timex.kind is TimexKind.DAY and reader.opens_line(match):
                reader.heading = timex.earliest
        pair = _joined(text, found[-1], timex) if found else None
        if pair:
            found[-1] = pair
            reader.remember(pair.earliest, pair.basis is Basis.STATED)
        else:
            if found:
                found[-1] = _year_from(text, found[-1], timex)
            found.append(timex)
    return tuple(_edges(text, timex) for timex in found)


# -------------------------------------------------------------------------------------------- publication day

_HEADER = re.compile(
    r"(?:^|\n)[ \t>*#]*(?:Date|Sent|Posted|Published|Updated|Issued|Released?|Filed|"
    r"For\s(?:immediate\s)?release|For\sthe\spress|Embargoed\suntil)\b[ \t]*(?:on\b)?[ \t:·•|—–-]*"
    r"(?:may\sbe\sprinted[ \t]+)?(?P<rest>[^\n]{4,60})",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"\b(?:posted|published|sent|updated|issued|filed|written)\s+(?:on\s+)?(?P<rest>[^\n)]{4,60})",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[ \t]*(?P<place>[A-ZÀ-Þ][^\n—–]{2,60}?)\s*(?:—|–|--|\s-\s)")
_PLACE_ONLY = re.compile(r"[A-ZÀ-Þ][\w’'.]*(?:[ ,/]+(?:of|the|de|[A-ZÀ-Þ][\w’'.]*))*")
_PUBLICATION = re.compile(
    r"\b(?:briefing|conference|newsletter|bulletin|notes?|number|no|vol|issue|rev|release|circular|press|draft)\b",
    re.IGNORECASE,
)
_SHORT_LINE = re.compile(r"(?m)^[^\n\d]{0,24}\d[^\n]{3,32}$")


def publication_day(text: str) -> tuple[date, Span, str] | None:
    """Find the day of publication that a text carries: a header line, a dateline, a date alone on a line.

    Where several lines hold nothing but a date, as in a blog of several entries, the last one counts.

    Returns
    -------
    tuple or None
        The day, the words that state it, and ``header`` or ``dateline``. None if there is none, or no year.
    """
    head = text[:600]
    for pattern in (_HEADER, _POSTED):
        for field in pattern.finditer(head):
            day = _only_day(field["rest"])
            if day and day.span.start < 16:
                return _published(day, field.start("rest"), "header")
    for number, line in enumerate(re.finditer(r"[^\n]+", head)):
        found = _DATELINE.match(line[0])
        whole = found["place"] if found else line[0]
        day = _only_day(whole) if len(whole) < 120 else None
        if day is None:
            continue
        rest = (whole[: day.span.start] + whole[day.span.end :]).strip(" ,.()|·–-*#")
        if not rest:
            return _last_dated_line(text) or _published(day, line.start(), "dateline")
        place = day.span.start > 0 and _PLACE_ONLY.fullmatch(rest) and len(rest) < 40
        if (place and (found or number < 2)) or (number < 2 and _PUBLICATION.search(rest)):
            return _published(day, line.start(), "dateline")
    return None


def _only_day(words: str) -> Timex | None:
    """Return the one full day that `words` name, if they name just one."""
    days = [t for t in find_timexes(words, None) if t.kind is TimexKind.DAY and t.year and t.earliest]
    return days[0] if len(days) == 1 and _YEAR_IN.search(days[0].quote) else None


def _published(day: Timex, offset: int, basis: str) -> tuple[date, Span, str]:
    return day.earliest or date.min, Span(offset + day.span.start, offset + day.span.end), basis


def _last_dated_line(text: str) -> tuple[date, Span, str] | None:
    last = None
    for line in _SHORT_LINE.finditer(text):
        day = _only_day(line[0])
        if day and not (line[0][: day.span.start] + line[0][day.span.end :]).strip(" ,.()|·–-*#"):
            last = _published(day, line.start(), "dateline")
    return last
