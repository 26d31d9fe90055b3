"""Entries of a timeline -> their labels: the words of each in lines, and where these stand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from deckbuilder.model import Fact, Period, Topic
from deckbuilder.text.tree import Text, words
from deckbuilder.writers.pdf.blemishes import Blemish, SmallFormula, Whose, belonging
from deckbuilder.writers.pdf.drafts import Flag, Placed
from deckbuilder.writers.pdf.flags import place
from deckbuilder.writers.pdf.fonts import width
from deckbuilder.writers.pdf.lines import break_lines
from deckbuilder.writers.pdf.runs import Blemished, Line, Run, blemishes_of, set_text, width_of
from deckbuilder.writers.pdf.strips import apart, baseline
from deckbuilder.writers.pdf.theme import ACCENT, QUIET, Style, Theme
from deckbuilder.writers.pdf.theme_timeline import (
    APART,
    CROWDED,
    CROWDED_MEASURES,
    DENSEST,
    LEVELS,
    MEASURES,
    PARTED,
    PERIOD,
    SHORTEST_SPAN,
    STEM_SPACE,
    WHOLE_DATE,
    Look,
)
from deckbuilder.writers.pdf.ties import SEAMS
from deckbuilder.writers.pdf.timescale import Scale, Stretch, lasts

# where a label's lines end; where that leaves a word too long, before a year as well
SPACE = re.compile(" ")
LONGEST_WORD = 1.5  # times the widest line: as a whole it takes less room than cut
SHORT = 15  # characters: of a date that is never parted
PARTING = re.compile(f" |{SEAMS[0].pattern}")


class Entry(NamedTuple):
    """Something at a time: a topic, an event, a period.

    `number` stands before its date, `more` below its text, if there is something; `whose`
    text it is.
    """

    stretch: Stretch
    date: str
    text: Text
    look: Look
    number: str = ""
    more: Text = ()
    whose: Fact | Topic | Period | None = None


class Label(NamedTuple):
    """An entry's words in their place; the lines are to be drawn `size` times as large."""

    entry: Entry
    placed: Placed
    lines: tuple[Line, ...]
    size: float

    @property
    def blemishes(self) -> tuple[Blemish, ...]:
        """What in it is not as its reader needs it, formulas in the size that they are drawn."""
        return tuple([
            each._replace(size=each.size * self.size) if isinstance(each, SmallFormula) else each
            for each in blemishes_of(self.lines)
        ])  # fmt: skip


def labels_of(
    entries: Sequence[Entry], scale: Scale, size: float, unit: Theme, apart: float, highest: float
) -> list[Label] | None:
    """Return the labels in their places, at the measure with which they fit best, if they fit.

    `apart`: how far from each other, in points, if that is more than usual.
    `highest`: of a figure, without its bands, in points; a crowd that fills too much of that is not
    placed, as it would be higher: to try took 13 % of the time of a sheet of 1,000 facts.
    """
    ways = [*_ways(entries, scale, size, unit)]
    if len(entries) > CROWDED:
        most = DENSEST * highest * scale.width
        ways = [way for way in ways if _filled(way[1], apart) <= most]
    for levels in LEVELS:
        found = []
        for lines, flags, extra in ways:
            if places := _placed(flags, scale.width, levels, max(apart / APART, 1.0)):
                found.append((places[0] + extra, places[1], lines))
        if found:
            _, placed, lines = min(found, key=lambda each: each[0])
            return [Label(*each, size) for each in zip(entries, placed, lines, strict=True)]
    return None


def _ways(
    entries: Sequence[Entry], scale: Scale, size: float, unit: Theme
) -> Iterator[tuple[list[tuple[Line, ...]], tuple[Flag, ...], float]]:
    """Yield the lines of all labels at each measure, how much room they take, what else it costs.

    Where dates are wide they are tried as a whole and, which costs something, parted.
    """
    style = unit.style("event")
    for measure in CROWDED_MEASURES if len(entries) > CROWDED else MEASURES:
        lines = [_lines(entry, measure, unit) for entry in entries]
        whole = [
            _lines(entry, measure, unit, whole=True) if len(entry.date) > SHORT else parted
            for entry, parted in zip(entries, lines, strict=True)
        ]
        parted = sum(len(a) != len(b) for a, b in zip(lines, whole, strict=True))
        for way in [whole, lines] if parted else [lines]:
            pairs = zip(entries, way, strict=True)
            flags = tuple(_flag(*pair, size, style, scale) for pair in pairs)
            yield way, flags, PARTED * parted if way is lines else 0.0


def _filled(flags: Sequence[Flag], apart: float) -> float:
    """Return what area labels fill, with what is free to the next one on their level."""
    return sum([(flag.wide + max(apart, APART)) * flag.tall for flag in flags])


