"""A timeline as large as two sheets: printed on both, to join, or whole on paper twice as large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckbuilder.choice import Chosen
from deckbuilder.content import paragraph
from deckbuilder.model import Deck, Fact
from deckbuilder.text.tree import words
from deckbuilder.writers.pdf.axis import arranged
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Handout, Said
from deckbuilder.writers.pdf.handouts.stock import Stock, crop_marks, margin
from deckbuilder.writers.pdf.handouts.tiles import EDGE, MARGIN, Owners, tile
from deckbuilder.writers.pdf.masthead import masthead, told
from deckbuilder.writers.pdf.pages import Block, Flow, Layout, Page, Story, fitted
from deckbuilder.writers.pdf.parts import NUMBERED
from deckbuilder.writers.pdf.strips import height
from deckbuilder.writers.pdf.theme import DOUBLE, PAPERS, PROFILES, Theme
from deckbuilder.writers.pdf.theme_timeline import SIZES
from deckbuilder.writers.pdf.timeline import (
    TIME,
    dated,
    entry_list,
    event_entry,
    period_entries,
    topic_entry,
)
from deckbuilder.writers.pdf.timeline_labels import Entry

TWICE = {"A4": "A3 across", "Letter": "Tabloid across", "A5": "A4 across"}
LARGEST, SMALLEST = 28, 12  # points, of the body
LABELS = SIZES[:-1]  # × a label's size: none far smaller than the axis is
HEAD = 15.0  # points: its body, at most
APART = 1.2  # × their size: from label to label, which would else be read as one
FIGURE = 0.76  # of the height: the most that the figure takes


def _facts(deck: Deck) -> tuple[Fact, ...]:
    return tuple(fact for fact, _ in dated(deck))


def _entries(chosen: Chosen) -> tuple[list[Entry], list[Entry]]:
    """Return topics and events, each event with its number, and the periods, all by time."""
    deck, topics = chosen.deck, chosen.choice.topics
    wanted = {fact.id for fact in chosen.facts}
    marks = [
        topic_entry(topic, topic.when)._replace(more=topic.summary)
        for topic in deck.topics
        if topic.when and (not topics or topic.id in topics)
    ]
    marks += [
        event_entry(fact, when, deck.phrases)._replace(number=str(fact.number))
        for fact, when in dated(deck)
        if fact.id in wanted
    ]
    bands = [] if topics else period_entries(deck.periods)
    return sorted(marks, key=TIME), bands


def lay_out(chosen: Chosen) -> Layout:
    """Return the figure in the largest type that has room, or a list where there is too much."""
    marks, bands = _entries(chosen)
    deck, printing = chosen.deck, chosen.deck.printing
    wide, tall = (side - 2 * MARGIN for side in PAPERS[printing.paper])
    twice = replace(printing, paper=TWICE[printing.paper])
    aside = (DOUBLE[twice.paper][0] - 2 * wide) / 2
    smallest = max(SMALLEST, round(PROFILES[printing.profile].smallest))
    for base in range(LARGEST, smallest - 1, -1):
        sheet = Theme(min(base, HEAD), printing, most_columns=1, margin=MARGIN)
        theme = replace(sheet, base=base, printing=twice, margin=aside + EDGE)
        root = Element("Document")
        head = masthead(deck, sheet, root, deck.phrases.poster, deck.summary, told(chosen))
        figure = arranged(marks, bands, theme, deck.phrases, (FIGURE, FIGURE), LABELS, APART)
        if figure and figure.height + height(head) <= tall:
            owners = _owners(sorted((*marks, *bands), key=TIME), root)
            if printing.poster == "whole":
                one = tile(head, figure, owners, aside, (2 * wide, tall), 0)
                return Layout(theme, root, [Page((one,))], bare=True)
            tiles = [tile(head, figure, owners, MARGIN, (wide, tall), n) for n in range(2)]
            pages = [Page((each, _margins(deck, sheet, n))) for n, each in enumerate(tiles, 1)]
            return Layout(sheet, root, pages, bare=True)

    def story(theme: Theme, root: Element) -> Story:
        head = masthead(deck, theme, root, deck.phrases.poster, deck.summary, told(chosen))
        return (Flow(head, entry_list(marks, bands, theme, root)),)

    return fitted(story, printing, most_columns=1)


def _owners(entries: Sequence[Entry], root: Element) -> Owners:
    """Return what the numbers and the words of entries belong to, declared in their order."""
    parent, owners = root.add("L", attributes=NUMBERED), {}
    for entry in entries:
        item = parent.add("LI")
        owners[entry] = item.add("Lbl") if entry.number else None, item.add("LBody")
    return owners


def _margins(deck: Deck, sheet: Theme, number: int) -> Block:
    """Return the marks to cut a sheet by, and what is said beside them."""
    say, paper = deck.phrases, deck.printing.paper
    wide, tall = (side - 2 * MARGIN for side in PAPERS[paper])
    stock = Stock(paper, 1, 1, wide, tall, MARGIN, MARGIN, wide, tall, 0.0)
    where = say.sheet.format(number=number, count=2)
    around = margin(stock, sheet, deck, say.poster, where, say.poster_how, cut=True)
    return [crop_marks(stock), around], 0.0, 0.0


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each event that has a number, by time."""
    marks, _ = _entries(chosen)
    for entry in marks:
        if entry.number:
            yield Said(entry.number, (*paragraph(words(entry.date)), *paragraph(entry.text)))


def _is_worth_it(chosen: Chosen) -> bool:
    marks, bands = _entries(chosen)
    return len(marks) + len(bands) > 1


HANDOUT = Handout(
    lambda say: say.poster,
    _facts,
    lay_out,
    says,
    once=True,
    worth=_is_worth_it,
    takes="a timeline of two dates or more",
)
