"""Runs -> lines of a given width, each a row of runs ready to be drawn.

Lines are filled greedily and set ragged; nothing is justified, and nothing is hyphenated but where
its author has put a soft hyphen: what is read out of the page is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise, zip_longest

from deckbuilder.text.tree import NO_SPACE, SOFT_HYPHEN, Text, words
from deckbuilder.writers.pdf.pieces import Word, add, fitting
from deckbuilder.writers.pdf.quick import IN_COMPANY, LONELY, joined, quick_lines, seams_in, widest
from deckbuilder.writers.pdf.runs import (
    Blemished,
    Line,
    Ruled,
    Run,
    set_text,
    width_of,
)
from deckbuilder.writers.pdf.theme import Style
from deckbuilder.writers.pdf.ties import LONGEST_DATE, SEAMS, TIE, loosened

WORD = re.compile(r" |[^ ]+")
HYPHENS = ("-", "\u2010", "–", "—")  # beside which none is shown where a line ends
SOFT = re.compile(f"([{SOFT_HYPHEN}{NO_SPACE}])")


def break_lines(runs: tuple[Run, ...], measure: float) -> tuple[Line, ...]:
    """Return the runs as lines no wider than `measure` points."""
    quick = quick_lines(runs, measure)
    return plain_lines(runs, measure) if quick is None else quick


def plain_lines(runs: tuple[Run, ...], measure: float) -> tuple[Line, ...]:
    """Return any runs as lines no wider than `measure` points."""
    rows: list[list[Word]] = []
    room = 0.0
    for word in _parted(_words(runs), measure):
        space = word.space.width if word.space else 0.0
        if rows and word.ending + space <= room:
            rows[-1].append(word)
            room -= word.width + space
            continue
        for piece in fitting(word, measure):
            rows.append([piece])
            room = measure - piece.width
    _keep_company(rows, measure)
    return tuple(_line(*each) for each in zip_longest(rows, rows[1:]))


def _line(row: list[Word], following: list[Word] | None) -> Line:
    """Return a row of words as a line, with a hyphen if the next one goes on with its last word."""
    spaced = bool(following and following[0].space)
    hyphen = row[-1].hyphen if following and not spaced else None
    if hyphen and following and following[0].runs[0].text.startswith(HYPHENS):
        hyphen = None
    runs = _joined([*row, Word([hyphen], hyphen.width, None)] if hyphen else row)
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
    dated = any([TIE in run.text for run in runs])  # noqa: C419 – in half the time
    if dated and not held:
        runs = tuple([Run(loosened(run.text), run.hand, run.formula) for run in runs])
    if len(runs) == 1 and (wide := widest(runs[0])):
        return wide
    words = _parted(_words(runs), LONGEST_DATE * runs[0].hand.size) if dated else _words(runs)
    return max((word.ending for word in words), default=0.0)


def _words(runs: tuple[Run, ...]) -> Iterator[Word]:
    word, space = Word([], 0.0, None), None
    for run in runs:
        if run.formula:
            add(word, run)
            continue
        for match in WORD.finditer(run.text):
            if match[0] == " ":
                if word.runs:
                    yield word
                space = Run(" ", run.hand)
                word = Word([], 0.0, space)
                continue
            for index, (part, sign) in enumerate(_parts(match[0])):
                if index and word.runs:
                    yield word
                    word = Word([], 0.0, None)
                if part:
                    add(word, Run(part, run.hand))
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


def _parted(words: Iterable[Word], measure: float) -> Iterator[Word]:
    """Yield words; one that is wider than its line is parted at the best seams that it has."""
    for word in words:
        parts = [word]
        for seam in SEAMS if word.ending > measure else ():
            parts = [one for part in parts for one in _at(seam, part, measure)]
        yield from parts


def _at(seam: re.Pattern[str], word: Word, measure: float) -> Iterator[Word]:
    """Yield a word, parted wherever it has a seam if it is wider than its line."""
    part = Word([], 0.0, word.space)
    for run in word.runs:
        begin = 0
        for found in () if run.formula or word.ending <= measure else seam.finditer(run.text):
            add(part, Run(run.text[begin : found.start()], run.hand))
            yield part
            part = Word([], 0.0, Run(found[0], run.hand) if found[0] else None)
            begin = found.end()
        add(part, Run(run.text[begin:], run.hand, run.formula))
    part.hyphen = word.hyphen
    yield part


def _keep_company(rows: list[list[Word]], measure: float) -> None:
    """Move a word down where the last line would be one short word alone."""
    if len(rows) < 2 or len(rows[-1]) != 1 or len(rows[-2]) < 3:
        return
    alone, above = rows[-1][0], rows[-2][-1]
    both = above.width + alone.width
    if alone.space and alone.width < LONELY * measure and both < IN_COMPANY * measure:
        rows[-1].insert(0, rows[-2].pop())


def _joined(row: list[Word]) -> tuple[Run, ...]:
    """Return a row's runs with its spaces, neighbours that are drawn alike as one."""
    spaced = (
        [word.space, *word.runs] if word.space and n else word.runs for n, word in enumerate(row)
    )
    return joined([*chain.from_iterable(spaced)])
