"""What helps to write sources: `new`, `fmt`, `show` and `stats`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckbuilder.briefly import count
from deckbuilder.cli.output import PROBLEMS, Progress, Run, say
from deckbuilder.cli.sources import SOURCES, moment, present
from deckbuilder.problems import did_you_mean, errors
from deckbuilder.reports.harmless import harmless

if TYPE_CHECKING:
    from deckbuilder.stats import Stats


@click.command("new")
@click.argument("folder", metavar="NAME", type=click.Path(path_type=Path))
def new_command(folder: Path) -> None:
    """Begin a project in the folder NAME.

    It has one fact of each kind, to be replaced, and builds, tests and releases itself: with make,
    and at GitHub. NAME also makes the deck's title and, with letters at its end that hardly any
    other deck has, its id.
    """
    from deckbuilder.check import check
    from deckbuilder.read import read_bytes
    from deckbuilder.scaffold import project

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(
            f"{folder} is there already and holds something: choose another name"
        )
    place = Path(os.path.realpath(folder))
    if os.pathsep in str(place):
        raise click.UsageError(
            f"Python makes no virtual environment in `{place}`, as `{os.pathsep}` stands between"
            " paths, so make could not set one up: choose another name"
        )
    name = place.name
    made = project(name, moment())
    if not made:
        raise click.UsageError(f"no id can be made of `{name}`: use Latin letters or digits")
    source, text = next(iter(made.items()))
    deck, problems = read_bytes(text, source)
    for problem in errors((*problems, *(check(deck) if deck else ()))):  # the name is no good one
        raise click.UsageError(problem.message)
    _begin(folder, made)
    facts = count(len(deck.facts), "fact") if deck else ""
    say(f"{folder / source}: {facts}, one of each kind; put your own in their place")
    step = f"./{folder}" if str(folder).startswith("-") else str(folder)
    say(f"next: cd {shlex.quote(step)} && make")


def _begin(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write a project into its empty folder; where that fails, the folder is as it was."""
    from deckbuilder.files import publish_file, uninterrupted

    files = {folder / name: data for name, data in made.items()}
    homes = {home for file in files for home in file.parents if not home.exists()}
    with uninterrupted(), ExitStack() as undo:
        undo.callback(_take_back, files, sorted(homes, reverse=True))
        for file, data in files.items():
            publish_file(file, data)
        undo.pop_all()


def _take_back(files: Iterable[Path], folders: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
    for folder in folders:  # the deepest first
        with suppress(OSError):  # it was not made, or somebody else has put something into it
            folder.rmdir()


@click.command("fmt")
@SOURCES
@click.option("--check", is_flag=True, help="Write nothing; fail if a source would change.")
def fmt_command(sources: Sequence[Path], check: bool) -> None:
    """Lay out sources in canonical form.

    Without SOURCES every source/*.toml. Keys get their order and stand in line, facts without an
    id get one; values and comments stay.
    """
    with Run(afterword="what has an error stays as it is") as run:
        chosen = sources or present()
        changed = [run.tried(source, partial(_format, source, check, run)) for source in chosen]
    if check and any(changed):
        say("deckbuilder fmt lays them out so")
        raise click.exceptions.Exit(PROBLEMS)


def _format(file: Path, check: bool, run: Run) -> bool:
    """Format a source unless this is a check; tell whether its bytes change."""
    from deckbuilder.files import publish_file
    from deckbuilder.fmt import canonical, difference
    from deckbuilder.opened import alone, at_most
    from deckbuilder.toml import LARGEST_FILE, parse

    with nullcontext() if check else alone(file):  # what is only looked at may come by a pipe
        source, problems = parse(at_most(LARGEST_FILE, file), file.as_posix())
        run.found += problems
        if source is None:
            return False
        made = canonical(source)
        data = made.text.encode()
        if data == source.data:
            run.say(f"{file}: fine")
            return False
        ids = f", {count(len(made.ids), 'new id')}" if made.ids else ""
        if not check:
            publish_file(file, data)
        run.say(f"{file}: {'would change' if check else 'formatted'}{ids}")
        for line in difference(source.text, made.text) if check else ():
            run.say(f"  {line}")
    return True


@click.command("show")
@click.argument("fact", metavar="ID")
@SOURCES
def show_command(fact: str, sources: Sequence[Path]) -> None:
    """Show a fact with its cards and its print.

    Without SOURCES it is looked for in every source/*.toml.
    """
    from deckbuilder.read import read
    from deckbuilder.show import show
    from deckbuilder.writers.apkg.notes import notes

    with Run() as run:
        shown, known = [], set[str]()
        for source in sources or present():
            deck, problems = run.tried(source, partial(read, source)) or (None, ())
            run.found += problems
            if deck is None:
                continue
            known |= {one.id for one in deck.facts}
            for one in deck.facts:
                if one.id == fact:
                    tags = next((note.tags for note in notes(deck) if note.fact == fact), ())
                    shown.append(show(deck, one, tags))
        for line in "\n\n".join(shown).split("\n") if shown else ():
            say("\t".join(map(harmless, line.split("\t"))), safe=True)
        if not shown and not run.failed:
            near = did_you_mean(fact, known)
            hint = f"; {near}" if near.startswith("did") else ""
            raise click.ClickException(f"no fact has the id `{harmless(fact)}`{hint}")


@click.command("stats")
@SOURCES
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table to read, or one document for programs.",
)
def stats_command(sources: Sequence[Path], form: str) -> None:
    """Count facts, cards, kinds, pages, answers.

    Without SOURCES of every source/*.toml.
    """
    from deckbuilder.stats import to_json, to_text

    with Run() as run:
        found = list(_figures(sources or present(), run))
        if form == "json":
            say(to_json(found), safe=True)
            return
        for stats in found:
            for line in to_text(stats):
                say(line)


def _figures(sources: Sequence[Path], run: Run) -> Iterator[Stats]:
    from deckbuilder.examine import examine
    from deckbuilder.stats import figures
    from deckbuilder.writers.pdf.sheet import pages

    for source in sources:
        with Progress(source) as progress:
            progress("counting")
            deck, problems = run.tried(source, partial(examine, source)) or (None, ())
            run.found += problems
            stats = figures(deck, pages(deck)) if deck else None
        if stats:
            yield stats
