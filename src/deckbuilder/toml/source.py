"""A TOML file as it was read, and where each of its values stands."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from deckbuilder.problems import Place
from deckbuilder.toml.lines import Lines
from deckbuilder.toml.load import load
from deckbuilder.toml.scan import Path, Scan

if TYPE_CHECKING:
    from deckbuilder.toml.places import Places


def decoded(data: bytes) -> str:
    """Return the text of a file: byte order mark gone, CRLF as LF.

    Raises:
        UnicodeDecodeError: it is not UTF-8; places count from behind the mark.
    """
    return data.removeprefix(codecs.BOM_UTF8).decode().replace("\r\n", "\n")


@dataclass(frozen=True)
class Source:
    """A TOML file as it was read: its name (as shown to people) and raw bytes.

    All else is made of these once it is asked for: for each fact, that is 1 KB of memory, and what
    becomes of a deck without a problem needs none of it.
    """

    name: str
    data: bytes

    @cached_property
    def text(self) -> str:
        """The text: byte order mark gone, CRLF as LF."""
        return decoded(self.data)

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The values of all keys, as TOML gives them."""
        return load(self.text)

    def taken(self) -> dict[str, Any]:
        """Return the values, to be used up: whoever asks for them again has them read again."""
        values: dict[str, Any] = vars(self).pop("values", None) or load(self.text)
        return values

    def value(self, path: Path) -> Any:
        """Return the value at a path that the source has."""
        value: Any = self.values
        for part in path:
            value = value[part]
        return value

    def place(self, path: Path, *, key: bool = False, part: str = "", behind: int = 0) -> Place:
        """Return where the value at `path` stands, its key, or a part of it that is in its text.

        The part is the one that stands behind so many like it. The value of a table is its header;
        an element of an array has no key. What is not in the file stands where it belongs: at the
        nearest table around it, at worst at the file's start.
        """
        for length in range(len(path), 0, -1):
            span = self._places.find(path[:length])
            if span:
                start, end = span.key if key and length == len(path) else span.value
                at = self._found(part, behind, start, end) if part else -1
                return self._lines.place((at, at + len(part)) if at >= 0 else (start, end))
        return self._lines.place((0, 0))

    def _found(self, part: str, behind: int, start: int, end: int) -> int:
        """Return where the part begins that stands behind so many like it; -1 if none does."""
        at = self.text.find(part, start, end)
        for _ in range(behind):
            at = self.text.find(part, at + len(part), end) if at >= 0 else -1
        return at

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.name, self.text)

    @cached_property
    def _places(self) -> Places:
        from deckbuilder.toml.places import Places  # its patterns take longer than a small source

        return Places(self.text)

    @cached_property
    def scan(self) -> Scan:
        """The span of every key and value."""
        return Scan(self.text)
