"""A release is prepared in one commit, named by what learners have to do, checked and packed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from conftest import NOW, ROOT, SMALL, deck_of
from PIL import Image
from test_cli import Run, Runner, run  # noqa: F401 - a fixture

from deckbuilder.build import build
from deckbuilder.lock import Lock, format_lock, mark_released, parse_lock
from deckbuilder.phrases import PHRASES
from deckbuilder.publishing import git as publishing_git
from deckbuilder.publishing import pack as publishing_pack
from deckbuilder.publishing import wording
from deckbuilder.publishing.built import AsBuilt, built
from deckbuilder.publishing.changelog import part, released, section
from deckbuilder.publishing.elsewhere import SURROUNDINGS, built_elsewhere
from deckbuilder.publishing.legible import legible
from deckbuilder.publishing.news import news
from deckbuilder.publishing.past import Before, release_before, releases
from deckbuilder.publishing.rehearsal import COMMIT, rehearse_build
from deckbuilder.publishing.sentences import WORDING
from deckbuilder.publishing.shipped import Shipped, read_shipped
from deckbuilder.publishing.skipped import Left, left_to_do
from deckbuilder.publishing.standing import Standing, standing
from deckbuilder.publishing.texts import release_notes
from deckbuilder.publishing.version import Step, following, with_version
from deckbuilder.read import read, read_bytes
from deckbuilder.request import Request
from deckbuilder.text.markdown import parse as parse_text
from deckbuilder.toml import parse
from deckbuilder.updates import update
from deckbuilder.versions import numbers

LATER = NOW + 86_400
FAR = 4_102_444_800  # the year 2100
NO_WARNINGS = (
    "1 warning\na release takes no errors and no warnings: mend them, or let the fact do what it"
    ' does on purpose: allow = [{ rule = "CODE", why = "…" }]\n'
)


def edited(text: str, edits: Iterable[tuple[str, str]]) -> str:
    """Return a source in which each of some words, that it has once, gave way to others."""
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


class Author:
    """Somebody with a repository, who builds, commits and releases."""

    def __init__(self, folder: Path, run: Runner) -> None:  # noqa: F811
        self.folder, self.run, self.now = folder, run, NOW
        self.source = folder / "source" / "small.toml"
        self.source.parent.mkdir()
        self.source.write_text(SMALL, "utf-8")
        (folder / ".gitignore").write_text("/build/\n", "utf-8")
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Author")
        self.git("config", "user.email", "author@example.org")
        self.save()

    def git(self, *arguments: str) -> str:
        made = subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, check=True, text=True
        )
        return made.stdout

    def save(self, *edits: tuple[str, str]) -> None:
        """Edit the source, build it and commit all."""
        text = edited(self.source.read_text("utf-8"), edits)
        self.source.write_text(text, "utf-8")
        self.now += 1000
        built = build(self.source, self.folder / "build", self.now, Request(break_schema=True))
        assert built.files, built.problems
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Work", "--allow-empty")

    def release(self, *arguments: str) -> str:
        """Prepare a release that nothing stands in the way of; return what is said."""
        ended = self.run("release", *arguments)
        assert ended.code == 0, ended.err
        return ended.out

    def refused(self, command: str, *arguments: str) -> str:
        """Run a command that is refused, and changes nothing; return the errors."""
        before = self.state()
        ended = self.run(command, *arguments)
        assert ended.code == 1, ended.out
        assert self.state() == before
        return ended.err

    def state(self) -> object:
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        return (
            self.git("log", "--format=%H"),
            self.git("tag"),
            {f: f.read_bytes() for f in files if ".git/" not in f.as_posix()},
        )

    @property
    def version(self) -> str:
        deck, _ = read(self.source)
        assert deck
        return deck.version


@pytest.fixture
def author(run: Runner, tmp_path: Path) -> Author:  # noqa: F811
    return Author(tmp_path, run)


@pytest.fixture
def first(author: Author) -> Author:
    """An author whose 1.0.0 is out."""
    author.release("--version", "1.0.0")
    return author


# ---------------------------------------------------------------------------- release


def test_the_first_release(author: Author) -> None:
    """The version is the source's; learners are told what they get."""
    said = author.release()
    assert author.version == "0.1.0"
    assert author.git("tag").split() == ["small/v0.1.0"]
    assert "* The first release. Facts: 2. Cards: 3." in said
    assert "git push --atomic origin HEAD small/v0.1.0" in said


def test_a_release_is_one_commit(first: Author) -> None:
    """Version, changelog and lock go into one commit that carries the tag; nothing is left over."""
    first.save(('"blue"', '"azure"'))
    before = first.git("rev-parse", "HEAD")
    first.release()
    assert first.git("status", "--porcelain") == ""
    assert first.git("rev-parse", "HEAD~1") == before
    assert first.git("rev-parse", "small/v1.0.1^{commit}") == first.git("rev-parse", "HEAD")
    changed = first.git("diff", "--name-only", "HEAD~1").split()
    assert changed == ["CHANGELOG.md", "source/small.toml"]
    lines = first.git("diff", "HEAD~1", "--", "source/small.toml").splitlines()
    assert [line for line in lines if line[:2] in ("-v", "+v")] == [
        '-version = "1.0.0"',
        '+version = "1.0.1"',
    ]


def test_drafts_become_promises(first: Author) -> None:
    """Each line of the lock that was a draft carries the release from then on."""
    first.save((GRASS, NEW + GRASS))
    first.release()
    text = first.source.with_suffix(".lock").read_text("utf-8")
    since = {row.get("fact"): row["since"] for row in map(json.loads, text.splitlines()[1:])}
    assert since == {None: "1.0.0", "sky": "1.0.0", "grass": "1.0.0", "snow": "1.1.0"}
    assert build(first.source, first.folder / "build", LATER, Request(frozen=True)).problems == ()


GRASS = '[[topic.fact]]\nid = "grass"'
NEW = (
    '[[topic.fact]]\nid = "snow"\nquestion = "Which colour has *fresh* snow?"\nanswer = "white"\n\n'
)
ON_PAPER = NEW.replace("answer", 'only = "sheet"\nanswer')
SKY = SMALL[SMALL.index('[[topic.fact]]\nid = "sky"') : SMALL.index(GRASS)]
ASKED = "“Which colour has the sky?”"
OLD = '\n[[retired]]\nid = "sky"\n'

