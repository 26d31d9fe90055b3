"""README and docs/ say what is true: samples compile, output is real, no key is left out.

What is generated has tests of its own, and so has docs/adding.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from PIL import Image

from deckbuilder import schema
from deckbuilder.assets import LARGEST_ASSET
from deckbuilder.cli import cli
from deckbuilder.examine import examine
from deckbuilder.kinds import KINDS
from deckbuilder.model import LAST_GAP
from deckbuilder.reports.formats import MOST_SHOWN
from deckbuilder.toml import LARGEST_FILE
from deckbuilder.toml.faults import MOST_FAULTS
from deckbuilder.values.texts import LONGEST_FIELD
from deckbuilder.when import LAST_YEAR

README = (ROOT / "README.md").read_text(encoding="utf-8")
BY_HAND = ("writing", "anki", "printing", "updates", "publishing", "formulas")
DOCS = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in BY_HAND}
MANUAL = "\n".join([README, *DOCS.values()])
SAMPLES = re.findall(r"^```toml\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#[^)]*)?\)")
MOST_LINES = 200  # of README: five minutes
WHOLE = next(sample for sample in SAMPLES if sample.startswith("[deck]"))


@pytest.mark.parametrize("sample", SAMPLES, ids=range(len(SAMPLES)))
def test_each_sample_compiles(sample: str, tmp_path: Path) -> None:
    """What README and docs/ show can be typed in, below the whole source."""
    file = tmp_path / "sample.toml"
    (tmp_path / "media").mkdir()
    for image in re.findall('^image += "(.+)"', sample, re.MULTILINE):
        Image.new("RGB", (30, 20)).save(tmp_path / image)
    file.write_text(sample if sample is WHOLE else WHOLE + sample, encoding="utf-8")
    deck, problems = examine(file)
    assert not problems
    assert deck


def test_the_samples_show_every_kind() -> None:
    """A newcomer sees each kind of fact once."""
    assert {kind.name for kind in KINDS} <= set(
        re.findall(r"^(\w+) +=", "".join(SAMPLES), re.MULTILINE)
    )


def test_every_key_is_told() -> None:
    """No table and no kind has a key that neither README nor docs/ names."""
    keys = [*schema.DECK, *schema.PERIOD, *schema.TOPIC, *schema.FACT, *schema.SHEET, *schema.PRINT]
    keys += [key for kind in KINDS for key in kind.keys]
    shown = re.findall(r"^(\w+) +=", "".join(SAMPLES), re.MULTILINE)
    missing = [k.name for k in keys if f"`{k.name}`" not in MANUAL and k.name not in shown]
    assert missing == []


def test_the_limits_are_those_of_the_program() -> None:
    """Each number that is given as a limit is the one that is kept."""
    text = DOCS["writing"]
    limits = text[text.index("\nA text has ") :].partition("\n\n")[0].replace("\n", " ")
    for said in (
        f"A text has {LONGEST_FIELD:,} characters",
        f"a fact {LAST_GAP} gaps or items",
        f"a source {LARGEST_FILE // 10**6} MB",
        f"a font {LARGEST_ASSET // 10**6} MB",
        f"years end at {LAST_YEAR}",
        f"At most {MOST_SHOWN} problems",
        f"{MOST_FAULTS} where a file is no TOML",
    ):
        assert said in limits, said


def test_the_output_shown_is_real(relations: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers in README are those of the first source today."""
    folder = relations.parent / "source"
    folder.mkdir()
    for file in (relations, relations.with_suffix(".lock")):
        file.rename(folder / file.name)
    monkeypatch.chdir(relations.parent)
    result = CliRunner().invoke(cli, ["build"])
    assert result.exit_code == 0, result.output
    for line in result.output.splitlines()[:3]:
        assert f"\n{line}\n" in README, line


def test_the_problem_shown_is_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt key is told as docs/writing.md shows it."""
    shown = next(text for text in re.findall(r"```text\n(.*?)```", DOCS["writing"], re.DOTALL))
    line = re.findall(r"^14 \| (.*)$", shown, re.MULTILINE)[0]
    deck = WHOLE[: WHOLE.index("\n[[topic")]
    before = f'{deck}\n[[topic]]\nid = "t"\ntitle = "T"\n[[topic.fact]]\nid = "x"\n'
    blank = "\n" * (13 - before.count("\n"))
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "lakes.toml").write_text(f"{blank}{before}{line}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert shown in CliRunner().invoke(cli, ["check"]).output


def test_every_command_and_option_is_told() -> None:
    """README names each command of the command line; it or docs/ each option."""
    for name, command in cli.commands.items():
        assert f"deckbuilder {name}" in README or name == "pack"
        for option in command.params:
            flags = [flag for flag in option.opts if flag.startswith("-")]
            assert not flags or any(flag in MANUAL for flag in flags), option.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_have_the_options_they_are_shown_with(page: Path) -> None:
    """What a page shows can be typed; its remark may name other options of the same command."""
    for name, rest in re.findall(r"\bdeckbuilder ([a-z]+)\b([^`\n]*)", page.read_text("utf-8")):
        if name in cli.commands:
            known = {flag for option in cli.commands[name].params for flag in option.opts}
            assert {*re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest)} <= known, (name, rest)


def test_a_newcomer_reads_it_in_five_minutes() -> None:
    """README is short; what it leaves out is one link away."""
    assert len(README.splitlines()) < MOST_LINES
    assert {f"docs/{page.name}" for page in (ROOT / "docs").iterdir()} <= {*LINK.findall(README)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    """Each page, picture and file that a page links to is there."""
    text = re.sub(
        r"^```.*?^```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for target in LINK.findall(text):
        assert (page.parent / target).exists(), target


def test_the_handouts_are_those_of_the_program() -> None:
    """The printing guide has a row for each handout, in the order of the program."""
    assert re.findall(r"^\| `(\w+)` \|", DOCS["printing"], re.MULTILINE) == [*schema.HANDOUTS]


def test_the_changelog_speaks_to_learners_and_authors() -> None:
    """The newest heading of the changelog has a word for each of them."""
    newest = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]
    assert "### Deck" in newest
    assert "### Tool" in newest
