"""The times of a deck -> a figure of periods, topics and events; in large type, a list of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from deckbuilder.content import texts, without_gaps
from deckbuilder.model import Deck, Fact, Period, Topic, on_sheet
from deckbuilder.phrases import Phrases
from deckbuilder.phrases.stops import unstopped
from deckbuilder.text.raised import in_a_line
from deckbuilder.text.tree import Words, words
from deckbuilder.when import When
from deckbuilder.writers.pdf.axis import Figure, arranged
from deckbuilder.writers.pdf.blemishes import owned
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.ink import draw_line, draw_runs
from deckbuilder.writers.pdf.lines import break_lines
from deckbuilder.writers.pdf.parts import NUMBERED
from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.runs import Line, Run, blemishes_of, set_text, width_of
from deckbuilder.writers.pdf.strips import Strip, baseline
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, BAND, INK, TINT, WARM, Theme
from deckbuilder.writers.pdf.theme_timeline import (
    AXIS_WEIGHT,
    BAR,
    BAR_LANE,
    DATE_SPACE,
    DATES,
    EVENT,
    PERIOD,
    ROW_PADDING,
    TOPIC,
)
from deckbuilder.writers.pdf.timeline_figure import draw_figure
from deckbuilder.writers.pdf.timeline_labels import Entry, downs
from deckbuilder.writers.pdf.timescale import YEAR, lanes

TIME = attrgetter("stretch")  # what entries are sorted by
DATED = {"List": {"ListNumbering": "None"}}


def timeline(deck: Deck, theme: Theme, parent: Element) -> tuple[list[Strip], list[Strip]]:
    """Return the figure, as wide as the page, or else the rows of a list, as wide as a column.

    There is neither where fewer than two things have a time.
    """
    entries, periods = _dated(deck), period_entries(deck.periods)
    if len(entries) + len(periods) < 2:
        return [], []
    figure = None
    if not theme.vertical_timeline:
        figure = arranged(entries, periods, theme, deck.phrases)
    if figure is None:
        return [], entry_list(entries, periods, theme, parent)
    element = parent.add("Figure", alt=_in_words(deck, entries, periods))
    draw = partial(_draw, figure, element)
    return [Strip(figure.height, draw, theme.unit, blemishes=figure.blemishes)], []


def _draw(figure: Figure, element: Element, canvas: TaggedCanvas, left: float, top: float) -> None:
    """Draw the figure as one thing, which is told in words."""
    right, dot = left + figure.scale.width, TOPIC.dot * figure.theme.base
    canvas.bounded(element, (left - dot, top - figure.height, right + dot, top))
    with canvas.tag(element):
        draw_figure(figure, lambda _: (None, None), canvas, left, top)


def _dated(deck: Deck) -> list[Entry]:
    """Return topics and events in the order of time."""
    topics = (topic_entry(topic, topic.when) for topic in deck.topics if topic.when)
    events = (event_entry(fact, when, deck.phrases) for fact, when in dated(deck))
    return sorted((*topics, *events), key=TIME)


def listed(deck: Deck) -> list[Entry]:
    """Return what has a time, in the order of a list."""
    return _in_order(_dated(deck), period_entries(deck.periods))


def _in_order(entries: Sequence[Entry], periods: Sequence[Entry]) -> list[Entry]:
    """Return entries by the time they begin, each period before what happens in it."""
    return sorted([*periods, *entries], key=lambda row: (row.stretch[0], row.look is not PERIOD))


def dated(deck: Deck) -> Iterator[tuple[Fact, When]]:
    """Yield the facts of the sheet that have a time, and when that is."""
    return ((fact, fact.parts.when) for fact in on_sheet(deck) if fact.parts.when)


def topic_entry(topic: Topic, when: When) -> Entry:
    """Return a topic at its time."""
    return Entry((when.start, when.end), when.text, topic.title, TOPIC, whose=topic)


def event_entry(fact: Fact, when: When, phrases: Phrases) -> Entry:
    """Return a fact at its time: its statement without its full stop, no word of it bold."""
    statement = without_gaps(fact.parts.statement)
    nodes = [node for text in texts(statement) for node in (Words(" "), *text)][1:]
    last = nodes[-1] if nodes else None
    if isinstance(last, Words):
        nodes[-1] = Words(unstopped(last.text, phrases))
    return Entry((when.start, when.end), when.text, tuple(nodes), EVENT, whose=fact)


def period_entries(periods: Sequence[Period]) -> list[Entry]:
    """Return periods as entries in the order of time.

    One "to 1930" holds that year, or ends where another begins in it.
    """
    entries, begins = [], sorted(period.start.start for period in periods)
    for period in periods:
        start, end = period.start.start, period.end
        first = max(bisect_left(begins, end.start), bisect_right(begins, start))
        meets = end.end - end.start <= YEAR and first < len(begins)
        until = min(begins[first], end.end) if meets else end.end
        date = f"{period.start.text} – {end.text}"
        entries.append(Entry((start, until), date, period.title, PERIOD, whose=period))
    return sorted(entries, key=TIME)


def _in_words(deck: Deck, entries: Sequence[Entry], periods: Sequence[Entry]) -> str:
    """Return what the figure shows, for those who cannot see it."""
    bands = [f"{in_a_line(period.text)}: {period.date}" for period in periods]
    rows = [f"{entry.date}: {in_a_line(entry.text)}" for entry in entries]
    return f"{deck.phrases.timeline}. {'; '.join([*bands, *rows])}."


# ---------------------------------------------------------------------------- the list


class Columns(NamedTuple):
    """Where each row of a list has what, from its left; `dates`: how wide those may be."""

    axis: float
    number: float
    date: float
    words: float
    dates: float


class Row(NamedTuple):
    """A row of a list that has been set; see `_row`. `when` and `what`: its lines.

    `lower`: how much its first line is for a formula.
    """

    entry: Entry
    around: dict[int, Entry]
    columns: Columns
    theme: Theme
    owners: tuple[Element | None, Element]
    color: Color
    when: tuple[Line, ...]
    what: tuple[Line, ...]
    lower: float
    tall: float


def entry_list(
    entries: Sequence[Entry], periods: Sequence[Entry], theme: Theme, parent: Element
) -> list[Strip]:
    """Return a strip for each entry down an axis, each period before what happens in it.

    A list may be longer than a page. Where events have numbers, those alone are its labels: a
    date, which may well look like one, is then text. Else dates are.
    """
    rows = _in_order(entries, periods)
    rooms = lanes([period.stretch for period in periods])
    columns = _columns(rows, max(rooms, default=-1) + 1, theme)
    counted = any(row.number for row in rows)
    parent = parent.add("L", attributes=NUMBERED if counted else DATED)
    strips = []
    for row, around in zip(rows, _around(rows, rooms, periods), strict=True):
        item = parent.add("LI")
        label = item.add("Lbl") if row.number or not counted else None
        strips.append(_row(row, around, columns, theme, (label, item.add("LBody"))))
    return [*strips[:-1], replace(strips[-1], stay=False)]


def _around(
    rows: Iterable[Entry], rooms: Iterable[int], periods: Iterable[Entry]
) -> Iterator[dict[int, Entry]]:
    """Yield the periods that each row lies in, by their lanes; all come in the order of time."""
    ahead, around = deque(zip(rooms, periods, strict=True)), dict[int, Entry]()
    for row in rows:
        start, _ = row.stretch
        while ahead and ahead[0][1].stretch[0] <= start:
            lane, begun = ahead.popleft()
            around.pop(lane, None)  # over by now; the new one comes last, as it began last
            around[lane] = begun
        around = {lane: each for lane, each in around.items() if start < each.stretch[1]}
        yield {**around}  # it is kept, and drawn when the next row is known


def _columns(rows: Sequence[Entry], periods: int, theme: Theme) -> Columns:
    """Return the columns of rows, where so many periods stand side by side."""
    space, date = DATE_SPACE * theme.unit, theme.style("date")
    axis = (periods + 0.5) * BAR_LANE * theme.unit
    at = axis + space + max(width_of(_number(row, theme)) for row in rows)
    widest = max(width_of(set_text(words(row.date), date)) for row in rows)
    dates = min(widest + 1.0, DATES * theme.column)
    return Columns(axis, axis + space, at, at + dates + space, dates)


def _row(
    entry: Entry,
    around: dict[int, Entry],
    columns: Columns,
    theme: Theme,
    owners: tuple[Element | None, Element],
) -> Strip:
    """Return a row of the list.

    Args:
        entry: what it is about.
        around: the periods that it lies in, by their lanes left of the axis.
        columns: where it has what.
        theme: the sizes.
        owners: the elements of its label, if it has one, and of its words.
    """
    color = ACCENT if entry.look is PERIOD else WARM
    face = "Sans" if entry.look is EVENT else "Sans-Bold"
    name = theme.style("body", face=face, color=ACCENT if entry.look is PERIOD else INK)
    date = theme.style("date", color=color)
    when = break_lines(set_text(words(entry.date), date), columns.dates)
    what = break_lines(set_text(entry.text, name), theme.column - columns.words)
    style = theme.style("body")
    first, *_ = downs(what, style)
    lower = first - baseline(style)  # for a formula in the first line, which the date is on, too
    tall = max(lower + downs(when, style)[-1], downs(what, style)[-1])
    tall += 2 * ROW_PADDING * theme.unit
    row = Row(entry, around, columns, theme, owners, color, when, what, lower, tall)
    strip = Strip(
        tall,
        partial(_draw_row, row),
        stay=entry.look is PERIOD,
        blemishes=blemishes_of((*when, *what)),
    )
    return owned([strip], entry.whose, "title")[0] if entry.whose else strip


def _draw_row(row: Row, canvas: TaggedCanvas, left: float, top: float) -> None:
    entry, theme, columns, (label, body) = row.entry, row.theme, row.columns, row.owners
    style, pad = theme.style("body"), ROW_PADDING * theme.unit
    _draw_periods(row, pad, canvas, left, top)
    begin = top - pad - row.lower
    x, y = left + columns.axis, begin - style.leading / 2
    if entry.look is PERIOD:
        canvas.area(theme.tint(TINT), x, top - row.tall, theme.column - columns.axis, row.tall)
    canvas.rule(ACCENT, AXIS_WEIGHT, (x, top), (x, top - row.tall))
    canvas.setFillColor(row.color)
    if entry.look.dot:
        canvas.circle(x, y, entry.look.dot * theme.base, stroke=0, fill=1)
    number = _number(entry, theme)
    if number and label:
        with canvas.tag(label):
            draw_runs(canvas, number, left + columns.number, begin - baseline(style))
    dated = body if number else label or body
    parts = ((row.when, dated, columns.date, begin), (row.what, body, columns.words, top - pad))
    for lines, element, from_left, above in parts:
        for line, down in zip(lines, downs(lines, style), strict=False):
            whole = Line(line.runs, spaced=True)  # apart from what is read next
            draw_line(canvas, whole, element, left + from_left, above - down)


def _draw_periods(row: Row, pad: float, canvas: TaggedCanvas, left: float, top: float) -> None:
    """Draw a piece of each period that a row lies in, left of the axis."""
    canvas.setFillColor(BAND)  # narrow, and without it nothing would tell how long a period is
    wide = BAR_LANE * row.theme.unit
    for lane, period in row.around.items():
        long = row.tall - (pad if period is row.entry else 0.0)  # apart from the period before
        canvas.rect(left + lane * wide, top - row.tall, BAR * wide, long, stroke=0, fill=1)


def _number(entry: Entry, theme: Theme) -> tuple[Run, ...]:
    style = theme.style("date", color=ACCENT)
    return set_text(words(f"{entry.number}\u2002"), style) if entry.number else ()
