"""A list to be recalled: item by item, or all at once."""

from __future__ import annotations

from deckbuilder.kinds.kind import Kind, Values
from deckbuilder.model import (
    Asked,
    Face,
    Faces,
    Gapped,
    Items,
    Paragraph,
    Parts,
    numbered,
    paragraph,
)
from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Gap, Text


def compose(values: Values, _: Phrases) -> Parts:
    """Each item is a gap among the others, unless all are asked for on one card."""
    question: Text = values["list"]
    items = Items(values["items"], bool(values["ordered"]))
    if values["ask"] == "all":
        note: Faces | Gapped = Faces((Face(paragraph(question), (items,)),))
    else:
        each = Items(tuple((Gap(item),) for item in items.items), items.ordered)
        note = Gapped(numbered((Paragraph(question), each)))
    lead = Paragraph(values["statement"] or question)
    return Parts(note, (lead, items), Asked(paragraph(question), marks=len(items.items)))


LIST = Kind(
    name="list",
    keys=(
        Key("list", Type.TEXT, "The question that the items answer.", required=True),
        Key("items", Type.TEXTS, "The items, two at least.", required=True),
        Key("ordered", Type.FLAG, "Whether their sequence is part of what is known."),
        Key("ask", Type.CHOICE, "One card an item, or one card for all.", choices=("each", "all")),
    ),
    compose=compose,
)
