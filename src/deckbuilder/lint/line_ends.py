"""A rule about texts of several lines: what is meant to stay a line of its own will not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from deckbuilder.lint.written import Written, shown
from deckbuilder.rule import Finding, rule

# of a list, a table, a heading, a quotation; one alone may be a dash, or a day: "5. Juni"
MARKED = re.compile(r"\s*(?:\||(?:[-*+•–>]|#+|\d{1,3}[.)])\s)")
ENDED = re.compile(r"[.!?…:][)\]\"'”’»]*$")  # a sentence: the next may follow it in the same line
SHORT = 45  # characters; a line that had room for more was ended on purpose: no editor is so narrow


@rule(
    "joined-lines",
    "A text has lines that look as if they were meant to stay apart: those of a poem, steps, a "
    "table, paragraphs.",
    "A text is one paragraph: on cards and in print its lines become one.",
    bad='''
[[topic.fact]]
id      = "tyger"
speaker = "William Blake"
quote   = """
Tyger Tyger, burning bright,
In the forests of the night"""
''',
    good="""
[[topic.fact]]
id      = "tyger"
speaker = "William Blake"
quote   = "Tyger Tyger, burning bright, / In the forests of the night"
""",
    severity="warning",
    needs=(b'"""', b"'''", rb"\n"),  # without one of these, no text has a second line
)
def joined_lines(written: Written) -> Iterator[Finding]:
    """Find texts whose lines end where the author wanted them to."""
    for at, text in shown(written):
        if "\n" in text and _meant(text):
            yield Finding(
                at,
                f"the lines of `{at[-1]}` become one, on cards and in print",
                "put ` / ` between the lines of a poem; steps are a `list` with"
                " `ordered = true`, or an `order`, a table is a `compare`; a line that only"
                ' goes on in the next ends in a backslash (between `"""`)',
            )


def _meant(text: str) -> bool:
    """Tell whether a line of a text was ended on purpose, not for want of room."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return sum(MARKED.match(line) is not None for line in lines) > 1 or any(
        not below
        or (
            above != ""
            and not ENDED.search(above)
            and len(above) + 1 + len(below.split()[0]) <= SHORT
        )
        for above, below in pairwise(lines)
    )
