"""The times of a deck -> a figure of periods, topics and events; in large type, a list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from deckbuilder.model import Content, Deck, Period, on_sheet, texts, without_gaps
from deckbuilder.text.tree import Text, Words, plain, words
from deckbuilder.writers.pdf.axis import (
    Entry,
    Figure,
    Label,
    Side,
    arranged,
    spans,
)
from deckbuilder.writers.pdf.lines import Line, Run, break_lines, set_text
from deckbuilder.writers.pdf.strips import Strip, baseline, draw_runs, draw_runs_tagged, spaced
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, BAND, INK, PAPER, QUIET, TINT, WARM, Style, Theme
from deckbuilder.writers.pdf.theme_timeline import (
    AXIS_WEIGHT,
    BAND_LINE,
    BAR,
    BAR_LANE,
    DATE_SPACE,
    DATES,
    EVENT,
    FRAME_WEIGHT,
    PERIOD,
    ROW_PADDING,
    SHORT_TICK,
    SPAN_WEIGHT,
    STEM_SPACE,
    TICK,
    TICK_ROOM,
    TICK_WEIGHT,
    TOPIC,
)
from deckbuilder.writers.pdf.timescale import YEAR, Stretch, lanes


def timeline(deck: Deck, theme: Theme, parent: Element) -> tuple[list[Strip], list[Strip]]:
    """Return the figure, as wide as the page, or else the rows of a list, as wide as a column.

    There is neither where fewer than two things have a time.
    """
    entries, periods = _dated(deck), sorted(map(_period, deck.periods), key=_time)
    if len(entries) + len(periods) < 2:
        return [], []
    figure = None
    if not theme.vertical_timeline:
        figure = arranged(entries, periods, theme, deck.phrases)
    if figure is None:
        return [], _list(entries, periods, theme, parent)
    element = parent.add("Figure", alt=_in_words(deck, entries, periods))
    return [Strip(figure.height, partial(_draw, figure, element), theme.unit)], []


def _dated(deck: Deck) -> list[Entry]:
    """Return topics and events in the order of time."""
    found = [
        Entry((topic.when.start, topic.when.end), topic.when.text, topic.title, TOPIC)
        for topic in deck.topics
        if topic.when
    ]
    own = {topic.id: topic.when for topic in deck.topics}
    for fact in on_sheet(deck):
        when = fact.parts.when
        if when and when != own[fact.topic]:  # else it shares its topic's mark
            label = _label(fact.parts.statement)
            found.append(Entry((when.start, when.end), when.text, label, EVENT))
    return sorted(found, key=_time)


def _label(statement: Content) -> Text:
    """Return a statement without its full stop, its key words like all others."""
    nodes = [node for text in texts(without_gaps(statement)) for node in (Words(" "), *text)][1:]
    last = nodes[-1] if nodes else None
    if isinstance(last, Words) and last.text.endswith("."):
        nodes[-1] = Words(last.text.rstrip("."))
    return tuple(nodes)


def _period(period: Period) -> Entry:
    """Return a period as an entry; "to 1930" is where "from 1930" begins."""
    start, end = period.start.start, period.end
    meets = start < end.start and end.end - end.start <= YEAR
    date = f"{period.start.text} – {end.text}"
    return Entry((start, end.start if meets else end.end), date, period.title, PERIOD)


def _time(entry: Entry) -> Stretch:
    return entry.stretch


def _in_words(deck: Deck, entries: Sequence[Entry], periods: Sequence[Entry]) -> str:
    """Return what the figure shows, for those who cannot see it."""
    bands = [f"{plain(period.text)}: {period.date}" for period in periods]
    rows = [f"{entry.date}: {plain(entry.text)}" for entry in entries]
    return f"{deck.phrases.timeline}. {'; '.join([*bands, *rows])}."


# ---------------------------------------------------------------------------- the figure


def _draw(figure: Figure, element: Element, canvas: TaggedCanvas, left: float, top: float) -> None:
    right, dot = left + figure.scale.width, TOPIC.dot * figure.theme.base
    box = [left - dot, top - figure.height, right + dot, top]
    element.attributes["Layout"] = {"BBox": box, "Placement": "Block"}
    canvas.saveState()
    canvas.translate(left, top - figure.above.height - figure.bar)
    sides = (figure.above, figure.bar, 1), (figure.below, 0.0, -1)
    with canvas.tag(element):
        _draw_bands(canvas, figure)
        for side, edge, out in sides:
            for label in side.labels:
                _draw_stem(canvas, figure, side, label, edge, out)
        _draw_ticks(canvas, figure)
        style = figure.unit.style("event")
        for side, edge, out in sides:
            for label in side.labels:
                near, tall = side.levels[label.placed.level], label.placed.flag.tall
                top = edge + near + tall if out > 0 else edge - near
                _draw_words(canvas, label, style, top)
    canvas.restoreState()


def _draw_bands(canvas: TaggedCanvas, figure: Figure) -> None:
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(FRAME_WEIGHT if figure.bands else AXIS_WEIGHT)
    canvas.rect(0, 0, figure.scale.width, figure.bar)
    for band in figure.bands:
        canvas.setFillColor(figure.theme.tint(band.tint))
        canvas.rect(band.left, band.base, band.right - band.left, band.tall, fill=1)
        lead = BAND_LINE * figure.theme.base
        y = band.base + band.tall / 2 + (len(band.lines) - 1) / 2 * lead
        y -= 0.34 * figure.unit.style("band").size * band.size  # the letters' middle is on the line
        for number, line in enumerate(band.lines):
            x = (band.left + band.right - line.width * band.size) / 2
            draw_runs(canvas, _sized(line, band.size), x, y - number * lead)


def _draw_stem(
    canvas: TaggedCanvas, figure: Figure, side: Side, label: Label, edge: float, out: int
) -> None:
    """Draw a mark and its stem outwards from an edge of the axis: `out` is 1 above, -1 below."""
    entry, placed, scale = label.entry, label.placed, figure.scale
    far = side.levels[placed.level]
    if placed.before in (0.0, placed.flag.wide):  # else it ends where the words begin
        far += placed.flag.tall
    foot = edge + out * side.spans.get(entry.stretch, 0.0)
    bends = (placed.flag.x, side.fan[0]), (placed.stem, side.fan[1]), (placed.stem, far)
    path = canvas.beginPath()
    path.moveTo(placed.flag.x, foot)
    for x, distance in bends:
        path.lineTo(x, edge + out * distance)
    canvas.setStrokeColor(entry.look.color)
    canvas.setFillColor(entry.look.color)
    canvas.setLineWidth(entry.look.weight)
    canvas.drawPath(path)
    if spans(entry, scale):
        start, end = map(scale.x, entry.stretch)
        canvas.setLineWidth(SPAN_WEIGHT)
        canvas.line(start, foot, end, foot)
    elif entry.look.dot:
        canvas.circle(placed.flag.x, edge, entry.look.dot * figure.theme.base, stroke=0, fill=1)


def _draw_ticks(canvas: TaggedCanvas, figure: Figure) -> None:
    style, base = figure.theme.style("tick"), figure.theme.base
    depth = figure.below.fan[0] - TICK_ROOM * base  # below the spans
    canvas.setStrokeColor(QUIET)
    canvas.setLineWidth(TICK_WEIGHT)
    for tick in figure.scale.ticks:
        canvas.line(tick.x, 0, tick.x, -depth - (TICK if tick.words else SHORT_TICK) * base)
    y = -depth - TICK * base - style.size
    canvas.setFillColor(PAPER)
    for tick in figure.scale.ticks:
        if tick.words:  # stems pass behind them
            canvas.rect(tick.left - 1, y - 1, tick.wide + 2, style.size, stroke=0, fill=1)
    for tick in figure.scale.ticks:
        if tick.words:
            draw_runs(canvas, set_text(words(f"{tick.words} "), style), tick.left, y)


def _draw_words(canvas: TaggedCanvas, label: Label, style: Style, top: float) -> None:
    """Draw a label's lines; `style` is that of a body of 1, as the lines are."""
    placed = label.placed
    for number, line in enumerate(label.lines):
        x = placed.left + (STEM_SPACE if placed.before == 0 else 0.0)
        if placed.before == placed.flag.wide:  # set against the stem
            x = placed.stem - STEM_SPACE - line.width * label.size
        y = top - (number * style.leading + baseline(style)) * label.size
        draw_runs(canvas, _sized(line, label.size), x, y)


