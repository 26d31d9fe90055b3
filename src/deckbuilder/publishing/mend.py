"""A source -> its lock on the disk, mended or with all notes newer, and what there is to say."""

from __future__ import annotations

from pathlib import Path

from deckbuilder.briefly import count
from deckbuilder.brought import astray, known_lock
from deckbuilder.files import publish_file
from deckbuilder.lock import format_lock, restamped
from deckbuilder.opened import alone
from deckbuilder.problems import Obstacle, Problem
from deckbuilder.publishing.present import dates_out
from deckbuilder.publishing.repair import repair
from deckbuilder.publishing.shipped import read_shipped
from deckbuilder.read import read
from deckbuilder.slots import dataclass

COST = (
    "Learners who import the next release get the deck’s text for every note; its notes say so.",
    "What they changed in the notes themselves, the tags they gave, marks and leeches are lost;",
    "schedules, reviews and flags stay. Restore the lock from version control to take it back.",
)


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a lock: a line for each thing to say, and why it stays as it is, if it does.

    `problems`: of the source, or of a lock that is read; `obstacles`: what is to be decided first.
    """

    said: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


def mend(source: Path, package: bytes | None) -> Mended:
    """Mend the lock of a source, where need be with the package that was released last.

    Raises:
        OSError: a file cannot be read or written; the lock has not changed.
    """
    with alone(source):
        deck, problems = read(source)
        if deck is None:
            return Mended(problems=problems)
        _, flaws, before = known_lock(source, deck)
        other = None if before else astray(source, deck)
        if other and package is None:  # there is one, and it has but to be moved
            return Mended(problems=(*problems, *flaws))
        shipped = read_shipped(package, deck.ids) if package is not None else None
        if isinstance(shipped, Obstacle):
            return Mended(problems=problems, obstacles=(shipped,))
        out = dates_out(source.resolve(), deck, shipped) if shipped else ()
        found = repair(deck, before, shipped, out)
        file = source.with_suffix(".lock")
        said = [f"{file}: {sentence}" for sentence in found.decided]
        if not found.obstacles and found.data == before:
            said.append(f"{file}: fine, nothing to mend")
        elif not found.obstacles:
            publish_file(file, found.data)
            if other:
                said.append(f"{file}: made without {other.name}; if that is newer, move it here")
            said.append(f"{file}: mended; look at the difference, then: deckbuilder build {source}")
        return Mended(tuple(said), problems, found.obstacles)


def restamp(source: Path, now: int) -> Mended:
    """Make all notes in the lock of a source newer than any learner has them.

    Raises:
        OSError: a file cannot be read or written; the lock has not changed.
    """
    with alone(source):
        deck, problems = read(source)
        if deck is None:
            return Mended(problems=problems)
        lock, flaws, _ = known_lock(source, deck)
        if lock is None:
            return Mended(problems=(*problems, *flaws))
        file = source.with_suffix(".lock")
        if not lock.lines:
            empty = Obstacle(f"{file} holds no notes yet", "run deckbuilder build first")
            return Mended(problems=problems, obstacles=(empty,))
        made = restamped(lock, now)
        publish_file(file, format_lock(made))
        notes = sum(1 for fact, _ in made.lines if fact)
        done = f"{file}: {count(notes, 'note')} made newer"
        return Mended((done, *(f"  {line}" for line in COST)), problems)
