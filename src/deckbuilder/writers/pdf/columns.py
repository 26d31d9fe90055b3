"""Strips -> columns: where each column ends, and how two of them are made equally long."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from deckbuilder.writers.pdf.drawn import DrawnLine
from deckbuilder.writers.pdf.strips import Strip, together
from deckbuilder.writers.pdf.theme import FEATHER

FINE = 0.01  # of what pictures can give up: so near to the least that they must


class Stack:
    """Strips one below the other, and where each is, so that no column has to be added up.

    `tops`: how far down each begins, in points; `ends`: how far it reaches, and all before it: a
    space at the end of a column may hang over.
    `height`: of all that ever were on it.
    """

    __slots__ = ("ends", "height", "strips", "tops")

    def __init__(self, strips: Iterable[Strip] = ()) -> None:
        self.strips, self.tops, self.ends = list[Strip](), list[float](), list[float]()
        self.height = 0.0
        self.add(strips)

    def add(self, strips: Iterable[Strip]) -> None:
        """Put strips below the others."""
        tops, ends, down, reached = self.tops, self.ends, self.height, self.height
        before = len(self.strips)
        self.strips += strips
        for strip in self.strips[before:]:
            down += strip.above
            tops.append(down)
            if strip.height:
                down += strip.height
                reached = down
            ends.append(reached)
        self.height = down

    def drop(self, count: int) -> None:
        """Take away the first strips."""
        del self.strips[:count], self.tops[:count], self.ends[:count]

    def lower(self, index: int, by: float) -> None:
        """Make a picture lower by some points, and what is below it stand higher."""
        strip = self.strips[index]
        assert strip.box
        strip.box.lowered += by
        strip.height -= by
        self.height -= by
        self.tops[index + 1 :] = [top - by for top in self.tops[index + 1 :]]
        self.ends[index:] = [end - by for end in self.ends[index:]]

    def used(self, start: int, end: int) -> float:
        """Return how high the column from `start` to `end` is."""
        if start == end:
            return 0.0
        return self.ends[end - 1] - self.tops[start] + self._repeated(start)

    def reach(self, start: int, room: float) -> int:
        """Return the first strip that is out of the room of a column that begins at `start`."""
        if start == len(self.strips):
            return start
        most = room + 0.01 - self._repeated(start)
        return bisect(self.ends, self.tops[start] + most, start)

    def parts(self, cuts: Iterable[int]) -> int:
        """Return how many columns end in what had better stay together."""
        ends = [end for end in cuts if 0 < end < len(self.strips)]
        return sum(self.strips[end - 1].rather for end in ends)

    def _repeated(self, start: int) -> float:
        """Return how high that is what a column says again, with the space below it."""
        first = self.strips[start]
        return first.again.height + first.above if first.again else 0.0

    def columns(self, cuts: Iterable[int]) -> list[Sequence[Strip]]:
        """Return the columns that end at `cuts`, each with what it has to say first."""
        return [
            [*_again(self.strips, start), *self.strips[start:end]]
            for start, end in pairwise([0, *cuts])
        ]


def fill(stack: Stack, start: int, room: float, free: float) -> int:
    """Return where the column that begins at `start` ends: it holds what fits into `room` points.

    It ends where a strip allows it; `start` itself if it can end nowhere. What had better stay
    together does if that leaves no more than `free` points of the room.
    """
    end, strips = stack.reach(start, room), stack.strips
    while start < end < len(strips) and strips[end - 1].stay:
        end -= 1
    if not (free and start < end < len(strips) and strips[end - 1].rather):
        return end
    whole = end
    while start < whole and (strips[whole - 1].rather or strips[whole - 1].stay):
        whole -= 1
    return whole if room - stack.used(start, whole) <= free else end


def split(strips: Sequence[Strip], room: float, count: int) -> list[Sequence[Strip]]:
    """Return `count` columns of up to `room` points, and what is left as the last element."""
    stack = Stack(strips)
    ends = cuts(stack, room, count, 0.0, room)
    return [*stack.columns(ends), strips[ends[-1] :]]


def cuts(stack: Stack, room: float, count: int, free: float, full: float) -> list[int]:
    """Return where `count` columns of up to `room` points end.

    A run of strips that should stay together and is longer than a column is left for the next page,
    if that has more room for it, `full` points; else it is parted.
    """
    ends: list[int] = []
    start = 0
    for _ in range(count):
        end = fill(stack, start, room, free)
        if end == start < len(stack.strips):
            end = _parted(stack, start, room, full)
        ends.append(end)
        start = end
    return ends


def _parted(stack: Stack, start: int, room: float, full: float) -> int:
    """Return where a run ends that is longer than its column: `start`, if the next page suits it.

    It is parted where it had rather be than elsewhere, or else where the column ends.
    """
    end = _weakest(stack, start, room)
    if end > start:
        return end
    if full > room + 1 and max(fill(stack, start, full, 0.0), _weakest(stack, start, full)) > start:
        return start
    return max(stack.reach(start, room), start + 1)


def _weakest(stack: Stack, start: int, room: float) -> int:
    """Return the last place in the room where a run may be parted if it must be, or `start`."""
    end = stack.reach(start, room)
    while end > start and not stack.strips[end - 1].rather:
        end -= 1
    return end


def squeezed(stack: Stack, ends: Sequence[int], room: float, free: float) -> bool:
    """Tell whether pictures were made lower, so that a column holds what comes next, too.

    That is done where more than `free` points of it would be left, by all its pictures alike.
    """
    for start, end in pairwise([0, *ends]):
        if start < end < len(stack.strips) and room - stack.used(start, end) > free:
            after = _whole(stack, end)
            missing = stack.used(start, after) - room
            spare = sum(strip.box.spare for strip in stack.strips[start:after] if strip.box)
            if 0 < missing <= spare:
                _lower(stack, range(start, after), missing / spare)
                return True
    return False


def _whole(stack: Stack, start: int) -> int:
    """Return where that ends that begins at `start`: what stays together, and its small print."""
    end, strips = start + 1, stack.strips
    while end < len(strips) and (strips[end - 1].stay or _goes_on(strips[end])):
        end += 1
    return end


def _goes_on(strip: Strip) -> bool:
    """Tell whether a strip belongs to what is above it: a line without a label, and no heading."""
    line = strip.draw if isinstance(strip.draw, DrawnLine) else None
    return bool(line and line.element and line.element.role in {"LBody", "P"})


def _lower(stack: Stack, among: Iterable[int], part: float) -> None:
    """Let pictures give up a part of what they can; each keeps its small print for that."""
    for index in among:
        if box := stack.strips[index].box:
            stack.lower(index, part * box.spare)
            together(stack.strips[index : _whole(stack, index)])


def squeezed_in(stack: Stack, room: float, count: int) -> bool:
    """Tell whether `count` columns hold all strips now, as pictures were made lower for that.

    All alike, and no more than it takes; none if that is not enough.
    """
    if not any(strip.box for strip in stack.strips) or not _held_with(stack, 1.0, room, count):
        return False
    low, high = 0.0, 1.0
    while high - low > FINE:
        middle = (low + high) / 2
        low, high = (low, middle) if _held_with(stack, middle, room, count) else (middle, high)
    _lower(stack, range(len(stack.strips)), high)
    return True


def _held_with(stack: Stack, part: float, room: float, count: int) -> bool:
    """Tell whether columns would hold all strips if pictures gave up a part of what they can."""
    tried = Stack(
        [replace(strip, box=replace(strip.box) if strip.box else None) for strip in stack.strips]
    )
    _lower(tried, range(len(tried.strips)), part)
    return is_held(tried, room, count)


def balance(stack: Stack, room: float, count: int, free: float) -> list[int] | None:
    """Return where `count` columns end that hold all strips, as short as can be, if any do.

    What had better stay together does, as long as all columns then end within `free` points; else
    as long as none of them is left emptier than that; else it is parted, unless any may be empty.
    """
    for left in (inf, free, 0.0) if free < inf else (inf,):
        ends = _shortest(stack, room, count, left)
        if ends and (left < inf or _are_level(stack, ends, free)):
            return ends
    return None


def _shortest(stack: Stack, room: float, count: int, free: float) -> list[int] | None:
    if not is_held(stack, room, count, free):
        return None
    low, high = 0.0, room
    while high - low > 0.5:
        middle = (low + high) / 2
        if is_held(stack, middle, count, free):
            high = middle
        else:
            low = middle
    return cuts(stack, high, count, free, high)


def is_held(stack: Stack, room: float, count: int, free: float = 0.0, *, start: int = 0) -> bool:
    """Tell whether so many columns hold all strips from `start` on, each cut where it may be."""
    end = start
    for _ in range(count):
        end = fill(stack, end, room, free)
    return end == len(stack.strips)


def _are_level(stack: Stack, ends: Sequence[int], free: float) -> bool:
    heights = [stack.used(start, end) for start, end in pairwise([0, *ends])]
    return max(heights) - min(heights) <= free


def feather(strips: Sequence[Strip], missing: float) -> None:
    """Make a column higher by the points that are `missing`, its wide spaces above all.

    A space grows with its square, so that sections move apart and lines keep their rhythm.
    """
    spaced = [strip for strip in strips[1:] if strip.above > 0]
    squares = sum([strip.above**2 for strip in spaced])
    if missing > 0 and squares:
        part = missing / squares
        for strip in spaced:
            strip.above *= 1 + min(part * strip.above, FEATHER)


def _again(strips: Sequence[Strip], start: int) -> list[Strip]:
    """Return what a column that begins at `start` has to say first."""
    again = strips[start].again if start < len(strips) else None
    return [again] if again else []
