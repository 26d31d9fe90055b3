"""Labels on stems -> their places above and below an axis, where none hides another."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuilder.writers.pdf.drafts import (
    EMPTY,
    FULLEST,
    KINK,
    SLANT,
    STRAIGHT,
    Flag,
    Level,
    Placed,
    drafted,
    early_times,
    near_times,
)
from deckbuilder.writers.pdf.theme_timeline import APART, CLEAR

FULL = 0.55  # part of all room: where labels take more, few crowds are placed at or after its times


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
    share = used / FULLEST / count
    mirrored = [flag._replace(x=width - flag.x) for flag in reversed(flags)]
    # labels can only be pushed away from where the filling begins: that is the fuller end
    from_right = _pushed_aside(mirrored, width, share) < _pushed_aside(flags, width, share)
    filled = mirrored if from_right else flags
    for early in (True,) if used > FULL * width else (False, True):
        near = early_times(filled, width) if early else near_times(filled, width, share)
        if draft := drafted(filled, near, width, levels):
            cost, placed = draft
            placed = _mirrored(placed, width) if from_right else placed
            own = [each._replace(flag=flag) for each, flag in zip(placed, flags, strict=True)]
            return cost, _settled(own, width)
    return None


def _pushed_aside(flags: Sequence[Flag], width: float, share: float) -> float:
    near = near_times(flags, width, share)
    return sum(flag.x - x for flag, x in zip(flags, near, strict=True))


def _free(side: Sequence[Level], level: int, before: float) -> float:
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
