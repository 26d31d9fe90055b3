"""A source and its lock -> the deck as it was built, its gaps numbered as learners know them."""

from __future__ import annotations

from deckbuilder.lock import Lock
from deckbuilder.model import Deck
from deckbuilder.numbering import number
from deckbuilder.slots import dataclass


@dataclass(frozen=True, slots=True)
class AsBuilt:
    """A deck as its lock has it: its gaps have the numbers that learners know, or will."""

    deck: Deck
    lock: Lock


def built(deck: Deck, lock: Lock) -> AsBuilt:
    """Return a deck with the numbers that its lock gives to gaps."""
    return AsBuilt(number(deck, lock).deck, lock)
