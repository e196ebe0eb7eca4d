"""The command line: ``python -m itinerary read FILE``, ``explain FILE`` and ``batch IN OUT``.

Exit status: 0 if all went well, 1 if something could not be read or written, 2 for a wrong call.
Whatever takes long to load is loaded where it is used.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from itinerary import __version__
from itinerary.errors import InputError, ItineraryError

if TYPE_CHECKING:
    from itinerary.formats.document import Document
    from itinerary.model import Itinerary

EPILOG = """examples:
  python -m itinerary read trip.txt --published 2023-02-24
  python -m itinerary read trip.txt --output trip.csv --output trip.png
  python -m itinerary batch texts.jsonl trips.jsonl
  python -m itinerary explain trip.txt --published 2023-02-24
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return options.run(options, parser)  # type: ignore[no-any-return]
    except (ItineraryError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            # Whoever reads our output has enough; Python would complain again when it closes it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 141
        _say(_plain(error))
        return 1
    except KeyboardInterrupt:
        _say("stopped")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m itinerary",
        description="Read a text about a trip: where it goes, in which order, when, and how it says so.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"itinerary {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    read = commands.add_parser("read", help="read one text", description="Read one text.")
    read.add_argument("file", metavar="FILE", help="the text; - is standard input")
    read.add_argument("--published", metavar="DAY", type=_day, help="day of publication, such as 2023-02-24")
    read.add_argument("--traveller", metavar="NAME", help="whose trip, if the text has several")
    read.add_argument(
        "--trip", metavar="N", type=int, help="write only this trip of the text: 1 is the main one"
    )
    read.add_argument(
        "--output",
        metavar="OUT",
        action="append",
        default=[],
        help="write to this file instead of the screen; its ending tells the format (table: .csv .md .txt; "
        "picture: .png .svg .pdf; map: .geojson .kml .gpx; calendar: .ics; everything: .json), - is the "
        "screen; may be repeated",
    )
    read.add_argument(
        "--size",
        metavar="WxH",
        type=_size,
        default=(1600, None),
        help="size of a picture in pixels, such as 1200x675 or 1080x1350, or its width alone",
    )
    read.add_argument("--dark", action="store_true", help="draw a picture on dark ground")
    read.set_defaults(run=_read)

    batch = commands.add_parser(
        "batch",
        help="read many texts",
        description="Read many texts: lines of JSON with “id”, “text” and “published”. Each gives one line, "
        "in the same order; a text that cannot be read gives one with “error”.",
    )
    batch.add_argument("source", metavar="IN.jsonl", help="- is standard input")
    batch.add_argument("target", metavar="OUT.jsonl", help="- is standard output")
    batch.set_defaults(run=_batch)

    explain = commands.add_parser(
        "explain",
        help="say why a text is read as it is",
        description="Say why a text is read as it is: what speaks for and against each place, how each date "
        "was understood and where it went, and what gave the order.",
    )
    explain.add_argument("file", metavar="FILE", help="the text; - is standard input")
    explain.add_argument(
        "--published", metavar="DAY", type=_day, help="day of publication, such as 2023-02-24"
    )
    explain.add_argument("--traveller", metavar="NAME", help="whose trip, if the text has several")
    explain.add_argument("--json", action="store_true", help="with features and weights, as JSON")
    explain.set_defaults(run=_explain)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day such as 2023-02-24") from None


def _size(text: str) -> tuple[int, int | None]:
    found = re.fullmatch(r"(\d{3,4})(?:x(\d{3,4}))?", text.lower().replace("×", "x"))
    if not found or int(found[1]) < _LEAST or int(found[2] or _LEAST) < _LEAST:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a size such as 1200x675, from {_LEAST} to 9999 pixels"
        )
    return int(found[1]), int(found[2]) if found[2] else None


_LEAST = 400  # pixels; no sheet can be read that is smaller


def _say(message: str) -> None:
    print(f"itinerary: {message}", file=sys.stderr)


def _plain(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


# read ------------------------------------------------------------------------------------------


def _read(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    outputs = [(name, _writer(name, parser)) for name in options.output] or [("-", _print)]
    for name in options.output:
        if name != "-" and options.file != "-" and Path(name).resolve() == Path(options.file).resolve():
            parser.error(f"--output {name} would write over the text itself")
    trip = _trip(options)
    if options.trip is not None:
        trip = _one_of(trip, options.trip)
    status = 0
    for name, write in outputs:
        try:
            write(trip, Path(name), options)
        except BrokenPipeError:
            raise
        except (ItineraryError, OSError) as error:  # the other files can still be written
            reason = error.strerror if isinstance(error, OSError) else None
            _say(f"{name} was not written: {reason or error}")
            status = 1
    return status


def _trip(options: argparse.Namespace) -> Itinerary:
    """Read the trip of a text; of a file that we wrote take it as it is."""
    from itinerary.formats import readers

    reader = readers.get(Path(options.file).suffix[1:].lower())
    document = _document(options.file)
    if reader is not None:
        return reader(document.text)
    import itinerary

    day = options.published or document.published
    trip = itinerary.read(document.text, day, traveller=options.traveller)
    return trip if options.published or not day else replace(trip, published_basis="header")


def _one_of(trip: Itinerary, number: int) -> Itinerary:
    """Return one trip of a text alone."""
    trips = trip.trips
    if not 1 <= number <= len(trips):
        told = "one trip" if len(trips) == 1 else f"{len(trips)} trips"
        raise InputError(f"The text tells of {told}: there is no trip {number}.")
    return replace(trips[number - 1], others=())


_PICTURES = ("pdf", "png", "svg")


def _writer(
    name: str, parser: argparse.ArgumentParser
) -> Callable[[Itinerary, Path, argparse.Namespace], None]:
    from itinerary.formats import writers

    if name == "-":
        return _print
    ending = Path(name).suffix[1:].lower()
    if ending in _PICTURES:
        return _picture
    if ending not in writers:
        known = ", ".join(f".{known}" for known in sorted([*writers, *_PICTURES]))
        parser.error(f"no format for “{name}”: its ending must be one of {known}")
    return _write


def _write(trip: Itinerary, path: Path, _options: argparse.Namespace) -> None:
    from itinerary.formats import write

    write(trip, path)


def _picture(trip: Itinerary, path: Path, options: argparse.Namespace) -> None:
    # The one place where the reader asks for the page's figures; nothing else here needs them.
    from dashboard.picture import write_picture
    from itinerary.formats.files import replacing

    with replacing(path) as draft:
        write_picture(trip, draft, theme="dark" if options.dark else "light", size=options.size)


def _print(trip: Itinerary, _path: Path, _options: argparse.Namespace) -> None:
    from itinerary.formats import text

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    _show(text.dumps(trip, columns))


def _show(text: str) -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a terminal that knows no “–” gets a “?”
    sys.stdout.write(text)
    sys.stdout.flush()


def _document(name: str) -> Document:
    from itinerary.formats.document import MOST_BYTES, read_document

    with _opened(name) as file:
        data = file.read(MOST_BYTES + 1)
    document = read_document(data, "standard input" if name == "-" else name)
    if document.note:
        _say(document.note)
    return document


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as file:
            yield file


# explain ---------------------------------------------------------------------------------------


def _explain(options: argparse.Namespace, _parser: argparse.ArgumentParser) -> int:
    document = _document(options.file)
    from itinerary.explain import dumps, explain, to_json

    day = options.published or document.published
    found = explain(document.text, day, traveller=options.traveller)
    _show(f"{json.dumps(to_json(found), indent=1)}\n" if options.json else dumps(found))
    return 0


# batch -----------------------------------------------------------------------------------------


def _batch(options: argparse.Namespace, _parser: argparse.ArgumentParser) -> int:
    from itinerary.formats.files import replacing

    with _opened(options.source) as source:
        if options.target == "-":
            read, failed = _batch_lines(source, sys.stdout.buffer)
        else:
            with replacing(Path(options.target)) as draft, draft.open("wb") as target:
                read, failed = _batch_lines(source, target)
    summary = f"{read} text{'' if read == 1 else 's'} read"
    _say(summary + (f", {failed} could not be read: see “error” in the output" if failed else ""))
    return 1 if failed and not read else 0


def _batch_lines(source: Iterable[bytes], target: IO[bytes]) -> tuple[int, int]:
    """Read each line of `source` into one of `target`; return how many went well and how many not."""
    read = failed = 0
    progress = _Progress()
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        answer = _answer(line, number)
        if "error" in answer:
            failed += 1
        else:
            read += 1
        # Plain ASCII: some programs take U+2028 for the end of a line.
        target.write(json.dumps(answer).encode() + b"\n")
        progress.show(read + failed)
    progress.clear()
    target.flush()
    return read, failed


def _answer(line: bytes, number: int) -> dict[str, Any]:
    """Read the text of one line; whatever is wrong with it becomes an ``error``."""
    from itinerary import read
    from itinerary.formats.json import brief

    label: object = None
    try:
        document = json.loads(line.decode("utf-8-sig"))
        if not isinstance(document, dict):
            raise InputError(f"Line {number} is no JSON object with “id” and “text”.")
        label = document.get("id")
        text, published = document.get("text"), document.get("published")
        if not isinstance(text, str):
            raise InputError(f"Line {number} has no “text”.")
        if not isinstance(published, str | None):
            raise InputError(f"“published” in line {number} is not a day such as 2023-02-24.")
        return {"id": label} | brief(read(text, published or None))
    except InputError as error:
        return {"id": label, "error": str(error)}
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        return {"id": label, "error": f"Line {number} is no JSON: {error}."}
    except Exception as error:  # a fault of ours in one text must not cost the others theirs
        _say(f"line {number}: unforeseen fault, {type(error).__name__}: {error}")
        return {"id": label, "error": f"Unforeseen fault while reading: {type(error).__name__}: {error}"}


class _Progress:
    """A count on the terminal, renewed a few times a second; silent elsewhere."""

    def __init__(self) -> None:
        self._shown = 0.0
        self._live = sys.stderr.isatty()

    def show(self, count: int) -> None:
        if self._live and time.monotonic() - self._shown > 0.2:
            print(f"\r{count} texts", end="", file=sys.stderr, flush=True)
            self._shown = time.monotonic()

    def clear(self) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
