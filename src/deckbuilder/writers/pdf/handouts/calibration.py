"""A page to print on both sides: how far backs are off, and whether sizes are as they should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.choice import Chosen
from deckbuilder.text.tree import words
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Handout
from deckbuilder.writers.pdf.ink import draw_runs
from deckbuilder.writers.pdf.masthead import masthead
from deckbuilder.writers.pdf.pages import Layout, Page
from deckbuilder.writers.pdf.pen import Point
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import Strip, height, paragraph
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, FOOT_WEIGHT, MM, PROFILES, WARM, Theme

REACH, LONG, SHORT = 12, 2.4, 1.3  # millimetres: of a scale each way; its ticks, each fifth is long
HALF = 9 * MM  # of the cross at the front
AWAY = 26 * MM  # of the crosses in the corners, from the edges
LENGTH = 100  # millimetres: the ruler
NUMBERS = 7.0  # points


def lay_out(chosen: Chosen) -> Layout:
    """Return the front with crosses, and the back with a scale behind each."""
    deck, say = chosen.deck, chosen.deck.phrases
    theme = Theme(PROFILES[deck.printing.profile].flowing, deck.printing, most_columns=1)
    root, (wide, tall) = Element("Document"), theme.paper
    head = masthead(deck, theme, root, say.calibration, words(say.calibration_how))
    offset = ", ".join(f"{way:g}" for way in deck.printing.back_offset)
    head += paragraph(
        words(f"back_offset = [{offset}]"), theme.style("cell-head"), theme.width, root.add("P")
    )
    long = say.check_length.format(length=LENGTH)
    head.append(_ruler(long, theme, root.add("Figure", alt=long)))
    top = tall - theme.top - theme.bar
    crosses = [(wide / 2, (top - height(head) + AWAY) / 2)]
    crosses += [(x, AWAY) for x in (AWAY, wide - AWAY)]
    x, y = (MM * way for way in deck.printing.back_offset)
    backs = [
        (left + x if deck.printing.flip == "short" else wide - left + x,
         bottom + y if deck.printing.flip == "long" else tall - bottom + y)
        for left, bottom in crosses
    ]  # fmt: skip
    front = Page(((head, theme.margin, top), ([_crosses(crosses)], 0.0, 0.0)))
    back = Page((([_scales(backs, theme)], 0.0, 0.0),))
    return Layout(theme, root, [front, back], bare=True, duplex=deck.printing.flip)


def _ruler(label: str, theme: Theme, figure: Element) -> Strip:
    """Return a line of a length that is known, and its length in words below it."""
    style = theme.style("foot")
    runs, long = set_text(words(f"{label} "), style), LENGTH * MM
    tall = LONG * MM + 1.4 * style.leading

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.bounded(figure, (left, top - tall, left + long, top))
        with canvas.tag(figure):
            canvas.setStrokeColor(ACCENT)
            canvas.setLineWidth(FOOT_WEIGHT)
            canvas.line(left, top - LONG * MM, left + long, top - LONG * MM)
            for mark in range(0, LENGTH + 1, 10):
                x, up = left + mark * MM, LONG if mark in (0, LENGTH) else SHORT
                canvas.line(x, top - LONG * MM, x, top - (LONG - up) * MM)
            draw_runs(canvas, runs, left, top - LONG * MM - style.leading)

    return Strip(tall, draw, 4 * theme.unit)


def _crosses(at: Sequence[Point]) -> Strip:
    """Return what draws the crosses of the front, the paper's lower left being the origin."""

    def draw(canvas: TaggedCanvas, _: float, __: float) -> None:
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(FOOT_WEIGHT)
        for x, y in at:
            canvas.line(x - HALF, y, x + HALF, y)
            canvas.line(x, y - HALF, x, y + HALF)
            canvas.circle(x, y, HALF / 2)

    return Strip(0.0, draw)


def _scales(at: Sequence[Point], theme: Theme) -> Strip:
    """Return what draws the scales of the back, in millimetres."""
    style = replace(theme.style("tick"), size=NUMBERS, color=WARM)

    def draw(canvas: TaggedCanvas, _: float, __: float) -> None:
        canvas.setStrokeColor(WARM)
        canvas.setLineWidth(FOOT_WEIGHT)
        for x, y in at:
            reach = REACH * MM
            canvas.line(x - reach, y, x + reach, y)
            canvas.line(x, y - reach, x, y + reach)
            for tick in range(-REACH, REACH + 1):
                half, off = (LONG if tick % 5 == 0 else SHORT) * MM / 2, tick * MM
                canvas.line(x + off, y - half, x + off, y + half)
                canvas.line(x - half, y + off, x + half, y + off)
                if tick % 5 == 0 and tick:
                    runs = set_text(words(f"{tick}".replace("-", "−")), style)
                    wide = width_of(runs)
                    draw_runs(canvas, runs, x + off - wide / 2, y - half - NUMBERS)
                    draw_runs(canvas, runs, x + half + 1.5, y + off - NUMBERS / 3)

    return Strip(0.0, draw)


HANDOUT = Handout(
    lambda say: say.calibration,
    lambda _: (),
    lay_out,
    lambda _: iter(()),
    once=True,
    worth=lambda _: True,
)
