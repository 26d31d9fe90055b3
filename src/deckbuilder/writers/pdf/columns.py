"""Strips -> columns: where each column ends, and how two of them are made equally long."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from deckbuilder.writers.pdf.strips import Strip, height, widened
from deckbuilder.writers.pdf.theme import FEATHER


def fill(strips: Sequence[Strip], start: int, room: float) -> int:
    """Return where the column that begins at `start` ends: it holds what fits into `room` points.

    It ends where a strip allows it; `start` itself if it can end nowhere.
    """
    end = _reach(strips, start, room)
    while start < end < len(strips) and strips[end - 1].stay:
        end -= 1
    return end


def _reach(strips: Sequence[Strip], start: int, room: float) -> int:
    """Return the first strip that is out of the room; a space at the end may hang over."""
    used, most = height(_again(strips, start)), room + 0.01
    for index, strip in enumerate(islice(strips, start, None), start):
        used += strip.height + (strip.above if index > start else 0.0)
        if used > most and strip.height:
            return index
    return len(strips)


def split(strips: Sequence[Strip], room: float, count: int) -> list[Sequence[Strip]]:
    """Return `count` columns of up to `room` points, and what is left as the last element."""
    columns, end = cut(strips, room, count)
    return [*columns, strips[end:]]


def cut(strips: Sequence[Strip], room: float, count: int) -> tuple[list[Sequence[Strip]], int]:
    """Return `count` columns of up to `room` points, and where they end.

    A run of strips that should stay together and is longer than a column is cut where that ends.
    """
    columns: list[Sequence[Strip]] = []
    start = 0
    for _ in range(count):
        end = fill(strips, start, room)
        if end == start < len(strips):
            end = max(_reach(strips, start, room), start + 1)
        columns.append([*_again(strips, start), *strips[start:end]])
        start = end
    return columns, start


def balance(strips: Sequence[Strip], room: float, count: int) -> list[Sequence[Strip]] | None:
    """Return `count` columns, as short as can be, that hold all strips, if any do."""
    if not _held(strips, room, count):
        return None
    low, high = 0.0, room
    while high - low > 0.5:
        middle = (low + high) / 2
        if _held(strips, middle, count):
            high = middle
        else:
            low = middle
    return cut(strips, high, count)[0]


def feathered(strips: Sequence[Strip], missing: float) -> Sequence[Strip]:
    """Return a column made higher by the points that are `missing`, its wide spaces above all.

    A space grows with its square, so that sections move apart and lines keep their rhythm.
    """
    squares = sum([strip.above**2 for strip in strips[1:] if strip.above])
    if missing <= 0 or not squares:
        return strips

    def wider(strip: Strip) -> Strip:
        more = min(missing * strip.above / squares, FEATHER)
        return widened(strip, strip.above * (1 + more))

    return [*strips[:1], *[wider(strip) if strip.above else strip for strip in strips[1:]]]


def _again(strips: Sequence[Strip], start: int) -> list[Strip]:
    """Return what a column that begins at `start` has to say first."""
    again = strips[start].again if start < len(strips) else None
    return [again] if again else []


def _held(strips: Sequence[Strip], room: float, count: int) -> bool:
    """Tell whether so many columns hold all strips without one cut that should not be."""
    end = 0
    for _ in range(count):
        end = fill(strips, end, room)
    return end == len(strips)
