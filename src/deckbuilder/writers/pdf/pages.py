"""A handout's story -> pages -> the bytes of a PDF: fitting, columns, head and foot."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deckbuilder.model import Deck, Printing
from deckbuilder.text.tree import plain, words
from deckbuilder.writers.pdf.archive import ArchiveCanvas, Attachment
from deckbuilder.writers.pdf.columns import balance, feathered, split
from deckbuilder.writers.pdf.glyphs import printable_name
from deckbuilder.writers.pdf.lines import break_lines, set_text
from deckbuilder.writers.pdf.strips import Strip, draw_all, draw_runs, height
from deckbuilder.writers.pdf.tagged import About, Element, TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    ACCENT,
    EMPTY,
    FEATHER,
    HAIRLINE,
    MM,
    MOST_FITTED,
    PROFILES,
    STEP,
    Theme,
)


@dataclass(frozen=True, slots=True)
class Story:
    """All that a handout holds at one size, its structure declared.

    The head and the panels are as wide as the page, the body flows through two columns.
    """

    root: Element
    head: list[Strip]
    body: list[Strip]
    panels: list[Strip]


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is drawn: stacks of strips with the left and the top of each, in points."""

    blocks: tuple[tuple[Sequence[Strip], float, float], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A story and its pages at one size."""

    theme: Theme
    story: Story
    pages: tuple[Page, ...]


# ---------------------------------------------------------------------------- layout


def fitted(story_at: Callable[[Theme], Story], printing: Printing) -> Layout:
    """Return the story in the largest type that needs no more pages than it must.

    That is one if the smallest type can do it, else as many as a middle size needs; a long story
    is left in the middle size, where a larger one would only cost time.
    """

    def laid(base: float) -> Layout:
        theme = Theme(base, printing)
        story = story_at(theme)
        return Layout(theme, story, _pages(story, theme))

    profile = PROFILES[printing.profile]
    least, best = profile.flowing, laid(profile.flowing)
    if len(best.pages) > MOST_FITTED:
        return best
    if len(best.pages) > 1:
        small = laid(profile.smallest)
        if len(small.pages) == 1:
            least, best = profile.smallest, small
    low, high = 0, round((profile.largest - least) / STEP)
    while low < high:
        middle = (low + high + 1) // 2
        tried = laid(least + middle * STEP)
        if len(tried.pages) == len(best.pages):
            low, best = middle, tried
        else:
            high = middle - 1
    return best


def _pages(story: Story, theme: Theme) -> tuple[Page, ...]:
    """Stack head, columns and panels into pages; the columns of the last one are balanced."""
    pages: list[Page] = []
    top = theme.paper[1] - theme.top - theme.bar
    head = height(story.head)
    blocks: list[tuple[Sequence[Strip], float, float]] = [(story.head, theme.margin, top)]
    top -= head
    rest: Sequence[Strip] = story.body
    closing = height(story.panels) + (3 * theme.unit if story.panels else 0.0)
    while True:
        room = top - theme.foot
        last = balance(rest, room - closing, theme.columns)
        *columns, rest = [*last, ()] if last is not None else split(rest, room, theme.columns)
        longest = max(height(column) for column in columns)
        near = room - closing - longest < EMPTY * theme.paper[1]  # else the page stays short
        level = longest if last is not None and not (near and story.panels) else room
        level -= closing if last is not None and level == room else 0.0
        for index, column in enumerate(columns):
            left = theme.margin + index * (theme.column + theme.gutter)
            blocks.append((feathered(column, level, FEATHER * theme.unit), left, top))
        if last is not None:
            foot = theme.foot + height(story.panels) if near else top - longest - 3 * theme.unit
            blocks += [(story.panels, theme.margin, foot)] if story.panels else []
            return (*pages, Page(tuple(blocks)))
        pages.append(Page(tuple(blocks)))
        blocks, top = [], theme.paper[1] - theme.top - theme.bar - running_head(theme)


def running_head(theme: Theme) -> float:
    """Return how much of each following page the repeated title takes."""
    return theme.style("foot").leading + 2.4 * theme.unit


# ---------------------------------------------------------------------------- drawing


def draw(layout: Layout, deck: Deck, title: str, stamp: str, time: int) -> bytes:
    """Return the PDF.

    Args:
        layout: the pages.
        deck: what the head and the foot of each page speak of.
        title: what the file says it is.
        stamp: names the build, in the file's metadata.
        time: when the deck last changed, in seconds since 1970.
    """
    about = About(title, deck.id, plain(deck.summary), stamp, deck.language, time)
    out = io.BytesIO()
    source = Attachment(deck.file, deck.source.data, deck.phrases.attached)
    canvas = ArchiveCanvas(out, layout.story.root, about, layout.theme.paper, source)
    for number, page in enumerate(layout.pages, 1):
        _head_and_foot(canvas, deck, layout.theme, number, len(layout.pages))
        for strips, left, top in page.blocks:
            draw_all(strips, canvas, left, top)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _head_and_foot(canvas: TaggedCanvas, deck: Deck, theme: Theme, number: int, count: int) -> None:
    """Draw the bar at the head and, below a hairline, the file, its version and the page."""
    say, style = deck.phrases, theme.style("foot")
    left, right = theme.margin, theme.margin + theme.width
    canvas.setFillColor(ACCENT)
    canvas.rect(left, theme.paper[1] - theme.top, theme.width, theme.bar, stroke=0, fill=1)
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.5)
    line = theme.foot - 4 * MM
    canvas.line(left, line, right, line)
    file = words(say.from_file.format(file=printable_name(deck.file), version=deck.version))
    page = words(say.page.format(page=number, pages=count))
    below = line - 1.2 * MM - style.size
    for text, from_right in ((file, False), (page, True)):
        runs = set_text(text, style)
        x = right - sum(run.width for run in runs) if from_right else left
        draw_runs(canvas, runs, x, below)
    if number > 1:
        above = theme.paper[1] - theme.top - style.leading - 0.8 * theme.unit
        first, *more = break_lines(set_text(deck.title, style, flat=True), theme.width * 0.9)
        rest = set_text(words(" …"), style) if more else ()
        draw_runs(canvas, (*first.runs, *rest), left, above)
