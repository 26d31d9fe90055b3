"""Lines -> strips, the atoms of a page: each has a height and knows how to draw itself.

A strip is never cut. A page is a stack of strips; between two of them it may end, unless the upper
one asks the lower to `stay` with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from deckbuilder.slots import dataclass
from deckbuilder.text.raised import in_a_line
from deckbuilder.text.tree import Text
from deckbuilder.writers.pdf.blemishes import Blemish, Whose, blemishes_in
from deckbuilder.writers.pdf.drawn import (
    Bookmarked,
    Box,
    Draw,
    DrawnLine,
    DrawnParts,
    DrawnRow,
    Labelled,
    Shifted,
    down_in,
    nothing,
)
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.hands import Hand
from deckbuilder.writers.pdf.lines import break_lines
from deckbuilder.writers.pdf.measured import Measured
from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.runs import FORMULA, Blemished, Line, Ruled, Run, is_parted, set_text
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import Style

ASCENT = 0.74  # of the size: how far a line's letters reach above its baseline
WRITTEN = 0.5  # of the leading: free above a line to write on
# of the size: how far a formula reaches out of its line before lines move apart for it; how much
# is then free above and below, and how much where fractions are as large as words
APART, FREE, FREER = 0.05, 0.05, 0.15


@dataclass(slots=True)
class Label:
    """What hangs left of a paragraph's first line: a number, a letter, a bullet."""

    characters: str
    element: Element


@dataclass(slots=True)
class Strip:
    """A piece of a column, `height` points high after `above` points of space.

    Who sets strips may change them: there are too many to make each anew for that.
    `stay`: no column ends behind it; `rather`: none does that can be filled otherwise. With both,
    one ends there only before it would have to end elsewhere in what stays together.
    `again` says, at the head of a column that the piece comes to stand at, what it continues.
    `whose` it is: a fact is left out, or it is told of, if the strip is higher than the page.
    `blemishes`: what in it is not as its reader needs it.
    `box`: of a picture that pages may make lower.
    """

    height: float
    draw: Draw
    above: float = 0.0
    stay: bool = False
    again: Strip | None = None
    whose: Whose | None = None
    blemishes: tuple[Blemish, ...] = ()
    rather: bool = False
    box: Box | None = None


def baseline(style: Style) -> float:
    """Return how far below a strip's top its text stands: the letters centred in the leading."""
    return (style.leading - style.size) / 2 + style.size * ASCENT


def paragraph(
    text: Text,
    style: Style,
    measure: float,
    element: Element | None,
    *,
    label: Label | None = None,
    bookmark: int | None = None,
) -> list[Strip]:
    """Set a text as one strip a line; its first two lines and its last two stay together.

    Args:
        text: what to set.
        style: how; its indent leaves room for the label.
        measure: the width of the column in points.
        element: what the text belongs to; None: to nothing, as it only repeats what is there.
        label: what hangs left of the first line.
        bookmark: the level of a bookmark to the first line, if there is to be one.
    """
    indent = style.indent
    if label:
        hanging = _label_run(label.characters, style.label_hand)
        indent = max(indent, hanging.width)
    if isinstance(element, Measured):
        count = element.lines(text, style, measure - indent)
        if count:
            return with_space(_unseen(count, style), style.below)
    runs = set_text(text, style)
    lines, parted = break_lines(runs, measure - indent), is_parted(runs)
    kind, tall_ones = (DrawnParts, any(map(FORMULA, runs))) if parted else (DrawnLine, False)
    strips = []
    last, y, tall, above = len(lines) - 1, baseline(style), style.leading, style.above
    for index, line in enumerate(lines):
        if tall_ones or type(line) is Ruled:
            up, down = apart(line, style)
            y, tall = baseline(style) + up, style.leading + up + down
        elif type(lines[index - 1]) is Ruled:
            y, tall = baseline(style), style.leading
        draw: Draw = kind(line.runs, line.spaced, indent, element, y)
        if not index and label:
            draw = Labelled(draw, hanging, label.element, y)
        stay = style.stay or (index < last and (not index or index == last - 1))
        strips.append(Strip(tall, draw, above, stay))
        if type(line) is Blemished:
            strips[-1].blemishes = line.blemishes
        above = 0.0
    if strips and bookmark is not None:
        strips[0].draw = Bookmarked(strips[0].draw, bookmark, in_a_line(text))
    return with_space(strips, style.below)


def _unseen(count: int, style: Style) -> list[Strip]:
    """Return the lines of a paragraph that is only measured."""
    tall, stay = style.leading, style.stay
    strips = [Strip(tall, nothing, 0.0, stay) for _ in range(count)]
    strips[0].above = style.above
    if count > 1:
        strips[0].stay = strips[-2].stay = True
    return strips


def apart(line: Line, style: Style) -> tuple[float, float]:
    """Return the room that a line needs above and below its leading: to write, for formulas."""
    if not line.formulas:
        return (WRITTEN * style.leading if type(line) is Ruled else 0.0), 0.0
    least, up = APART * style.size, baseline(style)
    free = (FREER if style.fractions else FREE) * style.size
    above, below = line.above - up, line.below - (style.leading - up)
    return above + free if above > least else 0.0, below + free if below > least else 0.0


