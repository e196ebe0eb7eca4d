"""Measure how well a text that comes without its publication day is dated by what stands in it.

    python tests/measure_publication.py [--shared DIR] [--errors]

Of each annotated text whose publication day is known the day is hidden. Printed are, for each corpus, how
often the day and the year found in the text are right, wrong or left open, and what is left of the figures
of dates.
``--errors`` lists the texts with a wrong day or year.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).absolute().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import evaluate  # noqa: E402

from itinerary import reader  # noqa: E402
from itinerary.formats.json import to_json  # noqa: E402

FIGURES = ("date_arrive", "date_near", "date_iou", "itinerary_f1")


def verdict(found: tuple[date, date] | None, day: date) -> tuple[str, str]:
    """Tell whether day and year are right, wrong or open; a window is right that holds the day."""
    if found is None:
        return "open", "open"
    first, last = found
    held = first <= day <= last
    of_day = "open" if first != last and held else "right" if held else "wrong"
    of_year = "wrong" if not first.year <= day.year <= last.year else "open"
    return of_day, "right" if first.year == last.year == day.year else of_year


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 if there are no corpora."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=evaluate.SHARED)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args(arguments)
    score = evaluate.load_score(options.shared)
    if score is None:
        return 1
    print(f"{'':10}{'texts':>6}  day right/wrong/open  year right/wrong/open  " + "  ".join(FIGURES))
    for name in evaluate.LEARNED:
        days: Counter[str] = Counter()
        years: Counter[str] = Counter()
        rows = []
        for gold in score.read_gold(options.shared / evaluate.CORPORA[name].path):
            if not gold.get("published"):
                continue
            day = date.fromisoformat(gold["published"])
            trip = reader.read(gold["text"])
            rows.append(score.score_one(gold, to_json(trip)))
            found = reader.analyse(gold["text"]).publication
            of_day, of_year = verdict(found.window if found else None, day)
            days[of_day] += 1
            years[of_year] += 1
            if options.errors and "wrong" in (of_day, of_year):
                print(f"  {gold['id']}: {day}, found {found}")
        counts = ["/".join(str(c[k]) for k in ("right", "wrong", "open")) for c in (days, years)]
        figures = score.summary(rows)
        shown = "  ".join(
            f"{figures[f]:>{len(f)}}" if figures.get(f) is not None else f"{'-':>{len(f)}}" for f in FIGURES
        )
        print(f"{name:10}{len(rows):6}  {counts[0]:>20}  {counts[1]:>21}  {shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
