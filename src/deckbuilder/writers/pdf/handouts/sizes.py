"""Words and the room for them -> the largest type that they fit in, and what sets them in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from deckbuilder.content import Content, Paragraph, texts
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.lines import widest_word
from deckbuilder.writers.pdf.measured import Measured
from deckbuilder.writers.pdf.parts import content
from deckbuilder.writers.pdf.runs import set_text
from deckbuilder.writers.pdf.strips import Strip, height
from deckbuilder.writers.pdf.theme import Style, Theme

STEP = 0.5  # points between two sizes that are tried
LIGHT = "Serif-Regular"  # fixed words and hints below what is asked about
LEADING = 1.28
NARROWEST, TRIES = 0.4, 5  # of the width: no line is balanced to less; how exactly that is found

Setter = Callable[[Element], list[Strip]]


def styles(face: str, sizes: tuple[float, float], theme: Theme) -> Iterator[Style]:
    """Yield how words may be set, from the largest to the smallest."""
    first, last = (max(size, theme.least) for size in sizes)
    for n in range(round((first - last) / STEP) + 1):
        size = first - n * STEP
        leading = LEADING * size * theme.profile.spacing
        like = {"size": size, "leading": leading, "below": 0.0}
        apart = theme.style("body", face=LIGHT, **like)
        yield theme.style("body", face=face, apart=apart, **like)


def largest(
    of: Content,
    face: str,
    sizes: tuple[float, float],
    theme: Theme,
    room: tuple[float, float],
    measured: Measured,
) -> Setter | None:
    """Return what sets the words in the largest type that fits and cuts none, or else that fits."""

    def fits(style: Style) -> bool:
        return height_of(of, style, theme, measured)(room[0]) <= room[1]

    def whole(style: Style) -> bool:
        alone = len(of) == 1 and isinstance(of[0], Paragraph) and of[0]
        if alone and measured.lines(alone.text, style, room[0]):  # as of most: it cuts no word
            return True
        return all(widest_word(set_text(text, style)) <= room[0] for text in texts(of))

    style = _first_that(fits, styles(face, sizes, theme))
    if style and not whole(style):
        smaller = (each for each in styles(face, sizes, theme) if fits(each) and whole(each))
        style = next(smaller, style)
    if not style:
        return None
    measure = room[0]
    if len(of) == 1 and isinstance(of[0], Paragraph):
        measure = _balanced(height_of(of, style, theme, measured), room[0])
        if not measured.lines(of[0].text, style, measure):
            longest = widest_word(set_text(of[0].text, style))
            measure = max(measure, min(longest, room[0]))  # no word is cut to balance lines
    return partial(content, of, style, theme, measure)


def _first_that(fits: Callable[[Style], bool], of: Iterator[Style]) -> Style | None:
    """Return the first style that fits, if any does.

    Where the largest does not, the smallest is tried next: a long table fits in none, and to set
    it in all of them takes long.
    """
    first = next(of)
    if fits(first):
        return first
    smaller = [*of]
    return next(filter(fits, smaller)) if smaller and fits(smaller[-1]) else None


def height_of(
    of: Content, style: Style, theme: Theme, measured: Measured
) -> Callable[[float], float]:
    """Return what tells how high words are in a measure: 20 are tried for each card."""

    def tall(wide: float) -> float:
        if len(of) == 1 and isinstance(of[0], Paragraph):
            lines = measured.lines(of[0].text, style, wide)
            if lines:
                return sum([style.leading] * lines)  # as their strips are
        return height(content(of, style, theme, wide, measured))

    return tall


def _balanced(height_in: Callable[[float], float], wide: float) -> float:
    """Return the narrowest measure at which a paragraph is no higher."""
    tall, low, high = height_in(wide), NARROWEST * wide, wide
    for _ in range(TRIES):
        middle = (low + high) / 2
        low, high = (low, middle) if height_in(middle) <= tall else (middle, high)
    return high
