"""What the lock remembers of a deck: a line for each note and note type. Ids come from names."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from deckbuilder.lock.numbers import NONE, Numbers
from deckbuilder.slots import dataclass

FIRST_NOTE_ID = 1_000_000_000_000  # milliseconds, as Anki's own ids: September 2001 …
SLOTS = 1_200_000_000  # … to September 2020, so that none lies in a learner's future
CARDS_A_NOTE = 500  # ids kept free after a note's for its cards

Key = tuple[str, str]  # (fact id, note type); a note type itself is ("", its name)


# a tuple, like all of which each note has one: it is made in a third of the time
class Line(NamedTuple):
    """What the lock remembers of a note or a note type.

    Attributes:
        guid: by which Anki knows the note again; "" of a note type.
        note: Anki's note id; 0 of a note type.
        digest: of what learners have.
        mod: when that last changed, in seconds since 1970.
        since: the release it went out with, "" while a draft.
        numbers: of a *Gaps* note: the numbers of its gaps.
        was: the ids that the fact had before, the latest last.
        before: the one to which it can go back, for no release has a later; "" if its own is out.
        retired: whether the note is to leave learners' decks.
        schema: of a note type: a digest of what may never change once it is released.
    """

    guid: str
    note: int
    digest: str
    mod: int
    since: str = ""
    numbers: Numbers = NONE
    was: tuple[str, ...] = ()
    retired: bool = False
    schema: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """All lines of a deck's lock.

    `born` is the id that the deck had at first: its note types are known by it. `anki` is the name
    that the deck had in Anki at the last build. `restamped` is when all notes were made newer on
    purpose (0: never): what was dated before then is to give way.
    """

    deck: str
    lines: Mapping[Key, Line] = field(default_factory=dict)
    born: str = ""
    anki: str = ""
    restamped: int = 0

    @property
    def origin(self) -> str:
        """The id from which the ids of note types and guids are made."""
        return self.born or self.deck

    @property
    def released(self) -> bool:
        """Whether learners have any of it."""
        return any(line.since for line in self.lines.values())


def known_by(key: Key, line: Line) -> str:
    """Return what a note is known by through all renaming: its guid; of a note type, its name."""
    fact, notetype = key
    return f"guid {line.guid}" if fact else f"type {notetype}"


def stable_id(*names: str) -> int:
    """Return an id that depends on the names alone: 53 bits, which JavaScript can hold."""
    return _hash(*names) & ((1 << 52) - 1) | (1 << 52)


def _hash(*names: str) -> int:
    return int.from_bytes(hashlib.sha256("\x1f".join(names).encode()).digest()[:8], "big")


def guid_of(deck: str, key: Key) -> str:
    """Return the guid of a note that learners have never had."""
    return hashlib.sha256("\x1f".join((deck, *key)).encode()).hexdigest()[:20]


def note_id(guid: str, taken: set[int]) -> int:
    """Return a note id for a guid that is none of those taken."""
    slot = _hash(guid) % SLOTS
    while FIRST_NOTE_ID + slot * CARDS_A_NOTE in taken:
        slot = (slot + 1) % SLOTS
    return FIRST_NOTE_ID + slot * CARDS_A_NOTE
