"""A text that other programs had in hand -> what they left in it, which TOML does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from deckbuilder.toml.repair import Repair, mend

ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# What git leaves where two changed the same lines: before the upper version, before that from which
# both came (if git was asked for it), before the lower one, behind it.
UPPER, LOWER = "<" * 7, re.compile(r"^={7}\r?$", re.MULTILINE)
BASE, CONFLICT_END = re.compile(r"^\|{7}", re.MULTILINE), re.compile(r"^>{7}.*", re.MULTILINE)

ALONE = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)")


def odd_space(text: str, found: re.Match[str], start: int, end: int) -> Repair:
    """Explain a space that looks like any other; word processors put it in the place of one."""
    name = f"U+{ord(found[0]):04X} ({unicodedata.name(found[0]).lower()})"
    message = f"the space here is no plain one, but {name}"
    hint = "type a plain space over it; word processors make others"
    mended = mend(text, start, end, ODD_SPACE.sub(" ", text[start:end]))
    return Repair(found.span(), message, hint, mended)


def conflict(text: str, start: int, line: int) -> Repair | None:
    """Explain what git leaves where two changed the same lines; the upper version goes on."""
    lower = LOWER.search(text, line) if text.startswith(UPPER, start) else None
    end = CONFLICT_END.search(text, lower.end()) if lower else None
    if not lower or not end:
        if not ALONE.match(text, start):
            return None
        message = "a line that a merge conflict left behind"
        hint = "make one version of what stands around it, and delete this line"
        return Repair((start, line), message, hint, mend(text, start, line))
    message = "a merge conflict: both versions of these lines stand here, parted by `=======`"
    hint = "make one of the two, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`"
    base = BASE.search(text, line, lower.start()) or lower
    upper = text[line : base.start()]
    rest = "\n" * (text.count("\n", start, end.end()) - upper.count("\n"))
    mended = f"{text[:start]}{upper}{rest}{text[end.end() :]}"
    return Repair((start, line), message, hint, mended)


def lone_returns(text: str, start: int, end: int) -> Iterator[Repair]:
    """Explain the end of a line of old: all lines of the file may seem to be one by it."""
    at = text.index("\r", start)
    message = "a carriage return stands alone here"
    hint = "end lines with a line feed: save the file with the line ends of Unix (LF)"
    for line in (text[start:end].replace("\r", " "), ""):
        yield Repair((at, at + 1), message, hint, mend(text, start, end, line))
