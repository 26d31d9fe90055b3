"""A build whose record holds is not done again, and whatever changed makes it anew."""

from __future__ import annotations

import io
import json
import os
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SMALL, deck_of
from PIL import Image
from test_cli import Run, Runner, held, run  # noqa: F401 - a fixture

import deckbuilder.build
import deckbuilder.digests
import deckbuilder.record
import deckbuilder.wheel
from deckbuilder.claims import outdated
from deckbuilder.manifests import manifest_name
from deckbuilder.media import pixels
from deckbuilder.record import WRITERS, Built

UP_TO_DATE = "; up to date"
WARNED = '\n[[topic.fact]]\nid = "more"\nquestion = "Is grass green?"\nanswer = "yes"\n'
WARNED_MORE = '''
[[topic.fact]]
id = "kettle"
question = """
Is a kettle
black?"""
answer = "a kettle"

[[topic.fact]]
id = "one"
question = "Which one is it?"
answer = "the former"

[[topic.fact]]
id = "other"
question = "Which one is it?"
answer = "the latter"
'''
NO_WRITERS = {  # each with the reason why none of its versions changes an output
    "click",  # the command line
    "pypdf",  # `verify` reads with it
    "wcwidth",  # where carets stand
}


@pytest.fixture
def source(run: Runner) -> Path:  # noqa: F811
    """A source with a picture, a sound, a font and a style sheet, built with a handout."""
    Path("media").mkdir()
    Image.new("RGB", (300, 200)).save("media/sky.png")
    shutil.copy(font(), "media/my.ttf")
    Path("my.css").write_text(".card { color: red; }\n", "utf-8")
    text = SMALL.replace('language = "en"\n', 'language = "en"\nstyle = "my.css"\n')
    text = text.replace(
        'answer = "blue"\n', 'answer = "blue"\nimage = "media/sky.png"\nalt = "The sky"\n'
    )
    text += '\n[print]\nfonts = ["media/my.ttf"]\nhandouts = ["quiz"]\n'
    file = Path("small.toml")
    file.write_text(text, "utf-8")
    assert run("build", "small.toml").code == 0
    return file


def font() -> Path:
    import font_source_sans_pro

    return next(Path(font_source_sans_pro.__file__).parent.rglob("*.ttf"))


def done(ended: Run) -> bool:
    """Tell whether a build did nothing."""
    assert ended.code == 0, ended
    return UP_TO_DATE in ended.out


def test_an_unchanged_build_does_nothing(run: Runner, source: Path) -> None:  # noqa: F811
    """The same words, and no file is touched: the sources are not even read as TOML."""
    Path("build/small.manifest.json").unlink()
    first = run("build", str(source))
    before = {file: file.stat() for file in Path().rglob("*")}
    again = run("build", str(source))
    assert done(again)
    assert again.out.replace(UP_TO_DATE, "") == first.out
    assert again.err == first.err == ""
    assert {file: file.stat().st_mtime_ns for file in before} == {
        file: stat.st_mtime_ns for file, stat in before.items()
    }


def add(file: str, text: bytes) -> Callable[[], object]:
    return lambda: Path(file).write_bytes(Path(file).read_bytes() + text)


CHANGES: dict[str, Callable[[], object]] = {
    "source": add("small.toml", b"# another word\n"),
    "lock": lambda: Path("small.lock").unlink(),
    "picture": lambda: Image.new("RGB", (30, 21)).save("media/sky.png"),
    "font": add("media/my.ttf", b"\0"),
    "style sheet": add("my.css", b".card { margin: 0; }\n"),
    "output gone": lambda: Path("build/small.pdf").unlink(),
    "handout gone": lambda: Path("build/small-quiz.pdf").unlink(),
    "output tampered with": add("build/small.apkg", b"\0"),
    "output empty": lambda: Path("build/small.tsv").write_bytes(b""),
    "manifest gone": lambda: Path("build/small.manifest.json").unlink(),
    "manifest damaged": lambda: Path("build/small.manifest.json").write_bytes(b"{"),
    "manifest of another kind": lambda: Path("build/small.manifest.json").write_bytes(b"[1]"),
}


