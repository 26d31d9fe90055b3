"""A revision of a source -> what it builds, in another folder and in surroundings of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from deckbuilder.publishing import git

# what must not matter: each build gets its own folder, and these
SURROUNDINGS = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1"},
    {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
)
PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONSAFEPATH", "SYSTEMROOT")
FAULTY, AT_FAULT = 3, "deckbuilder: "  # how a run ends that a disk is in the way of, and tells it


def built_elsewhere(
    root: Path,
    revision: str,
    source: Path,
    folder: Path,
    options: Iterable[str],
    surroundings: Mapping[str, str],
) -> dict[str, bytes] | str:
    """Build a source as a revision has it; return the outputs by name, or why there are none.

    Args:
        root: of the repository.
        revision: a commit, or a tag.
        source: the file, absolute: where it is in the revision.
        folder: one to work in, empty or not there.
        options: of the build.
        surroundings: environment variables of the build; of ours it has the indispensable.

    Raises:
        OSError: the disk is full, or at fault.
    """
    lay_out(committed(root, revision, source), source, folder)
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    command = ["build", "-o", "out", *options, "--", source.name]
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "deckbuilder", *command],
        cwd=folder,
        env={**kept, **surroundings, "HOME": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    _blame_disk(ended, folder)
    if ended.returncode:
        return ended.stderr
    made = sorted((folder / "out").iterdir())  # what begins with a dot, a build only remembers
    return {file.name: file.read_bytes() for file in made if not file.name.startswith(".")}


def committed(root: Path, revision: str, source: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the files beside a source, or below, as who builds a revision gets them."""
    for file in git.held(root, revision, source.parent):
        yield file, git.content(root, revision, file) or b""


def lay_out(files: Iterable[tuple[Path, bytes]], source: Path, folder: Path) -> None:
    """Write files that are beside a source, or below, where they would be beside its copy."""
    for file, data in files:
        copy = folder / file.relative_to(source.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            copy.write_bytes(data)
        except OSError as fault:
            fault.filename = fault.filename or str(folder)  # a full disk names none
            raise


def _blame_disk(ended: subprocess.CompletedProcess[str], folder: Path) -> None:
    """Tell a disk that is full, or at fault, from a source that does not build.

    Raises:
        OSError: that is what ended the build in the folder.
    """
    faults = [line for line in ended.stderr.splitlines() if line.startswith(AT_FAULT)]
    if ended.returncode == FAULTY and faults:
        raise OSError(f"{faults[0].removeprefix(AT_FAULT)} ({folder})")
