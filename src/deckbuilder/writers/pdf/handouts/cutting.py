"""Cards and the paper they are cut from -> pages of fronts, and of backs that lie behind them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from deckbuilder.cards import Card, asked_about, card_numbers, cards, question
from deckbuilder.choice import Chosen
from deckbuilder.content import Paragraph
from deckbuilder.context import Question, asked_in_several_topics, question_of
from deckbuilder.model import Deck, Fact, asked_in_print
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Said
from deckbuilder.writers.pdf.handouts.frames import Cut
from deckbuilder.writers.pdf.handouts.sides import Faced, faced, notes
from deckbuilder.writers.pdf.handouts.stock import Stock, crop_marks, margin
from deckbuilder.writers.pdf.pages import Block, Layout, Page
from deckbuilder.writers.pdf.pictures import described
from deckbuilder.writers.pdf.strips import Strip
from deckbuilder.writers.pdf.theme import MM, PROFILES, Theme


def faces(chosen: Chosen, stock: Stock) -> tuple[Theme, Element, list[Faced], tuple[Fact, ...]]:
    """Return every card of the chosen facts, and each fact that has no room."""
    printing = replace(chosen.deck.printing, paper=stock.paper)
    theme = Theme(PROFILES[printing.profile].flowing, printing, most_columns=1)
    root, made, without = Element("Document"), list[Faced](), list[Fact]()
    table, topics = root.add("Table"), {topic.id: topic for topic in chosen.deck.topics}
    told_by = asked_in_several_topics(  # cards may be mixed with others of the deck
        (_front(fact, card), fact.topic)
        for fact in asked_in_print(chosen.deck)
        for card in cards(fact)
    )
    for fact in chosen.facts:
        for card, number in zip(cards(fact), card_numbers(fact), strict=True):
            alike, topic = _front(fact, card) in told_by, topics[fact.topic]
            cut = Cut(fact, topic, card, number, alike, chosen.deck, theme, stock.room)
            each = faced(cut, table)
            if not each:  # the others would be thrown away: a long table has one for each row
                without.append(fact)
                break
            made.append(each)
    return theme, root, made, tuple(without)


def _front(fact: Fact, card: Card) -> Question:
    return question_of(question(fact, card), asked_about(fact, card.ordinal))


def duplex(chosen: Chosen, stock: Stock, name: str, *, cut: bool) -> Layout:
    """Return pages of fronts, each with its page of backs.

    Args:
        chosen: what they are about.
        stock: what they are printed on.
        name: what the margin calls them.
        cut: whether there are marks to cut along.
    """
    theme, root, made, without = faces(chosen, stock)
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
        sheet = start // each + 1, math.ceil(len(made) / each)
        before, behind = _margins(chosen.deck, stock, theme, name, sheet, cut=cut)
        pages += [Page((before, *fronts)), Page((behind, *backs))]
    return Layout(theme, root, pages, True, printing.flip, without)


def _margins(
    deck: Deck, stock: Stock, theme: Theme, name: str, sheet: tuple[int, int], *, cut: bool
) -> Iterator[Block]:
    """Yield what is around the cards at the front of a sheet, and at its back."""
    say, (number, count) = deck.phrases, sheet
    how = say.flip_long if deck.printing.flip == "long" else say.flip_short
    how = f"{how} {say.cut_marks}" if cut else how
    for side in (say.front, say.back):
        where = say.sheet_of.format(number=number, count=count, side=side)
        around = [margin(stock, theme, deck, name, where, how, cut=cut)]
        around += [crop_marks(stock)] if cut and side == say.front else []
        yield around, 0.0, 0.0


def placed(side: Strip, stock: Stock, column: int, row: int) -> Block:
    """Return a side where its card is on the page."""
    left, top = stock.corner(column, row)
    return [side], left + stock.inset, top - stock.inset


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each card, its front before its back, and what else there is to know."""
    for fact in chosen.facts:
        for card, number in zip(cards(fact), card_numbers(fact), strict=True):
            asked = (*question(fact, card), *described(asked_about(fact, card.ordinal)))
            more = map(Paragraph, notes(fact, card, chosen.deck.printing))
            yield Said(number, (*asked, *card.back, *more))
