"""What a package says -> its digest: equal whatever SQLite, zlib and Pillow made the package.

It is of the rows in the order of their ids, each as JSON on a line of its own.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from json.encoder import encode_basestring_ascii as quoted

CHUNK = 200  # rows that are read at once
# what `json` makes of a row of the tables, whose other columns are the same of all
NOTE = '[%d, %s, %d, %d, -1, %s, %s, %s, 0, 0, ""]\n'
CARD = '[%d, %d, %d, %d, %d, -1, 0, 0, %d, 0, 0, 0, 0, 0, 0, 0, 0, ""]\n'
NUMBERS = "SELECT id, sfld FROM notes WHERE id BETWEEN ? AND ? AND typeof(sfld) <> 'text'"

NoteRow = tuple[int, str, int, int, str, str, str]  # id, guid, type, time, tags, fields, sorted by
CardRow = tuple[int, int, int, int, int, int]  # id, note, deck, ordinal, time, turn


class Digest:
    """The digest of a package that is being written, told of everything in its order."""

    def __init__(self, media: bytes) -> None:
        self._digest = hashlib.sha256(media)
        self.hexdigest = self._digest.hexdigest

    def types(self, cursor: sqlite3.Cursor) -> None:
        """Add the note types and the decks that have been written."""
        found = cursor.execute("SELECT models, decks FROM col").fetchall()
        self._digest.update(_json_lines(found).encode())

    def notes(self, rows: Sequence[NoteRow], cursor: sqlite3.Cursor) -> None:
        """Add notes that have been written."""
        # Anki has declared the column a number, and SQLite makes one of what looks like one
        numbers = dict(cursor.execute(NUMBERS, (rows[0][0], rows[-1][0])).fetchall())
        lines = [
            NOTE
            % (
                own,
                quoted(guid),
                notetype,
                mod,
                quoted(tags),
                quoted(fields),
                json.dumps(numbers[own]) if own in numbers else quoted(sort),
            )
            for own, guid, notetype, mod, tags, fields, sort in rows
        ]
        self._digest.update("".join(lines).encode())

    def cards(self, rows: Sequence[CardRow]) -> None:
        """Add cards that have been written."""
        self._digest.update("".join([CARD % row for row in rows]).encode())


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
