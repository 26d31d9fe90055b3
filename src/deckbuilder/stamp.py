"""A deck -> what its built files say that they were built from; and such a text -> what it says."""

from __future__ import annotations

import re

from deckbuilder.digests import digest
from deckbuilder.model import Deck
from deckbuilder.slots import dataclass

LONGEST = 400  # characters, of a stamp
STAMP = re.compile(r"([^\s<>]+) (\d+\.\d+\.\d+) · ([0-9a-f]{12})$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a built file says it was built from. `source`: the beginning of its SHA-256."""

    deck: str
    version: str
    source: str

    def __str__(self) -> str:
        """What stands in the file."""
        return f"{self.deck} {self.version} · {self.source}"


def stamp_of(deck: Deck) -> Stamp:
    """Return the stamp of all files that are built from the source of a deck."""
    return Stamp(deck.id, deck.version, digest(deck.source.data)[:12])


def stamp_in(text: str) -> Stamp | None:
    """Return the stamp at the end of a description or of keywords, if there is one."""
    import html  # who builds has no use for it

    found = STAMP.search(html.unescape(text[-LONGEST:]).strip())
    return Stamp(*found.groups()) if found else None
