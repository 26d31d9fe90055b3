"""A handout's story -> pages -> the bytes of a PDF: fitting, columns, head and foot."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from deckbuilder.model import Deck, Fact, Printing
from deckbuilder.text.tree import plain, words
from deckbuilder.writers.pdf.archive import ArchiveCanvas, Attachment
from deckbuilder.writers.pdf.columns import balance, cut, feathered, split
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.glyphs import printable_name
from deckbuilder.writers.pdf.ink import draw_runs
from deckbuilder.writers.pdf.lines import first_line
from deckbuilder.writers.pdf.measured import Measured
from deckbuilder.writers.pdf.runs import set_text
from deckbuilder.writers.pdf.strips import Strip, draw_all, height
from deckbuilder.writers.pdf.tagged import About, TaggedCanvas
from deckbuilder.writers.pdf.theme import (
    ACCENT,
    EMPTY,
    FEATHER,
    FOOT_LINE,
    FOOT_SPACE,
    FOOT_WEIGHT,
    GROWTH,
    HAIRLINE,
    LEAST,
    LIKELY,
    MOST_FITTED,
    MOST_SNUG,
    PANEL_SPACE,
    PROFILES,
    RUNNING_ABOVE,
    RUNNING_SPACE,
    STEP,
    Profile,
    Theme,
)


class Flow(NamedTuple):
    """What begins on a page of its own and goes on over as many as it needs.

    The head and the panels are as wide as the page, the body flows through its columns.
    """

    head: list[Strip]
    body: list[Strip]
    panels: Sequence[Strip] = ()
    theme: Theme | None = None  # if it has columns of its own


Story = tuple[Flow, ...]  # all that a handout holds at one size
Block = tuple[Sequence[Strip], float, float]  # a stack, its left and its top in points


class Page(NamedTuple):
    """A page before it is drawn. `running`: the deck's title stands above its blocks again."""

    blocks: tuple[Block, ...]
    running: bool = False


class Layout(NamedTuple):
    """The pages of a handout, with the structure of what is on them.

    `bare`: its blocks are all there is on a page, which has no bar at its head and no foot.
    `duplex`: the edge that the paper is turned over, if it is printed on both sides.
    `without_room`: facts that are too long for their place.
    """

    theme: Theme
    root: Element
    pages: list[Page]  # to be taken out of it as they are drawn
    bare: bool = False
    duplex: Literal["long", "short"] | None = None
    without_room: tuple[Fact, ...] = ()


# ---------------------------------------------------------------------------- layout


def fitted(
    story_at: Callable[[Theme, Element], Story], printing: Printing, most_columns: int = 2
) -> Layout:
    """Return the story in the largest type that needs no more pages than it must.

    That is one if the smallest type can do it, else as many as a middle size needs; spaces get
    narrower where that saves a page. A long story is left in the middle size, where a larger one
    would only cost time.

    Args:
        story_at: sets the story in a theme, its structure below an element.
        printing: what is asked of the paper and for whom it is.
        most_columns: how many columns there may be.
    """

    def laid(base: float, snug: bool, root: Element) -> tuple[Layout, Tried]:
        theme = Theme(base, printing, snug, most_columns)
        story = story_at(theme, root)
        pages = [page for flow in story for page in _pages(flow, flow.theme or theme)]
        filled = sum(_filled(flow, flow.theme or theme) for flow in story)
        return Layout(theme, root, pages), Tried(len(pages), filled)

    profile, measured = PROFILES[printing.profile], Measured()
    first, tried = laid(profile.flowing, False, Element("Document"))
    base, snug = _size(tried, profile, lambda base, snug: laid(base, snug, measured)[1])
    if (base, snug) == (profile.flowing, False):
        return first
    return laid(base, snug, Element("Document"))[0]


class Tried(NamedTuple):
    """What a size comes to: how many pages, and how many were filled if nothing was kept apart."""

    pages: int
    filled: float


def _filled(flow: Flow, theme: Theme) -> float:
    room = _top(theme, 0) - theme.foot
    return (height(flow.head) + height(flow.panels) + height(flow.body) / theme.columns) / room


def _size(
    first: Tried, profile: Profile, tried: Callable[[float, bool], Tried]
) -> tuple[float, bool]:
    """Return the best size, and whether spaces are narrow; a middle size comes to the `first`."""
    least, snug, best = profile.flowing, False, first
    for base, narrow, most in _savings(first.pages, profile):
        now = tried(base, narrow)
        if now.pages <= most:
            least, snug, best = base, narrow, now
            break
    low, high = 0, round((profile.largest - least) / STEP) if first.pages <= MOST_FITTED else 0
    likely = best.filled * (profile.largest / least) ** GROWTH < LIKELY * best.pages
    middle = high if likely else (high + 1) // 2
    while low < high:
        if tried(least + middle * STEP, snug).pages == best.pages:
            low = middle
        else:
            high = middle - 1
        middle = (low + high + 1) // 2
    return least + low * STEP, snug


