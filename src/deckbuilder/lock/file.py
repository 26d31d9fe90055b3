"""The lock as a file: one line a note, so that branches merge, and an edit is one line's diff."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from sys import intern
from typing import Any

from deckbuilder.lock.lines import Key, Line, Lock
from deckbuilder.lock.numbers import NONE, Known, Numbers
from deckbuilder.problems import Place, Problem

FORMAT = 1
MENDED = "`deckbuilder lock --repair` mends it; or restore the file from version control"
NEWER = "a newer deckbuilder wrote it: use that one; this one would lose what it does not know"
CONFLICT = ("<" * 7, "=" * 7, ">" * 7)  # what git's marks of one begin with
# what comes of reading a line that was never written
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
LARGEST = 1 << 53  # beyond it JavaScript, and so Anki's pages, would round an id
decoded = json.JSONDecoder().raw_decode  # what `loads` does, without its looks at what it is given
# a line as nearly all are, of whose values nothing has to be checked but those of its gaps
USUAL = re.compile(
    r'\{"fact": "([a-z0-9._-]+)", "notetype": "(\w+)", "digest": "([0-9a-f]+)",'
    r' "mod": ([1-9][0-9]{0,14}), "guid": "([0-9a-f]+)", "note": ([1-9][0-9]{0,14})'
    r'(?:, "since": "([0-9.]+)")?(?:, "gaps": (\[\[[^][\\]+\](?:, \[[^][\\]+\])*\]))?\}',
    re.ASCII,
)


def format_lock(lock: Lock) -> bytes:
    """Return the lock as the bytes of its file."""
    return b"".join(lock_lines(lock))


def lock_lines(lock: Lock) -> Iterator[bytes]:
    """Yield the lines of the lock's file; those of 100,000 facts take 25 MB."""
    head = {"deckbuilder-lock": FORMAT, "deck": lock.deck}
    head |= {"born": lock.born} if lock.born else {}
    head |= {"anki": lock.anki} if lock.anki else {}
    head |= {"restamped": lock.restamped} if lock.restamped else {}
    yield f"{json.dumps(head, ensure_ascii=False)}\n".encode()
    for key in sorted(lock.lines):
        yield f"{_written(key, lock.lines[key])}\n".encode()


def _written(key: Key, line: Line) -> str:
    """Return a line as JSON: put together by hand, it takes a third of the time."""
    fact, notetype = key
    text = f'"notetype": {quoted(notetype)}, "digest": {quoted(line.digest)}, "mod": {line.mod}'
    if fact:
        ids = f'"guid": {quoted(line.guid)}, "note": {line.note}'
        text = f'"fact": {quoted(fact)}, {text}, {ids}'
    if line.schema:
        text += f', "schema": {quoted(line.schema)}'
    if line.since:
        text += f', "since": {quoted(line.since)}'
    live, gone = line.numbers
    if live:
        text += f', "gaps": {_listed(map(_pair, live))}'
    if gone:
        text += f', "gone": {_listed(map(_pair, gone))}'
    if line.was:
        text += f', "was": {_listed(map(quoted, line.was))}'
    if line.before:
        text += f', "before": {quoted(line.before)}'
    if line.retired:
        text += ', "retired": true'
    return f"{{{text}}}"


def _pair(slot: Known) -> str:
    return _listed((str(slot.number), quoted(slot.words), *map(quoted, slot.place)))


def _listed(values: Iterable[str]) -> str:
    return f"[{', '.join(values)}]"


def parse_lock(
    data: bytes, name: str, deck: str, was: Sequence[str] = ()
) -> tuple[Lock | None, tuple[Problem, ...]]:
    """Return the lock that a file holds, or why it cannot be read.

    Args:
        data: the file's bytes; empty where there is none yet.
        name: what people call the file.
        deck: the id of the deck it should belong to.
        was: the ids that the deck had before.
    """
    if not data:
        return Lock(deck), ()
    born, anki, restamped, hint = "", "", 0, MENDED
    lines: dict[Key, Line] = {}
    seen: set[str | int] = set()
    for number, raw in enumerate(io.BytesIO(data), 1):  # as text, words may hold odd line ends
        text = raw.decode(errors="replace").replace("\r\n", "\n").removesuffix("\n")
        try:
            if number == 1:
                row = json.loads(text)
                problem, hint = _wrong_lock(row, (deck, *was))
                born, anki = row.get("born", ""), row.get("anki", "")
                born = born or ("" if row["deck"] == deck else row["deck"])
                (born + anki).encode()  # an error unless both are texts, and whole ones
                restamped = time_in(row)
            else:
                key, line = _usual(text) or line_in(json.loads(text))
                own = (line.guid, line.note) if key[0] else ()
                twice = key in lines or not seen.isdisjoint(own)
                problem = "two lines for one note" if twice else ""
                lines[key] = line
                seen.update(own)
        except UNREADABLE:
            conflict = text.startswith(CONFLICT)
            problem = "an unresolved merge conflict" if conflict else "no line of a lock"
        if problem:
            place = Place(name, number, 1, number, len(text) + 1)
            return None, (Problem("bad-lock", f"the lock cannot be used: {problem}", place, hint),)
    return Lock(deck, lines, born, anki, restamped), ()


