"""Questions away from their topics -> the same, with the title of its topic before each in need.

Facts are written as if their topic's title stood above them. In a quiz, on a fold-over and below
the sheet none does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from deckbuilder.content import Paragraph, texts
from deckbuilder.context import TELLING, Question, asked_in_several_topics, gives_away, question_of
from deckbuilder.model import Deck, Fact
from deckbuilder.text.tree import Text, Words, plain, same_words
from deckbuilder.writers.pdf.runs import Aside

ENDING = 2  # letters at the end of a word that its cases and numbers may add


class Above(NamedTuple):
    """A topic's title as it is said, the words that name it, and what opens a question with it."""

    said: str
    names: Sequence[str]
    lead: Text


def under_topics(facts: Sequence[Fact], deck: Deck, aside: str = "") -> tuple[Fact, ...]:
    """Return facts whose questions say what they are about, in the title of their topic.

    A question does without the title if it has all its words, or if the title would answer it; so
    does what is explained in the glossary or translated, unless another topic asks the same.
    `aside`: what the page says beside the deck's title; where all facts are of one topic, either
    may name it.
    """
    asked = [question_of(fact.parts.asked.prompt, fact.media.asked) for fact in facts]
    topics = {fact.topic for fact in facts}
    above = {topic.id: _above(topic.title) for topic in deck.topics if topic.id in topics}
    told_by = asked_in_several_topics((each, f.topic) for each, f in zip(asked, facts, strict=True))
    head = f"{plain(deck.title)} {aside}" if len(topics) == 1 else ""

    def needs(fact: Fact, question: Question, title: Above) -> bool:
        prompt = fact.parts.asked.prompt
        if any(gives_away(title.said, prompt, answer) for answer in _answers(fact)):
            return False
        if question in told_by:
            return True
        return not (_stands_alone(fact) or _named(title.names, f"{head} {question[0]}"))

    return tuple(
        [
            _titled(fact, title.lead) if needs(fact, question, title) else fact
            for fact, question in zip(facts, asked, strict=True)
            for title in (above[fact.topic],)
        ]
    )


def _above(title: Text) -> Above:
    said = plain(title)
    named = same_words(said).split()
    telling = [word for word in named if len(word) >= TELLING] or named
    return Above(said, telling, (Aside((*title, Words("\u00a0·"))), Words(" ")))


def _answers(fact: Fact) -> list[str]:
    """Return what is to be known: what the gaps of a question hold, or else its answer."""
    asked = fact.parts.asked
    return [plain(text) for text in asked.in_gaps or texts(asked.answer)]


def _stands_alone(fact: Fact) -> bool:
    """Tell whether a fact is about a word, whatever its topic: explained, or translated."""
    return fact.glossary or fact.parts.translated


def _named(names: Sequence[str], asked: str) -> bool:
    """Tell whether a question has some words, with two letters more or less at their ends."""
    said = {*same_words(asked).split()}
    return all(word in said or any(_alike(word, other) for other in said) for word in names)


def _alike(one: str, other: str) -> bool:
    """Tell whether two words are one, as "pact" and "pacts", but not "water" and "Waterloo"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= TELLING and len(long) - len(short) <= ENDING and long.startswith(short)


def _titled(fact: Fact, lead: Text) -> Fact:
    """Return a fact whose question opens with a title, in the colour of small print."""
    asked = fact.parts.asked
    first, *rest = asked.prompt
    if not isinstance(first, Paragraph):
        return fact
    opened = (Paragraph((*lead, *first.text)), *rest)
    return replace(fact, parts=replace(fact.parts, asked=replace(asked, prompt=opened)))
