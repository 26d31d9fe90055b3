"""The command line: what it builds, what it says, and how it ends, whatever it is given."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import deckbuilder
from deckbuilder import schema
from deckbuilder.build import build
from deckbuilder.check import check
from deckbuilder.cli import main, output
from deckbuilder.cli.output import KEPT, KEPT_STRICTLY, telling
from deckbuilder.digests import digest
from deckbuilder.kinds import KINDS
from deckbuilder.lint import CODES
from deckbuilder.lock import format_lock, mark_released, parse_lock
from deckbuilder.opened import whole
from deckbuilder.problems import Place, Problem
from deckbuilder.read import read_bytes
from deckbuilder.request import Request
from deckbuilder.schema import PRINT, Key, Type
from deckbuilder.writers.apkg import notetypes
from deckbuilder.writers.pdf.glyphs import unprintable

NOW = 1_790_000_000
DEADLINE = 60  # seconds until a run counts as stuck
SCIENCE = """\
[deck]
id = "science"
title = "Science"
anki = "Science"
version = "1.0.0"
language = "en"

[[topic]]
id = "water"
title = "States"

[[topic.fact]]
id = "ice"
term = "Ice"
definition = "frozen water"

[[topic.fact]]
id = "steam"
term = "Steam"
definition = "water as a gas"
reverse = true
"""
VAGUE = '\n[[topic.fact]]\nid = "rain"\nquestion = "Describe rain."\nanswer = "drops"\n'
TRACES = ("Traceback", "error of the program")


@dataclass(frozen=True)
class Run:
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str


Runner = Callable[..., Run]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Runner:
    """Run the command line in this process, in an empty folder, at a fixed time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    monkeypatch.delenv("DECKBUILDER_DEBUG", raising=False)

    def run(*arguments: str) -> Run:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert isinstance(end.value.code, int)
        return Run(end.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def science(tmp_path: Path) -> Path:
    """A source of two facts where it is looked for."""
    return written(tmp_path / "source" / "science.toml", SCIENCE)


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def held(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its path."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def outputs(stem: str, folder: str = "build") -> set[str]:
    return {f"{folder}/{stem}.{suffix}" for suffix in ("apkg", "pdf", "tsv", "manifest.json")}


def pasted(err: str) -> str:
    """Return what an error says is to be written to retire a fact, each part on its line."""
    (parts,) = re.findall(r"retire [a-z ]+: `([^`]+)`, and below it `([^`]+)`\n", err)
    return "\n".join(["", *parts, ""])


def program(
    *arguments: str | bytes, cwd: Path, stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m deckbuilder` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "deckbuilder", *arguments],
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        stdout=stdout,
        stderr=stderr,
        check=False,
        timeout=DEADLINE,
    )


# ---------------------------------------------------------------------------- build


def test_build_takes_every_source(run: Runner, science: Path, tmp_path: Path) -> None:
    """Without arguments, each source/*.toml is built into build/, its lock written beside it."""
    written(tmp_path / "source" / "history.toml", SCIENCE.replace("science", "history"))
    written(tmp_path / "source" / "notes.txt", "no source")
    ended = run("build")
    assert (ended.code, ended.err) == (0, "")
    assert held(tmp_path).keys() == {
        *outputs("science"),
        *outputs("history"),
        "source/science.toml",
        "source/science.lock",
        "source/history.toml",
        "source/history.lock",
        "source/notes.txt",
    }
    assert ended.out.index("history.toml") < ended.out.index("science.toml")


def test_build_sums_up(run: Runner, science: Path, tmp_path: Path) -> None:
    """A build says what it was made of, what it made, and what is new to learners."""
    ended = run("build")
    sizes = [f"{len(held(tmp_path)[f'build/science.{end}']) / 1000:.0f}" for end in ("apkg", "pdf")]
    assert ended.out.splitlines() == [
        "source/science.toml: 2 facts, 3 cards",
        f"  build/science.apkg  {sizes[0]} kB",
        f"  build/science.pdf  {sizes[1]} kB, 1 page",
        "  2 notes new: ice, steam",
    ]


def test_a_handout_that_is_not_made_is_told(run: Runner, science: Path) -> None:
    """Why it is not there is said, in a build that makes nothing anew as well; it is no warning."""
    asked = ("build", "--strict", "--handouts", "quiz,match,poster", "--topic", "water")
    for ended in (run(*asked), run(*asked)):
        assert ended.code == 0
        assert [line for line in ended.out.splitlines() if line.startswith("  no ")] == [
            "  no match: it takes events of two dates or more, and what is chosen has none",
            "  no poster: it takes a timeline of two dates or more, and what is chosen has none",
        ]
    assert "and the source has none" in run(*asked[:-2]).out
    assert ended.err == ""


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ("--versions A,B", "`--versions`:"),
        ("--count 1 --seed 0", "`--count`, `--seed`:"),
        ("--topic water --back-offset 1,0", "`--topic`, `--back-offset`:"),
        ("--flip short --paper A5", "`--flip`:"),
        ("--paper A5", ""),
    ],
)
def test_options_of_handouts_without_one_are_told(
    run: Runner, science: Path, options: str, named: str
) -> None:
    """Nothing of them is made: that is a warning, each time, unless the source names handouts."""
    for ended in (run("build", *options.split()), run("build", *options.split())):
        assert ended.code == 0
        assert (f"warning[no-handouts]: {named}" in ended.err) is bool(named)
        assert ("add --handouts quiz" in ended.err) is bool(named)
    assert run("build", *options.split(), "--handouts", "quiz").err == ""
    science.write_text(SCIENCE + '\n[print]\nhandouts = ["quiz"]\n', encoding="utf-8")
    assert run("build", *options.split()).err == ""


ASKED: dict[str, object] = {"back_offset": (1, 0), "hide": ("dates",)}
ASKED |= {key.name: key.choices[key.choices[0] == key.default] for key in PRINT if key.default}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_about_handouts_alone_leaves_the_sheet_as_it_is(
    science: Path, tmp_path: Path, name: str
) -> None:
    """Which keys of `[print]` are is told by each; another makes another sheet, and no warning."""
    (idle,) = (key.of_handouts for key in PRINT if key.name == name)
    science.write_text(f'{SCIENCE}\n[sheet]\ncheck = ["steam"]\n', "utf-8")
    sheets, found = [], []
    for printing in ({}, {name: ASKED[name]}):
        built = build(science, tmp_path / "build", NOW, Request(printing=printing))
        sheets.append((tmp_path / "build" / "science.pdf").read_bytes())
        found = [problem.code for problem in built.problems]
    assert (sheets[0] == sheets[1]) is idle
    assert found == ["no-handouts"] * idle


def test_what_a_build_removes_is_told(run: Runner, science: Path, tmp_path: Path) -> None:
    """A handout of the build before is no part of this one: it goes, and its name is said."""
    run("build", "--handouts", "quiz,cards")
    ended = run("build", "--handouts", "cards")
    gone = "  removed, for this build does not make it: build/science-quiz.pdf"
    assert gone in ended.out.splitlines()
    assert not (tmp_path / "build" / "science-quiz.pdf").exists()
    assert "removed" not in run("build", "--handouts", "cards").out
    assert "removed" not in run("build", "--handouts", "cards,quiz").out


# ---------------------------------------------------------------------------- several decks

BIRDS = SCIENCE.replace('"science"', '"birds"').replace('"Science"', '"Birds"')
QUIZ = ("build", "source/science.toml", "--handouts", "quiz")


@pytest.fixture
def birds(science: Path) -> Path:
    """A second deck, whose sheet has the name of a handout of the first."""
    return written(science.with_name("science-quiz.toml"), BIRDS)


@pytest.mark.parametrize("first", ["sheet", "handout"])
def test_no_deck_replaces_a_file_of_another(
    run: Runner, birds: Path, tmp_path: Path, first: str
) -> None:
    """Whichever is there first stays, byte for byte; the other is told why it is not made."""
    orders = [("build", str(birds)), QUIZ]
    one, other = orders if first == "sheet" else reversed(orders)
    assert run(*one).code == 0
    before = held(tmp_path)
    ended = run(*other)
    assert (ended.code, ended.out) == (1, "")
    assert ".toml:1:1: error[name-taken]: another deck has build/science-quiz.pdf\n" in ended.err
    assert held(tmp_path) == before
    assert run(*other, "-o", "else").code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_name_that_is_given_up_is_free(run: Runner, birds: Path, jobs: str) -> None:
    """What the same run no longer makes of another deck stands in nobody's way."""
    run(*QUIZ)
    ended = run("build", "--jobs", jobs)
    assert (ended.code, ended.err) == (0, "")
    assert "  removed, for this build does not make it: build/science-quiz.pdf\n" in ended.out
    assert f"source/{birds.name}: 2 facts, 3 cards\n" in ended.out
    assert "up to date" in run("build", str(birds)).out


def test_a_handout_that_is_not_made_takes_no_name(run: Runner, science: Path) -> None:
    """A deck without dates has no drill of them, whatever another deck is called."""
    run("build", str(written(science.with_name("science-match.toml"), BIRDS)))
    ended = run("build", str(science), "--handouts", "match")
    assert (ended.code, ended.err) == (0, "")
    assert "  no match: it takes events of two dates or more" in ended.out


def test_a_deck_is_told_that_its_own_files_stand_in_its_way(
    run: Runner, science: Path, tmp_path: Path
) -> None:
    """Its source has another name now: what it was called then is no other deck."""
    run(*QUIZ)
    for suffix in (".toml", ".lock"):
        science.with_suffix(suffix).rename(science.with_name(f"science-quiz{suffix}"))
    ended = run("build")
    assert ended.code == 1
    assert "this deck has build/science-quiz.pdf by the name that its source had, science.toml" in (
        ended.err
    )
    assert "delete build/science.manifest.json, which is of no use any more" in ended.err
    (tmp_path / "build" / "science.manifest.json").unlink()
    assert run("build").code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_decks_built_together_replace_nothing(
    run: Runner, birds: Path, tmp_path: Path, jobs: str
) -> None:
    """Of two decks that claim one name, one is built, and what it says of its files is true."""
    ended = run("build", "--handouts", "quiz", "--jobs", jobs)
    assert (ended.code, ended.err.count("error[name-taken]")) == (1, 1)
    (manifest,) = (tmp_path / "build").glob("*.manifest.json")
    for name, said in json.loads(manifest.read_bytes())["files"].items():
        assert digest((manifest.parent / name).read_bytes()) == said["sha256"]


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        pytest.param("science-quiz-A", ("--handouts", "quiz", "--versions", "A,B"), id="version"),
        pytest.param("Science-Quiz", ("--handouts", "quiz"), id="capitals"),
        pytest.param("science-upgrade", (), id="upgrade"),
    ],
)
def test_every_name_can_be_taken(
    run: Runner, science: Path, tmp_path: Path, stem: str, options: tuple[str, ...]
) -> None:
    """A version of a handout, a name on a disk that knows no capitals, the upgrade package."""
    run("build")
    release(science)
    run("build", str(written(science.with_name(f"{stem}.toml"), BIRDS)))
    gone = SCIENCE[: SCIENCE.index('[[topic.fact]]\nid = "steam"')]
    science.write_text(f'{gone}\n[[retired]]\nid = "steam"\nwhy = "too hot"\n', "utf-8")
    before = held(tmp_path)
    ended = run("build", str(science), *options)
    assert (ended.code, ended.err.count("name-taken")) == (1, 1)
    assert held(tmp_path) == before


def test_a_build_opens_no_manifest_that_can_claim_nothing_of_it(
    run: Runner, science: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many decks in a folder only those count whose name begins another, as files' names do."""
    others = ("art", "scienc", "sciences", "science-quiz", "SCIENCE-lab", "science.old")
    for number, stem in enumerate(others):
        text = BIRDS.replace('"birds"', f'"birds-{number}"')
        assert run("build", str(written(science.with_name(f"{stem}.toml"), text))).code == 0
    opened = set()

    def opening(file: Path) -> bytes:
        opened.add(file.name.removesuffix(".manifest.json"))
        return whole(file)

    monkeypatch.setattr("deckbuilder.claims.whole", opening)
    assert run("build", str(science)).code == 0
    assert opened.intersection(others) == {"science-quiz", "SCIENCE-lab", "science.old"}
    opened.clear()
    assert run("build", str(science.with_name("science-quiz.toml")), "--handouts", "quiz").code == 0
    assert opened.intersection((*others, "science")) == {"science-quiz", "science"}


def test_a_source_of_the_same_name_is_another_deck(
    run: Runner, science: Path, tmp_path: Path
) -> None:
    """Two folders may each have a science.toml; a deck that has another id is still the same."""
    run("build")
    before = held(tmp_path / "build")
    other = written(tmp_path / "else" / "science.toml", BIRDS)
    ended = run("build", str(other))
    assert "another deck has build/science.apkg, build/science.pdf, build/science.tsv" in ended.err
    assert held(tmp_path / "build") == before
    science.write_text(
        SCIENCE.replace('id = "science"', 'id = "water"\nwas = ["science"]'), "utf-8"
    )
    assert run("build", str(science)).code == 0


def test_a_handout_that_goes_takes_no_file_of_another(
    run: Runner, birds: Path, tmp_path: Path
) -> None:
    """What an older deckbuilder let two decks claim stays with the one that makes it still."""
    run(*QUIZ)
    manifest = tmp_path / "build" / "science.manifest.json"
    kept = manifest.read_bytes()
    manifest.unlink()
    assert run("build", str(birds)).code == 0
    manifest.write_bytes(kept)
    ended = run("build", "source/science.toml")
    assert ended.code == 0
    assert "removed" not in ended.out
    assert (tmp_path / "build" / "science-quiz.pdf").exists()
    assert "up to date" in run("build", str(birds)).out


def test_a_deck_that_is_no_more_gives_its_names_back(
    run: Runner, birds: Path, tmp_path: Path
) -> None:
    """Its manifest stays when its source goes; the way out that is named leads out."""
    run("build", str(birds))
    birds.unlink()
    ended = run(*QUIZ)
    file = "build/science-quiz.manifest.json"
    assert f"if that deck is no more, delete {file}" in " ".join(ended.err.split())
    (tmp_path / file).unlink()
    assert run(*QUIZ).code == 0


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff",
        b"[1]",
        b"[" * 100_000,
        b'{"files": {}}',
        b'{"deck": 1, "files": [1]}',
        b'{"deck": "x", "files": {"science.pdf": {}, "../science.pdf": {}, "odd-/a": {}}}',
    ],
)
def test_a_manifest_speaks_for_its_own_files_alone(
    run: Runner, science: Path, tmp_path: Path, said: bytes
) -> None:
    """Whoever wrote it: it neither keeps another deck from its names nor stops a build."""
    written(tmp_path / "build" / "odd.manifest.json", "").write_bytes(said)
    (tmp_path / "build" / "pipe.manifest.json").mkdir()
    os.mkfifo(tmp_path / "build" / "fifo.manifest.json")
    assert run("build").code == 0


# ---------------------------------------------------------------------------- the same again


def test_build_again_reports_no_change(run: Runner, science: Path, tmp_path: Path) -> None:
    """A second build of an unchanged source says nothing new, and leaves the lock alone."""
    run("build")
    before, lock = held(tmp_path), science.with_suffix(".lock").stat()
    ended = run("build")
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 3
    assert held(tmp_path) == before
    assert science.with_suffix(".lock").stat().st_ino == lock.st_ino


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("frozen water", "cold water", ["1 note changed: ice"], id="one fact"),
        pytest.param(
            'id = "steam"',
            'id = "mist"',
            ["1 note new: mist", "1 note gone", "let pass"],
            id="other id",
        ),
        pytest.param(
            SCIENCE[SCIENCE.index('[[topic.fact]]\nid = "steam"') :],
            "",
            ["1 note gone; who has imported it keeps it: steam", "let pass"],
            id="fact gone",
        ),
        pytest.param('title = "Science"', 'title = "Nature"', [], id="title in print"),
        pytest.param("frozen water", "frozen  water  ", [], id="white space"),
        pytest.param(
            '"States"', '"Phases"', ["2 notes changed: ice, steam"], id="title of a topic"
        ),
        pytest.param('"en"', '"de"', ["2 notes changed", "the cards' look changed"], id="language"),
        pytest.param(
            'id = "science"',
            'id = "physics"\nwas = ["science"]',
            ["2 notes changed: ice, steam"],
            id="id of the deck",
        ),
    ],
)
def test_build_reports_what_changed(
    run: Runner, science: Path, old: str, new: str, said: list[str]
) -> None:
    """What a learner will notice of an edit is said, and no more than that."""
    run("build")
    assert old in SCIENCE
    science.write_text(SCIENCE.replace(old, new), encoding="utf-8")
    ended = run("build")
    assert ended.code == 0
    lines = ended.out.splitlines()[3:]
    assert len(lines) == len(said)
    assert all(line.strip().startswith(start) for line, start in zip(lines, said, strict=True))


def test_build_names_some_of_many(run: Runner, science: Path) -> None:
    """Of many changes the first five are named, by id; numbers are easy to read."""
    facts = (
        f'\n[[topic.fact]]\nid = "f{n}"\nterm = "T{n}"\ndefinition = "d"\n' for n in range(998)
    )
    science.write_text(SCIENCE + "".join(facts), encoding="utf-8")
    ended = run("build")
    assert "source/science.toml: 1,000 facts, 1,001 cards" in ended.out
    assert "  1,000 notes new: f0, f1, f10, f100, f101 …\n" in ended.out


def test_build_into_another_folder(run: Runner, science: Path, tmp_path: Path) -> None:
    """-o names the folder, which is made with its parents; the lock stays with the source."""
    assert run("build", "-o", "a/b", str(science)).code == 0
    assert held(tmp_path).keys() == {
        "source/science.toml",
        "source/science.lock",
        *outputs("science", "a/b"),
    }


def test_outputs_depend_on_no_folder(run: Runner, science: Path, tmp_path: Path) -> None:
    """The same source and lock give the same bytes wherever they lie and are built to."""
    run("build")
    first = held(tmp_path / "build")
    for name in ("science.toml", "science.lock"):
        written(tmp_path / "else where" / name, (science.parent / name).read_text("utf-8"))
    assert run("build", "-o", "out", "else where/science.toml").code == 0
    assert held(tmp_path / "out") == first


@pytest.mark.parametrize(
    "offset", ["nan,1", "1,nan", "inf,0", "0,-inf", "21,0", "0,-20.5", "1", "1,x"]
)
def test_backs_are_moved_by_what_a_printer_may_be_off(
    run: Runner, science: Path, tmp_path: Path, offset: str
) -> None:
    """What is no such number is wrong use, on either side of the comma; nothing is made."""
    ended = run("build", "--handouts", "cards", "--back-offset", offset)
    assert (ended.code, "'--back-offset'" in ended.err) == (2, True)
    assert not (tmp_path / "build").exists()


# ---------------------------------------------------------------------------- frozen


def test_frozen_takes_a_fresh_lock(run: Runner, science: Path, tmp_path: Path) -> None:
    """--frozen builds where the lock fits the source, and then changes nothing."""
    run("build")
    before = held(tmp_path)
    assert run("build", "--frozen").code == 0
    assert held(tmp_path) == before


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        pytest.param("frozen water", "cold water", "`ice`", id="changed"),
        pytest.param('id = "steam"', 'id = "mist"', "`mist`, `steam`", id="another"),
        pytest.param(
            'id = "steam"', 'id = "mist"\nwas = ["steam"]', ": `mist`, `steam`\n", id="renamed"
        ),
        pytest.param('anki = "Science"', 'anki = "S"', ": the deck's name in Anki", id="in Anki"),
        pytest.param(
            '"en"', '"en"\nstyle = "my.css"', ": the note types changed\n", id="note types"
        ),
    ],
)
def test_frozen_refuses_a_stale_lock(
    run: Runner, science: Path, tmp_path: Path, old: str, new: str, named: str
) -> None:
    """--frozen writes nothing where the lock would change, and names the facts, or what else."""
    run("build")
    written(science.with_name("my.css"), ".card { color: teal; }")
    science.write_text(SCIENCE.replace(old, new), encoding="utf-8")
    before = held(tmp_path)
    ended = run("build", "--frozen")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("source/science.toml:1:1: error[stale-lock]: science.lock ")
    assert named in ended.err
    assert "--frozen" in ended.err
    assert held(tmp_path) == before


def test_frozen_refuses_a_missing_lock(run: Runner, science: Path, tmp_path: Path) -> None:
    """--frozen makes no lock where there is none."""
    ended = run("build", "--frozen")
    assert (ended.code, ended.out) == (1, "")
    assert "error[stale-lock]" in ended.err
    assert held(tmp_path).keys() == {"source/science.toml"}
    assert not (tmp_path / "build").exists()


# ---------------------------------------------------------------------------- locks


def test_broken_lock_is_a_problem(run: Runner, science: Path, tmp_path: Path) -> None:
    """A lock with a merge conflict is told at its line, and nothing is built or mended."""
    run("build")
    lock = science.with_suffix(".lock")
    lock.write_text(lock.read_text("utf-8") + ">>>>>>> branch\n", encoding="utf-8")
    before = held(tmp_path)
    ended = run("build")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("source/science.lock:6:1: error[bad-lock]: ")
    assert "merge conflict" in ended.err
    assert held(tmp_path) == before


def test_released_fact_that_is_gone_is_a_problem(
    run: Runner, science: Path, tmp_path: Path
) -> None:
    """A fact that learners have cannot just be deleted."""
    run("build")
    release(science)
    assert run("build").code == 0
    science.write_text(SCIENCE.replace('"steam"', '"mist"'), encoding="utf-8")
    before = held(tmp_path)
    ended = run("build")
    assert (ended.code, ended.out) == (1, "")
    assert "error[released-fact-gone]: `steam`" in ended.err
    assert "1.0.0" in ended.err
    assert held(tmp_path) == before


def test_two_released_facts_that_become_one_are_told_how(run: Runner, science: Path) -> None:
    """Each has cards: one goes on, the other is retired, which then builds; `was` cannot do it."""
    run("build")
    release(science)
    steam = SCIENCE[SCIENCE.index('[[topic.fact]]\nid = "steam"') :]
    joined = SCIENCE.replace(steam, "").replace('id = "ice"', 'id = "ice"\nwas = ["steam"]')
    science.write_text(joined, encoding="utf-8")
    err = run("build").err
    assert "`steam` was released with 1.0.0 and is gone (`ice`, which names it, has cards" in err
    assert "take the other out of `was`, and retire it: `[[retired]]`, and below it `id =" in err
    retired = pasted(err)
    assert retired == '\n[[retired]]\nid = "steam"\n'
    science.write_text(joined.replace('was = ["steam"]\n', "") + retired, encoding="utf-8")
    assert "1 note retired" in run("build").out
    science.write_text(joined + retired, encoding="utf-8")  # nothing is unclear any more
    assert run("build").code == 0


@pytest.mark.parametrize("again", [False, True], ids=["first", "of a retired cloze, too"])
def test_two_facts_that_exchange_ids_are_not_joined(
    run: Runner, science: Path, again: bool
) -> None:
    """Their author retires what has the id by now: the cards of one would ask what others did."""
    if again:
        cloze = SCIENCE[: SCIENCE.index('term = "Steam"')] + 'cloze = "{{Steam}} is wet."\n'
        science.write_text(cloze, "utf-8")
        run("build")
        release(science)
        science.write_text(cloze[: cloze.index('[[topic.fact]]\nid = "steam"')], "utf-8")
        with science.open("a", encoding="utf-8") as file:
            file.write('[[retired]]\nid = "steam"\n')
        run("build")
        science.write_text(SCIENCE, "utf-8")
    run("build")
    release(science)
    at = SCIENCE.index('[[topic.fact]]\nid = "steam"')
    ice, steam = SCIENCE[SCIENCE.index('[[topic.fact]]\nid = "ice"') : at], SCIENCE[at:]
    rest = SCIENCE.replace(ice, "").replace(steam, "")
    exchanged = rest + steam.replace('id = "steam"', 'id = "ice"\nwas = ["steam"]')
    science.write_text(exchanged + '\n[[retired]]\nid = "steam"\n', encoding="utf-8")
    before = held(science.parent)
    for command in ("check", "build"):
        err = run(command).err
        assert "error[reserved-id]: `ice` says that it was `steam`, which is retired, but" in err
        assert "give this fact the id `steam`, and retire this: `[[retired]]`, and below it" in err
    assert held(science.parent) == before
    science.write_text(rest + steam + pasted(err), encoding="utf-8")
    assert "1 note retired" in run("build").out


@pytest.mark.parametrize("becomes", ["", 'id = "ice"\ncloze = "{{Ice}} is frozen water."\n'])
def test_what_is_advised_to_retire_a_fact_can_be_pasted(
    run: Runner, science: Path, becomes: str
) -> None:
    """A header of TOML and a key share no line: they are told apart, and on one line all the same.

    The fact is gone, or another type of note, which then takes a new id.
    """
    run("build")
    release(science)
    start, end = (SCIENCE.index(f'id = "{name}"') for name in ("ice", "steam"))
    ice = SCIENCE[start : end - len("[[topic.fact]]\n")]
    whole = ice if becomes else f"[[topic.fact]]\n{ice}"
    science.write_text(SCIENCE.replace(whole, becomes), "utf-8")
    err = run("build").err
    science.write_text(SCIENCE.replace(whole, becomes.replace('"ice"', '"hail"')), "utf-8")
    with science.open("a", encoding="utf-8") as file:
        file.write(pasted(err))
    assert "1 note retired" in run("build").out


def test_a_released_fact_for_the_sheet_alone_is_told_how(run: Runner, science: Path) -> None:
    """It is in the source, but not in the deck: it may stay there, if it is retired as well."""
    run("build")
    release(science)
    on_paper = SCIENCE.replace('id = "steam"', 'id = "steam"\nonly = "sheet"')
    science.write_text(on_paper, encoding="utf-8")
    err = run("build").err
    line = on_paper[: on_paper.index("only =")].count("\n") + 1
    assert f"science.toml:{line}:" in err
    assert "`steam` was released with 1.0.0 and is no longer in the deck (only = " in err
    assert "leave it here, and retire it as well: `[[retired]]`, and below it `id =" in err
    science.write_text(on_paper + pasted(err), encoding="utf-8")
    assert "1 note retired" in run("build").out


def test_a_fact_may_get_its_old_id_back(run: Runner, science: Path) -> None:
    """It is the same fact to learners; only another one may not be called so."""
    run("build")
    release(science)
    before = notes_of(science)
    science.write_text(SCIENCE.replace('id = "ice"', 'id = "hail"\nwas = ["ice"]'), "utf-8")
    assert run("build").code == 0
    release(science)
    science.write_text(SCIENCE, "utf-8")
    err = run("build").err
    assert "error[reserved-id]: `ice` is what `hail` was called before" in err
    assert 'if it is that fact, name it: was = ["hail"]; if not, choose another id' in err
    science.write_text(SCIENCE.replace('id = "ice"', 'id = "ice"\nwas = ["hail"]'), "utf-8")
    assert "renamed: hail is ice now; its cards go on" in run("build").out
    assert notes_of(science) == before
    swapped = SCIENCE.replace('id = "ice"', 'id = "s"\nwas = ["steam"]')
    swapped = swapped.replace('id = "steam"', 'id = "steam"\nwas = ["s"]')
    science.write_text(swapped, "utf-8")
    assert run("build").err.count("error[reserved-id]") == 2


HAIL = SCIENCE.replace('id = "ice"', 'id = "hail"\nwas = ["ice"]')
WITHOUT_ICE = SCIENCE.replace(SCIENCE[SCIENCE.index("[[topic.fact]]") : SCIENCE.rindex("[[t")], "")


@pytest.mark.parametrize("released", [True, False])
@pytest.mark.parametrize(
    ("source", "now"),
    [
        pytest.param(SCIENCE, "ice", id="the old id"),
        pytest.param(HAIL.replace("hail", "sleet"), "sleet", id="a third id"),
        pytest.param(
            SCIENCE.replace('id = "ice"', 'id = "ice"\nwas = ["hail"]'), "ice", id="named"
        ),
    ],
)
def test_a_rename_that_was_not_released_can_be_taken_back(
    run: Runner, science: Path, source: str, now: str, released: bool
) -> None:
    """Nobody knows the fact by that id: it needs no `was`, and all is as it was before."""
    run("build")
    if released:
        release(science)
    before = notes_of(science)
    science.write_text(HAIL, "utf-8")
    assert "renamed: ice is hail now" in run("build").out
    science.write_text(source, "utf-8")
    for _ in range(2):
        assert run("check").code == 0
        assert "New" not in run("diff", "build/science.apkg", "source/science.toml").out
        assert run("build").code == 0
    assert notes_of(science) == {now: before["ice"], "steam": before["steam"]}
    release(science)
    assert not re.search('"before"|hail', science.with_suffix(".lock").read_text("utf-8"))


GAS = SCIENCE.replace('id = "steam"', 'id = "gas"\nwas = ["staem"]')


@pytest.mark.parametrize("drafted", [True, False])
@pytest.mark.parametrize("retired", [True, False])
def test_an_old_id_that_nothing_had_is_told(
    run: Runner, science: Path, retired: bool, drafted: bool
) -> None:
    """Learners would begin anew: also where the right id is retired, or the new fact was built."""
    run("build")
    release(science)
    gone = '\n[[retired]]\nid = "steam"\n' if retired else ""
    if drafted:
        at = SCIENCE.index('[[topic.fact]]\nid = "steam"')
        science.write_text(SCIENCE + SCIENCE[at:].replace("steam", "gas"), "utf-8")
        run("build")
    science.write_text(GAS + gone, "utf-8")
    for command in ("check", "build"):
        err = run(command).err
        told = "error[unknown-was]: nothing that the lock knows was ever called `staem`, as `gas`"
        assert told in err
        assert "= help: did you mean `steam`? or take it out of `was`" in err
        assert ("released-fact-gone" in err) != retired
    science.write_text(GAS.replace("staem", "steam"), "utf-8")
    assert run("build").code == 0


def test_an_old_id_of_a_draft_that_was_dropped_is_told(run: Runner, science: Path) -> None:
    """Nobody has it, and no lock tells it from a misspelt one; who takes it out loses nothing."""
    run("build")
    release(science)
    at = SCIENCE.index('[[topic.fact]]\nid = "steam"')
    draft = SCIENCE[at:].replace("steam", "hail")
    science.write_text(SCIENCE + draft, "utf-8")
    run("build")
    science.write_text(SCIENCE, "utf-8")
    assert "gone" in run("build").out
    renamed = draft.replace('id = "hail"', 'id = "sleet"\nwas = ["hail"]')
    science.write_text(SCIENCE + renamed, "utf-8")
    err = run("build").err
    assert "nothing that the lock knows was ever called `hail`, as `sleet` says it was" in err
    assert "and a draft that a build dropped has none" in err
    science.write_text(SCIENCE + renamed.replace('was = ["hail"]\n', ""), "utf-8")
    assert run("build").code == 0


@pytest.mark.parametrize(
    "built", [True, False], ids=["became another type", "had cards of its own"]
)
def test_an_old_id_of_a_draft_that_this_build_drops_is_told(
    run: Runner, science: Path, built: bool
) -> None:
    """The next build would not know it: what is built once can be built again."""
    run("build")
    release(science)
    hail = '[[topic.fact]]\nid = "hail"\nterm = "Hail"\ndefinition = "ice"\n'
    sleet = hail.replace('"hail"', '"sleet"\nwas = ["hail"]')
    cloze = '[[topic.fact]]\nid = "sleet"\nwas = ["hail"]\ncloze = "{{Sleet}} is wet."\n'
    beside = hail.replace('"hail"', '"sleet"')
    for draft in (hail, sleet) if built else (hail + beside,):
        science.write_text(SCIENCE + draft, "utf-8")
        assert run("build").code == 0
    now = cloze if built else sleet
    science.write_text(SCIENCE + now, "utf-8")
    for command in ("check", "build"):
        err = run(command).err
        assert "nothing that the lock knows was ever called `hail`, as `sleet` says it was" in err
        assert "did you mean" not in err
    science.write_text(SCIENCE + now.replace('was = ["hail"]\n', ""), "utf-8")
    assert run("build").code == 0


def test_an_old_id_may_be_named_for_ever(run: Runner, science: Path) -> None:
    """Nothing is wrong with it in a new deck, once it is out, and where the lock was lost."""
    science.write_text(GAS, "utf-8")
    for _ in range(2):  # a copy of another deck, whose lock did not come along
        assert run("build").code == 0
        assert run("check").code == 0
    release(science)
    assert run("build").code == 0
    science.write_text(SCIENCE.replace('id = "steam"', 'id = "mist"\nwas = ["gas"]'), "utf-8")
    assert run("build").code == 0
    release(science)
    lock = science.with_suffix(".lock")
    kept = lock.read_bytes()
    for again in ("", "lock --repair --from build/science.apkg"):
        lock.unlink()
        if again:
            assert run(*again.split()).code == 0
        assert run("check").code == 0
        assert run("build").code == 0
    lock.write_bytes(kept)
    assert run("check").code == 0


@pytest.mark.parametrize("released", [True, False])
def test_a_fact_that_was_renamed_and_is_gone_is_told_by_the_id_of_its_release(
    run: Runner, science: Path, released: bool
) -> None:
    """That is the one to retire; a draft just goes."""
    run("build")
    if released:
        release(science)
    science.write_text(HAIL, "utf-8")
    run("build")
    science.write_text(WITHOUT_ICE, "utf-8")
    ended = run("check")
    assert ("`ice` was released with 1.0.0 and is gone" in ended.err) == released
    assert "hail" not in ended.err
    if released:
        science.write_text(WITHOUT_ICE + '\n[[retired]]\nid = "ice"\n', "utf-8")
        assert "1 note retired" in run("build").out
    assert run("build").code == 0


def test_no_id_of_a_release_is_forgotten_on_the_way_back(run: Runner, science: Path) -> None:
    """A fact that gets the id of an earlier release, and the last one again, is as it was."""
    run("build")
    release(science)
    science.write_text(HAIL, "utf-8")
    run("build")
    release(science)
    before = ids_of(science)
    assert before["hail"] == ["ice"]
    science.write_text(SCIENCE.replace('id = "ice"', 'id = "ice"\nwas = ["hail"]'), "utf-8")
    assert run("build").code == 0
    science.write_text(HAIL, "utf-8")
    assert run("build").code == 0
    assert ids_of(science) == before
    science.write_text(SCIENCE.replace('id = "ice"', 'id = "ice"\nwas = ["hail"]'), "utf-8")
    assert run("build").code == 0
    release(science)
    assert ids_of(science) == {"ice": ["hail"], "steam": []}


def test_what_was_retired_under_an_id_that_is_not_out_goes_by_that_of_its_release(
    run: Runner, science: Path
) -> None:
    """Its author may name it by either, and change from one to the other."""
    run("build")
    release(science)
    before = notes_of(science)
    science.write_text(HAIL, "utf-8")
    run("build")
    for name in ("hail", "ice"):
        science.write_text(WITHOUT_ICE + f'\n[[retired]]\nid = "{name}"\n', "utf-8")
        ended = run("build")
        assert (ended.code, ended.err) == (0, "")
        assert notes_of(science) == {name: before["ice"], "steam": before["steam"]}


def test_which_part_goes_on_can_be_told_otherwise_before_the_release(
    run: Runner, science: Path
) -> None:
    """The id of the release goes with `was`; once another is out, that is refused in a new fact."""
    run("build")
    release(science)
    before = notes_of(science)
    science.write_text(HAIL, "utf-8")
    run("build")
    built = science.with_suffix(".lock").read_bytes()
    sleet = '\n[[topic.fact]]\nid = "sleet"\nwas = ["ice"]\nterm = "Sleet"\ndefinition = "wet"\n'
    science.write_text(HAIL.replace('was = ["ice"]', "") + sleet, "utf-8")
    assert run("build").code == 0
    assert notes_of(science)["sleet"] == before["ice"]
    assert notes_of(science)["hail"] not in before.values()
    science.with_suffix(".lock").write_bytes(built)
    release(science)
    for command in ("check", "build"):
        err = run(command).err
        assert "error[reserved-id]: `sleet` says that it was `ice`, but that is `hail` now" in err


def test_a_part_that_is_split_off_is_not_what_the_fact_was(run: Runner, science: Path) -> None:
    """Told at the part: to give the fact another id would give its cards to the part."""
    run("build")
    release(science)
    built = science.with_suffix(".lock").read_bytes()
    part = '\n[[topic.fact]]\nid = "hail"\nwas = ["ice"]\nterm = "Hail"\ndefinition = "ice"\n'
    science.write_text(SCIENCE + part, "utf-8")
    for command in ("check", "build"):
        err = run(command).err
        line = (SCIENCE + part)[: (SCIENCE + part).index("was =")].count("\n") + 1
        assert f"science.toml:{line}:8: error[reserved-id]: `hail` says that it was `ice`" in err
        assert "take it out of `was`: learners' cards go on in `ice`, and `hail` is new" in err
    assert science.with_suffix(".lock").read_bytes() == built
    science.write_text(SCIENCE + part.replace('was = ["ice"]\n', ""), "utf-8")
    assert run("build").code == 0


def test_a_fact_may_name_its_drafts_when_it_gets_an_id_back(run: Runner, science: Path) -> None:
    """No release has them, yet a fact that learners have loses nothing by such a name."""
    run("build")
    release(science)
    hail = HAIL.replace('["ice"]', '["sleet", "ice"]')
    for source in (HAIL.replace("hail", "sleet"), hail):
        science.write_text(source, "utf-8")
        assert run("build").code == 0
    release(science)
    for source in (SCIENCE.replace('id = "ice"', 'id = "ice"\nwas = ["hail"]'), hail):
        science.write_text(source, "utf-8")
        ended = run("build")
        assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize("draft", [True, False])
def test_a_fact_with_the_id_of_what_was_retired_can_be_renamed(
    run: Runner, science: Path, draft: bool
) -> None:
    """That was a note of the other type: which of the two goes on is clear."""
    run("build")
    release(science)
    science.write_text(WITHOUT_ICE + '\n[[retired]]\nid = "ice"\n', "utf-8")
    run("build")
    release(science)
    ice = '\n[[topic.fact]]\nid = "ice"\ncloze = "{{Ice}} floats."\n'
    science.write_text(WITHOUT_ICE + ice, "utf-8")
    assert run("build").code == 0
    if not draft:
        release(science)
    science.write_text(WITHOUT_ICE + ice.replace('"ice"', '"hail"\nwas = ["ice"]'), "utf-8")
    for _ in range(2):
        assert (run("check").err, run("build").code) == ("", 0)
        assert sorted(ids_of(science)) == ["hail", "ice", "steam"]
        release(science)


def test_the_old_id_of_a_draft_is_free(run: Runner, science: Path) -> None:
    """No learner knows it: another fact may have it, and each goes on as the note that it is."""
    run("build")
    before = notes_of(science)
    science.write_text(HAIL, "utf-8")
    run("build")
    ice = '\n[[topic.fact]]\nid = "ice"\ncloze = "{{Ice}} floats."\n'
    science.write_text(HAIL.replace('was = ["ice"]', "") + ice, "utf-8")
    assert "1 note new: ice" in run("build").out
    science.write_text(HAIL.replace('was = ["ice"]', ""), "utf-8")
    run("build")
    assert notes_of(science) == {"hail": before["ice"], "steam": before["steam"]}


@pytest.mark.parametrize("released", [True, False])
def test_a_fact_that_is_split_goes_on_as_one_of_its_parts(
    run: Runner,
    science: Path,
    released: bool,
) -> None:
    """Two facts cannot both be what one was, nor one be what is retired; both places are told."""
    run("build")
    if released:
        release(science)
    before = notes_of(science)
    ice = 'id = "ice"'
    science.write_text(
        SCIENCE.replace(ice, 'id = "cold"\nwas = ["ice"]').replace(
            'id = "steam"', 'id = "hot"\nwas = ["ice"]'
        )
        + '\n[[retired]]\nid = "steam"\n' * released,
        "utf-8",
    )
    for command in ("check", "build"):
        err = run(command).err
        assert "error[duplicate-id]: two facts say that they were `ice`" in err
        assert "first said here" in err
    split = SCIENCE.replace(ice, 'id = "cold"\nwas = ["ice"]')
    science.write_text(split + '\n[[retired]]\nid = "ice"\n', "utf-8")
    for command in ("check", "build") if released else ():
        err = run(command).err
        assert "error[reserved-id]: `ice` is retired, and `cold` says that it was called so" in err
        assert "the fact it became" in err
    science.write_text(split, "utf-8")
    assert "renamed: ice is cold now; its cards go on" in run("build").out
    assert notes_of(science) == {"cold": before["ice"], "steam": before["steam"]}


@pytest.mark.parametrize("again", ["", "a build between", "a release between"])
def test_what_is_retired_and_goes_on_is_refused_whenever_that_is_said(
    run: Runner, science: Path, again: str
) -> None:
    """A lock that has the rename already still knows that the old id was released."""
    run("build")
    release(science)
    retired = '\n[[retired]]\nid = "ice"\n'
    science.write_text(HAIL, "utf-8")
    if again:
        run("build")
    if again == "a release between":
        release(science)
    science.write_text(HAIL + retired, "utf-8")
    err = run("check").err
    assert "error[reserved-id]: `ice` is retired, and `hail` says that it was called so" in err
    assert "unknown-retired" not in err
    if again != "a release between":
        assert "if they are to go, take it out of `was`" in err
        science.write_text(HAIL.replace('was = ["ice"]', "") + retired, "utf-8")
        assert "1 note retired" in run("build").out
        return
    for source in (HAIL + retired, HAIL.replace('was = ["ice"]', "") + retired):
        science.write_text(source, "utf-8")
        err = run("check").err
        assert "error[reserved-id]: `ice` is retired, and `hail` " in err
        assert "if they are to go, take `hail` out, and retire it under that id" in err
    science.write_text(WITHOUT_ICE + retired + retired.replace("ice", "hail"), "utf-8")
    ended = run("build")
    assert (ended.err, ended.code) == ("", 0)
    assert "1 note retired" in ended.out


@pytest.mark.parametrize("command", ["check", "build", "lock --repair", "lock --restamp", "diff"])
def test_a_lock_that_stayed_behind_is_named(run: Runner, science: Path, command: str) -> None:
    """Every command for which it counts what learners have tells of it, as documented."""
    run("build")
    science.rename(science.with_name("new.toml"))
    package = ["build/science.apkg"] if command == "diff" else []
    ended = run(*command.split(), *package, "source/new.toml")
    assert "the lock of this deck is still called science.lock" in ended.err


def test_a_retired_fact_may_come_back_under_another_id(run: Runner, science: Path) -> None:
    """What its `was` names is its note, which is in the deck once."""
    run("build")
    release(science)
    before = notes_of(science)
    at = SCIENCE.index('[[topic.fact]]\nid = "steam"')
    science.write_text(SCIENCE[:at] + '\n[[retired]]\nid = "steam"\n', "utf-8")
    assert "1 note retired" in run("build").out
    science.write_text(SCIENCE.replace('id = "steam"', 'id = "gas"\nwas = ["steam"]'), "utf-8")
    assert run("build").code == 0
    assert notes_of(science) == {"ice": before["ice"], "gas": before["steam"]}


@pytest.mark.parametrize("retired", [True, False])
def test_a_fact_that_was_built_anew_may_still_go_on_as_what_it_was(
    run: Runner, science: Path, retired: bool
) -> None:
    """Who has second thoughts before a release writes `was`: nobody has what was built between."""
    run("build")
    release(science)
    before = notes_of(science)
    at = SCIENCE.index('[[topic.fact]]\nid = "steam"')
    gas = SCIENCE[at:].replace('"steam"', '"gas"')
    kept = '\n[[retired]]\nid = "steam"\n' if retired else SCIENCE[at:]
    science.write_text(f"{SCIENCE[:at]}{gas}\n{kept}", "utf-8")
    assert "1 note new: gas" in run("build").out
    science.write_text(SCIENCE[:at] + gas.replace('"gas"', '"gas"\nwas = ["steam"]'), "utf-8")
    assert run("check").code == 0
    out = run("build").out
    assert "renamed: steam is gas now; its cards go on" in out
    assert "gone" not in out
    assert notes_of(science) == {"ice": before["ice"], "gas": before["steam"]}


def test_a_draft_of_a_draft_goes_on_as_what_was_released(run: Runner, science: Path) -> None:
    """Of the names in `was` it is the one that learners have, wherever it stands."""
    run("build")
    release(science)
    before = notes_of(science)
    at = SCIENCE.index('[[topic.fact]]\nid = "steam"')
    gas = SCIENCE[at:].replace('"steam"', '"gas"')
    science.write_text(f"{SCIENCE}\n{gas}", "utf-8")
    run("build")
    named = gas.replace('"gas"', '"vapour"\nwas = ["gas", "steam"]')
    science.write_text(SCIENCE[:at] + named, "utf-8")
    assert "renamed: steam is vapour now; its cards go on" in run("build").out
    assert notes_of(science) == {"ice": before["ice"], "vapour": before["steam"]}


def test_a_fact_that_learners_have_beside_the_one_it_was_is_told_how(
    run: Runner, science: Path
) -> None:
    """Both were released, so the history of one alone can go on: either way out works."""
    at = SCIENCE.index('[[topic.fact]]\nid = "steam"')
    gas = SCIENCE[at:].replace('"steam"', '"gas"')
    science.write_text(f"{SCIENCE}\n{gas}", "utf-8")
    run("build")
    release(science)
    before = notes_of(science)
    only_gas = SCIENCE[:at] + gas
    science.write_text(only_gas + '\n[[retired]]\nid = "steam"\n', "utf-8")
    run("build")
    was = SCIENCE[:at] + gas.replace('"gas"', '"gas"\nwas = ["steam"]')
    science.write_text(was, "utf-8")
    for command in ("check", "build"):
        err = run(command).err
        assert "error[reserved-id]: `gas` says that it was `steam`, which is retired, but" in err
        assert "take `steam` out of `was`; or, for its cards to go on, give this fact the id" in err
    science.write_text(was + '\n[[retired]]\nid = "steam"\n', "utf-8")
    assert run("build").code == 0
    science.write_text(only_gas, "utf-8")
    assert run("build").code == 0
    assert notes_of(science) == before
    science.write_text(SCIENCE + '\n[[retired]]\nid = "gas"\n', "utf-8")
    out = run("build").out
    assert "back: steam" in out, out
    assert notes_of(science) == before
    science.write_text(
        SCIENCE[:at] + '[[topic.fact]]\nid = "mist"\nwas = ["gas"]\ncloze = "{{Mist}} is wet."',
        "utf-8",
    )
    assert "but `mist` is another type of note than that was, Facts" in run("build").err


def notes_of(source: Path) -> dict[str, str]:
    """Return the guid of each note that a lock knows."""
    lines = source.with_suffix(".lock").read_text("utf-8").splitlines()[1:]
    return {row["fact"]: row["guid"] for row in map(json.loads, lines) if "fact" in row}


def ids_of(source: Path) -> dict[str, list[str]]:
    """Return the earlier ids of each note that a lock knows."""
    lines = source.with_suffix(".lock").read_text("utf-8").splitlines()[1:]
    return {row["fact"]: row.get("was", []) for row in map(json.loads, lines) if "fact" in row}


def test_a_lock_that_kept_the_old_name_of_its_source_is_found(run: Runner, science: Path) -> None:
    """Without it all notes would be new; another deck's lock, or a copy's, is none."""
    run("build")
    release(science)
    copy = science.with_name("copy.toml")
    shutil.copy(science, copy)
    assert "2 notes new" in run("build", str(copy)).out
    copy.with_suffix(".lock").unlink()
    science.unlink()
    science.with_name("uv.lock").write_text("version = 1\n", "utf-8")
    err = run("build", "source/copy.toml").err
    assert "error[bad-lock]: the lock of this deck is still called science.lock" in err
    assert "git mv source/science.lock source/copy.lock" in err
    science.with_suffix(".lock").rename(copy.with_suffix(".lock"))
    assert "up to date" not in run("build", str(copy)).out
    science.write_text(SCIENCE.replace('id = "science"', 'id = "other"'), "utf-8")
    copy.unlink()
    assert "2 notes new" in run("build", "-o", "other").out


def release(source: Path) -> None:
    """Let a lock say that all it remembers was released."""
    lock = source.with_suffix(".lock")
    data = lock.read_bytes()
    known, _ = parse_lock(data, lock.name, json.loads(data.splitlines()[0])["deck"])
    assert known
    lock.write_bytes(format_lock(mark_released(known, "1.0.0")))


def test_a_build_tells_all_that_a_check_does(run: Runner, science: Path) -> None:
    """What could be read of a source with an error is looked at, too."""
    source = SCIENCE.replace('id = "ice"', 'id = "Ice!"').replace('id = "steam"', 'id = "water"')
    twin = source[source.index('[[topic.fact]]\nid = "water"') :]
    science.write_text(f"{source}\n{twin}", encoding="utf-8")
    told = [re.findall(r"error\[(.+?)\]", run(command).err) for command in ("build", "check")]
    assert told[0] == told[1]
    assert len(set(told[0])) > 1


STATES = """
[[topic.fact]]
id = "states"
list = "Which states has water?"
items = ["ice", "liquid", "steam"]
"""


REFUSED = [  # and, without a code, what is not
    pytest.param('anki = "S', 'anki = "Nature::S', ["deck-renamed"], id="deck renamed"),
    pytest.param('id = "steam"', 'id = "mist"', ["released-fact-gone"], id="fact gone"),
    pytest.param(
        'term = "Ice"\ndefinition = "frozen water"',
        'cloze = "{{Ice}} is frozen water."',
        ["other-note-type"],
        id="another kind",
    ),
    pytest.param('"ice", "liquid"', '"snow", "rain"', ["unclear-gaps"], id="items reworded"),
    pytest.param('"liquid", ', "", [], id="item gone"),
    pytest.param('"liquid"', '"fluid"', [], id="item reworded"),
    pytest.param("frozen water", "cold water", [], id="reworded"),
    pytest.param('id = "ice"', 'id = "hail"\nwas = ["ice"]', [], id="renamed"),
]


@pytest.mark.parametrize(("old", "new", "codes"), REFUSED)
def test_what_is_let_pass_in_a_draft_is_told(
    run: Runner, science: Path, old: str, new: str, codes: list[str]
) -> None:
    """It is exactly what is refused once the deck is released; all else gives no such line."""
    science.write_text(SCIENCE + STATES, encoding="utf-8")
    run("build")
    lock = science.with_suffix(".lock").read_bytes()
    science.write_text((SCIENCE + STATES).replace(old, new), encoding="utf-8")
    ended = run("build")
    assert ended.code == 0
    said = [line for line in ended.out.splitlines() if line.startswith("  let pass")]
    assert said == [
        f"  let pass, as the deck was never released: {code};"
        " who has it loses by that (deckbuilder release protects them)"
        for code in codes
    ]
    assert "let pass" not in run("build").out
    science.with_suffix(".lock").write_bytes(lock)
    release(science)
    ended = run("build")
    assert re.findall(r"error\[(.+?)\]", ended.err) == codes
    assert "let pass" not in ended.out


HONEY = """
[[topic.fact]]
id = "honey"
cloze = "Bees turn {{nectar}} into {{honey}} in summer."
"""


@pytest.mark.parametrize(
    ("edits", "also"),
    [
        ([("{{nectar}}", "{{sweet juice}}"), ("{{honey}}", "{{something sticky}}")], []),
        ([('["ice"', '["hard \\"snow\\""'), ('"steam"]', '"vapour"]'), ('"liquid"', '"rain"')], []),
        (
            [('["ice"', '["snow"'), ('"liquid"', '"fluid", "slush"')],
            ["gap 4 is new: `slush`"],
        ),
        ([('"ice", "liquid"', '"melt water"')], ["gap 2 is gone: `liquid`"]),
    ],
    ids=["gaps", "items", "more came", "more went"],
)
def test_advice_on_gaps_keeps_each_card(
    run: Runner, science: Path, edits: list[tuple[str, str]], also: list[str]
) -> None:
    """Followed as it stands, each that came goes on with a card that learners have."""
    text = SCIENCE + STATES + HONEY
    science.write_text(text, encoding="utf-8")
    run("build")
    release(science)
    for old, new in edits:
        text = text.replace(old, new)
    science.write_text(text, encoding="utf-8")
    err = run("build").err
    assert "error[unclear-gaps]" in err
    for advised in re.findall(r"`(\{.*?\}+)`", err[err.index("= help:") :]):
        plain = re.sub(r"\{\{c\d::(.*)\}\}", r"{{\1}}", advised)
        plain = re.sub(r"\{ text = (.*), n = \d \}", r"\1", plain)
        assert plain in text
        text = text.replace(plain, advised)
    science.write_text(text, encoding="utf-8")
    ended = run("build")
    assert ended.code == 0, ended.err
    changed = re.findall(r"gap \d is (?:new|gone).*", ended.out)
    assert changed == also


def test_advice_on_gaps_with_marks_tells_which_gap_is_meant(run: Runner, science: Path) -> None:
    """Whose words are in bold is named by them, and to be typed as before; so is what went."""
    science.write_text(SCIENCE + HONEY, encoding="utf-8")
    run("build")
    release(science)
    other = HONEY.replace("{{nectar}}", "{{**sweet** juice}}").replace("{{honey}}", "{{a mass}}")
    science.write_text(SCIENCE + other, encoding="utf-8")
    err = run("build").err
    assert "`nectar` (number 1), `honey` (number 2) went" in err
    assert "write `{{c1::…}}` of `sweet juice`, as it is typed, to go on with the card of" in err
    assert "`{{c2::a mass}}` to go on with the card of `honey`" in err


@pytest.mark.parametrize(
    ("before", "after", "advice"),
    [
        (
            "Ice {{melts}} and {{floats}}.",
            "Lead {{sinks}}, wax {{melts}}, ice {{melts}} and {{floats}}.",
            "write `{{c3::melts}}` (1 of 2) for a new card, `{{c1::melts}}` (2 of 2) to go on",
        ),
        (
            "Copper conducts: {{yes}}. Wood: {{yes}}.",
            "Copper conducts: {{yes}}. Wood: {{no}}. Clay: {{no}}.",
            "write `{{c1::yes}}` to go on with the card of `yes`; give 2 to one that was number",
        ),
    ],
)
def test_advice_on_gaps_of_the_same_words_says_no_more_than_is_known(
    run: Runner, science: Path, before: str, after: str, advice: str
) -> None:
    """They are told in the order of the source; what another goes on as is decided afterwards."""
    fact = HONEY.replace("Bees turn {{nectar}} into {{honey}} in summer.", "{}")
    science.write_text(SCIENCE + fact.replace("{}", before), encoding="utf-8")
    run("build")
    release(science)
    science.write_text(SCIENCE + fact.replace("{}", after), encoding="utf-8")
    assert f"= help: {advice} " in run("build").err


@pytest.mark.parametrize(
    ("before", "without", "by_hand", "refused"),
    [
        ("{{honey}}", "honey", "{{c2::summer}}", True),
        ("{{honey}}", "honey", "{{c2::honey}}", False),
        ("{{honey}}", "honey", "{{c2::Honey of flowers}}", False),
        ("{{c2::honey}} in {{c2::June}}", "honey in June", "{{c2::honey}} in {{c2::June}}", False),
        ("{{c2::honey}} in {{c2::June}}", "honey in June", "{{c2::wax}} in {{c3::June}}", True),
        ("{{+}}", "+", "{{c2::-}}", True),
    ],
)
def test_a_number_that_was_taken_out_stays_with_what_it_was(
    run: Runner, science: Path, before: str, without: str, by_hand: str, refused: bool
) -> None:
    """Given by hand to other words it is refused, and the advice builds; its own may come back."""
    texts = [SCIENCE + HONEY.replace("{{honey}}", now) for now in (before, without, by_hand)]
    for text in texts[:2]:
        science.write_text(text, encoding="utf-8")
        assert run("build").code == 0
        release(science)
    lock = science.with_suffix(".lock").read_bytes()
    science.write_text(texts[2], encoding="utf-8")
    err = run("build").err
    assert ("error[reserved-number]: number 2 was the card of " in err) == refused
    if refused:
        assert science.with_suffix(".lock").read_bytes() == lock
        (advised,) = re.findall(r"`(\{\{.*?\}\})`", err)
        given = advised.replace(advised[3], "2", 1)
        science.write_text(texts[2].replace(given, advised), encoding="utf-8")
        assert run("build").code == 0
        assert '"gone": [[2, ' in science.with_suffix(".lock").read_text("utf-8")


LAKES = """
[[topic.fact]]
id = "lakes"
compare = "How do the lakes differ?"
things = ["Superior", "Ontario"]
aspects = [
  ["Place", "first", "last"],
  ["Depth", "406 m", "244 m"],
  ["Outlet", "the falls", "the river"],
]
"""


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ('["Volume", { text = "12 km", n = 5 }, "2 km"]', True),
        ('["Outlet", { text = "none", n = 5 }, "the sea"]', False),
    ],
)
def test_the_number_of_a_cell_is_for_that_cell_alone(
    run: Runner, science: Path, row: str, refused: bool
) -> None:
    """Once it was taken out, no other cell gets its card; there, it may say something else."""
    outlet = '["Outlet", "the falls", "the river"]'
    for text in (LAKES, LAKES.replace(f"  {outlet},\n", "")):
        science.write_text(SCIENCE + text, encoding="utf-8")
        assert run("build").code == 0
        release(science)
    science.write_text(SCIENCE + LAKES.replace(outlet, row), encoding="utf-8")
    assert ("error[reserved-number]" in run("build").err) == refused


def test_a_row_that_was_replaced_is_told_how_to_keep_its_cards(run: Runner, science: Path) -> None:
    """Its cells stand in a table: they go on by their numbers."""
    science.write_text(SCIENCE + LAKES, encoding="utf-8")
    run("build")
    release(science)
    other = LAKES.replace('["Depth", "406 m", "244 m"]', '["Area", "82,100", "19,000"]')
    science.write_text(SCIENCE + other, encoding="utf-8")
    assert "if one is what went, only reworded, give it that number" in run("build").err


def test_a_gap_that_is_back_is_told(run: Runner, science: Path) -> None:
    """Its card goes on, which is more than a new gap has."""
    for text in (HONEY, HONEY.replace("{{honey}}", "honey"), HONEY):
        science.write_text(SCIENCE + text, encoding="utf-8")
        told = run("build").out
        release(science)
    assert "gap 2 is back: `honey`" in told


def test_drafts_beside_what_is_released_are_free(run: Runner, science: Path) -> None:
    """Who has released a deck knows what a draft is: a new fact may go again, and no more is said.

    So may the name of the deck change, where its author asks for it.
    """
    run("build")
    release(science)
    science.write_text(SCIENCE + STATES, encoding="utf-8")
    run("build")
    science.write_text(SCIENCE.replace('anki = "S', 'anki = "Nature::S'), encoding="utf-8")
    ended = run("build", "--break-schema")
    assert "1 note gone; who has imported it keeps it: states" in ended.out
    assert "let pass" not in ended.out


def test_what_learners_have_to_do_is_told(
    run: Runner, science: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has a breach let pass on purpose hears what it asks of learners, once."""
    run("build")
    release(science)
    science.write_text(SCIENCE.replace('anki = "S', 'anki = "Nature::S'), encoding="utf-8")
    told = run("build", "--break-schema").out
    assert "  what learners have to do: import with Anki's options as they are; the cards" in told
    assert "stay in “Science”, new ones come into “Nature::Science”" in told
    assert "have to do" not in run("build", "--break-schema").out
    fields = (*notetypes.FIELDS[notetypes.GAPS], "New")
    monkeypatch.setitem(notetypes.FIELDS, notetypes.GAPS, fields)
    science.write_text(SCIENCE.replace("frozen", "cold"), encoding="utf-8")
    told = run("build", "--break-schema").out
    assert "tick “Merge note types” and set “Update notes” to “Always”; their own edits" in told


def test_the_case_of_the_decks_name_is_free(run: Runner, science: Path) -> None:
    """Anki finds a deck in whatever case it is written, so no card would be left behind."""
    run("build")
    release(science)
    science.write_text(SCIENCE.replace('anki = "Science', 'anki = "SCIENCE'), encoding="utf-8")
    assert run("build").code == 0
    assert "to do" not in run("build", "--break-schema").out


def test_a_draft_cannot_be_retired(run: Runner, science: Path) -> None:
    """Neither while the lock has it nor afterwards; the warning says what became of it."""
    run("build")
    steam = SCIENCE.index('[[topic.fact]]\nid = "steam"')
    retired = '[[retired]]\nid = "steam"\n'
    science.write_text(SCIENCE[:steam] + retired, encoding="utf-8")
    for _ in range(2):
        ended = run("build")
        assert "warning[unknown-retired]: no fact `steam` of this deck was ever re" in ended.err
        assert "drafts that vanish are forgotten, only what `deckbuilder release`" in ended.err


def test_who_retires_what_never_was_is_told_to_mend_the_id(run: Runner, science: Path) -> None:
    """A lock that knows a release is not lost: the id is, or a draft that nobody had."""
    run("build")
    release(science)
    science.write_text(SCIENCE + '\n[[retired]]\nid = "stream"\n', encoding="utf-8")
    err = run("build").err
    assert "warning[unknown-retired]: no fact `stream` of this deck was ever released" in err
    assert "= help: mend the id, or take this [[retired]] out" in err


def test_the_upgrade_package_is_named(run: Runner, science: Path, tmp_path: Path) -> None:
    """Where a released fact is retired, what takes it out is listed, also when built again."""
    run("build")
    release(science)
    steam = SCIENCE.index('[[topic.fact]]\nid = "steam"')
    retired = '[[retired]]\nid = "steam"\n'
    science.write_text(SCIENCE[:steam] + retired, encoding="utf-8")
    ended = run("build")
    assert (ended.code, ended.err) == (0, "")
    upgrade = "science-upgrade.apkg"
    assert f"  1 note retired; {upgrade} takes it from those who have it: steam\n" in ended.out
    size = len(held(tmp_path)[f"build/{upgrade}"]) / 1000
    assert f"  build/{upgrade}  {size:.0f} kB\n" in ended.out
    assert f"  build/{upgrade}  {size:.0f} kB\n" in run("build").out


# ---------------------------------------------------------------------------- check


def test_check_says_fine(run: Runner, science: Path, tmp_path: Path) -> None:
    """check takes every source, says that it is fine, and writes nothing."""
    ended = run("check")
    assert ended == Run(0, "source/science.toml: fine, 2 facts\n", "")
    assert held(tmp_path).keys() == {"source/science.toml"}


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        *REFUSED,
        pytest.param(
            "[deck]", '[[retired]]\nid = "fog"\n\n[deck]', ["unknown-retired"], id="retired"
        ),
    ],
)
def test_check_keeps_to_the_lock(
    run: Runner, science: Path, tmp_path: Path, old: str, new: str, codes: list[str]
) -> None:
    """What a build refuses for what learners have, check tells, too; without a lock, nothing."""
    science.write_text(SCIENCE + STATES, encoding="utf-8")
    run("build")
    release(science)
    science.write_text((SCIENCE + STATES).replace(old, new), encoding="utf-8")
    before = held(tmp_path)
    ended = run("check")
    assert re.findall(r"(?:error|warning)\[(.+?)\]", ended.err) == codes
    assert held(tmp_path) == before
    *said, _ = ended.err.splitlines() or [""]
    assert run("build").err.splitlines()[: len(said)] == said
    science.with_suffix(".lock").unlink()
    assert run("check").err == ""


def test_check_tells_of_a_broken_lock(run: Runner, science: Path) -> None:
    """A lock that nobody can read is told, for no build would go on."""
    science.with_suffix(".lock").write_text("<<<<<<< ours\n", encoding="utf-8")
    ended = run("check")
    assert (ended.code, "error[bad-lock]" in ended.err) == (1, True)


def test_a_pipe_is_a_source(tmp_path: Path) -> None:
    """/dev/stdin is a link, and leads to no file that has a name."""
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "deckbuilder", "check", "/dev/stdin"],
        cwd=tmp_path,
        input=SCIENCE.encode(),
        capture_output=True,
        check=False,
    )
    assert ended.stdout == b"/dev/stdin: fine, 2 facts\n", ended.stderr


@pytest.mark.parametrize("command", ["check", "fmt --check", "stats", "show signed"])
def test_a_pipe_that_nobody_writes_into_is_not_waited_for(tmp_path: Path, command: str) -> None:
    """It is told that it is no file, by whatever reads sources."""
    os.mkfifo(tmp_path / "pipe.toml")
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "deckbuilder", *command.split(), "pipe.toml"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert b"not a regular file, but a pipe that nobody writes into: pipe.toml" in ended.stderr
    assert ended.returncode == 3
    assert [file.name for file in tmp_path.iterdir()] == ["pipe.toml"]


@pytest.mark.parametrize("command", ["build", "fmt", "lock --repair", "lock --restamp"])
@pytest.mark.parametrize("place", ["pipe", "link"])
def test_nothing_is_written_in_the_place_of_a_pipe(
    tmp_path: Path, command: str, place: str
) -> None:
    """Nor beside it: what is no file has no name of its own, and nobody would look there."""
    pipe = tmp_path / "in.toml"
    reader, writer = os.pipe()
    if place == "link":
        os.write(writer, SCIENCE.encode())
        pipe.symlink_to("/proc/self/fd/0")
        before = pipe.readlink()
    else:
        os.mkfifo(pipe)
        held = os.open(pipe, os.O_RDWR)
        os.write(held, SCIENCE.encode())
    os.close(writer)
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "deckbuilder", *command.split(), "in.toml"],
        cwd=tmp_path,
        stdin=reader,
        capture_output=True,
        check=False,
        timeout=30,
    )
    os.close(reader)
    told = b"not a regular file, so nothing is written in its place or beside it: in.toml\n"
    assert (ended.returncode, ended.stdout) == (3, b"")
    assert told in ended.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["in.toml"]
    if place == "link":
        assert pipe.readlink() == before
    else:
        os.close(held)
        assert pipe.is_fifo()


def test_a_source_from_a_pipe_is_looked_at(tmp_path: Path) -> None:
    """`fmt --check` writes nothing, so it may read whatever there is."""
    (tmp_path / "in.toml").symlink_to("/proc/self/fd/0")
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "deckbuilder", "fmt", "--check", "in.toml"],
        cwd=tmp_path,
        input=b"a=1",
        capture_output=True,
        check=False,
    )
    assert ended.stdout.startswith(b"in.toml: would change\n"), ended.stderr
    assert (ended.returncode, (tmp_path / "in.toml").is_symlink()) == (1, True)


PIPES = (  # what a pipe stands in the place of, and how a build of that ends
    ("science.lock", 3),
    ("lakes.lock", 0),
    ("build/science.manifest.json", 0),
    ("build/.science.digests.json", 0),
    ("build/.science.drawings.json", 0),
)


@pytest.mark.parametrize(("name", "code"), PIPES, ids=[name for name, _ in PIPES])
def test_a_pipe_beside_a_source_is_not_waited_for(tmp_path: Path, name: str, code: int) -> None:
    """A lock that is one is told, for it may be needed; what can be made anew is made anew."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><path d="M0 0h8"/></svg>'
    written(tmp_path / "line.svg", drawing)
    written(tmp_path / "science.toml", SCIENCE + 'image = "line.svg"\nalt = "A line"\n')
    (tmp_path / "build").mkdir()
    os.mkfifo(tmp_path / name)
    for command in ("check", "build"):
        ended = program(command, "science.toml", cwd=tmp_path)
        assert ended.returncode == code, ended.stderr
        assert (b"a pipe that nobody writes into: science.lock" in ended.stderr) == bool(code)
    for more in (("diff", "science.toml"), ("lock", "--repair"), ("lock", "--restamp")):
        assert program(*more, "science.toml", cwd=tmp_path).returncode == code


def test_a_pipe_that_is_written_slowly_is_waited_for(tmp_path: Path) -> None:
    """Whoever makes a source may need some time, also between two parts of it."""
    (tmp_path / "science.toml").write_text(SCIENCE, encoding="utf-8")
    made = "(sleep 0.3; head -c 100 science.toml; sleep 0.3; tail -c +101 science.toml)"
    ended = subprocess.run(
        ["/bin/sh", "-c", f'{made} | "{sys.executable}" -P -m deckbuilder check /dev/stdin'],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert ended.stdout == b"/dev/stdin: fine, 2 facts\n", ended.stderr


@pytest.mark.parametrize("command", ["check /dev/zero", "fmt --check /dev/zero"])
def test_what_never_ends_is_too_large(tmp_path: Path, command: str) -> None:
    """No more is read of a device, or of a pipe, than a source may have."""
    ended = subprocess.run(
        ["/bin/sh", "-c", f'ulimit -v 2000000; "{sys.executable}" -P -m deckbuilder {command}'],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert b"/dev/zero:1:1: error[file-too-large]" in ended.stderr, ended.stderr
    assert ended.returncode == 1


def test_check_tells_problems(run: Runner, science: Path, tmp_path: Path) -> None:
    """check tells the same problems as build, in the same words."""
    science.write_text(SCIENCE.replace("definition", "defintion"), encoding="utf-8")
    checked, built = run("check"), run("build")
    assert (checked.code, checked.out) == (1, "")
    assert (built.code, built.out, built.err) == (1, "", f"{checked.err}{KEPT}\n")
    assert held(tmp_path).keys() == {"source/science.toml"}


# ---------------------------------------------------------------------------- problems


def test_broken_source_leaves_the_outputs(run: Runner, science: Path, tmp_path: Path) -> None:
    """A problem is told as file:line:col: error[code]: message, and all outputs stay."""
    run("build")
    broken = SCIENCE.replace('"1.0.0"', '"1.0"').replace("term = ", "trem = ", 1)
    science.write_text(broken, encoding="utf-8")
    before = held(tmp_path)
    ended = run("build")
    assert (ended.code, ended.out) == (1, "")
    first, second, end = ended.err.split("\n\n")
    assert first.startswith("source/science.toml:5:11: error[bad-version]: ")
    assert '\n5 | version = "1.0"\n  |           ^^^^^\n  = help: ' in first
    assert second.startswith("source/science.toml:1")
    assert "error[no-kind]: " in second
    assert second.endswith(" = help: did you mean `term`?")
    assert end == "2 errors\nwhat has an error keeps its earlier outputs\n"
    assert held(tmp_path) == before


def test_warnings_of_a_strict_build_leave_the_outputs(
    run: Runner, science: Path, tmp_path: Path
) -> None:
    """With `--strict` a warning stops a build as an error does, and the last line says so."""
    run("build")
    science.write_text(SCIENCE.replace("1.0.0", "1.0.1", 1) + VAGUE, encoding="utf-8")
    before = held(tmp_path)
    ended = run("build", "--strict")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines()[-2:] == ["1 warning", KEPT_STRICTLY]
    assert held(tmp_path) == before
    science.write_text(SCIENCE.replace('"1.0.0"', '"1.0"'), encoding="utf-8")
    assert run("build", "--strict").err.splitlines()[-2:] == ["1 error", KEPT]
    assert run("check", "--strict").err.splitlines()[-1] == "1 error"  # it has no outputs to keep


def test_without_words_of_its_own_a_strict_run_ends_as_another() -> None:
    """A command need not say twice what becomes of a source with an error and with a warning."""

    @click.command()
    @telling("it stays as it is")
    def command(told: output.Run) -> None:
        place = Place("a.toml", 1, 1, 1, 1)
        told.found.append(Problem("no-room", "it is long", place, severity="warning"))

    ended = CliRunner().invoke(command, ["--strict"])
    assert (ended.exit_code, ended.stderr.splitlines()[-1]) == (1, "it stays as it is")
    assert "it stays" not in CliRunner().invoke(command).stderr


def test_good_sources_are_built_beside_a_bad_one(
    run: Runner, science: Path, tmp_path: Path
) -> None:
    """One broken source is told, the others are built all the same."""
    written(tmp_path / "source" / "a.toml", "id = ")
    written(tmp_path / "source" / "z.toml", SCIENCE.replace("science", "z"))
    ended = run("build")
    assert ended.code == 1
    assert ended.err.startswith("source/a.toml:1:6: error[toml-syntax]: ")
    assert "source/science.toml: 2 facts" in ended.out
    built = held(tmp_path).keys() - {"source/a.toml", "source/science.toml", "source/z.toml"}
    assert built == {
        *outputs("science"),
        *outputs("z"),
        "source/science.lock",
        "source/z.lock",
    }


def test_many_problems_are_counted(run: Runner, science: Path) -> None:
    """Beyond fifty, problems are counted, not told."""
    facts = "".join('\n[[topic.fact]]\nid = "x"\n' for _ in range(60))
    science.write_text(SCIENCE + facts, encoding="utf-8")
    ended = run("check")
    assert ended.code == 1
    assert ended.err.count("error[no-kind]") == 50
    assert "… and 10 more\n\n60 errors" in ended.err


# ---------------------------------------------------------------------------- use


def test_version(run: Runner) -> None:
    """--version tells the package's version."""
    assert run("--version") == Run(0, f"deckbuilder {deckbuilder.__version__}\n", "")


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], ["build", "-h"], ["check", "-h"]])
def test_help(run: Runner, arguments: list[str]) -> None:
    """-h explains each command."""
    ended = run(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Usage: deckbuilder")


@pytest.mark.parametrize(
    ("arguments", "epoch", "says"),
    [
        pytest.param([], None, "Usage", id="no command"),
        pytest.param(["frobnicate"], None, "frobnicate", id="unknown command"),
        pytest.param(["build", "--frob"], None, "--frob", id="unknown option"),
        pytest.param(["build", "--versions", "A,A"], None, "of its own", id="one version twice"),
        pytest.param(["build", "nothing.toml"], None, "nothing.toml", id="no such file"),
        pytest.param(["check", "nothing.toml"], None, "nothing.toml", id="no such file to check"),
        pytest.param(["build", "source"], None, "source", id="a folder"),
        pytest.param(["build", "-o", "file", "a.toml"], None, "file", id="output is a file"),
        pytest.param(["build", "a.toml", "b/A.toml"], None, "A.apkg", id="two of one name"),
        pytest.param(["build", "a.toml"], "now", "SOURCE_DATE_EPOCH", id="time in words"),
        pytest.param(["build", "a.toml"], "-1", "SOURCE_DATE_EPOCH", id="time before 1970"),
        pytest.param(["build", "a.toml"], "0", "SOURCE_DATE_EPOCH", id="time zero"),
        pytest.param(["build", "a.toml"], "1e9", "SOURCE_DATE_EPOCH", id="time not whole"),
        pytest.param(["build", "a.toml"], str(2**31), "1970 and 2038", id="time after 2038"),
        pytest.param(["build", "a.toml"], "²", "SOURCE_DATE_EPOCH", id="time of odd digits"),
    ],
)
def test_wrong_use(
    run: Runner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    epoch: str | None,
    says: str,
) -> None:
    """Wrong use ends with 2, says what is wrong, and writes nothing."""
    (tmp_path / "source").mkdir()
    written(tmp_path / "file", "mine")
    written(tmp_path / "a.toml", SCIENCE)
    written(tmp_path / "b" / "A.toml", SCIENCE)
    before = held(tmp_path)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ended = run(*arguments)
    assert ended.code == 2
    assert says in ended.err
    assert ended.out == ""
    assert held(tmp_path) == before


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["release", "--version", "1.0"], "three numbers"),
        (["build", "--jobs", "0"], "--jobs"),
        (["build", "a.toml", "b/a.toml"], "a.apkg"),
        (["check"], "name a source"),
    ],
)
def test_wrong_use_has_no_report(
    run: Runner, tmp_path: Path, arguments: list[str], says: str, form: str
) -> None:
    """An empty one would tell a program that all is well, and nothing was looked at."""
    for name in ("a.toml", "b/a.toml"):
        written(tmp_path / name, SCIENCE)
    ended = run(*arguments, "--format", form)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


