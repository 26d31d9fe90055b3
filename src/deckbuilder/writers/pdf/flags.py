"""Labels on stems -> their places above and below an axis, where none hides another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from deckbuilder.writers.pdf.theme_timeline import APART, CLEAR

FULLEST = 0.7  # part of all room on all levels that labels can take
STRAIGHT = 0.5  # points that nobody sees
DRAFTS = 10  # how many ways to place the labels so far are followed up
# what a way to place labels costs, in points of the figure's height; nothing of it shows
AWAY = 60.0  # a label on the side where it does not belong
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
_Level = tuple[float, float, float]
Side = tuple[_Level, ...]
EMPTY: _Level = (-math.inf, -math.inf, 0.0)


class _Draft(NamedTuple):
    """A way to place the first labels."""

    cost: float
    sides: tuple[Side, Side]  # below, above
    last: Placed | None
    earlier: _Draft | None


# a free place for the next label: a guess at what it will lead to, its cost, which draft it goes on
# from, and as in `Placed` where it is; as plain, as there are up to 100 of them for each label
_Option = tuple[float, float, int, bool, int, float, float]
PROMISE = itemgetter(0)


def place(flags: Sequence[Flag], width: float, levels: int) -> tuple[float, list[Placed]] | None:
    """Return what it costs, and places for the labels, or None if there is no room.

    Stems keep the order of their times and pass beside the words of lower levels: none cross.

    Args:
        flags: in the order of their `x`.
        width: of the axis in points.
        levels: how many there may be on each side.
    """
    if not flags:
        return 0.0, []
    count = len(flags)
    used = sum(flag.wide + APART for flag in flags) / (2 * levels)
    if used > FULLEST * width:
        return None
    shares = used / FULLEST / count, width / count  # kept for each label to follow
    mirrored = [flag._replace(x=width - flag.x) for flag in reversed(flags)]
    # labels can only be pushed away from where the filling begins: that is the fuller end
    from_right = _crowded(mirrored, width, shares[0]) < _crowded(flags, width, shares[0])
    for share in shares:
        draft = _drafted(mirrored if from_right else flags, width, levels, share)
        if draft:
            placed = _labels(draft)
            placed = _mirrored(placed, width) if from_right else placed
            own = [each._replace(flag=flag) for each, flag in zip(placed, flags, strict=True)]
            return draft.cost, _settled(own, width)
    return None


def _near(flags: Sequence[Flag], width: float, share: float) -> list[float]:
    """Return how far left each stem may stand: at its time, or where what follows has room."""
    count = len(flags)
    return [min(flag.x, width - (count - n) * share) for n, flag in enumerate(flags, 1)]


def _crowded(flags: Sequence[Flag], width: float, share: float) -> float:
    near = _near(flags, width, share)
    return sum(flag.x - x for flag, x in zip(flags, near, strict=True))


def _labels(draft: _Draft | None) -> list[Placed]:
    """Return the labels of a draft from left to right."""
    placed = []
    while draft and draft.last:
        placed.append(draft.last)
        draft = draft.earlier
    return placed[::-1]


def _drafted(flags: Sequence[Flag], width: float, levels: int, share: float) -> _Draft | None:
    """Return the cheapest way found: each label goes to every free place, the best are kept."""
    drafts = [_Draft(0.0, ((EMPTY,) * levels, (EMPTY,) * levels), None, None)]
    near = _near(flags, width, share)
    nexts = _nexts(flags, near, 2 * width)
    for flag, here, then in zip(flags, near, nexts, strict=True):
        options = _options(drafts, flag, here, then, width)
        drafts = _best(drafts, options, flag, min(then))
    return min(drafts, key=lambda draft: draft.cost, default=None)


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
    drafts: Sequence[_Draft], flag: Flag, near: float, then: tuple[float, float], width: float
) -> list[_Option]:
    """Return each free place for a label: its stem `near` or right of it, `then` the next ones."""
    spare = width - flag.wide
    reaches = [0.0, flag.wide]
    for amid in (near, near + flag.wide - width):  # words that begin or end with the axis
        reaches += [amid] if STRAIGHT < amid < flag.wide - STRAIGHT else []
    ways = [
        (before, spare + before, max(min(near, spare + before), before), TURNED if before else 0.0)
        for before in reaches
    ]
    found: list[_Option] = []
    for number, draft in enumerate(drafts):
        for above in (flag.above, not flag.above):
            side, next_one = draft.sides[above], then[above]
            away = AWAY if above != flag.above else 0.0
            other = _taken(draft.sides[not above], then[not above])
            clear, taken, total = -math.inf, next_one, 0.0  # as `_free`, `_taken` have them so far
            ends = [end for end, _, _ in side]
            pasts = [*accumulate([stem for _, stem, _ in side[:0:-1]], max, initial=-math.inf)]
            for level, (end, _, tall) in enumerate(side):
                # conditions from here on: `max` takes 3 times as long
                cost = draft.cost + away + level * LEVEL
                cost += (flag.tall - tall if flag.tall > tall else 0.0) + (0.0 if tall else APART)
                beyond, free, past = ends[level + 1 :], end + APART, pasts[-1 - level] + CLEAR
                free = free if free > past else past  # noqa: FURB136
                for before, most, nearest, turned in ways:
                    stem = free + before
                    stem = stem if stem > nearest else nearest  # noqa: FURB136
                    stem = stem if stem > clear else clear  # noqa: FURB136
                    if stem <= most:
                        aside = abs(stem - near)
                        own = cost + (KINK + aside * SLANT if aside > STRAIGHT else 0.0) + turned
                        here = stem - before + flag.wide
                        here = here if here > taken else taken  # noqa: FURB136
                        all_taken = total + (here - next_one)
                        for further in beyond:
                            here = here if here > further else further  # noqa: FURB136
                            all_taken += here - next_one
                        promise = own + AHEAD * (all_taken + other)
                        found.append((promise, own, number, above, level, stem, before))
                if not tall:
                    break  # the levels beyond are no better
                clear = clear if clear > end + CLEAR else end + CLEAR  # noqa: FURB136
                taken = taken if taken > end else end  # noqa: FURB136
                total += taken - next_one
    return found


def _free(side: Sequence[_Level], level: int, before: float) -> float:
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


def _taken(side: Side, then: float) -> float:
    """Return for how many points right of `then` no stem can reach a level, over all of them."""
    taken, total = then, 0.0
    for end, _, _ in side:
        taken = end if end > taken else taken  # noqa: FURB136
        total += taken - then
    return total


def _slant(aside: float) -> float:
    """Return what it costs that a stem does not go straight up."""
    return KINK + abs(aside) * SLANT if abs(aside) > STRAIGHT else 0.0


def _settled(placed: Sequence[Placed], width: float) -> list[Placed]:
    """Move the stems as near to their times as their order and levels allow.

    They may be pushed apart to the right only, or to the left only. Half way between the two, the
    labels are as far apart as they must be, too, and a crowd is spread to both its sides.
    """
    back = _mirrored(placed, width)
    right = _pushed(placed, [each.flag.x for each in placed])
    left = _flipped(_pushed(back, [width - each.flag.x for each in back]), width)
    ways = []
    for part in (0.0, 0.5, 1.0):
        stems = [a + (b - a) * part for a, b in zip(left, right, strict=True)]
        inside = _flipped(_pushed(placed, stems), width)  # of the left end; then of the right
        ways.append(_flipped(_pushed(back, inside), width))

    def cost(stems: Sequence[float]) -> float:
        return sum([_slant(stem - each.flag.x) for stem, each in zip(stems, placed, strict=True)])

    best = min(ways, key=cost)
    settled = zip(_mirrored(back, width), best, strict=True)
    return [each._replace(stem=stem) for each, stem in settled]


def _mirrored(placed: Sequence[Placed], width: float) -> list[Placed]:
    return [
        each._replace(stem=width - each.stem, before=each.flag.wide - each.before)
        for each in reversed(placed)
    ]


def _flipped(stems: Sequence[float], width: float) -> list[float]:
    return [width - stem for stem in reversed(stems)]


def _pushed(placed: Sequence[Placed], wanted: Sequence[float]) -> list[float]:
    """Return where the labels' stems are: where they are wanted, or as little right as need be."""
    count = 1 + max((each.level for each in placed), default=0)
    sides = [EMPTY] * count, [EMPTY] * count
    stems = []
    for (flag, above, level, _, before), stem in zip(placed, wanted, strict=True):
        side = sides[above]
        stems.append(max(stem, _free(side, level, before)))
        side[level] = (stems[-1] - before + flag.wide, stems[-1], 0.0)
    return stems
