"""What a build read and made -> its record, in the manifest; a record that holds -> no new build.

A record holds while all it names is as it was: every file that was read, what was asked for, the
code and the libraries that write, and every output. The clock is not among them: it dates notes
that change, and none does.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deckbuilder.digests import Digests, digest
from deckbuilder.manifests import manifest_name, parsed
from deckbuilder.opened import whole
from deckbuilder.own import own_files
from deckbuilder.problems import Label, Place, Problem, shown
from deckbuilder.slots import dataclass

if TYPE_CHECKING:
    from deckbuilder.lock import Changes
    from deckbuilder.media.medium import Asset
    from deckbuilder.model import Deck
    from deckbuilder.request import Request

# the distributions whose version can change a byte of an output, or what is told of a source
WRITERS = (
    "chevron",
    "defusedxml",
    "deflate",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "genanki",
    "latex2mathml",
    "markdown-it-py",
    "pillow",
    "pymupdf-fonts",
    "reportlab",
    "resvg-py",
    "rl-accel",
    "tinycss2",
    "tomli",
    "ziafont",
    "ziamath",
)
STRETCH = (int, int, int, int)
WARNING = {
    "code": str,
    "message": str,
    "at": STRETCH,
    "hint": str,
    "label": str,
    "also": [(*STRETCH, str)],
}
RECORD = {
    "by": object,
    "options": object,
    "inputs": {str: str},
    "facts": int,
    "cards": int,
    "pages": {str: int},
    "left_out": {str: str},
    "dated": int,
    "warnings": [WARNING],
    "quoted": {str: str},
}
RECORDED = {"deck": str, "files": {str: {"sha256": str, "bytes": int}}, "record": RECORD}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made; nothing where `problems` hold an error.

    `deck`: its id; `pages`: of each PDF, by its name; `changes`: what learners will notice, None if
    the outputs were up to date; `let_pass`: the codes of what was not refused since it concerns a
    draft; `to_do`: what learners have to do for what was let pass on purpose; `left_out`: why
    handouts that were asked for are not there, by name; `removed`: what stood there of the build
    before, and is not made any more; `dated`: the latest date in the lock. Sizes in bytes.
    """

    problems: tuple[Problem, ...]
    deck: str = ""
    facts: int = 0
    cards: int = 0
    pages: Mapping[str, int] = field(default_factory=dict)
    files: tuple[tuple[Path, int], ...] = ()
    changes: Changes | None = None
    decided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    let_pass: tuple[str, ...] = ()
    to_do: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[Path, ...] = ()
    dated: int = 0


def _digests(source: Path, out: Path) -> Digests:
    return Digests(out / f".{source.stem}.digests.json")


def remember(source: Path, out: Path, kept: Mapping[str, Any], files: Iterable[str]) -> None:
    """Let the digests of large files be known when the next build asks for them: they are read now.

    Args:
        source: the TOML file.
        out: the folder of the outputs.
        kept: the record of the build.
        files: the names of the outputs.
    """
    inputs = (source.parent / name for name in kept["inputs"])
    outputs = (out / name for name in files)
    _digests(source, out).remember((*inputs, *outputs))


def record(
    deck: Deck,
    built: Built,
    lock: Mapping[str, str],
    request: Request,
    by: Mapping[str, str],
) -> dict[str, Any]:
    """Return the record of a build.

    Args:
        deck: what was built; its assets have been read.
        built: what is said of it; of the problems, all are warnings.
        lock: the digest of the lock as it is now, by the name of its file.
        request: what the build was asked for.
        by: its `makers`.
    """
    inputs = {deck.file: digest(deck.source.data), **lock}
    inputs |= {asset.path: asset.digest for asset in assets(deck)}
    return {
        "by": dict(by),
        "options": request.recorded,
        "inputs": inputs,
        "facts": built.facts,
        "cards": built.cards,
        "pages": dict(built.pages),
        "left_out": dict(built.left_out),
        "dated": built.dated,
        "warnings": [_written(problem) for problem in built.problems],
        "quoted": {place.line: place.quoted for p in built.problems for place in _places(p)},
    }


