"""Learn the weights of `itinerary.visits` from the annotated corpora, and say how well they do.

    python tests/train.py [--corpus DIR] [--folds 5] [--write]

Every figure is given twice: on documents that the weights have not seen (document-wise cross-validation,
both steps learned anew in each fold) and on the documents they were learned from.
Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).absolute().parent.parent
sys.path.insert(0, str(ROOT))

from itinerary import reader, route, visits  # noqa: E402
from itinerary.formats.json import to_json  # noqa: E402
from itinerary.visits import Weights, place_features  # noqa: E402

CORPORA = ("official", "written", "news", "journeys", "seed")


@dataclass
class Sample:
    """One annotated text with what the reader makes of it before judging."""

    corpus: str
    gold: dict
    analysis: reader.Analysis
    mention_labels: list[int | None]
    place_labels: list[int | None]


def load_score(shared: Path) -> ModuleType:
    """Import the scoring script of the corpora from its path."""
    spec = importlib.util.spec_from_file_location("score", shared / "evaluate" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def label_places(score: ModuleType, analysis: reader.Analysis, gold: dict) -> list[int | None]:
    """Tell for each place of a text whether it is a stop; None for the area around a stop."""
    out: list[int | None] = []
    as_stop = [
        {
            "place": g.place.name,
            "country": g.place.country,
            "granularity": str(g.place.kind),
            "lat": g.place.latitude,
            "lon": g.place.longitude,
        }
        for g in analysis.groups
    ]
    written = [
        {score.fold(analysis.toponyms[k].name) for k in g.members} | {score.fold(g.place.name)}
        for g in analysis.groups
    ]
    friends = {score.fold(n) for n in gold.get("not_stops", [])}
    named = [
        any(score.fold(s["place"]) in w for s in gold["stops"] if s.get("country") in (None, p["country"]))
        for w, p in zip(written, as_stop, strict=True)
    ]
    for n, place in enumerate(as_stop):
        hits = [
            s
            for s in gold["stops"]
            if score.same_place(s, place)
            and not (place["granularity"] == "country" and s.get("granularity") != "country")
        ]
        if named[n] and written[n] & friends == set():
            out.append(1)
        elif hits and not (written[n] & friends):
            taken = any(
                named[m] and any(score.same_place(s, as_stop[m]) for s in hits)
                for m in range(len(as_stop))
                if m != n
            )
            out.append(0 if taken else 1)
        elif (
            n in analysis.inside
            and not (written[n] & friends)
            and (any(s.get("country") == place["country"] for s in gold["stops"]) or place["country"] is None)
        ):
            out.append(None)
        else:
            out.append(0)
    return out


def load_samples(score: ModuleType, shared: Path, only: Sequence[str] = CORPORA) -> list[Sample]:
    """Read and analyse the corpora."""
    out = []
    for corpus in only:
        for gold in score.read_gold(shared / "seed" if corpus == "seed" else shared / "corpus" / corpus):
            published = date.fromisoformat(gold["published"]) if gold.get("published") else None
            analysis = reader.analyse(gold["text"], published)
            places = label_places(score, analysis, gold)
            mentions: list[int | None] = [None] * len(analysis.toponyms)
            for g, label in zip(analysis.groups, places, strict=True):
                for k in g.members:
                    mentions[k] = label
            out.append(Sample(corpus, gold, analysis, mentions, places))
    return out


def fit(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[int],
    strength: float,
    rare: int,
    balance: str | None,
) -> Weights:
    """Fit a logistic regression with an L2 penalty; features seen in fewer than `rare` rows are left out."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    counts = np.asarray((matrix != 0).sum(axis=0)).ravel()
    keep = counts >= rare
    model = LogisticRegression(C=strength, max_iter=2000, class_weight=balance, solver="liblinear")
    model.fit(matrix[:, keep], labels)
    names = vectorizer.get_feature_names_out()[keep]
    weights = {
        str(n): round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) > 5e-4
    }
    return Weights(round(float(model.intercept_[0]), 4), weights)


MENTION = {"strength": 0.15, "rare": 4, "balance": None}
RETURN = {"strength": 1.0, "rare": 3, "balance": None}
PLACE = {"strength": 0.05, "rare": 2, "balance": None}


def fit_mentions(samples: Sequence[Sample]) -> Weights:
    """Learn to judge single mentions."""
    rows, labels = [], []
    for s in samples:
        for context, label in zip(s.analysis.contexts, s.mention_labels, strict=True):
            if label is not None:
                rows.append(dict.fromkeys(context.features, 1.0))
                labels.append(label)
    return fit(rows, labels, **MENTION)


def rows_of(sample: Sample, scores: Sequence[float]) -> tuple[list[dict[str, float]], list[int]]:
    """Describe the labelled places of a text by the scores of their mentions."""
    a = sample.analysis
    rows, labels = [], []
    for n, label in enumerate(sample.place_labels):
        if label is not None:
            rows.append(
                place_features(
                    n,
                    a.groups,
                    scores,
                    visits.best_scores(a.groups, scores),
                    a.toponyms,
                    a.contexts,
                    a.inside,
                )
            )
            labels.append(label)
    return rows, labels


def folds(count: int, number: int) -> list[list[int]]:
    """Share documents among folds, the same way every time."""
    order = np.random.default_rng(7).permutation(count)
    return [sorted(int(i) for i in order[k::number]) for k in range(number)]