Edits = tuple[tuple[str, str], ...]
# what changed, the version after 1.0.0, and what learners are told
CHANGES: dict[str, tuple[Edits, str, str]] = {
    "an answer": (
        (('"blue"', '"azure"'),),
        "1.0.1",
        "Corrected answers (1): “Which colour has the sky?”",
    ),
    "a question": (
        (("Which colour has the sky?", "What colour is the sky?"),),
        "1.0.1",
        "Reworded (1): “What colour is the sky?”",
    ),
    "the summary": ((("is about.", "is."),), "1.0.1", "The printed sheet was revised."),
    "a fact for the sheet": (
        ((GRASS, ON_PAPER + GRASS),),
        "1.0.1",
        "  * The printed sheet was revised.\n  * To update",
    ),
    "a new fact": (((GRASS, NEW + GRASS),), "1.1.0", "New facts (1): “Which colour has fresh"),
    "a new card": (
        (("Grass is", "{{Grass}} is"),),
        "1.1.0",
        "Asked in more ways (1): “Grass is green in spring.”",
    ),
    "a gap gone": (
        (("{{spring}}", "spring"),),
        "2.0.0",
        "To do: after the import, choose *Tools > Empty Cards*",
    ),
    "a fact retired": (
        ((SKY, ""), ("in {{spring}}.\"\n", 'in {{spring}}."\n' + OLD)),
        "2.0.0",
        "To do, if you have the deck: import `small-2.0.0-upgrade.apkg`, then",
    ),
    "a fact for the sheet alone": (
        (('answer = "blue"', 'answer = "blue"\nonly = "sheet"'),
         ("in {{spring}}.\"\n", 'in {{spring}}."\n' + OLD)),
        "2.0.0",
        "Taken out (1): “Which colour has the sky?”",
    ),
    "another deck": (
        (("Tests::Small", "Tests::Little"),),
        "2.0.0",
        "To do: the cards you have stay in the deck “Tests::Small”, new ones come into",
    ),
    "another name, and other words": (
        (('id = "sky"', 'id = "heaven"\nwas = ["sky"]'), ("Which colour has", "What colour is")),
        "1.0.1",
        "Reworded (1): “What colour is the sky?”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_version_says_what_changed(first: Author, change: str) -> None:
    """Wording is a patch, something to learn a minor, something to do a major version."""
    edits, version, told = CHANGES[change]
    first.save(*edits)
    said = first.release()
    assert first.version == version
    assert told in said
    log = (first.folder / "CHANGELOG.md").read_text("utf-8")
    assert told.replace("\n  *", "\n*").strip() in log
    ended = first.run("pack")
    assert ended.code == 0, ended.err


def test_what_is_on_the_sheet_alone_asks_nothing_of_learners(author: Author) -> None:
    """They have no card of it: that it goes is no matter of theirs, nor that it is back."""
    author.save((GRASS, ON_PAPER + GRASS))
    author.release("--version", "1.0.0")
    for version, edit in (("1.0.1", (ON_PAPER, "")), ("1.0.2", (GRASS, ON_PAPER + GRASS))):
        author.save(edit)
        said = author.release()
        assert author.version == version
        assert "  * The printed sheet was revised.\n  * To update, import the package as" in said
        assert author.run("pack").code == 0
    author.save(('only = "sheet"\n', ""))
    assert "Asked in more ways (1): “Which colour has fresh snow?”" in author.release()
    author.save(('answer = "white"', 'answer = "white"\nonly = "sheet"'),
                ('in {{spring}}."\n', 'in {{spring}}."\n\n[[retired]]\nid = "snow"\n'))  # fmt: skip
    assert "Taken out (1)" in author.release()
    author.save(
        (
            ON_PAPER.replace(
                'only = "sheet"\nanswer = "white"', 'answer = "white"\nonly = "sheet"'
            ),
            "",
        )
    )
    assert "Taken out" not in author.release()
    assert author.version == "2.0.1"


NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "a fact": (('id = "sky"', 'id = "heaven"\nwas = ["sky"]'), ('"sky"]\n\n', '"heaven"]\n\n')),
    "a topic": (('id = "one"', 'id = "first"\nwas = ["one"]'),),
    "a topic without was": (('id = "one"', 'id = "first"'),),
    "the deck": (('id = "small"', 'id = "tiny"\nwas = ["small"]'),),
}


def test_what_a_fact_no_longer_asks_for_is_named(author: Author) -> None:
    """A fact that loses a card is not taken out; its learners are told which card went."""
    author.save(
        ('"blue"', '"blue"\nreverse = true'), ("{{spring}}", "{{spring}} with {{$\\\\ce{H2O}$}}")
    )
    author.release("--version", "1.0.0")
    author.save(("\nreverse = true", ""), ("{{spring}} with {{$\\\\ce{H2O}$}}", "spring"))
    said = author.release()
    assert "Taken out" not in said
    assert (
        "* Asked in fewer ways (2): “Which colour has the sky?” (no longer: “Which colour has the"
        " sky?”), “Grass is green in spring.” (no longer: “spring”, “H₂O”)\n"
    ) in said


MOVED = (
    "To do: the cards you have stay in the deck “Tests::Small”, new ones come into"
    " “Tests::Little”. Move the old ones in Anki’s browser."
)
REPLACED = (
    "This changes many notes: your own edits of a note that changes, and the tags you gave it, are"
    " replaced."
)
# what changed, and what learners are told besides how to update
OTHERWISE: dict[str, tuple[Edits, list[str]]] = {
    "another topic": (
        (("[[topic.fact]]\nid = \"grass\"", '[[topic]]\nid = "two"\ntitle = "More"\n\n' + GRASS),),
        ["Moved to another topic (1): “Grass is green in spring.”"],
    ),
    "a topic split off": (
        ((GRASS, '[[topic]]\nid = "two"\nwas = ["one"]\ntitle = "More"\n\n' + GRASS),),
        ["Moved to another topic (1): “Grass is green in spring.”"],
    ),
    "tags": ((('"blue"', '"blue"\ntags = ["t"]'),), [f"With other tags (1): {ASKED}"]),
    "typed": (
        (('"blue"', '"blue"\ntyped = true'),), [f"Typing or reading aloud changed (1): {ASKED}"]
    ),
    "bold": ((('"blue"', '"**blue**"'),), [f"Shown differently (1): {ASKED}"]),
    "extra": (
        (('"blue"', '"blue"\nextra = "By day."'),),
        [f"Hints, extras or sources changed (1): {ASKED}"],
    ),
    "hint in a gap": (
        (("{{green}}", "{{c1::green::a colour}}"),),
        ["Hints, extras or sources changed (1): “Grass is green in spring.”"],
    ),
    "title of a topic": (
        (('"First topic"', '"1st *of* all"'),),
        ["New titles (1): “First topic” → “1st of all”", REPLACED],
    ),
    "title of the deck": (
        (('"A small deck"', '"Small"'),), ["New titles (1): “A small deck” → “Small”"]
    ),
    "name in Anki": (
        (("Tests::Small", "Tests::Little"),),
        [MOVED],
    ),
    "order of new cards": ((('language = "en"', 'language = "en"\norder = "interleaved"'),), []),
    "statement": (
        (('"blue"', '"blue"\nstatement = "The sky is {{blue}}."'),),
        ["The printed sheet was revised."],
    ),
    "reworded and moved": (
        (("Grass is", "All grass is"),
         ("[[topic.fact]]\nid = \"grass\"", '[[topic]]\nid = "two"\ntitle = "More"\n\n' + GRASS)),
        ["Reworded (1): “All grass is green in spring.”",
         "Moved to another topic (1): “All grass is green in spring.”"],
    ),
    "corrected, with tags": (
        (('"blue"', '"azure"\ntags = ["t"]'),),
        [f"Corrected answers (1): {ASKED}", f"With other tags (1): {ASKED}"],
    ),
}  # fmt: skip


def released_as(text: str, before: AsBuilt | None) -> AsBuilt:
    """Return what a source becomes at a release, after another one."""
    deck, problems = read_bytes(text.encode(), "small.toml")
    assert deck, problems
    lock = before.lock if before else Lock(deck.id)
    return built(deck, mark_released(update(deck, lock, 1, break_schema=True)[0].lock, "1.0.0"))


@pytest.mark.parametrize("change", OTHERWISE)
def test_only_what_is_reworded_is_said_to_be(change: str) -> None:
    """All else is called what it is; the sheet is revised where it reads otherwise, or not."""
    edits, said = OTHERWISE[change]
    before = released_as(SMALL, None)
    now = released_as(edited(SMALL, edits), before)
    lines = [line.removeprefix("* ") for line in wording.told(now.deck, news(before, now), "")]
    assert lines == [*said, "To update, import the package as before: what you have learned stays."]


REVERSED = (('"blue"', '"blue"\nreverse = true'),)
FEW: dict[str, tuple[Edits, Edits]] = {
    "asked the other way, too": ((), REVERSED),
    "no longer": (REVERSED, (("\nreverse = true", ""),)),
    "an answer of the words of the title": ((), (('"blue"', '"First topic"'),)),
    "a gap of them": (
        (("Grass is", "The first is grass:"),), (("The first is", "The {{first}} is"),)
    ),
    "the title of a topic of one fact": (
        ((GRASS, '[[topic]]\nid = "two"\ntitle = "More"\n\n' + GRASS),),
        (('"More"', '"Even more"'),),
    ),
    "the id of one": (
        ((GRASS, '[[topic]]\nid = "two"\ntitle = "More"\n\n' + GRASS),),
        (('id = "two"', 'id = "others"\nwas = ["two"]'),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", FEW)
def test_many_notes_are_those_that_share_a_title_or_a_tag(change: str) -> None:
    """A fact of which another part shows, or whose cards came or went, is but one."""
    before, after = FEW[change]
    then = released_as(edited(SMALL, before), None)
    now = released_as(edited(edited(SMALL, before), after), then)
    assert REPLACED not in "".join(wording.told(now.deck, news(then, now), ""))


def test_another_order_of_a_list_is_no_other_wording() -> None:
    """Items that change places, or get an order, say what they said; each keeps its card."""
    text = (
        SMALL + '\n[[topic.fact]]\nid = "falls"\nlist = "What falls?"\nitems = ["rain", "hail"]\n'
    )
    old = released_as(text, None)
    for change in ('["hail", "rain"]', '["rain", "hail"]\nordered = true'):
        now = released_as(text.replace('["rain", "hail"]', change), old)
        found = news(old, now)
        assert len(found.form) == 1
        assert (found.reworded, found.corrected, found.step) == ((), (), Step.WORDING)


def test_another_picture_is_told_as_that(author: Author) -> None:
    """One that is added, and one that is exchanged under its name, which no source tells."""
    picture = author.source.with_name("sky.png")
    author.release("--version", "1.0.0")
    Image.new("RGB", (300, 200), "blue").save(picture)
    author.save(('"blue"', '"blue"\nimage = "sky.png"\nalt = "A field"'))
    said = f"  * With another picture or sound (1): {ASKED}\n  * To update"
    assert said in author.release()
    Image.new("RGB", (300, 200), "red").save(picture)
    author.save()
    assert said in author.release()


def test_a_picture_is_what_is_in_its_file(author: Author) -> None:
    """It is told beside other changes, and on the sheet; another name of its file is nothing."""
    picture, on_paper = author.source.with_name("sky.png"), author.source.with_name("snow.png")
    for file in (picture, on_paper):
        Image.new("RGB", (300, 200), "blue").save(file)
    shown = 'image = "{}"\nalt = "A field"\n'
    author.save(
        (GRASS, ON_PAPER.replace("answer", shown.format("snow.png") + "answer") + GRASS),
        ('answer = "blue"\n', 'answer = "blue"\n' + shown.format("./sky.png")),
    )
    author.release("--version", "1.0.0")
    Image.new("RGB", (300, 200), "red").save(picture)
    author.save(("Which colour has the sky?", "What colour is the sky?"))
    said = author.release()
    for told in ("Reworded (1)", "With another picture or sound (1)"):
        assert f"* {told}: “What colour is the sky?”\n" in said
    Image.new("RGB", (300, 200), "green").save(picture)
    author.save(('"First topic"', '"1st"'))
    said = author.release()
    assert "picture or sound (1): “What" in said
    assert "New titles (1): “First topic” → “1st”\n" in said
    author.save(("is about.", "is."))
    assert "picture" not in author.release()
    Image.new("RGB", (300, 200), "red").save(on_paper)
    author.save()
    assert "  * The printed sheet was revised.\n  * To update" in author.release()
    picture.rename(picture.with_name("heaven.png"))
    author.save(("./sky.png", "heaven.png"))
    said = author.release()
    assert "picture" not in said
    assert "sheet" not in said


def test_another_look_is_told_with_what_it_costs(first: Author) -> None:
    """Nothing else changed: the sheet is as it was, and templates of a learner's own go."""
    first.source.with_name("my.css").write_text(".front { color: blue; }", "utf-8")
    first.save(('language = "en"', 'language = "en"\nstyle = "my.css"'))
    said = first.release()
    assert (
        "  * The cards look new. Changes of your own to card templates or styling are rep" in said
    )
    assert "sheet" not in said


def test_who_skipped_a_release_is_told_what_to_do(first: Author) -> None:
    """As long as the upgrade package is there, the notes say what it is for; so of blank cards."""
    first.save(("{{spring}}", "spring"))
    first.release()
    first.save(("Grass is", "All grass is"))
    first.release()
    assert first.run("pack").code == 0
    cleared = "cards that are no longer asked may be blank: *Tools > Empty Cards* in Anki clears"
    assert cleared in packed(first)["RELEASE_NOTES.md"].decode()
    assert cleared.replace("*", "") in packed(first)["ankiweb.txt"].decode()
    first.save((SKY, ""), ('in spring."\n', 'in spring."\n' + OLD))
    first.release()
    assert first.run("pack").code == 0
    assert "Skipped" not in packed(first)["RELEASE_NOTES.md"].decode()  # it is the thing to do
    first.save(("All grass is", "Grass is"))
    first.release()
    assert first.run("pack").code == 0
    notes = packed(first)["RELEASE_NOTES.md"].decode()
    upgrade = "small-3.0.1-upgrade.apkg"
    assert f"taken out earlier, import `{upgrade}` instead, once, choose *Tools >" in notes
    assert "Import `small-3.0.1.apkg` into Anki, over the deck you have or as a new one." in notes
    assert cleared not in notes
    assert "upgrade" not in packed(first)["ankiweb.txt"].decode()


def test_who_skipped_another_name_of_the_deck_is_told_what_to_do(first: Author) -> None:
    """Cards stay in the deck where they are, however many releases later; who began later, too."""
    first.save(("Tests::Small", "Tests::Little"))
    first.release()
    assert first.run("pack").code == 0
    assert MOVED in packed(first)["RELEASE_NOTES.md"].decode()
    assert "Skipped" not in packed(first)["RELEASE_NOTES.md"].decode()  # it is the thing to do
    first.save(('"blue"', '"azure"'))
    first.release()
    assert first.run("pack").code == 0
    for name in ("RELEASE_NOTES.md", "ankiweb.txt"):
        assert (
            "\n\nSkipped a release? If you still have the deck “Tests::Small”, your cards stay"
            " there, and new ones come into “Tests::Little”: move the old ones in Anki’s browser.\n"
        ) in packed(first)[name].decode()
    first.save(("Tests::Little", "Tests::Small"))
    first.release()
    assert first.run("pack").code == 0
    assert "Skipped" not in packed(first)["RELEASE_NOTES.md"].decode()


TAGS = {
    "a fact": [],
    "a topic": ["`small::one` → `small::first`"],
    "a topic without was": ["`small::one` → `small::first`"],
    "the deck": ["`small` → `tiny`"],
}


@pytest.mark.parametrize("renamed", TAGS)
def test_of_another_id_learners_hear_the_tags(author: Author, renamed: str) -> None:
    """It is a release, for notes get it; but nothing reads otherwise, in Anki or on paper.

    The id of a topic, and that of the deck, are in tags, by which learners may have searched.
    """
    Image.new("RGB", (300, 200), "blue").save(author.source.with_name("sky.png"))
    picture = 'answer = "blue"\nimage = "sky.png"\nalt = "A field"'
    author.save(
        ("[[topic]]", '[sheet]\ncheck = ["sky"]\n\n[[topic]]'), ('answer = "blue"', picture)
    )
    author.release("--version", "1.0.0")
    author.save(*NAMES[renamed])
    notes = [line.strip() for line in author.release().splitlines() if line.startswith("  * ")]
    need = "Searches and filtered decks that name one need the new name."
    assert notes == [
        *(f"* Renamed tags (1): {tags}. {need}" for tags in TAGS[renamed]),
        *[f"* {REPLACED}"] * bool(TAGS[renamed]),
        "* To update, import the package as before: what you have learned stays.",
    ]
    assert author.version == "1.0.1"
    assert author.run("pack").code == 0


def test_a_retired_fact_is_back_under_whatever_id(first: Author) -> None:
    """Its cards go on where they were not cleared away: it is not new to everyone."""
    first.save(*CHANGES["a fact retired"][0])
    first.release()
    back = SKY.replace('id = "sky"', 'id = "heaven"\nwas = ["sky"]')
    first.save((OLD, ""), (GRASS, f"{back}{NEW}{GRASS}"))
    said = first.release()
    assert f"  * Back again, as new cards where they were cleared away (1): {ASKED}\n" in said
    assert "  * New facts (1): “Which colour has fresh snow?”\n" in said


def test_a_retired_fact_that_is_back_with_less_says_so(first: Author) -> None:
    """Who did not clear it away has a blank card, and is told what went and what to do."""
    grass, retired = SMALL[SMALL.index(GRASS) :], OLD.replace("sky", "grass")
    first.save((grass, retired))
    assert "Taken out (1)" in first.release()
    assert left_by(first) == Left()  # while it stays away
    first.save((retired, grass.replace("{{spring}}", "spring")))
    assert left_by(first) == Left(fresh=True, blank=True)
    said = first.release()
    assert "  * Back again, as new cards where they were cleared away (1): “Grass is" in said
    assert (
        "  * Asked in fewer ways (1): “Grass is green in spring.” (no longer: “spring”)\n" in said
    )
    assert "  * To do: after the import, choose *Tools > Empty Cards* in Anki." in said
    assert first.version == "3.0.0"
    assert left_by(first, "3.0.0") == Left(fresh=True, blank=True)  # once it is released, too
    assert first.run("pack").code == 0
    web = packed(first)["ankiweb.txt"].decode()
    assert "To do: after the import, choose Tools > Empty Cards in Anki." in web


def test_retired_facts_are_back_with_what_each_asked_last(author: Author) -> None:
    """A card that went before its fact did is none that goes now, whatever else comes back."""
    author.save(("{{spring}}", "{{spring}} and {{May}}"), (GRASS, NEW + GRASS))
    author.release("--version", "1.0.0")
    author.save(("{{May}}", "May"))
    author.release()
    author.save((SKY, ""), ('May."', f'May."{OLD}'))
    author.release()
    text = author.source.read_text("utf-8")
    grass, retired = text[text.index(GRASS) : text.index(OLD)], OLD.replace("sky", "grass")
    author.save((grass, retired))
    author.release()
    author.save((retired, SKY + grass), (OLD, ""))
    assert left_by(author) == Left(blank=True)
    author.save(("{{spring}}", "spring"))
    assert left_by(author) == Left(fresh=True, blank=True)


def test_a_retired_fact_is_back_with_what_its_own_branch_asked(first: Author) -> None:
    """What a release that this one does not come of asked for besides is no card that went."""
    first.git("switch", "--quiet", "--create", "other")
    first.save(("{{spring}}", "{{spring}} and {{May}}"))
    first.release("--version", "1.1.0")
    first.git("switch", "--quiet", "main")
    grass, retired = SMALL[SMALL.index(GRASS) :], OLD.replace("sky", "grass")
    first.save((grass, retired))
    first.release("--version", "2.0.0")
    first.save((retired, grass))
    assert left_by(first) == Left()
    said = first.release()
    assert "  * Back again, as new cards where they were cleared away (1): “Grass is" in said
    assert "fewer ways" not in said
    assert "Empty Cards" not in said


def test_a_retired_fact_of_another_note_type_is_new(first: Author) -> None:
    """Nobody has a card of it, so none goes on."""
    first.save(*CHANGES["a fact retired"][0])
    first.release()
    first.save(
        (OLD, ""), (GRASS, f'[[topic.fact]]\nid = "sky"\ncloze = "{{{{Blue}}}} sky."\n\n{GRASS}')
    )
    said = first.release()
    assert "  * New facts (1): “Blue sky.”\n" in said
    assert first.run("pack").code == 0


@pytest.mark.parametrize(
    ("own", "named"),
    [
        pytest.param('id = "small"', 'was = ["tiny"]', id="its own id again"),
        pytest.param('id = "wee"\nwas = ["small"]', 'was = ["small", "tiny"]', id="another"),
    ],
)
def test_another_id_of_the_deck_is_taken_back_as_advised(
    first: Author, own: str, named: str
) -> None:
    """What the build then says to name in `was` is all that a release needs."""
    first.save(('id = "small"', 'id = "tiny"\nwas = ["small"]'))
    back = first.source.read_text("utf-8").replace('id = "tiny"\nwas = ["small"]', own)
    first.source.write_text(back, "utf-8")
    for command in (("build",), ("lock", "--repair")):
        assert f"if this deck had that id, name it in [deck]: {named}; if" in (
            first.refused(command[0], *command[1:], "source/small.toml")
        )
    first.save((own, f"{own.partition(chr(10))[0]}\n{named}"), ('"blue"', '"azure"'))
    assert f"Corrected answers (1): {ASKED}" in first.release()


def test_a_rename_that_is_taken_back_is_no_news(first: Author) -> None:
    """Nobody knew the fact by the other id, and its card goes on as if there had been none."""
    rename = ('id = "sky"', 'id = "heaven"\nwas = ["sky"]')
    first.save(rename)
    first.save(rename[::-1])
    assert "nothing changed since small/v1.0.0" in first.refused("release")
    first.save((GRASS, NEW + GRASS))
    said = first.release()
    assert "as they were released, so with that date again: sky\n" in said
    assert first.run("pack").code == 0


def test_tags_are_told_by_the_names_that_learners_have(first: Author) -> None:
    """Where deck and topic get another id at once, the old tag of the topic has the deck's old."""
    first.save(*NAMES["the deck"], *NAMES["a topic"])
    assert "Renamed tags (2): `small` → `tiny`, `small::one` → `tiny::first`." in first.release()


ONLY = "* Only for those who have 1.0.0 or an older release."
UNDOES = " Over a newer one, it would put older texts in place of newer ones."
RETURNS = " Cards that a newer one took out would come back."
# what the newer release changes, and what an older one that corrects the sky would do to that
NEWER: dict[str, tuple[Edits, str]] = {
    "a fact retired": (CHANGES["a fact retired"][0], RETURNS),
    "a gap gone": (CHANGES["a gap gone"][0], RETURNS),
    "a new fact": (CHANGES["a new fact"][0], ""),
    "another fact reworded": ((("Grass is", "All grass is"),), ""),
    "the same fact corrected": ((('"blue"', '"sky blue"'),), UNDOES),
    "the same correction": ((('"blue"', '"azure"'),), ""),
    "both": ((('"blue"', '"sky blue"'), ("{{spring}}", "spring")), UNDOES + RETURNS),
}


@pytest.mark.parametrize("change", NEWER)
def test_a_mended_older_release_says_for_whom_it_is(first: Author, change: str) -> None:
    """A newer one does not come of it: what it would undo there is told, and nothing else."""
    edits, harm = NEWER[change]
    first.git("checkout", "--quiet", "-b", "older")
    first.git("checkout", "--quiet", "main")
    first.save(*edits)
    assert "Only for" not in first.release("--version", "2.0.0")
    first.git("checkout", "--quiet", "older")
    first.save(('"blue"', '"azure"'))
    assert f"{ONLY}{harm}\n" in first.release()
    assert first.version == "1.0.1"


def test_a_mended_older_release_is_for_nobody_new(first: Author) -> None:
    """Its notes send no newcomer to it, and there is nothing to paste over the shared deck."""
    first.git("checkout", "--quiet", "-b", "older")
    first.git("checkout", "--quiet", "main")
    first.save((GRASS, NEW + GRASS))
    first.release("--version", "3.0.0")
    first.git("checkout", "--quiet", "older")
    first.save(('"blue"', '"azure"'))
    first.release()
    assert first.run("pack").code == 0
    notes = packed(first)["RELEASE_NOTES.md"].decode()
    assert ONLY in notes
    assert "Import `small-1.0.1.apkg` into Anki, over the deck you have.\n" in notes
    assert "ankiweb.txt" not in packed(first)
    first.save(*CHANGES["a fact retired"][0][1:], (SKY.replace("blue", "azure"), ""))
    first.release()
    assert first.run("pack").code == 0
    notes = packed(first)["RELEASE_NOTES.md"].decode()
    assert "import `small-2.0.0-upgrade.apkg`" in notes
    assert "New to the deck?" not in notes


def test_a_smaller_version_is_refused(first: Author) -> None:
    """A version that hides what changed is not given; a greater one is."""
    first.save((GRASS, NEW + GRASS))
    err = first.refused("release", "--version", "1.0.1")
    assert "1.0.1 is too small: there is something new to learn" in err
    assert "1.1.0 is the smallest" in err
    first.release("--version", "3.0.0")
    assert first.version == "3.0.0"


def test_the_authors_own_version_counts(first: Author) -> None:
    """A version that the source names already is taken, if it is great enough."""
    first.save(('"blue"', '"azure"'), ('version = "1.0.0"', 'version = "1.4.0"'))
    first.release()
    assert first.git("tag").split() == ["small/v1.0.0", "small/v1.4.0"]
    first.save(('version = "1.4.0"', 'version = "2.0.0"'))
    first.release()  # the deck is as it was, but the author wants it
    assert first.git("tag").split()[-1] == "small/v2.0.0"
    assert first.run("pack").code == 0


def test_no_news_is_no_release(first: Author) -> None:
    """Where nothing changed for learners nothing is released, unless a version is named."""
    assert "nothing changed since small/v1.0.0" in first.refused("release")
    said = first.release("--version", "1.0.1")
    assert "  * Nothing changed in facts, cards and sheet.\n  * To update" in said


@pytest.mark.parametrize("option", [(), ("--dry-run",)])
def test_what_has_no_room_in_print_is_not_released(first: Author, option: tuple[str, ...]) -> None:
    """What is known only once print is made refuses a release before its tag, as it would pack."""
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    first.save(('answer = "blue"', f'answer = "{word}"'))
    err = first.refused("release", *option)
    assert "source/small.toml:" in err
    assert "warning[cut-word]" in err
    assert err.endswith(NO_WARNINGS)
    meant = 'allow = [{ rule = "long-answer", why = "It has to be." }]'
    long = f'{"long " * 900}"\n{meant}'
    text = first.source.read_text("utf-8").replace(f'{word}"', long)
    first.source.write_text(text, "utf-8")
    first.run("build")
    first.source.write_text(f'{text}\n[print]\nhandouts = ["foldover"]\n', "utf-8")
    first.git("commit", "--quiet", "--all", "--message", "Print it")
    assert "warning[no-room]" in first.refused("release", *option)


def test_a_dry_run_changes_nothing(first: Author) -> None:
    """--dry-run tells the same, and leaves files, commits and tags alone."""
    first.save(('"blue"', '"azure"'))
    before = first.state()
    said = first.release("--dry-run")
    assert first.state() == before
    assert "small 1.0.1, after small/v1.0.0" in said
    assert "would commit “Release small 1.0.1” and tag small/v1.0.1" in said
    assert first.release().splitlines()[:3] == said.splitlines()[:3]


def test_an_unready_repository_is_refused(first: Author) -> None:
    """Uncommitted files, a stale lock, a warning, a broken promise: each is told."""
    (first.folder / "draft.txt").write_text("x", "utf-8")
    assert "not everything is committed: draft.txt" in first.refused("release")
    (first.folder / "draft.txt").unlink()
    first.source.write_text(SMALL.replace('"blue"', '"azure"'), "utf-8")
    first.git("commit", "--quiet", "--all", "--message", "Only the source")
    assert "small.lock does not fit the source" in first.refused("release")
    first.source.write_text(SMALL.replace(SKY, ""), "utf-8")
    first.git("commit", "--quiet", "--all", "--message", "A promise")
    assert "`sky` was released with 1.0.0 and is gone" in first.refused("release")
    first.source.write_text(SMALL.replace("Which colour has", "Describe"), "utf-8")
    first.git("commit", "--quiet", "--all", "--message", "A warning")
    err = first.refused("release")
    assert "warning[vague-prompt]" in err
    assert err.endswith(NO_WARNINGS)


def test_a_changelog_in_another_encoding_is_told(first: Author) -> None:
    """Neither is it rewritten, nor is what it says of a release."""
    changelog = first.folder / "CHANGELOG.md"
    changelog.write_bytes("## Unreleased\n\n* Bäume\n".encode("latin-1"))
    first.save(('"blue"', '"azure"'))
    for command in ("release", "pack"):
        err = first.refused(command, "source/small.toml")
        assert "error: CHANGELOG.md is not UTF-8\n  = help: save it in UTF-8" in err


def test_a_link_is_released_as_the_file_it_leads_to(author: Author) -> None:
    """Build and release have one lock, beside the file, and links stay links."""
    content, links = author.folder / "content", []
    content.mkdir()
    for suffix in (".toml", ".lock"):
        links.append(author.source.with_suffix(suffix))
        links[-1].rename(content / links[-1].name)
    links[0].symlink_to("../content/small.toml")
    links[1].symlink_to("../content/small.lock")
    author.source = content / "small.toml"
    author.save()
    author.release("--version", "1.0.0")
    author.save(('"blue"', '"azure"'))
    author.source.with_suffix(".lock").unlink()
    assert "content/small.toml: 2 facts" in author.run("build").out
    author.git("checkout", "--quiet", "content/small.lock")
    author.release("source/small.toml")
    assert author.version == "1.0.1"
    assert author.run("pack").code == 0
    assert all(link.is_symlink() for link in links)


def test_outside_a_repository(run: Runner, small: Path) -> None:  # noqa: F811
    """Without git there is nothing to commit to, and that is said."""
    assert build(small, small.parent / "build", NOW).files
    ended = run("release", "small.toml")
    assert ended.code == 1
    assert f"{small.parent} is in no git repository" in ended.err


def test_what_git_says_is_told(first: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository of somebody else's, as in a container, is one; git tells how it can be used."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for command in ("release", "pack"):
        ended = first.run(command)
        assert ended.code == 1
        assert "error: git refuses to work in" in ended.err
        assert "git config --global --add safe.directory" in ended.err


def test_a_commit_that_git_refuses_leaves_all_as_it_was(first: Author) -> None:
    """A hook that says no: no tag, no commit, no changed file; its words are told."""
    first.save(('"blue"', '"azure"'))
    hook = first.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    assert "not today" in first.refused("release")
    assert first.git("status", "--porcelain") == ""


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_ended_release_leaves_all_as_it_was(first: Author, ending: int) -> None:
    """Who ends a release while git is at work, in a hook of theirs, may begin it again at once."""
    first.save(('"blue"', '"azure"'))
    hook, mark = first.folder / ".git" / "hooks" / "pre-commit", first.folder / ".git" / "begun"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n: > {mark}\nexec sleep 100\n", "utf-8")  # no child to outlive it
    hook.chmod(0o755)
    before = first.state()
    command = [sys.executable, "-P", "-m", "deckbuilder", "release"]
    with subprocess.Popen(command, process_group=0, stderr=subprocess.DEVNULL) as release:
        while release.poll() is None and not mark.exists():
            time.sleep(0.01)
        os.killpg(release.pid, ending)
        assert release.wait(50) == 128 + ending
    assert first.state() == before
    assert first.git("status", "--porcelain") == ""
    hook.unlink()
    first.release()


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_ending_that_comes_too_late_waits_until_the_release_is_told(
    first: Author, ending: int
) -> None:
    """It is committed, and will be tagged: how to publish it is said before the program ends."""
    first.save(('"blue"', '"azure"'))
    hook, mark = first.folder / ".git" / "hooks" / "post-commit", first.folder / ".git" / "begun"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {mark}\nwhile [ -e {mark} ]; do sleep 0.01; done\n", "utf-8")
    hook.chmod(0o755)
    command = [sys.executable, "-P", "-m", "deckbuilder", "release"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as release:
        while release.poll() is None and not mark.exists():
            time.sleep(0.01)
        os.kill(release.pid, ending)
        mark.unlink()
        said, _ = release.communicate(timeout=50)
    assert release.returncode == 128 + ending
    assert said.endswith("  git push --atomic origin HEAD small/v1.0.1\n")
    assert first.git("tag", "--points-at", "HEAD") == "small/v1.0.1\n"
    assert first.git("status", "--porcelain") == ""


def test_a_full_disk_leaves_all_as_it_was(first: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written before the disk was at fault is taken back."""
    first.save(('"blue"', '"azure"'))
    before = first.state()

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing_git, "commit", full)
    assert first.run("release").code == 3
    assert first.state() == before


def test_a_disk_that_is_full_while_it_is_packed(
    first: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, with the folder, and not that the release does not build."""
    program = first.folder / ".git" / "program"
    little = "ulimit -f 8"  # blocks of 512 bytes in a file: as much as a full disk has room for
    kept = "export PYTHONDONTWRITEBYTECODE=1"  # Python leaves half of a module that it compiles
    program.write_text(f'#!/bin/sh\n{little}\n{kept}\nexec {sys.executable} "$@"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    ended = first.run("pack")
    assert ended.code == 3
    assert re.match(r"deckbuilder: .+: out/.+ \(/", ended.err), ended.err
    assert "does not build" not in ended.err


def test_a_read_only_file_stops_a_release_before_it_writes(first: Author) -> None:
    """Though it is the last that would be written: nothing has changed."""
    first.save(('"blue"', '"azure"'))
    (first.folder / "CHANGELOG.md").chmod(0o444)
    before = first.state()
    ended = first.run("release")
    assert (ended.code, "read-only" in ended.err) == (3, True)
    assert first.state() == before


def test_a_release_that_was_reverted_is_not_followed(first: Author) -> None:
    """The old words are back with their old time, which Anki does not take: told in time."""
    first.save(('"blue"', '"azure"'), (GRASS, NEW + GRASS))
    first.release()
    first.git("revert", "--no-edit", "HEAD", "HEAD~1")
    err = first.refused("release", "--version", "2.0.0")
    assert "`sky` changed since small/v1.1.0, but is not newer" in err
    assert "`snow` is in small/v1.1.0, and the lock does not know it" in err
    back = "git checkout small/v1.1.0 -- source/small.lock"
    assert f"= help: {back}, then deckbuilder build; or: deckbuilder lock --repair" in err
    first.git(*back.split()[1:])
    first.save((GRASS, NEW + GRASS))
    first.release()
    assert first.run("pack").code == 0


BACK = "git checkout small/v1.0.1 -- source/small.lock"


def test_a_lost_lock_is_not_to_be_built(first: Author) -> None:
    """It is had from the last release, where the tags tell of one: a new one forgets what is out.

    Who has no tags is told by the changelog.
    """
    first.save(('"blue"', '"azure"'))
    first.release()
    first.git("rm", "--quiet", "source/small.lock")
    first.git("commit", "--quiet", "--message", "Lost")
    for command in ("release", "pack"):
        err = first.refused(command, "source/small.toml")
        assert "error: small.lock is not there, and small/v1.0.1 went out: a new one" in err
        assert f"= help: {BACK}, then deckbuilder build; or: deckbuilder lock --repair --" in err
        assert "--from the package of small/v1.0.1 (the upgrade package" in err
    first.git(*BACK.split()[1:])
    first.save(('"azure"', '"light blue"'))
    first.release()
    assert first.run("pack").code == 0
    first.git("rm", "--quiet", "source/small.lock")
    first.git("commit", "--quiet", "--message", "Lost")
    first.git("tag", "--delete", *first.git("tag").split())
    err = first.refused("release")
    assert "small.lock is not there, and small/v1.0.2 went out, says CHANGELOG.md: a new" in err
    assert "= help: git fetch --tags; if it never had one: deckbuilder lock --repair --" in err


def test_a_lost_lock_is_had_from_a_release_of_this_branch(first: Author) -> None:
    """What another branch released, later though it is, does not know what went out here."""
    first.git("checkout", "--quiet", "-b", "other")
    first.save(('"blue"', '"azure"'))
    first.release()
    first.git("checkout", "--quiet", "main")
    first.git("rm", "--quiet", "source/small.lock")
    first.git("commit", "--quiet", "--message", "Lost")
    err = first.refused("release")
    assert "error: small.lock is not there, and small/v1.0.0 went out: a new one" in err
    assert f"= help: {BACK.replace('1.0.1', '1.0.0')}, then deckbuilder build" in err


def test_a_tag_tells_of_a_release_whose_lock_nobody_kept(author: Author) -> None:
    """The package is what is left then, and a new lock would forget what went out."""
    author.git("rm", "--quiet", "source/small.lock")
    author.git("commit", "--quiet", "--message", "Lost")
    author.git("tag", "small/v1.0.0")
    err = author.refused("release")
    assert "error: small.lock is not there, and small/v1.0.0 went out: a new one" in err
    assert "= help: deckbuilder lock --repair --from the package of small/v1.0.0 (" in err


def test_a_draft_without_a_lock_is_to_be_built(author: Author) -> None:
    """Nothing of it went out, so nothing is lost."""
    author.git("rm", "--quiet", "source/small.lock")
    author.git("commit", "--quiet", "--message", "Lost")
    err = author.refused("release")
    assert "error: small.lock is not there\n  = help: deckbuilder build writes it\n" in err


def test_a_lock_that_was_made_anew_is_not_released(first: Author) -> None:
    """A build makes it without a word; all that is wrong with it comes of that, and is told once.

    Where it has no name of then, git gives it another.
    """
    first.save(('"blue"', '"azure"'), (GRASS, NEW + GRASS))
    first.release()
    first.source.with_suffix(".lock").unlink()
    first.save(("Grass is", "All grass is"))
    back = BACK.replace("1.0.1", "1.1.0")
    told = (
        "error: small.lock knows of no release, and small/v1.1.0 went out: it was made anew, or"
        f" taken back\n  = help: {back}, then deckbuilder build; or delete it, and: deckbuilder"
        " lock --repair --from the package of small/v1.1.0"
        " (the upgrade package, if it has one: that knows what was retired)\n"
    )
    assert first.refused("release", "--version", "1.2.0") == told
    for suffix in (".toml", ".lock"):
        first.git("mv", f"source/small{suffix}", f"source/tiny{suffix}")
    first.git("commit", "--quiet", "--message", "Another name")
    back = "git show small/v1.1.0:source/small.lock > source/tiny.lock"
    assert f"= help: {back}, then deckbuilder build; or" in first.refused("release")
    first.source = first.source.with_name("tiny.toml")
    subprocess.run(back, shell=True, check=True, cwd=first.folder)
    first.save()
    first.release()
    assert first.run("pack").code == 0


def test_a_draft_of_a_clock_that_was_ahead_is_not_released(author: Author) -> None:
    """Learners would lose their edits for good, so it is dated once more, as nobody has it."""
    author.now = FAR
    author.save(('"blue"', '"azure"'))
    author.now = NOW
    err = author.refused("release")
    assert "the lock dates `sky` after now, up to 2100-01-01: learners would lose" in err
    assert "if it is: git rm source/small.lock, then deckbuilder build" in err
    author.git("rm", "--quiet", "source/small.lock")
    author.save()
    author.release()
    assert author.run("pack").code == 0


def test_an_edit_of_a_clock_that_was_ahead_is_not_released(first: Author) -> None:
    """The lock of the last release does not know the wrong date; a day more is no wrong clock."""
    first.now = FAR
    first.save(('"blue"', '"azure"'))
    first.now = NOW
    err = first.refused("release")
    back = "git checkout small/v1.0.0 -- source/small.lock"
    assert f"set the clock right; if it is: {back}, then deckbuilder build" in err
    first.git(*back.split()[1:])
    first.now = int(time.time()) + 80_000
    first.save()
    first.release()
    assert first.run("pack").code == 0


def test_what_a_clock_dated_that_is_ahead_still_is_not_packed(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine sees it before it is given away; once it is out, all later is later still."""
    author.now = FAR
    author.save(('"blue"', '"azure"'))
    with monkeypatch.context() as wrong:
        wrong.setattr("deckbuilder.clock.time", Mock(time=lambda: FAR))
        author.release("--version", "1.0.0")
    assert "the lock dates `sky` after now" in author.refused("pack")
    author.now = NOW
    author.save(('"azure"', '"light blue"'))
    author.release()
    assert author.run("pack").code == 0


def test_a_shallow_clone_is_to_get_its_history(
    first: Author, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes of what it cannot tell, so it is told that, and nothing that would be a guess."""
    first.save(('"blue"', '"azure"'))
    clone, before = tmp_path_factory.mktemp("clone"), first.folder
    first.git("clone", "--quiet", "--depth", "1", before.as_uri(), str(clone))
    first.folder = clone
    monkeypatch.chdir(clone)
    first.git("fetch", "--quiet", "--tags")
    first.git("config", "user.name", "Author")
    first.git("config", "user.email", "author@example.org")
    told = (
        f"error: {clone} is a shallow clone: it does not know of which releases the deck comes\n"
        "  = help: git fetch --unshallow --tags\n"
    )
    for command in (("release",), ("pack",), ("pack", "source/small.toml")):
        assert first.refused(*command) == told
    first.git("fetch", "--quiet", "--unshallow", "--tags")
    assert "small 1.0.1, after small/v1.0.0" in first.release()
    assert first.run("pack").code == 0


@pytest.mark.parametrize("command", ["release", "pack"])
def test_what_the_lock_refuses_is_told_as_by_check(first: Author, command: str) -> None:
    """It has a code and a place, in each form: what reads those need not run `check`, too."""
    first.source.write_text(first.source.read_text("utf-8").replace(SKY, ""), "utf-8")
    first.git("commit", "--quiet", "--all", "--message", "A promise")
    source = "source/small.toml"
    err = first.refused(command, source)
    assert f"{source}:1:1: error[released-fact-gone]: `sky` was released with 1.0.0" in err
    assert err.endswith("1 error\na release takes no errors: mend them\n")  # nor allows one
    for form in ("json", "github", "sarif"):
        ended = first.run(command, source, "--format", form)
        assert ended.code == 1
        assert ended.out == first.run("check", source, "--format", form).out
        assert "released-fact-gone" in ended.out


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_a_program_is_told_what_stands_in_the_way(first: Author, form: str) -> None:
    """Who reads the report sees why nothing was done: an error of the source that is named."""
    said, way = "not everything is committed: draft.txt", "commit or remove it first"
    (first.folder / "draft.txt").write_text("", "utf-8")
    for command in ("release", "pack"):
        ended = first.run(command, "--format", form)
        assert (ended.code, ended.err) == (1, "")
        if form == "json":
            report = json.loads(ended.out)
            assert report["errors"] == len(report["problems"])
            (told,) = (each for each in report["problems"] if each["message"] == said)
            assert (told["code"], told["severity"], told["help"]) == ("obstacle", "error", way)
            assert (told["file"], told["line"]) == ("source/small.toml", 1)
        elif form == "sarif":
            (log,) = json.loads(ended.out)["runs"]
            assert f"{said} Help: {way}" in [row["message"]["text"] for row in log["results"]]
            assert {(row["ruleId"], row["level"]) for row in log["results"]} == {
                ("obstacle", "error")
            }
            assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == ["obstacle"]
        else:
            place = "file=source/small.toml,line=1,endLine=1,col=1,endColumn=1"
            told = f"::error {place},title=deckbuilder obstacle::{said}%0Ahelp: {way}"
            assert told in ended.out.splitlines()


def reported(ended: Run, form: str) -> list[tuple[str, str]]:
    """Return the code and the words of each error in a report."""
    if form == "json":
        report = json.loads(ended.out)
        assert report["errors"] == len(report["problems"])
        return [(told["code"], told["message"]) for told in report["problems"]]
    (log,) = json.loads(ended.out)["runs"]
    return [(row["ruleId"], row["message"]["text"]) for row in log["results"]]


@pytest.mark.parametrize("form", ["json", "sarif"])
@pytest.mark.parametrize("command", ["release", "pack"])
@pytest.mark.parametrize("name", ["small.lock", "small.toml", "CHANGELOG.md"])
def test_a_program_is_told_of_a_file_that_cannot_be_read(
    first: Author, command: str, form: str, name: str
) -> None:
    """As by `check`: of the source that it stops, with the code that says what it is."""
    file = first.folder / name if name == "CHANGELOG.md" else first.source.with_name(name)
    file.unlink()
    os.mkfifo(file)
    first.git("update-index", "--assume-unchanged", str(file))
    said = "not a regular file, but a pipe that nobody writes into"
    ended = first.run(command, "--format", form)
    ((code, told),) = reported(ended, form)
    assert (ended.code, ended.err, code) == (3, "", "file-fault")
    assert told.startswith(f"{said}: ")
    assert f"deckbuilder: {said}: " in first.run(command).err


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_program_is_told_that_there_are_several_sources(first: Author, form: str) -> None:
    """It is wrong use, and yet the report says why nothing was done."""
    text = first.source.read_text("utf-8").replace("small", "tiny")
    first.source.with_name("tiny.toml").write_text(text, "utf-8")
    ended = first.run("release", "--format", form)
    ((code, told),) = reported(ended, form)
    assert (ended.code, code) == (2, "obstacle")
    assert told.startswith("there are several sources")


@pytest.mark.parametrize("command", ["release", "pack"])
def test_a_program_is_told_of_a_package_that_is_too_large(
    first: Author, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No deck has so many bytes, so it stands in the way."""
    (first.folder / "build" / "last.apkg").write_bytes(bytes(9))
    monkeypatch.setattr("deckbuilder.cli.given.LARGEST", 8)
    ended = first.run(command, "--last", "build/last.apkg", "--format", "json")
    said = "build/last.apkg is too large to be a deck or a sheet"
    assert (ended.code, reported(ended, "json")) == (1, [("obstacle", said)])


def test_a_program_is_told_that_no_release_is_here(author: Author) -> None:
    """That is of no one source: the first is named."""
    ended = author.run("pack", "--format", "json")
    (told,) = json.loads(ended.out)["problems"]
    assert (ended.code, ended.err) == (1, "")
    assert (told["file"], told["message"]) == ("source/small.toml", "no release is checked out")


def test_a_fact_retired_without_a_lock_tells_that_it_is_lost(first: Author) -> None:
    """Nobody retires a draft: where the lock knows no release, it is the lock that is amiss."""
    first.save(*CHANGES["a fact retired"][0])
    first.release()
    first.source.with_suffix(".lock").unlink()
    err = first.run("build").err
    assert "warning[unknown-retired]" in err
    assert "= help: if the deck was released, its lock is lost: have it again from version" in err


def test_a_lost_lock_is_mended_and_released(first: Author) -> None:
    """The package of the last release is enough, though earlier ones had other words."""
    first.save(('"blue"', '"azure"'))
    first.release()
    assert build(first.source, first.folder / "build", LATER, Request(frozen=True)).problems == ()
    (first.folder / "last.apkg").write_bytes((first.folder / "build/small.apkg").read_bytes())
    Path(".git/info/exclude").write_text("last.apkg\n", "utf-8")
    first.source.with_suffix(".lock").unlink()
    assert first.run("lock", "--repair", "--from", "last.apkg").code == 0
    first.save(('"azure"', '"light blue"'))
    first.release()
    assert first.run("pack").code == 0


def test_what_verify_rejects_is_not_released(
    first: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is tagged that cannot be packed."""

    def forgetful(*about: Any) -> Any:
        files, found = rehearse_build(*about)
        return files | {"small.tsv": files["small.tsv"].replace(b"Grass", b"Moss")}, found

    monkeypatch.setattr("deckbuilder.publishing.rehearsal.rehearse_build", forgetful)
    first.save(('"blue"', '"azure"'))
    assert "small.tsv: `grass`: Its row " in first.refused("release")


def test_a_clone_without_tags_releases_nothing_again(first: Author) -> None:
    """The lock knows that something went out: its tag is missing, or was never there."""
    assert build(first.source, first.folder / "build", LATER, Request(frozen=True)).problems == ()
    (first.folder / "last.apkg").write_bytes((first.folder / "build/small.apkg").read_bytes())
    Path(".git/info/exclude").write_text("last.apkg\n", "utf-8")
    first.git("tag", "--delete", "small/v1.0.0")
    first.save(('"blue"', '"azure"'))
    err = first.refused("release", "--version", "1.1.0")
    assert "1.0.0 went out, says the lock, and its tag small/v1.0.0 is not here" in err
    assert "= help: git fetch --tags" in err
    err = first.refused("release", "--last", "last.apkg")
    assert "1.0.0 is too small: 1.0.0 is out" in err
    said = first.release("--last", "last.apkg", "--version", "1.0.1")
    assert "Nothing changed" not in said  # nobody can tell
    assert "first release" not in said
    assert first.run("pack", "--last", "last.apkg").code == 0


@pytest.mark.parametrize("version", ["1.1.0", "1.0.0"])
def test_a_release_without_its_tag_is_not_overlooked(first: Author, version: str) -> None:
    """One that came by a merge, or squashed: the changelog names it, whatever the source has.

    Its number is not given again, and nothing gets a date with which its learners would not be
    corrected.
    """
    before = times(first)["sky"]
    first.save(TO_AZURE)
    first.release("--version", "1.1.0")
    last = package_of(first)
    first.git("tag", "--delete", "small/v1.1.0")
    first.save(TO_BLUE, TO_LUSH, ('"1.1.0"', f'"{version}"'))
    for options in ((), ("--version", "1.2.0")):
        err = first.refused("release", *options)
        assert "1.1.0 went out, says CHANGELOG.md, and its tag small/v1.1.0 is not here" in err
        assert "= help: git fetch --tags; if it never had one, name the package that l" in err
    assert "with that date again" not in first.release("--last", last, "--version", "1.1.1")
    assert times(first)["sky"] > before
    assert first.run("pack", "--last", last).code == 0


def test_two_releases_of_one_number_are_two(first: Author) -> None:
    """Each of two branches gave it; the tag is that of one, the package tells of the other."""
    first.save(TO_AZURE)
    first.release("--version", "1.1.0")
    last, log = package_of(first), first.folder / "CHANGELOG.md"
    theirs, azure = log.read_text("utf-8"), times(first)["sky"]
    first.git("tag", "--delete", "small/v1.1.0")
    first.git("reset", "--quiet", "--hard", "HEAD~2")
    first.now += 9000
    first.save(TO_LUSH)
    first.release("--version", "1.1.0")
    log.write_text(log.read_text("utf-8") + theirs[theirs.index("## ") :], "utf-8")
    first.save(TO_AZURE)
    first.save(TO_BLUE, ("{{lush}}", "{{verdant}}"))
    err = first.refused("release")
    assert "1.1.0 went out twice, says CHANGELOG.md, and small/v1.1.0 can be one of them a" in err
    assert "= help: of the other, name the package that learners have of it: --last" in err
    assert "with that date again" not in first.release("--last", last, "--version", "1.1.1")
    assert times(first)["sky"] > azure


def test_a_part_of_the_changelog_may_be_written_ahead(first: Author) -> None:
    """It tells of no release: what is said of it helps."""
    log = first.folder / "CHANGELOG.md"
    log.write_text(f"## small 1.1.0\n\n* Lush.\n\n{log.read_text('utf-8')}", "utf-8")
    first.save(TO_LUSH)
    err = first.refused("release")
    assert "if it never went out, head its part Unreleased" in err
    log.write_text(log.read_text("utf-8").replace("small 1.1.0", "Unreleased"), "utf-8")
    first.save()
    assert "small 1.0.1, after small/v1.0.0" in first.release()


# ---------------------------------------------------------------------------- dates

TO_AZURE, TO_BLUE = ('"blue"', '"azure"'), ('"azure"', '"blue"')
TO_LUSH, TO_GREEN = ("{{green}}", "{{lush}}"), ("{{lush}}", "{{green}}")
# what is done, and taken back before the next release
TAKEN_BACK: dict[str, tuple[Edits, Edits]] = {
    "an edit": ((TO_AZURE,), (TO_BLUE,)),
    "a fact retired": (
        ((SKY, ""), ('in {{spring}}."\n', 'in {{spring}}."\n' + OLD)),
        ((OLD, ""), (GRASS, SKY + GRASS)),
    ),
    "a fact renamed": (
        (('id = "sky"', 'id = "heaven"\nwas = ["sky"]'),),
        (('id = "heaven"\nwas = ["sky"]', 'id = "sky"\nwas = ["heaven"]'),),
    ),
}


def times(author: Author) -> dict[str, int]:
    """Return the date of each note, and of each note type, in the lock."""
    lines = author.source.with_suffix(".lock").read_text("utf-8").splitlines()[1:]
    return {row.get("fact", row["notetype"]): row["mod"] for row in map(json.loads, lines)}


def package_of(author: Author) -> str:
    """Return the name of a file that is no part of the repository: what was built last."""
    name = f"{author.version}.apkg"
    assert build(author.source, author.folder / "build", LATER, Request(frozen=True)).problems == ()
    (author.folder / name).write_bytes((author.folder / "build/small.apkg").read_bytes())
    with Path(".git/info/exclude").open("a", encoding="utf-8") as excluded:
        excluded.write(f"{name}\n")
    return name


@pytest.mark.parametrize("what", TAKEN_BACK)
def test_what_is_taken_back_gets_its_date_back(first: Author, what: str) -> None:
    """It never reached anybody: a later date would cost learners their own words for nothing."""
    before, old = times(first), package_of(first)
    done, undone = TAKEN_BACK[what]
    first.save(*done)
    first.save(*undone, TO_LUSH)
    assert times(first)["sky"] > before["sky"]
    out = first.run("simulate", old, "build/small.apkg").out
    assert "FAILED[lost-edit] `sky`" in out
    assert "  = help: a note that is as it was released has to have the date that it had" in out
    assert "where a release between the two changed the note it is right" in out
    said = first.release()
    assert "  as they were released, so with that date again: sky\n" in said
    assert times(first)["sky"] == before["sky"]
    assert times(first)["grass"] > before["grass"]
    assert first.run("pack").code == 0
    new = package_of(first)
    assert "0 new, 1 updated, 0 removed" in first.run("diff", old, new).out
    assert first.run("simulate", old, new).code == 0
    assert "so with that date again" not in first.release("--version", "1.0.9")


def test_a_look_that_is_taken_back_gets_its_date_back(first: Author) -> None:
    """So it is with note types: a later date would replace what learners made of the cards."""
    before = times(first)
    first.source.with_name("my.css").write_text(".card { color: teal; }", "utf-8")
    first.save(('language = "en"', 'language = "en"\nstyle = "my.css"'))
    first.save(('\nstyle = "my.css"', ""), TO_LUSH)
    assert "with that date again: Facts, Gaps\n" in first.release()
    assert times(first) == before | {"grass": times(first)["grass"]}


def test_what_learners_have_from_an_older_release_is_updated(first: Author) -> None:
    """A text of the release before the last is newer than the last; who skipped one can update."""
    skipped = package_of(first)
    first.save(TO_AZURE)
    first.release()
    last = times(first)["sky"]
    first.save(TO_BLUE)
    first.save(TO_AZURE)
    first.save(TO_BLUE, TO_LUSH)
    assert "with that date again" not in first.release("--last", skipped)
    assert times(first)["sky"] > last
    first.save(TO_AZURE)
    assert first.run("pack", "--last", skipped).code == 1  # not all is released
    first.save(TO_BLUE, TO_GREEN)
    last = times(first)["sky"]
    assert "with that date again: sky\n" in first.release()
    assert times(first)["sky"] < last
    assert first.run("pack", "--last", skipped).code == 0


def test_no_date_falls_below_one_that_a_release_gave(first: Author) -> None:
    """Who has a release of another branch is corrected, too; the update is tried from there."""
    first.git("switch", "--quiet", "--create", "other")
    first.save(TO_AZURE)
    first.release()
    other, last = times(first)["sky"], package_of(first)
    first.git("switch", "--quiet", "main")
    first.save(TO_AZURE)
    first.save(TO_BLUE, TO_LUSH)
    err = first.refused("release", "--version", "1.0.2")
    assert (
        "the update from small/v1.0.0 fails: `sky`: expected: the learner’s own words stay" in err
    )
    assert "= help: if a release that is not merged here dated it later, merge that, or name" in err
    assert "with that date again" not in first.release("--version", "1.0.2", "--last", last)
    assert times(first)["sky"] > other


def test_a_release_that_cannot_be_read_may_have_any_date(first: Author) -> None:
    """Where one lies elsewhere no date is given back; why the update fails then is told."""
    first.save(TO_AZURE)
    first.save(TO_BLUE, TO_LUSH)
    tree = first.git("hash-object", "-t", "tree", "-w", os.devnull).strip()
    first.git("tag", "small/v0.9.0", first.git("commit-tree", "-m", "Empty", tree).strip())
    assert "dated it later, merge that" in first.refused("release")
    first.git("tag", "--delete", "small/v0.9.0")
    assert "with that date again: sky" in first.release()


def test_dates_are_given_back_by_hand(first: Author) -> None:
    """Repair from the last package does it for who goes without `release`; from an older, not."""
    before, old = times(first), package_of(first)
    first.save(TO_AZURE)
    first.save(TO_BLUE)
    ended = first.run("lock", "--repair", "--from", old)
    assert "source/small.lock: `sky`: as it was released, got that date back\n" in ended.out
    assert times(first)["sky"] == before["sky"]
    first.save(TO_AZURE)
    first.release()
    new, last = package_of(first), times(first)["sky"]
    first.save(TO_BLUE)
    for tags in (first.git("tag").split(), ()):
        assert "fine, nothing to mend" in first.run("lock", "--repair", "--from", old).out
        for tag in tags:
            first.git("tag", "--delete", tag)
    first.save(TO_AZURE)
    assert times(first)["sky"] > last
    assert "got that date back" in first.run("lock", "--repair", "--from", new).out
    assert times(first)["sky"] == last


def test_the_version_of_the_next_release_keeps_dates_as_they_are(author: Author) -> None:
    """In the source it may be one that is out; what is advised then gives the date back."""
    before, old = times(author), package_of(author)
    assert author.run("lock", "--repair", "--from", old).code == 0
    author.save(TO_AZURE)
    author.save(TO_BLUE, TO_LUSH, ('"0.1.0"', '"0.2.0"'))
    err = author.refused("release", "--last", old)
    assert "the learner’s own words stay" in err
    assert (
        "if none did, have the version of the last release in the source (the next one is for"
        " --version), and deckbuilder lock --repair --from its package gives the note back the date"
        " that it had"
    ) in err
    author.save(('"0.2.0"', '"0.1.0"'))
    assert "`sky`: as it was" in author.run("lock", "--repair", "--from", old).out
    author.save()
    author.release("--last", old, "--version", "0.2.0")
    assert times(author)["sky"] == before["sky"]
    assert author.run("pack", "--last", old).code == 0


def test_all_notes_are_forced_on_everyone(first: Author) -> None:
    """A restamp is a purpose: it is released, told to learners, and not taken for a mistake."""
    before, last = times(first), package_of(first)
    assert first.run("lock", "--restamp").code == 0
    at = set(times(first).values())
    first.save(TO_AZURE)
    first.save(TO_BLUE)
    said = first.release()
    assert first.version == "1.0.1"
    assert "* This release puts the deck’s own text into every note: your edits of" in said
    assert "with that date again: sky\n" in said
    assert set(times(first).values()) == at
    assert min(at) > max(before.values())
    for options in ((), ("--last", last)):
        ended = first.run("pack", *options)
        assert ended.code == 0, ended.err
    first.save(TO_LUSH)
    assert "every note" not in first.release("--last", last)
    assert first.run("pack", "--last", last).code == 0
    assert first.run("pack").code == 0


@pytest.mark.parametrize("edits", [(), (('"azure"', '"teal"'),)], ids=["nothing", "an edit"])
def test_a_restamp_of_another_branch_is_told(first: Author, edits: Edits) -> None:
    """Though a release of this one dated a note later: of the others it goes over learners' words.

    The next release tells nothing of it.
    """
    old, lock = times(first), first.source.with_suffix(".lock")
    first.git("switch", "--quiet", "--create", "one")
    assert first.run("lock", "--restamp").code == 0
    restamped = lock.read_bytes()
    first.git("checkout", "--quiet", "--force", "main")
    first.now += 100_000
    first.save(TO_AZURE)
    first.release()
    lock.write_bytes(restamped + lock.read_bytes())  # a merge
    assert first.run("lock", "--repair").code == 0
    first.save(*edits)
    assert times(first)["sky"] > times(first)["Facts"] > old["Facts"]
    assert "into every note: your edits of notes" in first.release()
    assert first.run("pack").code == 0
    first.save(TO_LUSH)
    assert "every note" not in first.release()
    assert first.run("pack").code == 0


def test_a_restamp_may_be_all_there_is_to_release(first: Author) -> None:
    """Nothing reads otherwise; learners get all notes anew, and hear of it without a tag, too."""
    last = package_of(first)
    assert first.run("lock", "--restamp").code == 0
    assert first.run("lock", "--repair", "--from", last).code == 0
    first.save()
    assert "into every note" in first.release("--dry-run")
    first.git("tag", "--delete", "small/v1.0.0")
    assert "into every note" in first.release("--last", last, "--version", "1.0.1")


# ---------------------------------------------------------------------------- another file name


def renamed(author: Author, name: str) -> None:
    """Give source and lock another name, and another folder if it tells one; build and commit."""
    new = author.folder / name
    new.parent.mkdir(exist_ok=True)
    for suffix in (".toml", ".lock"):
        author.source.with_suffix(suffix).rename(new.with_suffix(suffix))
    author.source = new
    author.save()


@pytest.mark.parametrize("name", ["source/tiny.toml", "decks/tiny.toml"])
def test_a_source_may_get_another_name(first: Author, name: str) -> None:
    """What was released is found by the deck's id, its gaps and files by where they were then."""
    first.source.with_name("my.css").write_text(".card { color: teal; }", "utf-8")
    first.save(('language = "en"', 'language = "en"\nstyle = "my.css"'), TO_LUSH)
    first.release("--version", "1.1.0")
    skipped = package_of(first)
    first.save(("{{lush}}", "{{verdant}}"), ('\nstyle = "my.css"', ""))
    first.source.with_name("my.css").unlink()
    renamed(first, name)
    first.save(TO_AZURE, ("{{verdant}}", "{{leafy}}"))
    own = str(first.source.relative_to(first.folder))
    said = first.release(own)
    assert "small 1.1.1, after small/v1.1.0" in said
    assert "Corrected answers (2)" in said
    for options in ((), ("--last", skipped)):
        ended = first.run("pack", own, *options)
        assert ended.code == 0, ended.err
    first.save(TO_BLUE)
    first.save(TO_AZURE, ("{{leafy}}", "{{bright}}"))
    assert "small 1.1.2, after small/v1.1.1" in first.release(own, "--last", skipped)


def test_a_lock_is_to_get_the_new_name_of_its_source(first: Author) -> None:
    """What is to be moved is not to be built anew: learners would start anew."""
    new = first.source.with_name("tiny.toml")
    first.source.rename(new)
    first.git("add", "--all")
    first.git("commit", "--quiet", "--message", "Work")
    for command in ("release", "pack"):
        err = first.refused(command, "source/tiny.toml")
        assert "error[bad-lock]: the lock of this deck is still called small.lock: learners" in err
        assert "git mv source/small.lock source/tiny.lock" in err


def test_two_sources_may_change_names(first: Author) -> None:
    """The file that has a source's name now may have been another deck's."""
    other = first.source.with_name("other.toml")
    text = SMALL.replace('id = "small"', 'id = "other"').replace("Tests::Small", "Tests::Other")
    other.write_text(text, "utf-8")
    assert build(other, first.folder / "build", first.now).files
    first.save()
    first.release("source/other.toml", "--version", "1.0.0")
    for suffix in (".toml", ".lock"):
        one, two = (file.with_suffix(suffix) for file in (first.source, other))
        held = one.read_bytes()
        one.write_bytes(two.read_bytes())
        two.write_bytes(held)
    for manifest in (first.folder / "build").glob("*.manifest.json"):
        manifest.unlink()  # each keeps the files of its deck from the other
    first.source = other
    first.save(TO_AZURE)
    assert "small 1.0.1, after small/v1.0.0" in first.release("source/other.toml")


def test_a_source_that_cannot_be_told_from_another_is_not_guessed(first: Author) -> None:
    """Where a release has two files of one deck and neither name, its author is told a way out."""
    for suffix in (".toml", ".lock"):
        file = first.source.with_suffix(suffix)
        file.with_name(f"copy{suffix}").write_bytes(file.read_bytes())
    first.save(TO_AZURE)
    first.release("source/small.toml")
    for suffix in (".toml", ".lock"):
        first.source.with_name(f"copy{suffix}").unlink()
    renamed(first, "source/tiny.toml")
    err = first.refused("release", "--version", "2.0.0")
    assert "the source of small/v1.0.1 is not found: no lock in it names the deck, or sev" in err
    assert "give source and lock the name and the folder that they have in small/v1.0.1" in err


# ---------------------------------------------------------------------------- releases skipped


def test_who_skipped_a_release_is_no_obstacle(first: Author) -> None:
    """A gap that was reworded in one release and moved in the next is the same for everybody."""
    skipped = package_of(first)
    first.save(("{{green}} in {{spring}}", "{{green}} in {{March}}"))
    first.release()
    first.save(("Grass is {{green}} in {{March}}.", "In {{March}}, grass is {{green}}."))
    said = first.release("--last", skipped)
    assert "small 1.0.2, after small/v1.0.1" in said
    assert first.run("pack", "--last", skipped).code == 0


def test_a_gap_that_is_reworded_and_moved_at_once_is_another(first: Author) -> None:
    """Where no release lies between it is refused, in words that say what was expected, and how."""
    last = package_of(first)
    first.save(("{{green}} in {{spring}}", "{{green}} in {{March}}"))
    first.save(("Grass is {{green}} in {{March}}.", "In {{March}}, grass is {{green}}."))
    for options in ((), ("--last", last)):
        err = first.refused("release", *options)
        assert (
            "fails: `grass`, card 2: expected: it still asks for “spring”; but: it asks for"
            " “March”, which stands at another place\n"
        ) in err
        assert "= help: if it is the same, reword and move it in two releases; if not" in err


def test_gaps_whose_numbers_were_exchanged_are_named(first: Author) -> None:
    """A release is refused with the numbers that give each card back what it asked."""
    first.save(("{{green}} in {{spring}}", "{{c2::green}} in {{c1::spring}}"))
    way = "in `grass`, write `{{c1::…}}` for “green”, `{{c2::…}}` for “spring”: each card then"
    assert f"= help: {way} asks for what it asked\n" in first.refused("release")
    first.save(("{{c2::green}} in {{c1::spring}}", "{{c1::green}} in {{c2::spring}}"))
    first.save(("Grass is", "All grass is"))
    first.release()


LAKES = """
[[topic.fact]]
id = "lakes"
compare = "How do these lakes differ?"
things = ["Erie", "Huron"]
aspects = [["Depth", "64 m", "229 m"], ["Area", "25,700 km²", "59,600 km²"]]

[[topic.fact]]
id = "africa"
list = "Which lakes are in Africa?"
items = ["Victoria", "Tanganyika", "Malawi"]
"""
ASKED_OF: dict[str, Edits] = {
    "another column elsewhere": (
        ('["Erie", "Huron"]', '["Ontario", "Erie"]'),
        ('"64 m", "229 m"', '"244 m", "64 m"'),
        ('"25,700 km²", "59,600 km²"', '"19,000 km²", "25,700 km²"'),
    ),
    "another column in its place": (
        ('["Erie", "Huron"]', '["Ontario", "Huron"]'),
        ('"64 m"', '"244 m"'),
        ('"25,700 km²"', '"19,000 km²"'),
    ),
    "another row": (('"Depth", "64 m", "229 m"', '"Volume", "480 km³", "3,540 km³"'),),
    "a row with another heading, half of it corrected": (
        ('"Depth", "64 m", "229 m"', '"Greatest depth", "62 m", "229 m"'),
    ),
    "a column with another heading, elsewhere, half of it corrected": (
        ('["Erie", "Huron"]', '["Lake Huron", "Erie"]'),
        ('"64 m", "229 m"', '"230 m", "64 m"'),
        ('"25,700 km²", "59,600 km²"', '"59,600 km²", "25,700 km²"'),
    ),
    "columns exchanged, and a row with another heading, half of it corrected": (
        ('["Erie", "Huron"]', '["Huron", "Erie"]'),
        ('"Depth", "64 m", "229 m"', '"Greatest depth", "230 m", "64 m"'),
        ('"25,700 km²", "59,600 km²"', '"59,600 km²", "25,700 km²"'),
    ),
    "an item reworded and moved": (
        ('["Victoria", "Tanganyika", "Malawi"]', '["Lake Malawi", "Victoria", "Tanganyika"]'),
    ),
    "an item reworded, the others exchanged": (
        ('["Victoria", "Tanganyika", "Malawi"]', '["Lake Victoria", "Malawi", "Tanganyika"]'),
    ),
    "two items reworded": (('"Victoria", "Tanganyika"', '"Nyanza", "the lake of Ujiji"'),),
}


@pytest.mark.parametrize("what", ASKED_OF)
def test_the_advice_on_gaps_can_be_released(author: Author, what: str) -> None:
    """What is asked builds once the advice is followed as it stands, and no card of it is wrong."""
    author.source.write_text(author.source.read_text("utf-8") + LAKES, "utf-8")
    author.save()
    author.release("--version", "1.0.0")
    text = edited(author.source.read_text("utf-8"), ASKED_OF[what])
    author.source.write_text(text, "utf-8")
    err = author.run("build").err
    assert "error[unclear-gaps]" in err
    for advised in re.findall(r"`(\{ text.*? \})`", err[err.index("= help:") :]):
        words = re.sub(r"\{ text = (.*), n = \d \}", r"\1", advised)
        assert text.count(words) == 1
        text = text.replace(words, advised)
    author.source.write_text(text, "utf-8")
    author.save()
    author.release()
    assert author.run("pack").code == 0


def test_items_that_are_nearly_the_same_are_released(author: Author) -> None:
    """What the build takes for the same, the trial of the update does, too."""
    author.source.write_text(author.source.read_text("utf-8") + LAKES, "utf-8")
    author.save()
    author.release("--version", "1.0.0")
    author.save(('"Victoria", "Tanganyika"', '"Lake Victoria", "the Tanganyika"'))
    author.release()
    assert author.run("pack").code == 0


@pytest.mark.parametrize("depth", ["229 m", "230 m"])
def test_a_table_may_be_turned(author: Author, depth: str) -> None:
    """Rows that become columns take their cells along, a corrected one, too; nobody is asked."""
    author.source.write_text(author.source.read_text("utf-8") + LAKES, "utf-8")
    author.save()
    author.release("--version", "1.0.0")
    author.save(
        ('["Erie", "Huron"]', '["Depth", "Area"]'),
        ('["Depth", "64 m", "229 m"]', '["Erie", "64 m", "25,700 km²"]'),
        ('["Area", "25,700 km²", "59,600 km²"]', f'["Huron", "{depth}", "59,600 km²"]'),
    )
    author.release()
    assert author.run("pack").code == 0


def left_by(author: Author, version: str = "9.0.0", shipped: Shipped | None = None) -> Left:
    """What a release of the source as it is would leave to do, as its packing finds out."""
    deck, _ = read(author.source)
    assert deck
    deck = replace(deck, version=version)
    lock, _ = parse_lock(author.source.with_suffix(".lock").read_bytes(), "lock", deck.id)
    known = releases(author.folder, author.source, deck)
    before = release_before(author.folder, author.source, deck, known, version)
    assert lock
    assert isinstance(before, Before)
    stands = Standing(author.folder, author.source, deck, lock, before, known, shipped, "")
    return left_to_do(stands)


def test_no_release_is_read_that_tells_nothing_new(
    first: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last one is read once; of those before, only what reads otherwise, until one tells."""
    for old, new in (('"blue"', '"azure"'), (GRASS, NEW + GRASS), ('"azure"', '"grey"')):
        first.save((old, new))
        first.release()
    opened = []

    def opening(data: bytes, name: str) -> object:
        opened.append(re.search(rb'version *= "(.*)"', data)[1].decode())  # type: ignore[index]
        return read_bytes(data, name)

    monkeypatch.setattr("deckbuilder.publishing.past.read_bytes", opening)
    assert left_by(first) == Left()
    assert opened == ["1.1.1", "1.1.0", "1.0.0"]
    opened.clear()
    first.save(("{{spring}}", "spring"))
    assert left_by(first) == Left(fresh=True, blank=True)
    assert opened == ["1.1.1"]
    first.release()
    first.save((':Small"', ':Tiny"'))
    opened.clear()
    assert left_by(first) == Left(blank=True, decks=("Tests::Small",))
    assert opened == ["2.0.0", "1.1.1"]


def test_another_name_of_another_branch_is_of_who_has_its_package(first: Author) -> None:
    """Who has what this branch comes of has nothing to do; who has that package has to be told."""
    first.git("switch", "--quiet", "--create", "other")
    first.save((':Small"', ':Tiny"'))
    first.release()
    build(first.source, first.folder / "build", LATER, Request(frozen=True))
    package = (first.folder / "build/small.apkg").read_bytes()
    first.git("switch", "--quiet", "main")
    assert left_by(first) == Left()
    shipped = read_shipped(package, ("small",))
    assert isinstance(shipped, Shipped)
    assert left_by(first, shipped=shipped) == Left(decks=("Tests::Tiny",))
    nameless = replace(shipped, lock=replace(shipped.lock, anki=""))  # a lock may lack it
    assert left_by(first, shipped=nameless) == Left()


def test_nothing_released_is_read_twice(first: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each lock is read once, and of sources, that of the release before alone."""
    first.save((GRASS, NEW + GRASS))
    first.release()
    first.save(('"blue"', '"azure"'))
    content, opened = publishing_git.content, list[str]()

    def opening(root: Path, revision: str, file: Path) -> bytes | None:
        opened.append(f"{revision} {file.name}")
        return content(root, revision, file)

    monkeypatch.setattr(publishing_git, "content", opening)
    deck, _ = read(first.source)
    assert deck
    assert isinstance(standing(first.folder, first.source, deck, None, ""), Standing)
    at = ["small/v1.0.0 small.lock", "small/v1.1.0 small.lock", "small/v1.1.0 small.toml"]
    assert opened == at


# ---------------------------------------------------------------------------- given twice

SPRING, MAY = "Grass is {{green}} in {{spring}}.", "Grass is {{green}} in {{spring}} and {{May}}."
IN_FRONT = "{{Grass}} is {{green}} in {{spring}}."
TWICE = "`grass`: the gap 3 went out with {} as `May`, and was given to `Grass` since"


def with_may(author: Author) -> None:
    """Release 1.1.0, with a third gap; its package is last.apkg."""
    author.save((SPRING, MAY))
    author.release()
    assert build(author.source, author.folder / "build", LATER, Request(frozen=True)).problems == ()
    (author.folder / "last.apkg").write_bytes((author.folder / "build/small.apkg").read_bytes())
    Path(".git/info/exclude").write_text("last.apkg\n", "utf-8")


def test_a_number_of_another_branchs_release_is_not_given_again(
    first: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by its tag or its package, whatever the version; the advice mends it, as Anki shows."""
    first.git("switch", "--quiet", "--create", "other")
    with_may(first)
    first.git("switch", "--quiet", "main")
    first.save((SPRING, IN_FRONT))
    err = first.refused("release", "--version", "1.2.0")
    assert TWICE.format("small/v1.1.0") in err
    assert "= help: git merge small/v1.1.0; deckbuilder lock --repair --from the package of" in err
    with monkeypatch.context() as before:  # as in versions that did not look
        before.setattr("deckbuilder.publishing.prepare.unkept", lambda *_: ())
        before.setattr("deckbuilder.publishing.rehearsal.can_rehearse", lambda: False)
        first.release("--version", "1.2.0")
    assert TWICE.format("small/v1.1.0") in first.refused("pack")
    first.git("tag", "--delete", "small/v1.1.0")
    assert TWICE.format("1.1.0") in first.refused("pack", "--last", "last.apkg")
    first.git("tag", "--delete", "small/v1.2.0")
    first.git("reset", "--quiet", "--hard", "HEAD~1")
    first.git("tag", "small/v1.1.0", "other")
    first.git("merge", "--quiet", "--strategy", "ours", "small/v1.1.0", "--message", "Merge")
    meant = 'allow = [{ rule = "many-gaps", why = "It has to be." }]'
    both = f'{IN_FRONT.removesuffix(".")} and {{{{May}}}}."\n{meant}'
    text = first.source.read_text("utf-8").replace(f'{IN_FRONT}"', both)
    first.source.write_text(text, "utf-8")
    assert first.run("lock", "--repair", "--from", "last.apkg").code == 0
    first.save()
    first.release("--version", "1.2.0")
    ended = first.run("pack", "--last", "last.apkg")
    assert ended.code == 0, ended.err


def test_a_number_that_was_taken_back_is_not_given_again(first: Author) -> None:
    """A release that was reverted is out all the same: the lock forgot it, its tag did not."""
    with_may(first)
    first.git("revert", "--no-edit", "HEAD", "HEAD~1")
    first.save((SPRING, IN_FRONT))
    assert TWICE.format("small/v1.1.0") in first.refused("release", "--version", "1.2.0")
    assert first.run("lock", "--repair", "--from", "last.apkg").code == 0
    ended = first.run("build")
    assert "error[unclear-gaps]" in ended.err
    assert "write `{{c4::Grass}}` for a new card; the card of `May` then goes; if" in ended.err
    first.save((IN_FRONT, IN_FRONT.replace("{{Grass", "{{c4::Grass")))
    first.release()
    assert first.version == "2.0.0"
    assert first.run("pack", "--last", "last.apkg").code == 0


def test_of_releases_that_gave_a_number_the_newest_is_named(first: Author) -> None:
    """It tells of all that went out before it; the package that learners have comes first."""
    first.git("switch", "--quiet", "--create", "other")
    with_may(first)
    first.save(('"blue"', '"azure"'))
    first.release()
    first.git("switch", "--quiet", "main")
    first.save((SPRING, IN_FRONT))
    for which, last in (("small/v1.1.1", ()), ("1.1.0", ("--last", "last.apkg"))):
        err = first.refused("release", "--version", "1.2.0", *last)
        assert TWICE.format(which) in err
        assert err.count("went out with") == 1


def test_a_number_that_a_release_tells_of_as_gone_is_not_given_again(first: Author) -> None:
    """Who has the release before it still has the card, though that has no tag here any more."""
    first.git("switch", "--quiet", "--create", "other")
    with_may(first)
    first.save((MAY, SPRING))
    first.release()
    first.git("tag", "--delete", "small/v1.1.0")
    first.git("switch", "--quiet", "main")
    first.save((SPRING, IN_FRONT))
    assert TWICE.format("small/v2.0.0") in first.refused("release", "--version", "2.0.1")


def test_a_number_that_is_gone_here_was_given_to_nothing(first: Author) -> None:
    """Somebody else's release asks for something by it: here the card is blank, and no other's."""
    first.git("switch", "--quiet", "--create", "other")
    with_may(first)
    first.git("tag", "--delete", "small/v1.1.0")  # not fetched yet
    first.git("switch", "--quiet", "main")
    first.save((SPRING, IN_FRONT))
    first.release("--version", "1.2.0")
    first.save((IN_FRONT, SPRING))
    first.git("tag", "small/v1.1.0", "other")
    first.release("--version", "2.0.0")


def test_each_number_that_went_out_is_asked_of(first: Author) -> None:
    """That one came to its words by rewording lets no other fact's of the same number pass."""
    grass = SMALL[SMALL.index(GRASS) :]
    clover = grass.replace("grass", "clover").replace("Grass", "Clover")
    first.save((GRASS, f"{clover}\n{GRASS}"))
    first.release()
    first.git("switch", "--quiet", "--create", "other")
    in_clover, with_clover = (said.replace("Grass", "Clover") for said in (SPRING, MAY))
    first.save((SPRING, MAY), (in_clover, with_clover))
    first.release()
    first.git("switch", "--quiet", "main")
    first.save((SPRING, IN_FRONT), (in_clover, with_clover))
    first.save(("{{May}}", "{{June}}"))
    err = first.refused("release", "--version", "1.3.0")
    assert TWICE.format("small/v1.2.0") in err
    assert "`clover`" not in err


def test_numbers_of_one_fact_are_told_one_by_one(first: Author) -> None:
    """Where more than one was given to something else, the first is told: one way mends all."""
    meant = '"\nallow = [{ rule = "many-gaps", why = "It has to be." }]'
    more = f"{SPRING[:-1]}, {{{{May}}}} and {{{{June}}}}.{meant}"
    first.git("switch", "--quiet", "--create", "other")
    first.save((f'{SPRING}"', more))
    first.release()
    first.git("switch", "--quiet", "main")
    first.save((f'{SPRING}"', more.replace("May", "rain").replace("June", "sun")))
    err = first.refused("release", "--version", "1.2.0")
    assert TWICE.format("small/v1.1.0").replace("`Grass`", "`rain`") in err
    assert err.count("went out with") == 1


def test_a_number_that_two_branches_gave_is_asked_of_both(first: Author) -> None:
    """What the newer release had by it came to its words by rewording, and the other's did not."""
    june = MAY.replace("May", "June")
    first.git("switch", "--quiet", "--create", "other")
    with_may(first)
    first.git("tag", "--delete", "small/v1.1.0")  # not fetched yet
    first.git("switch", "--quiet", "--create", "third", "main")
    first.save((SPRING, june))
    first.release("--version", "1.2.0")
    first.git("tag", "small/v1.1.0", "other")
    first.git("switch", "--quiet", "main")
    first.save((SPRING, june))
    first.save(("{{June}}", "{{in June}}"))
    err = first.refused("release", "--version", "1.3.0")
    assert TWICE.format("small/v1.1.0").replace("`Grass`", "`in June`") in err
    assert err.count("went out with") == 1


def test_a_number_that_was_taken_back_is_given_by_the_author(first: Author) -> None:
    """Who writes it knows that both are one thing, as the advice says; no other is."""
    with_may(first)
    first.git("revert", "--no-edit", "HEAD", "HEAD~1")
    first.save((SPRING, MAY.replace("{{May}}", "{{in May}}")))
    err = first.refused("release", "--version", "1.2.0")
    assert "or, if both are one thing, give it the number 3 in the source" in err
    first.save(("{{green}}", "{{c1::green}}"))
    assert "the gap 3 went out with" in first.refused("release", "--version", "1.2.0")
    first.save(("{{in May}}", "{{c3::in May}}"))
    first.release("--version", "1.2.0")


def test_an_id_that_was_taken_back_is_not_given_again(
    first: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same id would be the same note for learners: another fact needs another."""
    first.save((GRASS, NEW + GRASS))
    first.release()
    first.git("revert", "--no-edit", "HEAD", "HEAD~1")
    first.save((GRASS, NEW.replace("Which colour has *fresh*", "What falls from").replace(
        '"white"', '"flakes"') + GRASS))  # fmt: skip
    err = first.refused("release", "--version", "1.2.0")
    assert "`snow` went out with small/v1.1.0, and the lock has it as a new fact" in err
    assert "another id" in err
    with monkeypatch.context() as before:  # as in versions that did not look
        before.setattr("deckbuilder.publishing.prepare.unkept", lambda *_: ())
        before.setattr("deckbuilder.publishing.rehearsal.can_rehearse", lambda: False)
        first.release("--version", "1.2.0")
    assert "the lock has it as a new fact" in first.refused("pack")


def test_a_gap_may_be_reworded_release_by_release(first: Author) -> None:
    """From one to the next it is known what it was; taken out and back, it is the same."""
    first.save(("{{spring}}", "{{early spring}}"))
    first.release()
    first.save(("{{early spring}}", "{{March}}"))
    first.save(("{{March}}", "{{April}}"))
    first.release()
    first.save(("{{April}}", "April"))
    first.release()
    first.save(("April", "{{April}}"))
    first.release()
    first.save(("{{green}}", "{{lush}}"))
    first.release()
    assert first.version == "2.1.1"


# ---------------------------------------------------------------------------- pack


def packed(author: Author) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (author.folder / "build/release").iterdir()}


def test_a_release_is_packed(first: Author) -> None:
    """Every output under a name with its version, the source, the lock, notes, sums, manifest."""
    ended = first.run("pack")
    assert ended.code == 0, ended.err
    files = packed(first)
    assert sorted(files) == [
        "RELEASE_NOTES.md",
        "SHA256SUMS",
        "ankiweb.txt",
        "manifest.json",
        "small-1.0.0.apkg",
        "small-1.0.0.lock",
        "small-1.0.0.pdf",
        "small-1.0.0.toml",
        "small-1.0.0.tsv",
    ]
    assert build(first.source, first.folder / "build", LATER, Request(frozen=True)).problems == ()
    for suffix in ("apkg", "pdf", "tsv"):
        assert (
            files[f"small-1.0.0.{suffix}"] == (first.folder / f"build/small.{suffix}").read_bytes()
        )
    for suffix in (".toml", ".lock"):
        assert files[f"small-1.0.0{suffix}"] == first.source.with_suffix(suffix).read_bytes()
    rows = [line.split("  ") for line in files["SHA256SUMS"].decode().splitlines()]
    sums = {name: digest for digest, name in rows}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert sums == {name: digest for name, digest in digests.items() if name != "SHA256SUMS"}
    manifest = json.loads(files["manifest.json"])
    assert manifest["tag"] == "small/v1.0.0"
    assert manifest["commit"] == first.git("rev-parse", "HEAD").strip()
    assert manifest["files"]["small-1.0.0.apkg"]["sha256"] == digests["small-1.0.0.apkg"]
    assert "The first release. Facts: 2" in files["RELEASE_NOTES.md"].decode()
    web = files["ankiweb.txt"].decode()
    assert web.startswith("Title: A small deck\n")
    assert "• The first release. Facts: 2. Cards: 3." in web


def with_returns(author: Author) -> Path:
    """Give the repository line ends by attributes, and a picture; return it."""
    (author.folder / ".gitattributes").write_text("* text=auto eol=lf\n", "utf-8")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">\n<path d="M0 0h9z"/>\n</svg>'
    )
    picture = author.source.with_name("square.svg")
    picture.write_text(svg, "utf-8")
    author.save(('answer = "blue"', 'answer = "blue"\nimage = "square.svg"\nalt = "A square"'))
    return picture


def returned(author: Author, file: Path) -> None:
    """Give a file other line ends here; for git it is as it was."""
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    author.git("add", "--all")
    assert author.git("status", "--porcelain") == ""


def test_who_builds_the_tag_gets_the_same_bytes(first: Author) -> None:
    """Line ends of the working copy, which git does not commit, are in no file of a release."""
    with_returns(first)
    returned(first, first.source)
    said = first.release()
    assert "small.toml: taken as it is committed, with other line ends than here" in said
    returned(first, first.source)
    ended = first.run("pack")
    assert (ended.code, "small.toml: taken as it is committed" in ended.out) == (0, True), ended.err
    here = packed(first)
    assert [name for name in here if name.endswith(".json")] == ["manifest.json"]  # no memory
    first.git("rm", "--quiet", "-r", "--cached", ".")
    first.git("reset", "--quiet", "--hard")
    ended = first.run("pack")
    assert (ended.code, "taken as it is" in ended.out) == (0, False), ended.err
    assert packed(first) == here


def test_line_ends_are_had_from_git_where_it_makes_others(first: Author) -> None:
    """Git for Windows writes returns of its own accord; of what no deck reads nothing is said."""
    (first.folder / "source" / "notes.txt").write_text("one\ntwo\n", "utf-8")
    first.save(('"blue"', '"azure"'))
    first.git("config", "core.autocrlf", "true")
    for file in (first.source, first.source.with_name("notes.txt")):
        file.unlink()
        first.git("checkout", "--quiet", "--", str(file))
        assert b"\r\n" in file.read_bytes()
    said = first.release()
    assert "notes.txt" not in said
    assert "small.toml: taken as it is committed, with other line ends than here" in said
    line = "* text=auto eol=lf"
    assert f"  to have it so: write `{line}` into .gitattributes, delete it, git checkout" in said
    (first.folder / ".gitattributes").write_text(f"{line}\n", "utf-8")
    first.source.unlink()
    first.git("checkout", "--quiet", "--", "source/small.toml")
    first.save(('"azure"', '"light blue"'))
    assert "taken as it is" not in first.release()


def test_a_lock_of_other_line_ends_is_not_released(first: Author) -> None:
    """A picture is known by its bytes: the lock that a build here wrote fits none elsewhere."""
    picture = with_returns(first)
    returned(first, picture)
    first.save()
    err = first.refused("release")
    assert "error[stale-lock]: small.lock does not fit the source: `sky`" in err
    said = first.run("release").out
    assert "square.svg: taken as it is committed, with other line ends than here" in said
    picture.unlink()
    first.git("checkout", "--quiet", "source/square.svg")
    first.save()
    first.release()
    assert first.run("pack").code == 0


def test_packing_again_gives_the_same(first: Author) -> None:
    """The files of a release are a function of its commit; those of an earlier one are gone."""
    first.run("pack")
    before = packed(first)
    first.save(('"blue"', '"azure"'))
    first.release()
    assert first.run("pack").code == 0
    assert {name for name in packed(first) if "1.0.0" in name} == set()
    first.git("checkout", "--quiet", "small/v1.0.0")
    assert first.run("pack").code == 0
    assert packed(first) == before


def test_a_source_whose_name_begins_with_a_dash_is_packed(author: Author) -> None:
    """No name is taken for an option, also where the release before is built again."""
    for suffix in (".toml", ".lock"):
        author.git("mv", f"source/small{suffix}", f"source/-dash{suffix}")
    author.source = author.source.with_name("-dash.toml")
    author.save()
    for edit in (('"blue"', '"azure"'), ('"azure"', '"light blue"')):
        author.save(edit)
        author.release()
        assert author.run("pack").code == 0


def test_the_upgrade_package_is_packed(first: Author) -> None:
    """What takes retired facts out has the version in its name, as the notes say."""
    first.save(*CHANGES["a fact retired"][0])
    first.release()
    assert first.run("pack").code == 0
    assert "small-2.0.0-upgrade.apkg" in packed(first)
    told = packed(first)["RELEASE_NOTES.md"].decode()
    assert "\nNew to the deck? Import `small-2.0.0.apkg` into Anki.\n" in told
    assert "if you have the deck: import `small-2.0.0-upgrade.apkg`" in told
    assert not re.search("over the deck|as before", told)


@pytest.mark.parametrize("at_once", [False, True])
def test_the_id_of_what_is_retired_may_be_given_to_the_other_type_of_note(
    first: Author, at_once: bool
) -> None:
    """In the release that retires it, and in a later one, held against what came before."""
    assert first.run("pack").code == 0
    last = first.folder / "build" / "last.apkg"
    last.write_bytes(packed(first)["small-1.0.0.apkg"])
    first.save(*CHANGES["a fact retired"][0])
    if not at_once:
        first.release()
    cloze = '\n[[topic.fact]]\nid = "sky"\ncloze = "The sky is {{blue}}."\n'
    first.save((OLD, cloze))
    first.release("--last", str(last))
    ended = first.run("pack", "--last", str(last))
    assert ended.code == 0, ended.err
    told = packed(first)["RELEASE_NOTES.md"].decode()
    assert "-upgrade.apkg" in told
    assert "Reworded" not in told
    assert "* New facts (1): “The sky is" in told
    assert told.startswith("# A small deck 2.0.0" if at_once else "# A small deck 2.1.0")


def test_a_tag_on_another_commit_forbids_to_pack(first: Author) -> None:
    """What is packed as 1.0.0 is the commit that was tagged so."""
    first.git("commit", "--quiet", "--allow-empty", "--message", "x")
    assert "small/v1.0.0 is another commit" in first.refused("pack", "source/small.toml")


def unready(author: Author) -> Iterator[tuple[str, str]]:
    """Put one thing after the other in the way of packing; yield what should be told."""
    (author.folder / "x").write_text("", "utf-8")
    yield "source/small.toml", "not everything is committed: x"
    (author.folder / "x").unlink()
    changelog = author.folder / "CHANGELOG.md"
    said = changelog.read_text("utf-8")
    changelog.write_text(said.replace("small 1.0.0", "small 1.0.9"), "utf-8")
    author.git("commit", "--quiet", "--all", "--message", "x")
    yield "source/small.toml", "CHANGELOG.md has no part for small 1.0.0"
    author.git("reset", "--quiet", "--hard", "HEAD~1")
    author.save((GRASS, NEW + GRASS))
    yield "source/small.toml", "the lock has no release for snow"
    author.git("reset", "--quiet", "--hard", "HEAD~1")
    author.source.write_text(SMALL.replace('"blue"', '"azure"'), "utf-8")
    author.git("commit", "--quiet", "--all", "--message", "x")
    yield "source/small.toml", "small.lock does not fit the source"
    author.git("reset", "--quiet", "--hard", "HEAD~1")
    lock = author.source.with_suffix(".lock")
    lock.write_text(lock.read_text("utf-8").replace("digest", "digust"), "utf-8")
    author.git("commit", "--quiet", "--all", "--message", "x")
    yield "source/small.toml", "the lock cannot be used"


def test_what_is_not_ready_is_not_packed(first: Author) -> None:
    """A dirty tree, another version, an unmarked or broken lock: refused, with the reason."""
    for source, told in unready(first):
        assert told in first.refused("pack", source)
    assert not (first.folder / "build/release").exists()


def test_a_warning_forbids_to_pack(first: Author) -> None:
    """Learners get no deck that has a warning."""
    first.save(("Which colour has", "Describe"))
    err = first.refused("pack", "source/small.toml")
    assert "warning[vague-prompt]" in err
    assert err.endswith(NO_WARNINGS)


def test_a_warning_that_is_meant_may_be_released(author: Author) -> None:
    """The way out that is named is one; an option that would do nothing there is not."""
    meant = 'allow = [{ rule = "vague-prompt", why = "A free answer." }]'
    author.save(("Which colour has", "Describe"), ('answer = "blue"', f'answer = "blue"\n{meant}'))
    author.release("--version", "1.0.0")
    assert author.run("pack").code == 0
    for command in ("release", "pack"):
        assert author.run(command, "--strict").code == 2


def test_what_no_fact_may_allow_is_to_be_mended(author: Author) -> None:
    """What to do about a warning is something that works: a draft that is retired takes no such."""
    author.save(("[[topic]]", '[[retired]]\nid = "snow"\n\n[[topic]]'))
    assert author.refused("release").endswith(
        "1 warning\na release takes no errors and no warnings: mend them\n"
    )
    author.save(("Which colour has the sky?", "Describe the sky."))
    assert "what it does on purpose (but not unknown-retired): allow" in author.refused("release")


HOOK = ('language = "en"\n', 'language = "en"\nhook = "x^{2}"\n')
PERIOD = ("[[topic]]\n", "[[period]]\ntitle = 'A cafÃ©'\nfrom = 1900\nto = 1910\n\n[[topic]]\n")
SUMMARY = ("when = 1900\n", 'when = 1900\nsummary = "x^{2}"\n')
EXTRA = ('answer = "blue"\n', 'answer = "blue"\nextra = "A cafÃ©, x^{2}"\n')


@pytest.mark.parametrize(
    ("edits", "advice"),
    [
        ([HOOK], ", or let the deck do what it does on purpose: allow"),
        ([SUMMARY], ", or let the topic do what it does on purpose: allow"),
        ([HOOK, SUMMARY], ", or let the topic or the deck do what it does on purpose: allow"),
        ([PERIOD], "\n"),
        ([PERIOD, HOOK], ", or let the deck do what it does on purpose (but not broken-copy): "),
        (
            [PERIOD, EXTRA],
            ", or let the fact do what it does on purpose (but not broken-copy in line 10): allow",
        ),
    ],
    ids=["deck", "topic", "both", "nobody", "deck and nobody", "a rule here, not there"],
)
def test_allow_is_advised_where_it_may_stand(
    author: Author, edits: list[tuple[str, str]], advice: str
) -> None:
    """Who may allow a warning is named; what is in the title of a period nobody may let pass."""
    author.save(*edits)
    assert f"no errors and no warnings: mend them{advice}" in author.refused("release")


def test_no_release_is_checked_out(first: Author) -> None:
    """Without a name, pack takes the release that is checked out; after it there is none."""
    first.save(('"blue"', '"azure"'))
    assert "no release is checked out" in first.refused("pack")


def test_a_release_is_found_in_whatever_folder(first: Author) -> None:
    """A pushed tag is packed without a name, also where the source is not in source/."""
    first.git("mv", "source/small.toml", "source/small.lock", ".")
    first.source = first.folder / "small.toml"
    first.save(('"blue"', '"azure"'))
    first.release("small.toml")
    assert first.run("pack").code == 0
    there = first.folder / "source"
    there.mkdir(exist_ok=True)
    (there / "other.toml").write_text(SMALL.replace('"small"', '"other"'), "utf-8")
    first.save(('"azure"', '"light blue"'))
    assert "no release is checked out" in first.refused("pack")
    first.release("small.toml")
    for suffix in (".toml", ".lock"):
        (there / f"small{suffix}").write_bytes(first.source.with_suffix(suffix).read_bytes())
        first.git("add", "--all")
    first.git("commit", "--quiet", "--amend", "--no-edit")
    first.git("tag", "--force", "small/v1.0.2", "HEAD")
    assert "source/small.toml" in first.run("pack").out


def test_a_release_commit_without_its_tag_may_be_taken_back(first: Author) -> None:
    """The release was given up half-way: `pack` and `release` say which tag is missing."""
    first.save((GRASS, NEW + GRASS))
    first.release()
    first.git("tag", "--delete", "small/v1.1.0")
    way = "if it never went out, take its commit back: git revert"
    err = first.refused("pack")
    assert "small 1.1.0 has a part in CHANGELOG.md, and its tag small/v1.1.0 is not here" in err
    assert way in err
    assert way in first.refused("release", "--version", "1.2.0")
    first.git("revert", "--no-edit", "HEAD")
    first.release()
    assert first.run("pack").code == 0


def stale(author: Author) -> bytes:
    """Release 1.0.1, with a note that changed and has the time of 1.0.0; return that package."""
    assert build(author.source, author.folder / "build", LATER, Request(frozen=True)).problems == ()
    last = (author.folder / "build/small.apkg").read_bytes()
    lock = author.source.with_suffix(".lock")
    before = lock.read_bytes()
    author.save(('"blue"', '"azure"'))
    author.release()
    deck, _ = read(author.source)
    assert deck
    old, new = (parse_lock(data, "lock", deck.id)[0] for data in (before, lock.read_bytes()))
    assert old
    assert new
    key = ("sky", "Facts")
    times = format_lock(new).replace(
        f'"mod": {new.lines[key].mod}'.encode(), f'"mod": {old.lines[key].mod}'.encode()
    )
    lock.write_bytes(times)
    return last


def test_what_anki_would_not_update_is_not_packed(first: Author) -> None:
    """A changed note that is no newer than in the last release is found, by its tag or package."""
    last = stale(first)
    Path("last.apkg").write_bytes(last)
    Path(".git/info/exclude").write_text("last.apkg\n", "utf-8")
    first.git("commit", "--quiet", "--all", "--message", "An old time")
    told = "`sky` changed since small/v1.0.0, but is not newer"
    assert told in first.refused("pack", "source/small.toml")
    first.git("tag", "--delete", "small/v1.0.0")
    err = first.refused("pack", "source/small.toml", "--last", "last.apkg")
    assert "`sky` changed since the package of 1.0.0, but is not newer" in err


def test_an_update_by_which_learners_would_lose_is_not_packed(
    first: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An author who swaps the numbers of two gaps gives each card the other's history."""
    first.save(("{{green}} in {{spring}}", "{{c2::green}} in {{c1::spring}}"))
    told = "the update from small/v1.0.0 fails: `grass`, card 1"
    assert told in first.refused("release")
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(sys.modules, "anki.buildinfo", None)
        assert "the update is not tried, as Anki's library is not installed" in first.release()
    assert told in first.refused("pack")
    assert not (first.folder / "build/release").exists()


def test_an_update_is_tried_from_the_package_that_learners_have(first: Author) -> None:
    """--last names it; what is given away then is what it would be without."""
    assert build(first.source, first.folder / "build", LATER, Request(frozen=True)).problems == ()
    (first.folder / "last.apkg").write_bytes((first.folder / "build/small.apkg").read_bytes())
    Path(".git/info/exclude").write_text("last.apkg\n", "utf-8")
    first.save(('"blue"', '"azure"'))
    first.release()
    ended = first.run("pack", "--last", "last.apkg")
    assert ended.code == 0, ended.err
    with_last = packed(first)
    assert first.run("pack").code == 0
    assert packed(first) == with_last


def test_the_last_release_is_built_again_with_all_it_needs(first: Author) -> None:
    """What stands beside the source, such as its style sheet, is taken from the tag, too."""
    style = first.source.with_name("my.css")
    style.write_text(".card { color: teal; }", "utf-8")
    first.save(('language = "en"', 'language = "en"\nstyle = "my.css"'))
    first.release("--version", "1.1.0")
    style.unlink()
    first.save(('\nstyle = "my.css"', ""), ('"blue"', '"azure"'))
    first.release()
    assert first.run("pack").code == 0


def test_without_anki_no_update_is_packed(first: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first release needs no Anki; where learners have one, the update has to be tried."""
    monkeypatch.setitem(sys.modules, "anki.buildinfo", None)
    assert first.run("pack").code == 0
    first.save(('"blue"', '"azure"'))
    first.release()
    err = first.refused("pack")
    assert "the update cannot be tried: Anki’s library is not installed" in err
    assert "pip install 'anki" in err


def test_a_last_release_that_does_not_build_is_told(
    first: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that has to be beside the source was never committed: learners' package is needed."""
    style = first.source.with_name("my.css")
    style.write_text(".card { color: teal; }", "utf-8")
    (first.folder / ".gitignore").write_text("/build/\n*.css\n", "utf-8")
    first.save(('language = "en"', 'language = "en"\nstyle = "my.css"'))
    err = first.refused("release", "--version", "1.1.0")
    assert "error[bad-file]" in err
    assert f"  = help: {COMMIT}" in err
    with monkeypatch.context() as before:  # as in versions that did not try it
        before.setattr("deckbuilder.publishing.rehearsal.rehearse_build", lambda *_: ({}, ()))
        before.setattr("deckbuilder.publishing.rehearsal.can_rehearse", lambda: False)
        first.release("--version", "1.1.0")
    assert "does not build from what is committed" in first.refused("pack")
    assert build(first.source, first.folder / "build", LATER, Request(frozen=True)).problems == ()
    (first.folder / "last.apkg").write_bytes((first.folder / "build/small.apkg").read_bytes())
    (first.folder / ".gitignore").write_text("/build/\n/last.apkg\n", "utf-8")
    first.save(('"blue"', '"azure"'))
    err = first.refused("release")
    assert "what was released as small/v1.1.0 does not build any more" in err
    assert "--last" in err
    first.release("--last", "last.apkg")
    assert "small/v1.1.0 does not build any more" in first.refused("pack")
    assert first.run("pack", "--last", "last.apkg").code == 0


def test_two_builds_that_differ_are_not_packed(
    first: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the same source gives other bytes elsewhere, nothing is given away."""
    real = built_elsewhere

    def moody(*about: Any) -> dict[str, bytes]:
        built = real(*about)
        assert isinstance(built, dict)
        return built | {"small.tsv": about[-1]["TZ"].encode()}

    monkeypatch.setattr(publishing_pack, "built_elsewhere", moody)
    assert "two builds of one source differ in small.tsv" in first.refused("pack")


def test_what_verify_rejects_is_not_packed(first: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the files say is read back before they are given away."""
    real = built_elsewhere

    def forgetful(*about: Any) -> dict[str, bytes]:
        built = real(*about)
        assert isinstance(built, dict)
        return built | {"small.tsv": built["small.tsv"].replace(b"Grass", b"Moss")}

    monkeypatch.setattr(publishing_pack, "built_elsewhere", forgetful)
    told = "small-1.0.0.tsv: `grass`: Its row "
    assert told in first.refused("pack")


def test_the_surroundings_of_both_builds_differ() -> None:
    """Time zone, locale and order of sets are others; the folder and the home are, anyway."""
    one, other = SURROUNDINGS
    assert all(one[name] != other[name] for name in ("TZ", "LC_ALL", "PYTHONHASHSEED"))


def test_every_handout_is_packed(author: Author) -> None:
    """What the source asks to be printed is given away, each under a name with the version."""
    author.save(("[[topic]]", '[print]\nhandouts = ["all"]\n\n[[topic]]'))
    author.release("--version", "1.0.0")
    assert author.run("pack").code == 0
    built = {f.name.removeprefix("small") for f in (author.folder / "build").glob("small*.pdf")}
    assert len(built) > 8
    assert {f"small-1.0.0{rest}" for rest in built} == {
        f for f in packed(author) if f[-3:] == "pdf"
    }


def test_several_sources_are_released_apart(first: Author) -> None:
    """Each has its own version, tag and part of the changelog, and is packed alone."""
    other = first.source.with_name("other.toml")
    text = SMALL.replace('"small"', '"other"').replace("Tests::Small", "Tests::Other")
    other.write_text(text.replace("A small deck", "Another deck"), "utf-8")
    assert build(other, first.folder / "build", first.now).files
    first.save(('"blue"', '"azure"'))
    assert "there are several sources" in first.run("release").err
    kept = first.source.read_bytes(), first.source.with_suffix(".lock").read_bytes()
    first.release("source/other.toml", "--version", "2.0.0")
    assert first.git("tag").split() == ["other/v2.0.0", "small/v1.0.0"]
    assert kept == (first.source.read_bytes(), first.source.with_suffix(".lock").read_bytes())
    assert "other.toml: other 2.0.0, built twice" in first.run("pack").out
    assert {name for name in packed(first) if name.startswith("small")} == set()
    first.release("source/small.toml")
    assert first.git("tag").split() == ["other/v2.0.0", "small/v1.0.0", "small/v1.0.1"]
    assert "small.toml: small 1.0.1, built twice" in first.run("pack").out
    said = (first.folder / "CHANGELOG.md").read_text("utf-8")
    assert "azure" not in (section(said, "other", "2.0.0") or "")
    assert "Which colour has the sky?" in (section(said, "small", "1.0.1") or "")


def test_nothing_is_pushed() -> None:
    """No command of git's that a release runs speaks to another repository."""
    text = (ROOT / "src/deckbuilder/publishing/git.py").read_text("utf-8")
    commands = {*re.findall(r'_git\(\w+, "([\w-]+)"|^ +\("(\w+)"', text, re.MULTILINE)}
    assert {"".join(names) for names in commands} == {
        *(
            "rev-parse",
            "status",
            "tag",
            "ls-tree",
            "cat-file",
            "check-attr",
            "var",
            "add",
            "commit",
        ),
        *("reset", "rev-list"),
    }


def test_somebody_elses_folder_is_left_alone(first: Author) -> None:
    """A folder that holds anything but a release is not emptied, nor is one with more than it."""
    folder = first.folder / "build" / "mine"
    folder.mkdir()
    for name in ("deckbuilder-1.0.0.tar.gz", "SHA256SUMS"):  # as of `make dist`
        (folder / name).write_text("x", "utf-8")
        assert "holds something else" in first.refused("pack", "-o", str(folder))
    for none in (b"{", b"[1]", b'{"files": 1}', b"[" * 200_000):
        (folder / "manifest.json").write_bytes(none)
        assert "holds something else" in first.refused("pack", "-o", str(folder))
    assert first.run("pack").code == 0
    (first.folder / "build/release/thesis").mkdir()
    assert "holds something else" in first.refused("pack")
    (first.folder / "build/release/ankiweb.txt").unlink()
    (first.folder / "build/release/thesis").rename(first.folder / "build/release/ankiweb.txt")
    assert "holds something else" in first.refused("pack")


def test_an_earlier_release_stays_until_the_next_is_there(first: Author) -> None:
    """Where the new files cannot take their place, all of the old ones are where they were."""
    assert first.run("pack").code == 0
    before, manifest = packed(first), first.folder / "build/release/manifest.json"
    first.save(('"blue"', '"azure"'))
    first.release()
    manifest.chmod(0o444)
    ended = first.run("pack")
    assert ended.code == 3
    assert "read-only, so it stays as it is" in ended.err
    assert packed(first) == before
    manifest.chmod(0o644)
    assert first.run("pack").code == 0
    assert {name for name in packed(first) if name.startswith("small-1.0.0")} == set()


# ---------------------------------------------------------------------------- the parts


@pytest.mark.parametrize(
    ("step", "version"),
    [(Step.NOTHING, "1.2.4"), (Step.WORDING, "1.2.4"), (Step.FACTS, "1.3.0"), (Step.ACT, "2.0.0")],
)
def test_following(step: Step, version: str) -> None:
    """The smallest version that says what changed."""
    assert following("1.2.3", step) == version
    assert numbers("1.10.0") > numbers("1.9.9")


def flaws_of(version: str) -> list[str]:
    """The codes of what is wrong with a source of a version."""
    _, problems = read_bytes(SMALL.replace("0.1.0", version).encode(), "small.toml")
    return [problem.code for problem in problems]


@pytest.mark.parametrize("version", ["", "so²n", "1.x.3", "1.0", "1.٣.0", f"1.{'9' * 5000}.0"])
def test_what_is_no_version_has_no_numbers(version: str) -> None:
    """Neither has a part of thousands of digits, which Python does not read: no source has one."""
    assert numbers(version) == ()
    assert flaws_of(version) == ["bad-version"]


@pytest.mark.parametrize("version", ["0.0.0", "1.20261130123059.0"])
def test_a_version_may_be_a_time(version: str) -> None:
    """Of as many digits as somebody may want there."""
    assert len(numbers(version)) == 3
    assert flaws_of(version) == []


@pytest.mark.parametrize("since", ["soon", f"1.{'9' * 5000}.0"])
def test_a_version_that_is_none_is_no_fault_of_the_program(first: Author, since: str) -> None:
    """A lock that somebody wrote into names no release that could be missing."""
    lock = first.source.with_suffix(".lock")
    lock.write_text(lock.read_text("utf-8").replace('"since": "1.0.0"', f'"since": "{since}"', 1))
    first.save(('"blue"', '"azure"'))
    assert "small 1.0.1, after small/v1.0.0" in first.release()


LAYOUTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "comment": lambda s: s.replace('"0.1.0"', "'0.1.0'   # the first"),
    "crlf": lambda s: s.replace("\n", "\r\n"),
    "mixed": lambda s: s.replace("\n", "\r\n", 3),
    "marked": lambda s: "\ufeff" + s,
    "dotted": lambda s: 'deck.version = "0.1.0"\n'
    + s.replace("[deck]\n", "").replace('version = "0.1.0"\n', "", 1).replace(
        'id = "small"\ntitle = "A', 'deck.id = "small"\ndeck.title = "A'
    ).replace("\nanki", "\ndeck.anki").replace("\nlanguage", "\ndeck.language").replace(
        "\nsummary", "\ndeck.summary"
    ),
    "umlauts": lambda s: "# äöü 🦉\n" + s,
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_the_version_changes(layout: str) -> None:
    """Of all bytes of a source only those of its version are others."""
    data = LAYOUTS[layout](SMALL).encode()
    source, problems = parse(data, "small.toml")
    assert source, problems
    made = with_version(source, "12.0.3")
    assert made == data.replace(b"'0.1.0'", b'"0.1.0"').replace(b'"0.1.0"', b'"12.0.3"')
    deck, _ = read_bytes(made, "small.toml")
    assert deck
    assert deck.version == "12.0.3"


CHANGELOG = """\
# Changelog

## Unreleased

### Deck

* By hand.

### Tool

* For authors.

## small 0.9.0 – 2026-01-01

### Deck

* Before.
"""


def test_the_changelog_gets_a_heading() -> None:
    """What was unreleased is under the heading of the release; what was drafted joins its part."""
    made = released(CHANGELOG, "small", "1.0.0", "2026-02-03", ["* Drafted."], alone=True)
    assert made == CHANGELOG.replace("Unreleased", "small 1.0.0 – 2026-02-03").replace(
        "* By hand.\n", "* By hand.\n* Drafted.\n"
    )
    said = section(made, "small", "1.0.0")
    assert said
    assert part(said, "Deck") == "* By hand.\n* Drafted."
    assert part(said, "Tool") == "* For authors."
    assert section(made, "small", "0.9.0") == "### Deck\n\n* Before."
    assert section(made, "small", "1.0") is None
    assert section(made, "other", "1.0.0") is None


@pytest.mark.parametrize(
    "before",
    ["", "# Changelog\n", "# Changelog\n\n## Unreleased\n", "## Unreleased\n\n### Tool\n\n* T.\n"],
)
def test_any_changelog_gets_a_heading(before: str) -> None:
    """Where there is no changelog, or none of the deck, there is one afterwards."""
    made = released(before, "small", "1.0.0", "2026-02-03", ["* Drafted."], alone=True)
    said = section(made, "small", "1.0.0")
    assert said
    assert part(said, "Deck") == "* Drafted."
    assert ("* T." in made) == ("* T." in before)
    again = released(made, "small", "1.1.0", "2026-02-04", ["* More."], alone=True)
    assert section(again, "small", "1.0.0") == said
    assert again.index("1.1.0") < again.index("1.0.0")


SEVERAL = """\
# Changelog

## Unreleased

### other

* Of the other.

### small

* Of this one.

### Tool

* For authors.

## small 0.9.0 – 2026-01-01

### Deck

* Before.
"""


def test_a_deck_among_others_gets_what_names_it() -> None:
    """The lines of the others, and those of the program, wait for their own release."""
    made = released(SEVERAL, "small", "1.0.0", "2026-02-03", ["* Drafted."], alone=False)
    own = "## small 1.0.0 – 2026-02-03\n\n### Deck\n\n* Of this one.\n* Drafted.\n\n"
    waiting = SEVERAL.replace("### small\n\n* Of this one.\n\n", "")
    assert made == waiting.replace("## small 0.9.0", f"{own}## small 0.9.0")
    again = released(made, "other", "1.0.0", "2026-02-03", ["* Drafted."], alone=False)
    said = section(again, "other", "1.0.0")
    assert said == "### Deck\n\n* Of the other.\n* Drafted."
    assert section(again, "small", "1.0.0") == "### Deck\n\n* Of this one.\n* Drafted."
    assert "## Unreleased\n\n### Tool\n\n* For authors.\n\n## other 1.0.0" in again
    third = released(again, "third", "1.0.0", "2026-02-03", ["* Drafted."], alone=False)
    assert section(third, "third", "1.0.0") == "### Deck\n\n* Drafted."
    assert third.count("For authors.") == third.count("Of this one.") == 1


def test_the_only_deck_may_be_named_too() -> None:
    """What names it is of the deck, and all that is unreleased is under its heading, as ever."""
    text = SEVERAL.replace("### other", "### Deck")
    made = released(text, "small", "1.0.0", "2026-02-03", ["* Drafted."], alone=True)
    said = section(made, "small", "1.0.0") or ""
    assert part(said, "Deck") == "* Of the other.\n* Of this one.\n* Drafted."
    assert part(said, "Tool") == "* For authors."
    assert "Unreleased" not in made


def test_of_several_decks_the_changelog_names_each(first: Author) -> None:
    """Whichever is released first, no line goes out with another deck; nor does the program's."""
    other = first.source.with_name("other.toml")
    text = SMALL.replace('"small"', '"other"').replace("Tests::Small", "Tests::Other")
    other.write_text(text.replace("A small deck", "Another deck"), "utf-8")
    assert build(other, first.folder / "build", first.now).files
    log = first.folder / "CHANGELOG.md"
    lines = "\n\n* The ponds have pictures.\n\n### Tool\n\n* make got faster.\n"
    for unclear in ("", "\n\n### Deck", "\n\n### othr"):
        log.write_text(f"## Unreleased{unclear}{lines}", "utf-8")
        first.save(('"blue"', '"azure"'), ('"azure"', '"blue"'))
        err = first.refused("release", "source/other.toml")
        assert "CHANGELOG.md does not say which deck its lines under Unreleased are about" in err
        assert "head what is about one with its id, as in `### other`, and what is about n" in err
    log.write_text(f"## Unreleased\n\n### other{lines}", "utf-8")
    first.save(('"blue"', '"azure"'))
    for source, told in (("small", False), ("other", True)):
        first.release(f"source/{source}.toml")
        assert first.run("pack").code == 0
        for name in ("RELEASE_NOTES.md", "ankiweb.txt"):
            notes = packed(first)[name].decode()
            assert ("The ponds have pictures." in notes) == told
            assert "make got faster" not in notes
    assert "## Unreleased\n\n### Tool\n\n* make got faster.\n\n## other" in log.read_text("utf-8")


def test_what_the_program_does_is_no_news_of_a_deck(first: Author) -> None:
    """The changelog has it under the release of the only deck; learners do not read of it."""
    log = first.folder / "CHANGELOG.md"
    log.write_text(
        "## Unreleased\n\n### Deck\n\n* Mine.\n\n### Tool\n\n* make got faster.\n", "utf-8"
    )
    first.save(('"blue"', '"azure"'))
    first.release()
    assert first.run("pack").code == 0
    assert "make got faster" in (section(log.read_text("utf-8"), "small", "1.0.1") or "")
    notes = packed(first)["RELEASE_NOTES.md"].decode()
    assert "* Mine.\n" in notes
    assert "make got faster" not in notes


def test_the_text_for_ankiweb_is_plain(first: Author) -> None:
    """AnkiWeb's form gets each note on one line, without Markdown's marks."""
    changelog = first.folder / "CHANGELOG.md"
    by_hand = "* A **long** note\n  in `two` lines.\n"
    changelog.write_text(f"## Unreleased\n\n### Deck\n\n{by_hand}", "utf-8")
    first.save((GRASS, NEW + GRASS))
    first.release()
    assert first.run("pack").code == 0
    lines = packed(first)["ankiweb.txt"].decode().splitlines()
    assert "• A long note in two lines." in lines
    assert "• New facts (1): “Which colour has fresh snow?”" in lines
    assert sum("To update, import" in line for line in lines) == 1


def test_ankiweb_names_no_package_that_is_not_there(first: Author) -> None:
    """What was taken out stays with who has it from AnkiWeb: the upgrade package is elsewhere."""
    first.save(*CHANGES["a fact retired"][0])
    first.release()
    assert first.run("pack").code == 0
    web = packed(first)["ankiweb.txt"].decode()
    assert "• Taken out (1): “Which colour has the sky?”\n" in web
    assert "\n• What was taken out stays with those who have it; it can be deleted in" in web
    assert "upgrade" not in web


def test_ankiweb_tells_what_to_do_where_the_upgrade_package_would(first: Author) -> None:
    """Cards that are no longer asked are blank there as well: who skipped nothing is told, too."""
    (retire, (end, retired)) = CHANGES["a fact retired"][0]
    first.save(retire, (end, retired.replace("{{spring}}", "spring")))
    first.release()
    assert first.run("pack").code == 0
    web = packed(first)["ankiweb.txt"].decode()
    assert "To do: after the import, choose Tools > Empty Cards in Anki. The cards of" in web
    assert "Skipped" not in web
    assert "after the import" not in packed(first)["RELEASE_NOTES.md"].decode()


FORMULAS = {
    r"\ce{HA <=> H+ + A-}": "HA ⇌ H⁺ + A⁻",
    r"\ce{2SO4^{2-}}": "2 SO₄²⁻",
    r"E = mc^2": "E = mc²",
    r"e^{i\pi} + 1 \le x_{max}": "e^(iπ) + 1 ≤ xₘₐₓ",
    r"\frac{-b}{2a}": "(−b)/(2a)",
    r"\sqrt[3]{x} + \sqrt{a+b}": "³√x + √(a + b)",
    r"\vec{v}\,\text{in m/s}": "v\u20d7 in m/s",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}": "(1, 2; 3, 4)",
    r"90^\circ": "90°",
    r"\overline{AB}": r"\overline{AB}",
    r"\nonsense": r"\nonsense",
}


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_formula_is_told_in_characters(tex: str) -> None:
    """Where nothing sets formulas they are read all the same; what cannot be told so stays TeX."""
    text = parse_text(f"so ${tex}$: H~2~O, x^2^, 19^th^, **b**")
    assert legible(text) == f"so {FORMULAS[tex]}: H₂O, x², 19th, b"


def test_formulas_are_told_to_learners(author: Author) -> None:
    """Neither AnkiWeb's form nor the notes of a release show the TeX of a text."""
    author.save(
        ('"What this is about."', "'About $\\ce{H+}$.'"),
        ('"Which colour has the sky?"', "'What is $\\ce{H2O}$?'"),
    )
    author.release("--version", "1.0.0")
    author.save(('"blue"', '"water"'))
    assert "Corrected answers (1): “What is H₂O?”" in author.release()
    assert author.run("pack").code == 0
    assert "\nAbout H⁺.\n" in packed(author)["ankiweb.txt"].decode()


def test_every_language_has_words_for_releases() -> None:
    """Learners read release notes in the language of the deck."""
    assert WORDING.keys() == PHRASES.keys()


@pytest.mark.parametrize("upgrade", ["", "* `small-0.1.0-upgrade.apkg`"])
def test_release_notes_are_in_the_language_of_the_deck(upgrade: str) -> None:
    """No sentence that stands around what changed is the same in two languages."""
    fixed: list[str] = []
    for language in PHRASES:
        text = SMALL.replace('language = "en"', f'language = "{language}"')
        deck, _ = read_bytes(text.encode(), "small.toml")
        assert deck
        told = release_notes(deck, upgrade, ["small-0.1.0.apkg"], Left())
        assert "`small-0.1.0.apkg`" in told
        fixed += [line for line in told.splitlines()[1:] if line and line != upgrade]
    assert len(fixed) == len(set(fixed)) == 3 * len(PHRASES)


def test_release_notes_name_a_deck_as_it_was_called() -> None:
    """A name with braces is in them as any other, and nothing in it is filled in."""
    left = Left(decks=("Maths::Sets {1, 2}", "Maths::{file}"))
    told = release_notes(deck_of(SMALL), "* Something", ["small-0.1.0.apkg"], left)
    assert r"“Maths::Sets \{1, 2\}”, “Maths::\{file\}”" in told
    assert "`small-0.1.0.apkg`" in told


@pytest.mark.parametrize("space", [" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
def test_release_notes_tell_once_of_a_deck_of_another_name(space: str) -> None:
    """What the release itself says of it is not said again, however its name is spaced."""
    old, new = f"Histoire{space}: A", f"Histoire{space}: B"
    deck = deck_of(SMALL.replace('"en"', '"fr"').replace("Tests::Small", new))
    said = f"* {wording.moved(WORDING['fr'], old, new)}"
    assert release_notes(deck, said, ["small-0.1.0.apkg"], Left(decks=(old,))).count(old) == 1


def test_the_first_source_can_be_released(run: Runner, tmp_path: Path) -> None:  # noqa: F811
    """What is in this repository has no warning, and a lock that fits."""
    author = Author(tmp_path, run)
    for suffix in (".toml", ".lock"):
        author.source.with_suffix(suffix).unlink()
        made = author.source.parent / f"relations{suffix}"
        made.write_bytes((ROOT / "source" / f"relations{suffix}").read_bytes())
    author.git("add", "--all")
    author.git("commit", "--quiet", "--message", "Another")
    author.release()
    assert run("pack").code == 0
