from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from itinerary.formats.files import replacing, write_text


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "trip.png"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        _write_half(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def _write_half(path: Path) -> None:
    with replacing(path) as draft:
        assert (draft.parent, draft.suffix) == (path.parent, path.suffix)
        draft.write_text("half")
        draft.write_text(str(1 / 0))


def test_the_old_file_is_whole_until_the_new_one_is(tmp_path: Path) -> None:
    path = tmp_path / "trip.json"
    path.write_text("old")
    with replacing(path) as draft:
        draft.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_rights_are_those_of_the_old_file_or_usual_ones(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_text(tmp_path / "new.txt", "a")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640
    (tmp_path / "new.txt").chmod(0o604)
    write_text(tmp_path / "new.txt", "b")
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o604


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    link.symlink_to(target)
    write_text(link, "trip")
    assert link.is_symlink()
    assert target.read_text() == "trip"


def test_what_is_no_plain_file_is_not_replaced() -> None:
    write_text(Path(os.devnull), "trip")
    assert not Path(os.devnull).is_file()


def test_a_missing_folder_and_a_folder_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_text(tmp_path / "no" / "trip.txt", "trip")
    with pytest.raises(IsADirectoryError):
        write_text(tmp_path, "trip")


def test_half_a_surrogate_pair_is_escaped(tmp_path: Path) -> None:
    write_text(tmp_path / "trip.txt", "Oslo \ud83d é")
    assert (tmp_path / "trip.txt").read_bytes() == "Oslo \\ud83d é".encode()


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    write_text(tmp_path / "trip.txt", "a\r\nb\n")
    assert (tmp_path / "trip.txt").read_bytes() == b"a\r\nb\n"
