"""A damaged lock is mended from its own lines and from what learners have, always the same."""

from __future__ import annotations

import io
import itertools
import json
import re
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nasty
import pytest
from conftest import NOW, ROOT, SMALL, deck_of
from tamper import zipped
from test_cli import Runner, run  # noqa: F401 - a fixture

from deckbuilder.build import build
from deckbuilder.lock import (
    Known,
    Line,
    Lock,
    Numbers,
    Saying,
    format_lock,
    mark_released,
    merge,
    parse_lock,
)
from deckbuilder.problems import Obstacle, errors
from deckbuilder.publishing.repair import Repair, repair
from deckbuilder.publishing.shipped import Shipped, read_shipped
from deckbuilder.read import read
from deckbuilder.request import Request
from deckbuilder.scaffold import project

LATER = NOW + 86_400


def lock_of(source: Path) -> Lock:
    deck, _ = read(source)
    assert deck
    file = source.with_suffix(".lock")
    lock, problems = parse_lock(file.read_bytes(), file.name, deck.id, deck.was)
    assert lock, problems
    return lock


def release(source: Path, now: int = NOW, version: str = "0.1.0") -> bytes:
    """Build a source, mark its lock as released and return the package."""
    problems = build(source, source.parent / "out", now, Request(break_schema=True)).problems
    assert not errors(problems), problems
    data = format_lock(mark_released(lock_of(source), version))
    source.with_suffix(".lock").write_bytes(data)
    return (source.parent / "out" / f"{source.stem}.apkg").read_bytes()


def changed(source: Path, now: int) -> tuple[str, ...]:
    """Build; return the ids of the facts whose notes learners get anew."""
    changes = build(source, source.parent / "out", now).changes
    assert changes
    return changes.changed


def shipped(data: bytes, *decks: str) -> Shipped:
    found = read_shipped(data, decks or ("small",))
    assert isinstance(found, Shipped), found
    return found