def _placed(
    flags: tuple[Flag, ...], width: float, levels: int, by: float
) -> tuple[float, list[Placed]] | None:
    """Return what it costs, and places for labels, `by` so much further from each other."""
    if by == 1.0:
        return _places(flags, width, levels)
    smaller = tuple(Flag(f.x / by, f.wide / by, f.tall / by, f.above) for f in flags)
    if not (found := _places(smaller, width / by, levels)):
        return None
    cost, places = found
    return cost, [
        each._replace(
            flag=flag,
            stem=each.stem * by,
            before=flag.wide if each.before == each.flag.wide else each.before * by,
        )
        for each, flag in zip(places, flags, strict=True)
    ]


_places = lru_cache(64)(place)  # each size of a sheet is tried again with narrower spaces


def _flag(entry: Entry, lines: Sequence[Line], size: float, style: Style, scale: Scale) -> Flag:
    wide = max(line.width for line in lines) * size + STEM_SPACE
    return Flag(mark(entry, scale), wide, downs(lines, style)[-1] * size, entry.look.above)


def downs(lines: Sequence[Line], style: Style) -> list[float]:
    """Return how far below their top lines stand, and how high they are: they move for formulas."""
    found, high = list[float](), 0.0
    for line in lines:
        up, down = apart(line, style)
        found.append(high + up + baseline(style))
        high += up + style.leading + down
    return [*found, high]


def mark(entry: Entry, scale: Scale) -> float:
    """Return where an entry's stem begins: at its time, or amid the time it lasts."""
    start, end = map(scale.x, entry.stretch)
    amid = entry.look is PERIOD or lasts(entry.stretch, scale.unit)
    return (start + end) / 2 if amid else start


def spans(entry: Entry, scale: Scale, base: float) -> bool:
    """Tell whether an entry lasts long enough to be seen as more than a point."""
    start, end = map(scale.x, entry.stretch)
    seen = lasts(entry.stretch, scale.unit) and end - start >= SHORTEST_SPAN * base
    return seen and entry.look is not PERIOD


@lru_cache(1024)
def _lines(entry: Entry, measure: float, unit: Theme, *, whole: bool = False) -> tuple[Line, ...]:
    """Return the lines of a label, none much longer than the others but for a `whole` date."""
    date = unit.style("event-date", color=entry.look.color)
    name = unit.style(entry.look.style, color=entry.look.ink)
    opening = set_text(words(entry.date), date)
    if entry.number:
        number = words(f"{entry.number}\u2002")
        opening = (*set_text(number, unit.style("event-date", color=ACCENT)), *opening)
    ranges = any(" " in run.text for run in opening)  # the words of one date are tied
    holds = whole and not ranges and width_of(opening) <= WHOLE_DATE
    dated = (Line(opening, spaced=False),) if holds else _balanced(opening, measure)
    text = set_text(entry.text, name)
    lines = _owned((*(() if entry.look is PERIOD else dated), *_balanced(text, measure)), entry)
    if entry.more:
        more = set_text(entry.more, unit.style(entry.look.style, color=QUIET))
        lines += _owned(_balanced(more, measure), entry, "summary")
    return lines


def _owned(lines: tuple[Line, ...], entry: Entry, key: str = "title") -> tuple[Line, ...]:
    """Note of blemishes in an entry's lines whose they are; return the lines."""
    for line in lines:
        if isinstance(line, Blemished) and entry.whose:
            line.blemishes = belonging(line.blemishes, Whose(entry.whose, key))
    return lines


def _balanced(runs: tuple[Run, ...], measure: float) -> tuple[Line, ...]:
    parts = _word_widths(runs, SPACE)
    if max(parts) > MEASURES[0]:  # a date, or the like, that no line holds parts where it may
        parts = _word_widths(runs, PARTING)
    high = max(measure, *parts)
    if high > LONGEST_WORD * MEASURES[0]:  # it is cut evenly, and no other word for it
        cut = math.ceil(high / MEASURES[0])
        whole = max((part for part in parts if part <= MEASURES[0]), default=0.0)
        return break_lines(runs, max(high / cut * 1.05, whole))
    low, space = max(parts), width(" ", "Sans")
    count = _rows(parts, high, space)
    for _ in range(6):
        middle = (low + high) / 2
        low, high = (low, middle) if _rows(parts, middle, space) <= count else (middle, high)
    return break_lines(runs, high)


def _word_widths(runs: Sequence[Run], space: re.Pattern[str]) -> list[float]:
    widths = [0.0]
    for run in runs:
        if run.formula:  # its text is TeX
            widths[-1] += run.width
            continue
        for number, part in enumerate(space.split(run.text)):
            widths += [0.0] if number else []
            widths[-1] += width(part, run.hand.face) * run.hand.size
    return widths


def _rows(parts: Sequence[float], measure: float, space: float) -> int:
    """Return how many lines words of these widths take at about this measure."""
    count, used = 1, -space
    for part in parts:
        used += space + part
        if used > measure:
            count, used = count + 1, part
    return count