def unchanged(source: Path, out: Path, request: Request) -> Built | None:
    """Return what a build would make again of a source, None unless its record holds.

    None, too, where a warning is to stop the build, and it told one.

    Args:
        source: the TOML file.
        out: the folder of the outputs.
        request: what the build is asked for.
    """
    name, digests = manifest_name(source.stem), _digests(source, out)
    try:
        data = whole(out / name)
        manifest = parsed(data, RECORDED)
        if not (manifest and _holds(manifest, source, out, request, digests)):
            return None
    except OSError:
        return None
    digests.remember()
    told, files = manifest["record"], manifest["files"]
    sizes = ((file, entry["bytes"]) for file, entry in files.items())
    return Built(
        problems=tuple(_read(told, source)),
        deck=manifest["deck"],
        facts=told["facts"],
        cards=told["cards"],
        pages=told["pages"],
        left_out=told["left_out"],
        dated=told["dated"],
        files=tuple((out / file, size) for file, size in (*sizes, (name, len(data)))),
    )


def _holds(
    manifest: Mapping[str, Any], source: Path, out: Path, request: Request, digests: Digests
) -> bool:
    """Tell whether a build would make again what a manifest tells of, and say the same of it."""
    told, files = manifest["record"], manifest["files"]
    before = {source.parent / file: kept for file, kept in told["inputs"].items()}
    before |= {out / file: entry["sha256"] for file, entry in files.items()}
    return (
        {source.name, source.with_suffix(".lock").name} <= told["inputs"].keys()
        and {name for name in files if name.endswith(".pdf")} == told["pages"].keys()
        and {str(line) for line in _lines(told)} <= told["quoted"].keys()
        and (told["options"], told["by"]) == (request.recorded, makers())
        and not (request.strict and told["warnings"])
        and all(kept and digests.of(file) == kept for file, kept in before.items())
    )


# ---------------------------------------------------------------------------- inputs


def assets(deck: Deck) -> Iterator[Asset]:
    """Yield every file that a deck was made of, besides its source and its lock."""
    media = [file for fact in deck.facts for file in (fact.media.image, fact.media.audio)]
    yield from filter(None, (deck.style, *deck.printing.fonts, *media))


def makers() -> dict[str, str]:
    """Return what makes the outputs: our own code, and the version of each library that writes."""
    import sqlite3
    import zlib

    home = str(Path(__file__).parent)
    code = hashlib.sha256()
    for file in sorted(own_files(home)):
        with io.FileIO(file) as opened:  # `open` takes twice as long, which some 200 files show
            data = opened.readall()
        code.update(f"{digest(data)} {file.removeprefix(home)}\n".encode())
    return {
        "code": code.hexdigest(),
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **_versions(),
    }


def _versions() -> dict[str, str]:
    """Return the version of each library that writes.

    Names of folders tell them: `importlib.metadata` alone takes longer than all else here.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        for file in Path(folder).glob("*.dist-info"):
            library, _, version = file.stem.rpartition("-")
            found.setdefault(library.lower().replace("_", "-").replace(".", "-"), version)
    return {library: found.get(library) or _installed(library) for library in WRITERS}


def _installed(library: str) -> str:
    """Return the version of a library, "" if there is none: ReportLab does without its C."""
    from importlib.metadata import PackageNotFoundError, version

    with contextlib.suppress(PackageNotFoundError):
        return version(library)
    return ""


# ---------------------------------------------------------------------------- warnings


def _written(problem: Problem) -> dict[str, Any]:
    """Return a warning as JSON; its places are all in the source."""
    return {
        "code": problem.code,
        "message": problem.message,
        "at": _stretch(problem.place),
        "hint": problem.hint,
        "label": problem.label,
        "also": [[*_stretch(label.place), label.words] for label in problem.also],
    }


def _stretch(place: Place) -> list[int]:
    return [place.line, place.column, place.end_line, place.end_column]


def _places(problem: Problem) -> tuple[Place, ...]:
    return problem.place, *(label.place for label in problem.also)


def _lines(told: Mapping[str, Any]) -> Iterator[int]:
    """Yield each line of the source that the warnings of a record are about."""
    for warning in told["warnings"]:
        yield from (line for line, *_ in (warning["at"], *warning["also"]))


def _read(told: Mapping[str, Any], source: Path) -> Iterator[Problem]:
    """Yield the warnings that a record tells of a source."""
    name, quoted = shown(source), told["quoted"]

    def place(line: int, column: int, end_line: int, end_column: int) -> Place:
        return Place(name, line, column, end_line, end_column, quoted[str(line)])

    for warning in told["warnings"]:
        yield Problem(
            warning["code"],
            warning["message"],
            place(*warning["at"]),
            warning["hint"],
            "warning",
            warning["label"],
            tuple(Label(place(*at), words) for *at, words in warning["also"]),
        )
