"""The hand that characters are written in: all that those have in common which are drawn alike."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.fonts import has
from deckbuilder.writers.pdf.rl import Color


@dataclass(frozen=True, slots=True)
class Hand:
    """A face, its size, its colour and what else tells how characters look, and where they lead.

    `rise`, `size` and `tracking` in points.
    """

    face: str
    size: float
    color: Color
    rise: float = 0.0
    url: str = ""
    tracking: float = 0.0
    # those made of it, each by what made it other: a long deck has 40,000 words in bold
    others: dict[object, Hand] = field(default_factory=dict, init=False, compare=False, repr=False)

    def other(self, why: object, **changes: Any) -> Hand:
        """Return the hand with changes, made only once for each reason."""
        if why not in self.others:
            self.others[why] = replace(self, **changes)
        return self.others[why]


def of_space(hand: Hand) -> Hand:
    """Return the hand that a space behind it is in: a font that an author brought may have none."""
    return hand if has(hand.face, " ") else replace(hand, face="Sans")
