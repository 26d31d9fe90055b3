"""Rows of a form to fold -> strips: questions, boxes to tick, the fold, answers behind it."""

from __future__ import annotations

from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.rows import FormCell, row
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, BOX_WEIGHT, HAIRLINE, RULE, WARM, WRITING, Theme

FOLD, NEARER = 0.62, 0.58  # of the page's width; where boxes stand below their questions
NUMBER, ASIDE = 2.4, 1.5  # × the body: the column of numbers; beside the fold
TIGHT_NUMBER, TIGHT_ASIDE = 1.9, 0.8  # the same where the page is tight
TICK, TIGHT_TICK = 1.9, 1.25  # × the body: a column of boxes, and where the page is tight
LEAST, SPACE = 2.6, 0.45  # × the body: a row's height at least, and above and below its words
BOX, ROUNDS = 0.5, 3  # × that column: a box; how many columns
BEFORE, ABOVE = 0.8, 0.5  # × the body: between a question and its boxes beside it, or below it
NARROW = 7.0  # × the body: with less room for a question, its boxes stand below it
DOT, GAP = 0.9, 3.2  # of the line to fold at, in points


@dataclass(frozen=True, slots=True)
class FoldGrid:
    """Where the columns are, from the left margin, in points."""

    question: float
    room: float  # for a question, from there
    ticks: float
    tick: float  # the width of each column of boxes
    below: bool  # whether boxes stand below the question, at its left
    fold: float
    answer: float
    end: float


def grid_of(theme: Theme) -> FoldGrid:
    """Return where the columns are on this paper, at this size."""
    fold, base = FOLD * theme.paper[0] - theme.margin, theme.base
    number, aside, tick = NUMBER * base, ASIDE * base, TICK * base
    if theme.tight:
        number, aside, tick = TIGHT_NUMBER * base, TIGHT_ASIDE * base, TIGHT_TICK * base
    ticks = fold - aside - ROUNDS * tick
    room, below = ticks - number - BEFORE * base, False
    if room < NARROW * base:
        below, ticks, fold = True, number, NEARER * theme.paper[0] - theme.margin
        room = fold - aside - number
    return FoldGrid(number, room, ticks, tick, below, fold, fold + aside, theme.width)


def boxes(theme: Theme, grid: FoldGrid) -> Strip:
    """Return the boxes to tick, from the left of the first one."""
    side, above = BOX * grid.tick, ABOVE * theme.base if grid.below else 0.0

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(BOX_WEIGHT)
        for number in range(ROUNDS):
            canvas.rect(left + number * grid.tick, top - side, side, side)

    return Strip(side, draw, above)


def ruled(cells: list[FormCell], theme: Theme, grid: FoldGrid, *, head: bool = False) -> Strip:
    """Return a row above its lines, with its piece of the line to fold at.

    The `head` has stronger lines, and an arrow.
    """
    base, color, weight = theme.base, ACCENT if head else HAIRLINE, theme.rule if head else RULE
    lines = (0.0, grid.fold - (grid.answer - grid.fold) / 2), (grid.answer, grid.end)

    def aside(canvas: TaggedCanvas, left: float, top: float, tall: float) -> None:
        foot, fold = top - tall, left + grid.fold
        canvas.rules(color, weight, [((left + x, foot), (left + end, foot)) for x, end in lines])
        fold_line(canvas, fold, top, foot)
        if head:
            _arrow(canvas, fold, top, 0.5 * base)

    return row(cells, least=LEAST * base, space=SPACE * base, also=aside)


def fold_line(canvas: TaggedCanvas, x: float, top: float, foot: float) -> None:
    """Draw the dotted line to fold at."""
    canvas.saveState()
    canvas.setStrokeColor(WARM)
    canvas.setLineWidth(DOT)
    canvas.setLineCap(1)
    canvas.setDash(0.01, GAP)
    canvas.line(x, top, x, foot)
    canvas.restoreState()


def _arrow(canvas: TaggedCanvas, x: float, y: float, side: float) -> None:
    """Draw a triangle that points down the line to fold along."""
    canvas.setFillColor(WARM)
    path = canvas.beginPath()
    path.moveTo(x - side / 2, y + side)
    path.lineTo(x + side / 2, y + side)
    path.lineTo(x, y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
