"""A deck and its number of pages -> its figures, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from statistics import median

from deckbuilder.cards import asks_back, cards
from deckbuilder.model import Deck, in_deck
from deckbuilder.reports.document import as_json
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import plain

ONLY = {"deck": "only in the deck", "sheet": "only on the sheet", "asked": "only asked"}


@dataclass(frozen=True, slots=True)
class Answers:
    """How long the answers of the cards are, in characters; `fact` has the longest."""

    median: float
    longest: int
    fact: str


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of one source. `cards` and `answers` are the deck's, `pages` the sheet's.

    `both_ways`: facts that are asked the other way round as well; `cited`: facts that say where
    they come from; `references`: how many such places there are.
    """

    file: str
    deck: str
    title: str
    version: str
    facts: int
    kinds: Mapping[str, int]
    only: Mapping[str, int]
    both_ways: int
    cited: int
    references: int
    topics: int
    cards: int
    cards_per_fact: float
    answers: Answers
    pages: int


def figures(deck: Deck, pages: int) -> Stats:
    """Return the figures of a deck whose sheet has so many pages."""
    learned = in_deck(deck)
    made = [card for fact in learned for card in cards(fact)]
    longest = max(made, key=lambda card: len(card.answer), default=None)
    return Stats(
        file=deck.source.name,
        deck=deck.id,
        title=plain(deck.title),
        version=deck.version,
        facts=len(deck.facts),
        kinds=dict(Counter(fact.kind for fact in deck.facts).most_common()),
        only={where: sum(fact.only == where for fact in deck.facts) for where in ONLY},
        both_ways=sum(map(asks_back, learned)),
        cited=sum(bool(fact.cite) for fact in deck.facts),
        references=len({fact.cite for fact in deck.facts if fact.cite}),
        topics=len(deck.topics),
        cards=len(made),
        cards_per_fact=round(len(made) / (len(learned) or 1), 2),
        answers=Answers(
            median=median([len(card.answer) for card in made] or [0]),
            longest=len(longest.answer) if longest else 0,
            fact=longest.fact if longest else "",
        ),
        pages=pages,
    )


def to_json(found: Iterable[Stats]) -> str:
    """Return the figures of sources as one document."""
    return as_json({"sources": [asdict(stats) for stats in found]})


def to_text(stats: Stats) -> list[str]:
    """Return the lines of a source's table: what, how many, and more about it."""
    rows = list(_rows(stats))
    wide = max(len(f"{number:,}") for _, number, _ in rows)
    return [
        f"{stats.file}: {stats.title}, version {stats.version}",
        *(f"  {what:<9}  {number:>{wide},}  {more}".rstrip() for what, number, more in rows),
    ]


def _rows(stats: Stats) -> Iterator[tuple[str, int, str]]:
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in stats.kinds.items())
    yield "facts", stats.facts, kinds
    yield "cards", stats.cards, f"{stats.cards_per_fact:g} a fact"
    share = round(100 * stats.both_ways / (stats.facts or 1))
    yield "both ways", stats.both_ways, f"facts ({share} %) are asked the other way round as well"
    if any(stats.only.values()):
        yield (
            "left out",
            sum(stats.only.values()),
            ", ".join(
                f"{number:,} {ONLY[where]}" for where, number in stats.only.items() if number
            ),
        )
    yield "cited", stats.cited, f"facts say where they come from: {stats.references:,} sources"
    yield "topics", stats.topics, ""
    yield "pages", stats.pages, "of the sheet"
    yield "answer", round(stats.answers.median), "characters: the median of all answers"
    yield "longest", stats.answers.longest, f"characters: {stats.answers.fact}"
