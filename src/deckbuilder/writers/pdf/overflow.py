"""The pages of a handout -> those facts of which one piece is higher than a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from deckbuilder.model import Fact, Printing
from deckbuilder.writers.pdf.blemishes import Whose
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.pages import Layout, Page, Story, fitted, smallest
from deckbuilder.writers.pdf.theme import Theme


def with_room(
    story_at: Callable[[Theme, Element], Story], printing: Printing, most_columns: int = 2
) -> Layout:
    """Return the story as `fitted` does, told of each fact whose one piece is higher than the page.

    In the smallest type, if fewer are there.
    """
    layout = overfull(fitted(story_at, printing, most_columns))
    if not layout.without_room:
        return layout
    other = overfull(smallest(story_at, printing, most_columns))
    return other if len(other.without_room) < len(layout.without_room) else layout


def overfull(layout: Layout) -> Layout:
    """Return the layout, told of each fact whose one piece is higher than the page."""
    pages = [*layout.pages]
    found = chain.from_iterable(running_over(page, layout.theme) for page in pages)
    facts = tuple([each.holder for each in found if isinstance(each.holder, Fact)])
    return layout._replace(pages=pages, without_room=facts)


def running_over(page: Page, theme: Theme) -> Iterator[Whose]:
    """Yield whose strips run over the foot of a page: they are higher than it."""
    for strips, _, top in page.blocks:
        below = top
        for index, strip in enumerate(strips):
            below -= strip.height + (strip.above if index else 0.0)
            if strip.whose and strip.height and below < theme.foot - 1:
                yield strip.whose
