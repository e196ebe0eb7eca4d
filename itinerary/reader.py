"""Read a text: all steps in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from itinerary import cues as cue_step
from itinerary import dating, route, validate, visits
from itinerary.confidence import Made, Sureness, rate
from itinerary.errors import InputError
from itinerary.gazetteer import load
from itinerary.model import (
    DateWindow,
    Evidence,
    Issue,
    Itinerary,
    Mention,
    Place,
    Precedence,
    Purpose,
    Reading,
    Relation,
    Span,
    Stop,
)
from itinerary.people import Name, find_names
from itinerary.publication import Publication, read_dates
from itinerary.purposes import describe, place_tokens
from itinerary.reasons import explain_mention, set_aside_reason
from itinerary.resolution import resolve
from itinerary.roles import assign_roles
from itinerary.schedule import Visit, solve
from itinerary.sentences import Document, Form, asides, parse
from itinerary.shows import is_cancelled, show_lines
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym, find_toponyms
from itinerary.travellers import referents_of, subjects
from itinerary.travellers import traveller as find_traveller
from itinerary.trips import (
    Telling,
    acted_by_others,
    earlier_trips,
    masked,
    others_who_act,
    trips_of_others,
)

__all__ = ["MAX_CHARACTERS", "Analysis", "analyse", "read"]

MAX_CHARACTERS = 2_000_000
_WELL_KNOWN = 300_000  # people
_PRONOUNS = frozenset({"he", "she", "they"})
_SAID = 2.0  # log-odds of a place at which a verb says that somebody else is
_WHOLE_TOUR = 4  # more towns than these in a list of shows are the whole tour
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a text before anything is decided."""

    doc: Document
    published: date | None
    published_basis: str
    published_span: Span | None
    publication: Publication | None
    names: tuple[Name, ...]
    toponyms: tuple[Toponym, ...]
    places: tuple[Place | None, ...]
    timexes: tuple[Timex, ...]
    contexts: tuple[cue_step.Context, ...]
    cues: tuple[cue_step.Cue, ...]
    groups: tuple[visits.Group, ...]
    inside: Mapping[int, Sequence[int]]
    traveller: str | None
    subject: Mapping[int, str]
    others: tuple[Telling, ...]
    relation: Relation = Relation.MAIN


def read(text: str, published: date | str | None = None, *, traveller: str | None = None) -> Itinerary:
    """Read a text about a trip.

    Parameters
    ----------
    text : str
        At most `MAX_CHARACTERS` characters.
    published : date or str, optional
        The day the text was published (a date or ``YYYY-MM-DD``); without it a date in the text is used
        if it says so plainly.
    traveller : str, optional
        Whose trip is wanted, if that is known; otherwise whose it mainly is, as found in the text.

    Returns
    -------
    Itinerary
        The main trip, and in its `others` those of others and earlier ones that the text tells of.
        Maybe without stops, but then with an issue that says why.

    Raises
    ------
    InputError
        If the text is empty or too long, or `published` is no date.
    """
    day = _day(published)
    _check(text)
    analysis = analyse(text, day, traveller)
    judgements = visits.judge(analysis.groups, analysis.toponyms, analysis.contexts, analysis.inside)
    main = assemble(analysis, judgements, visits.load_weights(), traveller)
    others = tuple(_other_trips(analysis, main))
    return replace(main, others=others) if others else main


