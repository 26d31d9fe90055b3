"""The facts of a deck and their lock -> `STEM.tsv`, for those who cannot take a package.

Anki reads the lines at its head: https://docs.ankiweb.net/importing/text-files.html. A row is a
card: its front and its back fit every note type of two fields. None is named, for each language
of Anki calls its own by other names, and rows of an unknown one would be left out. The guids are
not those of the package, whose notes are of other types.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from deckbuilder.cards import answers
from deckbuilder.context import context
from deckbuilder.lock import Lock
from deckbuilder.model import Deck, Fact, Gapped, Topic, study_order
from deckbuilder.writers.apkg.html import escape, render
from deckbuilder.writers.apkg.media import with_question
from deckbuilder.writers.apkg.notes import Note
from deckbuilder.writers.apkg.notetypes import FIELDS
from deckbuilder.writers.apkg.sides import sides

HEAD = """\
#separator:tab
#html:true
#guid column:1
#deck column:2
#tags column:3
"""


def write(deck: Deck, notes: Sequence[Note], lock: Lock) -> bytes:
    """Return the file: a line of guid, deck, tags, front and back for each card.

    Args:
        deck: what the notes were made of.
        notes: in the order they are learned.
        lock: has a line for every note.
    """
    topics = {topic.id: topic for topic in deck.topics}
    out = io.BytesIO()
    out.write(HEAD.encode())
    for fact, note in zip(study_order(deck), notes, strict=True):
        out.write("".join(_rows(deck, topics[fact.topic], fact, note, lock)).encode())
    return out.getvalue()


def _rows(deck: Deck, topic: Topic, fact: Fact, note: Note, lock: Lock) -> Iterator[str]:
    values = dict(zip(FIELDS[note.notetype], note.fields, strict=True))
    same = f"{_cell(deck.anki)}\t{_cell(' '.join(note.tags))}"
    more = f"<p>{values['Extra']}</p>" if fact.extra else ""
    more += f"<p>{values['Cite']}</p>" if fact.cite else ""
    cards = zip(note.ordinals, _cards(deck, topic, fact, values), strict=True)
    for ordinal, (title, asked, told) in cards:
        front = _front(fact, ordinal, f"<div><small>{title}</small></div>" * bool(title) + asked)
        if front:
            guid = f"{lock.lines[fact.id, note.notetype].guid}-{ordinal + 1}"
            yield f"{_cell(guid)}\t{same}\t{_cell(front)}\t{_cell(told + more)}\n"


def _cards(
    deck: Deck, topic: Topic, fact: Fact, values: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the title above each card, its front and its back, without a picture."""
    picture = with_question(fact.media)
    if isinstance(fact.parts.note, Gapped):
        made = sides(fact.parts.note.content, values["Text"].removesuffix(picture))
        title = values["Topic"]  # which gives no card of the note away
        if title and title == render(topic.title):
            yield from ((title, *card) for card in made)
        else:
            asked = answers(fact.parts.note.content).values()
            for answer, both in zip(asked, made, strict=True):
                yield (render(context(deck, topic, answer)), *both)
    else:
        for n in range(1, len(fact.parts.note.faces) + 1):
            front, back = values[f"Front {n}"], values[f"Back {n}"]
            yield values[f"Topic {n}"], front.removesuffix(picture), back.removesuffix(picture)


def _front(fact: Fact, ordinal: int, front: str) -> str:
    """Return what is asked, and a picture's words; "" if it asks about a sound."""
    media = fact.media
    if not media.front or (ordinal and not isinstance(fact.parts.note, Gapped)):
        return front
    return "" if media.audio else f"{front}<p>({escape(media.alt)})</p>"


def _cell(text: str) -> str:
    """Return a cell that no tab, line end or quotation mark in it can break."""
    return '"' + text.replace('"', '""') + '"'
