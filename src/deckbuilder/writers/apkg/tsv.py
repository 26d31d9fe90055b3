"""The facts of a deck and their lock -> `STEM.tsv`, for those who cannot take a package.

Anki reads the lines at its head: https://docs.ankiweb.net/importing/text-files.html. A row is a
card: its front and its back fit every note type of two fields. None is named, for each language
of Anki calls its own by other names, and rows of an unknown one would be left out. The guids are
not those of the package, whose notes are of other types.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from deckbuilder.cards import Card, recalls
from deckbuilder.context import context
from deckbuilder.lock import Lock
from deckbuilder.model import Deck, Fact, Gapped, Topic, study_order
from deckbuilder.writers.apkg.html import escape, render, render_content
from deckbuilder.writers.apkg.notes import tags
from deckbuilder.writers.apkg.notetypes import FACTS, GAPS
from deckbuilder.writers.apkg.sides import sides

HEAD = """\
#separator:tab
#html:true
#guid column:1
#deck column:2
#tags column:3
"""


def write(deck: Deck, lock: Lock) -> bytes:
    """Return the file: a line of guid, deck, tags, front and back for each card."""
    topics = {topic.id: topic for topic in deck.topics}
    out = io.BytesIO()
    out.write(HEAD.encode())
    for fact in study_order(deck):
        out.write("".join(_rows(deck, topics[fact.topic], fact, lock)).encode())
    return out.getvalue()


def _rows(deck: Deck, topic: Topic, fact: Fact, lock: Lock) -> Iterator[str]:
    note, more = fact.parts.note, _more(fact)
    shared = f"\t{_cell(deck.anki)}\t{_cell(' '.join(tags(deck, fact)))}\t"
    made: Iterable[tuple[str, str]]
    if isinstance(note, Gapped):
        kind, made = GAPS, sides(note.content)
    else:
        kind = FACTS
        made = [(render_content(face.front), render_content(face.back)) for face in note.faces]
    for card, (asked, told) in zip(recalls(fact), made, strict=True):
        front = _front(deck, topic, fact, card, asked)
        if front:
            guid = _cell(f"{lock.lines[fact.id, kind].guid}-{card.ordinal}")
            yield f"{guid}{shared}{_cell(front)}\t{_cell(told + more)}\n"


def _front(deck: Deck, topic: Topic, fact: Fact, card: Card, asked: str) -> str:
    """Return the title, what is asked, and a picture's words; "" if it asks about a sound."""
    title = render(context(deck, topic, card))
    front = f"<div><small>{title}</small></div>{asked}" if title else asked
    media = fact.media
    if not media.front or (card.ordinal > 1 and not isinstance(fact.parts.note, Gapped)):
        return front
    if media.audio:
        return ""
    return f"{front}<p>({escape(media.alt)})</p>"


def _more(fact: Fact) -> str:
    return "".join(f"<p>{render(text)}</p>" for text in (fact.extra, fact.cite) if text)


def _cell(text: str) -> str:
    """Return a cell that no tab, line end or quotation mark in it can break."""
    return '"' + text.replace('"', '""') + '"'
