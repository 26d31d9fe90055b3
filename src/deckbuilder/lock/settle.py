"""What learners have (a lock) and what the deck holds now -> what they get next.

Anki updates a note only if the incoming `mod` is strictly newer, and then takes the learner's own
edits and tags of that note away. So `mod` rises when a note's content changed, and only then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from typing import NamedTuple

from deckbuilder.lock.gaps import NONE, Numbers
from deckbuilder.lock.lines import Key, Line, Lock, guid_of, note_id
from deckbuilder.slots import dataclass


class Wanted(NamedTuple):
    """A note (or, with no fact, a note type) of the deck as it is now; see `Line` for the rest."""

    fact: str
    notetype: str
    digest: str
    numbers: Numbers = NONE
    was: tuple[str, ...] = ()
    retired: bool = False
    schema: str = ""

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.fact, self.notetype


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of the facts whose notes differ from the lock."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()  # from, to
    retired: tuple[str, ...] = ()
    revived: tuple[str, ...] = ()
    look: bool = False  # a note type changed


@dataclass(slots=True)
class _Tally:
    """What a settlement has changed so far."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    look: bool = False


def line_of(lock: Lock, key: Key, was: Iterable[str] = ()) -> tuple[Key, Line] | None:
    """Return the line of a note, under its own id or one that it had, and its key there."""
    fact, notetype = key
    for name in (fact, *was):
        line = lock.lines.get((name, notetype))
        if line:
            return (name, notetype), line
    return None


def settle(lock: Lock, wanted: Iterable[Wanted], now: int) -> tuple[Lock, Changes]:
    """Return the lock that fits the deck, and what that changed.

    Args:
        lock: what was remembered.
        wanted: every note and note type of the deck, and the notes retired now; each key once.
        now: the time of the build in seconds; a line's `mod` rises to it, or by one if it is past.
    """
    lines: dict[Key, Line] = {}
    tally, gone = _Tally(), set(lock.lines)
    taken = _Taken(lock)
    for want in sorted(wanted):
        key = want.key
        found = line_of(lock, key, want.was)
        if found:
            lines[key] = _next(*found, want, now, tally)
            gone.discard(found[0])
        else:
            lines[key] = taken.first_line(lock.origin, want, now)
            if want.fact:
                tally.new.append(want.fact)
    for key in [key for key in gone if lock.lines[key].retired]:
        lines[key] = lock.lines[key]  # remembered for ever: its id is never used again
        gone.discard(key)
    dropped = tuple(sorted(fact for fact, _ in gone if fact))
    changes = Changes(
        tuple(tally.new),
        tuple(tally.changed),
        dropped,
        tuple(tally.renamed),
        tuple(tally.retired),
        tuple(tally.revived),
        tally.look,
    )
    return replace(lock, lines=lines), changes


def _next(key: Key, old: Line, want: Wanted, now: int, tally: _Tally) -> Line:
    """Return what becomes of a line that there is."""
    was = old.was
    if key != want.key:
        was = (*(name for name in old.was if name != want.fact), key[0])
        tally.renamed.append((key[0], want.fact))
    line = old
    now_so = want.numbers, was, want.retired, want.schema
    if now_so != (old.numbers, old.was, old.retired, old.schema):  # of few lines
        line = old._replace(numbers=want.numbers, was=was, retired=want.retired, schema=want.schema)
    if old.digest == want.digest:
        return line
    if not want.fact:
        tally.look = True
    elif want.retired:
        tally.retired.append(want.fact)
    elif old.retired:
        tally.revived.append(want.fact)
    elif key == want.key:
        tally.changed.append(want.fact)
    return line._replace(digest=want.digest, mod=max(now, old.mod + 1))


def mark_released(lock: Lock, version: str) -> Lock:
    """Return the lock after a release: what was a draft is a promise from now on."""
    lines = {
        key: line if line.since else line._replace(since=version)
        for key, line in lock.lines.items()
    }
    return replace(lock, lines=lines)


class _Taken:
    """The guids and note ids that no new line may have."""

    def __init__(self, lock: Lock) -> None:
        self.guids = {line.guid for line in lock.lines.values()}
        self.notes = {line.note for line in lock.lines.values()}

    def first_line(self, deck: str, want: Wanted, now: int) -> Line:
        """Return a line for what learners have never had; its ids come from its names alone."""
        guid, turn = guid_of(deck, want.key), 0
        if not want.fact:
            return Line(guid, 0, want.digest, now, schema=want.schema)
        while guid in self.guids:  # a renamed fact keeps the guid that its old id gave it
            turn += 1
            guid = guid_of(deck, (f"{want.fact}#{turn}", want.notetype))
        note = note_id(guid, self.notes)
        self.guids.add(guid)
        self.notes.add(note)
        return Line(guid, note, want.digest, now, numbers=want.numbers)
