"""A text that tomli accepts, and a path -> its span; only the tables around it are gone through."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from deckbuilder.toml.scan import BARE, KEY, STRING, Pairs, Path, Span, after, header_at


def _nested(inner: str) -> str:
    """Return a pattern of what stands in brackets; `inner`: of brackets in them, if any."""
    return rf"""(?>(?:[^\[\]{{}}"'#]++|{STRING.pattern}|#[^\n]*+{inner})*)"""


def _bracketed(inside: str) -> str:
    return rf"|\[{inside}\]|\{{{inside}\}}"


LISTS = _bracketed(_nested(_bracketed(_nested(""))))  # deeper ones are left to `Pairs`
VALUE = rf"""(?:{STRING.pattern}|[^\s,\]}}#"'\[{{][^\n#]*+{LISTS})"""
PAIRS = re.compile(rf"(?>(?:[ \t\n]++|#[^\n]*+|{KEY}[ \t]*+=[ \t]*+{VALUE})*)")
LINE = re.compile(r"[^\n]*+")
MOST_TABLES = 50  # whose pairs are remembered: problems that lie together are told together
PLAIN_HEADER = re.compile(rf"\[\[?+({BARE}(?>(?:\.{BARE})*))\]")


class Places:
    """Any path of a text that tomli accepts -> the span that `Scan` gives it.

    Headers are looked up first. What stands below one is gone through once a path leads there, for
    most texts are asked for a few places at the most.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._tables: dict[Path, int] = {}  # where the header of each table is, but for …
        self._elements: dict[Path, array[int]] = {}  # … those in arrays of tables
        self._passed: dict[Path, int] = {}  # where a path first is a part of a header
        self._pairs: dict[Path, dict[Path, Span]] = {}  # of the tables last gone through
        before = ""
        path: Path = ()
        for start in _headers(text):
            plain = PLAIN_HEADER.match(text, start)
            if not plain or plain[0] != before:  # or else it begins another element of one array
                names = (
                    plain[1].split(".") if plain else [n for n, _ in header_at(text, start).names]
                )
                before = plain[0] if plain else ""
                path = ()
                for name in names:
                    if path in self._elements:
                        path = (*path, len(self._elements[path]) - 1)
                    path = (*path, name)
                    self._passed.setdefault(path, start)
            if text.startswith("[[", start):
                self._elements.setdefault(path, array("Q")).append(start)
            else:
                self._tables[path] = start

    def find(self, path: Path) -> Span | None:
        """Return where a path stands; None if the text does not have it."""
        around = (self._pairs_of(path[:length]) for length in range(len(path)))
        found = [pairs[path] for pairs in around if path in pairs]
        start = self._start(path)
        start = self._passed.get(path) if start is None else start
        if start is not None:
            _, names, header = header_at(self.text, start)
            depth = sum(isinstance(part, str) for part in path)
            key = header if isinstance(path[-1], int) else names[depth - 1][1]
            found.append(Span(key, header))
        return min(found, default=None)  # a header may pass through what a dotted key began

    def _pairs_of(self, table: Path) -> dict[Path, Span]:
        """Return the spans of what stands below a table's header, or above the first one."""
        known = self._pairs.pop(table, None)
        if known is None:
            start = self._start(table)
            if table and start is None:
                return {}
            pairs = Pairs(self.text)
            pairs.read(0 if start is None else header_at(self.text, start).stretch[1], table)
            known = pairs.spans
        self._pairs[table] = known
        if len(self._pairs) > MOST_TABLES:
            del self._pairs[next(iter(self._pairs))]
        return known

    def _start(self, table: Path) -> int | None:
        """Return where the header of a table is, None if it has none."""
        elements = self._elements.get(table[:-1], ())
        number = table[-1] if table else None
        if isinstance(number, int) and number < len(elements):
            return elements[number]
        return self._tables.get(table)


def _headers(text: str) -> Iterator[int]:
    """Yield where each header begins."""
    at, nested = 0, Pairs(text)
    while (at := after(PAIRS, text, at)) < len(text):
        if text[at] == "[":
            yield at
            at = after(LINE, text, at)
        else:
            at = nested.pair(at, ())
