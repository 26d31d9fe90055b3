"""The bytes of a TrueType font -> which glyph each character has, how wide it is, where it lies.

ReportLab reads these 10,000 numbers one by one, which takes 5 ms for each face. Here they are read
in a few stretches, 8 times as fast, and those of glyphs are kept as the file has them: print asks
for few. A font that is odd in any way goes ReportLab's way, which has words for what is wrong.
"""

from __future__ import annotations

import sys
from array import array

from deckbuilder.writers.pdf.rl import ttfonts

SPACES = 0x20, 0xA0  # a font that has one has the other
HALVED, WHOLE = 0, 1  # how the places of glyphs are written
UNICODE, MACINTOSH, WINDOWS = 0, 1, 3  # whose numbers of characters a table has
VARIANTS = 5  # a table of Unicode that is none of characters
SEGMENTS, GROUPS = 4, 12  # forms of a table: of the first 65,536 characters, of all

SHORT, LONG = "H", "I"  # numbers of 2 bytes, and of 4

_Glyphs = tuple[list[int], list[int]]  # characters, and the glyph of each


class _OddError(Exception):
    """A font is not of the usual form."""


class Face(ttfonts.TTFontFace):
    """A face of ReportLab, its tables read at once."""

    def extractInfo(self, charInfo: int = 1) -> None:
        """Note what print has to know of the font."""
        super().extractInfo(0)
        try:
            self._read_tables()
        except (_OddError, LookupError):
            super().extractInfo(charInfo)

    def _read_tables(self) -> None:
        form, kind = self._numbers("head", 50, 2)
        if kind or form not in (HALVED, WHOLE):
            raise _OddError
        characters, glyphs = self._glyphs()
        self.charToGlyph = dict(zip(characters, glyphs, strict=True))
        if len(self.charToGlyph) < len(characters):  # a character has two
            raise _OddError
        self.hmetrics = metrics = self._metrics()
        scaled = {number: self._pdfScale(number) for number in {*metrics.advances}}
        self.defaultWidth = scaled[metrics.advances[0]]
        own = map(scaled.__getitem__, map(metrics.advances.__getitem__, glyphs))
        self.charWidths = dict(zip(characters, own, strict=True))
        count = self.numGlyphs + 1
        if form == WHOLE:
            self.glyphPos = self._numbers("loca", 0, count, LONG)
        else:
            self.glyphPos = array(LONG, [place << 1 for place in self._numbers("loca", 0, count)])
        for one, other in (SPACES, SPACES[::-1]):
            if one in self.charToGlyph:
                self.charToGlyph[other] = self.charToGlyph[one]
                self.charWidths[other] = self.charWidths[one]
                break

    def _metrics(self) -> _Metrics:
        """Return how wide all glyphs are, and where they begin.

        Those at the end that have no number of their own are as wide as the last that has one, in
        the font's own units: ReportLab copies that one into what it embeds once it has scaled it.
        """
        (count,) = self._numbers("hhea", 34, 1)
        own, more = self._numbers("hmtx", 0, 2 * count), max(self.numGlyphs - count, 0)
        advances, bearings = own[::2], own[1::2]
        advances.extend(advances[-1:] * more)
        bearings.extend(self._numbers("hmtx", 4 * count, more))
        return _Metrics(advances, bearings)

    def _glyphs(self) -> _Glyphs:
        """Return characters and their glyphs, from the last table with numbers of Unicode."""
        at = None
        _, count = self._numbers("cmap", 0, 2)
        for n in range(count):
            whose, encoding, high, low = self._numbers("cmap", 4 + 8 * n, 4)
            if whose == WINDOWS or (whose == UNICODE and encoding != VARIANTS):
                at = high << 16 | low
            elif (whose, encoding) != (MACINTOSH, 0):
                raise _OddError
        if at is None:
            raise _OddError
        (form,) = self._numbers("cmap", at, 1)
        if form == GROUPS:
            return self._in_groups(at)
        if form == SEGMENTS:
            return self._in_segments(at)
        raise _OddError

    def _in_groups(self, at: int) -> _Glyphs:
        """Return characters and glyphs that begin with the same numbers and count on together."""
        (count,) = self._numbers("cmap", at + 12, 1, LONG)
        numbers = self._numbers("cmap", at + 16, 3 * count, LONG)
        characters, glyphs = list[int](), list[int]()
        for first, last, glyph in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            if first == last:  # most are: 3 times as fast
                characters.append(first)
                glyphs.append(glyph)
            else:
                characters += range(first, last + 1)
                glyphs += range(glyph, glyph + last + 1 - first)
        return characters, glyphs

    def _in_segments(self, at: int) -> _Glyphs:
        """Return characters and glyphs, which count on together or stand in a list of their own."""
        characters, glyphs = list[int](), list[int]()
        _, length, _, twice = self._numbers("cmap", at, 4)
        count = twice // 2
        lasts = self._numbers("cmap", at + 14, count)
        numbers = self._numbers("cmap", at + 16 + 2 * count, 3 * count)
        firsts, steps, offsets = numbers[:count], numbers[count : 2 * count], numbers[2 * count :]
        for n, (first, last, step) in enumerate(zip(firsts, lasts, steps, strict=True)):
            characters += range(first, last + 1)
            many, begin = last + 1 - first, first + step & 0xFFFF
            if offsets[n]:
                place = at + 16 + 6 * count + 2 * n + offsets[n]
                if place + 2 * many > at + length:
                    raise _OddError
                listed = self._numbers("cmap", place, many)
                glyphs += [glyph + step & 0xFFFF if glyph else 0 for glyph in listed]
            elif begin + many <= 0x10000:
                glyphs += range(begin, begin + many)
            else:
                raise _OddError
        return characters, glyphs

    def _numbers(self, table: str, at: int, count: int, size: str = SHORT) -> array[int]:
        """Return so many numbers of a table."""
        numbers = array(size)
        begin = self.get_table_pos(table)[0] + at
        held = self._ttf_data[begin : begin + count * numbers.itemsize]
        if len(held) < count * numbers.itemsize:
            raise _OddError
        numbers.frombytes(held)
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers


class _Metrics:
    """The advances and the bearings of glyphs, as ReportLab asks for them: together."""

    def __init__(self, advances: array[int], bearings: array[int]) -> None:
        self.advances, self.bearings = advances, bearings

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self.advances[glyph], self.bearings[glyph]
