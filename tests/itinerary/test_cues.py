"""What is said of each place: heads, lists, fired rules, features."""

from __future__ import annotations

import pytest

from itinerary.cues import Context, Cue
from itinerary.reader import Analysis, analyse


def look(text: str, place: str) -> Context:
    """Return the context of the first mention of a place."""
    analysis = analyse(text)
    pairs = zip(analysis.toponyms, analysis.contexts, strict=True)
    return next(context for toponym, context in pairs if toponym.name.lower() == place.lower())


def names(analysis: Analysis, which: tuple[int, ...]) -> list[str]:
    return [analysis.toponyms[k].name for k in which]


@pytest.mark.parametrize(
    ("text", "place", "group", "tense"),
    [
        ("She will visit Oslo.", "Oslo", "visit", "future"),
        ("She plans to visit Oslo.", "Oslo", "visit", "future"),
        ("She visited Oslo.", "Oslo", "visit", "past"),
        ("She has visited Oslo.", "Oslo", "visit", "perfect"),
        ("She had visited Oslo.", "Oslo", "visit", "pluperfect"),
        ("She flies to Oslo.", "Oslo", "go", "present"),
        ("She arrived late in Oslo.", "Oslo", "arrive", "past"),
        ("She left rainy Oslo.", "Oslo", "depart", "past"),
        ("She stayed at a farm near Oslo.", "Oslo", "stay", "past"),
        ("After leaving Oslo she slept.", "Oslo", "depart", "ing"),
        ("She postponed a trip to Oslo.", "Oslo", "cancel", "past"),
    ],
)
def test_the_verb_of_the_clause(text: str, place: str, group: str, tense: str) -> None:
    verb = look(text, place).verb
    assert verb.tag is not None
    assert (verb.tag.group, verb.tense) == (group, tense)


@pytest.mark.parametrize(
    ("text", "part", "group", "preposition"),
    [
        ("She postponed a trip to Oslo.", "noun", "trip", "to"),
        ("She spoke about the war in Ukraine.", "noun", "topic", "in"),
        pytest.param(
            "She met the president of Kenya.",
            "noun",
            "person",
            "of",
            marks=pytest.mark.xfail(
                reason="“of” is read as a describing word, so a noun before it does not govern"
            ),
        ),
        ("She flew to Kenya.", "verb", "go", "to"),
        ("She visited Kenya.", "verb", "visit", ""),
    ],
)
def test_the_word_that_governs_a_place(text: str, part: str, group: str, preposition: str) -> None:
    place = next(w for w in ("Oslo", "Ukraine", "Kenya") if w in text)
    head = look(text, place).head
    assert head.tag is not None
    assert (head.tag.part, head.tag.group, head.preposition) == (part, group, preposition)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("She will not go to Oslo.", "negated"),
        ("She might go to Oslo.", "modal"),
        ("If it rains she goes to Oslo.", "conditional"),
        ("OSLO, 3 May 2024 — The minister said little.", "dateline"),
        ("OSLO: The team set out for Rome on Monday.", "dateline"),
        ("Oslo, 3 May (Newswire) The minister left for Rome.", "dateline"),
        ("May 3, 2024 (OSLO) - The envoy left for Rome.", "dateline"),
        ("OSLO (Newswire) – The envoy left for Rome.", "dateline of the writer"),
        ("Oslo – Governor Ana Ruiz said on Friday that she would leave for Rome.", "dateline"),
        ("Press release\nOslo, 3 May 2024\n\nMinister Ana Ruiz will leave for Rome.", "letterhead"),
        ("“We go to Oslo,” she said.", "within quotation marks"),
        ("She went to Oslo on 3 May 2024.", "date at hand"),
        ("She went to Oslo, Bergen and Trondheim.", "in a list"),
        ("Talks in Norway’s Oslo.", "in a list"),
        ("She went to Oslo.", "no date in the sentence"),
        ("Oslo’s mayor came.", "owner of person"),
        ("Oslo: two nights\nBergen: one night", "opens the item"),
        ("She stayed three nights in Oslo.", "stay of a length"),
        ("We slept in a hut with a family from Oslo.", "somebody from there"),
        ("I met Peter from Oslo.", "somebody from there"),
        ("Minister Ana Ruiz flew to Rome. Senator Carl Otto will attend a fair in Oslo.", "another by name"),
        ("They spoke of questions relating to Oslo.", "prep:regarding"),
    ],
)
def test_features_that_stand_for_what_is_there(text: str, feature: str) -> None:
    wanted = feature != "in a list" or "Bergen" in text
    assert (feature in look(text, "Oslo").features) is wanted


@pytest.mark.parametrize(
    "text",
    [
        "Senator Carl Otto will join Minister Ana Ruiz in Oslo. Minister Ana Ruiz flew to Rome.",
        "Minister Ana Ruiz flew to Rome. Ruiz will attend a fair in Oslo.",
        "Minister Ana Ruiz flew to Rome. Soldiers left Oslo.",
    ],
)
def test_nobody_else_is_named_who_acts(text: str) -> None:
    assert "another by name" not in look(text, "Oslo").features


@pytest.mark.parametrize(
    "text",
    [
        "Oslo, 3 May 2024\n\nDear Ana, we got here at noon and leave for Rome.",
        "Oslo, 3 May 2024\nRome, 5 May 2024",
        "OSLO (3 – 5 May) was cold, and then they left for Rome.",
    ],
)
def test_where_a_traveller_writes_is_no_letterhead(text: str) -> None:
    assert not {"letterhead", "dateline"} & set(look(text, "Oslo").features)


