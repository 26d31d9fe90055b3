"""What `make bench` times is what people write, and its floors do the work that they stand for."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path

import content
import floors
import pytest
import sources
import stages
from conftest import ROOT
from pypdf import PdfReader

from deckbuilder.examine import examine
from deckbuilder.kinds import KINDS
from deckbuilder.lock import Lock
from deckbuilder.model import Deck
from deckbuilder.writers.pdf import sheet


def deck_of(folder: Path, text: str) -> Deck:
    file = folder / "bench.toml"
    file.write_text(text, "utf-8")
    deck, problems = examine(file)
    assert deck, problems
    return deck


def test_a_source_has_every_kind(tmp_path: Path) -> None:
    """Each kind of fact is timed, in topics, with tags and small print; the text is the same."""
    deck = deck_of(tmp_path, sources.source(100))
    assert {fact.kind for fact in deck.facts} == {kind.name for kind in KINDS}
    assert len(deck.facts) == 100
    assert len(deck.topics) == 3
    assert any(fact.tags and fact.extra for fact in deck.facts)
    assert sources.source(100) == sources.source(100)


def test_no_source_is_warned_of(tmp_path: Path) -> None:
    """To find the place of a warning takes time, and a small source has none by chance."""
    file = tmp_path / "bench.toml"
    file.write_text(sources.source(3_200), "utf-8")
    assert examine(file)[1] == ()


@pytest.mark.parametrize("name", sources.PATHOLOGICAL)
def test_a_strange_source_is_a_deck(tmp_path: Path, name: str) -> None:
    """However strange, it is what an author may write."""
    shapes, topic, _ = sources.PATHOLOGICAL[name]
    assert len(deck_of(tmp_path, sources.source(4, shapes, topic)).facts) == 4


def test_the_floors_do_the_work(tmp_path: Path) -> None:
    """The rows of every note are packed, and all words of the sheet are drawn."""
    deck = deck_of(tmp_path, sources.source(40))
    new, _ = stages.updated(deck, Lock(deck.id))
    notes, cards = floors.rows(new)
    assert len(notes) == 40
    assert len(cards) >= 40
    assert len(floors.deck((notes, cards))) > 4000
    file = tmp_path / "floor.pdf"
    file.write_bytes(floors.sheet(deck))
    drawn = " ".join(page.extract_text() for page in PdfReader(file).pages).split()
    assert drawn == " ".join(content.paragraphs(deck)).split()


def test_floors_and_peers_say_what_the_sheet_says(tmp_path: Path) -> None:
    """No word of theirs is missing from the sheet, which has little more below its timeline."""
    deck = deck_of(tmp_path, sources.source(400))
    new, _ = stages.updated(deck, Lock(deck.id))
    file = tmp_path / "sheet.pdf"
    with file.open("w+b") as out:
        sheet.write(new.deck, "stamp", lambda: 0, out)
    printed = Counter(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    said = Counter(" ".join(content.paragraphs(new.deck)).split())
    assert not said - printed
    assert (printed - said).total() < said.total() / 10  # what more there is


def test_make_finds_what_it_times_with() -> None:
    """Its command runs as make runs it, where a script's own folder is not on the path."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "-n", "bench", "ARGS=--help"]
    shown = subprocess.run(
        command, cwd=ROOT, env=kept, capture_output=True, text=True, check=True
    ).stdout
    ended = subprocess.run(
        ["sh", "-c", shown.splitlines()[-1]],
        cwd=ROOT,
        env={**kept, "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "--quick" in ended.stdout, ended.stderr
