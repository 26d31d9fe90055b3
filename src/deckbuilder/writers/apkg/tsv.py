"""The facts of a deck and their lock -> `STEM.tsv`, for those who cannot take a package.

Anki reads the lines at its head: https://docs.ankiweb.net/importing/text-files.html. A row is a
card: its front and its back fit every note type of two fields. None is named, for each language
of Anki calls its own by other names, and rows of an unknown one would be left out. The guids are
not those of the package, whose notes are of other types.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from deckbuilder.cards import answers, asked_about, hint_to
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
AT = {kind: {name: n for n, name in enumerate(names)} for kind, names in FIELDS.items()}


def write(deck: Deck, notes: Sequence[Note], lock: Lock, out: BinaryIO) -> None:
    """Write the file: a line of guid, deck, tags, front and back for each card.

    Args:
        deck: what the notes were made of.
        notes: in the order they are learned.
        lock: has a line for every note.
        out: the file, empty.
    """
    topics = {topic.id: topic for topic in deck.topics}
    out.write(HEAD.encode())
    name = _cell(deck.anki)
    for fact, note in zip(study_order(deck), notes, strict=True):
        guid = lock.lines[fact.id, note.notetype].guid
        same = f"{name}\t{_cell(' '.join(note.tags))}"
        rows = _rows(fact, note, guid, same, _cards(deck, topics[fact.topic], fact, note))
        out.write("".join(rows).encode())


Sides = tuple[str, str, str]  # the title above a card, its front and its back, without a picture


def _rows(fact: Fact, note: Note, guid: str, same: str, cards: Iterator[Sides]) -> Iterator[str]:
    """Yield the lines of a fact; `same` is what all of them have between guid and front."""
    fields, at = note.fields, AT[note.notetype]
    more = f"<p>{fields[at['Extra']]}</p>" if fact.extra else ""
    more += f"<p>{fields[at['Cite']]}</p>" if fact.cite else ""
    for ordinal, (title, asked, told) in zip(note.ordinals, cards, strict=True):
        above = f"<div><small>{title}</small></div>" if title else ""
        front = _front(fact, ordinal, above + asked)
        if front:
            own = _cell(f"{guid}-{ordinal + 1}")
            yield f"{own}\t{same}\t{_cell(front)}\t{_cell(told + more)}\n"


def _cards(deck: Deck, topic: Topic, fact: Fact, note: Note) -> Iterator[Sides]:
    """Yield what each card shows, of the fields of its note."""
    picture, fields, at = with_question(fact.media), note.fields, AT[note.notetype]
    if isinstance(fact.parts.note, Gapped):
        made = sides(fact.parts.note.content, fields[at["Text"]].removesuffix(picture))
        title = fields[at["Topic"]]  # which gives no card of the note away
        if title and title == render(topic.title):
            yield from ((title, *card) for card in made)
        else:
            asked = answers(fact.parts.note.content).values()
            for answer, both in zip(asked, made, strict=True):
                yield (render(context(deck, topic, fact.parts.note.content, answer)), *both)
    else:
        for n in range(1, len(fact.parts.note.faces) + 1):
            front, back = fields[at[f"Front {n}"]], fields[at[f"Back {n}"]]
            yield fields[at[f"Topic {n}"]], front.removesuffix(picture), back.removesuffix(picture)


def _front(fact: Fact, ordinal: int, front: str) -> str:
    """Return what is asked, the hint to it and a picture's words; "" if it can only be heard."""
    media, hint = asked_about(fact, ordinal + 1), hint_to(fact, ordinal + 1)
    if media.heard:
        return ""
    helps = render(hint), escape(media.alt) if media.image else ""
    return front + "".join([f"<p>({words})</p>" for words in helps if words])


def _cell(text: str) -> str:
    """Return a cell that no tab, line end or quotation mark in it can break."""
    return '"' + text.replace('"', '""') + '"'
