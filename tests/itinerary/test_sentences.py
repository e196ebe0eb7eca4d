"""Words, lines and sentences."""

from __future__ import annotations

import pytest

from itinerary.model import Span
from itinerary.sentences import Form, parse

WRAPPED = (
    "The choir sang in the cathedral on the first evening and went on by\n"
    "bus to the next town, where the hall had been sold out for months and\n"
    "nobody wanted to go home."
)


def sentences(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in parse(text).sentences]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She flew to Port-of-Spain.", ["She", "flew", "to", "Port-of-Spain", "."]),
        ("the U.N. office", ["the", "U.N.", "office"]),
        ("Kenya’s capital", ["Kenya", "’s", "capital"]),
        ("at O’Hare", ["at", "O’Hare"]),
        ("I'm sure we’ll go", ["I", "'m", "sure", "we", "’ll", "go"]),
        ("D’Arcy doesn’t", ["D’Arcy", "doesn’t"]),
        ("on the 3rd, 7:30", ["on", "the", "3rd", ",", "7:30"]),
        ("12/05/2023", ["12/05/2023"]),
        ("Feb. 28", ["Feb.", "28"]),
        ("Saint-Étienne–Lyon", ["Saint-Étienne", "–", "Lyon"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert list(parse(text).words) == words


def test_a_verb_written_short_is_read_in_full() -> None:
    assert parse("We’ll go; they've gone.").lower == ("we", "will", "go", ";", "they", "have", "gone", ".")


@pytest.mark.parametrize(
    "text", ["", "A b.\n\nC d: e", "İstanbul, then Ⅻ days\r\nin Łódź.", WRAPPED, "\x00\x01 x"]
)
def test_words_stand_at_their_offsets_and_none_is_lost(text: str) -> None:
    doc = parse(text)
    assert [text[a:b] for a, b in zip(doc.starts, doc.ends, strict=True)] == list(doc.words)
    assert "".join(doc.words) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("She met Sen. Ito in St. Louis. He left.", 2),
        ("The U.N. Council met. It broke up.", 2),
        ("He landed at 5 p.m. The mayor waited.", 2),
        ("He landed at 5 p.m. Tuesday.", 1),
        ("They sailed on Feb. 28 for Lagos.", 1),
        ("J. Ito and K. Berg flew home.", 1),
        ("“We leave.” He said no more.", 2),
        ("Why Oslo? Nobody knew!", 2),
        ("It cost 3.50 in Rome.", 1),
        ("a list: one, two; three", 1),
        ("He waited… then flew home.", 1),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count, sentences(text)


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    assert sentences("“We leave.” He said no more.") == ["“We leave.”", "He said no more."]


def test_prose_wrapped_below_its_head_is_one_unit() -> None:
    text = (
        "Jun 3 (Tues):\n"
        "Travel to the old town, the birthplace of the saint, and then to\n"
        "the chapel of the Visitation, where we shall meet our friend\n"
        "Mary. Drive on to the sea."
    )
    assert [s.span.of(text)[:6] for s in parse(text).sentences] == ["Jun 3 ", "Travel", "Drive "]


def test_wrapped_prose_is_one_unit_and_a_list_is_not() -> None:
    assert len(sentences(WRAPPED)) == 1
    assert sentences("Mon: Oslo\nTue: Bergen\nWed: home") == ["Mon: Oslo", "Tue: Bergen", "Wed: home"]


def test_blocks_are_parted_by_blank_lines() -> None:
    doc = parse("One line here.\n\n\n  \nMon: Oslo\nTue: Bergen\n\nThe end.")
    assert [(b.first, b.last, b.is_list) for b in doc.blocks] == [(0, 1, False), (1, 3, True), (3, 4, False)]
    assert [s.block for s in doc.sentences] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Envoy heads south as talks stall", Form.HEADING),
        ("The envoy will head south on Monday for new talks.", Form.PROSE),
        ("- Oslo, two nights", Form.ITEM),
        ("Day 3: Porto", Form.ITEM),
        ("14 May - Riga - Small Hall", Form.ITEM),
        ("# The plan", Form.HEADING),
    ],
)
def test_form(text: str, form: Form) -> None:
    assert [sentence.form for sentence in parse(text).sentences] == [form]


def test_sentences_tile_the_words() -> None:
    doc = parse("Head line\n\nOne. Two? “Three.”\n- four\n- five\n\n" + WRAPPED)
    assert [s.first for s in doc.sentences] == [0, *(s.last for s in doc.sentences[:-1])]
    assert doc.sentences[-1].last == len(doc.words)
    for number, sentence in enumerate(doc.sentences):
        for token in range(sentence.first, sentence.last):
            assert doc.sentence_at(token) == number


def test_token_at_finds_the_word_of_an_offset() -> None:
    doc = parse("On to Rome.")
    assert [doc.words[doc.token_at(at)] for at in (0, 1, 3, 6, 9, 10)] == [
        "On",
        "On",
        "to",
        "Rome",
        "Rome",
        ".",
    ]
    assert doc.token_at(5) == 2  # a blank: the word behind it
    assert doc.token_at(99) == len(doc.words)


def test_span_and_quote_of_a_range_of_words() -> None:
    doc = parse("We go to  New   Delhi now.")
    assert doc.span(3, 5) == Span(10, 21)
    assert doc.quote(3, 5) == "New   Delhi"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("On Thursday, U.S. Senator Ann Lee came home.", 1),
        ("The U.S. officials met. U.N. Secretary Lee left.", 2),
        ("They left the U.S. The senator stayed.", 2),
        ("We meet at 5 p.m. Senator Lee will speak.", 2),
    ],
)
def test_a_title_goes_on_from_the_country_before_it(text: str, number: int) -> None:
    assert len(sentences(text)) == number
