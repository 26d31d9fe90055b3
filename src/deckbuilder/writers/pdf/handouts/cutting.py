"""Cards and the paper they are cut from -> pages of fronts, and of backs that lie behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deckbuilder.choice import Chosen
from deckbuilder.model import card_numbers, cards
from deckbuilder.problems import Problem
from deckbuilder.writers.pdf.handouts import Said
from deckbuilder.writers.pdf.handouts.faces import Faced, faced
from deckbuilder.writers.pdf.pages import Block, Layout, Page, no_room
from deckbuilder.writers.pdf.strips import Draw, Strip
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import FOOT_WEIGHT, MM, PAPERS, PROFILES, WRITING, Theme

MARK, OFF, CROSS = 4 * MM, 1.6 * MM, 1.2 * MM  # crop marks: long, off the cards; inside, long


@dataclass(frozen=True, slots=True)
class Stock:
    """What cards are cut or broken from: a grid on a paper. Lengths in points.

    `left`, `top`: of the first card; `across`, `down`: from one card to the next.
    `inset`: what stays free inside an edge, as no printer and no blade is exact.
    """

    paper: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float
    inset: float

    @property
    def room(self) -> tuple[float, float]:
        """Width and height for the words of a side."""
        return self.width - 2 * self.inset, self.height - 2 * self.inset

    def corner(self, column: int, row: int) -> tuple[float, float]:
        """Return where a card's upper left corner is, from the paper's lower left."""
        top = PAPERS[self.paper][1] - self.top - row * self.down
        return self.left + column * self.across, top


def centred(paper: str, width: float, height: float, inset: float) -> Stock:
    """Return as many cards of a size as a paper holds beside their crop marks."""
    wide, tall = PAPERS[paper]
    free = 2 * (MARK + OFF)
    columns, rows = (max(int((a - free) / b), 1) for a, b in ((wide, width), (tall, height)))
    left, top = (wide - columns * width) / 2, (tall - rows * height) / 2
    return Stock(paper, columns, rows, width, height, left, top, width, height, inset)


def faces(chosen: Chosen, stock: Stock) -> tuple[Theme, Element, list[Faced], tuple[Problem, ...]]:
    """Return every card of the chosen facts, and a problem for each fact that has no room."""
    printing = replace(chosen.deck.printing, paper=stock.paper)
    theme = Theme(PROFILES[printing.profile].flowing, printing, most_columns=1)
    root, made, problems = Element("Document"), list[Faced](), list[Problem]()
    table = root.add("Table")
    for fact in chosen.facts:
        sides = [
            faced(fact, card, number, theme, stock.room, table)
            for card, number in zip(cards(fact), card_numbers(fact), strict=True)
        ]
        made += [side for side in sides if side]
        problems += [no_room(fact, chosen.deck)] if None in sides else []
    return theme, root, made, tuple(problems)


def duplex(chosen: Chosen, stock: Stock, *, cut: bool) -> Layout:
    """Return pages of fronts, each with its page of backs; `cut`: with marks to cut along."""
    theme, root, made, problems = faces(chosen, stock)
    printing, each = chosen.deck.printing, stock.columns * stock.rows
    aside = tuple(MM * way for way in printing.back_offset)
    pages = []
    for start in range(0, len(made), each):
        fronts, backs = list[Block](), list[Block]()
        for n, card in enumerate(made[start : start + each]):
            row, column = divmod(n, stock.columns)
            fronts.append(placed(card.front, stock, column, row))
            if printing.flip == "long":
                column = stock.columns - 1 - column
            else:
                row = stock.rows - 1 - row
            strips, left, top = placed(card.back, stock, column, row)
            backs.append((strips, left + aside[0], top + aside[1]))
        marks = [([Strip(0.0, crop_marks(stock))], 0.0, 0.0)] if cut else []
        pages += [Page((*marks, *fronts)), Page(tuple(backs))]
    return Layout(theme, root, tuple(pages), True, printing.flip, problems)


def placed(side: Strip, stock: Stock, column: int, row: int) -> Block:
    """Return a side where its card is on the page."""
    left, top = stock.corner(column, row)
    return [side], left + stock.inset, top - stock.inset


def crop_marks(stock: Stock) -> Draw:
    """Return what draws marks in the margin, and small crosses where cards meet."""
    xs = [stock.left + n * stock.across for n in range(stock.columns + 1)]
    tops = [stock.corner(0, n)[1] for n in range(stock.rows + 1)]

    def draw(canvas: TaggedCanvas, _: float, __: float) -> None:
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(FOOT_WEIGHT)
        for x in xs:
            canvas.line(x, tops[0] + OFF, x, tops[0] + OFF + MARK)
            canvas.line(x, tops[-1] - OFF, x, tops[-1] - OFF - MARK)
        for y in tops:
            canvas.line(xs[0] - OFF - MARK, y, xs[0] - OFF, y)
            canvas.line(xs[-1] + OFF, y, xs[-1] + OFF + MARK, y)
        for x in xs[1:-1]:
            for y in tops[1:-1]:
                canvas.line(x - CROSS, y, x + CROSS, y)
                canvas.line(x, y - CROSS, x, y + CROSS)

    return draw


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each card, its front before its back."""
    for fact in chosen.facts:
        for card, number in zip(cards(fact), card_numbers(fact), strict=True):
            yield Said(number, (*card.front, *card.back))
