"""The gate before a release: what an update would take from a learner is found, no more."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, permutations, product
from pathlib import Path
from typing import Any

import pytest
from anki.collection import ImportAnkiPackageOptions
from ankilib import Collection, edit
from conftest import NOW, ROOT, Told, packed, python
from tamper import remodelled, run, zipped

from deckbuilder.lock import (
    Known,
    Numbered,
    Numbers,
    Unclear,
    Wish,
    allocate,
    format_lock,
    mark_released,
    parse_lock,
)
from deckbuilder.releases.history import CardState, Log, NoteState, State
from deckbuilder.releases.html import cell
from deckbuilder.releases.learner import learner
from deckbuilder.releases.simulate import Simulation, simulate
from deckbuilder.releases.told import simulation_text
from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.releases.update import Aftermath

LATE = NOW + 1000
RELEASES = sorted(folder for folder in (ROOT / "tests" / "releases").iterdir() if folder.is_dir())
HEAD = """\
[deck]
id = "small"
title = "A small deck"
anki = "Tests::Small"
version = "0.1.0"
language = "en"

[[topic]]
id = "one"
title = "First topic"

[[topic.fact]]
id = "sky"
question = "Which colour has the sky?"
answer = "blue"

[[topic.fact]]
id = "grass"
cloze = "{{c1::Grass}} is {{c2::green}} in {{c3::spring}}."

[[topic.fact]]
id = "snow"
term = "snow"
definition = "frozen water that falls"
reverse = true

[[topic.fact]]
id = "lakes"
compare = "How do they differ?"
things = ["Superior", "Ontario"]
aspects = [["Area", "first", "last"], ["Depth", "406 m", "244 m"]]

[[topic.fact]]
id = "rain"
question = "What falls from clouds?"
answer = "rain"
"""
ALL = {"sky", "grass", "snow", "lakes", "rain"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(HEAD, encoding="utf-8")
    return file


def codes(result: Simulation) -> set[tuple[str, str, int]]:
    return {(found.code, found.fact, found.card) for found in result.failures}


def noted(result: Simulation) -> set[tuple[str, str, int]]:
    return {(found.code, found.fact, found.card) for found in result.remarks}


# ---------------------------------------------------------------------------- honest updates


def test_the_same_release_again_changes_nothing(source: Path) -> None:
    """A learner who imports a release twice loses nothing and is told nothing."""
    old = packed(source, NOW)
    result = simulate(old, old)
    assert result.failures == result.remarks == ()
    assert (result.notes, result.cards, result.written) == (5, 11, 5)
    assert (result.new, result.updated, result.removed) == (0, 0, 0)


def test_an_honest_update_passes(source: Path) -> None:
    """Words, answers, an order, a topic's title and a new fact may change: nobody loses by it."""
    old = packed(source, NOW)
    edit(source, 'answer = "blue"', 'answer = "azure"')
    edit(source, "falls from clouds", "comes down from clouds")
    edit(source, "{{c3::spring}}", "{{c3::early spring}} and {{c4::May}}")
    text = '\n[[topic.fact]]\nid = "hail"\nquestion = "What is hail made of?"\nanswer = "ice"\n'
    source.write_text(source.read_text("utf-8") + text, encoding="utf-8")
    result = simulate(old, packed(source, LATE))
    assert result.failures == ()
    assert noted(result) == {("answer", "sky", 1), ("answer", "grass", 3)}
    assert (result.new, result.updated, result.written) == (1, 3, 2)


def test_cells_of_a_table_may_be_corrected(source: Path) -> None:
    """Two cells that stood in each other's place are set right: rows and columns tell the cards."""
    old = packed(source, NOW)
    edit(source, '"first", "last"', '"last", "first"')
    result = simulate(old, packed(source, LATE))
    assert result.failures == ()
    assert noted(result) == {("answer", "lakes", 1), ("answer", "lakes", 2)}


def test_an_answer_that_another_card_has_too_may_be_corrected(source: Path) -> None:
    """Two gaps had one answer, and one of them gets another: nothing has moved."""
    edit(source, "{{c3::spring}}", "{{c3::green}}")
    old = packed(source, NOW)
    edit(source, "{{c3::green}}", "{{c3::May}}")
    result = simulate(old, packed(source, LATE))
    assert result.failures == ()
    assert noted(result) == {("answer", "grass", 3)}


def test_an_item_that_stands_elsewhere_is_another(source: Path) -> None:
    """A number that was given away again: what it was is gone, and this is no rewording."""
    old = packed(source, NOW)
    edit(source, "{{c1::Grass}} is {{c2::green}} in {{c3::spring}}",
         "{{c3::All}} {{c1::grass}} is {{c2::green}} in spring")  # fmt: skip
    result = simulate(old, packed(source, LATE))
    assert codes(result) == {("swapped", "grass", 3)}
    assert "which stands at another place" in result.failures[0].found
    assert noted(result) == {("answer", "grass", 1)}


def test_each_card_is_studied_first(relations: Path) -> None:
    """No card goes into the update without a history: some were answered, all others planned."""
    with learner() as student:
        student.load(packed(relations, NOW))
        student.study()
        cards = [c for note in student.state().notes.values() for c in note.cards.values()]
    answered = [card for card in cards if any(review[2] for review in card.reviews)]
    assert all(card.reviews for card in cards)
    assert 10 < len(answered) < len(cards)


def test_a_new_look_passes(source: Path) -> None:
    """A style that is dated later reaches the learner, and touches nothing else."""
    old = packed(source, NOW)

    def restyle(model: dict[str, Any]) -> None:
        model["css"] += ".new {}"
        model["mod"] = LATE

    assert simulate(old, remodelled(old, restyle)).failures == ()


