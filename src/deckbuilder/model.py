"""The frozen facts that every output shares: a deck, its topics, its facts and their cards.

    source/relations.toml - read -> Deck - check -> build - writers -> build/relations.*

A kind of fact writes its parts once, a writer renders them; the two meet only here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, zip_longest
from pathlib import PurePath
from typing import Literal

from deckbuilder.media.medium import Asset, Media
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import Bold, Gap, Text, Words, blank, gaps, map_gaps, plain, words
from deckbuilder.toml import Path, Source
from deckbuilder.when import When

LAST_GAP = 499  # Anki keeps no gap of a higher number
LONGEST_TYPED = 60  # characters that a learner is asked to type

# ---------------------------------------------------------------------------- content


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Ask:
    """The fixed words that turn a bare fact into a question ("When?")."""

    words: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` where the sequence is part of what is known."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Things side by side: a head, and rows of as many cells; the first of each is a heading."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


Block = Paragraph | Ask | Items | Table
Content = tuple[Block, ...]


def paragraph(text: Text) -> Content:
    """Return a text as content."""
    return (Paragraph(text),)


def texts(content: Content) -> Iterator[Text]:
    """Yield each text of a content, in reading order."""
    for block in content:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Items):
            yield from block.items
        elif isinstance(block, Table):
            yield from block.head
            for row in block.rows:
                yield from row
        else:
            yield (Words(block.words),)


def plain_content(content: Content) -> str:
    """Return a content's characters, its blocks and items set apart by spaces."""
    return " ".join(filter(None, (plain(text) for text in texts(content))))


# ---------------------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class Face:
    """A finished front with its back."""

    front: Content
    back: Content


@dataclass(frozen=True, slots=True)
class Faces:
    """A note of the *Facts* type: one card, or two for a fact asked both ways."""

    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Gapped:
    """A note of the *Gaps* type: one card for each gap number in its content.

    `key` names the source's key in which its gaps are written.
    """

    content: Content
    key: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The one question that print asks about a fact, its answer, and the marks it is worth.

    A prompt with gaps is answered by what they hold, gap for gap.
    """

    prompt: Content
    answer: Content
    marks: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What a kind makes of a fact. `statement` is what print says of it, `when` its date there."""

    note: Faces | Gapped
    statement: Content
    asked: Asked
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Allow:
    """A rule of the lint that a fact breaks on purpose, and why."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `number`: its place on paper (None: not printed); `at`: where the source has it."""

    id: str
    was: tuple[str, ...]
    kind: str
    topic: str
    number: int | None
    parts: Parts
    glossary: bool
    extra: Text
    hint: Text
    cite: Text
    tags: tuple[str, ...]
    typed: bool
    speak: bool
    only: Literal["deck", "sheet", "asked"] | None
    allow: tuple[Allow, ...]
    at: Path
    media: Media


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the sheet, and a tag of its facts."""

    id: str
    was: tuple[str, ...]
    title: Text
    when: When | None
    summary: Text
    part: Text  # the heading that it shares with its neighbours
    at: Path


@dataclass(frozen=True, slots=True)
class Period:
    """A band of the timeline."""

    title: Text
    start: When
    end: When
    at: Path


@dataclass(frozen=True, slots=True)
class Retired:
    """A fact that was released and is to go."""

    id: str
    at: Path


@dataclass(frozen=True, slots=True)
class Printing:
    """What is to be printed and how; the choices are those of `schema.PRINT`.

    `back_offset`: how far the backs of cards are moved to the right and up, in millimetres.
    """

    paper: str = "A4"
    profile: str = "standard"
    ink: str = "normal"
    fonts: tuple[Asset, ...] = ()
    handouts: tuple[str, ...] = ()
    flip: Literal["long", "short"] = "long"
    labels: str = "avery-c32011"
    back_offset: tuple[float, float] = (0.0, 0.0)
    poster: Literal["tiles", "whole"] = "tiles"
    hide: tuple[str, ...] = ("dates", "terms", "words")


@dataclass(frozen=True, slots=True)
class Deck:
    """All facts of one source, in its order."""

    id: str
    was: tuple[str, ...]
    title: Text
    anki: str
    version: str
    language: str
    order: str
    phrases: Phrases
    subject: Text
    licence: str
    summary: Text
    recap: Text
    hook: Text
    style: Asset | None
    periods: tuple[Period, ...]
    topics: tuple[Topic, ...]
    facts: tuple[Fact, ...]
    retired: tuple[Retired, ...]
    check: tuple[str, ...]  # ids of the facts whose questions close the sheet
    printing: Printing
    source: Source

    @property
    def file(self) -> str:
        """The name of the source's file, without the folder it happens to lie in."""
        return PurePath(self.source.name).name


