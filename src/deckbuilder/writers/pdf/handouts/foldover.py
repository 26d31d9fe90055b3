"""Questions at the left, answers behind the fold: a learner tests themselves, in three rounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from deckbuilder.choice import Chosen
from deckbuilder.content import Content, Table, each_gap
from deckbuilder.model import Fact, asked_in_print
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import words
from deckbuilder.writers.pdf.blemishes import Whose, owned
from deckbuilder.writers.pdf.cells import HEADS
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts import Handout, Said
from deckbuilder.writers.pdf.handouts.answers import on_key
from deckbuilder.writers.pdf.handouts.folding import ROUNDS, FoldGrid, boxes, grid_of, ruled
from deckbuilder.writers.pdf.masthead import masthead, told
from deckbuilder.writers.pdf.overflow import with_room
from deckbuilder.writers.pdf.pages import Flow, Layout, Story
from deckbuilder.writers.pdf.parts import asking, content
from deckbuilder.writers.pdf.pictures import ASKED, described, illustrated
from deckbuilder.writers.pdf.rows import FormCell
from deckbuilder.writers.pdf.runs import blank_for, blanked
from deckbuilder.writers.pdf.strips import Strip, paragraph
from deckbuilder.writers.pdf.theme import ACCENT, Style, Theme
from deckbuilder.writers.pdf.topics import under_topics

CELL = "_" * 4  # a blank in a table: nobody writes there, and its columns are narrow


def _facts(chosen: Chosen) -> tuple[Fact, ...]:
    return under_topics(chosen.facts, chosen.deck, told(chosen))


def lay_out(chosen: Chosen) -> Layout:
    """Return the rows of all facts below their head, which each page repeats."""
    deck, say, facts = chosen.deck, chosen.deck.phrases, _facts(chosen)

    def story(theme: Theme, root: Element) -> Story:
        grid = grid_of(theme)
        head = masthead(deck, theme, root, say.fold_over, words(say.fold_how), told(chosen))
        table = root.add("Table")
        top = _head(say, theme, grid, table.add("TR"))
        again = _head(say, theme, grid, None)
        rows = [replace(_row(fact, theme, grid, table), again=again) for fact in facts]
        return (Flow(head, [replace(top, stay=True), *rows]),)

    return with_room(story, deck.printing, most_columns=1)


def _head(say: Phrases, theme: Theme, grid: FoldGrid, line: Element | None) -> Strip:
    """Return the head of the table; where it is repeated, it has no `line` in the structure."""
    style = theme.style("cell-head")
    titles = [("\u00a0", 0.0), (say.question, grid.question), (say.answer, grid.answer)]
    cells = [FormCell(_title(text, style, theme, line), left) for text, left in titles]
    for number in range(0 if grid.below else ROUNDS):
        left = grid.ticks + (number + 0.1) * grid.tick
        cells.append(FormCell(paragraph(words(str(number + 1)), style, theme.width, None), left))
    return ruled(cells, theme, grid, head=True)


def _title(text: str, style: Style, theme: Theme, line: Element | None) -> list[Strip]:
    element = line.add("TH", attributes=HEADS["Column"]) if line else None
    return paragraph(words(text), style, theme.width, element)


def _row(fact: Fact, theme: Theme, grid: FoldGrid, table: Element) -> Strip:
    """Return a question, boxes to tick, and its answer behind the fold."""
    line = table.add("TR")
    bold = {"face": "Sans-Bold", "color": ACCENT, "size": theme.shrunk("body", 0.9).size}
    number = theme.style("body", below=0.0, **bold)
    head = line.add("TH", attributes=HEADS["Row"])
    question, answer = line.add("TD"), line.add("TD")
    left, right = _sides(fact, theme, grid, question, answer)
    ticks = boxes(theme, grid)
    cells = [
        FormCell(paragraph(words(str(fact.number)), number, theme.width, head), 0.0),
        FormCell([*left, ticks] if grid.below else left, grid.question),
        FormCell(right, grid.answer),
    ]
    cells += [] if grid.below else [FormCell([ticks], grid.ticks)]
    return replace(ruled(cells, theme, grid), whose=Whose(fact))


def _sides(
    fact: Fact, theme: Theme, grid: FoldGrid, question: Element, answer: Element
) -> tuple[list[Strip], list[Strip]]:
    """Return what stands at the left of the fold, and what behind it."""
    style = theme.style("body", below=0.0)
    behind = grid.end - grid.answer
    telling = content(fact.parts.asked.answer, style, theme, behind, answer)
    media = fact.media.told
    telling = illustrated(telling, media, theme, behind, answer, indent=0.0, highest=ASKED)
    asked = asking(fact, _prompt(fact), style, theme, grid.room, question)
    return asked, owned(telling, fact)


def _prompt(fact: Fact) -> Content:
    """Return what is asked, with a blank for each gap."""
    prompt = fact.parts.asked.prompt
    with_cells = [
        each_gap((block,), lambda gap: blank_for(gap, CELL))
        if isinstance(block, Table)
        else (block,)
        for block in prompt
    ]
    return blanked(tuple(chain(*with_cells)))


def says(chosen: Chosen) -> Iterator[Said]:
    """Yield each question with its answer."""
    for fact in _facts(chosen):
        asked = (*_prompt(fact), *described(fact.media.asked))
        yield Said(str(fact.number), (*asked, *on_key(fact)))


HANDOUT = Handout(lambda say: say.fold_over, asked_in_print, lay_out, says)
