"""A deck and its lock -> the deck as learners are to get it, its next lock, and broken promises."""

from __future__ import annotations

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
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Gap, gaps, plain
from deckbuilder.writers.apkg.notes import Note, notes, tombstone
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
    made = notes(deck)
    stones = tuple(tombstone(deck, *key) for key in _retired(deck, lock))
    facts, none = {fact.id: fact for fact in deck.facts}, Numbers()
    wanted = [
        Wanted(n.fact, n.notetype, n.digest, numbers.get(n.fact, none), facts[n.fact].was)
        for n in made
    ]
    wanted += [
        Wanted(n.fact, n.notetype, n.digest, lock.lines[n.fact, n.notetype].numbers, retired=True)
        for n in stones
    ]
    types = note_types(deck, lock.origin)
    wanted += [Wanted("", t.kind, t.digest, schema=t.schema) for t in types]
    settled, changes = settle(lock, wanted, now)
    settled = replace(settled, anki=deck.anki)
    broken = [*unclear, *_reserved(deck, lock), *_broken(deck, lock, settled, break_schema)]
    let_pass = _let_pass(read, lock, settled, break_schema)
    return Update(deck, made, stones, settled, changes, decided, let_pass), tuple(broken)


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
    new = words[got.came[0]], got.free
    form = "{{{{c{1}::{0}}}}}" if note.key == fact.kind else '{{text = "{0}", n = {1}}}'
    return Problem(
        "unclear-gaps",
        f"which cards go on is not clear: {came} came, and {went} went",
        deck.source.place((*fact.at, note.key)),
        f"give each that came a number: {got.went[0].number} to go on with the card of"
        f" `{got.went[0].words}`, {got.free} for a new card, as in {form.format(*new)}",
    )


# ---------------------------------------------------------------------------- promises


def _retired(deck: Deck, lock: Lock) -> list[Key]:
    """Return the released notes that the author has retired, now or before."""
    held = {fact.id for fact in in_deck(deck)}
    named = {row.id for row in deck.retired}
    return sorted(
        (fact, kind)
        for (fact, kind), line in lock.lines.items()
        if fact and fact not in held and (line.retired or (line.since and fact in named))
    )


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
    broken = [*unclear, *_broken(read, promised, settled, break_schema)]
    return tuple(sorted({problem.code for problem in broken}))


def _broken(deck: Deck, lock: Lock, settled: Lock, break_schema: bool) -> list[Problem]:
    """Find what would cost learners something of what the lock says was released."""
    return [
        *_vanished(deck, lock, settled),
        *([] if break_schema else _unwelcome(deck, lock, settled)),
    ]


def _vanished(deck: Deck, lock: Lock, settled: Lock) -> Iterator[Problem]:
    """Find the released notes that the deck no longer holds."""
    held = {fact.id: fact for fact in in_deck(deck)}
    followed = {name for line in settled.lines.values() for name in line.was}
    released = (entry for entry in lock.lines.items() if entry[0][0] and entry[1].since)
    for (fact, kind), line in sorted(entry for entry in released if entry[0] not in settled.lines):
        if fact in followed:
            continue
        if fact in held:
            yield Problem(
                "other-note-type",
                f"`{fact}` was released as another type of note, {kind}: learners would start anew",
                deck.source.place((*held[fact].at, "id")),
                "keep its kind; or give this fact a new id, and retire the old one:"
                f' [[retired]] id = "{fact}"',
            )
        else:
            yield _gone(deck, fact, line)


def _gone(deck: Deck, fact: str, line: Line) -> Problem:
    """Return what is wrong with a fact that learners have and the deck has not, and what works."""
    retire = f'[[retired]] id = "{fact}"'
    said, at = "is gone", deck.source.place(("deck",))
    hint = (
        f'put it back; or name it in the fact it became: was = ["{fact}"]; or retire it: {retire}'
    )
    for one in deck.facts:
        if one.id == fact:
            said = f'is no longer in the deck (only = "{one.only}")'
            at = deck.source.place((*one.at, "only"))
            hint = f"put it back into the deck; or leave it here, and retire it as well: {retire}"
        elif fact in one.was:
            said = f"is gone (`{one.id}`, which names it, has cards of its own)"
            at = deck.source.place((*one.at, "was"))
            hint = (
                f"two facts that are joined go on with the cards of one: retire `{fact}`: {retire}"
            )
    said = f"`{fact}` was released with {line.since} and {said}: learners would keep it"
    return Problem("released-fact-gone", said, at, hint)


def _reserved(deck: Deck, lock: Lock) -> Iterator[Problem]:
    """Find ids that mean something else to learners already."""
    renamed = {name: fact for (fact, _), line in lock.lines.items() for name in line.was}
    renamed |= {name: fact.id for fact in deck.facts for name in fact.was}
    ids = {fact.id for fact in deck.facts}
    for fact in deck.facts:
        heir = renamed.get(fact.id, fact.id)
        if heir == fact.id or (heir in fact.was and heir not in ids):  # it has its old id again
            continue
        hint = "choose another id: learners know another fact by this one"
        again = "" if heir in ids else f'if it is that fact, name it: was = ["{heir}"]; if not, '
        yield Problem(
            "reserved-id",
            f"`{fact.id}` is what `{heir}` was called before",
            deck.source.place((*fact.at, "id")),
            again + hint,
        )
    held = {fact.id: fact for fact in in_deck(deck)}
    lines = lock.lines.items() if deck.retired else ()
    known = {fact for (fact, _), line in lines if line.since or line.retired}
    for row in deck.retired:
        if row.id in held:
            yield Problem(
                "reserved-id",
                f"`{row.id}` is retired, and is a fact of the deck",
                deck.source.place((*row.at, "id")),
                "take it out of [[retired]] to bring the fact back, or give the fact another id",
            )
        elif row.id not in known:
            yield Problem(
                "unknown-retired",
                f"no fact `{row.id}` of this deck was ever released",
                deck.source.place((*row.at, "id")),
                "mend the id, or take this [[retired]] out: drafts that vanish are forgotten, only"
                " what `deckbuilder release` marked is remembered",
                "warning",
            )


def _unwelcome(deck: Deck, lock: Lock, settled: Lock) -> Iterator[Problem]:
    """Find what Anki's default options would answer with conflicts, or a second deck."""
    if lock.released and lock.anki and lock.anki != deck.anki:
        yield Problem(
            "deck-renamed",
            f"learners have this deck as `{lock.anki}`",
            deck.source.place(("deck", "anki")),
            "put the name back: their cards would stay in the old deck, and only new ones come into"
            " this; --break-schema lets it pass",
        )
    for key, line in lock.lines.items():
        if line.since and line.schema and line.schema != settled.lines[key].schema:
            yield Problem(
                "schema-changed",
                f"the note type {key[1]} has other fields or templates than the one released",
                deck.source.place(("deck",)),
                "use the deckbuilder that released it; --break-schema lets it pass, and learners"
                " have to import with “Merge note types” and “Update notes: Always”",
            )
