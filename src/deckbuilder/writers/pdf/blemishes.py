"""What of a page is not as its reader needs it -> warnings, each with the place of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from deckbuilder.briefly import shortened
from deckbuilder.model import Deck, Fact, Period, Topic
from deckbuilder.problems import Owner, Place, Problem
from deckbuilder.toml import Path
from deckbuilder.writers.pdf.theme import MM

if TYPE_CHECKING:
    from deckbuilder.writers.pdf.strips import Strip

SHOWN = 40  # characters of a word or a formula, at most
NAMED = 8  # words that are cut, at most; of others there is their number

Holder = Fact | Topic | Period | Deck
ALLOWING: dict[type[Holder], Owner] = {Fact: "fact", Topic: "topic", Deck: "deck"}


class Whose(NamedTuple):
    """What has a text, and by which key; of a fact it is any of its texts."""

    holder: Holder
    key: str = ""

    @property
    def at(self) -> Path:
        """Its place in the source."""
        match self.holder:
            case Fact(at=at):
                return at
            case Deck():
                return ("deck", self.key)
            case other:
                return (*other.at, self.key)


class CutWord(NamedTuple):
    """A word that a line ends within. `whose` it is comes later, as of the others."""

    word: str
    whose: Whose | None = None


class SmallFormula(NamedTuple):
    """A formula that is set smaller than its words, in so many points."""

    tex: str
    size: float
    whose: Whose | None = None


class SmallPicture(NamedTuple):
    """A picture that is too small to be read: its file, and its width and height in points."""

    file: str
    box: tuple[float, float]
    whose: Whose | None = None


class HighLine(NamedTuple):
    """A line, or a row, that is higher than its page, where it is cut off."""

    whose: Whose


Blemish = CutWord | SmallFormula | SmallPicture | HighLine


def blemishes_in(strips: Iterable[Strip]) -> tuple[Blemish, ...]:
    """Return the blemishes of strips, such as those that become one."""
    return tuple([b for strip in strips if strip.blemishes for b in strip.blemishes])


def owned(strips: list[Strip], holder: Holder, key: str = "") -> list[Strip]:
    """Note of strips, and of blemishes in them, whose they are, see `Whose`; return the strips."""
    whose = Whose(holder, key)
    for strip in strips:
        strip.whose = whose
        if strip.blemishes:
            strip.blemishes = belonging(strip.blemishes, whose)
    return strips


def belonging(blemishes: Sequence[Blemish], whose: Whose) -> tuple[Blemish, ...]:
    """Return blemishes of a text, with whose it is."""
    return tuple([each._replace(whose=whose) for each in blemishes])


def told(found: Sequence[Blemish], deck: Deck, least: float, where: str) -> Iterator[Problem]:
    """Yield a problem for what of each fact, and of each other text, its author should know of.

    `least`: the size in points that a formula may be set in. `where`: on what it is printed.
    """
    cut: dict[Path, tuple[Whose, list[str]]] = {}
    smallest: dict[Path, tuple[Whose, str, tuple[float, float]]] = {}
    formulas: dict[tuple[Path, str], tuple[Whose, float]] = {}
    high: dict[Path, Whose] = {}
    for blemish in found:
        match blemish:
            case SmallPicture(file, box, Whose(at=at) as whose):
                each = smallest.get(at, (whose, file, box))
                smallest[at] = min(each, (whose, file, box), key=itemgetter(2))
            case CutWord(word, Whose(at=at) as whose):
                cut.setdefault(at, (whose, []))[1].append(word)
            case SmallFormula(tex, size, Whose(at=at) as whose):
                _, before = formulas.get((at, tex), (whose, least))
                if size < before:
                    formulas[at, tex] = whose, size
            case HighLine(Whose(at=at) as whose):
                high[at] = whose

    def places(whose: Whose) -> tuple[Place, str]:
        """Where it is in the source, and in print: what heads each handout is told of once."""
        on = "in print" if isinstance(whose.holder, Deck) else where
        return deck.source.place(whose.at), on

    made = [
        (whose, _small_formula(tex, size, *places(whose)))
        for (_, tex), (whose, size) in formulas.items()
    ]
    for whose, file, box in smallest.values():
        made.append((whose, _small_picture(file, box, *places(whose))))
    for whose, words in cut.values():
        made.append((whose, _cut_words([*dict.fromkeys(words)], *places(whose))))
    made += [(whose, _high_line(whose, *places(whose))) for whose in high.values()]
    for whose, problem in made:
        if not allowed(problem.code, whose.holder):
            yield replace(problem, owner=ALLOWING.get(type(whose.holder), ""))


def allowed(rule: str, holder: Holder) -> bool:
    """Tell whether a fact, or what has another text, breaks a rule of print on purpose."""
    return not isinstance(holder, Period) and rule in holder.allow


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
    )


def _small_formula(tex: str, size: float, place: Place, where: str) -> Problem:
    return Problem(
        "small-formula",
        f"`${shortened(tex, SHOWN)}$` is wider than its line {where}, and is set in {size:.1f}"
        " points",
        place,
        "make several formulas of it, or a shorter one",
        "warning",
    )


def _small_picture(file: str, box: tuple[float, float], place: Place, where: str) -> Problem:
    wide, tall = (max(round(side / MM), 1) for side in box)
    larger = "labels" if "`labels`" in where else "paper"
    return Problem(
        "small-picture",
        f"`{file}` is {wide} × {tall} mm {where}: if it has words, they can hardly be read",
        place,
        "ask in fewer words, take a picture of another shape, with larger words or more pixels, or"
        f" larger {larger}",
        "warning",
    )


def _high_line(whose: Whose, place: Place, where: str) -> Problem:
    holder = whose.holder
    text = f"`{holder.id}`" if isinstance(holder, Fact) else f"this `{whose.key}`"
    ways = "say it in fewer words, make several formulas of a high one, print on larger paper"
    if type(holder) in ALLOWING:
        ways += ', or say that it may be so: allow = [{ rule = "no-room", why = "…" }]'
    return Problem(
        "no-room",
        f"a line or a row of {text} is higher than its page {where}, and is cut off there",
        place,
        ways,
        "warning",
    )
