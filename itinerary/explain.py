"""Explain what was made of a text: every place, every date, the order and the day of publication.

`explain` gathers the reasons, `dumps` writes them for a reader, `to_json` with their weights. The words are
those of `itinerary.reasons`, which the notes of the page and the table use as well.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from itinerary import reader, route, visits
from itinerary.formats.text import day, when
from itinerary.model import Basis, Itinerary, Mention, Reading, Span, Stop
from itinerary.reasons import ORDINARY, VERDICTS, feature_words, place_words, return_words, strength_words
from itinerary.table import country_name
from itinerary.timex import Timex, TimexKind

__all__ = ["DateNote", "Explanation", "OrderNote", "PlaceNote", "Sign", "dumps", "explain", "to_json"]

Json = dict[str, Any]

_SIDE = 4  # signs shown for and against
_LEAST = 0.1  # log-odds below which a sign decides nothing
COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for or against: words, the features behind them and what they weigh.

    Parameters
    ----------
    words : str
    weight : float
        Log-odds; above nothing it speaks for a stop.
    features : tuple of str
    """

    words: str
    weight: float
    features: tuple[str, ...]

    @property
    def is_ordinary(self) -> bool:
        """True of what holds for most places, and so tells a reader nothing."""
        return ORDINARY.issuperset(self.features)


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """One mention of a place, and why it is a stop or not.

    Parameters
    ----------
    mention : Mention
        With verdict, reason and the words around it.
    stops : tuple of int
        Numbers of the stops that it names, from 1.
    score : float
        Log-odds by the words around this mention, those of its list included.
    here : tuple of Sign
        What the words around it say.
    first : int
        Index of the first mention of the same place.
    whole_score : float or None
        Log-odds of the place by all its mentions; None for what names no place.
    whole : tuple of Sign
    again : tuple of Sign
        What tells whether a place named again is a new stay; empty if nothing was to tell.
    again_score : float or None
    vetoes : tuple of str
        What no weight overrules, in words.
    """

    mention: Mention
    stops: tuple[int, ...]
    score: float
    here: tuple[Sign, ...]
    first: int
    whole_score: float | None = None
    whole: tuple[Sign, ...] = ()
    again_score: float | None = None
    again: tuple[Sign, ...] = ()
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateNote:
    """One date expression: how it was read, and of which stops it tells the days."""

    timex: Timex
    value: str
    stops: tuple[int, ...]
    use: str


