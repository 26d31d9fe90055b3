"""What several kinds of fact share: a card asked both ways, and a name with what it stands for."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.content import Ask, Content, Paragraph, gap_numbers, numbered, paragraph
from deckbuilder.kinds.kind import Flaw, Values
from deckbuilder.model import LAST_GAP, Asked, Face, Faces, Parts
from deckbuilder.problems import Explanation
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Bold, Gap, Text, Words, map_gaps

REVERSE = Key("reverse", Type.FLAG, "Ask the other way round as well.")


GAP_NUMBER = Explanation(
    "gap-number",
    f"A gap has a number above {LAST_GAP}, or a list as many items.",
    "Anki makes no card of a gap with a higher number.",
    """
[[topic.fact]]
id    = "rapallo-year"
cloze = "The agreement was signed in {{c1922::1922}}."
""",
    """
[[topic.fact]]
id    = "rapallo-year"
cloze = "The agreement was signed in {{1922}}."
""",
)


def too_many(content: Content, key: str) -> Iterator[Flaw]:
    """Find a gap, or an item that becomes one, with a number that Anki does not keep."""
    number = max(gap_numbers(numbered(content)), default=0)
    if number > LAST_GAP:
        yield Flaw(
            key,
            "gap-number",
            f"gap numbers run from 1 to {LAST_GAP}, here is one of {number}",
            "leave numbers out: gaps number themselves; split what has too many of them",
        )


def as_gap(item: Text) -> Text:
    """Return an item as a gap; one that the author numbered is one already."""
    return item if item and isinstance(item[0], Gap) else (Gap(item),)


def whole(item: Text) -> Text:
    """Return an item without a gap, for where its number means nothing."""
    return map_gaps(item, lambda gap: gap.inside)


def both_ways(forward: Face, backward: Face, values: Values) -> Faces:
    """Return the forward card, and the backward one where the author wants it."""
    return Faces((forward, backward) if values["reverse"] else (forward,))


def statement_or(values: Values, own_form: Text) -> Content:
    """Return what print says of a fact: the author's statement, or else the kind's own form."""
    return paragraph(values["statement"] or own_form)


def named(name: Text, meaning: Text, ask_meaning: str, ask_name: str, values: Values) -> Parts:
    """Return the parts of a name in bold and what it stands for; each can be asked for."""
    label = (Bold(name),)
    asked = (Paragraph(label), Ask(ask_meaning))
    return Parts(
        note=both_ways(
            Face(asked, paragraph(meaning)),
            Face((Paragraph(meaning), Ask(ask_name)), paragraph(label)),
            values,
        ),
        statement=statement_or(values, (*label, Words(" "), *meaning)),
        asked=Asked(asked, paragraph(meaning), marks=1),
    )
