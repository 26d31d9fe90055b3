"""Something that happened, and when."""

from __future__ import annotations

from deckbuilder.content import Ask, paragraph
from deckbuilder.kinds.common import REVERSE, both_ways, statement_or
from deckbuilder.kinds.kind import Kind, Values
from deckbuilder.model import Asked, Face, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.schema import TIMES, Key, Type
from deckbuilder.text.tree import Text, words
from deckbuilder.when import When


def compose(values: Values, say: Phrases) -> Parts:
    """Ask for the date; the other way round, for the event."""
    event: Text = values["event"]
    when: When = values["when"]
    told, date = paragraph(event), paragraph(words(when.text))
    dated = (*told, Ask(say.when))
    return Parts(
        note=both_ways(
            Face(dated, date, answers="when"), say.what_happened, told, values, sentence=True
        ),
        statement=statement_or(values, told),
        asked=Asked(dated, date, marks=1),
        when=when,
    )


EVENT = Kind(
    name="event",
    keys=(
        Key("event", Type.TEXT, "What happened, without its date.", required=True),
        Key(
            "when",
            Type.WHEN,
            "A year, a date, or words such as `1919–33`.",
            required=True,
            examples=TIMES,
        ),
        REVERSE,
    ),
    compose=compose,
)
