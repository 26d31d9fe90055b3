"""What of a page is not as its reader needs it -> warnings, each with the place of its fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from deckbuilder.model import Deck, Fact
from deckbuilder.problems import Place, Problem

if TYPE_CHECKING:
    from deckbuilder.writers.pdf.strips import Strip

SHOWN = 40  # characters of a formula, at most


class Blemish(NamedTuple):
    """A word that a line ends within; or a formula, as TeX, that is set smaller than its words.

    `size`: of the formula, in points. `fact`: whose it is, once that is known.
    """

    what: str
    size: float = 0.0
    fact: Fact | None = None


def blemish_in(strips: Iterable[Strip]) -> Blemish | None:
    """Return the first blemish of strips that become one."""
    return next((strip.blemish for strip in strips if strip.blemish), None)


def owned(strips: list[Strip], fact: Fact) -> list[Strip]:
    """Note of blemishes in strips whose they are; return the strips."""
    for strip in strips:
        if strip.blemish:
            strip.blemish = strip.blemish._replace(fact=fact)
    return strips


def told(found: Sequence[Blemish], deck: Deck, least: float, where: str) -> Iterator[Problem]:
    """Yield a problem for each blemish of a fact that its author should know of.

    `least`: the size in points that a formula may be set in. `where`: on what it is printed.
    """
    for blemish in found:
        if blemish.fact and blemish.size < least:
            problem = _problem(blemish, deck.source.place(blemish.fact.at), where)
            if all(allowed.rule != problem.code for allowed in blemish.fact.allow):
                yield problem


def _problem(blemish: Blemish, place: Place, where: str) -> Problem:
    what, size = blemish.what, blemish.size
    if not size:
        return Problem(
            "cut-word",
            f"`{what}` is wider than its line {where}, and is cut there without a hyphen",
            place,
            "say where it may break, with soft hyphens (U+00AD), or use a shorter word",
            "warning",
        )
    shown = what if len(what) <= SHOWN else f"{what[:SHOWN]}…"
    return Problem(
        "small-formula",
        f"`${shown}$` is wider than its line {where}, and is set in {size:.1f} points",
        place,
        "make several formulas of it, or a shorter one",
        "warning",
    )
