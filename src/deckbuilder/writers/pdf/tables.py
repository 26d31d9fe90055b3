"""A table -> strips, one for each line of its rows, so that no cell is ever cut."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, product

from deckbuilder.content import Table
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text, words
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.ink import draw_runs, draw_runs_tagged
from deckbuilder.writers.pdf.lines import break_lines, widest_word
from deckbuilder.writers.pdf.runs import Blemished, Line, Run, set_text
from deckbuilder.writers.pdf.strips import Strip, apart, baseline, height, stacked, with_space
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    CLOSE_CELLS,
    HAIRLINE,
    RULE,
    SMALLER_CELLS,
    TABLE,
    Style,
    Theme,
)

Runs = tuple[Run, ...]

HEADS: dict[str, dict[str, dict[str, object]]] = {
    scope: {"Table": {"Scope": scope}} for scope in ("Column", "Row")
}
NOTHING = words("\u00a0")  # an empty cell has to hold something, or it is none to PDF readers


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns of a table are, and how it is set. Widths in points."""

    widths: tuple[float, ...]
    heading: Style
    plain: Style
    side: float  # between two columns
    space: float  # above and below the words of a row
    blanks: bool

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


def table(
    of: Table, style: Style, theme: Theme, measure: float, element: Element, *, blanks: bool
) -> list[Strip]:
    """Set a table in a width of `measure` points.

    A long one may go on in the next column, behind a row; it repeats its head there.
    """
    parent = element.add("Table")
    grid, [top, *body] = _columns(of, theme, measure, blanks=blanks)
    cells = _cells(of.head, top, "Column", parent.add("TR"), grid)
    head = _row(cells, grid)
    rows = [
        _row(_cells(row, runs, "Row", parent.add("TR"), grid), grid)
        for row, runs in zip(of.rows, body, strict=True)
    ]
    whole = height([*head, *chain(*rows)]) < TABLE * theme.paper[1]
    repeated = stacked(_row([replace(cell, element=None) for cell in cells], grid))
    strips = [*head]
    for row in rows:
        for strip in row:
            strip.again = repeated
        row[-1].stay = whole and row is not rows[-1]
        strips += row
    return with_space(strips, style.below + grid.space)


def _columns(
    of: Table, theme: Theme, measure: float, *, blanks: bool
) -> tuple[Grid, list[list[Runs]]]:
    """Return the columns of a table, and its cells' runs, where they hold words alone.

    Where its widest words have no room beside each other, blanks to fill in get shorter, then its
    type is smaller, then its columns stand closer; only if all that is not enough, words are cut.
    """
    for (heading, plain, side), short in product(_ways(theme), (False, True)):
        top = [set_text(text, heading) for text in of.head]
        body = [[set_text(t, plain if n else heading) for n, t in enumerate(r)] for r in of.rows]
        columns = [*zip(top, *body, strict=True)]
        natural = [max(sum(run.width for run in runs) for runs in column) for column in columns]
        room = measure - (len(columns) - 1) * side
        least = [max(_least(runs, short=short) for runs in column) for column in columns]
        if sum(least) < room or sum(natural) <= room:
            break
    widths = _widths(least, natural, room)
    return Grid(widths, heading, plain, side, theme.cell[1], blanks), [top, *body]


def _least(runs: Runs, *, short: bool) -> float:
    """Return how wide a cell is at least; if blanks may be `short`, one that is a blank is not."""
    is_blank = short and not any(run.text.strip("_ ") for run in runs)
    return 0.0 if is_blank else widest_word(runs)


def _ways(theme: Theme) -> Iterator[tuple[Style, Style, float]]:
    """Yield how heads and cells may be set, and what may be between columns, the best first."""
    styles, (side, _) = (theme.style("cell-head"), theme.style("cell")), theme.cell
    yield *styles, side
    for part in SMALLER_CELLS:
        smaller = theme.shrunk("cell-head", part), theme.shrunk("cell", part)
        if smaller[1].size < styles[1].size:
            styles = smaller
            yield *styles, side
    yield *styles, CLOSE_CELLS * theme.unit


def _widths(least: Sequence[float], natural: Sequence[float], room: float) -> tuple[float, ...]:
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


def _cells(
    texts: Sequence[Text], set_texts: Sequence[Runs], scope: str, row: Element, grid: Grid
) -> list[Cell]:
    """Return the cells of a row; `set_texts` are their runs, where they hold words alone."""
    cells = []
    for n, (text, runs, width) in enumerate(zip(texts, set_texts, grid.widths, strict=True)):
        is_head = scope == "Column" or n == 0
        style = grid.heading if is_head else grid.plain
        attributes = HEADS[scope] if is_head else None
        element = row.add("TH" if is_head else "TD", attributes=attributes)
        as_they_are = text and not grid.blanks
        own = runs if as_they_are else set_text(text or NOTHING, style, blanks=grid.blanks)
        cells.append(Cell(break_lines(own, width), style, element))
    return cells


def _row(cells: Sequence[Cell], grid: Grid) -> list[Strip]:
    """Return a row as strips: line for line what its cells hold, then a rule."""
    lines = [_line(cells, n, grid) for n in range(max(len(cell.lines) for cell in cells))]
    return [*lines, Strip(grid.space, partial(_draw_rule, grid), stay=True)]


def _line(cells: Sequence[Cell], n: int, grid: Grid) -> Strip:
    """Return line `n` of each cell that has one: as tall as the tallest formula in it needs."""
    needed = [apart(cell.lines[n], cell.style) for cell in cells if n < len(cell.lines)]
    above, below = (max(room) for room in zip(*needed, strict=True))
    tall = max(cell.style.leading for cell in cells) + above + below
    draw = partial(_draw_line, cells, n, grid, above)
    lines = (cell.lines[n] for cell in cells if n < len(cell.lines))
    blemish = next((line.blemish for line in lines if isinstance(line, Blemished)), None)
    return Strip(tall, draw, grid.space if n == 0 else 0, stay=True, blemish=blemish)


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
            if cell.element:
                draw_runs_tagged(canvas, cell.lines[n], cell.element, left, y)
            else:
                draw_runs(canvas, cell.lines[n].runs, left, y)
        left += width + grid.side


def _draw_rule(grid: Grid, canvas: TaggedCanvas, left: float, top: float) -> None:
    y = top - grid.space
    canvas.rule(HAIRLINE, RULE, (left, y), (left + grid.width, y))
