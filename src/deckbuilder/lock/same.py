"""Gaps that were numbered, and gaps that are to be -> which of them are the same.

Pairs are told by the position of what is to be numbered; `numbers` has 0 where none is known yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from deckbuilder.lock.alike import alone, by_neighbours, certain
from deckbuilder.lock.cells import Headings, Place
from deckbuilder.lock.numbers import Known, Wish

Pairs = dict[int, Known]
WORD = re.compile(r"\w+")


class Doubt(NamedTuple):
    """Gaps that were, and the one with which each that is may go on, None for a new one."""

    went: tuple[Known, ...]
    likely: dict[int, Known | None]


def of_one_place(
    slots: Sequence[Known], wishes: Sequence[Wish], numbers: Sequence[int], table: Headings
) -> Pairs:
    """Return the cells of a table that are where they were, also below another heading."""
    here: dict[Place, list[Known]] = {}
    for slot in slots:
        here.setdefault(table.now(slot.place), []).append(slot)
    pairs: Pairs = {}
    for at, wish in enumerate(wishes):
        if not wish.place or numbers[at]:
            continue
        there = here.get(wish.place, [])
        same = [n for n, slot in enumerate(there) if table.is_same(slot.cell, wish.cell)]
        if same:
            pairs[at] = there.pop(same[0])
    return pairs


def of_one_order(
    live: Sequence[Known], left: Sequence[Known], wishes: Sequence[Wish], numbers: Sequence[int]
) -> Pairs:
    """Return those that say the same; of equal words, those which the order of all tells.

    Where one alone says something else, all others stand where they stood.
    """
    then, now = _said(live, left, wishes), _to_say(wishes, numbers)
    stay = [at for at, (old, new) in enumerate(zip(then, now, strict=False)) if old == new]
    one_differs = len(then) == len(now) == len(stay) + 1
    pairs = dict(zip(stay, stay, strict=True)) if one_differs else certain(then, now)
    return {at: live[index] for index, at in pairs.items() if not numbers[at]}


def back(
    gone: Sequence[Known], left: Sequence[Known], wishes: Sequence[Wish], numbers: Sequence[int]
) -> Pairs:
    """Return those that were taken out and are there again, if all of their words are."""
    went, here = _by_words(gone, wishes), _by_words(left, wishes)
    return {
        at: slot
        for said, places in _without_number(wishes, numbers).items()
        if said not in here and len(went.get(said, ())) == len(places)
        for at, slot in zip(places, went[said], strict=True)
    }


def of_like_words(live: Sequence[Known], wishes: Sequence[Wish], numbers: Sequence[int]) -> Pairs:
    """Return those that say nearly the same, if all stand where they stood.

    They differ in capitals and signs, or have words more or fewer, as an article; if one differs in
    more, none is told. Cells have their places for that.
    """
    if len(live) != len(wishes):
        return {}
    here = [*zip(live, wishes, numbers, strict=True)]
    like = (
        number == slot.number
        or (not number and not slot.place and not wish.place and _like(slot.words, wish.words))
        for slot, wish, number in here
    )
    return (
        {at: slot for at, (slot, _, number) in enumerate(here) if not number} if all(like) else {}
    )


def in_doubt(
    live: Sequence[Known],
    left: Sequence[Known],
    gone: Sequence[Known],
    wishes: Sequence[Wish],
    numbers: Sequence[int],
) -> Doubt:
    """Return those that say what others say, too, so that nobody knows which is which.

    The one that is nearest is likely, or else the next.
    """
    here, there = _by_words(left, wishes), _by_words(gone, wishes)
    came = _without_number(wishes, numbers)
    doubted = {said: here.get(said) or there[said] for said in came if said in {**here, **there}}
    if not doubted:
        return Doubt((), {})
    near = by_neighbours(alone([s.words for s in live]), alone([w.words for w in wishes]))
    likely: dict[int, Known | None] = {}
    for said, slots in doubted.items():
        known = set(map(id, slots))
        by = {at: live[n] for n, at in near.items() if at in came[said] and id(live[n]) in known}
        rest = iter([slot for slot in slots if id(slot) not in set(map(id, by.values()))])
        likely |= {at: by.get(at) or next(rest, None) for at in came[said]}
    return Doubt(tuple(slot for slots in doubted.values() for slot in slots), likely)


def _said(live: Sequence[Known], left: Sequence[Known], wishes: Sequence[Wish]) -> list[str | int]:
    """Return what those say that may be any of the wishes, and the numbers of the others."""
    of_words = {id(slot) for slots in _by_words(left, wishes).values() for slot in slots}
    return [slot.words if id(slot) in of_words else slot.number for slot in live]


def _to_say(wishes: Sequence[Wish], numbers: Sequence[int]) -> list[str | int]:
    return [number or wish.words for wish, number in zip(wishes, numbers, strict=True)]


def _by_words(slots: Sequence[Known], wishes: Sequence[Wish]) -> dict[str, list[Known]]:
    """Return those that are known by what they say alone: a cell is by its place, if one knows it.

    A lock that was rebuilt from a package knows no places.
    """
    in_table = any(wish.place for wish in wishes)
    said: dict[str, list[Known]] = {}
    for slot in slots:
        if not (in_table and slot.place):
            said.setdefault(slot.words, []).append(slot)
    return said


def _like(one: str, other: str) -> bool:
    """Tell whether the words of one are among those of the other, whatever their capitals."""
    said, told = (f" {' '.join(WORD.findall(each.casefold()))} " for each in (one, other))
    return bool(said.strip() and told.strip()) and (said in told or told in said)


def _without_number(wishes: Sequence[Wish], numbers: Sequence[int]) -> dict[str, list[int]]:
    """Return by their words where those stand that have no number."""
    places: dict[str, list[int]] = {}
    for at, (wish, number) in enumerate(zip(wishes, numbers, strict=True)):
        if not number:
            places.setdefault(wish.words, []).append(at)
    return places
