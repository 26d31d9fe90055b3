"""A line whose fact has another id now -> which ids learners know it by, and the way back.

A rename that no release has is nobody's history: learners know the id of before, of a draft none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from deckbuilder.lock.lines import Line, Lock


def ids_out(line: Line) -> tuple[str, ...]:
    """Return the ids by which learners know a note, but for its own if no other was out since."""
    if not line.since:
        return ()
    end = line.was.index(line.before) + 1 if line.before in line.was else len(line.was)
    return line.was[:end]


def known_as(fact: str, line: Line) -> tuple[str, ...]:
    """Return all ids by which learners know a note, the latest last."""
    return ids_out(line) if line.before or not line.since else (*ids_out(line), fact)


def renamed(line: Line, then: str, now: str) -> Line:
    """Return a line after its fact got another id. `then`: the one that it had."""
    was = line.was if then in line.was else (*line.was, then)
    if line.before == now:
        was = without(now, ids_out(line) if line.since else was)
        return line._replace(was=was, before="")
    return line._replace(was=was, before=line.before or then)


def taken_back(lock: Lock, ids: Set[str], said: Mapping[str, str]) -> Lock:
    """Return a lock without the renames that no release has and that the source has taken back.

    That is where its fact is gone, or where the id of its release is told of elsewhere. An id that
    another line has by now stays with that.

    Args:
        lock: as the last build left it.
        ids: of all facts that there are.
        said: the ids that facts say they had before, with those that say so, and what is retired.
    """
    lines = dict(lock.lines)
    for (fact, kind), line in lock.lines.items():
        key = line.before, kind
        if not line.before or key in lines:
            continue
        elsewhere = said.get(line.before, fact) not in (fact, said.get(fact))
        if (line.since and elsewhere) or (fact not in ids and fact not in said):
            was = without(line.before, ids_out(line))
            lines[key] = lines.pop((fact, kind))._replace(was=was, before="")
    return replace(lock, lines=lines)


def released(fact: str, line: Line, version: str) -> Line:
    """Return a line after a release: the id that it has is a promise, those of a draft are none."""
    if line.since and not line.before:
        return line
    was = without(fact, ids_out(line))
    return line._replace(since=line.since or version, was=was, before="")


def without(own: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return ids, each once, without one."""
    return tuple(name for name in dict.fromkeys(ids) if name != own)
