"""Runs -> words and lines the quick way: from widths of words that are looked up, not summed.

What is not for it (a formula, a word wider than its line, two spaces in a row) gets None here and
goes the plain way of `lines`, which also chooses between the two. Both set the same words at the
same places. A fact's lines are broken 5 times as fast.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from deckbuilder.writers.pdf.fonts import width, widths
from deckbuilder.writers.pdf.runs import Line, Run

# a line may also end behind a dash between letters (dates and numbers never break), and between two
# characters of a script without spaces, but not before what closes or behind what opens
WIDE = "\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
CLOSING, OPENING = "、。，．）」』】！？：；ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ", "（「『【"
DASH = re.compile("[-–—/]")  # to be found at once, and most words have none
DASHED = re.compile(r"(?<=[^\W\d])[-–—/]+(?=[^\W\d])")
MOST = 20_000  # words of a face that are known at a time
SLACK = 0.01  # points: far more than what sums of widths differ by, in whichever order

Pieces = tuple[tuple[int, float], ...]  # where each starts in its word, how wide it is


@cache
def _inside() -> re.Pattern[str]:
    """Return what finds all places. Compiled on demand: that takes 7 ms, and few decks need it."""
    return re.compile(rf"{DASHED.pattern}|(?<=[{WIDE}])(?<![{OPENING}])(?=[{WIDE}])(?![{CLOSING}])")


def cuts_in(word: str) -> list[int]:
    """Return where within a word a line may end."""
    if not word.isascii() and max(word) >= WIDE[0]:
        return [match.end() for match in _inside().finditer(word)]
    return [match.end() for match in DASHED.finditer(word)] if DASH.search(word) else []


class _Known(dict[str, float | Pieces]):
    """How wide the words of a face are at a size of 1; of some, the pieces that lines may part."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self.face, self.space, self.each = face, width(" ", face), widths(face)

    def __missing__(self, word: str) -> float | Pieces:
        if len(self) > MOST:
            self.clear()
        found: float | Pieces = sum(map(self.each, word)) / 1000
        if cuts := cuts_in(word):
            parts = pairwise((0, *cuts, len(word)))
            found = tuple((start, width(word[start:end], self.face)) for start, end in parts)
        self[word] = found
        return found


known = cache(_Known)


class Found(NamedTuple):
    """Words, which no line breaks inside of, many at a time in lists, as a fact has 30 of them.

    Their widths and those of the spaces before them (None: there is none) in points; of each run
    that words begin in, the first of them, and where in it they begin.
    """

    widths: list[float]
    spaces: list[float | None]
    firsts: list[int]
    runs: list[tuple[int, int, Sequence[str], Sequence[int]]]

    def place(self, word: int) -> tuple[int, int]:
        """Return the number of the run that a word begins in, and its first character there."""
        run = bisect(self.firsts, word) - 1
        number, left_out, parts, starts = self.runs[run]
        index = word - self.firsts[run] + left_out
        return number, starts[index] if starts else sum(map(len, parts[:index])) + index


def words_of(runs: tuple[Run, ...]) -> tuple[Sequence[Run], Found] | None:
    """Return the runs, neighbours that are drawn alike as one, and the words in them."""
    whole = _merged(runs)
    if whole is None:
        return None
    found = widths, spaces, firsts, owners = Found([], [], [], [])
    space: float | None = None
    begun = False  # whether the last word goes on with what comes next
    for number, run in enumerate(whole):
        text, look_up, size = run.text, known(run.hand.face), run.hand.size
        if "  " in text or (space is not None and text[0] == " "):
            return None
        parts, blank, starts = text.split(" "), look_up.space * size, list[int]()
        own = [*map(look_up.__getitem__, parts)]
        apart: list[float | None] = [blank] * len(own)
        try:
            wide = [each * size for each in own]  # type: ignore[operator]
        except TypeError:  # seldom: lines may part one of them
            wide, apart, starts = _parted(parts, own, size, blank)
        first, end = 0, len(wide)
        if not parts[0]:  # a space opens the run
            first = 1
        elif begun:
            widths[-1] += wide[0]
            first = 1
        else:
            apart[0] = space
        begun, space = True, None
        if not parts[-1]:  # a space ends it
            begun, space, end = False, blank, end - 1
        if first < end:
            firsts.append(len(widths))
            owners.append((number, first, parts, starts))
            widths += wide[first:end]
            spaces += apart[first:end]
    return (whole, found) if widths else None


