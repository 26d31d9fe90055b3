"""A deck and facts of its sheet -> the same with blanks, and what belongs there as the answer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from deckbuilder.content import (
    Block,
    Content,
    Items,
    Table,
    each_gap,
    each_text,
    gap_numbers,
    hinted,
    paragraph,
)
from deckbuilder.context import holds_words
from deckbuilder.model import Deck, Fact, Topic
from deckbuilder.text.tree import Bold, Gap, Span, Text, Words, map_spans, plain, stretches, words
from deckbuilder.when.reading import When
from deckbuilder.writers.pdf.cells import FOR_EACH
from deckbuilder.writers.pdf.handouts.answers import joined
from deckbuilder.writers.pdf.runs import blank_for, blanked

DATE = "_" * 7  # in the place of a topic's date: narrower than the column of dates
STEP, MOST = 15, 360  # characters of a blank: a step, and so the least; the most
CELL = 45  # at most in a cell
IN_STEP = 11  # letters: of a longer word, a step is too short
LONG = 4  # of so many answers at most one needs more room than all have


def hidden(deck: Deck, facts: Sequence[Fact]) -> tuple[Deck, list[Fact]]:
    """Return the deck with its topics' dates hidden, and the facts with blanks.

    The answer that a fact then asks for is all that its blanks hold.
    """
    hide, titled = deck.printing.hide, {topic.id: topic for topic in deck.topics}
    shown = {fact.topic for fact in facts}
    topics = tuple(_undated(topic, hide) for topic in deck.topics if topic.id in shown)
    made = []
    for fact in facts:
        held, parts = list[Text](), fact.parts
        when = parts.when
        if when and "dates" in hide and when == titled[fact.topic].when:
            when = None  # its topic's date is asked for
        elif when and "dates" in hide:
            held.append(words(when.text))
            when = replace(when, text=_hole(held[-1:]))
        statement, whole = parts.statement, list[Items | Table]()
        if ("terms" if fact.glossary else "words") in hide:
            statement = each_text(statement, partial(_hidden, held, _mark(statement)))
            whole = [block for block in statement if isinstance(block, Items | Table)]
            statement = tuple(chain(*[_emptied(block, parts.asked.prompt) for block in statement]))
        # the name of a term is hidden, and a hint may hold it
        if not fact.glossary and (held or whole):
            statement = hinted(statement, fact.hint)
        answer = (*(paragraph(joined(held)) if held else ()), *whole)
        asked = replace(parts.asked, answer=answer, marks=len(held) + sum(map(_blanks, whole)))
        parts = replace(parts, statement=statement, when=when, asked=asked)
        made.append(replace(fact, parts=parts, extra=(), cite=()))
    return replace(deck, topics=topics), made


def date_hidden(topic: Topic, hide: Sequence[str]) -> When | None:
    """Return the date of a topic if it is to be known; not if what stands beside it says it."""
    beside = plain((*topic.title, Words(" "), *topic.summary))
    when = topic.when
    return when if when and "dates" in hide and not holds_words(beside, when.text) else None


def _undated(topic: Topic, hide: Sequence[str]) -> Topic:
    when = date_hidden(topic, hide)
    return replace(topic, when=replace(when, text=DATE)) if when else topic


def _mark(statement: Content) -> type[Bold | Gap]:
    """Return what marks the key words of a statement.

    What is bold beside gaps, or above a list or a table, is only stressed: those are to be known.
    """
    known = any(isinstance(block, Items | Table) for block in statement) or gap_numbers(statement)
    return Gap if known else Bold


def _hidden(held: list[Text], mark: type[Bold | Gap], text: Text) -> Text:
    """Return a text with a blank for each of its key words, which are added to `held`."""

    def hide(span: Span) -> Text | None:
        if not isinstance(span, mark):
            return None
        held.append(span.inside)
        hole = _hole([span.inside])
        return blank_for(span, hole) if isinstance(span, Gap) else words(hole)

    return map_spans(text, hide)


def _hole(texts: Sequence[Text]) -> str:
    """Return a blank to write any of the texts into: in steps, so that it gives little away."""
    longest = max(len(plain(text)) for text in texts)
    return "_" * min(max(math.ceil(FOR_EACH * longest / STEP), 1) * STEP, MOST)


def _emptied(block: Block, asked: Content) -> Content:
    """Return a list or a table with a blank for each item or cell, those of a list all alike.

    What is `asked` to be put in order is above its blanks.
    """
    if isinstance(block, Items):
        mixed = (b for b in asked if isinstance(b, Items) and {*b.items} == {*block.items})
        return (*mixed, replace(block, items=(words(_hole(block.items)),) * len(block.items)))
    if isinstance(block, Table):
        rows = tuple((row[0], *map(_cell, row[1:])) for row in block.rows)
        return (replace(block, rows=rows, letters=_letters_in(block)),)
    return (block,)


def _cell(text: Text) -> Text:
    """Return a blank for a cell: in steps, but not always up, as a line of its own gives room."""
    steps = math.floor(FOR_EACH * len(plain(text)) / STEP + 0.5)
    word = math.ceil(_longest_word(text) / IN_STEP)
    return words("_" * min(max(steps, word, 1) * STEP, CELL))


def to_write(asked: Content) -> Content:
    """Return a question with blanks; all in a table are alike, and suit most of its cells."""
    return tuple(chain(*map(_to_write, asked)))


def _to_write(block: Block) -> Content:
    if not isinstance(block, Table):
        return blanked((block,))
    letters = _letters_in(block)
    cells = [len(plain(_cell(cell))) for row in block.rows for cell in row[1:]]
    blank = "_" * max(math.ceil(letters * STEP / IN_STEP), for_most(cells))
    return each_gap((replace(block, letters=letters),), lambda gap: blank_for(gap, blank))


def for_most(needed: Iterable[int]) -> int:
    """Return how much room each of some answers gets, of what they need: no length shows in it."""
    in_order = sorted(needed)
    return in_order[-1 - len(in_order) // LONG]


def _letters_in(table: Table) -> int:
    """Return how many letters the longest word has that belongs into the cells of a table."""
    return max(_longest_word(cell) for row in table.rows for cell in row[1:])


def _longest_word(text: Text) -> int:
    """Return how many letters the longest word of a text has; a hyphen ends one."""
    said = chain(*(re.split(r"[\s-]+", part) for part in stretches(text)))
    return max(map(len, said), default=0)


def _blanks(block: Items | Table) -> int:
    """Return how many blanks there are in a list or a table that is emptied."""
    if isinstance(block, Items):
        return len(block.items)
    return sum(len(row) - 1 for row in block.rows)
