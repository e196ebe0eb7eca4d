"""What the reader makes of annotated texts that none of its weights have seen.

Document-wise cross-validation: in each fold the weights of visits, of roles and of purposes are learned anew
from the other documents; how sure the reader is, is fitted on what was made of the other folds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from itinerary import confidence, purposes, reader, roles, visits
from itinerary.formats.json import to_json
from itinerary.visits import Weights
from tests import train, train_purposes, train_roles

FOLDS = 5
UNPURPOSED = ("seed",)  # corpora whose purposes are not learned from
STOP = {"strength": 0.5, "rare": 3, "balance": None}
DATES = {"strength": 0.5, "rare": 3, "balance": None}
KINDS = ("stop", "dates")

Case = tuple[dict[str, float], int]  # features, and 1 if right


@dataclass(frozen=True)
class Models:
    """All weights that decide how a text is read."""

    visits: Mapping[str, Weights]
    roles: Mapping[str, Weights]
    purposes: Mapping[str, Mapping[str, float]]


@dataclass
class Reading:
    """One text as read: the answer as JSON, and how sure and how right each of its stops is.

    Parameters
    ----------
    answer : dict
    stops : list of Case
        For each stop its features, and whether an annotated stop matches it in order.
    dates : list of (int, Case)
        For each stop that is right and has days: its index, features, and whether all four bounds are
        within a day of the annotated ones. Days where the annotation has none are wrong.
    every_date : list
        The features of the days of each stop; None without days.
    """

    answer: dict[str, Any]
    stops: list[Case]
    dates: list[tuple[int, Case]]
    every_date: list[dict[str, float] | None]


@dataclass
class Teacher:
    """Learns all weights from samples; what does not depend on weights is kept."""

    score: ModuleType
    day_trips: Mapping[str, dict]
    threshold: float = train.THRESHOLD
    cases: dict[int, list[train_purposes.Case]] = field(default_factory=dict)

    def learn(self, samples: Sequence[train.Sample]) -> Models:
        """Learn the weights of visits, then those that build on the stays, then those of purposes."""
        lesson = train.study(self.score, samples, self.threshold)
        read, given = train_roles.make_cases(self.score, samples, lesson.unseen, self.day_trips)
        purposed = [case for s in samples if s.corpus not in UNPURPOSED for case in self._purposes_of(s)]
        return Models(lesson.weights, train_roles.learn([*read, *given]), train_purposes.learn(purposed))

    def _purposes_of(self, sample: train.Sample) -> list[train_purposes.Case]:
        if id(sample) not in self.cases:
            self.cases[id(sample)] = train_purposes.make_cases(self.score, sample)
        return self.cases[id(sample)]


@contextmanager
def using(models: Models) -> Iterator[None]:
    """Let roles and purposes be decided by given weights."""
    kept = roles.load_role_weights, purposes._weights
    roles.load_role_weights = lambda: models.roles  # type: ignore[assignment]
    purposes._weights = lambda: models.purposes  # type: ignore[assignment]
    try:
        yield
    finally:
        roles.load_role_weights, purposes._weights = kept  # type: ignore[assignment]


def read(score: ModuleType, sample: train.Sample, models: Models) -> Reading:
    """Read one text with given weights; how sure the reader is comes later."""
    made: list[confidence.Made] = []

    def keep(what: confidence.Made) -> list[confidence.Sureness]:
        made.append(what)
        return [confidence.Sureness(0.0, None) for _ in what.stays]

    a, original = sample.analysis, reader.rate
    reader.rate = keep
    try:
        with using(models):
            judgements = visits.judge(a.groups, a.toponyms, a.contexts, a.inside, models.visits)
            answer = to_json(reader.assemble(a, judgements, models.visits))
    finally:
        reader.rate = original
    return rightness(score, sample.gold, answer, made[0])


def rightness(score: ModuleType, gold: dict, answer: dict, made: confidence.Made) -> Reading:
    """Tell which stops, and which of their days, are right."""
    matches = {j: i for i, j in score.ordered_matches(gold["stops"], answer["stops"])}
    every_date = confidence.date_features(made)
    return Reading(
        answer,
        [(features, int(j in matches)) for j, features in enumerate(confidence.stop_features(made))],
        [
            (j, (features, int(near(score, gold["stops"][matches[j]], answer["stops"][j]))))
            for j, features in enumerate(every_date)
            if j in matches and features is not None
        ],
        every_date,
    )


def near(score: ModuleType, gold: dict, stop: dict) -> bool:
    """Tell whether all four bounds of a stop are within a day of the annotated ones."""
    wanted, found = score.bounds(gold), score.bounds(stop)
    if wanted is None or found is None or score.is_numbered(gold) != score.is_numbered(stop):
        return False
    return max(abs(a - b) for a, b in zip(wanted, found, strict=True)) <= 1


def fit_confidence(readings: Sequence[Reading]) -> dict[str, Weights]:
    """Fit how sure the reader is on texts that its other weights have not seen."""
    stops = [case for r in readings for case in r.stops]
    dates = [case for r in readings for _, case in r.dates]
    return {
        name: train.fit([f for f, _ in cases], [y for _, y in cases], **options)
        for name, cases, options in (("stop", stops, STOP), ("dates", dates, DATES))
    }


def set_confidence(reading: Reading, weights: Mapping[str, Weights]) -> None:
    """Write into an answer how sure the reader is of each stop and its days."""
    for stop, (features, _), days in zip(
        reading.answer["stops"], reading.stops, reading.every_date, strict=True
    ):
        stop["confidence"] = visits.probability(weights["stop"].score(features))
        stop["dates_confidence"] = None if days is None else visits.probability(weights["dates"].score(days))


def read_unseen(
    score: ModuleType,
    samples: Sequence[train.Sample],
    own: Sequence[train.Sample] = (),
    day_trips: Mapping[str, dict] | None = None,
    number: int = FOLDS,
    threshold: float = train.THRESHOLD,
    *,
    measure_own: bool = False,
) -> list[Reading]:
    """Read each of `samples` with weights learned from the others.

    The texts of `own` are always learned from. If they are to be measured they are shared among the
    folds, too, and their readings come behind the others.
    """
    teacher = Teacher(score, day_trips or {}, threshold)
    everything = [*samples, *own]
    parts = train.folds(len(samples), number)
    if measure_own:
        further = train.folds(len(own), number)
        parts = [
            [*part, *(len(samples) + i for i in more)] for part, more in zip(parts, further, strict=True)
        ]
    found: dict[int, Reading] = {}
    for held in parts:
        models = teacher.learn(_without(everything, held))
        found |= {i: read(score, everything[i], models) for i in held}
    for held in parts:
        others = [i for i in found if i not in set(held) and i < len(samples)]
        weights = fit_confidence([found[i] for i in sorted(others)])
        for i in held:
            set_confidence(found[i], weights)
    return [found[i] for i in sorted(found)]


def _without(samples: Sequence[train.Sample], held: Sequence[int]) -> list[train.Sample]:
    gone = set(held)
    return [s for i, s in enumerate(samples) if i not in gone]


def curve(
    score: ModuleType, samples: Sequence[train.Sample], own: Sequence[train.Sample], sizes: Sequence[int]
) -> dict[int, list[dict]]:
    """Read each text with what so many others taught; return the answers by number of documents."""
    out: dict[int, list[dict]] = {}
    for size in sizes:
        answers: dict[int, dict] = {}
        for held in train.folds(len(samples), FOLDS):
            # Every nth of the others, so that each size has a like share of all corpora.
            rest = _without(samples, held)
            taken = rest if size >= len(rest) else [rest[k * len(rest) // size] for k in range(size)]
            weights = train.learn(score, [*taken, *own], train.THRESHOLD)
            answers |= {i: train.predict(samples[i], weights) for i in held}
        out[size] = [answers[i] for i in range(len(samples))]
    return out


# Reliability -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bin:
    """Figures said between two bounds: how many, their mean, and the share of them that is right."""

    low: float
    high: float
    count: int
    said: float
    right: float


EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def pairs_of(kind: str, readings: Sequence[Reading]) -> list[tuple[float, int]]:
    """List how sure the reader was and whether it was right, for ``stop`` or ``dates``."""
    if kind == "stop":
        return [
            (stop["confidence"], right)
            for r in readings
            for stop, (_, right) in zip(r.answer["stops"], r.stops, strict=True)
        ]
    return [(r.answer["stops"][j]["dates_confidence"], right) for r in readings for j, (_, right) in r.dates]


def reliability(pairs: Sequence[tuple[float, int]]) -> tuple[list[Bin], float]:
    """Compare what was said with what was right.

    Returns
    -------
    list of Bin
    float
        The expected calibration error: the mean difference between said and right, by bins of `EDGES`.
    """
    bins = []
    for low, high in pairwise(EDGES):
        inside = [(p, y) for p, y in pairs if low <= p < high or (p == high == EDGES[-1])]
        if inside:
            n = len(inside)
            bins.append(Bin(low, high, n, sum(p for p, _ in inside) / n, sum(y for _, y in inside) / n))
    total = sum(b.count for b in bins)
    return bins, sum(b.count * abs(b.said - b.right) for b in bins) / max(1, total)


def load(
    shared: Path, score: ModuleType, *, own: float = train.OWN_SHARE
) -> tuple[list[train.Sample], list[train.Sample]]:
    """Read and analyse the corpora, and the texts of the repository, each of which counts as `own` says."""
    return train.load_samples(score, shared), train.load_own(score, share=own) if own else []
