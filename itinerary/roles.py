"""Tell what each stay is to the trip: its origin, a stop, a change on the way, or the way home's end.

A linear model over named features decides, one set of weights for each role; another set tells day trips
from the stays that hold them. ``tests/train_roles.py`` learned the weights in ``data/role_weights.json``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from itinerary.cues import Context, Cue
from itinerary.dating import Bounds
from itinerary.errors import LexiconError
from itinerary.model import Evidence, Role
from itinerary.route import Stay
from itinerary.sentences import Document
from itinerary.toponyms import Toponym
from itinerary.visits import Weights

__all__ = [
    "Outline",
    "assign_roles",
    "base_features",
    "find_bases",
    "load_role_weights",
    "outline_of",
    "role_features",
    "roles_open",
    "stay_words",
]

FILE = Path(__file__).with_name("data") / "role_weights.json"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words beside a place that tell what the traveller does there, by what they have in common.
_CLASSES = {
    "home": "home homeward homewards homebound back return returns returned returning",
    "fuel": "fuel fuels fuelling refuel refuels refuelled refueled refuelling refueling gas coal coals "
    "coaled coaling bunker bunkers bunkering oil",
    "change": "change changes changing changed connect connects connecting connection connections transfer "
    "transfers transferring transferred switch switches switching",
    "wait": "wait waits waiting waited lounge minutes hr hrs hour hours stranded delayed",
    "halt": "layover layovers stopover stopovers pause pauses pausing halt halts halted technical "
    "interrupted breaking diverted touches touching",
    "port": "airport airfield airbase terminal harbour harbor port ferry plane planes aircraft liner hangar",
    "night": "overnight night nights sleep sleeps slept bed",
    "landing": "land lands landing landed touch touched put puts down",
    "start": "leave leaves leaving left depart departs departing departed departure dep dep. set sets start "
    "starts starting started begin begins began embark embarks embarked embarking embarkation board boards "
    "boarded cast sail sails sailed",
    "packing": "pack packed packing packs load loaded loading goodbye goodbyes farewell farewells keys road",
    "end": "disembark disembarks disembarked disembarkation end ends ending ended finish finishes finished "
    "arrive arrives arrived arriving arrival arr arr. reach reaches reached",
    "little": "only just briefly brief short quick",
    "meal": "lunch coffee supper",
    "on": "onward onwards next continue continues continuing continued proceed",
    "trip": "day-trip excursion excursions side outing evening afternoon morning day",
    "again": "again",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}
_KEPT = ("rule:", "verb:", "prep:")  # not "rule id:", which says the same again
_KEPT_WHOLE = frozenset(
    {"dateline", "headline", "first sentence", "at the end", "governed by a noun", "negated"}
)
_PORTS = _words("airport airfield airbase base field terminal quay harbour harbor port station pier dock")
_VEHICLES = _words("plane planes train trains aircraft flight flights bus buses boat boats ship ships ferry")
_TOURS = _words("tour walk stroll motorcade parade drive swing trip game trek")
_DAY_TRIP = frozenset(
    {"rule:day trip", "home behind", "home before", "trip before", "trip behind", "not stopping"}
)
_NOT = _words("not no without never don’t don't didn’t didn't won’t won't do")
_HALTS = ("fuel", "change", "halt", "wait", "port")
_DOING = frozenset({"meet", "visit", "perform", "stay", "event"})
_SENSES = {Role.ORIGIN: "origin", Role.RETURN: "return", Role.TRANSIT: "transit"}
_SPEAKING = {
    Role.ORIGIN: (("start",), "the trip starts there"),
    Role.RETURN: (("home",), "the way home ends there"),
    Role.TRANSIT: (("fuel", "change", "halt", "wait"), "a halt on the way"),
}
_PORTS = _words("airport airfield airbase base field terminal quay harbour harbor port station pier dock")
_ORIGIN_BY = 2  # a trip's origin is among the first places read
_BEFORE, _AFTER = 8, 7  # tokens
_AHEAD = 60  # tokens of the sentence; a list of thousands of places is one sentence, too


@cache
def load_role_weights() -> Mapping[str, Weights]:
    """Read the learned weights: one set for each role, and ``day trip``.

    Raises
    ------
    LexiconError
        If the file cannot be read.
    """
    try:
        data = json.loads(FILE.read_text(encoding="utf-8"))
        return {name: Weights(m["bias"], m["weights"]) for name, m in data["models"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(
            FILE.name, "whole file", f"cannot be read: {error!r}; run tests/train_roles.py"
        ) from error


def assign_roles(
    stays: Sequence[Stay],
    doc: Document,
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    cues: Sequence[Cue],
    bounds: Sequence[Bounds],
    weights: Mapping[str, Weights] | None = None,
) -> None:
    """Set the role of each stay and the base of each day trip, in place.

    Parameters
    ----------
    stays : sequence of Stay
        In travel order.
    doc : Document
    toponyms, contexts : sequences in parallel
    cues : sequence of Cue
    bounds : sequence of Bounds
        In parallel with `stays`.
    weights : mapping of str to Weights, optional
        Those of `load_role_weights` if none are given.
    """
    weights = weights or load_role_weights()
    words = stay_words(stays, doc, toponyms, contexts)
    fired, outline = _fired(cues), outline_of(stays)
    for n, stay in enumerate(stays):
        features = role_features(n, stays, words[n], bounds, outline)
        stay.role = max(roles_open(n), key=lambda role: weights[role].score(features))
        evidence = _role_evidence(stay, fired, doc, toponyms, contexts)
        if evidence is not None:
            stay.evidence.append(evidence)
    find_bases(stays, words, toponyms, bounds, weights)


def roles_open(n: int) -> tuple[Role, ...]:
    """Return the roles that a stay can have by its index alone: a trip starts only once."""
    if n == 0:
        return (Role.STOP, Role.ORIGIN, Role.TRANSIT)
    if n < _ORIGIN_BY:
        return (Role.STOP, Role.ORIGIN, Role.TRANSIT, Role.RETURN)
    return (Role.STOP, Role.TRANSIT, Role.RETURN)


# -- words around a place ----------------------------------------------------------------------


def _window(
    k: int, doc: Document, toponyms: Sequence[Toponym], contexts: Sequence[Context]
) -> tuple[range, range]:
    """Return the tokens before and behind a toponym, no farther than its neighbours or its sentence."""
    t, sentence = toponyms[k], doc.sentences[contexts[k].sentence]
    end = toponyms[t.container].last if t.container is not None else t.last
    low, high = max(sentence.first, t.first - _BEFORE), min(sentence.last, end + _AFTER)
    if k and toponyms[k - 1].form != "people":
        low = max(low, min(toponyms[k - 1].last, t.first))
    for other in toponyms[k + 1 : k + 3]:
        if other.first >= end and other.form != "people":
            high = min(high, other.first)
            break
    return range(low, t.first), range(end, max(end, high))


def _words_beside(
    k: int, doc: Document, toponyms: Sequence[Toponym], contexts: Sequence[Context]
) -> Iterator[tuple[str, int]]:
    """Yield the classes of the words beside a toponym, with their side, and where they stand."""
    for side, tokens in zip(("before", "behind"), _window(k, doc, toponyms, contexts), strict=True):
        for i in tokens:
            name = _CLASS_OF.get(doc.lower[i])
            if name:
                yield f"{name} {side}", i


# -- features -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outline:
    """Where each place group comes first and last in the trip, and the groups of each country."""

    first: Mapping[int, int]
    last: Mapping[int, int]
    countries: Mapping[str, set[int]]


def outline_of(stays: Sequence[Stay]) -> Outline:
    """Note where the places of a trip come first and last."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    countries: dict[str, set[int]] = defaultdict(set)
    for n, stay in enumerate(stays):
        first.setdefault(stay.group, n)
        last[stay.group] = n
        if stay.place.country:
            countries[stay.place.country].add(stay.group)
    return Outline(first, last, countries)


