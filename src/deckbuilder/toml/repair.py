"""A fault of a text, as it may be meant: what to tell of it, and the text with it mended."""

from __future__ import annotations

from typing import NamedTuple

from deckbuilder.toml.scan import Stretch


class Repair(NamedTuple):
    """What a fault may be, and the text with it mended, line for line, so that the next shows."""

    at: Stretch
    message: str
    hint: str
    text: str
    other: Stretch | None = None  # what stands in the way
    echo: bool = False  # perhaps no more than what an earlier fault led to


def mend(text: str, start: int, end: int, line: str = "") -> str:
    """Put one line, or nothing, in the place of what is there, and keep the number of lines."""
    return text[:start] + line + "\n" * text.count("\n", start, end) + text[end:]
