"""What authors and learners do between two releases, and what the real Anki makes of it.

Each row builds a release, imports it and studies every card; then learner and author act, and the
next release is imported with Anki's default options. No card may lose its history in any of them.
`docs/updates.md` shows the rows; `DOCS=new` writes them anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from anki.lang import set_lang
from ankilib import (
    Collection,
    Imported,
    all_cards,
    back,
    collection,
    delete_empty_cards,
    load,
    rows,
    study,
)
from conftest import ROOT

from deckbuilder.build import build
from deckbuilder.lock import dated_back, format_lock, mark_released, parse_lock, restamped
from deckbuilder.problems import Obstacle, errors
from deckbuilder.publishing.repair import repair
from deckbuilder.publishing.sentences import WORDING
from deckbuilder.publishing.shipped import read_shipped
from deckbuilder.read import read
from deckbuilder.request import Request
from deckbuilder.writers.apkg import notetypes

FIRST, SECOND, THIRD = 1_700_000_000, 1_700_100_000, 1_700_200_000  # when releases are built
BETWEEN, AFTER = 1_700_050_000, 1_700_150_000  # when a learner acts: before a correction, after it
PAGE = ROOT / "docs" / "updates.md"
DECK = "School::Water"

SOURCE = """\
[deck]
id = "water"
title = "Water"
anki = "School::Water"
version = "1.0.0"
language = "en"

[[topic]]
id = "states"
title = "States"

[[topic.fact]]
id = "ice"
question = "What is frozen water called?"
answer = "ice"

[[topic.fact]]
id = "change"
cloze = "Ice {{melts}} at 0 degrees, water {{boils}} at 100, steam {{condenses}} below."

[[topic.fact]]
id = "forms"
list = "Which forms has water in the air?"
items = ["vapour", "droplets", "crystals"]

[[topic]]
id = "cycle"
title = "Cycle"

[[topic.fact]]
id = "way"
list = "Which way does water go?"
items = ["evaporation", "clouds", "rain"]
ordered = true

[[topic.fact]]
id = "dew"
term = "dew"
definition = "drops that condense at night"
reverse = true

[[topic.fact]]
id = "gauge"
event = "The first rain gauge was standardised."
when = 1441

[[topic.fact]]
id = "kinds"
compare = "How do rain and snow differ?"
things = ["rain", "snow"]
aspects = [["State", "liquid", "solid"], ["Season", "any", "winter"]]
"""
EVERY = ("change", "dew", "forms", "gauge", "ice", "kinds", "way")
STATES, CYCLE = ("change", "forms", "ice"), ("dew", "gauge", "kinds", "way")

# ---------------------------------------------------------------------------- what is told apart

Seen = dict[tuple[str, int], Any]  # by guid and ordinal

LAST_REVIEW = re.compile(r',?"lrt":\d+')


@dataclass
class World:
    """An author's folder and a learner's Anki."""

    folder: Path
    col: Collection
    log: Imported = field(default_factory=Imported)

    @property
    def source(self) -> Path:
        return self.folder / "water.toml"

    def build(self, now: int, **how: Any) -> list[str]:
        """Build a release; return the codes of its errors."""
        problems = build(self.source, self.folder / "out", now, Request(**how)).problems
        return [problem.code for problem in errors(problems)]

    def release(self, now: int) -> None:
        """Build a release, and mark it as one."""
        assert self.build(now) == []
        lock_file = self.source.with_suffix(".lock")
        deck, _ = read(self.source)
        assert deck
        lock, _ = parse_lock(lock_file.read_bytes(), "lock", deck.id, deck.was)
        assert lock
        lock_file.write_bytes(format_lock(mark_released(lock, "1.0.0")))

    def mend(self, package: Path | None = None) -> None:
        """Repair the lock, from a package if there is one."""
        deck, _ = read(self.source)
        assert deck
        lock = self.source.with_suffix(".lock")
        sold = read_shipped(package.read_bytes(), [deck.id]) if package else None
        assert not isinstance(sold, Obstacle)
        found = repair(deck, lock.read_bytes() if lock.exists() else b"", sold)
        assert found.obstacles == ()
        lock.write_bytes(found.data)

    def take(self, package: str = "water", **chosen: int) -> None:
        """Import a package with Anki's default options, but for those that are chosen."""
        self.log = load(self.col, self.folder / "out" / f"{package}.apkg", **chosen)

    def change(self, *edits: tuple[str, str]) -> None:
        """Edit the source: each old text stands there once."""
        text = self.source.read_text("utf-8")
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        self.source.write_text(text, "utf-8")

    def note(self, fact: str) -> Any:
        return self.col.get_note(next(iter(self.col.find_notes(f"Id:{fact}"))))

    def write(self, fact: str, name: str, words: str, at: int) -> None:
        """Let the learner change a field of a note at a time."""
        note = self.note(fact)
        note[name] = words
        self.col.update_note(note)
        self.at(fact, at)

    def tag(self, fact: str, tag: str, at: int) -> None:
        """Let the learner tag a note at a time."""
        note = self.note(fact)
        note.add_tag(tag)
        self.col.update_note(note)
        self.at(fact, at)

    def at(self, fact: str, at: int) -> None:
        assert self.col.db
        self.col.db.execute("UPDATE notes SET mod = ? WHERE id = ?", at, self.note(fact).id)

    def cards(self, fact: str) -> list[Any]:
        return sorted(self.note(fact).cards(), key=lambda card: card.ord)

    def history(self) -> dict[int, Any]:
        """Return what Anki knows of each card but its content: schedule, state, deck, reviews.

        The second of the last review is in the log, too: a check of the database reads it off that,
        where it may be the one before.
        """
        assert self.col.db
        reviews: dict[int, list[Any]] = {}
        for row in rows(self.col, "revlog"):
            reviews.setdefault(row[1], []).append(row)
        return {
            row[0]: (row[1:4], [*row[6:-1], LAST_REVIEW.sub("", row[-1])], reviews.get(row[0]))
            for row in rows(self.col, "cards")
        }

    def answers(self) -> dict[int, str]:
        """Return the words that each card asks for; "" for a card that is blank."""
        found: dict[int, str] = {}
        for card in map(self.col.get_card, self.col.find_cards("")):
            if "cloze" in card.note_type()["tmpls"][0]["qfmt"]:
                asked = re.findall(r'class="cloze"[^>]*>(.*?)</span>', card.answer())
                found[card.id] = " ".join(asked)
            else:
                found[card.id] = back(card).words if 'class="back"' in card.answer() else ""
        return found


