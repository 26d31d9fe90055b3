"""What must hold of the pictures and sounds of a deck: rules, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.cards import cards
from deckbuilder.context import holds_words
from deckbuilder.model import Deck, Faces
from deckbuilder.rule import Finding, rule
from deckbuilder.text.tree import same_words


@rule(
    "picture-answers",
    "The `alt` of a picture on the front holds the answer. One letter counts in its own case, and "
    "not where it opens a sentence, as an article does.",
    "Who listens to the card instead of seeing it would be told the answer with the question.",
    bad="""
[[topic.fact]]
id       = "moraine"
question = "What is this hill called?"
answer   = "moraine"
image    = "media/moraine.png"
alt      = "A moraine, seen from the lake"
media    = "front"
""",
    good="""
[[topic.fact]]
id       = "moraine"
question = "What is this hill called?"
answer   = "moraine"
image    = "media/moraine.png"
alt      = "A long low hill of rubble, seen from the lake"
media    = "front"
""",
)
def pictures_keep_the_answer(deck: Deck) -> Iterator[Finding]:
    """Find the pictures that are shown with the question and described by its answer."""
    for fact in deck.facts:
        if not fact.media.front or not fact.media.alt:
            continue
        asked = cards(fact)[:1] if isinstance(fact.parts.note, Faces) else cards(fact)
        told = next((c.answer for c in asked if holds_words(fact.media.alt, c.answer)), "")
        if same_words(told):
            yield Finding(
                (*fact.at, "alt"),
                f"the picture is on the front, and its `alt` holds the answer `{told}`",
                "say what is to be seen without naming it, or leave `media` out",
            )