def _sized(line: Line, size: float) -> list[Run]:
    """Return the runs of a line that was broken at a size of 1, and a space."""
    return [replace(run, size=run.size * size, rise=run.rise * size) for run in spaced(line)]


# ---------------------------------------------------------------------------- the list


def _list(
    entries: Sequence[Entry], periods: Sequence[Entry], theme: Theme, parent: Element
) -> list[Strip]:
    """Return a strip for each entry down an axis, each period before what happens in it.

    A list may be longer than a page.
    """
    rows = sorted([*periods, *entries], key=lambda row: (row.stretch[0], row.look is not PERIOD))
    rooms = lanes([period.stretch for period in periods])
    axis = (max(rooms, default=-1) + 1.5) * BAR_LANE * theme.unit
    date = theme.style("date")
    dates = max(sum(run.width for run in set_text(words(row.date), date)) for row in rows)
    columns = axis, axis + DATE_SPACE * theme.unit, min(dates + 1.0, DATES * theme.column)
    parent = parent.add("L", attributes={"List": {"ListNumbering": "None"}})
    strips = []
    for row in rows:
        start, _ = row.stretch
        held = zip(rooms, periods, strict=True)
        around = {lane: each for lane, each in held if each.stretch[0] <= start <= each.stretch[1]}
        strips.append(_row(row, around, columns, theme, parent.add("LI")))
    return [*strips[:-1], replace(strips[-1], stay=False)]


