"""What of a page is not as its reader needs it -> warnings, each with the place of its fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from deckbuilder.briefly import shortened
from deckbuilder.model import Deck, Fact
from deckbuilder.problems import Place, Problem
from deckbuilder.writers.pdf.theme import MM

if TYPE_CHECKING:
    from deckbuilder.writers.pdf.strips import Strip

SHOWN = 40  # characters of a word or a formula, at most
NAMED = 8  # words that are cut, at most; of others there is their number


class CutWord(NamedTuple):
    """A word that a line ends within. `fact`: whose it is, once that is known, as of the others."""

    word: str
    fact: Fact | None = None


class SmallFormula(NamedTuple):
    """A formula that is set smaller than its words, in so many points."""

    tex: str
    size: float
    fact: Fact | None = None


class SmallPicture(NamedTuple):
    """A picture that is too small to be read: its file, and its width and height in points."""

    file: str
    box: tuple[float, float]
    fact: Fact | None = None


Blemish = CutWord | SmallFormula | SmallPicture


def blemishes_in(strips: Iterable[Strip]) -> tuple[Blemish, ...]:
    """Return the blemishes of strips, such as those that become one."""
    return tuple([b for strip in strips if strip.blemishes for b in strip.blemishes])


def owned(strips: list[Strip], fact: Fact) -> list[Strip]:
    """Note of blemishes in strips whose they are; return the strips."""
    for strip in strips:
        if strip.blemishes:
            strip.blemishes = tuple([b._replace(fact=fact) for b in strip.blemishes])
    return strips


def told(found: Sequence[Blemish], deck: Deck, least: float, where: str) -> Iterator[Problem]:
    """Yield a problem for what of each fact its author should know of.

    `least`: the size in points that a formula may be set in. `where`: on what it is printed.
    """
    cut: dict[str, tuple[Fact, list[str]]] = {}
    smallest: dict[str, tuple[Fact, str, tuple[float, float]]] = {}
    formulas: dict[tuple[str, str], tuple[Fact, float]] = {}
    for blemish in found:
        match blemish:
            case SmallPicture(file, box, Fact() as fact):
                each = smallest.get(fact.id, (fact, file, box))
                smallest[fact.id] = min(each, (fact, file, box), key=itemgetter(2))
            case CutWord(word, Fact() as fact):
                cut.setdefault(fact.id, (fact, []))[1].append(word)
            case SmallFormula(tex, size, Fact() as fact):
                _, before = formulas.get((fact.id, tex), (fact, least))
                if size < before:
                    formulas[fact.id, tex] = fact, size
    for (_, tex), (fact, size) in formulas.items():
        if not allowed("small-formula", fact):
            yield _small_formula(tex, size, deck.source.place(fact.at), where)
    for fact, file, box in smallest.values():
        if not allowed("small-picture", fact):
            yield _small_picture(file, box, deck.source.place(fact.at), where)
    for fact, words in cut.values():
        if not allowed("cut-word", fact):
            yield _cut_words([*dict.fromkeys(words)], deck.source.place(fact.at), where)


def allowed(rule: str, fact: Fact) -> bool:
    """Tell whether a fact breaks a rule of print on purpose."""
    return any(each.rule == rule for each in fact.allow)


def _cut_words(words: Sequence[str], place: Place, where: str) -> Problem:
    named, more = [f"`{shortened(word, SHOWN)}`" for word in words[:NAMED]], len(words) - NAMED
    named += [f"{more} more"] if more > 0 else []
    *others, last = named
    said = f"{last} is wider than its line {where}, and is cut there without a hyphen"
    if others:
        every = f"{', '.join(others)} and {last}"
        said = f"{every} are wider than their lines {where}, and are cut there without hyphens"
    return Problem(
        "cut-word",
        said,
        place,
        "say where it may break, with soft hyphens (U+00AD; U+200B shows none), "
        "or use a shorter word",
        "warning",
        owner="fact",
    )


def _small_formula(tex: str, size: float, place: Place, where: str) -> Problem:
    return Problem(
        "small-formula",
        f"`${shortened(tex, SHOWN)}$` is wider than its line {where}, and is set in {size:.1f}"
        " points",
        place,
        "make several formulas of it, or a shorter one",
        "warning",
        owner="fact",
    )


def _small_picture(file: str, box: tuple[float, float], place: Place, where: str) -> Problem:
    wide, tall = (max(round(side / MM), 1) for side in box)
    return Problem(
        "small-picture",
        f"`{file}` is {wide} × {tall} mm {where}: words in it can hardly be read",
        place,
        "ask in fewer words, take a picture of another shape, larger paper or larger labels",
        "warning",
        owner="fact",
    )
