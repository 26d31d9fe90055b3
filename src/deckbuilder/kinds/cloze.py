"""A sentence with gaps; each gap is a card."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.kinds.kind import Flaw, Kind, Values
from deckbuilder.model import (
    LAST_GAP,
    Asked,
    Gapped,
    Parts,
    gap_numbers,
    numbered,
    paragraph,
)
from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import gaps


def check(values: Values) -> Iterator[Flaw]:
    """There is a gap, and each number that the author gave is one Anki knows."""
    found = tuple(gaps(values["cloze"]))
    if not found:
        yield Flaw(
            "cloze",
            "no-gap",
            "this cloze has no gap, so Anki would make no card of it",
            "put the part to be recalled in double braces: {{like this}}",
        )
    for gap in found:
        if gap.number > LAST_GAP:
            yield Flaw(
                "cloze",
                "gap-number",
                f"gap numbers run from 1 to {LAST_GAP}, this one is {gap.number}",
                "leave the number out: gaps number themselves",
            )


def compose(values: Values, _: Phrases) -> Parts:
    """The sentence is the note, the printed statement and, its gaps blank, the printed question."""
    content = numbered(paragraph(values["cloze"]))
    statement = paragraph(values["statement"]) if values["statement"] else content
    return Parts(Gapped(content), statement, Asked(content, marks=len(gap_numbers(content))))


CLOZE = Kind(
    name="cloze",
    keys=(
        Key("cloze", Type.GAPPED, "The sentence, its gaps in {{double braces}}.", required=True),
    ),
    compose=compose,
    check=check,
)