@dataclass(frozen=True)
class Scenario:
    """One row. Facts that are not named as updated, new or missing have to be left alone.

    Attributes:
        name: what happens.
        told: what a learner sees.
        edits: of the source, between the releases.
        learner: what the learner does before the second import.
        author: what the author does instead of only building.
        updated, new: facts by what the log of the import has to say.
        asks: cards that ask for something else after it, by fact and place, and for what.
        after: what else has to hold.
        helps: what brings what Anki kept back: options of another import, and what comes before.
        price: what has to hold after that.
    """

    name: str
    told: str
    edits: tuple[tuple[str, str], ...] = ()
    learner: Callable[[World], None] = lambda _: None
    author: Callable[[World], None] = lambda world: world.release(SECOND)
    updated: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    asks: tuple[tuple[str, int, str], ...] = ()
    after: Callable[[World], None] = lambda _: None
    helps: tuple[Callable[[World], None], dict[str, int]] | None = None
    price: Callable[[World], None] = lambda _: None
    balked: int = 0
    renamed: tuple[tuple[str, str], ...] = ()


def must(holds: Callable[[World], object]) -> Callable[[World], None]:
    """Return a check that something holds."""

    def check(world: World) -> None:
        assert holds(world)

    return check


# ---------------------------------------------------------------------------- authors

MELTS = "{{melts}}"
SENTENCE = (
    'cloze = "Ice {{melts}} at 0 degrees, water {{boils}} at 100, steam {{condenses}} below."'
)
ITEMS = 'items = ["vapour", "droplets", "crystals"]'
STEPS = 'items = ["evaporation", "clouds", "rain"]'
DEW = 'definition = "drops that condense at night"'
TABLE = """things = ["rain", "snow"]
aspects = [["State", "liquid", "solid"], ["Season", "any", "winter"]]"""
TURNED = """things = ["snow", "rain"]
aspects = [["Season", "winter", "any"], ["State", "solid", "liquid"]]"""
TRANSPOSED = """things = ["State", "Season"]
aspects = [["rain", "liquid", "any"], ["snow", "solid", "winter"]]"""
CAPITALS = """things = ["Rain", "Snow"]
aspects = [["STATE", "liquid", "solid"], ["SEASON", "any", "winter"]]"""
ICE = SOURCE[
    SOURCE.index('[[topic.fact]]\nid = "ice"') : SOURCE.index('[[topic.fact]]\nid = "change"')
]
GAUGE = SOURCE[
    SOURCE.index('[[topic.fact]]\nid = "gauge"') : SOURCE.index('[[topic.fact]]\nid = "kinds"')
]
NEW = '[[topic.fact]]\nid = "hail"\nquestion = "What is frozen rain?"\nanswer = "hail"\n\n'


def revert(world: World) -> None:
    """Release an edit, let the learner take it, and release the old text again."""
    old = world.source.read_text("utf-8")
    world.change(('answer = "ice"', 'answer = "ICE"'))
    world.release(SECOND)
    world.take()
    world.source.write_text(old, "utf-8")
    world.release(SECOND)  # though the clock stands still


def change_of_mind(world: World) -> None:
    """Build an edit, take it back, and do with the lock what `release` does."""
    old = world.source.read_text("utf-8")
    out, _ = parse_lock(world.source.with_suffix(".lock").read_bytes(), "lock", "water")
    world.change(('answer = "ice"', 'answer = "ICE"'))
    assert world.build(SECOND) == []
    world.source.write_text(old, "utf-8")
    assert world.build(SECOND) == []
    lock, _ = parse_lock(world.source.with_suffix(".lock").read_bytes(), "lock", "water")
    assert out
    assert lock
    assert lock != out
    assert dated_back(lock, [out]) == (out, ("ice",))
    world.source.with_suffix(".lock").write_bytes(format_lock(out))
    world.release(SECOND)


def as_advised(world: World) -> None:
    """Number what the build asks about as it says, and release that."""
    (asked,) = errors(build(world.source, world.folder / "out", SECOND).problems)
    for advised in re.findall(r"`(\{ text.*? \})`", asked.hint):
        world.change((re.sub(r"\{ text = (.*), n = \d \}", r"\1", advised), advised))
    world.release(SECOND)


def give_away(world: World) -> None:
    """Release without a gap, and give its number to another; learners keep that release."""
    world.change((MELTS, "melts"))
    world.release(SECOND)
    kept = (world.folder / "out" / "water.apkg").read_bytes()
    world.change(("Ice melts", "{{c1::Ice}} melts"))
    assert world.build(THIRD) == ["reserved-number"]
    assert (world.folder / "out" / "water.apkg").read_bytes() == kept


def skip(world: World) -> None:
    """Make two releases, of which the learner takes the second alone."""
    world.change(('answer = "ice"', 'answer = "ICE"'))
    world.release(SECOND)
    world.change((DEW, 'definition = "drops of the night"'))
    world.release(THIRD)


def twice(world: World) -> None:
    """Make one release, which is imported twice."""
    world.change(('answer = "ice"', 'answer = "ICE"'))
    world.release(SECOND)
    world.take()


def older(world: World) -> None:
    """Let the learner import a new release, and then the old one once more."""
    kept = (world.folder / "out" / "water.apkg").read_bytes()
    world.change(('answer = "ice"', 'answer = "ICE"'))
    world.release(SECOND)
    world.take()
    (world.folder / "out" / "water.apkg").write_bytes(kept)


