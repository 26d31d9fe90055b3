"""What must not have one id: decks that are built together, facts, topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from deckbuilder.model import Deck, Fact, Faulty, Topic
from deckbuilder.problems import Label, Problem
from deckbuilder.rule import Finding, rule
from deckbuilder.toml import Path


def decks_differ(decks: Iterable[Deck]) -> Iterator[Problem]:
    """Decks that are built together have ids of their own: one would replace the other."""
    first: dict[str, Deck] = {}
    for deck in decks:
        other = first.setdefault(deck.id, deck)
        if other is not deck:
            yield Problem(
                "duplicate-deck",
                f"{other.source.name} has the deck id `{deck.id}`, too",
                deck.source.place(("deck", "id")),
                "give this deck an id of its own: in Anki it would replace the other",
                label="given here, too",
                also=(Label(other.source.place(("deck", "id")), "first given here"),),
            )


@rule(
    "duplicate-id",
    "Two facts, or two topics, have the same id, or the same earlier one (`was`).",
    "A learner's history hangs on the id of a fact, and a tag on the id of a topic: "
    "the second would replace the first.",
    bad="""
[[topic.fact]]
id    = "rapallo"
cloze = "The Rapallo Agreement was signed in {{1922}}."

[[topic.fact]]
id    = "rapallo"
cloze = "Rapallo lies in {{Italy}}."
""",
    good="""
[[topic.fact]]
id    = "rapallo-year"
cloze = "The Rapallo Agreement was signed in {{1922}}."

[[topic.fact]]
id    = "rapallo-place"
cloze = "Rapallo lies in {{Italy}}."
""",
)
def ids_are_unique(deck: Deck) -> Iterator[Finding]:
    """Find the second fact, or topic, of one id, or that goes on as one of before."""
    cards, tag = "its cards, and their history, go", "its tag goes"
    facts: Sequence[Fact | Faulty] = deck.facts
    if deck.faulty:
        facts = sorted((*deck.facts, *deck.faulty), key=attrgetter("at"))
    found: tuple[tuple[Sequence[Fact | Faulty | Topic], str, str], ...]
    found = ((facts, "facts", cards), (deck.topics, "topics", tag))
    for rows, what, go in found:
        for name, at, first in _claimed_again((row.id, row.at) for row in rows):
            yield Finding(
                (*at, "id"),
                f"the id `{name}` is given twice",
                "choose another id for one of the two; keep the one that learners already have",
                "used again here",
                (((*first, "id"), "first used here"),),
            )
        for name, at, first in _claimed_again((name, row.at) for row in rows for name in row.was):
            yield Finding(
                (*at, "was"),
                f"two {what} say that they were `{name}`",
                f"{go} on in one: leave it there, and take it out of the other, which is new",
                "said again here",
                (((*first, "was"), "first said here"),),
            )


def _claimed_again(claims: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, Path, Path]]:
    """Yield each name that another row has already: it, where it is, and where it was first."""
    known: dict[str, Path] = {}
    for name, at in claims:
        first = known.setdefault(name, at)
        if first != at:
            yield name, at, first
