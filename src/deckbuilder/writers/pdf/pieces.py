"""A word that is wider than its line -> the pieces that each have room in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from unicodedata import category

from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.blemishes import Blemish, CutWord, SmallFormula
from deckbuilder.writers.pdf.runs import HEAVY, LINES, Run, smaller, width_of

FEWEST = 4  # letters of a word that is cut: fewer do not stand alone in its last line
MOST_CARRIED = 8  # characters


@dataclass(slots=True)
class Word:
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


def add(part: Word, run: Run) -> None:
    """Add a run to a word that is being made."""
    part.runs.append(run)
    part.width += run.width


def fitting(word: Word, measure: float) -> Iterator[Word]:
    """Yield the word, in pieces if it alone is wider than the measure."""
    if word.ending <= measure:
        yield word
        return
    measure -= word.ending - word.width
    if (blank := _long_blank(word, measure)) is not None:
        yield from _ruled(word, blank, measure)
        return
    rows = _carried(_filled(_units(word, measure), measure), measure)
    for at, row in enumerate(rows):
        piece = Word([run for unit in row for run in unit.runs], 0.0, None if at else word.space)
        piece.width = sum(unit.width for unit in row)
        piece.blemish = next((unit.blemish for unit in row if unit.blemish), None)
        if at + 1 < len(rows):
            piece.blemish = piece.blemish or _cut(word, row[-1], rows[at + 1][0])
        else:
            piece.hyphen = word.hyphen
        yield piece


def _filled(units: Iterable[Word], measure: float) -> list[list[Word]]:
    """Return units in rows, as many in each as it has room for."""
    rows, room = list[list[Word]](), 0.0
    for unit in units:
        if not rows or unit.width > room:
            rows.append([])
            room = measure
        rows[-1].append(unit)
        room -= unit.width
    return rows


def _carried(rows: list[list[Word]], measure: float) -> list[list[Word]]:
    """Return rows of units, the last with more of the one above if it has but a few letters.

    So it does not begin with what closes a sentence, either.
    """
    if len(rows) < 2:
        return rows
    *before, above, last = rows
    for down in range(min(len(above) - FEWEST, MOST_CARRIED) + 1):
        stays, goes = above[: len(above) - down], [*above[len(above) - down :], *last]
        if any(run.formula for unit in goes for run in unit.runs):
            break
        written = "".join(run.text for unit in goes for run in unit.runs)
        if sum(map(str.isalnum, written)) >= FEWEST and written[0].isalnum():
            fits = sum(unit.width for unit in goes) <= measure
            return [*before, stays, goes] if fits else rows
    return rows


def _long_blank(word: Word, measure: float) -> int | None:
    """Return which run is a blank of lines, if what touches it leaves it half of each."""
    for at, run in enumerate(word.runs):
        if LINES in run.text:
            blank = run.text.count("_") * Run("_", run.hand).width
            return at if word.width - blank < measure / 2 else None
    return None


def _ruled(word: Word, at: int, measure: float) -> Iterator[Word]:
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
        yield Word(runs, width_of(runs), None if n else word.space, ruled=lines > 1)


def _cut(word: Word, before: Word, behind: Word) -> CutWord | None:
    """Return what is wrong where a line ends within a word; a formula, a blank may be parted."""
    if any(run.formula or run.text == "_" for run in (before.runs[-1], behind.runs[0])):
        return None
    text = "".join(run.text for run in word.runs if not run.formula)
    marks = "".join(sign for sign in text if category(sign)[0] == "P")
    return CutWord(text.strip(marks) or text)  # the same at the end of a sentence


def _units(word: Word, measure: float) -> Iterator[Word]:
    """Yield what of a word a line can hold: its characters, its formulas or the pieces of those.

    A formula has no other place to cut: a piece that is too wide is set smaller. What closes a
    sentence stays with it.
    """
    closed: Word | None = None
    for run in word.runs:
        if run.formula:
            for piece in _pieces(run):
                if closed:
                    yield closed
                small = smaller(piece, min(1.0, measure / piece.width))
                blemish = SmallFormula(run.text, small.hand.size) if piece.width > measure else None
                closed = Word([small], small.width, None, blemish)
            continue
        for character in run.text:
            own = Run(character, run.hand)
            if closed and not character.isalnum() and closed.width + own.width <= measure:
                add(closed, own)
                continue
            if closed:
                yield closed
                closed = None
            yield Word([own], own.width, None)
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
