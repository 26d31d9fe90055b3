"""`lock`: the lock mended, or all its notes made newer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from deckbuilder.cli.building import SOURCES, build_time, distinct
from deckbuilder.cli.output import PROBLEMS, Run, count, say
from deckbuilder.lock import format_lock, parse_lock
from deckbuilder.model import Deck
from deckbuilder.problems import Obstacle

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LARGEST = 1 << 29  # bytes of a package

COST = (
    "Learners who import the next release get the deck’s text for every note.",
    "What they changed in the notes themselves, the tags they gave, marks and leeches are lost;",
    "schedules, reviews and flags stay. Restore the lock from version control to take it back.",
)


@click.command("lock")
@SOURCES
@click.option(
    "--repair", "mend", is_flag=True, help="Mend a lock that is in conflict, old or lost."
)
@click.option(
    "--from", "package", type=FILE, help="The package released last, to mend the lock from."
)
@click.option(
    "--restamp",
    is_flag=True,
    help="Make all notes newer, so that every learner gets the deck's text.",
)
def lock_command(sources: Sequence[Path], mend: bool, package: Path | None, restamp: bool) -> None:
    """Mend the lock of each source, or make all its notes newer."""
    if mend == restamp:
        raise click.UsageError("say --repair or --restamp")
    chosen = list(sources) or distinct(())
    if package and (restamp or len(chosen) > 1):
        raise click.UsageError("--from goes with --repair, and with one source")
    with Run("text", strict=False, afterword="its lock stays as it is") as run:
        for source in chosen:
            if mend:
                _repair(source, package, run)
            else:
                _restamp(source, run)


def _repair(source: Path, package: Path | None, run: Run) -> None:
    from deckbuilder.files import alone, publish
    from deckbuilder.publishing.repair import repair
    from deckbuilder.publishing.shipped import read_shipped

    with alone(source, lambda: None):
        deck = _deck(source, run)
        file = source.with_suffix(".lock")
        before = file.read_bytes() if file.exists() else b""
        shipped = None
        if package:
            if package.stat().st_size > LARGEST:
                raise click.UsageError(f"{package} is too large to be a deck")
            told = read_shipped(package.read_bytes(), (deck.id, *deck.was))
            if isinstance(told, Obstacle):
                stop((told,))
            else:
                shipped = told
        found = repair(deck, before, shipped)
        for sentence in found.decided:
            run.say(f"{file}: {sentence}")
        stop(found.obstacles)
        if found.data == before:
            run.say(f"{file}: fine, nothing to mend")
            return
        publish(file.parent, {file.name: found.data}, source.stem)
        run.say(f"{file}: mended; look at the difference, then: deckbuilder build {source}")


def _restamp(source: Path, run: Run) -> None:
    from deckbuilder.files import alone, publish
    from deckbuilder.lock import restamped

    with alone(source, lambda: None):
        deck = _deck(source, run)
        file = source.with_suffix(".lock")
        before = file.read_bytes() if file.exists() else b""
        lock, problems = parse_lock(before, file.as_posix(), deck.id, deck.was)
        run.found += problems
        run.stop_if_failed()
        if not lock or not lock.lines:
            stop((Obstacle(f"{file} holds no notes yet", "run deckbuilder build first"),))
        else:
            made = restamped(lock, build_time())
            publish(file.parent, {file.name: format_lock(made)}, source.stem)
            notes = sum(1 for fact, _ in made.lines if fact)
            run.say(f"{file}: {count(notes, 'note')} made newer")
            for line in COST:
                run.say(f"  {line}")


def _deck(source: Path, run: Run) -> Deck:
    """Return what a source says; the run ends here if that cannot be read."""
    from deckbuilder.read import read

    deck, problems = read(source)
    run.found += problems
    if deck is None:
        raise click.exceptions.Exit(PROBLEMS)
    return deck


def stop(obstacles: Iterable[Obstacle]) -> None:
    """Tell what stands in the way, and end the run; go on if nothing does."""
    told = list(obstacles)
    for obstacle in told:
        say(f"error: {obstacle.sentence}", err=True)
        if obstacle.hint:
            say(f"  = help: {obstacle.hint}", err=True)
    if told:
        raise click.exceptions.Exit(PROBLEMS)
