"""Learn the weights of `itinerary.purposes` from the annotated corpora, and say how well they do.

    python tests/train_purposes.py [--shared DIR] [--folds 10] [--write]

The stops are the annotated ones, found in the text by name. The figures are of documents that the weights
have not seen; beside them stands what always answering the commonest purpose of a kind of text would reach.
Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).absolute().parent.parent
sys.path.insert(0, str(ROOT))

from itinerary import purposes, reader  # noqa: E402
from tests import train  # noqa: E402

CORPORA = ("official", "written", "news", "journeys")
TARGET = ROOT / "itinerary" / "data" / "purpose_weights.json"
STRENGTH = 1.0
UNKNOWN = "unknown"


@dataclass
class Case:
    """One annotated stop: where it comes from, its purpose and its features."""

    corpus: str
    document: str
    purpose: str
    features: dict[str, float]


def load_cases(shared: Path, *, own: bool = True) -> list[Case]:
    """Describe all annotated stops by the words about them."""
    score = train.load_score(shared)
    samples = [*train.load_samples(score, shared, CORPORA), *(train.load_own(score) if own else [])]
    return [case for sample in samples for case in make_cases(score, sample)]


def make_cases(score: ModuleType, sample: train.Sample) -> list[Case]:
    """Describe the annotated stops of one text by the words about them."""
    a, stops = sample.analysis, sample.gold["stops"]
    places = purposes.place_tokens(a.toponyms)
    return [
        Case(
            sample.corpus,
            sample.gold["id"],
            stop.get("purpose", UNKNOWN),
            purposes.features(a.doc, ranges_of(score, a, stop, stops), a.names, places=places),
        )
        for stop in stops
        if "purpose" in stop  # phrases say nothing of it
    ]


def ranges_of(score, analysis: reader.Analysis, stop: dict, stops: list[dict]) -> list[tuple[int, int]]:
    """Find where a text names an annotated stop; two stops at one place share its mentions in order."""
    named = [
        t for t in analysis.toponyms if score.fold(t.name) == score.fold(stop["place"]) and t.form != "people"
    ]
    if not named:
        for t, place in zip(analysis.toponyms, analysis.places, strict=True):
            if place is None or t.form == "people":
                continue
            found = {
                "place": place.name,
                "country": place.country,
                "granularity": str(place.kind),
                "lat": place.latitude,
                "lon": place.longitude,
            }
            if score.same_place(stop, found):
                named.append(t)
    twins = [s for s in stops if s["place"] == stop["place"]]
    if len(twins) > 1 and len(named) > 1:
        k = next(i for i, s in enumerate(twins) if s is stop)
        named = named[k * len(named) // len(twins) : (k + 1) * len(named) // len(twins)] or named
    return [(t.first, t.last) for t in named]


def fit(matrix, labels: Sequence, documents: Sequence[str]) -> LogisticRegression:
    """Fit a logistic regression; long lists of stops count less than their number."""
    counts = Counter(documents)
    weights = [counts[d] ** -0.5 for d in documents]
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, labels, sample_weight=weights)


def cross_validate(cases: list[Case], folds: int) -> tuple[np.ndarray, np.ndarray]:
    """Return for each case the purpose and the chance of silence, learned without its document."""
    matrix = DictVectorizer().fit_transform([c.features for c in cases])
    labels = np.array([c.purpose for c in cases])
    documents = np.array([c.document for c in cases])
    guess, silent = np.empty(len(cases), dtype=object), np.zeros(len(cases))
    for rest, test in GroupKFold(folds).split(matrix, labels, documents):
        told = rest[labels[rest] != UNKNOWN]
        guess[test] = fit(matrix[told], labels[told], documents[told]).predict(matrix[test])
        model = fit(matrix[rest], labels[rest] == UNKNOWN, documents[rest])
        silent[test] = model.predict_proba(matrix[test])[:, 1]
    return guess, silent


def report(cases: list[Case], guess: np.ndarray, silent: np.ndarray) -> None:
    """Print the share of right purposes where one is annotated, as scored."""
    print("corpus     stops  right  if never unknown  commonest")
    for corpus in (*CORPORA, "all"):
        rows = [
            i
            for i, c in enumerate(cases)
            if corpus in (c.corpus, "all") and c.corpus in CORPORA and c.purpose != UNKNOWN
        ]
        final = [UNKNOWN if silent[i] > purposes.SILENCE else guess[i] for i in rows]
        right = np.mean([cases[i].purpose == p for i, p in zip(rows, final, strict=True)])
        plain = np.mean([cases[i].purpose == guess[i] for i in rows])
        common = Counter(cases[i].purpose for i in rows).most_common(1)[0][1] / len(rows)
        print(f"{corpus:9} {len(rows):6} {100 * right:6.1f} {100 * plain:17.1f} {100 * common:10.1f}")
    unknown = [i for i, c in enumerate(cases) if c.purpose == UNKNOWN]
    kept = 100 * np.mean([silent[i] > purposes.SILENCE for i in unknown])
    print(f"left unknown where the annotation says unknown: {kept:.1f} % of {len(unknown)}")


def learn(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Learn the weights: purpose by purpose, feature by feature; the empty name is the constant."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([c.features for c in cases])
    names = [str(n) for n in vectorizer.get_feature_names_out()]
    labels = np.array([c.purpose for c in cases])
    documents = [c.document for c in cases]
    told = np.flatnonzero(labels != UNKNOWN)
    model = fit(matrix[told], labels[told], [documents[i] for i in told])
    table = {
        str(p): dict(zip(names, row, strict=True)) | {"": intercept}
        for p, row, intercept in zip(model.classes_, model.coef_, model.intercept_, strict=True)
    }
    nothing = fit(matrix, labels == UNKNOWN, documents)
    table[UNKNOWN] = dict(zip(names, nothing.coef_[0], strict=True)) | {"": nothing.intercept_[0]}
    return {
        p: {k: round(float(w), 3) for k, w in row.items() if not k or abs(w) >= 5e-4}  # the constant stays
        for p, row in table.items()
    }


def write(cases: Sequence[Case]) -> None:
    """Fit on all cases and write the weights."""
    TARGET.write_text(
        json.dumps({"weights": learn(cases)}, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Print the figures and, if asked to, write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--without-own", action="store_true", help="learn from no texts of tests/training")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cases = load_cases(options.shared, own=not options.without_own)
    report(cases, *cross_validate(cases, options.folds))
    if options.write:
        write(cases)


if __name__ == "__main__":
    main()
