"""A deck, its notes and their lock -> the bytes of an `.apkg`. The only module that knows genanki.

genanki writes one time for all notes, ids from the clock, a stored and dated zip by way of a leaked
temporary file, and cards by rules that are not Anki's; these small subclasses hand it our own.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deckbuilder.later import loaded_later
from deckbuilder.lock import Line, Lock, stable_id
from deckbuilder.model import Deck, in_deck
from deckbuilder.writers.apkg.html import escape, render
from deckbuilder.writers.apkg.notes import Note
from deckbuilder.writers.apkg.notetypes import FACTS, NoteType, note_types

# for what we never ask of genanki; they take twice as long to load as all else here
with loaded_later("asyncio", "chevron", "yaml"):
    import genanki
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

SQLITE_MADE_BY = (
    3_040_000  # the release number our files claim: SQLite writes its own, which varies
)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold
COMPRESSION = 6
CHUNK = 200  # rows that are read at once
# the columns that are the same of all are no values to be bound
NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"


def write(deck: Deck, notes: Sequence[Note], lock: Lock, stamp: str) -> bytes:
    """Return the package.

    Args:
        deck: what the notes were made of.
        notes: in the order they are learned.
        lock: has a line for every note and note type.
        stamp: names this build, in the deck's description.
    """
    types = {
        nt.kind: _Model(nt, lock.lines["", nt.kind].mod) for nt in note_types(deck, lock.origin)
    }
    made = _Deck(stable_id("deck", deck.id), deck.anki, _description(deck, notes, stamp))
    for model in types.values():
        made.add_model(model)
    made.rows = [
        (note, lock.lines[note.fact, note.notetype], types[note.notetype].model_id)
        for note in notes
    ]
    return _zip({"collection.anki2": _Package(made).to_bytes(), **_media(deck)})


def _media(deck: Deck) -> dict[str, bytes]:
    """Return the pictures and sounds of the notes as members of a package, and their list."""
    given = {
        asset.name: asset.data
        for fact in in_deck(deck)
        for asset in (fact.media.image, fact.media.audio)
        if asset
    }
    names = sorted(given)
    listed = json.dumps({str(number): name for number, name in enumerate(names)})
    return {"media": listed.encode()} | {str(n): given[name] for n, name in enumerate(names)}


def _description(deck: Deck, notes: Sequence[Note], stamp: str) -> str:
    """Return the words that Anki shows above the deck's counts."""
    say = deck.phrases
    cards = sum(len(note.ordinals) for note in notes)
    about = [
        say.counts.format(facts=len(in_deck(deck)), cards=cards),
        f"{say.version} {deck.version}",
        *([f"{say.licence} {deck.licence}"] * bool(deck.licence)),
    ]
    parts = [
        render(deck.summary),
        " · ".join(escape(words) for words in about),
        escape(say.update),
        escape(stamp),
    ]
    return "<br><br>".join(part for part in parts if part)


class _Model(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A note type with its own time, and the id by which Anki knows it again under another name."""

    def __init__(self, notetype: NoteType, mod: int) -> None:
        super().__init__(
            notetype.id,
            notetype.name,
            notetype.field_dicts(),
            notetype.template_dicts(),
            notetype.css,
            self.FRONT_BACK if notetype.kind == FACTS else self.CLOZE,
        )
        self.mod = mod

    _req = ()  # only clients before 2.1.28 read it, and genanki works it out wrongly

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        made: dict[str, Any] = super().to_json(self.mod, deck_id)
        return made | {"originalId": self.model_id}


class _Deck(genanki.Deck):  # type: ignore[misc]
    """A deck whose notes are written in two statements, with the ids and times of the lock."""

    rows: Sequence[tuple[Note, Line, int]] = ()  # of each note: its line of the lock, and its type

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: object) -> None:
        # the deck and its note types: genanki knows of no notes
        super().write_to_db(cursor, timestamp, id_gen)
        cursor.executemany(NOTE, map(_note_row, self.rows))
        cursor.executemany(CARD, self._cards())

    def _cards(self) -> Iterator[tuple[int, ...]]:
        own = self.deck_id
        for due, (note, line, _) in enumerate(self.rows, 1):
            for ordinal in note.ordinals:
                yield line.note + ordinal, line.note, own, ordinal, line.mod, due


def _note_row(row: tuple[Note, Line, int]) -> tuple[int | str, ...]:
    note, line, model = row
    tags, fields = f" {' '.join(note.tags)} ", "\x1f".join(note.fields)
    return line.note, line.guid, model, line.mod, tags, fields, note.sort


class _Package(genanki.Package):  # type: ignore[misc]
    """A package that is made in memory, the same for the same content."""

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: object) -> None:
        tables, index, more = APKG_SCHEMA.partition("CREATE INDEX")
        cursor.executescript(tables + APKG_COL)
        for deck in self.decks:
            deck.write_to_db(cursor, timestamp, id_gen)
        cursor.executescript(index + more)  # once there are rows: it is quicker than row by row

    def to_bytes(self) -> bytearray:
        """Return the database."""
        connection = sqlite3.connect(":memory:")
        try:
            self.write_to_db(connection.cursor(), 0, iter(()))
            connection.commit()
            connection.execute("VACUUM")
            made = connection.serialize()
        finally:
            connection.close()
        data = bytearray(made)
        data[24:28] = data[92:96] = (1).to_bytes(4, "big")  # the count of changes, twice
        data[96:100] = SQLITE_MADE_BY.to_bytes(4, "big")
        return data


def _zip(files: Mapping[str, bytes | bytearray]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            # pictures and sounds are compressed already
            entry.compress_type = zipfile.ZIP_STORED if name.isdigit() else zipfile.ZIP_DEFLATED
            package.writestr(entry, data, compresslevel=COMPRESSION)
    return out.getvalue()


def content_digest(package: bytes) -> str:
    """Return a digest of what a package says: equal whatever SQLite, zlib and Pillow made it."""
    connection = sqlite3.connect(":memory:")
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as files:
            connection.deserialize(files.read("collection.anki2"))
            digest.update(files.read("media"))  # each name holds the digest of its file
        for query in (
            "SELECT models, decks FROM col",
            "SELECT * FROM notes ORDER BY id",
            "SELECT * FROM cards ORDER BY id",
        ):
            found = connection.execute(query)
            while rows := found.fetchmany(CHUNK):
                digest.update(_json_lines(rows).encode())
    finally:
        connection.close()
    return digest.hexdigest()


def _json_lines(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as JSON, each on a line of its own."""
    text = json.dumps(rows)  # all at once: most of the time goes into the beginning of each
    if text.count("], [") == len(rows) - 1:  # and so in no value
        return text[1:-1].replace("], [", "]\n[") + "\n"
    return "".join(f"{json.dumps(row)}\n" for row in rows)
