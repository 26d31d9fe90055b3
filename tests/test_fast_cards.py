"""The fast roads of the deck: each makes the same as the plain one that is told here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import nasty
import pytest
from conftest import ROOT, SMALL

from deckbuilder.cards import Card, cards
from deckbuilder.content import Block, Items, each_gap, gap_numbers, texts, without_gaps
from deckbuilder.model import Deck, Fact, Gapped
from deckbuilder.read import read, read_bytes
from deckbuilder.text.tree import blank, gaps, plain, words

SAMPLES = sorted(path.stem for path in (ROOT / "tests" / "samples").glob("*.toml"))
LINKED = """
[[topic.fact]]
id = "gap-in-a-gap"
cloze = "{{See [a {{b}} c](https://x.org)}} and {{c2::d::*e* & {f}}}, {{c2::`g`}}."

[[topic.fact]]
id = "the-same-number-twice"
list = "Which?"
items = [{text = "a", n = 2}, "b", {text = "c", n = 2}, "d"]
ordered = true
"""


@pytest.fixture(params=["relations", "linked", *SAMPLES, 1, 2, 3, 4, 5, 6])
def deck(request: pytest.FixtureRequest) -> Deck:
    """A deck: of people, of samples, or drawn by lot."""
    if request.param == "linked":
        made, problems = read_bytes((SMALL + LINKED).encode(), "linked.toml")
    elif isinstance(request.param, int):
        source = nasty.source(request.param, 150, typed=request.param % 2 == 0)
        made, problems = read_bytes(source.toml(), "nasty.toml")
    else:
        folder = "source" if request.param == "relations" else "tests/samples"
        made, problems = read(ROOT / folder / f"{request.param}.toml")
    assert made, problems
    return made


def plain_cards(fact: Fact, note: Gapped) -> Iterator[Card]:
    """Yield the cards of a fact with gaps, each worked out by itself."""
    for number in gap_numbers(note.content):
        front = each_gap(
            tuple(without_later(block, number) for block in note.content),
            lambda gap: words(blank(gap)) if gap.number == number else gap.inside,  # noqa: B023
        )
        asked = [gap for text in texts(note.content) for gap in gaps(text) if gap.number == number]
        answer = " ".join(plain(gap.inside) for gap in asked)
        yield Card(fact.id, number, front, without_gaps(note.content), answer)


def without_later(block: Block, number: int) -> Block:
    """Cut an ordered list behind the item that is asked for."""
    if isinstance(block, Items) and block.ordered:
        for n, item in enumerate(block.items, 1):
            if any(gap.number == number for gap in gaps(item)):
                return replace(block, items=block.items[:n])
    return block


def test_all_cards_of_a_fact_are_those_made_one_by_one(deck: Deck) -> None:
    """What is filled in once for all cards is what each would fill in."""
    for fact in deck.facts:
        if isinstance(fact.parts.note, Gapped):
            assert cards(fact) == tuple(plain_cards(fact, fact.parts.note))


def test_cards_share_what_they_do_not_ask_for() -> None:
    """A list of 499 items has no 499 copies of each item."""
    items = "".join(f'"item {n}", ' for n in range(499))
    text = f'{SMALL}\n[[topic.fact]]\nid = "long"\nlist = "Which?"\nitems = [{items}]\n'
    deck, problems = read_bytes(text.encode(), "long.toml")
    assert deck, problems
    made = cards(deck.facts[-1])
    found: set[int] = set()
    for card in made:
        found |= {id(text) for text in texts((*card.front, *card.back))}
    assert (len(made), len(found)) == (499, 1 + 499 + 499)  # each item filled in, and blank
