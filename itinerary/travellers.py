"""Tell whose trip a text describes, and who acts where a place is named.

Everybody whom the text names, by name or by office or as a group, earns points for what he does: to travel
counts most, to be met or to host counts little or against. "He" and "she" earn for whom they stand for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from itinerary.people import Name, word_lists
from itinerary.sentences import Document, Form

__all__ = ["Subject", "referents_of", "subject_of", "subjects", "traveller"]

_OPENING, _CLOSING = frozenset("“"), frozenset("”")
_FIRST_PERSON = frozenset(
    {"i", "we", "my", "our", "me", "us"}
    | {p + a + e for p in ("i", "we") for a in "’'" for e in ("m", "re", "ve", "ll", "d")}
)
_BEING = frozenset({"will", "is", "was", "are", "were", "has", "had", "would", "said", "says"})
_PERFORMERS = frozenset(
    "sinfonia orchestra philharmonic symphony choir chorus singers band ballet ensemble quartet".split()
)
_HE = frozenset({"he", "she"})
_THEY = frozenset({"it", "they"})
_WHOSE = frozenset({"his", "her"})
_REACH = 400  # tokens; in a sentence without end whoever stands farther away acts no more
_PRONOUNS = _HE | _THEY | _WHOSE
_COURTESIES = frozenset({"mr", "mrs", "ms", "miss"})
_WIVES = frozenset({"mrs", "lady", "first lady"})
_ROYAL = frozenset("king queen prince princess duke duchess emperor empress emir sultan pope".split())
_CROWNED = frozenset({"king", "queen", "pope", "pontiff"})  # no Mr. or Ms. is one
_OF_SHOWS = frozenset(
    "album albums arena band bands fans festival frontman gig gigs headline single singer support ticket"
    " tickets venue venues".split()
)
_ANNOUNCED = frozenset("announced added gone unveiled confirmed revealed reveal shared scheduled".split())
_SAYING = frozenset("have has announce announces announced reveal reveals unveil unveils".split())
_OF_STATES = frozenset(
    "president minister secretary department ministry house office palace king queen pope".split()
)
_IN_NAMES = frozenset({"of", "the", "and", "&", "+"})
_DRIVEN = frozenset({"crashed", "collided", "carrying", "carried", "docked", "sank", "overturned"})
_CLAUSE_ENDS = frozenset({";", ":", "“", "”"})
_OWNS = frozenset({"’s", "'s", "’", "'"})
_BETWEEN = frozenset({",", "(", ")", "-", "and", "of", "for", "the", "to", "former"})
_LIGHT = frozenset("make makes making take takes taking pay pays paying paid undertake undertaking".split())
_STATES = frozenset({"be", "is", "was", "are", "were"})
_ENDS = frozenset({".", ";", ":", "said", "says", "told", "announced", "announces"})
_AUXILIARIES = frozenset(
    "will would has have had is are was were be been also then now later today tomorrow yesterday to already"
    " recently finally first next can may might due".split()
)
# A noun phrase does not reach over these.
_EDGES = frozenset(
    "that which who when while as if because but or after before since until with to in on at from by for"
    " into"
    ' , ; : . ( ) [ ] — – - “ ” " and'.split()
)


@dataclass(slots=True)
class _Candidate:
    """Somebody who may be the traveller."""

    kind: str
    first: int
    score: float = 0.0
    forms: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    partners: dict[str, float] = field(default_factory=dict)
    moving: float = 0.0


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place in the text where a candidate is named."""

    key: str
    kind: str
    first: int
    last: int


def traveller(
    doc: Document, names: Sequence[Name], places: Sequence[int] = ()
) -> tuple[str | None, frozenset[str]]:
    """Tell whose trip the text describes.

    Parameters
    ----------
    doc : Document
    names : sequence of Name
        As found by `find_names`.
    places : sequence of int
        Tokens at which names of places begin: no club is called so.

    Returns
    -------
    name : str or None
        Name or title in the words of the text; None for "I" and "we" and if nobody is named.
    referents : frozenset of str
        Lower-case words by which the text refers to the traveller.
    """
    mentions = sorted(_mentions(doc, names, _holders(doc, names), places), key=lambda m: m.first)
    found: dict[str, _Candidate] = {}
    for m in mentions:
        held = found.setdefault(m.key, _Candidate(m.kind, m.first))
        points = _points(doc, m.first, m.last, m.kind)
        held.score += points
        held.forms.append(doc.quote(m.first, m.last))
        held.words.update(doc.lower[m.first : m.last])
    apart = _told_apart(doc, mentions) | _follow_pronouns(doc, mentions, found)
    _join(doc, mentions, found)
    _merge(found, apart)
    _address(doc, names, found)
    act = _announced_act(doc)
    if act:
        return act, _referents_of_act(act)
    best = max(found.items(), key=lambda item: item[1].score, default=None)
    if best is None or best[1].score <= 0 or not _outweighs(doc, best[1]):
        band = _headline_act(doc)
        if band:
            return band, _referents_of_act(band)
        return None, _FIRST_PERSON
    if best[1].kind == "group" and (act := _named_players(doc)):
        return act, _referents(best[0], best[1]) | _referents_of_act(act)
    name, mate = _display(best[0], found)
    return name, _referents(best[0], best[1]) | (_referents(mate, found[mate]) if mate else frozenset())


