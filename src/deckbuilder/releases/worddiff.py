"""Two texts -> what was taken out and put in, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 2000  # of both texts; longer ones are told whole, for comparing takes their product

Step = tuple[Literal["same", "old", "new"], str]


def word_diff(old: str, new: str) -> Iterator[Step]:
    """Yield stretches of words, in reading order."""
    before, after = old.split(), new.split()
    if len(before) + len(after) > MOST_WORDS:
        yield "old", old
        yield "new", new
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield "same", " ".join(before[a:b])
            continue
        if a < b:
            yield "old", " ".join(before[a:b])
        if c < d:
            yield "new", " ".join(after[c:d])
