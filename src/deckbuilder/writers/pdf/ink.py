"""Runs at their place -> ink on a page, as part of the element that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from deckbuilder.writers.pdf.elements import Described, Element
from deckbuilder.writers.pdf.hands import of_space
from deckbuilder.writers.pdf.runs import FORMULA, Line, Run, width_of
from deckbuilder.writers.pdf.tagged import TaggedCanvas

if TYPE_CHECKING:
    from deckbuilder.writers.pdf.formulas.outlines import Formula


def draw_line(
    canvas: TaggedCanvas, line: Line, element: Element | None, x: float, y: float
) -> None:
    """Draw a line as part of an element, if it is of one; links and formulas as others in it."""
    if not element:
        draw_runs(canvas, line.runs, x, y)
        return
    for run in line.runs:
        if run.formula or run.hand.url:
            break
    else:  # nearly always
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
    """Draw runs as part of an element, each formula as an element of its own."""
    for shape, group in groupby(runs, lambda run: run.formula):
        for part in ([run] for run in group) if shape else (list(group),):
            owner = _formula(canvas, element, shape, part[0], x, y) if shape else element
            with canvas.tag(owner):
                draw_runs(canvas, part, x, y)
            x += width_of(part)


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
