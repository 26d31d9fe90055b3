"""A text -> its cells on a terminal, and the pieces that a terminal keeps together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckbuilder.text.normal import COMMON

NARROW = re.compile(f"[ -~\u00a0{COMMON}]*")  # each takes one cell, whatever stands beside it


def cells(text: str) -> int:
    """Return how many cells a text takes."""
    if NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth  # it takes a third of an unchanged build to load

    return wcswidth(text)


def pieces(text: str) -> Iterable[str]:
    """Return the characters of a text, each with the accents and the like that go with it."""
    if NARROW.fullmatch(text):
        return text
    from wcwidth import iter_graphemes

    return iter_graphemes(text)
