"""Questions and what they are worth -> boxes side by side, with room to answer."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuilder.model import Fact
from deckbuilder.text.tree import words
from deckbuilder.writers.pdf.blemishes import Whose, blemishes_in, owned
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.handouts.writing import PITCH
from deckbuilder.writers.pdf.ink import draw_line
from deckbuilder.writers.pdf.parts import content
from deckbuilder.writers.pdf.pictures import ASKED, illustrated
from deckbuilder.writers.pdf.runs import Line, blanked, set_text
from deckbuilder.writers.pdf.strips import Strip, baseline, draw_all, height, paragraph
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import ACCENT, BOX_WEIGHT, TINT, WRITING, Theme

PAD, HEAD = 0.6, 1.7  # × the body: inside a box, and how high its head is
ROOM = 1.5  # × a line to write on: free below a question


def row_of_boxes(
    questions: Sequence[tuple[Fact, str]], across: int, theme: Theme, parent: Element
) -> Strip:
    """Return questions in boxes, each with what it is worth, all as high as one of them needs.

    Args:
        questions: facts, and the words at the right of their numbers.
        across: how many boxes are as wide as the page.
        theme: the sizes.
        parent: the list that the questions become entries of.
    """
    base, wide = theme.base, theme.width / across
    room, head = wide - 2 * PAD * base, HEAD * base * theme.profile.spacing
    style = theme.style("body", below=0.0)
    number = theme.style("body", below=0.0, face="Sans-Bold", color=ACCENT)
    made = []
    for fact, value in questions:
        entry = parent.add("LI")
        label = paragraph(words(str(fact.number)), number, room, entry.add("Lbl"))
        inside = entry.add("LBody")
        worth = Line(set_text(words(value), theme.style("foot")), spaced=True)
        owner = inside.add("P")
        asked = content(blanked(fact.parts.asked.prompt), style, theme, room, inside.add("P"))
        asked = illustrated(asked, fact.media.asked, theme, room, inside, indent=0.0, highest=ASKED)
        owned(asked, fact)
        made.append((label, worth, owner, asked))
    tall = head + max(height(asked) for *_, asked in made) + 2 * PAD * base + ROOM * PITCH

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        for n, (label, worth, owner, asked) in enumerate(made):
            x = left + n * wide
            canvas.setFillColor(theme.tint(TINT))
            canvas.rect(x, top - head, wide, head, stroke=0, fill=1)
            canvas.setStrokeColor(WRITING)
            canvas.setLineWidth(BOX_WEIGHT)
            canvas.rect(x, top - tall, wide, tall)
            draw_all(label, canvas, x + PAD * base, top - (head - style.leading) / 2)
            down = (head - style.leading) / 2 + baseline(style)
            draw_line(canvas, worth, owner, x + wide - PAD * base - worth.width, top - down)
            draw_all(asked, canvas, x + PAD * base, top - head - PAD * base)

    longest = max(range(len(made)), key=lambda n: height(made[n][-1]))
    found = blemishes_in(strip for *_, asked in made for strip in asked)
    return Strip(tall, draw, whose=Whose(questions[longest][0]), blemishes=found)
