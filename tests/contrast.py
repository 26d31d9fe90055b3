"""A made-up kind of fact, in the one file that a kind takes: two things told apart."""

from __future__ import annotations

from deckbuilder.content import paragraph
from deckbuilder.kinds.common import statement_or
from deckbuilder.kinds.kind import Kind, Values
from deckbuilder.model import Asked, Face, Faces, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Words


def compose(values: Values, _: Phrases) -> Parts:
    """Ask what sets the two apart."""
    question = (*values["contrast"], Words(" or "), *values["other"], Words("?"))
    return Parts(
        note=Faces((Face(paragraph(question), paragraph(values["by"])),)),
        statement=statement_or(values, paragraph((*question, Words(" "), *values["by"]))),
        asked=Asked(paragraph(question), paragraph(values["by"]), marks=1),
    )


CONTRAST = Kind(
    name="contrast",
    keys=(
        Key("contrast", Type.TEXT, "One thing.", required=True),
        Key("other", Type.TEXT, "The other.", required=True),
        Key("by", Type.TEXT, "What sets them apart.", required=True),
    ),
    compose=compose,
)
