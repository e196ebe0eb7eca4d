"""The sample texts that the page offers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

__all__ = ["Sample", "samples"]

FOLDER = Path(__file__).parent / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """One text of the menu.

    Parameters
    ----------
    title, kind : str
        What the menu says of it.
    text : str
    published : date or None
        The day for the publication field; None if the text carries its own or needs none.
    """

    title: str
    kind: str
    text: str
    published: date | None = None

    @property
    def label(self) -> str:
        """The line in the menu."""
        return f"{self.title} ({self.kind})"


@cache
def samples() -> tuple[Sample, ...]:
    """Load all samples in the order of the menu.

    Raises
    ------
    OSError, KeyError, ValueError
        If the index or a text is missing or faulty; both are part of the program.
    """
    index = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))
    return tuple(
        Sample(
            title=entry["title"],
            kind=entry["kind"],
            text=(FOLDER / entry["file"]).read_text(encoding="utf-8"),
            published=date.fromisoformat(entry["published"]) if "published" in entry else None,
        )
        for entry in index["sample"]
    )
