"""Say what a stop is for: its purpose, a short title and whom the traveller meets there.

Cue words are counted around the mentions of the stop, in the sentences behind them and in the whole text;
a linear model trained once on annotated texts (tests/train_purposes.py) weighs them.
"""

from __future__ import annotations

import json
import math
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from itertools import compress
from pathlib import Path
from typing import Protocol

from itinerary.model import Purpose, Span
from itinerary.people import Name
from itinerary.sentences import Document, Form
from itinerary.shows import Line, segments, show_lines

__all__ = ["SILENCE", "Description", "describe", "features", "place_tokens"]

_DATA = Path(__file__).parent / "data"
_PLACING = frozenset(
    "in to at from near via toward towards through for visit visits visited leave leaves left reach".split()
)
_JOINING = frozenset(
    {
        ",",
        "and",
        "or",
        ";",
        "then",
        "to",
        "the",
        "/",
        "&",
        "–",
        "-",
        "—",
        "both",
        "finally",
        "on",
        "as",
        "well",
    }
)
_SCOPES = {"right": 1.0, "left": 0.6, "behind": 0.6, "heading": 0.5}
_TELLING = frozenset(
    "leader minister official meet talks summit conference ceremony honour speech leisure business "
    "performance sport pilgrimage personal military inspect community via home person".split()
)
_OVERALL = (
    "summit",
    "conference",
    "ceremony",
    "speech",
    "pilgrimage",
    "personal",
    "business",
    "private",
    "military",
    "honour",
    "performance",
    "meet",
    "talks",
    "leisure",
)
_ENDS = (
    ("devotion", 2, 0.9),
    ("art", 3, 1.2),
    ("team", 3, 1.2),
    ("trade_work", 3, 1.5),
    ("lectern", 1, 1.2),
)
_FOLLOWING = 3
_LONGEST_TITLE = 8
_SHORT = 150
_MOST_PEOPLE = 6
# What a text says in so many words, and the domain that says it otherwise.
_TOLD = {Purpose.SPORT: "team", Purpose.PERFORMANCE: "art", Purpose.PILGRIMAGE: "devotion"}
_OWN_STORY = 1.8  # density of "I", "we" and "my" from which on a text is somebody's own story
SILENCE = 0.7
"""How sure the model must be that a text says nothing of the purpose before it is left unknown."""


