"""The bytes of a package that learners have -> what its lock must have said.

A package may come from anywhere: its sizes are bounded, it never touches the disk, and SQLite may
only read it.
"""

from __future__ import annotations

import html
import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from deckbuilder.lock import (
    Key,
    Known,
    Line,
    Lock,
    Numbers,
    format_lock,
    parse_lock,
    stable_id,
)
from deckbuilder.problems import Obstacle
from deckbuilder.slots import dataclass
from deckbuilder.text.tree import unbroken
from deckbuilder.writers.apkg.notes import Note
from deckbuilder.writers.apkg.notetypes import FACTS, GAPS, NoteType, Template

LARGEST = 1 << 28  # bytes of the collection, unpacked; 100,000 notes take a quarter
MOST_STEPS = 1_000  # of 100,000 instructions each; 100,000 notes take a tenth
STAMP = re.compile(r"([^\s<>]+) (\d+\.\d+\.\d+) · [0-9a-f]{12}$")
GAP = re.compile(r"\{\{c(\d{1,3})::(.*?)(?:::.*?)?\}\}", re.DOTALL)  # the writer escapes the rest
FORMULA = re.compile(r"\\\((.*?)\\\)", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
DAMAGED = Obstacle("the package is damaged, or no package of a deck", "name another one")


@dataclass(frozen=True, slots=True)
class Shipped:
    """A package as learners have it: the deck's id then, its version, and what was remembered.

    `data`: its bytes.
    """

    deck: str
    version: str
    lock: Lock
    data: bytes


def read_shipped(data: bytes, decks: Sequence[str]) -> Shipped | Obstacle:
    """Return what a package of ours tells, or why it cannot be used.

    Args:
        data: the `.apkg`; of one that has retired facts in it, these are told, too.
        decks: the id of the deck it should be of, and the ids that the deck had before.
    """
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            found = _open(data, connection)
            return found or _told(data, connection, decks)
    except (zipfile.BadZipFile, zlib.error, sqlite3.Error, OSError, EOFError, RuntimeError):
        return DAMAGED
    except (ValueError, LookupError, TypeError, AttributeError):
        return DAMAGED


def _open(data: bytes, connection: sqlite3.Connection) -> Obstacle | None:
    """Let a connection read the notes of a package, and do nothing else."""
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        if "collection.anki21b" in files.namelist() or "collection.anki21" in files.namelist():
            hint = "name the .apkg that was given away, as deckbuilder built it"
            return Obstacle("the package was exported by Anki", hint)
        if files.getinfo("collection.anki2").file_size > LARGEST:
            return DAMAGED
        connection.deserialize(files.read("collection.anki2"))
    steps = iter(range(MOST_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, 100_000)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    kinds = connection.execute("SELECT DISTINCT type FROM sqlite_master").fetchall()
    return None if {kind for (kind,) in kinds} <= {"table", "index"} else DAMAGED


def _told(data: bytes, connection: sqlite3.Connection, decks: Sequence[str]) -> Shipped | Obstacle:
    models, homes = map(json.loads, connection.execute("SELECT models, decks FROM col").fetchone())
    stamps = {
        home["name"]: stamp
        for home in homes.values()
        if (stamp := STAMP.search(html.unescape(home["desc"][-500:])))
    }
    if len(stamps) != 1:
        return Obstacle("the package does not tell its deck and version", "name another one")
    ((anki, stamp),) = stamps.items()
    deck, version = stamp.groups()
    if deck not in decks:
        return Obstacle(f"the package holds the deck `{deck}`, the source is `{decks[0]}`")
    types = {int(key): _notetype(model) for key, model in models.items()}
    kinds = {own: made for own, (made, _) in types.items() if made.kind in (FACTS, GAPS)}
    born = {name for name in decks for own in kinds if own == stable_id("notetype", name, FACTS)}
    if len(kinds) != 2 or len(born) != 1:
        return Obstacle("the package’s note types are not those of this deck", "name another one")
    lines: dict[Key, Line] = {
        ("", made.kind): Line("", 0, made.digest, mod, version, schema=made.schema)
        for made, mod in types.values()
    }
    asked: dict[int, set[int]] = {}
    for note, ordinal in connection.execute("SELECT nid, ord FROM cards"):
        asked.setdefault(note, set()).add(ordinal)
    query = "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
    for own, guid, kind, mod, tags, fields in connection.execute(query):
        made = _note(kinds[kind], tags.split(), fields, sorted(asked.get(own, ())))
        retired = bool(_field(kinds[kind], made, "Retired"))
        numbers = _numbers(made.fields[0]) if made.notetype == GAPS else Numbers()
        line = Line(guid, own, made.digest, mod, version, numbers, retired=retired)
        if lines.setdefault((made.fact, made.notetype), line) is not line:
            return DAMAGED  # two notes for one fact
    origin = born.pop()
    lock = Lock(deck, lines, "" if origin == decks[0] else origin, anki)
    sound, _ = parse_lock(format_lock(lock), "lock", deck)
    return Shipped(deck, version, lock, data) if sound else DAMAGED


def _notetype(model: Mapping[str, Any]) -> tuple[NoteType, int]:
    own, name = int(model["id"]), model["name"]
    templates = tuple(Template(t["name"], t["qfmt"], t["afmt"]) for t in model["tmpls"])
    fields = tuple(field["name"] for field in model["flds"])
    kind = name.rpartition(": ")[2]
    return NoteType(own, kind, name, fields, templates, model["css"]), int(model["mod"])


def _note(kind: NoteType, tags: list[str], fields: str, ordinals: list[int]) -> Note:
    note = Note("", kind.kind, fields, tuple(tags), tuple(ordinals), "")
    return note._replace(fact=html.unescape(_field(kind, note, "Id")))


def _field(kind: NoteType, note: Note, name: str) -> str:
    return note.fields[kind.fields.index(name)]


def _numbers(text: str) -> Numbers:
    """Return the gaps of a field, in its order, in the words that the lock has for them."""
    return Numbers(tuple(Known(int(gap[1]), _plain(gap[2])) for gap in GAP.finditer(text)))


def _plain(markup: str) -> str:
    """Return the characters of a piece of HTML that the writer made (a formula as its TeX)."""
    return unbroken(html.unescape(TAG.sub("", FORMULA.sub(r"\1", markup))))
