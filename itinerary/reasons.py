"""Say in plain words why a mention is a stop or not.

All words that tell a reader why stand here: the short reasons of the page and the table, and the long ones
of ``python -m itinerary explain``. Every feature that a weight was learned for has words; features of a kind
share a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from itinerary.cues import Context, owner_features
from itinerary.model import Reading
from itinerary.toponyms import Toponym
from itinerary.visits import Weights

__all__ = [
    "ORDINARY",
    "VERDICTS",
    "explain_mention",
    "feature_words",
    "place_words",
    "return_words",
    "set_aside_reason",
    "strength_words",
]

VERDICTS: Mapping[Reading, str] = {
    Reading.VISIT: "a stop",
    Reading.PAST: "set aside, an earlier time",
    Reading.CANCELLED: "set aside, called off",
    Reading.HYPOTHETICAL: "set aside, only possible",
    Reading.OTHER_TRAVELLER: "set aside, somebody else’s",
    Reading.ATTRIBUTIVE: "set aside, part of a description",
    Reading.BACKGROUND: "set aside, background",
}
"""What became of a mention, by its reading."""

ORDINARY = frozenset(
    f"{lead}{name}" for lead in ("", "best ", "was ") for name in ("form:name", "line:prose", "in prose")
)
"""Features that most mentions have."""

_VERBS = {
    "go": "travels there",
    "arrive": "arrives there",
    "visit": "visits it",
    "depart": "leaves it",
    "return": "returns there",
    "stay": "stays there",
    "meet": "has a meeting there",
    "perform": "performs there",
    "event": "the trip begins or ends there",
    "plan": "is planned",
}

# The features that a short reason may name: they tell something by themselves.
_TELLING: Mapping[str, str] = {
    "in a list": "stands in a list of places",
    "in a long list": "stands in a long list of places",
    "dateline": "stands in the dateline",
    "headline": "stands in the headline",
    "date at hand": "a date stands by it",
    "date near": "a date stands near it",
    "stay of a length": "a length of stay stands by it",
    "negated": "the clause is negated",
    "modal": "only possible",
    "conditional": "depends on a condition",
    "within quotation marks": "within a quotation",
    "area of a place": "names the area of a place",
    "somebody from there": "somebody comes from there",
    "subject:traveller": "the traveller acts",
    "subject:other": "somebody else acts",
    "part of person": "part of a person’s name",
    "part of organisation": "part of an organisation’s name",
    "part of event": "part of an event’s name",
    "rule:cancelled": "called off",
    "rule:hypothetical": "only possible",
    "rule:past": "an earlier time",
    "rule:order": "in the order of the trip",
    "rule:return": "on the way back",
    "rule:transit": "on the way",
    "rule:origin": "where the trip starts",
    "opens the prose": "opens its line",
    "opens the heading": "opens its line",
    "opens the item": "opens its line",
}

# What only the long reasons name.
_QUIET: Mapping[str, str] = {
    "rule:member": "named as a member of a group or as an example",
    "rule:here": "where the text was written",
    "rule:first": "called the first stop",
    "rule:last": "called the last stop",
    "rule:earlier": "told as before what was told last",
    "rule:day trip": "a trip of a day",
    "subject:none": "nobody is named who acts",
    "said of another": "only somebody else is there",
    "another by name": "somebody else is named who acts",
    "nobody travels": "nobody travels in this text",
    "nobody tells of himself": "nobody tells of himself in this text",
    "the trip is called off": "something is called off at the head of the text",
    "governed by a noun": "belongs to a topic or a person",
    "head:none": "no verb or noun leads to it",
    "head near": "stands close to the word that leads to it",
    "head middling": "stands some words from the one that leads to it",
    "head far": "stands far from the word that leads to it",
    "no date in the sentence": "no date in its sentence",
    "date before": "a date stands before it",
    "date after": "a date stands behind it",
    "date far": "a date stands farther off",
    "day long ago": "the day is long past",
    "day just gone": "the day is just past",
    "day to come": "the day is to come",
    "day far ahead": "the day is far ahead",
    "letterhead": "in the head of a letter or a release",
    "dateline only": "named in the dateline only",
    "dateline and named again": "named in the dateline and again",
    "dateline of the writer": "the dateline is where the writer is",
    "told from there": "the text is told from there",
    "told from elsewhere": "the text is not told from there",
    "first sentence": "in the first sentence",
    "early": "near the head of the text",
    "at the end": "near the end of the text",
    "first of its line": "the first place of its line",
    "later in its line": "not the first place of its line",
    "many places in the sentence": "many places in its sentence",
    "behind a comma in a dated line": "behind a comma in a dated line",
    "behind a comma in a dated line, small": "a small place behind a comma in a dated line",
    "behind a dash in a dated line": "behind a dash in a dated line",
    "behind a dash in a dated line, small": "a small place behind a dash in a dated line",
    "first mention": "named for the first time",
    "named before": "named before",
    "named 1 times": "named once",
    "named 2 times": "named twice",
    "named 3 times": "named three times",
    "named 4 times": "named four times or more",
    "area named after it": "its country or region follows",
    "unknown place": "no list of places knows it",
    "other name": "not the usual name of the place",
    "form:name": "named by its name",
    "form:description": "described and not named",
    "form:people": "describes people or things",
    "form:site": "a site",
    "form:unknown": "a name that no list of places knows",
    "line:prose": "in running text",
    "line:heading": "in a heading",
    "line:item": "in a line of a list",
    "size:large": "a city of more than a million",
    "size:middle": "a city",
    "size:small": "a town",
    "size:tiny": "a small town",
    "owner of something": "something of the place is spoken of",
    "tense:future": "told as to come",
    "tense:past": "told as past",
    "tense:present": "told as present",
    "tense:perfect": "told as just done",
    "tense:pluperfect": "told as past before the rest",
    "tense:infinitive": "told as an aim",
    "tense:ing": "told as under way",
}

_DOING = {
    "go": "going",
    "arrive": "arriving",
    "visit": "visiting",
    "depart": "leaving",
    "return": "coming back",
    "stay": "staying",
    "meet": "meeting or attending",
    "perform": "performing",
    "event": "beginning or ending",
    "plan": "planning",
    "wish": "wishing",
    "cancel": "calling off",
    "pass": "passing by",
    "live": "living or working",
    "say": "saying",
    "affect": "attacking or helping",
    "be": "being",
}
_THINGS = {
    "trip": "a trip",
    "event": "an event",
    "topic": "a topic",
    "person": "a person or an office",
    "place": "a place",
}
_KINDS = {
    "country": "a country",
    "area": "an area",
    "town": "a town",
    "unknown": "an unknown name",
    "capital": "a capital",
    "city": "a town",
    "region": "a region",
    "admin1": "a state or province",
    "continent": "a continent",
    "island": "an island",
    "airport": "an airport",
    "site": "a site",
}
_TENSES = {
    "future": "to come",
    "past": "past",
    "present": "present",
    "perfect": "just done",
    "pluperfect": "past before the rest",
    "infinitive": "as an aim",
    "ing": "under way",
}
_SUBJECTS = {"traveller": "the traveller", "other": "somebody else", "none": "nobody named"}
_SIGNS = {
    "Capital": "a word with a capital letter",
    "lower": "a plain word",
    "digit": "a number",
    "date": "a date",
    "END": "the end of the sentence",
    "START": "the start of the sentence",
}
_STANDS_FOR = {"(place)": "a place", "(number)": "a number", "(name)": "a name"}
_FORMS = {"prose": "running text", "heading": "a heading", "item": "a line of a list"}
_TIMEXES = {
    "day": "a day",
    "window": "a time in which it falls",
    "interval": "days from and to",
    "duration": "a length of time",
    "day number": "a numbered day",
}


def _group(name: str) -> str:
    """Name a class of words: what is done, or what is spoken of."""
    return _DOING.get(name) or _THINGS.get(name) or ("nothing" if name == "none" else f"“{name}”")


def _thing(name: str) -> str:
    """Name a class of nouns; an event is both something and something done."""
    return _THINGS.get(name) or _group(name)


def _in(table: Mapping[str, str], name: str, otherwise: str = "") -> str:
    return table.get(name, otherwise or name)


def _link(word: str) -> str:
    return f"“{word}”" if word != "none" else "no “in” or “to”"


def _beside(sign: str) -> str:
    """Name a word or sign that stands straight before or behind a place."""
    part, _, group = sign.partition(" ")
    if group and part in ("verb", "noun"):
        return f"a word for {_thing(group) if part == 'noun' else _group(group)}"
    return _in(_SIGNS, sign, f"“{sign}”")


def _shortly(word: str) -> str:
    """Name a plain word near a place, or what stands for names, places and numbers."""
    return _in(_STANDS_FOR, word, f"“{word}”")


def _clause(group: str, rest: str) -> str:
    if rest in _TENSES:
        return f"the clause speaks of {_group(group)}, {_TENSES[rest]}"
    return f"the clause speaks of {_group(group)}, with {_link(rest)} before it"


_Maker = Callable[..., str]

# Each pattern matches whole features; what its groups hold is handed to the function beside it.
_KINDS_OF_FEATURES: tuple[tuple[str, _Maker], ...] = (
    (r"prep:(\S+)\+(\w+)", lambda p, k: f"{_link(p)} before the name of {_in(_KINDS, k)}"),
    (r"prep:(\S+)", lambda p: f"{_link(p)} before it"),
    (r"head:verb (\w+)", lambda g: f"a word for {_group(g)} leads to it"),
    (r"head:noun (\w+)", lambda g: f"a word for {_thing(g)} leads to it"),
    (r"head:(\w+)\+(\S+)", lambda g, p: f"a word for {_group(g)} leads to it, with {_link(p)}"),
    (r"word:(.+)", lambda w: f"the word “{w}” leads to it"),
    (r"verb (\w+) over (\w+)", lambda v, n: f"{_thing(n)} in a clause that speaks of {_group(v)}"),
    (r"verb:(\w+)\+(\S+)", _clause),
    (r"verb:(\w+)", lambda g: f"the clause speaks of {_group(g)}"),
    (
        r"subject:(\w+)\+none",
        lambda s: f"{_in(_SUBJECTS, s)} acts, by no word that is known",
    ),
    (
        r"subject:(\w+)\+(\w+)",
        lambda s, g: f"{_in(_SUBJECTS, s)} acts, and the clause speaks of {_group(g)}",
    ),
    (r"another by name\+none", lambda: "somebody else is named who acts, by no word that is known"),
    (
        r"another by name\+(\w+)",
        lambda g: f"somebody else is named who acts, and the clause speaks of {_group(g)}",
    ),
    (r"after the word (.+)", lambda w: f"behind the word “{w}”"),
    (r"next:(.+)", lambda w: f"{_beside(w)} behind it"),
    (r"before:(.+)", lambda w: f"{_beside(w)} before it"),
    (r"before noun (\w+)", lambda g: f"describes a word for {_thing(g)}"),
    (r"owner of (\w+)", lambda g: f"{_thing(g)} of the place is spoken of"),
    (r"(?:in sentence|with it):(.+)", lambda w: f"“{w}” in its sentence"),
    (r"before it:(.+)", lambda w: f"{_shortly(w)} shortly before it"),
    (r"after it:(.+)", lambda w: f"{_shortly(w)} shortly behind it"),
    (r"kind:(\w+)", lambda k: _in(_KINDS, k)),
    (
        r"date:([\w ]+), no telling when",
        lambda k: f"beside {_in(_TIMEXES, k)} that is not known",
    ),
    (
        r"date:([\w ]+), (day [\w ]+)",
        lambda k, w: f"beside {_in(_TIMEXES, k)}: {_in(_QUIET, w)}",
    ),
    (r"rule id:(.+)", lambda r: f"the rule “{r}”"),
)
_PATTERNS = tuple((re.compile(pattern), maker) for pattern, maker in _KINDS_OF_FEATURES)


def explain_mention(context: Context, weights: Weights, visited: bool) -> str:
    """Give the reason for a visit in a few words.

    Parameters
    ----------
    context : Context
        The words around the mention.
    weights : Weights
        The model of single mentions.
    visited : bool
        Which side to argue for.

    Returns
    -------
    str
        Such as ``"visits it; a date stands by it"``.
    """
    told: list[str] = []
    tag = context.verb.tag or context.head.tag
    if tag is not None and tag.group in _VERBS and tag.part == "verb":
        told.append(f"“{tag.lemma}”: {_VERBS[tag.group]}")
    elif context.head.tag is not None and context.head.tag.group in ("trip", "event"):
        told.append(f"“{context.head.tag.lemma}” there")
    for feature, share in weights.reasons(context.features, 12):
        words = _TELLING.get(feature)
        if (share > 0) == visited and words and words not in told and len(told) < 3:
            told.append(words)
    return "; ".join(told) or "named as part of the trip"


def feature_words(feature: str) -> str:
    """Put a feature of a mention into words; empty for one that is not known.

    >>> feature_words("verb:visit+future")
    'the clause speaks of visiting, to come'
    """
    known = _TELLING.get(feature) or _QUIET.get(feature)
    if known:
        return known
    for pattern, words in _PATTERNS:
        found = pattern.fullmatch(feature)
        if found:
            return words(*found.groups())
    return ""


# Features of a place as a whole with a value: what a value above and one below nothing say.
_VALUED: Mapping[str, tuple[str, str]] = {
    "best mention": ("its best mention is that of a stop", "even its best mention is not that of a stop"),
    "second mention": (
        "its second best mention is that of a stop",
        "its other mentions are not those of a stop",
    ),
    "first mention": ("its first mention is that of a stop", "its first mention is not that of a stop"),
    "best free mention": (
        "a mention that nothing speaks against is that of a stop",
        "even the mention that nothing speaks against is not that of a stop",
    ),
    "its list": ("the places listed with it look like stops", "the places listed with it look like no stops"),
    "its list, best": (
        "a place listed with it looks like a stop",
        "no place listed with it looks like a stop",
    ),
    "places before": ("the places before it look like stops", "the places before it look like no stops"),
    "places after": ("the places behind it look like stops", "the places behind it look like no stops"),
    "places inside it": ("a place inside it looks like a stop", "no place inside it looks like a stop"),
    "its area": ("the area around it looks like a stop", "the area around it looks like no stop"),
    "behind the best": ("the likeliest place of the text", "less likely than another place of the text"),
}
_WHOLE: Mapping[str, str] = {
    "only one mention": "named once",
    "mentions against": "mentions that are not those of a stop",
    "mentions that speak against it": "mentions that something speaks against",
    "every mention speaks against it": "something speaks against every mention",
    "always part of a name": "always part of another name",
    "past by its day, and others to come": "its day is past, and other places are to come",
    "past, and others to come": "told as past, and other places are to come",
    "to come, and others past": "to come, and other places are past",
    "holds other places": "other places of the text lie inside it",
    "area is named": "the area around it is named, too",
    "only place": "the only place of the text",
    "share of other places visited": "other places of the text look like stops",
    "alone at the top": "no other place is likelier",
    "kind city": "a town",
    "kind country": "a country",
    "kind region": "a region",
    "kind site": "a site",
}


def place_words(feature: str, value: float = 1.0) -> str:
    """Put a feature of a place as a whole into words; empty for one that is not known.

    Parameters
    ----------
    feature : str
    value : float
        What it is; for some, whether it is above or below nothing changes the words.
    """
    if feature in _VALUED:
        return _VALUED[feature][value < 0]
    if feature in _WHOLE:
        return _WHOLE[feature]
    if feature.startswith("best "):
        words = feature_words(feature.removeprefix("best "))
        return words and f"best mention: {words}"
    return feature_words(feature)


# Features of a place named again: is it a new stay?
_AGAIN: Mapping[str, str] = {
    "places between": "other places named since",
    "days later": "so many days later",
    "all places between are new": "since then only places that were not named before",
    "all places between were named before": "since then only places that were named before",
    "another country between": "a place of another country named since",
    "listed, then told": "named before in a list",
    "in the next sentence": "in the next sentence",
    "another tense": "told in another tense",
    "counted": "a word such as “second” or “last” before it",
    "named last": "the last place that is named",
    "back from new places": "a word such as “back” by it, behind places that were not named before",
    "plainly back from new places": "a word such as “back” plainly by it, behind places not named before",
    "behind new places, no return said": "no word of a return, behind places that were not named before",
    "back to what the lead names": "a word such as “back” by what the head of the text names",
    "another block": "in another paragraph",
    "same sentence": "in the same sentence",
    "both open a line": "both mentions open a line",
    "first place of the trip": "the first place of the trip",
    "first of the trip": "the first place of the trip",
    "last word of the trip": "the last place that is named",
    "last of the trip": "the last place that is named",
    "late in the trip": "among the last places that are named",
    "first and late": "the first place of the trip, named among the last",
    "moves to the first, late": "going to the first place of the trip, named among the last",
    "named later": "named yet again later",
    "the same place follows": "followed by the same place as before, as where a trip is told once more",
    "far into the text": "far into the text",
    "first named in the lead": "named before at the head of the text",
    "left before": "left before",
    "described": "described and not named",
    "a later day": "a later day than before",
    "a later visit": "a later day than before, and than the days between",
    "the same day": "the same day as before",
    "an earlier day": "an earlier day than before",
    "now with a day": "now with a day",
    "on a day": "with a day, where none was before",
    "after the days between": "a day behind those between",
    "before the days between": "a day before those between",
    "back": "a word such as “back” or “home” by it",
    "back, earlier in the sentence": "a word such as “back” or “home” earlier in the sentence",
    "plainly back": "a word such as “back” or “home” plainly by it",
    "back, and nothing against it": "a word such as “back” or “home” by it, and nothing against it",
    "moves there": "going there",
    "leaves": "leaving it",
    "returns": "coming back",
    "something speaks against it": "something speaks against it",
    "in prose": "in running text",
    "in heading": "in a heading",
    "in item": "in a line of a list",
}
_SINCE = {
    "1": "another place named since",
    "2": "two other places named since",
    "3": "three other places named since",
    "4": "four other places or more named since",
}
_AGAIN_PATTERNS: tuple[tuple[re.Pattern[str], _Maker], ...] = (
    (re.compile(r"places between (\d)"), lambda n: _SINCE[n]),
    (re.compile(r"lines (\w+) (\w+)"), lambda a, b: f"first in {_FORMS[a]}, now in {_FORMS[b]}"),
    (re.compile(r"with (\w+)"), lambda w: f"“{w}” by it"),
    (re.compile(r"was (.+)"), lambda f: (w := feature_words(f)) and f"before: {w}"),
)


def return_words(feature: str) -> str:
    """Put a feature of a place that is named again into words; empty for one that is not known."""
    if feature in _AGAIN:
        return _AGAIN[feature]
    for pattern, words in _AGAIN_PATTERNS:
        found = pattern.fullmatch(feature)
        if found:
            return words(*found.groups())
    return feature_words(feature)


_STRONG, _CLEAR = 2.0, 0.75  # log-odds: about nine to one, and two to one


def strength_words(score: float) -> str:
    """Say how clearly a sum of weights speaks for or against a stop.

    >>> strength_words(3.0), strength_words(-0.1)
    ('strongly for', 'slightly against')
    """
    size = abs(score)
    return f"{'strongly' if size >= _STRONG else 'clearly' if size >= _CLEAR else 'slightly'} " + (
        "for" if score >= 0 else "against"
    )


@cache
def _of_attributes() -> frozenset[str]:
    """Return the features of places that describe what stands behind them."""
    owners = owner_features()
    before = {f.replace("owner of", "before noun") for f in owners}
    return owners | before | {"next:Capital", "next:’s"}


def set_aside_reason(t: Toponym, context: Context) -> tuple[Reading, str]:
    """Name the reading of a mention that is no stop, and say why.

    Parameters
    ----------
    t : Toponym
    context : Context

    Returns
    -------
    Reading
    str
        One plain sentence part for the reader.
    """
    have = set(context.features)
    if t.part_of is not None:
        kind = {
            "person": "a person’s name",
            "organisation": "an organisation’s name",
            "event": "an event’s name",
        }.get(t.part_of.kind, "a name")
        return Reading.ATTRIBUTIVE, f"part of {kind}: {t.part_of.text}"
    if t.form == "people":
        return Reading.ATTRIBUTIVE, "describes people or things of the country"
    if "rule:cancelled" in have:
        return Reading.CANCELLED, "called off, put off or left out"
    if "rule:member" in have:
        return Reading.BACKGROUND, "named as a member of a group or as an example"
    if "rule:past" in have or context.verb.tense == "pluperfect" or "day long ago" in have:
        return Reading.PAST, "an earlier visit or event, told as background"
    if "rule:hypothetical" in have or "conditional" in have:
        return Reading.HYPOTHETICAL, "only possible, not planned"
    if (
        "subject:other" in have
        and context.verb.tag is not None
        and context.verb.tag.group in ("go", "arrive", "visit", "depart", "return", "stay", "meet")
    ):
        return Reading.OTHER_TRAVELLER, "somebody else is there"
    if "dateline" in have:
        return Reading.BACKGROUND, "where the writer reports from"
    if "area of a place" in have:
        return Reading.BACKGROUND, "names the area around another place"
    if not have.isdisjoint(_of_attributes()):
        return Reading.ATTRIBUTIVE, "describes something else"
    if context.head.tag is not None and context.head.tag.group in ("topic", "person", "affect"):
        return Reading.BACKGROUND, f"a topic: “{context.head.tag.lemma}”"
    return Reading.BACKGROUND, "named, but nothing says that the traveller goes there"
