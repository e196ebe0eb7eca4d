"""The figures: what is printed for which corpus, and where they stand in the README."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import evaluate


def test_without_corpora_there_is_nothing_to_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate.main(["--shared", str(tmp_path)]) == 1
    assert "There is nothing to score with" in capsys.readouterr().err


def test_a_corpus_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        evaluate.main(["letters"])
    assert "no corpus letters; there are official" in capsys.readouterr().err


def test_aims_and_marks_are_of_figures_that_are_printed() -> None:
    for corpus in evaluate.CORPORA.values():
        assert {*corpus.target, *corpus.baseline} <= set(evaluate.FIGURES)
        assert all(0 < value <= 100 for value in corpus.target.values())
        assert all(corpus.baseline[f] < corpus.target[f] for f in corpus.baseline)


class Score:
    """Stands in for the scoring script: every stop is right."""

    @staticmethod
    def summary(rows: list[dict]) -> dict[str, float | None]:
        return dict.fromkeys(evaluate.FIGURES, 50.0) | {"traveller": None}


def test_each_corpus_has_a_line_for_each_reader() -> None:
    run = evaluate.Run([], {}, [{"gc": 1}], 7.0)
    held = evaluate.HeldOut({"news": run}, {}, None)
    table = list(evaluate._main_table(Score, {"news": run, "plans": run}, held))  # type: ignore[arg-type]
    assert [(line[0], line[2]) for line in table] == [
        ("news", "naive, as published"),
        ("", "aim"),
        ("", "held out"),
        ("", "all"),
        ("plans", "aim"),
        ("", "never learned from"),
    ]
    assert table[0][3] == "29.0"
    assert table[3][-1] == "7.0"


def test_where_no_stop_has_a_country_none_is_wrong() -> None:
    run = evaluate.Run([], {}, [{"gc": 0}])
    assert evaluate._summary(Score, run)["country_f1"] is None  # type: ignore[arg-type]


def test_figures_go_into_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start, end = evaluate._MARKS
    shown = evaluate.README.read_text(encoding="utf-8")
    assert shown.count(start) == shown.count(end) == 1
    copy = tmp_path / "README.md"
    copy.write_text(f"before\n{start}old\n{end}behind\n", encoding="utf-8")
    monkeypatch.setattr(evaluate, "README", copy)
    evaluate._into_readme(["new", r"\1"])
    assert copy.read_text(encoding="utf-8") == f"before\n{start}new\n\\1\n{end}behind\n"
