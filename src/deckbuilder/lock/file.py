"""The lock as a file: one line a note, so that branches merge, and an edit is one line's diff."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deckbuilder.lock.gaps import Known, Numbers
from deckbuilder.lock.lines import Key, Line, Lock
from deckbuilder.problems import Place, Problem

FORMAT = 1
LARGEST = 1 << 53  # beyond it JavaScript, and so Anki's pages, would round an id


def format_lock(lock: Lock) -> bytes:
    """Return the lock as the bytes of its file."""
    head = {"deckbuilder-lock": FORMAT, "deck": lock.deck}
    head |= {"born": lock.born} if lock.born else {}
    head |= {"anki": lock.anki} if lock.anki else {}
    rows = [_row(key, line) for key, line in sorted(lock.lines.items())]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in (head, *rows))
    return f"{text}\n".encode()


def _row(key: Key, line: Line) -> dict[str, Any]:
    fact, notetype = key
    row: dict[str, Any] = {"fact": fact} if fact else {}
    row |= {"notetype": notetype, "digest": line.digest, "mod": line.mod}
    if fact:
        row |= {"guid": line.guid, "note": line.note}
    row |= {"schema": line.schema} if line.schema else {}
    row |= {"since": line.since} if line.since else {}
    row |= {"gaps": _pairs(line.numbers.live)} if line.numbers.live else {}
    row |= {"gone": _pairs(line.numbers.gone)} if line.numbers.gone else {}
    row |= {"was": list(line.was)} if line.was else {}
    row |= {"retired": True} if line.retired else {}
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
    for number, text in enumerate((head, *rows), 1):
        try:
            row = json.loads(text)
            if number == 1:
                problem = _wrong_lock(row, (deck, *was))
                born, anki = row.get("born", ""), row.get("anki", "")
                born = born or ("" if row["deck"] == deck else row["deck"])
                _require(isinstance(born, str) and isinstance(anki, str))
            else:
                key, line = line_in(row)
                own: set[str | int] = {line.guid, line.note} if key[0] else set()
                problem = "two lines for one note" if key in lines or own & seen else ""
                lines[key] = line
                seen |= own
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
        ValueError, KeyError: it is not a line that was ever written.
    """
    fact, notetype = row.get("fact", ""), row["notetype"]
    line = Line(
        guid=row.get("guid", ""),
        note=row.get("note", 0),
        digest=row["digest"],
        mod=row["mod"],
        since=row.get("since", ""),
        numbers=Numbers(_known(row.get("gaps", [])), _known(row.get("gone", []))),
        was=tuple(row.get("was", [])),
        retired=row.get("retired", False),
        schema=row.get("schema", ""),
    )
    texts = (fact, notetype, line.guid, line.digest, line.since, line.schema, *line.was)
    _require(all(isinstance(text, str) and text.isprintable() for text in texts))
    _require(all(type(n) is int and 0 <= n < LARGEST for n in (line.note, line.mod)))
    _require(not fact or bool(line.guid and line.note))
    _require(isinstance(line.retired, bool))
    return (fact, notetype), line


def _known(pairs: Any) -> tuple[Known, ...]:
    _require(isinstance(pairs, list))
    found = tuple(Known(number, words, tuple(place)) for number, words, *place in pairs)
    _require(all(type(k.number) is int and 0 < k.number < LARGEST for k in found))
    _require(all(isinstance(text, str) for k in found for text in (k.words, *k.place)))
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
