"""A list to be recalled: item by item, or all at once."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.content import Items, paragraph
from deckbuilder.kinds.common import as_gaps, given_number, statement_or, too_many, whole
from deckbuilder.kinds.kind import Flaw, Kind, Values
from deckbuilder.model import Asked, Face, Faces, Gapped, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key, Type


def check(values: Values) -> Iterator[Flaw]:
    """Items asked for one by one are no more than Anki keeps."""
    if values["ask"] != "all":
        yield from too_many([given_number(item) for item in values["items"]], "items")


def compose(values: Values, _: Phrases) -> Parts:
    """Each item is a gap among the others, unless all are asked for on one card."""
    question = paragraph(values["list"])
    ordered = bool(values["ordered"])
    items = Items(tuple(map(whole, values["items"])), ordered)
    if values["ask"] == "all":
        note: Faces | Gapped = Faces((Face(question, (items,), answers="items"),))
    else:
        note = Gapped((*question, Items(as_gaps(values["items"]), ordered)), "items")
    statement = (*statement_or(values, question), items)
    return Parts(note, statement, Asked(question, (items,), marks=len(items.items)))


LIST = Kind(
    name="list",
    keys=(
        Key("list", Type.TEXT, "The question that the items answer.", required=True),
        Key(
            "items",
            Type.ITEMS,
            "The items, two at least.",
            required=True,
            examples=(("first", "second"),),
        ),
        Key("ordered", Type.FLAG, "Whether their sequence is part of what is known."),
        Key(
            "ask",
            Type.CHOICE,
            "One card an item, or one card for all.",
            choices=("each", "all"),
            default="each",
        ),
    ),
    compose=compose,
    check=check,
)
