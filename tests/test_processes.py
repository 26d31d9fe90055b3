"""Several processes make what one makes, and what is lost on the way is made again."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from conftest import ROOT, python

from deckbuilder.examine import FEW

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does all")

# a piece waits until another process has taken one, too: else one alone might do all the work
PIECES = """\
import json, os, signal, sys, threading, time
from pathlib import Path
from deckbuilder.processes import together

def piece(n):
    def make():
        Path(f"by-{os.getpid()}").touch()
        waited = time.monotonic() + 10
        while len(list(Path().glob("by-*"))) < expected and time.monotonic() < waited:
            time.sleep(0.01)
        return what(n)
    return make

first, expected = os.getpid(), 2
"""
RUN = "print(json.dumps([first, together([piece(n) for n in range(4)], 2)]))"


@linux
def test_two_processes_share_the_pieces(tmp_path: Path) -> None:
    """Each piece is made once, and all stand in their order."""
    ended = python(tmp_path, f"{PIECES}what = lambda n: [n, os.getpid()]\n{RUN}")
    first, made = json.loads(ended.stdout)
    assert [n for n, _ in made] == [0, 1, 2, 3]
    by = {process for _, process in made}
    assert len(by) == 2
    assert first in by


@linux
@pytest.mark.parametrize(
    "loses",
    [
        "os.kill(os.getpid(), signal.SIGKILL)",
        "1 / 0",
        "(lambda: 0)",  # it cannot be sent
    ],
    ids=["killed", "raises", "unsendable"],
)
def test_what_another_process_loses_is_made_here(tmp_path: Path, loses: str) -> None:
    """No result is missing, and nothing of the other process shows."""
    what = f"what = lambda n: [n, os.getpid()] if os.getpid() == first else {loses}\n"
    ended = python(tmp_path, f"{PIECES}{what}{RUN}")
    first, made = json.loads(ended.stdout)
    assert made == [[n, first] for n in range(4)]
    assert not ended.stderr


@linux
def test_a_fault_shows_and_leaves_no_process(tmp_path: Path) -> None:
    """A fault here ends all: the other process too, which would have gone on for an hour."""
    what = "what = lambda n: 1 / 0 if os.getpid() == first else time.sleep(3600)\n"
    ended = python(
        tmp_path,
        f"{PIECES}{what}"
        "try:\n    together([piece(n) for n in range(4)], 2)\n"
        "except ZeroDivisionError:\n    print('shown')\n"
        "try:\n    os.waitpid(-1, 0)\nexcept ChildProcessError:\n    print('none left')\n",
    )
    assert ended.stdout.split("\n")[:2] == ["shown", "none left"], ended.stderr


def test_a_process_with_threads_is_not_copied(tmp_path: Path) -> None:
    """A copy would have one of the threads, and the locks of all."""
    ended = python(
        tmp_path,
        f"{PIECES.replace('expected = os.getpid(), 2', 'expected = os.getpid(), 1')}"
        "waits = threading.Event()\n"
        "threading.Thread(target=waits.wait).start()\n"
        f"what = lambda n: [n, os.getpid()]\n{RUN}\nwaits.set()",
    )
    first, made = json.loads(ended.stdout)
    assert made == [[n, first] for n in range(4)]


BESIDE = """\
import json, os, sys, threading, time
from deckbuilder.processes import Beside

def make(wait):
    with open("begins", "w") as file:
        file.write(str(os.getpid()))
    os.rename("begins", "begun")  # at once: else it may be ended with the file still empty
    if os.getpid() != first:
        {before}
    number = wait()
    if os.getpid() != first:
        {after}
    return [number, os.getpid()]

