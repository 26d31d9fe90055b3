"""Outputs appear together or not at all, whatever fails; who kills the program gets whole files."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import python

from deckbuilder.build import build
from deckbuilder.files import Stage, publish, stage_name, uninterrupted
from deckbuilder.opened import PIECE, alone, at_most
from deckbuilder.outputs import _scratch

OLD = {"x.apkg": b"old deck", "x.pdf": b"old sheet"}
NEW = {"x.apkg": b"new deck", "x.pdf": b"new sheet", "x.manifest.json": b"new manifest"}
DEADLINE = 60  # seconds until another process counts as stuck


def held(folder: Path) -> dict[str, bytes]:
    """Return all that a folder holds, by name, hidden or not."""
    return {
        entry.name: entry.read_bytes() if entry.is_file() else b"a folder"
        for entry in folder.iterdir()
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the outputs of an earlier build, and a file of somebody else's."""
    folder = tmp_path / "out"
    publish(folder, OLD, "x")
    (folder / "notes.txt").write_bytes(b"mine")
    return folder


THEIRS = {"notes.txt": b"mine"}
AGED = OLD | {"x-quiz.pdf": b"old quiz", "x-upgrade.apkg": b"old upgrade"}
GONE = ("x-quiz.pdf", "x-upgrade.apkg", "x-never-there.pdf")

# ---------------------------------------------------------------------------- publish


def test_publish_makes_the_folder(tmp_path: Path) -> None:
    """Files appear under their names in a folder that is made if need be, and nothing else does."""
    publish(tmp_path / "a" / "b", NEW, "x")
    assert held(tmp_path / "a" / "b") == NEW


