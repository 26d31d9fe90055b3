"""Words that somebody said, who it was, and what was meant."""

from __future__ import annotations

from deckbuilder.content import Ask, Content, Paragraph, paragraph
from deckbuilder.kinds.common import SPACE, statement_or
from deckbuilder.kinds.kind import Kind, Values
from deckbuilder.model import Asked, Face, Faces, Parts
from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key, Type
from deckbuilder.text.tree import Gap, Text, Words, plain, words

# of all our languages and some more; a straight `'` is an apostrophe as often
PAIRS = {"“”", "„“", "„”", "””", "«»", "»«", "‘’", "‚‘", "‹›", "›‹", '""'}

CLOSING = {pair[1] for pair in PAIRS}


def compose(values: Values, say: Phrases) -> Parts:
    """Ask who said it and, where the author tells, what was meant."""
    said = _quoted(values["quote"], say)
    asked: Content = (Paragraph(said), Ask(say.who_said))
    speaker = paragraph(values["speaker"])
    faces = [Face(asked, speaker, answers="speaker")]
    meaning = paragraph(values["meaning"]) if values["meaning"] else ()
    if meaning:
        faces.append(Face((Paragraph(said), Ask(say.meant)), meaning, answers="meaning"))
    statement = statement_or(values, paragraph((*said, SPACE, Gap(values["speaker"]))))
    return Parts(Faces(tuple(faces)), (*statement, *meaning), Asked(asked, speaker, marks=1))


def _bare(text: Text) -> Text:
    """Return words without the pair of quotation marks that an author typed around them.

    With such marks among them, the outer two may be no pair, as in “Yes,” he said, “I am.”
    """
    first, last = text[0], text[-1]
    if not (isinstance(first, Words) and isinstance(last, Words)):
        return text
    ends, inside = first.text[0] + last.text[-1], plain(text)[1:-1]
    if ends not in PAIRS or not inside.strip() or {*ends} & {*inside}:
        return text
    if len(text) == 1:
        return words(inside.strip())
    opened, closed = words(first.text[1:].lstrip()), words(last.text[:-1].rstrip())
    return (*opened, *text[1:-1], *closed)


def _quoted(text: Text, say: Phrases) -> Text:
    """Return words in one pair of quotation marks; a stop that is typed behind it stays there."""
    opening, closing = say.quoted.split("{}")
    last = text[-1]
    if isinstance(last, Words) and last.text[-2:-1] in CLOSING and last.text.endswith("."):
        marked = (*text[:-1], *words(last.text[:-1]))
        if (bare := _bare(marked)) != marked:
            return (*words(opening), *bare, *words(f"{closing}."))
    return (*words(opening), *_bare(text), *words(closing))


QUOTE = Kind(
    name="quote",
    keys=(
        Key("quote", Type.TEXT, "The words; quotation marks are put around them.", required=True),
        Key("speaker", Type.TEXT, "Who said or wrote them.", required=True),
        Key("meaning", Type.TEXT, "What was meant; makes a second card."),
    ),
    compose=compose,
)
