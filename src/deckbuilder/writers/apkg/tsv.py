"""The facts of a deck and their lock -> `STEM.tsv`, for those who cannot take a package.

Anki reads the lines at its head: https://docs.ankiweb.net/importing/text-files.html. The rows are
of its own note types, Basic and Cloze, for whoever takes a text has none of ours. So a fact asked
both ways is two rows, and their guids are not those of the package, whose notes are of other types.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.lock import Lock
from deckbuilder.model import Deck, Fact, Gapped, cards, study_order
from deckbuilder.writers.apkg.html import render, render_content
from deckbuilder.writers.apkg.notes import tags
from deckbuilder.writers.apkg.notetypes import FACTS, GAPS

HEAD = """\
#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:4
"""


def write(deck: Deck, lock: Lock) -> bytes:
    """Return the file: a line of guid, note type, deck, tags, front and back for each row."""
    rows = (row for fact in study_order(deck) for row in _rows(deck, fact, lock))
    return (HEAD + "".join("\t".join(map(_cell, row)) + "\n" for row in rows)).encode()


def _rows(deck: Deck, fact: Fact, lock: Lock) -> Iterator[tuple[str, ...]]:
    note, extra = fact.parts.note, render(fact.extra)
    labels = " ".join(tags(deck, fact))
    if isinstance(note, Gapped):
        guid = lock.lines[fact.id, GAPS].guid
        yield f"{guid}-t", "Cloze", deck.anki, labels, render_content(note.content), extra
        return
    guid = lock.lines[fact.id, FACTS].guid
    for card in cards(fact):
        front, back = render_content(card.front), render_content(card.back)
        back += f"<br><br>{extra}" if extra else ""
        yield f"{guid}-{card.ordinal}", "Basic", deck.anki, labels, front, back


def _cell(text: str) -> str:
    """Return a cell that no tab, line end or quotation mark in it can break."""
    return '"' + text.replace('"', '""') + '"'
