"""The facts of a deck and their lock -> `STEM.tsv`, for those who cannot take a package.

Anki reads the lines at its head: https://docs.ankiweb.net/importing/text-files.html. A row is a
card: its front and its back fit every note type of two fields. None is named, for each language
of Anki calls its own by other names, and rows of an unknown one would be left out. The guids are
not those of the package, whose notes are of other types.
"""

from __future__ import annotations

from deckbuilder.cards import Card, answered, cards
from deckbuilder.context import context
from deckbuilder.lock import Lock
from deckbuilder.model import Deck, Fact, Gapped, Topic, study_order
from deckbuilder.writers.apkg.html import escape, render, render_content
from deckbuilder.writers.apkg.notes import tags
from deckbuilder.writers.apkg.notetypes import FACTS, GAPS

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
    rows = (
        (_guid(lock, fact, card), deck.anki, " ".join(tags(deck, fact)), front, _back(fact, card))
        for fact in study_order(deck)
        for card in cards(fact)
        if (front := _front(deck, topics[fact.topic], fact, card))
    )
    return (HEAD + "".join("\t".join(map(_cell, row)) + "\n" for row in rows)).encode()


def _guid(lock: Lock, fact: Fact, card: Card) -> str:
    kind = GAPS if isinstance(fact.parts.note, Gapped) else FACTS
    return f"{lock.lines[fact.id, kind].guid}-{card.ordinal}"


def _front(deck: Deck, topic: Topic, fact: Fact, card: Card) -> str:
    """Return the title, what is asked, and a picture's words; "" if it asks about a sound."""
    title = render(context(deck, topic, card))
    above = f"<div><small>{title}</small></div>" if title else ""
    front = above + render_content(card.front)
    media = fact.media
    if not media.front or (card.ordinal > 1 and not isinstance(fact.parts.note, Gapped)):
        return front
    if media.audio:
        return ""
    return f"{front}<p>({escape(media.alt)})</p>"


def _back(fact: Fact, card: Card) -> str:
    more = (f"<p>{render(text)}</p>" for text in (fact.extra, fact.cite) if text)
    return "".join((render_content(answered(fact, card)), *more))


def _cell(text: str) -> str:
    """Return a cell that no tab, line end or quotation mark in it can break."""
    return '"' + text.replace('"', '""') + '"'
