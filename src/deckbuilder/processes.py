"""Pieces of work that need nothing of each other -> what they make, on several processors.

Each further process is a copy of this one: it has all that was read, for nothing, and what it makes
is the only message. Measured: 10,000 facts take two thirds of the time on two processors.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

Made = TypeVar("Made")
Work = Sequence[Callable[[], Made]]

NUMBER = 2  # bytes in which the number of a piece waits to be taken


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def together(work: Work[Made], processes: int) -> list[Made]:
    """Return what each piece makes, in order; so many processes take the pieces one by one.

    What another process does not bring home is made here: nothing is lost if one is killed, and a
    fault shows as it would in one process.
    """
    more = min(processes, len(work)) - 1
    if more < 1 or not _copies_are_safe():
        return [make() for make in work]
    queue = _queue(len(work))
    copies = [_copy(work, queue) for _ in range(more)]
    try:
        made = dict(_taken(work, queue))
        for _, results in copies:
            made |= _received(results)
    finally:
        os.close(queue)
        for process, results in copies:
            results.close()
            os.kill(process, signal.SIGKILL)  # it has ended, unless we are ending early
            os.waitpid(process, 0)
    return [made[n] if n in made else make() for n, make in enumerate(work)]


def _copies_are_safe() -> bool:
    """Tell whether a copy has all of this process: of several threads it would have one.

    On Linux alone: Windows makes no copies, and the libraries of macOS do not outlive one.
    """
    if sys.platform != "linux":
        return False
    return len(list(Path("/proc/self/task").glob("*"))) == 1


def _queue(length: int) -> int:
    """Return what the numbers of all pieces are read from, each by one process only."""
    queue, into = os.pipe()
    with os.fdopen(into, "wb") as numbers:
        numbers.write(b"".join(n.to_bytes(NUMBER, "big") for n in range(length)))
    return queue


def _taken(work: Work[Made], queue: int) -> Iterator[tuple[int, Made]]:
    """Yield what this process makes, until all pieces are taken."""
    while number := os.read(queue, NUMBER):
        n = int.from_bytes(number, "big")
        yield n, work[n]()


def _copy(work: Work[Made], queue: int) -> tuple[int, BinaryIO]:
    """Begin a copy of this process; return its id, and what its results can be read from."""
    results, into = os.pipe()
    process = os.fork()
    if process:
        os.close(into)
        return process, os.fdopen(results, "rb")
    try:  # in the copy, which ends here whatever happens, and cleans up nothing that is not its own
        made = dict(_taken(work, queue))
        with os.fdopen(into, "wb") as file:
            pickle.dump(made, file, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _received(results: BinaryIO) -> dict[int, Made]:
    """Return the results of a copy; none if it did not come to its end."""
    with contextlib.suppress(pickle.UnpicklingError, EOFError):
        made: dict[int, Made] = pickle.load(results)
        return made
    return {}
