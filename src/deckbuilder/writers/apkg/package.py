"""A deck, its notes and their lock -> an `.apkg` in a file. The only module that knows genanki.

genanki writes one time for all notes, ids from the clock, a stored and dated zip by way of a leaked
temporary file, and cards by rules that are not Anki's; these small subclasses hand it our own.
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from deckbuilder.later import loaded_later
from deckbuilder.lock import Line, Lock, stable_id
from deckbuilder.model import Deck, in_deck
from deckbuilder.phrases import counted
from deckbuilder.writers.apkg.digest import CardRow, Digest, NoteRow
from deckbuilder.writers.apkg.html import escape, render
from deckbuilder.writers.apkg.notes import Note
from deckbuilder.writers.apkg.notetypes import FACTS, NoteType, note_types

# for what we never ask of genanki; they take twice as long to load as all else here
with loaded_later("asyncio", "chevron", "yaml"):
    import genanki
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

# numbers in the header of the database: how often it was changed, twice, and by which release of
# SQLite, which writes its own (https://sqlite.org/fileformat.html, 1.3)
SAME = ((24, 1), (92, 1), (96, 3_040_000))
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold
CHUNK = 200  # rows that are written at once
# the columns that are the same of all are no values to be bound
NOTE = """
INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, CAST(? AS TEXT), CAST(? AS TEXT), 0, 0, '')
"""
CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"
# nothing to go back to, nobody to wait for, nothing that has to outlast a crash
SETTINGS = """\
PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
"""

Row = TypeVar("Row")


def write(
    deck: Deck, notes: Sequence[Note], lock: Lock, stamp: str, scratch: Path, out: BinaryIO
) -> str:
    """Write the package; return the digest of what it says, as `digest.content_digest` finds it.

    Args:
        deck: what the notes were made of.
        notes: in the order they are learned.
        lock: has a line for every note and note type.
        stamp: names this build, in the deck's description.
        scratch: a file to make the database in: in memory, that of 100,000 facts takes 60 MB,
            twice while it is copied from there.
        out: the file, empty.

    Raises:
        OSError: a file cannot be written.
    """
    types = {
        nt.kind: _Model(nt, lock.lines["", nt.kind].mod) for nt in note_types(deck, lock.origin)
    }
    made = _Deck(stable_id("deck", deck.id), deck.anki, _description(deck, notes, stamp))
    for model in types.values():
        made.add_model(model)
    made.rows = _by_id(notes, lock, types)
    media = _media(deck)
    made.digest = Digest(media["media"])
    _Package(made).into(scratch)
    _zip(scratch, media, out)
    scratch.unlink()
    return made.digest.hexdigest()


def _by_id(notes: Sequence[Note], lock: Lock, types: Mapping[str, _Model]) -> list[_Row]:
    """Return the notes in SQLite's order: written in it, the tables take two thirds of the time."""
    rows = [
        (lock.lines[note.fact, note.notetype], types[note.notetype].model_id, due, note)
        for due, note in enumerate(notes, 1)
    ]
    rows.sort(key=lambda row: row[0].note)
    return rows


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
        counted(say, len(in_deck(deck)), cards),
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


# a note, with its line of the lock, its note type, and its turn to be learned
_Row = tuple[Line, int, int, Note]


class _Deck(genanki.Deck):  # type: ignore[misc]
    """A deck whose notes are written in two statements, with the ids and times of the lock."""

    rows: Sequence[_Row] = ()
    digest: Digest

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: object) -> None:
        # the deck and its note types: genanki knows of no notes
        super().write_to_db(cursor, timestamp, id_gen)
        self.digest.types(cursor)
        for notes in _chunks(map(_note_row, self.rows)):
            # a text that is handed over keeps its bytes, too, for as long as it lives
            rows = [(*row, fields.encode(), sort.encode()) for *row, fields, sort in notes]
            cursor.executemany(NOTE, rows)
            self.digest.notes(notes, cursor)
        for cards in _chunks(self._cards()):
            cursor.executemany(CARD, cards)
            self.digest.cards(cards)

    def _cards(self) -> Iterator[CardRow]:
        own = self.deck_id
        for line, _, due, note in self.rows:
            for ordinal in note.ordinals:
                yield line.note + ordinal, line.note, own, ordinal, line.mod, due


def _note_row(row: _Row) -> NoteRow:
    line, model, _, note = row
    tags = f" {' '.join(note.tags)} "
    return line.note, line.guid, model, line.mod, tags, note.joined, note.sort


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


class _Package(genanki.Package):  # type: ignore[misc]
    """A package whose database is the same for the same content."""

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: object) -> None:
        tables, index, more = APKG_SCHEMA.partition("CREATE INDEX")
        cursor.executescript(tables + APKG_COL)
        for deck in self.decks:
            deck.write_to_db(cursor, timestamp, id_gen)
        cursor.executescript(index + more)  # once there are rows: it is quicker than row by row

    def into(self, database: Path) -> None:
        """Write the database into a file, anew if one is there."""
        database.unlink(missing_ok=True)  # of a process that died meanwhile
        try:
            with contextlib.closing(sqlite3.connect(database)) as connection:
                connection.executescript(SETTINGS)
                self.write_to_db(connection.cursor(), 0, iter(()))
                connection.commit()
        except sqlite3.OperationalError as fault:  # as SQLite calls those of the disk
            raise OSError(errno.EIO, str(fault), str(database)) from fault
        with database.open("r+b") as file:
            for at, number in SAME:
                file.seek(at)
                file.write(number.to_bytes(4, "big"))


def _zip(database: Path, media: Mapping[str, bytes], out: BinaryIO) -> None:
    with zipfile.ZipFile(out, "w") as package:
        entry = _entry("collection.anki2")
        entry.file_size = database.stat().st_size
        with database.open("rb") as file, package.open(entry, "w") as into:
            shutil.copyfileobj(file, into)
        for name, data in media.items():
            package.writestr(_entry(name), data)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, ZIP_DATE)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    # pictures and sounds are compressed already
    entry.compress_type = zipfile.ZIP_STORED if name.isdigit() else zipfile.ZIP_DEFLATED
    return entry
