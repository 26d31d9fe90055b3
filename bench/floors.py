"""The least that a deck and a sheet can cost: rows into SQLite and deflate; words onto a canvas."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from typing import Any

from deckbuilder.content import plain_content
from deckbuilder.model import Deck, on_sheet
from deckbuilder.updates import Update
from deckbuilder.writers.pdf import rl
from deckbuilder.writers.pdf.fonts import font as registered

Rows = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]
COLUMN, LEFT, TOP, BOTTOM, SIZE, LEADING = 250.0, (40.0, 305.0), 800.0, 40.0, 8.0, 10.0


def rows(new: Update) -> Rows:
    """Return the rows of a deck's notes and cards, ready to be written."""
    notes, cards = [], []
    for due, note in enumerate(new.notes, 1):
        line = new.lock.lines[note.fact, note.notetype]
        tags = f" {' '.join(note.tags)} "
        row = (line.note, line.guid, 1, line.mod, -1, tags, note.joined, note.sort, 0, 0, "")
        notes.append(row)
        cards += [
            (line.note + n, line.note, 1, n, line.mod, -1, 0, 0, due, *[0] * 8, "")
            for n in note.ordinals
        ]
    return notes, cards


def deck(made: Rows) -> bytes:
    """Write the rows as they are, index them as Anki does, and compress."""
    connection = sqlite3.connect(":memory:")
    for name, values in zip(("notes", "cards"), made, strict=True):
        columns = len(values[0])
        names = ", ".join(f"c{n}" for n in range(1, columns))
        connection.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, {names})")
        connection.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * columns)})", values)
    for index in ("notes (c4)", "notes (c7)", "cards (c5)", "cards (c1)", "cards (c2, c7, c8)"):
        name = re.sub(r"\W+", "_", index)
        connection.execute(f"CREATE INDEX ix_{name} ON {index}")
    connection.commit()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki2", connection.serialize())
    return out.getvalue()


def sheet(made: Deck) -> bytes:
    """Break what the sheet says into lines, and draw them in two columns."""
    out = io.BytesIO()
    canvas = rl.Canvas(out, pageCompression=1)
    font = registered("Sans").fontName
    widths: dict[str, float] = {}
    space = rl.pdfmetrics.stringWidth(" ", font, SIZE)
    column, y, drawn = 0, TOP, None
    for fact in on_sheet(made):
        line: list[str] = []
        used = 0.0
        for word in [*plain_content(fact.parts.statement).split(), ""]:
            if word and word not in widths:
                widths[word] = rl.pdfmetrics.stringWidth(word, font, SIZE)
            if word and used + widths[word] <= COLUMN:
                line.append(word)
                used += widths[word] + space
                continue
            if drawn is None or y < BOTTOM:
                if drawn is not None:
                    canvas.drawText(drawn)
                    column, y = 1 - column, TOP
                    if column == 0:
                        canvas.showPage()
                drawn = canvas.beginText(LEFT[column], y)
                drawn.setFont(font, SIZE, LEADING)
            drawn.textLine(" ".join(line))
            y -= LEADING
            line, used = [word], widths.get(word, 0.0) + space
    if drawn is not None:
        canvas.drawText(drawn)
    canvas.save()
    return out.getvalue()
