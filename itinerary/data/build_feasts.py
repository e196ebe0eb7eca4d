"""Write ``feasts.csv``: the days of feasts that other calendars move through the year.

    python -m itinerary.data.build_feasts

Needs the package ``holidays`` (0.109 was used), which the program itself does not: a table of seven kilobytes
does for 14 MB. Islamic days depend on the sight of the moon and may be a day off.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

YEARS = range(1925, 2076)
COLUMNS = {
    "chinese new year": ("chinese", "_ChineseLunisolar", "lunar_new_year_date"),
    "diwali": ("hindu", "_HinduLunisolar", "diwali_india_date"),
    "passover": ("hebrew", "_HebrewLunisolar", "passover_date"),
    "rosh hashanah": ("hebrew", "_HebrewLunisolar", "rosh_hashanah_date"),
    "yom kippur": ("hebrew", "_HebrewLunisolar", "yom_kippur_date"),
    "hanukkah": ("hebrew", "_HebrewLunisolar", "hanukkah_date"),
    "ramadan": ("islamic", "_IslamicLunar", "ramadan_beginning_dates"),
    "eid al-fitr": ("islamic", "_IslamicLunar", "eid_al_fitr_dates"),
    "eid al-adha": ("islamic", "_IslamicLunar", "eid_al_adha_dates"),
}


def day_of(column: tuple[str, str, str], year: int) -> str:
    """Return month and day of a feast in a year, as MMDD; empty if it is not known, the first of two."""
    module, name, method = column
    calendar = getattr(import_module(f"holidays.calendars.{module}"), name)()
    found = getattr(calendar, method)(year)
    dates = [found] if isinstance(found, (date, tuple)) else list(found or ())
    days = sorted(
        day for day in (d[0] if isinstance(d, tuple) else d for d in dates) if day and day.year == year
    )
    return f"{days[0]:%m%d}" if days else ""


def main() -> None:
    """Write the table beside this file."""
    lines = [",".join(("year", *COLUMNS))]
    lines += [",".join((str(year), *(day_of(c, year) for c in COLUMNS.values()))) for year in YEARS]
    path = Path(__file__).with_name("feasts.csv")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
