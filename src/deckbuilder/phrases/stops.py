"""A sentence in a language -> the same without its full stop, as a label has it."""

from __future__ import annotations

import re
from functools import cache

from deckbuilder.phrases.fields import Phrases

# a sentence's full stop: the word before it has no other, as "D.C." and "..." have, but for "1.5"
STOP = re.compile(r"(?<!\S)((?:[^\s.]|(?<=\d)\.(?=\d))*)\.$")


def unstopped(text: str, phrases: Phrases) -> str:
    """Return a text without its full stop, but with the point of an abbreviation at its end."""
    return text if _abbreviated(phrases).search(text) else STOP.sub(r"\1", text)


@cache
def _abbreviated(phrases: Phrases) -> re.Pattern[str]:
    """Return the pattern of a text that ends with an abbreviation of a language."""
    named = (*phrases.bc, *phrases.ad, *phrases.hours, *phrases.millions)
    centuries = (form.removeprefix("{} ") for form in phrases.century)
    short = (*named, *centuries, *phrases.shortened, *phrases.closing)
    ends = (re.escape(word).replace(r"\ ", r"\s") for word in short if word.endswith("."))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ends)})$")
