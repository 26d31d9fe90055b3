"""A source -> the seconds of each stage, on standard output as JSON; run in a process of its own."""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import floors
import tomli

from deckbuilder.assets import load
from deckbuilder.check import check
from deckbuilder.cli.output import collect_seldom
from deckbuilder.fmt import canonical
from deckbuilder.lint import lint
from deckbuilder.lock import Lock, format_lock, parse_lock
from deckbuilder.model import Deck
from deckbuilder.read import read
from deckbuilder.toml import Source
from deckbuilder.updates import Update, update
from deckbuilder.writers.apkg import package, tsv
from deckbuilder.writers.pdf import glyphs, sheet
from deckbuilder.writers.pdf.handouts import handout, write

NOW = 1_790_000_000
STAMP = "bench"
Made = TypeVar("Made")


class Clock:
    """Takes the time of stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def take(self, stage: str, work: Callable[[], Made]) -> Made:
        """Do the work of a stage."""
        gc.collect()
        start = time.perf_counter()
        made = work()
        self.seconds[stage] = time.perf_counter() - start
        return made


def main(source: Path, handouts: list[str]) -> None:
    """Take the time of all stages of a build, and of `fmt`."""
    clock, scratch = Clock(), source.with_suffix(".anki2")
    deck, problems = clock.take("read", lambda: read(source))
    assert deck, problems
    deck, _ = load(deck, source.parent)
    clock.take("check", lambda: (check(deck), list(glyphs.unprintable(deck))))
    clock.take("lint", lambda: lint(deck))
    new, _ = clock.take("notes, numbers", lambda: updated(deck, Lock(deck.id)))
    data = clock.take("lock, written", lambda: format_lock(new.lock))
    clock.take("lock, read", lambda: parse_lock(data, "bench.lock", deck.id))
    clock.take("deck", lambda: filed(package.write, new.deck, new.notes, new.lock, STAMP, scratch))
    clock.take("text file", lambda: filed(tsv.write, new.deck, new.notes, new.lock))
    clock.take("sheet", lambda: filed(sheet.write, new.deck, STAMP, lambda: NOW))
    for name in handouts:
        clock.take(name, lambda name=name: printed(new.deck, name))  # type: ignore[misc]
    clock.take("fmt", lambda: canonical(Source(source.name, source.read_bytes())))
    print(json.dumps({"seconds": clock.seconds}))


def take_floors(source: Path) -> None:
    """Take the time of what no build can do without; fonts and all else are as new to it."""
    clock, text = Clock(), source.read_text("utf-8")
    clock.take("TOML alone", lambda: tomli.loads(text))
    deck, problems = read(source)
    assert deck, problems
    deck, _ = load(deck, source.parent)
    new, _ = updated(deck, Lock(deck.id))
    rows = floors.rows(new)
    clock.take("floor of the deck", lambda: floors.deck(rows))
    clock.take("floor of the sheet", lambda: floors.sheet(new.deck))
    print(json.dumps({"seconds": clock.seconds}))


def filed(write: Callable[..., Any], *arguments: object) -> Any:
    """Write into a file of no name."""
    with tempfile.TemporaryFile() as out:
        return write(*arguments, out)


def updated(deck: Deck, lock: Lock) -> tuple[Update, object]:
    """Return the notes with their numbers."""
    return update(deck, lock, NOW, break_schema=False)


def printed(deck: Deck, name: str) -> object:
    """Set one handout of all its facts."""
    from deckbuilder.choice import Choice, choose

    deck = replace(deck, printing=replace(deck.printing, handouts=(name,)))
    chosen = choose(deck, handout(name).facts(deck), Choice())
    return filed(write, name, chosen, STAMP, NOW)


if __name__ == "__main__":
    collect_seldom()  # as the program does
    if sys.argv[2:] == ["floors"]:
        take_floors(Path(sys.argv[1]))
    else:
        main(Path(sys.argv[1]), list(filter(None, sys.argv[2].split(","))))