def _savings(pages: int, profile: Profile) -> Iterator[tuple[float, bool, int]]:
    """Yield a size, whether spaces are narrow, and how many pages that has to be enough for."""
    if 1 < pages <= MOST_FITTED:
        yield profile.smallest, False, 1
        yield profile.smallest, True, 1
    if 1 < pages <= MOST_SNUG:
        yield profile.flowing, True, pages - 1


def _pages(flow: Flow, theme: Theme) -> tuple[Page, ...]:
    """Stack head, columns and panels into pages; the columns of the last one are balanced."""
    pages, blocks, top = _headed(flow.head, theme)
    start = 0
    apart = PANEL_SPACE * theme.unit if flow.panels else 0.0
    closing = height(flow.panels) + apart
    while True:
        room = top - theme.foot
        columns = last = balance(flow.body, start, room - closing, theme.columns)
        if columns is None:
            columns, start = cut(flow.body, start, room, theme.columns)
        longest = max(height(column) for column in columns)
        near = room - closing - longest < EMPTY * theme.paper[1]  # else the page stays short
        level = longest if last is not None and not (near and flow.panels) else room
        level -= closing if last is not None and level == room else 0.0
        for index, column in enumerate(columns):
            left = theme.margin + index * (theme.column + theme.gutter)
            blocks.append((feathered(column, level, FEATHER), left, top))
        if last is not None:
            foot = theme.foot + height(flow.panels) if near else top - longest - apart
            blocks += [(flow.panels, theme.margin, foot)] if flow.panels else []
            return (*pages, Page(tuple(blocks), bool(pages)))
        pages.append(Page(tuple(blocks), bool(pages)))
        blocks, top = [], _top(theme, len(pages))


def _headed(head: Sequence[Strip], theme: Theme) -> tuple[list[Page], list[Block], float]:
    """Return the pages that the head fills, what of it stands above columns, where these begin."""
    pages: list[Page] = []
    while True:
        top = _top(theme, len(pages))
        part, rest = split(head, top - theme.foot, 1)
        block, below = (part, theme.margin, top), top - height(part)
        if not rest and below - theme.foot > LEAST * theme.paper[1]:
            return pages, [block], below
        pages.append(Page((block,), bool(pages)))
        if not rest:
            return pages, [], _top(theme, len(pages))
        head = rest


def _top(theme: Theme, number: int) -> float:
    """Return where a page begins: the first below its bar, the others below the title, too."""
    top = theme.paper[1] - theme.top - theme.bar
    running = theme.style("foot").leading + (RUNNING_ABOVE + RUNNING_SPACE) * theme.unit
    return top - running if number else top


def overfull(layout: Layout) -> Layout:
    """Return the layout, told of each fact whose one piece is higher than the page."""
    found = []
    for page in layout.pages:
        for strips, _, top in page.blocks:
            below = top
            for index, strip in enumerate(strips):
                below -= strip.height + (strip.above if index else 0.0)
                if strip.fact and below < layout.theme.foot - 1:
                    found.append(strip.fact)
    return layout._replace(without_room=tuple(found))


# ---------------------------------------------------------------------------- drawing


def draw(layout: Layout, deck: Deck, title: str, stamp: str, time: int) -> bytes:
    """Return the PDF.

    Args:
        layout: the pages; it is empty afterwards, as those of a long deck are as large as the deck.
        deck: what the head and the foot of each page speak of.
        title: what the file says it is.
        stamp: names the build, in the file's metadata.
        time: when the deck last changed, in seconds since 1970.
    """
    about = About(title, deck.id, plain(deck.summary), stamp, deck.language, time)
    out = io.BytesIO()
    source = Attachment(deck.file, deck.source.data, deck.phrases.attached)
    canvas = ArchiveCanvas(out, layout.root, about, layout.theme.paper, source)
    if layout.duplex:
        canvas.setViewerPreference("Duplex", f"DuplexFlip{layout.duplex.capitalize()}Edge")
    count = len(layout.pages)
    for number in range(1, count + 1):
        page = layout.pages.pop(0)
        if not layout.bare:
            _head_and_foot(canvas, deck, layout.theme, page.running, number, count)
        for strips, left, top in page.blocks:
            draw_all(strips, canvas, left, top)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _head_and_foot(
    canvas: TaggedCanvas, deck: Deck, theme: Theme, running: bool, number: int, count: int
) -> None:
    """Draw the bar at the head and, below a hairline, the file, its version and the page."""
    say, style = deck.phrases, theme.style("foot")
    left, right = theme.margin, theme.margin + theme.width
    canvas.area(ACCENT, left, theme.paper[1] - theme.top, theme.width, theme.bar)
    line = theme.foot - FOOT_LINE
    canvas.rule(HAIRLINE, FOOT_WEIGHT, (left, line), (right, line))
    file = words(say.from_file.format(file=printable_name(deck.file), version=deck.version))
    page = words(say.page.format(page=number, pages=count))
    below = line - FOOT_SPACE - style.size
    for text, from_right in ((file, False), (page, True)):
        runs = set_text(text, style)
        x = right - sum(run.width for run in runs) if from_right else left
        draw_runs(canvas, runs, x, below)
    if running:
        above = theme.paper[1] - theme.top - style.leading - RUNNING_ABOVE * theme.unit
        draw_runs(canvas, first_line(deck.title, style, theme.width), left, above)