def git_merge(folder: Path, base: bytes, ours: bytes, theirs: bytes, *how: str) -> bytes:
    """Return what git makes of three versions of a lock."""
    for name, data in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_bytes(data)
    made = subprocess.run(
        ["git", "merge-file", "-p", *how, "ours", "base", "theirs"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return made.stdout


def edited(source: Path, now: int, *edits: tuple[str, str]) -> bytes:
    """Return the lock that an edit of the source gives; source and lock stay as they were."""
    lock_file, text = source.with_suffix(".lock"), source.read_text("utf-8")
    before = lock_file.read_bytes()
    changed = text
    for old, new in edits:
        assert changed.count(old) == 1
        changed = changed.replace(old, new)
    source.write_text(changed, "utf-8")
    problems = build(source, source.parent / "out", now).problems
    assert not errors(problems), problems
    after = lock_file.read_bytes()
    lock_file.write_bytes(before)
    source.write_text(text, "utf-8")
    return after


# ---------------------------------------------------------------------------- from the package


def nasty_source() -> str:
    return nasty.source(5, 60, typed=False).toml().decode()


def template() -> str:
    return next(iter(project("All kinds", NOW).values())).decode()


SOURCES: dict[str, Callable[[], str]] = {
    "small": lambda: SMALL,
    "first": lambda: (ROOT / "source" / "relations.toml").read_text("utf-8"),
    "every kind": template,
    "nasty": nasty_source,
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_lost_lock_is_in_the_package(name: str, tmp_path: Path) -> None:
    """What a package tells is the very lock that it was built with, byte for byte."""
    source = tmp_path / "a.toml"
    source.write_text(SOURCES[name](), "utf-8")
    package = release(source)
    deck, _ = read(source)
    assert deck
    lock = source.with_suffix(".lock").read_bytes()
    version = deck.version.encode()
    lock = lock.replace(b'"since": "0.1.0"', b'"since": "%s"' % version)
    found = repair(deck, b"", shipped(package, deck.id))
    assert found.obstacles == ()
    places = re.compile(rb'(\[\d+, "[^"]*"), "[^"]*", "[^"]*"\]')  # only the source knows them
    assert found.data == places.sub(rb"\1]", lock)
    assert all("rebuilt from the package" in said for said in found.decided)


def test_a_rebuilt_lock_fits_the_source(small: Path) -> None:
    """After the repair, a frozen build is content: no note would change for learners."""
    package = release(small)
    small.with_suffix(".lock").unlink()
    deck, _ = read(small)
    assert deck
    small.with_suffix(".lock").write_bytes(repair(deck, b"", shipped(package)).data)
    assert build(small, small.parent / "out", LATER, Request(frozen=True)).problems == ()


def test_what_changed_since_the_package_is_newer_than_it(small: Path) -> None:
    """A fact that was corrected after the release reaches learners after the repair."""
    package = release(small)
    old = lock_of(small).lines["sky", "Facts"]
    small.write_text(SMALL.replace('"blue"', '"sky blue"'), "utf-8")
    deck, _ = read(small)
    assert deck
    small.with_suffix(".lock").write_bytes(repair(deck, b"", shipped(package)).data)
    assert changed(small, NOW - 5) == ("sky",)
    assert lock_of(small).lines["sky", "Facts"].mod > old.mod


def test_a_stale_lock_learns_from_the_package(small: Path) -> None:
    """A lock from before the release takes its times from the package."""
    release(small)
    old = small.with_suffix(".lock").read_bytes()
    small.write_text(SMALL.replace('"blue"', '"sky blue"'), "utf-8")
    package = release(small, LATER)
    new = small.with_suffix(".lock").read_bytes()
    found = repair(deck_of(small.read_text("utf-8")), old, shipped(package))
    assert found.data == new
    assert found.decided == ("`sky`: the package is newer than the lock, took the package's",)


def test_the_deck_keeps_its_first_id(small: Path) -> None:
    """A deck that got another id is known again, and so are its note types."""
    release(small)
    small.write_text(SMALL.replace('id = "small"', 'id = "little"\nwas = ["small"]'), "utf-8")
    package = release(small, LATER)
    lock = small.with_suffix(".lock").read_bytes()
    deck, _ = read(small)
    assert deck
    assert repair(deck, b"", shipped(package, "little", "small")).data == lock


def test_a_retired_fact_is_in_the_upgrade_package(small: Path) -> None:
    """From STEM-upgrade.apkg a lock is rebuilt with the facts that were retired."""
    release(small)
    retired = '\n[[retired]]\nid = "sky"\n'
    grass = SMALL[: SMALL.index('[[topic.fact]]\nid = "sky"')]
    grass += SMALL[SMALL.index('[[topic.fact]]\nid = "grass"') :]
    small.write_text(grass + retired, "utf-8")
    release(small, LATER)
    lock = small.with_suffix(".lock").read_bytes()
    upgrade = (small.parent / "out" / "small-upgrade.apkg").read_bytes()
    assert repair(deck_of(small.read_text("utf-8")), b"", shipped(upgrade)).data == lock


# ---------------------------------------------------------------------------- from two branches


@pytest.mark.parametrize("how", [(), ("--diff3",), ("--zdiff3",)], ids=["merge", "diff3", "zdiff3"])
def test_a_conflict_is_mended(how: tuple[str, ...], small: Path, tmp_path: Path) -> None:
    """Of a fact that both sides changed, the line that changed last stays; the others are whole."""
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    ours = edited(small, LATER, ('"blue"', '"azure"'))
    theirs = edited(small, LATER + 5, ('"blue"', '"sky blue"'))
    merged = git_merge(tmp_path, base, ours, theirs, *how)
    assert b"<<<<<<<" in merged
    found = repair(deck_of(SMALL), merged, None)
    assert found == Repair(theirs, ("`sky`: two lines, kept the one that changed last",))
    other = git_merge(tmp_path, base, theirs, ours, *how)
    assert repair(deck_of(SMALL), other, None) == found


def test_what_nobody_disputes_stays_as_it_is(small: Path, tmp_path: Path) -> None:
    """What a lock alone knows is not lost beside a conflict: where each cell of a table stands."""
    tables = """
[[topic.fact]]
id = "lakes"
compare = "How do they differ?"
things = ["Erie", "Huron"]
aspects = [["Depth", "64 m", "229 m"], ["Outlet", "Niagara", "Saint Clair"]]

[[topic.fact]]
id = "seas"
cloze = "{{c1::Salt}} is in {{c2::the sea}}, and {{c1::salt}} stays."
"""
    small.write_text(SMALL + tables, "utf-8")
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    ours = edited(small, LATER, ('"blue"', '"azure"'))
    theirs = edited(small, LATER + 5, ('"blue"', '"sky blue"'))
    deck = deck_of(SMALL + tables)
    assert repair(deck, git_merge(tmp_path, base, ours, theirs), None).data == theirs


def test_cells_that_say_the_same_are_told_apart_after_a_conflict(
    small: Path, tmp_path: Path
) -> None:
    """One branch adds a column, its merge is taken back: no card goes on as another cell's."""
    table = """
[[topic.fact]]
id = "lakes"
compare = "How do they differ?"
things = ["Erie", "Huron"]
aspects = [["Salt", "no", "no"], ["Depth", "64 m", "229 m"]]
"""
    small.write_text(SMALL + table, "utf-8")
    release(small)
    base, before = small.with_suffix(".lock").read_bytes(), lock_of(small).lines["lakes", "Gaps"]
    ours = edited(
        small,
        LATER + 5,
        ('["Erie", ', '["Ohio", "Erie", '),
        ('["Salt", ', '["Salt", "no", '),
        ('["Depth", ', '["Depth", "7 m", '),
    )
    theirs = edited(small, LATER, ("64 m", "65 m"))
    merged = git_merge(tmp_path, base, ours, theirs, "--diff3")
    text = (SMALL + table).replace("64 m", "65 m")
    after = mended(small, text, merged).lines["lakes", "Gaps"].numbers
    assert [(slot.number, slot.place) for slot in after.live] == [
        (slot.number, slot.place) for slot in before.numbers.live
    ]
    assert [slot.number for slot in after.gone] == [5, 6]


@pytest.mark.parametrize("known", ["package", "base"])
def test_cells_are_known_by_their_headings_after_a_conflict(
    known: str, small: Path, tmp_path: Path
) -> None:
    """One branch exchanged two answers, one renamed a heading: each card stays with its cell."""
    table = """
[[topic.fact]]
id = "water"
compare = "How do they differ?"
things = ["rain", "snow"]
aspects = [["State", "solid", "liquid"], ["Season", "any time", "winter"]]
"""
    small.write_text(SMALL + table, "utf-8")
    package = release(small)
    base = small.with_suffix(".lock").read_bytes()
    right, renamed = ('"solid", "liquid"', '"liquid", "solid"'), ('"rain"', '"rainfall"')
    theirs, ours = edited(small, LATER, right), edited(small, LATER + 5, renamed)
    merged = git_merge(tmp_path, base, ours, theirs, *["--diff3"] * (known == "base"))
    sold = shipped(package) if known == "package" else None
    text = (SMALL + table).replace(*right).replace(*renamed)
    live = mended(small, text, merged, sold).lines["water", "Gaps"].numbers.live
    assert {slot.place: (slot.number, slot.words) for slot in live} == {
        ("State", "rainfall"): (1, "liquid"),
        ("State", "snow"): (2, "solid"),
        ("Season", "rainfall"): (3, "any time"),
        ("Season", "snow"): (4, "winter"),
    }


def test_a_gap_that_only_one_side_took_out_keeps_its_number(small: Path, tmp_path: Path) -> None:
    """The other reworded it before: its author keeps the gap as it was, and learners their card."""
    three = ("in {{spring}}", "in {{spring}} and {{May}}")
    small.write_text(SMALL.replace(*three), "utf-8")
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    ours = edited(small, LATER, ("Grass is", "Most grass is"))
    small.with_suffix(".lock").write_bytes(edited(small, LATER, ("{{spring}}", "{{March}}")))
    theirs = edited(small, LATER + 5, ("{{spring}} and ", ""))
    small.write_text(SMALL.replace(*three).replace("Grass is", "Most grass is"), "utf-8")
    merged = git_merge(tmp_path, base, ours, theirs, "--diff3")
    found = repair(deck_of(small.read_text("utf-8")), merged, None)
    assert found.obstacles == ()
    small.with_suffix(".lock").write_bytes(found.data)
    assert not errors(build(small, tmp_path / "out", LATER + 9).problems)
    live = lock_of(small).lines["grass", "Gaps"].numbers.live
    assert [(slot.number, slot.words) for slot in live] == [(1, "green"), (2, "spring"), (3, "May")]


def test_equal_times_end_newer_than_both(small: Path, tmp_path: Path) -> None:
    """Two texts of one time: whichever a learner has, the next release is newer than it."""
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    ours = edited(small, LATER, ('"blue"', '"azure"'))
    theirs = edited(small, LATER, ('"blue"', '"sky blue"'))
    one = repair(deck_of(SMALL), git_merge(tmp_path, base, ours, theirs), None)
    other = repair(deck_of(SMALL), git_merge(tmp_path, base, theirs, ours), None)
    assert one == other
    small.with_suffix(".lock").write_bytes(one.data)
    assert lock_of(small).lines["sky", "Facts"].mod == LATER + 1


def test_a_release_on_one_side_is_kept(small: Path, tmp_path: Path) -> None:
    """A note that one branch released is a promise, also where the other changed it later."""
    assert not build(small, tmp_path / "out", NOW).problems
    base = small.with_suffix(".lock").read_bytes()
    theirs = edited(small, LATER, ('"blue"', '"azure"'))
    release(small)
    ours = small.with_suffix(".lock").read_bytes()
    small.with_suffix(".lock").write_bytes(
        repair(deck_of(SMALL), git_merge(tmp_path, base, ours, theirs), None).data
    )
    line = lock_of(small).lines["sky", "Facts"]
    assert (line.since, line.mod) == ("0.1.0", LATER)


def test_a_rename_on_one_side_and_an_edit_on_the_other(small: Path, tmp_path: Path) -> None:
    """A note is one under both its ids: the line goes on under the new, with the later text."""
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    ours = edited(small, LATER, ('id = "sky"', 'id = "azure"\nwas = ["sky"]'))
    theirs = edited(small, LATER + 5, ('"blue"', '"sky blue"'))
    merged = git_merge(tmp_path, base, ours, theirs)
    found = repair(deck_of(SMALL), merged, None)
    assert "`azure`: goes on for `sky`" in found.decided
    small.with_suffix(".lock").write_bytes(found.data)
    lock = lock_of(small)
    assert ("sky", "Facts") not in lock.lines
    assert lock.lines["azure", "Facts"].was == ("sky",)
    assert lock.lines["azure", "Facts"].mod == LATER + 5


@pytest.mark.parametrize("out", [False, True])
def test_a_mended_lock_knows_which_renames_are_out(small: Path, tmp_path: Path, out: bool) -> None:
    """One that no side has released can be taken back after a conflict as before it."""
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    rename = ('id = "sky"', 'id = "heaven"\nwas = ["sky"]')
    ours = edited(small, NOW + 10, rename)
    theirs = edited(small, NOW + 20, rename, ('"blue"', '"azure"'))
    if out:
        (lock, _) = parse_lock(theirs, "lock", "small")
        assert lock
        theirs = format_lock(mark_released(lock, "0.2.0"))
    found = repair(deck_of(small), git_merge(tmp_path, base, ours, theirs), None)
    assert found.obstacles == ()
    small.with_suffix(".lock").write_bytes(found.data)
    problems = errors(build(small, tmp_path / "out", LATER).problems)
    codes = ["released-fact-gone", "reserved-id"] if out else []
    assert sorted(problem.code for problem in problems) == codes


def test_one_id_for_two_notes(small: Path, tmp_path: Path) -> None:
    """The note that learners have stays, though a branch gave its new id to a fact of its own."""
    package = shipped(release(small))
    lock, renamed = small.with_suffix(".lock"), SMALL.replace('"sky"', '"azure"\nwas = ["sky"]')
    base, guid = lock.read_bytes(), lock_of(small).lines["sky", "Facts"].guid
    ours = edited(small, LATER, ('"sky"', '"azure"\nwas = ["sky"]'))
    small.write_text(f'{SMALL}\n[[topic.fact]]\nid = "azure"\nterm = "a"\ndefinition = "b"\n')
    draft = edited(small, LATER + 5)
    lock.write_bytes(draft)
    both = format_lock(mark_released(lock_of(small), "0.2.0"))
    for theirs, sold in ((draft, None), (draft, package), (both, package)):
        merged = git_merge(tmp_path, base, ours, theirs, "--union")
        found = repair(deck_of(renamed), merged, sold)
        assert "`azure`: two notes, kept the one that learners have" in found.decided
        lock.write_bytes(found.data)
        small.write_text(renamed)
        assert lock_of(small).lines["azure", "Facts"].guid == guid
    merged = git_merge(tmp_path, base, ours, both, "--union")
    (left,) = repair(deck_of(renamed), merged, None).obstacles
    assert left.sentence.startswith("`azure` is two notes for learners, ")
    assert guid in left.sentence


def mended(source: Path, text: str, merged: bytes, sold: Shipped | None = None) -> Lock:
    """Mend a lock, for a source of which that is the text now, and return what a build makes."""
    source.write_text(text, "utf-8")
    found = repair(deck_of(source), merged, sold)
    assert found.obstacles == ()
    source.with_suffix(".lock").write_bytes(found.data)
    problems = build(source, source.parent / "out", LATER + 9).problems
    assert not errors(problems), problems
    return lock_of(source)


def called(*ids: str) -> str:
    """Return the text of the source whose first fact has an id, and had others."""
    was = f"\nwas = {json.dumps(ids[1:])}" if ids[1:] else ""
    return SMALL.replace('id = "sky"', f'id = "{ids[0]}"{was}')


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("before", "ours", "theirs", "text", "known"),
    [
        pytest.param(
            called("sky"),
            called("azure", "sky"),
            called("heaven", "sky"),
            called("azure", "sky", "heaven"),
            ("heaven", "sky"),
            id="two ids, one is out",
        ),
        pytest.param(
            called("sky"),
            called("azure", "sky"),
            called("heaven", "sky"),
            called("heaven", "sky"),
            ("sky",),
            id="two ids, the one that is out stays",
        ),
        pytest.param(
            called("azure", "sky"),
            called("heaven", "azure"),
            called("sky", "azure"),
            called("heaven", "sky", "azure"),
            ("azure", "sky"),
            id="one goes on, one goes back",
        ),
        pytest.param(
            called("azure", "sky"),
            called("sky", "azure"),
            called("azure", "sky").replace('"blue"', '"blue, of course"'),
            called("sky", "azure").replace('"blue"', '"blue, of course"'),
            ("azure",),
            id="one goes back, one edits",
        ),
    ],
)
def test_a_mended_lock_knows_the_ids_of_both_sides(
    before: str,
    ours: str,
    theirs: str,
    text: str,
    known: tuple[str, ...],
    turned: bool,
    small: Path,
    tmp_path: Path,
) -> None:
    """Those that are out are known for ever; those of drafts are free after the release."""
    for source in dict.fromkeys((SMALL, before)):
        small.write_text(source, "utf-8")
        release(small)
    base = small.with_suffix(".lock").read_bytes()
    sides = []
    for side, now in ((ours, NOW + 10), (theirs, NOW + 20)):
        small.with_suffix(".lock").write_bytes(base)
        small.write_text(side, "utf-8")
        if side == theirs:
            release(small, now)
        else:
            assert not errors(build(small, tmp_path / "out", now).problems)
        sides.append(small.with_suffix(".lock").read_bytes())
    one, other = sides[::-1] if turned else sides
    merged = git_merge(tmp_path, base, one, other)
    lock = mark_released(mended(small, text, merged), "0.3.0")
    (found,) = (line for (_, kind), line in lock.lines.items() if kind == "Facts" and line.guid)
    assert tuple(sorted(found.was)) == known


@pytest.mark.parametrize("out", [False, True])
def test_a_rename_of_both_sides_can_be_taken_back(small: Path, tmp_path: Path, out: bool) -> None:
    """The source has the id of before again: that is the note, if no side has released another."""
    release(small)
    base, before = small.with_suffix(".lock").read_bytes(), lock_of(small)
    ours = edited(small, NOW + 10, ('id = "sky"', 'id = "azure"\nwas = ["sky"]'))
    theirs = edited(small, NOW + 20, ('id = "sky"', 'id = "heaven"\nwas = ["sky"]'))
    if out:
        (lock, _) = parse_lock(theirs, "lock", "small")
        assert lock
        theirs = format_lock(mark_released(lock, "0.2.0"))
    merged = git_merge(tmp_path, base, ours, theirs)
    if out:
        (left,) = repair(deck_of(SMALL), merged, None).obstacles
        assert left.sentence == "`azure` and `heaven` are one note for learners"
        return
    found = repair(deck_of(SMALL), merged, None)
    assert "`sky`: goes on for `azure`, `heaven`" in found.decided
    assert found == repair(deck_of(SMALL), git_merge(tmp_path, base, theirs, ours), None)
    line = mended(small, SMALL, merged).lines["sky", "Facts"]
    assert (line.guid, line.was, line.before) == (before.lines["sky", "Facts"].guid, (), "")
    fact = SMALL[SMALL.index("[[topic.fact]]") : SMALL.rindex("[[topic.fact]]")]
    gone = SMALL.replace(fact, "") + '\n[[retired]]\nid = "sky"\n'
    assert mended(small, gone, merged).lines["sky", "Facts"].retired


def test_what_a_side_retires_may_have_another_id_on_the_other(small: Path, tmp_path: Path) -> None:
    """The source tells which of the two it is, as that of a fact."""
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    fact = SMALL[SMALL.index("[[topic.fact]]") : SMALL.rindex("[[topic.fact]]")]
    gone = SMALL.replace(fact, "") + '\n[[retired]]\nid = "heaven"\n'
    ours = edited(small, NOW + 10, ('id = "sky"', 'id = "azure"\nwas = ["sky"]'))
    for text in (called("heaven", "sky"), gone):
        small.write_text(text, "utf-8")
        assert not errors(build(small, tmp_path / "out", NOW + 20).problems)
    merged = git_merge(tmp_path, base, ours, small.with_suffix(".lock").read_bytes())
    assert mended(small, gone, merged).lines["heaven", "Facts"].retired


GAPS = 'cloze = "Grass is {{green}} in {{spring}}."'
OURS = (GAPS, 'cloze = "{{Grass}} is {{green}} in {{spring}}."')
THEIRS = (GAPS, 'cloze = "Grass is {{green}} in {{spring}} and {{May}}."')


def two_new_gaps(small: Path, tmp_path: Path) -> bytes:
    """Return the lock after two branches gave the number 3 to gaps of their own."""
    base = small.with_suffix(".lock").read_bytes()
    return git_merge(tmp_path, base, edited(small, LATER, OURS), edited(small, LATER + 1, THEIRS))


BOTH = 'cloze = "{{Grass}} is {{green}} in {{spring}} and {{May}}."'


def test_one_number_for_two_gaps_is_told(small: Path, tmp_path: Path) -> None:
    """What both branches numbered alike is left to the author, with both words and two ways out."""
    release(small)
    found = repair(deck_of(SMALL.replace(GAPS, BOTH)), two_new_gaps(small, tmp_path), None)
    assert found.data == b""
    (left,) = found.obstacles
    assert left.sentence == "`grass`: the gap 3 is `May` and `Grass`, each on one side"
    assert "--from" in left.hint
    assert "{{c3::May}}, {{c4::Grass}}" in left.hint


def test_a_package_that_has_neither_gap_is_not_asked_for_again(small: Path, tmp_path: Path) -> None:
    """Who has named it is told what is left: to number them."""
    sold = shipped(release(small))
    merged = two_new_gaps(small, tmp_path)
    (left,) = repair(deck_of(SMALL.replace(GAPS, BOTH)), merged, sold).obstacles
    assert left.hint.startswith("the package has none of them: number them in the source: {{c3::")


def test_the_author_numbers_them(small: Path, tmp_path: Path) -> None:
    """With the numbers that the hint names, the lock is mended and both gaps get their cards."""
    release(small)
    merged = two_new_gaps(small, tmp_path)
    numbered = SMALL.replace(
        GAPS, 'cloze = "{{c4::Grass}} is {{green}} in {{spring}} and {{c3::May}}."'
    )
    small.write_text(numbered, "utf-8")
    found = repair(deck_of(numbered), merged, None)
    assert found.obstacles == ()
    small.with_suffix(".lock").write_bytes(found.data)
    assert not errors(build(small, tmp_path / "out", LATER + 9).problems)
    numbers = lock_of(small).lines["grass", "Gaps"].numbers
    assert [(s.number, s.words) for s in numbers.live] == [
        (4, "Grass"),
        (1, "green"),
        (2, "spring"),
        (3, "May"),
    ]


@pytest.mark.parametrize("merged", [True, False], ids=["conflict", "one side"])
def test_the_package_settles_what_a_number_is(merged: bool, small: Path, tmp_path: Path) -> None:
    """The gap that learners have keeps its number, though another branch gave that away later."""
    release(small)
    base, text = small.with_suffix(".lock").read_bytes(), small.read_text("utf-8")
    theirs = edited(small, LATER + 1, OURS)
    small.write_text(text.replace(*THEIRS), "utf-8")
    package = release(small, LATER, "0.2.0")
    ours = small.with_suffix(".lock").read_bytes()
    damaged = git_merge(tmp_path, base, ours, theirs) if merged else theirs
    small.write_text(text.replace(GAPS, BOTH), "utf-8")
    found = repair(deck_of(small.read_text("utf-8")), damaged, shipped(package))
    small.with_suffix(".lock").write_bytes(found.data)
    assert not errors(build(small, tmp_path / "out", LATER + 9).problems)
    live = {s.words: s.number for s in lock_of(small).lines["grass", "Gaps"].numbers.live}
    assert live == {"green": 1, "spring": 2, "May": 3, "Grass": 4}
    small.write_text(text.replace(*OURS), "utf-8")
    small.with_suffix(".lock").write_bytes(found.data)
    (asked,) = errors(build(small, tmp_path / "out", LATER + 9).problems)
    assert asked.code == "unclear-gaps"


def test_no_number_of_the_authors_outdoes_the_package(small: Path, tmp_path: Path) -> None:
    """Who numbers gaps the wrong way round is told by the next build what the card was."""
    release(small)
    base, text = small.with_suffix(".lock").read_bytes(), small.read_text("utf-8")
    theirs = edited(small, LATER + 1, OURS)
    small.write_text(text.replace(*THEIRS), "utf-8")
    package = release(small, LATER, "0.2.0")
    damaged = git_merge(tmp_path, base, small.with_suffix(".lock").read_bytes(), theirs)
    exchanged = 'cloze = "{{c3::Grass}} is {{green}} in {{spring}} and {{c4::May}}."'
    small.write_text(text.replace(GAPS, exchanged), "utf-8")
    found = repair(deck_of(small.read_text("utf-8")), damaged, shipped(package))
    small.with_suffix(".lock").write_bytes(found.data)
    built = build(small, tmp_path / "out", LATER + 9)
    assert "gap 3 is reworded: `May` → `Grass`" in str(built.decided)


def test_drafts_need_no_author(small: Path, tmp_path: Path) -> None:
    """Of a note that was never released, the later gap keeps the number, the other gets one."""
    assert not build(small, tmp_path / "out", NOW).problems
    merged = two_new_gaps(small, tmp_path)
    small.write_text(SMALL.replace(GAPS, BOTH), "utf-8")
    small.with_suffix(".lock").write_bytes(repair(deck_of(SMALL), merged, None).data)
    assert not errors(build(small, tmp_path / "out", LATER + 9).problems)
    live = {s.words: s.number for s in lock_of(small).lines["grass", "Gaps"].numbers.live}
    assert live == {"green": 1, "spring": 2, "May": 3, "Grass": 4}


@pytest.mark.parametrize("word", ["green", "spring"])
@pytest.mark.parametrize("known", ["package", "base"])
def test_a_number_from_before_the_branches_is_one_card(
    known: str, word: str, small: Path, tmp_path: Path
) -> None:
    """A gap that one branch reworded keeps its card, if package or conflict tell it was there."""
    package = release(small)
    reworded = (f"{{{{{word}}}}}", f"{{{{early {word}}}}}")
    base = small.with_suffix(".lock").read_bytes()
    ours = edited(small, LATER, reworded)
    theirs = edited(small, LATER - 1, ("Grass is", "All grass is"))
    merged = git_merge(tmp_path, base, ours, theirs, *["--diff3"] * (known == "base"))
    assert repair(deck_of(SMALL), git_merge(tmp_path, base, ours, theirs), None).obstacles
    sold = shipped(package) if known == "package" else None
    small.with_suffix(".lock").write_bytes(repair(deck_of(SMALL), merged, sold).data)
    assert edited(small, LATER + 9, reworded) == ours


# ---------------------------------------------------------------------------- line by line


def line(mod: int, **told: Any) -> Line:
    """Return a line of the one note that there is here, which changed then."""
    return Line("guid", 1, f"said at {mod}", mod)._replace(**told)


def merged(*rows: tuple[str, Line], sold: Line | None = None, has: str = "sky") -> tuple[str, Line]:
    """Return the id and the line of the one note that several lines are of, in whatever order.

    `has`: the fact that the source has; a package has it as `sky`.
    """
    package = Lock("small", {("sky", "Gaps"): sold}) if sold else None
    saying = Saying(frozenset({has}), frozenset({"heaven"}))
    made = [
        merge([((fact, "Gaps"), line) for fact, line in order], (), package, saying)
        for order in (rows, rows[::-1])
    ]
    assert made[0] == made[1]
    assert made[0].disputes == []
    (((fact, _), found),) = made[0].lines.items()
    return fact, found


def test_of_two_releases_the_first_is_remembered() -> None:
    """Which that is the numbers of the versions tell, not their letters."""
    one, other = line(NOW, since="0.10.0"), line(LATER, since="0.9.0")
    assert merged(("sky", one), ("sky", other))[1].since == "0.9.0"


def test_the_id_of_a_note_is_the_one_that_learners_have() -> None:
    """That of a draft is nobody's, though it changed last; what a package has is no opinion."""
    out, draft = line(NOW, since="0.1.0", note=2), line(LATER, note=3)
    assert merged(("sky", out), ("sky", draft))[1].note == 2
    assert merged(("sky", out), ("sky", draft), sold=line(NOW, note=4))[1].note == 4


def test_a_package_and_a_lock_of_one_time_leave_the_note_as_it_is_sold() -> None:
    """Made newer it would go over learners' own words, and say what they have already."""
    sold = line(NOW, since="0.1.0")
    assert merged(("sky", sold._replace(digest="other")), sold=sold)[1] == sold


def test_a_fact_that_was_edited_after_it_was_retired_is_not_retired() -> None:
    """What a side did last counts."""
    retired, edited = line(NOW, since="0.1.0", retired=True), line(LATER, since="0.1.0")
    assert not merged(("sky", retired), ("sky", edited))[1].retired
    late = line(LATER + 1, since="0.1.0", retired=True)
    assert merged(("sky", late), ("sky", edited))[1].retired


def test_the_schema_of_a_note_type_is_that_of_the_package() -> None:
    """What may never change is what learners have, though a lock was built since."""
    here, sold = (Line("", 0, "", mod, schema=f"{mod}") for mod in (LATER, NOW))
    package = Lock("small", {("", "Gaps"): sold})
    made = merge([(("", "Gaps"), here)], (), package, Saying())
    assert made.lines["", "Gaps"].schema == sold.schema


def test_an_id_that_the_source_has_comes_before_one_that_it_retires() -> None:
    """Each branch gave the note another id: it goes on under the one that there is."""
    azure, heaven = (line(at, since="0.1.0", was=("sky",)) for at in (NOW, LATER))
    assert merged(("azure", azure), ("heaven", heaven), has="azure")[0] == "azure"


def test_a_draft_that_both_sides_renamed_may_have_its_id_again() -> None:
    """Nothing is left of the two, for nobody knows them."""
    azure, heaven = (line(at, was=("sky",), before="sky") for at in (NOW, LATER))
    fact, found = merged(("azure", azure), ("heaven", heaven))
    assert (fact, found.before) == ("sky", "")


def test_a_rename_goes_back_to_the_last_id_that_is_out() -> None:
    """One side released the id that the other gave up; of two such, the package has the last."""
    azure = line(NOW, since="0.1.0", was=("sky",))
    heaven = line(LATER, since="0.1.0", was=("sky", "azure"), before="sky")
    fact, found = merged(("azure", azure), ("heaven", heaven), has="heaven")
    assert (fact, found.was, found.before) == ("heaven", ("sky", "azure"), "azure")


def test_of_two_ids_that_are_out_the_package_tells_the_last() -> None:
    """Without one it is the id that the source has, whichever side changed last."""
    azure, sky = (line(at, since="0.1.0", was=("old",)) for at in (NOW, LATER))
    assert merged(("azure", azure), ("sky", sky), sold=sky, has="azure")[1].before == "sky"
    assert merged(("azure", azure), ("sky", sky), has="azure")[1].before == ""


def test_a_gap_that_the_package_does_not_have_is_gone() -> None:
    """It is newer than the lock, so it holds all gaps that there are."""
    a, b = Known(1, "a"), Known(2, "b")
    sold, old = line(LATER, numbers=Numbers((a,))), line(NOW, numbers=Numbers((a, b)))
    assert merged(("sky", old), sold=sold)[1].numbers == Numbers((a,), (b,))


def test_what_learners_have_under_a_number_stands_where_it_stood() -> None:
    """By its place the next build knows that it was reworded."""
    then = tuple(map(Known, (1, 2, 3), "abc"))
    now = line(LATER, since="0.1.0", numbers=Numbers((*then[:2], Known(3, "C"))))
    sold = line(NOW, numbers=Numbers(then))
    assert merged(("sky", now), sold=sold)[1].numbers == Numbers(then)


def test_a_cell_that_is_gone_keeps_its_place() -> None:
    """By that it is known if it comes back."""
    one, two = Known(1, "a", ("Depth", "Erie")), Known(2, "b", ("Depth", "Huron"))
    sides = [line(at, numbers=Numbers((one._replace(words=w),), (two,)))
             for at, w in ((NOW, "a"), (LATER, "A"))]  # fmt: skip
    assert merged(*(("sky", side) for side in sides))[1].numbers.gone == (two,)


def test_of_two_drafts_of_one_id_the_last_stays() -> None:
    """Nobody has either; what is decided is told in the order of the ids."""
    rows = [
        ((fact, "Gaps"), Line(guid, note, "", mod))
        for note, (fact, guid, mod) in enumerate(
            [("sky", "a", LATER), ("sky", "b", NOW), ("grass", "c", NOW), ("grass", "d", LATER)], 1
        )
    ]
    made = merge(rows, (), None, Saying())
    assert {key[0]: line.guid for key, line in made.lines.items()} == {"sky": "a", "grass": "d"}
    kept = "two notes, kept the one that learners have"
    assert made.decided == [f"`grass`: {kept}", f"`sky`: {kept}"]


@pytest.mark.parametrize("mark", [b"", "\ufeff".encode()], ids=["none", "mark"])
def test_a_lock_may_begin_with_a_mark_of_its_encoding(mark: bytes, small: Path) -> None:
    """Some editors put one there; the first line is one all the same."""
    release(small)
    data = small.with_suffix(".lock").read_bytes()
    assert repair(deck_of(SMALL), mark + data, None) == Repair(data, ())


# ---------------------------------------------------------------------------- what is told


def test_what_cannot_be_read_needs_the_package(small: Path) -> None:
    """A line that is lost is told with its number; with the package, the lock is whole again."""
    package = release(small)
    whole = small.with_suffix(".lock").read_bytes()
    rows = whole.split(b"\n")
    rows[3] = rows[3][:40]
    broken = b"\n".join(rows)
    (left,) = repair(deck_of(SMALL), broken, None).obstacles
    assert left.sentence == "what stood in line 4 of the lock is lost"
    found = repair(deck_of(SMALL), broken, shipped(package))
    assert found.data == whole
    assert found.decided == (
        "`grass`: rebuilt from the package",
        "line 4 cannot be read: left out",
    )


def test_nothing_at_all_is_told(small: Path) -> None:
    """Without lock and package there is nothing to mend from."""
    (left,) = repair(deck_of(SMALL), b"", None).obstacles
    assert "no line of the lock" in left.sentence


def test_two_names_in_anki_are_told(small: Path, tmp_path: Path) -> None:
    """Which name learners have the deck by, only the package knows."""
    package = release(small)
    data = small.with_suffix(".lock").read_bytes()
    both = data.replace(b"Tests::Small", b"Tests::Other").split(b"\n")[0] + b"\n" + data
    (left,) = repair(deck_of(SMALL), both, None).obstacles
    assert left.sentence == "the deck has two names in Anki: Tests::Other and Tests::Small"
    assert repair(deck_of(SMALL), both, shipped(package)).data == data


def test_a_name_in_anki_that_both_sides_gave_up_is_none(small: Path, tmp_path: Path) -> None:
    """A conflict may tell what stood there before: that the deck had another name, no side says."""
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    ours = base.replace(b"Tests::Small", b"Tests::Other")
    theirs = ours.replace(b'"Tests::Other"', b'"Tests::Other", "restamped": %d' % LATER, 1)
    merged = git_merge(tmp_path, base, ours, theirs, "--diff3")
    assert b"Tests::Small" in merged
    found = repair(deck_of(SMALL), merged, None)
    assert found.obstacles == ()
    assert b"Tests::Other" in found.data


def test_another_decks_lock_is_told(small: Path) -> None:
    """A lock, and a package, of another deck mend nothing."""
    package = release(small)
    data = small.with_suffix(".lock").read_bytes()
    other = deck_of(SMALL.replace('id = "small"', 'id = "other"'))
    (flaw,) = repair(other, data, None).obstacles
    assert "`small`" in flaw.sentence
    assert 'if this deck had that id, name it in [deck]: was = ["small"]' in flaw.hint
    found = read_shipped(package, ("other",))
    assert isinstance(found, Obstacle)
    assert found.sentence == "the package holds the deck `small`, the source is `other`"


def repacked(package: bytes, *statements: str) -> bytes:
    """Return a package with its collection changed by SQL."""
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(files.read("collection.anki2"))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        files.writestr("collection.anki2", connection.serialize())
    connection.close()
    return out.getvalue()


def test_a_package_may_be_anything(small: Path) -> None:
    """Whatever is named as a package, the answer is a sentence; no code of it runs."""
    package = release(small)
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as files:
        files.writestr("nothing", b"")
    endless = (
        "CREATE VIEW notes2 AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n)"
        " SELECT i FROM n"
    )
    strange = [
        b"",
        b"PK",
        package[:-30],
        package[: len(package) // 2],
        empty.getvalue(),
        repacked(package, "DROP TABLE notes"),
        repacked(package, "DELETE FROM col"),
        repacked(package, "UPDATE col SET models = '[]'"),
        repacked(package, "UPDATE col SET models = '{\"1\": 1}'"),
        repacked(package, "UPDATE col SET decks = '{}'"),
        repacked(package, "UPDATE notes SET mid = 1"),
        repacked(package, "UPDATE notes SET flds = 'x'"),
        repacked(package, "UPDATE notes SET flds = x'00ff'"),
        repacked(package, "UPDATE notes SET guid = ''"),
        repacked(
            package,
            "INSERT INTO notes SELECT id + 1, guid || 'x', mid, mod, usn, tags, flds,"
            " sfld, csum, flags, data FROM notes WHERE flds LIKE '%sky%'",
        ),
        repacked(package, "UPDATE notes SET mod = 'x'"),
        repacked(package, endless),
        repacked(package, "CREATE TRIGGER t AFTER DELETE ON notes BEGIN SELECT 1; END"),
    ]
    for n, data in enumerate(strange):
        assert isinstance(read_shipped(data, ("small",)), Obstacle), n
    for at in range(0, len(package), 97):  # a byte of it may be another
        read_shipped(package[:at] + b"\xff" + package[at + 1 :], ("small",))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"collection.anki21b": b""}, "the package was exported by Anki, in a newer format"),
        ({"collection.anki2": bytes(1 << 24)}, "the package unpacks to far more than a deck would"),
        ({"readme": b""}, "there are no notes in this package"),
    ],
    ids=["newer", "bomb", "something else"],
)
def test_why_a_package_is_not_opened(files: dict[str, bytes], sentence: str) -> None:
    """What `verify` and `simulate` would not open is not opened here, and for their reason."""
    found = read_shipped(zipped(files), ("small",))
    assert isinstance(found, Obstacle)
    assert found.sentence.startswith(sentence)
    assert not found.sentence.endswith(".")
    assert found.hint == "name the .apkg that was given away, as deckbuilder built it"


