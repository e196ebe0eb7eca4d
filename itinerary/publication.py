"""Find the publication day of a text, or the days between which it lies, by what stands in the text.

A header line or a dateline gives the day itself. Otherwise each of these narrows it: a date beside "tomorrow"
or "last week", dates told as past and as still to come, a weekday that stands with day and month and so falls
in few years, a year of copyright. Days that need the publication day are used where all days in the window
agree on them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from itinerary.days import monday, month_end, safe, shift
from itinerary.model import Basis, Span
from itinerary.tense import clause_tense, sentence_ends
from itinerary.timex import Timex, TimexKind, find_timexes, publication_day

__all__ = ["Publication", "Weekdays", "find_publication", "read_dates", "weekdays_of"]

_FIRST_YEAR = 1900
_AHEAD = 2  # years from now that a text may speak of
_SINCE = 1  # years that may lie between the last year named as past and the publication
_LONGEST = 183  # days of a window that is still of use
_AROUND = timedelta(days=60)  # between a text and the dates that it gives with weekdays
_SAMPLES = 7  # days of a window on which the dates are tried

_DAY_NAME = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_BESIDE = (
    r"(?P<word>today|tonight|yesterday|tomorrow|(?:this|next|last|earlier\sthis|later\sthis)\s"
    rf"(?:week|month|morning|afternoon|evening|night|(?P<weekday>{_DAY_NAME})))"
)
_BEFORE = re.compile(
    rf"\b{_BESIDE}(?:,?\s(?:on|in)\s(?:the\s)?|\s?[,(–—:-]\s?(?:(?:on|in)\s(?:the\s)?)?|\s)$", re.IGNORECASE
)
_AFTER = re.compile(rf"(?:\s?[,(–—-]\s?|\s){_BESIDE}\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/.,$£€#-])(1[6-9]\d\d|20\d\d)(?![\d.,/]*\d|[%‰]|s\b)")
_DECADE = re.compile(r"(?<![\d$£€])(1[6-9]\d0|20\d0)s\b")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^\n\d]{0,20}(?:\d{4}\s?[-–]\s?)?((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_WRITTEN_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|[/.-]\d\d\b|[’']\d\d\b")
_OFFSETS = {"today": 0, "tonight": 0, "yesterday": 1, "tomorrow": -1}


@dataclass(frozen=True, slots=True)
class Publication:
    """When a text was published.

    Parameters
    ----------
    earliest, latest : date
        The same day if it is known.
    basis : str
        ``given``, ``header``, ``dateline`` or ``dated text``.
    evidence : tuple of Span
        The words that say so.
    """

    earliest: date
    latest: date
    basis: str
    evidence: tuple[Span, ...] = ()

    @property
    def window(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.earliest, self.latest

    @property
    def day(self) -> date | None:
        """The day, if it is known."""
        return self.earliest if self.earliest == self.latest else None

    def words(self, text: str) -> str:
        """Say how the day was found, or between which days it lies and by which words."""
        if self.day is not None:
            return self.basis
        quotes = dict.fromkeys(" ".join(span.of(text).split()) for span in self.evidence)
        by = " and ".join(f"“{quote}”" for quote in quotes)
        first, last = self.window
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return f"in {first.year}, by {by}"
        return f"between {_plain(first)} and {_plain(last)}, by {by}"


@dataclass(frozen=True, slots=True)
class Weekdays:
    """The dates of a text that name weekday, day and month, but no year.

    Parameters
    ----------
    pairs : tuple of (Span, int, int, int)
        Where it stands; weekday (0 is Monday), month and day.
    """

    pairs: tuple[tuple[Span, int, int, int], ...]

    def fit(self, year: int) -> bool:
        """Tell whether all fall so in a year."""
        return all(self._fits(pair, year) for pair in self.pairs)

    def fits_any(self, year: int) -> bool:
        """Tell whether one of them falls so in a year."""
        return any(self._fits(pair, year) for pair in self.pairs)

    @staticmethod
    def _fits(pair: tuple[Span, int, int, int], year: int) -> bool:
        day = safe(year, pair[2], pair[3])
        return day is not None and day.weekday() == pair[1]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of memory in which all of them fall so, and those soon to come."""
        last = _this_year() + _AHEAD
        return tuple(year for year in range(_FIRST_YEAR, last + 1) if self.fit(year))


