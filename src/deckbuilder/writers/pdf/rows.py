"""Cells side by side -> rows of a form: each a strip that is never cut, its cells in a Table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.blemishes import blemishes_in
from deckbuilder.writers.pdf.strips import Strip, draw_all, height
from deckbuilder.writers.pdf.tagged import TaggedCanvas

Also = Callable[[TaggedCanvas, float, float, float], None]  # (canvas, left, top, height)


@dataclass(frozen=True, slots=True)
class FormCell:
    """What stands in a row: its strips, and how far from the row's left, in points."""

    strips: Sequence[Strip]
    left: float


def row(
    cells: Sequence[FormCell],
    *,
    least: float = 0.0,
    space: float = 0.0,
    also: Also | None = None,
) -> Strip:
    """Return cells as one strip, each in the middle of its height.

    Args:
        cells: what stands in it.
        least: how high the row is at least, in points.
        space: above and below the highest cell.
        also: draws what belongs to no cell, given the left, the top and the height of the row.
    """
    tall = max(least, max((height(cell.strips) for cell in cells), default=0.0) + 2 * space)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        for cell in cells:
            down = (tall - height(cell.strips)) / 2
            draw_all(cell.strips, canvas, left + cell.left, top - down)
        if also:
            also(canvas, left, top, tall)

    found = blemishes_in(strip for cell in cells for strip in cell.strips)
    return Strip(tall, draw, blemishes=found)
