"""The text file for those who cannot take a package, and what the real Anki makes of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import anki.collection
import pytest
from anki.import_export_pb2 import ImportResponse
from ankilib import Collection, collection, edit, page, seen
from conftest import NOW, ROOT

from deckbuilder.build import build
from deckbuilder.model import Deck, Faces, cards, in_deck, plain_content
from deckbuilder.read import read


@pytest.fixture
def col(tmp_path: Path) -> Iterator[Collection]:
    """A learner's empty Anki."""
    with collection(tmp_path / "anki") as made:
        yield made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The language sample, with each kind of fact."""
    return Path(shutil.copy(ROOT / "tests" / "samples" / "language.toml", tmp_path / "de.toml"))


def take(col: Collection, source: Path, now: int) -> ImportResponse.Log:
    """Build the source and import its text file as Anki's window would."""
    assert not build(source, source.parent / "out", now).problems
    path = str(source.parent / "out" / "de.tsv")
    metadata = col.get_csv_metadata(path, None)
    return col.import_csv(anki.collection.ImportCsvRequest(path=path, metadata=metadata)).log


def deck_of(source: Path) -> Deck:
    deck, problems = read(source)
    assert deck, problems
    return deck


def test_anki_takes_each_card(col: Collection, source: Path) -> None:
    """Every card of the deck is there, with the words of the model, in the deck, with its tags."""
    log = take(col, source, NOW)
    assert not [*log.conflicting, *log.missing_notetype, *log.missing_deck, *log.duplicate]
    deck = deck_of(source)
    made = [card for fact in in_deck(deck) for card in cards(fact)]
    shown = []
    for number in col.find_cards(""):
        card = col.get_card(number)
        assert col.decks.name(card.did) == deck.anki
        assert [tag.partition("::")[0] for tag in card.note().tags] == [deck.id]
        shown.append(seen(page(card.render_output().question_text.split("</style>")[-1])).words)
    assert sorted(shown) == sorted(plain_content(card.front) for card in made)


def test_a_correction_updates_its_row_alone(col: Collection, source: Path) -> None:
    """A later file changes the notes of the fact that was edited, and adds none."""
    take(col, source, NOW)
    edit(source, "die Straßen", "die Strassen")
    log = take(col, source, NOW + 1)
    assert (len(log.updated), len(log.new)) == (1, 0)
    assert len(col.find_notes("Strassen")) == 1


def test_it_does_not_meet_the_package(col: Collection, source: Path) -> None:
    """Who imports the package later has both, and neither breaks the other."""
    rows = len(take(col, source, NOW).new)
    package = str(source.parent / "out" / "de.apkg")
    options = col._backend.get_import_anki_package_presets()
    request = anki.collection.ImportAnkiPackageRequest(package_path=package, options=options)
    log = col.import_anki_package(request).log
    facts = in_deck(deck_of(source))
    assert (len(log.new), len(log.conflicting), len(log.duplicate)) == (len(facts), 0, 0)
    assert rows == sum(
        len(cards(fact)) if isinstance(fact.parts.note, Faces) else 1 for fact in facts
    )