def _holders(doc: Document, names: Sequence[Name]) -> dict[str, str]:
    """Map roles ("vice president") to the surname of the first person who bears them as a title.

    With several presidents in a text, "the President" before the first of them is none of them.
    """
    holders: dict[str, list[Name]] = {}
    roles = word_lists().roles
    for name in names:
        if name.kind != "person" or not name.surname:
            continue
        words = name.text.lower().split()
        for i, word in enumerate(words):
            role = next((r for r in roles.get(word, ()) if tuple(words[i : i + len(r)]) == r), None)
            if role:
                holders.setdefault(" ".join(role), []).append(name)
                break
        else:
            beside = _office_beside(doc, name)
            if beside:
                holders.setdefault(beside, []).append(name)
    out = {}
    for text, held in holders.items():
        if len({n.surname for n in held}) > 1 and _is_named(doc, ("the", *text.split()), held[0].first):
            continue
        out[text] = held[0].surname.lower()
    return out


def _office_beside(doc: Document, name: Name) -> str:
    """Return the role between commas beside a name: "the foreign minister, Ana Ruiz, will fly"."""
    lower, roles = doc.lower, word_lists().roles
    if lower[name.last : name.last + 1] != (",",) or lower[name.last + 1 : name.last + 2] == ("and",):
        return ""
    if lower[name.first - 1 : name.first] == (",",):
        for length in (3, 2, 1):
            first = name.first - 1 - length
            if first > 0 and lower[first : name.first - 1] in roles.get(lower[first], ()):
                return " ".join(lower[first : name.first - 1]) if lower[first - 1] == "the" else ""
    return ""


def _is_named(doc: Document, words: tuple[str, ...], end: int) -> bool:
    """Tell whether words stand in the text before a token."""
    lower, n = doc.lower, len(words)
    return any(w == words[-1] and lower[i - n + 1 : i + 1] == words for i, w in enumerate(lower[:end]))


def _mentions(
    doc: Document, names: Sequence[Name], holders: Mapping[str, str], places: Sequence[int]
) -> Iterator[_Mention]:
    """Yield each mention of a person, ship or group: by name, by role or as a crowd on its way."""
    words = word_lists()
    inside: set[int] = set()
    titled = {n.surname.lower() for n in names if n.surname and not _is_wife(n)}
    by_given = _by_given_name(names)
    for name in names:
        inside.update(range(name.first, name.last))
        if name.kind == "person":
            key = (name.surname or name.text).lower()
            key = by_given.get(key, key)
            if key in titled and _is_wife(name):
                key = "mrs " + key
            yield _Mention(key, "person", name.first, name.last)
        elif name.kind == "organisation":
            text = name.text.lower()
            if text.split()[0] not in words.whole and text.split()[0] not in words.houses:
                yield _Mention(text, "organisation", name.first, name.last)
    club = _club(doc, inside.union(places))
    if club is not None:
        yield club
        inside.update(range(club.first, club.last))
    likely = _words_for_travellers()
    for i, word in enumerate(doc.lower):
        if word not in likely or i in inside:
            continue
        m = _crowd(doc, i) if word in words.crowds or word in words.vehicles else None
        m = m or (_vessel(doc, i) if word in words.vehicles or word == "ship" else None)
        m = m or (_role(doc, i, inside, holders) if word in words.roles else None)
        if m is not None:
            yield m
            inside.update(range(m.first, m.last))


def _by_given_name(names: Sequence[Name]) -> dict[str, str]:
    """Map the given names of people who are named in full to their surnames: "Mr. Ola" is Ola Berg."""
    out: dict[str, str] = {}
    surnames = {n.surname.lower() for n in names}
    for name in names:
        plain = [w for w in name.text.lower().split() if w.rstrip(".") not in word_lists().title_words]
        if name.kind == "person" and len(plain) > 1 and plain[-1] == name.surname.lower():
            out.setdefault(plain[0], plain[-1])
    full = {n.text.lower().split()[-1] for n in names if len(n.text.split()) > 1}
    return {given: surname for given, surname in out.items() if given in surnames & full}


@cache
def _words_for_travellers() -> frozenset[str]:
    """Return the words by which a crowd, a ship or somebody in a role may be named."""
    words = word_lists()
    return words.crowds | words.vehicles | words.roles.keys() | {"ship"}


def _club(doc: Document, inside: set[int]) -> _Mention | None:
    """Read the name that opens the story of a choir, band or squad, if nothing in it tells what it is."""
    players = word_lists().players
    prose = next((s for s in doc.sentences if s.form is Form.PROSE), None)
    if prose is None or prose.first in inside:
        return None
    if not any(w in players and doc.lower[i - 1] == "the" for i, w in enumerate(doc.lower)):
        return None
    first = prose.first + (doc.lower[prose.first] == "the")
    last = first
    while last < min(prose.last, first + 5) and doc.words[last][0].isupper() and last not in inside:
        last += 1
    if last - first < 2 or last >= prose.last:
        return None
    if doc.lower[last] not in _AUXILIARIES and doc.lower[last] not in word_lists().verbs:
        return None
    return _Mention(doc.quote(first, last).lower(), "organisation", first, last)


def _is_wife(name: Name) -> bool:
    return name.text.lower().split()[0].rstrip(".") in _WIVES


