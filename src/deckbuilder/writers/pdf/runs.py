"""A text and a style -> runs: stretches of characters that are drawn alike, and formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from deckbuilder.content import Content, each_gap
from deckbuilder.phrases import PHRASES
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
from deckbuilder.writers.pdf.fonts import has, segments, width
from deckbuilder.writers.pdf.formulas.outlines import Formula, formula
from deckbuilder.writers.pdf.rl import Color
from deckbuilder.writers.pdf.theme import WARM, Style

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
RAISED, LOWERED, SMALL = 0.34, -0.16, 0.68  # of the size: super- and subscripts
BLANK = "_" * 15  # the same for every gap: no clue by its length
_MONTHS = sorted({month for say in PHRASES.values() for month in say.months})
_MONTH = "|".join(_MONTHS)
_AFTER_MONTH = "(?:" + "|".join(f"(?<=\\b{month} )" for month in _MONTHS) + ")"
# spaces at which no line ends: within a date, a large number, after "c."; what is looked for first
# is the space, not what stands around it: 12 times as fast
TIED = re.compile(
    rf" (?:(?<=\d )(?=(?:de )?(?:{_MONTH})\b)|(?<=\d\. )(?=(?:{_MONTH})\b)"
    rf"|(?=\d)(?:(?<=\bc\. )|(?<=\bca\. ))|(?<=\d )(?=\d{{3}}(?!\d))"
    rf"|(?<= de )(?=\d{{3,4}}\b)|(?=(?:de )?\d{{1,4}}\b){_AFTER_MONTH})"
)
_DIGIT = re.compile(r"\d")  # without one, no space is tied


class Run(NamedTuple):
    """Characters that are drawn alike, or a formula and its TeX.

    `rise`, `size` and `tracking` in points. A tuple is made in a third of a frozen class's time.
    """

    text: str
    face: str
    size: float
    color: Color
    rise: float = 0.0
    url: str = ""
    tracking: float = 0.0
    formula: Formula | None = None

    @property
    def width(self) -> float:
        """In points."""
        if self.formula:
            return self.formula.width * self.size
        return width(self.text, self.face) * self.size + len(self.text) * self.tracking


FORMULA = attrgetter("formula")


class Line(NamedTuple):
    """A row of runs. `spaced`: a space of the text stood where the line ends."""

    runs: tuple[Run, ...]
    spaced: bool

    @property
    def width(self) -> float:
        """In points."""
        return sum(run.width for run in self.runs)

    @property
    def formulas(self) -> bool:
        """Whether there is one in it."""
        return any(map(FORMULA, self.runs))

    @property
    def above(self) -> float:
        """How far formulas reach above the baseline, in points."""
        return max((r.formula.above * r.size + r.rise for r in self.runs if r.formula), default=0.0)

    @property
    def below(self) -> float:
        """How far formulas reach below the baseline, in points."""
        return max((r.formula.below * r.size - r.rise for r in self.runs if r.formula), default=0.0)


@dataclass(frozen=True, slots=True)
class Date(Bold):
    """The date that opens a statement: bold, and in the colour of all dates."""


def set_text(
    text: Text, style: Style, *, blanks: bool = False, flat: bool = False
) -> tuple[Run, ...]:
    """Return the runs of a text: gaps as key words in bold, or as blanks to fill in.

    `flat` text stands in lines that cannot move apart: no formula in it is higher than a line.
    """
    like = Run("", style.face, style.size, style.color, tracking=style.tracking * style.size)
    runs: list[Run] = []
    for node in text:
        _set(node, like, style, blanks, runs)
    if flat:
        return tuple(_flattened(run, style) if run.formula else run for run in runs)
    return tuple(runs)


def _flattened(run: Run, style: Style) -> Run:
    assert run.formula
    high = (run.formula.above + run.formula.below) * run.size
    return run._replace(size=run.size * min(1.0, style.leading / high)) if high else run


def _set(node: Inline, like: Run, style: Style, blanks: bool, runs: list[Run]) -> None:
    """Add the runs of a node to those before it."""
    match node:
        case Words():
            text = node.text
            _add(_capitals(text, style) if style.capitals else text, like, style, runs)
        case Code(text):
            _add(text, like._replace(face="Code", size=like.size * 0.92), style, runs)
        case Math(tex):
            runs.append(like._replace(text=tex, formula=formula(tex, bold=like.face in HEAVY)))
        case Gap() if blanks:
            _add(BLANK, like, style, runs)
        case _:
            inner = _marked(node, like, style)
            for child in node.inside:
                _set(child, inner, style, blanks, runs)


def _marked(node: Span, like: Run, style: Style) -> Run:
    match node:
        case Date():
            return Run("", BOLD.get(like.face, like.face), like.size, WARM, *like[4:])
        case Bold() | Gap():
            color = style.strong or like.color
            return Run("", BOLD.get(like.face, like.face), like.size, color, *like[4:])
        case Italic():
            return _slanted(like, style)
        case Link(_, url):
            return like._replace(url=url)
        case Sub() | Sup():
            rise = LOWERED if isinstance(node, Sub) else RAISED
            return like._replace(rise=like.rise + rise * like.size, size=like.size * SMALL)


def _slanted(like: Run, style: Style) -> Run:
    faces = ITALIC if style.italics else BOLD
    return like._replace(face=faces.get(like.face, like.face))


def _capitals(text: str, style: Style) -> str:
    """Return the text in capitals, but for letters that have none or none in the style's face."""
    pairs = ((letter, letter.upper()) for letter in text)
    return "".join(b if len(b) == 1 and has(style.face, b) else a for a, b in pairs)


def _add(text: str, like: Run, style: Style, runs: list[Run]) -> None:
    """Add characters, in as many runs as they need faces."""
    text = text.replace("\u202f", "\u00a0")  # few fonts have the narrow space
    if _DIGIT.search(text):
        text = TIED.sub("\u00a0", text)
    for face, part in segments(text, like.face, style.extra):
        runs.append(Run(part, face, *like[2:]))


def blanked(content: Content) -> Content:
    """Return the content with a blank to fill in for each gap."""
    return each_gap(content, lambda _: words(BLANK))
