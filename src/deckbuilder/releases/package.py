"""The bytes of an `.apkg` -> what is in it, whoever made it: capped, and never put on the disk."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from typing import Any, TypeVar

from deckbuilder.releases.named import Named
from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.slots import dataclass
from deckbuilder.stamp import Stamp, stamp_in
from deckbuilder.writers.apkg.notes import SEPARATOR

COLLECTION = "collection.anki2"
MOST_FILES = 20_000
LARGEST = 1 << 30  # bytes, unpacked, of all files together
LONGEST_NOTE = 200_000  # characters
LARGEST_COLLECTION = 1 << 28  # bytes; 100,000 notes take a quarter of that
STEEPEST = 200  # how many times smaller than its content a file may be; a full deck packs by 12
SMALL = 1 << 20  # bytes, unpacked; what is smaller may be packed as tightly as it will
STEPS = 100_000  # of SQLite’s machine, after which it is asked whether to go on
PATIENCE = 1_000  # times that it goes on; 100,000 notes take a tenth of them

Type = TypeVar("Type")


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type as a package has it. `layout`: the name, front and back of each template."""

    name: str
    mod: int
    fields: tuple[str, ...]
    layout: tuple[tuple[str, str, str], ...]
    css: str


@dataclass(frozen=True, slots=True)
class Note(Named):
    """A note as a package has it. `ordinals` are those of its cards, from 0."""

    id: int
    guid: str
    notetype: int
    mod: int
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    ordinals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """What an `.apkg` holds. `media`: names.

    `decks`: name -> description, of those that have cards, or one; Anki adds others.
    """

    decks: Mapping[str, str]
    notetypes: Mapping[int, NoteType]
    notes: tuple[Note, ...]
    media: frozenset[str]
    media_lost: tuple[str, ...]  # listed, but not there

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """What each deck says it was built from, by its name; one may say nothing."""
        return {name: stamp for name, text in self.decks.items() if (stamp := stamp_in(text))}


def read_package(data: bytes) -> Package:
    """Open a package.

    Raises:
        UnreadableError: it is no package, or one that nobody should open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            _weigh(files)
            names = set(files.namelist())
            database = _collection(files, names)
            listed = json.loads(files.read("media")) if "media" in names else {}
    except zipfile.BadZipFile:
        raise UnreadableError("This is no Anki package, or only a part of one.") from None
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise UnreadableError("The package is damaged: what is in it cannot be unpacked.") from None
    except (ValueError, RecursionError):
        raise UnreadableError("The package is damaged: its list of media cannot be read.") from None
    media = {key: _is(name, str) for key, name in _is(listed, dict).items()}
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(database)
            decks, notetypes, notes = _contents(connection)
    except sqlite3.Error:
        raise UnreadableError("The package is damaged: its notes cannot be read.") from None
    lost = tuple(sorted(name for key, name in media.items() if key not in names))
    return Package(decks, notetypes, notes, frozenset(media.values()), lost)


def _weigh(files: zipfile.ZipFile) -> None:
    """Refuse what would fill the memory; no file is unpacked beyond the size that it states."""
    entries = files.infolist()
    if len({entry.filename for entry in entries}) < len(entries):
        raise UnreadableError("Two files in the package have one name.")
    if len(entries) > MOST_FILES:
        raise UnreadableError(f"The package holds {len(entries):,} files; no deck needs so many.")
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise UnreadableError("The package would unpack to more than a gigabyte.")
    for entry in entries:
        if entry.file_size > max(SMALL, STEEPEST * entry.compress_size):
            raise UnreadableError(
                "The package unpacks to far more than a deck would: it is no deck."
            )


def _collection(files: zipfile.ZipFile, names: set[str]) -> bytes:
    if names & {"collection.anki21", "collection.anki21b"}:
        raise UnreadableError(
            "The package was exported by Anki, in a newer format; deckbuilder reads what it builds."
        )
    if COLLECTION not in names:
        raise UnreadableError("There are no notes in this package: it is a zip of something else.")
    if files.getinfo(COLLECTION).file_size > LARGEST_COLLECTION:
        raise UnreadableError("The notes of this package are too many to be opened.")
    return files.read(COLLECTION)


def _contents(
    connection: sqlite3.Connection,
) -> tuple[dict[str, str], dict[int, NoteType], tuple[Note, ...]]:
    steps = iter(range(PATIENCE))
    connection.set_progress_handler(lambda: next(steps, None) is None, STEPS)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    kinds = dict(connection.execute("SELECT name, type FROM sqlite_master").fetchall())
    if any(kinds.get(name) != "table" for name in ("col", "notes", "cards")):
        raise UnreadableError(
            "There are no notes in this package: its collection has other tables."
        )
    if not set(kinds.values()) <= {"table", "index"}:
        raise UnreadableError("The package carries programs in its collection; no deck needs any.")
    rows = connection.execute("SELECT models, decks FROM col").fetchall()
    try:
        models, decks = (json.loads(text) for text in rows[0])
        notetypes = {int(key): _notetype(model) for key, model in _is(models, dict).items()}
        homes: dict[int, list[int]] = {}
        used = set()
        for note, ordinal, deck in connection.execute("SELECT nid, ord, did FROM cards"):
            homes.setdefault(_is(note, int), []).append(_is(ordinal, int))
            used.add(str(deck))
        if not used <= decks.keys():
            raise UnreadableError("The package is damaged: it lacks the deck of its cards.")
        notes = tuple(
            _note(row, notetypes, tuple(sorted(homes.get(row[0], ()))))
            for row in connection.execute(
                "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
            )
        )
        named = {
            _is(deck["name"], str): _is(deck.get("desc", ""), str)
            for key, deck in _is(decks, dict).items()
            if key in used or deck.get("desc")
        }
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise UnreadableError(
            "The package is damaged: its notes are not as Anki has them."
        ) from None
    return named, notetypes, notes


def _notetype(model: Mapping[str, Any]) -> NoteType:
    layout = [
        (_is(t["name"], str), _is(t["qfmt"], str), _is(t["afmt"], str)) for t in model["tmpls"]
    ]
    return NoteType(
        name=_is(model["name"], str),
        mod=_is(model["mod"], int),
        fields=tuple(_is(field["name"], str) for field in model["flds"]),
        layout=tuple(layout),
        css=_is(model["css"], str),
    )


def _note(row: tuple[Any, ...], notetypes: dict[int, NoteType], ordinals: tuple[int, ...]) -> Note:
    number, guid, notetype, mod, tags, fields = row
    values = fields.split(SEPARATOR)
    if len(fields) > LONGEST_NOTE:
        raise UnreadableError("The package has a note that is too long for anybody to learn.")
    if _is(number, int) <= 0:
        raise UnreadableError("The package has a note without a number, which breaks Anki.")
    return Note(
        number,
        _is(guid, str),
        notetype,
        _is(mod, int),
        tuple(_is(tags, str).split()),
        dict(zip(notetypes[notetype].fields, values, strict=True)),
        ordinals,
    )


def _is(value: Any, kind: type[Type]) -> Type:
    """Return a value that is what it should be.

    Raises:
        UnreadableError: it is something else.
    """
    if not isinstance(value, kind):
        raise UnreadableError("The package is damaged: its notes are not as Anki has them.")
    return value