@pytest.mark.parametrize("command", ["build", "check"])
def test_no_source_at_all(run: Runner, command: str) -> None:
    """Where there is no source/*.toml, one has to be named."""
    ended = run(command)
    assert ended.code == 2
    assert "name a source" in ended.err


@pytest.mark.parametrize("epoch", [" 86400 ", "", "2147483647"])
def test_time_of_the_build(
    run: Runner, science: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    """A change is dated by SOURCE_DATE_EPOCH, or by the clock where that is empty."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.setattr("time.time", lambda: 1_234_567.9)
    assert run("build").code == 0
    lines = science.with_suffix(".lock").read_text("utf-8").splitlines()[1:]
    assert {json.loads(line)["mod"] for line in lines} == {int(epoch or 1_234_567)}


def test_an_empty_lock_is_a_damaged_one(run: Runner, science: Path) -> None:
    """A power cut leaves it: what it said of learners is gone, so no build begins it anew."""
    assert run("build").code == 0
    lock = science.with_suffix(".lock")
    lock.write_bytes(b"")
    for command in ("check", "build"):
        ended = run(command)
        assert ended.code == 1
        assert "error[bad-lock]: the lock cannot be used: it is empty" in ended.err
    assert "delete an empty one" in run("lock", "--repair").err
    assert lock.read_bytes() == b""
    assert run("lock", "--repair", "--from", "build/science.apkg").code == 0
    assert run("build").code == 0


@pytest.mark.parametrize("look", [b"", b"0"])
def test_a_note_type_that_no_deck_has_is_told(run: Runner, science: Path, look: bytes) -> None:
    """The lock is of a deckbuilder to come, or damaged: neither is an error of the program."""
    was = SCIENCE.replace('language = "en"', 'language = "en"\nwas = ["older"]', 1)
    science.write_text(was, encoding="utf-8")
    assert run("build").code == 0
    lock = science.with_suffix(".lock")
    rows = lock.read_bytes().replace(b'"Facts", "digest": "', b'"Facts", "digest": "' + look)
    rows = rows.replace(b'"notetype": "Gaps"', b'"notetype": "Foo"')
    lock.write_bytes(re.sub(rb'("schema": "\w+")\}', rb'\1, "since": "0.1.0"}', rows))
    for command in ("check", "build"):
        ended = run(command)
        assert ended.code == 1
        assert "error[schema-changed]: the note type Foo has other fields" in ended.err


def test_dates_after_now_are_told(
    run: Runner, science: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that was ahead is seen by `check` and `build`, also one that has nothing to do."""
    told = "  the lock has dates after now, up to 2038-01-19: is the clock right? (while it is"
    assert told not in run("build").out
    science.with_suffix(".lock").unlink()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(2**31 - 1))
    assert told in run("build").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    again = run("build").out
    assert "up to date" in again
    assert told in again
    assert told in run("check").out
    science.with_suffix(".lock").unlink()
    assert run("check").out == "source/science.toml: fine, 2 facts\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["check", "good.toml"], 0, id="fine"),
        pytest.param(["build", "good.toml"], 0, id="built"),
        pytest.param(["check", "bad.toml"], 1, id="problem"),
        pytest.param(["build", "bad.toml"], 1, id="problem in a build"),
        pytest.param(["build", "nothing.toml"], 2, id="wrong use"),
        pytest.param(["build", "-o", "good.toml/out", "good.toml"], 3, id="environment"),
    ],
)
def test_exit_codes_of_the_program(tmp_path: Path, arguments: list[str], code: int) -> None:
    """`python -m deckbuilder` ends with 0, 1, 2 or 3, as the command line promises."""
    written(tmp_path / "good.toml", SCIENCE)
    written(tmp_path / "bad.toml", SCIENCE.replace("term", "trem"))
    ended = program(*arguments, cwd=tmp_path)
    assert ended.returncode == code
    assert bool(ended.stderr) is bool(code)
    assert not any(trace.encode() in ended.stderr for trace in TRACES)