def test_any_order_of_lines_gives_the_same(small: Path) -> None:
    """The order in which lines stand decides nothing."""
    release(small)
    base = small.with_suffix(".lock").read_bytes()
    sides = [edited(small, LATER + n, ('"blue"', f'"blue {n}"')) for n in (0, 0, 3)]
    rows = sorted({row for data in (base, *sides) for row in data.split(b"\n") if row})
    deck = deck_of(SMALL)
    made = {repair(deck, b"\n".join(some), None).data for some in itertools.permutations(rows[:6])}
    assert len(made) == 1


# ---------------------------------------------------------------------------- the command


def test_repair_on_the_command_line(run: Runner, small: Path) -> None:  # noqa: F811
    """Each decision is a line; the lock is written; a second repair finds nothing to do."""
    package = release(small)
    lock = small.with_suffix(".lock")
    whole = lock.read_bytes()
    Path("last.apkg").write_bytes(package)
    lock.unlink()
    refused = run("lock", "--repair", "small.toml")
    assert refused.code == 1
    assert "error: no line of the lock can be read\n  = help: name the last" in refused.err
    assert not lock.exists()
    ended = run("lock", "--repair", "small.toml", "--from", "last.apkg")
    assert ended.code == 0
    assert "small.lock: `sky`: rebuilt from the package\n" in ended.out
    assert "mended" in ended.out
    assert lock.read_bytes() == whole
    assert "fine, nothing to mend" in run("lock", "--repair", "small.toml").out