@dataclass(frozen=True, slots=True)
class Description:
    """What the text says about one stop.

    Parameters
    ----------
    purpose : Purpose
    title : str
        What happens there, in words of the text; empty if the text says nothing.
    people : tuple of str
        Whom the traveller meets there, in words of the text.
    purpose_span, title_span : Span or None
        The words that prove purpose and title.
    people_spans : tuple of Span
        One for each of `people`.
    """

    purpose: Purpose = Purpose.UNKNOWN
    title: str = ""
    people: tuple[str, ...] = ()
    purpose_span: Span | None = None
    title_span: Span | None = None
    people_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cues:
    """Cue phrases by their first word, those of several words again, and cue stems by their first letters."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    longer: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    stems: dict[str, tuple[tuple[str, str], ...]]


@cache
def _cues() -> _Cues:
    """Read the cue words, once."""
    raw = tomllib.loads((_DATA / "purposes.toml").read_text(encoding="utf-8"))["cues"]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for group, text in raw.items():
        for entry in text.split("|"):
            if entry.endswith("*"):
                stems.setdefault(entry[:3], []).append((entry[:-1], group))
            else:
                words = tuple(entry.split())
                phrases.setdefault(words[0], []).append((words, group))
    longer = {k: tuple(p for p in v if len(p[0]) > 1) for k, v in phrases.items()}
    return _Cues(
        {k: tuple(v) for k, v in phrases.items()},
        {k: v for k, v in longer.items() if v},
        {k: tuple(v) for k, v in stems.items()},
    )


@lru_cache(maxsize=8192)
def _of_word(word: str) -> tuple[str, ...]:
    """Return the groups to which a single word belongs."""
    cues = _cues()
    bare = word if word in cues.phrases else word.rstrip(".")
    found = {group for words, group in cues.phrases.get(bare, ()) if len(words) == 1}
    found |= {group for stem, group in cues.stems.get(word[:3], ()) if word.startswith(stem)}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Profile:
    """The cues of a whole text: groups at each token, and how dense each group is."""

    at: tuple[tuple[str, ...], ...]
    density: dict[str, float]
    domain: str


class _Same:
    """Lets the names of a text be found in a cache as the very same ones, without comparing them."""

    __slots__ = ("names",)

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names

    def __hash__(self) -> int:
        return id(self.names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.names is self.names


@lru_cache(maxsize=4)
def _starts_of_people(key: _Same) -> tuple[dict[int, Name], list[int]]:
    """Map the first tokens of the people of a text to their names, and list them in order."""
    starts = {n.first: n for n in key.names if n.kind == "person"}
    return starts, sorted(starts)


class _Key:
    """Lets a text stand for its document in a cache: Python keeps the hash of a text."""

    __slots__ = ("doc",)

    def __init__(self, doc: Document) -> None:
        self.doc = doc

    def __hash__(self) -> int:
        return hash(self.doc.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.doc.text == self.doc.text


@lru_cache(maxsize=4)
def _profile(key: _Key) -> _Profile:
    """Find all cues of a text, once for all its stops."""
    doc, cues = key.doc, _cues()
    at = list(map(_of_word, doc.lower))
    for i in compress(range(len(at)), map(cues.longer.__contains__, doc.lower)):
        for words, group in cues.longer[doc.lower[i]]:
            if doc.lower[i : i + len(words)] == words:
                at[i] = (*at[i], group)
    totals = Counter(g for groups in filter(None, at) for g in set(groups))
    size = max(_SHORT, len(at))
    return _Profile(tuple(at), {g: math.log1p(100.0 * n / size) for g, n in totals.items()}, _domain(doc, at))


def _domain(doc: Document, at: Sequence[tuple[str, ...]]) -> str:
    """Say what kind of trip a text tells: most of its stops serve the same end."""
    kinds: dict[str, set[str]] = {g: set() for g in ("art", "devotion", "team", "trade_work", "lectern")}
    count: Counter[str] = Counter()
    for i in compress(range(len(at)), at):
        for group in at[i]:
            count[group] += 1
            if group in kinds:
                kinds[group].add(doc.lower[i][:5])
    size = max(60, len(at)) / 100.0
    state, own = count["statecraft"] / size, count["private"] / size
    shares = {g: count[g] / size for g in kinds}
    if show_lines(doc) and count["team"] <= count["art"] and count["lectern"] <= count["art"]:
        return "art"
    dated = _is_dated_list(doc)
    if dated and max(own, state) < 1.0 and (len(kinds["art"]) >= 2 or _announces_tour(doc)):
        return "art"
    best = ""
    for group, least, share in _ENDS:
        if len(kinds[group]) >= least and shares[group] >= max(share, 0.8 * state):
            best = group if not best or shares[group] > shares[best] else best
    if best:
        return best
    spoken_of = state >= 1.0 and state >= 0.35 * own
    return "official" if spoken_of or (state >= 0.6 and state >= 1.5 * own) else "private"


def _is_dated_list(doc: Document) -> bool:
    """Tell whether five lines or more begin with a date or another number."""
    return sum(s.form is Form.ITEM and doc.words[s.first][0].isdigit() for s in doc.sentences) >= 5


def _announces_tour(doc: Document) -> bool:
    """Tell whether one of the first lines announces a tour or its dates."""
    end = doc.sentences[min(2, len(doc.sentences) - 1)].last
    return not {"tour", "dates", "live"}.isdisjoint(doc.lower[:end])


@dataclass(slots=True)
class _Evidence:
    """The stretches of text that speak about one stop: token ranges by kind of stretch."""

    right: list[tuple[int, int]] = field(default_factory=list)
    left: list[tuple[int, int]] = field(default_factory=list)
    behind: list[tuple[int, int]] = field(default_factory=list)
    heading: list[tuple[int, int]] = field(default_factory=list)

    def stretches(self) -> Iterator[tuple[str, int, int]]:
        """Yield all stretches with their kind."""
        for scope in _SCOPES:
            for first, last in getattr(self, scope):
                yield scope, first, last


def _likely_places(doc: Document, names: Sequence[Name]) -> list[int]:
    """Guess where places stand: at capitalised words behind a preposition of place."""
    inside = {i for n in names for i in range(n.first, n.last)}
    return [
        i
        for i in range(1, len(doc.words))
        if doc.words[i][0].isupper() and i not in inside and doc.lower[i - 1] in _PLACING
    ]


_LISTED = 24  # places of one list that are passed over
_REACH = 400  # tokens of a sentence without end that may tell of a place
_MOST_MENTIONS = 200  # of one stop that are looked at
_OVERLAPPING = 5  # lines of a list of shows that may reach into one another


def _gather(doc: Document, mentions: Sequence[tuple[int, int]], places: Sequence[int]) -> _Evidence:
    """Collect the stretches that speak about the stop of some mentions."""
    found = _Evidence()
    mentions = mentions[:_MOST_MENTIONS]
    own = {i for a, b in mentions for i in range(a, b)}
    seen: set[int] = set()
    for first, last in mentions:
        index = doc.sentence_at(first)
        sentence = doc.sentences[index]
        # Without full stops a sentence may be the whole text.
        low, high = max(sentence.first, first - _REACH), min(sentence.last, last + _REACH)
        others = [i for i in places[bisect_left(places, low) : bisect_left(places, high)] if i not in own]
        before, j = bisect_left(others, first) - 1, bisect_left(others, last)
        start = max(low, others[before] + 1 if before >= 0 else 0)
        stop = others[j] if j < len(others) else high
        end = last
        for _ in range(_LISTED):
            if stop >= high or not all(map(_joins, doc.words[end:stop])):
                break
            end = stop + 1
            j += 1
            stop = others[j] if j < len(others) else high
        found.right.append((end, stop))
        found.left.append((start, first))
        if index in seen:
            continue
        seen.add(index)
        if stop == sentence.last:
            found.behind += _behind(doc, index, places, own)
        if index and doc.sentences[index - 1].form is Form.HEADING:
            found.heading.append((doc.sentences[index - 1].first, doc.sentences[index - 1].last))
    return found


def _joins(word: str) -> bool:
    """Tell whether a word may stand between two places of one list ("Lyon, San Remo (3) and Pisa")."""
    return word.lower() in _JOINING or word[0].isdigit() or word[0].isupper() or word in {"(", ")", "."}


def _behind(
    doc: Document, index: int, places: Sequence[int], own: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield the sentences behind one, up to the first that names another place."""
    sentences = doc.sentences
    listed = sentences[index].form is Form.ITEM
    for following in sentences[index + 1 : index + 1 + _FOLLOWING]:
        if listed and following.form is Form.ITEM and following.block == sentences[index].block:
            return
        at = bisect_left(places, following.first)
        if any(i < following.last and i not in own for i in places[at : at + _REACH]):
            return
        yield following.first, min(following.last, following.first + _REACH)