@pytest.mark.parametrize(
    "feature", ["negated", "modal", "conditional", "dateline", "within quotation marks", "in a list"]
)
def test_features_that_are_not_there(feature: str) -> None:
    assert feature not in look("She will go to Oslo on Monday.", "Oslo").features


def test_the_first_word_on_a_place_is_told_from_the_next() -> None:
    analysis = analyse(
        "She flew to Oslo. In Oslo she slept. Rome, Madrid, Lima, Nairobi, Prague and Vienna came later."
    )
    first, second, *_ = analysis.contexts
    assert {"first mention", "named 2 times"} <= set(first.features)
    assert {"named before", "named 2 times"} <= set(second.features)


def test_in_a_short_text_it_tells_nothing_how_often_a_place_is_named() -> None:
    (only,) = analyse("She flew to Oslo.").contexts
    assert not {"first mention", "named 1 times"} & set(only.features)


def test_members_of_a_list_share_its_head() -> None:
    analysis = analyse("She will travel to Oslo, Bergen and Trondheim before a rest in Rome.")
    oslo, bergen, trondheim, rome = analysis.contexts
    assert oslo.row == bergen.row == trondheim.row >= 0
    assert rome.row == -1
    assert bergen.verb == oslo.verb == trondheim.verb


def test_two_lists_are_two_rows() -> None:
    analysis = analyse("From Oslo and Bergen she went on to Rome and Pisa.")
    rows = [c.row for c in analysis.contexts]
    assert rows[0] == rows[1] != rows[2] == rows[3]


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("She will travel to Kenya and Peru before going to India.", ["Kenya", "Peru"], ["India"]),
        ("Before going on to India, she will stop in Kenya.", ["Kenya"], ["India"]),
        ("After Oslo, the band moves on to Rome.", ["Oslo"], ["Rome"]),
        ("She will visit Rome following talks in Oslo.", ["Oslo"], ["Rome"]),
        ("She flew from Oslo to Rome.", ["Oslo"], ["Rome"]),
        ("She left Oslo for Rome.", ["Oslo"], ["Rome"]),
        ("She flew to Rome from Oslo.", ["Oslo"], ["Rome"]),
    ],
)
def test_order_rules_name_what_comes_first(text: str, first: list[str], then: list[str]) -> None:
    analysis = analyse(text)
    found = [
        (names(analysis, c.about), names(analysis, c.then)) for c in analysis.cues if c.rule.sense == "order"
    ]
    assert (first, then) in found
    assert not any(set(a) & set(then) and set(b) & set(first) for a, b in found), found


@pytest.mark.parametrize(
    ("text", "sense", "place"),
    [
        ("She postponed a trip to Rome.", "cancelled", "Rome"),
        ("The show in Rome was cancelled.", "cancelled", "Rome"),
        ("She will not visit Rome.", "cancelled", "Rome"),
        ("She might visit Rome.", "hypothetical", "Rome"),
        ("She had visited Rome.", "past", "Rome"),
        ("She flies home to Rome.", "return", "Rome"),
        ("She changes planes in Rome.", "transit", "Rome"),
        ("She set out from Rome.", "origin", "Rome"),
        ("We make an excursion to Rome.", "day trip", "Rome"),
        ("She will first travel to Rome.", "first", "Rome"),
        ("The tour ends in Rome.", "last", "Rome"),
    ],
)
def test_rules_fire_on_sentences(text: str, sense: str, place: str) -> None:
    analysis = analyse(text)
    fired = [c for c in analysis.cues if c.rule.sense == sense]
    assert fired
    assert names(analysis, fired[0].about) == [place]
    assert f"rule:{sense}" in look(text, place).features


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("The strike was cancelled and she went to Rome.", "cancelled"),
        pytest.param(
            "She flew to Rome after the talks were postponed.",
            "cancelled",
            marks=pytest.mark.xfail(reason="“was called off” does not mind what else was called off"),
        ),
        ("She will see Rome and nothing else.", "cancelled"),
        ("Next year she goes to Rome.", "past"),
        ("She goes to Rome in May.", "hypothetical"),
        ("She sleeps in Rome.", "transit"),
    ],
)
def test_rules_keep_silent(text: str, sense: str) -> None:
    assert [c.evidence.quote for c in analyse(text).cues if c.rule.sense == sense] == []


def quoted(text: str) -> list[Cue]:
    return list(analyse(text).cues)


@pytest.mark.parametrize(
    "text",
    [
        "İSTANBUL: in İstanbul she said she postponed a trip to Rome, Italy.",
        "On Monday she said that, before going on to\nNew Delhi, which she knows, she will stop in Astana.",
        "“Straße” or ﬁ, after Köln, they move on to Łódź on 3 May 2024.",
    ],
)
def test_the_evidence_of_a_cue_is_what_stands_in_the_text(text: str) -> None:
    assert quoted(text)
    for cue in quoted(text):
        assert cue.evidence.quote == cue.evidence.span.of(text)
        assert cue.evidence.rule == cue.rule.id


def test_evidence_ends_with_the_whole_name() -> None:
    (cue,) = (c for c in quoted("She cancelled a trip to New Delhi, India.") if c.rule.id == "called off")
    assert cue.evidence.quote.startswith("cancelled a trip to New Delhi")


def test_a_date_is_nearest_to_its_own_place() -> None:
    text = "She reaches Oslo on 3 May 2024 and Rome on 7 May 2024."
    analysis = analyse(text)
    nearest = [analysis.timexes[c.dates[0]].quote for c in analysis.contexts]
    assert ["3 May" in nearest[0], "7 May" in nearest[1]] == [True, True]
