"""A fact -> the cards it gives, as every output shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from deckbuilder.content import (
    Block,
    Content,
    Items,
    each_gap,
    gap_numbers,
    plain_content,
    texts,
    without_gaps,
)
from deckbuilder.model import Faces, Fact
from deckbuilder.text.tree import Bold, Gap, Text, blank, gaps, plain, words

LONGEST_TYPED = 60  # characters that a learner is asked to type


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