def label_returns(
    score: ModuleType, sample: Sample, scores: Sequence[float]
) -> tuple[list[dict[str, float]], list[int]]:
    """Tell for each place named again whether a new stay begins: as the sequence of gold stops fits best."""
    a = sample.analysis
    labels = sample.place_labels
    judged = [
        visits.Judgement(g, tuple(scores[k] for k in g.members), 0.0, label == 1, ())
        for g, label in zip(a.groups, labels, strict=True)
    ]
    events = route.stay_events(judged, [n for n, label in enumerate(labels) if label == 1])
    found = {
        i: f
        for i in range(len(events))
        if (f := route.return_features(i, events, a.doc, a.toponyms, a.contexts, a.timexes))
    }
    as_stop = {
        n: {
            "place": g.place.name,
            "country": g.place.country,
            "granularity": str(g.place.kind),
            "lat": g.place.latitude,
            "lon": g.place.longitude,
        }
        for n, g in enumerate(a.groups)
    }

    stops = [as_stop[n] for _, n in events]

    def fits(told: frozenset[int]) -> int:
        return len(score.ordered_matches(sample.gold["stops"], [stops[i] for i in sorted(told)])) * 10 - len(
            told
        )

    first: dict[int, int] = {}
    for i, (_, n) in enumerate(events):
        first.setdefault(n, i)
    told = frozenset(first.values())
    best = fits(told)
    while True:  # a stay may begin anew, and the word that tells of the first one may be a later one
        steps = [told | {i} for i in found if i not in told]
        steps += [
            told - {i} | {j}
            for i in told
            for j in range(i + 1, len(events))
            if events[j][1] == events[i][1] and j not in told
        ]
        gains = max(((fits(step), -sum(step), step) for step in steps), key=lambda g: g[:2], default=None)
        if gains is None or gains[0] <= best:
            break
        best, told = gains[0], gains[2]
    begun = {n: min(i for i in told if events[i][1] == n) for n in first}
    return list(found.values()), [int(i in told and i > begun[events[i][1]]) for i in found]


def learn(score: ModuleType, samples: Sequence[Sample], threshold: float = 0.5) -> dict[str, Weights]:
    """Learn both steps; the second from scores of mentions that the first has not seen."""
    rows: list[dict[str, float]] = []
    labels: list[int] = []
    again: list[dict[str, float]] = []
    anew: list[int] = []
    for held in folds(len(samples), 5):
        rest = [s for i, s in enumerate(samples) if i not in set(held)]
        mention = fit_mentions(rest)
        for i in held:
            scores = visits.mention_scores(samples[i].analysis.contexts, mention)
            r, y = rows_of(samples[i], scores)
            rows += r
            labels += y
            r, y = label_returns(score, samples[i], scores)
            again += r
            anew += y
    place = fit(rows, labels, **PLACE)
    return {
        "mention": fit_mentions(samples),
        "place": Weights(place.bias, place.weights, threshold),
        "return": fit(again, anew, **RETURN),
    }


def predict(sample: Sample, weights: Mapping[str, Weights]) -> dict:
    """Read one text with given weights."""
    a = sample.analysis
    judgements = visits.judge(a.groups, a.toponyms, a.contexts, a.inside, weights)
    return to_json(reader.assemble(a, judgements, weights))


KEYS = (
    "itinerary_f1",
    "stop_f1",
    "exact",
    "country_f1",
    "date_arrive",
    "date_near",
    "date_exact",
    "date_iou",
    "role",
    "purpose",
    "traveller",
    "false_friend",
)


def report(
    score: ModuleType, samples: Sequence[Sample], predictions: Sequence[dict], title: str, worst: int = 0
) -> None:
    """Print the figures by corpus."""
    print(
        f"{title:12}" + "".join(f"{k.replace('itinerary', 'itin').replace('date_', 'd_'):>13}" for k in KEYS)
    )
    for corpus in dict.fromkeys(s.corpus for s in samples):
        rows = [
            score.score_one(s.gold, p)
            for s, p in zip(samples, predictions, strict=True)
            if s.corpus == corpus
        ]
        total = score.summary(rows)
        print(f"{corpus:12}" + "".join(f"{total[k] if total[k] is not None else '-':>13}" for k in KEYS))
    if worst:
        rows = sorted(
            ((score.score_one(s.gold, p), s, p) for s, p in zip(samples, predictions, strict=True)),
            key=lambda r: 2 * r[0]["ordered"] / max(1, r[0]["gold"] + r[0]["pred"]),
        )
        for row, s, p in rows[:worst]:
            print(f"{s.corpus}/{row['id']}: {row['ordered']} of {row['gold']}, {row['pred']} predicted")
            print("   gold", " > ".join(x["place"] for x in s.gold["stops"]))
            print("   pred", " > ".join(x["place"] for x in p["stops"]))


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--worst", type=int, default=0)
    ap.add_argument("--threshold", type=float, default=0.45)
    ap.add_argument("--write", action="store_true", help="write the weights to itinerary/data/weights.json")
    a = ap.parse_args()
    score = load_score(a.shared)
    samples = load_samples(score, a.shared)
    held_out: list[dict] = [{} for _ in samples]
    if a.folds:
        for held in folds(len(samples), a.folds):
            weights = learn(score, [s for i, s in enumerate(samples) if i not in set(held)], a.threshold)
            for i in held:
                held_out[i] = predict(samples[i], weights)
        report(score, samples, held_out, "held out", a.worst)
    weights = learn(score, samples, a.threshold)
    report(score, samples, [predict(s, weights) for s in samples], "learned from")
    if a.write:
        data = {
            "about": "Learned by tests/train.py from the annotated corpora. "
            "Log-odds; see itinerary/visits.py.",
            "documents": len(samples),
            "models": {
                n: {"bias": w.bias, "threshold": w.threshold, "weights": dict(sorted(w.weights.items()))}
                for n, w in weights.items()
            },
        }
        (ROOT / "itinerary" / "data" / "weights.json").write_text(
            json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