def stay_words(
    stays: Sequence[Stay], doc: Document, toponyms: Sequence[Toponym], contexts: Sequence[Context]
) -> list[frozenset[str]]:
    """Describe each stay by the words around all its mentions, as named features.

    Returns
    -------
    list of frozenset of str
        In parallel with `stays`.
    """
    out = []
    for stay in stays:
        words: set[str] = set()
        for k in stay.mentions:
            words |= _mention_features(k, doc, toponyms, contexts)
        if all(contexts[k].head.preposition == "from" for k in stay.mentions):
            words.add("only named with from")
        if not any(tag.group in _DOING for k in stay.mentions if (tag := contexts[k].verb.tag)):
            words.add("nothing done there")
        out.append(frozenset(words))
    return out


def role_features(
    n: int,
    stays: Sequence[Stay],
    words: frozenset[str],
    bounds: Sequence[Bounds],
    outline: Outline | None = None,
) -> list[str]:
    """Describe one stay by its words, its place in the trip and its days.

    Parameters
    ----------
    n : int
        Its index in `stays`.
    stays : sequence of Stay
        In travel order.
    words : frozenset of str
        What `stay_words` found for it.
    bounds : sequence of Bounds
        In parallel with `stays`.
    outline : Outline, optional
        That of `stays`, if it is at hand.

    Returns
    -------
    list of str
        Sorted. Those that begin with ``sign:`` sum up others and carry most of the weight.
    """
    days, position = _date_features(n, bounds), _position_features(n, stays, outline or outline_of(stays))
    out = {*words, *days, *position, *_halt_signs(words), *_home_signs(n, len(stays), words)}
    out |= _start_signs(n, words)
    if n < _ORIGIN_BY and {"first, same place as the last", "middle, same place as the last"} & position:
        out.add("sign: ends there too")
    if "last, same place as the first" in position:
        out.add("sign: started there too")
    if "nothing done there" in words and "same day as the stop behind" in days:
        out.add("sign: on again the same day")
    return sorted(out)


