"""A card and the room on it -> its front and its back, set as large as they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deckbuilder.model import Card, Content, Fact
from deckbuilder.text.tree import words
from deckbuilder.writers.pdf.parts import content
from deckbuilder.writers.pdf.strips import Strip, draw_all, height, paragraph
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, Style, Theme

STEP = 0.5  # points between two sizes that are tried
# from the largest to the smallest, in points; of readers who need larger type, none below theirs
FRONT, BACK = (16.0, 11.0), (13.0, 10.0)
LEADING = 1.28
NUMBER = 9.0  # of the number in the corner, in points


@dataclass(frozen=True, slots=True)
class Faced:
    """A card's sides, each a strip as high as the room for it."""

    fact: Fact
    front: Strip
    back: Strip


def faced(
    fact: Fact, card: Card, number: str, theme: Theme, room: tuple[float, float], table: Element
) -> Faced | None:
    """Return a card, or None if a side has no room in its smallest type.

    Args:
        fact: what it is about.
        card: its words.
        number: stands on both sides.
        theme: for whom.
        room: width and height in points.
        table: the card becomes a row of it: number, front, back.
    """
    line = table.add("TR")
    head = line.add("TH", attributes={"Table": {"Scope": "Row"}})
    front = replace(theme.style("body"), face="Serif", below=0.0)
    back = replace(theme.style("body"), below=0.0)
    sides = []
    for of, style, sizes, label in (
        (card.front, front, FRONT, head),
        (card.back, back, BACK, None),
    ):
        strips = _largest(of, style, sizes, theme, room, line.add("TD"))
        if strips is None:
            return None
        sides.append(_side(strips, number, theme, room, label))
    return Faced(fact, *sides)


def _largest(
    of: Content,
    style: Style,
    sizes: tuple[float, float],
    theme: Theme,
    room: tuple[float, float],
    element: Element,
) -> list[Strip] | None:
    least = theme.profile.smallest if theme.profile.least else 0.0
    largest, smallest = (max(size, least) for size in sizes)
    for n in range(round((largest - smallest) / STEP) + 1):
        size = largest - n * STEP
        leading = LEADING * size * theme.profile.spacing
        trial = Element("TD")  # what does not fit is declared nowhere
        if (
            height(content(of, replace(style, size=size, leading=leading), theme, room[0], trial))
            <= room[1]
        ):
            return content(of, replace(style, size=size, leading=leading), theme, room[0], element)
    return None


def _side(
    strips: Sequence[Strip],
    number: str,
    theme: Theme,
    room: tuple[float, float],
    label: Element | None,
) -> Strip:
    """Return a side: its words in the middle, the number in the corner above them."""
    size = max(NUMBER, theme.profile.least * theme.base)
    style = replace(theme.style("body"), face="Sans-Bold", color=ACCENT, size=size, leading=size)
    corner = paragraph(words(number), style, room[0], label)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_all(corner, canvas, left, top + size)
        draw_all(strips, canvas, left, top - (room[1] - height(strips)) / 2)

    return Strip(room[1], draw)
