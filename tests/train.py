"""Learn the weights of `itinerary.visits` from the annotated corpora, and say how well they do.

    python tests/train.py [--shared DIR] [--folds 5] [--without-own] [--write]

Every figure is given twice: on documents that the weights have not seen (document-wise cross-validation,
all weights learned anew in each fold, those of roles and purposes too), and on the documents that the weights
of visits were learned from.
Texts of our own in ``tests/training`` are learned from and not measured; ``--without-own`` leaves them out.
``--write`` writes ``weights.json`` and ``confidence.json``.
Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import random
import re
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).absolute().parent.parent
sys.path.insert(0, str(ROOT))

from itinerary import confidence, reader, route, visits  # noqa: E402
from itinerary.formats.json import to_json  # noqa: E402
from itinerary.visits import Weights, place_features  # noqa: E402
from tests import word_classes  # noqa: E402

CORPORA = ("official", "written", "news", "journeys", "seed")
OWN = ROOT / "tests" / "training"
OWN_SHARE = 0.5  # how much a text of our own counts beside one of the corpora, when visits are learned
PHRASE_SHARE = 0.3  # how much a small text of `phrases.toml` counts, likewise
THRESHOLD = 0.4  # of a visit
UNDATED_SHARE = 0.5  # how much a text counts that is read again without its day of publication


@dataclass
class Sample:
    """One annotated text with what the reader makes of it before judging."""

    corpus: str
    gold: dict
    analysis: reader.Analysis
    mention_labels: list[int | None]
    place_labels: list[int | None]
    share: float = 1.0  # how much it counts when visits are learned
    undated: Sample | None = None  # the same read without its day of publication
    telling: tuple[float, ...] = ()  # how much each mention counts, see `weigh_mentions`

    @property
    def versions(self) -> tuple[Sample, ...]:
        """The text as published, and as it reads when nobody says when that was."""
        if self.undated is None:
            return (self,)
        return self, replace(self.undated, share=self.share * UNDATED_SHARE)


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
    as_stop = _as_stops(analysis)
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
        hits = _hits(score, place, gold)
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


def _as_stops(analysis: reader.Analysis) -> list[dict]:
    """Return the places of a text as the scoring script knows them."""
    return [
        {
            "place": g.place.name,
            "country": g.place.country,
            "granularity": str(g.place.kind),
            "lat": g.place.latitude,
            "lon": g.place.longitude,
        }
        for g in analysis.groups
    ]


def _hits(score: ModuleType, place: dict, gold: dict) -> list[dict]:
    """Return the stops that a place stands for; a country stands for no town in it."""
    return [
        s
        for s in gold["stops"]
        if score.same_place(s, place)
        and not (place["granularity"] == "country" and s.get("granularity") != "country")
    ]


def label_mentions(
    score: ModuleType, analysis: reader.Analysis, gold: dict, places: Sequence[int | None]
) -> list[int | None]:
    """Tell for each mention whether its place is a stop; None where another name of the stop was counted.

    Of a castle and its town one is the stop, but the words around both say that somebody is there.
    """
    out: list[int | None] = [None] * len(analysis.toponyms)
    friends = {score.fold(n) for n in gold.get("not_stops", [])}
    for g, place, label in zip(analysis.groups, _as_stops(analysis), places, strict=True):
        written = {score.fold(analysis.toponyms[k].name) for k in g.members} | {score.fold(g.place.name)}
        beside = label == 0 and not written & friends and _hits(score, place, gold)
        for k in g.members:
            out[k] = None if beside else label
    return out


def load_samples(score: ModuleType, shared: Path, only: Sequence[str] = CORPORA) -> list[Sample]:
    """Read and analyse the corpora."""
    return [
        sample_of(score, corpus, gold)
        for corpus in only
        for gold in score.read_gold(shared / "seed" if corpus == "seed" else shared / "corpus" / corpus)
    ]


def load_own(score: ModuleType, folder: Path = OWN, share: float = OWN_SHARE) -> list[Sample]:
    """Read and analyse the annotated texts of the repository: lines of JSON, and phrases."""
    return [
        replace(sample_of(score, "own", gold), share=share)
        for path in sorted(folder.glob("*.jsonl"))
        for gold in score.read_gold(path)
    ] + [replace(s, share=share * PHRASE_SHARE / OWN_SHARE) for s in load_phrases(score, folder)]


def load_phrases(score: ModuleType, folder: Path = OWN, copies: int = 2) -> list[Sample]:
    """Read and analyse the small texts of ``phrases.toml``, each with names filled in at random."""
    data = tomllib.loads((folder / "phrases.toml").read_text(encoding="utf-8"))
    names = {kind: listed.replace("\n", " ").strip().split(", ") for kind, listed in data["names"].items()}
    draw = random.Random(7)
    lines = [line for listed in data["phrases"].values() for line in listed.strip().splitlines()]
    out = []
    for n, line in enumerate(lines * copies):
        chosen = {kind: draw.sample(listed, min(8, len(listed))) for kind, listed in names.items()}
        gold: dict = {"id": f"P-{n}", "stops": [], "not_stops": [], "published": None}

        def fill(slot: re.Match[str], chosen: dict = chosen, gold: dict = gold) -> str:
            name = chosen[slot[2]].pop()
            if slot[1] == "-":
                gold["not_stops"].append(name)
            else:
                gold["stops"].append(
                    {"place": name, "country": None, "granularity": _GRANULARITY.get(slot[2], slot[2])}
                )
            return name

        gold["text"] = re.sub(r"\{([+-])(\w+)\}", fill, line)
        out.append(sample_of(score, "phrases", gold))
    return out


_GRANULARITY = {"area": "region"}


def sample_of(score: ModuleType, corpus: str, gold: dict) -> Sample:
    """Analyse an annotated text, and tell which of its places and mentions are stops."""
    published = date.fromisoformat(gold["published"]) if gold.get("published") else None
    analysis = reader.analyse(gold["text"], published)
    places = label_places(score, analysis, gold)
    undated = sample_of(score, corpus, {**gold, "published": None}) if published else None
    labels = label_mentions(score, analysis, gold, places)
    return Sample(corpus, gold, analysis, labels, places, undated=undated)


def fitted(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[int],
    strength: float,
    rare: int,
    balance: str | None,
    shares: Sequence[float] | None = None,
) -> tuple[Weights, Callable[[Mapping[str, float]], float]]:
    """Fit a logistic regression with an L2 penalty; features seen in fewer than `rare` rows are left out.

    Rows count as much as `shares` says, by default all alike.

    Returns
    -------
    Weights
        As exported: rounded to four digits, the smallest left out.
    callable
        The trainer's own log-odds of a row, for comparison.
    """
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    counts = np.asarray((matrix != 0).sum(axis=0)).ravel()
    keep = counts >= rare
    model = LogisticRegression(C=strength, max_iter=2000, class_weight=balance, solver="liblinear")
    model.fit(matrix[:, keep], labels, sample_weight=shares)
    names = vectorizer.get_feature_names_out()[keep]
    weights = {
        str(n): round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) > 5e-4
    }

    def decide(row: Mapping[str, float]) -> float:
        return float(model.decision_function(vectorizer.transform([row])[:, keep])[0])

    return Weights(round(float(model.intercept_[0]), 4), weights), decide


def fit(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[int],
    strength: float,
    rare: int,
    balance: str | None,
    shares: Sequence[float] | None = None,
) -> Weights:
    """Fit a logistic regression and return its weights, see `fitted`."""
    return fitted(rows, labels, strength, rare, balance, shares)[0]


MENTION = {"strength": 0.12, "rare": 6, "balance": None}
LEAST_TELLING = 0.2  # of a mention of a stop that does not look like one
RETURN = {"strength": 1.0, "rare": 3, "balance": None}
PLACE = {"strength": 0.1, "rare": 2, "balance": None}


def fit_mentions(samples: Sequence[Sample]) -> Weights:
    """Learn to judge single mentions."""
    rows, labels, shares = [], [], []
    for s in (version for sample in samples for version in sample.versions):
        for k, (context, label) in enumerate(zip(s.analysis.contexts, s.mention_labels, strict=True)):
            if label is not None:
                rows.append(dict.fromkeys(context.everything, 1.0) | word_classes.features(context.beside))
                labels.append(label)
                shares.append(s.share * (s.telling[k] if s.telling else 1.0))
    return word_classes.spread(fit(rows, labels, **MENTION, shares=shares))


def weigh_mentions(samples: Sequence[Sample]) -> list[Sample]:
    """Say how much each mention tells of its place, by what is learned from the other documents.

    Of a place that is a stop not every mention says so: "the former ambassador to Japan arrived in Japan".
    The likeliest mention counts in full and each other one by how likely it is beside that.
    """
    out = list(samples)
    for held in folds(len(samples), 5):
        without = set(held)
        weights = fit_mentions([s for i, s in enumerate(samples) if i not in without])
        for i in held:
            undated = samples[i].undated
            out[i] = replace(
                samples[i],
                telling=_telling(samples[i], weights),
                undated=undated and replace(undated, telling=_telling(undated, weights)),
            )
    return out


def _telling(sample: Sample, weights: Weights) -> tuple[float, ...]:
    """Compare the mentions of each stop; those of other places count in full."""
    scores = visits.mention_scores(sample.analysis.contexts, weights)
    out = [1.0] * len(scores)
    for group, label in zip(sample.analysis.groups, sample.place_labels, strict=True):
        if label == 1:
            best = max(scores[k] for k in group.members)
            for k in group.members:
                out[k] = max(LEAST_TELLING, math.exp(scores[k] - best))
    return tuple(out)


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
        visits.Judgement(g, tuple(scores[k] for k in g.members), 0.0, label == 1)
        for g, label in zip(a.groups, labels, strict=True)
    ]
    events = route.stay_events(judged, [n for n, label in enumerate(labels) if label == 1])
    found = {
        i: f
        for i in range(len(events))
        if (f := route.return_features(i, events, a.doc, a.toponyms, a.contexts, a.timexes, judged))
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


@dataclass
class Lesson:
    """Weights learned from documents, and for each document weights learned without it.

    Parameters
    ----------
    weights : dict of str to Weights
        ``mention``, ``place`` and ``return``.
    unseen : list of (list of int, dict)
        Indices of documents, and weights that were learned from the others.
    """

    weights: dict[str, Weights]
    unseen: list[tuple[list[int], dict[str, Weights]]]


Row = tuple[dict[str, float], int, float]  # features, whether it is so, and how much that counts


def learn(score: ModuleType, samples: Sequence[Sample], threshold: float = 0.5) -> dict[str, Weights]:
    """Learn both steps; the second from scores of mentions that the first has not seen."""
    return study(score, samples, threshold, unseen=False).weights


def study(
    score: ModuleType, samples: Sequence[Sample], threshold: float = THRESHOLD, *, unseen: bool = True
) -> Lesson:
    """Learn as `learn` does, and keep what was learned without each document for steps that build on it."""
    samples = weigh_mentions(samples)
    mentions: list[Weights] = []
    places: list[list[Row]] = [[] for _ in samples]
    again: list[list[Row]] = [[] for _ in samples]
    parts = folds(len(samples), 5)
    for held in parts:
        without = set(held)
        mentions.append(fit_mentions([s for i, s in enumerate(samples) if i not in without]))
        for i in held:
            for version in samples[i].versions:
                scores = visits.mention_scores(version.analysis.contexts, mentions[-1])
                places[i] += _shared(rows_of(version, scores), version.share)
                again[i] += _shared(label_returns(score, version, scores), version.share)

    def later_steps(documents: Sequence[int], mention: Weights) -> dict[str, Weights]:
        place = _fit(places, documents, PLACE)
        return {
            "mention": mention,
            "place": Weights(place.bias, place.weights, threshold),
            "return": _fit(again, documents, RETURN),
        }

    order = [i for held in parts for i in held]
    return Lesson(
        later_steps(order, fit_mentions(samples)),
        [
            (held, later_steps([i for i in order if i not in set(held)], mention))
            for held, mention in zip(parts, mentions, strict=True)
        ]
        if unseen
        else [],
    )


def _shared(rows: tuple[list[dict[str, float]], list[int]], share: float) -> list[Row]:
    return [(row, label, share) for row, label in zip(*rows, strict=True)]


def _fit(rows: Sequence[Sequence[Row]], documents: Sequence[int], how: Mapping[str, Any]) -> Weights:
    features, labels, shares = zip(*(row for i in documents for row in rows[i]), strict=True)
    return fit(features, labels, **how, shares=shares)


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
    from tests import heldout, train_roles  # they build on this module

    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    ap.add_argument("--folds", type=int, default=5, help="0 measures nothing and writes no confidence")
    ap.add_argument("--worst", type=int, default=0)
    ap.add_argument("--threshold", type=float, default=THRESHOLD)
    ap.add_argument("--without-own", action="store_true", help="learn from no texts of tests/training")
    ap.add_argument("--own-share", type=float, default=OWN_SHARE, help="how much one of these texts counts")
    ap.add_argument("--write", action="store_true", help="write the weights to itinerary/data")
    a = ap.parse_args()
    score = load_score(a.shared)
    samples, own = heldout.load(a.shared, score, own=0.0 if a.without_own else a.own_share)
    if a.folds:
        trips = train_roles.load_day_trips(a.shared)
        unseen = heldout.read_unseen(score, samples, own, trips, a.folds, a.threshold)
        report(score, samples, [r.answer for r in unseen], "held out", a.worst)
        if a.write:
            sure = heldout.fit_confidence(unseen)
            save(confidence.FILE, "texts that the other weights had not seen", len(samples), sure)
    weights = learn(score, [*samples, *own], a.threshold)
    report(score, samples, [predict(s, weights) for s in samples], "learned from")
    if a.write:
        save(visits.FILE, "the annotated corpora", len(samples) + len(own), weights)
    return 0


def save(path: Path, source: str, documents: int, models: Mapping[str, Weights]) -> None:
    """Write weights as the program reads them."""
    data = {
        "about": f"Learned by tests/train.py from {source}. Log-odds; see itinerary/{_READERS[path.name]}.",
        "documents": documents,
        "models": {
            n: {"bias": w.bias, "threshold": w.threshold, "weights": dict(sorted(w.weights.items()))}
            for n, w in models.items()
        },
    }
    path.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


_READERS = {"weights.json": "visits.py", "confidence.json": "confidence.py"}


if __name__ == "__main__":
    from tests import train  # so that there is one module of this name

    sys.exit(train.main())
