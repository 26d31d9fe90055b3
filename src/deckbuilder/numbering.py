"""A deck and its lock -> its gaps with the numbers that learners know, or what is unclear."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from deckbuilder.content import Table, renumbered, texts
from deckbuilder.lock import (
    Known,
    Line,
    Lock,
    Numbered,
    Numbers,
    Unclear,
    Wish,
    allocate,
    line_of,
)
from deckbuilder.model import Deck, Fact, Gapped
from deckbuilder.problems import Problem
from deckbuilder.text.tree import Gap, gaps, plain, same_words
from deckbuilder.text.tree import words as bare
from deckbuilder.writers.apkg.notetypes import GAPS

Held = tuple[Gap, str, tuple[str, ...]]  # a gap, its words, and where in a table it stands


class Numbering(NamedTuple):
    """A deck whose gaps have their numbers; these, and how they were decided on, by fact.

    `unclear`: where that is the author's to decide.
    """

    deck: Deck
    numbers: Mapping[str, Numbers]
    decided: Mapping[str, tuple[str, ...]]
    unclear: Sequence[Problem]


def number(deck: Deck, lock: Lock) -> Numbering:
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
        taken = _taken(deck, fact, note, held, found[1]) if found and found[1].since else None
        if taken:
            problems.append(taken)
            continue
        got = _allocated(held, found[1] if found else None)
        if isinstance(got, Unclear):
            problems.append(_unclear(deck, fact, note, held, got))
            continue
        numbers[fact.id] = got.numbers
        if got.decided:
            decided[fact.id] = got.decided
        live = [slot.number for slot in got.numbers.live]
        if live != [gap.number for gap, _, _ in held]:
            facts[-1] = renumber(fact, note, live)
    return Numbering(replace(deck, facts=tuple(facts)), numbers, decided, problems)


def known_numbers(read: Deck, lock: Lock) -> tuple[Deck, frozenset[str]]:
    """Return a deck whose gaps have their numbers, and the facts of which the lock tells them."""
    made = number(read, lock)
    known = (fact for fact in made.deck.facts if line_of(lock, (fact.id, GAPS), fact.was))
    return made.deck, frozenset(fact.id for fact in known if fact.id in made.numbers)


def renumber(fact: Fact, note: Gapped, numbers: Sequence[int]) -> Fact:
    """Return a fact with other numbers for the gaps of its note, in their order."""
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
    fresh, ways = count(got.free), []
    for at, slot in got.came:
        gap, words, _ = held[at]
        number = slot.number if slot else next(fresh)
        way = f"{_numbered(gap, words, number, of_cloze=note.key == fact.kind)}{_which(held, at)}"
        card = f"to go on with the card of {_named(slot)}" if slot else "for a new card"
        ways.append(f"{way} {card}")
    taken = [slot for _, slot in got.came if slot]
    goes = [slot for slot in got.went if slot not in taken]
    came = ", ".join(f"`{held[at][1]}`{_where(held[at][2])}" for at, _ in got.came)
    went = ", ".join(f"`{slot.words}`{_where(slot.place, slot.number)}" for slot in got.went)
    if got.alike:
        what = f"which of the same words goes on is not clear: {came} for {went}"
        besides = _of_the_same_words(len(got.came), goes, next(fresh))
    else:
        what = f"which cards go on is not clear: {came} came, and {went} went"
        then = "".join(f"the card of {_named(slot)} then goes; " for slot in goes)
        besides = f"{then}{_besides(held, got, next(fresh), some=bool(taken))}"
    return Problem(
        "unclear-gaps",
        what,
        deck.source.place((*fact.at, note.key)),
        f"write {', '.join(ways)}; {besides}",
    )


def _besides(held: Sequence[Held], got: Unclear, free: int, *, some: bool) -> str:
    """Return what else the author may do that a release takes; `some` go on as advised."""
    in_table = any(held[at][2] for at, _ in got.came)
    if not some and in_table:
        return (
            "if one is what went, only reworded, give it that number; if it has moved, too, in a"
            " release of its own"
        )
    if not some:
        return (
            "if one is what went, reworded and moved at once, it goes on only if it moves in a"
            " release of its own"
        )
    if len(got.came) == 1:
        return f"give it {free} if it is to be a new card"
    new = f"give {free} to one that is to be a new card"
    if in_table:
        return new
    two = "the numbers" if got.at_one else "numbers of two that stand side by side"
    return f"exchange {two} if others belong together, and {new}"


def _of_the_same_words(came: int, goes: Sequence[Known], free: int) -> str:
    """Return what else the author may do where any may be any of those that say the same.

    What `goes` on with none of them may do so as a reworded one: that is decided afterwards.
    """
    ways = ["exchange the numbers if others belong together"] if came > 1 else []
    ways += [f"give {slot.number} to one that was number {slot.number}" for slot in goes]
    return ", ".join((*ways, f"give {free} to one that is to be a new card"))


def _taken(
    deck: Deck, fact: Fact, note: Gapped, held: Sequence[Held], line: Line
) -> Problem | None:
    """Return what is wrong with a number that the author gives, if it was another gap's."""
    if not any(gap.given for gap, *_ in held):  # as nearly always
        return None
    live, gone = line.numbers
    used = {slot.number for slot in live}
    went = [slot for slot in gone if slot.number not in used]
    numbers = {slot.number for slot in went}
    given = [each for each in held if each[0].given and each[0].number in numbers]
    back = {
        gap.number
        for gap, words, place in given
        for slot in went
        if slot.number == gap.number and _is_back(slot, words, place)
    }
    for gap, words, place in given:
        if gap.number in back:
            continue
        slot = next(slot for slot in went if slot.number == gap.number)
        free = max(*used, *numbers, *(gap.number for gap, *_ in held)) + 1
        return _reserved(deck, fact, note, (gap, words, place), slot, free)
    return None