def _usual(text: str) -> tuple[Key, Line] | None:
    """Return what a usual line remembers, in half the time of `line_in`; None of another.

    Raises:
        ValueError, TypeError: its gaps were never written so.
    """
    found = USUAL.fullmatch(text)
    if not found:
        return None
    fact, notetype, digest, mod, guid, note, since, gaps = found.groups()
    numbers = Numbers(_known(decoded(gaps)[0])) if gaps else NONE
    line = Line(guid, int(note), digest, int(mod), since or "", numbers)
    return (fact, intern(notetype)), line  # all lines have one of two


def line_in(row: Mapping[str, Any]) -> tuple[Key, Line]:
    """Return what one line remembers.

    Raises:
        ValueError, KeyError, TypeError: it is not a line that was ever written.
    """
    found = row.get
    fact, notetype = found("fact", ""), row["notetype"]
    numbers = NONE
    if "gaps" in row or "gone" in row:
        numbers = Numbers(_known(found("gaps", [])), _known(found("gone", [])))
    line = Line(
        guid=found("guid", ""),
        note=found("note", 0),
        digest=row["digest"],
        mod=row["mod"],
        since=found("since", ""),
        numbers=numbers,
        was=tuple(found("was", ())),
        retired=found("retired", False),
        schema=found("schema", ""),
        before=found("before", ""),
    )
    texts = line.guid, line.digest, line.since, line.schema, line.before, *line.was
    _require("".join((fact, notetype, *texts)).isprintable())  # a TypeError unless all are texts
    for number in (line.note, line.mod):
        _require(type(number) is int and 0 <= number < LARGEST)
    _require(not fact or bool(line.guid and line.note))
    _require(isinstance(line.retired, bool))
    return (fact, notetype), line


def time_in(head: Mapping[str, Any]) -> int:
    """Return when all notes were made newer, as the first line has it; 0 if they never were.

    Raises:
        ValueError: that is no time.
    """
    restamped = head.get("restamped", 0)
    _require(type(restamped) is int and 0 <= restamped < LARGEST)
    return int(restamped)


def _known(pairs: Any) -> tuple[Known, ...]:
    _require(isinstance(pairs, list))
    known = []
    for number, words, *place in pairs:
        _require(type(number) is int and 0 < number < LARGEST)
        "".join((words, *place)).encode()  # a TypeError unless all are texts, and whole ones
        known.append(Known(number, words, tuple(place)))
    return tuple(known)


def _require(fine: bool) -> None:
    if not fine:
        raise ValueError


def _wrong_lock(head: Mapping[str, Any], decks: Sequence[str]) -> tuple[str, str]:
    """Return why a lock is none for this source, "" if it is, and a way out."""
    if head["deckbuilder-lock"] != FORMAT:
        said = f"its format is {head['deckbuilder-lock']}, this deckbuilder knows {FORMAT}"
        return said, NEWER if is_newer(head) else MENDED
    if head["deck"] not in decks:
        said = f"it belongs to the deck `{head['deck']}`, the source is `{decks[0]}`"
        return said, of_another_deck(head["deck"], decks[1:])
    return "", MENDED


def is_newer(head: Mapping[str, Any]) -> bool:
    """Tell whether the first line of a lock is one of a format to come."""
    number = head["deckbuilder-lock"]
    return type(number) is int and number > FORMAT


def of_another_deck(deck: str, was: Sequence[str]) -> str:
    """Return the way out where a lock is of a deck that the source does not name among others."""
    ids = _listed(map(quoted, (*was, deck)))
    named = f"if this deck had that id, name it in [deck]: was = {ids}"
    return f"{named}; if not, it is the lock of another source"
