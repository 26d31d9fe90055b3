"""The picture of a fact -> a strip that draws it, a Figure with words of its own, its credit below.

Its pixels are looked at when the page is drawn: until then its size is enough.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from deckbuilder.content import Content, Paragraph
from deckbuilder.media.medium import Asset, Media
from deckbuilder.text.tree import Text, words
from deckbuilder.writers.pdf.blemishes import SmallPicture
from deckbuilder.writers.pdf.drawn import Box
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.strips import Strip, paragraph, with_space
from deckbuilder.writers.pdf.tagged import TaggedCanvas
from deckbuilder.writers.pdf.theme import MM, PROFILES, Theme

HIGHEST, ASKED = 0.3, 0.18  # of a column: a picture below a fact, and below a question
TALLEST = 0.5  # of a column: as high as large print makes one
# the longer side of a picture that can be read: words in it are some twentieth of that, and those
# of 1.5 mm are the smallest that anybody reads
READABLE = 30 * MM
SMALLEST_WORDS = 1.5 * MM
FEWEST = 100  # pixels of the longer side: less is a thumbnail, which shows nothing to a class
SQUEEZED = 0.7  # of its size: so small a picture may get where a column would be left empty
AFTER = 1.4  # units: below a picture, more than between it and what it is about
CREDIT = 0.9  # of small print
COARSEST = 150  # dots per inch: a small picture is not blown up


def illustrated(
    strips: list[Strip],
    media: Media,
    theme: Theme,
    measure: float,
    parent: Element,
    *,
    indent: float | None = None,
    highest: float = HIGHEST,
) -> list[Strip]:
    """Return what is said with its picture and credit, if any, below it; see `figure`.

    `highest`: how much of a column a picture takes at most; in larger print, as much more.
    """
    if not (media.image or media.credit):  # nearly always
        return strips
    most = min(highest * _enlarged(theme), TALLEST) * theme.tallest
    below = figure(media, theme, measure, parent, most=most, indent=indent)
    if not below:
        return strips
    *above, last = strips
    return [*above, replace(last, stay=True), *below]


def figure(
    media: Media,
    theme: Theme,
    measure: float,
    parent: Element,
    *,
    most: float,
    indent: float | None,
) -> list[Strip]:
    """Return a picture, if there is one, and its credit.

    Args:
        media: has them.
        theme: the sizes.
        measure: the width of the column in points.
        parent: what they belong to.
        most: how high a picture may be, in points.
        indent: how far they stand to the right, in points; None: as far as small print.
    """
    strips, credit, small = list[Strip](), _credit(media), theme.style("small")
    style = small if indent is None else replace(small, indent=indent)
    if media.image:
        box = wide, tall = fitted(media.image.size, (measure - style.indent, most), theme)
        element = parent.add("Figure", alt=media.alt)
        least = max(SQUEEZED, READABLE * _enlarged(theme) / max(box)) * tall
        drawn = Box(wide, tall, min(least, tall))
        draw = partial(_draw, media.image, element, style.indent, drawn)
        picture = Strip(tall, draw, above=0.3 * theme.unit, stay=bool(credit), box=drawn)
        if _is_unreadable(media.image, box, theme):
            picture.blemishes = (SmallPicture(media.image.path, box),)
        strips += with_space([picture], 0.4 * theme.unit)
    if credit:
        style = replace(theme.shrunk("small", CREDIT), indent=style.indent)
        strips += paragraph(credit, style, measure, parent.add("P"))
    return strips


def set_apart(strips: list[Strip], media: Media, theme: Theme) -> list[Strip]:
    """Return strips, if there is a picture among them, away from those of another that follow."""
    return with_space(strips, AFTER * theme.unit) if media.image else strips


def described(media: Media) -> Content:
    """Return what is read of what `illustrated` adds: the words for the picture, its credit."""
    return (Paragraph(words(media.alt)), Paragraph(_credit(media)))


def _credit(media: Media) -> Text:
    """Return the credit as print has it: what can only be heard is not there, and needs none."""
    return media.credit if media.image or not media.audio else ()


def fitted(size: tuple[int, int], room: tuple[float, float], theme: Theme) -> tuple[float, float]:
    """Return the width and height of a picture of so many pixels in a room, in points."""
    scale = min(_own(theme), room[0] / size[0], room[1] / size[1])
    return size[0] * scale, size[1] * scale


def is_tiny(size: tuple[int, int], box: tuple[float, float], theme: Theme) -> bool:
    """Tell whether a picture of so many pixels is too small to be read, for want of room."""
    return max(box) < READABLE * _enlarged(theme) and box[0] < 0.99 * _own(theme) * size[0]


def _is_unreadable(image: Asset, box: tuple[float, float], theme: Theme) -> bool:
    """Tell whether words in a picture can hardly be read: for want of room or pixels, or by size.

    How high words are is known of drawings alone.
    """
    from deckbuilder.media import vector  # most sheets have no picture

    if is_tiny(image.size, box, theme) or max(image.size) < FEWEST:
        return True
    share = vector.smallest_words(image.data) if vector.is_svg(image.data) else 0.0
    return 0 < share * max(box) < SMALLEST_WORDS * _enlarged(theme)


def _own(theme: Theme) -> float:
    """Return how many points a pixel is at most."""
    return 72 / COARSEST * _enlarged(theme)


def _enlarged(theme: Theme) -> float:
    """Return how much larger pictures are than in standard print: their words are read, too."""
    return theme.base / PROFILES["standard"].flowing if theme.profile.least else 1.0


def _draw(
    image: Asset,
    element: Element,
    indent: float,
    drawn: Box,
    canvas: TaggedCanvas,
    left: float,
    top: float,
) -> None:
    wide, tall = drawn.size
    left += indent
    canvas.bounded(element, (left, top - tall, left + wide, top))
    with canvas.tag(element):
        fit = partial(_printable, image)
        canvas.picture(image.data, fit, (left, top - tall), (wide, tall))


def _printable(image: Asset) -> Any:
    """Return a picture as ReportLab takes it."""
    from deckbuilder.media import pixels, raster, vector  # most sheets have no picture

    data = image.data
    if vector.is_svg(data):
        data = pixels.rasterised(data, image.size)
    return raster.printable(data)