class _Toponym(Protocol):
    """What is needed to know of a toponym here."""

    @property
    def first(self) -> int: ...
    @property
    def form(self) -> str: ...


def place_tokens(toponyms: Iterable[_Toponym]) -> list[int]:
    """Return the first tokens of toponyms that name a place and not its people."""
    return [t.first for t in toponyms if t.form != "people"]


def features(
    doc: Document, mentions: Sequence[tuple[int, int]], names: Sequence[Name], *, places: Sequence[int] = ()
) -> dict[str, float]:
    """Describe a stop by named numbers, for the linear model.

    ``near:meet`` tells how near a word of meeting stands; ``text:leisure`` how dense words of leisure are
    in the whole text; ``domain:art`` that it tells of a concert tour.
    """
    found = _gather(doc, mentions, places or _likely_places(doc, names))
    return _features(doc, found, names, mentions)


def _features(
    doc: Document, found: _Evidence, names: Sequence[Name], mentions: Sequence[tuple[int, int]]
) -> dict[str, float]:
    """Weigh cues by where they stand: what follows the place counts most, and the nearer the more."""
    profile = _profile(_Key(doc))
    near: dict[str, float] = {}
    people = _starts_of_people(_Same(names))[1]
    values: dict[str, float] = {"bias": 1.0, f"domain:{profile.domain}": 2.0}
    for scope, first, last in found.stretches():
        weight = _SCOPES[scope]
        tokens = range(last - 1, first - 1, -1) if scope == "left" else range(first, last)
        leading = scope == "right"
        for distance, i in enumerate(tokens):
            groups = profile.at[i]
            for group in groups:
                near[group] = max(near.get(group, 0.0), weight / (1.0 + distance / 12.0))
            if leading and not _TELLING.isdisjoint(groups):
                leading = False
                values.update((f"first:{group}", 1.0) for group in groups)
        if scope != "heading" and bisect_left(people, first) < bisect_left(people, last):
            near["person"] = max(near.get("person", 0.0), weight)
    if any(
        _gathers(doc, i, last)
        for scope, first, last in found.stretches()
        if scope == "right"
        for i in range(first, last)
    ):
        values["a meeting of many"] = 1.5
    told = near.keys() & _TELLING
    for group in told:
        values[f"near:{group}"] = values[f"{profile.domain}:{group}"] = near[group]
    if told & {"leader", "minister", "official"} and told & {"meet", "talks"}:
        values["near:meets officials"] = 1.0
    if not told - {"person", "via", "home", "open_end"}:
        values[f"{profile.domain}:nothing"] = 1.0
    values.update((f"text:{g}", profile.density[g]) for g in _OVERALL if g in profile.density)
    if not mentions:
        values["unnamed"] = 1.0
    return values