def _this_year() -> int:
    return datetime.now(UTC).year


def _plain(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def weekdays_of(timexes: Sequence[Timex], *, dated: bool = False) -> Weekdays:
    """Collect the dates that name a weekday, day and month without a year.

    Parameters
    ----------
    timexes : sequence of Timex
    dated : bool, optional
        True if they were read with a publication day, which gives all of them a year.
    """
    pairs: dict[tuple[int, int, int], Span] = {}
    for n, x in enumerate(timexes):
        if x.impossible or x.month is None or x.day is None or _WRITTEN_YEAR.search(x.quote):
            continue
        if x.kind is not TimexKind.DAY or (
            x.earliest is not None and not dated and x.basis is Basis.RELATIVE
        ):
            continue
        weekday, start = x.weekday, x.span.start
        before = timexes[n - 1] if n else None
        if weekday is None and before is not None and _is_weekday_of(before, x):
            weekday, start = before.weekday, before.span.start
        if weekday is not None:
            pairs.setdefault((weekday, x.month, x.day), Span(start, x.span.end))
    return Weekdays(tuple((span, *key) for key, span in pairs.items()))


def _is_weekday_of(before: Timex, x: Timex) -> bool:
    """Tell "this Friday" from "12 May" behind it."""
    near = 0 < x.span.start - before.span.end <= 2
    return near and before.kind is TimexKind.DAY and before.weekday is not None and before.month is None


def find_publication(text: str, timexes: Sequence[Timex] | None = None) -> Publication | None:
    """Find the day of publication that a text carries, or the days between which it lies.

    Parameters
    ----------
    text : str
    timexes : sequence of Timex, optional
        Its dates as read without a publication day, if it is known that no header or dateline states one.

    Returns
    -------
    Publication or None
        None if nothing in the text tells.

    Examples
    --------
    >>> find_publication("Tomorrow, 9 May 2024, he flies to Oslo.").day.isoformat()
    '2024-05-08'
    """
    if timexes is None:
        stated = _stated(text)
        if stated is not None:
            return stated
        timexes = find_timexes(text, None)
    if not timexes:
        return None
    pairs = weekdays_of(timexes)
    year, proof = _year_of_pairs(text, pairs) if pairs.pairs else (None, None)
    return _Narrowing(text, timexes, year, proof).result()


def _year_of_pairs(text: str, pairs: Weekdays) -> tuple[int | None, Span | None]:
    """Choose the one year in which all weekdays fall and of which the text speaks."""
    now = _this_year()
    named = {int(found[1]): Span(found.start(), found.end()) for found in _YEAR.finditer(text)}
    past = [year for year in named if year <= now + 1]
    if past:
        last = max(past)
        fitting = [year for year in range(last, last + _SINCE + 1) if pairs.fit(year)]
        return (fitting[0], named[last]) if len(fitting) == 1 else (None, None)
    decades = {int(found[1]): Span(found.start(), found.end()) for found in _DECADE.finditer(text)}
    if len(decades) == 1:
        decade, span = decades.popitem()
        fitting = [year for year in range(decade, decade + 10) if pairs.fit(year)]
        return (fitting[0], span) if len(fitting) == 1 else (None, None)
    return None, None


class _Narrowing:
    """The days between which the publication lies, narrowed by one expression after the other."""

    def __init__(self, text: str, timexes: Sequence[Timex], year: int | None, proof: Span | None) -> None:
        self.text, self.timexes, self.year, self.proof = text, timexes, year, proof
        self.ends = sentence_ends(text)
        self.low: tuple[date, Span] | None = None
        self.high: tuple[date, Span] | None = None

    def result(self) -> Publication | None:
        """Return the window, if the text narrows it to a few months."""
        days = [(x, day) for x in self.timexes if (day := self._day(x)) is not None]
        for x, day in days:
            pinned = self._beside(x, day)
            if pinned is not None:
                return pinned
        for x, day in days:
            self._bound(x, day)
        low, high = self._closed()
        if low is None or high is None or not 0 <= (high[0] - low[0]).days <= _LONGEST:
            around = self._around()
            if around is None:
                return None
            low, high = around
        evidence = tuple(dict.fromkeys(span for span in (low[1], high[1], self.proof) if span is not None))
        return Publication(low[0], high[0], "dated text", evidence)

    def _day(self, x: Timex) -> date | None:
        """Return the day of an expression with a year of its own, or the year found for its weekday."""
        if x.kind is not TimexKind.DAY or x.month is None or x.day is None or x.impossible:
            return None
        if _WRITTEN_YEAR.search(x.quote):
            return x.earliest if not x.conflict else None
        return safe(self.year, x.month, x.day) if self.year is not None else None

    def _beside(self, x: Timex, day: date) -> Publication | None:
        """Read a date beside a word that is counted from the day of writing: "yesterday, 5 May 2024"."""
        lead = max(0, x.span.start - 40)
        found = _BEFORE.search(self.text, lead, x.span.start) or _AFTER.match(self.text, x.span.end)
        if found is None:
            return None
        window = _counted_back(found["word"].lower(), bool(found["weekday"]), day)
        if window is None:
            return None
        span = Span(min(found.start("word"), x.span.start), max(found.end("word"), x.span.end))
        proof = (span, self.proof) if self.proof and self.year is not None else (span,)
        return Publication(*window, "dated text", tuple(dict.fromkeys(p for p in proof if p is not None)))

    def _bound(self, x: Timex, day: date) -> None:
        """Let a day told as past, or as still to come, bound the day of telling."""
        if x.bound in ("since", "by", "before"):
            return
        tense = clause_tense(self.text, self._sentence(x.span), x.span)
        if tense == "past" and (self.low is None or day > self.low[0]):
            self.low = day, x.span
        elif tense == "future" and (self.high is None or day < self.high[0]):
            self.high = day, x.span

    def _sentence(self, span: Span) -> Span:
        at = bisect_right(self.ends, span.start)
        end = self.ends[at] if at < len(self.ends) else len(self.text)
        return Span(self.ends[at - 1] if at else 0, max(span.end, end))

    def _closed(self) -> tuple[tuple[date, Span] | None, tuple[date, Span] | None]:
        """Close an open side by the year of copyright, or by the year that the weekdays give."""
        low, high = self.low, self.high
        text = self.text.lower()  # words are sought faster than the pattern, and few texts have one of them
        marked = "©" in text or "(c)" in text or "copyr" in text
        copyrights = list(_COPYRIGHT.finditer(self.text)) if marked else []
        if copyrights:
            found = copyrights[-1]
            year, span = int(found[1]), Span(found.start(), found.end())
            if low is None or low[0].year < year:
                low = date(year, 1, 1), span
            if high is None or high[0].year > year:
                high = date(year, 12, 31), span
        elif around := self._around():
            first, last = around
            low = max(low or first, first, key=lambda side: side[0])
            high = min(high or last, last, key=lambda side: side[0])
        return low, high

    def _around(self) -> tuple[tuple[date, Span], tuple[date, Span]] | None:
        """Return the days around those whose year the weekdays give."""
        if self.proof is None:
            return None
        days = [day for x in self.timexes if not _WRITTEN_YEAR.search(x.quote) and (day := self._day(x))]
        return ((min(days) - _AROUND, self.proof), (max(days) + _AROUND, self.proof)) if days else None


def _counted_back(word: str, weekday: bool, day: date) -> tuple[date, date] | None:
    """Return the days on which a writer calls `day` "tomorrow", "last week", "this Friday"."""
    which, _, unit = word.rpartition(" ")
    if not which or unit in ("morning", "afternoon", "evening", "night"):
        offset = _OFFSETS.get(word, 1 if which == "last" else 0)
        pair = shift(day, offset), shift(day, offset)
    elif weekday:
        pair = {"last": (shift(day, 1), shift(day, 13)), "next": (shift(day, -13), shift(day, -1))}.get(
            which, (shift(day, -6), day)
        )
    elif unit == "week":
        first = shift(monday(day), {"last": 7, "next": -7}.get(which, 0))
        pair = first, shift(first, 6) if first else None
        pair = (
            (day, pair[1]) if which == "earlier this" else (pair[0], day) if which == "later this" else pair
        )
    else:
        first = shift(day.replace(day=1), {"last": 31, "next": -1}.get(which, 0))
        first = first.replace(day=1) if first else None
        pair = first, month_end(first.year, first.month) if first else None
        pair = (
            (day, pair[1]) if which == "earlier this" else (pair[0], day) if which == "later this" else pair
        )
    return (pair[0], pair[1]) if pair[0] is not None and pair[1] is not None else None


def read_dates(
    text: str, published: date | Publication | None, sentences: Sequence[Span] = ()
) -> tuple[tuple[Timex, ...], Publication | None]:
    """Find the dates of a text, and the publication day by which they were resolved.

    Parameters
    ----------
    text : str
    published : date or Publication or None
        The publication day, if it is given; otherwise it is sought in the text.
    sentences : sequence of Span, optional

    Returns
    -------
    tuple of tuple of Timex, and Publication or None
        Where only a window of days is known, a date that needs the publication day is resolved only if
        it is the same whatever day of the window the text was published on.
    """
    if isinstance(published, date):
        published = Publication(published, published, "given")
    plain: tuple[Timex, ...] | None = None
    if published is None:
        published = _stated(text)
    if published is None:
        plain = find_timexes(text, None, sentences=sentences)
        published = find_publication(text, plain)
    if published is not None and published.day is not None:
        return find_timexes(text, published.day, sentences=sentences), published
    plain = find_timexes(text, None, sentences=sentences) if plain is None else plain
    if published is None or not any(map(_is_open, plain)):
        return plain, published
    return _agreed(text, published, plain, sentences), published


def _agreed(
    text: str, published: Publication, plain: Sequence[Timex], sentences: Sequence[Span]
) -> tuple[Timex, ...]:
    """Resolve the open dates that are the same on all days of a window."""
    days = list(_some_days(published))
    agreed = {x.span: x for x in find_timexes(text, days[0], sentences=sentences) if x.earliest is not None}
    for day in days[1:]:
        if not any(x.span in agreed for x in plain if _is_open(x)):
            break
        read = {x.span: (x.earliest, x.latest) for x in find_timexes(text, day, sentences=sentences)}
        agreed = {span: x for span, x in agreed.items() if read.get(span) == (x.earliest, x.latest)}
    return tuple(agreed.get(x.span, x) if _is_open(x) else x for x in plain)


def _is_open(x: Timex) -> bool:
    """Tell a date without days, or with a guessed year to which its weekday does not belong."""
    unsure = x.earliest is None or (x.conflict and not _WRITTEN_YEAR.search(x.quote))
    return unsure and not x.impossible and x.kind in (TimexKind.DAY, TimexKind.WINDOW, TimexKind.INTERVAL)


def _stated(text: str) -> Publication | None:
    """Return the day that a header or dateline states."""
    found = publication_day(text)
    return Publication(found[0], found[0], found[2], (found[1],)) if found is not None else None


def _some_days(publication: Publication) -> Iterator[date]:
    """Yield the first and last days of a window, and some between them."""
    first, last = publication.window
    length = (last - first).days
    steps = min(length, _SAMPLES - 1)
    for day in dict.fromkeys((0, length, *(length * n // steps for n in range(1, steps)))) if steps else (0,):
        yield first + timedelta(days=day)
