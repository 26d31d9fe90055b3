"""What the tests share."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from deckbuilder.build import build
from deckbuilder.cli import main
from deckbuilder.model import Deck
from deckbuilder.problems import errors
from deckbuilder.read import read, read_bytes

ROOT = Path(__file__).parents[1]
NOW = 1_790_000_000  # the time of a test's first build

settings.register_profile("untimed", deadline=None)  # a slow machine is no fault of ours
settings.load_profile("untimed")

SMALL = """\
[deck]
id = "small"
title = "A small deck"
anki = "Tests::Small"
version = "0.1.0"
language = "en"
summary = "What this is about."

[[topic]]
id = "one"
title = "First topic"
when = 1900

[[topic.fact]]
id = "sky"
question = "Which colour has the sky?"
answer = "blue"

[[topic.fact]]
id = "grass"
cloze = "Grass is {{green}} in {{spring}}."
"""


def deck_of(source: Path | bytes | str) -> Deck:
    """Return the deck that a file holds, or a text."""
    if isinstance(source, Path):
        deck, problems = read(source)
    else:
        data = source.encode() if isinstance(source, str) else source
        deck, problems = read_bytes(data, "deck.toml")
    assert deck, problems
    return deck


def packed(source: Path, now: int = NOW) -> bytes:
    """Build a source and return its package."""
    built = build(source, source.parent / "out", now)
    assert not errors(built.problems), built.problems
    return (source.parent / "out" / f"{source.stem}.apkg").read_bytes()


def python(folder: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own, which has one thread, and this checkout's code."""
    return subprocess.run(
        [sys.executable, "-P", "-c", script, *arguments],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT}/src",
            "SOURCE_DATE_EPOCH": f"{NOW}",
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on where it runs: at GitHub and in some terminals problems look otherwise."""
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def signals() -> Iterator[None]:
    """What a test starts is ended by Ctrl-C and a closed terminal, though the tests may not be."""
    numbers = (signal.SIGINT, signal.SIGHUP)
    before = [signal.signal(number, signal.default_int_handler) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A source of two facts."""
    file = tmp_path / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.fixture
def relations(tmp_path: Path) -> Path:
    """A copy of the first source with its lock, so that no test writes into the checkout."""
    for name in ("relations.toml", "relations.lock"):
        shutil.copy(ROOT / "source" / name, tmp_path / name)
    return tmp_path / "relations.toml"


Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Run the command line; return its exit code and what it said, to whom it said it."""

    def tell(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments)])
        assert isinstance(end.value.code, int)
        return end.value.code, *capsys.readouterr()

    return tell


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test has not been run, so it fails."""
    report = yield
    if os.environ.get("DECKBUILDER_NO_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and in CI every test has to run: {report.longrepr}"
    return report
