"""The note types are written down, field by field, and any change to them is loud."""

from __future__ import annotations

import os
import re
from pathlib import Path

from conftest import ROOT, SMALL
from test_cards import write_every_option

from deckbuilder.examine import examine
from deckbuilder.read import read_bytes
from deckbuilder.writers.apkg.notes import notes
from deckbuilder.writers.apkg.notetypes import FIELDS, NoteType, note_types

PAGE = ROOT / "docs" / "notetypes.md"
MARKUP = ROOT / "tests" / "golden" / "fields.html"
FROZEN = "a released deck could no longer be updated: see docs/notetypes.md before you change this"
Rows = list[tuple[str, int]]


def made() -> tuple[NoteType, ...]:
    deck, problems = read_bytes(SMALL.encode(), "small.toml")
    assert deck, problems
    return note_types(deck, deck.id)


def written() -> dict[str, tuple[int, Rows, Rows]]:
    """Return what the page says: by note type, its id, its fields and its templates, in order."""
    found = {}
    for kind, number, text in re.findall(
        r"^## (\w+): (\d+)\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    ):
        fields, _, templates = text.partition("| template |")
        row = re.compile(r"^\| ([\w ]+) \| (\d+) \| \S[^|]* \|$", re.MULTILINE)
        rows = [[(name, int(n)) for name, n in row.findall(part)] for part in (fields, templates)]
        found[kind] = (int(number), rows[0], rows[1])
    return found


def test_each_field_and_template_is_as_written_down() -> None:
    """Number, order, names and ids of fields and templates are those of the page, with reasons."""
    now = {
        t.kind: (
            t.id,
            [(field["name"], field["id"]) for field in t.field_dicts()],
            [(template["name"], template["id"]) for template in t.template_dicts()],
        )
        for t in made()
    }
    assert now == written(), FROZEN


def test_the_schema_of_a_lock_is_as_it_was() -> None:
    """What a lock remembers of a note type changes only when its fields or templates do."""
    assert [t.schema for t in made()] == ["38f6672d3d84d5b5", "6ba7332629a81773"], FROZEN


def test_what_fields_hold_is_as_it_was(tmp_path: Path) -> None:
    """The HTML in the fields of each kind, with each option: another tag changes every note."""
    deck, problems = examine(write_every_option(tmp_path))
    assert deck, problems
    lines = []
    for note in notes(deck):
        lines.append(f"<!-- {note.fact}: {note.notetype} -->")
        named = zip(FIELDS[note.notetype], note.fields, strict=True)
        lines += [f"{name}: {value}" for name, value in named if value]
    text = re.sub(r"every-[0-9a-f]{12}", "every-…", "\n".join(lines) + "\n")
    if os.environ.get("GOLDEN") == "new":
        MARKUP.write_text(text, "utf-8")
    assert text == MARKUP.read_text("utf-8"), f"{FROZEN}; GOLDEN=new writes {MARKUP.name} anew"