def analyse(text: str, published: date | Publication | None = None, traveller: str | None = None) -> Analysis:
    """Find names, places, dates and cues of a text, without judging them."""
    gazetteer = load()
    doc = parse(text)
    shown = {i for line in show_lines(doc) for i in range(line.first, line.last)}
    names = find_names(doc, lambda name: bool(gazetteer.candidates(name)))
    names = tuple(n for n in names if n.first not in shown)  # those of houses and festivals
    timexes, publication = read_dates(text, published, [s.span for s in doc.sentences])
    day = publication.day if publication else None
    basis = publication.words(text) if publication else "unknown"
    span = publication.evidence[0] if publication and publication.evidence else None
    heads = [(s.span.start, s.span.end) for s in (doc.sentences[k] for k in sorted(asides(doc)))]
    timexes = tuple(x for x in timexes if not _is_within(x.span.start, heads))
    toponyms = _without_dates(find_toponyms(doc, gazetteer, names, [x.span for x in timexes]), doc, timexes)
    places = resolve(toponyms, gazetteer)
    named = [t.first for t in toponyms if t.form != "people" and t.part_of is None]
    who, referents = find_traveller(doc, names, named)
    if who and "band" in referents:
        toponyms, places = _without_names_in(doc, toponyms, places, who)
    if traveller and not (who and referents_of(traveller) & referents_of(who) - _PRONOUNS):
        referents = referents_of(traveller)
    elif who is None:  # with nobody named, "she" is whose trip it is
        referents |= _PRONOUNS
    acting = subjects(doc, names, referents, [t.first for t in toponyms])
    subject = {k: kind for k, kind in enumerate(acting) if toponyms[k].form != "people"}
    contexts, cues = cue_step.read_cues(doc, toponyms, timexes, subject, day)
    others = others_who_act(doc, names, referents, toponyms, subject)
    tellings = trips_of_others(doc, names, referents, toponyms, contexts, others, traveller or who)
    contexts = _with_others(contexts, tellings, acted_by_others(doc, contexts, referents, others))
    groups = visits.group_mentions(toponyms, places)
    inside = route.areas_of(groups, toponyms, gazetteer)
    return Analysis(
        doc,
        day,
        basis,
        span,
        publication,
        names,
        toponyms,
        places,
        timexes,
        contexts,
        cues,
        groups,
        inside,
        traveller or who,
        subject,
        tellings,
    )


