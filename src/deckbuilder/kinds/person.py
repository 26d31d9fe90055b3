"""A person and what they are known for."""

from __future__ import annotations

from deckbuilder.kinds.common import REVERSE, named
from deckbuilder.kinds.kind import Kind, Values
from deckbuilder.model import Parts
from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key, Type


def compose(values: Values, say: Phrases) -> Parts:
    """Ask what they are known for; the other way round, who it is."""
    return named(values["person"], "known_for", say.known_for, say.who, values)


PERSON = Kind(
    name="person",
    keys=(
        Key("person", Type.TEXT, "The name.", required=True),
        Key("known_for", Type.TEXT, "What they are known for here.", required=True),
        REVERSE,
    ),
    compose=compose,
    glossary=True,
)