def _role(doc: Document, i: int, inside: set[int], holders: Mapping[str, str]) -> _Mention | None:
    """Read "the Secretary", "our party" or a role that opens a line."""
    words, before = word_lists(), doc.lower[i - 1] if i else ""
    capital = doc.words[i][0].isupper()
    opens = capital and i > 0 and doc.words[i - 1] in {".", ":", "—", "–", "and"}
    if before not in {"the", "our", "a"} and not opens:
        return None
    role = next(
        (
            r
            for r in words.roles[doc.lower[i]]
            if doc.lower[i : i + len(r)] == r and i + len(r) - 1 not in inside
        ),
        None,
    )
    if role is None:
        return None
    text = " ".join(role)
    held = holders.get(text)
    kind = "person" if held else "group" if role[-1] in words.groups else "role"
    return _Mention(held or "the " + text, kind, i - 1 if before == "the" else i, i + len(role))


def _crowd(doc: Document, i: int) -> _Mention | None:
    """Read people or a vehicle without a name that a verb of travel tells of: "the pupils will fly"."""
    words, lower = word_lists(), doc.lower
    sentence = doc.sentences[doc.sentence_at(i)]
    end, j = sentence.last, i + 1
    if j < end and lower[j] in {"of", "from", "operated", "chartered", "run", "owned"}:
        j += 1
        while (
            j < min(end, i + 8)
            and doc.words[j][0].isalnum()
            and not (lower[j] in _AUXILIARIES or lower[j] in words.moves)
        ):
            j += 1
    last = j
    if j < end and lower[j] == ",":
        j = next((k + 1 for k in range(j + 1, min(end, j + 20)) if lower[k] == ","), end)
    while j < end and lower[j] in _AUXILIARIES:
        j += 1
    driven = lower[i] in words.vehicles and j < end and lower[j] in _DRIVEN
    if j >= end or not (driven or _sets_out(doc, j, end)):
        return None
    first = _phrase_start(doc, i, sentence.first)
    if lower[first] in _FIRST_PERSON:
        return None  # "our bus" carries whoever tells
    return _Mention(f"the {lower[i]}", "crowd", first, last)


def _sets_out(doc: Document, verb: int, end: int) -> bool:
    """Tell whether a verb, with what follows it, is one of travel."""
    words, lower = word_lists(), doc.lower
    if lower[verb] in words.moves and lower[verb] not in {
        "made",
        "make",
        "began",
        "begun",
        "begin",
        "spend",
        "lead",
    }:
        return True
    return lower[verb] in words.verbs and any(w in words.nouns for w in lower[verb + 1 : min(end, verb + 5)])


def _phrase_start(doc: Document, i: int, low: int) -> int:
    """Return where the noun phrase begins that ends with token `i`, without "a" and "an"."""
    words, lower = word_lists(), doc.lower
    k = i
    while k > max(low, i - 6) and not (
        lower[k - 1] in _EDGES
        or lower[k - 1] in words.verbs
        or lower[k - 1] in _AUXILIARIES
        or lower[k - 1].endswith("day")
    ):
        k -= 1
        if lower[k] in {"the", "a", "an"}:
            break
    if k - 2 > low and lower[k - 1] == "and" and lower[k - 2] in words.crowds:
        return _phrase_start(doc, k - 2, low)
    return k + 1 if lower[k] in {"a", "an"} and k < i else k


def _vessel(doc: Document, i: int) -> _Mention | None:
    """Read the name behind a ship ("the ship, the Aurora,") and the number of a flight."""
    words, n = doc.words, len(doc.words)
    if doc.lower[i] == "flight" and i + 1 < n and words[i][0].isupper() and words[i + 1][0].isdigit():
        first = i
        while first > 0 and first > i - 4 and words[first - 1][0].isupper():
            first -= 1
        return _Mention(doc.quote(first, i + 2).lower(), "vehicle", first, i + 2)
    if doc.lower[i + 1 : i + 3] != (",", "the"):
        return None
    last = i + 3
    while last < n and last < i + 6 and words[last][0].isupper():
        last += 1
    if last == i + 3 or last >= n or words[last] != ",":
        return None
    return _Mention(f"the {doc.lower[i]}", "group", i + 2, last)


def _points(doc: Document, first: int, last: int, kind: str) -> float:
    """Weigh one mention by what it does and where it stands."""
    words, lower, n = word_lists(), doc.lower, len(doc.words)
    index = doc.sentence_at(first)
    sentence = doc.sentences[index]
    weight = _weight(index)
    if kind == "crowd":
        return weight
    if last < n and lower[last] == ":" and first == sentence.first and index:
        return 0.0  # who speaks
    before = lower[max(sentence.first, first - 4) : first]
    if before[-1:] in (("by",), ("of",), ("for",)) and any(w in words.nouns for w in before):
        return 1.5 * weight
    possessive = last < n and lower[last] in {"’s", "'s"}
    owns = possessive and any(w in words.nouns for w in lower[last + 1 : min(last + 6, sentence.last)])
    if owns and lower[first] not in words.tellers:
        return 1.5 * weight
    if _is_led_by(doc, first, sentence.first):
        return 2.0 * weight
    told = doc.quote(max(sentence.first, first - 4), last).lower()
    if (
        any(w in words.tellers for w in (*before[-3:], lower[first]))
        or "spokes" in told
        or "press sec" in told
    ):
        return 0.5 if "from president" in told or "by president" in told else -weight
    if possessive:
        return 0.6
    if before[-1:] == ("carrying",) and kind != "organisation":
        return weight
    return _acting_points(doc, first, last, kind)


