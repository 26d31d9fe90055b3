"""A file or a folder that is there -> its bytes, or a lock on it; no waiting for a silent pipe."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two builds of one source at once are then up to their author
    fcntl = None  # type: ignore[assignment]

LARGEST = 1 << 30  # bytes; the lock of 100,000 facts takes 25 MB
PIECE = 1 << 20  # bytes: room for what is read is taken first, and a pipe does not tell its size
AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # Windows has no pipes among its files


def at_most(most: int, file: Path) -> bytes:
    """Return the bytes of a file; `most` and one more of what is larger, or never ends.

    Raises:
        OSError: it cannot be read, or is a pipe that nobody writes into.
    """
    with open(file, "rb", opener=_at_once) as handle:
        there = os.fstat(handle.fileno())
        pieces, left, room = list[bytes](), most + 1, there.st_size + 1
        while left and (piece := handle.read(min(left, max(room, PIECE)))):
            pieces.append(piece)
            left, room = left - len(piece), PIECE
        data = b"".join(pieces)
        if not data and stat.S_ISFIFO(there.st_mode):
            told = "not a regular file, but a pipe that nobody writes into"
            raise OSError(errno.EINVAL, told, str(file))
        return data


def whole(file: Path) -> bytes:
    """Return all bytes of a file that the program keeps, such as a lock.

    Raises:
        OSError: it cannot be read, is a pipe that nobody writes into, or is larger than any such.
    """
    data = at_most(LARGEST, file)
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
    return data


def _at_once(file: str | Path, flags: int) -> int:
    """Open a file; a pipe without waiting for somebody who may never write into it."""
    handle = os.open(file, flags | AT_ONCE)
    if AT_ONCE:
        os.set_blocking(handle, True)  # what is written slowly is waited for
    return handle


@contextlib.contextmanager
def alone(place: Path, wait: Callable[[], object] = lambda: None) -> Iterator[bool]:
    """Let no other build of this source, or in this folder, run meanwhile; `wait` if one does.

    What it yields is whether the place is still the same after the waiting. The kernel drops the
    lock with the process, even if that is killed.

    Raises:
        OSError: it is neither a file nor a folder: what is written would take the place of a device
            or of a pipe, or lie beside it.
    """
    mode = place.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        told = "not a regular file, so nothing is written in its place or beside it"
        raise OSError(errno.EINVAL, told, str(place))
    same = True
    with contextlib.ExitStack() as ended:
        if fcntl is not None:
            handle = _at_once(place, os.O_RDONLY)
            ended.callback(os.close, handle)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                wait()
                fcntl.flock(handle, fcntl.LOCK_EX)
            same = os.path.samestat(os.fstat(handle), place.stat())
        yield same
