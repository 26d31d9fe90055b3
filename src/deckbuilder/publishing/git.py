"""A repository -> what is committed, changed and tagged in it; nothing here ever pushes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from deckbuilder.problems import Obstacle

EVERYWHERE = ("-c", "core.autocrlf=false", "-c", "core.eol=lf")  # what line ends may depend on


def root_of(folder: Path) -> Path | Obstacle:
    """Return the folder of the repository that a folder is in, or why git tells none."""
    made = _git(folder, "rev-parse", "--show-toplevel")
    if made.returncode == 0:
        return Path(os.fsdecode(made.stdout).rstrip("\n"))
    complaint = made.stderr.decode(errors="replace").expandtabs(2)
    if "not a git repository" in complaint:
        return Obstacle(f"{folder} is in no git repository", "git init, and commit all")
    return Obstacle(f"git refuses to work in {folder}", complaint)


def is_shallow(root: Path) -> bool:
    """Tell whether a clone has but the last commits: what comes of what nobody can tell there."""
    return _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def unclean(root: Path) -> tuple[str, ...]:
    """Return the names of files that are changed, or new and not ignored."""
    made = _git(root, "status", "--porcelain=v1", "-z", "--no-renames", check=True)
    return tuple(os.fsdecode(row[3:]) for row in made.stdout.split(b"\0") if row)


def tags(root: Path, pattern: str, *where: str) -> tuple[str, ...]:
    """Return the tags of a pattern; `where` narrows them, as `--merged HEAD` does."""
    made = _git(root, "tag", "--list", pattern, *where)
    return tuple(made.stdout.decode().split())


def held(root: Path, revision: str, folder: Path) -> tuple[Path, ...]:
    """Return the files under a folder (absolute) at a revision, absolute."""
    home = f"{folder.relative_to(root).as_posix()}/".removeprefix("./")
    made = _git(root, "ls-tree", "-r", "-z", "--name-only", revision, "--", home or ".", check=True)
    return tuple(root / os.fsdecode(name) for name in made.stdout.split(b"\0") if name)


def content(root: Path, revision: str, file: Path) -> bytes | None:
    """Return what a file (absolute) held at a revision; None if it was not there.

    It is as every clone has it that does as `.gitattributes` says, whatever is set here.
    """
    name = f"{revision}:{file.relative_to(root).as_posix()}"
    made = _git(root, "cat-file", "--filters", name, config=EVERYWHERE)
    return made.stdout if made.returncode == 0 else None


def has_plain_ends(root: Path, file: Path) -> bool:
    """Tell whether `.gitattributes` gives a file (absolute) the same line ends on every system."""
    name = file.relative_to(root).as_posix()
    return _git(root, "check-attr", "-z", "eol", "--", name).stdout.endswith(b"\0lf\0")


def history(root: Path, files: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """Return the commits that files (absolute) changed in, the newest first, and those before."""
    made = _git(root, "rev-list", "--parents", "HEAD", "--", *map(str, files))
    rows = [line.split() for line in made.stdout.decode().splitlines()]
    return {commit: tuple(before) for commit, *before in rows}


def head(root: Path) -> str:
    """Return the id of the commit that is checked out; "" before the first."""
    made = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    return made.stdout.decode().strip()


def has_author(root: Path) -> bool:
    """Tell whether git knows who commits."""
    return _git(root, "var", "GIT_COMMITTER_IDENT").returncode == 0


def commit(root: Path, files: list[Path], message: str, tag: str) -> str:
    """Commit files and tag the commit; return git's complaint where it would not ("" if it did)."""
    names = [str(file.relative_to(root)) for file in files]
    before = head(root)
    for command in (
        ("add", "--", *names),
        ("commit", "--quiet", "--message", message, "--", *names),
        ("tag", "--annotate", "--message", message, "--", tag),
    ):
        made = _git(root, *command)
        if made.returncode:
            _git(root, "reset", "--quiet", "--soft", before)
            _git(root, "reset", "--quiet", "--", *names)
            return made.stderr.decode(errors="replace").strip() or f"git {command[0]} failed"
    return ""


def _git(
    folder: Path, *arguments: str, check: bool = False, config: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["git", "-C", str(folder), *config, *arguments],
        env={**os.environ, "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1"},
        capture_output=True,
        check=check,
    )
