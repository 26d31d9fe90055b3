"""The package as a file: its zip, its database and what it says, read without Anki."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, packed

from deckbuilder.phrases import PHRASES, counted
from deckbuilder.writers.apkg.digest import content_digest

SOURCE = """\
[deck]
id = "sample"
title = "A sample"
anki = "Tests::Sample"
version = "1.2.3"
language = "en"
licence = "CC BY 4.0"
summary = "What this is *about*: A & B."

[[topic]]
id = "first"
title = "First"

[[topic.fact]]
id = "zebra"
question = "Which animal is striped?"
answer = "the zebra"
reverse = true
tags = ["b-tag", "a-tag"]

[[topic.fact]]
id = "cloze"
cloze = "{{One}}, {{two}} and {{c7::seven}}."

[[topic]]
id = "second"
title = "Second"

[[topic.fact]]
id = "ant"
term = "ant"
definition = "an insect"

[[topic.fact]]
id = "printed"
question = "Is this in the package?"
answer = "no"
only = "sheet"
"""
IN_ORDER = ["zebra", "cloze", "ant"]


def write(folder: Path, text: str = SOURCE, name: str = "sample.toml") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A source whose package has notes of both types, cards of one to three."""
    return write(tmp_path / "source")


def member(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        return files.read(name)


def select(package: bytes, query: str) -> list[tuple[Any, ...]]:
    """Ask the collection of a package."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(member(package, "collection.anki2"))
        return connection.execute(query).fetchall()


def note_types(package: bytes) -> dict[str, dict[str, Any]]:
    """Return the note types by what follows the deck's id in their name: Facts, Gaps."""
    models = json.loads(select(package, "SELECT models FROM col")[0][0])
    for model in models.values():
        model["id"] = int(model["id"])  # genanki writes text
    return {model["name"].partition(": ")[2]: model for model in models.values()}


def lock_lines(source: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the lock's lines by fact and note type; a note type's own by the fact ""."""
    rows = source.with_suffix(".lock").read_text(encoding="utf-8").splitlines()[1:]
    lines = map(json.loads, rows)
    return {(line.get("fact", ""), line["notetype"]): line for line in lines}


# ---------------------------------------------------------------------------- note types

# Learners have these for ever. Anki matches fields and templates by id, their number and order
# may never change: what is to be new takes a spare. After a change every note of
# every learner is "conflicting" to Anki, and no update reaches it.
FIELDS = {
    "Facts": [
        "Front 1", "Back 1", "Topic 1", "Hint 1", "Typed 1", "Speak 1",
        "Front 2", "Back 2", "Topic 2", "Hint 2", "Typed 2", "Speak 2",
        "Extra", "Kind", "Id", "Cite", "Image", "Audio", "Retired",
        "Spare 1", "Spare 2", "Spare 3", "Spare 4", "Spare 5", "Front Audio",
    ],
    "Gaps": [
        "Text", "Topic", "Hint", "Typed", "Speak",
        "Extra", "Kind", "Id", "Cite", "Image", "Audio", "Retired",
        "Spare 1", "Spare 2", "Spare 3", "Front Audio",
    ],
}  # fmt: skip
TEMPLATES = {"Facts": ["Card 1", "Card 2", "Spare 1", "Spare 3"], "Gaps": ["Gap"]}
NOTE_TYPE_IDS = {"Facts": 4710250928783883, "Gaps": 4925560902364466}
INNER_IDS = "2837c1de550bfce5"  # of the fields and templates, as a digest


def inner(models: Iterable[dict[str, Any]]) -> list[int]:
    """Return the ids of all fields and templates."""
    return [part["id"] for model in models for part in (*model["flds"], *model["tmpls"])]


def test_fields_and_templates_are_frozen(source: Path) -> None:
    """The two note types have these fields and templates in this order, and no others."""
    types = note_types(packed(source))
    assert {kind: [f["name"] for f in model["flds"]] for kind, model in types.items()} == FIELDS
    assert {kind: [t["name"] for t in m["tmpls"]] for kind, m in types.items()} == TEMPLATES
    assert {kind: model["type"] for kind, model in types.items()} == {"Facts": 0, "Gaps": 1}
    assert {model["sortf"] for model in types.values()} == {0}
    for model in types.values():
        for part in ("flds", "tmpls"):
            assert [each["ord"] for each in model[part]] == list(range(len(model[part])))


def test_ids_are_frozen(source: Path) -> None:
    """The ids of a deck's note types, fields and templates are the ones its learners have."""
    types = note_types(packed(source))
    assert {kind: model["id"] for kind, model in types.items()} == NOTE_TYPE_IDS
    ids = json.dumps(inner(types[kind] for kind in FIELDS))
    assert hashlib.sha256(ids.encode()).hexdigest()[:16] == INNER_IDS


def test_every_part_of_a_note_type_has_an_id_of_its_own(source: Path) -> None:
    """Each field and template has an id, and a note type the id it had from the first."""
    types = note_types(packed(source)).values()
    ids = [*inner(types), *(model["id"] for model in types)]
    assert len(set(ids)) == len(ids)
    assert all(2**31 < number < 2**53 for number in ids)
    assert all(model["originalId"] == model["id"] for model in types)


def test_two_decks_share_no_id(source: Path, tmp_path: Path) -> None:
    """Note types, fields, templates, notes, cards and guids of two decks all differ."""
    text = SOURCE.replace('id = "sample"', 'id = "other"')
    packages = packed(source), packed(write(tmp_path / "b", text))
    ids = [
        {
            *inner(note_types(package).values()),
            *(model["id"] for model in note_types(package).values()),
            *(value for row in select(package, "SELECT id, guid FROM notes") for value in row),
            *(row[0] for row in select(package, "SELECT id FROM cards")),
        }
        for package in packages
    ]
    assert not ids[0] & ids[1]


def test_edits_leave_ids_alone(source: Path) -> None:
    """Whatever is renamed or added, the ids of a deck's note types and notes stay."""
    before = packed(source)
    write(
        source.parent,
        SOURCE.replace("Tests::Sample", "Renamed").replace("striped", "black and white")
        + '[[topic.fact]]\nid = "new"\nquestion = "Is it new?"\nanswer = "yes"\n',
    )
    after = packed(source)
    query = "SELECT id, guid, mid FROM notes WHERE flds NOT LIKE '%Is it new?%' ORDER BY id"
    assert select(after, query) == select(before, query)
    for kind, model in note_types(before).items():
        now = note_types(after)[kind]
        assert (now["id"], inner([now])) == (model["id"], inner([model]))


# ---------------------------------------------------------------------------- notes and cards


def facts(package: bytes) -> dict[str, tuple[Any, ...]]:
    """Return each note's row by its fact's id."""
    kinds = {model["id"]: kind for kind, model in note_types(package).items()}
    rows = select(package, "SELECT * FROM notes")
    return {row[6].split("\x1f")[FIELDS[kinds[row[2]]].index("Id")]: row for row in rows}


def test_notes_are_those_of_the_lock(source: Path) -> None:
    """Guid, note id and time of every note are the lock's, of every note type its time."""
    package = packed(source)
    lock = lock_lines(source)
    for (fact, kind), line in lock.items():
        if fact:
            note, guid, model, mod = facts(package)[fact][:4]
            assert (note, guid, mod) == (line["note"], line["guid"], line["mod"])
            assert model == note_types(package)[kind]["id"]
        else:
            assert note_types(package)[kind]["mod"] == line["mod"]
    assert sorted(facts(package)) == sorted(fact for fact, _ in lock if fact) == sorted(IN_ORDER)


def test_first_ids_follow_from_names_alone(source: Path) -> None:
    """Without a lock a note gets the guid and the id that its deck's and its fact's id give."""
    assert {fact: row[:2] for fact, row in facts(packed(source)).items()} == {
        "zebra": (1432663668000, "c772c6e547d3d2bbfe88"),
        "cloze": (1385346210000, "f677415a76a5559da475"),
        "ant": (1371112233000, "3c02e85a656c25d339bf"),
    }


def test_the_lock_outranks_the_formula(source: Path) -> None:
    """A guid, note id or time that stands in the lock is what learners get."""
    packed(source)
    file = source.with_suffix(".lock")
    line = lock_lines(source)["ant", "Facts"]
    ours = line | {"guid": "fromelsewhere", "note": 1_234_567_890_123, "mod": 1_600_000_000}
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(json.dumps(line), json.dumps(ours)), encoding="utf-8")
    note, guid, _, mod = facts(packed(source, NOW + 99))["ant"][:4]
    assert (note, guid, mod) == (1_234_567_890_123, "fromelsewhere", 1_600_000_000)


def test_time_rises_for_what_changed_alone(source: Path) -> None:
    """After an edit the note has the time of the build, each other note its old one."""
    packed(source)
    write(source.parent, SOURCE.replace("an insect", "a small insect"))
    times = {fact: row[3] for fact, row in facts(packed(source, NOW + 50)).items()}
    assert times == {"zebra": NOW, "cloze": NOW, "ant": NOW + 50}
    assert {model["mod"] for model in note_types(packed(source, NOW + 50)).values()} == {NOW}


def test_cards_are_new_and_in_order(source: Path) -> None:
    """Each note's cards are new ones, due in the order of the source, counted from 1."""
    package = packed(source)
    names = {row[0]: fact for fact, row in facts(package).items()}
    cards = select(
        package, "SELECT nid, ord, due, type, queue, id - nid FROM cards ORDER BY due, ord"
    )
    assert [(names[nid], *rest) for nid, *rest in cards] == [
        ("zebra", 0, 1, 0, 0, 0),
        ("zebra", 1, 1, 0, 0, 1),
        ("cloze", 0, 2, 0, 0, 0),
        ("cloze", 1, 2, 0, 0, 1),
        ("cloze", 6, 2, 0, 0, 6),
        ("ant", 0, 3, 0, 0, 0),
    ]


def test_cards_lie_in_the_deck(source: Path) -> None:
    """All cards are in the deck that the source names; each has the time of its note."""
    package = packed(source)
    decks = json.loads(select(package, "SELECT decks FROM col")[0][0])
    assert {decks[str(did)]["name"] for (did,) in select(package, "SELECT did FROM cards")} == {
        "Tests::Sample"
    }
    mods = "SELECT notes.mod, cards.mod FROM cards JOIN notes ON notes.id = nid"
    assert all(note == card for note, card in select(package, mods))


def test_tags_are_the_topic_and_the_authors(source: Path) -> None:
    """A note's tags are its topic's, under the deck's id, and the author's, in order."""
    tags = {fact: row[5] for fact, row in facts(packed(source)).items()}
    assert tags == {
        "zebra": " a-tag b-tag sample::first ",
        "cloze": " sample::first ",
        "ant": " sample::second ",
    }


def test_each_note_has_a_value_for_each_field(source: Path) -> None:
    """A note has as many fields as its type, the first is filled, the spares are empty."""
    package = packed(source)
    kinds = {model["id"]: kind for kind, model in note_types(package).items()}
    for row in facts(package).values():
        values = dict(zip(FIELDS[kinds[row[2]]], row[6].split("\x1f"), strict=True))
        assert next(iter(values.values()))
        assert not any(value for name, value in values.items() if name.startswith("Spare"))


def test_the_description_tells_what_the_deck_is(source: Path) -> None:
    """Anki shows the summary, the version, the licence and which build this is."""
    decks = json.loads(select(packed(source), "SELECT decks FROM col")[0][0])
    deck = next(deck for deck in decks.values() if deck["name"] == "Tests::Sample")
    build_id = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    assert deck["desc"].split("<br><br>") == [
        "What this is <i>about</i>: A &amp; B.",
        "3 facts, 6 cards · Version 1.2.3 · Licence CC BY 4.0",
        "To update, import the new package with its options as they are: your progress stays.",
        f"sample 1.2.3 · {build_id}",
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1 fact, 1 card", "2 facts, 1 card"]),
        ("de", ["1 Fakt, 1 Karte", "2 Fakten, 1 Karte"]),
        ("fr", ["1 fait, 1 carte", "2 faits, 1 carte"]),
        ("es", ["1 hecho, 1 tarjeta", "2 hechos, 1 tarjeta"]),
    ],
)
def test_one_is_counted_as_one(language: str, told: list[str]) -> None:
    """The description, and the text for AnkiWeb, have the singular where it belongs."""
    assert [counted(PHRASES[language], facts, 1) for facts in (1, 2)] == told