def _weight(index: int) -> float:
    """Weigh what stands at the head of a text more."""
    return 3.0 if index == 0 else 2.0 if index < 4 else 1.0


def _is_led_by(doc: Document, first: int, low: int) -> bool:
    """Tell whether a name stands behind "led by", maybe with an office between."""
    for k in range(first - 1, max(low, first - 9), -1):
        if doc.lower[k] in {",", "and", ".", ";"}:
            return False
        if doc.lower[k] == "by":
            return doc.lower[k - 1] in {"led", "headed"}
    return False


def _acting_points(doc: Document, first: int, last: int, kind: str) -> float:
    """Weigh a mention by the verb whose subject it is."""
    words, lower = word_lists(), doc.lower
    index = doc.sentence_at(first)
    sentence = doc.sentences[index]
    weight = _weight(index)
    before = lower[max(sentence.first, first - 4) : first]
    met = before[-1:] in (("with",), ("to",), ("for",), ("by",), ("from",), ("against",))
    head = (0.1 if met else 0.3) + (0.7 * weight if first - sentence.first < 4 and index == 0 else 0.0)
    if kind == "organisation" and index < 2:
        aboard = not {"aboard", "on"}.isdisjoint(before[-2:])
        ship = lower[first] in words.ships and (not aboard or "voyage" in lower[sentence.first : first])
        head += 4.0 if ship else 1.5 if lower[last - 1] in _PERFORMERS else 0.0
    verb = _verb_after(doc, last, sentence.last)
    if verb is None:
        return head + (0.7 * weight if not met and _opens_with_verb(doc, first, sentence.first) else 0.0)
    if met and index:
        return head
    if lower[verb] in words.hosting and index < 2:
        return -0.5 * weight
    if before[-1:] in (("where",), ("which",), ("whom",)):
        weight *= 0.3
    alone = 0.5 if before[-1:] == ("and",) else 1.0
    return alone * (head + weight * _strength(doc, verb))


def _opens_with_verb(doc: Document, token: int, low: int) -> bool:
    """Tell whether a sentence opens with what its subject does: "Speaking in Oslo, he said"."""
    opener = doc.lower[low]
    return token - low < 25 and opener.endswith("ing") and opener in word_lists().verbs


def _strength(doc: Document, verb: int) -> float:
    """Weigh the verb of which a candidate is the subject."""
    words, lower = word_lists(), doc.lower
    if lower[verb] in words.stays:
        return 0.0
    leads = 1.5 if lower[verb] in {"lead", "leads", "led", "leading"} else 0.0
    strong = lower[verb] in words.moves or lower[verb] in _BEING or _makes_a_trip(doc, verb)
    return (1.5 if strong else 0.5) + leads


def _makes_a_trip(doc: Document, verb: int) -> bool:
    """Tell whether a verb says little and the trip stands behind it: "is making a short visit"."""
    if doc.lower[verb] not in _LIGHT:
        return False
    end = min(doc.sentences[doc.sentence_at(verb)].last, verb + 5)
    return not word_lists().nouns.isdisjoint(doc.lower[verb + 1 : end])


def _verb_after(doc: Document, start: int, end: int) -> int | None:
    """Return the verb whose subject ends before token `start`; None if another word rules."""
    words, lower = word_lists(), doc.lower
    i, limit = start, min(end, start + 11)
    if lower[start : start + 2] == (",", "who"):
        moving = next((k for k in range(start + 2, min(end, start + 7)) if lower[k] in words.moves), None)
        if moving is not None:
            return moving
    if start < end and lower[start] in {",", "(", "–", "—"}:
        close = next(
            (k for k in range(start + 1, min(end, start + 22)) if lower[k] in {",", ")", "–", "—"}), None
        )
        if close is None:
            return None
        i, limit = close + 1, min(end, close + 16)
    while i < limit:
        word = lower[i]
        if word in words.verbs:
            return i
        if word in _STATES and i + 1 < end and lower[i + 1] in {"in", "at", "back", "on"}:
            return i + 1
        if word in _ENDS:
            return None
        i += 1
    return None


def _follow_pronouns(
    doc: Document, mentions: Sequence[_Mention], found: Mapping[str, _Candidate]
) -> set[frozenset[str]]:
    """Give what "he", "she" and "they" do to the one last spoken of as acting.

    Returns
    -------
    set of frozenset of str
        Pairs of keys that are not the same person: "the King saw him off", "he and Mr. Holm".
    """
    apart: set[frozenset[str]] = set()
    words, lower = word_lists(), doc.lower
    events: list[tuple[int, _Mention | None]] = [(m.first, m) for m in mentions]
    events += [(i, None) for i, w in enumerate(lower) if w in _PRONOUNS]
    topic: dict[bool, str | None] = {True: None, False: None}
    for i, m in sorted(events, key=lambda e: e[0]):
        if m is not None:
            single = m.kind in {"person", "role"}
            known = topic[single]
            if known is not None and (_is_beside(doc, m) or "him" in lower[m.last : m.last + 8]):
                apart.add(frozenset({m.key, known}))
            if topic[single] is None or _may_be_topic(doc, m, topic[single]):
                topic[single] = m.key
            continue
        key = topic[lower[i] not in _THEY]
        if key is None:
            continue
        index = doc.sentence_at(i)
        end = doc.sentences[index].last
        if lower[i] in _WHOSE:
            if any(w in words.nouns for w in lower[i + 1 : min(end, i + 4)]):
                found[key].score += 0.5 * _weight(index)
            continue
        verb = _verb_after(doc, i + 1, end)
        if verb is not None:
            found[key].score += 0.6 * _weight(index) * _strength(doc, verb)
        elif _opens_with_verb(doc, i, doc.sentences[index].first):
            found[key].score += 0.7 * _weight(index)
    return apart


