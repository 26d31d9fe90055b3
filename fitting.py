"""Content and the room for it -> its strips in the largest type that fits, its lines balanced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from deckbuilder.writers.pdf.theme_cards import NARROWEST

from deckbuilder.model import Content, Items, Paragraph, Printing, Table
from deckbuilder.writers.pdf.lines import set_text, widest_word
from deckbuilder.writers.pdf.parts import content
from deckbuilder.writers.pdf.strips import Strip, height
from deckbuilder.writers.pdf.tagged import Element
from deckbuilder.writers.pdf.theme import Style, Theme

ROUGHLY = 2.0  # points: lines need not be balanced more exactly


@dataclass(frozen=True, slots=True)
class Look:
    """How content is set: its face, its leading in sizes, and the sizes that are tried."""

    face: str
    leading: float
    sizes: Sequence[float]

    def style(self, theme: Theme) -> Style:
        """Return the style at the size of the theme's body."""
        leading = self.leading * theme.base * theme.profile.spacing
        return replace(theme.style("body"), face=self.face, leading=leading)


def fit(
    of: Content,
    look: Look,
    measure: float,
    room: float,
    printing: Printing,
    element: Element,
    below: Callable[[], list[Strip]] = list,
) -> list[Strip] | None:
    """Return content in the first size at which it fits; None if there is none.

    Args:
        of: what to set.
        look: how.
        measure: the width for it, in points.
        room: the height for it, with what stands below it.
        printing: for whom.
        element: what each of its paragraphs is declared in.
        below: makes what stands below it, its structure declared behind the content's.
    """
    under = height(below())
    for size in look.sizes:
        theme = Theme(size, printing)
        style = look.style(theme)
        least = _widest(of, style)
        if least > measure and size != look.sizes[-1]:
            continue  # a word would be cut
        if _height(of, style, theme, measure) + under <= room:
            balanced = _balanced(of, style, theme, measure, least)
            return [*content(of, style, theme, balanced, element, apart=True), *below()]
    return None


def _height(of: Content, style: Style, theme: Theme, measure: float) -> float:
    return height(content(of, style, theme, measure, Element("Div"), apart=True))


def _balanced(of: Content, style: Style, theme: Theme, measure: float, least: float) -> float:
    """Return the narrowest measure that makes content no higher; a table keeps the whole."""
    tall = _height(of, style, theme, measure)
    if tall <= style.leading + style.below or any(isinstance(block, Table) for block in of):
        return measure
    low, high = min(max(NARROWEST * measure, least), measure), measure
    while high - low > ROUGHLY:
        middle = (low + high) / 2
        if _height(of, style, theme, middle) <= tall:
            high = middle
        else:
            low = middle
    return high


def _widest(of: Content, style: Style) -> float:
    """Return the width of the widest word; tables see to their own."""
    texts = [block.text for block in of if isinstance(block, Paragraph)]
    texts += [item for block in of if isinstance(block, Items) for item in block.items]
    return max((widest_word(set_text(text, style)) for text in texts), default=0.0)
