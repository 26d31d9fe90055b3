"""The characters of a value -> as both outputs keep them."""

from __future__ import annotations

import re
import unicodedata

UNEVEN = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")  # white space that is no single space

# Latin, Greek and Cyrillic letters and common signs beyond ASCII, as in a set of a pattern: all are
# printable, our fonts have them, and none combines with another
COMMON = (
    r"\u00a1-\u00ac\u00ae-\u017f\u0388-\u038a\u0391-\u03a1\u03a3-\u03ce"
    r"\u0400-\u045f\u2010-\u2027\u20ac"
)
BARE = re.compile(rf"(?! )[ !-#%-)+-Z\]_a-z|}}{COMMON}]+(?<! )")  # none is a mark of ours


def is_bare(value: str) -> bool:
    """Tell whether a value is normal, and without a mark, beyond doubt: as most are."""
    return BARE.fullmatch(value) is not None and "  " not in value


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
    return UNEVEN.sub(" ", unicodedata.normalize("NFC", value)).strip(" ")