def _is_beside(doc: Document, m: _Mention) -> bool:
    """Tell whether a mention is joined to "he" or "she"."""
    lower = doc.lower
    return (lower[m.first - 1 : m.first] == ("and",) and lower[m.first - 2] in _HE) or (
        lower[m.last : m.last + 1] == ("and",) and lower[m.last + 1 : m.last + 2] in (("he",), ("she",))
    )


def _told_apart(doc: Document, mentions: Sequence[_Mention]) -> set[frozenset[str]]:
    """Pair those who are named in one sentence, and whoever speaks with everybody."""
    apart: set[frozenset[str]] = set()
    keys = {m.key for m in mentions}
    people = [m for m in mentions if m.kind in {"person", "role"}]
    for n, m in enumerate(people):
        end = doc.sentences[doc.sentence_at(m.first)].last
        for other in islice(people, n + 1, n + 1 + _REACH):
            if other.first >= end:
                break
            if other.key != m.key:
                apart.add(frozenset({m.key, other.key}))
        if doc.lower[m.last : m.last + 1] == (":",):
            apart.update(frozenset({m.key, key}) for key in keys if key != m.key)
    return apart


def _may_be_topic(doc: Document, m: _Mention, topic: str | None) -> bool:
    """Tell whether "he" may stand for a mention: it opens the sentence or acts, and not on "him"."""
    lower = doc.lower
    if lower[m.first - 1 : m.first] in (
        ("with",),
        ("to",),
        ("for",),
        ("by",),
        ("of",),
        ("where",),
        ("which",),
    ):
        return False
    sentence = doc.sentences[doc.sentence_at(m.first)]
    ahead = lower[m.last : min(sentence.last, m.last + 8)]
    if m.key != topic and "him" in ahead:
        return False
    if m.first - sentence.first < 4 or ahead[:1] in (("’s",), ("'s",)) or ahead[:2] == (",", "who"):
        return True
    return any(w in _AUXILIARIES or w in word_lists().verbs for w in ahead[:2])


def _join(doc: Document, mentions: Sequence[_Mention], found: Mapping[str, _Candidate]) -> None:
    """Note who travels together: "Ana Ruiz and Carl Otto will visit"."""
    words = word_lists()
    for n, m in enumerate(mentions):
        if m.kind not in {"person", "role"}:
            continue
        end = doc.sentences[doc.sentence_at(m.first)].last
        verb = _verb_after(doc, m.last, end)
        mate = mentions[n + 1] if n + 1 < len(mentions) else None
        if mate is not None and (mate.last > end or mate.kind not in {"person", "role"} or mate.key == m.key):
            mate = None
        if mate is not None and not _is_and(doc, m.last, mate.first):
            mate = None
        if mate is not None:
            verb = _verb_after(doc, mate.last, end)
        else:
            _follow_list(doc, mentions, n, found)
        if verb is None:
            continue
        share = 1.0 if doc.lower[verb] in words.moves or doc.lower[verb] in _BEING else 0.5
        found[m.key].moving += share
        if mate is None:
            continue
        if mate.first - m.last > 8:  # too far for the first to have earned the verb
            points = _weight(doc.sentence_at(m.first)) * _strength(doc, verb)
            found[m.key].score += points
            found[mate.key].score -= 0.5 * points
        found[m.key].partners[mate.key] = found[m.key].partners.get(mate.key, 0.0) + share


def _follow_list(
    doc: Document, mentions: Sequence[_Mention], n: int, found: Mapping[str, _Candidate]
) -> None:
    """Give the first of three or more what they do together: "Ruiz (A), Otto (B) and Holm (C) flew"."""
    before, m = mentions[n - 1] if n else None, mentions[n]
    if before is not None and _is_comma(doc, before.last, m.first):
        return
    last = m
    for other in mentions[n + 1 : n + 12]:
        if other.kind != "person" or not _is_comma(doc, last.last, other.first):
            break
        last = other
    if last is m or last.key == m.key or doc.sentence_at(last.first) != doc.sentence_at(m.first):
        return
    if not {",", "and"} <= set(doc.lower[m.last : last.first]):
        return  # only two
    verb = _verb_after(doc, last.last, doc.sentences[doc.sentence_at(m.first)].last)
    if verb is None:
        return
    points = _weight(doc.sentence_at(m.first)) * _strength(doc, verb)
    found[m.key].score += points
    found[last.key].score -= points


def _is_comma(doc: Document, start: int, end: int) -> bool:
    """Tell whether only offices, remarks in brackets and names that are not known stand between two names."""
    if not start < end <= start + 40 or not {",", "and"} & set(doc.lower[start:end]):
        return False
    return all(
        doc.words[k][0].isupper() or doc.words[k][0].isdigit() or doc.lower[k] in _BETWEEN
        for k in range(start, end)
    )


