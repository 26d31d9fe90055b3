"""Strips on a tinted ground, a bar at its left -> panels beside each other, or one that flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from deckbuilder.writers.pdf.blemishes import blemishes_in
from deckbuilder.writers.pdf.drawn import Draw, nothing
from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.strips import Strip, draw_all, height, space
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import PANEL_PADDING, PANEL_SPACE, TALL, Theme

LEVEL = 0.5  # of the highest panel: one that is lower stays so


class Panel(NamedTuple):
    """Strips on a tint, with a bar at the left; `measure` points wide.

    The last of them stand at its `foot`, level with those of the panel beside it.
    """

    strips: list[Strip]
    foot: list[Strip]
    measure: float
    tint: Color
    bar: Color

    @property
    def all(self) -> list[Strip]:
        """Its strips, none of which leaves its foot alone."""
        *strips, last = self.strips
        return [*strips, replace(last, stay=bool(self.foot)), *self.foot]


def panels(of: Sequence[Panel], theme: Theme) -> list[Strip]:
    """Return panels side by side, one to a column, as a strip that is never cut.

    They are level, but for one that would be mostly empty.
    """
    own = [height(panel.all) + 2 * padding(theme) for panel in of]
    heights = [max(own) if each > LEVEL * max(own) else each for each in own]

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        for index, (panel, tall) in enumerate(zip(of, heights, strict=True)):
            x = left + index * (theme.column + theme.gutter)
            _ground(canvas, panel, theme, x, top, tall)
            inside = x + theme.panel_bar + padding(theme)
            draw_all(panel.strips, canvas, inside, top - padding(theme))
            draw_all(panel.foot, canvas, inside, top - tall + padding(theme) + height(panel.foot))

    found = blemishes_in(strip for panel in of for strip in panel.all)
    return [Strip(max(own), draw, blemishes=found)]


def flowing(panel: Panel, theme: Theme) -> list[Strip]:
    """Return a panel as strips that can go on in the next column, each on its piece of ground.

    Where it is parted, both parts have a margin: that of the upper one lies below what follows it.
    """
    edge = Strip(padding(theme), nothing, stay=True)
    inner = [edge, *panel.all, replace(edge, stay=False)]
    inner[-2] = replace(inner[-2], stay=True)
    if height(inner) < TALL * theme.paper[1]:
        inner[:-1] = [replace(strip, stay=True) for strip in inner[:-1]]
    strips = [space(PANEL_SPACE * theme.unit)]
    margin = 0.0
    for strip in inner:
        tall, begun = strip.above + strip.height, margin
        may_end = strip is not inner[-1] and (strip.rather or not strip.stay)
        margin = max(padding(theme) - (0.0 if strip.height else tall), 0.0) if may_end else 0.0
        own = Strip(tall + margin, _grounded(strip, panel, theme, tall + margin), -begun)
        own.stay, own.rather = strip.stay, strip.rather
        own.whose, own.blemishes = strip.whose, strip.blemishes
        if begun:
            head = strip.again or space(0.0)  # of a table
            head = replace(head, above=max(padding(theme) - strip.above, 0.0))
            high = head.above + head.height + begun
            own.again = Strip(high, _grounded(head, panel, theme, high))
        own.box = strip.box
        strips.append(own)
    return strips


def _grounded(strip: Strip, panel: Panel, theme: Theme, tall: float) -> Draw:
    """Return what draws a strip on its piece of ground, below the space above it."""
    indent = theme.panel_bar + padding(theme)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        lowered = strip.box.lowered if strip.box else 0.0
        _ground(canvas, panel, theme, left, top, tall - lowered)
        strip.draw(canvas, left + indent, top - strip.above)

    return draw


def _ground(
    canvas: TaggedCanvas, panel: Panel, theme: Theme, left: float, top: float, tall: float
) -> None:
    """Draw what lies under a panel's words; a little over, so that no seam shows."""
    below, over = top - tall - 0.2, tall + 0.2
    canvas.area(theme.tint(panel.tint), left, below, panel.measure, over)
    canvas.area(panel.bar, left, below, theme.panel_bar, over)


def padding(theme: Theme) -> float:
    """Return the space between a panel's edge and its words."""
    return PANEL_PADDING * theme.unit
