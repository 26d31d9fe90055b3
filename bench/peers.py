"""A source -> the seconds that a peer takes for the same content; run in a process of its own."""

from __future__ import annotations

import html
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import content

from deckbuilder.lock import Lock
from deckbuilder.read import read
from deckbuilder.updates import Update, update
from deckbuilder.writers.pdf.fonts import FACES

FIELDS = ("Front", "Back")


def genanki(new: Update) -> None:
    """Write the notes as genanki's own examples do."""
    import genanki

    model = genanki.Model(
        1,
        "Bench",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{Back}}"}],
    )
    deck = genanki.Deck(1, "Bench")
    for note in new.notes:
        values = [_value(note.fields[0]), _value(" ".join(note.fields[1:]))]
        deck.add_note(genanki.Note(model, values, tags=list(note.tags)))
    with tempfile.TemporaryDirectory() as folder:
        genanki.Package(deck).write_to_file(f"{folder}/bench.apkg")


def _value(field: str) -> str:
    return field or "-"


def anki(new: Update) -> None:
    """Add the notes to a collection of the real Anki, all at once, and export it."""
    from anki.collection import AddNoteRequest, Collection, DeckIdLimit, ExportAnkiPackageOptions

    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(f"{folder}/bench.anki2")
        model = collection.models.by_name("Basic")
        home = collection.decks.id("Bench")
        assert model
        assert home
        requests = []
        for each in new.notes:
            note = collection.new_note(model)
            note.fields = [_value(each.fields[0]), " ".join(each.fields[1:])]
            note.tags = list(each.tags)
            requests.append(AddNoteRequest(note, home))
        collection.add_notes(requests)
        collection.export_anki_package(
            out_path=f"{folder}/bench.apkg",
            options=ExportAnkiPackageOptions(legacy=True),
            limit=DeckIdLimit(home),
        )
        collection.close()


def typst(new: Update) -> None:
    """Set the facts in two columns with Typst."""
    import typst

    size = content.theme(new.deck).style("fact").size
    parts = [f"#set page(columns: 2)\n#set text(size: {size}pt)\n#outline()\n"]
    for title, gist, facts in content.sections(new.deck):
        parts.append(f"= #{json.dumps(title)}\n#{json.dumps(gist)}\n\n")
        for texts in facts:
            lines = " \\ ".join(f"#{json.dumps(text)}" for text in texts)
            parts.append(f"#block(breakable: false)[+ {lines}]\n")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "bench.typ")
        file.write_text("".join(parts), "utf-8")
        typst.compile(str(file), output=f"{folder}/bench.pdf")


def weasyprint(new: Update) -> None:
    """Set the facts in two columns with WeasyPrint, tagged."""
    import weasyprint

    size = content.theme(new.deck).style("fact").size
    style = f"<style>body{{columns:2;font-size:{size}pt}}</style>"
    parts = [f"<html lang=en><title>Bench</title>{style}"]
    for title, gist, facts in content.sections(new.deck):
        items = "".join(f"<li>{'<br>'.join(map(html.escape, texts))}</li>" for texts in facts)
        parts.append(f"<h2>{html.escape(title)}</h2><p>{html.escape(gist)}</p><ol>{items}</ol>")
    weasyprint.HTML(string="".join(parts)).write_pdf(pdf_variant="pdf/ua-1")


def fpdf2(new: Update) -> None:
    """Set the facts in two columns with fpdf2, in the sheet's own font: its built-in ones lack “”."""
    from fpdf import FPDF

    where = FACES["Sans"]
    assert isinstance(where, tuple)
    package, file = where
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("Sans", fname=Path(import_module(package).__path__[0], file))
    pdf.set_font("Sans", size=content.theme(new.deck).style("fact").size)
    with pdf.text_columns(ncols=2, gutter=5) as columns:
        for text in content.paragraphs(new.deck):
            columns.write(text)
            columns.ln()
    pdf.output(io.BytesIO())


PEERS: dict[str, Callable[[Update], None]] = {
    "genanki, naive": genanki,
    "anki": anki,
    "typst": typst,
    "fpdf2": fpdf2,
    "weasyprint": weasyprint,
}
MODULES = {"genanki, naive": "genanki", "anki": "anki.collection", "fpdf2": "fpdf"}
OF_THE_DECK = ("genanki, naive", "anki")


def main(peer: str, source: Path) -> None:
    """Take the time of a peer; what it imports is there already, as it is for our own stages."""
    import_module(MODULES.get(peer, peer))
    deck, _ = read(source)
    assert deck
    new, _ = update(deck, Lock(deck.id), 1_790_000_000, break_schema=False)
    start = time.perf_counter()
    PEERS[peer](new)
    print(json.dumps(time.perf_counter() - start))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