def test_a_fact_that_is_gone_stays_and_is_told(source: Path) -> None:
    """A note that the release lacks is the learner's for ever; that is told, and is no failure."""
    old = packed(source, NOW)
    result = simulate(old, run(old, *gone("rain")))
    assert result.failures == ()
    assert noted(result) == {("stays", "rain", 0)}
    assert result.removed == 1


def test_a_retired_fact_is_told(source: Path) -> None:
    """A note that comes back blank, marked as retired, is no failure and no stale note."""
    old = packed(source, NOW)
    empty = "\x1f" * 4  # Cite, Image, Audio are empty, then comes Retired
    new = run(old, said(f"sky{empty}", f"sky{empty}1"), dated("sky"))
    result = simulate(old, new)
    assert result.failures == ()
    assert noted(result) == {("retired", "sky", 0)}
    assert simulate(new, new).remarks == ()  # who had it blank before is told nothing
    assert noted(simulate(new, run(new, *gone("sky")))) == {("stays", "sky", 0)}  # as any other


def test_a_fact_may_be_made_anew_where_the_old_note_is_retired(source: Path) -> None:
    """A fact whose note had to become another is no duplicate: the old one is blank."""
    old = packed(source, NOW)
    columns = "mod, usn, tags, flds, sfld, csum, flags, data"
    empty = "\x1f" * 4
    new = run(
        old,
        f"INSERT INTO notes SELECT id + 1, 'another', mid, {columns} FROM notes"
        f" WHERE {where('sky')}",
        f"UPDATE notes SET flds = replace(flds, 'sky{empty}', 'sky{empty}1'), mod = mod + 9"
        " WHERE guid <> 'another'",
        "INSERT INTO cards SELECT id + 7, nid + 1, did, ord, mod, usn, type, queue, due, ivl,"
        " factor, reps, lapses, left, odue, odid, flags, data FROM cards"
        f" WHERE nid IN (SELECT id FROM notes WHERE {where('sky')} AND guid <> 'another')",
        f"UPDATE notes SET mod = mod - 9 WHERE guid <> 'another' AND NOT {where('sky')}",
    )
    result = simulate(old, new)
    assert result.failures == ()
    assert noted(result) == {("retired", "sky", 0)}


def test_a_retired_fact_may_leave_its_id_to_one_of_the_other_type(source: Path) -> None:
    """Who skipped the retirement keeps the old note, and gets the new one: two facts, one id."""
    old = packed(source, NOW)
    question = 'question = "Which colour has the sky?"\nanswer = "blue"'
    edit(source, question, 'cloze = "The sky is {{blue}}."')
    result = simulate(old, packed(source, LATE))
    assert result.failures == ()
    assert noted(result) == {("stays", "sky", 0)}
    assert (result.new, result.removed) == (1, 1)


def test_a_blank_card_is_told(source: Path) -> None:
    """A gap that is gone leaves a blank card behind; its history is not another's."""
    old = packed(source, NOW)
    edit(source, "{{c3::spring}}", "spring")
    result = simulate(old, packed(source, LATE))
    assert result.failures == ()
    assert noted(result) == {("blank", "grass", 3)}


def test_another_deck_is_told(source: Path) -> None:
    """A new name of the deck moves no card, whether new ones come there or not; that is told."""
    old = packed(source, NOW)
    edit(source, '"Tests::Small"', '"Tests::Other"')
    for more in ("", '\n[[topic.fact]]\nid = "ice"\nquestion = "What is ice?"\nanswer = "water"\n'):
        source.write_text(source.read_text("utf-8") + more, encoding="utf-8")
        result = simulate(old, packed(source, LATE))
        assert (result.failures, result.new) == ((), bool(more))
        assert [found.code for found in result.remarks] == ["deck"]
        assert "new cards go to the deck “Tests::Other”" in result.remarks[0].found
        assert "have stay in “Tests::Small”" in result.remarks[0].found


def test_several_decks_are_told_by_name() -> None:
    """Whatever order Anki has them in: each new one is told, and all where learners' cards are."""
    names = ["Ants", "Bees", "Cats", "Dogs", "Elks", "Frogs", "Goats", "Hens"]

    def of(decks: Iterable[str]) -> State:
        notes = [replace(NOTE, guid=d, cards={0: replace(CARD, deck=d)}) for d in decks]
        return State({note.guid: note for note in notes}, {})

    before, meant = of(["Zebras", *names[::-1]]), of([f"My {name}" for name in names[::-1]])
    update = Aftermath(before, before, meant, frozenset(), frozenset(), Log())
    found = [remark.found for remark in update.remarks() if remark.code == "deck"]
    assert [said.partition("”")[0] for said in found] == [
        f"new cards go to the deck “My {name}" for name in names
    ]
    there = ", ".join(f"“{name}”" for name in [*names, "Zebras"])
    assert all(said.endswith(f"; those learners have stay in {there}") for said in found)


# ---------------------------------------------------------------------------- what goes wrong


def where(fact: str) -> str:
    return f"flds LIKE '%\x1f{fact}\x1f%'"


def gone(fact: str) -> tuple[str, str]:
    cards = f"DELETE FROM cards WHERE nid IN (SELECT id FROM notes WHERE {where(fact)})"
    return cards, f"DELETE FROM notes WHERE {where(fact)}"


def said(old: str, new: str) -> str:
    return f"UPDATE notes SET flds = replace(flds, '{old}', '{new}')"


