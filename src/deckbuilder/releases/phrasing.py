"""Numbers and texts -> the words of a report."""

from __future__ import annotations

SHOWN = 140  # characters of a text that is quoted


def count(number: int, noun: str) -> str:
    """Return a number of things, as in `2 facts`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def quoted(text: str) -> str:
    """Return a text in quotation marks, cut if it is long."""
    return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}”"
