"""What learners have (a lock) and what the deck holds now -> what they get next.

Anki updates a note only if the incoming `mod` is strictly newer, and then takes the learner's own
edits and tags of that note away. So `mod` rises when a note's content changed, and only then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from deckbuilder.lock.lines import Key, Line, Lock, guid_of, note_id
from deckbuilder.lock.numbers import NONE, Numbers
from deckbuilder.lock.renames import released, renamed
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


Met = tuple[Key, Line, Wanted]  # the line of a note, the key it has there, and what is wanted now


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


def line_of(lock: Lock, key: Key, was: Sequence[str]) -> tuple[Key, Line] | None:
    """Return the line of a note, under its own id or one that it had, and its key there.

    What was released comes before drafts, which nobody has: a line that builds alone gave a new id
    is no reason to leave behind what learners have under the old one.
    """
    lines, (fact, notetype) = lock.lines, key
    line = lines.get(key)
    if line and (line.since or not was):
        return key, line
    keys = [(name, notetype) for name in (fact, *was) if (name, notetype) in lines]
    before = next((key for key in keys if lines[key].since), keys[0] if keys else None)
    return (before, lines[before]) if before else None


def settle(lock: Lock, wanted: Iterable[Wanted], now: int) -> tuple[Lock, Changes]:
    """Return the lock that fits the deck, and what that changed.

    Args:
        lock: what was remembered.
        wanted: every note and note type of the deck, and the notes retired now; each key once.
        now: the time of the build in seconds; a line's `mod` rises to it, or by one if it is past.
    """
    lines: dict[Key, Line] = {}
    new: list[str] = []
    other: list[Met] = []
    gone, taken = set(lock.lines), _Taken(lock)
    for want in sorted(wanted):
        key = want.key
        found = line_of(lock, key, want.was)
        if found:
            before, line = found
            lines[key] = _next(before, line, want, now)
            gone.discard(before)
            if line.digest != want.digest or before != key:
                gone.discard(key)  # the line of a draft gives way
                other.append((before, line, want))
        else:
            lines[key] = taken.first_line(lock.origin, want, now)
            if want.fact:
                new.append(want.fact)
    for key in [key for key in gone if lock.lines[key].retired]:
        lines[key] = lock.lines[key]  # remembered for ever: its id is never used again
        gone.discard(key)
    dropped = tuple(sorted(fact for fact, _ in gone if fact))
    return replace(lock, lines=lines), _changes(new, other, dropped)


def _changes(new: Iterable[str], other: Iterable[Met], dropped: tuple[str, ...]) -> Changes:
    """Return what is told of new notes, of those that are not as before, and of dropped ones."""
    edited = [(key, old, want) for key, old, want in other if old.digest != want.digest]
    facts = [(key, old, want) for key, old, want in edited if want.fact]
    live = [(key, old, want) for key, old, want in facts if not want.retired]
    return Changes(
        new=tuple(new),
        changed=tuple([w.fact for key, old, w in live if not old.retired and key == w.key]),
        dropped=dropped,
        renamed=tuple([(key[0], want.fact) for key, _, want in other if key != want.key]),
        retired=tuple([want.fact for _, _, want in facts if want.retired]),
        revived=tuple([want.fact for _, old, want in live if old.retired]),
        look=len(facts) < len(edited),
    )


def _next(key: Key, old: Line, want: Wanted, now: int) -> Line:
    """Return what becomes of a line that there is."""
    line = old if key == want.key else renamed(old, key[0], want.fact)
    now_so = want.numbers, want.retired, want.schema
    if now_so != (old.numbers, old.retired, old.schema):  # of few lines
        line = line._replace(numbers=want.numbers, retired=want.retired, schema=want.schema)
    if old.digest == want.digest:
        return line
    return line._replace(digest=want.digest, mod=max(now, old.mod + 1))


def mark_released(lock: Lock, version: str) -> Lock:
    """Return the lock after a release: what was a draft is a promise from now on."""
    lines = {key: released(key[0], line, version) for key, line in lock.lines.items()}
    return replace(lock, lines=lines)


class _Taken:
    """The guids and note ids that no new line may have."""

    def __init__(self, lock: Lock) -> None:
        self.guids = {line.guid for line in lock.lines.values()}
        self.notes = {line.note for line in lock.lines.values()}

    def first_line(self, deck: str, want: Wanted, now: int) -> Line:
        """Return a line for what learners have never had; its ids come from its names alone."""
        if not want.fact:
            return Line("", 0, want.digest, now, schema=want.schema)
        guid, turn = guid_of(deck, want.key), 0
        while guid in self.guids:  # a renamed fact keeps the guid that its old id gave it
            turn += 1
            guid = guid_of(deck, (f"{want.fact}#{turn}", want.notetype))
        note = note_id(guid, self.notes)
        self.guids.add(guid)
        self.notes.add(note)
        return Line(guid, note, want.digest, now, numbers=want.numbers)