@pytest.mark.parametrize("size", [0, 10, PIECE, 3 * PIECE + 5])
def test_reading_takes_the_room_of_the_file(tmp_path: Path, size: int) -> None:
    """However much it might hold; what has no end is read so far."""
    file, most = tmp_path / "x.lock", 1 << 30
    file.write_bytes(b"x" * size)
    tracemalloc.start()
    data = at_most(most, file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert data == b"x" * size
    assert peak < size + 4 * PIECE
    assert at_most(max(size - 1, 0), file) == data
    assert at_most(size, Path("/dev/zero")) == bytes(size + 1)


def test_publish_replaces(out: Path) -> None:
    """Earlier files are replaced, and what else is in the folder stays."""
    publish(out, NEW, "x")
    assert held(out) == NEW | THEIRS


def test_what_is_to_be_gone_goes_last(out: Path) -> None:
    """A file of an earlier build that has no successor goes once all new ones are there."""
    publish(out, AGED, "x")
    calls = publish_with_faults(out, lambda _: False)
    moved = [name for call, name in calls if call == "replace"]
    assert moved == [*NEW, *(f"{name}.before" for name in GONE)]
    assert held(out) == NEW | THEIRS


def test_publish_again_is_the_same(out: Path) -> None:
    """Publishing what is there already leaves the same files."""
    publish(out, OLD, "x")
    assert held(out) == OLD | THEIRS


def test_publish_replaces_a_link_and_not_what_it_points_to(out: Path, tmp_path: Path) -> None:
    """A link in the place of an output never leads writing elsewhere."""
    elsewhere = tmp_path / "precious"
    elsewhere.write_bytes(b"precious")
    (out / "x.pdf").unlink()
    (out / "x.pdf").symlink_to(elsewhere)
    publish(out, NEW, "x")
    assert elsewhere.read_bytes() == b"precious"
    assert not (out / "x.pdf").is_symlink()
    assert held(out) == NEW | THEIRS


def test_a_file_keeps_its_mode(out: Path) -> None:
    """Who may read or write a file does not change with its bytes; a new one is as others are."""
    (out / "x.apkg").chmod(0o600)
    publish(out, NEW, "x")
    (out / "plain").touch()
    modes = [(out / name).stat().st_mode & 0o777 for name in ("x.apkg", "x.manifest.json", "plain")]
    assert modes == [0o600, modes[2], modes[2]]


def test_a_read_only_file_is_not_replaced(out: Path) -> None:
    """Nor is any beside it; the fault names it."""
    (out / "x.pdf").chmod(0o444)
    with pytest.raises(PermissionError, match=r"read-only.*x\.pdf"):
        publish(out, NEW, "x")
    assert held(out) == OLD | THEIRS


def test_bytes_are_safe_before_names_show_them(out: Path) -> None:
    """Every file is on the disk before the first is renamed; the names follow in order."""
    calls = publish_with_faults(out, lambda _: False)
    renamed = [name for call, name in calls if call == "replace"][: len(NEW)]
    assert renamed == list(NEW)
    before = calls[: calls.index(("replace", renamed[0]))]
    assert [call for call, _ in before].count("fsync") == len(NEW)
    assert calls[-1][0] == "fsync"  # the folder's own: the names last, too


def test_what_is_not_published_leaves_no_trace(out: Path, tmp_path: Path) -> None:
    """Not even the folders that were made for it; what was there is as it was."""
    for folder in (out, tmp_path / "a" / "b"):
        with Stage(folder, "x") as stage:
            stage.put("x.apkg", b"half")
    assert held(tmp_path) == {"out": b"a folder"}
    assert held(out) == OLD | THEIRS


def test_what_is_written_again_is_all_there_is(out: Path) -> None:
    """If a process dies while it writes, another begins its file anew."""
    with Stage(out, "x") as stage:
        stage.put("x.apkg", b"half of a very long file")
        stage.put("x.apkg", b"new deck")
        assert stage.look("x.apkg") == (hashlib.sha256(b"new deck").hexdigest(), 8)
        stage.publish(["x.apkg"])
    assert held(out) == OLD | THEIRS | {"x.apkg": b"new deck"}


def test_a_build_beside_a_read_only_output_writes_no_lock(small: Path) -> None:
    """Outputs may be in the folder of the source; all files there are as they were before."""
    build(small, small.parent, 1_790_000_000)
    small.write_text(f"{small.read_text('utf-8')}\n# changed", "utf-8")
    small.with_suffix(".lock").unlink()
    small.with_suffix(".pdf").chmod(0o444)
    before = held(small.parent)
    with pytest.raises(PermissionError, match=r"read-only.*small\.pdf"):
        build(small, small.parent, 1_790_000_000)
    assert held(small.parent) == before


def test_a_deck_in_very_deep_folders(small: Path) -> None:
    """It is built as any other where the path is longer than SQLite takes one."""
    build(small, small.parent / "out", 1_790_000_000)
    deep = small.parent.joinpath(*["deep" * 20] * 6, small.name)
    deep.parent.mkdir(parents=True)
    deep.write_bytes(small.read_bytes())
    built = build(deep, deep.parent / "out", 1_790_000_000)
    assert built.files
    for name in ("small.apkg", "small.tsv"):
        made = deep.parent / "out" / name
        assert made.read_bytes() == (small.parent / "out" / name).read_bytes()


@pytest.mark.parametrize("letter", ["d", "ü"])
@pytest.mark.parametrize("length", [504, 505, 506])
def test_a_database_is_made_where_sqlite_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letter: str, length: int
) -> None:
    """It is made elsewhere only if its path, told in full, has too many bytes for SQLite."""
    folder = tmp_path
    while (left := length - len(os.fsencode(folder)) - 1) > 150:
        folder /= letter * 40
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / (letter * 10 + "n" * (left - len(os.fsencode(letter * 10))))
    assert len(os.fsencode(file)) == length
    monkeypatch.chdir(tmp_path)
    for asked in (file, file.relative_to(tmp_path)):
        with _scratch(asked) as scratch, contextlib.closing(sqlite3.connect(scratch)) as made:
            made.execute("CREATE TABLE notes (id)")
            assert (scratch == asked) == (length == 504)
        scratch.unlink(missing_ok=True)


# ---------------------------------------------------------------------------- faults


