"""A line whose fact has another id now -> which ids learners know it by, and the way back.

A rename that no release has is nobody's history: learners know the id of before, of a draft none.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from deckbuilder.lock.lines import Line, Lock


def ids_out(line: Line) -> tuple[str, ...]:
    """Return the ids, besides its own, by which learners know a note."""
    if not line.since:
        return ()
    end = line.was.index(line.before) + 1 if line.before in line.was else len(line.was)
    return line.was[:end]


def renamed(line: Line, then: str, now: str) -> Line:
    """Return a line after its fact got another id. `then`: the one that it had."""
    before = line.before or then
    was = (*line.was, then)
    if before == now:
        before, was = "", ids_out(line) if line.since else was
    return line._replace(was=tuple(name for name in was if name != now), before=before)


def taken_back(lock: Lock, ids: Set[str], named: Set[str]) -> Lock:
    """Return a lock without the renames that no release has and that the source has taken back.

    An id that another line has by now stays with that.

    Args:
        lock: as the last build left it.
        ids: of all facts that there are.
        named: the ids that facts say they had before, and those that are retired.
    """
    lines = dict(lock.lines)
    for (fact, kind), line in lock.lines.items():
        key = line.before, kind
        if not line.before or fact in ids or fact in named or key in lines:
            continue
        if line.before in ids or not line.retired:
            was = tuple(name for name in ids_out(line) if name != line.before)
            lines[key] = lines.pop((fact, kind))._replace(was=was, before="")
    return replace(lock, lines=lines)


def released(line: Line, version: str) -> Line:
    """Return a line after a release: the id that it has is a promise, those of a draft are none."""
    if line.since and not line.before:
        return line
    return line._replace(since=line.since or version, was=ids_out(line), before="")
