"""Score the reader on the annotated corpora that lie beside the project.

    make evaluate                              one table
    make evaluate ARGUMENTS="--worst 5"        and the texts read worst, gold beside what was read
    make evaluate ARGUMENTS="--by-tag"         and the figures by what makes a text hard

The figures are those of ``evaluate/score.py`` of the corpora, in percent; its docstring defines them.
The last column is the itinerary_f1 of a naive baseline (for posts its country_f1).
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stderr
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from itinerary.__main__ import main as itinerary_main

SHARED = Path(__file__).resolve().parents[2] / "shared"

Json = dict[str, Any]


class Corpus(NamedTuple):
    """Where a corpus lies, and what the naive baseline reaches on it, as published."""

    path: str
    baseline: str = ""


CORPORA = {
    "seed": Corpus("seed"),
    "official": Corpus("corpus/official", "51"),
    "written": Corpus("corpus/written", "48"),
    "news": Corpus("corpus/news", "29"),
    "journeys": Corpus("corpus/journeys", "30"),
    "plans": Corpus("corpus/plans.jsonl"),
    "posts": Corpus("corpus/posts.jsonl", "81 (country)"),
}
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


class Run(NamedTuple):
    """One corpus as read: gold, answers and scores by document, and the time taken for one."""

    golds: list[Json]
    answers: dict[str, Json]
    rows: list[Json]
    milliseconds: float
    faults: list[str]


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
    if options.json:
        print(json.dumps({name: score.summary(result.rows) for name, result in runs.items()}, indent=1))
    else:
        _print_tables(score, runs, options)
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
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N documents read worst")
    parser.add_argument("--by-tag", action="store_true", help="break the written corpus down by phenomenon")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
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


# Tables ----------------------------------------------------------------------------------------


def _print_tables(score: ModuleType, runs: Mapping[str, Run], options: argparse.Namespace) -> None:
    head = ["corpus", "texts", *FIGURES, "ms", "baseline"]
    body = []
    for name, result in runs.items():
        total = score.summary(result.rows)
        figures = [_figure(total[figure]) for figure in FIGURES]
        body.append(
            [name, str(len(result.rows)), *figures, f"{result.milliseconds:.1f}", CORPORA[name].baseline]
        )
    _print_table(head, body)
    if options.by_tag and "written" in runs:
        print("\nwritten, by what makes the text hard")
        _print_table(["tag", "texts", *FIGURES], list(_by_tag(score, runs["written"], options.shared)))
    if options.worst:
        for name, result in runs.items():
            _print_worst(name, result, options.worst)


def _by_tag(score: ModuleType, result: Run, shared: Path) -> Iterable[list[str]]:
    """Give a line of figures for each tag that at least three documents have, hardest first."""
    path = shared / CORPORA["written"].path / "coverage.json"
    coverage = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows: dict[str, list[Json]] = {}
    for row in result.rows:
        for tag in coverage.get(row["id"], {}).get("tags", []):
            rows.setdefault(tag, []).append(row)
    totals = {tag: score.summary(found) for tag, found in rows.items() if len(found) >= 3}
    for tag in sorted(totals, key=lambda tag: totals[tag]["itinerary_f1"] or 0.0):
        yield [tag, str(len(rows[tag])), *(_figure(totals[tag][figure]) for figure in FIGURES)]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _print_table(head: list[str], body: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
    for line in [head, *body]:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(room) for cell, room in zip(line[1:], widths[1:], strict=True)]
        print("  ".join(cells).rstrip())


def _print_worst(name: str, result: Run, count: int) -> None:
    print(f"\n{name}, read worst")
    pairs = zip(result.golds, result.rows, strict=True)
    ordered = sorted(
        pairs, key=lambda pair: 2 * pair[1]["ordered"] / max(1, pair[1]["gold"] + pair[1]["pred"])
    )
    for gold, row in ordered[:count]:
        answer = result.answers.get(str(gold["id"]), {})
        print(f"  {gold['id']}: {row['ordered']} of {row['gold']} stops right, {row['pred']} read")
        print("    gold", " > ".join(stop["place"] for stop in gold["stops"]))
        print("    read", " > ".join(stop["place"] for stop in answer.get("stops", [])))


if __name__ == "__main__":
    sys.exit(main())