@dataclass(frozen=True, slots=True)
class OrderNote:
    """Why one stop comes before another: numbers of both, the words if there are any, and what they are."""

    before: int
    after: int
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All reasons for what was made of one text."""

    itinerary: Itinerary
    published: str
    places: tuple[PlaceNote, ...]
    dates: tuple[DateNote, ...]
    order: tuple[OrderNote, ...]
    unused: tuple[str, ...]


def explain(text: str, published: date | str | None = None, *, traveller: str | None = None) -> Explanation:
    """Read a text and say why it was read so.

    Parameters
    ----------
    text, published, traveller
        As for `itinerary.reader.read`, which raises the same errors.
    """
    trip = reader.read(text, published, traveller=traveller)
    given = trip.published if trip.published_basis == "given" else None
    analysis = reader.analyse(text, given, traveller)
    return Explanation(
        trip,
        _published(trip, analysis),
        tuple(_places(trip, analysis)),
        tuple(_dates(trip, analysis)),
        tuple(_order(trip)),
        tuple(issue.message for issue in trip.issues if issue.code in ("order-conflict", "date-conflict")),
    )


def _published(trip: Itinerary, analysis: reader.Analysis) -> str:
    if trip.published is None and trip.published_basis != "unknown":
        return f"{trip.published_basis}: dates that need the very day stay open"
    if trip.published is None:
        return "unknown: dates that need it stay open"
    words = {
        "given": "as given",
        "dateline": "found in the dateline",
        "header": "found in the head of the text",
        "dated text": "found in a dated line",
    }.get(trip.published_basis, f"by its {trip.published_basis}")
    quote = f": “{analysis.published_span.of(trip.text)}”" if analysis.published_span else ""
    return f"{day(trip.published)}, {words}{quote}"


# Places ------------------------------------------------------------------------------------------


def _places(trip: Itinerary, a: reader.Analysis) -> Iterator[PlaceNote]:
    models = visits.load_weights()
    judged = visits.judge(a.groups, a.toponyms, a.contexts, a.inside)
    scores = visits.mention_scores(a.contexts, models["mention"])
    best_of = visits.best_scores(a.groups, scores)
    group_of = {k: n for n, g in enumerate(a.groups) for k in g.members}
    again = _again(judged, a)
    stops_of: dict[int, list[int]] = {}
    for number, stop in enumerate(trip.stops, 1):
        for k in stop.mentions:
            stops_of.setdefault(k, []).append(number)
    for k, mention in enumerate(trip.mentions):
        here = _signs(models["mention"], dict.fromkeys(a.contexts[k].everything, 1.0), _here)
        n = group_of.get(k)
        if n is None:
            yield PlaceNote(mention, tuple(stops_of.get(k, ())), scores[k], here, k)
            continue
        features = visits.place_features(n, a.groups, scores, best_of, a.toponyms, a.contexts, a.inside)
        yield PlaceNote(
            mention,
            tuple(stops_of.get(k, ())),
            scores[k],
            here,
            a.groups[n].members[0],
            judged[n].score,
            _signs(models["place"], features, place_words),
            *_again_signs(models["return"], again.get(k)),
            vetoes=tuple(
                feature_words(veto)
                for veto in visits.VETOES
                if all(veto in a.contexts[m].features for m in a.groups[n].members)
            ),
        )


def _here(feature: str, _value: float) -> str:
    return feature_words(feature)


def _again(judged: Sequence[visits.Judgement], a: reader.Analysis) -> dict[int, Mapping[str, float]]:
    """Describe the mentions at which a stop is named again with other places between."""
    visited = {n for n, j in enumerate(judged) if j.visited}
    folded = {n for n in visited if visited.intersection(a.inside.get(n, ()))}
    events = route.stay_events(judged, visited - folded)
    found: dict[int, Mapping[str, float]] = {}
    for i, (k, _) in enumerate(events):
        features = route.return_features(i, events, a.doc, a.toponyms, a.contexts, a.timexes, judged)
        if features is not None:
            found[k] = features
    return found


def _again_signs(
    model: visits.Weights, features: Mapping[str, float] | None
) -> tuple[float | None, tuple[Sign, ...]]:
    if features is None:
        return None, ()
    return model.score(features), _signs(model, features, lambda f, _: return_words(f))


def _signs(
    model: visits.Weights, features: Mapping[str, float], words: Callable[[str, float], str]
) -> tuple[Sign, ...]:
    """Put what a model weighs into words, the heaviest first; what reads alike is one sign."""
    shares: dict[str, list[tuple[str, float]]] = {}
    for feature, value in features.items():
        share = model.weights.get(feature, 0.0) * value
        if share:
            shares.setdefault(words(feature, value) or f"“{feature}”", []).append((feature, share))
    signs = [
        Sign(told, sum(s for _, s in found), tuple(f for f, _ in found)) for told, found in shares.items()
    ]
    return tuple(sorted(signs, key=lambda s: -abs(s.weight)))


# Dates -------------------------------------------------------------------------------------------

_BASES = {
    Basis.STATED: "as written",
    Basis.RELATIVE: "counted from the day of publication",
    Basis.INFERRED: "inferred",
}
_ENDS = {"arrive": "the days", "depart": "the last day"}


def _dates(trip: Itinerary, a: reader.Analysis) -> Iterator[DateNote]:
    for x in a.timexes:
        told = _told(trip, x)
        use = _use(trip, x, told, a.published_span)
        for other in trip.others if not told else ():
            elsewhere = _told(other, x)
            if elsewhere:
                use = f"another trip, {_whose(other)}: {_use(other, x, elsewhere, None)}"
                break
        yield DateNote(x, _value(x), tuple(dict.fromkeys(number for number, _ in told)), use)


def _told(trip: Itinerary, x: Timex) -> list[tuple[int, str]]:
    """List the stops of which a date tells the days: numbers, and which end of the stay."""
    return [
        (number, proof.about)
        for number, stop in enumerate(trip.stops, 1)
        for proof in stop.evidence
        if proof.about in _ENDS and proof.span.overlaps(x.span)
    ]


def _whose(trip: Itinerary) -> str:
    return f"that of {trip.traveller}" if trip.traveller else "whose is not said"


def _use(trip: Itinerary, x: Timex, told: Sequence[tuple[int, str]], published: Span | None) -> str:
    """Say what a date was taken for."""
    if not told:
        return "the day of publication" if published and published.overlaps(x.span) else "no stop"
    numbers = list(dict.fromkeys(number for number, _ in told))
    if len(numbers) > 1 and len(numbers) == len(trip.stops):
        return "the whole trip"
    if len(numbers) > 1:
        return f"the days of stops {_listed([str(n) for n in numbers])}"
    if x.kind is TimexKind.DURATION:
        return f"the length of stop {numbers[0]}, {trip.stops[numbers[0] - 1].place.name}"
    ends = {about for _, about in told}
    what = _ENDS[ends.pop()] if len(ends) == 1 else "the days"
    return f"{what} of stop {numbers[0]}, {trip.stops[numbers[0] - 1].place.name}"


def _value(x: Timex) -> str:
    """Write the days of an expression as they were understood."""
    if x.kind is TimexKind.DURATION:
        count, unit = (x.nights, "night") if x.nights is not None else (x.days, "day")
        return "a length of time" if count is None else f"{count} {unit}{'' if count == 1 else 's'}"
    if x.kind is TimexKind.DAY_NUMBER:
        if x.first_day is None:
            return "a day counted from the first"
        more = x.last_day is not None and x.last_day != x.first_day
        return f"day {x.first_day} to day {x.last_day}" if more else f"day {x.first_day}"
    if x.earliest is None or x.latest is None:
        return "not known"
    bound = f"{x.bound} " if x.bound else ""
    if x.earliest == x.latest:
        return bound + day(x.earliest)
    if x.kind is TimexKind.INTERVAL:
        return f"{bound}{day(x.earliest)} to {day(x.latest)}"
    return f"{bound}one or more days from {day(x.earliest)} to {day(x.latest)}"


# Order -------------------------------------------------------------------------------------------


def _order(trip: Itinerary) -> Iterator[OrderNote]:
    """Say for each two neighbours what puts them in this order, then which other words did so."""
    stops = trip.stops
    stated = list(dict.fromkeys(_stated(trip)))
    used = set()
    for n, (a, b) in enumerate(pairwise(stops), 1):
        notes = [note for note in stated if (note.before, note.after) == (n, n + 1)]
        used |= set(notes)
        if notes:
            yield from notes[:1]
        elif _dated_before(a, b):
            yield OrderNote(n, n + 1, "", "by their days")
        elif min(a.mentions, default=0) <= min(b.mentions, default=0):
            yield OrderNote(n, n + 1, "", "as the text tells them")
        else:
            yield OrderNote(n, n + 1, "", "by what is said of the others")
    yield from (note for note in stated if note not in used)


def _stated(trip: Itinerary) -> Iterator[OrderNote]:
    """List the statements of order that were used, by numbers of stops."""
    for precedence in trip.precedences:
        firsts = _stops_named(trip, precedence.before)
        thens = _stops_named(trip, precedence.after)
        pair = min(((b - a, a, b) for a in firsts for b in thens if a < b), default=None)
        if pair is not None:
            proof = precedence.evidence
            yield OrderNote(pair[1], pair[2], proof.quote, proof.rule)


def _stops_named(trip: Itinerary, k: int) -> list[int]:
    """Return the numbers of the stops that a mention names; for a country those in it."""
    own = [n for n, stop in enumerate(trip.stops, 1) if k in stop.mentions]
    place = trip.mentions[k].place
    if own or place is None:
        return own
    return [n for n, stop in enumerate(trip.stops, 1) if stop.place.country == place.country]


def _dated_before(a: Stop, b: Stop) -> bool:
    """Tell whether the text gives both stops days, the first an earlier one."""
    if not all(any(e.about in _ENDS for e in stop.evidence) for stop in (a, b)):
        return False
    if a.arrive_day is not None and b.arrive_day is not None:
        return a.arrive_day < b.arrive_day
    first, then = (s.arrive.earliest if s.arrive else None for s in (a, b))
    return first is not None and then is not None and first < then


# For a reader ------------------------------------------------------------------------------------


def dumps(explanation: Explanation, columns: int = COLUMNS) -> str:
    """Write an explanation for a reader, no line longer than `columns`."""
    trip = explanation.itinerary
    whose = f"Trip of {trip.traveller}" if trip.traveller else "Nobody is named whose trip it is"
    legend = "Places, as the text names them (+ speaks for a stop, − against it; the weightiest first)"
    blocks = [
        [*_wrapped(f"Day of publication: {explanation.published}", columns), *_wrapped(whose, columns)],
        [*_wrapped(legend, columns), *_place_lines(explanation, columns)],
        ["Dates", *_date_lines(explanation, columns)],
        ["Stops and their order", *_order_lines(explanation, columns)],
    ]
    return "".join(f"{line}\n" for block in blocks if len(block) > 1 for line in (*block, ""))[:-1]


def _place_lines(explanation: Explanation, columns: int) -> Iterator[str]:
    for number, note in enumerate(explanation.places, 1):
        mention = note.mention
        verdict = f"stop {_listed([str(n) for n in note.stops])}" if note.stops else VERDICTS[mention.reading]
        head = f"{number:>3}  {mention.toponym}{_meant(mention)}: {verdict}"
        yield from _wrapped(f"{head} – {mention.reason}", columns, "     ")
        yield from _wrapped(f"     “{mention.evidence.quote}”", columns, "      ")
        if note.here:
            yield from _balance("the words around it: {} a stop", note.score, note.here, columns)
        if note.whole_score is not None and note.first == number - 1:
            yield from _balance("the place as a whole: {} a stop", note.whole_score, note.whole, columns)
        elif note.whole_score is not None:
            yield f"     the place as a whole: see {note.first + 1}"
        if note.vetoes:
            yield from _wrapped(
                f"     but never a stop of this trip: {_listed(note.vetoes)}", columns, "       "
            )
        if note.again_score is not None:
            title = "a new stay and not the one before: {}"
            yield from _balance(title, note.again_score, note.again, columns)


def _meant(mention: Mention) -> str:
    """Tell which place a mention means, where its name does not."""
    place = mention.place
    if place is None:
        return ""
    country = country_name(place.country)
    parts = [place.name if place.name.casefold() != mention.toponym.casefold() else "", country or ""]
    shown = ", ".join(dict.fromkeys(part for part in parts if part and part != mention.toponym))
    return f" ({shown})" if shown else ""


def _balance(title: str, score: float, signs: Sequence[Sign], columns: int) -> Iterator[str]:
    """Write what speaks for and against, the weightiest first."""
    yield f"     {title.format(strength_words(score))}"
    for mark, side in (("+", 1), ("−", -1)):
        shown = [s.words for s in signs if s.weight * side > _LEAST and not s.is_ordinary][:_SIDE]
        if shown:
            yield from _wrapped(f"       {mark} {'; '.join(shown)}", columns, "         ")


def _date_lines(explanation: Explanation, columns: int) -> Iterator[str]:
    for number, note in enumerate(explanation.dates, 1):
        x = note.timex
        known = x.earliest is not None and x.kind not in (TimexKind.DURATION, TimexKind.DAY_NUMBER)
        basis = f", {_BASES[x.basis]}" if known else ""
        doubts = "; weekday and date do not agree" if x.conflict else ""
        doubts += "; day and month could be exchanged" if x.ambiguous else ""
        line = f"{number:>3}  “{x.quote}”: {note.value} (rule “{x.rule}”{basis}{doubts}) → {note.use}"
        yield from _wrapped(line, columns, "     ")


def _order_lines(explanation: Explanation, columns: int) -> Iterator[str]:
    stops = explanation.itinerary.stops
    if not stops:
        yield "     No stop of a trip was found in the text."
    for number, stop in enumerate(stops, 1):
        sure = f"{100 * stop.confidence:.0f} % sure"
        if stop.dates_confidence is not None:
            sure += f", of the days {100 * stop.dates_confidence:.0f} %"
        yield from _wrapped(f"{number:>3}  {stop.place.name}: {when(stop)} ({sure})", columns, "     ")
    for note in explanation.order:
        words = f"“{note.quote}”, the rule “{note.why}”" if note.quote else note.why
        a, b = (stops[n - 1].place.name for n in (note.before, note.after))
        yield from _wrapped(f"     {note.before} {a} before {note.after} {b}: {words}", columns, "       ")
    for message in explanation.unused:
        yield from _wrapped(f"     {message}", columns, "       ")
    for other in explanation.itinerary.others:
        told = "; ".join(
            f"{number} {stop.place.name}: {when(stop)}" for number, stop in enumerate(other.stops, 1)
        )
        yield from _wrapped(f"     Another trip, {_whose(other)}: {told}", columns, "       ")


def _wrapped(line: str, columns: int, indent: str = "  ") -> list[str]:
    """Break a line at blanks; the lines after the first are set in."""
    lead = line[: len(line) - len(line.lstrip())]
    tidy = "".join(c if c.isprintable() else " " for c in " ".join(line.split()))
    return textwrap.wrap(tidy, columns, initial_indent=lead, subsequent_indent=indent)


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


# As JSON -----------------------------------------------------------------------------------------


def to_json(explanation: Explanation) -> Json:
    """Return an explanation as plain dicts and lists, with features and weights (log-odds)."""
    trip = explanation.itinerary
    return {
        "traveller": trip.traveller,
        "published": trip.published.isoformat() if trip.published else None,
        "published_basis": trip.published_basis,
        "published_words": explanation.published,
        "places": [_place_out(note) for note in explanation.places],
        "dates": [_date_out(note) for note in explanation.dates],
        "stops": [_stop_out(stop) for stop in trip.stops],
        "other_trips": [
            {"traveller": other.traveller, "stops": [_stop_out(stop) for stop in other.stops]}
            for other in trip.others
        ],
        "order": [
            {"before": n.before, "after": n.after, "quote": n.quote, "why": n.why} for n in explanation.order
        ],
        "set_aside_statements": list(explanation.unused),
    }


def _stop_out(stop: Stop) -> Json:
    return {
        "place": stop.place.name,
        "country": stop.place.country,
        "when": when(stop),
        "confidence": stop.confidence,
        "dates_confidence": stop.dates_confidence,
    }


def _place_out(note: PlaceNote) -> Json:
    mention = note.mention
    return {
        "toponym": mention.toponym,
        "start": mention.span.start,
        "end": mention.span.end,
        "place": mention.place.name if mention.place else None,
        "country": mention.place.country if mention.place else None,
        "reading": mention.reading.value,
        "verdict": VERDICTS[Reading.VISIT if note.stops else mention.reading],
        "stops": list(note.stops),
        "reason": mention.reason,
        "quote": mention.evidence.quote,
        "log_odds": round(note.score, 3),
        "signs": [_sign_out(s) for s in note.here],
        "first_mention": note.first,
        "whole": None
        if note.whole_score is None
        else {"log_odds": round(note.whole_score, 3), "signs": [_sign_out(s) for s in note.whole]},
        "new_stay": None
        if note.again_score is None
        else {"log_odds": round(note.again_score, 3), "signs": [_sign_out(s) for s in note.again]},
        "vetoes": list(note.vetoes),
    }


def _sign_out(sign: Sign) -> Json:
    return {"words": sign.words, "log_odds": round(sign.weight, 3), "features": list(sign.features)}


def _date_out(note: DateNote) -> Json:
    x = note.timex
    return {
        "quote": x.quote,
        "start": x.span.start,
        "end": x.span.end,
        "kind": x.kind.value,
        "rule": x.rule,
        "value": note.value,
        "earliest": x.earliest.isoformat() if x.earliest else None,
        "latest": x.latest.isoformat() if x.latest else None,
        "basis": x.basis.value,
        "stops": list(note.stops),
        "use": note.use,
    }
