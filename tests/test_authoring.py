"""`new`, `show` and `stats`: how a project begins, and what an author sees of its facts."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from configparser import ConfigParser
from email.parser import Parser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import NOW, ROOT, SMALL
from test_media import PNG

from deckbuilder import __version__
from deckbuilder.build import build
from deckbuilder.cards import cards
from deckbuilder.cli import cli
from deckbuilder.cli.sources import moment
from deckbuilder.examine import examine
from deckbuilder.kinds import KINDS
from deckbuilder.model import Deck
from deckbuilder.phrases import ENGLISH
from deckbuilder.read import read_bytes
from deckbuilder.scaffold import project
from deckbuilder.show import source_of
from deckbuilder.stats import figures
from deckbuilder.wheel import INFO, NAME, wheel

CODE = ROOT / "src" / "deckbuilder"
ONLY_SHEET = SMALL.replace('answer = "blue"', 'answer = "blue"\nonly = "sheet"')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that commands run in, at a fixed time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    return tmp_path


OWN = "hdvxb"  # the letters of whoever begins a project at that time


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def held(folder: Path) -> list[str]:
    return sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())


def deck_of(file: Path) -> Deck:
    deck, problems = examine(file)
    assert deck, problems
    return deck


# ---------------------------------------------------------------------------- new


def test_a_new_project_builds_and_tests_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing has to be written first; the source is without a warning and in canonical form."""
    made = run("new", "bees")
    assert made.exit_code == 0, made.output
    assert held(folder / "bees") == sorted(
        [
            ".gitattributes",
            ".github/workflows/ci.yml",
            ".github/workflows/release.yml",
            ".gitignore",
            "Makefile",
            "README.md",
            "requirements-anki.txt",
            "requirements.txt",
            "source/bees.toml",
            "source/deckbuilder.schema.json",
            f"tool/{NAME}",
        ]
    )
    monkeypatch.chdir("bees")
    for arguments in (["check", "--strict"], ["fmt", "--check"], ["build", "--strict"]):
        result = run(*arguments)
        assert result.exit_code == 0, result.output
        assert not result.stderr
    assert {"build/bees.apkg", "build/bees.pdf", "source/bees.lock"} < {*held(Path())}


def test_a_new_project_is_made_by_make(folder: Path) -> None:
    """`make` builds and `make test` checks; a mistake fails the latter.

    With this program in the place of the one that `make` would install: `make proof` does that.
    """
    run("new", "bees")

    def make(*target: str) -> subprocess.CompletedProcess[bytes]:
        program = f"DECKBUILDER='{sys.executable}' -m deckbuilder"
        command = ["make", "-s", *target, program, "READY="]
        ours = ("MAKE", "MFLAGS", "ARGS")  # what the make that runs the tests was told
        kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        return subprocess.run(
            command, cwd="bees", env=kept, capture_output=True, check=False, timeout=60
        )

    for target in ((), ("test",)):
        done = make(*target)
        assert (done.returncode, done.stderr) == (0, b"")
    assert (folder / "bees" / "build" / "bees.pdf").exists()
    source = folder / "bees" / "source" / "bees.toml"
    source.write_text(source.read_text("utf-8").replace("[[topic]]", "[[topik]]"), "utf-8")
    assert make("test").returncode == 2


def test_a_new_project_has_a_fact_of_each_kind(folder: Path) -> None:
    """A newcomer sees every kind once; a new kind belongs into the template."""
    said = run("new", "bees").stdout
    deck = deck_of(folder / "bees" / "source" / "bees.toml")
    assert sorted(fact.kind for fact in deck.facts) == sorted(kind.name for kind in KINDS)
    assert f"bees/source/bees.toml: {len(KINDS)} facts, one of each kind" in said


def test_editors_know_the_source_of_a_new_project(folder: Path) -> None:
    """The schema that its first line names is beside it, and is what `schema` prints."""
    run("new", "bees")
    first = (folder / "bees" / "source" / "bees.toml").read_text("utf-8").partition("\n")[0]
    schema = folder / "bees" / "source" / first.removeprefix("#:schema ")
    assert schema.read_text("utf-8") == run("schema").stdout
    assert schema.name in (folder / "bees" / "README.md").read_text("utf-8")


def test_a_new_project_tells_what_to_do_next(folder: Path) -> None:
    """Its README names targets and commands that there are, and the files of this project."""
    run("new", "bees")
    readme = (folder / "bees" / "README.md").read_text(encoding="utf-8")
    makefile = (folder / "bees" / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"`make (\w+)`", readme)
    assert {*targets} <= {*re.findall(r"^(\w+):", makefile, re.MULTILINE)}
    assert {"test", "fmt", "release"} <= {*targets}
    assert {*re.findall(r"deckbuilder (\w+)`", readme)} <= {*cli.commands}
    assert "source/bees.toml" in readme
    assert "@" not in readme


