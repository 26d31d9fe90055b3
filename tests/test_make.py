"""`make` builds what is not up to date, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import ROOT, SMALL

LAUNCHER = f"""#!/bin/sh
exec "{sys.executable}" -P -m deckbuilder "$@"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a source of its own, whose .venv is ready."""
    checkout = tmp_path / "a checkout"
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    (checkout / "source").mkdir()
    (checkout / "source" / "a deck.toml").write_text(SMALL, "utf-8")
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, checkout)
    (programs / "python").symlink_to(sys.executable)
    (programs / "deckbuilder").write_text(LAUNCHER, "utf-8")
    (programs / "deckbuilder").chmod(0o755)
    (checkout / ".venv" / ".ready").touch()
    return checkout


def make(checkout: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        ["make", *targets],
        cwd=checkout,
        env={**environment, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_make_knows_what_is_up_to_date(checkout: Path) -> None:
    """Built once, a second time nothing is; a handout that is gone is made again."""
    handout = checkout / "build" / "a deck-quiz.pdf"
    with (checkout / "source" / "a deck.toml").open("a", encoding="utf-8") as source:
        source.write('\n[print]\nhandouts = ["quiz"]\n')
    first, second = make(checkout), make(checkout)
    assert (first.returncode, first.stderr) == (0, "")
    assert "up to date" not in first.stdout
    assert "up to date" in second.stdout
    handout.unlink()
    assert "up to date" not in make(checkout).stdout
    assert handout.exists()
    assert "up to date" in make(checkout, "FROZEN=yes").stdout


@pytest.mark.parametrize("project", [".", "src/deckbuilder/template"])
def test_setting_up_tells_how_the_program_is_called(project: str) -> None:
    """Messages write `deckbuilder`: which file that is, and when it is a command, is said once."""
    makefile = (ROOT / project / "Makefile").read_text("utf-8")
    told = makefile.partition("\n$(READY): ")[2].partition("\n\n")[0].splitlines()[-1]
    readme = (ROOT / project / "README.md").read_text("utf-8")
    for text in (told, readme):
        assert ".venv/bin/deckbuilder" in text
        assert "`. .venv/bin/activate`" in text
    assert "`pip install deckbuilder`" in readme


def test_make_tells_a_failed_build_each_time(checkout: Path) -> None:
    """A source with a problem fails make until it is mended, though earlier outputs are there."""
    source = checkout / "source" / "a deck.toml"
    assert make(checkout).returncode == 0
    source.write_text(SMALL.replace("[[topic]]", "[[topik]]"), "utf-8")
    assert [make(checkout).returncode for _ in range(2)] == [2, 2]
    source.write_text(SMALL, "utf-8")
    assert "up to date" in make(checkout).stdout


def test_make_without_a_source(checkout: Path) -> None:
    """There is nothing to do, and that is no mistake."""
    (checkout / "source" / "a deck.toml").unlink()
    done = make(checkout)
    assert (done.returncode, done.stdout) == (0, "source/ holds no TOML file.\n")


def test_the_launcher_can_be_linked_to(checkout: Path, tmp_path: Path) -> None:
    """A link in a folder of the PATH, to the launcher or to another link, runs the checkout."""
    text = (ROOT / "Makefile").read_text("utf-8")
    launcher = checkout / ".venv" / "bin" / "deckbuilder"
    launcher.write_text(text.split("define LAUNCHER\n")[1].split("\nendef")[0].replace("$$", "$"))
    (tmp_path / "first").symlink_to(launcher.relative_to(tmp_path))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "deckbuilder").symlink_to("../first")
    environment = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", Path(click.__file__).parents[1]))),
    }
    for program in (str(launcher), "deckbuilder", "bin/deckbuilder"):
        command = [program, "--version"]
        said = subprocess.check_output(command, cwd=tmp_path, env=environment, text=True)
        assert said.startswith("deckbuilder ")
