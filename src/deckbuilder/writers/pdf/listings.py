"""A table too wide for its place -> strips: each row a list of the columns' heads, and its cells.

It is still a table to whoever hears it read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from deckbuilder.content import Table
from deckbuilder.writers.pdf.cells import (
    Cell,
    Grid,
    cell_of,
    hand_of,
    least_of,
    lines_of,
    ruled,
    ways,
)
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.lines import widest_word
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.theme import Theme


def listed(of: Table, theme: Theme, measure: float, parent: Element) -> Iterator[list[Strip]]:
    """Yield each row, with the heads of the columns; who hears it gets these once, before all."""
    across, beside = _grids(of, theme, measure)
    wide, (first, last) = across.width, beside.widths
    none = Cell((), beside.plain, None)
    line = parent.add("TR")
    corner, *texts = of.head
    strips = lines_of([cell_of(corner, wide, "Column", line, across)], across)
    if not corner:  # it is there for whoever hears it
        strips[0].height = strips[0].above = 0.0
    heads = [cell_of(text, first or wide, "Column", line, beside) for text in texts]
    for name, *cells in of.rows:
        line = parent.add("TR")
        about = lines_of([cell_of(name, wide, "Row", line, across)], across)
        if strips and not corner:
            about[0].above = 0.0
        strips += about
        for n, (head, text) in enumerate(zip(heads, cells, strict=True)):
            strips[-1].rather = n > 0  # where the row is higher than a page
            cell = cell_of(text, last, "", line, beside)
            pairs = [[head, cell]] if first else [[head, none], [none, cell]]
            strips += [strip for pair in pairs for strip in lines_of(pair, beside)]
        yield [*strips, ruled(across)]
        strips, heads = [], [replace(head, element=None) for head in heads]


def _grids(of: Table, theme: Theme, measure: float) -> tuple[Grid, Grid]:
    """Return where stands what a row is about, and where the head of a column and its cell.

    In `measure` points, set in the narrowest way if need be. If heads have no room in a line there,
    the second leaves them none: then each cell is below its head, further right if it has the room.
    """
    hand = hand_of(of)
    for inset, (heading, plain, side) in product((None, 1.0, 0.0), ways(theme)):  # None: beside
        label = replace(plain, color=heading.color)
        names = [set_text(row[0], heading) for row in of.rows]
        heads = [set_text(text, label) for text in of.head]
        cells = [set_text(text, plain) for row in of.rows for text in row[1:]]
        one_line, apart = max(map(width_of, heads)) + 0.01, side  # no word goes down for a rounding
        if inset is not None:
            one_line, apart = 0.0, inset * plain.size
        room = measure - one_line - apart
        widest = max(least_of(cell, hand) for cell in cells)
        if widest <= room and max(map(widest_word, names + heads)) <= measure:
            break
    across = Grid((measure,), heading, plain, side, theme.cell[1])
    return across, replace(across, widths=(one_line, room), heading=label, side=apart)
