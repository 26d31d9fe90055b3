"""A source and its lock -> the deck as it was built, its gaps numbered as learners know them."""

from __future__ import annotations

from deckbuilder.lock import Lock, parse_lock
from deckbuilder.model import Deck
from deckbuilder.numbering import number
from deckbuilder.read import read_bytes
from deckbuilder.slots import dataclass


@dataclass(frozen=True, slots=True)
class AsBuilt:
    """A deck as its lock has it: its gaps have the numbers that learners know, or will."""

    deck: Deck
    lock: Lock


def built_of(source: bytes, lock: bytes, name: str) -> AsBuilt | None:
    """Return what was built of a source and its lock; None if they cannot be read."""
    deck, _ = read_bytes(source, name)
    if deck is None:
        return None
    known, _ = parse_lock(lock, "lock", deck.id, deck.was)
    return built(deck, known) if known else None


def built(deck: Deck, lock: Lock) -> AsBuilt:
    """Return a deck with the numbers that its lock gives to gaps."""
    return AsBuilt(number(deck, lock).deck, lock)
