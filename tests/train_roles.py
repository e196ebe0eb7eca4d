"""Learn the weights of `itinerary.roles` from the annotated corpora, and say how well they do.

    python tests/train_roles.py [--shared DIR] [--folds 10] [--write]

The stays are those that the reader makes of texts its other weights have not seen; their roles are those
of the annotated stops that match them in order. Figures are of texts that the weights were not learned from.
Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).absolute().parent.parent
sys.path.insert(0, str(ROOT))

from itinerary import reader, roles, visits  # noqa: E402
from itinerary.model import Role  # noqa: E402
from itinerary.visits import Weights  # noqa: E402
from tests import train  # noqa: E402

ROLE = {"strength": 0.6, "rare": 3, "scale": 3.0}
DAY_TRIP = {"strength": 1.0, "rare": 3, "scale": 2.0}
LENIENT = (
    0.5  # log-odds added to those of a day trip: they are rare, and most that are missed are near misses
)


@dataclass
class Case:
    """The labelled stays of one text: features, whether a role is open, and label."""

    corpus: str
    roles: list[tuple[list[str], int, Role]] = field(default_factory=list)
    trips: list[tuple[list[str], int]] = field(default_factory=list)


def fit(
    rows: Sequence[Sequence[str]], labels: Sequence[int], strength: float, rare: int, scale: float
) -> tuple[Weights, Any]:
    """Fit a logistic regression; features that sum up others (``sign:``) are penalised less by a scale.

    Returns
    -------
    Weights
        Rounded to four digits.
    callable
        The trainer's own log-odds of a row, for comparison.
    """
    tables = [{f: scale if f.startswith("sign:") else 1.0 for f in row} for row in rows]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(tables)
    keep = np.asarray((matrix != 0).sum(axis=0)).ravel() >= rare
    model = LogisticRegression(C=strength, max_iter=2000, solver="liblinear")
    model.fit(matrix[:, keep], labels)
    names = vectorizer.get_feature_names_out()[keep]
    scaled = {
        str(n): round(float(w) * (scale if n.startswith("sign:") else 1.0), 4)
        for n, w in zip(names, model.coef_[0], strict=True)
    }
    weights = {n: w for n, w in scaled.items() if abs(w) > 5e-4}

    def decide(row: Sequence[str]) -> float:
        table = {f: scale if f.startswith("sign:") else 1.0 for f in row}
        return float(model.decision_function(vectorizer.transform([table])[:, keep])[0])

    return Weights(round(float(model.intercept_[0]), 4), weights), decide


def learn(cases: Sequence[Case]) -> dict[str, Weights]:
    """Learn one set of weights for each role and one for day trips."""
    out: dict[str, Weights] = {}
    for role in Role:
        rows = [
            (f, int(label is role)) for c in cases for f, n, label in c.roles if role in roles.roles_open(n)
        ]
        out[str(role)] = fit([f for f, _ in rows], [y for _, y in rows], **ROLE)[0]
    trips = [row for c in cases for row in c.trips]
    model = fit([f for f, _ in trips], [y for _, y in trips], **DAY_TRIP)[0]
    out["day trip"] = Weights(round(model.bias + LENIENT, 4), model.weights)
    return out


def gold_bases(score: ModuleType, gold: dict, named: Mapping[str, dict]) -> dict[int, int]:
    """Tell which annotated stops are day trips, and from which stop."""
    stops = gold["stops"]
    listed = named.get(gold["id"])
    trips, base = {}, 0
    for i in range(1, len(stops)):
        if listed is not None:
            is_trip = i in listed["daytrips"]
        else:
            own, home = score.bounds(stops[i]), score.bounds(stops[base])
            is_trip = bool(own and home and home[2] > own[3] and home[0] <= own[0])
        if is_trip:
            trips[i] = base
        else:
            base = i
    return trips


def label(
    score: ModuleType, sample: train.Sample, made: tuple, predicted: dict, named: Mapping[str, dict]
) -> Case:
    """Give the stays of a text the roles of the annotated stops that match them."""
    a, (stays, bounds) = sample.analysis, made
    words = roles.stay_words(stays, a.doc, a.toponyms, a.contexts)
    of = {j: i for i, j in score.ordered_matches(sample.gold["stops"], predicted["stops"])}
    back = {i: j for j, i in of.items()}
    case = Case(sample.corpus)
    for j, stay in enumerate(stays):
        stay.role = Role(sample.gold["stops"][of[j]].get("role", "stop")) if j in of else Role.STOP
        if j in of:
            case.roles.append((roles.role_features(j, stays, words[j], bounds), j, stay.role))
    trips, base = gold_bases(score, sample.gold, named), 0
    for j, stay in enumerate(stays[1:], 1):
        is_trip = of.get(j) in trips
        features = roles.base_features(j, base, stays, words[j], a.toponyms, bounds)
        known = j in of and (not is_trip or back.get(trips[of[j]]) == base)
        if known and features and stay.role is Role.STOP:
            case.trips.append((features, int(is_trip)))
        if not is_trip:
            base = j
    return case


class Recorder:
    """Stands in for `assign_roles` and keeps what it is given."""

    def __init__(self) -> None:
        self.made: tuple = ((), ())

    def __call__(self, stays, doc, toponyms, contexts, cues, bounds) -> None:  # type: ignore[no-untyped-def]
        self.made = (stays, bounds)


def known_places(sample: train.Sample, weights: Mapping[str, Weights]) -> list[visits.Judgement]:
    """Judge the places of a text as annotated."""
    a = sample.analysis
    scores = [weights["mention"].score(c.features) for c in a.contexts]
    return [
        visits.Judgement(g, tuple(scores[k] for k in g.members), 0.0, is_stop == 1)
        for g, is_stop in zip(a.groups, sample.place_labels, strict=True)
    ]


def load_cases(shared: Path, *, own: bool = True) -> tuple[list[Case], list[Case]]:
    """Read the corpora: stays as read from unseen texts, and stays where the places are given."""
    score = train.load_score(shared)
    samples = [*train.load_samples(score, shared), *(train.load_own(score) if own else [])]
    return make_cases(score, samples, train.study(score, samples).unseen, load_day_trips(shared))


def load_day_trips(shared: Path) -> dict[str, dict]:
    """Read which annotated stops are day trips, where that is noted."""
    path = shared / "corpus" / "written" / "coverage.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def make_cases(
    score: ModuleType,
    samples: Sequence[train.Sample],
    unseen: Sequence[tuple[Sequence[int], Mapping[str, Weights]]],
    named: Mapping[str, dict],
) -> tuple[list[Case], list[Case]]:
    """Label the stays of texts as read by weights that have not seen them, and where the places are given."""
    recorder, original = Recorder(), reader.assign_roles
    reader.assign_roles = recorder
    read: list[Case] = [Case("") for _ in samples]
    given: list[Case] = [Case("") for _ in samples]
    try:
        for held, weights in unseen:
            for i in held:
                if samples[i].corpus == "phrases":  # whose stops have no annotated role
                    continue
                predicted = train.predict(samples[i], weights)
                read[i] = label(score, samples[i], recorder.made, predicted, named)
                itinerary = reader.assemble(samples[i].analysis, known_places(samples[i], weights), weights)
                given[i] = label(score, samples[i], recorder.made, train.to_json(itinerary), named)
    finally:
        reader.assign_roles = original
    return read, given


def decide(weights: Mapping[str, Weights], features: Sequence[str], n: int) -> Role:
    """Choose the role of a stay."""
    return max(roles.roles_open(n), key=lambda role: weights[role].score(features))


def report(read: Sequence[Case], given: Sequence[Case], folds: int) -> None:
    """Print held-out accuracy of roles by corpus, their confusions, and the F1 of day trips."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    trips: Counter[tuple[bool, bool]] = Counter()
    for held in train.folds(len(read), folds):
        rest = [c for i in range(len(read)) if i not in set(held) for c in (read[i], given[i])]
        weights = learn(rest)
        for i in held:
            for features, n, truth in read[i].roles:
                role = decide(weights, features, n)
                count[read[i].corpus] += 1
                right[read[i].corpus] += role is truth
                if role is not truth:
                    wrong[f"{truth} taken for {role}"] += 1
            for features, truth in read[i].trips:
                trips[bool(truth), weights["day trip"].score(features) > 0] += 1
    for corpus, number in count.items():
        print(f"{corpus:10} {number:4} stays, role right {100 * right[corpus] / number:.1f}")
    print(", ".join(f"{name} {number}" for name, number in wrong.most_common()))
    hit, extra, missed = trips[True, True], trips[False, True], trips[True, False]
    print(f"day trips: {hit} found, {missed} missed, {extra} wrongly taken for one")


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    ap.add_argument("--folds", type=int, default=10)
    ap.add_argument("--without-own", action="store_true", help="learn from no texts of tests/training")
    ap.add_argument("--write", action="store_true", help=f"write the weights to {roles.FILE.name}")
    a = ap.parse_args()
    read, given = load_cases(a.shared, own=not a.without_own)
    if a.folds:
        report(read, given, a.folds)
    if a.write:
        models = learn([*read, *given])
        data = {
            "about": "Learned by tests/train_roles.py from the annotated corpora; see itinerary/roles.py.",
            "documents": len(read),
            "models": {
                n: {"bias": w.bias, "weights": dict(sorted(w.weights.items()))} for n, w in models.items()
            },
        }
        roles.FILE.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
