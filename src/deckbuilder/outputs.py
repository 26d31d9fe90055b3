"""What a build brings -> the pieces of work that make its outputs, each in a file of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuilder.choice import Choice, choose
from deckbuilder.files import Stage, Written
from deckbuilder.model import Deck
from deckbuilder.problems import Problem
from deckbuilder.schema import EVERY_HANDOUT, HANDOUTS
from deckbuilder.slots import dataclass
from deckbuilder.stamp import stamp_of

if TYPE_CHECKING:
    from deckbuilder.lock import Lock
    from deckbuilder.updates import Update
    from deckbuilder.writers.pdf.drawing import Printed

REACHED = 504  # bytes of the longest path of a file that SQLite can open


@dataclass(frozen=True, slots=True)
class Made:
    """What pieces of work have made.

    `files`: by name; `pages`: of those that are PDFs; `content`: the digest of what the package
    says; `problems`: of facts and their cards, and where something had no room; `left_out`: why
    there is not one of the handouts that were asked for, by its name.
    """

    files: Mapping[str, Written] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    content: str = ""
    problems: tuple[Problem, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, other: Made) -> Made:
        """Return what both have made."""
        return Made(
            {**self.files, **other.files},
            {**self.pages, **other.pages},
            self.content or other.content,
            (*self.problems, *other.problems),
            {**self.left_out, **other.left_out},
        )


Piece = Callable[[], Made]
Progress = Callable[[str], object]  # told what is being made


def print_sheet(deck: Deck, stage: Stage, progress: Progress, changed: Callable[[], int]) -> Made:
    """Make the sheet; it needs nothing of the lock until its pages are drawn.

    Args:
        deck: as it was read.
        stage: where to make it.
        progress: told what is being made.
        changed: asked then for when the deck last changed, in seconds since 1970.
    """
    from deckbuilder.writers.pdf import sheet

    progress("sheet")
    name = f"{stage.stem}.pdf"
    with stage.open(name) as out:
        printed = sheet.write(deck, str(stamp_of(deck)), changed, out)
    return _printed(stage, name, printed)


def _printed(stage: Stage, name: str, printed: Printed) -> Made:
    return Made({name: stage.look(name)}, {name: printed.pages}, problems=printed.problems)


def outputs(new: Update, stage: Stage, choice: Choice, progress: Progress) -> Iterator[Piece]:
    """Yield the pieces of work besides the sheet: the package with the text file, each handout.

    Args:
        new: what the build brings.
        stage: where to make them.
        choice: which facts the handouts are about.
        progress: told what is being made.
    """
    yield partial(_package, new, stage, progress)
    asked = new.deck.printing.handouts
    for name in (name for name in HANDOUTS if name in asked or EVERY_HANDOUT in asked):
        from deckbuilder.writers.pdf.handouts import handout

        for version in ("",) if handout(name).once else choice.versions or ("",):
            yield partial(_handout, new, stage, name, choice, version, progress)


def _handout(
    new: Update, stage: Stage, name: str, choice: Choice, version: str, progress: Progress
) -> Made:
    """Make a handout, unless it would hold nothing: a deck without dates has none to drill."""
    from deckbuilder.writers.pdf.handouts import handout, write

    progress(name)
    kind = handout(name)
    chosen = choose(new.deck, kind.facts(new.deck), choice, version)
    if not kind.worth(chosen):
        where = "what is chosen" if choice.topics or choice.tags else "the source"
        has = "one date" if chosen.facts else "none"  # what asks takes any fact; the rest, two
        return Made(left_out={name: f"it takes {kind.takes}, and {where} has {has}"})
    stem = f"{stage.stem}-{name}"
    file = f"{stem}-{version}.pdf" if version else f"{stem}.pdf"
    with stage.open(file) as out:
        printed = write(name, chosen, str(stamp_of(new.deck)), last_changed(new.lock), out)
    if not printed.pages:
        why = f"it takes {kind.takes}, and what there is has no room on it"
        return Made(problems=printed.problems, left_out={name: why})
    return _printed(stage, file, printed)


def _package(new: Update, stage: Stage, progress: Progress) -> Made:
    from deckbuilder.writers.apkg import package, tsv
    from deckbuilder.writers.apkg.notes import listed

    progress("deck")
    deck, lock, build, stem = new.deck, new.lock, str(stamp_of(new.deck)), stage.stem
    names = [f"{stem}.apkg", f"{stem}.tsv"]
    with _scratch(stage.path / f"{stem}.anki2") as scratch:
        with stage.open(names[0]) as out:
            content = package.write(deck, new.notes, lock, build, scratch, out)
        with stage.open(names[1]) as out:
            tsv.write(deck, new.notes, lock, out)
        if new.tombstones:
            names.append(f"{stem}-upgrade.apkg")
            both = (*new.notes, *map(listed, new.tombstones))
            with stage.open(names[-1]) as out:
                package.write(deck, both, lock, build, scratch, out)
    return Made({name: stage.look(name) for name in names}, content=content)


@contextmanager
def _scratch(file: Path) -> Iterator[Path]:
    """Yield a file to make a database in: this one, or one where SQLite can reach it."""
    if len(os.fsencode(file.resolve())) <= REACHED:
        yield file
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="deckbuilder-") as folder:
        yield Path(folder, file.name)


def last_changed(lock: Lock) -> int:
    """Return when a deck last changed, in seconds since 1970."""
    return max(line.mod for line in lock.lines.values())