def publish_with_faults(out: Path, fails: Callable[[int], bool]) -> list[tuple[str, str]]:
    """Publish the new files in the place of all old ones; some calls that reach the disk fail.

    Returns:
        The calls, each with the name of the file that it was to make.
    """
    calls: list[tuple[str, str]] = []

    def watch(patch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def call(*args: Any, **options: Any) -> Any:
            target = args[1] if name in ("replace", "link") else ""
            calls.append((name, Path(target).name))
            if fails(len(calls)):
                raise OSError(5, "Input/output error", "injected")
            return real(*args, **options)

        patch.setattr(owner, name, call)

    with pytest.MonkeyPatch.context() as patch:
        watch(patch, Path, "mkdir")
        watch(patch, Path, "open")
        watch(patch, os, "fsync")
        watch(patch, os, "link")
        watch(patch, Path, "replace")
        publish(out, NEW, "x", GONE)
    return calls


@pytest.fixture
def calls(tmp_path: Path) -> int:
    """How many calls to the disk it takes to publish the new files over the old ones."""
    publish(tmp_path / "count", AGED, "x")
    return len(publish_with_faults(tmp_path / "count", lambda _: False))


def fault_at(which: int) -> Callable[[int], bool]:
    return lambda call: call == which


def fault_from(which: int) -> Callable[[int], bool]:
    return lambda call: call >= which


@pytest.mark.parametrize("old", [AGED, {}], ids=["over old files", "for the first time"])
def test_any_one_fault_leaves_all_old_or_all_new(
    tmp_path: Path, calls: int, old: dict[str, bytes]
) -> None:
    """Whichever call fails, the folder holds all earlier files or all new ones, no leftovers."""
    states = []
    for fault in range(1, calls + 1):
        folder = tmp_path / str(fault)
        folder.mkdir()
        publish(folder, old, "x")
        with contextlib.suppress(OSError):
            publish_with_faults(folder, fault_at(fault))
            assert held(folder) == NEW
        states.append(held(folder))
    assert all(state in (old, NEW) for state in states)
    assert states.count(old) >= 1 + 2 * len(NEW) + len(NEW)  # stage, write and fsync, replace
    assert states[-1] == NEW  # once all is in place, it stays


def test_a_disk_that_knows_no_links_has_all_old_files_again(
    out: Path, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there is copied there before it is replaced, and comes back after a fault."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    for fault in range(1, calls):
        with contextlib.suppress(OSError):
            publish_with_faults(out, fault_at(fault))
        assert held(out) in (OLD | THEIRS, NEW | THEIRS)
        publish(out, OLD, "x", [name for name in NEW if name not in OLD])


def test_faults_without_end_tear_no_file(tmp_path: Path, calls: int) -> None:
    """If from some call on nothing works any more, each file is still whole, old or new."""
    for fault in range(1, calls + 1):
        folder = tmp_path / str(fault)
        publish(folder, OLD, "x")
        with contextlib.suppress(OSError):
            publish_with_faults(folder, fault_from(fault))
        now = {name: data for name, data in held(folder).items() if not name.startswith(".")}
        assert now.keys() >= OLD.keys()
        assert all(data in (OLD.get(name), NEW[name]) for name, data in now.items())
        publish(folder, NEW, "x")
        assert held(folder) == NEW


@pytest.mark.parametrize("name", NEW)
def test_folder_in_the_place_of_a_file(out: Path, name: str) -> None:
    """An output whose name a folder has is not written, nor is any other."""
    (out / name).unlink(missing_ok=True)
    (out / name).mkdir()
    (out / name / "inside").write_bytes(b"kept")
    before = held(out)
    with pytest.raises(OSError, match=name):
        publish(out, NEW, "x")
    assert held(out) == before
    assert held(out / name) == {"inside": b"kept"}


def test_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    """A file in the folder's place is an error that names it, and stays."""
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(OSError, match="out"):
        publish(tmp_path / "out", NEW, "x")
    assert held(tmp_path) == {"out": b"a file"}


# ---------------------------------------------------------------------------- killed builds


def leftover(folder: Path, stem: str) -> Path:
    stage = folder / stage_name(stem)
    (stage / "deeper").mkdir(parents=True)
    (stage / f"{stem}.pdf").write_bytes(b"half")
    return stage


@pytest.mark.parametrize(
    "stem",
    ["x", "two words", "a[1]"],
)
def test_leftovers_of_a_killed_build_are_cleared(tmp_path: Path, stem: str) -> None:
    """The next build of a source takes away what a killed one left behind."""
    leftover(tmp_path, stem)
    publish(tmp_path, {f"{stem}.pdf": b"whole"}, stem)
    assert held(tmp_path) == {f"{stem}.pdf": b"whole"}


def test_a_build_that_was_killed_among_its_names_is_no_hindrance(out: Path) -> None:
    """What it kept to put back is the very file that is there: the next one takes its place."""
    stage = leftover(out, "x")
    for name in OLD:
        os.link(out / name, stage / f"{name}.before")
    publish(out, NEW, "x")
    assert held(out) == NEW | THEIRS


def test_a_link_in_the_place_of_leftovers_leads_nowhere(tmp_path: Path) -> None:
    """Nothing is written, or taken away, where it points to; nor by a link among leftovers."""
    elsewhere, out = tmp_path / "precious", tmp_path / "out"
    for folder in (elsewhere / "deep", out):
        folder.mkdir(parents=True)
    link = out / stage_name("x")
    link.symlink_to(elsewhere)
    with pytest.raises(FileExistsError, match=f"a link.*{link.name}"):
        publish(out, NEW, "x")
    assert held(out) == {link.name: b"a folder"}
    link.unlink()
    (leftover(out, "x") / "link").symlink_to(elsewhere)
    publish(out, NEW, "x")
    assert held(out) == NEW
    assert held(elsewhere) == {"deep": b"a folder"}


def test_a_link_into_nowhere_is_no_folder(tmp_path: Path) -> None:
    """It is told as what it is; nothing is made where it points to."""
    (tmp_path / "out").symlink_to(tmp_path / "nowhere")
    with pytest.raises(NotADirectoryError, match="no link that leads to one"):
        publish(tmp_path / "out", NEW, "x")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("stem", "other"),
    [
        ("x", "y"),
        ("x", "xx"),
        ("x", "x-2"),
    ],
)
def test_stage_of_another_source_stays(tmp_path: Path, stem: str, other: str) -> None:
    """What the build of another source is just writing into the same folder is left alone."""
    stage = leftover(tmp_path, other)
    publish(tmp_path, {f"{stem}.pdf": b"whole"}, stem)
    assert held(stage) == {f"{other}.pdf": b"half", "deeper": b"a folder"}


PUBLISH = """\
import sys
from pathlib import Path
from deckbuilder.files import publish
out, sizes = Path(sys.argv[1]), {"x.apkg": 300_000, "x.pdf": 200_000, "x.manifest.json": 1_000}
while True:
    for version in (b"A", b"B"):
        publish(out, {name: version * size for name, size in sizes.items()}, "x")
        print("published", flush=True)
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    """Whatever happens, processes that are noted here end with the test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def test_killed_at_any_time(tmp_path: Path, processes: list[subprocess.Popen[str]]) -> None:
    """A build that is killed outright leaves whole files, and the next one heals the folder."""
    whole = {
        "x.apkg": {b"A" * 300_000, b"B" * 300_000},
        "x.pdf": {b"A" * 200_000, b"B" * 200_000},
        "x.manifest.json": {b"A" * 1_000, b"B" * 1_000},
    }
    for kill in range(15):
        process = start(PUBLISH, tmp_path)
        processes.append(process)
        assert process.stdout
        assert process.stdout.readline() == "published\n"
        threading.Event().wait(kill / 3_000)  # somewhere in one of the next
        process.kill()
        assert process.wait(DEADLINE) == -signal.SIGKILL
        process.communicate()
        after = {n: data for n, data in held(tmp_path).items() if not n.startswith(".deckbuilder-")}
        assert after.keys() == whole.keys()
        assert all(data in whole[name] for name, data in after.items())
    publish(tmp_path, NEW, "x")
    assert held(tmp_path) == NEW


# ---------------------------------------------------------------------------- interrupted builds


INTERRUPTED = """\
import os, sys
from deckbuilder.__main__ import run
from deckbuilder.files import Stage
ending, real = int(sys.argv.pop(1)), Stage.open
def interrupted(stage, name):
    file = real(stage, name)
    if name.endswith(".lock"):  # in the middle, while the sheet is printed by another process
        file.write(b"half")
        file.flush()
        for _ in range(2):  # as `timeout` does
            os.kill(os.getpid(), ending)
    return file
Stage.open = interrupted
run()
"""


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_ended_build_leaves_nothing(small: Path, number: int) -> None:
    """Who ends a build otherwise than by Ctrl-C finds all as it was, too, and by which signal."""
    ended = python(small.parent, INTERRUPTED, str(int(number)), "build", small.name, "-o", "a/b")
    assert (ended.returncode, ended.stdout, ended.stderr) == (128 + number, "", "")
    assert held(small.parent).keys() == {small.name}


def test_a_build_that_may_outlive_its_terminal_does(small: Path) -> None:
    """What `nohup` starts goes on."""
    script = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n{INTERRUPTED}"
    number = str(int(signal.SIGHUP))
    ended = python(small.parent, script, number, "build", small.name, "-o", "out")
    assert ended.returncode == 0
    assert (small.parent / "out" / "small.apkg").exists()


@pytest.fixture(params=["SIGINT", "SIGTERM", "SIGHUP"])
def interrupt(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A signal that interrupts this process, as Ctrl-C does."""
    number = signal.Signals[request.param]
    before = signal.signal(number, signal.default_int_handler)
    yield number
    signal.signal(number, before)


@pytest.mark.parametrize("which", range(len(NEW)))
def test_an_interrupt_waits_until_all_have_their_names(
    out: Path, interrupt: signal.Signals, which: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file is just being renamed, all are new; then the interrupt does its work."""
    real, renamed = Path.replace, list[str]()

    def replace(file: Path, target: Path) -> Path:
        if len(renamed) == which:
            signal.raise_signal(interrupt)
        renamed.append(target.name)
        return real(file, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        publish(out, NEW, "x")
    assert renamed == list(NEW)
    assert held(out) == NEW | THEIRS


def test_an_interrupt_ends_what_was_started_meanwhile(interrupt: signal.Signals) -> None:
    """Only this process waits; one that it runs, such as git, does not."""
    with uninterrupted(), subprocess.Popen(["sleep", str(DEADLINE)]) as process:
        process.send_signal(interrupt)
        assert process.wait(DEADLINE / 2) == -interrupt


def test_another_thread_publishes(out: Path) -> None:
    """Only the main thread is interrupted, and only it can put that off."""
    thread = threading.Thread(target=publish, args=(out, NEW, "x"))
    thread.start()
    thread.join(DEADLINE)
    assert held(out) == NEW | THEIRS


# ---------------------------------------------------------------------------- one build at a time

ALONE = """\
import sys
from pathlib import Path
from deckbuilder.opened import PIECE, alone, at_most
source, mark = Path(sys.argv[1]), Path(sys.argv[2])
with alone(source, lambda: print("waiting", flush=True)):
    print("alone", mark.exists(), flush=True)
    sys.stdin.readline()
    mark.touch()
"""


def says(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@pytest.mark.parametrize("end", ["finished", "killed"])
def test_second_build_waits(
    tmp_path: Path, processes: list[subprocess.Popen[str]], end: str
) -> None:
    """Another process that builds the same source waits until the first is done, or is killed."""
    source, mark = tmp_path / "x.toml", tmp_path / "done"
    source.touch()
    first = start(ALONE, source, mark)
    processes.append(first)
    assert says(first) == "alone False"
    second = start(ALONE, source, mark)
    processes.append(second)
    assert says(second) == "waiting"
    assert second.poll() is None
    if end == "killed":
        first.kill()
    else:
        first.communicate("\n", timeout=DEADLINE)
    assert says(second) == f"alone {end == 'finished'}"


def test_other_sources_do_not_wait(tmp_path: Path) -> None:
    """Two sources are built at the same time, and one again when it is done."""
    waited: list[str] = []
    for name in ("x.toml", "y.toml"):
        (tmp_path / name).touch()
    with (
        alone(tmp_path / "x.toml", lambda: waited.append("x")),
        alone(tmp_path / "y.toml", lambda: waited.append("y")),
    ):
        pass
    with alone(tmp_path / "x.toml", lambda: waited.append("x again")):
        pass
    assert waited == []


def test_build_waits_and_says_so(small: Path, tmp_path: Path) -> None:
    """A build that meets another of its source tells it, waits, and then builds."""
    said: list[str] = []
    told = threading.Event()

    def progress(stage: str) -> None:
        said.append(stage)
        told.set()

    def run() -> None:
        build(small, tmp_path / "out", 1_790_000_000, progress=progress)

    thread = threading.Thread(target=run, daemon=True)
    with alone(small, lambda: None):
        thread.start()
        assert told.wait(DEADLINE)
        assert said == ["waiting for another build"]
        assert not (tmp_path / "out").exists()
    thread.join(DEADLINE)
    assert said[1] == "reading"
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        "small.apkg",
        "small.pdf",
        "small.manifest.json",
        "small.tsv",
    }


def test_a_build_waits_for_another_of_its_name(small: Path, tmp_path: Path) -> None:
    """It need not be of the same file: an editor has put another in its place meanwhile."""
    out, said, told = tmp_path / "out", list[str](), threading.Event()

    def progress(stage: str) -> None:
        said.append(stage)
        if stage.startswith("waiting"):
            told.set()

    thread = threading.Thread(
        target=build, args=(small, out, 1_790_000_000), kwargs={"progress": progress}, daemon=True
    )
    with Stage(out, "small") as stage:
        stage.put("small.pdf", b"whole")
        thread.start()
        assert told.wait(DEADLINE)
        stage.publish(["small.pdf"])
        assert held(out)["small.pdf"] == b"whole"
    thread.join(DEADLINE)
    assert said[:2] == ["reading", "waiting for another build"]
    assert sorted(held(out)) == ["small.apkg", "small.manifest.json", "small.pdf", "small.tsv"]


def test_who_waits_for_a_folder_makes_it(tmp_path: Path) -> None:
    """What was waited for has failed, and takes away the folder that it had made."""
    out, told = tmp_path / "a" / "out", threading.Event()

    def run() -> None:
        with Stage(out, "x", told.set) as second:
            second.put("x.pdf", b"new sheet")
            second.publish(["x.pdf"])

    thread = threading.Thread(target=run, daemon=True)
    with Stage(out, "x"):
        thread.start()
        assert told.wait(DEADLINE)
    thread.join(DEADLINE)
    assert held(out) == {"x.pdf": b"new sheet"}
