"""Is this place visited? A small linear model over named features, in two steps.

The first step judges every mention by the words around it. The second judges every place by all its
mentions and by what was found of its neighbours. Both are dot products of features and weights that
``tests/train.py`` learned; the heaviest features are the reason that is shown.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from pathlib import Path

from itinerary.cues import Context, load_cue_rules
from itinerary.errors import LexiconError
from itinerary.model import Kind, Place
from itinerary.toponyms import Toponym

__all__ = [
    "VETOES",
    "Group",
    "Judgement",
    "Weights",
    "best_scores",
    "group_mentions",
    "judge",
    "load_weights",
    "mention_scores",
    "place_features",
    "probability",
]

_NORTH, _EAST = 0.25, 0.35  # degrees within which two names may be those of one city
_SHARED = 0.65  # of a score in a list of places: one verb speaks for all of them
FILE = Path(__file__).with_name("data") / "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: bias, one weight for each feature, and the threshold of a yes."""

    bias: float
    weights: Mapping[str, float]
    threshold: float = 0.5

    def score(self, features: Mapping[str, float] | Sequence[str]) -> float:
        """Return the log-odds of a yes."""
        weights = self.weights
        if isinstance(features, tuple):  # most are: a class of one's own is asked faster than Mapping
            return self.bias + sum(map(weights.get, features, repeat(0.0)))
        if isinstance(features, Mapping):
            return self.bias + sum([weights.get(f, 0.0) * x for f, x in features.items()])
        return self.bias + sum(map(weights.get, features, repeat(0.0)))

    def reasons(
        self, features: Mapping[str, float] | Sequence[str], limit: int = 4
    ) -> tuple[tuple[str, float], ...]:
        """Return the features that count most, with what they add to the log-odds."""
        weights = self.weights
        if isinstance(features, Mapping):
            shares = [(f, weights[f] * x) for f, x in features.items() if x and f in weights]
        else:
            shares = [(f, weights[f]) for f in features if f in weights]
        return tuple(sorted(shares, key=lambda s: -abs(s[1]))[:limit])


