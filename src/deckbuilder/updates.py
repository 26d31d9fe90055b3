"""A deck and its lock -> the deck as learners are to get it, its next lock, and broken promises."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from deckbuilder.content import Table, renumbered, texts
from deckbuilder.lock import (
    Changes,
    Key,
    Known,
    Line,
    Lock,
    Numbered,
    Numbers,
    Unclear,
    Wanted,
    Wish,
    allocate,
    line_of,
    mark_released,
    settle,
)
from deckbuilder.model import Deck, Fact, Gapped, in_deck
from deckbuilder.problems import Problem
from deckbuilder.refusals import broken, reserved
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Gap, gaps, plain
from deckbuilder.writers.apkg.notes import Note, notes, notetype, tombstone
from deckbuilder.writers.apkg.notetypes import GAPS, note_types


@dataclass(frozen=True, slots=True)
class Update:
    """What a build brings. `decided`: how gaps were numbered, by fact; `tombstones`: what goes.

    `let_pass`: the codes of what would be refused if any of the deck had been released.
    """

    deck: Deck
    notes: tuple[Note, ...]
    tombstones: tuple[Note, ...]
    lock: Lock
    changes: Changes
    decided: Mapping[str, tuple[str, ...]]
    let_pass: tuple[str, ...]


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
    deck, numbers, decided, unclear = _number(read, lock)
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
    flaws = (*unclear, *_flaws(deck, lock, heirs, settled, break_schema))
    let_pass = _let_pass(read, lock, settled, break_schema)
    return Update(deck, made, stones, settled, changes, decided, let_pass), flaws


def refused(read: Deck, lock: Lock) -> tuple[Problem, ...]:
    """Return which promises a deck breaks, as `update` does, without making its notes.

    That takes a third of the time: what is in a note breaks none.
    """
    deck, numbers, _, unclear = _number(read, lock)
    wanted, heirs = [], _heirs(deck, lock)
    for fact in in_deck(deck):
        key = fact.id, notetype(fact)
        known = line_of(lock, key, fact.was)
        same = known[1].digest if known else ""
        wanted.append(Wanted(*key, same, numbers.get(fact.id, Numbers()), fact.was))
    for key in _retired(deck, lock, heirs):
        line = lock.lines[key]
        wanted.append(Wanted(*key, line.digest, line.numbers, retired=True))
    settled, _ = _settled(deck, lock, wanted, 1)
    return (*unclear, *_flaws(deck, lock, heirs, settled, break_schema=False))


def with_numbers(read: Deck, lock: Lock) -> Deck:
    """Return a deck whose gaps have the numbers that learners know them by."""
    return _number(read, lock)[0]


def _settled(deck: Deck, lock: Lock, wanted: list[Wanted], now: int) -> tuple[Lock, Changes]:
    """Return the next lock, in which the deck has these notes, and what that changes."""
    types = note_types(deck, lock.origin)
    wanted += [Wanted("", t.kind, t.digest, schema=t.schema) for t in types]
    settled, changes = settle(lock, wanted, now)
    return replace(settled, anki=deck.anki), changes


# ---------------------------------------------------------------------------- numbers of gaps

Held = tuple[Gap, str, tuple[str, ...]]  # a gap, its words, and where in a table it stands


def _number(
    deck: Deck, lock: Lock
) -> tuple[Deck, dict[str, Numbers], dict[str, tuple[str, ...]], list[Problem]]:
    """Give each gap the number that learners know it by."""
    facts: list[Fact] = []
    numbers: dict[str, Numbers] = {}
    decided: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for fact in deck.facts:
        facts.append(fact)
        note = fact.parts.note
        if not isinstance(note, Gapped) or fact.only == "sheet":
            continue
        found = line_of(lock, (fact.id, GAPS), fact.was)
        held = _gaps(note)
        got = _allocated(held, found[1] if found else None)
        if isinstance(got, Unclear):
            problems.append(_unclear(deck, fact, note, held, got))
            continue
        numbers[fact.id] = got.numbers
        if got.decided:
            decided[fact.id] = got.decided
        live = [slot.number for slot in got.numbers.live]
        if live != [gap.number for gap, _, _ in held]:
            facts[-1] = _renumbered(fact, note, live)
    return replace(deck, facts=tuple(facts)), numbers, decided, problems


def _renumbered(fact: Fact, note: Gapped, numbers: Sequence[int]) -> Fact:
    note = replace(note, content=renumbered(note.content, numbers))
    return replace(fact, parts=replace(fact.parts, note=note))


def _gaps(note: Gapped) -> list[Held]:
    """Return each gap, its words, and the row and column of one in a table."""
    held: list[Held] = []
    for block in note.content:
        if isinstance(block, Table):
            things = [plain(head) for head in block.head]
            for aspect, *cells in block.rows:
                row = plain(aspect)
                for cell, thing in zip(cells, things[1:], strict=True):
                    held += [(gap, plain(gap.inside), (row, thing)) for gap in gaps(cell)]
        else:
            for text in texts((block,)):
                held += [(gap, plain(gap.inside), ()) for gap in gaps(text)]
    return held


def _allocated(held: Sequence[Held], line: Line | None) -> Numbered | Unclear:
    if line is None or not line.numbers.live:  # counted from the front, as the kind has done
        first = tuple([Known(gap.number, words, place) for gap, words, place in held])
        return Numbered(Numbers(first))
    wishes = [Wish(words, gap.number if gap.given else 0, place) for gap, words, place in held]
    return allocate(line.numbers, wishes, strict=bool(line.since))


def _unclear(deck: Deck, fact: Fact, note: Gapped, held: Sequence[Held], got: Unclear) -> Problem:
    words = [words for _, words, _ in held]
    came = ", ".join(f"`{words[at]}`" for at in got.came)
    went = ", ".join(f"`{slot.words}` (number {slot.number})" for slot in got.went)
    spelt = [_numbered(words[at], n, of_cloze=note.key == fact.kind) for at, n in got.likely()]
    ways = [
        f"`{way}` to go on with the card of `{slot.words}`"
        for way, slot in zip(spelt, got.went, strict=False)
    ]
    ways += [f"`{way}` for a new card" for way in spelt[len(got.went) :]]
    goes = "".join(f"; the card of `{slot.words}` then goes" for slot in got.went[len(spelt) :])
    unused = got.free + max(0, len(got.came) - len(got.went))
    return Problem(
        "unclear-gaps",
        f"which cards go on is not clear: {came} came, and {went} went",
        deck.source.place((*fact.at, note.key)),
        f"write {', '.join(ways)}{goes}; exchange the numbers if others belong together, and give"
        f" {unused} to one that is to be a new card",
    )


def _numbered(words: str, number: int, *, of_cloze: bool) -> str:
    """Return how a gap, or an item, is written with its number."""
    if of_cloze:
        return f"{{{{c{number}::{words}}}}}"
    return f"{{text = {json.dumps(words, ensure_ascii=False)}, n = {number}}}"


# ---------------------------------------------------------------------------- promises


def _flaws(
    deck: Deck, lock: Lock, heirs: Mapping[str, Fact], settled: Lock, break_schema: bool
) -> Iterator[Problem]:
    """Find what the next lock breaks of what learners were promised."""
    yield from reserved(deck, lock, heirs)
    yield from broken(deck, lock, settled, break_schema)


def _retired(deck: Deck, lock: Lock, heirs: Mapping[str, Fact]) -> list[Key]:
    """Return the released notes that the author has retired, now or before, and none took over."""
    held = {fact.id for fact in in_deck(deck)} | heirs.keys()
    named = {row.id for row in deck.retired}
    return sorted(
        (fact, kind)
        for (fact, kind), line in lock.lines.items()
        if fact and fact not in held and (line.retired or (line.since and fact in named))
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
    *_, unclear = _number(replace(read, facts=facts), promised)
    flaws = [*unclear, *broken(read, promised, settled, break_schema)]
    return tuple(sorted({problem.code for problem in flaws}))