def _plain_halt(words: frozenset[str]) -> bool:
    return bool({"fuel before", "fuel behind", "halt before", "halt behind"} & words) or bool(
        {"changes there", "not stopping", "by way of it"} & words
    )


def _halt_signs(words: frozenset[str]) -> set[str]:
    """Sum up what speaks for a change or a halt on the way."""
    out = set()
    halts = {c for c in _HALTS if f"{c} before" in words or f"{c} behind" in words}
    ways = {"by way of it", "through it", "named as a port", "not stopping"} & words
    if halts:
        out.add("sign: a halt on the way")
    if ways:
        out.add("sign: passed through")
    if len(halts) + len(ways) > 1:
        out.add("sign: on the way, twice told")
    if _plain_halt(words):
        out.add("sign: plainly on the way")
    return out


def _home_signs(n: int, count: int, words: frozenset[str]) -> set[str]:
    """Sum up what speaks for the end of the way home."""
    home = {"home before", "home earlier in the sentence"} & words
    if home and (_plain_halt(words) or "through it" in words):
        return {"sign: on the way home"}
    if not home and not {"rule:return", "verb:return"} & words:
        return set()
    where = "last" if n >= count - 1 else "before last" if n == count - 2 else "earlier"
    plain = {f"sign: plainly homeward, {where}"} if {"home before", "rule:return"} <= words else set()
    return {f"sign: homeward, {where}", *plain}


def _start_signs(n: int, words: frozenset[str]) -> set[str]:
    """Sum up what speaks for the start of the trip."""
    starts = {"start before", "rule:origin", "verb:depart", "start behind"} & words
    starts |= {"packing before", "packing behind"} & words
    if n >= _ORIGIN_BY or not starts or {"prep:to", "prep:for"} & words:
        return set()
    out = {"sign: starts there" if n == 0 else "sign: starts there, second"}
    if {"only named with from", "start before"} & words:
        out.add("sign: plainly starts there")
        if n == 0 and "nothing done there" in words and "verb:arrive" not in words:
            out.add("sign: only left")
    return out


def _where(n: int, count: int) -> str:
    return "first" if n == 0 else "last" if n == count - 1 else "middle"


def _mention_features(
    k: int, doc: Document, toponyms: Sequence[Toponym], contexts: Sequence[Context]
) -> set[str]:
    """Keep what speaks for a role of all that is known of a mention."""
    out = {f for f in contexts[k].features if f in _KEPT_WHOLE or (f.startswith(_KEPT) and _is_simple(f))}
    out |= {name for name, _ in _words_beside(k, doc, toponyms, contexts)}
    t, sentence = toponyms[k], doc.sentences[contexts[k].sentence]
    end = toponyms[t.container].last if t.container is not None else t.last
    ahead = doc.lower[max(sentence.first, t.first - _AHEAD) : t.first]
    if any(_CLASS_OF.get(w) == "home" for w in ahead):
        out.add("home earlier in the sentence")
    if any(_CLASS_OF.get(w) == "start" for w in ahead):
        out.add("start earlier in the sentence")
    if _PORTS & set(doc.lower[t.first : end + 1]):
        out.add("named as a port")
    if "via" in ahead[-2:] or tuple(ahead[-3:]) == ("by", "way", "of"):
        out.add("by way of it")
    elif "through" in ahead[-2:] and not set(ahead[-6:]) & _TOURS:
        out.add("through it")
    if _changes_there(ahead, doc.lower[end : min(end + 6, sentence.last)]):
        out.add("changes there")
    if set(doc.lower[end : end + 6]) & {"stop", "stopping"} and set(doc.lower[end : end + 5]) & _NOT:
        out.add("not stopping")
    return out