def restyle(world: World) -> None:
    """Release with another stylesheet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notetypes, "CSS", notetypes.CSS + "\n.note { color: blue; }")
        world.release(SECOND)


def retitle(world: World) -> None:
    """Let the title of a topic answer one of its cards, and then give the deck another."""
    world.change(('title = "States"', 'title = "Ice"'))
    world.release(SECOND)
    world.take()
    world.change(('title = "Water"', 'title = "H2O"'))
    world.release(THIRD)


def second_deck(world: World) -> None:
    """Let the learner import another deck with the same facts first."""
    own = world.folder / "other" / "water.toml"
    own.parent.mkdir()
    own.write_text(SOURCE.replace('"water"', '"other"').replace("School::Water", "Other"), "utf-8")
    assert not build(own, own.parent, SECOND).problems
    world.change(('answer = "ice"', 'answer = "ICE"'))
    world.release(SECOND)
    load(world.col, own.parent / "water.apkg")


def merged(world: World) -> None:
    """Let two authors edit on two branches, and git merge the sources and the locks."""
    lock = world.source.with_suffix(".lock")
    source, first = world.source.read_text("utf-8"), lock.read_text("utf-8").splitlines()
    locks = []
    for edit in (('answer = "ice"', 'answer = "ICE"'), (DEW, 'definition = "drops"')):
        world.source.write_text(source, "utf-8")
        lock.write_text("\n".join(first) + "\n", "utf-8")
        world.change(edit)
        world.release(SECOND)
        locks.append(lock.read_text("utf-8").splitlines())
    ours, theirs = locks
    both = [a if a != old else b for old, a, b in zip(first, ours, theirs, strict=True)]
    lock.write_text("\n".join(both) + "\n", "utf-8")
    world.change(('answer = "ice"', 'answer = "ICE"'))
    before = lock.read_bytes()
    world.release(THIRD)
    assert lock.read_bytes() == before  # the merged lock is what the merged source needs


def lost(world: World) -> None:
    """Lose the lock, rebuild it from the package that was released last, and go on."""
    lock = world.source.with_suffix(".lock")
    before = lock.read_bytes()
    lock.unlink()
    world.mend(world.folder / "out" / "water.apkg")
    places = re.compile(r'(\[\d+, "[^"]*"), "[^"]*", "[^"]*"\]')  # only the source knows them
    assert lock.read_text("utf-8") == places.sub(r"\1]", before.decode())
    world.change(('answer = "ice"', 'answer = "ICE"'))
    world.release(SECOND)


def conflict(world: World) -> None:
    """Let two branches change the same fact, git merge their locks as it can, and mend the lock."""
    lock = world.source.with_suffix(".lock")
    source, base = world.source.read_text("utf-8"), lock.read_bytes()
    sides = []
    for words in ("ICE", "Ice!"):
        lock.write_bytes(base)
        world.change(('answer = "ice"', f'answer = "{words}"'))
        assert world.build(SECOND) == []
        sides.append(lock.read_bytes())
        world.source.write_text(source, "utf-8")
    for name, data in zip(("base", "ours", "theirs"), (base, *sides), strict=True):
        (world.folder / name).write_bytes(data)
    command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    merged = subprocess.run(command, cwd=world.folder, capture_output=True, check=False).stdout
    assert b"<<<<<<<" in merged
    lock.write_bytes(merged)
    world.change(('answer = "ice"', 'answer = "ICE"'))
    assert world.build(SECOND) == ["bad-lock"]
    world.mend()
    world.release(SECOND)


def force(world: World) -> None:
    """Make every note newer, and release that."""
    lock_file = world.source.with_suffix(".lock")
    lock, _ = parse_lock(lock_file.read_bytes(), "lock", "water")
    assert lock
    lock_file.write_bytes(format_lock(restamped(lock, SECOND)))
    world.release(SECOND)


def refused(code: str) -> Callable[[World], None]:
    """Return an author whose next release is refused with a code; learners keep the last one."""

    def author(world: World) -> None:
        kept = (world.folder / "out" / "water.apkg").read_bytes()
        assert code in world.build(SECOND)
        assert (world.folder / "out" / "water.apkg").read_bytes() == kept

    return author


def with_upgrade(world: World) -> None:
    """Release, and let the learner import the upgrade package."""
    world.release(SECOND)
    world.take("water-upgrade")
    (world.folder / "out" / "water.apkg").write_bytes(
        (world.folder / "out" / "water-upgrade.apkg").read_bytes()
    )


def revive(world: World) -> None:
    """Retire a fact, let the learner take the upgrade, and bring the fact back."""
    old = world.source.read_text("utf-8")
    world.change((GAUGE, ""), ('[[topic]]\nid = "cycle"', RETIRED + '[[topic]]\nid = "cycle"'))
    with_upgrade(world)
    world.source.write_text(old, "utf-8")
    world.release(THIRD)


def second_thoughts(world: World) -> None:
    """Build a new fact for a retired one, then beside it, and at last let it go on for that."""
    old = world.source.read_text("utf-8")
    new = ICE.replace('id = "ice"', 'id = "frozen"')
    for drafted in (f'{new}[[retired]]\nid = "ice"\n\n', ICE + new):
        world.source.write_text(old.replace(ICE, drafted), "utf-8")
        assert world.build(SECOND) == []
    named = new.replace('"frozen"', '"frozen"\nwas = ["ice"]')
    world.source.write_text(old.replace(ICE, named), "utf-8")
    world.release(SECOND)


RETIRED = '[[retired]]\nid = "gauge"\n\n'
RETIRE = ((GAUGE, ""), ('[[topic]]\nid = "cycle"', RETIRED + '[[topic]]\nid = "cycle"'))


# ---------------------------------------------------------------------------- learners


def bury(world: World) -> None:
    world.col.sched.bury_cards([world.cards("ice")[0].id])


def suspend(world: World) -> None:
    world.col.sched.suspend_cards([world.cards("ice")[0].id])


def flag(world: World) -> None:
    world.col.set_user_flag_for_cards(2, [world.cards("ice")[0].id])


def move(world: World) -> None:
    """Put a card into a deck of the learner's own."""
    own = world.col.decks.id("Mine")
    assert own
    world.col.set_deck([world.cards("ice")[0].id], own)


def rename_deck(world: World) -> None:
    home = world.col.decks.by_name(DECK)
    assert home
    world.col.decks.rename(home, "Mine")


def describe(world: World) -> None:
    home = world.col.decks.by_name(DECK)
    assert home
    home["desc"] = "mine"
    world.col.decks.save(home)


def add_field(world: World) -> None:
    """Give a note type a field, and write into it; Anki then dates all its notes anew."""
    notetype = world.note("ice").note_type()
    world.col.models.add_field(notetype, world.col.models.new_field("Mine"))
    world.col.models.update_dict(notetype)
    world.write("dew", "Mine", "mine", AFTER)
    redated(world)


def add_card_type(world: World) -> None:
    notetype = world.note("ice").note_type()
    made = world.col.models.new_template("Mine")
    made["qfmt"], made["afmt"] = "{{Back 1}}?", "{{Front 1}}"
    world.col.models.add_template(notetype, made)
    world.col.models.update_dict(notetype)
    redated(world)


def delete_card_type(world: World) -> None:
    """Delete the one that asks the other way, with the cards of it."""
    notetype = world.note("ice").note_type()
    world.col.models.remove_template(notetype, notetype["tmpls"][1])
    world.col.models.update_dict(notetype)
    redated(world)


def change_type(world: World) -> None:
    """Make a note of the deck one of Anki's own."""
    retype(world, "water: Facts", "Basic", {"Front": "Front 1", "Back": "Back 1"})


def change_back(world: World) -> None:
    retype(world, "Basic", "water: Facts", {"Front 1": "Front", "Back 1": "Back"})


def retype(world: World, old: str, new: str, of: dict[str, str]) -> None:
    """Change the type of the note about ice; `of`: which field goes on in which."""
    models = world.col.models
    before, after = models.by_name(old), models.by_name(new)
    assert before
    assert after
    found = models.change_notetype_info(old_notetype_id=before["id"], new_notetype_id=after["id"])
    had = models.field_names(before)
    request = found.input
    request.new_fields[:] = [
        had.index(of[name]) if name in of else -1 for name in models.field_names(after)
    ]
    request.note_ids.extend(world.col.find_notes("frozen"))
    models.change_notetype_of_notes(request)
    redated(world)


def redated(world: World) -> None:
    """Let what was changed last have been changed after the correction was built."""
    assert world.col.db
    world.col.db.execute("UPDATE notes SET mod = ?", AFTER)