@pytest.mark.parametrize("damage", [b"\xff\xfe\x00", None], ids=["no line", "one line"])
def test_a_damaged_lock_of_a_draft(run: Runner, small: Path, damage: bytes | None) -> None:  # noqa: F811
    """What build and repair tell its author to do, done word by word, gives a lock again."""
    assert run("build", "small.toml").code == 0
    lock = small.with_suffix(".lock")
    whole = lock.read_bytes()
    lock.write_bytes(whole[:-40] if damage is None else damage)
    assert "`deckbuilder lock --repair` mends it" in run("build", "small.toml").err
    told = run("lock", "--repair", "small.toml").err
    assert "if none was ever released, delete the lock, and `deckbuilder build` makes" in told
    lock.unlink()
    assert run("build", "small.toml").code == 0
    assert lock.read_bytes() == whole


def test_a_lock_of_a_newer_deckbuilder(run: Runner, small: Path) -> None:  # noqa: F811
    """Nothing takes it apart, the package of --from neither: it is the program that is too old."""
    Path("last.apkg").write_bytes(release(small))
    lock = small.with_suffix(".lock")
    head, rows = lock.read_bytes().split(b"\n", 1)
    newer = head.replace(b'lock": 1', b'lock": 2')
    sides = b"\n".join((b"<<<<<<< a", newer, b"=======", head, b">>>>>>> b", rows))
    for data, command in (
        (newer + b"\n" + rows, ("build",)),
        (newer + b"\n" + rows, ("lock", "--repair")),
        (sides, ("lock", "--repair", "--from", "last.apkg")),
    ):
        lock.write_bytes(data)
        ended = run(*command, "small.toml")
        assert ended.code == 1
        assert "a newer deckbuilder wrote it: use that one" in ended.err
        assert "`deckbuilder lock --repair` mends it" not in ended.err
        assert lock.read_bytes() == data