def _changes_there(ahead: Sequence[str], following: Sequence[str]) -> bool:
    """Tell "changing planes in X", "change at X" and "X, change to the train" from a change of plan."""
    for n, word in enumerate(ahead[-6:]):
        if _CLASS_OF.get(word) == "change" and (
            set(ahead[-6:][n + 1 :]) & _VEHICLES or n >= len(ahead[-6:]) - 2
        ):
            return True
    change = next((n for n, word in enumerate(following) if _CLASS_OF.get(word) == "change"), None)
    return change is not None and not set(following[:change]) & {".", ";", "and"}


def _is_simple(feature: str) -> bool:
    """Leave out features that join two others, but for verbs with prepositions and tenses."""
    return "+" not in feature or feature.startswith("verb:")


def _position_features(n: int, stays: Sequence[Stay], outline: Outline) -> set[str]:
    """Tell where in the trip a stay stands, and whether its place comes again."""
    stay, count = stays[n], len(stays)
    out = {"only" if count == 1 else "first" if n == 0 else "last" if n == count - 1 else "middle"}
    if n == 1:
        out.add("second")
    if 0 < n == count - 2:
        out.add("before last")
    out.add("short trip" if count <= 3 else "long trip" if count > 7 else "middling trip")
    earlier = outline.first[stay.group] < n
    later = outline.last[stay.group] > n
    if earlier:
        out |= {"was there before", f"{_where(n, count)}, was there before"}
    if later:
        out |= {"comes there again", f"{_where(n, count)}, comes there again"}
    if n and stays[0].group == stay.group:
        out.add(f"{_where(n, count)}, same place as the first")
    if n < count - 1 and stays[-1].group == stay.group:
        out.add(f"{_where(n, count)}, same place as the last")
    if stay.again:
        out.add("said to come again")
    if stay.place.country and outline.countries[stay.place.country] == {stay.group}:
        out.add(f"{_where(n, count)}, alone in its country")
    out.add(f"named {min(len(stay.mentions), 3)} times")
    return out


def _date_features(n: int, bounds: Sequence[Bounds]) -> set[str]:
    """Tell what is known of the days of a stay and of its neighbours."""
    b = bounds[n]
    out = {"no days of its own" if b.span is None else "days of its own"}
    if b.nights is not None:
        out.add("nights stated" if b.nights > 1 else "one night")
    if b.depart is not None and b.arrive is None and not b.present:
        out.add("only leaves on a day")
    if b.span is not None:
        out.add("one day" if b.span[0] == b.span[1] else "several days")
        for m, name in ((n - 1, "before"), (n + 1, "behind")):
            other = bounds[m].span if 0 <= m < len(bounds) else None
            if other is not None and other[0] <= b.span[1] and b.span[0] <= other[1]:
                out.add(f"same day as the stop {name}")
    return out


# -- evidence -----------------------------------------------------------------------------------


def _fired(cues: Sequence[Cue]) -> dict[int, dict[str, Evidence]]:
    """List for each toponym the senses of the rules that fired on it, with their words."""
    out: dict[int, dict[str, Evidence]] = defaultdict(dict)
    for cue in cues:
        for k in cue.about:
            out[k].setdefault(cue.rule.sense, cue.evidence)
    return out


def _role_evidence(
    stay: Stay,
    fired: Mapping[int, Mapping[str, Evidence]],
    doc: Document,
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
) -> Evidence | None:
    """Quote the words that speak for the role of a stay: a rule's, else from a telling word to the place."""
    if stay.role is Role.STOP:
        return None
    for k in stay.mentions:
        found = fired.get(k, {}).get(_SENSES[stay.role])
        if found is not None:
            return Evidence(found.span, found.quote, found.rule, "role")
    classes, rule = _SPEAKING[stay.role]
    for k in stay.mentions:
        for name, i in _words_beside(k, doc, toponyms, contexts):
            if name.split()[0] in classes:
                first, last = min(i, toponyms[k].first), max(i + 1, toponyms[k].last)
                return Evidence(doc.span(first, last), doc.quote(first, last), rule, "role")
    return None


# -- day trips ----------------------------------------------------------------------------------