def dated(fact: str, by: int = 1000) -> str:
    return f"UPDATE notes SET mod = mod + {by} WHERE {where(fact)}"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param([said("blue", "red")], {("stale-note", "sky", 0)}, id="no later date"),
        pytest.param([dated("sky", 1)], {("lost-edit", "sky", 0)}, id="dated later, unchanged"),
        pytest.param(
            ["UPDATE notes SET mod = mod + 1"],
            {("lost-edit", fact, 0) for fact in ALL},
            id="everything dated later",
        ),
        pytest.param(
            [f"UPDATE notes SET guid = 'another' WHERE {where('sky')}"],
            {("duplicate", "sky", 0)},
            id="another guid",
        ),
        pytest.param(
            [
                f"UPDATE notes SET guid = 'another' WHERE {where('sky')}",
                said("\x1fsky\x1f", "\x1fheaven\x1f"),
            ],
            {("duplicate", "heaven", 0)},
            id="another guid, and another id of the fact",
        ),
        pytest.param(
            [f"UPDATE notes SET guid = 'another' WHERE {where('sky')}", said("blue", "red")],
            {("duplicate", "sky", 0)},
            id="another guid, and other words",
        ),
        pytest.param(
            [
                said("{{c1::Grass}} is {{c2::green}}", "{{c2::Grass}} is {{c1::green}}"),
                dated("grass"),
            ],
            {("swapped", "grass", 1), ("swapped", "grass", 2)},
            id="swapped gap numbers",
        ),
        pytest.param(
            [
                said("{{c1::Grass}} is {{c2::green}} in {{c3::spring}}",
                     "Grass is {{c1::green}} in {{c2::spring}}"),
                dated("grass"),
            ],
            {("swapped", "grass", 2), ("swapped", "grass", 3)},
            id="gaps moved up",
        ),
    ],
)  # fmt: skip
def test_what_is_lost_is_found(
    source: Path, change: list[str], expected: set[tuple[str, str, int]]
) -> None:
    """Each way in which a release would hurt a learner fails, and names the fact and the card."""
    old = packed(source, NOW)
    result = simulate(old, run(old, *change))
    assert codes(result) == expected
    failed = {(fact, card) for _, fact, card in expected if card}
    assert not [each for each in result.remarks if (each.fact, each.card) in failed]


def helped(result: Simulation) -> list[str]:
    return [line[10:] for line in simulation_text(result) if line.startswith("  = help: ")]


@pytest.mark.parametrize(
    ("now", "way", "mended"),
    [
        pytest.param(
            "{{c2::Grass}} is {{c1::green}} in {{c3::spring}}",
            "`{{c1::…}}` for “Grass”, `{{c2::…}}` for “green”",
            "{{c1::Grass}} is {{c2::green}} in {{c3::spring}}",
            id="two",
        ),
        pytest.param(
            "{{c2::Grass}} is {{c3::green}} in {{c1::spring}}",
            "`{{c1::…}}` for “Grass”, `{{c2::…}}` for “green”, `{{c3::…}}` for “spring”",
            "{{c1::Grass}} is {{c2::green}} in {{c3::spring}}",
            id="three",
        ),
        pytest.param(
            "Grass is {{c1::green}} in {{c2::spring}}",
            "`{{c2::…}}` for “green”, `{{c3::…}}` for “spring”",
            "Grass is {{c2::green}} in {{c3::spring}}",
            id="moved up",
        ),
        pytest.param("{{c3::Grass}} is {{c1::green}} in {{c2::May}}", "", "", id="in the way"),
        pytest.param("{{c2::Grass}}, {{c2::so}}, is {{c1::green}}", "", "", id="two of a number"),
        pytest.param("{{c2::Grass}} is {{c1::green}} {{c3::green}}", "", "", id="same words"),
    ],
)
def test_numbers_that_were_exchanged_are_told(
    source: Path, now: str, way: str, mended: str
) -> None:
    """The advice names them, if that is enough, and who follows it has nothing to mend."""
    old, lock = packed(source, NOW), source.with_suffix(".lock")
    released = lock.read_bytes()
    edit(source, "{{c1::Grass}} is {{c2::green}} in {{c3::spring}}", now)
    result = simulate(old, packed(source, LATE))
    assert {code for code, *_ in codes(result)} == {"swapped"}
    (told,) = helped(result)
    if not way:
        assert told.startswith("if it is the same, reword and move it in two releases")
        return
    assert told == f"in `grass`, write {way}: each card then asks for what it asked"
    edit(source, now, mended)
    lock.write_bytes(released)
    assert simulate(old, packed(source, LATE)).failures == ()


def test_numbers_that_were_exchanged_in_a_table_are_told(source: Path) -> None:
    """They are written beside the words of a cell, and so they are advised."""
    old, lock = packed(source, NOW), source.with_suffix(".lock")
    released = lock.read_bytes()
    edit(source, '"first", "last"', '{ text = "first", n = 2 }, { text = "last", n = 1 }')
    result = simulate(old, packed(source, LATE))
    assert codes(result) == {("swapped", "lakes", 1), ("swapped", "lakes", 2)}
    (told,) = helped(result)
    assert '`{ text = "…", n = 1 }` for “first”, `{ text = "…", n = 2 }` for “last”' in told
    edit(source, "n = 2 }, {", "n = 1 }, {")
    edit(source, '"last", n = 1', '"last", n = 2')
    lock.write_bytes(released)
    assert simulate(old, packed(source, LATE)).failures == ()


def forget_gaps(source: Path) -> None:
    """Take the numbers of gaps out of a lock: it would have kept the cards on their cells."""
    lock = source.with_suffix(".lock")
    lock.write_text(re.sub(r', "gaps": \[\[.*?\]\]', "", lock.read_text("utf-8")), "utf-8")


