"""The numbers that a note's gaps had, and its gaps now -> the numbers they get.

A card of Anki belongs to the number of its gap, so a gap that keeps its content has to keep its
number, a new one takes a number that was never used, and what was taken out leaves its own unused.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from typing import NamedTuple

from deckbuilder.slots import dataclass


class Known(NamedTuple):
    """A gap as it was numbered.

    `words` are what is to be recalled; `place` is the row and the column of a cell of a table.
    """

    number: int
    words: str
    place: tuple[str, ...] = ()


class Numbers(NamedTuple):
    """The gaps of a note: those it has, in their order, and those it had."""

    live: tuple[Known, ...] = ()
    gone: tuple[Known, ...] = ()


NONE = Numbers()


class Wish(NamedTuple):
    """A gap that is to be numbered; `given` is the author's own number, 0 for none."""

    words: str
    given: int = 0
    place: tuple[str, ...] = ()


class Numbered(NamedTuple):
    """What was decided: the note's numbers, and a sentence for each that is new or changed."""

    numbers: Numbers
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why nothing was decided: gaps that went and gaps that came, and the next free number."""

    went: tuple[Known, ...]
    came: tuple[int, ...]  # positions of the wishes
    free: int

    def likely(self) -> list[tuple[int, int]]:
        """Return a number for each that came: in their order those that went, then free ones."""
        numbers = chain((slot.number for slot in self.went), count(self.free))
        return list(zip(self.came, numbers, strict=False))


def allocate(known: Numbers, wishes: Sequence[Wish], *, strict: bool) -> Numbered | Unclear:
    """Return a number for each wish, in their order.

    The author's own number comes first, then the same words (of a table's cell: the same place, or
    the same words in its row or column), then what stands between the same neighbours: one gap
    that went and one that came there are one, reworded. If more went and came than that, a `strict`
    allocation is unclear; else they are paired in their order.
    """
    if _same(known, wishes):
        return Numbered(known)
    numbers = [wish.given for wish in wishes]
    left = [slot for slot in known.live if slot.number not in numbers]
    gone = [slot for slot in known.gone if slot.number not in numbers]
    for slots in (left, gone):
        for alike in (_same_gap, _moved_cell):
            for at, wish in enumerate(wishes):
                same = next((slot for slot in slots if alike(slot, wish)), None)
                if same and not numbers[at]:
                    numbers[at] = same.number
                    slots.remove(same)
    came = [at for at, number in enumerate(numbers) if not number]
    pairs = _reworded(known, left, numbers, came)
    if not strict:
        pairs |= dict(
            zip([at for at in came if at not in pairs], _without(left, pairs), strict=False)
        )
    for at, slot in pairs.items():
        numbers[at] = slot.number
    went = _without(left, pairs)
    came = [at for at in came if at not in pairs]
    used = {slot.number for slot in (*known.live, *known.gone)} | set(numbers)
    fresh = count(max(used, default=0) + 1)
    if strict and went and came:
        return Unclear(tuple(went), tuple(came), next(fresh))
    for at in came:
        numbers[at] = next(fresh)
    live = tuple(Known(n, w.words, w.place) for n, w in zip(numbers, wishes, strict=True))
    still_gone = (*(slot for slot in known.gone if slot.number not in numbers), *went)
    return Numbered(Numbers(live, still_gone), tuple(_decided(known, live, came, went)))


def _same_gap(slot: Known, wish: Wish) -> bool:
    if wish.place and slot.place:  # a lock that was rebuilt from a package knows no places
        return slot.place == wish.place
    return slot.words == wish.words


def _moved_cell(slot: Known, wish: Wish) -> bool:
    """Tell whether a cell is in a row or a column that got another heading."""
    beside = any(old == new for old, new in zip(slot.place, wish.place, strict=False))
    return beside and slot.words == wish.words


def _same(known: Numbers, wishes: Sequence[Wish]) -> bool:
    """Tell whether nothing has to be decided, as of nearly every note in nearly every build."""
    return len(known.live) == len(wishes) and all(
        slot.words == wish.words and slot.place == wish.place and wish.given in (0, slot.number)
        for slot, wish in zip(known.live, wishes, strict=True)
    )


def _without(left: Sequence[Known], pairs: dict[int, Known]) -> list[Known]:
    """Return the slots that are in no pair."""
    taken = list(pairs.values())
    return [slot for slot in left if not any(slot is other for other in taken)]


def _reworded(
    known: Numbers, left: Sequence[Known], numbers: Sequence[int], came: Sequence[int]
) -> dict[int, Known]:
    """Return, by its position, each gap that came where alone one went, between the same two."""
    kept = {slot.number for slot in known.live} & set(numbers)
    before = [slot.number for slot in known.live]
    places: dict[tuple[int, int], tuple[list[int], list[Known]]] = {}
    for at in came:
        places.setdefault(neighbours(numbers, at, kept), ([], []))[0].append(at)
    for slot in left:
        at = next(at for at, other in enumerate(known.live) if other is slot)
        places.setdefault(neighbours(before, at, kept), ([], []))[1].append(slot)
    return {new[0]: old[0] for new, old in places.values() if len(new) == 1 and len(old) == 1}


def neighbours(numbers: Sequence[int], at: int, kept: set[int]) -> tuple[int, int]:
    """Return the nearest kept numbers around a position, 0 for none."""
    above = next((n for n in reversed(numbers[:at]) if n in kept), 0)
    below = next((n for n in numbers[at + 1 :] if n in kept), 0)
    return above, below


def _decided(
    known: Numbers, live: Sequence[Known], came: Sequence[int], went: Sequence[Known]
) -> list[str]:
    old = {slot.number: slot.words for slot in known.live}
    back = {slot.number for slot in known.gone}
    said = []
    for at, slot in enumerate(live):
        if at in came and known.live:
            said.append(f"gap {slot.number} is new: `{slot.words}`")
        elif slot.number in back:
            said.append(f"gap {slot.number} is back: `{slot.words}`")
        elif old.get(slot.number, slot.words) != slot.words:
            said.append(f"gap {slot.number} is reworded: `{old[slot.number]}` → `{slot.words}`")
    said += [f"gap {slot.number} is gone: `{slot.words}`" for slot in went]
    return said
