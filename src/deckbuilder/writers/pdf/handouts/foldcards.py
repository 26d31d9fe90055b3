"""Flash cards to print on one side, cut and fold: the answer comes to lie behind the question."""

from __future__ import annotations

import math
from dataclasses import replace

from deckbuilder.choice import Chosen
from deckbuilder.model import asked_in_print
from deckbuilder.writers.pdf.handouts import Handout
from deckbuilder.writers.pdf.handouts.cards import INSET, size
from deckbuilder.writers.pdf.handouts.cutting import faces, placed, says
from deckbuilder.writers.pdf.handouts.folding import fold_line
from deckbuilder.writers.pdf.handouts.stock import MARK, OFF, centred, crop_marks, margin
from deckbuilder.writers.pdf.pages import Block, Layout, Page
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.theme import PAPERS


def lay_out(chosen: Chosen) -> Layout:
    """Return cards below each other, questions at the left of the fold, answers at its right."""
    paper, (wide, tall) = chosen.deck.printing.paper, size(chosen.deck.printing)
    width = min(wide, PAPERS[paper][0] / 2 - MARK - OFF)
    stock = centred(paper, 2 * width, tall, INSET)
    halves = replace(stock, columns=2, width=width, across=width)
    theme, root, made, without = faces(chosen, halves)
    deck, say = chosen.deck, chosen.deck.phrases
    (x, top), (_, foot) = halves.corner(1, 0), halves.corner(1, halves.rows)
    marks = [crop_marks(stock), Strip(0.0, lambda canvas, *_: fold_line(canvas, x, top, foot))]
    count, pages = math.ceil(len(made) / stock.rows), list[Page]()
    for start in range(0, len(made), stock.rows):
        where = say.sheet.format(number=len(pages) + 1, count=count)
        around = margin(stock, theme, deck, say.fold_cards, where, say.fold_cards_how, cut=True)
        blocks: list[Block] = [([*marks, around], 0.0, 0.0)]
        for row, card in enumerate(made[start : start + stock.rows]):
            blocks.append(placed(card.front, halves, 0, row))
            blocks.append(placed(card.back, halves, 1, row))
        pages.append(Page(tuple(blocks)))
    return Layout(theme, root, pages, bare=True, without_room=without)


HANDOUT = Handout(lambda say: say.fold_cards, asked_in_print, lay_out, says)
