"""A fact -> the cards it gives, as every output shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deckbuilder.content import (
    Block,
    Content,
    Items,
    Paragraph,
    Table,
    each_gap,
    gap_numbers,
    gaps_in,
    hinted,
    plain_content,
    texts,
    without_gaps,
)
from deckbuilder.media.medium import NOTHING, Media
from deckbuilder.model import Faces, Fact
from deckbuilder.text.tree import Bold, Gap, Text, blank, gaps, map_gaps, plain, words

LONGEST_TYPED = 60  # characters that a learner is asked to type
FEW_TYPED = 3  # words up to which the longer of two answers is typed, too


class Card(NamedTuple):
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
            [
                Card(fact.id, n, face.front, face.back, plain_content(face.back))
                for n, face in enumerate(note.faces, 1)
            ]
        )
    return tuple(_gap_cards(fact.id, note.content))


def answers(content: Content) -> dict[int, str]:
    """Return what each card of content with gaps asks for, by the numbers of its gaps."""
    asked: dict[int, list[str]] = {}
    for gap in gaps_in(content):
        asked.setdefault(gap.number, []).append(plain(gap.inside))
    return {number: " ".join(asked[number]) for number in sorted(asked)}


def card_count(fact: Fact) -> int:
    """Return how many cards a fact gives, without making them."""
    note = fact.parts.note
    return len(note.faces) if isinstance(note, Faces) else len(gap_numbers(note.content))


def card_numbers(fact: Fact) -> tuple[str, ...]:
    """Return what print calls each of a fact's cards: 7, or 7a, 7b … where there are several."""
    count = card_count(fact)
    if count == 1:
        return (str(fact.number),)
    return tuple(f"{fact.number}{lettered(n).lower()}" for n in range(count))


def lettered(number: int) -> str:
    """Return A, B … Z, AA, AB …, from 0 on."""
    first, last = divmod(number, 26)
    return (lettered(first - 1) if first else "") + chr(ord("A") + last)


def asks_back(fact: Fact) -> bool:
    """Tell whether a fact is asked the other way round as well."""
    note = fact.parts.note
    return isinstance(note, Faces) and note.faces[-1].backward


def asked_about(fact: Fact, ordinal: int) -> Media:
    """Return the picture and the sound of a card's question, if it is the one that has them."""
    return fact.media.asked if has_own(fact, ordinal) else NOTHING


def hint_to(fact: Fact, ordinal: int) -> Text:
    """Return the hint to a card's question, if it is the one that has it."""
    return fact.hint if has_own(fact, ordinal) else ()


def question(fact: Fact, card: Card) -> Content:
    """Return a card's front with the hint to it."""
    return hinted(card.front, hint_to(fact, card.ordinal))


def has_own(fact: Fact, ordinal: int) -> bool:
    """Tell whether a card's question has the fact's hint, picture and sound.

    All have them that ask for a gap; of two faces the first, as the note type in Anki does.
    """
    return ordinal == 1 or not isinstance(fact.parts.note, Faces)


def typeable(card: Card) -> bool:
    """Tell whether a card's answer is short and plain enough to be typed."""
    return len(card.back) == 1 and len(card.answer) <= LONGEST_TYPED


def to_type(fact: Fact, made: Sequence[Card]) -> tuple[Card, ...]:
    """Return those of the cards that a fact without gaps gives whose answer is to be typed.

    Of a fact asked both ways, the shorter one, and the other if it has few words, too; no question.
    A translation is typed both ways.
    """
    note = fact.parts.note
    if not (fact.typed and isinstance(note, Faces)):
        return ()
    both = zip(made, note.faces, strict=True)
    able = tuple(card for card, face in both if face.typed and typeable(card))
    if len(able) < 2 or fact.parts.translated:
        return able
    shortest = min(len(card.answer) for card in able)
    return tuple(
        card
        for card in able
        if len(card.answer) == shortest or len(card.answer.split()) <= FEW_TYPED
    )


def to_be_typed(fact: Fact, card: Card) -> str:
    """Return a card's answer as a learner types it: items with commas, no stop of an event."""
    note = fact.parts.note
    listed = ", ".join(map(plain, texts(card.back)))
    ends = isinstance(note, Faces) and note.faces[card.ordinal - 1].sentence
    return listed[:-1] if ends and listed[-1:] == "." and listed[-2:] != ".." else listed


def answered(fact: Fact, card: Card) -> Content:
    """Return a card's back with what was asked for in bold, where it stands in a sentence."""
    note = fact.parts.note
    if isinstance(note, Faces):
        return card.back

    def tell(gap: Gap) -> Text:
        return (Bold(gap.inside),) if gap.number == card.ordinal else gap.inside

    return each_gap(note.content, tell)


# ---------------------------------------------------------------------------- cards of gaps

Spots = list[tuple[int, Text]]  # texts with a gap, and which of their block's texts they are


def _gap_cards(fact: str, content: Content) -> Iterator[Card]:
    """Yield a card for each number; what is not asked for is filled in once for all of them."""
    asked: dict[int, list[Gap]] = {}
    spots: dict[int, dict[int, Spots]] = {}  # by number and by block
    for at, block in enumerate(content):
        for spot, text in enumerate(texts((block,))):
            for gap in gaps(text):
                asked.setdefault(gap.number, []).append(gap)
                spots.setdefault(gap.number, {}).setdefault(at, []).append((spot, text))
    back = without_gaps(content)
    for number in sorted(asked):
        front = list(back)
        for at, found in spots[number].items():
            front[at] = _asking(number, found, back[at])
        answer = " ".join(plain(gap.inside) for gap in asked[number])
        yield Card(fact, number, tuple(front), back, answer)


def _asking(number: int, spots: Spots, filled: Block) -> Block:
    """Return a block with the gaps of a number blank; all its gaps come filled in."""

    def ask(gap: Gap) -> Text:
        return words(blank(gap)) if gap.number == number else gap.inside

    match filled:
        case Items(items, ordered):
            last = spots[0][0] if ordered else len(items)  # what follows would give it away
            asking = list(items)
            for spot, text in spots:
                asking[spot] = map_gaps(text, ask)
            return Items(tuple(asking[: last + 1]), ordered)
        case Table(head, rows):
            lines = [head, *rows]
            for spot, text in spots:
                row, column = divmod(spot, len(head))
                lines[row] = (
                    *lines[row][:column],
                    map_gaps(text, ask),
                    *lines[row][column + 1 :],
                )
            return Table(lines[0], tuple(lines[1:]))
        case _:
            return Paragraph(map_gaps(spots[0][1], ask))
