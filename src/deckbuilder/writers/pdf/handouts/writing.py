"""Questions and answers -> numbered entries of a list, with lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.choice import Chosen
from deckbuilder.model import Content, Fact, plain_content
from deckbuilder.text.tree import Text, words
from deckbuilder.writers.pdf.ink import draw_runs
from deckbuilder.writers.pdf.parts import NUMBERED, content
from deckbuilder.writers.pdf.runs import set_text
from deckbuilder.writers.pdf.strips import (
    Label,
    Strip,
    baseline,
    draw_all,
    height,
    paragraph,
    space,
)
from deckbuilder.writers.pdf.tagged import Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import BODY_SPACE, BOX_WEIGHT, MM, WRITING, Theme

PITCH = 8.4 * MM  # between two lines: handwriting needs no less, whatever the type
ASIDE = 0.26  # of the width: a line to write on at the right of its question
APART = 0.9  # × the body: above each question
SHARES = (0.46, 0.2, 0.2, 0.14)  # of the width: the fields for name, class, day and marks


def fields(labels: Sequence[str], marks: str, theme: Theme, element: Element) -> list[Strip]:
    """Return labels with lines to write on, in a row, and how many marks there are to score."""
    style = theme.style("foot")
    texts = [*(set_text(words(f"{label} "), style) for label in labels),
             set_text(words(f"/ {marks} "), style)]  # fmt: skip
    tall = max(PITCH, 1.6 * style.leading)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(BOX_WEIGHT)
        y = top - 0.75 * tall
        for runs, share in zip(texts, SHARES, strict=True):
            end, wide = left + share * theme.width, sum(run.width for run in runs)
            if runs is texts[-1]:  # the score stands before its slash
                start, stop, x = left, end - wide - theme.unit / 2, end - wide + theme.unit / 2
            else:
                start, stop, x = left + wide, end - 2 * theme.unit, left
            with canvas.tag(element):
                draw_runs(canvas, runs, x, y)
            canvas.line(start, y - 1.5, stop, y - 1.5)
            left = end

    return [Strip(tall, draw)]


def written_on(
    fact: Fact, asked: Content, lines: int, theme: Theme, parent: Element, *, aside: bool
) -> Strip:
    """Return a question in one piece, with `lines` below it or, `aside`, one at its right."""
    entry, style = parent.add("LI"), theme.style("fact")
    label = Label(str(fact.number), entry.add("Lbl"))
    line = ASIDE * theme.width
    measure = theme.width - (line + 2 * theme.unit if aside else 0.0)
    strips = content(asked, style, theme, measure, entry.add("LBody"), label)
    words_tall, pitch = height(strips), max(PITCH, style.leading * 1.2)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        draw_all(strips, canvas, left, top)
        canvas.setStrokeColor(WRITING)
        canvas.setLineWidth(BOX_WEIGHT)
        end = left + theme.width
        if aside:
            y = top - baseline(style) - 1.5
            canvas.line(end - line, y, end, y)
        for n in range(1, lines + 1):
            y = top - words_tall - n * pitch + 0.2 * pitch
            canvas.line(left + style.indent, y, end, y)

    return Strip(words_tall + lines * pitch, draw, APART * theme.base, fact=fact)


def key(
    chosen: Chosen, facts: Sequence[Fact], theme: Theme, section: Element, lead: Text = ()
) -> tuple[list[Strip], list[Strip]]:
    """Return the head of a key, `lead` in it, and the answers to the facts in their order."""
    say, style = chosen.deck.phrases, theme.style("fact")
    parts = [say.answers, say.version_letter.format(letter=chosen.version)]
    title = words(" · ".join(parts[: 2 if chosen.version else 1]))
    head = paragraph(title, theme.style("title"), theme.width, section.add("H2"), bookmark=1)
    note = words(say.for_teachers)
    head += paragraph(note, theme.style("lead"), theme.width, section.add("P"))
    if lead:
        head += paragraph(lead, theme.style("body"), theme.width, section.add("P"))
    head.append(space(BODY_SPACE * theme.unit))
    parent, body = section.add("L", attributes=NUMBERED), list[Strip]()
    for fact in facts:
        entry = parent.add("LI")
        label, inside = Label(str(fact.number), entry.add("Lbl")), entry.add("LBody")
        strips = content(fact.parts.asked.answer, style, theme, theme.column, inside, label)
        body += [replace(strip, fact=fact) for strip in strips]
    return head, body


def is_dated(fact: Fact) -> bool:
    """Tell whether a fact asks for its date."""
    when = fact.parts.when
    return bool(when and plain_content(fact.parts.asked.answer) == when.text)
