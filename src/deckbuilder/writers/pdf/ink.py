"""Runs at their place -> ink on a page, as part of the element that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING

from deckbuilder.writers.pdf.elements import Described, Element
from deckbuilder.writers.pdf.hands import of_space
from deckbuilder.writers.pdf.runs import FORMULA, HOLE, Line, Run, is_parted, width_of
from deckbuilder.writers.pdf.tagged import TaggedCanvas

if TYPE_CHECKING:
    from deckbuilder.writers.pdf.formulas.outlines import Formula

BLANKS = re.compile(f"({HOLE}+)")


def draw_line(
    canvas: TaggedCanvas, line: Line, element: Element | None, x: float, y: float
) -> None:
    """Draw a line as part of an element, if it is of one; what is parted as others in it."""
    if not element:
        draw_runs(canvas, line.runs, x, y)
        return
    if not is_parted(line.runs):  # nearly always
        canvas.paint(element, line.runs, x, y, spaced=line.spaced)
        return
    runs = spaced(line) if line.spaced else line.runs
    for url, group in groupby(runs, lambda run: run.hand.url):
        linked = tuple(group)
        wide = width_of(linked)
        if url:
            link = Described("Link", element)
            _draw_parts(canvas, linked, link, x, y)
            size = linked[0].hand.size
            canvas.link(link, url, (x, y - 0.25 * size, x + wide, y + 0.8 * size))
        else:
            _draw_parts(canvas, linked, element, x, y)
        x += wide


def _draw_parts(
    canvas: TaggedCanvas, runs: Sequence[Run], element: Element, x: float, y: float
) -> None:
    """Draw runs as part of an element, each formula and each blank as an element of its own."""
    for alone, group in groupby(chain(*map(_pieces, runs)), _is_alone):
        for part in ([run] for run in group) if alone else (list(group),):
            owner = _own(canvas, element, part[0], x, y) if alone else element
            with canvas.tag(owner):
                draw_runs(canvas, part, x, y)
            x += width_of(part)


def _pieces(run: Run) -> Iterable[Run]:
    """Return a run in pieces, its blanks apart from what touches them."""
    if run.formula or HOLE not in run.text:
        return (run,)
    return [Run(part, run.hand) for part in BLANKS.split(run.text) if part]


def _is_alone(run: Run) -> bool:
    return bool(run.formula or HOLE in run.text)


def _own(canvas: TaggedCanvas, element: Element, run: Run, x: float, y: float) -> Element:
    """Return the element of a formula or a blank."""
    if run.formula:
        return _formula(canvas, element, run.formula, run, x, y)
    before = element.painted[-1:]
    if before and isinstance(before[0], Described) and before[0].actual == canvas.blank:
        return before[0]  # it goes on from line to line
    return Described("Span", element, actual=canvas.blank)


def _formula(
    canvas: TaggedCanvas, element: Element, shape: Formula, run: Run, x: float, y: float
) -> Element:
    """Return the element of a formula, which says its TeX; one that goes on has it already."""
    before = element.painted[-1] if shape.goes_on else None
    if isinstance(before, Element):
        before.attributes = None  # no one rectangle is around it
        return before
    size, base = run.hand.size, y + run.hand.rise
    box = (x, base - shape.below * size, x + run.width, base + shape.above * size)
    formula = Described("Formula", element, alt=run.text)
    canvas.bounded(formula, box, "Inline")
    return formula


def spaced(line: Line) -> tuple[Run, ...]:
    """Return a line's runs and a space: without it, words would be read as one with the next."""
    return (*line.runs, Run(" ", of_space(line.runs[-1].hand)))


def draw_runs(canvas: TaggedCanvas, runs: Sequence[Run], x: float, y: float) -> None:
    """Draw runs from `x` on, at the baseline `y`."""
    if not any(map(FORMULA, runs)):
        canvas.write(runs, x, y)
        return
    from deckbuilder.writers.pdf.formulas.library import UNITS  # few decks have a formula

    for shape, group in groupby(runs, lambda run: run.formula):
        part = tuple(group)
        if shape:
            for run in part:
                place, scale = (x, y + run.hand.rise), run.hand.size / UNITS
                canvas.outlines(run.hand.color, shape.outlines, place, scale)
                x += run.width
        else:
            canvas.write(part, x, y)
            x += width_of(part)