def own_look(at: int) -> Callable[[World], None]:
    """Return a learner who gives the cards a style of their own at a time."""

    def learner(world: World) -> None:
        notetype = world.note("ice").note_type()
        assert notetype
        assert world.col.db
        notetype["css"] += "/* mine */"
        world.col.models.update_dict(notetype)
        world.col.db.execute("UPDATE notetypes SET mtime_secs = ?", at)
        world.col.models._clear_cache()

    return learner


def delete(world: World) -> None:
    world.col.remove_notes([world.note("ice").id])


def delete_card(world: World) -> None:
    """Delete a card of a note that has others."""
    world.col.remove_cards_and_orphaned_notes([world.cards("change")[0].id])


def edit_two(world: World) -> None:
    """Write into a note after its correction was built, and into one that nobody corrects."""
    world.write("ice", "Extra", "mine", AFTER)
    world.write("dew", "Extra", "mine", AFTER)


def own_words(world: World) -> list[str]:
    return [world.note(fact)["Extra"] for fact in ("ice", "dew")]


def corrected(world: World) -> bool:
    return bool(world.note("ice")["Back 1"] == "ICE")


def in_copy(world: World) -> bool:
    """Tell whether a new fact came in a copy of the note type, and that is there still."""
    return bool(world.note("hail").note_type()["name"] == "water: Facts+")


def clear(world: World) -> None:
    """Do as Tools > Empty Cards does, with its box unticked."""
    empty = [card for note in world.col.get_empty_cards().notes for card in note.card_ids]
    assert empty
    world.col.remove_cards_and_orphaned_notes(empty)


def nothing(_: World) -> None:
    pass


def always_restyle(world: World) -> None:
    """Release with another stylesheet, which the other option does not bring."""
    restyle(world)
    world.take(update_notes=1)


def styled(world: World) -> bool:
    """Tell whether the learner's own style is there."""
    return "mine" in world.note("ice").note_type()["css"]


# ---------------------------------------------------------------------------- the table

