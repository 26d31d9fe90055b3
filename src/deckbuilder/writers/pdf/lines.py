"""A text and a style -> lines of a given width, each a row of runs ready to be drawn.

Lines are filled greedily and set ragged; nothing is hyphenated or justified, so that what is read
out of the page is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from deckbuilder.model import Content, each_gap
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
BLANK = "\u00a0" + "_" * 15 + "\u00a0"  # the same for every gap: no clue by its length
_MONTHS = sorted({month for say in PHRASES.values() for month in say.months})
_MONTH = "|".join(_MONTHS)
_AFTER_MONTH = "(?:" + "|".join(f"(?<=\\b{month})" for month in _MONTHS) + ")"
# spaces at which no line ends: within a date, a large number, after "c."
TIED = re.compile(
    rf"(?<=\d) (?=(?:de )?(?:{_MONTH})\b)|(?<=\d\.) (?=(?:{_MONTH})\b)"
    rf"|(?:(?<=\bc\.)|(?<=\bca\.)) (?=\d)|(?<=\d) (?=\d{{3}}(?!\d))"
    rf"|(?<= de) (?=\d{{3,4}}\b)|{_AFTER_MONTH} (?=(?:de )?\d{{1,4}}\b)"
)
WORD = re.compile(r" |[^ ]+")
# a line may also end behind a dash between letters (dates and numbers never break), and between two
# characters of a script without spaces, but not before what closes or behind what opens
WIDE = "\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
CLOSING, OPENING = "、。，．）」』】！？：；ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ", "（「『【"
INSIDE = re.compile(
    rf"(?<=[^\W\d])[-–—/]+(?=[^\W\d])|(?<=[{WIDE}])(?<![{OPENING}])(?=[{WIDE}])(?![{CLOSING}])"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are drawn alike, or a formula and its TeX.

    `rise`, `size` and `tracking` in points.
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


@dataclass(frozen=True, slots=True)
class Date(Bold):
    """The date that opens a statement: bold, and in the colour of all dates."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of runs. `spaced`: a space of the text stood where the line ends."""

    runs: tuple[Run, ...]
    spaced: bool

    @property
    def width(self) -> float:
        """In points."""
        return sum(run.width for run in self.runs)

    @property
    def above(self) -> float:
        """How far formulas reach above the baseline, in points."""
        return max((r.formula.above * r.size + r.rise for r in self.runs if r.formula), default=0.0)

    @property
    def below(self) -> float:
        """How far formulas reach below the baseline, in points."""
        return max((r.formula.below * r.size - r.rise for r in self.runs if r.formula), default=0.0)


# ---------------------------------------------------------------------------- text -> runs


def set_text(
    text: Text, style: Style, *, blanks: bool = False, flat: bool = False
) -> tuple[Run, ...]:
    """Return the runs of a text: gaps as key words in bold, or as blanks to fill in.

    `flat` text stands in lines that cannot move apart: no formula in it is higher than a line.
    """
    plain = Run("", style.face, style.size, style.color, tracking=style.tracking * style.size)
    runs = (run for node in text for run in _runs(node, plain, style, blanks))
    return tuple(_flattened(run, style) if flat and run.formula else run for run in runs)


def _flattened(run: Run, style: Style) -> Run:
    assert run.formula
    high = (run.formula.above + run.formula.below) * run.size
    return replace(run, size=run.size * min(1.0, style.leading / high)) if high else run


def _runs(node: Inline, like: Run, style: Style, blanks: bool) -> Iterator[Run]:
    match node:
        case Words(text):
            yield from _faces(_capitals(text, style) if style.capitals else text, like, style)
        case Code(text):
            yield from _faces(text, replace(like, face="Code", size=like.size * 0.92), style)
        case Math(tex):
            yield replace(like, text=tex, formula=formula(tex, bold=like.face in HEAVY))
        case Gap() if blanks:
            yield from _faces(BLANK, like, style)
        case _:
            inner = _marked(node, like, style)
            for child in node.inside:
                yield from _runs(child, inner, style, blanks)


def _marked(node: Span, like: Run, style: Style) -> Run:
    match node:
        case Date():
            return replace(like, face=BOLD.get(like.face, like.face), color=WARM)
        case Bold() | Gap():
            color = style.strong or like.color
            return replace(like, face=BOLD.get(like.face, like.face), color=color)
        case Italic():
            return _slanted(like, style)
        case Link(_, url):
            return replace(like, url=url)
        case Sub() | Sup():
            rise = LOWERED if isinstance(node, Sub) else RAISED
            return replace(like, rise=like.rise + rise * like.size, size=like.size * SMALL)


def _slanted(like: Run, style: Style) -> Run:
    faces = ITALIC if style.italics else BOLD
    return replace(like, face=faces.get(like.face, like.face))


