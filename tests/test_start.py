"""Nothing that takes time to load is loaded before it is needed: by the list of modules."""

from __future__ import annotations

import inspect
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOW, ROOT, python

from deckbuilder.later import cleandoc

PRINTS = {"reportlab", "PIL", "ziamath", "ziafont", "resvg_py", "pymupdf_fonts", "pypdf"}
PACKS = {"genanki", "chevron", "yaml", "cached_property", "asyncio"}
READS = {"tomli", "markdown_it", "tinycss2", "defusedxml"}
TELLS = {"wcwidth"}
IDLE = {"inspect", "ast", "dis", "tokenize", "linecache", "platform", "ipaddress", "bz2", "lzma"}
OURS = {  # what the list of commands needs of ours
    "deckbuilder",
    "deckbuilder.cli",
    "deckbuilder.cli.output",
    "deckbuilder.later",
    "deckbuilder.reports",
    "deckbuilder.reports.harmless",
}
WARNED = '[[topic.fact]]\nid = "told"\nquestion = "Is a kettle – é – black?"\nanswer = "kettle"\n'
SHOW = """\
import os, sys
os.sched_getaffinity = lambda _: {0}  # all in one process, else what another loads is not seen
from deckbuilder.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    loaded = [name for name, each in sys.modules.items() if getattr(each, "__spec__", None)]
    print("MODULES", *loaded)
    sys.exit(end.code)
"""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """Return the modules that a run loads."""
    ended = python(folder, SHOW, *arguments)
    assert ended.returncode == 0, ended.stderr
    return set(ended.stdout.rpartition("MODULES ")[2].split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_no_command(tmp_path: Path, option: str) -> None:
    """What tells the commands makes none of them, and knows of no facts."""
    modules = loaded(tmp_path, option)
    assert {name for name in modules if name.startswith("deckbuilder")} == OURS
    assert not modules & (PRINTS | PACKS | READS | TELLS | IDLE)
    assert not modules & {
        "json",
        "hashlib",
        "sqlite3",
        "difflib",
        "dataclasses",
        "pathlib",
        "urllib",
        "deckbuilder.model",
    }


@pytest.mark.parametrize("command", ["build", "check", "new", "release", "simulate", "explain"])
def test_help_of_a_command_loads_no_library(tmp_path: Path, command: str) -> None:
    """What tells the options of a command does none of its work."""
    modules = loaded(tmp_path, command, "--help")
    assert not modules & (PRINTS | PACKS | READS | TELLS | {"deckbuilder.model"})


def test_a_check_loads_nothing_that_writes(small: Path) -> None:
    """What checks a source packs and draws nothing: fonts are for characters that are rare."""
    modules = loaded(small.parent, "check", small.name)
    assert not modules & (PRINTS | PACKS | TELLS | {"sqlite3"})


def test_an_unchanged_build_loads_nothing_that_works(small: Path) -> None:
    """A record that holds is all there is to be read."""
    loaded(small.parent, "build", small.name)
    modules = loaded(small.parent, "build", small.name)
    assert not modules & (PRINTS | PACKS | READS | TELLS)
    if sys.version_info < (3, 12):  # dataclasses asks more of inspect there
        assert not modules & IDLE
    assert not modules & {
        "deckbuilder.model",
        "deckbuilder.build",
        "deckbuilder.lock",
        "importlib.metadata",
    }


def test_a_warning_in_usual_letters_needs_no_tables_of_letters(small: Path) -> None:
    """A line is quoted, and marked, without what tells how wide each character of the world is."""
    small.write_text(f"{small.read_text('utf-8')}\n{WARNED}", "utf-8")
    for _ in range(2):
        ended = python(small.parent, SHOW, "build", small.name)
        assert "question = " in ended.stderr
        assert "^^^" in ended.stderr
        assert not {*ended.stdout.split()} & TELLS


def test_a_build_loads_nothing_for_what_it_does_not_do(small: Path) -> None:
    """Pictures, formulas, style sheets and the reading of PDFs are for who has them."""
    modules = loaded(small.parent, "build", small.name)
    assert not modules & {
        "ziamath",
        "resvg_py",
        "defusedxml",
        "tinycss2",
        "pypdf",
        "http",
        "PIL.Image",
        "deckbuilder.media.vector",
        "deckbuilder.toml.places",
        "deckbuilder.formulas",
        "deckbuilder.writers.pdf.formulas",
        "xml.etree.ElementTree",
    }


LAST_WORDS = """\
import atexit
class Said:
    def __del__(self):
        print("taken apart")
said = Said()
atexit.register(print, "at its end")
from deckbuilder.cli import run
run()
"""


@pytest.mark.parametrize(("option", "status"), [("--version", 0), ("--verson", 2)])
def test_the_program_ends_at_once(tmp_path: Path, option: str, status: int) -> None:
    """It says all it has to say, and then takes nothing apart."""
    ended = python(tmp_path, LAST_WORDS, option)
    assert ended.returncode == status
    assert ended.stdout.endswith("at its end\n")
    assert ended.stdout.startswith("deckbuilder ") == (not status)
    assert ("--version" in ended.stderr) == (status > 0)


INTERRUPTED = """\
import signal, sys
module, number = sys.argv.pop(1), int(sys.argv.pop(1))
class Finder:
    def find_spec(self, name, *_):
        if name == module:
            signal.raise_signal(number)
sys.meta_path.insert(0, Finder())
from deckbuilder.__main__ import run
run()
"""


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("module", ["deckbuilder.cli", "click", "deckbuilder.cli.building"])
def test_ended_while_it_loads(tmp_path: Path, module: str, number: int) -> None:
    """Who ends the program at once sees no traceback either; all that starts it starts it so."""
    ended = python(tmp_path, INTERRUPTED, module, str(int(number)), "check")
    assert (ended.returncode, ended.stderr.strip()) == (128 + number, "")
    for name in ("Makefile", "pyproject.toml", "src/deckbuilder/wheel.py"):
        assert (ROOT / name).read_text("utf-8").count("deckbuilder.__main__") == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_fault(tmp_path: Path, closed: str) -> None:
    """Who closes what the program would write to hears nothing, and it ends as it would."""
    for option, status in (("--version", 0), ("--verson", 2)):
        command = f'"{sys.executable}" -m deckbuilder {option} {closed}'
        ended = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": f"{ROOT}/src"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in ended.stderr
        assert ended.returncode == status


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_stop_no_work(small: Path, closed: str) -> None:
    """Where nobody hears what is said, warnings as well, the same is made of the same bytes."""
    small.write_text(f"{small.read_text('utf-8')}\n{WARNED}", "utf-8")
    folders = [small.parent / name for name in ("heard", "unheard")]
    for folder, streams in zip(folders, ("", closed), strict=True):
        small.with_suffix(".lock").unlink(missing_ok=True)
        command = f'"{sys.executable}" -m deckbuilder build {small.name} -o {folder.name} {streams}'
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}/src", "SOURCE_DATE_EPOCH": f"{NOW}"}
        ended = subprocess.run(
            ["/bin/sh", "-c", command], cwd=small.parent, env=environment, check=False
        )
        assert ended.returncode == 0
    heard, unheard = ({f.name: f.read_bytes() for f in sorted(d.iterdir())} for d in folders)
    assert unheard == heard