CORRECT = (('answer = "ice"', 'answer = "ICE"'),)
ALWAYS = "*Update notes: Always* brings it; the learner’s own edits and tags go, in every note"
LEFT = (
    "**Anki leaves all notes of that type as they are, and says so in its log**; new facts come in"
    " a copy of the type."
)
MERGE = {"merge_notetypes": 1, "update_notes": 1}
MERGED = (
    "*Merge note types* with *Update notes: Always* brings the corrections; the learner’s own edits"
    " and tags go, in every note"
)
EMPTY = "The card of what was taken out is blank until *Tools > Empty Cards*; the others go on."
SCENARIOS = (
    Scenario("Nothing changed", "Nothing changes."),
    Scenario("An answer is corrected", "The note is updated.", CORRECT, updated=("ice",),
             asks=(("ice", 1, "ICE"),)),
    Scenario("A question is reworded", "The note is updated.",
             (("What is frozen water called?", "How is frozen water called?"),), updated=("ice",)),
    Scenario("An edit is taken back in the next release", "The old text is back.", author=revert,
             updated=("ice",)),
    Scenario("An edit is taken back before the next release", "Nothing changes.",
             author=change_of_mind, learner=lambda w: w.write("ice", "Extra", "mine", BETWEEN),
             after=must(lambda w: w.note("ice")["Extra"] == "mine")),
    Scenario("Facts change their order", "Nothing changes; new cards come in the new order.",
             ((ICE, ""), (SENTENCE + "\n\n", SENTENCE + "\n\n" + ICE))),
    Scenario("A fact is put between others", "One new card.", ((GAUGE, NEW + GAUGE),),
             new=("hail",)),
    Scenario("A fact moves to another topic", "The note is updated: it shows the other topic.",
             ((GAUGE, ""), ('[[topic]]\nid = "cycle"', GAUGE + '[[topic]]\nid = "cycle"')),
             updated=("gauge",)),
    Scenario("A topic is retitled", "All its notes that show the title are updated.",
             (('title = "States"', 'title = "Forms of water"'),), updated=STATES),
    Scenario("A topic gets another id", "All its notes are updated: their tag changes.",
             (('id = "states"', 'id = "matter"\nwas = ["states"]'),), updated=STATES),
    Scenario("The deck is retitled", "Nothing changes, but for the next row.",
             (('title = "Water"', 'title = "H2O"'),)),
    Scenario("The deck is retitled, and a card shows its title, as that of the topic would answer",
             "The notes of such cards are updated, and no other.", author=retitle,
             updated=("ice",)),
    Scenario("The deck gets another id", "All notes are updated: their tags change.",
             (('id = "water"', 'id = "h2o"\nwas = ["water"]'),), updated=EVERY),
    Scenario("A new version without other changes", "Nothing changes.", (("1.0.0", "1.0.1"),)),
    Scenario("New cards are interleaved", "Nothing changes for cards that were met.",
             (('language = "en"', 'language = "en"\norder = "interleaved"'),)),
    Scenario("Extra, hint or tags are added", "The note is updated.",
             (('answer = "ice"', 'answer = "ice"\nextra = "e"\nhint = "h"\ntags = ["t"]'),),
             updated=("ice",)),
    Scenario("Answers are to be typed, or spoken", "The note is updated.",
             (('answer = "ice"', 'answer = "ice"\ntyped = true\nspeak = true'),), updated=("ice",)),
    Scenario("The other direction is asked, too", "One new card on the note.",
             (('answer = "ice"', 'answer = "ice"\nreverse = true'),), updated=("ice",)),
    Scenario("The other direction is asked no more", EMPTY, (("reverse = true\n", ""),),
             updated=("dew",)),
    Scenario("A question becomes a term", "The note is updated.",
             (('question = "What is frozen water called?"\nanswer = "ice"',
               'term = "frozen water"\ndefinition = "ice"'),), updated=("ice",)),
    Scenario("The look of the cards changes", "Cards look new; no note is touched.", author=restyle,
             after=must(lambda w: "color: blue" in w.note("ice").note_type()["css"])),
    # gaps and items
    Scenario("A gap is reworded", "The note is updated.", ((MELTS, "{{becomes water}}"),),
             updated=("change",), asks=(("change", 1, "becomes water"),)),
    Scenario("The words around a gap change", "The note is updated.", (("Ice {{", "Solid ice {{"),),
             updated=("change",)),
    Scenario("A gap is added in front", "One new card; the others keep their gaps.",
             (("Ice {{melts}}", "{{Ice}} {{melts}}"),), updated=("change",)),
    Scenario("A gap is added in the middle", "One new card; the others keep their gaps.",
             (("water {{boils}}", "{{water}} {{boils}}"),), updated=("change",)),
    Scenario("A gap is taken out", EMPTY, ((MELTS, "melts"),), updated=("change",),
             asks=(("change", 1, ""),)),
    Scenario("Gaps change places", "The note is updated; each card keeps its gap.",
             ((SENTENCE, 'cloze = "Steam {{condenses}}, water {{boils}} and ice {{melts}}."'),),
             updated=("change",)),
    Scenario("A gap gets a hint", "The note is updated.", ((MELTS, "{{c1::melts::thaws}}"),),
             updated=("change",)),
    Scenario("Two gaps are reworded, and it is not clear which is which",
             "The build asks the author; learners keep the last release.",
             (("{{melts}} at 0 degrees, water {{boils}}",
               "{{thaws}} at 0 degrees, water {{seethes}}"),),
             author=refused("unclear-gaps")),
    Scenario("Two gaps are reworded, and the author numbers them", "The note is updated.",
             (("{{melts}} at 0 degrees, water {{boils}}",
               "{{c1::thaws}} at 0 degrees, water {{c2::seethes}}"),), updated=("change",),
             asks=(("change", 1, "thaws"), ("change", 2, "seethes"))),
    Scenario("A gap is added that says what another says, and it is not clear which is which",
             "The build asks the author; learners keep the last release.",
             (("Ice {{melts}}", "Lead {{melts}} late, ice {{melts}}"),),
             author=refused("unclear-gaps")),
    Scenario("An item is added in front", "One new card; the others keep their items.",
             ((ITEMS, 'items = ["mist", "vapour", "droplets", "crystals"]'),), updated=("forms",)),
    Scenario("An item is added in the middle", "One new card; the others keep their items.",
             ((ITEMS, 'items = ["vapour", "mist", "droplets", "crystals"]'),), updated=("forms",)),
    Scenario("An item is taken out", EMPTY, ((ITEMS, 'items = ["vapour", "crystals"]'),),
             updated=("forms",), asks=(("forms", 2, ""),)),
    Scenario("An item is reworded", "The note is updated.",
             ((ITEMS, 'items = ["vapour", "small drops", "crystals"]'),), updated=("forms",),
             asks=(("forms", 2, "small drops"),)),
    Scenario("Items change places", "The note is updated; each card keeps its item.",
             ((ITEMS, 'items = ["crystals", "vapour", "droplets"]'),), updated=("forms",)),
    Scenario("A step is put between others", "One new card; the others keep their steps.",
             ((STEPS, 'items = ["evaporation", "cooling", "clouds", "rain"]'),), updated=("way",)),
    Scenario("A list becomes ordered", "The note is updated.",
             ((ITEMS, ITEMS + "\nordered = true"),), updated=("forms",)),
    Scenario("A row is added to a table", "Two new cards; the others keep their cells.",
             (('[["State"', '[["Sound", "loud", "quiet"], ["State"'),), updated=("kinds",)),
    Scenario("Two cells of a row change places", "The note is updated: both answers are corrected.",
             (('"liquid", "solid"', '"solid", "liquid"'),), updated=("kinds",),
             asks=(("kinds", 1, "solid"), ("kinds", 2, "liquid"))),
    Scenario("Rows and columns change places", "The note is updated; each card keeps its cell.",
             ((TABLE, TURNED),), updated=("kinds",)),
    Scenario("Rows of a table become its columns", "The note is updated; each card keeps its cell.",
             ((TABLE, TRANSPOSED),), updated=("kinds",)),
    Scenario("All headings of a table get capitals", "The note is updated.",
             ((TABLE, CAPITALS),), updated=("kinds",)),
    Scenario("A row or a column of a table is replaced by another",
             "The build asks the author; learners keep the last release.",
             ((TABLE, TABLE.replace('"rain", "snow"', '"dew", "rain"')
               .replace('"liquid", "solid"', '"drops", "liquid"')
               .replace('"any", "winter"', '"summer", "any"')),), author=refused("unclear-gaps")),
    Scenario("A column of a table is replaced by another, and the author does as advised",
             "Two new cards; those of what was taken out are blank until *Tools > Empty Cards*;"
             " the others go on.",
             ((TABLE, TABLE.replace('"rain", "snow"', '"dew", "rain"')
               .replace('"liquid", "solid"', '"drops", "liquid"')
               .replace('"any", "winter"', '"summer", "any"')),), author=as_advised,
             updated=("kinds",), asks=(("kinds", 2, ""), ("kinds", 4, ""))),
    Scenario("A gap gets the number of another that was taken out before",
             "The build refuses: it would go on with what was learned of the other.",
             author=give_away, updated=("change",), asks=(("change", 1, ""),)),
    Scenario("A row of a table gets another heading", "The note is updated.",
             (('["Season",', '["Time of year",'),), updated=("kinds",)),
    Scenario("A cell is reworded", "The note is updated.", (('"winter"', '"the cold one"'),),
             updated=("kinds",), asks=(("kinds", 4, "the cold one"),)),
    # names, kinds, removal
    Scenario("A fact is renamed (`was`)", "The note is updated.",
             (('id = "ice"', 'id = "frozen"\nwas = ["ice"]'),), updated=("frozen",),
             renamed=(("ice", "frozen"),)),
    Scenario("A fact is renamed and reworded (`was`)", "The note is updated.",
             (('id = "ice"', 'id = "frozen"\nwas = ["ice"]'), *CORRECT), updated=("frozen",),
             renamed=(("ice", "frozen"),), asks=(("frozen", 1, "ICE"),)),
    Scenario("A fact is made anew under another id, and renamed to that (`was`) before the release",
             "The note is updated.", author=second_thoughts, updated=("frozen",),
             renamed=(("ice", "frozen"),)),
    Scenario("A fact is split: one part keeps the id", "One note is updated, one is new.",
             ((GAUGE, GAUGE.replace("first rain", "rain") + NEW),), updated=("gauge",),
             new=("hail",)),
    Scenario("Two facts are joined: one keeps the id, the other is retired",
             "One note is updated; the other stays with who has it; new learners never see it.",
             (*RETIRE, ('answer = "ice"', 'answer = "ICE"')), updated=("ice",),
             asks=(("ice", 1, "ICE"),)),
    Scenario("A fact vanishes from the source",
             "The build refuses; learners keep the last release.", ((GAUGE, ""),),
             author=refused("released-fact-gone")),
    Scenario("A fact is retired", "It stays with who has it; new learners never see it.", RETIRE),
    Scenario("A fact is retired, and the learner imports the upgrade",
             "*Tools > Empty Cards* lists its card, and that alone.", RETIRE, author=with_upgrade,
             after=must(lambda w: empty_cards(w) == ["gauge"])),
    Scenario("A retired fact comes back",
             "Its card is back, with its history; where it was cleared away, as a new one.",
             author=revive, updated=("gauge",)),
    Scenario("A cloze becomes a question", "The build refuses: it would be another note.",
             ((SENTENCE, 'question = "When does ice melt?"\nanswer = "at 0 degrees"'),),
             author=refused("other-note-type")),
    Scenario("A list is asked all at once", "The build refuses: it would be another note.",
             ((ITEMS, ITEMS + '\nask = "all"'),), author=refused("other-note-type")),
    Scenario("The deck gets another name in Anki", "The build refuses: cards would not follow.",
             (("School::Water", "Other::Water"),), author=refused("deck-renamed")),
    Scenario("The deck’s name in Anki changes in its capitals alone",
             "The deck keeps the name that the learner has; new cards come into it.",
             (("School::Water", "school::WATER"), (GAUGE, NEW + GAUGE)), new=("hail",),
             after=must(lambda w: {w.col.decks.name(card.did) for card in all_cards(w.col).values()}
                        == {DECK})),
    # learners
    Scenario("The learner edited another note", "The edit stays.", CORRECT, updated=("ice",),
             learner=lambda w: w.write("dew", "Extra", "mine", BETWEEN),
             after=must(lambda w: w.note("dew")["Extra"] == "mine"), asks=(("ice", 1, "ICE"),)),
    Scenario("The learner tagged another note", "The tag stays.", CORRECT, updated=("ice",),
             learner=lambda w: w.tag("dew", "mine", BETWEEN),
             after=must(lambda w: "mine" in w.note("dew").tags), asks=(("ice", 1, "ICE"),)),
    Scenario("The learner edited the note before its correction",
             "The correction replaces the edit.", CORRECT,
             learner=lambda w: w.write("ice", "Extra", "mine", BETWEEN), updated=("ice",),
             after=must(lambda w: w.note("ice")["Extra"] == ""), asks=(("ice", 1, "ICE"),)),
    Scenario("The learner edited the note after its correction was built",
             f"**The learner’s note stays as it is, without the correction.** {ALWAYS}.",
             CORRECT, learner=edit_two, after=must(lambda w: own_words(w) == ["mine", "mine"]),
             helps=(nothing, {"update_notes": 1}),
             price=must(lambda w: corrected(w) and own_words(w) == ["", ""])),
    Scenario("The learner tagged the note before its correction",
             "The correction comes; the learner’s tag is gone (flags stay).", CORRECT,
             learner=lambda w: w.tag("ice", "mine", BETWEEN), updated=("ice",),
             after=must(lambda w: "mine" not in w.note("ice").tags), asks=(("ice", 1, "ICE"),)),
    Scenario("The learner marked the note before its correction",
             "The correction comes; the mark is gone.", CORRECT,
             learner=lambda w: w.tag("ice", "marked", BETWEEN), updated=("ice",),
             after=must(lambda w: "marked" not in w.note("ice").tags), asks=(("ice", 1, "ICE"),)),
    Scenario("The card became a leech after the correction was built",
             "**The note stays as it is, without the correction**, until it changes again."
             f" {ALWAYS}.", CORRECT, learner=lambda w: w.tag("ice", "leech", AFTER),
             helps=(nothing, {"update_notes": 1}),
             price=must(lambda w: corrected(w) and "leech" not in w.note("ice").tags)),
    Scenario("The card became a leech after a gap was added",
             "**The note stays as it is, and the card of the new gap is blank**, until the note"
             f" changes again. {ALWAYS}.", (("Ice {{melts}}", "{{Ice}} {{melts}}"),),
             learner=lambda w: w.tag("change", "leech", AFTER),
             after=must(lambda w: w.answers()[w.cards("change")[3].id] == ""),
             helps=(clear, {"update_notes": 1}),
             price=must(lambda w: w.answers()[w.cards("change")[3].id] == "Ice")),
    Scenario("The card became a leech after its fact was retired, and the learner imports the"
             " upgrade", "**It stays, and goes on being asked.** *Update notes: Always* with the"
             " upgrade takes it out, or the learner deletes it.", RETIRE,
             learner=lambda w: w.tag("gauge", "leech", AFTER), author=with_upgrade,
             after=must(lambda w: empty_cards(w) == []), helps=(nothing, {"update_notes": 1}),
             price=must(lambda w: empty_cards(w) == ["gauge"])),
    Scenario("The card is suspended", "The note is updated; the card stays suspended.", CORRECT,
             learner=suspend, updated=("ice",), asks=(("ice", 1, "ICE"),)),
    Scenario("The card is buried", "The note is updated; the card stays buried.", CORRECT,
             learner=bury, updated=("ice",), asks=(("ice", 1, "ICE"),)),
    Scenario("The card is flagged", "The note is updated; the flag stays.", CORRECT, learner=flag,
             updated=("ice",), asks=(("ice", 1, "ICE"),)),
    Scenario("The learner moved the card to another deck", "The note is updated where it is.",
             CORRECT, learner=move, updated=("ice",), asks=(("ice", 1, "ICE"),)),
    Scenario("The learner renamed the deck",
             "Notes are updated where they are; new cards come into a deck of the old name.",
             (*CORRECT, (GAUGE, NEW + GAUGE)), learner=rename_deck, updated=("ice",),
             new=("hail",), asks=(("ice", 1, "ICE"),),
             after=must(lambda w: w.col.decks.name(w.cards("hail")[0].did) == DECK)),
    Scenario("The learner wrote a description for the deck",
             "That of the deck replaces it, be it changed or not.", learner=describe,
             after=must(lambda w: "mine" not in (w.col.decks.by_name(DECK) or {})["desc"])),
    Scenario("The learner added a field to the note type",
             f"{LEFT} {MERGED}, and the learner’s field is empty then.",
             (*CORRECT, (GAUGE, NEW + GAUGE)), learner=add_field, balked=3, after=must(in_copy),
             helps=(nothing, MERGE),
             price=must(lambda w: corrected(w) and not in_copy(w) and not w.note("dew")["Mine"])),
    Scenario("The learner added a card type to the note type",
             f"{LEFT} {MERGED}; the learner’s cards stay.",
             (*CORRECT, (GAUGE, NEW + GAUGE)), learner=add_card_type, balked=3,
             after=must(in_copy), helps=(nothing, MERGE),
             price=must(lambda w: corrected(w) and not in_copy(w) and len(w.cards("ice")) == 2)),
    Scenario("The learner deleted a card type of the note type",
             f"{LEFT} {MERGED}, and the deleted cards come back, as new ones.",
             (*CORRECT, (GAUGE, NEW + GAUGE)), learner=delete_card_type, balked=3,
             after=must(lambda w: in_copy(w) and len(w.cards("dew")) == 1), helps=(nothing, MERGE),
             price=must(lambda w: corrected(w) and not in_copy(w)
                        and [card.reps for card in w.cards("dew")] == [1, 0])),
    Scenario("The learner changed the type of a note",
             "**That note stays as it is, without the correction**, and Anki says so in its log."
             " Once its type is changed back (*Change Note Type* in the browser), *Update notes:"
             " Always* brings it, and its history goes on; the learner’s own edits and tags are"
             " replaced, in every note.", CORRECT, learner=change_type, balked=1,
             helps=(change_back, {"update_notes": 1}), price=must(corrected)),
    Scenario("The learner deleted a note", "It comes back as new, be it changed or not.",
             learner=delete, new=("ice",),
             after=must(lambda w: [card.reps for card in w.cards("ice")] == [0])),
    Scenario("The learner deleted one card of a note",
             "The card comes back as new, be its note changed or not.", learner=delete_card,
             after=must(lambda w: [not c.reps for c in w.cards("change")] == [True, False, False])),
    Scenario("The learner changed the style or the templates of the cards",
             "They stay, as long as the deck’s look is the same.", CORRECT,
             learner=own_look(BETWEEN), updated=("ice",), after=must(styled),
             asks=(("ice", 1, "ICE"),)),
    Scenario("The learner changed the style or the templates before the deck’s look did",
             "The deck’s new look replaces the learner’s own.", author=restyle,
             learner=own_look(BETWEEN), after=must(lambda w: not styled(w))),
    Scenario("The learner changed the style or the templates after the deck’s new look was built",
             "**The learner’s own look stays.** *Update note types: Always* brings the deck’s,"
             " which replaces it; *Update notes: Always* does not.", author=always_restyle,
             learner=own_look(AFTER), after=must(styled),
             helps=(nothing, {"update_notetypes": 1}),
             price=must(lambda w: not styled(w)
                        and "color: blue" in w.note("ice").note_type()["css"])),
    Scenario("The learner skipped a release", "Both corrections come at once.", author=skip,
             updated=("dew", "ice"), asks=(("ice", 1, "ICE"), ("dew", 1, "drops of the night"))),
    Scenario("A release is imported twice", "The second time, nothing changes.", author=twice,
             asks=(("ice", 1, "ICE"),)),
    Scenario("An older release is imported after a newer",
             "No text goes back. What the newer one took out, and was cleared away, comes back:"
             " facts as new ones, gaps and directions as blank cards.", author=older,
             asks=(("ice", 1, "ICE"),)),
    Scenario("Two decks in one collection", "Neither touches the other.", author=second_deck,
             updated=("ice",), asks=(("ice", 1, "ICE"),)),
    Scenario("Two authors’ branches are merged", "Both corrections come.", author=merged,
             updated=("dew", "ice"), asks=(("ice", 1, "ICE"), ("dew", 1, "drops"))),
    Scenario("Two branches conflict in the lock, and it is mended (`lock --repair`)",
             "The correction comes.", author=conflict, updated=("ice",), asks=(("ice", 1, "ICE"),)),
    Scenario("The lock is lost, and rebuilt from the last package (`lock --repair --from`)",
             "The correction comes.", author=lost, updated=("ice",), asks=(("ice", 1, "ICE"),)),
    Scenario("The author forces the deck’s text on everyone (`lock --restamp`)",
             "All notes are updated: the learner’s own edits and tags are gone, flags stay.",
             author=force, updated=EVERY,
             learner=lambda w: w.write("dew", "Extra", "mine", BETWEEN),
             after=must(lambda w: w.note("dew")["Extra"] == "")),
)  # fmt: skip


