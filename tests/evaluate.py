"""Score the reader on the annotated corpora that lie beside the project.

    make evaluate                              everything below; about a minute
    make evaluate ARGUMENTS="--quick"          only what the program as it is makes of the texts
    make evaluate ARGUMENTS="--worst 5"        more of the texts read worst, gold beside what was read
    make evaluate ARGUMENTS="--curve"          and how right the reader is with fewer documents to learn from
    make evaluate ARGUMENTS="--readme"         put the figures into the README

The figures are those of ``evaluate/score.py`` of the corpora, in percent; its docstring defines them.
*Held out* is what the reader makes of texts that none of its weights were learned from, *all* what the
program makes of them with the weights in use. No weight is learned from plans and posts: one line tells both.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from itinerary.__main__ import main as itinerary_main

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
README = ROOT / "README.md"

Json = dict[str, Any]
Figures = Mapping[str, float | None]


class Corpus(NamedTuple):
    """Where a corpus lies, and between which marks the reader stands.

    Parameters
    ----------
    path : str
    about : str
        What its texts are, for the README.
    baseline : mapping
        What a naive reader reaches that takes every place for a stop; measured once and kept here.
    target : mapping
        What was set as the aim.
    """

    path: str
    about: str = ""
    baseline: Mapping[str, float] = {}
    target: Mapping[str, float] = {}


FIGURES = (
    "itinerary_f1",
    "exact",
    "country_f1",
    "date_arrive",
    "date_near",
    "date_iou",
    "date_exact",
    "role",
    "purpose",
    "traveller",
    "false_friend",
)
_AIMS = tuple(figure for figure in FIGURES if figure != "date_exact")


def _aims(*values: float | None) -> dict[str, float]:
    return {figure: value for figure, value in zip(_AIMS, values, strict=True) if value is not None}


CORPORA = {
    "official": Corpus(
        "corpus/official",
        "official announcements",
        {"itinerary_f1": 51},
        _aims(88, 60, 93, 80, 72, 80, 96, 80, 93, 93),
    ),
    "written": Corpus(
        "corpus/written",
        "written to be hard",
        {"itinerary_f1": 48},
        _aims(87, 45, 93, 85, 78, 85, 94, 75, 93, 93),
    ),
    "news": Corpus(
        "corpus/news", "news articles", {"itinerary_f1": 29}, _aims(80, 55, 84, 75, 65, 70, 92, 70, 90, 90)
    ),
    "journeys": Corpus(
        "corpus/journeys",
        "passages of travel books and blogs",
        {"itinerary_f1": 30},
        _aims(76, 30, 88, 75, 65, 70, 88, 70, None, 92),
    ),
    "plans": Corpus(
        "corpus/plans.jsonl", "day-by-day plans", {}, {"itinerary_f1": 100, "exact": 99, "date_arrive": 100}
    ),
    "posts": Corpus("corpus/posts.jsonl", "short posts", {"country_f1": 81}, {"country_f1": 93}),
    "seed": Corpus("seed"),
}
LEARNED = ("official", "written", "news", "journeys", "seed")
SIZES = (35, 70, 117, 176, 235)
FEW = 3  # documents that a tag needs for a line of its own


class Run(NamedTuple):
    """One corpus as read: gold, answers and scores by document, the time taken for one, and faults."""

    golds: list[Json]
    answers: dict[str, Json]
    rows: list[Json]
    milliseconds: float = 0.0
    faults: Sequence[str] = ()


class HeldOut(NamedTuple):
    """The corpora as read by weights learned without each document, and what was said of it."""

    runs: dict[str, Run]
    readings: dict[str, list[Any]]
    module: Any


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 0, or 1 if there are no corpora or a text could not be read."""
    options = _options(arguments)
    score = load_score(options.shared)
    if score is None:
        print(
            f"There is nothing to score with: {options.shared}/evaluate/score.py is missing.\n"
            "The corpora are not part of this repository. --shared DIR names the folder that has them.",
            file=sys.stderr,
        )
        return 1
    runs = {
        name: run(score, options.shared / corpus.path, options.only)
        for name, corpus in CORPORA.items()
        if name in options.corpora and (options.shared / corpus.path).exists()
    }
    runs = {name: result for name, result in runs.items() if result.golds}
    held = None if options.quick or not set(runs) & set(LEARNED) else hold_out(score, options)
    if options.json:
        print(json.dumps(_as_json(score, runs, held), indent=1))
    elif options.readme:
        _into_readme(list(_markdown(score, runs, held)))
    else:
        _print_all(score, runs, held, options)
    faults = [f"{name}: {fault}" for name, result in runs.items() for fault in result.faults]
    sys.stdout.flush()
    print(*faults, sep="\n", end="\n" if faults else "", file=sys.stderr)
    return 1 if faults or not runs else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make evaluate", description="Score the reader on the corpora.")
    parser.add_argument(
        "corpora", nargs="*", metavar="CORPUS", help=f"of {', '.join(CORPORA)}; all by default"
    )
    parser.add_argument("--only", default="", metavar="ID", help="only documents whose id starts so")
    parser.add_argument("--quick", action="store_true", help="only with the weights in use, nothing held out")
    parser.add_argument(
        "--worst", type=int, default=2, metavar="N", help="list the N documents read worst (default 2)"
    )
    parser.add_argument("--curve", action="store_true", help="learn from fewer and fewer documents, too")
    parser.add_argument("--own", action="store_true", help="measure the texts of tests/training, too")
    parser.add_argument("--without-own", action="store_true", help="do not learn from tests/training")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    parser.add_argument("--readme", action="store_true", help="put the figures into the README")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="folder of the corpora")
    options = parser.parse_args(arguments)
    unknown = set(options.corpora) - set(CORPORA)
    if unknown:
        parser.error(f"no corpus {', '.join(sorted(unknown))}; there are {', '.join(CORPORA)}")
    options.corpora = options.corpora or list(CORPORA)
    return options


