"""Deck and sheet say what the source says: every fact's words, read back out of the built files."""

from __future__ import annotations

import html
import re
import sqlite3
import zipfile
from pathlib import Path

import pdftext
import pytest
import tomli
from conftest import NOW, ROOT

from deckbuilder.build import build
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import plain

ASKED = (
    "question",
    "answer",
    "cloze",
    "list",
    "event",
    "term",
    "definition",
    "person",
    "known_for",
)
TAG = re.compile(r"</?(?:b|i|sub|sup|code|a|span)\b[^>]*>")  # those within a line, not `<li>`


def spoken(text: str) -> str:
    return " ".join(text.split())


def written(value: str) -> str:
    """Return the words of a value of the source, its gaps filled in."""
    return spoken(plain(parse(value, with_gaps=True)))


@pytest.mark.parametrize(
    "original",
    [ROOT / "source" / "relations.toml", ROOT / "tests" / "samples" / "science.toml"],
    ids=["relations", "science"],
)
def test_every_fact_reads_the_same_in_source_deck_and_sheet(original: Path, tmp_path: Path) -> None:
    """What an author wrote of a fact is in its note, and on its line of the sheet, word by word."""
    source = tmp_path / original.name
    source.write_bytes(original.read_bytes())
    built = build(source, tmp_path / "out", NOW)
    assert not built.problems
    with zipfile.ZipFile(tmp_path / "out" / f"{source.stem}.apkg") as package:
        database = sqlite3.connect(":memory:")
        database.deserialize(package.read("collection.anki2"))
    notes = {}
    rows = database.execute("SELECT flds FROM notes").fetchall()
    database.close()
    for (fields,) in rows:
        text = re.sub(r"\{\{c\d+::(.*?)\}\}", r"\1", re.sub(r"<[^>]+>", " ", TAG.sub("", fields)))
        text = re.sub(r"\\\((.*?)\\\)", r"\1", text)  # formulas, as MathJax finds them
        values = [spoken(html.unescape(value)) for value in text.split("\x1f")]
        notes[next(v for v in reversed(values) if re.fullmatch(r"[a-z0-9-]+", v))] = values
    pdf = (tmp_path / "out" / f"{source.stem}.pdf").read_bytes()
    lines = [body.heard for body in pdftext.structure(pdf).all("LBody")]

    facts = [f for t in tomli.loads(source.read_text("utf-8"))["topic"] for f in t["fact"]]
    for fact in facts:
        said = [written(fact[key]) for key in ASKED if key in fact]
        said += [written(item) for item in fact.get("items", ())]
        if fact.get("only") != "sheet":
            note = " ".join(notes[fact["id"]])
            assert all(words in note for words in said), fact["id"]
        if fact.get("only") not in ("deck", "asked"):
            shown = [written(fact["statement"])] if "statement" in fact else said
            shown += [written(item) for item in fact.get("items", ())]
            assert any(all(words in line for words in shown) for line in lines), fact["id"]
    assert len(notes) == sum(fact.get("only") != "sheet" for fact in facts)