def empty_cards(world: World) -> list[str]:
    """Return the facts whose cards Tools > Empty Cards lists."""
    report = world.col.get_empty_cards()
    return [world.col.get_note(note.note_id)["Id"] for note in report.notes]


@pytest.mark.parametrize("row", SCENARIOS, ids=[row.name for row in SCENARIOS])
def test_no_card_loses_its_history(row: Scenario, tmp_path: Path) -> None:
    """Cards keep schedule, reviews, flags and deck, and ask what they asked; the log is as told."""
    (tmp_path / "water.toml").write_text(SOURCE, "utf-8")
    with collection(tmp_path / "anki") as col:
        world = World(tmp_path, col)
        world.release(FIRST)
        world.take()
        study(col, DECK, col.card_count())
        row.learner(world)
        history, answers = world.history(), world.answers()
        guids = {note.guid for note in map(col.get_note, col.find_notes(""))}
        world.change(*row.edits)
        row.author(world)
        world.take()
        # what the log says
        names = dict(row.renamed)
        known = {names.get(fact, fact) for fact in EVERY}
        if row.balked:
            assert world.log.balked == row.balked
        else:
            assert (world.log.updated, world.log.new) == (row.updated, row.new)
            assert world.log.balked == 0
            assert set(world.log.duplicate) <= known - set(row.updated)
        # what became of the cards
        now = world.history()
        assert {card: now[card] for card in history} == history
        expected = dict(answers)
        for fact, place, words in row.asks:
            expected[world.cards(fact)[place - 1].id] = words
        after = world.answers()
        blank = {card for card in expected if "Empty Cards" in row.told and not after[card]}
        assert {c: after[c] for c in expected if c not in blank} == {
            c: words for c, words in expected.items() if c not in blank
        }
        taken = sum(not words for *_, words in row.asks) or 1
        assert len(blank) == taken * ("Empty Cards" in row.told)
        # and of the notes
        notes = [col.get_note(note) for note in col.find_notes("tag:water* or tag:h2o*")]
        assert len({note.guid for note in notes}) == len(notes)
        assert guids <= {note.guid for note in map(col.get_note, col.find_notes(""))}
        report = re.sub("Added last review time.*\n", "", col.fix_integrity()[0])
        assert report == "Database rebuilt and optimized."
        row.after(world)
        assert bool(row.helps) == ("**" in row.told)
        if row.helps:
            first, chosen = row.helps
            first(world)
            world.take("water", **chosen)
            now = world.history()
            assert {card: now[card] for card in history} == history
            assert world.log.balked == 0
            row.price(world)