@cache
def load_weights() -> Mapping[str, Weights]:
    """Read the learned weights: ``mention`` and ``place``.

    Raises
    ------
    LexiconError
        If the file cannot be read.
    """
    try:
        data = json.loads(FILE.read_text(encoding="utf-8"))
        return {name: Weights(m["bias"], m["weights"], m["threshold"]) for name, m in data["models"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(
            FILE.name, "whole file", f"cannot be read: {error!r}; run tests/train.py"
        ) from error


def probability(score: float) -> float:
    """Turn log-odds into a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True, slots=True)
class Group:
    """One place and all toponyms that mean it (indices, in text order)."""

    place: Place
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of one place.

    Parameters
    ----------
    group : Group
    mention_scores : tuple of float
        Log-odds of each member.
    score : float
        Log-odds of the place.
    visited : bool
    """

    group: Group
    mention_scores: tuple[float, ...]
    score: float
    visited: bool


def group_mentions(toponyms: Sequence[Toponym], places: Sequence[Place | None]) -> tuple[Group, ...]:
    """Put the mentions of one place together, in order of first mention.

    Adjectives ("Uzbek officials") are left out: they name people.
    """
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    where: dict[tuple[str, str], Place] = {}
    for k, (t, place) in enumerate(zip(toponyms, places, strict=True)):
        if place is None or t.form == "people":
            continue
        key = (
            place.source_id or "",
            place.name.casefold() if t.form in ("site", "unknown") or not place.source_id else "",
        )
        members[key].append(k)
        where.setdefault(key, place)
    groups = [Group(where[key], tuple(ks)) for key, ks in members.items()]
    return tuple(_merge_aliases(groups))


def _merge_aliases(groups: list[Group]) -> list[Group]:
    """Fold names of one city into one: Delhi and New Delhi, Ciudad de México and Mexico City."""
    out: list[Group] = []
    nearby: dict[tuple[str | None, int, int], list[int]] = defaultdict(list)
    for g in groups:
        if g.place.latitude is None or g.place.kind is not Kind.CITY:
            out.append(g)
            continue
        row, column = _square(g.place)
        around = [(row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)]
        for n in sorted({n for at in around for n in nearby.get((g.place.country, *at), ())}):
            other = out[n]
            if _same_city(g.place, other.place):
                keep = other.place if len(other.place.name) >= len(g.place.name) else g.place
                out[n] = Group(keep, tuple(sorted((*other.members, *g.members))))
                nearby[(g.place.country, *_square(keep))].append(n)
                break
        else:
            nearby[(g.place.country, row, column)].append(len(out))
            out.append(g)
    return out


def _square(place: Place) -> tuple[int, int]:
    """Return the square of the map that a place lies in: those of one city lie in squares that touch."""
    return math.floor((place.latitude or 0) / _NORTH), math.floor((place.longitude or 0) / _EAST)


def _same_city(a: Place, b: Place) -> bool:
    if (
        a.country != b.country
        or a.latitude is None
        or b.latitude is None
        or a.kind is not Kind.CITY
        or b.kind is not Kind.CITY
    ):
        return False
    x, y = sorted((a.name.casefold().split(), b.name.casefold().split()), key=len)
    near = abs(a.latitude - b.latitude) < _NORTH and abs((a.longitude or 0) - (b.longitude or 0)) < _EAST
    return near and (y[-len(x) :] == x or y[: len(x)] == x)


def mention_scores(contexts: Sequence[Context], weights: Weights) -> list[float]:
    """Score every mention; the members of one list of places share most of their score."""
    around = {c.sentence: c.around for c in contexts if c.around}
    told = {number: weights.score(words) - weights.bias for number, words in around.items()}
    own = [
        weights.score(c.features) + weights.score(c.beside) - weights.bias + told.get(c.sentence, 0.0)
        if c.beside
        else weights.score(c.features)
        for c in contexts
    ]
    rows: dict[int, list[int]] = defaultdict(list)
    for k, c in enumerate(contexts):
        if c.row >= 0:
            rows[c.row].append(k)
    out = list(own)
    for members in rows.values():
        mean = sum(own[k] for k in members) / len(members)
        for k in members:
            out[k] = (1 - _SHARED) * own[k] + _SHARED * mean
    return out


def best_scores(groups: Sequence[Group], scores: Sequence[float]) -> list[float]:
    """Return the best score among the mentions of each place."""
    return [max([scores[k] for k in g.members]) for g in groups]


def _scaled(score: float) -> float:
    """Bring log-odds to about -2 to 2."""
    return 2.0 if score > 6.0 else -2.0 if score < -6.0 else score / 3.0


@dataclass(frozen=True, slots=True)
class _Overview:
    """What the features of all places of a text share."""

    likely: int  # places that are more likely visited than not
    top: tuple[float, ...]  # the two best scores
    rows: Mapping[int, Sequence[int]]  # the mentions of each list of places
    areas: Mapping[int, Sequence[int]]  # the areas around each place
    ahead: int  # likely places that are told of as to come
    behind: int  # and as past


def _overview(
    groups: Sequence[Group],
    scores: Sequence[float],
    best_of: Sequence[float],
    contexts: Sequence[Context],
    inside: Mapping[int, Sequence[int]],
) -> _Overview:
    rows: dict[int, list[int]] = defaultdict(list)
    for k, c in enumerate(contexts):
        if c.row >= 0:
            rows[c.row].append(k)
    areas: dict[int, list[int]] = defaultdict(list)
    for m, held in inside.items():
        for n in dict.fromkeys(held):
            areas[n].append(m)
    told = [
        _told_as(contexts[max(g.members, key=scores.__getitem__)])
        for g, best in zip(groups, best_of, strict=True)
        if best > 0
    ]
    return _Overview(
        sum([s > 0 for s in best_of]),
        tuple(sorted(best_of)[:-3:-1]),
        rows,
        areas,
        told.count("ahead"),
        told.count("behind"),
    )


def _told_as(context: Context) -> str:
    """Tell whether a mention's clause speaks of what is to come or of what is past; empty for neither."""
    verb = context.verb
    if verb.tag is None or verb.tag.group not in _TRAVELS:
        return ""
    return "ahead" if verb.tense == "future" else "behind" if verb.tense in _PAST else ""


_TRAVELS = frozenset(["go", "arrive", "visit", "stay", "meet", "return", "perform"])
_PAST = frozenset(["past", "pluperfect", "perfect"])


def place_features(
    n: int,
    groups: Sequence[Group],
    scores: Sequence[float],
    best_of: Sequence[float],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    inside: Mapping[int, Sequence[int]],
    overview: _Overview | None = None,
) -> dict[str, float]:
    """Describe one place by all its mentions and its neighbours.

    Parameters
    ----------
    n : int
        Index of the place's group.
    groups : sequence of Group
    scores : sequence of float
        Log-odds of each toponym by the first step.
    best_of : sequence of float
        The best score of each group, see `best_scores`.
    toponyms, contexts : sequences
        In parallel with `scores`.
    inside : mapping of int to sequence of int
        For an area's group the groups of places inside it.
    overview : optional
        What all places of the text share, where many are asked for.

    Returns
    -------
    dict of str to float
        Named features; scores are scaled to about -2 to 2.
    """
    overview = overview or _overview(groups, scores, best_of, contexts, inside)
    members = groups[n].members
    best = max(members, key=scores.__getitem__)
    named = set().union(*[contexts[k].features for k in members])
    features = _own_features(groups[n], scores)
    features |= _list_features(members, scores, contexts, overview)
    features |= _neighbour_features(members, best, scores, toponyms)
    features |= _area_features(n, best_of, inside, overview)
    features |= _rank_features(n, best_of, overview)
    features |= _tense_features(best, best_of[n], contexts, overview)
    if not named.isdisjoint(_rules()):
        features |= {f: 1.0 for k in members for f in contexts[k].features if f in _rules()}
    features |= {b: 1.0 for f in contexts[best].features if (b := _of_the_best(f))}
    features |= _free_features(members, scores, contexts)
    if all(toponyms[k].part_of for k in members):
        features["always part of a name"] = 1.0
    features |= {f: 1.0 for f in _DATELINES if f in named}
    return features


@cache
def _rules() -> frozenset[str]:
    """Return the features which say that a rule fired, other than one about order."""
    return frozenset(f"rule:{rule.sense}" for rule in load_cue_rules() if rule.sense != "order")


@cache
def _of_the_best(feature: str) -> str:
    """Return what a telling feature of a place's best mention is called; empty for another."""
    return f"best {feature}" if feature.startswith(_TELLING) else ""


_DATELINES = ("dateline", "dateline of the writer", "told from there")


def _own_features(group: Group, scores: Sequence[float]) -> dict[str, float]:
    """Sum up the scores of a place's own mentions."""
    own = sorted([scores[k] for k in group.members], reverse=True)
    return {
        "best mention": _scaled(own[0]),
        "second mention": _scaled(own[1]) if len(own) > 1 else 0.0,
        "only one mention": float(len(own) == 1),
        "mentions against": sum([s < -1 for s in own]) / len(own),
        f"kind {group.place.kind}": 1.0,
        "first mention": _scaled(scores[group.members[0]]),
    }


def _list_features(
    members: Sequence[int], scores: Sequence[float], contexts: Sequence[Context], overview: _Overview
) -> dict[str, float]:
    """Say how likely the places are that stand in one list with a mention."""
    row: list[float] = []
    for k in members:
        if contexts[k].row >= 0:
            listed = overview.rows[contexts[k].row]
            near = listed[bisect_left(listed, k - 40) : bisect_right(listed, k + 40)]
            row += [scores[j] for j in near if j != k]
    if not row:
        return {}
    return {"its list": _scaled(sum(row) / len(row)), "its list, best": _scaled(max(row))}


def _neighbour_features(
    members: Sequence[int], best: int, scores: Sequence[float], toponyms: Sequence[Toponym]
) -> dict[str, float]:
    """Say how likely the other places named around the best mention are."""
    out = {}
    for side, near in (
        ("before", range(max(0, best - 3), best)),
        ("after", range(best + 1, min(len(scores), best + 4))),
    ):
        found = [scores[k] for k in near if k not in members and toponyms[k].form != "people"]
        out[f"places {side}"] = _scaled(sum(found) / len(found)) if found else 0.0
    return out


def _area_features(
    n: int, best_of: Sequence[float], inside: Mapping[int, Sequence[int]], overview: _Overview
) -> dict[str, float]:
    """Say how likely the places inside an area are, and the areas around a place."""
    out = {}
    within = [best_of[m] for m in inside.get(n, ())]
    if within:
        out["places inside it"] = _scaled(max(within))
        out["holds other places"] = 1.0
    around = overview.areas.get(n)
    if around:
        out["its area"] = _scaled(max([best_of[m] for m in around]))
        out["area is named"] = 1.0
    return out


def _rank_features(n: int, best_of: Sequence[float], overview: _Overview) -> dict[str, float]:
    """Compare a place with all others of the text."""
    own, others = best_of[n], len(best_of) - 1
    if not others:
        return {"only place": 1.0}
    top = overview.top[own == overview.top[0]]
    return {
        "share of other places visited": (overview.likely - (own > 0)) / others,
        "alone at the top": float(own >= top),
        "behind the best": _scaled(own - top),
    }


def _tense_features(
    best: int, score: float, contexts: Sequence[Context], overview: _Overview
) -> dict[str, float]:
    """Say whether a place is told of as past where the others are to come, and the other way round.

    "He visited Oslo last week and will leave for Rome": the trip that was is another one.
    """
    told = _told_as(contexts[best])
    ahead = overview.ahead - (told == "ahead" and score > 0)
    behind = overview.behind - (told == "behind" and score > 0)
    if told == "behind" and ahead > behind:
        dated = not {"day just gone", "day long ago"}.isdisjoint(contexts[best].features)
        return {"past by its day, and others to come" if dated else "past, and others to come": 1.0}
    if told == "ahead" and behind > ahead:
        return {"to come, and others past": 1.0}
    return {}


def _free_features(
    members: Sequence[int], scores: Sequence[float], contexts: Sequence[Context]
) -> dict[str, float]:
    """Say how many mentions nothing speaks against, and how likely the best of them is."""
    free = [k for k in members if not _speaks_against(contexts[k])]
    out = {"mentions that speak against it": 1.0 - len(free) / len(members)}
    if free:
        out["best free mention"] = _scaled(max([scores[k] for k in free]))
    else:
        out["every mention speaks against it"] = 1.0
    return out


_AGAINST = frozenset(
    "governed by a noun|rule:cancelled|rule:past|area of a place|dateline only|negated|"
    "owner of something|owner of topic|owner of person|before noun topic|before noun person|"
    "day long ago|part of person|part of organisation|part of event|prep:including|prep:with|"
    "prep:between|prep:against|prep:regarding|prep:like|prep:than|prep:about|subject:other+go|subject:other+be|"
    "subject:other+arrive|subject:other+visit|subject:other+depart|subject:other+return|"
    "somebody from there|within quotation marks|the trip is called off".split("|")
)


def _speaks_against(context: Context) -> bool:
    """Tell whether the words around a mention are those of topics, memories or others' places."""
    return not _AGAINST.isdisjoint(context.features)


# What no weight may overrule: where a verb says that somebody else is, the traveller is not; a hall is no
# town, and who writes from a capital is not on the trip.
VETOES = ("said of another", "dateline of the writer", "behind a dash in a dated line, small")

_WITHOUT_TRAVEL = 0.6  # how likely a visit must be in a text that has no word of travel
_WITHOUT_ANYBODY = 0.9  # and where nobody tells of himself, either

_TELLING = (
    "prep:",
    "head:",
    "verb:",
    "subject:",
    "line:",
    "next:",
    "in a",
    "date",
    "kind:",
    "form:",
    "governed",
    "opens",
    "size:",
    "another",
    "headline",
    "part of",
)


def judge(
    groups: Sequence[Group],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    inside: Mapping[int, Sequence[int]],
    weights: Mapping[str, Weights] | None = None,
) -> tuple[Judgement, ...]:
    """Judge every place of a text.

    Returns
    -------
    tuple of Judgement
        In the order of `groups`.
    """
    weights = weights or load_weights()
    scores = mention_scores(contexts, weights["mention"])
    best_of = best_scores(groups, scores)
    threshold = weights["place"].threshold
    if any("nobody travels" in c.features for c in contexts):
        alone = any("nobody tells of himself" in c.features for c in contexts)
        threshold = max(threshold, _WITHOUT_ANYBODY if alone else _WITHOUT_TRAVEL)
    out = []
    overview = _overview(groups, scores, best_of, contexts, inside)
    for n, group in enumerate(groups):
        features = place_features(n, groups, scores, best_of, toponyms, contexts, inside, overview)
        score = weights["place"].score(features)
        visited = probability(score) >= threshold and not _is_vetoed(group, contexts)
        out.append(Judgement(group, tuple([scores[k] for k in group.members]), score, visited))
    least = math.log(threshold / (1 - threshold)) - _ANNOUNCED if threshold < 1 else math.inf
    return tuple(_with_announced(_without_memories(out, contexts), inside, contexts, least))


def _with_announced(
    judged: list[Judgement],
    inside: Mapping[int, Sequence[int]],
    contexts: Sequence[Context],
    least: float,
) -> list[Judgement]:
    """Keep a country that the traveller plainly goes to: as its likeliest place, else by itself.

    "She will fly to Peru. The meeting opens in Lima": the country is announced, and its town named later.
    Log-odds under `least` stay what they are.
    """
    for n, j in enumerate(judged):
        within = inside.get(n, ())
        if j.visited or j.group.place.kind is not Kind.COUNTRY or any(judged[m].visited for m in within):
            continue
        if any(_goes_there(contexts[k]) for k in j.group.members):
            towns = [m for m in within if judged[m].group.place.kind is not Kind.REGION]
            likely = [m for m in (*towns, n) if judged[m].score > least]
            free = [m for m in likely if not _is_vetoed(judged[m].group, contexts)]
            if free:
                best = max(free, key=lambda m: (m != n, judged[m].score))
                judged[best] = replace(judged[best], visited=True)
    return judged


def _goes_there(context: Context) -> bool:
    """Tell whether the traveller is plainly said to go to a place: "will then fly to", "before going to"."""
    head, features = context.head, context.features
    if head.tag is None or head.tag.part != "verb" or head.tag.group != "go" or head.preposition != "to":
        return False
    if head.negated or head.modal or head.conditional or "head near" not in features:
        return False
    against = any(f.startswith("rule:") and f != "rule:order" for f in features) or "day long ago" in features
    return "subject:traveller" in features and not against and not _speaks_against(context)


_ANNOUNCED = 2.6  # log-odds that a country's being announced adds to its towns, and to itself


def _is_vetoed(group: Group, contexts: Sequence[Context]) -> bool:
    """Tell whether every mention of a place has the same feature that no weight may overrule."""
    common = set(VETOES)
    for k in group.members:
        common.intersection_update(contexts[k].features)
        if not common:
            return False
    return True


def _without_memories(judged: Sequence[Judgement], contexts: Sequence[Context]) -> list[Judgement]:
    """Take back visits that are dated long ago where those of the trip are to come."""

    def dated(j: Judgement, when: str) -> bool:
        return any(when in contexts[k].features for k in j.group.members)

    if not any(j.visited and dated(j, "day to come") for j in judged):
        return list(judged)
    return [
        replace(j, visited=False)
        if j.visited and all("day long ago" in contexts[k].features for k in j.group.members)
        else j
        for j in judged
    ]
