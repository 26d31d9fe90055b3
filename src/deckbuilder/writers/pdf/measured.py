"""A text, known in one size -> how many lines it takes in another, without setting it again.

The search for the size of a story looks at ten sizes, and draws one. How wide a text is up to each
place where a line may end grows with the size, so it is worked out once.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

from deckbuilder.text.tree import Text
from deckbuilder.writers.pdf.elements import Attributes, Element
from deckbuilder.writers.pdf.fonts import widths
from deckbuilder.writers.pdf.quick import SLACK, seams_in, soft_in
from deckbuilder.writers.pdf.runs import Run, set_text
from deckbuilder.writers.pdf.theme import Style


class Known(NamedTuple):
    """What is known of a text in one size: where lines may end, and where then the next begins.

    All in points from the beginning of the text; the last end is that of the text.
    """

    size: float
    ends: Sequence[float]
    begins: Sequence[float]

    def lines(self, measure: float) -> int:
        """Return how many lines there are; 0 where it would take a closer look to tell."""
        count, done, start = 1, 0, 0.0
        while self.ends[-1] - start > measure - SLACK:
            held = bisect(self.ends, start + measure - SLACK, done)
            if held == done or held < bisect(self.ends, start + measure + SLACK, held):
                return 0
            count, done, start = count + 1, held, self.begins[held - 1]
        return count


class Measured(Element):
    """Stands for all elements of a story that is not to be drawn, only to be measured."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        super().__init__("Document")
        self.known: dict[object, Known | None] = {}

    def add(
        self, role: str, alt: str = "", actual: str = "", attributes: Attributes | None = None
    ) -> Element:
        """Return itself: nothing is said of what is not drawn."""
        return self

    def detached(self, role: str) -> Element:
        """Return itself, as `add` does."""
        return self

    def take(self, child: Element) -> None:
        """Do nothing."""

    def lines(self, text: Text, style: Style, measure: float) -> int:
        """Return how many lines of a measure a text takes; 0 if it has to be set to tell."""
        key = text, style.face, style.capitals
        if key not in self.known:
            self.known[key] = _known(set_text(text, style), style.size)
        known = self.known[key]
        return known.lines(measure * known.size / style.size) if known else 0


def _known(runs: Sequence[Run], size: float) -> Known | None:
    """Return what is to be known of runs, if they are plain words with one space between them."""
    text = "".join([run.text for run in runs])
    if (
        not text
        or "  " in f" {text} "
        or soft_in(text)
        or any(run.formula or run.hand.tracking for run in runs)
    ):
        return None
    ends, begins, x = list[float](), list[float](), 0.0
    for run in runs:
        scale = run.hand.size / 1000
        reach = [*accumulate(map(widths(run.hand.face), run.text), initial=0.0)]
        places = [(at, at + 1) for at, character in enumerate(run.text) if character == " "]
        places += [(at, at) for at in seams_in(run.text)]
        for end, begin in sorted(places):
            ends.append(x + reach[end] * scale)
            begins.append(x + reach[begin] * scale)
        x += reach[-1] * scale
    return Known(size, [*ends, x], [*begins, inf])
