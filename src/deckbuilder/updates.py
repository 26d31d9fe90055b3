"""A deck and its lock -> the deck as learners are to get it, its next lock, and broken promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from deckbuilder.lock import (
    Changes,
    Key,
    Lock,
    Numbers,
    Wanted,
    line_of,
    mark_released,
    settle,
    taken_back,
)
from deckbuilder.model import Deck, Fact, in_deck
from deckbuilder.numbering import number
from deckbuilder.problems import Problem
from deckbuilder.refusals import broken, reserved, retired_amiss, to_do, was_amiss
from deckbuilder.slots import dataclass
from deckbuilder.writers.apkg.notes import Note, notes, notetype, tombstone
from deckbuilder.writers.apkg.notetypes import GAPS, note_types


@dataclass(frozen=True, slots=True)
class Update:
    """What a build brings. `decided`: how gaps were numbered, by fact; `tombstones`: what goes.

    `let_pass`: the codes of what would be refused if any of the deck had been released; `to_do`:
    what learners have to do about what was let pass on purpose.
    """

    deck: Deck
    notes: tuple[Note, ...]
    tombstones: tuple[Note, ...]
    lock: Lock
    changes: Changes
    decided: Mapping[str, tuple[str, ...]]
    let_pass: tuple[str, ...]
    to_do: tuple[str, ...]


def update(
    read: Deck, lock: Lock, now: int, *, break_schema: bool
) -> tuple[Update, tuple[Problem, ...]]:
    """Return what learners get of a deck whose lock is known, and which promises that breaks.

    Args:
        read: the deck as it was read; its gaps are counted from the front.
        lock: what learners have.
        now: the time of the build, in seconds since 1970.
        break_schema: let pass what would have learners change the options of the import.
    """
    lock = as_told(read, lock)
    numbered = number(read, lock)
    deck, numbers = numbered.deck, numbered.numbers
    made, heirs = notes(deck), _heirs(deck, lock)
    stones = tuple(tombstone(deck, *key) for key in _retired(deck, lock, heirs))
    facts, none = {fact.id: fact for fact in deck.facts}, Numbers()
    wanted = [
        Wanted(n.fact, n.notetype, n.digest, numbers.get(n.fact, none), facts[n.fact].was)
        for n in made
    ]
    wanted += [
        Wanted(n.fact, n.notetype, n.digest, lock.lines[n.fact, n.notetype].numbers, retired=True)
        for n in stones
    ]
    settled, changes = _settled(deck, lock, wanted, now)
    flaws = (*numbered.unclear, *_flaws(deck, lock, settled, break_schema))
    let_pass = _let_pass(read, lock, settled, break_schema)
    asked = tuple(to_do(deck, lock, settled)) if break_schema else ()
    new = Update(deck, made, stones, settled, changes, numbered.decided, let_pass, asked)
    return new, flaws


def refused(read: Deck, lock: Lock) -> tuple[Problem, ...]:
    """Return which promises a deck breaks, as `update` does, without making its notes.

    That takes a third of the time: what is in a note breaks none.
    """
    lock = as_told(read, lock)
    numbered = number(read, lock)
    deck = numbered.deck
    wanted, heirs = [], _heirs(deck, lock)
    for fact in in_deck(deck):
        key = fact.id, notetype(fact)
        known = line_of(lock, key, fact.was)
        same = known[1].digest if known else ""
        wanted.append(Wanted(*key, same, numbered.numbers.get(fact.id, Numbers()), fact.was))
    for key in _retired(deck, lock, heirs):
        line = lock.lines[key]
        wanted.append(Wanted(*key, line.digest, line.numbers, retired=True))
    settled, _ = _settled(deck, lock, wanted, 1)
    return (*numbered.unclear, *_flaws(deck, lock, settled, break_schema=False))


def as_told(deck: Deck, lock: Lock) -> Lock:
    """Return a lock without the renames that the source has taken back before any release."""
    said = {row.id: "" for row in deck.retired}
    said |= {name: fact.id for fact in deck.facts for name in fact.was}
    return taken_back(lock, {fact.id for fact in deck.facts}, said)


def _settled(deck: Deck, lock: Lock, wanted: list[Wanted], now: int) -> tuple[Lock, Changes]:
    """Return the next lock, in which the deck has these notes, and what that changes."""
    types = note_types(deck, lock.origin)
    wanted += [Wanted("", t.kind, t.digest, schema=t.schema) for t in types]
    settled, changes = settle(lock, wanted, now)
    look = changes.look and not _looked_so(deck, lock)
    return replace(settled, anki=deck.anki), replace(changes, look=look)


def _looked_so(deck: Deck, lock: Lock) -> bool:
    """Tell whether cards looked as they do when the deck had another id, which its types bear."""
    before = [note_types(replace(deck, id=name), lock.origin) for name in deck.was]
    looks = {kind: line.digest for (fact, kind), line in lock.lines.items() if not fact}
    return any(all(looks.get(t.kind) == t.digest for t in types) for types in before)


# ---------------------------------------------------------------------------- promises


def _flaws(deck: Deck, lock: Lock, settled: Lock, break_schema: bool) -> Iterator[Problem]:
    """Find what the next lock breaks of what learners were promised."""
    yield from reserved(deck, lock)
    yield from was_amiss(deck, lock, settled)
    yield from retired_amiss(deck, lock, settled)
    yield from broken(deck, lock, settled, break_schema)


def _retired(deck: Deck, lock: Lock, heirs: Mapping[str, Fact]) -> list[Key]:
    """Return the released notes that the author has retired, now or before, and none took over.

    One of another note type than the fact has that goes by its id now is none of that fact's.
    """
    held = {(fact.id, notetype(fact)) for fact in in_deck(deck)}
    held |= {(name, notetype(fact)) for name, fact in heirs.items()}
    named = {row.id for row in deck.retired}
    return sorted(
        key
        for key, line in lock.lines.items()
        if key[0] and key not in held and (line.retired or (line.since and key[0] in named))
    )


def _heirs(deck: Deck, lock: Lock) -> dict[str, Fact]:
    """Return the facts that take over cards which a fact had under another id, by that id."""
    found = {}
    for fact in in_deck(deck):
        known = line_of(lock, (fact.id, notetype(fact)), fact.was) if fact.was else None
        if known and known[0][0] != fact.id:
            found[known[0][0]] = fact
    return found


def _let_pass(read: Deck, lock: Lock, settled: Lock, break_schema: bool) -> tuple[str, ...]:
    """Return the codes of what would be refused if the deck, a draft as yet, had been released."""
    before, after = lock.lines, settled.lines
    if not before or lock.released or settled == lock:
        return ()
    changed = {key for key, line in after.items() if before.get(key) != line}  # few
    changed |= before.keys() - after.keys()
    lines = {key: line for key, line in before.items() if key in changed or not key[0]}
    promised = mark_released(replace(lock, lines=lines), read.version)
    facts = tuple(fact for fact in read.facts if (fact.id, GAPS) in changed)
    unclear = number(replace(read, facts=facts), promised).unclear
    flaws = [*unclear, *broken(read, promised, settled, break_schema)]
    return tuple(sorted({problem.code for problem in flaws}))
