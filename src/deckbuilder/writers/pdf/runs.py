"""A text and a style -> runs: stretches of characters that are drawn alike, and formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from deckbuilder.content import Content, each_gap
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import (
    Bold,
    Code,
    Gap,
    Inline,
    Italic,
    Link,
    Math,
    Span,
    Sub,
    Sup,
    Text,
    Words,
    words,
)
from deckbuilder.writers.pdf.blemishes import Blemish
from deckbuilder.writers.pdf.fonts import all_in, has, segments, width
from deckbuilder.writers.pdf.hands import Hand
from deckbuilder.writers.pdf.theme import ACCENT, INK, QUIET, WARM, Style
from deckbuilder.writers.pdf.ties import TIE, TIED, tied

if TYPE_CHECKING:
    from deckbuilder.writers.pdf.formulas.outlines import Formula

BOLD = {
    "Sans": "Sans-Bold",
    "Sans-Italic": "Sans-BoldItalic",
    "Serif-Regular": "Serif",
    "Serif-Italic": "Serif-BoldItalic",
}
ITALIC = {
    "Sans": "Sans-Italic",
    "Sans-Bold": "Sans-BoldItalic",
    "Serif": "Serif-BoldItalic",
    "Serif-Regular": "Serif-Italic",
    "Serif-Italic": "Serif-Regular",  # emphasis within what is slanted
}
HEAVY = {*BOLD.values()}  # faces among which a formula is bold
CODE = 0.92  # of the size: its small letters are as high as those of words
RAISED, LOWERED, SMALL = 0.34, -0.16, 0.68  # of the size: super- and subscripts
BLANK = "_" * 15  # the same for every gap: no clue by its length
HOLE = "_" * 3  # so much of a blank, at least: fewer could be part of a word
LINES = "_" * 31  # a blank of so many, or more, is whole lines where one has no room for it


@dataclass(slots=True)
class Run:
    """Characters in one hand, or a formula and its TeX.

    Nobody changes one; that it could be makes it three times as fast to make, 10 for each fact.
    """

    text: str
    hand: Hand
    formula: Formula | None = None

    @property
    def width(self) -> float:
        """In points."""
        hand = self.hand
        if self.formula:
            return self.formula.width * hand.size
        return width(self.text, hand.face) * hand.size + len(self.text) * hand.tracking


WIDTH, FORMULA = attrgetter("width"), attrgetter("formula")


def width_of(runs: Iterable[Run]) -> float:
    """Return how wide runs are beside each other, in points."""
    return sum(map(WIDTH, runs))


def is_parted(runs: Iterable[Run]) -> bool:
    """Tell whether some of it is an element of its own: a formula, a link, a blank to fill in."""
    for run in runs:  # noqa: SIM110 – `any` takes twice as long, once for each paragraph
        if run.formula or run.hand.url or HOLE in run.text:
            return True
    return False


@dataclass(slots=True)
class Line:
    """A row of runs. `spaced`: a space of the text stood where the line ends."""

    runs: tuple[Run, ...]
    spaced: bool

    @property
    def width(self) -> float:
        """In points."""
        return width_of(self.runs)

    @property
    def formulas(self) -> bool:
        """Whether there is one in it."""
        return any(map(FORMULA, self.runs))

    @property
    def above(self) -> float:
        """How far formulas reach above the baseline, in points."""
        return max(
            (r.formula.above * r.hand.size + r.hand.rise for r in self.runs if r.formula),
            default=0.0,
        )

    @property
    def below(self) -> float:
        """How far formulas reach below the baseline, in points."""
        return max(
            (r.formula.below * r.hand.size - r.hand.rise for r in self.runs if r.formula),
            default=0.0,
        )


@dataclass(slots=True)
class Ruled(Line):
    """A line to write on, of a blank that goes on over several."""


@dataclass(slots=True)
class Blemished(Line):
    """A line in which something is not as its reader needs it."""

    blemishes: tuple[Blemish, ...]


def blemishes_of(lines: Iterable[Line]) -> tuple[Blemish, ...]:
    """Return what in lines is not as its reader needs it."""
    return tuple([b for line in lines if isinstance(line, Blemished) for b in line.blemishes])


@dataclass(frozen=True, slots=True)
class Date(Bold):
    """The date that opens a statement: bold, and in the colour of all dates."""


@dataclass(frozen=True, slots=True)
class Aside(Italic):
    """What helps with a question, in the colour of small print instead of slanted."""


def set_text(text: Text, style: Style, *, flat: bool = False) -> tuple[Run, ...]:
    """Return the runs of a text: gaps as key words in bold.

    `flat` text stands in lines that cannot move apart: no formula in it is higher than a line.
    """
    runs: list[Run] = []
    for node in text:
        if type(node) is Words and not style.capitals:  # half of them
            _add(node.text, style.hand, style, runs)
        else:
            _set(node, style.hand, style, runs)
    if flat:
        return tuple(_flattened(run, style) if run.formula else run for run in runs)
    return tuple(runs)


def _flattened(run: Run, style: Style) -> Run:
    assert run.formula
    high = (run.formula.above + run.formula.below) * run.hand.size
    return smaller(run, min(1.0, style.leading / high)) if high else run


def smaller(run: Run, scale: float) -> Run:
    """Return a run in another size."""
    return Run(run.text, replace(run.hand, size=run.hand.size * scale), run.formula)


def _set(node: Inline, hand: Hand, style: Style, runs: list[Run]) -> None:
    """Add the runs of a node to those before it."""
    match node:
        case Words():
            text = node.text
            _add(_capitals(text, style) if style.capitals else text, hand, style, runs)
        case Code(text):
            _add(text, hand.others.get(Code) or _marked(node, hand, style), style, runs)
        case Math(tex):
            runs.append(_formula(tex, hand, style))
        case _:
            why = node.url if isinstance(node, Link) else type(node)
            inner = hand.others.get(why) or _marked(node, hand, style)
            for child in node.inside:
                _set(child, inner, style, runs)


def _formula(tex: str, hand: Hand, style: Style) -> Run:
    from deckbuilder.writers.pdf.formulas.outlines import formula  # few decks have one

    return Run(tex, hand, formula(tex, bold=hand.face in HEAVY, full=style.fractions))


def _marked(node: Code | Span, hand: Hand, style: Style) -> Hand:
    """Return the hand of what is marked."""
    match node:
        case Code():
            return hand.other(
                Code, face="Code", size=hand.size * (1.0 if style.fractions else CODE)
            )
        case Date():
            return hand.other(Date, face=BOLD.get(hand.face, hand.face), color=WARM)
        case Bold() | Gap():
            color = style.strong or hand.color
            return hand.other(type(node), face=BOLD.get(hand.face, hand.face), color=color)
        case Aside():
            return hand.other(Aside, color=QUIET)
        case Italic():
            if not style.italics:  # nor is it bold: that marks answers
                return hand.other(Italic, color=INK if hand.color == ACCENT else ACCENT)
            return hand.other(Italic, face=ITALIC.get(hand.face, hand.face))
        case Link(_, url):
            return hand.other(url, url=url)
        case Sub() | Sup():
            rise = hand.rise + (LOWERED if isinstance(node, Sub) else RAISED) * hand.size
            return hand.other(type(node), rise=rise, size=hand.size * SMALL)


def _capitals(text: str, style: Style) -> str:
    """Return the text in capitals, but for letters that have none or none in the style's face."""
    pairs = ((letter, letter.upper()) for letter in text)
    return "".join(b if len(b) == 1 and has(style.face, b) else a for a, b in pairs)