def load_score(shared: Path) -> ModuleType | None:
    """Import the scoring script of the corpora from its path; None if it is not there."""
    path = shared / "evaluate" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if not path.exists() or spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Reading -----------------------------------------------------------------------------------------


def run(score: ModuleType, path: Path, only: str = "") -> Run:
    """Read all documents of a corpus by the batch command, and score them."""
    golds = [gold for gold in score.read_gold(path) if str(gold["id"]).startswith(only)]
    lines = [json.dumps({"id": g["id"], "text": g["text"], "published": g.get("published")}) for g in golds]
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stderr(said):
        source, target = Path(folder, "texts.jsonl"), Path(folder, "trips.jsonl")
        source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        start = time.perf_counter()
        itinerary_main(["batch", str(source), str(target)])
        seconds = time.perf_counter() - start
        answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    by_id = {str(answer["id"]): answer for answer in answers}
    return Run(
        golds,
        by_id,
        [score.score_one(gold, by_id.get(str(gold["id"]), {})) for gold in golds],
        1000 * seconds / max(1, len(golds)),
        [f"{answer['id']}: {answer['error']}" for answer in answers if "error" in answer],
    )


def hold_out(score: ModuleType, options: argparse.Namespace) -> HeldOut | None:
    """Read the corpora by weights that have not seen them; None if the trainer's library is missing."""
    try:
        heldout = importlib.import_module("tests.heldout")
    except ModuleNotFoundError as error:
        print(f"Nothing is held out: {error}. make test installs it.", file=sys.stderr)
        return None
    samples, own = heldout.load(options.shared, score, **_own(options))
    trips = heldout.train_roles.load_day_trips(options.shared)
    found = heldout.read_unseen(score, samples, own, trips, measure_own=options.own)
    readings: dict[str, list[Any]] = {}
    golds: dict[str, list[Json]] = {}
    for sample, reading in zip([*samples, *own], found, strict=False):  # those of `own` only if asked for
        wanted = sample.corpus in options.corpora or sample.corpus == "own"
        if wanted and str(sample.gold["id"]).startswith(options.only):
            readings.setdefault(sample.corpus, []).append(reading)
            golds.setdefault(sample.corpus, []).append(sample.gold)
    return HeldOut(
        {name: _scored(score, golds[name], [r.answer for r in readings[name]]) for name in golds},
        readings,
        heldout,
    )


def _own(options: argparse.Namespace) -> dict[str, float]:
    return {"own": 0.0} if options.without_own else {}


def _scored(score: ModuleType, golds: Sequence[Json], answers: Sequence[Json]) -> Run:
    by_id = {str(gold["id"]): answer for gold, answer in zip(golds, answers, strict=True)}
    rows = [score.score_one(gold, answer) for gold, answer in zip(golds, answers, strict=True)]
    return Run(list(golds), by_id, rows)


# Tables ------------------------------------------------------------------------------------------