def test_restamp_on_the_command_line(run: Runner, small: Path) -> None:  # noqa: F811
    """All notes get newer, nothing else changes, and the cost is told."""
    release(small)
    before = lock_of(small)
    ended = run("lock", "--restamp", "small.toml")
    assert ended.code == 0
    assert "small.lock: 2 notes made newer" in ended.out
    assert "tags they gave" in ended.out
    after = lock_of(small)
    assert {line.mod for line in after.lines.values()} == {NOW + 1}
    for key, line in before.lines.items():
        row = json.loads(json.dumps([after.lines[key].digest, after.lines[key].guid]))
        assert row == [line.digest, line.guid]
    assert changed(small, LATER) == ()


@pytest.mark.parametrize("option", ["--restamp", "--repair"])
@pytest.mark.parametrize(
    ("broken", "code", "told"),
    [
        ("source", 1, "= help:"),
        ("no lock", 1, "a.toml: its lock stays as it is\n"),
        ("damaged lock", 1, "a."),
        ("no file", 3, "deckbuilder: "),
    ],
)
def test_a_lock_that_stays_keeps_no_other_from_its_work(
    run: Runner, small: Path, option: str, broken: str, code: int, told: str  # noqa: F811
) -> None:  # fmt: skip
    """Which one is told; the others, before and behind it, are mended or made newer."""
    release(small)
    names, lock = ("0", "a", "b", "c"), small.with_suffix(".lock").read_bytes()
    torn = lock.replace(b"\n", b"\n<<<<<<< a\n", 1) if option == "--repair" else lock
    for name in names:
        Path(f"{name}.toml").write_text(small.read_text("utf-8"), "utf-8")
        Path(f"{name}.lock").write_bytes(torn)
    Path("a.lock").unlink()
    if broken == "source":
        Path("a.toml").write_text("[deck\n", "utf-8")
    elif broken == "damaged lock":
        Path("a.lock").write_bytes(lock[:-9])
    elif broken == "no file":
        Path("a.lock").mkdir()
    ended = run("lock", option, *(f"{name}.toml" for name in names))
    assert ended.code == code
    assert told in ended.err
    done = "mended" if option == "--repair" else "2 notes made newer"
    for name in names:
        assert (f"{name}.lock: {done}" in ended.out) == (name != "a"), ended.out
        assert name == "a" or Path(f"{name}.lock").read_bytes() != torn


