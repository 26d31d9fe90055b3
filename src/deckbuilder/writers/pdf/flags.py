"""Labels on stems -> their places above and below an axis, where none hides another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

CLEAR = 3.0  # points between a stem and the words it passes
APART = 7.0  # points between two labels on one level
DRAFTS = 12  # how many ways to place the labels so far are followed up
# what a way to place labels costs, in points of the figure's height
AWAY = 60.0  # a label on the side where it does not belong
TURNED = 3.0  # words left of their stem
LEVEL = 1.0  # each level further out
SLANT = 64.0  # a stem moved aside: the square of how far, divided by this


@dataclass(frozen=True, slots=True)
class Flag:
    """A label to be placed: where its time is, its size, and whether it belongs above the axis."""

    x: float
    wide: float
    tall: float
    above: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands: its level counts from the axis, its stem runs up one of its sides."""

    flag: Flag
    above: bool
    level: int
    stem: float
    turned: bool  # its words are left of the stem

    @property
    def before(self) -> float:
        """How far the label reaches left of its stem."""
        return self.flag.wide if self.turned else 0.0

    @property
    def left(self) -> float:
        """Where the label begins."""
        return self.stem - self.before


class _Level(NamedTuple):
    """One level, filled from the left: where its last label and stem end, and how high it is."""

    end: float
    stem: float
    tall: float


Side = tuple[_Level, ...]
EMPTY = _Level(-math.inf, -math.inf, 0.0)


class _Draft(NamedTuple):
    """A way to place the first labels."""

    cost: float
    sides: tuple[Side, Side]  # below, above
    last: Placed | None
    earlier: _Draft | None


def place(flags: Sequence[Flag], width: float, levels: int) -> tuple[float, list[Placed]] | None:
    """Return what it costs, and places for the labels, or None if there is no room.

    From left to right each label goes to every free place, and the cheapest drafts are kept. Stems
    keep the order of their times and pass beside the words of lower levels, so none ever cross.

    Args:
        flags: in the order of their `x`.
        width: of the axis in points.
        levels: how many there may be on each side.
    """
    share = sum(flag.wide + APART for flag in flags) / max(len(flags), 1) / (2 * levels)
    drafts = [_Draft(0.0, ((EMPTY,) * levels, (EMPTY,) * levels), None, None)]
    for later, flag in zip(reversed(range(len(flags))), flags, strict=True):
        near = min(flag.x, width - later * share)  # leave room for what follows
        options = [new for draft in drafts for new in _options(draft, flag, near, width)]
        drafts = sorted(options, key=lambda draft: draft.cost)[:DRAFTS]
        if not drafts:
            return None
    placed: list[Placed] = []
    draft: _Draft | None = drafts[0]
    while draft and draft.last:
        placed.append(draft.last)
        draft = draft.earlier
    return drafts[0].cost, _settled(placed[::-1], width)


def _options(draft: _Draft, flag: Flag, near: float, width: float) -> Iterator[_Draft]:
    for above in (flag.above, not flag.above):
        side = draft.sides[above]
        for level, (_, _, tall) in enumerate(side):
            for turned in (False, True):
                before = flag.wide if turned else 0.0
                most = width - flag.wide + before
                stem = max(min(near, most), _free(side, level, before))
                if stem <= most:
                    yield _with(draft, Placed(flag, above, level, stem, turned))
            if not tall:
                break  # the levels beyond are no better


def _free(side: Side, level: int, before: float) -> float:
    """Return how far left on a level the next stem may stand, with words `before` it."""
    free = before
    for number, (end, stem, _) in enumerate(side):
        if number < level:
            free = max(free, end + CLEAR)
        elif number == level:
            free = max(free, end + APART + before)
        else:
            free = max(free, stem + CLEAR + before)
    return free


def _with(draft: _Draft, placed: Placed) -> _Draft:
    flag, above = placed.flag, placed.above
    side = draft.sides[above]
    tall = side[placed.level].tall
    cost = max(flag.tall - tall, 0.0) + (0.0 if tall else APART)
    cost += placed.level * LEVEL + (TURNED if placed.turned else 0.0)
    cost += (placed.stem - flag.x) ** 2 / SLANT + (AWAY if above != flag.above else 0.0)
    side = _added(side, placed)
    sides = (draft.sides[False], side) if above else (side, draft.sides[True])
    return _Draft(draft.cost + cost, sides, placed, draft)


def _added(side: Side, placed: Placed) -> Side:
    level, flag = placed.level, placed.flag
    new = _Level(placed.left + flag.wide, placed.stem, max(flag.tall, side[level].tall))
    return (*side[:level], new, *side[level + 1 :])


def _settled(placed: Sequence[Placed], width: float) -> list[Placed]:
    """Move the stems as near to their times as their order and levels allow.

    Pushed apart to the right only, and to the left only: half way between the two, the labels
    are as far apart as they must be, too, and a crowd is spread to both its sides.
    """
    right = _pushed(placed, [each.flag.x for each in placed])
    left = _mirrored(placed, width)
    left = _mirrored(_pushed(left, [width - each.flag.x for each in left]), width)
    middle = [(one.stem + two.stem) / 2 for one, two in zip(left, right, strict=True)]
    inside = _mirrored(_pushed(placed, middle), width)  # of the left end; then of the right
    return _mirrored(_pushed(inside, [each.stem for each in inside]), width)


def _mirrored(placed: Sequence[Placed], width: float) -> list[Placed]:
    return [
        replace(each, stem=width - each.stem, turned=not each.turned) for each in reversed(placed)
    ]


def _pushed(placed: Sequence[Placed], wanted: Sequence[float]) -> list[Placed]:
    """Return the labels with their stems where they are wanted, or as little right as need be."""
    sides: list[Side] = [(EMPTY,) * (1 + max((each.level for each in placed), default=0))] * 2
    out = []
    for each, stem in zip(placed, wanted, strict=True):
        free = _free(sides[each.above], each.level, each.before)
        out.append(replace(each, stem=max(stem, free)))
        sides[each.above] = _added(sides[each.above], out[-1])
    return out