def _gathers(doc: Document, i: int, last: int) -> bool:
    """Tell whether a meeting of several governments begins at a word: "a meeting of the group"."""
    if doc.lower[i] in ("summit", "conference", "ministerial"):
        return True
    if doc.lower[i : i + 2] != ("meeting", "of"):
        return False
    return not _MANY.isdisjoint(doc.lower[i + 2 : min(last, i + 12)])


_MANY = frozenset(
    "group bloc ministers leaders nations countries members alliance organisation organization union "
    "forum".split()
)


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Read the trained weights: purpose by purpose, feature by feature; the empty name is the constant."""
    path = _DATA / "purpose_weights.json"
    return json.loads(path.read_text(encoding="utf-8"))["weights"] if path.exists() else {}


def _judge(values: dict[str, float]) -> Purpose:
    """Return the likeliest purpose; unknown if the text most likely says nothing about it."""
    weights = _weights()
    if not weights:
        return Purpose.UNKNOWN
    scores = {p: w[""] + sum([w.get(k, 0.0) * v for k, v in values.items()]) for p, w in weights.items()}
    silence = 1.0 / (1.0 + math.exp(-scores.pop("unknown")))
    if silence > SILENCE:
        return Purpose.UNKNOWN
    if "domain:private" in values and values.get("text:private", 0.0) > _OWN_STORY:
        for kind in (Purpose.BILATERAL, Purpose.MULTILATERAL):
            scores.pop(kind, None)  # who writes of "me and my talk" is no statesman
    for kind, domain in _TOLD.items():
        if f"text:{kind}" not in values and f"domain:{domain}" not in values:
            scores.pop(kind, None)  # without a word of it nobody plays, sings or prays
    likeliest = Purpose(max(scores, key=scores.__getitem__))
    if likeliest is Purpose.BILATERAL and "a meeting of many" in values:
        return Purpose.MULTILATERAL  # talks on the side do not make a meeting of many states one of two
    if (
        likeliest is Purpose.LEISURE
        and "text:leisure" not in values
        and any(k.endswith(":nothing") for k in values)
    ):
        return Purpose.UNKNOWN  # "I fly to Paris on Friday" does not say what for
    return likeliest


def describe(
    doc: Document,
    mentions: Sequence[tuple[int, int]],
    names: Sequence[Name],
    *,
    kind: str = "",
    places: Sequence[int] = (),
    traveller: frozenset[str] = frozenset(),
) -> Description:
    """Say what a stop is for.

    Parameters
    ----------
    doc : Document
    mentions : sequence of (int, int)
        Token ranges where the text names the stop.
    names : sequence of Name
        As found by `find_names`.
    kind : str
        Role of the stop: a place of ``transit`` is for nothing, so its purpose stays unknown.
    places : sequence of int
        First tokens of all place names in the text, so that words about other places are left alone;
        guessed if empty.
    traveller : frozenset of str
        Lower-case words that refer to the traveller, who never meets himself.

    Returns
    -------
    Description
    """
    places = places or _likely_places(doc, names)
    found = _gather(doc, mentions, places)
    purpose = _judge(_features(doc, found, names, mentions)) if kind != "transit" else Purpose.UNKNOWN
    cue, first, last = _title(doc, found, purpose, places)
    first, last = _readable(doc, first, last, mentions)
    line = _line_of(doc, mentions)
    if line is not None:
        low, high = bisect_left(places, line.first), bisect_left(places, line.last)
        first, last = _house(doc, line, mentions, frozenset(places[low:high]))
    met = _people(doc, found, names, traveller)
    return Description(
        purpose,
        doc.quote(first, last) if first < last else "",
        tuple(doc.quote(a, b) for a, b in met),
        doc.span(cue, cue + 1) if cue is not None and purpose is not Purpose.UNKNOWN else None,
        doc.span(first, last) if first < last else None,
        tuple(doc.span(a, b) for a, b in met),
    )


def _readable(doc: Document, first: int, last: int, mentions: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Trim a title to a phrase that can be read by itself; an empty range if nothing of it is left.

    "for two nights", "km, with the ferry at", the "National Park" of "Zion National Park", "drive back to"
    and "meet him" are no titles.
    """
    low, phrases = doc.lower, _phrases()
    for i in range(first + 1, last):
        if "\n" in doc.text[doc.ends[i - 1] : doc.starts[i]]:
            last = i
            break
    while first < last and (
        not low[first][0].isalpha()
        or low[first] in phrases.no_beginning
        or (low[first] in phrases.measures and first and doc.words[first - 1][-1].isdigit())
    ):
        first += 1
    while last > first and (not low[last - 1][-1].isalnum() or low[last - 1] in phrases.no_end):
        last -= 1
    words = [w for w in low[first:last] if w[0].isalpha()]
    goes_on = any(first == b for _, b in mentions) and first < last and doc.words[first][0].isupper()
    least = 4 if words and doc.quote(first, last).isupper() else 3  # letters of a word that says something
    telling = [w for w in words if len(w) >= least and w not in phrases.no_title]
    if goes_on or not telling or low[last - 1] in _PRONOUNS:
        return 0, 0
    return first, last


