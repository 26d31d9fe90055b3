"""Numbers, names and texts -> words that are short enough for a message."""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMED = 5  # of more names, the first
SHOWN = 140  # characters of a text that is quoted


def count(number: int, noun: str) -> str:
    """Return a number of things, as in `2 facts`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def size(octets: int) -> str:
    """Return the size of a file as people say it."""
    return f"{octets / 1000:,.0f} kB" if octets >= 1000 else f"{octets} bytes"


def some(names: Sequence[str]) -> str:
    """Return names in a row, no more than a line takes."""
    return ", ".join(names[:MOST_NAMED]) + " …" * (len(names) > MOST_NAMED)


def shortened(text: str, most: int = SHOWN) -> str:
    """Return a text, cut if it has more than so many characters, that which tells so among them."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def quoted(text: str) -> str:
    """Return a text in quotation marks, cut if it is long."""
    return f"“{shortened(text)}”"
