"""The parts that handouts are made of: a rule with its heading, a numbered fact, a panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from deckbuilder.model import Ask, Content, Fact, Items, Paragraph
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import Bold, Text, Words, words
from deckbuilder.writers.pdf.lines import set_text
from deckbuilder.writers.pdf.strips import (
    Label,
    Strip,
    draw_all,
    draw_runs,
    height,
    paragraph,
    rule,
    shifted,
)
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, WRITING, Style, Theme

NUMBERED = {"List": {"ListNumbering": "Decimal"}}
LETTERED = {"List": {"ListNumbering": "UpperAlpha"}}
BULLETED = {"List": {"ListNumbering": "Disc"}}


def section_rule(theme: Theme) -> list[Strip]:
    """Return the line that opens a section."""
    above, below = 1.6 * theme.unit, 0.7 * theme.unit
    return rule(theme.rule, ACCENT, theme.column, above=above, below=below)


def facts(
    of: Sequence[Fact], date: str, theme: Theme, measure: float, section: Element
) -> list[Strip]:
    """Set facts as one numbered list; a fact of the section's own `date` does not repeat it."""
    if not of:
        return []
    parent = section.add("L", attributes=NUMBERED)
    return [strip for fact in of for strip in _fact(fact, date, theme, measure, parent)]


def _fact(fact: Fact, date: str, theme: Theme, measure: float, parent: Element) -> list[Strip]:
    """Set a fact: its number, its statement, and what else there is to know in small print."""
    entry = parent.add("LI")
    label, body = Label(str(fact.number), entry.add("Lbl")), entry.add("LBody")
    statement, when = fact.parts.statement, fact.parts.when
    if when and when.text != date:
        statement = _dated(when.text, statement)
    strips = content(statement, theme.style("fact"), theme, measure, body, label)
    for more in (fact.extra, fact.cite):
        if more:
            strips += paragraph(more, theme.style("small"), measure, body.add("P"))
    return strips


def _dated(date: str, statement: Content) -> Content:
    """Open a statement with its date."""
    label = (Bold(words(date[:1].upper() + date[1:])),)
    first, *rest = statement
    if isinstance(first, Paragraph):
        return (Paragraph((*label, Words(" "), *first.text)), *rest)
    return (Paragraph(label), *statement)


def content(
    of: Content,
    style: Style,
    theme: Theme,
    measure: float,
    element: Element,
    label: Label | None = None,
    *,
    blanks: bool = False,
) -> list[Strip]:
    """Set blocks under one label, their first paragraph in `element` itself."""
    strips: list[Strip] = []
    for text, items in _blocks(of):
        if text:
            owner = element if not strips else element.add("P")
            first = label if not strips else None
            lead = replace(style, stay=True) if items else style
            strips += paragraph(text, lead, measure, owner, label=first, blanks=blanks)
        if items:
            strips += _items(items, style, theme, measure, element, blanks=blanks)
    return strips


def _blocks(of: Content) -> list[tuple[Text, Items | None]]:
    """Return each text with the list that follows it; fixed words stand in line with their text."""
    out: list[tuple[Text, Items | None]] = []
    for block in of:
        if isinstance(block, Ask) and out and out[-1][1] is None:
            out[-1] = ((*out[-1][0], *words(f" {block.words}")), None)
        elif isinstance(block, Items) and out and out[-1][1] is None:
            out[-1] = (out[-1][0], block)
        elif isinstance(block, Items):
            out.append(((), block))
        else:
            out.append((block.text if isinstance(block, Paragraph) else words(block.words), None))
    return out


def _items(
    of: Items, style: Style, theme: Theme, measure: float, element: Element, *, blanks: bool
) -> list[Strip]:
    parent = element.add("L", attributes=NUMBERED if of.ordered else BULLETED)
    own = replace(theme.style("item"), size=style.size, leading=style.leading)
    strips: list[Strip] = []
    for number, text in enumerate(of.items, 1):
        entry = parent.add("LI")
        label = Label(f"{number}." if of.ordered else "•", entry.add("Lbl"))
        style_here = replace(own, stay=number in (1, len(of.items) - 1))  # none is left alone
        strips += paragraph(
            text, style_here, measure - style.indent, entry.add("LBody"), label=label, blanks=blanks
        )
    return shifted(strips, style.indent)


# ---------------------------------------------------------------------------- panels


def panel(
    strips: Sequence[Strip], theme: Theme, measure: float, tall: float, tint: Any, bar: Any
) -> Strip:
    """Return strips on a tint, with a bar at the left; `tall` points high."""
    pad = panel_padding(theme)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.setFillColor(tint)
        canvas.rect(left, top - tall, measure, tall, stroke=0, fill=1)
        canvas.setFillColor(bar)
        canvas.rect(left, top - tall, theme.panel_bar, tall, stroke=0, fill=1)
        draw_all(strips, canvas, left + pad + theme.panel_bar, top - pad)

    return Strip(tall, draw)


def panel_padding(theme: Theme) -> float:
    """Return the space between a panel's edge and its words."""
    return 2.2 * theme.unit


def panel_height(strips: Sequence[Strip], theme: Theme) -> float:
    """Return how high a panel must be to hold the strips."""
    return height(strips) + 2 * panel_padding(theme)


def boxes(say: Phrases, theme: Theme, measure: float, element: Element) -> list[Strip]:
    """Return a row of boxes to tick, one for each time a learner comes back to the sheet."""
    style = theme.style("box")
    labels = [set_text(words(f"{label} "), style) for label in (say.retest, *say.intervals)]
    side, near = style.size * 0.92, 0.5 * theme.unit
    used = sum(run.width for label in labels for run in label) + len(say.intervals) * (side + near)
    gap = min((measure - used) / len(say.intervals), 1.6 * theme.unit)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        y = top - style.leading
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(0.7)
        with canvas.tag(element):
            for index, label in enumerate(labels):
                if index:
                    canvas.rect(left, y - 0.1 * side, side, side)
                    left += side + near
                draw_runs(canvas, label, left, y)
                left += sum(run.width for run in label) + gap

    return [Strip(style.leading * 1.2, draw, 0.8 * theme.unit)]
