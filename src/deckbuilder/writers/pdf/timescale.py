"""Times -> an axis: its range, the ticks on it and their words."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from deckbuilder.phrases import Phrases
from deckbuilder.when import MOMENT_LENGTH
from deckbuilder.writers.pdf.theme_timeline import MOST_TICKS, TICKS_APART

YEAR, MONTH, DAY = 1.0, 1 / 12, 1 / 372  # a month is 31 days long here, as in `when`
# (unit, every so many of it a tick with its words, every so many one without)
STEPS = (
    (DAY, 1, 1), (DAY, 2, 1), (DAY, 5, 1), (DAY, 10, 5), (DAY, 15, 5),
    (MONTH, 1, 1), (MONTH, 2, 1), (MONTH, 3, 1), (MONTH, 6, 1),
    (YEAR, 1, 1), (YEAR, 2, 1), (YEAR, 5, 1), (YEAR, 10, 5), (YEAR, 20, 10), (YEAR, 25, 5),
    (YEAR, 50, 10), (YEAR, 100, 50), (YEAR, 200, 100), (YEAR, 250, 50), (YEAR, 500, 100),
    (YEAR, 1000, 500), (YEAR, 2000, 1000), (YEAR, 5000, 1000),
)  # fmt: skip
LEAST = 5  # units: the shortest range, so that one year alone does not fill the axis

Stretch = tuple[float, float]


class Tick(NamedTuple):
    """A round time, and where its words begin; "" without words."""

    x: float
    words: str
    left: float
    wide: float


class Scale(NamedTuple):
    """An axis. `unit`: what lasts longer than this shows as a span, all else as a point."""

    first: float
    last: float
    width: float
    unit: float
    ticks: tuple[Tick, ...] = ()

    def x(self, time: float) -> float:
        """Return where on the axis a time is."""
        return (time - self.first) / (self.last - self.first) * self.width


def make_scale(
    marks: Sequence[Stretch],
    bands: Sequence[Stretch],
    width: float,
    say: Phrases,
    measure: Callable[[str], float],
) -> Scale:
    """Return the axis for marks and bands; `measure` tells how wide a tick's words are."""
    finest = min(_precision(stretch) for stretch in (*marks, *bands))
    for unit, count, fine in STEPS:
        scale = Scale(*_range(marks, bands, unit, finest), width, unit)
        if unit < finest or scale.last - scale.first > (MOST_TICKS + 1) * unit * count:
            continue
        ticks = [_tick(scale, at, text, measure) for at, text in _times(scale, count, say)]
        short = [Tick(scale.x(at), "", 0.0, 0.0) for at, _ in _times(scale, fine, say)]
        if len(ticks) <= MOST_TICKS and _apart(ticks):
            break
    return scale._replace(ticks=(*short, *ticks))


def _range(
    marks: Sequence[Stretch], bands: Sequence[Stretch], unit: float, finest: float
) -> Stretch:
    """Return from when to when the axis goes; what does not last a unit only begins on it."""
    first = min(start for start, _ in (*marks, *bands))
    ends = [end for _, end in bands]
    last = max(ends + [end if lasts((start, end), unit) else start for start, end in marks])
    spare = max(LEAST * finest - (last - first), 0.0) / 2
    return first - spare, last + spare


def lasts(stretch: Stretch, unit: float) -> bool:
    """Tell whether a stretch is longer than a unit."""
    return stretch[1] - stretch[0] > unit * 1.001


def _precision(stretch: Stretch) -> float:
    """Return the largest unit that a time is given in."""
    vague = abs(stretch[1] - stretch[0] - MOMENT_LENGTH) < 1e-6  # "after 1934": one end is a year's
    enough = any if vague else all
    for unit in (YEAR, MONTH):
        if enough(abs(end / unit - round(end / unit)) < 1e-6 for end in stretch):
            return unit
    return DAY


def _tick(scale: Scale, time: float, text: str, measure: Callable[[str], float]) -> Tick:
    x, wide = scale.x(time), measure(text)
    return Tick(x, text, min(max(x - wide / 2, 0.0), scale.width - wide), wide)


def _apart(ticks: Sequence[Tick]) -> bool:
    return all(one.left + one.wide + TICKS_APART <= two.left for one, two in pairwise(ticks))


def _times(scale: Scale, count: int, say: Phrases) -> Iterator[tuple[float, str]]:
    """Yield the scale's round times, every `count` of its unit, with their words."""
    steps = {YEAR: _years, MONTH: _months, DAY: _days}[scale.unit]
    for time, text in steps(scale, count, say):
        if scale.first - 1e-9 <= time <= scale.last + 1e-9:
            yield time, text


def _years(scale: Scale, count: int, say: Phrases) -> Iterator[tuple[float, str]]:
    for number in range(math.floor(scale.first / count) - 1, math.ceil(scale.last / count) + 1):
        if number:
            year = number * count if number > 0 else number * count + 1  # there is no year 0
            yield float(year), _year_words(year, say)
        elif count > 2:
            yield 1.0, "1"


def _months(scale: Scale, count: int, say: Phrases) -> Iterator[tuple[float, str]]:
    for number in range(math.floor(scale.first * 12), math.ceil(scale.last * 12) + 1):
        year, month = divmod(number, 12)
        if month % count == 0:
            yield number / 12, say.months[month] if month else _year_words(year, say)


def _days(scale: Scale, count: int, say: Phrases) -> Iterator[tuple[float, str]]:
    for time, text in _months(scale, 1, say):
        year, month = divmod(round(time * 12), 12)
        long = monthrange(year if year > 0 else 2000, month + 1)[1]
        yield time, text
        for day in range(count, 32 - count, count):
            if day < long:
                yield time + day * DAY, str(day + 1)


def _year_words(year: int, say: Phrases) -> str:
    return str(year) if year > 0 else f"{1 - year} {say.bc[0]}"


def lanes(stretches: Sequence[Stretch]) -> list[int]:
    """Return for each stretch, in the order of their starts, the first lane where it is alone."""
    ends: list[float] = []
    out = []
    for start, end in stretches:
        lane = next((n for n, until in enumerate(ends) if until <= start), len(ends))
        ends[lane : lane + 1] = [end]
        out.append(lane)
    return out