def _is_and(doc: Document, start: int, end: int) -> bool:
    """Tell whether only "and", an office and maybe a remark in brackets stand between two names."""
    lower = doc.lower
    if start < end and lower[start] == "(":
        close = next((k for k in range(start, end) if lower[k] == ")"), None)
        if close is None:
            return False
        start = close + 1
    if not (start < end and end - start <= 14 and lower[start] == "and"):
        return False
    return all(
        doc.words[k][0].isupper() or lower[k] in {"of", "for", "the", "to", "former"}
        for k in range(start + 1, end)
    )


def _merge(found: dict[str, _Candidate], apart: set[frozenset[str]]) -> None:
    """Give what groups and roles without a holder earn to the person or body that they stand for."""
    players = word_lists().players
    kinds = {"person", "organisation", "vehicle"}
    named = {k: c for k, c in found.items() if c.kind in kinds and c.score > 0}
    for key, candidate in list(found.items()):
        if candidate.kind not in {"group", "role", "crowd"} or candidate.score <= 0:
            continue
        own = key.split()[-1] in players
        crowned = key.split()[-1] in _CROWNED
        fitting = [
            c
            for k, c in named.items()
            if not crowned and _may_stand_for(c, candidate.kind, own) and frozenset({k, key}) not in apart
        ]
        heir = max(fitting, key=lambda c: c.score, default=None)
        if heir is None or heir.score <= 0.5 or candidate.score > 8 * heir.score:
            continue
        heir.score += 0.5 * candidate.score
        heir.words |= candidate.words
        candidate.score *= 0.1
        if candidate.kind == "role":
            heir.partners.setdefault(key, 0.0)


def _may_stand_for(candidate: _Candidate, kind: str, own: bool) -> bool:
    """Tell whether a name may be that of a group (`own`: one with a name of its own), a role or a vehicle."""
    if kind == "group":
        return candidate.kind != "vehicle" and not (own and candidate.kind == "person")
    if kind == "crowd":
        return candidate.kind == "vehicle"
    return candidate.kind == "person" and _untitled(candidate)


def _untitled(candidate: _Candidate) -> bool:
    """Tell whether a person bears no title that would clash with a role."""
    plain = {"mr", "mrs", "ms", "sister", "brother", "cousin", "aunt", "uncle", "father"}
    words = word_lists()
    return not any(
        w.rstrip(".") in words.title_words - plain and w.rstrip(".") not in words.given
        for w in candidate.words
    )


def _address(doc: Document, names: Sequence[Name], found: Mapping[str, _Candidate]) -> None:
    """Favour whom a letter about his own trip addresses, and whose statement "I" speaks in."""
    yours = doc.lower.count("you") + doc.lower.count("your")
    people = [n for n in names if n.kind == "person" and n.surname and n.first]
    if yours > sum(map(doc.lower.count, ("i", "we", "my", "our"))):
        dear = next((n for n in people if doc.lower[n.first - 1] == "dear"), None)
        if dear is not None and dear.surname.lower() in found:
            found[dear.surname.lower()].score += 50
    elif doc.lower[:1] in (("statement",), ("remarks",), ("message",)) and "i" in doc.lower and people:
        speaker = found.get(people[0].surname.lower())
        by = doc.lower[1 : people[0].first] in (("from",), ("by",), ("of",))
        if by and speaker is not None and max(c.score for c in found.values()) < 3:
            speaker.score += 50


def _outweighs(doc: Document, best: _Candidate) -> bool:
    """Tell whether a named traveller is likelier than "I" or "we"."""
    spoken = 0
    quoted = False
    silent = _FIRST_PERSON.isdisjoint(doc.lower)
    for i, word in enumerate(() if silent else doc.words):
        if word in {"“", "”", '"'}:
            quoted = word == "“" or (word == '"' and not quoted)
        elif not quoted and doc.lower[i] in _FIRST_PERSON and word != "US":
            spoken += 1
    titled = (
        best.kind == "role"
        or not best.words.isdisjoint(_PERFORMERS | word_lists().ships)
        or not _untitled(best)
        or any(w.rstrip(".") in _COURTESIES for w in best.words)
    )
    titled = titled or (best.kind in {"crowd", "vehicle"} and "i" not in doc.lower)
    if titled and _is_transcript(doc):
        return best.score > 1.0
    return best.score > (min(3.0, 0.5 * spoken) if titled else 1.5 * spoken)


def _is_transcript(doc: Document) -> bool:
    """Tell whether several lines open with who speaks: then "I" and "we" are those of the briefing."""
    heads = 0
    for s in doc.sentences:
        opening = doc.words[s.first : s.first + 4]
        if ":" in opening and opening[0].isupper():
            heads += 1
    return heads >= 2


def _display(key: str, found: Mapping[str, _Candidate]) -> tuple[str, str]:
    """Write the traveller as the text does; two who travel together with "and", and the key of the second."""
    best = found[key]
    form = _best_form(best.forms, key)
    mate = max(best.partners.items(), key=lambda p: p[1], default=("", 0.0))
    if mate[1] > 0 and mate[1] >= 0.5 * best.moving and mate[1] >= 1.0:
        return f"{form} and {_best_form(found[mate[0]].forms, mate[0])}", mate[0]
    words = form.split()
    if len(words) == 2 and words[0].lower().rstrip(".") in _COURTESIES:
        office = next((p for p in best.partners if found[p].kind == "role"), None)
        if office is not None:
            return f"{office.removeprefix('the ').title()} {words[1]}", ""
    return form, ""


