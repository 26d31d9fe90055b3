"""Runs -> lines of a given width, each a row of runs ready to be drawn.

Lines are filled greedily and set ragged; nothing is justified, and nothing is hyphenated but where
its author has put a soft hyphen: what is read out of the page is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise, zip_longest

from deckbuilder.slots import dataclass
from deckbuilder.text.tree import NO_SPACE, SOFT_HYPHEN, Text, words
from deckbuilder.writers.pdf.blemishes import Blemish, CutWord, SmallFormula
from deckbuilder.writers.pdf.quick import IN_COMPANY, LONELY, joined, quick_lines, seams_in, widest
from deckbuilder.writers.pdf.runs import (
    HEAVY,
    LINES,
    Blemished,
    Line,
    Ruled,
    Run,
    set_text,
    smaller,
    width_of,
)
from deckbuilder.writers.pdf.theme import Style
from deckbuilder.writers.pdf.ties import LONGEST_DATE, SEAMS, TIE, loosened

WORD = re.compile(r" |[^ ]+")
HYPHENS = ("-", "\u2010", "–", "—")  # beside which none is shown where a line ends
SOFT = re.compile(f"([{SOFT_HYPHEN}{NO_SPACE}])")


@dataclass(slots=True)
class _Word:
    """What a line cannot break inside of, and whether a space stands before it.

    `hyphen`: what shows behind it where a line ends there. `ruled`: it is one of several lines to
    write on.
    """

    runs: list[Run]
    width: float
    space: Run | None
    blemish: Blemish | None = None
    hyphen: Run | None = None
    ruled: bool = False

    @property
    def ending(self) -> float:
        """How wide it is where a line ends behind it."""
        return self.width + (self.hyphen.width if self.hyphen else 0.0)


def break_lines(runs: tuple[Run, ...], measure: float) -> tuple[Line, ...]:
    """Return the runs as lines no wider than `measure` points."""
    quick = quick_lines(runs, measure)
    return plain_lines(runs, measure) if quick is None else quick


def plain_lines(runs: tuple[Run, ...], measure: float) -> tuple[Line, ...]:
    """Return any runs as lines no wider than `measure` points."""
    rows: list[list[_Word]] = []
    room = 0.0
    for word in _parted(_words(runs), measure):
        space = word.space.width if word.space else 0.0
        if rows and word.ending + space <= room:
            rows[-1].append(word)
            room -= word.width + space
            continue
        for piece in _fitting(word, measure):
            rows.append([piece])
            room = measure - piece.width
    _keep_company(rows, measure)
    return tuple(_line(*each) for each in zip_longest(rows, rows[1:]))


def _line(row: list[_Word], following: list[_Word] | None) -> Line:
    """Return a row of words as a line, with a hyphen if the next one goes on with its last word."""
    spaced = bool(following and following[0].space)
    hyphen = row[-1].hyphen if following and not spaced else None
    if hyphen and following and following[0].runs[0].text.startswith(HYPHENS):
        hyphen = None
    runs = _joined([*row, _Word([hyphen], hyphen.width, None)] if hyphen else row)
    found = tuple([word.blemish for word in row if word.blemish])
    if found:
        return Blemished(runs, spaced, found)
    return Ruled(runs, spaced) if len(row) == 1 and row[0].ruled else Line(runs, spaced)


def first_line(text: Text, style: Style, measure: float) -> tuple[Run, ...]:
    """Return as much of a text as one line holds, with an ellipsis where there is more."""
    return first_lines(text, style, measure, 1)[0].runs


@lru_cache(256)  # many pages and cards open with the same ones
def first_lines(text: Text, style: Style, measure: float, most: int | None) -> tuple[Line, ...]:
    """Return as much of a text as `most` lines hold, with an ellipsis where there is more."""
    runs, dots = set_text(text, style, flat=True), set_text(words(" …"), style)
    lines = break_lines(runs, measure)
    if most is None or len(lines) <= most:
        return lines
    *before, last = break_lines(runs, measure - width_of(dots))[:most]
    return (*before, Line((*last.runs, *dots), spaced=False))


def widest_word(runs: tuple[Run, ...], *, held: bool = False) -> float:
    """Return how wide the widest stretch is that no line may break inside of; names, if `held`."""
    dated = any(TIE in run.text for run in runs)
    if dated and not held:
        runs = tuple([Run(loosened(run.text), run.hand, run.formula) for run in runs])
    if len(runs) == 1 and (wide := widest(runs[0])):
        return wide
    words = _parted(_words(runs), LONGEST_DATE * runs[0].hand.size) if dated else _words(runs)
    return max((word.ending for word in words), default=0.0)


def _words(runs: tuple[Run, ...]) -> Iterator[_Word]:
    word, space = _Word([], 0.0, None), None
    for run in runs:
        if run.formula:
            _add(word, run)
            continue
        for match in WORD.finditer(run.text):
            if match[0] == " ":
                if word.runs:
                    yield word
                space = Run(" ", run.hand)
                word = _Word([], 0.0, space)
                continue
            for index, (part, sign) in enumerate(_parts(match[0])):
                if index and word.runs:
                    yield word
                    word = _Word([], 0.0, None)
                if part:
                    _add(word, Run(part, run.hand))
                before = word.runs[-1].text if word.runs else ""
                shown = sign == SOFT_HYPHEN and not before.endswith(HYPHENS)
                word.hyphen = Run(sign, run.hand) if shown else None
    if word.runs:
        yield word


def _parts(word: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a word between which a line may end, each with the sign for that."""
    held = SOFT.split(word)
    for part, sign in zip(held[::2], [*held[1::2], ""], strict=True):
        cuts = [0, *seams_in(part), len(part)]
        *before, last = pairwise(cuts)
        yield from ((part[start:end], "") for start, end in before)
        yield part[slice(*last)], sign


