"""A deck -> its cards as a learner meets them, in words that rules can count and compare."""

from __future__ import annotations

from dataclasses import dataclass

from deckbuilder.cards import Card, cards
from deckbuilder.content import Ask, plain_content, texts
from deckbuilder.context import context
from deckbuilder.lint.words import said, same, sentences, words
from deckbuilder.model import Deck, Fact, Gapped, Topic
from deckbuilder.text.tree import blank, gaps, plain
from deckbuilder.toml import Path, Source


@dataclass(frozen=True, slots=True)
class Seen:
    """One card as a learner meets it.

    Attributes:
        fact, card: what it is.
        gapped: whether something is missing from its front, rather than asked for.
        whole: all that its front shows, letter by letter.
        alike: the same, as `words.same` has it, and the files of its picture and its sound: equal
            for two cards that look alike.
        prompt: its front's sentences and items, without blanks and fixed questions.
        asks: its fixed question ("When?"), or "".
        answer: what is to be recalled.
        prompt_words, answer_words: the words of both, see `words.words`.
        titled: whether its topic's title stands above.
        hinted: whether the author gave it a hint.
    """

    fact: Fact
    card: Card
    gapped: bool
    whole: str
    alike: str
    prompt: str
    asks: str
    answer: str
    prompt_words: list[str]
    answer_words: list[str]
    titled: bool
    hinted: bool

    @property
    def at(self) -> Path:
        """Where the source has the words that show the fact's kind."""
        return (*self.fact.at, self.fact.kind)


@dataclass(frozen=True, slots=True)
class Sight:
    """All cards of a deck. `language`: the first part of its language tag; `titles`: by topic."""

    source: Source
    language: str
    titles: dict[str, str]
    cards: tuple[Seen, ...]


def see(deck: Deck) -> Sight:
    """Return the cards of a deck, and those that a fact of the sheet alone would give."""
    topics = {topic.id: topic for topic in deck.topics}
    seen = tuple(s for fact in deck.facts for s in _cards(deck, fact, topics[fact.topic]))
    titles = {topic.id: plain(topic.title) for topic in deck.topics}
    return Sight(deck.source, deck.language.partition("-")[0].lower(), titles, seen)


def _cards(deck: Deck, fact: Fact, topic: Topic) -> list[Seen]:
    note, made = fact.parts.note, cards(fact)
    gapped = isinstance(note, Gapped)
    shared = context(deck, topic, *made) if gapped else ()
    seen = []
    for card in made:
        prompt = sentences(card.front)
        if isinstance(note, Gapped):
            asked = [g for t in texts(note.content) for g in gaps(t) if g.number == card.ordinal]
            for gap in asked:
                prompt = prompt.replace(blank(gap), " ", 1)
            answer = " ".join(said(gap.inside) for gap in asked)
        else:
            answer = sentences(card.back)
        whole = plain_content(card.front)
        title = shared if gapped else context(deck, topic, card)
        seen.append(
            Seen(
                fact=fact,
                card=card,
                gapped=gapped,
                whole=whole,
                alike="\n".join([same(whole), *_with_question(fact, card, gapped)]),
                prompt=prompt,
                asks=" ".join(block.words for block in card.front if isinstance(block, Ask)),
                answer=answer,
                prompt_words=words(prompt),
                answer_words=words(answer),
                titled=title is topic.title,
                hinted=bool(fact.hint) and (gapped or card.ordinal == 1),
            )
        )
    return seen


def _with_question(fact: Fact, card: Card, gapped: bool) -> list[str]:
    """Return the files that are shown and played with the question, by their paths."""
    if not fact.media.front or not (gapped or card.ordinal == 1):
        return []
    return [asset.path for asset in (fact.media.image, fact.media.audio) if asset]
