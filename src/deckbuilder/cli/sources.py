"""What a command is given, and its surroundings -> the sources to work on, and the time to tell."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click


class Source(click.Path):
    """The path of a source, the file itself: its lock and its pictures are beside that."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, or where it leads to."""
        return followed(Path(os.fsdecode(super().convert(value, param, ctx))))


SOURCE = Source()
SOURCES = click.argument("sources", nargs=-1, type=SOURCE)


def present() -> list[Path]:
    """Return source/*.toml as a shell and make know it: editors and disks leave hidden files.

    They are built together, so no two of them may claim one name, whatever the command.
    """
    if not (there := in_source()):
        raise click.UsageError("there is no source/*.toml here; name a source")
    return distinct(there)


def in_source() -> list[Path]:
    """Return source/*.toml, where links lead; none if there is nothing."""
    there = sorted(file for file in Path("source").glob("*.toml") if file.name[0] != ".")
    return [*map(followed, there)]


def distinct(sources: Sequence[Path]) -> list[Path]:
    """Return sources in their order; no two may claim one name in the output folder."""
    stems: dict[str, Path] = {}
    for source in sources:
        other = stems.setdefault(source.stem.casefold(), source)
        if other is not source:
            raise click.UsageError(f"{other} and {source} would both become {source.stem}.apkg")
    return list(sources)


def followed(file: Path) -> Path:
    """Return the file that a link leads to, as seen from here; all else is as it was.

    A pipe has no name of its own: /dev/stdin leads to none.
    """
    real = Path(os.path.realpath(file))  # of a link to itself, too
    return Path(os.path.relpath(real)) if file.is_symlink() and real.is_file() else file


def moment() -> int:
    """Return a number that hardly another run has: nanoseconds, or SOURCE_DATE_EPOCH if set."""
    return build_time() if os.environ.get("SOURCE_DATE_EPOCH", "").strip() else time.time_ns()


def build_time() -> int:
    """Return the time of the build: SOURCE_DATE_EPOCH if set, else the clock's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not given:
        return int(time.time())
    if not re.fullmatch("[0-9]+", given) or not 0 < int(given) < 2**31:
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is {given!r}, not a time in seconds between 1970 and 2038"
        )
    return int(given)