def test_a_column_that_moves_is_found(source: Path) -> None:
    """Things that change places in a table take their cells along, and leave the histories."""
    old = packed(source, NOW)
    edit(source, '"Superior", "Ontario"', '"Ontario", "Superior"')
    edit(source, '"first", "last"', '"last", "first"')
    forget_gaps(source)
    found = codes(simulate(old, packed(source, LATE)))
    assert found == {("swapped", "lakes", 1), ("swapped", "lakes", 2)}


def test_a_cell_that_moves_to_another_row_is_found(source: Path) -> None:
    """A row put before others takes their cards, whose histories are of other cells."""
    old = packed(source, NOW)
    edit(source, '[["Area"', '[["Outlet", "St. Marys", "St. Lawrence"], ["Area"')
    forget_gaps(source)
    found = codes(simulate(old, packed(source, LATE)))
    assert found == {("swapped", "lakes", card) for card in (1, 2, 3, 4)}


@pytest.mark.parametrize(
    ("first", "second", "found"), [(2, 4, {2, 4}), (4, 2, {2, 4}), (5, 6, set())]
)
def test_a_card_that_becomes_that_of_another_cell_is_found(
    source: Path, first: int, second: int, found: set[int]
) -> None:
    """A column makes way for one elsewhere: under old numbers its cells would have its history."""
    old = packed(source, NOW)
    edit(source, '"Superior", "Ontario"', '"Erie", "Superior"')
    edit(source, '"first", "last"', f'{{ text = "fourth", n = {first} }}, "first"')
    edit(source, '"406 m", "244 m"', f'{{ text = "64 m", n = {second} }}, "406 m"')
    result = simulate(old, packed(source, LATE))
    assert codes(result) == {("swapped", "lakes", card) for card in found}


def test_a_cell_between_the_same_two_may_be_in_another_row(source: Path) -> None:
    """It stands where one stood that went, and is another all the same."""
    old = packed(source, NOW)
    edit(source, '"Superior", "Ontario"', '"Erie", "Superior"')
    edit(source, '"first", "last"', '{ text = "fourth", n = 5 }, "first"')
    edit(source, '"406 m", "244 m"', '{ text = "64 m", n = 2 }, "406 m"')
    assert codes(simulate(old, packed(source, LATE))) == {("swapped", "lakes", 2)}


def test_a_cell_that_says_what_another_said_has_not_moved(source: Path) -> None:
    """The cards of a column that went are blank, whatever words a new one has in common with it."""
    edit(source, '[["Area", "first", "last"]', '[["Salt", "no", "no"], ["Area", "first", "last"]')
    old = packed(source, NOW)
    edit(source, '"Superior", "Ontario"', '"Superior", "Erie"')
    edit(source, '"no", "no"', '"no", { text = "no", n = 7 }')
    edit(source, '"first", "last"', '"first", { text = "fourth", n = 8 }')
    edit(source, '"406 m", "244 m"', '"406 m", { text = "64 m", n = 9 }')
    result = simulate(old, packed(source, LATE))
    assert result.failures == ()
    assert noted(result) == {("blank", "lakes", card) for card in (2, 4, 6)}


ASKED = '<span class="cloze" data-ordinal="1">[...]</span>'


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ("<tr><td></td><th>A</th></tr><tr><th>Area</th><td>{}</td></tr>", ("Area", "A")),
        (
            "<tbody><tr><td></td><th>A</th></tr><tr><th>Area</th><td>{}</td></tr></tbody>",
            ("Area", "A"),
        ),
        (
            "<tr><td></td><th>A</th><th>B</th></tr><tr><th><b>Area</b></th><td>1</td><td>{}</td></tr>",
            ("Area", "B"),
        ),
        ("<tr><td></td></tr><tr><th>Area</th><td>{}</td></tr>", ("Area", "[...]")),
    ],
    ids=["ours", "edited in Anki", "bold", "longer than its head"],
)
def test_a_cell_is_known_by_its_heads(rows: str, heads: tuple[str, str]) -> None:
    """Whoever wrote the table, a cell that is asked for is found under its row and its column."""
    assert cell(f"<div>Which?<table>{rows.format(ASKED)}</table></div>") == heads


def test_facts_that_exchange_what_they_ask_are_found(source: Path) -> None:
    """Cut and pasted under the other's id, each would go on with the history of the other."""
    old = packed(source, NOW)
    rain, sky = (
        HEAD.partition(f'id = "{name}"')[2].partition("\n\n")[0] for name in ("rain", "sky")
    )
    edit(source, sky, "<sky>")
    edit(source, rain, sky)
    edit(source, "<sky>", rain)
    result = simulate(old, packed(source, LATE))
    assert codes(result) == {("elsewhere", "rain", 0), ("elsewhere", "sky", 0)}
    assert any("have it name that in `was`" in line for line in simulation_text(result))


def test_what_another_fact_asks_now_is_found(source: Path) -> None:
    """An id that is given to something else leaves the history there, and its fact begins anew."""
    old = packed(source, NOW)
    edit(source, '"What falls from clouds?"\nanswer = "rain"', '"What is wet?"\nanswer = "water"')
    again = (
        '\n[[topic.fact]]\nid = "shower"\nquestion = "What falls from clouds?"\nanswer = "rain"\n'
    )
    source.write_text(source.read_text("utf-8") + again, "utf-8")
    assert codes(simulate(old, packed(source, LATE))) == {("elsewhere", "rain", 0)}


