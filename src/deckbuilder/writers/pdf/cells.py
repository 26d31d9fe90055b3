"""Cells of a table -> its rows as strips, one for each line, so that no cell is ever cut."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

from deckbuilder.content import Table
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, words
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.ink import draw_line
from deckbuilder.writers.pdf.lines import break_lines, widest_word
from deckbuilder.writers.pdf.runs import HOLE, Line, Ruled, Run, blemishes_of, set_text
from deckbuilder.writers.pdf.strips import Strip, apart, baseline
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    CLOSE_CELLS,
    HAIRLINE,
    MM,
    RULE,
    SMALLER_CELLS,
    Style,
    Theme,
)

Runs = tuple[Run, ...]

# the attributes of a head, by what it heads
HEADS: dict[str, dict[str, dict[str, object]]] = {
    scope: {"Table": {"Scope": scope}} for scope in ("Column", "Row")
}
# the narrowest column for anybody's hand, whatever the type; for each letter of a longer word
HAND, LETTER = 18 * MM, 2.6 * MM
FOR_EACH = 1.5  # characters of a blank: for each letter by hand, however large it is printed
NOTHING = words("\u00a0")  # an empty cell has to hold something, or it is none to PDF readers


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns of a table are, and how it is set. Widths in points."""

    widths: tuple[float, ...]
    heading: Style
    plain: Style
    side: float  # between two columns
    space: float  # above and below the words of a row

    @property
    def width(self) -> float:
        """Of the whole table."""
        return sum(self.widths) + (len(self.widths) - 1) * self.side


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, what they look like and what they belong to (None: to nothing)."""

    lines: tuple[Line, ...]
    style: Style
    element: Element | None


def ways(theme: Theme) -> Iterator[tuple[Style, Style, float]]:
    """Yield how heads and cells may be set, and what may be between columns, the best first."""
    styles, (side, _) = (theme.style("cell-head"), theme.style("cell")), theme.cell
    yield *styles, side
    for part in SMALLER_CELLS:
        smaller = theme.shrunk("cell-head", part), theme.shrunk("cell", part)
        if smaller[1].size < styles[1].size:
            styles = smaller
            yield *styles, side
    yield *styles, CLOSE_CELLS * theme.unit


def hand_of(table: Table) -> float:
    """Return how wide a blank is at least, so that the longest word for the table has room."""
    return max(HAND, table.letters * LETTER)


def least_of(runs: Runs, short: float, *, held: bool = False) -> float:
    """Return how wide a cell is at least; one that is a blank may be as `short` as that.

    Names are `held` in one line, "Louis XIV", or may be parted.
    """
    wide = widest_word(runs, held=held)
    return short if wide > short and is_blank(runs) else wide


def widths_of(least: Sequence[float], natural: Sequence[float], room: float) -> tuple[float, ...]:
    """Return the widths of columns: none under its widest word, the rest by what they hold.

    All in points: the widest words, what stands in one line, and what there is for all columns.
    """
    if sum(natural) <= room:
        return tuple(width + (room - sum(natural)) / len(natural) for width in natural)
    if sum(least) >= room:  # too narrow: the columns with the longest words are, and equally so
        return _levelled(least, room)
    # no line is filled evenly: the root of what a column holds is near to what it needs
    wanted = [math.sqrt(max(width - low, 0.0)) for width, low in zip(natural, least, strict=True)]
    spare = (room - sum(least)) / (sum(wanted) or 1.0)
    return tuple(low + want * spare for low, want in zip(least, wanted, strict=True))


def _levelled(wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Return what each gets of a room that is too small: what it wants, or as much as the most."""
    level, left = 0.0, room
    for count, width in zip(range(len(wanted), 0, -1), sorted(wanted), strict=True):
        level = left / count
        if width >= level:
            break
        left -= width
    return tuple(min(width, level) for width in wanted)


def cells_of(
    texts: Sequence[Text], set_texts: Sequence[Runs], scope: str, row: Element, grid: Grid
) -> list[Cell]:
    """Return the cells of a row; `set_texts` are their runs."""
    cells = []
    for n, (text, runs, width) in enumerate(zip(texts, set_texts, grid.widths, strict=True)):
        heads = scope if scope == "Column" or n == 0 else ""
        cells.append(cell_of(text, width, heads, row, grid, runs))
    return cells


def cell_of(
    text: Text, width: float, heads: str, row: Element, grid: Grid, runs: Runs = ()
) -> Cell:
    """Return a cell that `heads` a "Column", a "Row" or nothing; its `runs`, if it is known."""
    style, attributes = (grid.heading, HEADS[heads]) if heads else (grid.plain, None)
    element = row.add("TH" if heads else "TD", attributes=attributes)
    own = runs if runs and text else set_text(text or NOTHING, style)
    return Cell(_lines(own, width), style, element)


def is_blank(runs: Runs) -> bool:
    """Tell whether a cell is to be filled in; that above the names of rows is merely empty."""
    return bool(runs) and not any(run.text.strip("_ ") for run in runs)


def _lines(runs: Runs, width: float) -> tuple[Line, ...]:
    """Return what a cell holds as lines; a blank alone is as many as it needs to be written on."""
    if len(runs) != 1 or not is_blank(runs):
        return break_lines(runs, width)
    hand, wanted = runs[0].hand, len(runs[0].text)
    fitting = max(int(width / Run("_", hand).width), len(HOLE))
    if wanted <= fitting:
        return (Line(runs, spaced=False),)
    row, count = (Run("_" * fitting, hand),), max(round(wanted / FOR_EACH * LETTER / width), 1)
    return ((Ruled if count > 1 else Line)(row, spaced=False),) * count


def row_of(cells: Sequence[Cell], grid: Grid) -> list[Strip]:
    """Return a row as strips: line for line what its cells hold, then a rule."""
    return [*lines_of(cells, grid), ruled(grid)]


def ruled(grid: Grid) -> Strip:
    """Return the rule that ends a row."""
    return Strip(grid.space, partial(_draw_rule, grid), stay=True)


def lines_of(cells: Sequence[Cell], grid: Grid) -> list[Strip]:
    """Return the lines of cells side by side, the first with some space above it."""
    return [_line(cells, n, grid) for n in range(max(len(cell.lines) for cell in cells))]


def _line(cells: Sequence[Cell], n: int, grid: Grid) -> Strip:
    """Return line `n` of each cell that has one: as tall as the tallest formula in it needs."""
    needed = [apart(cell.lines[n], cell.style) for cell in cells if n < len(cell.lines)]
    above, below = (max(room) for room in zip(*needed, strict=True))
    tall = max(cell.style.leading for cell in cells) + above + below
    draw = partial(_draw_line, cells, n, grid, above)
    found = blemishes_of(cell.lines[n] for cell in cells if n < len(cell.lines))
    return Strip(tall, draw, grid.space if n == 0 else 0, stay=True, blemishes=found)


def _draw_line(
    cells: Sequence[Cell],
    n: int,
    grid: Grid,
    down: float,
    canvas: TaggedCanvas,
    left: float,
    top: float,
) -> None:
    """Draw line `n` of each cell that has one, `down` points lower than words alone would be."""
    for cell, width in zip(cells, grid.widths, strict=True):
        if n < len(cell.lines):
            y = top - down - baseline(cell.style)
            draw_line(canvas, cell.lines[n], cell.element, left, y)
        left += width + grid.side


def _draw_rule(grid: Grid, canvas: TaggedCanvas, left: float, top: float) -> None:
    y = top - grid.space
    canvas.rule(HAIRLINE, RULE, (left, y), (left + grid.width, y))