def test_the_workflows_of_a_new_project_are_clean(folder: Path) -> None:
    """Nothing in them can be abused, GitHub would take them, and they call its make's targets."""
    run("new", "bees")
    workflows = sorted(map(str, (folder / "bees/.github/workflows").iterdir()))
    for command in (
        ["zizmor", "--offline"],
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
        ["check-jsonschema", "--builtin-schema", "custom.github-workflows-require-timeout"],
    ):
        program = Path(sys.executable).with_name(command[0])
        made = subprocess.run(
            [program, *command[1:], *workflows], capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stdout + made.stderr


@pytest.mark.parametrize(
    ("copy", "kept"),
    [
        ("requirements.txt", "requirements.txt"),
        ("requirements-anki.txt", "requirements-anki.txt"),
        ("release.yml", ".github/workflows/release.yml"),
        ("LICENSE", "LICENSE"),
    ],
)
def test_a_new_project_has_what_this_one_has(copy: str, kept: str) -> None:
    """The template's copies are those of this repository (`make lock` and `cp` make them)."""
    template = ROOT / "src" / "deckbuilder" / "template" / copy
    assert template.read_bytes() == (ROOT / kept).read_bytes()


def test_a_new_project_holds_the_program_that_began_it(folder: Path) -> None:
    """Its wheel is locked by hash, has every module and record, and no leavings."""
    run("new", "bees")
    data = (folder / "bees" / "tool" / NAME).read_bytes()
    locked = (folder / "bees" / "requirements.txt").read_text("utf-8").splitlines()[0]
    assert locked == f"./tool/{NAME} --hash=sha256:{hashlib.sha256(data).hexdigest()}"
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        names = held.namelist()
        record = held.read(names[-1]).decode()
    code = {f"deckbuilder/{f.relative_to(CODE).as_posix()}" for f in CODE.rglob("*.py")}
    assert code <= {*names}
    assert "deckbuilder/template/LICENSE" in names
    assert not [name for name in names if name.endswith((".pyc", "~"))]
    assert [row.split(",")[0] for row in record.splitlines()] == names


def test_the_wheel_says_of_the_program_what_pyproject_says() -> None:
    """It is written without pyproject.toml, which an installed program has not."""
    own = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    with zipfile.ZipFile(io.BytesIO(wheel())) as made:
        metadata, entries = (
            made.read(f"{INFO}/{name}").decode() for name in ("METADATA", "entry_points.txt")
        )
    told = Parser().parsestr(metadata)
    assert (told["Name"], told["Version"]) == (own["name"], __version__)
    assert (told["Requires-Python"], told["License-Expression"]) == (
        own["requires-python"],
        own["license"],
    )
    scripts = ConfigParser()
    scripts.read_string(entries)
    assert dict(scripts["console_scripts"]) == own["scripts"]


@pytest.mark.parametrize(
    ("name", "stem", "title"),
    [
        ("French_revolution", "french-revolution", "French revolution"),
        ("a/b/élan vital", "elan-vital", "Élan vital"),
        ('it\'s *new* $1$ "x"', "it-s-new-1-x", "It's new 1 x"),
        ("e\u0301tat", "etat", "État"),
        ("l'école d’été", "l-ecole-dete", "L'école d’été"),
    ],
)
def test_the_name_becomes_id_and_title(folder: Path, name: str, stem: str, title: str) -> None:
    """Whatever a folder may be called, its source is without a problem; the id has more letters."""
    assert run("new", name).exit_code == 0
    source = folder / name / "source" / f"{stem}.toml"
    deck = deck_of(source)
    assert (deck.id, deck.anki) == (f"{stem}-{OWN}", title)
    assert run("fmt", "--check", str(source)).exit_code == 0


def test_no_two_projects_have_one_id(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two teachers begin one of the same name: their decks do not touch each other in Anki.

    The letters hang on the time alone, whatever the machine and its user; nothing else does.
    """
    ids, others = set[str](), []
    for at in range(20):
        made = {**project("biology", NOW + at)}
        source = made.pop("source/biology.toml")
        deck, _ = read_bytes(source, "biology.toml")
        assert deck
        assert re.fullmatch("biology-[b-z]{5}", deck.id)
        ids.add(deck.id)
        others.append(made)
    assert len(ids) == 20
    assert all(other == others[0] for other in others)
    assert project("biology", NOW) == project("biology", NOW)


def test_a_class_that_begins_at_once_has_as_many_ids(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment counts, not the second; a time that is given stands for it."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert len({moment() for _ in range(20)}) == 20
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    assert moment() == NOW


@pytest.mark.parametrize("name", ["French revolution", "-bees"])
def test_the_next_step_can_be_typed(folder: Path, name: str) -> None:
    """The command that is told works in a shell, also for a name with a space or a hyphen."""
    said = run("new", "--", name).stdout
    step = re.search(r"^next: (cd .*) && make$", said, re.MULTILINE)
    assert step
    subprocess.run(["/bin/sh", "-c", f"{step[1]} && test -d source"], check=True)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("full", "full is there already"),
        ("full/file", "full/file is there already"),
        ("日本", "no id can be made of `日本`"),
        ("collection", "replace the learner's whole collection"),
        ("default", "the deck name `Default`"),
        ("Biology::Bees", "no virtual environment in `"),
        ("a:b/bees", "`:` stands between paths, so make could not set one up"),
    ],
)
def test_no_project_is_begun(folder: Path, name: str, why: str) -> None:
    """What is there stays untouched, and a name that makes no good deck is refused in words."""
    (folder / "full").mkdir()
    (folder / "full" / "file").write_text("mine", encoding="utf-8")
    result = run("new", name)
    assert result.exit_code == 2
    assert why in result.stderr
    assert held(folder) == ["full/file"]
    assert (folder / "full" / "file").read_text(encoding="utf-8") == "mine"


def test_a_project_that_does_not_fit_on_the_disk_is_not_begun(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is it in the way of the next try: nothing of it stays, whichever file fails."""
    real, left = Path.replace, [0]

    def replace(file: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(target))
        return real(file, target)

    monkeypatch.setattr(Path, "replace", replace)
    for room in range(11):
        left[0] = room
        assert run("new", "lakes/great").exit_code
        assert not [*folder.iterdir()]
    left[0] = 11
    assert run("new", "lakes/great").exit_code == 0


def test_a_project_may_begin_in_an_empty_folder(folder: Path) -> None:
    """`deckbuilder new .` takes the name of the folder that it is run in."""
    assert run("new", ".").exit_code == 0
    assert len(held(folder)) == 11


# ---------------------------------------------------------------------------- stats


@pytest.mark.parametrize("file", ["source/relations.toml", "tests/samples/science.toml"])
def test_the_figures_are_those_of_the_build(tmp_path: Path, file: str) -> None:
    """Facts, cards and pages are what a build says; the kinds add up."""
    source = tmp_path / "a.toml"
    source.write_bytes((ROOT / file).read_bytes())
    (stats,) = json.loads(run("stats", "--format", "json", str(source)).stdout)["sources"]
    assert [*tmp_path.iterdir()] == [source]
    built = build(source, tmp_path / "out", NOW)
    assert (stats["facts"], stats["cards"], stats["pages"]) == (
        built.facts,
        built.cards,
        built.pages["a.pdf"],
    )
    assert sum(stats["kinds"].values()) == built.facts


def test_the_figures_of_a_small_deck(folder: Path) -> None:
    """Every figure can be counted by hand."""
    text = SMALL.replace('answer = "blue"', 'answer = "blue"\nreverse = true\ncite = "A book"')
    (folder / "a.toml").write_text(text + 'cite = "A book"\nonly = "deck"\n', encoding="utf-8")
    (stats,) = json.loads(run("stats", "--format", "json", "a.toml").stdout)["sources"]
    assert stats == {
        "file": "a.toml",
        "deck": "small",
        "title": "A small deck",
        "version": "0.1.0",
        "facts": 2,
        "kinds": {"question": 1, "cloze": 1},
        "only": {"deck": 1, "sheet": 0, "asked": 0},
        "both_ways": 1,
        "cited": 2,
        "references": 1,
        "topics": 1,
        "cards": 4,
        "cards_per_fact": 2.0,
        "answers": {"median": 5.5, "longest": 25, "fact": "sky"},  # blue, green, spring
        "pages": 1,
    }


@pytest.mark.parametrize(("reverse", "both_ways"), [("", 1), ("reverse = false", 0)])
def test_a_translation_is_asked_both_ways(folder: Path, reverse: str, both_ways: int) -> None:
    """It is counted as what is reversed is, unless it is asked one way."""
    text = SMALL.replace('answer = "blue"', f'answer = "blue"\ntranslation = true\n{reverse}')
    (folder / "a.toml").write_text(text, encoding="utf-8")
    (stats,) = json.loads(run("stats", "--format", "json", "a.toml").stdout)["sources"]
    assert stats["both_ways"] == both_ways


def test_the_table_names_the_longest_answer(folder: Path) -> None:
    """Each row is a figure with its words; numbers end in one column."""
    (folder / "a.toml").write_text(ONLY_SHEET, encoding="utf-8")
    said = run("stats", "a.toml").stdout.splitlines()
    assert said[0] == "a.toml: A small deck, version 0.1.0"
    assert "  facts      2  1 question, 1 cloze" in said
    assert "  left out   1  1 only on the sheet" in said
    assert "  longest    6  characters: grass" in said


def test_a_deck_without_cards_has_figures(folder: Path) -> None:
    """A source may be for print alone."""
    text = ONLY_SHEET + 'only = "sheet"\n'
    (folder / "a.toml").write_text(text, encoding="utf-8")
    stats = figures(deck_of(folder / "a.toml"), 1)
    assert (stats.cards, stats.cards_per_fact, stats.answers.longest) == (0, 0, 0)
    assert run("stats", "a.toml").exit_code == 0


def test_a_broken_source_has_no_figures(folder: Path) -> None:
    """Its problems are told beside the one document, in which the others stand."""
    (folder / "a.toml").write_text(SMALL, encoding="utf-8")
    (folder / "b.toml").write_text(SMALL.replace("answer", "answr"), encoding="utf-8")
    result = run("stats", "--format", "json", "a.toml", "b.toml")
    assert result.exit_code == 1
    assert [stats["file"] for stats in json.loads(result.stdout)["sources"]] == ["a.toml"]
    assert "error[unknown-key]" in result.stderr
    assert "earlier outputs" not in result.stderr


# ---------------------------------------------------------------------------- show


def test_a_fact_is_shown_whole(folder: Path) -> None:
    """Its lines as they are written, its cards, and what becomes of it on paper."""
    text = SMALL.replace('id = "grass"', '\tid = "grass"# \ttab') + 'extra = "Often."\n# more\n'
    (folder / "a.toml").write_text(text, encoding="utf-8")
    result = run("show", "grass", "a.toml")
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
a.toml:19: grass, a fact of the kind `cloze`

[[topic.fact]]
\tid = "grass"# \ttab
cloze = "Grass is {{green}} in {{spring}}."
extra = "Often."

card 1   Grass is [...] in spring.
         → Grass is green in spring.

card 2   Grass is green in [...].
         → Grass is green in spring.

deck     Tests::Small
tags     small::one

sheet    First topic, number 2
         Grass is green in spring.
         Often.
"""
    )


def test_exponents_are_shown_as_such(folder: Path) -> None:
    """A fact that is shown keeps 10⁹ and 109 apart, on its cards and on the sheet."""
    text = SMALL.replace("{{green}}", "{{10^9^}} CO~2~").replace("First topic", "First m^2^")
    (folder / "a.toml").write_text(text, encoding="utf-8")
    shown = run("show", "grass", "a.toml").stdout
    assert shown.count("Grass is 10⁹ CO₂ in spring.") == 3
    assert "First m², number 2" in shown


def test_every_fact_can_be_shown(relations: Path) -> None:
    """Its lines are a stretch of the source with its id and no other's, and each card is there."""
    deck = deck_of(relations)
    for fact in deck.facts:
        lines = source_of(deck, fact)
        assert lines in deck.source.text
        assert re.findall(r'^id +?= "(.*)"', lines, re.MULTILINE) == [fact.id]
        assert lines.startswith("[[topic.fact]]\n")
        assert len(re.findall("^\\w+ +=", lines, re.MULTILINE)) == len(
            [path for path in deck.source.scan.spans if path[:-1] == fact.at]
        )
    fact = next(fact for fact in deck.facts if fact.id == "agreements-in-order")
    shown = run("show", fact.id, str(relations)).stdout
    assert len(re.findall("^card ", shown, re.MULTILINE)) == len(cards(fact))
    assert "\n         → Which four agreements" in shown
    assert "\n           1. Trade Treaty" in shown


def test_a_hint_is_shown_with_its_card(folder: Path) -> None:
    """It belongs to the question, not to its answer or to the way back."""
    both = SMALL + '\n[[topic.fact]]\nid = "hue"\nterm = "hue"\n'
    both += 'definition = "colour"\nreverse = true\nhint = "as *in* paint"\n'
    (folder / "a.toml").write_text(both, encoding="utf-8")
    shown = run("show", "hue", "a.toml").stdout
    assert shown.count("(as in paint)") == 1
    assert "(as in paint)\n         → colour" in shown


@pytest.mark.parametrize("front", [False, True])
def test_a_picture_is_shown_by_its_name_where_it_is_seen(folder: Path, front: bool) -> None:
    """Below the question that it goes with, or else below each answer; on the sheet with all."""
    (folder / "wave.png").write_bytes(PNG)
    text = SMALL + '\n[[topic.fact]]\nid = "hue"\nterm = "hue"\n'
    text += 'definition = "colour"\nreverse = true\nimage = "wave.png"\nalt = "A wave"\n'
    text += 'credit = "By *me*"\ncite = "A book"\n' + 'media = "front"\n' * front
    (folder / "a.toml").write_text(text, encoding="utf-8")
    shown = run("show", "hue", "a.toml").stdout
    asked = "What does it mean?\n         [picture: wave.png]\n         → colour\n"
    told = "→ colour\n           [picture: wave.png]\n"
    assert (asked in shown, told in shown) == (front, not front)
    assert "→ hue\n           [picture: wave.png]\n" in shown
    assert shown.endswith("\n         [picture: wave.png]\n         By me\n         A book\n")


def test_what_is_left_out_is_said(folder: Path) -> None:
    """A fact that is only printed has no cards, one that is only learned no number on paper."""
    (folder / "a.toml").write_text(ONLY_SHEET + 'only = "deck"\n', encoding="utf-8")
    printed, learned = (run("show", name, "a.toml").stdout for name in ("sky", "grass"))
    assert "card 1" not in printed
    assert "First topic, number 1" in printed
    assert "card 1" in learned
    assert "number" not in learned


def test_a_fact_is_where_the_sheet_has_it(folder: Path) -> None:
    """A term is in the glossary; an event opens with its date, its section's, too."""
    term = '\n[[topic.fact]]\nid = "hue"\nterm = "hue"\ndefinition = "colour"\n'
    event = '\n[[topic.fact]]\nid = "{0}"\nevent = "Spring came."\nwhen = {0}\n'
    (folder / "a.toml").write_text(SMALL + term + event.format(1900) + event.format(1901), "utf-8")
    shown = {name: run("show", name, "a.toml").stdout for name in ("hue", "1900", "1901")}
    assert f"\nsheet    {ENGLISH.glossary}, number 5\n         hue colour\n" in shown["hue"]
    assert "\nsheet    First topic, number 3\n         1900 Spring came.\n" in shown["1900"]
    assert "\nsheet    First topic, number 4\n         1901 Spring came.\n" in shown["1901"]


def test_a_fact_may_be_written_in_one_line(folder: Path) -> None:
    """A table in braces is TOML, too."""
    topic = SMALL.split("[[topic.fact]]", maxsplit=1)[0]
    fact = '{ id = "x", cloze = "{{a}} b" }'
    (folder / "a.toml").write_text(f"{topic}fact = [{fact}]\n", encoding="utf-8")
    assert f"\n\n{fact}\n\n" in run("show", "x", "a.toml").stdout


def test_a_fact_is_looked_for_in_every_source(folder: Path) -> None:
    """Two sources may have facts of one id; both are shown."""
    (folder / "source").mkdir()
    for name in ("a", "b", "c"):
        text = SMALL.replace('"sky"', '"sea"') if name == "c" else SMALL
        (folder / "source" / f"{name}.toml").write_text(text, encoding="utf-8")
    shown = run("show", "sky").stdout
    assert re.findall("^source/(.)", shown, re.MULTILINE) == ["a", "b"]
    assert run("show", "sea").stdout.startswith("source/c.toml")


def test_an_unknown_fact_is_an_error(folder: Path) -> None:
    """A near id is named; a whole deck of ids is not."""
    (folder / "a.toml").write_text(SMALL, encoding="utf-8")
    near, far = run("show", "gras", "a.toml"), run("show", "x", "a.toml")
    assert (near.exit_code, far.exit_code) == (1, 1)
    assert near.stderr == "Error: no fact has the id `gras`; did you mean `grass`?\n"
    assert far.stderr == "Error: no fact has the id `x`\n"


def test_a_broken_source_shows_no_fact(folder: Path) -> None:
    """Its problems are told instead, and the fact is not said to be unknown."""
    (folder / "a.toml").write_text(SMALL.replace("answer", "answr"), encoding="utf-8")
    result = run("show", "sky", "a.toml")
    assert result.exit_code == 1
    assert "error[unknown-key]" in result.stderr
    assert "no fact has the id" not in result.stderr