def heard(folder: Path, encoding: str, *arguments: str) -> tuple[int, bytes, bytes]:
    """Return how a run ends whose streams have an encoding, and what it says."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}/src", "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "deckbuilder", *arguments]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def test_what_a_stream_cannot_write_is_said_by_its_number(small: Path) -> None:
    """Where output is not UTF-8, each command ends as it does there, and says the same."""
    source = small.with_name("ü–α.toml")
    source.write_text(f"{small.read_text('utf-8')}\n{WARNED}", "utf-8")
    assert heard(small.parent, "utf-8", "build", source.name)[0] == 0
    for words in ("explain", "build", "check", "show told", "stats", "check --strict"):
        arguments = [*words.split(), *([] if words == "explain" else [source.name])]
        status, *streams = heard(small.parent, "utf-8", *arguments)
        said = [each.decode().encode("latin-1", "backslashreplace") for each in streams]
        assert any(b"\\u20" in each for each in said)
        assert heard(small.parent, "latin-1", *arguments) == (status, *said)


WHEN_IT_BEGINS = """\
import os, sys
def fork():
    print("MODULES", *sys.modules, flush=True)
    os._exit(0)
os.fork, os.sched_getaffinity = fork, lambda _: {0, 1}
from deckbuilder.cli import main
main(sys.argv[1:])
"""


def test_the_sheet_waits_for_nothing_that_it_does_not_need(small: Path) -> None:
    """Its process takes the longest: what the others load, they load once it has begun."""
    ended = python(small.parent, WHEN_IT_BEGINS, "build", small.name)
    modules = set(ended.stdout.rpartition("MODULES ")[2].split())
    assert {"deckbuilder.read", "deckbuilder.processes"} <= modules, ended.stderr
    assert not modules & (PRINTS | PACKS | {"pickle", "signal", "shutil", "tempfile", "difflib"})
    ours = {"check", "lint", "lock", "updates", "cards", "writers.apkg"}
    assert not modules & {f"deckbuilder.{name}" for name in ours}


USE = """\
import asyncio, sys, yaml
from yaml import full_load
assert yaml.full_load is full_load and full_load("[1]") == [1]
assert asyncio.run(asyncio.sleep(0, "slept")) == "slept"
"""


@pytest.mark.parametrize(
    ("script", "loads"),
    [
        ("", set()),
        ("genanki.model.chevron.render('', {})", {"chevron.renderer"}),
        ("assert genanki.Model(1, '', '[a]', '[b]').fields == ['a']", {"yaml.loader"}),
        ("import cached_property; assert cached_property.asyncio.run", {"asyncio.events"}),
        (USE, {"asyncio.events", "yaml.loader"}),
    ],
)
def test_genanki_loads_what_it_needs_when_it_needs_it(
    tmp_path: Path, script: str, loads: set[str]
) -> None:
    """What packs a deck loads nothing for what it does not do; whoever does it gets the modules."""
    script = f"import sys\nfrom deckbuilder.writers.apkg.package import genanki\n{script}\n"
    ended = python(tmp_path, f"{script}print(*sys.modules)")
    assert ended.returncode == 0, ended.stderr
    modules = set(ended.stdout.split())
    assert modules & {"asyncio.events", "chevron.renderer", "yaml.loader"} == loads
    assert loads or not modules & {"asyncio", "chevron", "yaml"}


def test_what_is_used_while_it_is_to_be_loaded_later_is_loaded_then(tmp_path: Path) -> None:
    """Another version of a library may use a module at once."""
    script = """\
