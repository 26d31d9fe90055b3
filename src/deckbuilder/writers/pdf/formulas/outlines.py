"""MathML -> the outlines of a formula, set by ziamath in STIX Two Math."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from deckbuilder.formulas.mathml import Unsettable, element
from deckbuilder.formulas.tex import read
from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.formulas.library import UNITS, library

Point = tuple[float, float]
STEP = re.compile(r"([MLQCZ])([^MLQCZ]*)")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it is drawn.

    `width`, and how far it reaches above and below the baseline, in parts of the size; `outlines`
    are operators of a PDF's page, in thousandths of the size from the baseline's left end.
    `goes_on`: it is the rest of one, behind a place where a line may end. `full`: no part of a
    fraction is smaller than the rest.
    """

    width: float
    above: float
    below: float
    outlines: str
    goes_on: bool = False
    full: bool = False


@cache
def formula(tex: str, *, bold: bool = False, full: bool = False) -> Formula:
    """Set a formula; `bold`: its letters and digits, as among bold words; `full`: its fractions.

    Raises:
        Unsettable: print cannot set it as Anki shows it.
    """
    return replace(_drawn(read(tex, full=full), bold), full=full)


@cache
def pieces(tex: str, *, bold: bool = False, full: bool = False) -> tuple[Formula, ...]:
    """Set a formula as what may stand on lines of its own, side by side as wide as the whole."""
    row = read(tex, full=full)
    while len(row) == 1 and row[0].tag == "mrow":  # that of a reaction is one in another
        row = row[0]
    made = list[Formula]()
    for inside in _parted(row):
        math = element("math", element("mrow", *inside), display="inline")
        made.append(replace(_drawn(math, bold), goes_on=bool(made)))
    return tuple(made)


def _parted(row: Element) -> Iterator[list[Element]]:
    """Yield the children of a row, parted behind its relations and signs, but not in brackets."""
    part, depth = list[Element](), 0
    for child in row:
        part.append(child)
        depth += {"prefix": 1, "postfix": -1}.get(child.get("form", ""), 0)
        if child.get("linebreak") and depth <= 0:
            yield part
            part = []
    if part:
        yield part


def _drawn(tree: Element, bold: bool) -> Formula:
    """Set MathML."""
    ziamath = library()
    for written in tree.iter():
        if written.tag == "mtext":
            _known(written.text or "", ziamath)
        if bold and written.tag in ("mi", "mn", "mtext"):
            written.set("mathvariant", f"bold {written.get('mathvariant', '')}")
    node = ziamath.Math(tree, size=UNITS).node
    drawn = Element("svg")
    node.draw(0, 0, drawn)
    steps = [step for shape in drawn.iter() for step in _steps(shape)]
    points = [point for _, reached in steps for point in reached]
    if not points:
        raise Unsettable("the formula is empty", r"write \$ for a dollar sign, or take it out")
    across, up = zip(*points, strict=True)
    return Formula(
        max(*across, node.xadvance()) / UNITS,
        max(up) / UNITS,
        -min(up) / UNITS,
        " ".join(" ".join((*map(_pair, reached), name)) for name, reached in steps),
    )


def _known(words: str, ziamath: Any) -> None:
    """Make sure that the font has every character of words within a formula."""
    font = ziamath.zmath.loadedfonts["default"]
    lacking = next((c for c in words if not font.glyphindex(c)), "")
    if lacking:
        raise Unsettable(
            f"the font of formulas has no `{lacking}`", "write these words outside the formula"
        )


# ---------------------------------------------------------------------------- SVG -> PDF


def _steps(shape: Element) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """Yield the operators that make a path of a shape, with their points; SVG counts downwards."""
    if shape.tag == "path":
        yield from _path(shape.attrib["d"])
    elif shape.tag == "rect":
        x, y, wide, high = (float(shape.attrib[k]) for k in ("x", "y", "width", "height"))
        yield "m", ((x, -y),)
        for corner in ((x, -y - high), (x + wide, -y - high), (x + wide, -y)):
            yield "l", (corner,)
        yield "h", ()
    else:
        assert shape.tag in ("svg", "g"), f"ziamath drew a {shape.tag}"


def _path(described: str) -> Iterator[tuple[str, tuple[Point, ...]]]:
    x = y = 0.0
    for step in STEP.finditer(described):
        values = [float(value) for value in step[2].split()]
        points = tuple(zip(values[::2], (-v for v in values[1::2]), strict=True))
        match step[1]:
            case "Q":  # PDF knows cubic curves alone
                (cx, cy), (ex, ey) = points
                one = (x + 2 * (cx - x) / 3, y + 2 * (cy - y) / 3)
                two = (ex + 2 * (cx - ex) / 3, ey + 2 * (cy - ey) / 3)
                yield "c", (one, two, points[1])
            case name:
                yield {"M": "m", "L": "l", "C": "c", "Z": "h"}[name], points
        if points:
            x, y = points[-1]


def _pair(point: Point) -> str:
    return " ".join(f"{round(value, 1):g}" for value in point)
