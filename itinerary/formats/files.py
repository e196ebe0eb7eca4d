"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["replacing", "write_text"]


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a new, empty file to write; when all went well, put it in the place of `path`.

    It lies beside `path` and has the same ending. If anything goes wrong it is removed, and a file
    that was there stays as it was. A link stays a link; what is no plain file (a pipe,
    ``/dev/null``) is written straight.

    Raises
    ------
    OSError
        If the folder is missing or may not be written.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        if path.is_dir():
            raise IsADirectoryError(21, os.strerror(21), str(path))
        yield path
        return
    draft = path.with_name(f".{path.stem[:100]}.{os.getpid()}{path.suffix}")
    # As a plain open() would: the umask decides who may read it.
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield draft
        if path.exists():
            draft.chmod(stat.S_IMODE(path.stat().st_mode))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    r"""Write a file of UTF-8 text, whole or not at all.

    Half a surrogate pair, which UTF-8 cannot hold, is written as its escape, such as ``\ud83d``.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    with replacing(path) as draft:
        draft.write_bytes(text.encode("utf-8", errors="backslashreplace"))