# ---------------------------------------------------------------------------- surroundings


def test_file_in_the_way_of_the_folder(run: Runner, science: Path, tmp_path: Path) -> None:
    """An output folder that cannot be made ends with 3, names it, and leaves the file there."""
    written(tmp_path / "file", "mine")
    ended = run("build", "-o", "file/out")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("deckbuilder: ")
    assert "file/out" in ended.err
    assert ended.err.count("\n") == 1
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_folder_in_the_way_of_a_file(run: Runner, science: Path, tmp_path: Path) -> None:
    """An output that cannot be replaced ends with 3, and none of the others changes."""
    run("build")
    (tmp_path / "build" / "science.pdf").unlink()
    written(tmp_path / "build" / "science.pdf" / "inside", "mine")
    science.write_text(SCIENCE.replace("frozen", "cold"), encoding="utf-8")
    before = held(tmp_path / "build")
    ended = run("build")
    assert (ended.code, ended.out) == (3, "")
    assert "science.pdf" in ended.err
    assert ended.err.count("\n") == 1
    assert held(tmp_path / "build") == before
    assert {entry.name for entry in (tmp_path / "build").iterdir()} == {
        "science.apkg",
        "science.pdf",
        "science.tsv",
        "science.manifest.json",
    }


LIMITED = """\
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from deckbuilder.cli import main
main()
"""


