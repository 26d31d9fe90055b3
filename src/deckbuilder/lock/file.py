"""The lock as a file: one line a note, so that branches merge, and an edit is one line's diff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
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
# a line as nearly all are, of whose values nothing has to be checked any more
TEXT = r'[^"\\\x00-\x1f[\]]*'
GAP = rf'\[[1-9][0-9]{{0,14}}(?:, "{TEXT}")+\]'
USUAL = (
    r'\{"fact": "([a-z0-9._-]+)", "notetype": "(\w+)", "digest": "([0-9a-f]+)",'
    r' "mod": ([1-9][0-9]{0,14}), "guid": "([0-9a-f]+)", "note": ([1-9][0-9]{0,14})'
    rf'(?:, "since": "([0-9.]+)")?(?:, "gaps": (\[{GAP}(?:, {GAP})*\]))?\}}'
)
# any line: what is in a usual one, or else all of it, even the "\r" of its end: JSON minds none
ROW = re.compile(rf"(?:{USUAL}|(?!\Z)(.*))(?:\r?\n|\Z)", re.ASCII)
STRETCH = 1 << 16  # bytes that are read as text at once: all would take up to 4 times their room
Row = tuple[str, ...]


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
    """Return a line as JSON: put together by hand, it takes two fifths of the time."""
    fact, notetype = key
    guid, note, digest, mod, since, (live, gone), was, retired, schema, before = line
    text = f'"notetype": {quoted(notetype)}, "digest": {quoted(digest)}, "mod": {mod}'
    if fact:
        text = f'"fact": {quoted(fact)}, {text}, "guid": {quoted(guid)}, "note": {note}'
    if schema:
        text += f', "schema": {quoted(schema)}'
    if since:
        text += f', "since": {quoted(since)}'
    if live:
        text += f', "gaps": {_gaps(live)}'
    if gone:
        text += f', "gone": {_gaps(gone)}'
    if was:
        text += f', "was": [{", ".join(map(quoted, was))}]'
    if before:
        text += f', "before": {quoted(before)}'
    if retired:
        text += ', "retired": true'
    return f"{{{text}}}"


def _gaps(known: Iterable[Known]) -> str:
    return f"[{', '.join([_listed(number, words, place) for number, words, place in known])}]"


def _listed(number: int, words: str, place: Iterable[str]) -> str:
    more = "".join([f", {quoted(name)}" for name in place]) if place else ""
    return f"[{number}, {quoted(words)}{more}]"


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
    rows = chain.from_iterable(map(ROW.findall, _stretches(data)))
    for number, row in enumerate(rows, 1):
        try:
            if number == 1:
                head = json.loads(row[-1])
                problem, hint = _wrong_lock(head, (deck, *was))
                born, anki = head.get("born", ""), head.get("anki", "")
                born = born or ("" if head["deck"] == deck else head["deck"])
                (born + anki).encode()  # an error unless both are texts, and whole ones
                restamped = time_in(head)
            else:
                key, line = _usual(row) if row[0] else line_in(json.loads(row[-1]))
                guid, note = line[:2]
                twice = key in lines
                if key[0]:  # no note type
                    twice = twice or guid in seen or note in seen
                    seen.add(guid)
                    seen.add(note)
                problem = "two lines for one note" if twice else ""
                lines[key] = line
        except UNREADABLE:
            conflict = row[-1].startswith(CONFLICT)
            problem = "an unresolved merge conflict" if conflict else "no line of a lock"
        if problem:
            place = Place(name, number, 1, number, len(_line_of(data, number)) + 1)
            return None, (Problem("bad-lock", f"the lock cannot be used: {problem}", place, hint),)
    return Lock(deck, lines, born, anki, restamped), ()


def _line_of(data: bytes, number: int) -> str:
    """Return a line of a file, counted from 1, without the end that Windows or others give it."""
    lines = data.split(b"\n", number)
    line = lines[number - 1].decode(errors="replace")
    return line.removesuffix("\r") if len(lines) > number else line


def _stretches(data: bytes) -> Iterator[str]:
    """Yield the text of a file, several whole lines at once."""
    begin = 0
    while begin < len(data):
        end = data.find(b"\n", begin + STRETCH) + 1 or len(data)
        yield data[begin:end].decode(errors="replace")
        begin = end


def _usual(row: Row) -> tuple[Key, Line]:
    """Return what a usual line remembers; with `ROW`, in half the time of `line_in`."""
    fact, notetype, digest, mod, guid, note, since, gaps, _ = row
    numbers = Numbers(tuple([_gap(*each) for each in decoded(gaps)[0]])) if gaps else NONE
    line = Line(guid, int(note), digest, int(mod), since, numbers)
    return (fact, intern(notetype)), line  # all lines have one of two


def _gap(number: int, words: str, *place: str) -> Known:
    return Known(number, words, place)


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
    ids = ", ".join(map(quoted, (*was, deck)))
    named = f"if this deck had that id, name it in [deck]: was = [{ids}]"
    return f"{named}; if not, it is the lock of another source"
