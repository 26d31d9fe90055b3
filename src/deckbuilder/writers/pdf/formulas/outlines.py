"""MathML -> the outlines of a formula, set by ziamath in STIX Two Math."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from xml.etree.ElementTree import Element

from deckbuilder.formulas.mathml import Unsettable, element
from deckbuilder.formulas.tex import read
from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.formulas.library import UNITS, library

Point = tuple[float, float]
STEP = re.compile(r"([MLQCZ])([^MLQCZ]*)")
INKED = re.compile("[A-Za-z0-9]")  # characters of words that are sure to show
PLAIN = re.compile("[ -~\u00a0]*")  # those that the font of formulas has
# characters, spaces and groups of a formula: the time to set it is their square. A matrix of ten by
# ten letters with numbers has 600
MOST_PARTS = 1500


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
def try_out(tex: str) -> None:
    """Find what keeps a formula from being set; it is drawn only where it may turn out empty.

    Raises:
        Unsettable: print cannot set it as Anki shows it.
    """
    tree = _read(tex, full=False)
    _know_words(tree)
    if not any(map(_shows, tree.iter())):
        formula(tex, bold=False, full=False)  # as a line asks for it: it is kept by how it is asked


@cache
def formula(tex: str, *, bold: bool = False, full: bool = False) -> Formula:
    """Set a formula; `bold`: its letters and digits, as among bold words; `full`: its fractions.

    Raises:
        Unsettable: print cannot set it as Anki shows it.
    """
    return replace(_drawn(_read(tex, full), bold), full=full)


@cache
def pieces(tex: str, *, bold: bool = False, full: bool = False) -> tuple[Formula, ...]:
    """Set a formula as what may stand on lines of its own, side by side as wide as the whole."""
    row = _read(tex, full)
    while len(row) == 1 and row[0].tag == "mrow":  # that of a reaction is one in another
        row = row[0]
    parts = [*_parted(row)]
    if len(parts) > 1 and not any(map(_shows, element("mrow", *parts[-1]).iter())):
        parts[-2:] = [[*parts[-2], *parts[-1]]]  # what ends in "=" has nothing behind it
    if len(parts) == 1:
        return (formula(tex, bold=bold, full=full),)
    made = list[Formula]()
    for inside in parts:
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


def _read(tex: str, full: bool) -> Element:
    """Read a formula that is not too long."""
    tree = read(tex, full=full)
    if sum(max(1, len(part.text or "")) for part in tree.iter()) > MOST_PARTS:
        raise Unsettable(
            "the formula is too long", "make several formulas of it, or name a part of it"
        )
    return tree


def _drawn(tree: Element, bold: bool) -> Formula:
    """Set MathML."""
    ziamath = library()
    _know_words(tree)
    for written in tree.iter():
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


def _shows(part: Element) -> bool:
    """Tell whether an element is sure to leave ink: signs and letters do, words may be spaces."""
    if part.tag == "mtext":
        return bool(INKED.search(part.text or ""))
    return part.tag in ("mi", "mn", "mo") and bool((part.text or "").strip())


def _know_words(tree: Element) -> None:
    """Make sure that the font has every character of the words within a formula."""
    words = "".join(part.text or "" for part in tree.iter("mtext"))
    if PLAIN.fullmatch(words):
        return
    font = library().zmath.loadedfonts["default"]
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
