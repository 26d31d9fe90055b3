"""What several kinds of fact share: a card asked both ways, and a name with what it stands for."""

from __future__ import annotations

from deckbuilder.kinds.kind import Values
from deckbuilder.model import Ask, Asked, Content, Face, Faces, Paragraph, Parts, paragraph
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Bold, Text, Words

REVERSE = Key("reverse", Type.FLAG, "Ask the other way round as well.")


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
        asked=Asked(asked, marks=1),
    )
