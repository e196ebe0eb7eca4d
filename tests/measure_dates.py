"""Measure how well date expressions are found and turned into days, on a corpus annotated in TimeML or TEI.

    python tests/measure_dates.py FOLDER [--package DIR] [--errors N]

FOLDER holds .tml files, such as those of TempEval-3 (TimeBank and AQUAINT as cleaned there, and its test
texts "platinum"); they are public, but no part of this project. ``--package`` reads with the package in
another folder, so that two versions are measured alike; ``--errors`` lists the commonest faults of each kind.

Files named .xml are read as those of GUM: a word on each line, and TEI elements ``date`` around words, with
@when, @from and @to or @notBefore and @notAfter. There every value is the first and the last day, lengths of
time are left out, and the day the text was made is @dateCreated of the text. Texts of which only the marks
and not the words are public are passed over.

Two rows are printed:

``all``
    every TIMEX3 of the texts against every expression found, as in TempEval-3, where HeidelTime got a value
    F1 of 77.6: relaxed match (any overlap) and equal value. The reader has no times of the clock, sets
    ("every week") or words such as "now" and "recently"; they count as missed.
``days``
    what a reader of trips needs: DATE and DURATION (and TIME, for its day) whose value names days, weeks,
    weekends, months, seasons, quarters, years or decades, or a counted number of days, nights, weeks, months
    or years. Whatever else is annotated is not missed, and what overlaps it is not wrong.

Lengths are compared in days (P2W is P14D); a part of a month or year ("early March") has the value of the
whole, as TimeML writes it. The day the text was made is given to the reader and is not counted.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).absolute().parent.parent
HEIDELTIME = 77.6

_TAG = re.compile(r"<(/?)([A-Za-z0-9]+)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r'([A-Za-z]+)="([^"]*)"')
_DAYS = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|W\d\d(?:-WE)?|Q[1-4]|SP|SU|FA|WI|H[12]))?|\d{3}")
_LENGTH = re.compile(r"P(\d+)([DWMY]|DE|E)")
_SIZE = {"D": 1, "W": 7, "M": 30, "Y": 365, "DE": 3650, "E": 3650}
_UNIT = re.compile(r"\b(week(?:end)?|month|quarter|season|spring|summer|autumn|fall|winter|year|decade)\b")
_TIGHT = re.compile(r"[.,;:!?)\]’”%]|['’](?:s|re|ve|ll|d|m|t)\b|n['’]t\b", re.IGNORECASE)
_ENDS_LINE = ("</p>", "</head>", "</item>", "</sp>", "</cell>", "</row>", "</caption>", "</figure>")
_RANGE = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


@dataclass(frozen=True)
class Annotation:
    """One TIMEX3 of a text, or one expression found in it."""

    start: int
    end: int
    quote: str
    kind: str
    value: str
    last: str = ""  # value of the last day, if a range is read as one expression


@dataclass
class Annotated:
    """A text, the day it was made, and its annotations."""

    name: str
    text: str
    made: date | None
    annotations: list[Annotation] = field(default_factory=list)
    in_days: bool = False  # values are first and last days


@dataclass
class Counts:
    """How many expressions are annotated, found, found at the very span, overlapped, and of equal value."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    value_strict: int = 0

    def f1(self, hits: int) -> float:
        """Return the F1 of so many hits, in percent."""
        return 200 * hits / (self.gold + self.found) if self.gold + self.found else 0.0


def read_tml(path: Path) -> Annotated:
    """Read a TimeML file: the words between its TEXT tags, without tags, and what is annotated in them."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    dct = re.search(r"<DCT>.*?value=\"(\d{4}-\d\d-\d\d)", raw, re.DOTALL)
    body = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.DOTALL)
    out = Annotated(path.stem, "", date.fromisoformat(dct[1]) if dct else None)
    pieces: list[str] = []
    length = done = 0
    opened: list[tuple[str, dict[str, str], int]] = []
    for tag in _TAG.finditer(body[1] if body else ""):
        words = unescape(body[1][done : tag.start()])  # type: ignore[index]
        pieces.append(words)
        length += len(words)
        done = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if not tag[1]:
            opened.append((tag[2], dict(_ATTRIBUTE.findall(tag[3])), length))
        elif opened:
            _, attributes, start = opened.pop()
            quote = "".join(pieces)[start:length]
            if quote:
                out.annotations.append(
                    Annotation(start, length, quote, attributes.get("type", ""), attributes.get("value", ""))
                )
    pieces.append(unescape(body[1][done:]) if body else "")
    out.text = "".join(pieces)
    return out


def read_tei(path: Path) -> Annotated:
    """Read a file of GUM: words before the first tab of a line, and the dates around them."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    made = re.search(r'dateCreated="(\d{4}-\d\d-\d\d)"', raw)
    out = Annotated(path.stem, "", date.fromisoformat(made[1]) if made else None, in_days=True)
    opened: list[tuple[dict[str, str], int]] = []
    for line in raw.splitlines():
        if not line.startswith("<"):
            word = unescape(line.split("\t")[0])
            tight = not out.text or out.text[-1] in "\n([“" or _TIGHT.match(word)
            out.text += word if tight else f" {word}"
        elif line.startswith("<date"):
            opened.append((dict(_ATTRIBUTE.findall(line)), len(out.text)))
        elif line.startswith("</date") and opened:
            _annotate(out, *opened.pop())
        elif line.startswith(_ENDS_LINE):
            out.text = out.text.rstrip() + "\n"
    return out