@pytest.mark.parametrize("option", ["--restamp", "--repair"])
def test_a_lock_that_kept_the_old_name_of_its_source_is_to_be_moved(
    run: Runner, small: Path, option: str  # noqa: F811
) -> None:  # fmt: skip
    """No command tells its author to begin anew: moved as it is said, the lock is worked on."""
    run("build", "small.toml")
    small.rename("lawn.toml")
    for _ in range(2):
        ended = run("lock", option, "lawn.toml")
        assert ended.code == 1
        assert "the lock of this deck is still called small.lock: learners" in ended.err
        assert "= help: rename it with its source: git mv small.lock lawn.lock" in ended.err
        assert "deckbuilder build" not in ended.err
        assert not Path("lawn.lock").exists()
    Path("small.lock").rename("lawn.lock")
    assert run("lock", option, "lawn.toml").code == 0


def test_a_lost_lock_is_made_anew_beside_a_copy(run: Runner, small: Path) -> None:  # noqa: F811
    """The package decides, as it is named; and the copy, whose dates may be old, is told."""
    run("build", "small.toml")
    Path("small.lock").rename("backup.lock")
    ended = run("build", "small.toml")
    assert (ended.code, "old copy, take it away: deckbuilder lock --repair" in ended.err) == (
        1,
        True,
    )
    copy = Path("backup.lock").read_bytes()
    ended = run("lock", "--repair", "small.toml", "--from", "build/small.apkg")
    assert (ended.code, ended.err) == (0, "")
    assert "small.lock: made without backup.lock; if that is newer, move it here\n" in ended.out
    assert Path("backup.lock").read_bytes() == copy
    assert run("build", "small.toml").code == 0


