"""A poster -> the sheets that are joined to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deckbuilder.writers.pdf.axis import Figure
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.pages import Block
from deckbuilder.writers.pdf.strips import Strip, draw_all, height
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import MM
from deckbuilder.writers.pdf.timeline_figure import draw_figure
from deckbuilder.writers.pdf.timeline_labels import Entry

MARGIN = 10 * MM  # of each sheet: it is cut off where two are joined
EDGE = 3 * MM  # free at both ends of the figure: a mark at its end is wider than the axis

Owners = Mapping[Entry, tuple[Element | None, Element]]  # of an entry's number, of its words


def tile(
    head: Sequence[Strip],
    figure: Figure,
    owners: Owners,
    left: float,
    area: tuple[float, float],
    number: int,
) -> Block:
    """Return what is on a sheet: so much of a poster as its area holds.

    Args:
        head: what stands above the figure, on the first sheet.
        figure: what may go on from sheet to sheet.
        owners: what its words belong to. They are told once: by the sheet with their middle.
        left: where the area begins on the sheet, in points.
        area: how wide and how high it is.
        number: which sheet from the left, from 0 on.
    """
    wide, tall = area
    start, down = number * wide, height(head)
    free = (tall - down - figure.height) / 2

    def owner(entry: Entry) -> tuple[Element | None, Element | None]:
        return owners[entry] if start <= middles[entry] < start + wide else (None, None)

    middles = {
        label.entry: EDGE + label.placed.left + label.placed.flag.wide / 2
        for label in (*figure.above.labels, *figure.below.labels)
    } | {band.entry: EDGE + (band.left + band.right) / 2 for band in figure.bands if band.lines}

    def draw(canvas: TaggedCanvas, _: float, top: float) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(left, MARGIN, wide, tall)
        canvas.clipPath(path, stroke=0, fill=0)
        if number == 0:
            draw_all(head, canvas, left, top)
        draw_figure(figure, owner, canvas, left - start + EDGE, top - down - free)
        canvas.restoreState()

    return [Strip(0.0, draw, blemishes=figure.blemishes)], 0.0, MARGIN + tall
