"""The figure of a timeline, all in its place -> its ink, and which words belong to what."""

from __future__ import annotations

from collections.abc import Callable

from deckbuilder.text.tree import words
from deckbuilder.writers.pdf.axis import Figure, Side
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.ink import draw_line, draw_runs, spaced
from deckbuilder.writers.pdf.runs import Line, Run, set_text
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, PAPER, QUIET, Style
from deckbuilder.writers.pdf.theme_timeline import (
    AXIS_WEIGHT,
    BAND_LINE,
    FRAME_WEIGHT,
    SHORT_TICK,
    SPAN_WEIGHT,
    STEM_SPACE,
    TICK,
    TICK_ROOM,
    TICK_WEIGHT,
)
from deckbuilder.writers.pdf.timeline_labels import Entry, Label, downs, spans

Owner = Callable[[Entry], tuple[Element | None, Element | None]]  # of its number, of its words


def draw_figure(
    figure: Figure, owner: Owner, canvas: TaggedCanvas, left: float, top: float
) -> None:
    """Draw a figure; where an entry has no owner, its words belong to what is open."""
    canvas.saveState()
    canvas.translate(left, top - figure.above.height - figure.bar)
    sides = (figure.above, figure.bar, 1), (figure.below, 0.0, -1)
    _draw_bands(canvas, figure, owner)
    for side, edge, out in sides:
        for label in side.labels:
            _draw_stem(canvas, figure, side, label, edge, out)
    _draw_ticks(canvas, figure)
    style = figure.unit.style("event")
    for side, edge, out in sides:
        for label in side.labels:
            near, tall = side.levels[label.placed.level], label.placed.flag.tall
            above = edge + near + tall if out > 0 else edge - near
            _draw_words(canvas, label, style, above, owner)
    canvas.restoreState()


def _draw_bands(canvas: TaggedCanvas, figure: Figure, owner: Owner) -> None:
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
            _, element = owner(band.entry)
            runs = _sized(line, band.size)
            draw_line(canvas, Line(runs, spaced=False), element, x, y - number * lead)


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
    if spans(entry, scale, figure.theme.base):
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


def _draw_words(canvas: TaggedCanvas, label: Label, style: Style, top: float, owner: Owner) -> None:
    """Draw a label's lines; `style` is that of a body of 1, as the lines are."""
    placed, (of_number, element) = label.placed, owner(label.entry)
    for number, (line, down) in enumerate(
        zip(label.lines, downs(label.lines, style), strict=False)
    ):
        x = placed.left + (STEM_SPACE if placed.before == 0 else 0.0)
        if placed.before == placed.flag.wide:  # set against the stem
            x = placed.stem - STEM_SPACE - line.width * label.size
        y = top - down * label.size
        runs = _sized(line, label.size)
        if number == 0 and label.entry.number:
            draw_line(canvas, Line(runs[:1], spaced=False), of_number, x, y)
            x, runs = x + runs[0].width, runs[1:]
        draw_line(canvas, Line(runs, spaced=False), element, x, y)


def _sized(line: Line, size: float) -> tuple[Run, ...]:
    """Return the runs of a line that was broken at a size of 1, and a space."""
    sized = list[Run]()
    for run in spaced(line):
        hand = run.hand.other(size, size=run.hand.size * size, rise=run.hand.rise * size)
        sized.append(Run(run.text, hand, run.formula))
    return tuple(sized)