def two_releases(folder: Path) -> None:
    """Build a release, and the next one, which takes a fact out."""
    (folder / "water.toml").write_text(SOURCE, "utf-8")
    with collection(folder / "old") as col:
        world = World(folder, col)
        world.release(FIRST)
        shutil.copy(folder / "out" / "water.apkg", folder / "out" / "first.apkg")
        world.change(*RETIRE)
        world.release(SECOND)


def test_a_new_learner_never_sees_a_blank_card(tmp_path: Path) -> None:
    """Whoever begins with a later release has none; an upgrade package is not for them."""
    two_releases(tmp_path)
    with collection(tmp_path / "new") as col:
        world = World(tmp_path, col)
        world.take()
        held = {card.note()["Id"] for card in all_cards(col).values()}
        assert held == set(EVERY) - {"gauge"}
        assert not empty_cards(world)


def test_a_retired_id_may_go_to_another_note_type(tmp_path: Path) -> None:
    """The other note keeps its history, and what was retired still goes for who skipped that."""
    (tmp_path / "water.toml").write_text(SOURCE, "utf-8")
    with collection(tmp_path / "anki") as col:
        world = World(tmp_path, col)
        world.release(FIRST)
        world.take()
        study(col, DECK, col.card_count())
        history = world.history()
        world.change(*RETIRE)
        world.release(SECOND)
        world.change((RETIRED, ""), ('id = "change"', 'id = "gauge"\nwas = ["change"]'))
        world.release(THIRD)
        world.take("water-upgrade")
        assert world.log.updated == ("gauge", "gauge")
        assert {card: world.history()[card] for card in history} == history
        report = [col.get_note(note.note_id) for note in col.get_empty_cards().notes]
        assert [(note["Id"], note["Retired"], note["Kind"]) for note in report] == [
            ("gauge", "1", "")
        ]


