"""A deck -> what its sheet says, text by text: the words that floors and peers have to set, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deckbuilder.content import texts
from deckbuilder.model import Deck, Fact, on_sheet
from deckbuilder.text.tree import plain
from deckbuilder.writers.pdf.sections import by_topic
from deckbuilder.writers.pdf.theme import PROFILES, Theme


class Section(NamedTuple):
    """A topic: its title, the gist of it, and the texts of each of its facts."""

    title: str
    gist: str
    facts: list[list[str]]


def sections(deck: Deck) -> list[Section]:
    """Return what stands below the timeline: each topic with its facts, then the glossary."""
    of_topic, explaining = by_topic(deck, on_sheet(deck))
    told = [
        Section(plain(topic.title), plain(topic.summary), [*map(_said, of_topic[topic.id])])
        for topic in deck.topics
    ]
    return [*told, Section(deck.phrases.glossary, "", [*map(_said, explaining)])]


def _said(fact: Fact) -> list[str]:
    """Return a fact's sentence with its date, the items or cells below it, its small print."""
    first, *more = [plain(text) for text in texts(fact.parts.statement)]
    when = fact.parts.when
    lead = f"{when.text} {first}" if when else first
    return [text for text in (lead, *more, plain(fact.extra)) if text]


def paragraphs(deck: Deck) -> Iterator[str]:
    """Yield the same as one text after another, each fact with its number."""
    number = 0
    for title, gist, facts in sections(deck):
        yield from filter(None, (title, gist))
        for first, *more in facts:
            number += 1
            yield f"{number} {first}"
            yield from more


def theme(deck: Deck) -> Theme:
    """Return the type and the columns of a long sheet."""
    return Theme(PROFILES[deck.printing.profile].flowing, deck.printing)
