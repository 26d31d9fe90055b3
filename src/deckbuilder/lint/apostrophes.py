"""A rule about accents without a letter that stand where an apostrophe is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.lint.raised import outside
from deckbuilder.lint.written import Written, shown
from deckbuilder.rule import Finding, rule

ACUTE, GRAVE = "´", "`"
LETTER, WORD = r"[^\W\d_]", r"\b\w{0,40}"
BETWEEN = re.compile(rf"[{ACUTE}{GRAVE}](?<={LETTER}.){LETTER}")
# as in `RhÃ´ne`, an accent may be half of a letter that was misread
ACCENTED = re.compile(rf"{WORD}{LETTER}(?:(?<![ÂÃ]){ACUTE}|{GRAVE}){LETTER}\w{{0,40}}")
# two in one text are read as the ends of code, and words within them were meant as words
PAIRED = re.compile(
    rf"{WORD}{LETTER}{GRAVE}({LETTER}[^{GRAVE}]{{0,300}}{LETTER}){GRAVE}{LETTER}\w{{0,40}}"
)


@rule(
    "wrong-apostrophe",
    "An acute accent alone (`´`) or a backquote stands between two letters, as in `l´école`; code "
    "in its two backquotes does not count.",
    "Cards and print show it as it stands, and who types an apostrophe is told it is wrong.",
    bad="""
[[topic.fact]]
id       = "school"
question = "What is *the school* in French?"
answer   = "l´école"
""",
    good="""
[[topic.fact]]
id       = "school"
question = "What is *the school* in French?"
answer   = "l'école"
""",
    severity="warning",
    needs=(ACUTE.encode(), re.compile(rb"`(?<=[A-Za-z\x80-\xff]`)[A-Za-z\x80-\xff]")),
)
def wrong_apostrophe(written: Written) -> Iterator[Finding]:
    """Find the accents between letters in the texts of a source."""
    for path, text in shown(written):
        if BETWEEN.search(text):  # in hardly any
            for part in dict.fromkeys(_accented(text)):
                called = "an acute accent" if ACUTE in part else "a backquote"
                yield Finding(
                    path, f"{called} stands for an apostrophe here", "write `'`", part=part
                )


def _accented(text: str) -> Iterator[str]:
    """Yield the words with such an accent, or what stands from one to another."""
    for found in PAIRED.finditer(text):
        if " " in found[1]:
            yield found[0]
    yield from ACCENTED.findall(outside(text))
