"""What is known of a note's gaps, and what is decided about their numbers: plain values."""

from __future__ import annotations

from typing import NamedTuple

from deckbuilder.lock.cells import Cell
from deckbuilder.slots import dataclass


class Known(NamedTuple):
    """A gap as it was numbered.

    `words` are what is to be recalled; `place` is the row and the column of a cell of a table.
    """

    number: int
    words: str
    place: tuple[str, ...] = ()

    @property
    def cell(self) -> Cell:
        """What it is as a cell of a table."""
        return self.words, self.place


class Numbers(NamedTuple):
    """The gaps of a note: those it has, in their order, and those it had."""

    live: tuple[Known, ...] = ()
    gone: tuple[Known, ...] = ()


NONE = Numbers()


class Wish(NamedTuple):
    """A gap that is to be numbered; `given` is the author's own number, 0 for none."""

    words: str
    given: int = 0
    place: tuple[str, ...] = ()

    @property
    def cell(self) -> Cell:
        """What it is as a cell of a table."""
        return self.words, self.place


class Numbered(NamedTuple):
    """What was decided: the note's numbers, and a sentence for each that is new or changed."""

    numbers: Numbers
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why nothing was decided: gaps that went and gaps that came, and the next free number.

    `came`: the position of each wish, and the gap whose card it may go on with, None for a new one.
    `at_one`: all these stand at one place, so that each may as well go on with any of the cards.
    `alike`: they say the same, and nothing but that one of each goes on is known.
    """

    went: tuple[Known, ...]
    came: tuple[tuple[int, Known | None], ...]
    free: int
    at_one: bool = False
    alike: bool = False