def _is_within(at: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a position lies in one of some half-open ranges, which are in order and do not overlap."""
    n = bisect_right(ranges, at, key=lambda r: r[0]) - 1
    return n >= 0 and at < ranges[n][1]


def _without_names_in(
    doc: Document, toponyms: Sequence[Toponym], places: Sequence[Place | None], act: str
) -> tuple[tuple[Toponym, ...], tuple[Place | None, ...]]:
    """Drop the towns in the name of the band that travels: "Florence and the Mills"."""
    words = tuple(act.lower().split())
    if len(words) < 2:
        return tuple(toponyms), tuple(places)
    starts = (i for i in range(len(doc.lower)) if doc.lower[i] == words[0])
    named = {j for i in starts if doc.lower[i : i + len(words)] == words for j in range(i, i + len(words))}
    kept = [k for k, t in enumerate(toponyms) if not named.issuperset(range(t.first, t.last))]
    number = {k: n for n, k in enumerate(kept)}
    return tuple([_renumbered(toponyms[k], number) for k in kept]), tuple([places[k] for k in kept])


def _with_others(
    contexts: Sequence[cue_step.Context], tellings: Sequence[Telling], acted: Collection[int]
) -> tuple[cue_step.Context, ...]:
    """Mark the places at which somebody else is said to be, and those where somebody else acts (`acted`)."""
    taken = {k for told in tellings for k in told.toponyms}
    if not taken and not acted:
        return tuple(contexts)
    out = []
    for k, c in enumerate(contexts):
        further = ["said of another"] if k in taken else []
        if k in acted:
            group = c.verb.tag.group if c.verb.tag else "none"
            further += ["another by name", f"another by name+{group}"]
        out.append(replace(c, features=(*c.features, *further)) if further else c)
    return tuple(out)


def _other_trips(a: Analysis, main: Itinerary) -> Iterator[Itinerary]:
    """Read what a text tells of other trips, each on its own; those without a stop are none."""
    visited = {k for stop in main.stops for k in stop.mentions}
    days = [s.arrive.earliest for s in main.stops if s.arrive is not None and s.arrive.earliest is not None]
    start = min(days, default=a.published) if main.stops else None
    tellings = a.others
    tellings += earlier_trips(a.doc, a.toponyms, a.contexts, a.timexes, a.subject, visited, start)
    for told in tellings:
        trip = _read_telling(a, told)
        if trip.stops:
            known = {(issue.code, issue.message) for issue in main.issues}
            yield replace(trip, issues=tuple(i for i in trip.issues if (i.code, i.message) not in known))


def _read_telling(a: Analysis, told: Telling) -> Itinerary:
    """Read the words that tell of one trip, as if the text held no others."""
    part = analyse(masked(a.doc, told.ranges), a.publication, told.traveller)
    held = {a.doc.span(t.first, t.last): k for k, t in enumerate(a.toponyms)}
    own = [held.get(part.doc.span(t.first, t.last)) for t in part.toponyms]
    places = tuple(a.places[k] if k is not None else place for k, place in zip(own, part.places, strict=True))
    groups = visits.group_mentions(part.toponyms, places)
    part = replace(
        part,
        published_basis=a.published_basis,
        published_span=a.published_span,
        places=places,
        groups=groups,
        inside=route.areas_of(groups, part.toponyms, load()),
        traveller=told.traveller or a.traveller,
        others=(),
        relation=told.relation,
    )
    wanted = set(told.toponyms)
    judgements = [
        visits.Judgement(
            g,
            tuple(_SAID if own[k] in wanted else -_SAID for k in g.members),
            _SAID if any(own[k] in wanted for k in g.members) else -_SAID,
            any(own[k] in wanted for k in g.members),
        )
        for g in groups
    ]
    trip = assemble(part, judgements, visits.load_weights())
    return _quoting(replace(trip, relation=told.relation), a.doc.text)


def _quoting(trip: Itinerary, text: str) -> Itinerary:
    """Let a trip that was read from a part of a text quote the whole text."""

    def again(e: Evidence) -> Evidence:
        return replace(e, quote=e.span.of(text))

    return replace(
        trip,
        text=text,
        stops=tuple(replace(s, evidence=tuple(map(again, s.evidence))) for s in trip.stops),
        mentions=tuple(replace(m, evidence=again(m.evidence)) for m in trip.mentions),
        precedences=tuple(replace(p, evidence=again(p.evidence)) for p in trip.precedences),
    )


def _without_dates(
    toponyms: Sequence[Toponym], doc: Document, timexes: Sequence[Timex]
) -> tuple[Toponym, ...]:
    """Drop what nobody takes for a place: words of a date ("May"), small towns in the names of people.

    "Sunday River" stays, and so does the Jordan of "Jordan Lee".
    """
    dated = {i for x in timexes for i in range(doc.token_at(x.span.start), doc.token_at(x.span.end - 1) + 1)}
    gone = {
        k for k, t in enumerate(toponyms) if dated.issuperset(range(t.first, t.last)) or _is_small_namesake(t)
    }
    if not gone:
        return tuple(toponyms)
    number = {k: n for n, k in enumerate(k for k in range(len(toponyms)) if k not in gone)}
    return tuple([_renumbered(t, number) for k, t in enumerate(toponyms) if k not in gone])


def _renumbered(t: Toponym, number: Mapping[int, int]) -> Toponym:
    """Give the toponyms to which one is linked their new numbers."""
    if t.container is None and t.contains is None:
        return t
    return replace(
        t,
        container=number.get(t.container) if t.container is not None else None,
        contains=number.get(t.contains) if t.contains is not None else None,
    )


def _is_small_namesake(t: Toponym) -> bool:
    """Tell a name in that of a person or an inn which is also that of some town: Clinton, Hotel Roma."""
    if t.part_of is not None and t.part_of.kind in ("somebody", "inn"):
        return True
    if t.part_of is None or t.container is not None:
        return False
    whole = t.part_of.kind == "organisation" and (t.first, t.last) == (t.part_of.first, t.part_of.last)
    if t.part_of.kind != "person" and not whole:  # "(UPI)" is not Upi
        return False
    return all(e.feature == "city" and e.population < _WELL_KNOWN for e in t.entries[:1])


def assemble(
    a: Analysis,
    judgements: Sequence[visits.Judgement],
    models: Mapping[str, visits.Weights],
    given: str | None = None,
) -> Itinerary:
    """Make the itinerary of what was judged."""
    judgements = _as_listed(a, judgements)
    weights = models["mention"]
    stays = route.make_stays(a.doc, judgements, a.inside, a.toponyms, a.contexts, a.timexes, models["return"])
    a = _without_others(a, stays)
    dated, order, statements = _date_and_order(a, stays)
    joined = route.join_in_order(stays, order, a.toponyms)
    if joined is not None:
        stays = joined
        dated, order, statements = _date_and_order(a, stays)
    ordered = [stays[s] for s in order]
    bounds = [dated.bounds[s] for s in order]
    assign_roles(ordered, a.doc, a.toponyms, a.contexts, a.cues, bounds)
    windows, conflicts = _windows(ordered, bounds, dated)
    windows = dating.close_by_writing(windows, bounds, _day_of_writing(a))
    sure = rate(
        Made(
            ordered,
            [judgements[stay.group] for stay in ordered],
            bounds,
            windows,
            dated,
            a.toponyms,
            contradictions=len(conflicts),
            dropped_orders=sum(not kept for _, kept in statements),
        )
    )
    shared = _Shared(
        place_tokens(a.toponyms),
        {x.span for x in a.timexes},
        {
            k: (n, score)
            for n, j in enumerate(judgements)
            for k, score in zip(j.group.members, j.mention_scores, strict=True)
        },
    )
    stops = tuple(
        _stop(a, stay, shared, b, w, dated, weights, c)
        for stay, b, w, c in zip(ordered, bounds, windows, sure, strict=True)
    )
    mentions = _mentions(a, weights, stays)
    issues = validate.check(
        a.doc.text,
        a.published,
        stops,
        mentions,
        conflicts,
        statements,
        a.timexes,
        a.published_basis,
        a.published_span,
    )
    precedences = tuple(
        Precedence(c.about[0], c.then[0], c.evidence) for c, kept in statements if kept and c.about and c.then
    )
    return Itinerary(
        a.doc.text, a.published, a.published_basis, given or a.traveller, stops, mentions, issues, precedences
    )


def _day_of_writing(a: Analysis) -> date | None:
    """Return the day of the text: days far from it speak of no trip in it, unless it is an earlier one."""
    return None if a.relation is Relation.EARLIER else a.published


def _date_and_order(
    a: Analysis, stays: Sequence[route.Stay]
) -> tuple[dating.Dating, list[int], list[tuple[cue_step.Cue, bool]]]:
    """Find the days of stays and their travel order, with the statements of order."""
    areas = _areas(a, stays)
    near = _day_of_writing(a)
    dated = dating.date_stays(
        a.doc, stays, a.toponyms, a.contexts, a.cues, a.timexes, areas, near, own=a.traveller is None
    )
    spans, loose = _days_for_order(dated.bounds)
    now = a.published.toordinal() if a.published is not None else None
    ways = route.ways_between(stays, a.doc, a.toponyms, a.contexts)
    order, statements = route.order_stays(stays, a.cues, spans, areas, a.contexts, loose, now, ways)
    return dated, order, statements


def _as_listed(a: Analysis, judgements: Sequence[visits.Judgement]) -> list[visits.Judgement]:
    """Let a list of shows decide on its towns: each is a stop, there where the list names it.

    A long list is the whole tour: what prose names beside it (where the singer was born) is no stop.
    """
    shown = {i: is_cancelled(a.doc, x) for x in show_lines(a.doc) for i in range(x.first, x.last)}
    listed = {k for k, t in enumerate(a.toponyms) if t.first in shown and t.contains is None}
    if not listed:
        return list(judgements)
    sentences, out = a.doc.sentences, []
    for j in judgements:
        if listed.isdisjoint(j.group.members):
            told = all(sentences[a.contexts[k].sentence].form is Form.PROSE for k in j.group.members)
            out.append(replace(j, score=-_SAID, visited=False) if told and len(listed) > _WHOLE_TOUR else j)
            continue
        scores = tuple(
            max(s, _SAID) if k in listed and not shown[a.toponyms[k].first] else -_SAID
            for k, s in zip(j.group.members, j.mention_scores, strict=True)
        )
        given = any(k in listed and not shown[a.toponyms[k].first] for k in j.group.members)
        score = max(j.score, _SAID) if given else -_SAID
        out.append(replace(j, mention_scores=scores, score=score, visited=given))
    return out


def _days_for_order(bounds: Sequence[dating.Bounds]) -> tuple[dict[int, tuple[int, int]], set[int]]:
    """Return the first and last day of each dated stay, and the stays whose days are only loosely known.

    Where only the day of leaving is told, the traveller was there the day before.
    """
    spans = {s: b.span for s, b in enumerate(bounds) if b.span is not None}
    loose = set()
    for s, (low, high) in spans.items():
        b = bounds[s]
        if not (b.present or b.arrive or b.numbers):
            if b.depart:
                spans[s] = low - 1, high
            else:
                loose.add(s)
    return spans, loose


def _without_others(a: Analysis, stays: Sequence[route.Stay]) -> Analysis:
    """Take away from the stays, and from the dates, what is told of somebody else's trip."""
    if not a.others:
        return a

    def elsewhere(token: int) -> bool:
        return any(_is_within(token, told.ranges) for told in a.others)

    for stay in stays:
        stay.mentions = [k for k in stay.mentions if not elsewhere(a.toponyms[k].first)] or stay.mentions
    return replace(
        a,
        timexes=tuple(
            replace(x, kind=TimexKind.WINDOW, earliest=None, latest=None)
            if elsewhere(a.doc.token_at(x.span.start))
            else x
            for x in a.timexes
        ),
    )


def _areas(a: Analysis, stays: Sequence[route.Stay]) -> dict[int, list[int]]:
    """Map each toponym of a country or region to the stays inside it."""
    out: dict[int, list[int]] = {}
    stays_of: dict[int, list[int]] = {}
    for s, stay in enumerate(stays):
        stays_of.setdefault(stay.group, []).append(s)
    for n, held in a.inside.items():
        within = sorted(s for m in set(held) for s in stays_of.get(m, ()))
        if within:
            for k in a.groups[n].members:
                out[k] = within
    return out


def _windows(
    stays: Sequence[route.Stay], bounds: Sequence[dating.Bounds], dated: dating.Dating
) -> tuple[list[tuple[DateWindow | None, DateWindow | None]], list[Issue]]:
    """Solve for the smallest windows of all stays, which are in travel order."""
    dating.close_numbers(stays, bounds)
    inside = dating.day_trips(bounds)
    visits_ = [
        Visit(
            dating.window(arrive, b.basis),
            dating.window(depart, b.basis),
            nights=nights,
            inside=stay.inside if stay.inside is not None else base,
            overnight=overnight,
        )
        for stay, b, base, (arrive, depart, nights, overnight) in zip(
            stays, bounds, inside, dating.statements(stays, bounds, inside, dated), strict=True
        )
    ]
    trip = dating.window(dated.trip, dated.trip_basis)
    solution = solve(visits_, trip, pin_ends=dated.pinned and not dated.slack)
    issues = [Issue("date-conflict", _with_names(c.message, stays)) for c in solution.conflicts]
    return list(solution.windows), issues


def _with_names(message: str, stays: Sequence[route.Stay]) -> str:
    """Put the names of places where the schedule numbers its stops."""
    message = re.sub(r"at stop (\d+)", lambda m: f"in {stays[int(m[1]) - 1].place.name}", message)
    return re.sub(r"stop (\d+)", lambda m: stays[int(m[1]) - 1].place.name, message)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all stops of a text need: where its places begin, its dates, group and score of each mention."""

    places: Sequence[int]
    dates: Collection[Span]
    scores: Mapping[int, tuple[int, float]]


def _stop(
    a: Analysis,
    stay: route.Stay,
    shared: _Shared,
    bounds: dating.Bounds,
    windows: tuple[DateWindow | None, DateWindow | None],
    dated: dating.Dating,
    weights: visits.Weights,
    sure: Sureness,
) -> Stop:
    """Make the stop of a stay, with the words that prove it."""
    ranges = [(a.toponyms[k].first, a.toponyms[k].last) for k in stay.mentions]
    told = describe(
        a.doc,
        ranges,
        a.names,
        kind=str(stay.role),
        places=shared.places,
        traveller=frozenset((a.traveller or "").lower().split()),
    )
    if a.relation is not Relation.MAIN and told.purpose_span is None:
        told = replace(told, purpose=Purpose.UNKNOWN)  # few words tell of it: too few to guess by their sort
    scores = shared.scores
    own = (k for k in stay.mentions if k in scores and scores[k][0] == stay.group)
    best = max(own, key=lambda k: scores[k][1], default=stay.mentions[0])
    evidence = [_place_evidence(a, best, weights), *stay.evidence, *bounds.evidence]
    if dated.trip_evidence is not None and not bounds.evidence and windows[0] is not None:
        evidence.append(dated.trip_evidence)
    title = "" if told.title_span in shared.dates else told.title
    for span, about in ((told.purpose_span, "purpose"), (told.title_span, "title")):
        if span is not None:
            evidence.append(Evidence(span, span.of(a.doc.text), f"says the {about}", about))
    evidence += [
        Evidence(span, span.of(a.doc.text), "names who is met", "people") for span in told.people_spans
    ]
    numbers = [d for pair in bounds.numbers for d in pair]
    return Stop(
        stay.place,
        windows[0],
        windows[1],
        arrive_day=min(numbers) if numbers else None,
        depart_day=max(numbers) if numbers else None,
        dwell=bounds.nights,
        role=stay.role,
        purpose=told.purpose,
        title=title,
        people=told.people,
        evidence=tuple(dict.fromkeys(evidence)),
        confidence=sure.stop,
        dates_confidence=sure.dates,
        mentions=tuple(stay.mentions),
    )


def _place_evidence(a: Analysis, k: int, weights: visits.Weights) -> Evidence:
    """Quote the clause that says that the traveller is there: from its verb to the place."""
    t = a.toponyms[k]
    head = a.contexts[k].verb if a.contexts[k].verb.tag else a.contexts[k].head
    sentence = a.doc.sentences[a.contexts[k].sentence]
    first = t.first
    if head.tag is not None and sentence.first <= head.token < t.first and t.first - head.token <= 12:
        first = head.token
        while first - 1 >= sentence.first and a.doc.lower[first - 1] in (
            "will",
            "to",
            "not",
            "has",
            "have",
            "had",
            "is",
            "was",
            "are",
            "be",
        ):
            first -= 1
    last = max(t.last, a.toponyms[t.container].last) if t.container is not None else t.last
    span = a.doc.span(first, last)
    return Evidence(span, span.of(a.doc.text), explain_mention(a.contexts[k], weights, True), "place")


def _mentions(a: Analysis, weights: visits.Weights, stays: Sequence[route.Stay]) -> tuple[Mention, ...]:
    """Tell for every place named what was made of it."""
    of_stay = {k for stay in stays for k in stay.mentions}
    visited = {stay.group for stay in stays}
    elsewhere = {k: told.traveller for told in a.others for k in told.toponyms}
    areas = {k for n, held in a.inside.items() if visited.intersection(held) for k in a.groups[n].members}
    out = []
    for k, t in enumerate(a.toponyms):
        place = a.places[k]
        sentence = a.doc.sentences[a.contexts[k].sentence]
        first, last = max(sentence.first, t.first - 8), min(sentence.last, t.last + 6)
        span = a.doc.span(first, last)
        if k in of_stay:
            reading, reason = Reading.VISIT, explain_mention(a.contexts[k], weights, True)
        elif k in areas and t.form != "people":
            reading, reason = Reading.BACKGROUND, "names the area of the trip, not a stop of its own"
        elif elsewhere.get(k):
            reading, reason = Reading.OTHER_TRAVELLER, f"a stop of another trip: that of {elsewhere[k]}"
        else:
            reading, reason = set_aside_reason(t, a.contexts[k])
        out.append(
            Mention(
                t.name,
                a.doc.span(t.first, t.last),
                place,
                reading,
                reason,
                Evidence(span, span.of(a.doc.text), reason),
            )
        )
    return tuple(out)


def _day(published: date | str | None) -> date | None:
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    try:
        return date.fromisoformat(published.strip())
    except ValueError as error:
        raise InputError(
            f"The publication day {published!r} is not a date. "
            "Write it as year-month-day, such as 2023-02-24."
        ) from error


def _check(text: str) -> None:
    if not text or not text.strip():
        raise InputError("The text is empty. Paste or type the text of a trip.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"The text has {len(text):,} characters; {MAX_CHARACTERS:,} can be read at once. "
            "Shorten it, or read it in parts."
        )
    head = text[:20_000]
    odd = len(_ODD.findall(head))
    if odd > 0.02 * len(head):
        raise InputError(
            "This does not look like text: it holds many characters that are none. "
            "Paste the words of the trip instead."
        )
