"""A letter and the marks behind it -> where each mark goes, so that it sits on its letter.

A font says so by anchors: a point of the letter, or of the mark below, that one of the mark's comes
to lie on (OpenType's table GPOS). Where it does not, the mark stands in the middle, off the ink.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from struct import error, unpack_from
from typing import NamedTuple

from deckbuilder.writers.pdf.fonts import font, is_mark, widths

ON_LETTER, ON_MARK, FURTHER = 4, 6, 9  # kinds of lookups; of the last, the table is elsewhere
FEATURES = (b"mark", b"mkmk")
# where Unicode puts marks: above, below, across two letters
ABOVE, BELOW, ACROSS = (228, 230, 232, 234), (202, 218, 220, 222, 233), (233, 234)

Point = tuple[float, float]


class Ink(NamedTuple):
    """The rectangle around a glyph, in thousandths of the size."""

    left: float
    below: float
    right: float
    above: float


class _Anchors:
    """The anchors of a face, and how far its glyphs reach, each read when it is asked for."""

    def __init__(self, face: str) -> None:
        self._face = font(face).face
        self._scale = 1000 / self._face.unitsPerEm
        try:
            self._tables = [*self._lookups(self._face.get_table_pos("GPOS")[0])]
        except (KeyError, error):  # the font has none
            self._tables = []

    def glyph(self, character: str) -> int:
        """Return the number of a character's glyph."""
        number: int = self._face.charToGlyph.get(ord(character), 0)
        return number

    def offset(self, kind: int, under: int, mark: int) -> Point | None:
        """Return how far right of a letter or mark, and above it, the mark on it begins."""
        tables = [at for each, at in self._tables if each == kind]
        try:
            found = [self._joined(at, under, mark) for at in tables]
        except error:  # the font is damaged
            return None
        return next(filter(None, reversed(found)), None)  # the last one counts

    def _joined(self, at: int, under: int, mark: int) -> Point | None:
        """Return what one table says of two glyphs."""
        _, marks, unders, classes, of_marks, of_unders = self._numbers(at, 6)
        over, row = self._covered(at + marks, mark), self._covered(at + unders, under)
        if over is None or row is None:
            return None
        of_marks, of_unders = at + of_marks, at + of_unders
        group, own = self._numbers(of_marks + 2 + 4 * over, 2)
        (other,) = self._numbers(of_unders + 2 + 2 * (row * classes + group), 1)
        if not other:
            return None
        (x, y), (left, down) = self._point(of_unders + other), self._point(of_marks + own)
        return (x - left) * self._scale, (y - down) * self._scale

    def ink(self, glyph: int) -> Ink:
        """Return the rectangle around a glyph."""
        places = self._face.glyphPos
        if places[glyph] == places[glyph + 1]:
            return Ink(0.0, 0.0, 0.0, 0.0)
        at = self._face.get_table_pos("glyf")[0] + places[glyph]
        return Ink(
            *(side * self._scale for side in unpack_from(">4h", self._face._ttf_data, at + 2))
        )

    def _lookups(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the tables of anchors: what kind they are of, and where."""
        features, lookups = (at + offset for offset in self._numbers(at + 6, 2))
        wanted = set[int]()
        for n in range(*self._numbers(features, 1)):
            (tag, place) = unpack_from(">4sH", self._face._ttf_data, features + 2 + 6 * n)
            if tag in FEATURES:
                (count,) = self._numbers(features + place + 2, 1)
                wanted.update(self._numbers(features + place + 4, count))
        for n in sorted(wanted):
            start = lookups + self._numbers(lookups + 2 + 2 * n, 1)[0]
            kind, _, count = self._numbers(start, 3)
            for place in self._numbers(start + 6, count):
                here, of = start + place, kind
                if kind == FURTHER:
                    _, of, high, low = self._numbers(here, 4)
                    here += high << 16 | low
                if of in (ON_LETTER, ON_MARK):
                    yield of, here

    def _covered(self, at: int, glyph: int) -> int | None:
        """Return which row of a table a glyph has."""
        form, count = self._numbers(at, 2)
        if form == 1:
            glyphs = self._numbers(at + 4, count)
            return glyphs.index(glyph) if glyph in glyphs else None
        numbers = self._numbers(at + 4, 3 * count)
        for first, last, row in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            if first <= glyph <= last:
                return row + glyph - first
        return None

    def _point(self, at: int) -> Point:
        x, y = unpack_from(">2h", self._face._ttf_data, at + 2)
        return x, y

    def _numbers(self, at: int, count: int) -> tuple[int, ...]:
        return unpack_from(f">{count}H", self._face._ttf_data, at)


_anchors = cache(_Anchors)


def placed(text: str, face: str) -> Iterator[tuple[str, Point]]:
    """Yield a text in stretches, and each mark alone, with how far right and up it goes.

    In thousandths of the size, from where it would come to stand as a letter.
    """
    at = 0
    while at < len(text):
        first = at + 1 if is_mark(text[at]) else _next(text, at, mark=True)
        end = _next(text, first, mark=False)
        yield text[at:first], (0.0, 0.0)
        if end > first:
            yield from zip(text[first:end], _places(text[first - 1 : end], face), strict=True)
        at = end


def _next(text: str, at: int, *, mark: bool) -> int:
    """Return where the next mark is, or the next character that is none."""
    return next((n for n in range(at, len(text)) if is_mark(text[n]) == mark), len(text))


@cache
def _places(cluster: str, face: str) -> tuple[Point, ...]:
    """Return how far right and up each mark on a letter goes."""
    pens = accumulate(map(widths(face), cluster[:-1]))
    origins = _origins(cluster, face)[1:]
    return tuple((x - pen, y) for (x, y), pen in zip(origins, pens, strict=True))


def _origins(cluster: str, face: str) -> list[Point]:
    """Return where a letter begins, and each mark on it."""
    anchors = _anchors(face)
    glyphs = [anchors.glyph(character) for character in cluster]
    origins, last = [(0.0, 0.0)], dict[int, int]()  # the last mark at each place
    for n, mark in enumerate(glyphs[1:], 1):
        where = unicodedata.combining(cluster[n])
        under, kind = (last[where], ON_MARK) if where in last else (0, ON_LETTER)
        last[where] = n
        offset = anchors.offset(kind, glyphs[under], mark)
        if offset is None:
            low, own = anchors.ink(glyphs[under]), anchors.ink(mark)
            middle = widths(face)(cluster[0]) if where in ACROSS else (low.left + low.right) / 2
            raised = max(low.above - anchors.ink(anchors.glyph("x")).above, 0.0)
            sunk = min(low.below, 0.0)
            up = raised if where in ABOVE else sunk if where in BELOW else 0.0
            offset = middle - (own.left + own.right) / 2, up
        x, y = origins[under]
        origins.append((x + offset[0], y + offset[1]))
    return origins