def _best_form(forms: Sequence[str], key: str) -> str:
    """Return the fullest form that is not shouted, names before offices and descriptions."""

    def rank(form: str) -> tuple[bool, bool, bool, int, int]:
        words = [w for w in form.split() if w.lower() not in {"the", "a"}]
        proper = any(w[0].isupper() for w in words)
        named = key.startswith("the ") or key.split()[-1] in form.lower()
        return not form.isupper(), named, proper, len(form.split()), -forms.index(form)

    return max(forms, key=rank).removesuffix("'S").removesuffix("’S")


def _referents(key: str, candidate: _Candidate) -> frozenset[str]:
    """Return the words that refer to the traveller."""
    own = {w for w in candidate.words if len(w) > 1 and w not in {"the", "of", "and"}} | {key.split()[-1]}
    if not own.isdisjoint(_ROYAL):
        own |= {"highness", "majesty", "holiness", "pontiff", "couple", "royals"}
    return frozenset(own | {"he", "she", "they", "we", "i", "delegation", "team", "party", "group"})


def referents_of(name: str) -> frozenset[str]:
    """Return the words that refer to a traveller whose name is given."""
    words = [w.lower().strip(".,") for w in name.split()]
    plain = {w for w in words if w not in word_lists().title_words} or set(words)
    return frozenset(plain | {"he", "she", "they"}) - {"the", "of", "and"}


def _headline_act(doc: Document) -> str | None:
    """Return the band, ship or company that the headline of a list of dates names."""
    for sentence in doc.sentences[:2]:
        words = doc.words[sentence.first : sentence.last]
        if sentence.form is not Form.HEADING or not 1 < len(words) <= 5:
            continue
        if all(w[0].isupper() or w in {"of", "the", "and", "&"} for w in words) and _lists_dates(doc):
            return doc.quote(sentence.first, sentence.last)
    return None


def _announced_act(doc: Document) -> str | None:
    """Return the band that announces its tour: "Blue Kettle have announced a UK tour"."""
    if len(_OF_SHOWS.intersection(doc.lower)) < 2:
        return None
    for sentence in doc.sentences[:4]:
        first = _behind_dateline(doc, sentence.first, sentence.last)
        low = doc.lower[first : sentence.last]
        n = next((n for n, w in enumerate(low[:24]) if w in _SAYING), 0)
        start = n
        while start and (doc.words[first + start - 1][0].isupper() or low[start - 1] in _IN_NAMES):
            start -= 1
        if start and low[start - 1] not in {",", "”", '"'}:
            continue
        first, low, n = first + start, low[start:], n - start
        words = doc.words[first : sentence.last]
        if not n or not all(w[0].isupper() or w in _IN_NAMES for w in words[:n]) or not words[0][0].isalnum():
            continue
        if not _OF_STATES.isdisjoint(low[:n]):
            continue
        says = low[n] not in {"have", "has"} or not _ANNOUNCED.isdisjoint(low[n + 1 : n + 7])
        if says and not {"tour", "dates", "gigs", "shows", "concerts"}.isdisjoint(low[n:]):
            return doc.quote(first, first + n)
    return None


def _named_players(doc: Document) -> str | None:
    """Return the name of the choir or band that a text then calls "the choir": "The Alba Chamber Singers"."""
    players = _PERFORMERS | {"chorale", "glee"}
    for sentence in doc.sentences[:3]:
        for i in range(sentence.first + 2, sentence.last):
            if doc.lower[i] not in players or not doc.words[i][0].isupper() or doc.words[i].isupper():
                continue
            first = i
            while first > sentence.first and doc.words[first - 1][0].isupper() and first > i - 5:
                first -= 1
            first += doc.lower[first] == "the"
            if i - first > 0 and doc.words[i + 1 : i + 2] and doc.words[i + 1][0].islower():
                return doc.quote(first, i + 1)
    return None


def _behind_dateline(doc: Document, first: int, last: int) -> int:
    """Return where the words behind "March 28 (UPI) —" begin."""
    dash = next((i for i in range(first, min(last, first + 9)) if doc.words[i] in "—–-"), first - 1)
    return dash + 1 if dash + 1 < last else first


def _referents_of_act(act: str) -> frozenset[str]:
    """Return the words by which a text refers to a band."""
    return frozenset(act.lower().split()) | {"they", "we", "it", "band", "group", "tour"}


