"""The frozen facts that every output shares: a deck, its topics, its facts and their cards.

    source/relations.toml - read -> Deck - check -> build - writers -> build/relations.*

A kind of fact writes its parts once, a writer renders them; the two meet only here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePath
from typing import Literal

from deckbuilder.media.medium import Asset, Media
from deckbuilder.phrases import Phrases
from deckbuilder.text.tree import Gap, Text, Words, gaps, map_gaps, plain, same_words, words
from deckbuilder.toml import Path, Source
from deckbuilder.when import When

LAST_GAP = 499  # Anki keeps no gap of a higher number

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


Block = Paragraph | Ask | Items
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
        else:
            yield (Words(block.words),)


def plain_content(content: Content) -> str:
    """Return a content's characters, its blocks and items set apart by spaces."""
    return " ".join(plain(text) for text in texts(content))


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
    """A note of the *Gaps* type: one card for each gap number in its content."""

    content: Content


@dataclass(frozen=True, slots=True)
class Asked:
    """The one question that print asks about a fact, worth `marks` marks."""

    prompt: Content
    marks: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What a kind makes of a fact. `statement` is what print says of it, `when` its date there."""

    note: Faces | Gapped
    statement: Content
    asked: Asked
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `number`: its place on paper (None: not printed); `at`: where the source has it."""

    id: str
    kind: str
    topic: str
    number: int | None
    parts: Parts
    glossary: bool
    extra: Text
    hint: Text
    cite: Text
    tags: tuple[str, ...]
    only: Literal["deck", "sheet"] | None
    at: Path
    media: Media


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the sheet, and a tag of its facts."""

    id: str
    title: Text
    when: When | None
    summary: Text
    at: Path


@dataclass(frozen=True, slots=True)
class Period:
    """A band of the timeline."""

    title: Text
    start: When
    end: When
    at: Path


@dataclass(frozen=True, slots=True)
class Printing:
    """How the sheet is to be printed; the choices are those of `schema.PRINT`."""

    paper: str = "A4"
    profile: str = "standard"
    ink: str = "normal"
    fonts: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """All facts of one source, in its order."""

    id: str
    title: Text
    anki: str
    version: str
    language: str
    phrases: Phrases
    subject: Text
    licence: str
    summary: Text
    recap: Text
    hook: Text
    periods: tuple[Period, ...]
    topics: tuple[Topic, ...]
    facts: tuple[Fact, ...]
    check: tuple[str, ...]  # ids of the facts whose questions close the sheet
    printing: Printing
    source: Source

    @property
    def file(self) -> str:
        """The name of the source's file, without the folder it happens to lie in."""
        return PurePath(self.source.name).name.encode(errors="replace").decode()


def in_deck(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that become notes, in the order they are learned."""
    return tuple(fact for fact in deck.facts if fact.only != "sheet")


def on_paper(deck: Deck) -> tuple[Fact, ...]:
    """Return the facts that are printed, by their numbers."""
    return tuple(sorted((f for f in deck.facts if f.number), key=lambda f: f.number or 0))


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
    return tuple(_gap_card(fact.id, note.content, n) for n in gap_numbers(note.content))


def gap_numbers(content: Content) -> list[int]:
    """Return the numbers of a content's gaps, ascending, each once."""
    return sorted({gap.number for text in texts(content) for gap in gaps(text)})


def _gap_card(fact: str, content: Content, number: int) -> Card:
    asked = [g for text in texts(content) for g in gaps(text) if g.number == number]

    def blank(gap: Gap) -> Text:
        return words(f"[{gap.hint or '...'}]") if gap.number == number else gap.inside

    front = tuple(
        _each_text(_without_later(block, number), lambda text: map_gaps(text, blank))
        for block in content
    )
    answer = " ".join(plain(gap.inside) for gap in asked)
    return Card(fact, number, front, without_gaps(content), answer)


def _without_later(block: Block, number: int) -> Block:
    """Cut an ordered list behind the item that is asked for: what follows would give it away."""
    if isinstance(block, Items) and block.ordered:
        for n, item in enumerate(block.items, 1):
            if any(gap.number == number for gap in gaps(item)):
                return replace(block, items=block.items[:n])
    return block


def without_gaps(content: Content) -> Content:
    """Return the content with every gap filled in."""
    return tuple(
        _each_text(block, lambda text: map_gaps(text, lambda gap: gap.inside)) for block in content
    )


def numbered(content: Content) -> Content:
    """Give each unnumbered gap the next number that no gap of the content claims for itself."""
    taken = {gap.number for text in texts(content) for gap in gaps(text)}
    free = (n for n in count(1) if n not in taken)

    def number(gap: Gap) -> Text:
        return (gap if gap.number else replace(gap, number=next(free)),)

    return tuple(_each_text(block, lambda text: map_gaps(text, number)) for block in content)


def _each_text(block: Block, change: Callable[[Text], Text]) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(change(block.text))
    if isinstance(block, Items):
        return replace(block, items=tuple(change(item) for item in block.items))
    return block


def gives_away(title: Text, card: Card) -> bool:
    """Tell whether a title, shown above a front, would answer it."""
    shown, answer = same_words(plain(title)), same_words(card.answer)
    return f" {answer} " in f" {shown} " or f" {shown} " in f" {answer} "