_PRONOUNS = frozenset("him her them it us me you".split())


def _line_of(doc: Document, mentions: Sequence[tuple[int, int]]) -> Line | None:
    """Return the line of a list of shows that names the stop; None if there is none."""
    lines = show_lines(doc)
    for a, _ in mentions if lines else ():
        at = bisect_right(lines, a, key=lambda x: x.body)
        for line in lines[max(0, at - _OVERLAPPING) : at]:
            if a < line.last:
                return line
    return None


def _house(
    doc: Document, line: Line, mentions: Sequence[tuple[int, int]], places: frozenset[int]
) -> tuple[int, int]:
    """Return the words of a line that name the house: a stretch without a place, or what follows one."""
    named = [(a, b) for a, b in segments(doc, line) if _is_name(doc, a, b)]
    parts = [(a, b) for a, b in named if a and doc.words[a - 1] not in "(["]
    free = [(a, b) for a, b in parts if places.isdisjoint(range(a, b))]
    if free:
        return next(((a, b) for a, b in free if b - a > 1), free[0])
    ends = {b for _, b in mentions} | {a + 1 for a in places}
    rest = [(max((e for e in ends if a < e <= b), default=b), b) for a, b in parts]
    return max(rest, key=lambda part: part[1] - part[0], default=(0, 0))