def _reserved(deck: Deck, fact: Fact, note: Gapped, of: Held, slot: Known, free: int) -> Problem:
    gap, words, place = of
    return Problem(
        "reserved-number",
        f"number {gap.number} was the card of {_named(slot)}, not of `{words}`{_where(place)}",
        deck.source.place((*fact.at, note.key)),
        f"write {_numbered(gap, words, free, of_cloze=note.key == fact.kind)} for a new card: who"
        f" still has that of `{slot.words}` would meet this as if it had been learned",
    )


def _is_back(slot: Known, words: str, place: tuple[str, ...]) -> bool:
    """Tell whether a gap that was taken out is there again: its cell, or words that hold others."""
    one, other = (f" {same_words(said)} " for said in (slot.words, words))
    told = bool(one.strip() and other.strip()) and (one in other or other in one)
    return told or slot.words == words or (bool(place) and slot.place == place)


def _named(slot: Known) -> str:
    return f"`{slot.words}`{_where(slot.place)}"


def _which(held: Sequence[Held], at: int) -> str:
    """Return which of those that say the same one is, or where in a table it stands."""
    same = [n for n, each in enumerate(held) if each[1:] == held[at][1:]]
    order = [f"{same.index(at) + 1} of {len(same)}"] if len(same) > 1 else []
    return _where((*held[at][2], *order))


def _where(place: Sequence[str], number: int = 0) -> str:
    """Return where a gap was, or is: the row and the column of a cell, and its number."""
    told = [*place, *([f"number {number}"] if number else [])]
    return f" ({', '.join(told)})" if told else ""


def _numbered(gap: Gap, said: str, number: int, *, of_cloze: bool) -> str:
    """Return how a gap, or an item, is written with its number; … for words with marks."""
    marked = gap.inside != bare(said)
    text = "…" if marked else said
    if of_cloze:
        way = f"`{{{{c{number}::{text}}}}}`"
    else:
        way = f"`{{ text = {json.dumps(text, ensure_ascii=False)}, n = {number} }}`"
    return f"{way} of `{said}`, as it is typed," if marked else way
