"""Arithmetic with days, weeks, months and feasts, on which the date expressions rest.

No function here raises for a day outside the calendar: the result is None, or the day given.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

__all__ = [
    "add_months",
    "feast",
    "feast_window",
    "following_window",
    "monday",
    "month_end",
    "nth_weekday",
    "on_or_after",
    "on_or_before",
    "part_of",
    "part_of_month",
    "resolve_day",
    "safe",
    "shift",
    "year_between",
    "year_by_weekday",
]

_COUNTED = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def safe(year: int, month: int, day: int) -> date | None:
    """Return the day, or None if there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, days: int) -> date | None:
    """Move a day; None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def monday(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Return year and month so many months later."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date | None:
    """Return the nth such weekday of a month; the fifth is the last. None if there is none such."""
    if n > 4:
        last = month_end(year, month)
        return on_or_before(last, weekday)
    return on_or_after(date(year, month, 1), weekday) + timedelta(days=7 * (n - 1)) if n > 0 else None


def _orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the Orthodox churches, by the Julian rule (Meeus), as a Gregorian day."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


@cache
def _table() -> dict[int, tuple[int, ...]]:
    """Read the feasts of other calendars: for each year, month * 100 + day by column."""
    lines = (Path(__file__).parent / "data" / "feasts.csv").read_text(encoding="utf-8").splitlines()
    rows = (line.split(",") for line in lines[1:] if line and not line.startswith("#"))
    return {int(row[0]): tuple(int(cell or 0) for cell in row[1:]) for row in rows if row[0].isdigit()}


def feast(code: int, year: int) -> date | None:
    """Return the day of a feast in a year, by its code in the rule file; None if it cannot be computed."""
    if code < 4000:
        return safe(year, code // 100, code % 100)
    if code >= 10000:
        return nth_weekday(year, code // 100 % 100, code // 10 % 10, code % 10) if 1 <= year <= 9998 else None
    if code >= 9100:
        row = _table().get(year, ())
        day = row[code - 9100] if code - 9100 < len(row) else 0
        return safe(year, day // 100, day % 100) if day else None
    if not 1583 <= year <= 9998:
        return None
    if code < 9000:
        return _easter(year) + timedelta(days=code - 5000)
    if code == 9001:  # the fourth Sunday before Christmas
        return on_or_before(date(year, 12, 24), 6) - timedelta(days=21)
    if code == 9002:  # Tuesday after the first Monday of November
        return on_or_after(date(year, 11, 1), 0) + timedelta(days=1)
    if code == 9005:
        return _easter(year) - timedelta(days=7)
    if code == 9003:
        return _orthodox_easter(year)
    return on_or_before(date(year, 5, 24), 0)  # Monday before 25 May


_FEAST_DAYS = {9005: 7, 9102: 8, 9105: 8, 9106: 29}  # Holy Week, Passover, Hanukkah, Ramadan


def feast_window(code: int, day: date, span: str) -> tuple[date, date | None]:
    """Return first and last day of a feast, or of its weekend, week or holidays."""
    if span == "weekend":
        friday, weekday = on_or_before(day, 4), day.weekday()
        if weekday == 0 or (
            code == 5000 and weekday == 6
        ):  # from the Saturday, or Good Friday, to the Monday
            low = day - timedelta(days=2)
            return low, low + timedelta(days=2 + (code == 5000))
        if weekday in (3, 4):
            return day, shift(day, 6 - weekday)
        low = friday + timedelta(days=1) if weekday >= 5 else day + timedelta(days=5 - weekday)
        return low, shift(low, 1)
    if span == "week":
        return monday(day), shift(monday(day), 6)
    if span:
        return shift(day, -7) or day, shift(day, 7)
    return day, shift(day, _FEAST_DAYS.get(code, 1) - 1)


def year_between(base: date, month: int, day: int, low: int, high: int) -> int:
    """Return the year that puts month and day between `low` and `high` days from `base`."""
    for year in (base.year, base.year + 1, base.year - 1):
        found = safe(year, month, day) or safe(year, month, 28)
        if found and low <= (found - base).days <= high:
            return year
    return base.year


def year_by_weekday(year: int, month: int, day: int, weekday: int, published: date | None) -> int:
    """Let the weekday correct a guessed year by one if that makes it right and leads to no far-off day."""
    for candidate in (year, year + 1, year - 1):
        found = safe(candidate, month, day)
        near = candidate == year or published is None or (found and abs((found - published).days) < 240)
        if found and near and found.weekday() == weekday:
            return candidate
    return year


def on_or_after(day: date, weekday: int) -> date:
    """Return the first such weekday from a day on."""
    return shift(day, (weekday - day.weekday()) % 7) or day


def on_or_before(day: date, weekday: int) -> date:
    """Return the last such weekday up to a day."""
    return shift(day, -((day.weekday() - weekday) % 7)) or day


_PARTS = (
    (re.compile(r"early|beginning|start|first\W+(?:few\W+)?days"), 1, 10),
    (re.compile(r"first\W+week"), 1, 7),
    (re.compile(r"first\W+(?:two\W+weeks|half)"), 1, 15),
    (re.compile(r"second\W+week"), 8, 14),
    (re.compile(r"second\W+half"), 16, 0),
    (re.compile(r"third\W+week"), 15, 21),
    (re.compile(r"fourth\W+week"), 22, 28),
    (re.compile(r"last\W+(?:two|three)\W+weeks|last\W+half"), -13, 0),
    (re.compile(r"last\W+(?:week|days)"), -6, 0),
    (re.compile(r"mid"), 11, 20),
    (re.compile(r"late|end"), 21, 0),
)


def part_of_month(part: str) -> tuple[int, int]:
    """Return first and last day of a part of a month; 0 and less count back from the last day."""
    part = part.lower()
    if not part:
        return 1, 0
    counted = re.search(r"(first|last)\W+(two|three|four|five|six)\W+days", part)
    if counted:
        n = _COUNTED[counted[2]]
        return (1, n) if counted[1] == "first" else (1 - n, 0)
    for pattern, first, last in _PARTS:
        if pattern.search(part):
            return first, last
    return 1, 0


def resolve_day(day: int, end: date) -> date:
    """Return a day of the month that ends on `end`; 0 and less count back from there."""
    return end.replace(day=day if day > 0 else end.day + day)


def part_of(low: date, high: date, part: str, unit: str, published: date | None) -> tuple[date, date]:
    """Cut a week, month or year to its early, middle or late part."""
    if part in ("later", "earlier"):
        if published is None:
            return low, high
        later = published + timedelta(days=1) if published < high else high
        return (max(low, later), high) if part == "later" else (low, min(high, max(low, published)))
    if unit == "month":
        first, last = part_of_month(part)
        return resolve_day(first, high), resolve_day(last, high)
    length = (high - low).days
    if "early" in part or "beginning" in part or "start" in part:
        return low, low + timedelta(days=length // 3)
    if "mid" in part and unit == "week":
        return low + timedelta(days=1), low + timedelta(days=3)
    if "mid" in part:
        return low + timedelta(days=length // 3), high - timedelta(days=length // 3)
    return high - timedelta(days=length // 3 + (unit == "week")), high


def following_window(base: date, unit: str, steps: int) -> tuple[date | None, date | None]:
    """Return first and last day of the week, weekend, month or year so many later than that of `base`."""
    if unit == "week":
        low = shift(monday(base), 7 * steps)
        return low, shift(low, 6) if low else None
    if unit == "weekend":
        low = shift(monday(base), 5 + 7 * max(0, steps if base.weekday() >= 5 else 0))
        return low, shift(low, 1) if low else None
    year, month = add_months(base.year, base.month, steps if unit == "month" else 12 * steps)
    if not 1 <= year <= 9999:
        return None, None
    return (
        (date(year, month, 1), month_end(year, month))
        if unit == "month"
        else (date(year, 1, 1), date(year, 12, 31))
    )