first = os.getpid()
with Beside(make, {processes}) as work:
    while {processes} > 1 and not os.path.exists("begun"):
        time.sleep(0.01)
    if {tells}:
        work.tell(7)
        print(json.dumps([first, work.made()]))
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("none left")
"""


def beside(
    folder: Path, before: str = "pass", after: str = "pass", processes: int = 2, tells: bool = True
) -> tuple[list[str], str]:
    """Return what is printed by work that waits for the number 7, and by what process it began."""
    script = BESIDE.format(before=before, after=after, processes=processes, tells=tells)
    ended = python(folder, script)
    assert not ended.stderr
    begun = folder / "begun"
    return ended.stdout.split("\n")[:-1], begun.read_text() if begun.exists() else ""


@linux
def test_work_begins_beside_what_it_waits_for(tmp_path: Path) -> None:
    """It is another process that begins, hears the number, and ends."""
    (made, left), begun = beside(tmp_path)
    first, (number, process) = json.loads(made)
    assert number == 7
    assert process == int(begun) != first
    assert left == "none left"


def test_one_process_begins_once_the_number_is_known(tmp_path: Path) -> None:
    """The same, in the only process."""
    (made, _), begun = beside(tmp_path, processes=1)
    first, (number, process) = json.loads(made)
    assert (number, process) == (7, first) == (7, int(begun))


@linux
@pytest.mark.parametrize(("before", "after"), [("os._exit(0)", "pass"), ("pass", "1 / 0")])
def test_what_is_lost_beside_is_made_here(tmp_path: Path, before: str, after: str) -> None:
    """Whether the other process ends before it hears the number, or after."""
    (made, left), _ = beside(tmp_path, before, after)
    first, (number, process) = json.loads(made)
    assert (number, process) == (7, first)
    assert left == "none left"


@linux
def test_work_ends_that_is_not_wanted(tmp_path: Path) -> None:
    """A source has an error: the sheet, which has begun, is not waited for."""
    (left,), begun = beside(tmp_path, before="time.sleep(3600)", tells=False)
    assert begun
    assert left == "none left"


BUILD = """\
import sys
from deckbuilder import processes
from deckbuilder.cli import main
processes.processors = lambda: {processors}
main(["build", "relations.toml", "--handouts", "all", "--versions", "A,B", "-o", "{processors}"])
"""


def test_a_build_is_the_same_in_any_number_of_processes(tmp_path: Path) -> None:
    """The same files and words, warnings included."""
    source = (ROOT / "source" / "relations.toml").read_text("utf-8")
    said, files = [], []
    for processors in (1, 3):
        (tmp_path / "relations.toml").write_text(source, "utf-8")
        (tmp_path / "relations.lock").unlink(missing_ok=True)
        ended = python(tmp_path, BUILD.format(processors=processors))
        assert ended.returncode == 0, ended.stderr
        said.append((ended.stdout.replace(f"  {processors}/", "  "), ended.stderr))
        made = sorted((tmp_path / f"{processors}").iterdir())
        files.append({file.name: file.read_bytes() for file in made})
    assert said[0] == said[1]
    assert files[0] == files[1]
    assert len(files[0]) > 20


COUNT = """\
import os, sys
from deckbuilder import processes
from deckbuilder.cli import main
begun = []
fork = os.fork
os.fork = lambda: (begun.append(1), fork())[1]
processes.processors = lambda: {processors}
try:
    main([*sys.argv[1:]])
finally:
    print("BEGUN", len(begun))
"""


@linux
@pytest.mark.parametrize(
    ("processors", "handouts", "begun"),
    [(1, "", 0), (2, "", 1), (2, "quiz", 2), (3, "", 1), (3, "quiz", 2), (9, "quiz", 2)],
)
def test_no_more_processes_than_have_work(
    small: Path, processors: int, handouts: str, begun: int
) -> None:
    """The sheet has one to itself while it is made: it takes the longest, unless handouts do."""
    asked = ["--handouts", handouts] if handouts else []
    ended = python(small.parent, COUNT.format(processors=processors), "build", small.name, *asked)
    assert f"BEGUN {begun}" in ended.stdout, ended.stderr


@linux
@pytest.mark.parametrize(
    ("more", "processors", "begun"), [(0, 1, 0), (0, 2, 0), (FEW, 1, 0), (FEW, 2, 1), (FEW, 9, 1)]
)
def test_a_check_of_many_facts_has_two_processes(
    small: Path, more: int, processors: int, begun: int
) -> None:
    """One looks at the cards, one at the lock; they tell the same as one, in the same order."""
    facts = "".join(
        f'[[topic.fact]]\nid = "f{n}"\nquestion = "Which {n}?"\nanswer = "it is {n}"\n'
        for n in range(more)
    )
    yes = '[[topic.fact]]\nid = "yes"\nquestion = "Is it?"\nanswer = "yes"\n'
    small.write_text(f"{small.read_text('utf-8')}\n{facts}{yes}", "utf-8")
    small.with_suffix(".lock").write_text("no lock\n", "utf-8")
    ended = python(small.parent, COUNT.format(processors=processors), "check", small.name)
    assert f"BEGUN {begun}" in ended.stdout, ended.stderr
    assert re.findall(r"\[([a-z-]+)\]", ended.stderr) == ["bad-lock", "yes-no"]