def _row(
    row: Entry,
    around: dict[int, Entry],
    columns: tuple[float, float, float],
    theme: Theme,
    item: Element,
) -> Strip:
    """Return a row of the list.

    Args:
        row: what it is about.
        around: the periods that it lies in, by their lanes left of the axis.
        columns: where the axis is, where dates begin, and how wide they are.
        theme: the sizes.
        item: the element of the row.
    """
    axis, at, dates = columns
    indent = at + dates + DATE_SPACE * theme.unit
    style, label, body = theme.style("body"), item.add("Lbl"), item.add("LBody")
    color = ACCENT if row.look is PERIOD else WARM
    face = "Sans" if row.look is EVENT else "Sans-Bold"
    name = replace(style, face=face, color=ACCENT if row.look is PERIOD else INK)
    when = break_lines(set_text(words(row.date), replace(theme.style("date"), color=color)), dates)
    what = break_lines(set_text(row.text, name, flat=True), theme.column - indent)
    pad = ROW_PADDING * theme.unit
    tall = max(len(when), len(what)) * style.leading + 2 * pad

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.setFillColor(BAND)  # narrow, and without it nothing would tell how long a period is
        wide = BAR_LANE * theme.unit
        for lane, period in around.items():
            long = tall - (pad if period is row else 0.0)  # apart from the period before
            canvas.rect(left + lane * wide, top - tall, BAR * wide, long, stroke=0, fill=1)
        x, y = left + axis, top - pad - style.leading / 2
        if row.look is PERIOD:
            canvas.setFillColor(theme.tint(TINT))
            canvas.rect(x, top - tall, theme.column - axis, tall, stroke=0, fill=1)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(AXIS_WEIGHT)
        canvas.line(x, top, x, top - tall)
        canvas.setFillColor(color)
        if row.look.dot:
            canvas.circle(x, y, row.look.dot * theme.base, stroke=0, fill=1)
        for lines, element, from_left in ((when, label, at), (what, body, indent)):
            for number, line in enumerate(lines):
                below = top - pad - number * style.leading - baseline(style)
                whole = replace(line, spaced=True)  # apart from what is read next
                draw_runs_tagged(canvas, whole, element, left + from_left, below)

    return Strip(tall, draw, stay=row.look is PERIOD)
