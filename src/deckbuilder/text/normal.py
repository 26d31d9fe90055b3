"""The characters of a value -> as both outputs keep them."""

from __future__ import annotations

import re
import unicodedata

SPACES, UNEVEN = re.compile(r"[ \t\r\n]+"), re.compile(r"[\t\r\n]|  ")


def as_kept(value: str) -> bool:
    """Tell whether a value is normal as it is, as most are; it then has no control character."""
    return (
        value.isprintable()  # its only white space is " "
        and "  " not in value
        and value.strip(" ") == value
        and unicodedata.is_normalized("NFC", value)
    )


def normal(value: str) -> str:
    """Return the characters as both outputs keep them: NFC, runs of white space as one space."""
    if as_kept(value):
        return value
    composed = unicodedata.normalize("NFC", value)
    return (SPACES.sub(" ", composed) if UNEVEN.search(composed) else composed).strip(" ")