def _parted(words: Iterable[_Word], measure: float) -> Iterator[_Word]:
    """Yield words; one that is wider than its line is parted at the best seams that it has."""
    for word in words:
        parts = [word]
        for seam in SEAMS if word.ending > measure else ():
            parts = [one for part in parts for one in _at(seam, part, measure)]
        yield from parts


def _at(seam: re.Pattern[str], word: _Word, measure: float) -> Iterator[_Word]:
    """Yield a word, parted wherever it has a seam if it is wider than its line."""
    part = _Word([], 0.0, word.space)
    for run in word.runs:
        begin = 0
        for found in () if run.formula or word.ending <= measure else seam.finditer(run.text):
            _add(part, Run(run.text[begin : found.start()], run.hand))
            yield part
            part = _Word([], 0.0, Run(found[0], run.hand) if found[0] else None)
            begin = found.end()
        _add(part, Run(run.text[begin:], run.hand, run.formula))
    part.hyphen = word.hyphen
    yield part


def _add(part: _Word, run: Run) -> None:
    part.runs.append(run)
    part.width += run.width


def _fitting(word: _Word, measure: float) -> Iterator[_Word]:
    """Yield the word, in pieces if it alone is wider than the measure."""
    if word.ending <= measure:
        yield word
        return
    measure -= word.ending - word.width
    if (blank := _long_blank(word, measure)) is not None:
        yield from _ruled(word, blank, measure)
        return
    part = _Word([], 0.0, word.space)
    for unit in _units(word, measure):
        if part.runs and part.width + unit.width > measure:
            part.blemish = part.blemish or _cut(word, part, unit)
            yield part
            part = _Word([], 0.0, None)
        part.runs += unit.runs
        part.width += unit.width
        part.blemish = part.blemish or unit.blemish
    part.hyphen = word.hyphen
    yield part


def _long_blank(word: _Word, measure: float) -> int | None:
    """Return which run is a blank of lines, if what touches it leaves it half of each."""
    for at, run in enumerate(word.runs):
        if LINES in run.text:
            blank = run.text.count("_") * Run("_", run.hand).width
            return at if word.width - blank < measure / 2 else None
    return None


def _ruled(word: _Word, at: int, measure: float) -> Iterator[_Word]:
    """Yield a blank as whole lines, about as many as it is long; what touches it stays with it."""
    blank = word.runs[at]
    before, behind = blank.text.split(LINES, 1)
    first = [*word.runs[:at], Run(before, blank.hand)]
    last = [Run(behind.lstrip("_"), blank.hand), *word.runs[at + 1 :]]
    each = Run("_", blank.hand).width
    lines = max(round(word.width / measure), 1)
    for n in range(lines):
        ends = first if n == 0 else [], last if n == lines - 1 else []
        room = measure - width_of(chain(*ends))
        runs = [*ends[0], Run("_" * int(room / each), blank.hand), *ends[1]]
        runs = [run for run in runs if run.text or run.formula]
        yield _Word(runs, width_of(runs), None if n else word.space, ruled=lines > 1)


def _cut(word: _Word, before: _Word, behind: _Word) -> CutWord | None:
    """Return what is wrong where a line ends within a word; a formula, a blank may be parted."""
    if any(run.formula or run.text == "_" for run in (before.runs[-1], behind.runs[0])):
        return None
    return CutWord("".join(run.text for run in word.runs if not run.formula))


def _units(word: _Word, measure: float) -> Iterator[_Word]:
    """Yield what of a word a line can hold: its characters, its formulas or the pieces of those.

    A formula has no other place to cut: a piece that is too wide is set smaller. What closes a
    sentence stays with it.
    """
    closed: _Word | None = None
    for run in word.runs:
        if run.formula:
            for piece in _pieces(run):
                if closed:
                    yield closed
                small = smaller(piece, min(1.0, measure / piece.width))
                blemish = SmallFormula(run.text, small.hand.size) if piece.width > measure else None
                closed = _Word([small], small.width, None, blemish)
            continue
        for character in run.text:
            own = Run(character, run.hand)
            if closed and not character.isalnum() and closed.width + own.width <= measure:
                _add(closed, own)
                continue
            if closed:
                yield closed
                closed = None
            yield _Word([own], own.width, None)
    if closed:
        yield closed


def _pieces(run: Run) -> list[Run]:
    """Return a formula in the pieces that it can be broken into; that of a link is one area."""
    if run.hand.url:
        return [run]
    from deckbuilder.writers.pdf.formulas.outlines import pieces  # few decks have a formula

    whole = run.formula
    parts = pieces(run.text, bold=run.hand.face in HEAVY, full=bool(whole and whole.full))
    return [Run("" if part.goes_on else run.text, run.hand, part) for part in parts]


def _keep_company(rows: list[list[_Word]], measure: float) -> None:
    """Move a word down where the last line would be one short word alone."""
    if len(rows) < 2 or len(rows[-1]) != 1 or len(rows[-2]) < 3:
        return
    alone, above = rows[-1][0], rows[-2][-1]
    both = above.width + alone.width
    if alone.space and alone.width < LONELY * measure and both < IN_COMPANY * measure:
        rows[-1].insert(0, rows[-2].pop())


def _joined(row: list[_Word]) -> tuple[Run, ...]:
    """Return a row's runs with its spaces, neighbours that are drawn alike as one."""
    spaced = (
        [word.space, *word.runs] if word.space and n else word.runs for n, word in enumerate(row)
    )
    return joined([*chain.from_iterable(spaced)])
