"""A text and the name that people call it by -> the place of any stretch of it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import replace

from deckbuilder.problems import Place
from deckbuilder.toml.scan import Stretch


class Lines:
    """The lines of a text."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self._starts = array("I", [0, *(newline.end() for newline in re.finditer("\n", text))])

    def place(self, stretch: Stretch) -> Place:
        """Return the place of a stretch."""
        begin, end = map(self._position, stretch)
        return Place(self.name, *begin, *end, self.text, stretch[0] - begin[1] + 1)

    def quoted(self, place: Place) -> Place:
        """Return a place that quotes this text, line for line the one it was found in.

        A line that was mended there may be shorter here.
        """
        return replace(
            place,
            column=min(place.column, self._width(place.line)),
            end_column=min(place.end_column, self._width(place.end_line)),
            text=self.text,
            begins=self._starts[place.line - 1],
        )

    def _width(self, line: int) -> int:
        """Return the column behind the last character of a line."""
        begins = self._starts[line - 1]
        end = self.text.find("\n", begins)
        return (end if end >= 0 else len(self.text)) - begins + 1

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
