"""Strips -> columns: where each column ends, and how two of them are made equally long."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuilder.writers.pdf.strips import Strip, height


def fill(strips: Sequence[Strip], start: int, room: float) -> int:
    """Return where the column that begins at `start` ends: at least one strip further.

    It holds what fits into `room` points and ends where a strip allows it; a run of strips that
    must stay together and is longer than the column is cut where the room ends.
    """
    used, end = 0.0, start
    while end < len(strips):
        strip = strips[end]
        used += strip.height + (strip.above if end > start else 0.0)
        if strip.height and used > room + 0.01:
            break
        end += 1
    if end == len(strips):
        return end
    allowed = end
    while allowed > start and strips[allowed - 1].stay:
        allowed -= 1
    return allowed if allowed > start else max(end, start + 1)


def split(strips: Sequence[Strip], room: float, count: int) -> list[Sequence[Strip]]:
    """Return `count` columns of up to `room` points, and what is left as the last element."""
    columns: list[Sequence[Strip]] = []
    start = 0
    for _ in range(count):
        end = fill(strips, start, room) if start < len(strips) else start
        columns.append(strips[start:end])
        start = end
    return [*columns, strips[start:]]


def balance(strips: Sequence[Strip], room: float, count: int) -> list[Sequence[Strip]] | None:
    """Return `count` columns, as short as can be, that hold all strips; None without the room."""
    if split(strips, room, count)[-1]:
        return None
    low, high = height(strips) / count * 0.9, room
    while high - low > 0.5:
        middle = (low + high) / 2
        if split(strips, middle, count)[-1]:
            low = middle
        else:
            high = middle
    return split(strips, high, count)[:-1]
