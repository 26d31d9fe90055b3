"""What must hold in a deck before anything is written: rules, each a function, in `RULES`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

from deckbuilder.model import Deck, Faces, Fact, plain_content, texts
from deckbuilder.problems import Problem, did_you_mean, in_order
from deckbuilder.text.tree import gaps, plain, same_words
from deckbuilder.toml import Path


def check(deck: Deck) -> tuple[Problem, ...]:
    """Return what is wrong with a deck that was read without an error."""
    return in_order(problem for rule in RULES for problem in rule(deck))


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
            )


def ids_are_unique(deck: Deck) -> Iterator[Problem]:
    """Learners' history hangs on a fact's id, tags on a topic's."""
    for rows in (deck.facts, deck.topics):
        first: dict[str, Path] = {}
        for row in rows:
            at = first.setdefault(row.id, row.at)
            if at != row.at:
                yield Problem(
                    "duplicate-id",
                    f"the id `{row.id}` is given twice",
                    deck.source.place((*row.at, "id")),
                    f"first given at {deck.source.place((*at, 'id'))}; choose another here",
                )


def statements_hold_answers(deck: Deck) -> Iterator[Problem]:
    """What the sheet says of a fact and what its cards ask may not drift apart."""
    for fact in deck.facts:
        said = _said(fact)
        missing = next((answer for answer in _answers(fact) if not _held(answer, said)), "")
        if same_words(missing):
            yield Problem(
                "statement-disagrees",
                f"the statement does not hold the answer `{missing}`",
                deck.source.place((*fact.at, "statement")),
                "use the answer's own words in the statement, or make it the statement's gap",
            )


def _said(fact: Fact) -> list[str]:
    """Return what print says of a fact: its statement, its date, and each gap by itself."""
    statement, when = fact.parts.statement, fact.parts.when
    alone = [plain(gap.inside) for text in texts(statement) for gap in gaps(text)]
    return [plain_content(statement), when.text if when else "", *alone]


def _held(answer: str, said: list[str]) -> bool:
    """Tell whether something said holds the answer: letter by letter, or word by word."""
    words = same_words(answer)
    return any(answer in part or f" {words} " in f" {same_words(part)} " for part in said)


def _answers(fact: Fact) -> list[str]:
    """Return what has to be recalled, asked forward: backward, the answer is the question."""
    note = fact.parts.note
    if isinstance(note, Faces):
        return [plain_content(note.faces[0].back)]
    return [plain(gap.inside) for text in texts(note.content) for gap in gaps(text)]


def sheet_names_printed_facts(deck: Deck) -> Iterator[Problem]:
    """The closing questions are of facts that exist and are printed."""
    facts = {fact.id: fact for fact in deck.facts}
    for index, name in enumerate(deck.check):
        place = deck.source.place(("sheet", "check", index))
        if name not in facts:
            yield Problem(
                "unknown-fact", f"no fact has the id `{name}`", place, did_you_mean(name, facts)
            )
        elif facts[name].number is None:
            yield Problem(
                "unknown-fact",
                f"`{name}` is left out of the sheet",
                place,
                'take it out here, or the fact\'s `only = "deck"`',
            )


def periods_run_forward(deck: Deck) -> Iterator[Problem]:
    """A band of the timeline ends after it begins."""
    for period in deck.periods:
        if period.end.end <= period.start.start:
            yield Problem(
                "period-order",
                f"the period ends ({period.end.text}) before it begins ({period.start.text})",
                deck.source.place((*period.at, "to")),
                "exchange `from` and `to`",
            )


def anki_keeps_the_names(deck: Deck) -> Iterator[Problem]:
    """Anki would change some deck names, and takes some file names for a whole collection."""
    parts = deck.anki.split("::")
    if deck.anki.casefold() == "default" or any(
        part != part.strip().strip(":") or not part for part in parts
    ):
        yield Problem(
            "deck-name",
            f"Anki would not keep the deck name `{deck.anki}`",
            deck.source.place(("deck", "anki")),
            "write the parts without spaces around `::`, none empty, and not `Default`",
        )
    stem = PurePath(deck.file).stem
    if re.fullmatch(r"collection|backup-.*", stem, re.IGNORECASE):
        yield Problem(
            "file-name",
            f"`{stem}.apkg` would make Anki offer to replace the learner's whole collection",
            deck.source.place(()),
            "give the source another file name",
        )


RULES: tuple[Callable[[Deck], Iterable[Problem]], ...] = (
    ids_are_unique,
    statements_hold_answers,
    sheet_names_printed_facts,
    periods_run_forward,
    anki_keeps_the_names,
)