def _add(text: str, hand: Hand, style: Style, runs: list[Run]) -> None:
    """Add characters, in as many runs as they need faces."""
    if not text.isascii():
        text = text.replace("\u202f", TIE)  # few fonts have the narrow space
    text = tied(text)
    if text[:1] == " " and runs and runs[-1].text[-1:].isdigit():
        text = _tied_to(runs[-1].text[-2:], text)
    if text.isascii() or all_in(text, hand.face):  # nearly always
        runs.append(Run(text, hand))
        return
    for face, part in segments(text, hand.face, style.extra):
        own = hand if face == hand.face else hand.other(("face", face), face=face)
        runs.append(Run(part, own))


def _tied_to(number: str, text: str) -> str:
    """Return a text that opens with a space, tied if it is of a number, raised or in a gap."""
    return TIE + text[1:] if TIED.match(number + text, len(number)) else text


def blanked(content: Content) -> Content:
    """Return the content with a blank to fill in for each gap."""
    return each_gap(content, blank_for)


def blank_for(gap: Gap, blank: str = BLANK) -> Text:
    """Return a blank to fill in for a gap, and behind it the hint that it may have."""
    hint = (Words(" "), Aside(words(f"({gap.hint})"))) if gap.hint else ()
    return (*words(blank), *hint)