def _annotate(out: Annotated, attributes: dict[str, str], start: int) -> None:
    """Note the words since `start` as a date, if it gives its days."""
    start += len(out.text[start:]) - len(out.text[start:].lstrip())
    first = attributes.get("when") or attributes.get("from") or attributes.get("notBefore") or ""
    last = attributes.get("when") or attributes.get("to") or attributes.get("notAfter") or ""
    low, high = _first_and_last(first), _first_and_last(last)
    if start < len(out.text):
        value = f"{low[0]}/{high[1]}" if low and high else "?"
        out.annotations.append(Annotation(start, len(out.text), out.text[start:], "DATE", value))


def _first_and_last(value: str) -> tuple[date, date] | None:
    """Return the first and last day of "2017", "2017-07" or "2017-07-21"; None for anything else."""
    part = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", value)
    if part is None or part[1] == "0000":
        return None
    year, month, day = int(part[1]), int(part[2] or 0), int(part[3] or 0)
    try:
        last_month = month or 12
        last_day = day or monthrange(year, last_month)[1]
        return date(year, month or 1, day or 1), date(year, last_month, last_day)
    except ValueError:
        return None


def _is_withheld(text: str) -> bool:
    """Tell a text of which only the marks are public: its words are written as underscores."""
    return text.count("_") > 0.3 * max(1, len(text.split()))


def timex_value(timex: Any) -> tuple[str, str]:
    """Return type and value that TimeML would give to an expression found by the reader."""
    if timex.kind == "duration":
        n, unit = (timex.nights, "D") if timex.nights is not None else (timex.days, "D")
        return "DURATION", f"P{n}{unit}"
    low, high = timex.earliest, timex.latest
    if timex.kind == "interval" and low:
        return "DATE", low.isoformat()
    if low is None or high is None:
        return "DATE", "?"
    clock = re.fullmatch(r"(\d{1,2})[:.](\d\d)\s?([ap]?).*", timex.time_of_day)
    if low == high:
        if clock:
            hour = int(clock[1]) % 12 + 12 * (clock[3] == "p") if clock[3] else int(clock[1])
            return "TIME", f"{low}T{hour:02}:{clock[2]}"
        part = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}.get(timex.time_of_day)
        return ("TIME", f"{low}T{part}") if part else ("DATE", low.isoformat())
    return "DATE", _window(low, high, timex)


