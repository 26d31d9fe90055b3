"""A source, or a package -> an edition of a deck: what its facts say, in words to be compared.

Both are read by way of the notes that learners get, so that a source compares with a package.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deckbuilder.content import plain_content, without_gaps
from deckbuilder.model import Deck, Fact, on_sheet
from deckbuilder.releases.html import GAP, gaps, words
from deckbuilder.releases.html import without_gaps as filled
from deckbuilder.releases.package import Note, Package
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import plain
from deckbuilder.writers.apkg.notes import notes
from deckbuilder.writers.apkg.notetypes import ASKED_AUDIO, FIELDS

NEXT = "</li><li>"
LONGEST = 400  # characters, of a stamp
STAMP = re.compile(r"([^\s<>]+) (\S+) · ([0-9a-f]{12})$")
ON_PAPER = "on paper"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact. `said`: its words, and what goes with them, by what they are.

    `cards`: what each of its cards asks for, from 1; `answers`: the same, but for a card that only
    asks the same the other way round. `content` is all that a learner's note of it holds, the
    numbers of gaps aside.
    """

    id: str
    kind: str  # the note type's; "" for a fact that is on paper alone
    topic: str
    said: Mapping[str, str]
    cards: Mapping[int, str]
    answers: Mapping[int, str]
    content: frozenset[tuple[str, str]]
    guid: str = ""
    mod: int = 0
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """A deck at one moment. What only a source tells is empty where it came from a package."""

    name: str
    version: str
    anki: str
    packed: bool
    entries: Mapping[str, Entry]
    title: str = ""
    topics: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a built file says it was built from. `source`: the beginning of its SHA-256."""

    deck: str
    version: str
    source: str


def stamp_in(text: str) -> Stamp | None:
    """Return the stamp at the end of a description or of keywords, if there is one."""
    found = STAMP.search(html.unescape(text[-LONGEST:]).strip())
    return Stamp(*found.groups()) if found else None


# ---------------------------------------------------------------------------- a source


def edition_of_source(deck: Deck, name: str) -> Edition:
    """Return the edition that a source would become."""
    made = {note.fact: note for note in notes(deck)}
    entries, stated = {}, {fact.id for fact in on_sheet(deck)}
    for fact in deck.facts:
        note = made.get(fact.id)
        fields = dict(zip(FIELDS[note.notetype], note.fields, strict=True)) if note else {}
        printed = plain_content(without_gaps(fact.parts.statement)) if fact.id in stated else ""
        entries[fact.id] = Entry(
            id=fact.id,
            kind=note.notetype if note else "",
            topic=fact.topic,
            said=_said(fields, fact.tags if note else ())
            | ({ON_PAPER: " ".join(printed.split())} if printed else {}),
            cards=_cards(fields),
            answers=_answers(fields),
            content=_content(fields, note.tags if note else ()),
            was=_was(deck, fact),
        )
    return Edition(
        name=name,
        version=deck.version,
        anki=deck.anki,
        packed=False,
        entries=entries,
        title=plain(deck.title),
        topics={topic.id: plain(topic.title) for topic in deck.topics},
    )


def _was(deck: Deck, fact: Fact) -> tuple[str, ...]:
    """Return the ids that a fact had before, as its source names them."""
    table: Any = deck.source.values
    for step in fact.at:
        table = table[step]
    given = table.get("was", ())
    return (given,) if isinstance(given, str) else tuple(given)


# ---------------------------------------------------------------------------- a package


def edition_of_package(package: Package, name: str) -> Edition:
    """Return the edition that a package holds; what it has retired is no part of it."""
    stamps = [stamp for text in package.decks.values() if (stamp := stamp_in(text))]
    return Edition(
        name=name,
        version=stamps[0].version if stamps else "",
        anki=", ".join(sorted(package.decks)),
        packed=True,
        entries={
            note.fact: _packed(note, package.notetypes[note.notetype].name)
            for note in package.notes
            if not note.retired
        },
    )


def _packed(note: Note, notetype: str) -> Entry:
    deck, _, kind = notetype.rpartition(": ")
    own = [tag for tag in note.tags if not tag.startswith(f"{deck}::")]
    topics = [tag.removeprefix(f"{deck}::") for tag in note.tags if tag not in own]
    return Entry(
        id=note.fact,
        kind=kind,
        topic=topics[0] if topics else "",
        said=_said(note.fields, own),
        cards=_cards(note.fields),
        answers=_answers(note.fields),
        content=_content(note.fields, note.tags),
        guid=note.guid,
        mod=note.mod,
    )


# ---------------------------------------------------------------------------- a note

SAID = {
    "Text": "text",
    "Front 1": "question",
    "Back 1": "answer",
    "Extra": "extra",
    "Hint": "hint",
    "Hint 1": "hint",
    "Cite": "cite",
}
IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)">')
SOUND = re.compile(r"\[sound:([^\]]*)\]")
SECOND = {"Front 2": "second question", "Back 2": "second answer"}


def _said(fields: Mapping[str, str], tags: Iterable[str]) -> dict[str, str]:
    """Return the words of a note; what only asks the same the other way round is left out."""
    asked = fields.get("Text", "") + fields.get("Front 1", "")
    besides = {
        "picture asked about": _pictures(asked),
        "sound asked about": _sounds(fields.get(ASKED_AUDIO, "")),
        "picture": _pictures(fields.get("Image", "")),
        "credit": words(fields.get("Image", "")),
        "sound": _sounds(fields.get("Audio", "")),
        "typed": "yes" * _any(fields, "Typed"),
        "read aloud": "yes" * _any(fields, "Speak"),
        "tags": " ".join(sorted(tags)),
    }
    labels = SAID | ({} if _turned(fields) else SECOND)
    texts = {label: filled(fields.get(name, "")) for name, label in labels.items()}
    said = {label: words(text.replace(NEXT, f" ·{NEXT}")) for label, text in texts.items()}
    return {label: text for label, text in (said | besides).items() if text}


def _pictures(field: str) -> str:
    """Return what pictures show, and which they are: a name tells what is in a file."""
    return " ".join(f"{html.unescape(alt)} ({_file(name)})" for name, alt in IMAGE.findall(field))


def _sounds(field: str) -> str:
    return " ".join(map(_file, SOUND.findall(field)))


def _file(name: str) -> str:
    """Return the name of a file without the deck's, which may well get another."""
    return name.rpartition("-")[2]


def _any(fields: Mapping[str, str], name: str) -> bool:
    return any(fields.get(field) for field in (name, f"{name} 1", f"{name} 2"))


def _turned(fields: Mapping[str, str]) -> bool:
    return words(fields.get("Front 1", "")).startswith(words(fields.get("Back 2", "")))


def _cards(fields: Mapping[str, str]) -> dict[int, str]:
    if "Text" in fields:
        return gaps(fields["Text"])
    backs = {number: words(fields.get(f"Back {number}", "")) for number in (1, 2)}
    return {number: text for number, text in backs.items() if text}


def _answers(fields: Mapping[str, str]) -> dict[int, str]:
    turned = "Text" not in fields and _turned(fields)
    return {number: text for number, text in _cards(fields).items() if not turned or number == 1}


def _content(fields: Mapping[str, str], tags: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset([*_filled(fields), ("tags", " ".join(sorted(tags)))])


def _filled(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if value:
            yield name, GAP.sub(r"{{\2}}", value)