def _capitals(text: str, style: Style) -> str:
    """Return the text in capitals, but for letters that have none or none in the style's face."""
    pairs = ((letter, letter.upper()) for letter in text)
    return "".join(b if len(b) == 1 and has(style.face, b) else a for a, b in pairs)


def _faces(text: str, like: Run, style: Style) -> Iterator[Run]:
    text = TIED.sub("\u00a0", text.replace("\u202f", "\u00a0"))  # few fonts have the narrow space
    for face, part in segments(text, like.face, style.extra):
        yield replace(like, text=part, face=face)


def blanked(content: Content) -> Content:
    """Return the content with a blank to fill in for each gap."""
    return each_gap(content, lambda _: words(BLANK))


# ---------------------------------------------------------------------------- runs -> lines


@dataclass(slots=True)
class _Word:
    """What a line cannot break inside of, and whether a space stands before it."""

    runs: list[Run]
    width: float
    space: Run | None


def break_lines(runs: tuple[Run, ...], measure: float) -> tuple[Line, ...]:
    """Return the runs as lines no wider than `measure` points."""
    rows: list[list[_Word]] = []
    room = 0.0
    for word in _words(runs):
        needed = word.width + (word.space.width if word.space else 0.0)
        if rows and needed <= room:
            rows[-1].append(word)
            room -= needed
            continue
        for piece in _fitting(word, measure):
            rows.append([piece])
            room = measure - piece.width
    _keep_company(rows, measure)
    after = [bool(row[0].space) for row in rows[1:]]
    return tuple(
        Line(_joined(row), spaced) for row, spaced in zip(rows, [*after, False], strict=True)
    )


def first_line(text: Text, style: Style, measure: float) -> tuple[Run, ...]:
    """Return as much of a text as one line holds, with an ellipsis where there is more."""
    runs, dots = set_text(text, style, flat=True), set_text(words(" …"), style)
    first, *more = break_lines(runs, measure)
    if not more:
        return first.runs
    first, *_ = break_lines(runs, measure - sum(run.width for run in dots))
    return (*first.runs, *dots)


def widest_word(runs: tuple[Run, ...]) -> float:
    """Return the width of the widest stretch that no line may break inside of."""
    return max((word.width for word in _words(runs)), default=0.0)


def _words(runs: tuple[Run, ...]) -> Iterator[_Word]:
    word, space = _Word([], 0.0, None), None
    for run in runs:
        if run.formula:
            word.runs.append(run)
            word.width += run.width
            continue
        for match in WORD.finditer(run.text):
            if match[0] == " ":
                if word.runs:
                    yield word
                space = replace(run, text=" ")
                word = _Word([], 0.0, space)
                continue
            cuts = [0, *(m.end() for m in INSIDE.finditer(match[0])), len(match[0])]
            for index, (start, end) in enumerate(pairwise(cuts)):
                if index:
                    yield word
                    word = _Word([], 0.0, None)
                piece = replace(run, text=match[0][start:end])
                word.runs.append(piece)
                word.width += piece.width
    if word.runs:
        yield word


def _fitting(word: _Word, measure: float) -> Iterator[_Word]:
    """Yield the word, cut between characters if it alone is wider than the measure.

    A formula has no place to cut: it is set smaller instead.
    """
    if word.width <= measure:
        yield word
        return
    part = _Word([], 0.0, word.space)
    for run in word.runs:
        if run.formula:
            small = replace(run, size=run.size * min(1.0, measure / run.width))
            if part.runs and part.width + small.width > measure:
                yield part
                part = _Word([], 0.0, None)
            part.runs.append(small)
            part.width += small.width
            continue
        start, used = 0, 0.0
        for index, character in enumerate(run.text):
            step = width(character, run.face) * run.size
            if part.width + used + step > measure and (part.runs or index > start):
                if index > start:
                    part.runs.append(replace(run, text=run.text[start:index]))
                yield _Word(part.runs, part.width + used, part.space)
                part, start, used = _Word([], 0.0, None), index, 0.0
            used += step
        part.runs.append(replace(run, text=run.text[start:]))
        part.width += used
    yield part


def _keep_company(rows: list[list[_Word]], measure: float) -> None:
    """Move a word down where the last line would be one short word alone."""
    if len(rows) < 2 or len(rows[-1]) != 1 or len(rows[-2]) < 3:
        return
    alone, above = rows[-1][0], rows[-2][-1]
    if alone.space and alone.width < measure / 4 and above.width + alone.width < measure * 0.6:
        rows[-1].insert(0, rows[-2].pop())


def _joined(row: list[_Word]) -> tuple[Run, ...]:
    """Return a row's runs with its spaces, neighbours that are drawn alike as one."""
    out: list[Run] = []
    for index, word in enumerate(row):
        for run in ([word.space] if word.space and index else []) + word.runs:
            if out and not run.formula and replace(out[-1], text=run.text) == run:
                out[-1] = replace(run, text=out[-1].text + run.text)
            else:
                out.append(run)
    return tuple(out)
