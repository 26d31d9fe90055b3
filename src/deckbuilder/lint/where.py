"""A card -> where the source has what it wants recalled, and each text that stands on it."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.content import Content, Items, Paragraph, Table
from deckbuilder.lint.seen import Seen
from deckbuilder.model import Face, Fact, Gapped
from deckbuilder.text.tree import Gap, Text, gaps, plain
from deckbuilder.toml import Path

Spot = tuple[Path, str]  # a value, and what of it is meant if that stands there letter by letter
Authored = tuple[Path, Text]


def recalled(seen: Seen, which: int = 0) -> Spot:
    """Return where one of a card's `answers` stands, with the braces that it may have there."""
    if seen.face is None:
        gap = seen.gaps[which]
        held = (at for at, text in authored(seen.fact) if any(g is gap for g in gaps(text)))
        return next(held, seen.at), _spelt(gap)
    answers = [at for at, _ in _back(seen.fact, seen.face)]
    return answers[which], f"{{{{{seen.recalled}}}}}"  # of a statement the answer is the gap


def back(seen: Seen) -> Path:
    """Return where the back of a card that asks a question stands."""
    key = seen.face.answers if seen.face else ""
    return (*seen.fact.at, key or seen.fact.kind)


def authored(fact: Fact) -> Iterator[Authored]:
    """Yield each text of its author's on the cards of a fact, with its path."""
    note = fact.parts.note
    if isinstance(note, Gapped):
        kind = (*fact.at, fact.kind)
        yield from _texts(note.content, kind, (*fact.at, note.key), (*fact.at, note.head))
        return
    for face in note.faces:
        asks = (*fact.at, face.asks or fact.kind)
        for block in face.front:
            if isinstance(block, Paragraph):  # items on a front are those of its back, mixed
                yield asks, block.text
        yield from _back(fact, face)


def _back(fact: Fact, face: Face) -> Iterator[Authored]:
    answers = (*fact.at, face.answers or fact.kind)
    return _texts(face.back, answers, answers, answers)


def _texts(content: Content, lead: Path, listed: Path, head: Path) -> Iterator[Authored]:
    """Yield the texts of a content: where its sentences stand, its items or rows, and its head."""
    for block in content:
        if isinstance(block, Paragraph):
            yield lead, block.text
        elif isinstance(block, Items):
            yield from (((*listed, n), item) for n, item in enumerate(block.items))
        elif isinstance(block, Table):
            yield from (((*head, n), text) for n, text in enumerate(block.head[1:]))
            for row, cells in enumerate(block.rows):
                yield from (((*listed, row, n), cell) for n, cell in enumerate(cells))


def _spelt(gap: Gap) -> str:
    """Return a gap as most authors write it."""
    number, hint = (f"c{gap.number}::" if gap.given else "", f"::{gap.hint}" if gap.hint else "")
    return f"{{{{{number}{plain(gap.inside)}{hint}}}}}"