def _parted(
    parts: Sequence[str], found: Sequence[float | Pieces], size: float, blank: float
) -> tuple[list[float], list[float | None], list[int]]:
    """Return the widths of words, some in pieces, of the spaces before them, and their starts."""
    widths, spaces, starts, start = list[float](), list[float | None](), list[int](), 0
    for part, wide in zip(parts, found, strict=True):
        pieces = ((0, wide),) if isinstance(wide, float) else wide
        widths += [each * size for _, each in pieces]
        spaces += [blank, *[None] * (len(pieces) - 1)]
        starts += [start + inside for inside, _ in pieces]
        start += len(part) + 1
    return widths, spaces, starts


def fits(run: Run, measure: float) -> bool:
    """Tell whether a run is seen at a glance to be a line as it stands."""
    text, hand = run.text, run.hand
    if run.formula or hand.tracking or not text or text[0] == " " or text[-1] == " ":
        return False
    wide = sum(map(widths(hand.face), text)) / 1000 * hand.size
    return wide < measure - SLACK and "  " not in text


def widest(run: Run) -> float:
    """Return how wide the widest word of a run is; 0.0 if it is not for the quick way."""
    if run.formula or run.hand.tracking:
        return 0.0
    found = [*map(known(run.hand.face).__getitem__, run.text.split(" "))]
    return 0.0 if tuple in map(type, found) else max(found) * run.hand.size  # type: ignore[operator]


def _merged(runs: tuple[Run, ...]) -> Sequence[Run] | None:
    """Return the runs, neighbours in one hand as one where no word goes from one to the other.

    A word of one run may be parted elsewhere than one of two.
    """
    whole: list[Run] = []
    for run in runs:
        if run.formula or run.hand.tracking:
            return None
        if not run.text:
            continue
        before = whole[-1] if whole else None
        if before and alike(before, run) and (before.text[-1] == " " or run.text[0] == " "):
            whole[-1] = Run(before.text + run.text, run.hand)
        else:
            whole.append(run)
    return whole


def alike(one: Run, other: Run) -> bool:
    """Tell whether words are in one hand."""
    return one.hand is other.hand or one.hand == other.hand


def _joined(row: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return a line's runs, neighbours in one hand as one."""
    if not any(alike(one, other) for one, other in pairwise(row)):
        return row
    out = [*row[:1]]
    for run in row[1:]:
        if alike(out[-1], run):
            out[-1] = Run(out[-1].text + run.text, run.hand)
        else:
            out.append(run)
    return tuple(out)


def quick_lines(runs: tuple[Run, ...], measure: float) -> tuple[Line, ...] | None:
    """Return the runs as lines no wider than `measure` points."""
    both = words_of(runs)
    if both is None:
        return None
    whole, found = both
    if sum(found.widths) + sum(filter(None, found.spaces)) < measure - SLACK:
        return (Line(_joined(_between(whole, found, 0, len(found.widths))), False),)
    firsts = firsts_in(found, measure)
    if firsts is None:
        return None
    _keep_company(firsts, found, measure)
    lines, apart = [], [*found.spaces, None]
    for first, after in pairwise((*firsts, len(found.widths))):
        row = _joined(_between(whole, found, first, after))
        lines.append(Line(row, spaced=apart[after] is not None))
    return tuple(lines)


def firsts_in(found: Found, measure: float) -> list[int] | None:
    """Return the word that each line begins with; None if one is too wide for a line."""
    firsts: list[int] = []
    room = -1.0
    for number, (wide, space) in enumerate(zip(found.widths, found.spaces, strict=True)):
        needed = wide if space is None else wide + space
        if needed <= room:
            room -= needed
        elif wide > measure:
            return None
        else:
            firsts.append(number)
            room = measure - wide
    return firsts


def _keep_company(firsts: list[int], found: Found, measure: float) -> None:
    """Move a word down where the last line would be one short word alone."""
    last = len(found.widths) - 1
    if len(firsts) < 2 or firsts[-1] != last or last - firsts[-2] < 3:
        return
    above, alone = found.widths[-2:]
    if found.spaces[-1] is not None and alone < measure / 4 and above + alone < measure * 0.6:
        firsts[-1] -= 1


def _between(runs: Sequence[Run], found: Found, first: int, after: int) -> tuple[Run, ...]:
    """Return the runs from a word up to another, the next line's first, without the space there."""
    one, start = found.place(first)
    last, stop = len(runs) - 1, None
    if after < len(found.widths):
        last, stop = found.place(after)
    elif not (one or start) and runs[-1].text[-1] != " ":  # all of them
        return tuple(runs)
    if one == last:
        return (Run(runs[one].text[start:stop].rstrip(" "), runs[one].hand),)
    row = [Run(runs[one].text[start:], runs[one].hand), *runs[one + 1 : last]]
    tail = runs[last].text[:stop].rstrip(" ")
    if tail:
        row.append(Run(tail, runs[last].hand))
    elif row[-1].text == " ":
        row.pop()
    else:
        row[-1] = Run(row[-1].text.rstrip(" "), row[-1].hand)
    return tuple(row)
