"""A source, its damaged lock and the package that learners have -> the lock, mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deckbuilder.briefly import some
from deckbuilder.content import gaps_in
from deckbuilder.lock import (
    NEWER,
    Lock,
    Rows,
    Saying,
    dated_back,
    format_lock,
    merge,
    of_another_deck,
    parse_lock,
    read_rows,
    time_in,
)
from deckbuilder.model import Deck, Gapped
from deckbuilder.problems import Obstacle
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import plain

AGAIN = "name the last released package with --from"
DRAFT_WITHOUT = "if none was ever released, `deckbuilder build` makes one (delete an empty one)"
DRAFT = "if none was ever released, delete the lock, and `deckbuilder build` makes a new one"


@dataclass(frozen=True, slots=True)
class Repair:
    """The bytes of the mended lock, a sentence for each decision; no bytes where something is left.

    `obstacles`: what the author has to decide first.
    """

    data: bytes
    decided: tuple[str, ...]
    obstacles: tuple[Obstacle, ...] = ()


def repair(deck: Deck, data: bytes, shipped: Shipped | None, out: Sequence[Lock] = ()) -> Repair:
    """Mend a lock.

    Args:
        deck: what the source says.
        data: the lock's bytes: with marks of a conflict, with lines missing, too old, or none.
        shipped: the package that was released last, if there is one.
        out: the locks of all that went out; what is again as it was then gets its date back.
    """
    rows = read_rows(data)
    if rows.newer:
        return Repair(b"", (), (Obstacle("the lock is of a newer format", NEWER),))
    if not rows.lines and shipped is None:
        hint = f"{AGAIN}; {DRAFT if data else DRAFT_WITHOUT}"
        return Repair(b"", (), (Obstacle("no line of the lock can be read", hint),))
    sold = shipped.lock if shipped else None
    found = merge(rows.lines, rows.base, sold, saying(deck))
    obstacles = [*found.disputes, *_unreadable(rows, shipped)]
    names, flaws = _names(deck, rows, sold)
    obstacles += flaws
    lock = Lock(deck.id, found.lines, names.get("born", ""), names.get("anki", ""), _forced(rows))
    lock, back = dated_back(lock, out)
    made = format_lock(lock)
    whole, problems = parse_lock(made, "lock", deck.id, deck.was)
    if whole is None:
        obstacles += [Obstacle(problem.message, AGAIN) for problem in problems]
    again = (f"`{name}`: as it was released, got that date back" for name in back)
    lost = (f"line {number} cannot be read: left out" for number in rows.lost)
    decided = (*found.decided, *again, *lost)
    return Repair(b"" if obstacles else made, decided, tuple(obstacles))


def saying(deck: Deck) -> Saying:
    """Return the ids in the source, the words of its gaps, and the numbers that it gives them."""
    held = {
        fact.id: [(gap, plain(gap.inside)) for gap in gaps_in(fact.parts.note.content)]
        for fact in deck.facts
        if isinstance(fact.parts.note, Gapped)
    }
    given = {
        fact: {gap.number: said for gap, said in gaps if gap.given} for fact, gaps in held.items()
    }
    words = {fact: {said for _, said in gaps} for fact, gaps in held.items()}
    facts = frozenset(fact.id for fact in deck.facts)
    return Saying(facts, frozenset(row.id for row in deck.retired), given, words)


def _unreadable(rows: Rows, shipped: Shipped | None) -> Iterator[Obstacle]:
    if rows.lost and shipped is None:
        named = some([*map(str, rows.lost)])
        draft = not any(line.since for _, line in rows.lines)
        hint = f"{AGAIN}; {DRAFT}" if draft else AGAIN
        yield Obstacle(f"what stood in line {named} of the lock is lost", hint)


def _forced(rows: Rows) -> int:
    """Return when all notes were made newer: what one side wants is not lost by the other."""
    return max((time_in(head) for head in rows.heads), default=0)


def _names(
    deck: Deck, rows: Rows, sold: Lock | None
) -> tuple[Mapping[str, str], Sequence[Obstacle]]:
    """Return what the first line has to say of the deck, and what is unclear of that."""
    heads: list[Mapping[str, Any]] = list(rows.heads)
    decks = {head["deck"] for head in heads} | ({sold.deck} if sold else set())
    strange = sorted(decks.difference(deck.ids))
    if strange:
        said = f"the lock belongs to the deck `{strange[0]}`"
        return {}, [Obstacle(said, of_another_deck(strange[0], deck.was))]
    born = {head.get("born") or head["deck"] for head in heads} - {deck.id}
    born |= {sold.born} if sold and sold.born else set()
    anki = {sold.anki} if sold else {head["anki"] for head in heads if head.get("anki")}
    flaws = [
        Obstacle(f"the deck has two {what}: " + " and ".join(sorted(names)), AGAIN)
        for what, names in (("first ids", born), ("names in Anki", anki))
        if len(names) > 1
    ]
    return {"born": max(born, default=""), "anki": max(anki, default="")}, flaws
