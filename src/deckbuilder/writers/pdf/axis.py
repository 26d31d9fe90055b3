"""Entries and periods -> the figure of a timeline: bands on an axis, labels above and below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import Text
from deckbuilder.writers.pdf.blemishes import Blemish
from deckbuilder.writers.pdf.drafts import STRAIGHT
from deckbuilder.writers.pdf.fonts import width
from deckbuilder.writers.pdf.lines import break_lines, widest_word
from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.runs import Line, set_text
from deckbuilder.writers.pdf.theme import SMALLEST, Theme
from deckbuilder.writers.pdf.theme_timeline import (
    BAND_LINE,
    BAND_PADDING,
    BANDS,
    CROWDED,
    EVENT,
    FAN,
    FAN_MOST,
    FAN_SLOPE,
    GAP,
    HIGHEST,
    LOW,
    MOST,
    PERIOD,
    SIZES,
    SPAN_LANE,
    STEM_SPACE,
    TICK_ROOM,
    TOPIC,
)
from deckbuilder.writers.pdf.timeline_labels import Entry, Label, labels_of, mark, spans
from deckbuilder.writers.pdf.timescale import Scale, Stretch, lanes, make_scale


class Band(NamedTuple):
    """A period on the axis, `base` points above it. Without lines, its title stands elsewhere."""

    entry: Entry
    left: float
    right: float
    base: float
    tall: float
    tint: Color
    lines: tuple[Line, ...]
    size: float


class Side(NamedTuple):
    """What stands on one side of the axis. All distances are from the axis outwards."""

    labels: tuple[Label, ...]
    spans: dict[Stretch, float]
    fan: tuple[float, float]  # where stems move aside
    levels: tuple[float, ...]
    height: float


class Figure(NamedTuple):
    """Everything in its place. `bar`: how high the bands are.

    Labels are broken into lines at a body of 1, in the theme `unit`: once for all that are tried.
    """

    theme: Theme
    unit: Theme
    scale: Scale
    bands: tuple[Band, ...]
    bar: float
    above: Side
    below: Side

    @property
    def height(self) -> float:
        """In points."""
        return self.above.height + self.bar + self.below.height

    @property
    def blemishes(self) -> tuple[Blemish, ...]:
        """What in its labels is not as its reader needs it."""
        labels = (*self.above.labels, *self.below.labels)
        return tuple([blemish for label in labels for blemish in label.blemishes])


def arranged(
    entries: Sequence[Entry],
    periods: Sequence[Entry],
    theme: Theme,
    say: Phrases,
    heights: tuple[float, float] = (LOW, HIGHEST),
    sizes: Sequence[float] = SIZES,
    apart: float = 0.0,
) -> Figure | None:
    """Return the figure in the largest type in which it is low, or else the lowest, if any.

    `heights`: of the page's height, what is low, and what is still a figure.
    `sizes`: of the labels, × the body's, as `SIZES`.
    `apart`: how far they are from each other at least, × their size.
    """
    if len(entries) > MOST:
        return None
    tick, base, unit = theme.style("tick"), theme.base, replace(theme, base=1.0)
    marks, bands_at = ([entry.stretch for entry in some] for some in (entries, periods))
    scale = make_scale(
        marks, bands_at, theme.width, say, lambda text: width(text, tick.face) * tick.size
    )
    bands = tuple(_bands(periods, scale, theme, unit))
    bar = max((band.base + band.tall for band in bands), default=0.0)
    labelled = [*entries, *(band.entry for band in bands if not band.lines)]
    labelled.sort(key=lambda entry: mark(entry, scale))
    smallest = min(unit.style(look.style).size for look in (TOPIC, EVENT, PERIOD))
    least = max(SMALLEST, theme.least) / smallest
    low, highest = (part * theme.paper[1] for part in heights)
    found: list[Figure] = []
    for size in dict.fromkeys(max(base * s, least) for s in sizes[len(labelled) > CROWDED :]):
        labels = labels_of(labelled, scale, size, unit, apart * size, highest - bar)
        if labels is None:
            continue
        above = _side([label for label in labels if label.placed.above], scale, base, 0.0)
        below = [label for label in labels if not label.placed.above]
        sides = above, _side(below, scale, base, TICK_ROOM * base)
        found.append(Figure(theme, unit, scale, bands, bar, *sides))
        if found[-1].height <= low:
            return found[-1]
    lowest = min(found, key=lambda figure: figure.height, default=None)
    return lowest if lowest and lowest.height <= highest else None


# ---------------------------------------------------------------------------- bands


def _bands(periods: Sequence[Entry], scale: Scale, theme: Theme, unit: Theme) -> list[Band]:
    """Return the bands, in as many rows as periods overlap."""
    rows = lanes([period.stretch for period in periods])
    bands: list[Band] = []
    base = 0.0
    for row in range(1 + max(rows, default=-1)):
        own: list[Band] = []
        for period, where in zip(periods, rows, strict=True):
            if where == row:
                left, right = map(scale.x, period.stretch)
                lines, size = _title(period.text, right - left, theme, unit)
                tint = BANDS[len(own) % len(BANDS)]
                own.append(Band(period, left, right, base, 0.0, tint, lines, size))
        tall = (BAND_PADDING + max(1, *(len(b.lines) for b in own)) * BAND_LINE) * theme.base
        bands += [band._replace(tall=tall) for band in own]
        base += tall
    return bands


def _title(text: Text, room: float, theme: Theme, unit: Theme) -> tuple[tuple[Line, ...], float]:
    """Return the lines of a band's title and their size: one line or two, smaller if need be."""
    style = unit.style("band")
    runs = set_text(text, style, flat=True)
    longest = widest_word(runs)
    least = max(SMALLEST, theme.least) / style.size
    for most in (1, 2):
        for size in (max(least, theme.base), max(least, SIZES[1] * theme.base)):
            measure = (room - 2 * STEM_SPACE) / size
            lines = break_lines(runs, measure) if longest <= measure else ()
            if 0 < len(lines) <= most:
                return lines, size
    return (), theme.base


# ---------------------------------------------------------------------------- sides


def _side(labels: Sequence[Label], scale: Scale, base: float, clear: float) -> Side:
    """Stack the labels of one side, leaving `clear` points free for the words of ticks."""
    lasting = sorted({label.entry.stretch for label in labels if spans(label.entry, scale, base)})
    lane_of = dict(zip(lasting, lanes(lasting), strict=True))
    start = clear + (1 + max(lane_of.values(), default=-1)) * SPAN_LANE * base
    far = max((abs(label.placed.stem - label.placed.flag.x) for label in labels), default=0.0)
    fan = min(FAN * base + FAN_SLOPE * far, FAN_MOST * base) if far > STRAIGHT else 0.0
    levels, height = [], start + fan
    for level in range(1 + max((label.placed.level for label in labels), default=-1)):
        levels.append(height + GAP * base)
        own = [label.placed.flag.tall for label in labels if label.placed.level == level]
        height = levels[-1] + max(own, default=0.0)
    lines = {stretch: (lane + 0.7) * SPAN_LANE * base for stretch, lane in lane_of.items()}
    return Side(tuple(labels), lines, (start, start + fan), tuple(levels), height)
