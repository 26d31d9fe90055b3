"""The facts of a deck -> its notes: the finished fields, tags and cards, as Anki will hold them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from json.encoder import encode_basestring_ascii as quoted
from typing import NamedTuple

from deckbuilder.cards import Card, answers, cards, to_be_typed, to_type
from deckbuilder.content import Content, plain_content
from deckbuilder.context import context
from deckbuilder.model import Deck, Fact, Gapped, Topic, study_order
from deckbuilder.text.keyboard import keyed
from deckbuilder.writers.apkg.html import escape, render, render_content
from deckbuilder.writers.apkg.media import fields, with_question
from deckbuilder.writers.apkg.notetypes import FACTS, FIELDS, GAPS
from deckbuilder.writers.apkg.speech import spoken

YES = "1"  # in a field that only has to be filled
SEPARATOR = "\x1f"  # Anki's own; no source holds it
LISTED = ", ".join


class Note(NamedTuple):
    """One fact as Anki stores it. `sort` is what its browser lists, `ordinals` count from 0.

    `joined`: its fields, a separator between any two; so they take half the memory.
    """

    fact: str
    notetype: str
    joined: str
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    sort: str

    @property
    def fields(self) -> list[str]:
        """The fields, in the order of the note type."""
        return self.joined.split(SEPARATOR)

    @property
    def digest(self) -> str:
        """Changes when, and only when, what learners have of this note changes."""
        fields, tags = LISTED(map(quoted, self.fields)), LISTED(map(quoted, self.tags))
        ordinals = LISTED(map(str, self.ordinals))
        # as `json.dumps` writes the four of them
        content = f"[{quoted(self.notetype)}, [{fields}], [{tags}], [{ordinals}]]"
        return hashlib.sha256(content.encode()).hexdigest()[:16]


def notes(deck: Deck) -> tuple[Note, ...]:
    """Return the notes of a deck, in the order they are learned."""
    topics = {topic.id: (topic, (f"{deck.id}::{topic.id}",)) for topic in deck.topics}
    return tuple([_note(deck, fact, *topics[fact.topic]) for fact in study_order(deck)])


def tombstone(deck: Deck, fact: str, kind: str) -> Note:
    """Return what takes the place of a note that is retired: Anki's Empty Cards then lists it."""
    first = "Text" if kind == GAPS else "Front 1"  # without a gap, or Empty Cards would not
    values = {first: escape(fact), "Id": escape(fact), "Retired": YES}
    return Note(fact, kind, _joined(kind, values), (f"{deck.id}::retired",), (), fact)


def listed(stone: Note) -> Note:
    """Return a tombstone with a blank card, by which Empty Cards finds it where there was no note.

    Without one it would stay there unseen, until Check Database gives it a card.
    """
    return stone._replace(ordinals=(0,))


def notetype(fact: Fact) -> str:
    """Return the note type of a fact's note."""
    return GAPS if isinstance(fact.parts.note, Gapped) else FACTS


def _note(deck: Deck, fact: Fact, topic: Topic, tags: tuple[str, ...]) -> Note:
    """Return the note of a fact; `tags` are those of its topic."""
    kind, note = notetype(fact), fact.parts.note
    if isinstance(note, Gapped):
        sort = plain_content(note.content)
        asked = answers(note.content)
        ordinals = tuple([number - 1 for number in asked])
        values = _of_gaps(deck, fact, topic, note.content, asked.values())
    else:
        sort = plain_content(note.faces[0].front)
        made = cards(fact)
        ordinals = (0, 1) if len(made) > 1 else (0,)
        values = _of_faces(deck, fact, topic, made)
    values |= fields(fact.media)
    values["Kind"], values["Id"] = fact.kind, fact.id
    if fact.extra:
        values["Extra"] = render(fact.extra)
    if fact.cite:
        values["Cite"] = render(fact.cite)
    return Note(
        fact=fact.id,
        notetype=kind,
        joined=_joined(kind, values),
        tags=tuple(sorted({*tags, *fact.tags})) if fact.tags else tags,
        ordinals=ordinals,
        sort=sort,
    )


def _of_gaps(
    deck: Deck, fact: Fact, topic: Topic, content: Content, asked: Iterable[str]
) -> dict[str, str]:
    """Return the fields that the *Gaps* type has for its cards."""
    return {
        "Text": render_content(content) + with_question(fact.media),
        "Topic": render(context(deck, topic, content, *asked)),
        "Hint": render(fact.hint),
        "Typed": YES if fact.typed else "",
        "Speak": spoken(content, deck.phrases) if fact.speak else "",
    }


def _of_faces(deck: Deck, fact: Fact, topic: Topic, made: Sequence[Card]) -> dict[str, str]:
    """Return the fields that the *Facts* type has for its cards."""
    values, typed = {"Hint 1": render(fact.hint)}, to_type(fact, made)
    for n, card in enumerate(made, 1):
        values[f"Front {n}"] = render_content(card.front)
        values[f"Back {n}"] = render_content(card.back)
        values[f"Topic {n}"] = render(context(deck, topic, card.front, card.answer))
        if card in typed:
            values[f"Typed {n}"] = escape(keyed(to_be_typed(fact, card)))
        if fact.speak:
            values[f"Speak {n}"] = spoken(card.front, deck.phrases)
    shown = with_question(fact.media)
    if shown:
        values["Front 1"] += shown
        if len(made) > 1:  # as in the template of its sound
            values["Back 2"] += shown
    return values


def _joined(kind: str, values: Mapping[str, str]) -> str:
    return SEPARATOR.join(map(values.get, FIELDS[kind], repeat("")))
