"""Questions and answers -> numbered entries of a list, with lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import combining, normalize

from deckbuilder.content import Content, Table, plain_content
from deckbuilder.model import Fact
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import plain, words
from deckbuilder.writers.pdf.blemishes import Whose
from deckbuilder.writers.pdf.drawn import Draw, down_in
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts.answers import joined
from deckbuilder.writers.pdf.ink import draw_runs
from deckbuilder.writers.pdf.panels import Panel, flowing, padding
from deckbuilder.writers.pdf.parts import asking, list_entry
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import Strip, baseline, beside, height, paragraph, stacked
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, BOX_WEIGHT, MM, TINT, WRITING, Theme

PITCH = 8.4 * MM  # between two lines: handwriting needs no less, whatever the type
ASIDE = 0.26  # of the width: a line to write on at the right of its question
DATE, MOST_ASIDE = 46 * MM, 0.4  # as long as a date by hand, if that takes no more of the width
ROOMY = 2.0  # units above and below the words of a cell to be filled by hand
WHOLE = 0.7  # of a page: a question that is higher, with its lines, may go on on the next one
APART = 0.9  # × the body: above each question
DOWN = 0.75  # of the height of a row of fields: where its words stand
BOX, ROUND = 13 * MM, 2.0  # for the score: its width, and how round its corners are
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})  # which Unicode takes for letters of their own


def fields(say: Phrases, marks: str, theme: Theme, element: Element) -> list[Strip]:
    """Return lines for name, group and day, and a box for the score out of `marks`.

    All stand in a row, or where that would be tight the name alone beside the box.
    """
    labels, style = (say.name, say.group, say.day), theme.style("foot")
    score = set_text(words(f"/ {marks}"), replace(style, face="Sans-Bold", color=ACCENT))
    tall, wide = max(PITCH, 1.6 * style.leading), width_of(score)
    room = theme.width - BOX - wide - theme.unit
    rows = [(labels[:1], room), (labels[1:], theme.width)] if theme.tight else [(labels, room)]

    def boxed(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(BOX_WEIGHT)
        canvas.roundRect(left + room, top - tall, BOX, 0.85 * tall, ROUND)
        with canvas.tag(element):
            draw_runs(canvas, score, left + theme.width - wide, top - DOWN * tall)

    strips = [Strip(tall, _lines(texts, wide, tall, theme, element)) for texts, wide in rows]
    return beside(boxed, strips, 0.0)


def _lines(
    labels: Sequence[str], width: float, tall: float, theme: Theme, element: Element
) -> Draw:
    """Return what draws labels with lines behind them in a row so wide, the first line longest."""
    texts = [set_text(words(f"{label} "), theme.style("foot")) for label in labels]
    part = width / (len(labels) + 1)
    widths = [2 * part, *(part for _ in labels[1:])]

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(BOX_WEIGHT)
        y = top - DOWN * tall
        for runs, wide in zip(texts, widths, strict=True):
            with canvas.tag(element):
                draw_runs(canvas, runs, left, y)
            start = left + width_of(runs)
            left += wide
            canvas.line(start, y - 1.5, left - 3 * theme.unit, y - 1.5)

    return draw


def written_on(
    fact: Fact, asked: Content, lines: int, theme: Theme, parent: Element, *, aside: bool
) -> list[Strip]:
    """Return a question with `lines` below it or, `aside`, one at its right.

    It is one piece, unless that leaves a page no room for a heading: then a table is parted behind
    a row, and lines to write on may go on without their question, but for the first.
    """
    label, body = list_entry(parent, str(fact.number))
    style = theme.style("fact")
    line = max(ASIDE * theme.width, min(DATE, MOST_ASIDE * theme.width))
    measure = theme.width - (line + 2 * theme.unit if aside else 0.0)
    strips = asking(fact, asked, style, theme, measure, body, label)
    pitch, end = max(PITCH, style.leading * 1.2), theme.width
    if aside:
        down = down_in(strips[0].draw, baseline(style))  # a formula may have moved it
        strips = beside(_ruled(down + 1.5, (end - line, end)), strips, 0.0)
    if not any(isinstance(block, Table) for block in asked):
        strips = [stacked(strips)]
    ruled = _ruled(0.8 * pitch, (style.indent, end))
    strips += [Strip(pitch, ruled) for _ in range(lines)]
    if height(strips) <= WHOLE * theme.tallest:
        question = len(strips) - lines
        strips = [stacked(strips[: question + 1]), *strips[question + 1 :]]
        for strip in strips[:-1]:
            strip.stay = strip.rather = True
    elif lines:
        strips[0].stay = True
    whose = Whose(fact)
    for strip in strips:
        strip.whose = whose
    strips[0].above = APART * theme.base
    return strips


def _ruled(down: float, ends: tuple[float, float]) -> Draw:
    """Return what draws a line to write on, `down` points below the top of a strip."""

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(BOX_WEIGHT)
        canvas.line(left + ends[0], top - down, left + ends[1], top - down)

    return draw


def word_bank(facts: Sequence[Fact], say: Phrases, theme: Theme, section: Element) -> list[Strip]:
    """Return a panel of what the gaps hold, once for each of them, in alphabetical order."""
    held = [text for fact in facts for text in fact.parts.asked.in_gaps]
    ordered = sorted(held, key=lambda text: _alphabetical(plain(text)))
    inside = theme.width - theme.panel_bar - 2 * padding(theme)
    title = replace(theme.style("cell-head"), stay=True)
    strips = paragraph(words(say.word_bank), title, inside, section.add("P"))
    strips += paragraph(joined(ordered), theme.style("body"), inside, section.add("P"))
    return flowing(Panel(strips, [], theme.width, TINT, ACCENT), theme)[1:]


def _alphabetical(word: str) -> tuple[str, str]:
    """Return what a word is sorted by: its letters without accents, as in our dictionaries."""
    letters = normalize("NFKD", word.casefold().translate(LIGATURES))
    return "".join(letter for letter in letters if not combining(letter)), word


def worth(facts: Sequence[Fact], say: Phrases) -> str:
    """Return how many marks there are for all the facts, in words."""
    return in_marks(sum(fact.parts.asked.marks for fact in facts), say)


def in_marks(marks: int, say: Phrases) -> str:
    """Return so many marks in words."""
    return (say.mark if marks == 1 else say.marks).format(marks=marks)


def is_dated(fact: Fact) -> bool:
    """Tell whether a fact asks for its date."""
    when = fact.parts.when
    return bool(when and plain_content(fact.parts.asked.answer) == when.text)
