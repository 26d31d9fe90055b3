"""A text that tomli accepts -> the span of each of its keys and values."""

from __future__ import annotations

import re
from typing import NamedTuple

from deckbuilder.toml.load import unquoted

Path = tuple[str | int, ...]  # ("topic", 0, "fact", 2, "answer")
Stretch = tuple[int, int]  # from one offset of the text to another

BARE = r"[A-Za-z0-9_-]+"
BASIC = r'"(?!"")(?>(?:[^"\\\n]+|\\.)*)"'
LITERAL = r"'(?!'')[^'\n]*+'"
LONG_BASIC = r'"""(?>(?:[^"\\]+|\\[\s\S]|"{1,2}(?!"))*)"{3,5}'
LONG_LITERAL = r"'''(?>(?:[^']+|'{1,2}(?!'))*)'{3,5}"

NAME = re.compile(f"{BARE}|{BASIC}|{LITERAL}")
KEY = rf"(?:{NAME.pattern})(?>(?:[ \t]*+\.[ \t]*+(?:{NAME.pattern}))*)"  # dotted or not
PAIR = re.compile(rf"({BARE})[ \t]*+=[ \t]*+({BASIC})")  # most lines of a source
STRING = re.compile(f"{LONG_BASIC}|{LONG_LITERAL}|{BASIC}|{LITERAL}")
SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d[\d:.]*(?:[Zz]|[+-]\d\d:\d\d)?|[^\s,\]}#]+")
BLANK = re.compile(r"[ \t]*+")
TRIVIA = re.compile(r"(?>(?:[ \t\n]+|#[^\n]*)*)")
COMMA = re.compile(rf"{TRIVIA.pattern},?{TRIVIA.pattern}")


class Span(NamedTuple):
    """Where a key and its value stand; the value of a table is its header."""

    key: Stretch
    value: Stretch

    @property
    def is_header(self) -> bool:
        """Whether this is a table with a header: there the key stands inside the value."""
        return self.value[0] < self.key[0]


class Header(NamedTuple):
    """The header of a table: with how many brackets, its names and where each is, where it is."""

    brackets: int
    names: list[tuple[str, Stretch]]
    stretch: Stretch


class Pairs:
    """The keys and values of tables -> the span of each, as they are gone through.

    tomli alone judges what is valid and what the values are, so nothing is checked here.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[Path, Span] = {}
        self.statements: list[tuple[Path, Stretch]] = []  # headers and pairs, as they follow

    def read(self, at: int, table: Path) -> int:
        """Go through the pairs from `at` on, all of one table; return where its next header is."""
        at = after(TRIVIA, self.text, at)
        while at < len(self.text) and self.text[at] != "[":
            at = after(TRIVIA, self.text, self.pair(at, table))
        return at

    def pair(self, at: int, table: Path) -> int:
        """Go through the pair at `at`; return where it ends."""
        pair = PAIR.match(self.text, at)
        if pair:
            path: Path = (*table, pair[1])
            end = pair.end()
            self.spans[path] = Span(pair.span(1), pair.span(2))
        else:
            path, key, end = self._key(at, table)
            end = self._value(end, path, key)
        self.statements.append((path, (at, end)))
        return end

    def _key(self, at: int, table: Path) -> tuple[Path, Stretch, int]:
        """Read a key up to its value; return its path, its last name and where the value begins."""
        names, at = names_at(self.text, at)
        path = table
        for name, key in names[:-1]:
            path = (*path, name)
            self.spans.setdefault(path, Span(key, key))
        name, key = names[-1]
        return (*path, name), key, after(BLANK, self.text, at + 1)

    def _value(self, start: int, path: Path, key: Stretch | None = None) -> int:
        text, first = self.text, self.text[start]
        if first == "[":
            at, index = after(TRIVIA, text, start + 1), 0
            while text[at] != "]":
                at = after(COMMA, text, self._value(at, (*path, index)))
                index += 1
            end = at + 1
        elif first == "{":
            at = after(TRIVIA, text, start + 1)
            while text[at] != "}":
                inner, inner_key, at = self._key(at, path)
                at = after(COMMA, text, self._value(at, inner, inner_key))
            end = at + 1
        else:
            end = after(STRING if first in "\"'" else SCALAR, text, start)
        self.spans[path] = Span(key or (start, end), (start, end))
        return end


class Scan(Pairs):
    """Every path of a text that tomli accepts -> its span."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.counts: dict[Path, int] = {}  # of the elements in each array of tables
        self.table: Path = ()  # the one that keys at the end belong to
        at = self.read(0, ())
        while at < len(text):
            self.table, end = self._header(at)
            self.statements.append((self.table, (at, end)))
            at = self.read(end, self.table)

    def last(self, path: Path) -> Path:
        """Return the path of the last element so far, if `path` is an array of tables."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def _header(self, start: int) -> tuple[Path, int]:
        brackets, names, header = header_at(self.text, start)
        path: Path = ()
        for name, key in names:
            path = (*self.last(path), name)
            self.spans.setdefault(path, Span(key, header))
        if brackets == 2:
            self.counts[path] = self.counts.get(path, 0) + 1
            self.spans[self.last(path)] = Span(header, header)
        else:  # a table's own header beats an earlier one that only passes through it
            self.spans[path] = Span(key, header)
        return self.last(path), header[1]


def header_at(text: str, start: int) -> Header:
    """Read the header that begins at `start`."""
    brackets = 2 if text.startswith("[[", start) else 1
    names, at = names_at(text, start + brackets)
    return Header(brackets, names, (start, at + brackets))


def names_at(text: str, at: int) -> tuple[list[tuple[str, Stretch]], int]:
    """Read the dotted key at `at`; return each name with its stretch, and where the key ends."""
    names = []
    while True:
        start = after(BLANK, text, at)
        end = after(NAME, text, start)
        name = text[start:end]
        if name[0] in "\"'":
            name = unquoted(name)
        names.append((name, (start, end)))
        at = after(BLANK, text, end)
        if text[at] != ".":
            return names, at
        at += 1


def after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where the pattern's match at `at` ends; `at` itself without one."""
    found = pattern.match(text, at)
    return found.end() if found else at
