"""The lock as a file: one line a note, so that branches merge, and an edit is one line's diff."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deckbuilder.lock.gaps import NONE, Known, Numbers
from deckbuilder.lock.lines import Key, Line, Lock
from deckbuilder.problems import Place, Problem

FORMAT = 1
LARGEST = 1 << 53  # beyond it JavaScript, and so Anki's pages, would round an id


def format_lock(lock: Lock) -> bytes:
    """Return the lock as the bytes of its file."""
    head = {"deckbuilder-lock": FORMAT, "deck": lock.deck}
    head |= {"born": lock.born} if lock.born else {}
    head |= {"anki": lock.anki} if lock.anki else {}
    rows = [_row(key, lock.lines[key]) for key in sorted(lock.lines)]
    written = json.JSONEncoder(ensure_ascii=False).encode
    return "".join([f"{written(row)}\n" for row in (head, *rows)]).encode()


def _row(key: Key, line: Line) -> dict[str, Any]:
    fact, notetype = key
    row: dict[str, Any] = {"fact": fact} if fact else {}
    row["notetype"], row["digest"], row["mod"] = notetype, line.digest, line.mod
    if fact:
        row["guid"], row["note"] = line.guid, line.note
    if line.schema:
        row["schema"] = line.schema
    if line.since:
        row["since"] = line.since
    if line.numbers.live:
        row["gaps"] = _pairs(line.numbers.live)
    if line.numbers.gone:
        row["gone"] = _pairs(line.numbers.gone)
    if line.was:
        row["was"] = list(line.was)
    if line.retired:
        row["retired"] = True
    return row


def _pairs(known: Iterable[Known]) -> list[list[int | str]]:
    return [[slot.number, slot.words, *slot.place] for slot in known]


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
    born = anki = ""
    text = data.decode(errors="replace").replace("\r\n", "\n").removesuffix("\n")
    head, *rows = text.split("\n")  # and at nothing else: words of gaps may hold odd line ends
    lines: dict[Key, Line] = {}
    seen: set[str | int] = set()
    read = json.JSONDecoder().decode
    for number, text in enumerate((head, *rows), 1):
        try:
            row = read(text)
            if number == 1:
                problem = _wrong_lock(row, (deck, *was))
                born, anki = row.get("born", ""), row.get("anki", "")
                born = born or ("" if row["deck"] == deck else row["deck"])
                _require(isinstance(born, str) and isinstance(anki, str))
            else:
                key, line = line_in(row)
                own = (line.guid, line.note) if key[0] else ()
                twice = key in lines or not seen.isdisjoint(own)
                problem = "two lines for one note" if twice else ""
                lines[key] = line
                seen.update(own)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            conflict = text.startswith(("<<<<<<<", "=======", ">>>>>>>"))
            problem = "an unresolved merge conflict" if conflict else "no line of a lock"
        if problem:
            place = Place(name, number, 1, number, len(text) + 1)
            hint = "`deckbuilder lock --repair` mends it; or restore the file from version control"
            return None, (Problem("bad-lock", f"the lock cannot be used: {problem}", place, hint),)
    return Lock(deck, lines, born, anki), ()


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
    )
    texts = fact, notetype, line.guid, line.digest, line.since, line.schema, *line.was
    _require("".join(texts).isprintable())  # a TypeError unless all are texts
    for number in (line.note, line.mod):
        _require(type(number) is int and 0 <= number < LARGEST)
    _require(not fact or bool(line.guid and line.note))
    _require(isinstance(line.retired, bool))
    return (fact, notetype), line


def _known(pairs: Any) -> tuple[Known, ...]:
    _require(isinstance(pairs, list))
    found = tuple([Known(number, words, tuple(place)) for number, words, *place in pairs])
    for slot in found:
        _require(type(slot.number) is int and 0 < slot.number < LARGEST)
        "".join((slot.words, *slot.place))  # a TypeError unless all are texts
    return found


def _require(fine: bool) -> None:
    if not fine:
        raise ValueError


def _wrong_lock(head: Mapping[str, Any], decks: Sequence[str]) -> str:
    if head["deckbuilder-lock"] != FORMAT:
        return f"its format is {head['deckbuilder-lock']}, this deckbuilder knows {FORMAT}"
    if head["deck"] not in decks:
        return f"it belongs to the deck `{head['deck']}`, the source is `{decks[0]}`"
    return ""
