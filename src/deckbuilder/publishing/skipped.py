"""A release and those before it -> what is left to do for who has one of those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

from deckbuilder.cards import cards
from deckbuilder.check_anki import same_deck
from deckbuilder.lock import Lock
from deckbuilder.model import Fact, in_deck
from deckbuilder.publishing.built import AsBuilt, built
from deckbuilder.publishing.past import Release, built_at
from deckbuilder.publishing.standing import Standing
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


def left_to_do(stands: Standing) -> Left:
    """Return what a release leaves to do for who has an earlier one.

    An earlier one that cannot be read tells nothing.
    """
    deck, lock, before, shipped = stands.deck, stands.lock, stands.before, stands.shipped
    now = asked(built(deck, lock))
    earlier = [out for out in stands.known if out.joined and out.version != deck.version]
    names = [shipped.lock.anki] if shipped else []
    names += [release.lock.anki for release in earlier]
    others = (name for name in dict.fromkeys(names) if name and not same_deck(name, deck.anki))
    fresh = before is not None and asks_less(now, before.built)
    back = before_retired(stands)
    fresh = fresh or any(_ordinals(fact) - now.get(guid, set()) for guid, fact in back.items())
    told = _notes(lock) | (_notes(before.built.lock) if before else set())
    older = _otherwise(stands.root, reversed(earlier), told)
    return Left(fresh, fresh or any(asks_less(now, then) for then in older), tuple(others))


def before_retired(stands: Standing) -> Mapping[str, Fact]:
    """Return by its guid each fact that the last release had retired and that is back, as it was.

    Who has not cleared it away has the cards of then.
    """
    live = {line.guid for line in stands.lock.lines.values() if not line.retired}
    out = stands.before.built.lock.lines.values() if stands.before else ()
    back = {line.guid for line in out if line.retired} & live
    before: dict[str, Fact] = {}
    for release in reversed(stands.known):
        left = {
            fact: line.guid
            for (fact, _), line in release.lock.lines.items()
            if line.guid in back and not line.retired
        }
        earlier = release.joined and release.version != stands.deck.version
        then = built_at(stands.root, release) if earlier and left else None
        held = in_deck(then.deck) if then else ()
        before |= {left[fact.id]: fact for fact in held if fact.id in left}
        back -= before.keys()
    return before


def _otherwise(
    root: Path, earlier: Iterable[Release], told: Set[tuple[str, str]]
) -> Iterator[AsBuilt]:
    """Yield the releases with a note as it is in none before them, nor among those `told`.

    To read one takes a while; what most releases bring is new facts alone.
    """
    for release in earlier:
        held = _notes(release.lock)
        then = None if held <= told else built_at(root, release)
        if then:
            told |= held
            yield then


def _notes(lock: Lock) -> Set[tuple[str, str]]:
    """Return what all notes are known by, and what they say: what they ask for hangs on that."""
    return {(line.guid, line.digest) for (fact, _), line in lock.lines.items() if fact}


def asks_less(now: Mapping[str, Set[int]], then: AsBuilt) -> bool:
    """Tell whether a note is asked for less now than it was then."""
    return any(before - now.get(guid, before) for guid, before in asked(then).items())


def asked(of: AsBuilt) -> Mapping[str, Set[int]]:
    """Return the cards of each note, by its guid."""
    facts = {fact.id: fact for fact in in_deck(of.deck)}
    return {
        line.guid: _ordinals(facts[fact])
        for (fact, _), line in of.lock.lines.items()
        if fact in facts
    }


def _ordinals(fact: Fact) -> Set[int]:
    return {card.ordinal for card in cards(fact)}