# ---------------------------------------------------------------------------- the file


def test_the_zip_holds_the_collection_and_nothing_else(source: Path) -> None:
    """Two deflated members with a fixed date and plain permissions, one of them an empty list."""
    package = packed(source)
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        assert files.testzip() is None
        entries = files.infolist()
        assert not files.comment
    assert [entry.filename for entry in entries] == ["collection.anki2", "media"]
    for entry in entries:
        assert entry.compress_type == zipfile.ZIP_DEFLATED
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.external_attr >> 16 == 0o644
        assert (entry.create_system, entry.extra, entry.comment) == (3, b"", b"")
    assert json.loads(member(package, "media")) == {}


def test_the_database_is_sound(source: Path) -> None:
    """SQLite finds no fault, no page is wasted, no review and no deletion is sent along."""
    package = packed(source)
    assert select(package, "PRAGMA integrity_check") == [("ok",)]
    assert select(package, "PRAGMA freelist_count") == [(0,)]
    assert select(package, "SELECT * FROM revlog") == select(package, "SELECT * FROM graves") == []
    assert select(package, "SELECT count(), count(DISTINCT guid) FROM notes") == [(3, 3)]


def test_nothing_is_left_behind(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build leaves no temporary file, and in its folder only what it is to make."""
    (temporary := tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    packed(source)
    assert tempfile.gettempdir() == str(temporary)
    assert list(temporary.iterdir()) == []
    assert sorted(file.name for file in (source.parent / "out").iterdir()) == [
        "sample.apkg",
        "sample.manifest.json",
        "sample.pdf",
        "sample.tsv",
    ]
    assert sorted(file.name for file in source.parent.iterdir()) == [
        "out",
        "sample.lock",
        "sample.toml",
    ]


def test_a_second_package_is_the_same_to_the_byte(source: Path, tmp_path: Path) -> None:
    """With its lock, another folder and a later build make the same package."""
    first = packed(source)
    (tmp_path / "b").mkdir()
    for file in (source, source.with_suffix(".lock")):
        (tmp_path / "b" / file.name).write_bytes(file.read_bytes())
    assert packed(tmp_path / "b" / source.name, NOW + 12345) == first


# ---------------------------------------------------------------------------- the digest


def repacked(package: bytes, statement: str = "SELECT 1") -> bytes:
    """Return a package packed in another way, after a statement has run on its collection."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(member(package, "collection.anki2"))
        connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("VACUUM")
        data = connection.serialize()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        files.writestr("collection.anki2", data)
        files.writestr("media", member(package, "media"))
    return out.getvalue()


def test_the_digest_is_of_the_content_alone(source: Path) -> None:
    """Another zip and another layout of the database have the digest that the manifest names."""
    package = packed(source)
    other = repacked(package)
    assert member(other, "collection.anki2") != member(package, "collection.anki2")
    manifest = json.loads((source.parent / "out" / "sample.manifest.json").read_bytes())
    assert content_digest(other) == content_digest(package) == manifest["content"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notes SET flds = replace(flds, 'striped', 'spotted')",
        "UPDATE notes SET tags = ' x ' WHERE tags LIKE '%second%'",
        "UPDATE notes SET mod = mod + 1 WHERE id = (SELECT max(id) FROM notes)",
        "UPDATE notes SET guid = 'x' WHERE id = (SELECT max(id) FROM notes)",
        "UPDATE cards SET due = 9 WHERE due = 2 AND ord = 6",
        "DELETE FROM cards WHERE ord = 6",
        "UPDATE col SET models = replace(models, 'Spare 4', 'Spare 9')",
        "UPDATE col SET decks = replace(decks, 'Tests::', 'Test::')",
    ],
)
def test_the_digest_tells_contents_apart(source: Path, statement: str) -> None:
    """One field, tag, time, guid, card, note type or deck that differs makes another digest."""
    package = packed(source)
    assert content_digest(repacked(package, statement)) != content_digest(package)
