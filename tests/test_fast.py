"""The fast roads of print: each does the same as the plain one that it spares."""

from __future__ import annotations

import random

import pytest
from nasty import TOKENS

from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import Gap, Text, Words, words
from deckbuilder.writers.pdf.fonts import missing
from deckbuilder.writers.pdf.lines import _words, plain_lines
from deckbuilder.writers.pdf.quick import quick_lines, words_of
from deckbuilder.writers.pdf.runs import set_text
from deckbuilder.writers.pdf.theme import Theme

PLAIN = "a the treaty of Rapallo (1922), trade-off and/or north–south 1919–33 c. 1930 Ω λ 東京は、"
MARKS = "**key** *work* **so**s *a* x^2^ H~2~O `code` [link](https://x.org) [two](https://x.org)s"
TOO_MUCH = "$E$ $\\frac{1}{2}$ \u00a0 pneumonoultramicroscopicsilicovolcanoconiosis"


def texts(count: int) -> list[Text]:
    """Return texts drawn by lot: words and marks of every sort, some for the plain road alone."""
    lot = random.Random(7)
    plain, marked = PLAIN.split(), f"{PLAIN} {MARKS}".split()
    nasty = [*marked, *(token for token in TOKENS if not missing(token))]
    sorts = [plain, marked, nasty, [*plain, *TOO_MUCH.split(" ")]]
    found = []
    for number in range(count):
        some = sorts[number % 4]
        text = parse(" ".join(lot.choice(some) for _ in range(lot.randint(1, 30))))
        if number % 3 == 0:
            seam = Gap(words(lot.choice(plain))), *words(lot.choice(" .x"))
            text = (Words(" "), *text, *seam, *text)
        found.append(text)
    return found


@pytest.mark.parametrize("style", ["fact", "title"])
def test_both_roads_set_the_same_lines(style: str) -> None:
    """Where the quick way of breaking lines gives any, they are the plain way's, run for run."""
    lot, quick = random.Random(7), 0
    for text in texts(400):
        runs = set_text(text, Theme(9.5).style(style))
        measure = lot.choice((40.0, 90.0, 160.0, 240.0, 500.0))
        lines = quick_lines(runs, measure)
        assert lines is None or lines == plain_lines(runs, measure)
        quick += lines is not None
    assert quick > 100


def test_both_roads_find_the_same_words() -> None:
    """Each word is as wide for both, to the last bit, and has a space before it for both."""
    for text in texts(400):
        runs = set_text(text, Theme(9.5).style("fact"))
        found = words_of(runs)
        if found:
            plain = [*_words(runs)]
            assert found.widths == [word.width for word in plain]
            assert found.spaces == [word.space and word.space.width for word in plain]
