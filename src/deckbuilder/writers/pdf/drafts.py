"""Labels on stems, in their order -> the cheapest way found to place them, from left to right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from deckbuilder.writers.pdf.theme_timeline import APART, CLEAR

FULLEST = 0.7  # part of all room on all levels that labels can take
STRAIGHT = 0.5  # points that nobody sees
BACK = 1.25  # × the width of labels: of 1,600 crowds, 11 have no room so, and 28 without
DRAFTS = 10  # how many ways to place the labels so far are followed up
# what a way to place labels costs, in points of the figure's height; nothing of it shows
AWAY = 60.0  # a label on the side where it does not belong, if it has room where it does
STEEP = 4  # how fast that falls, the more a side is overfull: tried with 400 crowds
TURNED = 3.0  # words not right of their stem
LEVEL = 1.0  # each level further out
KINK, SLANT = 5.0, 0.5  # a stem moved aside, and each point of how far
AHEAD = 0.3  # each point where a level is taken already


class Flag(NamedTuple):
    """A label to be placed: where its time is, its size, and whether it belongs above the axis."""

    x: float
    wide: float
    tall: float
    above: bool


class Placed(NamedTuple):
    """Where a label stands: its level counts from the axis, it begins `before` its stem."""

    flag: Flag
    above: bool
    level: int
    stem: float
    before: float

    @property
    def left(self) -> float:
        """Where the label begins."""
        return self.stem - self.before


# one level, filled from the left: where its last label and its last stem end, how high it is; plain
# tuples, as thousands are made for a figure
Level = tuple[float, float, float]
Side = tuple[Level, ...]
EMPTY: Level = (-math.inf, -math.inf, 0.0)


class _Draft(NamedTuple):
    """A way to place the first labels."""

    cost: float
    sides: tuple[Side, Side]  # below, above
    last: Placed | None
    earlier: _Draft | None


# a free place for the next label: a guess at what it will lead to, its cost, which draft it goes on
# from, and as in `Placed` where it is; as plain, as there are up to 100 of them for each label
_Option = tuple[float, float, int, bool, int, float, float]
_Place = tuple[float, float, int, float, float]  # what is the same for all drafts with a side
PROMISE = itemgetter(0)


def drafted(
    flags: Sequence[Flag], near: Sequence[float], width: float, levels: int
) -> tuple[float, list[Placed]] | None:
    """Return what the cheapest way found costs, and the labels, if there is one.

    Each label goes to every free place, the best are kept. `near`: how far left each stem may be.
    """
    drafts = [_Draft(0.0, ((EMPTY,) * levels, (EMPTY,) * levels), None, None)]
    nexts = _nexts(flags, near, 2 * width)
    aways = _aways(flags, width * levels)
    for flag, here, then in zip(flags, near, nexts, strict=True):
        options = _options(drafts, flag, here, then, width, aways[flag.above])
        drafts = _best(drafts, options, flag, min(then))
    best = min(drafts, key=lambda draft: draft.cost, default=None)
    return (best.cost, _labels(best)) if best else None


def near_times(flags: Sequence[Flag], width: float, share: float) -> list[float]:
    """Return how far left each stem may stand: at its time, or where what follows has room.

    `share`: the room that is kept for each label, at the end of the axis.
    """
    near, then = list[float](), width
    for flag in reversed(flags):
        near.append(min(flag.x, then))
        then -= share
    return near[::-1]


def early_times(flags: Sequence[Flag], width: float) -> list[float]:
    """Return how far left each stem may stand if a crowd is to spread to both its sides.

    That is a good label before its time, and where what follows is as far apart as can be.
    """
    back, share = BACK * sum([flag.wide for flag in flags]) / len(flags), width / len(flags)
    early, then = list[float](), width
    for flag in reversed(flags):
        here = min(flag.x, then)
        early.append(min(here, flag.x - back))
        then = here - share
    return early[::-1]


def _aways(flags: Sequence[Flag], room: float) -> tuple[float, float]:
    """Return what it costs that a label which belongs on each side is on the other.

    Much less if all that belong on a side would overfill it: a crowd is spread over both.
    """
    needs = [sum([f.wide + APART for f in flags if f.above == above]) for above in (False, True)]
    spare = (min(1.0, FULLEST * room / need if need else 1.0) for need in needs)
    below, above = (AWAY * part**STEEP for part in spare)
    return below, above


def _labels(draft: _Draft | None) -> list[Placed]:
    """Return the labels of a draft from left to right."""
    placed = []
    while draft and draft.last:
        placed.append(draft.last)
        draft = draft.earlier
    return placed[::-1]


def _nexts(flags: Sequence[Flag], near: Sequence[float], end: float) -> list[tuple[float, float]]:
    """Return for each label how far left on each side the next one that belongs there may stand."""
    nexts, then = [], (end, end)
    for flag, x in zip(reversed(flags), reversed(near), strict=True):
        nexts.append(then)
        then = (then[False], x) if flag.above else (x, then[True])
    return nexts[::-1]


def _best(
    drafts: Sequence[_Draft], options: list[_Option], flag: Flag, then: float
) -> list[_Draft]:
    """Return the drafts of greatest promise; of those that leave the same room, one.

    The stem of the next label will be `then` or further right.
    """
    options.sort(key=PROMISE)
    past = then - flag.wide - APART
    rooms = [(_room(draft.sides[0], past), _room(draft.sides[1], past)) for draft in drafts]
    best: dict[object, _Draft] = {}
    for _, cost, number, above, level, stem, before in options:
        side, other = rooms[number][above], rooms[number][not above]
        end, tall = stem - before + flag.wide, max(flag.tall, side[level][2])
        left = (end if end > past else past, stem if stem > past else past, tall)  # noqa: FURB136
        side = (*side[:level], left, *side[level + 1 :])
        room = (other, side) if above else (side, other)
        if room not in best:
            draft = drafts[number]
            side = draft.sides[above]
            side = (*side[:level], (end, stem, tall), *side[level + 1 :])
            sides = (draft.sides[False], side) if above else (side, draft.sides[True])
            best[room] = _Draft(cost, sides, Placed(flag, above, level, stem, before), draft)
            if len(best) == DRAFTS:
                break
    return list(best.values())


def _room(side: Side, past: float) -> Side:
    """Return what counts of a side where no label will begin left of `past`."""
    return tuple([
        (end if end > past else past, stem if stem > past else past, tall)  # noqa: FURB136
        for end, stem, tall in side
    ])  # fmt: skip


def _options(
    drafts: Sequence[_Draft],
    flag: Flag,
    near: float,
    then: tuple[float, float],
    width: float,
    away: float,
) -> list[_Option]:
    """Return each free place for a label: its stem `near` or right of it, `then` the next ones."""
    spare = width - flag.wide
    reaches = [0.0, flag.wide]
    for amid in (near, near - spare):  # words that begin or end with the axis
        reaches += [amid] if STRAIGHT < amid < flag.wide - STRAIGHT else []
    ways = [
        (before, spare + before, max(min(near, spare + before), before), TURNED if before else 0.0)
        for before in reaches
    ]
    known: tuple[dict[Side, list[_Place]], ...] = ({}, {})  # drafts have many a side in common
    found: list[_Option] = []
    for number, draft in enumerate(drafts):
        for above in (flag.above, not flag.above):
            side = draft.sides[above]
            if side not in known[above]:
                known[above][side] = _places(side, flag, near, then[above], ways)
            so_far = draft.cost + (away if above != flag.above else 0.0)
            ahead = so_far + AHEAD * _taken(draft.sides[not above], then[not above])
            found += [
                (ahead + promise, so_far + cost, number, above, level, stem, before)
                for promise, cost, level, stem, before in known[above][side]
            ]
    return found


def _places(
    side: Side, flag: Flag, near: float, then: float, ways: Sequence[tuple[float, ...]]
) -> list[_Place]:
    """Return each free place on a side, with what it will lead to and what it costs there."""
    found: list[_Place] = []
    clear, taken, total = -math.inf, then, 0.0  # as `flags._free` and `_taken` have them
    ends = [end for end, _, _ in side]
    pasts = [*accumulate([stem for _, stem, _ in side[:0:-1]], max, initial=-math.inf)]
    for level, (end, _, tall) in enumerate(side):
        # conditions from here on: `max` takes 3 times as long
        level_cost = level * LEVEL + (0.0 if tall else APART)
        level_cost += flag.tall - tall if flag.tall > tall else 0.0
        beyond, free, past = ends[level + 1 :], end + APART, pasts[-1 - level] + CLEAR
        free = free if free > past else past  # noqa: FURB136
        # a place right of the label's time: words right of the stem are best
        for before, most, nearest, turned in ways[:1] if free >= near and free >= clear else ways:
            stem = free + before
            stem = stem if stem > nearest else nearest  # noqa: FURB136
            stem = stem if stem > clear else clear  # noqa: FURB136
            if stem <= most:
                aside = abs(stem - near)
                cost = level_cost + (KINK + aside * SLANT if aside > STRAIGHT else 0.0) + turned
                here = stem - before + flag.wide
                here = here if here > taken else taken  # noqa: FURB136
                all_taken = total + (here - then)
                for further in beyond:
                    here = here if here > further else further  # noqa: FURB136
                    all_taken += here - then
                found.append((cost + AHEAD * all_taken, cost, level, stem, before))
        if not tall:
            break  # the levels beyond are no better
        clear = clear if clear > end + CLEAR else end + CLEAR  # noqa: FURB136
        taken = taken if taken > end else end  # noqa: FURB136
        total += taken - then
    return found


def _taken(side: Side, then: float) -> float:
    """Return for how many points right of `then` no stem can reach a level, over all of them."""
    taken, total = then, 0.0
    for end, _, _ in side:
        taken = end if end > taken else taken  # noqa: FURB136
        total += taken - then
    return total