def test_a_fact_may_ask_what_another_asks(source: Path) -> None:
    """A copy takes nothing away; nor does one of two that said the same and is reworded."""
    twice = (
        '\n[[topic.fact]]\nid = "shower"\nquestion = "What falls from clouds?"\nanswer = "rain"\n'
    )
    alone = packed(source, NOW)
    source.write_text(HEAD + twice, "utf-8")
    both = packed(source, LATE)
    assert codes(simulate(alone, both)) == set()
    edit(source, f"{twice}", twice.replace("What falls", "What comes down"))
    assert codes(simulate(both, packed(source, LATE + 1000))) == set()


def test_two_ways_of_a_fact_that_change_places_are_found(source: Path) -> None:
    """A term that becomes the meaning, and the meaning the term, swaps the histories of both."""
    old = packed(source, NOW)
    edit(source, 'term = "snow"', 'term = "frozen water that falls"')
    edit(source, 'definition = "frozen water that falls"', 'definition = "snow"')
    result = simulate(old, packed(source, LATE))
    assert codes(result) == {("exchanged", "snow", 1), ("exchanged", "snow", 2)}
    (help_line,) = (line for line in simulation_text(result) if "help" in line)
    assert help_line.endswith('retire the old one: `[[retired]]`, and below it `id = "…"`')


def test_the_way_out_of_an_exchange_can_be_gone(source: Path) -> None:
    """The ways of a fact have no numbers, but it may become another: the old one is retired."""
    old = packed(source, NOW)
    lock = source.with_suffix(".lock")
    known, _ = parse_lock(lock.read_bytes(), "lock", "small")
    assert known
    lock.write_bytes(format_lock(mark_released(known, "0.1.0")))
    edit(source, 'term = "snow"', 'term = "frozen water that falls"')
    edit(source, 'definition = "frozen water that falls"', 'definition = "snow"')
    edit(source, 'id = "snow"', 'id = "snow-named"')
    text = source.read_text("utf-8") + '\n[[retired]]\nid = "snow"\n'
    source.write_text(text, encoding="utf-8")
    assert simulate(old, packed(source, LATE)).failures == ()


@pytest.mark.parametrize("gone", ["DELETE FROM cards", "UPDATE col SET decks = '{}'"])
def test_an_old_release_that_nobody_could_learn_is_told(source: Path, gone: str) -> None:
    """Without cards, or without the deck they are in, there is nothing to be studied."""
    new = packed(source, NOW)
    with pytest.raises(UnreadableError, match=r"The old release (cannot be used|has no cards)"):
        simulate(run(new, gone), new)


def test_another_number_of_a_note_type_is_found(source: Path) -> None:
    """A note type of another id cannot update a note: each note of it is a conflict."""
    old = packed(source, NOW)

    def renumber(model: dict[str, Any]) -> None:
        if model["name"] == "small: Gaps":
            model["id"] = int(model["id"]) + 1

    new = run(remodelled(old, renumber), "UPDATE notes SET mod = mod + 9, mid = mid + 1"
              " WHERE flds LIKE '%{{c1::%'")  # fmt: skip
    assert codes(simulate(old, new)) == {("conflict", "grass", 0), ("conflict", "lakes", 0)}


def test_another_field_is_found(source: Path) -> None:
    """A note type with one field more cannot update its notes, which nobody would be told."""
    old = packed(source, NOW)

    def grow(model: dict[str, Any]) -> None:
        if model["name"] == "small: Gaps":
            model["flds"].append({**model["flds"][-1], "name": "More", "ord": 99, "id": 1})

    more = "UPDATE notes SET flds = flds || '\x1f', mod = mod + 9 WHERE flds LIKE '%{{c1::%'"
    found = codes(simulate(old, run(remodelled(old, grow), more)))
    assert {("conflict", "grass", 0), ("conflict", "lakes", 0)} <= found


def test_another_deck_is_no_update(source: Path) -> None:
    """Two decks that have nothing in common are no two releases, and nothing is proved by them."""
    old = packed(source, NOW)
    new = run(old, "UPDATE notes SET guid = guid || 'x', flds = replace(flds, '\x1f', 'x\x1f')")
    assert codes(simulate(old, new)) == {("another-deck", "", 0)}


def test_a_look_that_does_not_arrive_is_found(source: Path) -> None:
    """A style that changed without a later date never reaches a learner."""
    old = packed(source, NOW)
    new = remodelled(old, lambda model: model.update(css=model["css"] + ".new {}"))
    assert codes(simulate(old, new)) == {("stale-look", "", 0)}


CARD = CardState("front", "back", "Deck", ("due",), frozenset({("review",)}), blank=False)
NOTE = NoteState("guid", 1, NOW, {"Id": "sky"}, frozenset(), {0: CARD})


@pytest.mark.parametrize(
    ("cards", "code"),
    [
        pytest.param({0: CARD}, None, id="kept"),
        pytest.param({0: replace(CARD, reviews=frozenset())}, "lost-history", id="reviews"),
        pytest.param({0: replace(CARD, schedule=("new",))}, "lost-history", id="schedule"),
        pytest.param({0: replace(CARD, deck="Other")}, "lost-history", id="deck"),
        pytest.param({0: replace(CARD, front="?")}, "stale-card", id="front"),
        pytest.param({0: replace(CARD, back="?")}, "stale-card", id="back"),
    ],
)
def test_each_card_is_compared(cards: dict[int, CardState], code: str | None) -> None:
    """A card's reviews, dates, deck and words are all looked at (today's Anki keeps them)."""
    before, after = (State({"guid": replace(NOTE, cards=c)}, {}) for c in ({0: CARD}, cards))
    update = Aftermath(before, after, before, frozenset(), frozenset(), Log())
    assert [(found.code, found.card) for found in update.failures()] == [(code, 1)] * bool(code)


