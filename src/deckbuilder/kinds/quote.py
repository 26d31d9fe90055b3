"""Words that somebody said, who it was, and what was meant."""

from __future__ import annotations

from deckbuilder.content import Ask, Content, Paragraph, paragraph
from deckbuilder.kinds.common import SPACE, statement_or
from deckbuilder.kinds.kind import Kind, Values
from deckbuilder.model import Asked, Face, Faces, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Gap, Text, words


def compose(values: Values, say: Phrases) -> Parts:
    """Ask who said it and, where the author tells, what was meant."""
    said: Text = _quoted(values["quote"], say)
    asked: Content = (Paragraph(said), Ask(say.who_said))
    speaker = paragraph(values["speaker"])
    faces = [Face(asked, speaker)]
    if values["meaning"]:
        faces.append(Face((Paragraph(said), Ask(say.meant)), paragraph(values["meaning"])))
    statement = statement_or(values, paragraph((*said, SPACE, Gap(values["speaker"]))))
    meaning = paragraph(values["meaning"]) if values["meaning"] else ()
    return Parts(Faces(tuple(faces)), (*statement, *meaning), Asked(asked, speaker, marks=1))


def _quoted(text: Text, say: Phrases) -> Text:
    opening, closing = say.quoted.split("{}")
    return (*words(opening), *text, *words(closing))


QUOTE = Kind(
    name="quote",
    keys=(
        Key("quote", Type.TEXT, "The words, without quotation marks.", required=True),
        Key("speaker", Type.TEXT, "Who said or wrote them.", required=True),
        Key("meaning", Type.TEXT, "What was meant; makes a second card."),
    ),
    compose=compose,
)
