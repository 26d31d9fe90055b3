"""A term and what it means."""

from __future__ import annotations

from deckbuilder.kinds.common import REVERSE, named
from deckbuilder.kinds.kind import Kind, Values
from deckbuilder.model import Parts
from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key, Type


def compose(values: Values, say: Phrases) -> Parts:
    """Ask for the meaning; the other way round, for the term."""
    return named(values["term"], "definition", say.what_means, say.which_term, values)


TERM = Kind(
    name="term",
    keys=(
        Key("term", Type.TEXT, "The word or phrase.", required=True),
        Key("definition", Type.TEXT, "What it means here.", required=True),
        REVERSE,
    ),
    compose=compose,
    glossary=True,
)
