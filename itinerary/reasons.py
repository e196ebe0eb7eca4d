"""Say in plain words why a mention is a stop or not."""

from __future__ import annotations

from itinerary.cues import Context
from itinerary.model import Reading
from itinerary.toponyms import Toponym
from itinerary.visits import Weights

__all__ = ["explain_mention", "feature_words", "set_aside_reason"]

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
        words = feature_words(feature)
        if (share > 0) == visited and words and words not in told and len(told) < 3:
            told.append(words)
    return "; ".join(told) or "named as part of the trip"


def feature_words(feature: str) -> str:
    """Put a feature of the model into words; empty for one that tells a reader nothing."""
    fixed = {
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
    }
    if feature in fixed:
        return fixed[feature]
    if feature.startswith("opens the "):
        return "opens its line"
    return ""


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
    if any(f.startswith(("owner of", "before noun")) or f in ("next:Capital", "next:’s") for f in have):
        return Reading.ATTRIBUTIVE, "describes something else"
    if context.head.tag is not None and context.head.tag.group in ("topic", "person", "affect"):
        return Reading.BACKGROUND, f"a topic: “{context.head.tag.lemma}”"
    return Reading.BACKGROUND, "named, but nothing says that the traveller goes there"