def _window(low: date, high: date, timex: Any) -> str:
    """Return the value of several days: by the unit that is named, else by what the days fill."""
    said = _UNIT.findall(timex.quote.lower())
    unit = "month" if timex.month and timex.day is None else said[-1] if said else ""
    unit = "year" if timex.rule == "year" else unit
    whole = high - low
    week = low.isocalendar()
    if unit == "weekend" or (low.weekday() == 5 and whole == timedelta(days=1)):
        return f"{week[0]}-W{week[1]:02}-WE"
    if unit == "week" or (low.weekday() == 0 and whole == timedelta(days=6)):
        return f"{week[0]}-W{week[1]:02}"
    if unit in ("season", "spring", "summer", "autumn", "fall", "winter"):
        start = low.month // 3 * 3 or 12
        return f"{low.year}-{_SEASONS[start]}"
    if "half" in timex.quote.lower() and low.day == 1 and low.month in (1, 7) and high.month in (6, 12):
        return f"{low.year}-H{1 + low.month // 7}"
    if unit == "quarter" or (
        low.day == 1 and low.month % 3 == 1 and (high.month - low.month, high.day) in ((2, 30), (2, 31))
    ):
        return f"{low.year}-Q{(low.month + 2) // 3}"
    if unit == "month" or (low.day == 1 and high == low.replace(day=monthrange(low.year, low.month)[1])):
        return f"{low:%Y-%m}"
    if unit == "decade" or whole > timedelta(days=3600):
        return str(low.year // 10)
    if unit == "year" or whole > timedelta(days=360):
        return str(low.year)
    return f"{low}/{high}"


def _last_day(timex: Any) -> str:
    return str(timex.latest) if timex.kind == "interval" and timex.latest else ""


def _plain(value: str, days_only: bool) -> str:
    length = _LENGTH.fullmatch(value)
    if length:
        return f"P{int(length[1]) * _SIZE[length[2]]}D"
    return value.split("T")[0] if days_only and "T" in value and not value.startswith("P") else value


def _equal(found: Annotation, gold: Annotation, days_only: bool) -> bool:
    """Tell if the values are equal; a range is annotated as its first and its last day."""
    wanted = _plain(gold.value, days_only)
    return wanted in (_plain(found.value, days_only), _plain(found.last, days_only))


def counts_as_days(annotation: Annotation) -> bool:
    """Tell if an annotation is one that the reader needs."""
    value = _plain(annotation.value, True)
    if annotation.kind in ("DATE", "TIME"):
        return (_DAYS.fullmatch(value) or _RANGE.fullmatch(value)) is not None
    return annotation.kind == "DURATION" and _LENGTH.fullmatch(annotation.value) is not None


def compare(
    gold: Sequence[Annotation],
    found: Sequence[Annotation],
    days_only: bool,
    counts: Counts,
    faults: dict[str, list[str]],
    text: str,
) -> None:
    """Add what a text says to the counts, and its faults to the lists."""
    needed = [g for g in gold if not days_only or counts_as_days(g)]
    left = list(found)
    counts.gold += len(needed)
    for g in needed:
        hits = [f for f in left if f.start < g.end and g.start < f.end]
        if not hits:
            faults["missed"].append(_line(text, g.start, g.end, g.value))
            continue
        best = max(hits, key=lambda f: (_equal(f, g, days_only), f.end - f.start))
        if not best.last or not any(g.end <= o.start < best.end for o in needed):
            left.remove(best)
        same = (best.start, best.end) == (g.start, g.end)
        right = _equal(best, g, days_only)
        counts.found += 1
        counts.relaxed += 1
        counts.strict += same
        counts.value += right
        counts.value_strict += right and same
        if not right:
            faults["value"].append(
                _line(text, g.start, g.end, f"{g.value} read {best.value} from {best.quote!r}")
            )
    for f in left:
        if days_only and any(f.start < g.end and g.start < f.end for g in gold):
            continue
        counts.found += 1
        faults["extra"].append(_line(text, f.start, f.end, f.value))


def _line(text: str, start: int, end: int, note: str) -> str:
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    return " ".join(f"{before}[{text[start:end]}]{after}".split()) + f"   <{note}>"


def measure(
    texts: Iterable[Annotated], package: Path
) -> tuple[dict[str, Counts], dict[str, dict[str, list[str]]]]:
    """Read the texts with the package in a folder; return counts and faults of both rows."""
    sys.path.insert(0, str(package))
    find = importlib.import_module("itinerary.timex").find_timexes
    parse = importlib.import_module("itinerary.sentences").parse
    counts = {"all": Counts(), "days": Counts()}
    faults: dict[str, dict[str, list[str]]] = {row: defaultdict(list) for row in counts}
    for one in texts:
        timexes = find(one.text, one.made, sentences=[s.span for s in parse(one.text).sentences])
        if one.in_days:
            found = [
                Annotation(t.span.start, t.span.end, t.quote, "DATE", f"{t.earliest}/{t.latest}")
                for t in timexes
                if t.kind not in ("day number", "duration")
            ]
        else:
            found = [
                Annotation(t.span.start, t.span.end, t.quote, *timex_value(t), _last_day(t))
                for t in timexes
                if t.kind != "day number"
            ]
        for row, days_only in (("all", False), ("days", True)):
            compare(one.annotations, found, days_only, counts[row], faults[row], f"{one.text}")
    return counts, faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of a folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--package", type=Path, default=ROOT)
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    options = parser.parse_args(arguments)
    texts = [read_tml(path) for path in sorted(options.folder.rglob("[!.]*.tml"))]
    read = [read_tei(path) for path in sorted(options.folder.rglob("[!.]*.xml"))]
    texts += [text for text in read if not _is_withheld(text.text)]
    if not texts:
        print(f"no .tml or .xml files in {options.folder}", file=sys.stderr)
        return 1
    counts, faults = measure(texts, options.package)
    print(f"{len(texts)} texts          gold   found  strict F1  relaxed F1  value F1  value acc.")
    for row, c in counts.items():
        print(
            f"{row:16} {c.gold:8} {c.found:7} {c.f1(c.strict):10.1f} {c.f1(c.relaxed):11.1f} "
            f"{c.f1(c.value):9.1f} {100 * c.value / max(1, c.relaxed):11.1f}"
        )
    print(f"HeidelTime, TempEval-3 test texts, as published: value F1 {HEIDELTIME}")
    for kind, lines in faults["days"].items() if options.errors else ():
        print(f"\n{kind}: {len(lines)}")
        for line, n in Counter(lines).most_common(options.errors):
            print(f"{n:3}  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
