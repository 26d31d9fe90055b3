"""The numbers of a note's gaps in their order -> where each stands among those that stay.

A gap that is reworded is known by where it stands. Builds advise by that, and an update is judged
by it: what the one says, the other has to let pass.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import accumulate
from typing import NamedTuple

Beside = tuple[int, int]  # the numbers of the gaps before and behind one


class Stand(NamedTuple):
    """Where a gap stands among those that stay: between which two, and how many on each side."""

    beside: Beside
    sides: tuple[int, int]

    def is_at(self, other: Stand) -> bool:
        """Tell whether it has not moved.

        It stands between the same two, wherever they went; or it is, say, the first as before,
        though others changed places behind it.
        """
        return self.beside == other.beside or self.sides == other.sides


def stands(numbers: Sequence[int], kept: Set[int]) -> list[Stand]:
    """Return where each position stands among the kept numbers."""
    sides = zip(_many(numbers, kept), _many(numbers[::-1], kept)[::-1], strict=True)
    return [*map(Stand, neighbours(numbers, kept), sides)]


def neighbours(numbers: Sequence[int], kept: Set[int]) -> list[Beside]:
    """Return the nearest kept numbers around each position, 0 for none."""
    return list(zip(_last(numbers, kept), _last(numbers[::-1], kept)[::-1], strict=True))


def _last(numbers: Sequence[int], kept: Set[int]) -> list[int]:
    """Return the last kept number before each position, 0 for none."""
    return list(accumulate(numbers, lambda last, n: n if n in kept else last, initial=0))[:-1]


def _many(numbers: Sequence[int], kept: Set[int]) -> list[int]:
    """Return how many kept numbers there are before each position; one in two gaps counts once."""
    many, seen = [], set[int]()
    for number in numbers:
        many.append(len(seen))
        seen |= {number} & kept
    return many
