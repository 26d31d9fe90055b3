"""A deck -> its cards as a learner meets them, in words that rules can count and compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from deckbuilder.content import Ask, Content, Items, Paragraph, plain_content, texts
from deckbuilder.context import gives_away, may_give_away
from deckbuilder.lint.fronts import fronts
from deckbuilder.lint.seen import Made, Seen
from deckbuilder.lint.words import said, words
from deckbuilder.model import Deck, Face, Fact, Gapped
from deckbuilder.phrases import base
from deckbuilder.text.keyboard import printed
from deckbuilder.text.normal import as_kept
from deckbuilder.text.tree import plain
from deckbuilder.toml import Source

BETWEEN = " || "
FEW = 50  # facts that are looked at together: more take longer each, for want of near memory


class Sight(NamedTuple):
    """Cards of a deck.

    `language`: the first part of its language tag; `titles`: by topic; `learned`: the cards that
    meet in Anki; `told`: all that stands on the cards, with `BETWEEN` facts, for what is hardly
    ever there.
    """

    source: Source
    language: str
    titles: dict[str, str]
    facts: tuple[Made, ...]
    cards: tuple[Seen, ...]
    learned: tuple[Seen, ...]
    told: str


def titles(deck: Deck) -> dict[str, str]:
    """Return the title of each topic, by its id."""
    return {topic.id: plain(topic.title) for topic in deck.topics}


def see(deck: Deck, above: dict[str, str], facts: Iterable[Fact]) -> Sight:
    """Return the cards of some facts, and those that a fact of the sheet alone would give."""
    made = tuple([_cards(fact, above[fact.topic]) for fact in facts])
    language = base(deck.language)
    cards = tuple(chain.from_iterable([each.cards for each in made]))
    told = BETWEEN.join([" | ".join(each.told) for each in made])
    if as_kept(told):  # no text is untidy: a space at its end would be one of two
        signs = printed(told)
        for card in cards:
            card.signs = signs
    learned = tuple([card for card in cards if card.fact.only != "sheet"])
    return Sight(deck.source, language, above, made, cards, learned, told)


def by_topic(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """Yield facts by whole topics, some at a time unless a topic has more.

    For rules that compare the cards of a topic at the most, a deck's need not all be there at once.
    """
    some: list[Fact] = []
    for fact in facts:
        if len(some) >= FEW and fact.topic != some[-1].topic:
            yield some
            some = []
        some.append(fact)
    if some:
        yield some


def _cards(fact: Fact, above: str) -> Made:
    note = fact.parts.note
    if isinstance(note, Gapped):
        made = fronts(fact, note.content, _asks(note.content))
        if [card for card in made.cards if _given_away(above, note.content, card)]:
            for card in made.cards:
                card.titled = False
        return made
    cards: list[Seen] = []
    told: list[str] = []
    for n, face in enumerate(note.faces, 1):
        card = _asking(fact, n, face)
        card.titled = not _given_away(above, face.front, card)
        cards.append(card)
        told += (card.whole, card.recalled)
        if card.answer != card.recalled:  # as of a formula or a table
            told.append(card.answer)
    return Made(cards, told)


def _given_away(above: str, asked: Content, card: Seen) -> bool:
    """Tell whether a title gives a card's answer away; hardly any does, as words tell at once.

    They tell it of no formula, and of no word with an apostrophe: it is two for a title.
    """
    said = card.answer_words
    if card.answer == card.recalled and "'" not in "".join(said) and not may_give_away(above, said):
        return False
    return gives_away(above, asked, card.recalled)


def _asking(fact: Fact, ordinal: int, face: Face) -> Seen:
    """Return a card that asks a question."""
    asks = _asks(face.front)
    whole, read, sentences, _ = _side(face.front)
    recalled, _, answer, answers = _side(face.back)
    return Seen(  # by their names, arguments would take a tenth of the time that seeing a card does
        fact,
        ordinal,
        face,
        False,  # gapped
        False,  # listed
        whole,
        read,
        sentences,
        (),  # gaps
        asks,
        not (asks or fact.parts.translated),  # bare
        answers,
        answer,
        recalled,
        words(sentences),
        words(answer),
    )


def _side(content: Content) -> tuple[str, str, str, list[str]]:
    """Return what a side without gaps shows, its paragraphs, these and its items, and each text.

    There is something on each side.
    """
    if isinstance(content[0], Paragraph):
        shown, told = plain(content[0].text), said(content[0].text)
        if len(content) == 1:  # most of what is asked or said
            return shown, told, told, [told]
        asks = content[1]
        if len(content) == 2 and isinstance(asks, Ask):
            return f"{shown} {asks.words}" if shown else asks.words, told, told, [told, asks.words]
    paragraphs: list[str] = []
    sentences: list[str] = []
    every: list[str] = []
    for block in content:
        read = [said(text) for text in texts((block,))]
        every += read
        if isinstance(block, (Paragraph, Items)):
            sentences += read
        if isinstance(block, Paragraph):
            paragraphs += read
    return plain_content(content), " ".join(paragraphs), " ".join(sentences), every


def _asks(front: Content) -> str:
    if len(front) == 1:  # most have none
        return ""
    return " ".join([block.words for block in front if isinstance(block, Ask)])
