"""A deck -> its cards as a learner meets them, in words that rules can count and compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from deckbuilder.cards import has_own
from deckbuilder.content import Ask, Content, Items, Paragraph, plain_content, texts, without_gaps
from deckbuilder.context import gives_away
from deckbuilder.lint.fronts import Front, fronts, without_blanks
from deckbuilder.lint.words import bared, said, same, words
from deckbuilder.model import Deck, Face, Faces, Fact, Gapped
from deckbuilder.phrases import base
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Gap, plain
from deckbuilder.toml import Path, Source

FEW = 50  # facts that are looked at together: more take longer each, for want of near memory


@dataclass(slots=True, eq=False)
class Seen:
    """One card as a learner meets it.

    Attributes:
        fact, ordinal: which card it is.
        face: what the fact has for it, None for one with gaps.
        gapped: whether something is missing from its front, rather than asked for.
        listed: whether that is in a list.
        whole: all that its front shows, letter by letter.
        tidy: whether that is, as `normal.as_kept` has it.
        read: its front's sentences as they are read, with blanks.
        sentences: the same and its items.
        gaps: those that are blank.
        asks: its fixed question ("When?"), or "".
        bare: whether its front has to ask by itself: there is no gap, no such question, and it is
            no translation.
        answers: the words of each gap, or of each text of its back.
        answer: what is to be recalled.
        recalled: the same, letter by letter.
        prompt_words, answer_words: the words of `prompt` and `answer`, see `words.words`.
        titled: whether its topic's title stands above.
    """

    fact: Fact
    ordinal: int
    face: Face | None
    gapped: bool
    listed: bool
    whole: str
    tidy: bool
    read: str
    sentences: str
    gaps: Sequence[Gap]
    asks: str
    bare: bool
    answers: list[str]
    answer: str
    recalled: str
    prompt_words: list[str]
    answer_words: list[str]
    titled: bool = True

    @property
    def at(self) -> Path:
        """Where the source has its front."""
        asks = self.face.asks if self.face else ""
        return (*self.fact.at, asks or self.fact.kind)

    @property
    def prompt(self) -> str:
        """Its front's sentences and items, without blanks and fixed questions."""
        return without_blanks(self.sentences, self.gaps) if self.gapped else self.sentences

    @property
    def front(self) -> Content:
        """Its front, with marks and gaps."""
        note = self.fact.parts.note
        return note.content if isinstance(note, Gapped) else note.faces[self.ordinal - 1].front

    @property
    def back(self) -> Content:
        """Its back, with marks."""
        return self.face.back if self.face else without_gaps(self.front)

    @property
    def backward(self) -> bool:
        """Whether it asks for what another card of its fact shows."""
        return self.face is not None and self.face.backward

    @property
    def translated(self) -> bool:
        """Whether it is one of two that ask for each other and say nothing besides."""
        return self.fact.parts.translated

    @property
    def hinted(self) -> bool:
        """Whether the author gave it a hint."""
        return bool(self.fact.hint) and has_own(self.fact, self.ordinal)

    @property
    def alike(self) -> str:
        """What its front shows, as `words.same` has it, and the files of its picture and sound.

        Equal for two cards that look alike.
        """
        shown = bared(self.whole) if self.tidy else same(self.whole)
        media = self.fact.media
        if not (media.front and has_own(self.fact, self.ordinal)):
            return shown
        return "\n".join([shown, *(asset.path for asset in (media.image, media.audio) if asset)])


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


def titles(deck: Deck) -> dict[str, str]:
    """Return the title of each topic, by its id."""
    return {topic.id: plain(topic.title) for topic in deck.topics}


def see(deck: Deck, above: dict[str, str], facts: Iterable[Fact]) -> Sight:
    """Return the cards of some facts, and those that a fact of the sheet alone would give."""
    made = tuple([_cards(fact, above[fact.topic]) for fact in facts])
    language = base(deck.language)
    cards = tuple(chain.from_iterable([cards for cards, _ in made]))
    return Sight(deck.source, language, above, made, cards)


def learned(sight: Sight) -> list[Seen]:
    """Return the cards that meet in Anki."""
    return [seen for seen in sight.cards if seen.fact.only != "sheet"]


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
    if isinstance(note, Faces):
        cards = [_asking(fact, n, face) for n, face in enumerate(note.faces, 1)]
        for card, face in zip(cards, note.faces, strict=True):
            card.titled = not gives_away(above, face.front, card.recalled)
        told = [text for card in cards for text in (card.whole, card.recalled, card.answer)]
        return Made(cards, "\n".join(dict.fromkeys(told)))
    made = fronts(note.content)
    asks = _asks(note.content)
    cards = [_blank(fact, front, made.tidy, asks) for front in made.fronts]
    titled = not any(gives_away(above, note.content, card.recalled) for card in cards)
    for card in cards:
        card.titled = titled
    return Made(cards, made.told)


# By their names, arguments would take a tenth of the time that seeing a card does.


def _asking(fact: Fact, ordinal: int, face: Face) -> Seen:
    """Return a card that asks a question."""
    asks = _asks(face.front)
    whole, read, sentences, _ = _side(face.front)
    recalled, _, answer, answers = _side(face.back)
    return Seen(
        fact,
        ordinal,
        face,
        False,  # gapped
        False,  # listed
        whole,
        False,  # tidy
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


def _blank(fact: Fact, front: Front, tidy: bool, asks: str) -> Seen:
    """Return a card with gaps."""
    answers = [said(gap.inside) for gap in front.gaps]
    answer = " ".join(answers)
    return Seen(
        fact,
        front.number,
        None,  # face
        True,  # gapped
        front.listed,
        front.whole,
        tidy,
        front.paragraphs,
        front.sentences,
        front.gaps,
        asks,
        False,  # bare
        answers,
        answer,
        " ".join([plain(gap.inside) for gap in front.gaps]),
        front.words,
        words(answer),
    )


def _side(content: Content) -> tuple[str, str, str, list[str]]:
    """Return what a side without gaps shows, its paragraphs, these and its items, and each text."""
    if len(content) == 1 and isinstance(content[0], Paragraph):  # most of what is asked or said
        told = said(content[0].text)
        return plain(content[0].text), told, told, [told]
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
