"""A source in a repository -> what a release of it stands on: its lock, and what is out."""

from __future__ import annotations

from pathlib import Path

from deckbuilder.lock import Lock
from deckbuilder.model import Deck
from deckbuilder.problems import Obstacle
from deckbuilder.publishing.lost import not_there
from deckbuilder.publishing.past import Before, Release, release_before, releases
from deckbuilder.publishing.present import current_lock
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.slots import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """What a release stands on.

    Attributes:
        root: of the repository.
        source: the file, absolute; its lock is committed.
        deck: what it holds.
        lock: its lock, which fits it.
        before: the release before; None for the first.
        known: all releases that have a tag here, the oldest first.
        shipped: the package that learners have, if it is at hand.
        changelog: what it says.
    """

    root: Path
    source: Path
    deck: Deck
    lock: Lock
    before: Before | None
    known: tuple[Release, ...]
    shipped: Shipped | None
    changelog: str


def standing(
    root: Path, source: Path, deck: Deck, shipped: Shipped | None, changelog: str, own: str = ""
) -> Standing | tuple[Obstacle, ...]:
    """Return what a release stands on, or why it stands on nothing.

    `own`: its version, if it has a tag already: that is none before it.
    """
    known = releases(root, source, deck)
    lock = current_lock(source, deck) or not_there(root, deck, known, shipped, changelog)
    before = release_before(root, source, deck, known, own)
    if isinstance(lock, Obstacle) or isinstance(before, Obstacle):
        return tuple(flaw for flaw in (lock, before) if isinstance(flaw, Obstacle))
    return Standing(root, source, deck, lock, before, known, shipped, changelog)
