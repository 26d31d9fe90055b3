"""The text file of a deck, and its package if there is one -> each row that differs."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping

from deckbuilder.briefly import quoted
from deckbuilder.lock import Key, Line, Lock
from deckbuilder.model import Deck
from deckbuilder.releases.html import words
from deckbuilder.releases.package import Package
from deckbuilder.releases.proof import Mismatch
from deckbuilder.writers.apkg import tsv
from deckbuilder.writers.apkg.notes import notes
from deckbuilder.writers.apkg.notetypes import deck_and_kind


def as_packed(file: str, data: bytes, deck: Deck, package: Package) -> Iterator[Mismatch]:
    """Yield each row of a text file that is not as the source and the package's guids give it.

    `deck`: with the numbers of the package.
    """
    yield from _twice(file, data)
    lines = {
        (note.fact, deck_and_kind(package.notetypes[note.notetype].name)[1]): Line(
            note.guid, note.id, "", note.mod
        )
        for note in package.notes
    }
    guids = {line.guid: fact for (fact, _), line in lines.items()}
    try:
        wanted, found = dict(_made(deck, lines)), dict(_rows(data))
    except KeyError:
        return  # a note is missing, which is told already
    for guid, row in wanted.items():
        fact = guids.get(_note(guid), "")
        if guid not in found:
            yield Mismatch(file, fact, f"It has no row {guid} of this fact.")
        elif row != found[guid]:
            yield Mismatch(file, fact, f"Its row {guid} is not as the source gives it.")
    for guid in found.keys() - wanted.keys():
        yield Mismatch(file, "", f"It has a row {quoted(guid)}, which the source does not give.")


def as_written(file: str, data: bytes, deck: Deck) -> Iterator[Mismatch]:
    """Yield each row of a text file that does not read as the source gives it.

    Guids and the numbers of gaps, which are in them, are known to the package alone: the rows of a
    fact may have any.
    """
    lines = {(note.fact, note.notetype): Line(note.fact, 0, "", 0) for note in notes(deck)}
    wanted, found = [*_made(deck, lines)], [*_rows(data)]
    missing = Counter(row for _, row in wanted) - Counter(row for _, row in found)
    others = Counter(row for _, row in found) - Counter(row for _, row in wanted)
    for guid, row in wanted:
        if missing[row]:
            missing[row] -= 1
            fact = _note(guid) if row != guid else ""  # else of the head
            yield Mismatch(file, fact, f"It lacks a row that the source gives: {_read(row)}.")
    for _, row in found:
        if others[row]:
            others[row] -= 1
            yield Mismatch(file, "", f"It has a row that the source does not give: {_read(row)}.")
    yield from _twice(file, data)


def _twice(file: str, data: bytes) -> Iterator[Mismatch]:
    """Yield each guid that several rows go by: Anki would keep but one of them."""
    for guid, often in Counter(guid for guid, _ in _rows(data)).items():
        if often > 1:
            yield Mismatch(file, "", f"More than one of its rows goes by the guid {quoted(guid)}.")


def _made(deck: Deck, lines: Mapping[Key, Line]) -> Iterator[tuple[str, str]]:
    """Yield the rows that a deck gives.

    Raises:
        KeyError: there is no line of a note.
    """
    made = io.BytesIO()
    tsv.write(deck, notes(deck), Lock(deck.id, lines), made)
    return _rows(made.getvalue())


def _rows(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the first cell of each line, and the others; of a line of the head, itself twice."""
    for line in filter(None, data.decode(errors="replace").split("\n")):
        guid, tab, row = line.partition("\t")
        yield guid, row if tab else guid


def _note(guid: str) -> str:
    """Return the guid of a row without the number of its card."""
    return guid.strip('"').rpartition("-")[0]


def _read(row: str) -> str:
    """Return front and back of a row in words."""
    cells = [cell.removeprefix('"').removesuffix('"') for cell in row.split("\t")[-2:]]
    return quoted(words(" – ".join(cells).replace('""', '"')))