@pytest.mark.parametrize("limit", [0, 3_000, 20_000], ids=["lock", "deck", "sheet"])
def test_full_disk(run: Runner, science: Path, tmp_path: Path, limit: int) -> None:
    """Where a file cannot be written whole, the run ends with 3 and earlier outputs are intact."""
    run("build")
    science.write_text(SCIENCE.replace("frozen", "cold"), encoding="utf-8")
    before = held(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), "build"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    assert (ended.returncode, ended.stdout) == (3, "")
    assert re.match("deckbuilder: (File too large|disk I/O error)", ended.stderr)
    assert ended.stderr.count("\n") == 1
    after = held(tmp_path)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} <= {"source/science.lock"}
    assert not list(tmp_path.rglob(".deckbuilder-*"))
    assert run("build").code == 0
    assert held(tmp_path)["build/science.apkg"] != before["build/science.apkg"]


def test_interrupted(
    run: Runner, science: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends the run with 130, without a traceback or an output."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("deckbuilder.files.Stage.publish", interrupt)
    ended = run("build")
    assert ended.code == 130
    assert "Traceback" not in ended.err
    assert held(tmp_path).keys() == {"source/science.toml"}


def test_fault_of_the_program(
    run: Runner, science: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is told shortly, as ours; its traceback comes only where it is asked for."""

    def fail(*_: object) -> None:
        raise ValueError("unforeseen")

    monkeypatch.setattr("deckbuilder.check.check", fail)
    ended = run("build")
    assert (ended.code, ended.out) == (3, "")
    assert "ValueError: unforeseen" in ended.err
    assert "DECKBUILDER_DEBUG" in ended.err
    assert "Traceback" not in ended.err
    assert held(tmp_path).keys() == {"source/science.toml"}
    monkeypatch.setenv("DECKBUILDER_DEBUG", "1")
    with pytest.raises(ValueError, match="unforeseen"):
        main(["build"])


def test_fault_hides_no_problem(run: Runner, science: Path, tmp_path: Path) -> None:
    """The problems of one source are told even if another one cannot be built."""
    written(tmp_path / "source" / "bad.toml", SCIENCE.replace("term", "trem"))
    (tmp_path / "build" / "science.pdf").mkdir(parents=True)
    ended = run("build")
    assert ended.code == 3
    assert "source/bad.toml:14:1: error[no-kind]" in ended.err


@pytest.mark.parametrize("nowhere", ["nowhere", "far.toml"])
@pytest.mark.parametrize("form", ["json", "sarif", "github", "text"])
def test_a_source_that_cannot_be_read_hides_no_other(
    run: Runner, science: Path, tmp_path: Path, form: str, nowhere: str
) -> None:
    """All else is told, and counted, with it; a folder and a link into nowhere are no sources."""
    written(tmp_path / "source" / "bad.toml", SCIENCE.replace("term", "trem"))
    (tmp_path / "source" / "far.toml").symlink_to(nowhere)
    (tmp_path / "source" / "folder.toml").mkdir()
    ended = run("check", "--format", form)
    assert ended.code == 3
    found = ended.out + ended.err
    assert all(f"source/{name}.toml" in found for name in ("bad", "far", "folder"))
    assert f"{science.relative_to(tmp_path)}: fine" in found
    if form == "json":
        report = json.loads(ended.out)
        told = [problem["code"] for problem in report["problems"]]
        assert (report["errors"], told[0], told[-2:]) == (len(told), "no-kind", ["file-fault"] * 2)
    if form == "sarif":
        (log,) = json.loads(ended.out)["runs"]
        codes = [result["ruleId"] for result in log["results"]]
        assert codes.count("file-fault") == 2
        assert {rule["id"] for rule in log["tool"]["driver"]["rules"]} == {*codes}


@pytest.mark.parametrize(
    ("jobs", "nowhere"), [("1", "nowhere"), ("3", "nowhere"), ("1", "far.toml")]
)
def test_a_source_that_cannot_be_read_stops_no_other(
    run: Runner, science: Path, tmp_path: Path, jobs: str, nowhere: str
) -> None:
    """Every other command does its work on the rest, too, and ends as the disk would have it."""
    (tmp_path / "source" / "far.toml").symlink_to(nowhere)
    (tmp_path / "source" / "folder.toml").mkdir()
    ended = run("build", "--jobs", jobs)
    assert ended.code == 3
    assert [line.partition(":")[0] for line in ended.err.splitlines()] == ["deckbuilder"] * 2
    assert (tmp_path / "build" / "science.apkg").exists()
    for command in (["stats"], ["show", "ice"], ["fmt", "--check"], ["lock", "--repair"]):
        ended = run(*command)
        assert ended.code == 3
        assert science.stem in ended.out
        assert all(f"source/{name}.toml" in ended.err for name in ("far", "folder"))


@pytest.mark.parametrize("name", ["loop", "loop/bees"])
def test_a_project_is_not_begun_in_a_link_to_itself(run: Runner, tmp_path: Path, name: str) -> None:
    """The disk is what is in the way, and it is said of what."""
    (tmp_path / "loop").symlink_to("loop")
    ended = run("new", name)
    assert ended.code == 3
    assert ended.err.startswith("deckbuilder: ")
    assert "loop" in ended.err


def test_hidden_files_are_no_sources(run: Runner, science: Path, tmp_path: Path) -> None:
    """Emacs leaves a link into nowhere while a file is not saved, and macOS what it knows of it."""
    (tmp_path / "source" / ".#science.toml").symlink_to("me@host.1:2")
    (tmp_path / "source" / "._science.toml").write_bytes(b"\0\5\x16\7")
    for command in ("check", "build", "fmt", "stats"):
        assert run(command).code == 0
    science.unlink()
    assert "there is no source/*.toml here" in run("check").err


def test_reader_that_has_gone(science: Path, tmp_path: Path) -> None:
    """`deckbuilder … | head` ends quietly."""
    read, write = os.pipe()
    os.close(read)
    ended = program("check", cwd=tmp_path, stdout=write)
    os.close(write)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_two_decks_of_one_id_are_not_built(run: Runner, science: Path, tmp_path: Path) -> None:
    """A copied source that kept its deck's id would replace the other deck in Anki: it is told."""
    written(tmp_path / "source" / "copy.toml", SCIENCE)
    for command in ("build", "check"):
        ended = run(command)
        assert ended.code == 1
        assert "source/science.toml:2:6: error[duplicate-deck]: source/copy.toml has" in ended.err
    assert not (tmp_path / "build").exists()


# ---------------------------------------------------------------------------- terminal

CLEAR = b"\r\x1b[K"


def on_a_terminal(*arguments: str | bytes, cwd: Path) -> tuple[int, bytes]:
    """Run the program on a terminal; return how it ended and all that it wrote there."""
    ours, theirs = pty.openpty()
    ended = program(*arguments, cwd=cwd, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            read = os.read(ours, 65_536)
        except OSError:  # Linux says so where the other end is closed
            read = b""
        if not read:
            break
        shown += read
    os.close(ours)
    return ended.returncode, shown


def test_terminal_sees_what_goes_on(science: Path, tmp_path: Path) -> None:
    """On a terminal the stages of a build are shown on a line that goes away."""
    code, shown = on_a_terminal("build", cwd=tmp_path)
    assert code == 0
    *stages, rest = shown.split(CLEAR)
    first, *at_once, last = [stage.decode() for stage in stages if stage]
    assert (first, last) == ("source/science.toml: reading …", "source/science.toml: writing …")
    assert sorted(at_once) == ["source/science.toml: deck …", "source/science.toml: sheet …"]
    assert rest.startswith(b"source/science.toml: 2 facts")


CLOSED = """\
import os, signal, sys
from deckbuilder.__main__ import run
from deckbuilder.files import Stage
theirs, sent, real = int(sys.argv.pop(1)), int(sys.argv.pop(1)), Stage.open
def closed(stage, name):
    if name.endswith(".lock"):
        os.close(theirs)
        if sent:
            os.kill(os.getpid(), sent)
    return real(stage, name)
Stage.open = closed
run()
"""


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize(("sent", "code"), [(0, 0), (signal.SIGHUP, 129)])
def test_a_terminal_that_is_closed(science: Path, tmp_path: Path, sent: int, code: int) -> None:
    """A build that is told so ends, and leaves nothing; one that is not ends as it would."""
    theirs, ours = pty.openpty()
    command = [sys.executable, "-c", CLOSED, f"{theirs}", f"{int(sent)}", "build", science.name]
    with subprocess.Popen(
        command,
        cwd=science.parent,
        env={**os.environ, "PYTHONPATH": f"{ROOT}/src"},
        stdout=ours,
        stderr=ours,
        pass_fds=[theirs],
    ) as build:
        os.close(theirs)
        os.close(ours)
        assert build.wait(DEADLINE) == code
    assert (science.parent / "build" / "science.apkg").exists() == (not code)
    assert (science.parent / "build").exists() == (not code)


ESCAPES = "\\u001b[2J\\u009b2J\\u0007\\u202E"


def uncolored(shown: bytes) -> str:
    """Return what a terminal shows, without the program's own colours and cleared lines."""
    return re.sub(r"\x1b\[(?:0|1|34|1;31|1;33)m", "", shown.replace(CLEAR, b"").decode())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SCIENCE.replace('"ice"', f'"{ESCAPES}"'), id="id"),
        pytest.param(SCIENCE.replace('"en"', f'"{ESCAPES}"'), id="language"),
        pytest.param(SCIENCE + f'only = "{ESCAPES}"\n', id="choice"),
        pytest.param(SCIENCE + f'"{ESCAPES}" = 1\n', id="key"),
        pytest.param(SCIENCE + f'"{ESCAPES}" = [\n', id="broken file"),
        pytest.param(SCIENCE.replace("frozen", "\x1b[2J"), id="raw"),
        pytest.param(SCIENCE + f"tags = ['a {ESCAPES}', \"b {ESCAPES}\"]\n", id="tag"),
        pytest.param(SCIENCE + '[sheet]\ncheck = ["' + ESCAPES + '"]\n', id="list"),
        pytest.param(SCIENCE.replace("frozen", "\\u202E \\U000E0041"), id="text"),
        pytest.param(SCIENCE.replace('"Science"', f'"Default::{ESCAPES}"'), id="deck's name"),
    ],
)
def test_source_cannot_drive_the_terminal(tmp_path: Path, text: str) -> None:
    """No escape sequence of a source reaches the terminal, however it is reported."""
    written(tmp_path / "science.toml", text)
    code, shown = on_a_terminal("build", "science.toml", cwd=tmp_path)
    assert code == 1
    assert b"error[" in shown
    assert uncolored(shown).replace("\r\n", "").isprintable()


