"""A sentence in a language -> the same without its full stop, as a label has it."""

from __future__ import annotations

import re
from functools import cache

from deckbuilder.phrases.fields import Phrases

# a sentence's full stop: the word before it has no other, as "D.C." and "..." have, but for "1.5"
STOP = re.compile(r"(?<!\S)((?:[^\s.]|(?<=\d)\.(?=\d))*)\.$")
SPACE, WORD_END = re.compile(r"\s"), re.compile(r"\w$")


def unstopped(text: str, phrases: Phrases) -> str:
    """Return a text without its full stop, but with the point of an abbreviation at its end."""
    return text if _ends_abbreviated(text, phrases) else STOP.sub(r"\1", text)


def _ends_abbreviated(text: str, phrases: Phrases) -> bool:
    """Tell whether a text ends with an abbreviation, which is no end of a longer word."""
    if not text.endswith("."):
        return False
    plain = SPACE.sub(" ", text)
    ends = [word for word in _abbreviated(phrases) if plain.endswith(word)]
    return any(not WORD_END.search(plain.removesuffix(word)) for word in ends)


@cache
def _abbreviated(phrases: Phrases) -> tuple[str, ...]:
    """Return the words of a language that end with a point."""
    named = (*phrases.bc, *phrases.ad, *phrases.hours, *phrases.millions)
    centuries = (form.removeprefix("{} ") for form in phrases.century)
    short = (*named, *centuries, *phrases.shortened, *phrases.closing)
    return tuple([word for word in short if word.endswith(".")])
