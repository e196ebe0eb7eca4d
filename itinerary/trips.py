"""Find the other trips that a text tells of: those of other travellers, and earlier ones of the same.

A trip counts if a verb of travel or presence says of its traveller that he was, is or will be at a place.
What comes out says which words tell of each trip; the reader reads them again on their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from itinerary.cues import Context
from itinerary.model import Relation
from itinerary.people import Name, word_lists
from itinerary.sentences import Document
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym
from itinerary.travellers import Subject, subject_of

__all__ = ["Telling", "acted_by_others", "earlier_trips", "masked", "others_who_act", "trips_of_others"]

_GROUPS = frozenset({"go", "arrive", "visit", "depart", "return", "stay", "perform"})
# These verbs mean too much else: "called Rome a ruin", "brought aid to Rome", "set a record in Rome".
_VAGUE = frozenset(
    "see call pay head cross survey inspect press push carry bring take make put get gain pitch begin set"
    " start weigh bid rest wait view walk wander move come play read race sing record film compete"
    " exhibit".split()
)
_NOT_SO = frozenset({"rule:cancelled", "rule:hypothetical", "rule:member", "conditional", "modal", "negated"})
# Who needs no name to be a traveller of his own.
_KIN = frozenset(
    "deputy wife husband brother sister mother father son daughter cousin uncle aunt colleague successor"
    " predecessor counterpart ambassador president secretary minister".split()
)
_GOING_ON = frozenset("he she they there then afterwards".split())
_ALONG = frozenset("us me him them out".split())
_SAYS = frozenset("says said say told".split())
_THERE = frozenset("in at back now still also already then the".split())
_THIRD = frozenset({"travels", "visits", "tours", "returns", "stops"})
_WHOSE = frozenset("his her their its".split())
_BREAKS = frozenset({";", "while", "whereas", "but", "meanwhile"})
_TOGETHER = frozenset(
    "together accompany accompanied accompanies accompanying join joined joins joining jointly".split()
)
_EARLIER = frozenset({"rule:past", "day long ago", "tense:pluperfect"})
_BEFORE = 28  # days by which an earlier trip ends before the main one begins
_APART = 45  # days; places dated farther apart belong to different journeys
_TOLD = frozenset({"past", "perfect", "pluperfect"})
_LONG = 60  # tokens of a sentence on either side that may tell of one place
_MOST = 6  # other trips of a text that are told apart
_NOT_BLANK = re.compile(r"[^\n]")


@dataclass(slots=True)
class Telling:
    """The words that tell of one trip.

    Parameters
    ----------
    traveller : str or None
        Whose trip it is; None for an earlier trip of the main traveller.
    relation : Relation
    ranges : list of (int, int)
        Half-open ranges of tokens, in order.
    toponyms : list of int
        The places at which the traveller is said to be.
    """

    traveller: str | None
    relation: Relation
    ranges: list[tuple[int, int]] = field(default_factory=list)
    toponyms: list[int] = field(default_factory=list)


def trips_of_others(
    doc: Document,
    names: Sequence[Name],
    referents: frozenset[str],
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    acting: Mapping[int, Subject],
    traveller: str | None,
) -> tuple[Telling, ...]:
    """Find the trips of those who are not the traveller of the text.

    Parameters
    ----------
    doc : Document
    names : sequence of Name
    referents : frozenset of str
        Words by which the text refers to its traveller.
    toponyms, contexts : sequences in parallel
    acting : mapping of int to Subject
        See `others_who_act`.
    traveller : str or None
        Whose trip the text tells, to name "her deputy".

    Returns
    -------
    tuple of Telling
        In text order, one for each person.
    """
    found: dict[str, Telling] = {}
    for k, who in acting.items():
        if not _asserted(doc, k, toponyms, contexts):
            continue
        if not _is_somebody(who, doc, contexts[k], referents):
            continue
        key = doc.lower[who.first]
        if who.name is not None:
            key = (who.name.surname or who.name.text).lower()
        if key not in found and len(found) == _MOST:
            continue
        name = _full_name(who.name, names) if who.name else _described(doc, who, traveller)
        told = found.setdefault(key, Telling(name, Relation.OTHER_TRAVELLER))
        told.toponyms.append(k)
        sentence = doc.sentences[contexts[k].sentence]
        first, last = _clause(doc, who.first, toponyms[k].last, sentence.first, sentence.last, toponyms, k)
        told.ranges.append((first, last))
        if first == sentence.first and last == sentence.last:
            _go_on(told, doc, names, contexts[k].sentence, toponyms, contexts)
    for told in found.values():
        told.ranges = _joined(told.ranges)
        told.toponyms = sorted({*told.toponyms, *_back_at(doc, told.ranges, toponyms)})
    return tuple(found.values())


def others_who_act(
    doc: Document,
    names: Sequence[Name],
    referents: frozenset[str],
    toponyms: Sequence[Toponym],
    subject: Mapping[int, str],
) -> dict[int, Subject]:
    """Tell who acts in the clauses of places where it is not the traveller of the text.

    Returns
    -------
    dict of int to Subject
        By index of the toponym.
    """
    return {
        k: subject_of(doc, names, referents, toponyms[k].first)
        for k, kind in subject.items()
        if kind == "other"
    }


def acted_by_others(
    doc: Document, contexts: Sequence[Context], referents: frozenset[str], acting: Mapping[int, Subject]
) -> frozenset[int]:
    """Find the places in whose clause a person acts who is called by another name than the traveller.

    That is a hint only: he may be there with the traveller, or receive him.

    Returns
    -------
    frozenset of int
        Indices of toponyms.
    """
    out = set()
    for k, who in acting.items() if referents else ():
        name = who.name
        if name is None or name.kind != "person" or not name.surname or name.surname.lower() in referents:
            continue
        sentence = doc.sentences[contexts[k].sentence]
        if _TOGETHER.isdisjoint(doc.lower[sentence.first : sentence.last]):
            out.add(k)
    return frozenset(out)


def earlier_trips(
    doc: Document,
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    timexes: Sequence[Timex],
    subject: Mapping[int, str],
    visited: Collection[int],
    start: date | None,
) -> tuple[Telling, ...]:
    """Find the dated trips that the traveller of the text made before the one it is about.

    Parameters
    ----------
    doc, toponyms, contexts
        As for `trips_of_others`.
    subject : mapping of int to str
        See `itinerary.travellers.subjects`.
    timexes : sequence of Timex
        The dates of the text.
    visited : collection of int
        Toponyms that speak of a stop of the main trip.
    start : date or None
        The first day on which the main trip may begin; without it nothing is known to be earlier.

    Returns
    -------
    tuple of Telling
        In text order; what neighbouring sentences tell is one trip.
    """
    out: list[Telling] = []
    previous, day = -9, 0
    for k, context in enumerate(contexts):
        if k in visited or start is None or not context.dates or _EARLIER.isdisjoint(context.features):
            continue
        told = subject.get(k) == "traveller" and _asserted(doc, k, toponyms, contexts)
        dated = timexes[context.dates[0]]
        if not (told or _takes_along(doc, context)) or context.verb.tense not in _TOLD:
            continue
        if dated.kind is TimexKind.DURATION or dated.latest is None or (start - dated.latest).days < _BEFORE:
            continue
        when = _day(dated, day)
        if context.sentence > previous + 1 or abs(when - day) > _APART:
            if len(out) == _MOST:
                break
            out.append(Telling(None, Relation.EARLIER))
        previous, day = context.sentence, when
        sentence = doc.sentences[context.sentence]
        verb = context.verb.token
        out[-1].toponyms.append(k)
        out[-1].ranges.append(
            _clause(doc, verb, toponyms[k].last, sentence.first, sentence.last, toponyms, k, back=True)
        )
    for trip in out:
        trip.ranges = _joined(trip.ranges)
    return tuple(out)


def _day(x: Timex, otherwise: int) -> int:
    """Return the first day of a date as an ordinal."""
    return x.earliest.toordinal() if x.earliest is not None else otherwise


def masked(doc: Document, ranges: Iterable[tuple[int, int]]) -> str:
    """Return the text with blanks outside some ranges of tokens, so that all else stays where it is."""
    text, out, at = doc.text, [], 0
    for first, last in ranges:
        span = doc.span(first, last)
        out += [_NOT_BLANK.sub(" ", text[at : span.start]), text[span.start : span.end]]
        at = span.end
    return "".join([*out, _NOT_BLANK.sub(" ", text[at:])])


def _verb(doc: Document, context: Context) -> int | None:
    """Return the token of the verb of travel or presence that governs a place, None if there is none."""
    verb, head = context.verb, context.head
    if verb.tag is not None and verb.tag.part == "verb":
        known = verb.tag.group in _GROUPS | {"be"} and verb.tag.lemma not in _VAGUE and verb.token >= 0
        return verb.token if known else None
    # "Her deputy travels to Rome" looks like a noun behind another.
    acts = head.tag is not None and head.token > 0 and doc.lower[head.token] in _THIRD
    return head.token if acts and head.preposition in {"to", "from", "in", "at", ""} else None


def _asserted(doc: Document, k: int, toponyms: Sequence[Toponym], contexts: Sequence[Context]) -> bool:
    """Tell whether a verb of travel or presence puts somebody at a place, as a fact or plan."""
    t, context = toponyms[k], contexts[k]
    verb = context.verb
    token = _verb(doc, context)
    if t.form == "people" or t.part_of is not None or token is None or token >= t.first:
        return False
    if verb.tag is None:
        return _NOT_SO.isdisjoint(context.features)
    if verb.tag.group == "be":
        return context.head.preposition in {"in", "at"} and _THERE.issuperset(doc.lower[token + 1 : t.first])
    if verb.tag.group == "stay" and context.head.preposition not in {"in", "at", "on"}:
        return False
    return _NOT_SO.isdisjoint(context.features) and "governed by a noun" not in context.features


def _takes_along(doc: Document, context: Context) -> bool:
    """Tell whether a trip took somebody somewhere: "last year’s tour took her to Lima"."""
    verb = context.verb
    if verb.tag is None or verb.tag.lemma not in {"take", "bring"} or context.head.preposition != "to":
        return False
    sentence = doc.sentences[context.sentence]
    return not word_lists().nouns.isdisjoint(doc.lower[sentence.first : verb.token])


def _is_somebody(who: Subject, doc: Document, context: Context, referents: frozenset[str]) -> bool:
    """Tell whether the one who acts is a person with a trip of his own, and acts before the verb."""
    verb = _verb(doc, context)
    if who.kind != "other" or verb is None or who.last > verb:
        return False
    if context.verb.tag is None and who.last < verb:  # a noun, then
        return False
    nearby = doc.sentences[context.sentence : context.sentence + 2]
    if not _TOGETHER.isdisjoint(doc.lower[nearby[0].first : nearby[-1].last]):
        return False
    if not _ALONG.isdisjoint(doc.lower[verb + 1 : verb + 3]) or not _SAYS.isdisjoint(
        doc.lower[who.last : verb]
    ):
        return False
    if who.name is None:
        return doc.words[who.first] in _KIN
    words = set(who.name.text.lower().split())
    own = {w for w in words & referents if w not in word_lists().title_words}
    return who.name.kind == "person" and not own and words.isdisjoint({"was", "to", "will"})


def _full_name(name: Name, names: Sequence[Name]) -> str:
    """Return the fullest form of a name that the text gives."""
    same = [n.text for n in names if n.kind == "person" and n.surname and n.surname == name.surname]
    return max([name.text, *same], key=lambda text: (not text.isupper(), len(text.split())))


def _described(doc: Document, who: Subject, traveller: str | None) -> str:
    """Return "the deputy" or, if it is known whose, "Ana Ruiz’s deputy"."""
    first, titles = who.first, word_lists().title_words
    while first > 0 and doc.lower[first - 1] in titles:
        first -= 1
    what = doc.quote(first, who.last)
    before = doc.lower[first - 1] if first else ""
    if before in _WHOSE and traveller:
        whose = f"the {traveller[4:]}" if traveller.startswith("The ") else traveller
        return f"{whose}’s {what}"
    return f"{before} {what}" if before in _WHOSE | {"the", "my", "our"} else what


def _clause(
    doc: Document,
    start: int,
    end: int,
    low: int,
    high: int,
    toponyms: Sequence[Toponym],
    k: int,
    *,
    back: bool = False,
) -> tuple[int, int]:
    """Return the tokens that tell of one place: its sentence, or its part of it between "while" and ";".

    What stands before who acts belongs to it unless a place is named there.
    """
    # Without full stops a sentence may be the whole text.
    low, high = max(low, start - 5 * _LONG), min(high, end + _LONG)
    first = next((i + 1 for i in range(start - 1, low - 1, -1) if doc.lower[i] in _BREAKS), low)
    if not back and any(first <= t.first < start for t in toponyms[max(0, k - 8) : k]):
        first = start
    last = next((i for i in range(end, high) if doc.lower[i] in _BREAKS), high)
    return max(first, start - _LONG), last


def _go_on(
    told: Telling,
    doc: Document,
    names: Sequence[Name],
    number: int,
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
) -> None:
    """Add the sentences behind one that are about the same person: "She then goes on to Riga."."""
    block = doc.sentences[number].block
    for index in range(number + 1, min(number + 4, len(doc.sentences))):
        sentence = doc.sentences[index]
        if sentence.block != block or doc.lower[sentence.first] not in _GOING_ON:
            return
        low, high = (bisect_left(names, at, key=lambda n: n.first) for at in (sentence.first, sentence.last))
        if any(n.kind == "person" for n in names[low:high]):
            return
        told.ranges.append((sentence.first, sentence.last))
        held = range(
            *(bisect_left(contexts, number, key=lambda c: c.sentence) for number in (index, index + 1))
        )
        told.toponyms += [k for k in held if _asserted(doc, k, toponyms, contexts)]


def _back_at(doc: Document, ranges: Iterable[tuple[int, int]], toponyms: Sequence[Toponym]) -> list[int]:
    """List the places to which a trip comes back: "and is back in Rome by noon"."""
    return [
        k
        for first, last in ranges
        for k in range(*(bisect_left(toponyms, at, key=lambda t: t.first) for at in (first + 3, last)))
        if doc.lower[toponyms[k].first - 2 : toponyms[k].first] in (("back", "in"), ("back", "at"))
        and doc.lower[toponyms[k].first - 3] in {"is", "was", "be"}
    ]


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put ranges that touch or overlap together."""
    out: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out
