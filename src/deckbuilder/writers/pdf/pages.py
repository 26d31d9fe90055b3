"""A handout's story -> its pages, in the size that suits it: head, columns, panels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, starmap
from math import inf
from typing import Literal, NamedTuple

from deckbuilder.model import Fact, Printing
from deckbuilder.writers.pdf.columns import (
    Stack,
    balance,
    cuts,
    feather,
    is_held,
    split,
    squeezed,
    squeezed_in,
)
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.measured import Measured
from deckbuilder.writers.pdf.strips import Strip, height
from deckbuilder.writers.pdf.theme import (
    EMPTY,
    LEAST,
    MOST_SNUG,
    PANEL_SPACE,
    PROFILES,
    RUNNING_ABOVE,
    RUNNING_SPACE,
    Theme,
)
from deckbuilder.writers.pdf.typesize import Tried, best_size


class Flow(NamedTuple):
    """What begins on a page of its own and goes on over as many as it needs.

    The head and the panels are as wide as the page, the body flows through its columns. It may be
    set strip by strip, as pages ask for it.
    `apart`: no paper that is printed on both sides holds it together with what stands before.
    """

    head: list[Strip]
    body: Iterable[Strip]
    panels: Sequence[Strip] = ()
    theme: Theme | None = None  # if it has columns of its own
    apart: bool = False


AHEAD = 256  # strips that are set at once: about a page

Story = tuple[Flow, ...]  # all that a handout holds at one size
Block = tuple[Sequence[Strip], float, float]  # a stack, its left and its top in points


class Page(NamedTuple):
    """A page before it is drawn.

    `running`: the deck's title stands above its blocks again.
    `front`: it is not to be on the back of the page before.
    """

    blocks: tuple[Block, ...]
    running: bool = False
    front: bool = False


class Layout(NamedTuple):
    """The pages of a handout, with the structure of what is on them.

    `pages`: to be gone through once; those of a long story are only set and laid out meanwhile, so
    that nobody has to hold them all.
    `bare`: its blocks are all there is on a page, which has no bar at its head and no foot.
    `duplex`: the edge that the paper is turned over, if it is printed on both sides.
    `without_room`: facts that are too long for their place.
    """

    theme: Theme
    root: Element
    pages: Iterable[Page]
    bare: bool = False
    duplex: Literal["long", "short"] | None = None
    without_room: tuple[Fact, ...] = ()


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

    def set_in(base: float, snug: bool, root: Element, free: float = EMPTY) -> _Set:
        theme = Theme(base, printing, snug, most_columns)
        return _Set(story_at(theme, root), theme, free)

    def tried(base: float, snug: bool, most: int) -> Tried:
        return set_in(base, snug, measured, inf).tried(most)  # no topic is parted for larger type

    profile, measured = PROFILES[printing.profile], Measured()
    base, snug, root = profile.flowing, False, Element("Document")
    first = set_in(base, snug, root)
    begun = [*islice(first.pages, MOST_SNUG + 1)]
    if len(begun) <= MOST_SNUG:  # these are all
        size = best_size(Tried(len(begun), first.filled), profile, tried, parts=first.parts)
        if size != (base, snug):
            root = Element("Document")
            first, begun = set_in(*size, root), []
    return Layout(first.theme, root, _with_fronts(chain(begun, first.pages)))


class _Set:
    """A story at one size; its pages are laid out as they are asked for.

    `free`: how much of a page's height may stay free for what had better stay together.
    """

    def __init__(self, story: Story, theme: Theme, free: float = EMPTY) -> None:
        self.theme = theme
        self.flows = [(flow, flow.theme or theme, _Ahead(flow.body)) for flow in story]
        self.pages = chain.from_iterable(_begun(*each, free) for each in self.flows)

    @property
    def parts(self) -> bool:
        """Whether a column that was laid out ends in what had better stay together."""
        return any(body.parted for _, _, body in self.flows)

    @property
    def filled(self) -> float:
        """How many pages all that was set would fill, if nothing was kept apart."""
        return sum(starmap(_filled, self.flows))

    def tried(self, most: int) -> Tried:
        """Return what it comes to; once that is more than `most` pages, no more of it is set."""
        count = sum(1 for _ in islice(self.pages, most))
        more = any(body.strips for _, _, body in self.flows) or any(islice(self.pages, 1))
        return Tried(count + more, self.filled)


class _Ahead(Stack):
    """The strips of a body that are set and on no page yet.

    `parted`: how many columns before end in what had better stay together.
    """

    __slots__ = ("_to_come", "parted")

    def __init__(self, body: Iterable[Strip]) -> None:
        super().__init__()
        self._to_come, self.parted = iter(body), 0

    def more(self) -> bool:
        """Set some more; tell whether there were any."""
        before = len(self.strips)
        self.add(islice(self._to_come, AHEAD))
        return len(self.strips) > before

    def all_in(self, room: float, columns: int, free: float, full: float) -> bool:
        """Set as much as so many columns can hold; tell whether that is all there is."""
        if len(self.strips) < AHEAD:  # else they would mostly be gone through twice
            self.more()
        while cuts(self, room, columns, free, full)[-1] == len(self.strips):
            if not self.more():
                return True
        return False

    def squeeze(self, room: float, columns: int, free: float, full: float, closing: float) -> bool:
        """Make pictures lower where that fills columns; tell whether there were any.

        Where the next page is the last, only if there is none then: else they would be smaller for
        nothing, and that page emptier. `closing`: the room that panels take on the last.
        """
        while len(self.strips) < 2 * AHEAD and self.more():
            pass  # so that what comes next is there as a whole
        ends = cuts(self, room, columns, free, full)
        all_set = len(self.strips) < 2 * AHEAD
        if all_set and is_held(self, full - closing, columns, start=ends[-1]):
            return squeezed_in(self, room - closing, columns)
        done = False
        while squeezed(self, ends, room, free):
            ends, done = cuts(self, room, columns, free, full), True
        return done


def _filled(flow: Flow, theme: Theme, body: _Ahead) -> float:
    room = _top(theme, 0) - theme.foot
    return (height(flow.head) + height(flow.panels) + body.height / theme.columns) / room


def smallest(
    story_at: Callable[[Theme, Element], Story], printing: Printing, most_columns: int
) -> Layout:
    """Return the story in the smallest type there is for its readers; see `fitted`."""
    root = Element("Document")
    theme = Theme(PROFILES[printing.profile].smallest, printing, True, most_columns)
    return Layout(theme, root, _with_fronts(_Set(story_at(theme, root), theme).pages))


def _with_fronts(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield pages, an empty one before each that would be on a back and may not be."""
    count = 0
    for page in pages:
        if page.front and count % 2:
            yield Page(())
            count += 1
        yield page
        count += 1


