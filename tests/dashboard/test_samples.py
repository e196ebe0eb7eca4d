"""Facts about the sample texts."""

from __future__ import annotations

from dashboard.samples import FOLDER, samples


def test_there_are_enough_samples_of_different_kinds() -> None:
    found = samples()
    assert len(found) >= 6
    assert len({s.title for s in found}) == len(found)
    assert len({s.kind for s in found}) == len(found)


def test_every_text_is_listed_and_worth_reading() -> None:
    assert len(list(FOLDER.glob("*.txt"))) == len(samples())
    for sample in samples():
        assert 200 < len(sample.text) < 4000, sample.title
        assert sample.text == sample.text.strip() + "\n", sample.title


def test_the_first_sample_needs_its_publication_day() -> None:
    first = samples()[0]
    assert "next week" in first.text
    assert first.published is not None
    assert first.published.isoformat() not in first.text


def test_labels_say_title_and_kind() -> None:
    assert samples()[1].label == "A band on tour (list of dates)"
