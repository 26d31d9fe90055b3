"""A rule about texts of several lines: what is meant to stay a line of its own will not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from deckbuilder.lint.sight import Sight
from deckbuilder.rule import Finding, rule
from deckbuilder.toml import Path

MARKED = re.compile(r"\s*(?:[-*+•–|>#]|\d{1,3}[.)]\s)")  # a list, a table, a heading, a quotation
ENDED = re.compile(r"[.!?…:][)\]\"'”’»]*$")  # a sentence: the next may follow it in the same line
SHORT = 60  # characters; a line that had room for more was ended on purpose


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
def joined_lines(sight: Sight) -> Iterator[Finding]:
    """Find texts whose lines end where the author wanted them to."""
    facts = [made.cards[0].fact.at for made in sight.facts]
    tables: list[Path] = [("deck",), *dict.fromkeys(at[:2] for at in facts), *facts]
    for at in tables:
        for key, value in sight.source.value(at).items():
            if key not in ("topic", "fact", "allow") and any(map(_meant, _texts(value))):
                yield Finding(
                    (*at, key),
                    f"the lines of `{key}` become one, on cards and in print",
                    "put ` / ` between the lines of a poem; steps are a `list` with"
                    " `ordered = true`, or an `order`, a table is a `compare`; a line that only"
                    ' goes on in the next ends in a backslash (between `"""`)',
                )


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in the value of a key."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def _meant(text: str) -> bool:
    """Tell whether a line of a text was ended on purpose, not for want of room."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return any(
        not below
        or MARKED.match(below) is not None
        or (
            above != ""
            and not ENDED.search(above)
            and len(above) + 1 + len(below.split()[0]) <= SHORT
        )
        for above, below in pairwise(lines)
    )
