"""The least that a deck and a sheet can cost: rows into SQLite and deflate; words onto a canvas."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from typing import Any

import content

from deckbuilder.model import Deck
from deckbuilder.updates import Update
from deckbuilder.writers.pdf import rl
from deckbuilder.writers.pdf.fonts import font as registered

Rows = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]


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
    """Break what the sheet says into lines, and draw them in two columns of the same type."""
    out = io.BytesIO()
    canvas = rl.Canvas(out, pageCompression=1)
    theme = content.theme(made)
    style, font = theme.style("fact"), registered("Sans").fontName
    lefts = theme.margin, theme.margin + theme.column + theme.gutter
    top, widths = theme.paper[1] - theme.top, dict[str, float]()
    space = rl.pdfmetrics.stringWidth(" ", font, style.size)
    column, y, drawn = 0, top, None
    for text in content.paragraphs(made):
        line: list[str] = []
        used = 0.0
        for word in [*text.split(), ""]:
            if word and word not in widths:
                widths[word] = rl.pdfmetrics.stringWidth(word, font, style.size)
            if word and used + widths[word] <= theme.column:
                line.append(word)
                used += widths[word] + space
                continue
            if drawn is None or y < theme.foot:
                if drawn is not None:
                    canvas.drawText(drawn)
                    column, y = 1 - column, top
                    if column == 0:
                        canvas.showPage()
                drawn = canvas.beginText(lefts[column], y)
                drawn.setFont(font, style.size, style.leading)
            drawn.textLine(" ".join(line))
            y -= style.leading
            line, used = [word], widths.get(word, 0.0) + space
    if drawn is not None:
        canvas.drawText(drawn)
    canvas.save()
    return out.getvalue()
