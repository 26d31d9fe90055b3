"""`build` and `check`: sources -> outputs, or what is wrong with the sources."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from deckbuilder.cli.jobs import results
from deckbuilder.cli.output import Run, count, size, telling
from deckbuilder.lock import Changes
from deckbuilder.problems import errors
from deckbuilder.schema import PRINT

SOURCES = click.argument(
    "sources", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


def printing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add a flag for each key of a source's `[print]` table; it outranks the source."""
    for key in (key for key in reversed(PRINT) if key.choices):
        choice = click.Choice(key.choices)
        command = click.option(f"--{key.name}", type=choice, help=key.doc)(command)
    return command


@click.command("build")
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
@click.option(
    "--break-schema",
    is_flag=True,
    help="Let pass what learners can only import with other options than Anki's.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Work on so many sources at the same time.",
)
@printing_options
@telling
def build_command(
    run: Run,
    sources: Sequence[Path],
    out: Path,
    frozen: bool,
    break_schema: bool,
    jobs: int,
    **printing: str | None,
) -> None:
    """Build STEM.apkg and STEM.pdf of each source (default: every source/*.toml)."""
    from deckbuilder.build import build, examine_together

    chosen, now = distinct(sources), build_time()
    run.found += examine_together(chosen)
    run.stop_if_failed()
    asked = {key: value for key, value in printing.items() if value}
    work = partial(
        build,
        out=out,
        now=now,
        frozen=frozen,
        strict=run.strict,
        break_schema=break_schema,
        printing=asked,
    )
    for source, built in results(work, chosen, jobs):
        run.found += built.problems
        if not built.files:
            continue
        run.say(f"{source}: {count(built.facts, 'fact')}, {count(built.cards, 'card')}")
        for file, octets in built.files[:2]:
            pages = f", {count(built.pages, 'page')}" if file.suffix == ".pdf" else ""
            run.say(f"  {file}  {size(octets)}{pages}")
        for line in (*_changes(built.changes), *_decided(built.decided)):
            run.say(f"  {line}")


@click.command("check")
@SOURCES
@telling
def check_command(run: Run, sources: Sequence[Path]) -> None:
    """Tell every problem of each source (default: every source/*.toml); write nothing."""
    from deckbuilder.build import examine, examine_together

    chosen = sources or distinct(())
    run.found += examine_together(chosen)
    for source in chosen:
        deck, problems = examine(source)
        run.found += problems
        if deck and not (errors(problems) or (run.strict and problems)):
            run.say(f"{source}: fine, {count(len(deck.facts), 'fact')}")


def distinct(given: Sequence[Path]) -> list[Path]:
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


def build_time() -> int:
    """Return the time of the build: SOURCE_DATE_EPOCH if set, else the clock's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not given:
        return int(time.time())
    if not re.fullmatch("[0-9]+", given) or not 0 < int(given) < 2**31:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {given!r}, not a time in seconds after 1970")
    return int(given)


def _decided(decided: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return how gaps were numbered where that was not plain, a line each."""
    return [f"{fact}: {sentence}" for fact, said in decided.items() for sentence in said]


def _changes(changes: Changes) -> list[str]:
    """Return what learners will notice, a line each."""
    remade = set(changes.new) & set(changes.dropped)
    said = [f"renamed: {old} is {new} now; its cards go on" for old, new in changes.renamed]
    for facts, what in (
        ([fact for fact in changes.new if fact not in remade], "new"),
        (changes.changed, "changed"),
        (sorted(remade), "made anew, for its kind of note changed: its cards start again"),
        ([f for f in changes.dropped if f not in remade], "gone; who has imported it keeps it"),
        (changes.retired, "retired; STEM-upgrade.apkg takes it from those who have it"),
        (changes.revived, "back"),
    ):
        if facts:
            named = ", ".join(facts[:5]) + (" …" if len(facts) > 5 else "")
            said.append(f"{count(len(facts), 'note')} {what}: {named}")
    return said + ["the cards' look changed"] * (changes.look and not changes.new)