def test_a_restamp_on_one_side_is_kept(run: Runner, small: Path, tmp_path: Path) -> None:  # noqa: F811
    """Whatever the other branch did meanwhile, all notes are still to go to everyone."""
    release(small)
    lock = small.with_suffix(".lock")
    base = lock.read_bytes()
    theirs = edited(small, LATER, ('"blue"', '"azure"'))
    assert run("lock", "--restamp", "small.toml").code == 0
    at = lock_of(small).restamped
    merged = git_merge(tmp_path, base, lock.read_bytes(), theirs)
    assert b"<<<<<<<" in merged
    found = repair(deck_of(SMALL), merged, None)
    assert found.obstacles == ()
    made, _ = parse_lock(found.data, "lock", "small")
    assert made
    assert made.restamped == at == min(line.mod for line in made.lines.values())
    wrong = merged.replace(f'"restamped": {at}'.encode(), b'"restamped": "now"')
    assert repair(deck_of(SMALL), wrong, None).obstacles


@pytest.mark.parametrize(
    "arguments",
    [(), ("--repair", "--restamp"), ("--restamp", "--from", "small.toml")],
    ids=["neither", "both", "restamp from"],
)
def test_wrong_use(run: Runner, small: Path, arguments: tuple[str, ...]) -> None:  # noqa: F811
    """What makes no sense is wrong use."""
    assert run("lock", "small.toml", *arguments).code == 2


