"""Things to be put in their order: the card shows them shuffled, its back in sequence."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.content import Items, paragraph
from deckbuilder.kinds.common import statement_or, twice
from deckbuilder.kinds.kind import Flaw, Kind, Values
from deckbuilder.model import Asked, Face, Faces, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.problems import Explanation
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Text, plain


def check(values: Values) -> Iterator[Flaw]:
    """No item comes twice: which of the two is meant could not be told."""
    for at, item in twice(values["items"]):
        yield Flaw(
            "items",
            "item-twice",
            f"`{item}` comes twice in the sequence",
            "tell the two apart in words, or leave one out",
            element=at,
        )


def shuffled(items: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return the items by alphabet, or against it if that would be the answer.

    It depends on the items alone, so a card changes only when its fact does.
    """
    by_alphabet = tuple(sorted(items, key=_in_alphabet))
    return by_alphabet[::-1] if by_alphabet == items else by_alphabet


def _in_alphabet(item: Text) -> tuple[str, str]:
    """Return what tells an item's place among others, also from one that has other capitals."""
    return plain(item).casefold(), plain(item)


def compose(values: Values, _: Phrases) -> Parts:
    """Show the items shuffled; the back, and print, number them."""
    lead = paragraph(values["order"])
    mixed = (*lead, Items(shuffled(values["items"])))
    answer = Items(values["items"], ordered=True)
    return Parts(
        note=Faces((Face(mixed, (answer,), answers="items"),)),
        statement=(*statement_or(values, lead), answer),
        asked=Asked(mixed, (answer,), marks=len(values["items"])),
    )


ORDER = Kind(
    name="order",
    keys=(
        Key("order", Type.TEXT, "What to put in order, and by what.", required=True),
        Key("items", Type.TEXTS, "The items, in their right order.", required=True),
    ),
    compose=compose,
    check=check,
    explains=(
        Explanation(
            "item-twice",
            "An item comes twice in what is to be put in order.",
            "Nobody could tell which of the two belongs where.",
            """
[[topic.fact]]
id    = "pacts"
order = "Put what the two countries signed in order of time."
items = ["a treaty", "a treaty", "a pact"]
""",
            """
[[topic.fact]]
id    = "pacts"
order = "Put what the two countries signed in order of time."
items = ["the treaty of 1921", "the treaty of 1926", "a pact"]
""",
        ),
    ),
)
