"""A release and those before it -> what is left to do for who has one of those."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from deckbuilder.cards import cards
from deckbuilder.lock import Lock
from deckbuilder.model import Deck, in_deck
from deckbuilder.publishing import git
from deckbuilder.publishing.news import Edition, edition, edition_of
from deckbuilder.publishing.past import Last, Release
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.slots import dataclass


@dataclass(frozen=True, slots=True)
class Left:
    """What a release leaves to do.

    Attributes:
        fresh: a card of the release before is blank now.
        blank: a card of any earlier release is.
        decks: the names that the deck had in Anki, other than now: cards have stayed there.
    """

    fresh: bool = False
    blank: bool = False
    decks: tuple[str, ...] = ()


def left_to_do(
    root: Path,
    deck: Deck,
    lock: Lock,
    last: Last | None,
    known: Sequence[Release],
    shipped: Shipped | None,
) -> Left:
    """Return what a release leaves to do for who has an earlier one.

    Args:
        root: of the repository.
        deck: as it is now.
        lock: its lock.
        last: the release before, which most learners have.
        known: all releases that have a tag here, the oldest first; one that cannot be read tells
            nothing.
        shipped: the package that learners have, if it is at hand.
    """
    now = _asked(edition(deck, lock))
    blank, names = set(), [shipped.lock.anki] if shipped else []
    for release in known:
        if release.version == deck.version or not release.joined:
            continue
        files = release.source, release.source.with_suffix(".lock")
        data, rows = (git.content(root, release.tag, file) or b"" for file in files)
        if before := edition_of(data, rows, release.source.name):
            names.append(before.deck.anki)
            if any(asked - now.get(guid, asked) for guid, asked in _asked(before).items()):
                blank.add(release.tag)
    decks = tuple(name for name in dict.fromkeys(names) if name not in ("", deck.anki))
    return Left(last is not None and last.tag in blank, bool(blank), decks)


def _asked(of: Edition) -> Mapping[str, Set[int]]:
    """Return the cards of each note, by its guid."""
    facts = {fact.id: fact for fact in in_deck(of.deck)}
    return {
        line.guid: {card.ordinal for card in cards(facts[fact])}
        for (fact, _), line in of.lock.lines.items()
        if fact in facts
    }