def test_lock_cannot_drive_the_terminal(science: Path, tmp_path: Path) -> None:
    """Nor does one of a lock."""
    program("build", cwd=tmp_path)
    lock = science.with_suffix(".lock")
    line = lock.read_text("utf-8").splitlines()[-1].replace('"steam"', '"\\u001b[2J"')
    lock.write_text(lock.read_text("utf-8") + line + "\n", encoding="utf-8")
    code, shown = on_a_terminal("build", cwd=tmp_path)
    assert code in (0, 1)
    assert uncolored(shown).replace("\r\n", "").isprintable()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("naïve café".encode(), id="UTF-8"),
        pytest.param(b"a\nb", id="line end"),
        pytest.param(b"caf\xe9", id="Latin-1"),
        pytest.param(b"a\x1b[2Jb", id="escape"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
@pytest.mark.parametrize("text", [SCIENCE, SCIENCE + "x = 1\n"], ids=["fine", "wrong"])
def test_odd_file_name(tmp_path: Path, name: bytes, form: str, text: str) -> None:
    """A file name that no terminal should see as it is builds, or is told to be wrong."""
    source = tmp_path / os.fsdecode(name + b".toml")
    written(source, text)
    code, shown = on_a_terminal("build", name + b".toml", "--format", form, cwd=tmp_path)
    assert code == (text != SCIENCE)
    assert uncolored(shown).replace("\r\n", "").isprintable()
    assert not any(trace.encode() in shown for trace in TRACES)


# ---------------------------------------------------------------------------- any input

RELATIONS = (Path(__file__).parents[1] / "source" / "relations.toml").read_text("utf-8")
NASTY = [
    "*", "**", "{{", "}}", "{{c1::", "$", "`", "[a](https://x)", "^", "~", "\\", "'", '"', '"""',
    "#", "=", "[", "]", "[[", "]]", ",", "\n", "\r", "\t", "\x00", "\x1b", "\x7f", "\x85", "\u2028",
    "\ufeff", "\u202e", "\u0301", "\u00ad", "é", "ß", "日本", "😀", "אב", "\ufdd0", "\U0010ffff",
    "0", "-1", "1922-04-16", "true", "1e400", "inf", "9" * 30, "[deck]", "[[topic]]",
    "[[topic.fact]]",
    '\nid = "x"\n', '\nwhen = "c. 1919–33"\n', "\nreverse = 1\n", '\nonly = "deck"\n', "::", " ",
]  # fmt: skip


OTHERS = [
    "0", "1", "-44", "1.5", "nan", "true", "false", "[]", "{}", "{ a = 1 }", "1922-04-16",
    "07:32:00", "1979-05-27T07:32:00Z", '""', '"each"', '"deck"', '"en"', '"1.0.0"', '"Default"',
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return the first source with parts of it deleted, doubled, moved or overwritten."""
    text = RELATIONS
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 1, 5, 40, 500]))
        match draw(st.sampled_from(["put", "delete", "double", "cut"])):
            case "put":
                text = text[:start] + draw(st.sampled_from(NASTY)) + text[end:]
            case "delete":
                text = text[:start] + text[end:]
            case "double":
                text = text[:end] + text[start:end] + text[end:]
            case _:
                text = text[:start]
    return text.encode()


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def listed(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


# Whatever may stand in a file, and for each type what it asks for, with any marks in its texts.
ANYTHING = st.recursive(
    st.lists(st.sampled_from([*NASTY, "a", "b c"]), max_size=4).map("".join).map(quoted)
    | st.sampled_from(OTHERS),
    lambda inner: st.lists(inner, max_size=3).map(listed),
    max_leaves=4,
)
MARKS = [mark for mark in NASTY if mark.isprintable() and mark.isascii()]
TEXTS = st.lists(st.sampled_from([*MARKS, "ice", "é", " "]), max_size=6).map(
    lambda pieces: quoted("".join(["a", *pieces, "{{b}}"]))
)
IDS = st.sampled_from(["a", "b", "c-1", "d.2"]).map(quoted)
FITTING = {
    Type.TEXT: TEXTS,
    Type.GAPPED: TEXTS,
    Type.TEXTS: st.lists(TEXTS, min_size=2, max_size=4).map(listed),
    Type.ITEMS: st.lists(TEXTS, min_size=2, max_size=4).map(listed),
    Type.ROWS: st.lists(st.lists(TEXTS, min_size=3, max_size=3).map(listed), min_size=1).map(
        listed
    ),
    Type.PLAIN: st.just(quoted("A::B & <c>")),
    Type.NAME: st.uuids().map(lambda name: quoted(str(name))),
    Type.NAMES: st.lists(IDS, max_size=1).map(listed),
    Type.TAGS: st.lists(IDS, max_size=3).map(listed),
    Type.FLAG: st.sampled_from(["true", "false"]),
    Type.FILE: st.sampled_from(["any.toml", "none.png", "."]).map(quoted),
    Type.WHEN: st.sampled_from(["1922", "-44", "1922-04-16", '"1919–33"', '"c. 1922"']),
    Type.LANGUAGE: st.sampled_from(["en-GB", "de", "fr", "es"]).map(quoted),
    Type.VERSION: st.just(quoted("0.1.0")),
    Type.ALLOWED: st.lists(
        st.sampled_from(sorted(CODES)).map(lambda code: f'{{ rule = "{code}", why = "so" }}'),
        max_size=2,
    ).map(listed),
    Type.FILE: st.just(quoted("my.css")),
}


@st.composite
def table(draw: st.DrawFn, header: str, keys: tuple[Key, ...]) -> str:
    """Return a table with some of its keys; now and then a required one or a type is wrong."""
    lines = [header]
    for key in keys:
        chance = draw(st.integers(0, 99))  # hypothesis likes the ends, so what is rare is inside
        if chance == 17 if key.required else chance % 3:
            continue
        fitting = st.sampled_from(key.choices).map(quoted) if key.choices else FITTING[key.type]
        lines.append(f"{key.name} = {draw(ANYTHING if chance == 33 else fitting)}")
    return "\n".join([*lines, ""])


@st.composite
def strange(draw: st.DrawFn) -> bytes:
    """Return a source whose tables are in place and whose values are nearly anything."""
    parts = [draw(table("[deck]", schema.DECK))]
    parts += draw(st.lists(table("[[period]]", schema.PERIOD), max_size=1))
    for _ in range(draw(st.integers(1, 2))):
        parts.append(draw(table("[[topic]]", schema.TOPIC)))
        for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3)):
            # now and then, for there is no picture here: it ends in a problem
            media = schema.MEDIA if draw(st.integers(0, 9)) == 5 else ()
            own = tuple(key for key in schema.FACT if key not in schema.MEDIA)
            parts.append(draw(table("[[topic.fact]]", (*kind.keys, *own, *media))))
    parts += draw(st.lists(table("[sheet]", schema.SHEET), max_size=1))
    return "\n".join(parts).encode("utf-8", "replace")


@given(st.binary() | damaged() | strange())
def test_any_source_is_a_deck_or_problems(data: bytes) -> None:
    """No source raises an error; its problems lie in it, each told once, in its order."""
    deck, problems = read_bytes(data, "any.toml")
    assert (deck is None) is bool(problems)
    if deck:
        problems = (*check(deck), *unprintable(deck))
    else:
        assert list(problems) == sorted(problems, key=lambda p: (p.place, p.code, p.message))
    assert len(set(problems)) == len(problems)
    lines = data.decode("utf-8", "replace").split("\n")
    for problem in problems:
        assert 1 <= problem.place.line <= problem.place.end_line <= len(lines)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.binary() | damaged() | strange(),
    form=st.sampled_from(["text", "json", "github", "sarif"]),
)
def test_any_source_ends_in_order(run: Runner, tmp_path: Path, data: bytes, form: str) -> None:
    """Whatever a source holds, building it ends with 0 or 1, and never in a traceback."""
    (tmp_path / "any.toml").write_bytes(data)
    (tmp_path / "my.css").write_text(".front { color: navy }", encoding="utf-8")
    (tmp_path / "any.lock").unlink(missing_ok=True)
    ended = run("build", "any.toml", "--format", form)
    assert ended.code in (0, 1)
    assert not any(trace in ended.err for trace in TRACES)
