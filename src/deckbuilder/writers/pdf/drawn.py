"""What strips draw: lines of words, labels, bookmarks; each knows how to draw itself at a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.elements import Element
from deckbuilder.writers.pdf.ink import draw_line
from deckbuilder.writers.pdf.runs import Line, Run
from deckbuilder.writers.pdf.tagged import TaggedCanvas

Draw = Callable[[TaggedCanvas, float, float], None]  # (canvas, left, top)


def nothing(canvas: TaggedCanvas, left: float, top: float) -> None:
    """Draw nothing."""


# These are no `partial`s, each of which keeps a tuple and an empty dictionary: a fact has 5.


@dataclass(slots=True)
class DrawnLine(Line):
    """A line that draws itself, `down` points below the top."""

    indent: float
    element: Element | None
    down: float

    def __call__(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw it on a canvas, its left and its top in points."""
        x, y = left + self.indent, top - self.down
        if self.element:
            canvas.paint(self.element, self.runs, x, y, spaced=self.spaced)
        else:
            canvas.write(self.runs, x, y)


@dataclass(slots=True)
class DrawnParts(DrawnLine):
    """One with links or formulas in it, or in the paragraph's other lines."""

    def __call__(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw it on a canvas, its left and its top in points."""
        draw_line(canvas, self, self.element, left + self.indent, top - self.down)


@dataclass(slots=True)
class Box:
    """How wide and how high a picture is, how high at least, and by how much it was `lowered`."""

    wide: float
    tall: float
    least: float
    lowered: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """The width and the height that it is drawn in, in points."""
        return self.wide * (1 - self.lowered / self.tall), self.tall - self.lowered

    @property
    def spare(self) -> float:
        """By how many points it may still be lowered."""
        return self.tall - self.lowered - self.least


@dataclass(slots=True)
class Labelled:
    """Draws what comes first under a label, and that, which hangs left of it."""

    inner: Draw
    label: Run
    element: Element
    down: float

    def __call__(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw it on a canvas, its left and its top in points."""
        canvas.paint(self.element, (self.label,), left, top - self.down)
        self.inner(canvas, left, top)


@dataclass(slots=True)
class DrawnRow:
    """Draws lines beside each other: each further to the right, and lower, by so many points."""

    parts: Sequence[tuple[Draw, float, float]]
    down: float

    def __call__(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw them on a canvas, their left and their top in points."""
        for part, right, lower in self.parts:
            part(canvas, left + right, top - lower)


@dataclass(slots=True)
class Bookmarked:
    """Draws what a bookmark leads to."""

    inner: Draw
    level: int
    title: str

    def __call__(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw it on a canvas, its left and its top in points."""
        canvas.bookmark(self.level, self.title, top)
        self.inner(canvas, left, top)


@dataclass(slots=True)
class Shifted:
    """Draws further to the right."""

    inner: Draw
    offset: float

    def __call__(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        """Draw it on a canvas, its left and its top in points."""
        self.inner(canvas, left + self.offset, top)


def down_in(draw: Draw, usual: float = 0.0) -> float:
    """Return how far below its top a line has its baseline; `usual`, if that is no line."""
    while isinstance(draw, Shifted | Bookmarked):
        draw = draw.inner
    return draw.down if isinstance(draw, DrawnLine | Labelled | DrawnRow) else usual
