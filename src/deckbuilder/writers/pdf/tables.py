"""A table -> strips: its cells side by side or, where that is too narrow, each row as a list."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain

from deckbuilder.content import Table
from deckbuilder.writers.pdf.cells import (
    Cell,
    Grid,
    Runs,
    cells_of,
    hand_of,
    is_blank,
    least_of,
    row_of,
    ways,
    widths_of,
)
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.listings import listed
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import Strip, height, stacked, with_space
from deckbuilder.writers.pdf.theme import TABLE, Style, Theme

# how short blanks may be, and whether names are held in one line: the best first
SPARED = ((math.inf, True), (math.inf, False), (0.0, False))


def table(of: Table, style: Style, theme: Theme, measure: float, element: Element) -> list[Strip]:
    """Set a table in a width of `measure` points.

    A long one may go on in the next column, behind a row; it repeats its head there.
    """
    parent = element.add("Table")
    grid, texts, fits = _columns(of, theme, measure)
    if fits:
        head, rows = _set(of, texts, grid, parent)
    else:  # no word is cut to have columns, however much higher lists are
        head, rows = [], [*listed(of, theme, measure, parent)]
    strips = [*head, *chain(*rows)]
    whole = height(strips) < TABLE * theme.paper[1]
    for row in rows:
        row[-1].stay = whole and row is not rows[-1]
    return with_space(strips, style.below + grid.space)


def _set(
    of: Table, texts: Sequence[Sequence[Runs]], grid: Grid, parent: Element
) -> tuple[list[Strip], list[list[Strip]]]:
    """Return the head and the rows of a table, all cells of each side by side."""
    top, *body = texts
    cells = cells_of(of.head, top, "Column", parent.add("TR"), grid)
    rows = [
        row_of(cells_of(row, runs, "Row", parent.add("TR"), grid), grid)
        for row, runs in zip(of.rows, body, strict=True)
    ]
    repeated = stacked(row_of([Cell(cell.lines, cell.style, None) for cell in cells], grid))
    for strip in chain(*rows):
        strip.again = repeated
    return row_of(cells, grid), rows


def _columns(of: Table, theme: Theme, measure: float) -> tuple[Grid, list[list[Runs]], bool]:
    """Return the columns of a table; its cells' runs, if they hold words alone; whether all fits.

    Where its widest words have no room beside each other, names such as "Louis XIV" are parted,
    then blanks to fill in get shorter, then its type is smaller, then its columns stand closer. No
    column gets too narrow to be written in.
    """
    tries = ((way, spared) for way in ways(theme) for spared in SPARED)  # mostly one is enough
    for (heading, plain, side), (short, held) in tries:
        top = [set_text(text, heading) for text in of.head]
        body = [
            [set_text(text, plain if n else heading) for n, text in enumerate(row)]
            for row in of.rows
        ]
        columns = [*zip(top, *body, strict=True)]
        natural = [max(map(width_of, column)) for column in columns]
        room = measure - (len(columns) - 1) * side
        least = [max(least_of(runs, short, held=held) for runs in column) for column in columns]
        fits = sum(least) < room or sum(natural) <= room
        if fits:
            break
    written = least
    if any(map(is_blank, chain(*columns))):
        hand = hand_of(of)
        written = [max(least_of(runs, hand, held=held) for runs in column) for column in columns]
        fits = fits and (sum(written) < room or written == least)
    widths = widths_of(written if fits else least, natural, room)
    return Grid(widths, heading, plain, side, theme.cell[1]), [top, *body], fits
