"""A source's text -> its tables as blocks: each statement with the comments that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from deckbuilder.slots import dataclass
from deckbuilder.toml.scan import STRING, Path, Stretch
from deckbuilder.toml.source import Source

TOKEN = re.compile(f"{STRING.pattern}|(#[^\\n]*)")

Comments = tuple[str, ...]  # each on a line of its own; "" is a blank line


@dataclass(frozen=True, slots=True)
class Statement:
    """A header, or a key with its value.

    `above`: the comments that lead to it (only a header's hold blank lines); `beside`: the comment
    on its last line, or "".
    """

    path: Path
    stretch: Stretch
    above: Comments
    beside: str


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its header (None for the keys before the first), its pairs, comments at its end."""

    header: Statement | None
    pairs: tuple[Statement, ...]
    below: Comments

    @property
    def path(self) -> Path:
        """The path of the table."""
        return self.header.path if self.header else ()


@dataclass(frozen=True, slots=True)
class Blocks:
    """A whole text: the comments above all of it, its tables, the comments below all of it."""

    head: Comments
    tables: tuple[Block, ...]
    foot: Comments


def blocks(source: Source) -> Blocks:
    """Return the tables of a source in its order; each comment is in one of them, or around.

    A comment belongs to the statement below it. One that stands right below a table's last pair,
    and is set apart from what follows, belongs to that table.
    """
    text, found = source.text, source.scan.statements
    marks = [0, *(mark for _, stretch in found for mark in stretch), len(text)]
    gaps = [text[end:start] for end, start in zip(marks[::2], marks[1::2], strict=True)]
    gaps[0] = "\n" + gaps[0]  # now each begins
    gaps[-1] += "\n"  # and ends within a line; it is one gap if there is no statement
    lines = [tuple(line.strip(" \t") for line in gap.split("\n")) for gap in gaps]
    head, first = _cut_head(lines[0][1:-1])
    if not found:
        return Blocks(_tidy((*head, *first)), (), ())
    above = [first, *(gap[1:-1] for gap in lines[1:-1])]
    last = (*lines[-1][1:-1], "")
    statements = [
        Statement(path, stretch, own, after[0])
        for (path, stretch), own, after in zip(found, above, lines[1:], strict=True)
    ]
    headers = {n for n, (_, (start, _)) in enumerate(found) if text[start] == "["}
    tables = tuple(
        _block(statements[start:end], above[end] if end < len(above) else last, start in headers)
        for start, end in pairwise(sorted({0, *headers, len(found)}))
    )
    return Blocks(_tidy(head), tables, _tidy(_cut_first(last)[1]))


def comments(text: str) -> Iterator[str]:
    """Yield the comments of a text that TOML accepts, or of a stretch between its values."""
    for token in TOKEN.finditer(text):
        if token[1]:
            yield token[1].rstrip(" \t")


def _block(group: Sequence[Statement], following: Comments, headed: bool) -> Block:
    header = group[0] if headed else None
    return Block(
        replace(header, above=_tidy(_cut_first(header.above)[1])) if header else None,
        tuple(replace(pair, above=tuple(filter(None, pair.above))) for pair in group[headed:]),
        _cut_first(following)[0],
    )


def _cut_first(lines: Comments) -> tuple[Comments, Comments]:
    """Cut at the first blank line: what belongs to the table above, what to the one below."""
    cut = lines.index("") if "" in lines else 0
    return lines[:cut], lines[cut:]


def _cut_head(lines: Comments) -> tuple[Comments, Comments]:
    """Cut behind the last blank line: what is about the whole file, what about its first table.

    What programs read, such as `#:schema …`, is about the whole file in any case.
    """
    whole = (n for n, line in enumerate(lines, 1) if not line or line.startswith("#:"))
    cut = max(whole, default=0)
    return lines[:cut], lines[cut:]


def _tidy(lines: Comments) -> Comments:
    """Return lines with single blank ones between, none at the start, one at most at the end."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return tuple(kept)
