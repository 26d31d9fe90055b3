"""A deck and the file of its lock -> what a build brings to learners, or what the lock refuses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuilder.briefly import some
from deckbuilder.digests import digest
from deckbuilder.model import Deck
from deckbuilder.opened import whole
from deckbuilder.problems import Place, Problem

if TYPE_CHECKING:
    from deckbuilder.lock import Lock
    from deckbuilder.request import Request
    from deckbuilder.updates import Update

DATE = re.compile(rb'"mod": ([0-9]+)')


def remembered(source: Path, deck: Deck) -> tuple[Problem, ...]:
    """Return what the lock of a source, if there is one, has a build of its deck refuse."""
    from deckbuilder.updates import refused

    lock, flaws, data = known_lock(source, deck)
    is_there = bool(data)
    del data  # as large as all lines of the lock
    return refused(deck, lock) if lock and is_there else flaws


def dated(source: Path) -> int:
    """Return the latest date in the lock of a source; 0 where there is none, or no lock.

    Its lines need not be read for that: a quotation mark in their words has a backslash before it.
    """
    file = source.with_suffix(".lock")
    found = DATE.findall(whole(file)) if file.exists() else ()
    return max(map(int, found), default=0)


def brought(
    source: Path, deck: Deck, now: int, request: Request
) -> tuple[Update | None, str, tuple[Problem, ...]]:
    """Return what the build brings, the digest of the lock if it can stay, and what is wrong.

    A problem is that it breaks a promise, or changes a lock that may not change.
    """
    from deckbuilder.updates import update

    lock, flaws, data = known_lock(source, deck)
    if lock is None:
        return None, "", flaws
    there = digest(data) if data else ""
    del data  # as large as all lines of the lock
    new, flaws = update(deck, lock, now, break_schema=request.break_schema)
    stays = new.lock == lock
    if request.frozen and not stays:
        file = source.with_suffix(".lock").name
        flaws = (*flaws, _stale(lock, new.lock, deck.source.place(("deck",)), file))
    return new, there if stays else "", flaws


def known_lock(source: Path, deck: Deck) -> tuple[Lock | None, tuple[Problem, ...], bytes]:
    """Return the lock of a source, what is wrong with it, and its bytes.

    Where there is none it is empty; where there is one that kept the old name of its source, None.
    """
    from deckbuilder.lock import parse_lock

    file = source.with_suffix(".lock")
    is_there = file.exists()
    data = whole(file) if is_there else b""
    shown = Path(deck.source.name).parent / file.name
    if not data and (other := astray(source, deck)):
        return None, (_still_called(other.name, shown, deck),), data
    if is_there and not data:
        return None, (_empty(shown),), data
    return *parse_lock(data, shown.as_posix(), deck.id, deck.was), data


def astray(source: Path, deck: Deck) -> Path | None:
    """Return a lock of this deck beside its source that no source has the name of, if any."""
    from deckbuilder.lock import decks_in

    for file in sorted(source.parent.glob("*.lock")):
        if file.with_suffix(".toml").exists() or not file.is_file():
            continue
        if not decks_in(whole(file)).isdisjoint(deck.ids):
            return file
    return None


def _empty(shown: Path) -> Problem:
    """Tell of a lock that has lost all it said, as a power cut or a full disk leaves one."""
    return Problem(
        "bad-lock",
        "the lock cannot be used: it is empty",
        Place(shown.as_posix(), 1, 1, 1, 1),
        "restore it from version control; or deckbuilder lock --repair --from the last released"
        " package; if none was ever released, delete it",
    )


def _still_called(name: str, shown: Path, deck: Deck) -> Problem:
    """Tell of a lock that kept the name which its source had, or is but a copy."""
    return Problem(
        "bad-lock",
        f"the lock of this deck is still called {name}: learners would start anew",
        deck.source.place(("deck", "id")),
        f"rename it with its source: git mv {shown.with_name(name)} {shown}; or, if it is an old"
        " copy, take it away: deckbuilder lock --repair --from the last released package makes the"
        " lock anew",
    )


def _stale(old: Lock, new: Lock, place: Place, file: str) -> Problem:
    keys = old.lines.keys() | new.lines.keys()
    others = sorted({key[0] for key in keys if old.lines.get(key) != new.lines.get(key)})
    named = some([f"`{fact}`" for fact in others if fact])  # a note type's line has none
    rest = "the note types changed" if others else "the deck's name in Anki changed"
    return Problem(
        "stale-lock",
        f"{file} does not fit the source: {named or rest}",
        place,
        "build without --frozen and commit the lock",
    )