def hung(style: Style, label: str) -> Style:
    """Return the style, its indent as wide as the label needs."""
    wide = _label_run(label, style.label_hand).width
    return replace(style, indent=wide) if wide > style.indent else style


def _label_run(characters: str, hand: Hand) -> Run:
    return Run(f"{characters} ", hand)


def with_space(strips: list[Strip], below: float) -> list[Strip]:
    """Return strips that end in a space; at the foot of a column it may hang over."""
    if strips and below:
        strips.append(Strip(0.0, nothing, below, strips[-1].stay))
        strips[-2].stay = True
    return strips


def staying(strips: list[Strip]) -> list[Strip]:
    """Let no column end within strips or right behind them; return them."""
    for strip in strips:
        strip.stay = True
    return strips


def together(strips: Sequence[Strip]) -> None:
    """Let no column end within strips, or else, where they find no room, where one could before."""
    for strip in strips[:-1]:
        if not strip.stay:
            strip.stay = strip.rather = True


def space(points: float) -> Strip:
    """Return a strip that only takes room, and none at the head of a column."""
    return Strip(0.0, nothing, points)


def height(strips: Sequence[Strip]) -> float:
    """Return how high a stack is; the space above its first strip does not count."""
    return sum([strip.above + strip.height for strip in strips]) - (
        strips[0].above if strips else 0
    )


def draw_all(strips: Sequence[Strip], canvas: TaggedCanvas, left: float, top: float) -> float:
    """Draw a stack from `top` down and return where it ends."""
    first = strips[0] if strips else None
    for strip in strips:
        if strip is not first:
            top -= strip.above
        if strip.draw is not nothing:  # a third of them are spaces
            strip.draw(canvas, left, top)
        top -= strip.height
    return top


def stacked(strips: Sequence[Strip]) -> Strip:
    """Return strips as one, with what in them is not as its reader needs it; one may have a box."""
    boxed = next(((strip, strip.box, strip.height) for strip in strips if strip.box), None)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        if boxed:  # pages made the stack lower, and not what is in it
            strip, box, tall = boxed
            strip.height = tall - box.lowered
        draw_all(strips, canvas, left, top)

    box = boxed[1] if boxed else None
    return Strip(height(strips), draw, blemishes=blemishes_in(strips), box=box)


def shifted(strips: list[Strip], offset: float) -> list[Strip]:
    """Move strips to the right, and what they continue, and return them."""
    moved: dict[int, Strip] = {}  # by identity: all rows of a table have one head
    for strip in strips:
        if strip.draw is not nothing:
            strip.draw = Shifted(strip.draw, offset)
        if again := strip.again:
            if id(again) not in moved:
                moved[id(again)] = replace(again, draw=Shifted(again.draw, offset))
            strip.again = moved[id(again)]
    return strips


def beside(draw_left: Draw, right: list[Strip], offset: float) -> list[Strip]:
    """Return strips, moved right by `offset`, with something drawn at the left of the first."""
    first, *_ = shifted(right, offset)
    own = first.draw

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_left(canvas, left, top)
        own(canvas, left, top)

    first.draw = draw
    return right


def in_a_row(
    entries: Sequence[Sequence[Strip]], widths: Sequence[float], gap: float
) -> list[Strip]:
    """Return items of a line each as one line, `gap` points apart, all on one baseline.

    The last one's strips become those of all.
    """
    lines = [first for first, *_ in entries]
    downs = [down_in(line.draw) for line in lines]
    lowest = max(downs)
    below = max(line.height - down for line, down in zip(lines, downs, strict=True))
    lefts = accumulate((wide + gap for wide in widths[:-1]), initial=0.0)
    parts = [
        (line.draw, left, lowest - down)
        for line, left, down in zip(lines, lefts, downs, strict=True)
    ]
    row = [*entries[-1]]
    row[0].height, row[0].draw = lowest + below, DrawnRow(parts, lowest)
    return row


def runs_of(strip: Strip) -> tuple[Run, ...]:
    """Return the words of a labelled line; none where they were only measured."""
    inner = strip.draw.inner if isinstance(strip.draw, Labelled) else None
    return inner.runs if isinstance(inner, DrawnLine) else ()


def labelled(strips: list[Strip], label: Label, style: Style) -> list[Strip]:
    """Return strips that are no paragraph, a list or a table, with a label left of the first."""
    first, run = strips[0], _label_run(label.characters, style.label_hand)
    first.draw = Labelled(first.draw, run, label.element, down_in(first.draw, baseline(style)))
    return strips


def rule(weight: float, color: Color, measure: float, *, above: float, below: float) -> list[Strip]:
    """Return a line across the column that never ends one."""

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        y = top - weight / 2
        canvas.rule(color, weight, (left, y), (left + measure, y))

    return [Strip(weight + below, draw, above, stay=True)]