def _print_all(
    score: ModuleType, runs: Mapping[str, Run], held: HeldOut | None, options: argparse.Namespace
) -> None:
    _print_table(["corpus", "texts", "reader", *FIGURES, "ms"], list(_main_table(score, runs, held)))
    seen = {**runs, **held.runs} if held else dict(runs)
    note = "held out" if held else "with the weights in use"
    if options.worst:
        for name, result in seen.items():
            _print_worst(name, result, options.worst, note if name in LEARNED else "")
    if "written" in seen:
        print(f"\nwritten, by what makes a text hard, {note}")
        _print_table(["tag", "texts", *FIGURES], list(_by_tag(score, seen["written"], options.shared)))
    if held:
        _print_reliability(held)
        if options.curve:
            _print_curve(score, held, options)


def _main_table(score: ModuleType, runs: Mapping[str, Run], held: HeldOut | None) -> Iterator[list[str]]:
    """Give the lines of each corpus: a naive reader, the aim, held out, all."""
    for name, result in runs.items():
        corpus, unseen = CORPORA[name], held.runs.get(name) if held else None
        lines: list[tuple[str, Figures, str]] = []
        if corpus.baseline:
            lines.append(("naive, as published", corpus.baseline, ""))
        if corpus.target:
            lines.append(("aim", corpus.target, ""))
        if unseen:
            lines.append(("held out", _summary(score, unseen), ""))
        title = "all" if name in LEARNED else "never learned from"
        lines.append((title, _summary(score, result), f"{result.milliseconds:.1f}"))
        for n, (reader, figures, took) in enumerate(lines):
            head = [name, str(len(result.rows))] if n == 0 else ["", ""]
            yield [*head, reader, *(_figure(figures.get(figure)) for figure in FIGURES), took]
    if held and "own" in held.runs:
        total = score.summary(held.runs["own"].rows)
        cells = (_figure(total[figure]) for figure in FIGURES)
        yield ["own", str(len(held.runs["own"].rows)), "held out", *cells, ""]


def _summary(score: ModuleType, result: Run) -> dict[str, float | None]:
    """Sum up a corpus; where no stop has a country, none can be right."""
    total: dict[str, float | None] = score.summary(result.rows)
    if not sum(row["gc"] for row in result.rows):
        total["country_f1"] = None
    return total


def _by_tag(score: ModuleType, result: Run, shared: Path) -> Iterator[list[str]]:
    """Give a line of figures for each tag that enough documents have, hardest first."""
    path = shared / CORPORA["written"].path / "coverage.json"
    coverage = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows: dict[str, list[Json]] = {}
    for row in result.rows:
        for tag in coverage.get(row["id"], {}).get("tags", []):
            rows.setdefault(tag, []).append(row)
    totals = {tag: score.summary(found) for tag, found in rows.items() if len(found) >= FEW}
    for tag in sorted(totals, key=lambda tag: totals[tag]["itinerary_f1"] or 0.0):
        yield [tag, str(len(rows[tag])), *(_figure(totals[tag][figure]) for figure in FIGURES)]


