"""A problem -> the lines a person reads: where, what, the source and a caret, a way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from deckbuilder.problems import Place, Problem
from deckbuilder.reports.cells import cells, pieces
from deckbuilder.reports.harmless import harmless
from deckbuilder.slots import dataclass

TAB = "    "
WIDEST = 100  # cells of a source line shown; a longer line is cut around its mark
AROUND = 30  # cells shown before the mark of a line that is cut
NEAR = 5 * WIDEST  # characters looked at on each side: a file may be one line of many megabytes
MORE = "…"

RED, YELLOW, BLUE, BOLD, RESET = "\x1b[1;31m", "\x1b[1;33m", "\x1b[34m", "\x1b[1m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one line to be underlined, and the words beside the underline."""

    place: Place
    sign: str
    words: str
    color: str


def describe(problem: Problem, *, color: bool = False) -> str:
    """Return a problem as text: `file:line:col: error[code]: message`, excerpt, help.

    No source can drive the terminal by it; the only escapes are those of `color`.
    """
    hue = RED if problem.severity == "error" else YELLOW
    paint = _paint if color else _plain
    head = paint(f"{problem.severity}[{problem.code}]", hue)
    place, message = harmless(str(problem.place)), harmless(problem.message)
    marks = _marks(problem, hue)
    gutter = len(str(max(mark.place.line for mark in marks)))
    lines = [f"{paint(place + ':', BOLD)} {head}: {paint(message, BOLD)}"]
    lines += _excerpts(marks, problem.place.file, gutter, paint)
    if problem.hint:
        lines.append(f"{' ' * gutter} {paint('=', BLUE)} help: {harmless(problem.hint)}")
    return "\n".join(lines)


def _plain(text: str, _: str) -> str:
    return text


def _paint(text: str, color: str) -> str:
    return f"{color}{text}{RESET}"


def _marks(problem: Problem, hue: str) -> list[Mark]:
    """Return what is marked, file by file, the problem's own first, each in the order of lines."""
    own = problem.place.file
    marks = [Mark(problem.place, "^", problem.label, hue)]
    marks += [Mark(label.place, "-", label.words, BLUE) for label in problem.also]
    return sorted(marks, key=lambda m: (m.place.file != own, m.place))


def _excerpts(
    marks: Iterable[Mark], file: str, gutter: int, paint: Callable[[str, str], str]
) -> Iterator[str]:
    bar = f"{' ' * gutter} {paint('|', BLUE)}"
    for name, group in groupby(marks, key=lambda mark: mark.place.file):
        shown = [mark for mark in group if mark.place.text]
        if not shown:
            continue
        if name != file:
            yield f"{' ' * gutter}{paint('-->', BLUE)} {harmless(str(shown[0].place))}"
        yield bar
        last = (0, "")
        for mark in shown:
            number = mark.place.line
            cut = _cut(mark.place)
            if last[0] and number > last[0] + 1:
                yield "." * max(3, gutter)
            if (number, cut.line) != last:  # a long line is cut anew for a mark far from another
                yield f"{paint(f'{number:>{gutter}} |', BLUE)} {cut.line}".rstrip()
            under = paint(f"{mark.sign * cut.wide} {harmless(mark.words)}".rstrip(), mark.color)
            yield f"{bar} {' ' * cut.pad}{under}"
            last = (number, cut.line)


class Cut(NamedTuple):
    """A line as it is shown, the cells before its mark and those of the mark (one at least)."""

    line: str
    pad: int
    wide: int


def _cut(place: Place) -> Cut:
    """Show the line that a place begins on; what is far from the mark of a long one is left out."""
    line = place.quoted
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    before, marked, after = _parts(line, start, end)
    dropped = start > NEAR, end > start + NEAR, len(line) > end + NEAR
    if any(dropped) or cells("".join((*before, *marked, *after))) > WIDEST:
        before = _kept(before[::-1], AROUND, dropped[0])[::-1]
        begun, marked = marked, _kept(marked, WIDEST - AROUND - 1, dropped[1])
        room = WIDEST - cells("".join((*before, *marked)))
        after = _kept(after, room, dropped[2]) if marked == begun else []
    left, middle, right = "".join(before), "".join(marked), "".join(after)
    pad = cells(left)
    return Cut(left + middle + right, pad, max(1, cells(left + middle) - pad))


def _parts(line: str, start: int, end: int) -> tuple[list[str], list[str], list[str]]:
    """Return what is shown before, in and after a mark, in pieces that a terminal keeps together.

    A mark on a part of such a piece, as on an accent alone, is one on the whole.
    """
    before, marked, after = (
        _shown(part)
        for part in (
            line[max(0, start - NEAR) : start],
            line[start : min(end, start + NEAR)],
            line[end : end + NEAR],
        )
    )
    parts: tuple[list[str], list[str], list[str]] = ([], [], [])
    at, border = 0, len(before) + len(marked)
    for piece in pieces(before + marked + after):
        begin, at = at, at + len(piece)
        part = 0 if at <= len(before) else 1 if marked and begin < border else 2
        parts[part].append(piece)
    return parts


def _shown(text: str) -> str:
    return harmless(text.replace("\t", TAB))


def _kept(some: list[str], room: int, dropped: bool) -> list[str]:
    """Return the first pieces, as many as fit, and a sign for those left out or already dropped."""
    if not dropped and cells("".join(some)) <= room:
        return some
    kept: list[str] = []
    for piece in some:
        if cells("".join((*kept, piece))) >= room:
            break
        kept.append(piece)
    return [*kept, MORE]