def _begun(flow: Flow, theme: Theme, body: _Ahead, part: float) -> Iterator[Page]:
    """Yield the pages of a flow, of which the first may have to be on a front."""
    pages = _pages(flow, theme, body, part)
    yield next(pages)._replace(front=flow.apart)
    yield from pages


def _pages(flow: Flow, theme: Theme, body: _Ahead, part: float) -> Iterator[Page]:
    """Stack head, columns and panels into pages; where the body ends, its columns are balanced.

    `part`: of a page's height, may stay free for what had better stay together.
    """
    pages, blocks, top = _headed(flow.head, theme)
    yield from pages
    number, count, free = len(pages), theme.columns, part * theme.paper[1]
    apart = PANEL_SPACE * theme.unit if flow.panels else 0.0
    closing = height(flow.panels) + apart
    while True:
        room, full = top - theme.foot, _top(theme, number + 1) - theme.foot
        least = free if part == inf else 0.0
        ended = body.all_in(room, count, least, full)
        if not ended and part < inf and body.squeeze(room, count, free, full, closing):
            ended = body.all_in(room, count, least, full)
        last = balance(body, room - closing, count, free) if ended else None
        ends = last or (balance(body, room, count, free) if ended else None)
        ends = ends or cuts(body, room, count, free, full)
        body.parted += body.parts(ends)
        columns = body.columns(ends)
        heights = [*map(height, columns)]
        longest, left = max(heights), room - closing if last else room
        near = left - longest < EMPTY * theme.paper[1]  # else the page stays short
        short = ends[-1] == len(body.strips) and not (near and flow.panels)
        level = min(longest, left) if short else left  # a space may hang over
        for index, (column, tall) in enumerate(zip(columns, heights, strict=True)):
            feather(column, level - tall)
            blocks.append((column, theme.margin + index * (theme.column + theme.gutter), top))
        if last:
            foot = theme.foot + height(flow.panels) if near else top - longest - apart
            blocks += [(flow.panels, theme.margin, foot)] if flow.panels else []
            body.drop(len(body.strips))
            yield Page(tuple(blocks), number > 0)
            return
        body.drop(ends[-1])
        yield Page(tuple(blocks), number > 0)
        number += 1
        blocks, top = [], _top(theme, number)


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
