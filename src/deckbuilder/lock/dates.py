"""A lock whose notes have dates -> the same with other dates, for a reason that is no change.

Anki takes a note whose date is newer, and learners lose what they had changed in it: so a date
tells whether that is meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from deckbuilder.lock.lines import Line, Lock, known_by


def restamped(lock: Lock, now: int) -> Lock:
    """Return the lock with every note and note type changed now, or later if one is ahead of us.

    All get one date, which is remembered: whatever was dated before it is older than all of them.
    """
    at = max([now, *(line.mod + 1 for line in lock.lines.values())])
    lines = {key: line._replace(mod=at) for key, line in lock.lines.items()}
    return replace(lock, lines=lines, restamped=at)


def dated_back(lock: Lock, releases: Iterable[Lock]) -> tuple[Lock, tuple[str, ...]]:
    """Return the lock with the dates of what is again as it went out, and the names of that.

    An edit that is taken back before its release reached nobody, but left its date. Where a note
    has had several dates in releases the newest counts, and what went out with it: below that no
    date may fall, or who has it would never be corrected. Nor below that of a restamp.

    Args:
        lock: as it is to be released.
        releases: the locks of all that went out.
    """
    out: dict[str, list[Line]] = {}
    for release in releases:
        for key, line in release.lines.items():
            out.setdefault(known_by(key, line), []).append(line)
    lines, names = dict(lock.lines), []
    for key, line in lock.lines.items():
        had = out.get(known_by(key, line), ())
        newest = max((one.mod for one in had), default=line.mod)
        mod = max(newest, lock.restamped)
        as_then = {one.digest for one in had if one.mod == newest} == {line.digest}
        if as_then and mod < line.mod:
            lines[key] = line._replace(mod=mod)
            names.append(key[0] or key[1])
    return replace(lock, lines=lines), tuple(sorted(names))


def is_forced(lock: Lock, before: Lock) -> bool:
    """Tell whether a note that is as it was in an earlier lock was made newer on purpose."""
    then = {known_by(*row): row[1] for row in before.lines.items()}
    for key, line in lock.lines.items():
        old = then.get(known_by(key, line)) if key[0] and not line.retired else None
        if old and old.digest == line.digest and by_restamp(lock.restamped, old.mod, line.mod):
            return True
    return False


def by_restamp(restamped: int, then: int, now: int) -> bool:
    """Tell whether a note whose words are as they were got its newer date on purpose."""
    return then < restamped <= now
