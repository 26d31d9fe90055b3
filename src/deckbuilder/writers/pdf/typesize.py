"""What sizes of type come to -> the one to set a story in, and whether its spaces are narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from deckbuilder.writers.pdf.theme import (
    FULL,
    GROWTH,
    LAST,
    MOST_FITTED,
    MOST_SNUG,
    NEXT_TO_NOTHING,
    STEP,
    Profile,
)


class Tried(NamedTuple):
    """What a size comes to: how many pages, and how many were filled if nothing was kept apart."""

    pages: int
    filled: float


def best_size(
    first: Tried,
    profile: Profile,
    tried: Callable[[float, bool, int], Tried],
    *,
    parts: bool = False,
) -> tuple[float, bool]:
    """Return the best size, and whether spaces are narrow.

    Args:
        first: what a middle size comes to.
        profile: which sizes there are.
        tried: tells what a size comes to, if that is no more than so many pages and no topic is
            parted.
        parts: whether one is in the middle size: then narrower spaces may keep all whole.
    """
    least, snug, best = profile.flowing, False, first
    for base, narrow, most in _savings(first.pages, profile, parts=parts):
        now = tried(base, narrow, most)
        if now.pages <= most:
            least, snug, best = base, narrow, now
            break
    low, high = 0, round((profile.largest - least) / STEP) if first.pages <= MOST_FITTED else 0
    room = FULL * best.pages + LAST
    grown = (room / max(best.filled, NEXT_TO_NOTHING)) ** (1 / GROWTH)
    # where the limit should be; from there in strides, each twice as long, until it is passed
    middle, stride = min(max(int(least * (grown - 1) / STEP), 1), high), 2
    while low < high:
        fits = tried(least + middle * STEP, snug, best.pages).pages == best.pages
        low, high = (middle, high) if fits else (low, middle - 1)
        half = (low + high + 1) // 2
        middle = min(middle + stride, half) if fits else max(middle - stride, half)
        stride *= 2
    return least + low * STEP, snug


def _savings(pages: int, profile: Profile, *, parts: bool) -> Iterator[tuple[float, bool, int]]:
    """Yield a size, whether spaces are narrow, and how many pages that has to be enough for."""
    if 1 < pages <= MOST_FITTED:
        yield profile.smallest, False, 1
        yield profile.smallest, True, 1
    if 1 < pages <= MOST_SNUG:
        yield profile.flowing, True, pages - 1
    if parts and pages <= MOST_SNUG:
        yield profile.flowing, True, pages
