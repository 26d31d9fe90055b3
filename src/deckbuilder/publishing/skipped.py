"""A release and those before it -> what is left to do for who skipped some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from deckbuilder.cards import cards
from deckbuilder.lock import Lock
from deckbuilder.model import Deck, in_deck
from deckbuilder.publishing import git
from deckbuilder.publishing.news import Edition, edition, edition_of
from deckbuilder.publishing.past import Release


def blank_since(root: Path, deck: Deck, lock: Lock, known: Sequence[Release]) -> bool:
    """Tell whether an earlier release has a card that is blank now.

    Args:
        root: of the repository.
        deck: as it is now.
        lock: its lock.
        known: all releases that have a tag here, the oldest first; one that cannot be read tells
            nothing.
    """
    now = _asked(edition(deck, lock))
    for release in reversed(known):
        if release.version == deck.version or not release.joined:
            continue
        files = release.source, release.source.with_suffix(".lock")
        data, rows = (git.content(root, release.tag, file) or b"" for file in files)
        before = edition_of(data, rows, release.source.name)
        if before and any(asked - now.get(guid, asked) for guid, asked in _asked(before).items()):
            return True
    return False


def _asked(of: Edition) -> Mapping[str, Set[int]]:
    """Return the cards of each note, by its guid."""
    facts = {fact.id: fact for fact in in_deck(of.deck)}
    return {
        line.guid: {card.ordinal for card in cards(facts[fact])}
        for (fact, _), line in of.lock.lines.items()
        if fact in facts
    }