def find_bases(
    stays: Sequence[Stay],
    words: Sequence[frozenset[str]],
    toponyms: Sequence[Toponym],
    bounds: Sequence[Bounds],
    weights: Mapping[str, Weights] | None = None,
) -> None:
    """Set `inside` of each stay that is a day trip to the index of its base, in place.

    Parameters
    ----------
    stays : sequence of Stay
        In travel order, with their roles.
    words : sequence of frozenset of str
        What `stay_words` found for each.
    toponyms : sequence of Toponym
    bounds : sequence of Bounds
    weights : mapping of str to Weights, optional
    """
    model = (weights or load_role_weights())["day trip"]
    base = 0
    for n in range(1, len(stays)):
        features = base_features(n, base, stays, words[n], toponyms, bounds)
        if stays[n].role is Role.STOP and features and model.score(features) > 0:
            stays[n].inside = base
        else:
            base = n


def base_features(
    n: int,
    base: int,
    stays: Sequence[Stay],
    words: frozenset[str],
    toponyms: Sequence[Toponym],
    bounds: Sequence[Bounds],
) -> list[str]:
    """Describe a stay as a day trip from an earlier one, the base.

    Returns
    -------
    list of str
        Sorted; empty if both are the same place.
    """
    stay, home = stays[n], stays[base]
    if stay.group == home.group:
        return []
    following = bounds[n + 1] if n + 1 < len(stays) else None
    out = {*(words & _DAY_TRIP), *_base_words(stay, home, toponyms), *_distance(stay, home)}
    out |= _base_days(bounds[n], bounds[base], following)
    out |= {f"base kind {home.place.kind}", f"base role {home.role}"}
    if "verb:stay" in words or {"night before", "night behind"} & words or "nights of its own" in out:
        out.add("the night is spent there")
    if n == len(stays) - 1:
        out.add("last")
    elif stays[n + 1].group == home.group:
        out.add("the base is the next stop")
    if n - base > 1:
        out.add("another day trip came before")
    if stay.place.country != home.place.country:
        out.add("another country")
    return sorted(out | _base_signs(out))


def _base_signs(features: set[str]) -> set[str]:
    """Sum up what speaks for a day trip."""
    out = set()
    near = {"beside the base", "near the base"} & features
    if near and "base has nights" in features and "nights of its own" not in features:
        out.add("sign: near a base of several nights")
    if near and {"trip before", "trip behind"} & features and "several days" not in features:
        out.add("sign: near the base, part of a day")
    signs = {"rule:day trip", "within the days of the base", "base named before and behind"} & features
    if len(signs) > 1 or (near and signs):
        out.add("sign: a day trip, twice told")
    return out


def _base_words(stay: Stay, home: Stay, toponyms: Sequence[Toponym]) -> set[str]:
    """Tell how the base is named around a stay."""
    first, last = toponyms[stay.mentions[0]].first, toponyms[stay.mentions[-1]].last
    out = set()
    behind = [toponyms[k].first - last for k in home.mentions if toponyms[k].first >= last]
    ahead = [first - toponyms[k].first for k in home.mentions if toponyms[k].first < first]
    if behind:
        out.add("base named right behind" if min(behind) < 15 else "base named behind")
        if ahead:
            out.add("base named before and behind")
    if ahead:
        out.add("base named close before" if min(ahead) < 25 else "base named before")
    return out


def _base_days(own: Bounds, home: Bounds, following: Bounds | None) -> set[str]:
    """Compare the days of a stay with those of its base."""
    out = set()
    if home.nights is not None and home.nights > 1:
        out.add("base has nights")
    if own.nights is not None:
        out.add("nights of its own")
    mine, theirs = own.span, home.span
    if mine is None:
        return out | {"no days of its own"}
    if mine[0] != mine[1]:
        out.add("several days")
    if theirs is not None:
        end = max(theirs[1], theirs[0] + (home.nights or 0))
        if theirs[0] <= mine[0] and mine[1] < end:
            out.add("within the days of the base")
        elif mine[0] == mine[1] == end:
            out.add("on the last day of the base")
        elif mine[0] > end:
            out.add("after the days of the base")
    if following is not None and following.span is not None:
        out.add("next stop the same day" if following.span[0] == mine[1] else "next stop another day")
    return out


def _distance(stay: Stay, home: Stay) -> set[str]:
    """Tell roughly how far a stay is from its base."""
    a, b = stay.place, home.place
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return {"distance unknown"}
    degrees = max(abs(a.latitude - b.latitude), abs(a.longitude - b.longitude) * 0.7)
    return {"beside the base" if degrees < 0.4 else "near the base" if degrees < 1.2 else "far from the base"}
