"""Runs -> the operators of a page's content that write them, in one go.

ReportLab's text objects come to the same characters, but look up the font, the colour and each
glyph anew for every run: they take 8 times as long. They also note a leading for lines that we
never let them break, and a matrix where a place will do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from deckbuilder.slots import dataclass
from deckbuilder.writers.pdf.fonts import font, is_mark
from deckbuilder.writers.pdf.hands import Hand, of_space
from deckbuilder.writers.pdf.marks import placed
from deckbuilder.writers.pdf.rl import Color, TTFont, escapePDF, fp_str
from deckbuilder.writers.pdf.runs import Run

Point = tuple[float, float]
Rule = tuple[Point, Point]  # a line from a point to another
MANY = 1_000_000  # from here on, ReportLab does without fractions
STEPS = 4  # back to where the pen was: readers of text take one long step for a space
# what stands for the characters of ASCII in ReportLab's fonts: as all have the same numbers there,
# none has to be learnt for each font, which took 1 % of a sheet
ASCII = {code: str(escapePDF(bytes([code]))) for code in range(32, 127)}
# stands for a glyph that is not among the first 256 of its font, or does not follow the one before
ELSEWHERE = "\0"


@lru_cache(4096)
def number(value: float) -> str:
    """Return a number as content has it: of six figures, without a zero that says nothing.

    Nearly all are of places on a page: those are written as ReportLab does, in a third of the time.
    """
    written: str = f"{value:.7g}" if 1 <= value < MANY else fp_str(value)
    return written


class _Glyphs(dict[int, str]):
    """What stands for each character in a string of one font, given a number when first drawn."""

    def __init__(self, of: TTFont, document: Any) -> None:
        super().__init__(ASCII)
        self._font, self._document = of, document
        self._codes = bytearray(256)  # the glyphs of Latin-1, 0 for what is not known
        self._codes[min(ASCII) : max(ASCII) + 1] = bytes(ASCII)
        of.splitString("", document)  # else ReportLab, asked for its name, takes it to have all

    def shown(self, text: str) -> str:
        """Return how a text stands in a string; nothing if its glyphs are in several strings.

        Most is of Latin-1, where all glyphs are found at once, in a quarter of the time.
        """
        try:
            codes = text.encode("latin-1").translate(self._codes)
            if 0 not in codes:
                escaped: str = escapePDF(codes)
                return escaped
        except UnicodeEncodeError:
            pass
        shown = text.translate(self)
        return "" if ELSEWHERE in shown else shown

    def __missing__(self, character: int) -> str:
        known = ELSEWHERE
        if not is_mark(chr(character)):
            ((subset, code),) = self._font.splitString(chr(character), self._document)
            if not subset:
                known = str(escapePDF(code))
                if character < len(self._codes):
                    self._codes[character] = code[0]
        self[character] = known
        return known


@dataclass(slots=True)
class _Look:
    """How runs in one hand are drawn: what stands before and behind their characters."""

    hand: Hand  # held, as its identity is the key
    before: str
    start: str
    glyphs: _Glyphs
    end: str
    space: str  # ends the characters in its place, and a line
    behind: str


class Pen:
    """Writes runs into the pages of one document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._glyphs: dict[str, _Glyphs] = {}
        self._looks: dict[int, _Look] = {}
        self._colors: dict[int, tuple[Color, str]] = {}

    def write(self, runs: Sequence[Run], x: float, y: float, *, spaced: bool = False) -> str:
        """Return the operators that write runs from `x` on, at the baseline `y`.

        `spaced`: a space ends them, without which words would be read as one with the next.
        """
        down = f"{y:.7g}" if 1 <= y < MANY else number(y)  # hardly any line is as high as another
        parts = [f"BT {number(x)} {down} Td"]
        looks = self._looks
        for run in runs:
            look = looks.get(id(run.hand)) or self._look(run.hand)
            if shown := look.glyphs.shown(run.text):  # nearly always
                parts.append(f"{look.start}{shown}{look.end}")
            else:
                parts.append(f"{look.before} {self._in_parts(run.text, run.hand)}{look.behind}")
        if spaced:
            if shown:
                parts.pop()
            parts.append(f"{look.start}{shown}{look.space}")
        parts.append("ET")
        return " ".join(parts)

    def rules(self, color: Color, weight: float, of: Sequence[Rule]) -> str:
        """Return the operators that draw lines, each from a point to another."""
        pen = [f"{self._color(color)} RG\n{number(weight)} w"]
        pen += [
            f"n {number(x)} {number(y)} m {number(right)} {number(below)} l S"
            for (x, y), (right, below) in of
        ]
        return "\n".join(pen)

    def area(self, color: Color, left: float, below: float, wide: float, tall: float) -> str:
        """Return the operators that fill a rectangle."""
        corner = f"{number(left)} {number(below)}"
        return f"{self._color(color)} rg\nn {corner} {number(wide)} {number(tall)} re f*"

    def _color(self, color: Color) -> str:
        """Return the numbers of a color, which is held, as its identity is the key."""
        found = self._colors.get(id(color))
        if found is None:
            self._colors[id(color)] = found = color, fp_str(color.rgb())
        return found[1]

    def _look(self, hand: Hand) -> _Look:
        face, rise, tracking = hand.face, hand.rise, hand.tracking
        if face not in self._glyphs:
            self._glyphs[face] = _Glyphs(font(face), self._document)
        before = f"{self._color(hand.color)} rg"
        before += f" {fp_str(rise)} Ts" if rise else ""
        before += f" {fp_str(tracking)} Tc" if tracking else ""
        behind = (" 0 Tc" if tracking else "") + (" 0 Ts" if rise else "")
        name = self._font(hand, 0)
        start, end = f"{before} {name} (", f") Tj{behind}"
        spacing = of_space(hand)
        space = f" {end}" if spacing is hand else f"{end} {self._font(spacing, 0)} ( ) Tj"
        look = _Look(hand, before, start, self._glyphs[face], end, space, behind)
        self._looks[id(hand)] = look
        return look

    def _font(self, hand: Hand, subset: int) -> str:
        name = font(hand.face).getSubsetInternalName(subset, self._document)
        return f"{name} {fp_str(hand.size)} Tf"

    def _in_parts(self, text: str, hand: Hand) -> str:
        """Return the operators that show a text, its font named anew for each 256 glyphs."""
        parts = []
        before = -1
        for piece, place in placed(text, hand.face):
            for subset, codes in font(hand.face).splitString(piece, self._document):
                name = f"{self._font(hand, subset)} " if subset != before else ""
                shown = f"({escapePDF(codes)})"
                parts.append(f"{name}{_moved(shown, place, hand) if any(place) else f'{shown} Tj'}")
                before = subset
        return " ".join(parts)


def _moved(shown: str, place: Point, hand: Hand) -> str:
    """Return the operators that show a mark right of where the pen is, and up; it stays there."""
    right, up = place[0] - 1000 * hand.tracking / hand.size, place[1] / 1000 * hand.size
    back = f" {number(right / STEPS)}" * STEPS
    return f"{number(hand.rise + up)} Ts [{number(-right)} {shown}{back}] TJ {number(hand.rise)} Ts"
