"""Several sources are built at once as they are one by one, and one that fails stops no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SMALL
from test_cli import Runner, run  # noqa: F401 - a fixture

NAMES = ("a", "b", "c", "d")


@pytest.fixture
def sources(run: Runner) -> list[str]:  # noqa: F811
    """Four sources in the folder of the run, of other lengths, the second with an error."""
    for n, name in enumerate(NAMES):
        text = SMALL.replace('"small"', f'"{name}"').replace("Tests::Small", f"Tests::{name}")
        more = "".join(
            f'\n[[topic.fact]]\nid = "f{i}"\nterm = "Term {i}"\ndefinition = "word {i}"\n'
            for i in range(80 * (3 - n))
        )
        broken = '\n[[topic.fact]]\nid = "x"\nclosed = "?"\n' if name == "b" else ""
        Path(f"{name}.toml").write_text(text + more + broken, "utf-8")
    return [f"{name}.toml" for name in NAMES]


def files(folder: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


def test_jobs_change_nothing_but_the_time(run: Runner, sources: list[str]) -> None:  # noqa: F811
    """The same files, the same words in the same order, the same exit code."""
    one = run("build", *sources, "-o", "one")
    for lock in Path().glob("*.lock"):
        lock.unlink()
    three = run("build", *sources, "-o", "three", "--jobs", "3")
    assert (one.code, three.code) == (1, 1)
    assert three.out == one.out.replace("one/", "three/")
    assert three.err == one.err
    assert "b.toml" in three.err
    assert files("three") == files("one")
    assert [f"{name}.apkg" in files("one") for name in NAMES] == [True, False, True, True]


def test_more_jobs_than_processors(
    run: Runner,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On one processor several sources with drawings are built all the same, as `make -j` asks."""
    monkeypatch.setattr("deckbuilder.processes.processors", lambda: 1)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><rect height="4"/></svg>'
    Path("x.svg").write_text(drawing, "utf-8")
    text = f'{SMALL}image = "x.svg"\nalt = "A lake"\n'
    for name in ("a", "b"):
        own = text.replace('"small"', f'"{name}"').replace("Tests::Small", f"Tests::{name}")
        Path(f"{name}.toml").write_text(own, "utf-8")
    ended = run("build", "a.toml", "b.toml", "-o", "out", "--jobs", "2")
    assert (ended.code, ended.err) == (0, "")
    assert {"a.apkg", "b.apkg"} <= files("out").keys()


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_fault_of_the_disk_stops_one_source(
    run: Runner,  # noqa: F811
    sources: list[str],
    jobs: str,
) -> None:
    """A lock that cannot be read is told, and all other sources are built."""
    Path("a.lock").mkdir()
    ended = run("build", "a.toml", "c.toml", "d.toml", "-o", "out", "--jobs", jobs)
    assert ended.code == 3
    assert "a.lock" in ended.err
    assert "c.toml: " in ended.out
    assert {"c.apkg", "d.apkg"} <= files("out").keys()
    assert "a.apkg" not in files("out")


@pytest.mark.usefixtures("signals")
def test_ctrl_c_in_a_terminal_reaches_all_processes(sources: list[str]) -> None:
    """None is ended once more while it takes away what it has half made."""
    command = [sys.executable, "-m", "deckbuilder", "build", *sources, "-o", "out", "--jobs", "3"]
    own = {**os.environ, "PYTHONPATH": f"{ROOT}/src"}
    for _ in range(4):
        with subprocess.Popen(command, env=own, start_new_session=True) as build:
            while build.poll() is None and not [*Path().glob("out/.deckbuilder-*/*")]:
                time.sleep(0.005)
            os.killpg(build.pid, signal.SIGINT)
            assert build.wait(50) == 130
        assert not [*Path().glob("out/.deckbuilder-*")]


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_ends_the_program_ends_all_work(sources: list[str], number: int) -> None:
    """Only the first process is told; each of the others takes away what it has half made."""
    command = [sys.executable, "-m", "deckbuilder", "build", *sources, "-o", "out", "--jobs", "3"]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": f"{ROOT}/src"}) as build:
        while build.poll() is None and not [*Path().glob("out/.deckbuilder-*")]:
            time.sleep(0.01)
        build.send_signal(number)
        assert build.wait(50) == 128 + number
    assert not [*Path().glob("out/.deckbuilder-*")]