def _is_name(doc: Document, first: int, last: int) -> bool:
    """Tell a name from "sold out", "two shows", "more details to come"."""
    return _phrases().no_house.isdisjoint(doc.lower[first:last])


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Word lists for titles and people."""

    outside: frozenset[str]
    inside: frozenset[str]
    groups: frozenset[str]
    meeting: frozenset[str]
    verbs: frozenset[str]
    no_house: frozenset[str]
    no_beginning: frozenset[str]
    no_end: frozenset[str]
    no_title: frozenset[str]
    measures: frozenset[str]
    told_by: dict[str, tuple[str, ...]]


@cache
def _phrases() -> _Phrases:
    """Read the word lists for titles and people, once."""
    raw = tomllib.loads((_DATA / "purposes.toml").read_text(encoding="utf-8"))
    lists = {k: frozenset("|".join(text.split("\n")).split("|")) - {""} for k, text in raw["phrases"].items()}
    told_by = {k: tuple(text.split("|")) for k, text in raw["purposes"].items()}
    names = [field.name for field in fields(_Phrases) if field.name != "told_by"]
    return _Phrases(**{name: lists[name] for name in names}, told_by=told_by)


def _title(
    doc: Document, found: _Evidence, purpose: Purpose, places: Sequence[int]
) -> tuple[int | None, int, int]:
    """Return the cue that best tells the purpose, and the range of a short title around it (maybe empty)."""
    at = _profile(_Key(doc)).at
    wanted = {group: rank for rank, group in enumerate(_phrases().told_by[purpose.value])}
    best: tuple[float, int, int, int] | None = None
    for scope, first, last in found.stretches():
        if first < last and doc.sentences[doc.sentence_at(first)].form is Form.HEADING:
            continue
        for i in range(first, last):
            ranks = [wanted[g] for g in at[i] if g in wanted]
            if not ranks:
                continue
            distance = i - first if scope != "left" else last - i
            cost = min(ranks) + distance / 12.0 + (0.0 if scope == "right" else 1.0)
            if best is None or cost < best[0]:
                best = (cost, i, first, last)
    if best is not None:
        near = slice(*(bisect_left(places, at) for at in (best[2], best[3] + 1)))
        first, last = _phrase_around(doc, best[1], best[2], best[3], frozenset(places[near]))
        if last - first > 1:
            return best[1], first, last
    return (best[1] if best else None, *_rest_of_item(doc, found))


def _phrase_around(doc: Document, i: int, low: int, high: int, places: frozenset[int]) -> tuple[int, int]:
    """Widen a cue to a phrase of at most eight words."""
    lower, phrases = doc.lower, _phrases()
    first, last = i, i + 1
    while first > low and i - first < 4 and first - 1 not in places and _modifies(doc, first - 1):
        if lower[i] in phrases.verbs:
            break
        first -= 1
    while first < i and not doc.words[first][0].isalpha():
        first += 1
    while last < high and last - first < _LONGEST_TITLE:
        word = lower[last]
        if word in {"’s", "'s", "’"} or word in phrases.inside:
            last += 1
            continue
        if (
            not (word[0].isalnum() or word in {"-", "–", "&"})
            or word.rstrip(".") in phrases.outside
            or last in places
        ):
            break
        last += 1
    while last > i + 1 and (
        lower[last - 1] in phrases.inside or lower[last - 1].rstrip(".") in phrases.outside
    ):
        last -= 1
    return first, last


def _modifies(doc: Document, i: int) -> bool:
    """Tell whether a word may stand before the noun of a title."""
    word = doc.lower[i]
    if word in {"’s", "'s", "’", "-", "–"}:
        return True
    return word[0].isalnum() and word.rstrip(".") not in _phrases().outside and word not in _phrases().inside


def _rest_of_item(doc: Document, found: _Evidence) -> tuple[int, int]:
    """Return what else a line of a list says, if it is short."""
    for start, last in found.right:
        if start >= last or doc.sentences[doc.sentence_at(start)].form is not Form.ITEM:
            continue
        first = start
        while first < last and not doc.words[first][0].isalpha():
            first += 1
        end = first
        while end < last and end - first < _LONGEST_TITLE and doc.words[end] not in "–—|;(.:":
            end += 1
        while end > first and not doc.words[end - 1][-1].isalnum():
            end -= 1
        if first < end and doc.lower[first].rstrip(".") not in _phrases().outside:
            return first, end
    return 0, 0


def _people(
    doc: Document, found: _Evidence, names: Sequence[Name], traveller: frozenset[str]
) -> list[tuple[int, int]]:
    """Return token ranges of the people who are met: they stand behind a word of meeting."""
    phrases = _phrases()
    met: list[tuple[int, int]] = []
    known: set[str] = set()
    starts = _starts_of_people(_Same(names))[0]
    for scope, first, last in found.stretches():
        if scope == "heading":
            continue
        since: int | None = None
        i = first
        while i < last and len(met) < _MOST_PEOPLE:
            word = doc.lower[i]
            name = starts.get(i)
            if word in {".", ";", "where", "said", "says"}:
                since = None
            elif word in phrases.meeting:
                since = i
            elif since is not None and i - since < 40:
                span = (
                    (name.first, name.last)
                    if name
                    else _group_at(doc, i, since)
                    if word in phrases.groups
                    else None
                )
                key = (name.surname.lower() if name else word) if span else ""
                if span and key not in known and key not in traveller:
                    known.add(key)
                    met.append(span)
            i = name.last if name and name.last <= last else i + 1
    return sorted(met)


def _group_at(doc: Document, i: int, since: int) -> tuple[int, int]:
    """Widen "officials" to "senior Uzbek officials"."""
    first = i
    while first - 1 > since and i - first < 3 and _modifies(doc, first - 1) and doc.lower[first - 1] != ",":
        first -= 1
    return first, i + 1
