"""The text file for those who cannot take a package, and what the real Anki makes of it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import anki.collection
import pytest
from anki.cards import Card
from anki.import_export_pb2 import ImportResponse
from ankilib import Collection, collection, edit, load, page, seen
from conftest import NOW, ROOT, SMALL, deck_of
from PIL import Image
from test_cards import SOUND

from deckbuilder.build import build
from deckbuilder.cards import cards, hint_to
from deckbuilder.content import plain_content
from deckbuilder.context import context
from deckbuilder.model import Deck, Gapped, in_deck, study_order
from deckbuilder.problems import errors
from deckbuilder.text.tree import plain


@pytest.fixture
def col(tmp_path: Path) -> Iterator[Collection]:
    """A learner's empty Anki."""
    with collection(tmp_path / "anki") as made:
        yield made


@pytest.fixture(params=["source/relations", "tests/samples/science", "tests/samples/language"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """One of three sources, with each kind of fact between them."""
    return Path(shutil.copy(ROOT / f"{request.param}.toml", tmp_path / "deck.toml"))


def take(col: Collection, source: Path, now: int) -> ImportResponse.Log:
    """Build the source and import its text file as Anki's window would."""
    assert not errors(build(source, source.parent / "out", now).problems)
    path = str(source.parent / "out" / f"{source.stem}.tsv")
    metadata = col.get_csv_metadata(path, None)
    return col.import_csv(anki.collection.ImportCsvRequest(path=path, metadata=metadata)).log


def shown(card: Card) -> tuple[str, str]:
    """Return the words of a card's two fields, which Anki's own note type shows as they are."""
    front, back = (words(field) for field in card.note().fields)
    output = card.render_output()
    assert words(output.question_text) == front
    assert words(output.answer_text) == f"{front} {back}"
    return front, back


def words(html: str) -> str:
    return seen(page(html.rsplit("</style>", maxsplit=1)[-1])).words


def meant(deck: Deck) -> Iterator[tuple[str, str]]:
    """Yield the words that each card should have: the model's, below the title."""
    topics = {topic.id: topic for topic in deck.topics}
    for fact in study_order(deck):
        for card in cards(fact):
            note = fact.parts.note
            front = note.content if isinstance(note, Gapped) else card.front
            title = plain(context(deck, topics[fact.topic], front, card.answer))
            more = (plain(fact.extra), plain(fact.cite))
            hint = plain(hint_to(fact, card.ordinal))
            asked = (title, plain_content(card.front), f"({hint})" if hint else "")
            yield (
                " ".join(filter(None, asked)),
                " ".join(filter(None, (plain_content(card.back), *more))),
            )


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_anki_takes_each_card(col: Collection, source: Path, language: str) -> None:
    """Every card is there, in the words of the model, in its order, whatever Anki's language."""
    for made in col.models.all() if language != "en" else ():  # as that Anki would name them
        made["name"] = f"{made['name']} ({language})"
        col.models.update_dict(made)
    deck = deck_of(source)
    log = take(col, source, NOW)
    assert not [*log.conflicting, *log.missing_notetype, *log.missing_deck, *log.duplicate]
    found = [col.get_card(number) for number in col.find_cards("", order="c.due, c.id")]
    assert [shown(card) for card in found] == list(meant(deck))
    for card in found:
        assert col.decks.name(card.did) == deck.anki
        assert [tag for tag in card.note().tags if tag.startswith(f"{deck.id}::")]


GERMAN = "tests/samples/language"


@pytest.mark.parametrize("source", [GERMAN], indirect=True)
def test_a_correction_updates_its_row_alone(col: Collection, source: Path) -> None:
    """A later file changes the notes of the fact that was edited, and adds none."""
    take(col, source, NOW)
    edit(source, "die Straßen", "die Strassen")
    log = take(col, source, NOW + 1)
    assert (len(log.updated), len(log.new)) == (1, 0)
    assert len(col.find_notes("Strassen")) == 1


def test_a_new_gap_adds_its_row_alone(col: Collection, tmp_path: Path) -> None:
    """The rows of a fact go by the numbers of its gaps, so those learned already stay theirs."""
    source = tmp_path / "small.toml"
    source.write_text(SMALL, encoding="utf-8")
    take(col, source, NOW)
    edit(source, "Grass is {{green}}", "{{Grass}} is {{green}}")
    before = {note: col.get_note(note).guid for note in col.find_notes("")}
    log = take(col, source, NOW + 1)
    assert len(log.new) == 1
    fronts = {words(col.get_note(note).fields[0]) for note in before}
    asked = ("Which colour has the sky?", "Grass is [...] in spring.", "Grass is green in [...].")
    assert fronts == {f"First topic {front}" for front in asked}


def test_what_was_taken_out_stays(col: Collection, tmp_path: Path) -> None:
    """A text file takes nothing away: the card of a gap that went stays, and is not blank."""
    source = tmp_path / "deck.toml"
    source.write_text(SMALL, "utf-8")
    take(col, source, NOW)
    edit(source, "{{spring}}", "spring")
    take(col, source, NOW + 9)
    assert col.card_count() == 3
    assert not col.get_empty_cards().notes


def test_what_a_learner_wrote_is_replaced(col: Collection, tmp_path: Path) -> None:
    """A text file has no dates: own words and tags go, also where its row is as it was."""
    source = tmp_path / "deck.toml"
    source.write_text(SMALL, "utf-8")
    take(col, source, NOW)
    (found,) = col.find_notes("sky")
    note = col.get_note(found)
    note.fields[1] += " mine"
    note.add_tag("mine")
    col.update_note(note)
    edit(source, "{{spring}}", "spring")
    take(col, source, NOW + 9)
    assert not col.find_notes("mine or tag:mine")


@pytest.mark.parametrize("source", [GERMAN], indirect=True)
def test_it_does_not_meet_the_package(col: Collection, source: Path) -> None:
    """Who imports the package later has both, and neither breaks the other."""
    rows = len(take(col, source, NOW).new)
    log = load(col, source.parent / "out" / "deck.apkg")
    facts = in_deck(deck_of(source))
    assert (len(log.new), log.balked, log.duplicate) == (len(facts), 0, ())
    assert rows == sum(len(cards(fact)) for fact in facts)


def test_what_only_a_hint_tells_apart_is_told_apart(col: Collection, tmp_path: Path) -> None:
    """As in print, a hint stands in brackets behind its question; asked backwards, none does."""
    source = tmp_path / "small.toml"
    verbs = (("savoir", "a <fact>"), ("connaître", "a person"))
    text = "".join(
        f"\n[[topic.fact]]\nid = 'f{n}'\nquestion = 'Which verb is *to know*?'\n"
        f"answer = '{verb}'\nhint = '{hint}'\nreverse = true\n"
        for n, (verb, hint) in enumerate(verbs)
    )
    gap = "\n[[topic.fact]]\nid = 'g'\ncloze = '{{Savoir}} is *to know*.'\nhint = 'a fact'\n"
    source.write_text(SMALL.partition("[[topic.fact]]")[0] + text + gap, encoding="utf-8")
    take(col, source, NOW)
    notes = [col.get_note(note) for note in col.find_notes("", order="n.id")]
    ask = "To which question is this the answer?"
    assert [words(note.fields[0]) for note in notes] == [
        "First topic Which verb is to know? (a <fact>)",
        f"First topic savoir {ask}",
        "First topic Which verb is to know? (a person)",
        f"First topic connaître {ask}",
        "First topic [...] is to know. (a fact)",
    ]


def test_a_picture_is_told_in_words_and_a_sound_left_out(col: Collection, tmp_path: Path) -> None:
    """A text carries no files: a picture that is asked about is its `alt`, a sound no card."""
    source = tmp_path / "small.toml"
    asked = "question = 'Which lake is this?'\nanswer = 'Huron'\nmedia = 'front'\nreverse = true"
    cloze = "cloze = 'It is {{Erie}}.'\nimage = 'l.png'\nalt = 'Water'\ncredit = 'A. Smith'"
    facts = (
        f"{asked}\nimage = 'l.png'\nalt = 'Water & <sky>'",
        f"{cloze}\nmedia = 'front'",
        cloze.replace("Erie", "Ontario"),
        asked.replace("Huron", "a gull").replace("lake", "bird") + "\naudio = 's.mp3'",
        f"{cloze.replace('Erie', 'Michigan')}\nmedia = 'front'\naudio = 's.mp3'",
    )
    text = "".join(f"\n[[topic.fact]]\nid = 'f{n}'\n{fact}\n" for n, fact in enumerate(facts))
    source.write_text(SMALL.partition("[[topic.fact]]")[0] + text, encoding="utf-8")
    out = io.BytesIO()
    Image.new("RGB", (30, 20)).save(out, "PNG")
    (tmp_path / "l.png").write_bytes(out.getvalue())
    (tmp_path / "s.mp3").write_bytes(SOUND)
    take(col, source, NOW)
    notes = [col.get_note(note) for note in col.find_notes("", order="n.id")]
    ask = "To which question is this the answer?"
    assert [words(note.fields[0]) for note in notes] == [
        "First topic Which lake is this? (Water & <sky>)",
        f"First topic Huron {ask}",
        "First topic It is [...]. (Water)",
        "First topic It is [...].",
        f"First topic a gull {ask}",
        "First topic It is [...]. (Water)",
    ]
    assert not col.media.check().missing
