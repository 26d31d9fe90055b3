"""A deck at its last release and now -> what learners will notice, and what they have to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from deckbuilder.cards import cards
from deckbuilder.content import plain_content, without_gaps
from deckbuilder.lock import Line, Lock, parse_lock
from deckbuilder.model import Deck, Faces, Fact, in_deck
from deckbuilder.publishing.version import Step
from deckbuilder.read import read_bytes
from deckbuilder.slots import dataclass
from deckbuilder.updates import update

LONGEST = 90  # characters by which a fact is named


@dataclass(frozen=True, slots=True)
class Edition:
    """A deck as it was built: its gaps have the numbers that learners know."""

    deck: Deck
    lock: Lock

    @property
    def facts(self) -> Mapping[str, Fact]:
        """All facts by their ids."""
        return {fact.id: fact for fact in self.deck.facts}


@dataclass(frozen=True, slots=True)
class News:
    """Facts, by their words, in the order of the source.

    Attributes:
        new, back, gone: that came, came again, were retired.
        corrected: whose answers are others now.
        more: that are asked in more ways.
        blank: that are asked in fewer ways, so that cards of theirs are blank.
        reworded: that read otherwise, with the same answers.
        look: the cards look otherwise.
        other: something else of the source changed: the sheet, for one.
        schema: learners have to change the options of the import.
        moved: the name of the deck in Anki, before and now, if it is another.
    """

    new: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    look: bool = False
    other: bool = False
    schema: bool = False
    moved: tuple[str, ...] = ()

    @property
    def step(self) -> Step:
        """What the release asks of learners."""
        if self.gone or self.blank or self.schema or self.moved:
            return Step.ACT
        if self.new or self.back or self.more:
            return Step.FACTS
        if self.corrected or self.reworded or self.look or self.other:
            return Step.WORDING
        return Step.NOTHING


def edition_of(source: bytes, lock: bytes, name: str) -> Edition | None:
    """Return the edition that was built of a source and its lock; None if they cannot be read."""
    deck, _ = read_bytes(source, name)
    if deck is None:
        return None
    known, _ = parse_lock(lock, "lock", deck.id, deck.was)
    return edition(deck, known) if known else None


def edition(deck: Deck, lock: Lock) -> Edition:
    """Return a deck with the numbers that its lock gives to gaps."""
    return Edition(update(deck, lock, 1, break_schema=True)[0].deck, lock)


@dataclass(slots=True)
class _Found:
    new: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)


def news(old: Edition, now: Edition) -> News:
    """Return what changed from one release to the next."""
    found = _Found()
    before = _earlier(old, now)
    lines_before, lines_now = _by_fact(old.lock), _by_fact(now.lock)
    held = {fact.id for fact in in_deck(now.deck)}
    for fact in now.deck.facts:
        words = named(fact)
        one = before.get(fact.id)
        if one is None:
            back = any(line.retired for line in lines_before.get(fact.id, ()))
            (found.back if back else found.new).append(words)
            continue
        if fact.id in held:
            digests = [
                {line.digest for line in lines.get(name, ())}
                for lines, name in ((lines_before, one.id), (lines_now, fact.id))
            ]
            if not _compare(one, fact, words, found) and digests[0] != digests[1]:
                found.reworded.append(words)
    known = {one.id for one in before.values()}
    off = {before[f.id].id for f in now.deck.facts if f.id in before and f.id not in held}
    left = {fact.id for fact in in_deck(old.deck)} & off  # on the sheet alone from now on
    gone = [named(fact) for fact in old.deck.facts if fact.id not in known or fact.id in left]
    types = [key for key in now.lock.lines if not key[0] and key in old.lock.lines]
    pairs = [(old.lock.lines[key], now.lock.lines[key]) for key in types]
    return News(
        new=tuple(found.new),
        back=tuple(found.back),
        gone=tuple(gone),
        corrected=tuple(found.corrected),
        more=tuple(found.more),
        blank=tuple(found.blank),
        reworded=tuple(found.reworded),
        look=any(one.digest != other.digest for one, other in pairs),
        other=_said(old.deck) != _said(now.deck),
        schema=any(one.schema and one.schema != other.schema for one, other in pairs),
        moved=(old.deck.anki, now.deck.anki) if old.deck.anki != now.deck.anki else (),
    )


def named(fact: Fact) -> str:
    """Return a few words by which a learner knows a fact."""
    note = fact.parts.note
    content = note.faces[0].front if isinstance(note, Faces) else without_gaps(note.content)
    words = " ".join(plain_content(content).split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def _earlier(old: Edition, now: Edition) -> dict[str, Fact]:
    """Return the fact that each fact was, also where it had another id."""
    facts, ids = old.facts, {}
    guids = {line.guid: key[0] for key, line in old.lock.lines.items() if key[0]}
    lines = _by_fact(now.lock)
    for fact in now.deck.facts:
        names = [guids[line.guid] for line in lines.get(fact.id, ()) if line.guid in guids]
        for name in (*names, fact.id, *fact.was):
            if name in facts:
                ids[fact.id] = facts[name]
                break
    return ids


def _compare(one: Fact, other: Fact, words: str, found: _Found) -> bool:
    """Tell, and note, whether the cards of a fact came, went, or ask for something else."""
    if one.only == "sheet":
        found.more.append(words)
        return True
    before = {card.ordinal: card.answer for card in cards(one)}
    after = {card.ordinal: card.answer for card in cards(other)}
    if before.keys() - after.keys():
        found.blank.append(words)
    if after.keys() - before.keys():
        found.more.append(words)
    if any(before[n] != after[n] for n in before.keys() & after.keys()):
        found.corrected.append(words)
    return before != after


def _by_fact(lock: Lock) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for (fact, _), line in lock.lines.items():
        found.setdefault(fact, []).append(line)
    return found


def _said(deck: Deck) -> object:
    """Return all that a source says, but for its version."""
    values = dict(deck.source.values)
    return values | {"deck": {k: v for k, v in values["deck"].items() if k != "version"}}
