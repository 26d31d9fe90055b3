"""A problem -> the lines a person reads: where, what, the source and a caret, a way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from wcwidth import wcswidth

from deckbuilder.problems import Place, Problem

TAB = "    "
WIDEST = 100  # cells of a source line shown; a longer line is cut around its mark
AROUND = 30  # cells shown before the mark of a line that is cut

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


def harmless(line: str) -> str:
    """Return a line that cannot drive a terminal or pass for two, whatever source it quotes."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


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
        last = 0
        for mark in shown:
            number = mark.place.line
            line, pad, wide = _cut(mark.place)
            if last and number > last + 1:
                yield "." * max(3, gutter)
            if number != last:
                yield f"{paint(f'{number:>{gutter}} |', BLUE)} {line}".rstrip()
            under = paint(f"{mark.sign * wide} {harmless(mark.words)}".rstrip(), mark.color)
            yield f"{bar} {' ' * pad}{under}"
            last = number


def _cut(place: Place) -> tuple[str, int, int]:
    """Return a line as shown, the cells before its mark and those of the mark (one at least)."""
    line = place.text.split("\n", place.line)[place.line - 1]
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    before, marked, after = (
        _shown(part)
        for part in (line[: place.column - 1], line[place.column - 1 : end], line[end:])
    )
    if wcswidth(before + marked + after) > WIDEST:
        before = _last_cells(before, AROUND)
        marked = _first_cells(marked, WIDEST - AROUND)
        after = _first_cells(after, max(0, WIDEST - wcswidth(before + marked)))
    return before + marked + after, wcswidth(before), max(1, wcswidth(marked))


def _shown(text: str) -> str:
    return harmless(text.replace("\t", TAB))


def _first_cells(text: str, cells: int) -> str:
    if wcswidth(text) <= cells:
        return text
    kept = ""
    for character in text[: cells + 1]:
        if wcswidth(kept + character) >= cells:
            break
        kept += character
    return kept + "…"


def _last_cells(text: str, cells: int) -> str:
    if wcswidth(text) <= cells:
        return text
    kept = text[-cells:]
    while wcswidth(kept) >= cells:
        kept = kept[1:]
    return "…" + kept
