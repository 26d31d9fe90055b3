"""A deck and one of its facts -> all there is to see of it: its source, its cards, its print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.cards import asked_about, cards, question
from deckbuilder.content import Content, Items, Table, texts, without_gaps
from deckbuilder.media.medium import Media
from deckbuilder.model import Deck, Fact, Topic
from deckbuilder.text.raised import in_a_line
from deckbuilder.toml.blocks import blocks

LABEL = 9  # characters in front of what is shown


def show(deck: Deck, fact: Fact, tags: Sequence[str]) -> str:
    """Return a fact as text: how it is written, then what becomes of it.

    Args:
        deck: the deck that has the fact.
        fact: one of its facts.
        tags: those that the fact's note has in Anki.
    """
    place = deck.source.place(fact.at)
    parts = [f"{place.file}:{place.line}: {fact.id}, a fact of the kind `{fact.kind}`"]
    parts.append(source_of(deck, fact))
    if fact.only != "sheet":
        for card in cards(fact):
            asked = _files(asked_about(fact, card.ordinal))
            first, *more = [*_lines(card.back), *([] if asked else _files(fact.media))]
            back = [f"→ {first}", *(f"  {line}" for line in more)]
            front = [*_lines(question(fact, card)), *asked]
            parts.append(_entry(f"card {card.ordinal}", [*front, *back]))
        parts.append(f"{_entry('deck', [deck.anki])}\n{_entry('tags', [' '.join(tags)])}")
    else:
        parts.append(_entry("deck", ['none: only = "sheet"']))
    topic = next(topic for topic in deck.topics if topic.id == fact.topic)
    parts.append(_entry("sheet", _printed(deck, fact, topic)))
    return "\n\n".join(parts)


def source_of(deck: Deck, fact: Fact) -> str:
    """Return the lines of the source that are the fact, as they are written."""
    source = deck.source
    own = next((block for block in blocks(source).tables if block.path == fact.at), None)
    start, end = source.scan.spans[fact.at].value
    if own is None:  # written in one line, among others
        return source.text[start:end]
    if own.pairs:
        end = own.pairs[-1].stretch[1]
    stop = source.text.find("\n", end)
    return source.text[start : stop if stop >= 0 else None]


def _printed(deck: Deck, fact: Fact, topic: Topic) -> list[str]:
    """Return what the sheet has of a fact: where, its date, its words."""
    if fact.number is None:
        return ['nothing: only = "deck"']
    if fact.only == "asked":
        return [f'nothing of its own: only = "asked"; quizzes and cards call it {fact.number}']
    first, *rest = _lines(without_gaps(fact.parts.statement))
    when = fact.parts.when
    if when:
        first = f"{when.text} {first}"
    section = deck.phrases.glossary if fact.glossary else in_a_line(topic.title)
    more = map(in_a_line, (fact.extra, fact.media.credit, fact.cite))
    picture = _files(replace(fact.media, audio=None))
    return [f"{section}, number {fact.number}", first, *rest, *picture, *filter(None, more)]


def _files(media: Media) -> list[str]:
    """Return a line for a picture and for a sound."""
    files = ("picture", media.image), ("sound", media.audio)
    return [f"[{what}: {file.path}]" for what, file in files if file]


def _entry(label: str, lines: Sequence[str]) -> str:
    """Return lines behind a label, one below the other."""
    return f"{label:<{LABEL}}" + f"\n{' ' * LABEL}".join(lines)


def _lines(content: Content) -> list[str]:
    """Return a content's characters, a line for each paragraph, element and row."""
    lines: list[str] = []
    for block in content:
        if isinstance(block, Items):
            marks = [f"{n}." if block.ordered else "–" for n in range(1, len(block.items) + 1)]
            lines += [f"{m} {in_a_line(item)}" for m, item in zip(marks, block.items, strict=True)]
        elif isinstance(block, Table):
            lines += [" | ".join(map(in_a_line, row)) for row in (block.head, *block.rows)]
        else:
            lines.append(" ".join(map(in_a_line, texts((block,)))))
    return lines