@pytest.fixture(params=["read", "remembered"])
def large(run: Runner, request: pytest.FixtureRequest, source: Path) -> None:  # noqa: F811
    """All files count as small, and are read, or as large, and their digests are remembered."""
    if request.param == "remembered":
        remember(request.getfixturevalue("monkeypatch"))
        assert done(run("build", str(source)))
        assert MEMORY.exists()


MEMORY = Path("build/.small.digests.json")


def remember(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the digest of every file be remembered, at once."""
    monkeypatch.setattr(deckbuilder.digests, "LARGE", 0)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("change", CHANGES)
def test_any_change_builds_anew(run: Runner, source: Path, change: str) -> None:  # noqa: F811
    """Whatever was read or made, and is not as it was, is made anew; then all is as it should."""
    CHANGES[change]()
    assert not done(run("build", str(source)))
    made = outputs()
    assert done(run("build", str(source)))
    shutil.rmtree("build")
    assert not done(run("build", str(source)))
    assert outputs() == made


def outputs() -> dict[str, bytes]:
    """Return what was built, by its name."""
    return {name: data for name, data in held(Path("build")).items() if name != MEMORY.name}


def test_what_is_remembered_is_not_read(
    run: Runner,  # noqa: F811
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was built is read once until it changes, if its size stays and its time is set back."""
    remember(monkeypatch)
    read, real = list[Path](), deckbuilder.digests._read

    def reading(file: Path) -> str:
        read.append(file)
        assert file.suffix == ".json" or MEMORY.stat().st_mtime_ns > file.stat().st_ctime_ns
        return real(file)

    monkeypatch.setattr(deckbuilder.digests, "_read", reading)
    pdf = Path("build/small.pdf")
    pdf.unlink()
    assert not done(run("build", str(source)))
    assert pdf in read
    read.clear()
    assert done(run("build", str(source)))
    assert read == []
    before, data = pdf.stat(), pdf.read_bytes()
    with pdf.open("r+b") as file:
        file.write(data[:-1] + b"\0")
    os.utime(pdf, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not done(run("build", str(source)))
    assert pdf.read_bytes() == data


def test_a_link_in_the_place_of_the_memory_leads_nowhere(
    run: Runner,  # noqa: F811
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It goes, and what it led to stays as it was; so does a pipe, which nobody reads."""
    remember(monkeypatch)
    kept, none = Path("kept"), Path("none")
    kept.write_bytes(b"mine")
    MEMORY.parent.mkdir(exist_ok=True)
    os.mkfifo(MEMORY)
    run("build", str(source))
    assert MEMORY.is_file()
    for target in (kept, none):
        MEMORY.unlink(missing_ok=True)
        MEMORY.symlink_to(target.resolve())
        run("build", str(source))
        run("build", str(source))
        assert kept.read_bytes() == b"mine"
        assert not none.exists()


def test_little_is_remembered(
    run: Runner,  # noqa: F811
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Small files are read each time, all are where a disk's clock stands still; damage is none."""
    assert done(run("build", str(source)))
    assert not MEMORY.exists()
    remember(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", lambda file: os.utime(file, ns=(0, 0)))
        MEMORY.write_bytes(b"")
        assert done(run("build", str(source)))
        assert MEMORY.read_bytes() == b""
    for damaged in (b"", b"{", b"[1]", b"\xff", b"[" * 200_000, b'{"x": []}'):
        MEMORY.write_bytes(damaged)
        assert done(run("build", str(source)))
        assert json.loads(MEMORY.read_bytes())


def test_a_file_on_another_disk_is_remembered_once_it_is_old(tmp_path: Path) -> None:
    """Another disk's clock tells nothing; a file may be known again that nobody changed of late."""
    file = tmp_path / "file"
    file.write_bytes(b"x")
    state = file.stat()
    digests = deckbuilder.digests.Digests(tmp_path / "memory")
    assert digests._has_settled(state)
    there = [*state[:2], state.st_dev + 1, *state[3:]]
    other, old = (
        os.stat_result([*there], {"st_ctime_ns": state.st_ctime_ns - age, "st_mtime_ns": 0})
        for age in (0, 3 * 10**9)
    )
    assert not digests._has_settled(other)
    assert digests._has_settled(old)


OPTIONS = [
    ["--paper", "A5"],
    ["--profile", "large"],
    ["--ink", "low"],
    ["--handouts", "quiz,grid"],
    ["--back-offset", "1,0"],
    ["--topic", "one"],
    ["--count", "1"],
    ["--seed", "3"],
    ["--versions", "A,B"],
    ["--break-schema"],
    ["-o", "elsewhere"],
]


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: options[0])
def test_another_option_builds_anew(
    run: Runner,  # noqa: F811
    source: Path,
    options: list[str],
) -> None:
    """What was asked for belongs to the record, and so does what is not asked for any more."""
    assert not done(run("build", str(source), *options))
    assert done(run("build", str(source), *options))
    assert done(run("build", str(source))) == (options[0] == "-o")


@pytest.mark.parametrize("library", ["code", "python", "sqlite", "zlib", "reportlab"])
def test_another_version_builds_anew(
    run: Runner,  # noqa: F811
    source: Path,
    library: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another version of ours, or of a library that writes, might write other bytes."""
    real = deckbuilder.record.makers()
    for module in (deckbuilder.record, deckbuilder.build):
        monkeypatch.setattr(module, "makers", lambda: {**real, library: "another"})
    assert not done(run("build", str(source)))
    assert done(run("build", str(source)))


def test_the_code_is_known_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of ours that changes, comes or goes is another code; what Python keeps is not."""
    copy = tmp_path / "deckbuilder"
    shutil.copytree(ROOT / "src" / "deckbuilder", copy, ignore=shutil.ignore_patterns("*.pyc"))
    monkeypatch.setattr(deckbuilder.record, "__file__", str(copy / "record.py"))
    seen = [deckbuilder.record.makers()["code"]]
    (copy / "__pycache__").mkdir(exist_ok=True)
    (copy / "__pycache__" / "x.pyc").write_bytes(b"")
    assert deckbuilder.record.makers()["code"] == seen[0]
    for change in (
        lambda: (copy / "template" / "source.toml").write_text("", "utf-8"),
        lambda: (copy / "kinds" / "new.py").write_text("", "utf-8"),
        lambda: (copy / "kinds" / "new.py").rename(copy / "kinds" / "newer.py"),
    ):
        change()
        seen.append(deckbuilder.record.makers()["code"])
    assert len(set(seen)) == len(seen)


def test_a_wheel_holds_the_code_that_a_record_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an editor keeps in a folder of its own, or behind a dot, is of neither."""
    copy = tmp_path / "deckbuilder"
    shutil.copytree(ROOT / "src" / "deckbuilder", copy, ignore=shutil.ignore_patterns("*.pyc"))
    for module in (deckbuilder.record, deckbuilder.wheel):
        monkeypatch.setattr(module, "__file__", str(copy / "any.py"))
    before = deckbuilder.record.makers()["code"], deckbuilder.wheel.wheel()
    for name in (".cache/junk.txt", "kinds/.mine/kind.py", "kinds/.#kind.py", "kinds/kind.py~"):
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text("junk", "utf-8")
    assert (deckbuilder.record.makers()["code"], deckbuilder.wheel.wheel()) == before
    with zipfile.ZipFile(io.BytesIO(before[1])) as wheel:
        ours = {f"deckbuilder/{file}" for file in ("own.py", "template/gitignore", "explain.py")}
        assert ours <= {*wheel.namelist()}


def test_a_library_that_is_not_there_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """ReportLab does without its C; a record says so."""
    monkeypatch.setattr(deckbuilder.record, "WRITERS", ("reportlab", "of-no-such-name"))
    assert deckbuilder.record.makers()["of-no-such-name"] == ""


def test_every_library_that_writes_is_named() -> None:
    """A new dependency belongs among the writers, or among those that never write."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {"".join(n for n in line.split()[0]) for line in project["dependencies"]}
    names = {name.split(">")[0].split("<")[0].split("=")[0] for name in needed}
    assert names - NO_WRITERS <= {*WRITERS}
    versions = deckbuilder.record.makers()
    assert all(versions[name] for name in WRITERS)


# ---------------------------------------------------------------------------- what is said


@pytest.fixture
def warned(run: Runner) -> str:  # noqa: F811
    """A source with warnings, built."""
    Path("small.toml").write_text(SMALL + WARNED, "utf-8")
    assert "warning[" in run("build", "small.toml").err
    return "small.toml"


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_warnings_are_told_again(run: Runner, warned: str, form: str) -> None:  # noqa: F811
    """Who does not build anew is told no less, in any format."""
    Path("build/small.manifest.json").unlink()
    first = run("build", warned, "--format", form)
    again = run("build", warned, "--format", form)
    assert UP_TO_DATE in again.out + again.err
    assert again.out.replace(UP_TO_DATE, "") == first.out
    assert again.err.replace(UP_TO_DATE, "") == first.err


def test_strict_fails_an_unchanged_build(run: Runner, warned: str) -> None:  # noqa: F811
    """A build that is there already fails as it would have."""
    assert run("build", warned).code == 0
    ended = run("build", warned, "--strict")
    assert ended.code == 1
    assert not ended.out


def test_frozen_and_the_clock_build_nothing_anew(
    run: Runner,  # noqa: F811
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lock is as the build left it, so neither can change a byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert done(run("build", str(source), "--frozen"))


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_only_what_changed_is_built(run: Runner, jobs: str) -> None:  # noqa: F811
    """Of several sources, each has a record of its own; they are told in their order."""
    for name in "abcd":
        Path(f"{name}.toml").write_text(SMALL.replace('"small"', f'"{name}"'), "utf-8")
    names = [f"{name}.toml" for name in "abcd"]
    run("build", *names)
    for name in "bd":
        add(f"{name}.toml", b"# changed\n")()
    told = [
        line for line in run("build", *names, "--jobs", jobs).out.split("\n") if "facts" in line
    ]
    assert [line.split(":")[0] for line in told] == names
    assert [UP_TO_DATE in line for line in told] == [True, False, True, False]


def test_one_id_is_told_though_nothing_changed(run: Runner) -> None:  # noqa: F811
    """Two decks of one id, each built by itself, are no more built together than they were."""
    for name in "ab":
        Path(f"{name}.toml").write_text(SMALL, "utf-8")
        assert run("build", f"{name}.toml").code == 0
    assert done(run("build", "a.toml"))
    ended = run("build", "a.toml", "b.toml")
    assert ended.code == 1
    assert "duplicate-deck" in ended.err


def test_a_failed_build_is_tried_again(run: Runner, source: Path) -> None:  # noqa: F811
    """The record of earlier outputs says nothing about a source that no longer builds."""
    add(str(source), b"oops\n")()
    assert run("build", str(source)).code == 1
    assert run("build", str(source)).code == 1


def test_the_record_names_no_place(run: Runner, source: Path, tmp_path: Path) -> None:  # noqa: F811
    """A project that is moved, or built under another path, need not be built again."""
    Path("moved").mkdir()
    for name in ("small.toml", "small.lock", "my.css", "media", "build"):
        shutil.move(name, f"moved/{name}")
    assert done(run("build", f"moved/{source}", "-o", "moved/build"))
    assert str(tmp_path) not in Path("moved/build/small.manifest.json").read_text("utf-8")


def test_the_manifest_holds_the_record(source: Path) -> None:
    """Each input under its name from the source's folder, with its digest."""
    record = json.loads(Path("build/small.manifest.json").read_bytes())["record"]
    assert set(record["inputs"]) == {
        source.name,
        "small.lock",
        "my.css",
        "media/my.ttf",
        "media/sky.png",
    }
    assert set(record["by"]) == {"code", "python", "sqlite", "zlib", *WRITERS}


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_lines_are_quoted_as_they_were(run: Runner, mark: str, newline: str) -> None:  # noqa: F811
    """Whether a warning is about one line, several, or another one as well."""
    text = f"{mark}{SMALL}{WARNED}{WARNED_MORE}".replace("\n", newline)
    Path("small.toml").write_bytes(text.encode())
    first = run("build", "small.toml")
    assert "ambiguous-prompt" in first.err
    assert '| question = """' in first.err
    again = run("build", "small.toml")
    assert done(again)
    assert again.err == first.err


# ---------------------------------------------------------------------------- a damaged manifest


def places(value: Any, *at: str | int) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each value in some JSON; of like ones in a list, to the first."""
    yield at
    for key in value if isinstance(value, dict) else range(len(value[:1])):
        if isinstance(value[key], dict | list):
            yield from places(value[key], *at, key)
        else:
            yield *at, key


def with_value(value: Any, at: tuple[str | int, ...], new: object) -> Any:
    """Return some JSON with another value in one place."""
    if not at:
        return new
    key, *rest = at
    changed = value.copy()
    changed[key] = with_value(value[key], tuple(rest), new)
    return changed


@pytest.mark.parametrize(
    "odd",
    [None, True, "\ud800", -1, 10**400, [], [[]], {}, {"\ud800": "\udcff"}],
    ids=lambda odd: str(odd)[:9],
)
def test_no_damage_in_a_manifest_ends_a_command(run: Runner, warned: str, odd: object) -> None:  # noqa: F811
    """Whatever stands in it: a build ends as always, and `verify` tells what is wrong."""
    manifest = Path("build/small.manifest.json")
    said = json.loads(manifest.read_bytes())
    for at in places(said):
        manifest.write_text(json.dumps(with_value(said, at, odd)), "utf-8")
        with pytest.MonkeyPatch.context() as patch:  # whether it is made anew does not matter here
            patch.setattr(deckbuilder.build, "build", lambda *_, **__: Built(()))
            assert run("build", warned).code == 0, at
        assert run("verify", "build").code in (0, 1), at


@pytest.mark.parametrize("data", [b"", b"1", b"[1]", b"{", b"\xff", b"[" * 200_000])
@pytest.mark.parametrize("name", ["small", "small-quiz"])
def test_what_is_no_manifest_ends_no_build(
    run: Runner,  # noqa: F811
    source: Path,
    name: str,
    data: bytes,
) -> None:
    """A manifest that cannot be read, the deck's own or another's, claims nothing."""
    Path(f"build/{name}.manifest.json").write_bytes(data)
    assert run("build", str(source), "--handouts", "quiz").code == 0


# ---------------------------------------------------------------------------- drawings

DRAWINGS = Path("build/.small.drawings.json")
SHOWN = """
[[topic.fact]]
id = "drawn-{0}"
cloze = "The {{{{drawing}}}} of number {0}"
image = "{0}.svg"
alt = "A square"
"""


@pytest.fixture
def drawn(run: Runner, monkeypatch: pytest.MonkeyPatch) -> list[str]:  # noqa: F811
    """A source with two drawings, built; what is drawn from now on, by its text."""
    Path("small.toml").write_text(SMALL + SHOWN.format(1) + SHOWN.format(2), "utf-8")
    for n in (1, 2):
        Path(f"{n}.svg").write_text(square(n), "utf-8")
    assert run("build", "small.toml").code == 0
    texts: list[str] = []

    def made(drawings: Iterable[pixels.Drawing]) -> tuple[dict[pixels.Drawing, bytes], str]:
        texts.extend(data.decode() for data, _ in drawings)
        return really([*drawings])

    really = pixels._made
    monkeypatch.setattr(pixels, "_made", made)
    monkeypatch.setattr(pixels, "_drawn", {})
    for module in ("examine", "processes"):  # what checks, and what builds: all is drawn here
        monkeypatch.setattr(f"deckbuilder.{module}.processors", lambda: 1)
    return texts


def square(side: int) -> str:
    shape = f'<rect width="{side}" height="{side}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">{shape}</svg>'


def test_what_a_build_drew_is_not_drawn_to_be_checked(run: Runner, drawn: list[str]) -> None:  # noqa: F811
    """Of drawings, `check` draws those alone that changed since the build; it writes nothing."""
    assert "fine" in run("check", "small.toml").out
    assert drawn == []
    Path("2.svg").write_text(square(3), "utf-8")
    before = {file: file.stat().st_mtime_ns for file in Path().rglob("*")}
    assert "fine" in run("check", "small.toml").out
    assert drawn == [square(3)]
    assert {file: file.stat().st_mtime_ns for file in Path().rglob("*")} == before


def folder_of_that_name() -> None:
    DRAWINGS.unlink()
    DRAWINGS.mkdir()


@pytest.mark.parametrize(
    "change",
    [
        DRAWINGS.unlink,
        lambda: DRAWINGS.write_bytes(b"{"),
        lambda: DRAWINGS.write_bytes(b'{"by": {}, "drawn": [1]}'),
        lambda: DRAWINGS.write_bytes(DRAWINGS.read_bytes().replace(b'"code": "', b'"code": "0')),
        folder_of_that_name,
    ],
    ids=["gone", "damaged", "of another kind", "of other code", "a folder"],
)
def test_who_remembers_no_drawing_draws(
    run: Runner,  # noqa: F811
    drawn: list[str],
    change: Callable[[], object],
) -> None:
    """Without the memory of what was drawn, the check says the same, and takes its time."""
    change()
    assert "fine" in run("check", "small.toml").out
    assert drawn == [square(1), square(2)]


def test_a_build_believes_no_memory_of_drawings(run: Runner, drawn: list[str]) -> None:  # noqa: F811
    """Print needs the pixels: a drawing that cannot be drawn is refused, whatever is remembered."""
    Path("2.svg").write_text(square(3), "utf-8")
    memory = json.loads(DRAWINGS.read_bytes())
    memory["drawn"].append(deckbuilder.digests.digest(square(3).encode()))
    DRAWINGS.write_text(json.dumps(memory), "utf-8")
    assert "fine" in run("check", "small.toml").out
    assert drawn == []
    assert run("build", "small.toml").code == 0
    assert drawn == [square(1), square(3)]


def test_a_link_in_the_place_of_what_was_drawn_leads_nowhere(
    run: Runner,  # noqa: F811
    drawn: list[str],
) -> None:
    """What it leads to stays as it is, and the next build has a memory of its own."""
    Path("mine.json").write_text("mine", "utf-8")
    DRAWINGS.unlink()
    DRAWINGS.symlink_to(Path("mine.json").resolve())
    Path("2.svg").write_text(square(3), "utf-8")
    assert run("build", "small.toml").code == 0
    assert Path("mine.json").read_text("utf-8") == "mine"
    assert not DRAWINGS.is_symlink()
    Path("1.svg").unlink()
    Path("2.svg").unlink()
    Path("small.toml").write_text(SMALL, "utf-8")
    assert run("build", "small.toml").code == 0
    assert not DRAWINGS.exists()
    assert drawn


def test_what_another_deck_has_by_now_is_not_outdated(tmp_path: Path) -> None:
    """A file of the build before may be another deck's: it is left, and what is nobody's goes."""
    for name, deck, files in (
        ("small", "small", ["small-quiz.pdf", "small-old.pdf"]),
        ("small-quiz", "quiz", ["small-quiz.pdf"]),
    ):
        said = {"deck": deck, "files": {file: {} for file in files}}
        (tmp_path / manifest_name(name)).write_text(json.dumps(said), "utf-8")
        for file in files:
            (tmp_path / file).touch()
    assert outdated(deck_of(SMALL), tmp_path, "small", ()) == (tmp_path / "small-old.pdf",)


def test_a_manifest_claims_nothing_in_another_folder(tmp_path: Path) -> None:
    """One that names a way out of its folder was written by no build: nothing there is ours."""
    out = tmp_path / "out"
    (out / "small-").mkdir(parents=True)
    (tmp_path / "mine.txt").touch()
    said = {"deck": "small", "files": {"small-/../../mine.txt": {}}}
    (out / manifest_name("small")).write_text(json.dumps(said), "utf-8")
    assert outdated(deck_of(SMALL), out, "small", ()) == ()
