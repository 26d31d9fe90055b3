"""A release and those before it -> what is left to do for who skipped some of them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

from deckbuilder.cards import cards
from deckbuilder.lock import Lock
from deckbuilder.model import Deck, in_deck
from deckbuilder.publishing import git
from deckbuilder.publishing.news import Edition, edition, edition_of
from deckbuilder.publishing.past import releases


def blank_since(root: Path, source: Path, deck: Deck, lock: Lock) -> bool:
    """Tell whether an earlier release has a card that is blank now.

    Args:
        root: of the repository.
        source: the file, absolute; an earlier one that cannot be read tells nothing.
        deck: what it holds.
        lock: its lock.
    """
    now = _asked(edition(deck, lock))
    for release in reversed(releases(root, source, deck)):
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
