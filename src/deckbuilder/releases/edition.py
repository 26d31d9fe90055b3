"""A source, or a package -> an edition of a deck: what its facts say, in words to be compared.

Both are read by way of the notes that learners get, so that a source compares with a package.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from deckbuilder.content import texts, without_gaps
from deckbuilder.lock import Lock, line_of
from deckbuilder.model import Deck, on_sheet
from deckbuilder.numbering import known_numbers
from deckbuilder.releases.html import GAP, files_in, gaps, with_files, words
from deckbuilder.releases.html import without_gaps as filled
from deckbuilder.releases.package import Note, Package
from deckbuilder.slots import dataclass
from deckbuilder.text.raised import in_a_line
from deckbuilder.updates import as_told
from deckbuilder.writers.apkg.notes import notes
from deckbuilder.writers.apkg.notetypes import ASKED_AUDIO, FIELDS, deck_and_kind, note_types

NEXT = "</li><li>"
ON_PAPER = "on paper"

Layout = tuple[tuple[str, str, str], ...]  # of each template: its name, front and back


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact. `said`: its words, and what goes with them, by what they are.

    `cards`: what each of its cards asks for, from 1; `answers`: the same, but for a card that only
    asks the same the other way round. `content` is all that a learner's note of it holds, the
    numbers of gaps aside; `titles`: what stands above each of its cards; `numbered`: whether its
    gaps have the numbers by which learners know them.
    """

    id: str
    kind: str  # the note type's; "" for a fact that is on paper alone
    topic: str
    said: Mapping[str, str]
    cards: Mapping[int, str]
    answers: Mapping[int, str]
    content: frozenset[tuple[str, str]]
    titles: tuple[str, ...]
    guid: str = ""
    numbered: bool = False
    mod: int = 0
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """A deck at one moment. What only a source tells is empty where it came from a package.

    `looks`: how the cards of each note type are laid out, and their style sheet.
    """

    name: str
    deck: str
    version: str
    anki: str
    packed: bool
    entries: Mapping[str, Entry]
    looks: Mapping[str, tuple[Layout, str]]
    title: str = ""
    topics: Mapping[str, str] | None = None


# ---------------------------------------------------------------------------- a source


def edition_of_source(deck: Deck, name: str, lock: Lock | None = None) -> Edition:
    """Return the edition that a source would become; by its lock facts and gaps are known again."""
    lock = as_told(deck, lock) if lock else None
    deck, numbered = known_numbers(deck, lock) if lock else (deck, frozenset[str]())
    made = {note.fact: note for note in notes(deck)}
    entries, stated = {}, {fact.id for fact in on_sheet(deck)}
    for fact in deck.facts:
        note = made.get(fact.id)
        fields = dict(zip(FIELDS[note.notetype], note.fields, strict=True)) if note else {}
        known = line_of(lock, (fact.id, note.notetype), fact.was) if lock and note else None
        stating = texts(without_gaps(fact.parts.statement)) if fact.id in stated else ()
        printed = " ".join(map(in_a_line, stating))
        entries[fact.id] = Entry(
            id=fact.id,
            kind=note.notetype if note else "",
            topic=fact.topic,
            said=_said(fields, fact.tags if note else ())
            | ({ON_PAPER: " ".join(printed.split())} if printed else {}),
            cards=_cards(fields),
            answers=_answers(fields),
            content=_content(fields, note.tags if note else ()),
            titles=_titles(fields),
            guid=known[1].guid if known else "",
            numbered=fact.id in numbered,
            was=(*fact.was, *(known[1].was if known else ())),
        )
    return Edition(
        name=name,
        deck=deck.id,
        version=deck.version,
        anki=deck.anki,
        packed=False,
        entries=entries,
        looks={
            kind.kind: (tuple((t.name, t.front, t.back) for t in kind.templates), kind.css)
            for kind in note_types(deck, deck.id)
        },
        title=in_a_line(deck.title),
        topics={topic.id: in_a_line(topic.title) for topic in deck.topics},
    )


# ---------------------------------------------------------------------------- a package


def edition_of_package(package: Package, name: str) -> Edition:
    """Return the edition that a package holds; what it has retired is no part of it."""
    stamp = next(iter(package.stamps.values()), None)
    return Edition(
        name=name,
        deck=stamp.deck if stamp else "",
        version=stamp.version if stamp else "",
        anki=", ".join(sorted(package.decks)),
        packed=True,
        entries={
            note.fact: _packed(note, package.notetypes[note.notetype].name)
            for note in package.notes
            if not note.retired
        },
        looks={
            deck_and_kind(kind.name)[1]: (kind.layout, kind.css)
            for kind in package.notetypes.values()
        },
    )


def _packed(note: Note, notetype: str) -> Entry:
    deck, kind = deck_and_kind(notetype)
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
        titles=_titles(note.fields),
        guid=note.guid,
        numbered=True,
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
APART = ("tags", "Id", "Topic", "Topic 1", "Topic 2")
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
        "hints of gaps": " · ".join(words(hint) for hint in _hints(fields.get("Text", ""))),
        "ordered": "yes" * ("<ol>" in asked + fields.get("Back 1", "")),
        "typed": "yes" * _any(fields, "Typed"),
        "read aloud": "yes" * _any(fields, "Speak"),
        "tags": " ".join(sorted(tags)),
    }
    labels = SAID | ({} if _turned(fields) else SECOND)
    texts = {label: filled(fields.get(name, "")) for name, label in labels.items()}
    said = {label: words(text.replace(NEXT, f" ·{NEXT}")) for label, text in texts.items()}
    return {label: text for label, text in (said | besides).items() if text}


def _hints(text: str) -> Iterator[str]:
    """Yield the hints that stand in gaps."""
    for gap in GAP.finditer(text):
        if hint := gap[2].partition("::")[2]:
            yield hint


def _pictures(field: str) -> str:
    """Return what pictures show, and which they are: a name tells what is in a file."""
    return " ".join(f"{html.unescape(alt)} ({_file(name)})" for name, alt in IMAGE.findall(field))


def _sounds(field: str) -> str:
    return " ".join(map(_file, files_in(field)))


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


def _titles(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return what stands above each card."""
    if "Text" in fields:
        return (words(fields.get("Topic", "")),)
    return tuple(words(fields.get(f"Topic {n}", "")) for n in (1, 2) if fields.get(f"Front {n}"))


def _content(fields: Mapping[str, str], tags: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset([*_filled(fields), ("tags", " ".join(sorted(tags)))])


def _filled(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if value:
            yield name, GAP.sub(r"{{\2}}", value)


def differences(old: Entry, new: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each field of a note that holds something else, as HTML, and what.

    Not its tags, its id and the titles above its cards, and no file for having the deck's new name.
    """
    before, after = (
        {name: with_files(value, _file) for name, value in entry.content} for entry in (old, new)
    )
    names = [name for name in {**after, **before} if name not in APART]
    other = sorted(name for name in names if before.get(name, "") != after.get(name, ""))
    for name in [name for name in other if name in SAID] or other:
        yield f"{SAID.get(name, name)}, as HTML", before.get(name, ""), after.get(name, "")