def in_deck(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that become notes, in the order of the source."""
    return tuple(fact for fact in deck.facts if fact.only != "sheet")


def study_order(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that become notes, in the order they are learned.

    Interleaved, each topic gives one fact in turn: what is mixed is remembered better.
    """
    facts = in_deck(deck)
    if deck.order != "interleaved":
        return facts
    by_topic: dict[str, list[Fact]] = {}
    for fact in facts:
        by_topic.setdefault(fact.topic, []).append(fact)
    return tuple(fact for turn in zip_longest(*by_topic.values()) for fact in turn if fact)


def on_paper(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that are printed on one handout or another, by their numbers."""
    return tuple(sorted((f for f in deck.facts if f.number), key=lambda f: f.number or 0))


def on_sheet(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that print states, by their numbers."""
    return tuple(fact for fact in on_paper(deck) if fact.only != "asked")


def asked_in_print(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that print asks about, by their numbers."""
    return tuple(fact for fact in on_paper(deck) if fact.only != "sheet")


# ---------------------------------------------------------------------------- cards


@dataclass(frozen=True, slots=True)
class Card:
    """One front with its back, as every output shows it. `ordinal`: from 1 within the fact."""

    fact: str
    ordinal: int
    front: Content
    back: Content
    answer: str  # the words to be recalled


def cards(fact: Fact) -> tuple[Card, ...]:
    """Return the cards a fact gives, in Anki's order."""
    note = fact.parts.note
    if isinstance(note, Faces):
        return tuple(
            Card(fact.id, n, face.front, face.back, plain_content(face.back))
            for n, face in enumerate(note.faces, 1)
        )
    back = without_gaps(note.content)
    return tuple(_gap_card(fact.id, note.content, n, back) for n in gap_numbers(note.content))


def card_count(fact: Fact) -> int:
    """Return how many cards a fact gives, without making them."""
    note = fact.parts.note
    return len(note.faces) if isinstance(note, Faces) else len(gap_numbers(note.content))


def card_numbers(fact: Fact) -> tuple[str, ...]:
    """Return what print calls each of a fact's cards: 7, or 7a, 7b … where there are several."""
    made = cards(fact)
    if len(made) == 1:
        return (str(fact.number),)
    return tuple(f"{fact.number}{lettered(n).lower()}" for n in range(len(made)))


def lettered(number: int) -> str:
    """Return A, B … Z, AA, AB …, from 0 on."""
    first, last = divmod(number, 26)
    return (lettered(first - 1) if first else "") + chr(ord("A") + last)


def typeable(card: Card) -> bool:
    """Tell whether a card's answer is short and plain enough to be typed."""
    return len(card.back) == 1 and len(card.answer) <= LONGEST_TYPED


def gap_numbers(content: Content) -> list[int]:
    """Return the numbers of a content's gaps, ascending, each once."""
    return sorted({gap.number for text in texts(content) for gap in gaps(text)})


def _gap_card(fact: str, content: Content, number: int, back: Content) -> Card:
    asked = [g for text in texts(content) for g in gaps(text) if g.number == number]

    def ask(gap: Gap) -> Text:
        return words(blank(gap)) if gap.number == number else gap.inside

    front = each_gap(tuple(_without_later(block, number) for block in content), ask)
    answer = " ".join(plain(gap.inside) for gap in asked)
    return Card(fact, number, front, back, answer)


def answered(fact: Fact, card: Card) -> Content:
    """Return a card's back with what was asked for in bold, where it stands in a sentence."""
    note = fact.parts.note
    if isinstance(note, Faces):
        return card.back

    def tell(gap: Gap) -> Text:
        return (Bold(gap.inside),) if gap.number == card.ordinal else gap.inside

    return each_gap(note.content, tell)


def _without_later(block: Block, number: int) -> Block:
    """Cut an ordered list behind the item that is asked for: what follows would give it away."""
    if isinstance(block, Items) and block.ordered:
        for n, item in enumerate(block.items, 1):
            if any(gap.number == number for gap in gaps(item)):
                return replace(block, items=block.items[:n])
    return block


def without_gaps(content: Content) -> Content:
    """Return the content with every gap filled in."""
    return each_gap(content, lambda gap: gap.inside)


def each_gap(content: Content, change: Callable[[Gap], Text]) -> Content:
    """Return the content with `change(gap)` in the place of each gap."""
    return each_text(content, lambda text: map_gaps(text, change))


def in_gaps(content: Content) -> Content:
    """Return what the gaps of a content hold, in their order: a paragraph, or a list of several."""
    held = tuple(gap.inside for text in texts(content) for gap in gaps(text))
    return (Items(held, ordered=True),) if len(held) > 1 else tuple(map(Paragraph, held))


def numbered(content: Content) -> Content:
    """Give each unnumbered gap the next number that no gap of the content claims for itself."""
    taken = {gap.number for text in texts(content) for gap in gaps(text)}
    free = (n for n in count(1) if n not in taken)

    def number(gap: Gap) -> Text:
        return (gap if gap.number else replace(gap, number=next(free)),)

    return each_gap(content, number)


def renumbered(content: Content, numbers: Sequence[int]) -> Content:
    """Return the content with its gaps numbered anew, in their order."""
    left = iter(numbers)

    def number(gap: Gap) -> Text:
        return (Gap(gap.inside, next(left), gap.hint, gap.given),)

    return each_gap(content, number)


def each_text(content: Content, change: Callable[[Text], Text]) -> Content:
    """Return the content with each of its texts changed."""
    return tuple(_changed(block, change) for block in content)


def _changed(block: Block, change: Callable[[Text], Text]) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(change(block.text))
    if isinstance(block, Items):
        return Items(tuple(change(item) for item in block.items), block.ordered)
    if isinstance(block, Table):
        rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
        return Table(tuple(change(cell) for cell in block.head), rows)
    return block
