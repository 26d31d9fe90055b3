"""A deck -> its cards as a learner meets them, in words that rules can count and compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from deckbuilder.content import Ask, Content, Paragraph, plain_content, texts, without_gaps
from deckbuilder.context import gives_away
from deckbuilder.lint.fronts import Front, fronts
from deckbuilder.lint.words import paragraphs, said, same, sentences, words
from deckbuilder.model import Deck, Face, Faces, Fact
from deckbuilder.text.tree import blank, plain
from deckbuilder.toml import Path, Source

FEW = 200  # facts that are looked at together


class Seen(NamedTuple):
    """One card as a learner meets it.

    Attributes:
        fact, ordinal: which card it is.
        gapped: whether something is missing from its front, rather than asked for.
        listed: whether that is in a list.
        whole: all that its front shows, letter by letter.
        alike: the same, as `words.same` has it, and the files of its picture and its sound: equal
            for two cards that look alike.
        read: its front's sentences as they are read, with blanks.
        prompt: its front's sentences and items, without blanks and fixed questions.
        asks: its fixed question ("When?"), or "".
        answers: the words of each gap, or of each text of its back.
        answer: what is to be recalled.
        recalled: the same, letter by letter.
        prompt_words, answer_words: the words of both, see `words.words`.
        titled: whether its topic's title stands above.
        hinted: whether the author gave it a hint.
    """

    fact: Fact
    ordinal: int
    gapped: bool
    listed: bool
    whole: str
    alike: str
    read: str
    prompt: str
    asks: str
    answers: list[str]
    answer: str
    recalled: str
    prompt_words: list[str]
    answer_words: list[str]
    titled: bool
    hinted: bool

    @property
    def at(self) -> Path:
        """Where the source has the words that show the fact's kind."""
        return (*self.fact.at, self.fact.kind)

    @property
    def back(self) -> Content:
        """Its back, with marks."""
        note = self.fact.parts.note
        if isinstance(note, Faces):
            return note.faces[self.ordinal - 1].back
        return without_gaps(note.content)


class Made(NamedTuple):
    """The cards of a fact.

    `told`: all that stands on them; what stands together on one of them does so here, too.
    """

    cards: list[Seen]
    told: str


class Sight(NamedTuple):
    """Cards of a deck. `language`: the first part of its language tag; `titles`: by topic."""

    source: Source
    language: str
    titles: dict[str, str]
    facts: tuple[Made, ...]
    cards: tuple[Seen, ...]


def see(deck: Deck, titles: dict[str, str], facts: Iterable[Fact]) -> Sight:
    """Return the cards of some facts, and those that a fact of the sheet alone would give."""
    made = tuple([_cards(fact, titles[fact.topic]) for fact in facts])
    language = deck.language.partition("-")[0].lower()
    cards = tuple(chain.from_iterable([cards for cards, _ in made]))
    return Sight(deck.source, language, titles, made, cards)


def by_topic(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """Yield facts by whole topics, a few hundred at a time unless a topic has more.

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


def _cards(fact: Fact, title: str) -> Made:
    note = fact.parts.note
    if isinstance(note, Faces):
        cards = [_asking(fact, n, face, title) for n, face in enumerate(note.faces, 1)]
        return Made(cards, "\n".join([t for card in cards for t in (card.whole, *card.answers)]))
    made, told = fronts(note.content)
    recalled = [" ".join([filling.plain for _, filling in front.gaps]) for front in made]
    titled = not any(gives_away(title, answer) for answer in recalled)
    asks = _asks(note.content)
    cards = [
        _blank(fact, front, answer, asks, titled)
        for front, answer in zip(made, recalled, strict=True)
    ]
    return Made(cards, told)


def _asking(fact: Fact, ordinal: int, face: Face, title: str) -> Seen:
    """Return a card that asks a question."""
    whole, read, prompt = _read(face.front)
    recalled, _, answer = _read(face.back)
    first = ordinal == 1
    return Seen(
        fact=fact,
        ordinal=ordinal,
        gapped=False,
        listed=False,
        whole=whole,
        alike=_alike(whole, fact, first),
        read=read,
        prompt=prompt,
        asks=_asks(face.front),
        answers=[said(text) for text in texts(face.back)],
        answer=answer,
        recalled=recalled,
        prompt_words=words(prompt),
        answer_words=words(answer),
        titled=not gives_away(title, recalled),
        hinted=first and bool(fact.hint),
    )


def _blank(fact: Fact, front: Front, recalled: str, asks: str, titled: bool) -> Seen:
    """Return a card with gaps."""
    prompt = front.sentences
    for gap, _ in front.gaps:
        prompt = prompt.replace(blank(gap), " ", 1)
    answers = [filling.said for _, filling in front.gaps]
    answer = " ".join(answers)
    return Seen(
        fact=fact,
        ordinal=front.number,
        gapped=True,
        listed=front.listed,
        whole=front.whole,
        alike=_alike(front.whole, fact, True),
        read=front.paragraphs,
        prompt=prompt,
        asks=asks,
        answers=answers,
        answer=answer,
        recalled=recalled,
        prompt_words=words(prompt),
        answer_words=words(answer),
        titled=titled,
        hinted=bool(fact.hint),
    )


def _read(side: Content) -> tuple[str, str, str]:
    """Return all that a side without gaps shows, its sentences, and these with its items."""
    if len(side) == 1 and isinstance(side[0], Paragraph):
        told = said(side[0].text)
        return plain(side[0].text), told, told
    return plain_content(side), paragraphs(side), sentences(side)


def _asks(front: Content) -> str:
    return " ".join([block.words for block in front if isinstance(block, Ask)])


def _alike(whole: str, fact: Fact, with_question: bool) -> str:
    """Return what two fronts that look alike have in common."""
    media = fact.media
    if not (with_question and media.front):
        return same(whole)
    files = [asset.path for asset in (media.image, media.audio) if asset]
    return "\n".join([same(whole), *files])
