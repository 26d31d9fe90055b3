"""The bytes of a lock with conflicts or other damage -> every line of it that can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from deckbuilder.lock.file import CONFLICT, FORMAT, UNREADABLE, is_newer, line_in, time_in
from deckbuilder.lock.lines import Key, Line
from deckbuilder.slots import dataclass

BASE = "|" * 7  # git's mark before what stood there, which not every conflict has

Row = tuple[Key, Line]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a damaged lock still says.

    Attributes:
        lines: of both sides of every conflict, each once; the same note may have several.
        base: what stood there before the sides parted, where the conflicts tell it.
        heads: the first lines, as they are in the file.
        lost: the numbers, from 1, of lines that cannot be read.
        newer: whether a newer deckbuilder wrote it, or one side of a conflict.
    """

    lines: tuple[Row, ...] = ()
    base: tuple[Row, ...] = ()
    heads: tuple[Mapping[str, Any], ...] = ()
    lost: tuple[int, ...] = ()
    newer: bool = False


def read_rows(data: bytes) -> Rows:
    """Return every line that can be read; of no bytes, none."""
    lines: dict[str, Row] = {}
    base: dict[str, Row] = {}
    heads: list[Mapping[str, Any]] = []
    lost, into, newer = [], lines, False
    text = data.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(BASE):
            into = base
        elif line.startswith(CONFLICT):
            into = lines
        elif line.strip():
            try:
                row = json.loads(line)
                if "deckbuilder-lock" not in row:
                    into.setdefault(line, line_in(row))
                elif is_newer(row):
                    newer = True
                elif row["deckbuilder-lock"] != FORMAT or not _named(row):
                    lost.append(number)
                elif into is lines:
                    time_in(row)  # a ValueError unless it is one
                    heads.append(row)
            except UNREADABLE:
                lost.append(number)
    return Rows(tuple(lines.values()), tuple(base.values()), tuple(heads), tuple(lost), newer)


def decks_in(data: bytes) -> set[str]:
    """Return the id of the deck that the first line of a lock names, if it can be read."""
    return {head["deck"] for head in read_rows(data.partition(b"\n")[0]).heads}


def _named(head: Mapping[str, Any]) -> bool:
    """Tell whether a first line names a deck.

    Raises:
        ValueError, TypeError: it has names that are no texts, or half a character.
    """
    "".join(head.get(name, "") for name in ("deck", "born", "anki")).encode()
    return "deck" in head
