"""A deck and facts of its sheet -> the same with blanks, and what belongs there as the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from deckbuilder.content import (
    Block,
    Content,
    Items,
    Table,
    each_text,
    gap_numbers,
    hinted,
    paragraph,
)
from deckbuilder.model import Deck, Fact, Topic
from deckbuilder.text.tree import Bold, Gap, Span, Text, map_spans, words
from deckbuilder.writers.pdf.handouts.answers import joined
from deckbuilder.writers.pdf.runs import blank_for

# in the place of a key word or a cell, a topic's date (narrower than the column of dates), an item
# (two lines of a column)
HOLE, DATE, ITEM = "_" * 15, "_" * 7, "_" * 76


def hidden(deck: Deck, facts: Sequence[Fact]) -> tuple[Deck, list[Fact]]:
    """Return the deck with its topics' dates hidden, and the facts with blanks.

    The answer that a fact then asks for is all that its blanks hold.
    """
    hide, dates = deck.printing.hide, {topic.id: topic.when for topic in deck.topics}
    shown = {fact.topic for fact in facts}
    topics = tuple(_undated(topic, hide) for topic in deck.topics if topic.id in shown)
    made = []
    for fact in facts:
        held, parts = list[Text](), fact.parts
        when, own = parts.when, dates[fact.topic]
        if when and own and when.text == own.text:
            when = None  # its topic's date stands for it
        elif when and "dates" in hide:
            held.append(words(when.text))
            when = replace(when, text=HOLE)
        statement, whole = parts.statement, list[Items | Table]()
        if ("terms" if fact.glossary else "words") in hide:
            statement = each_text(statement, partial(_hidden, held, _mark(statement)))
            whole = [block for block in statement if isinstance(block, Items | Table)]
            statement = tuple(_emptied(block) for block in statement)
        # the name of a term is hidden, and a hint may hold it
        if not fact.glossary and (held or whole):
            statement = hinted(statement, fact.hint)
        answer = (*(paragraph(joined(held)) if held else ()), *whole)
        asked = replace(parts.asked, answer=answer, marks=len(held) + sum(map(_blanks, whole)))
        parts = replace(parts, statement=statement, when=when, asked=asked)
        made.append(replace(fact, parts=parts, extra=(), cite=()))
    return replace(deck, topics=topics), made


def _undated(topic: Topic, hide: Sequence[str]) -> Topic:
    if not topic.when or "dates" not in hide:
        return topic
    return replace(topic, when=replace(topic.when, text=DATE))


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
        return blank_for(span, HOLE) if isinstance(span, Gap) else words(HOLE)

    return map_spans(text, hide)


def _emptied(block: Block) -> Block:
    """Return a list or a table with a blank for each item or cell."""
    if isinstance(block, Items):
        return replace(block, items=(words(ITEM),) * len(block.items))
    if isinstance(block, Table):
        rows = ((row[0], *(words(HOLE),) * (len(row) - 1)) for row in block.rows)
        return replace(block, rows=tuple(rows))
    return block


def _blanks(block: Items | Table) -> int:
    """Return how many blanks there are in a list or a table that is emptied."""
    if isinstance(block, Items):
        return len(block.items)
    return sum(len(row) - 1 for row in block.rows)
