"""The pages of a handout -> a PDF in a file, with a head and a foot on each page."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from deckbuilder.model import Deck
from deckbuilder.problems import Problem
from deckbuilder.slots import dataclass
from deckbuilder.text.raised import in_a_line
from deckbuilder.text.tree import Text, words
from deckbuilder.writers.pdf.archive import ArchiveCanvas, Attachment
from deckbuilder.writers.pdf.blemishes import Blemish, HighLine, blemishes_in, told
from deckbuilder.writers.pdf.glyphs import printable_name
from deckbuilder.writers.pdf.ink import draw_runs
from deckbuilder.writers.pdf.lines import first_line
from deckbuilder.writers.pdf.overflow import running_over
from deckbuilder.writers.pdf.pages import Layout
from deckbuilder.writers.pdf.runs import set_text, width_of
from deckbuilder.writers.pdf.strips import draw_all
from deckbuilder.writers.pdf.tagged import About, TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    ACCENT,
    FOOT_LINE,
    FOOT_SPACE,
    FOOT_WEIGHT,
    HAIRLINE,
    RUNNING_ABOVE,
    SMALLEST,
    Theme,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """What is known of a PDF that was written; without `pages`, there is none."""

    pages: int
    problems: tuple[Problem, ...]


def draw(
    layout: Layout,
    deck: Deck,
    title: str,
    stamp: str,
    time: Callable[[], int],
    where: str,
    out: BinaryIO,
) -> Printed:
    """Write the PDF.

    Args:
        layout: the pages.
        deck: what the head and the foot of each page speak of.
        title: what the file says it is.
        stamp: names the build, in the file's metadata.
        time: asked, once the pages are drawn, for when the deck last changed, in seconds since
            1970.
        where: on what it is printed, for the words of a problem.
        out: the file, empty.
    """
    source = Attachment(deck.file, deck.source.data, deck.phrases.attached)
    canvas = ArchiveCanvas(out, layout.root, layout.theme.paper, deck.phrases.blank, source)
    if layout.duplex:
        canvas.setViewerPreference("Duplex", f"DuplexFlip{layout.duplex.capitalize()}Edge")
    heads, found = list[Text](), list[Blemish]()
    for page in layout.pages:
        lowest = layout.theme.foot
        for strips, left, top in page.blocks:
            lowest = min(lowest, draw_all(strips, canvas, left, top))
            found += blemishes_in(strips)
        canvas.showPage()
        if lowest < layout.theme.foot and not layout.bare:  # few pages do
            found += map(HighLine, running_over(page, layout.theme))
        free = () if page.blocks else words(deck.phrases.free_page)
        heads.append(deck.title if page.running else free)
    for number, head in enumerate(() if layout.bare else heads, 1):
        _head_and_foot(canvas, deck, layout.theme, head, number, len(heads))
        canvas.lay_under(number)
    canvas.save(About(title, in_a_line(deck.summary), stamp, deck.language, time()))
    least = max(layout.theme.least - 0.01, SMALLEST)
    return Printed(len(heads), tuple(told(found, deck, least, where)))


def _head_and_foot(
    canvas: TaggedCanvas, deck: Deck, theme: Theme, head: Text, number: int, count: int
) -> None:
    """Draw the bar and `head` below it and, below a hairline, the file, its version, the page."""
    say, style = deck.phrases, theme.style("foot")
    left, right = theme.margin, theme.margin + theme.width
    canvas.area(ACCENT, left, theme.paper[1] - theme.top, theme.width, theme.bar)
    line = theme.foot - FOOT_LINE
    canvas.rule(HAIRLINE, FOOT_WEIGHT, (left, line), (right, line))
    name = printable_name(deck.file, style.extra)
    file = words(say.from_file.format(file=name, version=deck.version))
    page = words(say.page.format(page=number, pages=count))
    below = line - FOOT_SPACE - style.size
    for text, from_right in ((file, False), (page, True)):
        runs = set_text(text, style)
        x = right - width_of(runs) if from_right else left
        draw_runs(canvas, runs, x, below)
    if head:
        above = theme.paper[1] - theme.top - style.leading - RUNNING_ABOVE * theme.unit
        draw_runs(canvas, first_line(head, style, theme.width), left, above)
