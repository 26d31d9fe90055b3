"""What learners already have (`STEM.lock`) and what the deck holds now -> what they get next.

Anki updates a note only if the incoming `mod` is strictly newer, and then takes the learner's own
edits and tags of that note away. So `mod` rises when a note's content changed, and only then.
The lock is text, one note a line, so that two branches merge and one edit is one line of a diff.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from deckbuilder.problems import Place, Problem

FORMAT = 1
FIRST_NOTE_ID = 1_000_000_000_000  # milliseconds, as Anki's own ids: September 2001 …
SLOTS = 1_200_000_000  # … to September 2020, so that none lies in a learner's future
CARDS_A_NOTE = 500  # ids kept free after a note's for its cards
LARGEST = 1 << 53  # beyond it JavaScript, and so Anki's pages, would round an id

Key = tuple[str, str]  # (fact id, note type); a note type itself is ("", its name)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A note (or, with no fact, a note type) of the deck as it is now."""

    fact: str
    notetype: str
    digest: str

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.fact, self.notetype


@dataclass(frozen=True, slots=True)
class Line:
    """What the lock remembers. `since` is the release it went out with, "" while a draft."""

    guid: str
    note: int  # Anki's note id
    digest: str
    mod: int  # seconds since 1970
    since: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """All lines of a deck's lock."""

    deck: str
    lines: Mapping[Key, Line] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of the facts whose notes differ from the lock."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    look: bool = False  # a note type changed


def stable_id(*names: str) -> int:
    """Return an id that depends on the names alone: 53 bits, which JavaScript can hold."""
    return _hash(*names) & ((1 << 52) - 1) | (1 << 52)


def _hash(*names: str) -> int:
    return int.from_bytes(hashlib.sha256("\x1f".join(names).encode()).digest()[:8], "big")


# ---------------------------------------------------------------------------- settle


def settle(lock: Lock, wanted: Iterable[Wanted], now: int) -> tuple[Lock, Changes]:
    """Return the lock that fits the deck, and what that changed.

    Args:
        lock: what was remembered.
        wanted: every note and note type of the deck; each key once.
        now: the time of the build in seconds; a line's `mod` rises to it, or by one if it is past.
    """
    lines: dict[Key, Line] = {}
    new: list[str] = []
    changed: list[str] = []
    look = False
    taken = {line.note for line in lock.lines.values()}
    for want in sorted(wanted, key=lambda want: want.key):
        old = lock.lines.get(want.key)
        if old and old.digest == want.digest:
            lines[want.key] = old
            continue
        if old:
            lines[want.key] = replace(old, digest=want.digest, mod=max(now, old.mod + 1))
        else:
            lines[want.key] = _first_line(lock.deck, want, now, taken)
        if want.fact:
            (changed if old else new).append(want.fact)
        elif old:
            look = True
    dropped = sorted(fact for fact, kind in lock.lines.keys() - lines.keys() if fact)
    return replace(lock, lines=lines), Changes(tuple(new), tuple(changed), tuple(dropped), look)


def _first_line(deck: str, want: Wanted, now: int, taken: set[int]) -> Line:
    """Return a line for what learners have never had; its ids come from its names alone."""
    guid = hashlib.sha256("\x1f".join((deck, *want.key)).encode()).hexdigest()[:20]
    if not want.fact:
        return Line(guid, 0, want.digest, now)
    slot = _hash(guid) % SLOTS
    while FIRST_NOTE_ID + slot * CARDS_A_NOTE in taken:
        slot = (slot + 1) % SLOTS
    note = FIRST_NOTE_ID + slot * CARDS_A_NOTE
    taken.add(note)
    return Line(guid, note, want.digest, now)


def vanished(lock: Lock, kept: Lock, place: Place) -> tuple[Problem, ...]:
    """Return a problem for each released note that the deck no longer holds."""
    return tuple(
        Problem(
            "released-fact-gone",
            f"`{fact}` was released with {line.since} and is gone: learners would keep it for ever",
            place,
            "put the fact back",
        )
        for (fact, kind), line in sorted(lock.lines.items())
        if line.since and (fact, kind) not in kept.lines
    )


# ---------------------------------------------------------------------------- text


def format_lock(lock: Lock) -> bytes:
    """Return the lock as the bytes of its file."""
    head = {"deckbuilder-lock": FORMAT, "deck": lock.deck}
    rows = [_row(key, line) for key, line in sorted(lock.lines.items())]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in (head, *rows))
    return f"{text}\n".encode()


def _row(key: Key, line: Line) -> dict[str, Any]:
    fact, notetype = key
    row: dict[str, Any] = {"fact": fact} if fact else {}
    row |= {"notetype": notetype, "digest": line.digest, "mod": line.mod}
    if fact:
        row |= {"guid": line.guid, "note": line.note}
    if line.since:
        row["since"] = line.since
    return row


def parse_lock(data: bytes, name: str, deck: str) -> tuple[Lock | None, tuple[Problem, ...]]:
    """Return the lock that a file holds, or why it cannot be read.

    Args:
        data: the file's bytes; empty where there is none yet.
        name: what people call the file.
        deck: the id of the deck it should belong to.
    """
    if not data:
        return Lock(deck), ()
    head, *rows = data.decode(errors="replace").splitlines()
    lines: dict[Key, Line] = {}
    seen: set[str | int] = set()
    for number, text in enumerate((head, *rows), 1):
        try:
            row = json.loads(text)
            if number == 1:
                problem = _wrong_lock(row, deck)
            else:
                key, line = _line(row)
                own: set[str | int] = {line.guid, line.note} if key[0] else set()
                problem = "two lines for one note" if key in lines or own & seen else ""
                lines[key] = line
                seen |= own
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            conflict = text.startswith(("<<<<<<<", "=======", ">>>>>>>"))
            problem = "an unresolved merge conflict" if conflict else "no line of a lock"
        if problem:
            place = Place(name, number, 1, number, len(text) + 1)
            hint = "restore the file from version control; for a conflict, keep one line a note"
            return None, (Problem("bad-lock", f"the lock cannot be used: {problem}", place, hint),)
    return Lock(deck, lines), ()


def _line(row: Mapping[str, Any]) -> tuple[Key, Line]:
    """Return what one line remembers.

    Raises:
        ValueError, KeyError: it is not a line that was ever written.
    """
    fact, notetype = row.get("fact", ""), row["notetype"]
    line = Line(
        row.get("guid", ""), row.get("note", 0), row["digest"], row["mod"], row.get("since", "")
    )
    texts = (fact, notetype, line.guid, line.digest, line.since)
    if not all(isinstance(text, str) and text.isprintable() for text in texts):
        raise ValueError
    if not all(type(number) is int and 0 <= number < LARGEST for number in (line.note, line.mod)):
        raise ValueError
    if fact and not (line.guid and line.note):
        raise ValueError
    return (fact, notetype), line


def _wrong_lock(head: Mapping[str, Any], deck: str) -> str:
    if head["deckbuilder-lock"] != FORMAT:
        return f"its format is {head['deckbuilder-lock']}, this deckbuilder knows {FORMAT}"
    if head["deck"] != deck:
        return f"it belongs to the deck `{head['deck']}`, the source is `{deck}`"
    return ""