def test_a_card_or_note_that_goes_is_found() -> None:
    """Neither may vanish; what is lost is not remarked on as well."""
    before = State({"guid": NOTE}, {})
    no_card, no_note = State({"guid": replace(NOTE, cards={})}, {}), State({}, {})
    for after, expected in ((no_card, ["lost-history", "lost-card"]), (no_note, ["lost-note"])):
        update = Aftermath(before, after, before, frozenset(), frozenset(), Log())
        assert [found.code for found in update.failures()] == expected
        assert [*update.remarks()] == []


# ---------------------------------------------------------------------------- advice on gaps


def note_of(items: Iterable[tuple[Any, ...]]) -> NoteState:
    """Return a note whose cards ask for these words, by their numbers, in this order."""
    text = " ".join(f"{{{{c{number}::{said}}}}}" for number, said, *_ in items)
    cards = {
        number - 1: replace(CARD, back=f'<span class="cloze">{said}</span>')
        for number, said, *_ in items
    }
    return replace(NOTE, fields={"Id": "sky", "Text": text}, cards=cards)


ITEMS = Numbers(tuple(Known(number, said) for number, said in enumerate("abcd", 1)))


def swapped(items: Sequence[str], given: Mapping[int, int]) -> list[int]:
    """Return the cards of which a release says that they are another's, by the author's numbers."""
    wishes = [Wish(said, given.get(at, 0)) for at, said in enumerate(items)]
    got = allocate(ITEMS, wishes, strict=True)
    assert isinstance(got, Numbered)
    return moved(note_of(ITEMS.live), note_of(got.numbers.live))


def moved(old: NoteState, new: NoteState) -> list[int]:
    """Return the cards of which a release says that they are another's."""
    before, after = (State({"guid": note}, {}) for note in (old, new))
    update = Aftermath(before, after, after, frozenset(), frozenset(), Log())
    return [found.card for found in update.failures() if found.code == "swapped"]


@pytest.mark.parametrize("reworded", ["a", "b", "d", "ab", "bd", "ad", "abc"])
@pytest.mark.parametrize("dropped", ["", "a", "b", "d"])
def test_what_is_advised_on_gaps_is_released(reworded: str, dropped: str) -> None:
    """Builds advise and releases judge by one rule, wherever gaps go; the ways besides do, too."""
    for order in permutations(sorted({*"abcd"} - {*dropped})):
        items = [said.upper() if said in reworded else said for said in order]
        got = allocate(ITEMS, [*map(Wish, items)], strict=True)
        if isinstance(got, Numbered):
            assert not swapped(items, {})
            continue
        told = {at: slot.number if slot else got.free + at for at, slot in got.came}
        assert not swapped(items, told), (items, told)
        for one, other in combinations(told, 2):
            if got.at_one or other == one + 1:
                assert not swapped(items, told | {one: told[other], other: told[one]})
        if not any(slot for _, slot in got.came):
            for (at, _), slot in product(got.came, got.went):
                assert swapped(items, told | {at: slot.number}) == [slot.number]


@pytest.mark.parametrize("before", ["ab", "aa", "aab", "aba", "abab", "abca", "aabc"])
def test_what_is_decided_of_equal_words_is_released(before: str) -> None:
    """What a build numbers by itself, and what it advises, no release takes for a passing."""
    old = Numbers(tuple(Known(number, said) for number, said in enumerate(before, 1)))
    for after in (each for many in range(1, 6) for each in product("abx", repeat=many)):
        wishes = [*map(Wish, after)]
        got = allocate(old, wishes, strict=True)
        while isinstance(got, Unclear):
            for at, (where, slot) in enumerate(got.came):
                given = slot.number if slot else got.free + at
                wishes[where] = wishes[where]._replace(given=given)
            got = allocate(old, wishes, strict=True)
        assert not moved(note_of(old.live), note_of(got.numbers.live)), (before, after)


def note_saying(text: str) -> NoteState:
    """Return a note of a text with numbered gaps."""
    gaps = re.findall(r"\{\{c(\d)::(.*?)\}\}", text)
    return replace(note_of([(int(number), said) for number, said in gaps]),
                   fields={"Id": "sky", "Text": text})  # fmt: skip