def test_an_upgrade_package_for_nobody_leaves_a_note_that_goes_away(tmp_path: Path) -> None:
    """Where no card of a retired fact is, it adds a blank one: Anki clears that away at once."""
    two_releases(tmp_path)
    with collection(tmp_path / "new") as col:
        world = World(tmp_path, col)
        world.take("water-upgrade")
        assert len(col.find_notes("Id:gauge")) == 1
        assert empty_cards(world) == ["gauge"]
        delete_empty_cards(col, keep_notes=False)
        assert not col.find_notes("Id:gauge")


@pytest.mark.parametrize("language", WORDING)
def test_release_notes_name_menus_and_box_as_anki_does(language: str, tmp_path: Path) -> None:
    """Whoever is told to clear away what was taken out finds what is named, in Anki's own words."""
    set_lang(language)
    try:
        with collection(tmp_path / "anki") as col:
            tools, empty, box = (
                re.sub(r"&|[.…\s]+$", "", shown).replace("'", "’")
                for shown in (
                    col.tr.qt_accel_tools(),
                    col.tr.qt_misc_empty_cards(),
                    col.tr.empty_cards_preserve_notes_checkbox(),
                )
            )
    finally:
        set_lang("en")
    say = WORDING[language]
    for told in (say.upgrade, say.skipped):
        named = [f"*{tools} > {empty}*", f"*{box}*"]
        assert sorted(named, key=told.index) == named
    assert f"*{tools} > {empty}*" in say.blank
    assert f"*{tools} > {empty}*" in say.cleared


def test_what_was_taken_out_goes_once_the_box_is_unticked(tmp_path: Path) -> None:
    """Ticked, as Anki's window has it at first, a blank card of each fact stays."""
    two_releases(tmp_path)
    with collection(tmp_path / "learner") as col:
        world = World(tmp_path, col)
        load(col, tmp_path / "out" / "first.apkg")
        study(col, DECK, col.card_count())
        world.take("water-upgrade")
        delete_empty_cards(col)
        assert empty_cards(world) == ["gauge"]
        delete_empty_cards(col, keep_notes=False)
        assert not col.find_notes("Id:gauge")
        assert {card.note()["Id"] for card in all_cards(col).values()} == set(EVERY) - {"gauge"}


def test_who_always_does_as_told_has_no_blank_card(tmp_path: Path) -> None:
    """Nor does who had, or has, no such note: an upgrade package adds it, and is cleared away."""
    gauge, ice = RETIRE, ((ICE, ""), (RETIRED, RETIRED + RETIRED.replace("gauge", "ice")))
    change = SOURCE[
        SOURCE.index('[[topic.fact]]\nid = "change"') : SOURCE.index('[[topic.fact]]\nid = "forms"')
    ]
    change_too = ((change, ""), (RETIRED, RETIRED + RETIRED.replace("gauge", "change")))
    (tmp_path / "water.toml").write_text(SOURCE, "utf-8")
    with collection(tmp_path / "every") as every, collection(tmp_path / "late") as late:
        steady, new = World(tmp_path, every), World(tmp_path, late)
        steady.release(FIRST)
        steady.take()
        study(every, DECK, every.card_count())
        for at, edits in enumerate((gauge, change_too, ice), 1):
            steady.change(*edits)
            steady.release(FIRST + at * 100_000)
            if at == 2:
                new.take()
            for world in (steady, new)[:at]:
                do_as_told(world)
                held = {card.note()["Id"] for card in all_cards(world.col).values()}
                assert world.col.note_count() == len(held)
                assert not {"gauge", *("change",) * (at > 1), *("ice",) * (at > 2)} & held
                assert not empty_cards(world)


def test_an_older_release_brings_back_what_was_cleared_away(tmp_path: Path) -> None:
    """Its notes are older, so no text goes back; cards that are not there are new to Anki."""
    (tmp_path / "water.toml").write_text(SOURCE, "utf-8")
    with collection(tmp_path / "anki") as col:
        world = World(tmp_path, col)
        world.release(FIRST)
        world.take()
        shutil.copy(tmp_path / "out" / "water.apkg", tmp_path / "out" / "first.apkg")
        study(col, DECK, col.card_count())
        world.change(*RETIRE, (SENTENCE, SENTENCE.replace("{{melts}}", "becomes water")))
        world.release(SECOND)
        do_as_told(world)
        world.take("first")
        assert world.log.new == ("gauge",)
        assert world.log.updated == ()
        assert "becomes water" in world.note("change")["Text"]
        assert empty_cards(world) == ["change"]
        assert [card.reps for card in world.cards("gauge")] == [0]
        do_as_told(world)
        assert not col.find_notes("Id:gauge")
        assert not empty_cards(world)


def test_a_fact_that_is_back_is_new_to_who_cleared_it_away(tmp_path: Path) -> None:
    """With its note Anki has forgotten its history; the release notes say so."""
    (tmp_path / "water.toml").write_text(SOURCE, "utf-8")
    with collection(tmp_path / "anki") as col:
        world = World(tmp_path, col)
        world.release(FIRST)
        world.take()
        study(col, DECK, col.card_count())
        world.change(*RETIRE)
        world.release(SECOND)
        do_as_told(world)
        world.source.write_text(SOURCE, "utf-8")
        world.release(THIRD)
        world.take()
        assert world.log.new == ("gauge",)
        assert [card.reps for card in world.cards("gauge")] == [0]
    assert "as new cards where they were cleared away" in WORDING["en"].back


def do_as_told(world: World) -> None:
    """Follow the notes of a release that has an upgrade package, menu by menu."""
    assert world.col.db
    schema = world.col.db.scalar("SELECT scm FROM col")
    world.take("water-upgrade")
    delete_empty_cards(world.col, keep_notes=False)
    assert world.col.db.scalar("SELECT scm FROM col") == schema  # no full sync is asked for
    world.col.fix_integrity()  # which gives a card to a note that has none


def test_the_page_shows_the_rows() -> None:
    """docs/updates.md has each row as it is here."""
    table = ["| what happens | what a learner sees |", "|---|---|"]
    table += [f"| {row.name} | {row.told} |" for row in SCENARIOS]
    text = PAGE.read_text("utf-8")
    head, mark, _ = text.partition("<!-- rows -->\n")
    wanted = head + mark + "\n".join(table) + "\n"
    if os.environ.get("DOCS") == "new":
        PAGE.write_text(wanted, "utf-8")
    assert mark
    assert text == wanted
    assert len(SCENARIOS) >= 40