from deckbuilder.later import loaded_later
with loaded_later("yaml", "sys"):
    from yaml import full_load
    import yaml, sys
assert yaml is sys.modules["yaml"] and yaml.full_load is full_load
assert isinstance(sys.path, list)
"""
    ended = python(tmp_path, script)
    assert ended.returncode == 0, ended.stderr


def test_what_is_not_loaded_at_the_start_can_be_used(tmp_path: Path) -> None:
    """A module that click imports for nothing is there for whoever needs it."""
    script = """\
import deckbuilder.cli
import platform
known = platform.system()
assert platform.uname().system == known
import bz2, inspect, ipaddress, lzma, shutil
assert inspect.isfunction(inspect.signature) and ipaddress.ip_address("::1").is_loopback
assert bz2.decompress(bz2.compress(b"deck")) == lzma.decompress(lzma.compress(b"deck")) == b"deck"
assert "xztar" in dict(shutil.get_archive_formats())
"""
    ended = python(tmp_path, script)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    "text",
    ["", "\n", " one", "\n\n one\n\ttwo\n", " one\n    two\n\n      three\n   ", "  \n one\n"],
)
def test_texts_are_cleaned_as_by_inspect(text: str) -> None:
    """What click is told of inspect is the same."""
    assert cleandoc(text) == inspect.cleandoc(text)