LEADERS = "<li>{{c1::M}}</li><li>{{c2::B}}</li><li>{{c3::M}}</li><li>{{c4::B}}</li>"
PASSED = {  # what a note said, what it says, and the cards whose histories have gone to others
    "another fact in front": (
        "Water has {{c1::two}} hydrogens.",
        "Sugar has {{c1::two}} rings; water has {{c2::two}} hydrogens.",
        [1],
    ),
    "another fact in front, numbered": (
        "Water has {{c1::two}} hydrogens.",
        "Sugar has {{c2::two}} rings; water has {{c1::two}} hydrogens.",
        [],
    ),
    "the first taken out": (
        "Insects have {{c1::six}} legs and spiders have {{c2::eight}} legs, ants have {{c3::six}}.",
        "Spiders have {{c2::eight}} legs, ants have {{c1::six}}.",
        [3],
    ),
    "clauses that changed places": (
        "Insects have {{c1::six}} legs, ants have {{c2::six}}.",
        "Ants have {{c1::six}}, insects have {{c2::six}} legs.",
        [1, 2],
    ),
    "clauses that changed places, numbered": (
        "Insects have {{c1::six}} legs, ants have {{c2::six}}.",
        "Ants have {{c2::six}}, insects have {{c1::six}} legs.",
        [],
    ),
    "an item put in front": (
        LEADERS,
        "<li>{{c2::B}}</li><li>{{c1::M}}</li><li>{{c4::B}}</li><li>{{c3::M}}</li><li>{{c5::B}}</li>",
        [2, 4],
    ),
    "an item put in front, numbered": (LEADERS, "<li>{{c5::B}}</li>" + LEADERS, []),
    "doubtful": (
        "{{c1::Erie}} has {{c2::two}} parks.",
        "{{c1::Erie}} has {{c3::two}} ports, {{c2::two}} parks.",
        [],
    ),
    "what the words around do not tell, numbered": (
        "The heart has {{c1::two}} atria and {{c2::two}} ventricles.",
        "The heart has {{c2::two}} ventricles and {{c1::two}} atria.",
        [],
    ),
    "sentences that changed places, numbered": (
        "Iron is a {{c1::metal}}. Copper is a {{c2::metal}}.",
        "Copper is a {{c2::metal}}. Iron is a {{c1::metal}}.",
        [],
    ),
    "of three, numbered": (
        "In {{c1::1914}} A fell. In {{c2::1914}} B fell. In {{c3::1914}} C fell.",
        "In {{c3::1914}} C fell. In {{c1::1914}} A fell. In {{c2::1914}} B fell.",
        [],
    ),
    "what the words around do not tell": (
        "The heart has {{c1::two}} atria and {{c2::two}} ventricles.",
        "The heart has {{c1::two}} ventricles and {{c2::two}} atria.",
        [],
    ),
    "gaps that were made one": (
        "{{c1::A}} is to {{c2::B}} as {{c1::A}} is.",
        "{{c1::A}} is to {{c1::B}} as {{c1::A}} is.",
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PASSED)
def test_a_history_that_passes_to_a_gap_of_the_same_words_is_found(case: str) -> None:
    """A card that asks for the same words elsewhere asks for something else.

    Where the words around do not tell, the author's numbers are right.
    """
    before, after, cards = PASSED[case]
    assert moved(note_saying(before), note_saying(after)) == cards


# ---------------------------------------------------------------------------- releases


@pytest.mark.parametrize("folder", [None, *RELEASES], ids=lambda f: f.name if f else "today")
def test_every_release_can_be_updated(folder: Path | None, tmp_path: Path) -> None:
    """Who has a deck that was ever released loses nothing by what is built of it today."""
    if folder is None:  # none is stored yet: one is made as a release would be
        folder = tmp_path / "language"
        folder.mkdir()
        shutil.copy(ROOT / "tests" / "samples" / "language.toml", folder / "language.toml")
        (folder / "language.apkg").write_bytes(packed(folder / "language.toml", NOW))
        lock = folder / "language.lock"
        head, *rows = map(json.loads, lock.read_text("utf-8").splitlines())
        lines = [head, *({**row, "since": "1.0.0"} for row in rows)]
        lock.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    work = shutil.copytree(folder, tmp_path / "work")
    result = simulate(
        (folder / f"{folder.name}.apkg").read_bytes(), packed(work / f"{folder.name}.toml", LATE)
    )
    assert result.failures == ()


def test_the_options_are_those_that_anki_offers(tmp_path: Path) -> None:
    """What the simulation imports with is what Anki's own window has ticked at first."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    offered = collection._backend.get_import_anki_package_presets()
    collection.close()
    assert offered == ImportAnkiPackageOptions()


# ---------------------------------------------------------------------------- the command


def two(source: Path, change: str) -> tuple[Path, Path]:
    old, new = source.with_name("old.apkg"), source.with_name("new.apkg")
    old.write_bytes(packed(source, NOW))
    new.write_bytes(run(old.read_bytes(), change))
    return old, new


def test_the_command_tells_and_fails(source: Path, told: Told) -> None:
    """A person reads the fact, what was expected and what happened; the exit code is 1."""
    old, new = two(source, said("blue", "red"))
    code, out, _ = told("simulate", old, new)
    assert code == 1
    assert "FAILED[stale-note] `sky`: expected: the note says what the release says" in out
    assert "Back 1 should read “red”, and reads “blue”; for the release does not" in out
    assert out.endswith("1 failure: do not give this release away\n")
    code, out, _ = told("simulate", old, old)
    assert (code, out.splitlines()[-1]) == (
        0,
        "learners keep all they have learned, and get all that is new",
    )
    assert "replaced" not in out


def test_what_learners_wrote_into_notes_that_change_is_counted(source: Path, told: Told) -> None:
    """The id of a topic is in the tags of all its notes: each is updated, be it edited or not."""
    old, new = source.with_name("old.apkg"), source.with_name("new.apkg")
    old.write_bytes(packed(source, NOW))
    edit(source, 'id = "one"', 'id = "first"\nwas = ["one"]')
    new.write_bytes(packed(source, LATE))
    code, out, _ = told("simulate", old, new)
    assert code == 0
    assert "5 notes changed: learners’ own edits and tags of such notes are replaced\n" in out


@pytest.mark.parametrize(
    ("version", "unsure"),
    [("0.1.0", False), ("0.0.9", False), ("0.1.1", True), ("0.10.0", True), ("1.0.0", True)],
)
def test_what_a_release_between_may_have_done_is_no_failure(
    source: Path, told: Told, version: str, unsure: bool
) -> None:
    """Of builds of one version a gap reworded and moved is another; else two may have done it."""
    old, new = source.with_name("old.apkg"), source.with_name("new.apkg")
    old.write_bytes(packed(source, NOW))
    edit(source, "{{c1::Grass}} is {{c2::green}} in {{c3::spring}}",
         "In {{c3::March}}, {{c1::Grass}} is {{c2::green}}")  # fmt: skip
    edit(source, '"0.1.0"', f'"{version}"')
    new.write_bytes(packed(source, LATE))
    code, out, _ = told("simulate", old, new)
    found = "[swapped] `grass`, card 3: expected: it still asks for “spring”"
    assert f"  {'UNSURE' if unsure else 'FAILED'}{found}" in out
    assert "= help: if it is the same, reword and move it in two releases" in out
    assert code == 1
    assert ("where a release between the two did a part of it, it is right" in out) == unsure
    end = "1 doubt: only the releases between the two can tell\n"
    assert out.endswith(end if unsure else "1 failure: do not give this release away\n")
    document = json.loads(told("simulate", old, new, "--format", "json")[1])
    assert [len(document[name]) for name in ("failures", "unsure")] == [not unsure, unsure]


def test_what_no_release_between_can_have_done_fails(source: Path, told: Told) -> None:
    """A lost correction is one, whatever was skipped; so are all of a package without a version."""
    old, new = two(source, said("blue", "red"))
    edit(source, '"0.1.0"', '"0.3.0"')
    new.write_bytes(run(packed(source, NOW), said("blue", "red")))
    code, out, _ = told("simulate", old, new)
    assert code == 1
    assert "FAILED[stale-note] `sky`" in out
    nameless = "UPDATE col SET decks = replace(decks, 'small 0.', 'small ')"
    new.write_bytes(run(packed(source, NOW), nameless, dated("sky")))
    assert "FAILED[lost-edit] `sky`" in told("simulate", old, new)[1]


def test_a_program_is_told_the_same(source: Path, told: Told) -> None:
    """As JSON, the report is one document with every finding."""
    code, out, _ = told("simulate", *two(source, said("blue", "red")), "--format", "json")
    document = json.loads(out)
    assert code == 1
    assert [found["fact"] for found in document["failures"]] == ["sky"]
    assert document["notes"] == 5


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_package_drives_the_terminal(source: Path, told: Told, form: str) -> None:
    """Whatever a package holds, what is told of it is never a command."""
    files = two(source, said("blue", "\x9b31m"))
    code, out, _ = told("simulate", *files, "--format", form)
    assert code == 1
    assert "31m" in out
    assert out.replace("\n", "").isprintable()


def test_nothing_is_left_behind(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The collections are gone afterwards, and nothing is written where a user's Anki lives."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    old = packed(source, NOW)
    simulate(old, old)
    assert [*home.iterdir(), *temporary.iterdir()] == []


def test_a_package_that_anki_refuses_leaves_the_collection_free(source: Path) -> None:
    """Who kept hold of the error may go on with the next package."""
    with learner() as student:
        with pytest.raises(UnreadableError, match="Anki refuses") as kept:
            student.load(b"no package")
        student.load(packed(source, NOW))
        assert len(student.state().notes) == 5
    assert str(kept.value)


LIMITED = """\
import resource, sys
sys.dont_write_bytecode = True
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
from deckbuilder.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("room", [4_000, 40_000, 150_000])
def test_a_full_disk_is_no_fault_of_the_release(source: Path, room: int) -> None:
    """Wherever it stops, in Anki or before: it is told, with the folder, as what it is."""
    old = source.with_name("old.apkg")
    old.write_bytes(packed(source, NOW))
    ended = python(source.parent, LIMITED, f"{room}", "simulate", old.name, old.name)
    assert (ended.returncode, ended.stdout) == (3, "")
    told = f"deckbuilder: (File too large|Input/output error): {tempfile.gettempdir()}/deckbuilder-"
    assert re.match(told, ended.stderr)


def test_a_folder_for_temporary_files_that_is_not_there(
    source: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anki uses the one that Python found instead; where there is none, that is told."""
    old = source.with_name("old.apkg")
    old.write_bytes(packed(source, NOW))
    monkeypatch.setenv("TMPDIR", "/nonexistent")
    assert told("simulate", old, old)[0] == 0
    assert os.environ["TMPDIR"] == "/nonexistent"
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")
    code, out, err = told("simulate", old, old)
    assert (code, out) == (3, "")
    assert "No such file or directory: /nonexistent/" in err


def test_without_anki_it_says_what_to_install(
    source: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anki's library is an extra: who has not installed it reads how to."""
    files = two(source, said("blue", "red"))
    monkeypatch.setitem(sys.modules, "anki.buildinfo", None)
    code, _, err = told("simulate", *files)
    assert code == 3
    assert "pip install 'anki>=26.9,<27'" in err


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is no Anki package"),
        (zipped({"collection.anki2": b"nothing"}), "its notes cannot be read"),
        (zipped({"readme": b""}), "There are no notes in this package"),
        (zipped({"collection.anki21b": b""}), "was exported by Anki"),
        (zipped({"collection.anki2": bytes(1 << 24)}), "far more than a deck would"),
        (None, "has no notes."),
    ],
    ids=["empty", "no database", "no collection", "newer", "bomb", "no notes"],
)
def test_what_is_no_package_is_told(
    source: Path, told: Told, data: bytes | None, expected: str
) -> None:
    """A file that is no deck is refused in a sentence that says which one."""
    old, _ = two(source, said("blue", "red"))
    bad = source.with_name("bad.apkg")
    none = run(old.read_bytes(), "DELETE FROM notes", "DELETE FROM cards")
    bad.write_bytes(none if data is None else data)
    code, _, err = told("simulate", old, bad)
    assert code == 1
    assert expected in err
    assert "The new release" in err