def _lists_dates(doc: Document) -> bool:
    """Tell whether the text is mostly a list whose items begin with a number."""
    items = [s for s in doc.sentences if s.form is Form.ITEM]
    numbered = sum(any(c.isdigit() for c in doc.words[s.first]) for s in items)
    return len(items) >= 4 and numbered >= len(items) // 2


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts in the clause that holds a place.

    Parameters
    ----------
    kind : str
        ``traveller``, ``other`` (another person, an organisation, people) or ``none``.
    first, last : int
        Tokens of the words that name him; both 0 if the kind is ``none``.
    name : Name or None
        If he is called by name.
    """

    kind: str
    first: int = 0
    last: int = 0
    name: Name | None = None


_NOBODY = Subject("none")


def subjects(
    doc: Document, names: Sequence[Name], referents: frozenset[str], tokens: Sequence[int]
) -> list[str]:
    """Tell for each of some tokens who is named before the verb of its clause.

    Returns
    -------
    list of str
        ``traveller``, ``other`` (another person, an organisation, people) or ``none``.
    """
    ends = _by_token(names)
    return [_nearest(doc, ends, referents, token) for token in tokens]


def _by_token(names: Sequence[Name]) -> dict[int, Name]:
    return {i: n for n in names for i in range(n.first, n.last)}


def _nearest(doc: Document, ends: Mapping[int, Name], referents: frozenset[str], token: int) -> str:
    """Walk left from a place, over its verb to the first who may act."""
    verbs, lower = word_lists().verbs, doc.lower
    ruled = False
    first = max(doc.sentences[doc.sentence_at(token)].first, token - _REACH)
    for i in range(token - 1, first - 1, -1):
        word = lower[i]
        if word in _CLAUSE_ENDS:
            break
        if word in verbs or word in _BEING:
            ruled = True
        elif ruled:
            name = ends.get(i)
            kind = _who(
                word, lower[i - 1] if i else "", name if name and name.first < token else None, referents
            )
            start = name.first if name else i
            if kind == "other" and (_is_with(doc, start, referents) or _is_what_we_are(lower, start)):
                return "traveller"
            if kind == "other" and lower[name.last if name else i + 1] in _OWNS:
                continue  # "the ministers’ meeting opens", "her deputy’s office lies": what is owned acts
            if kind:
                return kind
    return "none"


def _is_with(doc: Document, first: int, referents: frozenset[str]) -> bool:
    """Tell whether somebody is named as the companion of the traveller.

    "She and Mr. Otto", "Ruiz and Ada, Duchess of Kent, will": an office may stand behind a given name.
    """
    i, low = first - 1, max(1, first - 6)
    if doc.lower[i] == "," and doc.words[i - 1][0].isupper():
        i -= 1
        while i > low and doc.words[i][0].isupper() and doc.lower[i] not in referents:
            i -= 1
    while i > low and doc.lower[i] in {"the", "vice", "deputy"}:
        i -= 1
    return i > 0 and doc.lower[i] == "and" and doc.lower[i - 1] in referents


def _is_what_we_are(lower: Sequence[str], first: int) -> bool:
    """Tell whether a noun says who "we" are: "we are four friends who", "I’m a teacher from Oslo who"."""
    for i in range(first - 1, max(-1, first - 4), -1):
        if lower[i] in _FIRST_PERSON and lower[i][-1] in "em" and len(lower[i]) > 2:
            return True  # "we’re", "I’m"
        if lower[i] in {"are", "am", "were", "was"}:
            return i > 0 and lower[i - 1] in {"i", "we"}
    return False


def subject_of(doc: Document, names: Sequence[Name], referents: frozenset[str], token: int) -> Subject:
    """Tell who acts in the clause that holds a token: nobody who is only met there or comes along."""
    words, lower = word_lists(), doc.lower
    first = max(doc.sentences[doc.sentence_at(token)].first, token - _REACH)
    low = bisect_left(names, first, key=lambda n: n.last)
    ends = _by_token(names[low : bisect_right(names, token, key=lambda n: n.first)])
    ruled = clause = False
    pending: Subject | None = None
    i = token - 1
    while i >= first:
        word = lower[i]
        name = ends.get(i)
        if word in _CLAUSE_ENDS:
            break
        if name is None and (word in words.verbs or word in _BEING):
            pending = None  # whom the traveller meets
            ruled = True
        elif name is None and pending is not None and word in _BEFORE_OBJECTS:
            pending = None
        elif name is None and pending is not None and not _goes_on(doc, ends, i):
            return pending
        elif ruled:
            kind = _who(
                word, lower[i - 1] if i else "", name if name and name.first < token else None, referents
            )
            clause = clause or word == "who"
            found = Subject(kind, name.first, name.last, name) if name else Subject(kind, i, i + 1)
            if kind == "traveller":
                return found
            pending = pending or (found if kind else None)
            if pending is not None and clause:
                return pending
        i = (name.first if name is not None else i) - 1
    return pending or _NOBODY


_NAMED_WITH = _HE | {",", "president", "minister", "secretary", "chancellor", "king", "queen"}
_NAME_PARTS = _NAMED_WITH | {"the", "her", "his", "vice", "deputy", ")", "(", "acting"}


def _goes_on(doc: Document, ends: Mapping[int, Name], i: int) -> bool:
    """Tell whether words to the left of a name may still belong to it or to others named with it."""
    word = doc.lower[i]
    if word == ",":
        return i > 0 and (i - 1 in ends or doc.lower[i - 1] == ")")
    if word == "and":
        return i > 0 and (
            doc.words[i - 1][0].isupper()
            or doc.lower[i - 1] in {",", "president", "minister", "secretary"} | _HE
        )
    return (
        doc.words[i][0].isupper() or word in {"the", "her", "his", "vice", "deputy", ")", "(", "acting"} | _HE
    )


_BEFORE_OBJECTS = frozenset("with by from to for of against before than like including between about".split())


def _who(word: str, before: str, name: Name | None, referents: frozenset[str]) -> str:
    """Judge one word to the left of the verb."""
    if name is not None and name.kind in {"person", "organisation"}:
        own = name.surname.lower() in referents or (
            name.surname == "" and name.text.lower().split()[-1] in referents
        )
        return "traveller" if own else "other"
    if word in referents:
        return "other" if before in _SECOND and before not in referents else "traveller"
    if word in {"he", "she", "they", "who"}:
        return "other" if word != "who" else ""
    return "other" if word in word_lists().people else ""


_SECOND = frozenset({"vice", "deputy"})
