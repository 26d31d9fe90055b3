"""docs/adding.md is true: its kind and its handout, put into a copy of the program, work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOW, ROOT, SMALL

PAGE = (ROOT / "docs" / "adding.md").read_text("utf-8")
FILES = dict(re.findall(r"^`src/(\S+)`:\n\n```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
KIND, HANDOUT = "deckbuilder/kinds/word.py", "deckbuilder/writers/pdf/handouts/checklist.py"
FACTS = "\n".join(re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
MOST_LINES = 120


class Copy:
    """A copy of the program with the files of the page, and their names in the tuples."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.code = folder, folder / "src"
        shutil.copytree(ROOT / "src", self.code, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        for name, text in FILES.items():
            assert not (self.code / name).exists()
            (self.code / name).write_text(text, "utf-8")
        self.change("kinds/__init__.py", ", QUOTE)", ", QUOTE, WORD)")
        self.change(
            "kinds/__init__.py",
            "import TERM\n",
            "import TERM\nfrom deckbuilder.kinds.word import WORD\n",
        )
        self.change(
            "schema.py", 'HANDOUTS = (\n    "quiz",', 'HANDOUTS = (\n    "checklist",\n    "quiz",'
        )

    def change(self, name: str, old: str, new: str) -> None:
        file = self.code / "deckbuilder" / name
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")

    def run(self, *arguments: str, module: str = "deckbuilder") -> str:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", module, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.code), "SOURCE_DATE_EPOCH": str(NOW)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    made = Copy(tmp_path_factory.mktemp("copy"))
    (made.folder / "a.toml").write_text(f"{SMALL}\n{FACTS}", "utf-8")
    return made


def test_the_map_is_whole() -> None:
    """Each module and each folder of the program has its place in it."""
    told = PAGE.partition("## Where things are")[2].partition("\n## ")[0]
    there = [
        path.name if path.is_file() else f"{path.name}/"
        for path in (ROOT / "src" / "deckbuilder").iterdir()
        if path.suffix in (".py", "") and not path.name.startswith("__")
    ]
    assert [name for name in sorted(there) if not re.search(rf"[`/]{re.escape(name)}", told)] == []


def test_the_examples_are_short() -> None:
    """One file each, and of a length that can be read at a sitting."""
    assert [*FILES] == [KIND, HANDOUT]
    assert all(len(text.splitlines()) < MOST_LINES for text in FILES.values())


def test_a_deck_is_built_with_both(copy: Copy) -> None:
    """The new kind is in deck, sheet and each handout, the new handout holds all kinds: proved."""
    said = copy.run("build", "a.toml", "--handouts", "all", "--strict")
    assert "a.toml: 3 facts, 5 cards" in said
    assert "build/a-checklist.pdf" in said
    copy.run("verify", "build")
    shown = copy.run("show", "abeille", "a.toml")
    assert "une abeille" in shown
    assert "a bee" in shown
    assert "The card asks for what it shows." in copy.run("explain", "same-word")
    assert '"meaning"' in copy.run("schema")
    assert copy.run("fmt", "a.toml").startswith("a.toml: ")


def test_the_examples_are_in_the_house_style(copy: Copy) -> None:
    """Format, style and types are those of the program."""
    files = [str(copy.code / name) for name in FILES]
    config = str(ROOT / "pyproject.toml")
    copy.run("format", "--check", "--config", config, *files, module="ruff")
    copy.run("check", "--config", config, "--no-cache", *files, module="ruff")
    typed = ["--config-file", config, "--no-incremental", *files]
    assert "Success" in copy.run(*typed, module="mypy")