def _print_reliability(held: HeldOut) -> None:
    """Print for stops and for days how sure the reader was, held out, and how often it was right."""
    titles = {
        "stop": "how sure of a stop, held out: right if an annotated stop matches it in order",
        "dates": "how sure of the days of a stop that is right: right if all bounds are within a day",
    }
    for kind, title in titles.items():
        readings = {name: held.module.pairs_of(kind, found) for name, found in held.readings.items()}
        counted = [pair for name, found in readings.items() if name != "own" for pair in found]
        bins, error = held.module.reliability(counted)
        print(f"\n{title}")
        _print_table(
            ["said", "stops", "said on average", "right"],
            [
                [f"{100 * b.low:.0f}–{100 * b.high:.0f} %", str(b.count), _share(b.said), _share(b.right)]
                for b in bins
            ],
        )
        print(f"expected calibration error {100 * error:.1f}")
        for name, found in readings.items():
            if found:
                said, right = (sum(pair[n] for pair in found) / len(found) for n in (0, 1))
                print(f"  {name}: {len(found)} stops, said {_share(said)}, right {_share(right)}")


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _print_curve(score: ModuleType, held: HeldOut, options: argparse.Namespace) -> None:
    samples, own = held.module.load(options.shared, score, **_own(options))
    answers = held.module.curve(score, samples, own, SIZES)
    print("\nitinerary_f1 held out, by the number of documents learned from")
    body = []
    for name in dict.fromkeys(s.corpus for s in samples):
        cells = []
        for size in SIZES:
            rows = [
                score.score_one(s.gold, answer)
                for s, answer in zip(samples, answers[size], strict=True)
                if s.corpus == name
            ]
            cells.append(_figure(score.summary(rows)["itinerary_f1"]))
        body.append([name, *cells])
    _print_table(["corpus", *map(str, SIZES)], body)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _print_table(head: list[str], body: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    for line in [head, *body]:
        cells = [line[0].ljust(widths[0])]
        cells += [
            cell.ljust(room) if title == "reader" else cell.rjust(room)
            for title, cell, room in zip(head[1:], line[1:], widths[1:], strict=True)
        ]
        print("  ".join(cells).rstrip())


def _print_worst(name: str, result: Run, count: int, note: str) -> None:
    if all(row["exact"] for row in result.rows):
        return
    print(f"\n{name}, read worst{f', {note}' if note else ''}")
    pairs = zip(result.golds, result.rows, strict=True)
    ordered = sorted(
        pairs, key=lambda pair: 2 * pair[1]["ordered"] / max(1, pair[1]["gold"] + pair[1]["pred"])
    )
    for gold, row in [pair for pair in ordered if not pair[1]["exact"]][:count]:
        answer = result.answers.get(str(gold["id"]), {})
        print(f"  {gold['id']}: {row['ordered']} of {row['gold']} stops right, {row['pred']} read")
        print("    gold", " > ".join(stop["place"] for stop in gold["stops"]))
        print("    read", " > ".join(stop["place"] for stop in answer.get("stops", [])))


def _as_json(score: ModuleType, runs: Mapping[str, Run], held: HeldOut | None) -> Json:
    out: Json = {name: {"all": score.summary(result.rows)} for name, result in runs.items()}
    for name, result in held.runs.items() if held else ():
        out.setdefault(name, {})["held out"] = score.summary(result.rows)
    return out


# README ------------------------------------------------------------------------------------------

_MARKS = "<!-- figures: make evaluate -->\n", "<!-- end of figures -->\n"


def _markdown(score: ModuleType, runs: Mapping[str, Run], held: HeldOut | None) -> Iterator[str]:
    """Give the lines of the README that tell figures."""
    yield "| texts | stops in order, F1 | whole trip right | first day right | role | purpose |"
    yield "|---|---|---|---|---|---|"
    for name, result in runs.items():
        if name not in LEARNED or not CORPORA[name].about:
            continue
        everything = score.summary(result.rows)
        unseen = score.summary(held.runs[name].rows) if held else everything
        cells = [
            f"{_round(unseen[figure])} / {_round(everything[figure])}"
            for figure in ("itinerary_f1", "exact", "date_arrive", "role", "purpose")
        ]
        yield f"| {len(result.rows)} {CORPORA[name].about} | {' | '.join(cells)} |"
    naive = [f"{c.baseline['itinerary_f1']:.0f}" for c in CORPORA.values() if "itinerary_f1" in c.baseline]
    yield ""
    yield f"A reader that takes every place for a stop reaches {', '.join(naive[:-1])} and {naive[-1]}."
    if held:
        said = {}
        for kind in ("stop", "dates"):
            learned = [found for name, found in held.readings.items() if name != "own"]
            pairs = [pair for found in learned for pair in held.module.pairs_of(kind, found)]
            said[kind] = [b for b in held.module.reliability(pairs)[0] if b.low >= 0.6]
        stops, days = said["stop"], said["dates"]
        yield (
            f"Of stops said to be {_row(stops, 'said')} % sure {_row(stops, 'right')} % are right, held out; "
            f"of days said to be {_row(days, 'said')} % sure {_row(days, 'right')} %."
        )


def _row(bins: Sequence[Any], name: str) -> str:
    return ", ".join(_round(100 * getattr(b, name)) for b in bins)


def _round(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _into_readme(lines: Sequence[str]) -> None:
    text = README.read_text(encoding="utf-8")
    start, end = map(re.escape, _MARKS)
    block = _MARKS[0] + "".join(f"{line}\n" for line in lines) + _MARKS[1]
    changed, count = re.subn(f"{start}.*?{end}", lambda _: block, text, flags=re.DOTALL)
    if not count:
        raise SystemExit("The README has no place for the figures.")
    README.write_text(changed, encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main())
