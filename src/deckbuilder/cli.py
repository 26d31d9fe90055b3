"""The command line: the only module that prints, and decides how a run ends.

Exit codes: 0 fine, 1 problems in a source, 2 wrong use, 3 something around us (disk, rights).
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import click

from deckbuilder import __version__
from deckbuilder.lock import Changes
from deckbuilder.problems import Problem, describe, errors, harmless
from deckbuilder.schema import PRINT

PROBLEMS, ENVIRONMENT = 1, 3  # click itself ends wrong use with 2
MOST_SHOWN = 50  # problems in one run; more are counted

SOURCES = click.argument(
    "sources", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


def printing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add a flag for each key of a source's `[print]` table; it outranks the source."""
    for key in (key for key in reversed(PRINT) if key.choices):
        choice = click.Choice(key.choices)
        command = click.option(f"--{key.name}", type=choice, help=key.doc)(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="deckbuilder %(version)s")
def cli() -> None:
    """Turn one TOML source of facts into an Anki deck and a revision sheet."""


@cli.command("build")
@SOURCES
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder for the outputs.",
)
@click.option("--frozen", is_flag=True, help="Refuse if a lock would change.")
@printing_options
def build_command(sources: Sequence[Path], out: Path, frozen: bool, **printing: str | None) -> None:
    """Build STEM.apkg and STEM.pdf of each source (default: every source/*.toml)."""
    from deckbuilder.build import build, examine_together

    chosen, now = _sources(sources), _now()
    _finish(examine_together(chosen))
    asked = {key: value for key, value in printing.items() if value}
    found: list[Problem] = []
    for source in chosen:
        try:
            with _Progress(source) as progress:
                built = build(source, out, now, frozen=frozen, printing=asked, progress=progress)
        except OSError:
            _tell(found)
            raise
        found += built.problems
        if errors(built.problems):
            continue
        _say(f"{source}: {_count(built.facts, 'fact')}, {_count(built.cards, 'card')}")
        for file, size in built.files[:2]:
            pages = f", {_count(built.pages, 'page')}" if file.suffix == ".pdf" else ""
            _say(f"  {file}  {_size(size)}{pages}")
        for line in _changes(built.changes):
            _say(f"  {line}")
    _finish(found)


@cli.command("check")
@SOURCES
def check_command(sources: Sequence[Path]) -> None:
    """Tell every problem of each source (default: every source/*.toml); write nothing."""
    from deckbuilder.build import examine, examine_together

    chosen = sources or _sources(())
    found = list(examine_together(chosen))
    for source in chosen:
        deck, problems = examine(source)
        found += problems
        if deck:
            _say(f"{source}: fine, {_count(len(deck.facts), 'fact')}")
    _finish(found)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; no input ends in a traceback."""
    try:
        status = cli.main(
            list(arguments) if arguments is not None else None, "deckbuilder", standalone_mode=False
        )
        sys.exit(status or 0)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:
        click.echo(harmless(f"deckbuilder: {_fault(error)}"), err=True)
        sys.exit(ENVIRONMENT)
    except Exception as error:  # the last resort: a fault of ours, told shortly
        if os.environ.get("DECKBUILDER_DEBUG"):
            raise
        click.echo(
            f"deckbuilder {__version__}: an error of the program, not of your source"
            f" ({type(error).__name__}: {error}).\n"
            "Please report it with the source; DECKBUILDER_DEBUG=1 shows where it happened.",
            err=True,
        )
        sys.exit(ENVIRONMENT)


# ---------------------------------------------------------------------------- input


def _sources(given: Sequence[Path]) -> list[Path]:
    """Return the sources to work on, in order; no two may claim one name in the output folder."""
    chosen = list(given) or sorted(Path("source").glob("*.toml"))
    if not chosen:
        raise click.UsageError("there is no source/*.toml here; name a source")
    stems: dict[str, Path] = {}
    for source in chosen:
        other = stems.setdefault(source.stem.casefold(), source)
        if other is not source:
            raise click.UsageError(f"{other} and {source} would both become {source.stem}.apkg")
    return chosen


def _now() -> int:
    """Return the time of the build: SOURCE_DATE_EPOCH if set, else the clock's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not given:
        return int(time.time())
    if not re.fullmatch("[0-9]+", given) or not 0 < int(given) < 2**31:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {given!r}, not a time in seconds after 1970")
    return int(given)


# ---------------------------------------------------------------------------- output


def _say(line: str) -> None:
    """Print a line of results; the name of a file in it cannot drive the terminal either."""
    try:
        click.echo(harmless(line))
    except BrokenPipeError:  # `deckbuilder … | head`: nobody reads on, the work goes on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _finish(problems: Sequence[Problem]) -> None:
    """Print the problems and end the run accordingly."""
    _tell(problems)
    if wrong := len(errors(problems)):
        click.echo(f"{_count(wrong, 'error')}; what has one keeps its earlier outputs", err=True)
        raise click.exceptions.Exit(PROBLEMS)


def _tell(problems: Sequence[Problem]) -> None:
    for problem in problems[:MOST_SHOWN]:
        click.echo(describe(problem), err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"… and {len(problems) - MOST_SHOWN} more", err=True)


class _Progress:
    """Say on a terminal what a build is doing, on one line that goes away."""

    def __init__(self, source: Path) -> None:
        self.source, self.shown = source, sys.stderr.isatty()

    def __enter__(self) -> Callable[[str], object]:
        return self._say

    def _say(self, stage: str) -> None:
        if self.shown:
            click.echo(f"\r\x1b[K{harmless(f'{self.source}: {stage} …')}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def _changes(changes: Changes) -> list[str]:
    """Return what learners will notice, a line each."""
    remade = set(changes.new) & set(changes.dropped)
    said = []
    for facts, what in (
        ([fact for fact in changes.new if fact not in remade], "new"),
        (changes.changed, "changed"),
        (sorted(remade), "made anew, for its kind of note changed: its cards start again"),
        ([f for f in changes.dropped if f not in remade], "gone; who has imported it keeps it"),
    ):
        if facts:
            named = ", ".join(facts[:5]) + (" …" if len(facts) > 5 else "")
            said.append(f"{_count(len(facts), 'note')} {what}: {named}")
    return said + ["the cards' look changed"] * (changes.look and not changes.new)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _size(size: int) -> str:
    return f"{size / 1000:,.0f} kB" if size >= 1000 else f"{size} bytes"


def _fault(error: OSError) -> str:
    name = error.filename2 or error.filename
    return f"{error.strerror or error}{f': {name}' if name else ''}"
