"""Runs -> lines the quick way: a run is measured at once, and looked into only where a line ends.

What is not for it (a formula, a word wider than its line or one that may break, two spaces in a
row, a line so full that rounding decides) gets None here and goes the plain way of `lines`, which
also chooses between the two. Both set the same words at the same places. A fact's lines are broken
4 times as fast.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise

from deckbuilder.slots import dataclass
from deckbuilder.text.tree import NO_SPACE, SOFT_HYPHEN
from deckbuilder.writers.pdf.fonts import width, widths
from deckbuilder.writers.pdf.hands import Hand
from deckbuilder.writers.pdf.runs import Line, Run, width_of
from deckbuilder.writers.pdf.ties import LONGEST_DATE, TIE

# a line may also end behind a dash between letters (dates and numbers never break, nor does a unit
# that is tied to its number, as km/s), and between two characters of a script without spaces, but
# not before what closes or is small, nor behind what opens (JLREQ, 3.1.7 and 3.1.8)
WIDE = "\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
CLOSING = "、。，．）」』】》〉〕！？：；ー々・ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
OPENING = "（「『【《〈〔"
DASH = re.compile("[-–—/]")  # to be found at once, and most words have none
PER = rf"(?<![^\d²³¹⁰-⁹]){TIE}[^\W\d]{{1,4}}(?:/[^\W\d]{{1,4}}(?![^\W\d]))+"
DASHED = re.compile(rf"{PER}|(?P<seam>(?<=[^\W\d])[-–—/]+(?=[^\W\d]))")
# of the measure: a last line of one word that is shorter has the word above it for company, if
# both together are shorter than that
LONELY, IN_COMPANY = 0.25, 0.6
SLACK = 0.01  # points: far more than what sums of widths differ by, in whichever order


@cache
def _inside() -> re.Pattern[str]:
    """Return what finds all places. Compiled on demand: that takes 7 ms, and few decks need it."""
    between = f"(?<=[{WIDE}])(?<![{OPENING}])(?=[{WIDE}])(?![{CLOSING}])"
    return re.compile(f"{DASHED.pattern}|(?P<between>{between})")


def soft_in(text: str) -> bool:
    """Tell whether there is a place in a text where a word may break."""
    return not text.isascii() and (SOFT_HYPHEN in text or NO_SPACE in text)


def seams_in(text: str) -> list[int]:
    """Return where within its words a line may end."""
    if not text.isascii() and max(text) >= WIDE[0]:
        return [match.end() for match in _inside().finditer(text) if match.lastgroup]
    if not DASH.search(text):
        return []
    return [match.end() for match in DASHED.finditer(text) if match.lastgroup]


@dataclass(slots=True)
class Break:
    """Where a line ends and the next one begins: in which run, at which of its characters."""

    run: int
    end: int
    begin: int


START = Break(0, 0, 0)


def quick_lines(runs: tuple[Run, ...], measure: float) -> tuple[Line, ...] | None:
    """Return the runs as lines no wider than `measure` points."""
    breaks = breaks_in(runs, measure)
    if not breaks:
        whole = runs if len(runs) == 1 else joined(runs)
        return None if breaks is None else (Line(whole, spaced=False),)
    end = Break(len(runs) - 1, len(runs[-1].text), len(runs[-1].text))
    return tuple([
        Line(_between(runs, since, until), until.begin > until.end)
        for since, until in pairwise((START, *breaks, end))
    ])  # fmt: skip


def widest(run: Run) -> float:
    """Return how wide the widest word of a run is; 0.0 if it is not for the quick way."""
    if run.formula or run.hand.tracking or seams_in(run.text) or soft_in(run.text):
        return 0.0
    wide = max(width(word, run.hand.face) for word in run.text.split(" "))
    return 0.0 if wide > LONGEST_DATE and TIE in run.text else wide * run.hand.size


def breaks_in(runs: Sequence[Run], measure: float) -> list[Break] | None:
    """Return where all lines but the last one end; None if that is in doubt."""
    breaks: list[Break] = []
    x, last = 0.0, " "
    for number, run in enumerate(runs):
        text, hand = run.text, run.hand
        if run.formula or hand.tracking or not text or "  " in text or last == text[0] == " ":
            return None
        if not text.isascii() and soft_in(text):
            return None
        start, last = x, text[-1]
        x += width(text, hand.face) * hand.size
        if x > measure - SLACK:
            reached = _break_inside(runs, number, start, measure, breaks)
            if reached is None:
                return None
            x = reached
    if last == " ":
        return None
    if breaks:
        _keep_company(breaks, runs, x, measure)
    return breaks


def _break_inside(
    runs: Sequence[Run], number: int, start: float, measure: float, breaks: list[Break]
) -> float | None:
    """Add the breaks that a run which begins at `start` calls for; return how far it then reaches.

    Both in points from where the line begins; None if it is in doubt where one ends.
    """
    run = runs[number]
    scale = run.hand.size / 1000
    reach = [*accumulate(map(widths(run.hand.face), run.text))]
    while start + reach[-1] * scale > measure - SLACK:
        room, slack = (measure - start) / scale, SLACK / scale
        most = bisect(reach, room - slack)
        here = _last_break(runs, number, most, breaks[-1] if breaks else START)
        if here is None or most != bisect(reach, room + slack):
            return None
        breaks.append(here)
        if here.run == number:
            start = -reach[here.begin - 1] * scale
        else:
            start = width_of(_between(runs, here, Break(number, 0, 0)))
    return start + reach[-1] * scale


def _last_break(runs: Sequence[Run], number: int, most: int, since: Break) -> Break | None:
    """Return the last break before character `most` of a run, or at it, in the line since one."""
    for at in range(number, since.run - 1, -1):
        text = runs[at].text
        first = since.begin if at == since.run else 0
        most = most if at == number else len(text)
        space = text.rfind(" ", first, most + 1)
        begin, after = space + 1 if space >= 0 else first, text.find(" ", most)
        seams = seams_in(text[begin:after] if after > 0 else text[begin:])  # of the last word
        if seams and (before := [begin + seam for seam in seams if begin + seam <= most]):
            return Break(at, before[-1], before[-1])
        if space >= 0:
            return Break(at, space, space + 1)
    return None


def _keep_company(breaks: list[Break], runs: Sequence[Run], alone: float, measure: float) -> None:
    """Move a word down where the last line would be one short word alone, so many points wide."""
    if alone >= LONELY * measure or breaks[-1].end == breaks[-1].begin:
        return
    last, since = breaks[-1], breaks[-2] if breaks[1:] else START
    if _last_break(runs, len(runs) - 1, len(runs[-1].text), last):  # there are two words in it
        return
    above = _last_break(runs, last.run, last.end - 1, since)
    if not above or not _last_break(runs, above.run, above.end - 1, since):
        return
    if width_of(_between(runs, above, last)) + alone < IN_COMPANY * measure:
        breaks[-1] = above


def _between(runs: Sequence[Run], since: Break, until: Break) -> tuple[Run, ...]:
    """Return the runs from a break to another."""
    if since.run == until.run:
        return (_part(runs[since.run], since.begin, until.end),)
    first = runs[since.run]
    row = (
        _part(first, since.begin, len(first.text)),
        *runs[since.run + 1 : until.run],
        _part(runs[until.run], 0, until.end),
    )
    return joined([run for run in row if run.text])


def _part(run: Run, begin: int, end: int) -> Run:
    whole = not begin and end == len(run.text)
    return run if whole else Run(run.text[begin:end], run.hand)


def joined(row: Sequence[Run]) -> tuple[Run, ...]:
    """Return a line's runs, neighbours in one hand as one, but for formulas."""
    out: list[Run] = []
    for run in row:
        before = out[-1] if out else None
        if before and _alike(before.hand, run.hand) and not (before.formula or run.formula):
            out[-1] = Run(before.text + run.text, run.hand)
        else:
            out.append(run)
    return tuple(out)


def _alike(one: Hand, other: Hand) -> bool:
    return one is other or (one.face == other.face and one == other)