def test_a_lock_that_cannot_be_used_says_how_to_mend_it(run: Runner, small: Path) -> None:  # noqa: F811
    """A build that meets a conflict names the command."""
    release(small)
    lock = small.with_suffix(".lock")
    lock.write_bytes(lock.read_bytes() + b"<<<<<<< HEAD\n")
    ended = run("build", "small.toml")
    assert ended.code == 1
    assert "deckbuilder lock --repair" in ended.err


def test_another_id_of_the_deck_is_to_be_told(run: Runner, small: Path) -> None:  # noqa: F811
    """A lock that knows the deck by another id: build and repair say how to name it; it helps."""
    release(small)
    other = SMALL.replace('id = "small"', 'id = "tiny"')
    small.write_text(other, "utf-8")
    for command in (("build",), ("lock", "--repair")):
        ended = run(*command, "small.toml")
        assert ended.code == 1
        assert 'if this deck had that id, name it in [deck]: was = ["small"]' in ended.err
        assert "`deckbuilder lock --repair` mends it" not in ended.err
    small.write_text(other.replace('"tiny"', '"tiny"\nwas = ["small"]'), "utf-8")
    assert run("build", "small.toml").code == 0


def test_what_was_given_away_as_a_draft_is_a_promise(run: Runner, small: Path) -> None:  # noqa: F811
    """A lock that takes a package for what was released keeps its author from breaking it."""
    assert run("build", "small.toml").code == 0
    (small.parent / "given.apkg").write_bytes((small.parent / "build/small.apkg").read_bytes())
    small.write_text(SMALL.replace('"sky"', '"heaven"').replace("Tests::", "T::"), "utf-8")
    assert "let pass, as the deck was never released: deck-r" in run("build", "small.toml").out
    assert run("lock", "--repair", "small.toml", "--from", "given.apkg").code == 0
    ended = run("build", "small.toml")
    assert ended.code == 1
    assert "error[deck-renamed]" in ended.err
    assert "error[released-fact-gone]" in ended.err
    small.write_text(SMALL.replace("{{green}} in {{spring}}", "{{lush}} in {{May}}"), "utf-8")
    small.with_suffix(".lock").unlink()
    assert run("lock", "--repair", "small.toml", "--from", "given.apkg").code == 0
    assert "error[unclear-gaps]" in run("build", "small.toml").err
