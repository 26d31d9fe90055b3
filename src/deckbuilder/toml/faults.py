"""A broken text -> each syntax error that is not the echo of another, in an author's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deckbuilder.problems import Label, Problem
from deckbuilder.toml.foreign import ODD_SPACE, conflict, lone_returns, odd_space
from deckbuilder.toml.lines import Lines
from deckbuilder.toml.load import Fault, attempt
from deckbuilder.toml.repair import Repair, mend
from deckbuilder.toml.scan import BARE, BLANK, KEY, NAME, Path, Scan, Span, Stretch, after, names_at
from deckbuilder.toml.statement import (
    HEADER,
    LONG_QUOTES,
    NEXT_HEADER,
    NEXT_STATEMENT,
    Broken,
    line_end,
    statement_at,
)
from deckbuilder.toml.wording import worded

MOST_FAULTS = 20  # syntax errors told in one run


def recover(text: str, fault: Fault, name: str) -> tuple[Problem, ...]:
    """Tell every fault of a text: explain the first, mend it, read again.

    A repair is right if tomli gets beyond the line of the fault with it.
    """
    found: dict[int, Problem] = {}  # by line, for a second report of one line is an echo
    as_typed = Lines(name, text)
    for _ in range(MOST_FAULTS):
        for repair in _repairs(text, fault):
            outcome = attempt(repair.text)
            if not isinstance(outcome, Fault):
                break
            if _line(repair.text, outcome.at) > _line(text, fault.at):
                break
        problem = _problem(repair, Lines(name, text), as_typed)
        line = problem.place.line
        if not (repair.echo and min(found, default=line) < line):
            found.setdefault(line, problem)
        if not isinstance(outcome, Fault):
            break
        text, fault = repair.text, outcome
    return tuple(found[line] for line in sorted(found))


def _problem(repair: Repair, mended: Lines, as_typed: Lines) -> Problem:
    """Return the report of a fault; a mended text has the places, the one as typed the words."""
    place = as_typed.quoted(mended.place(repair.at))
    problem = Problem("toml-syntax", repair.message, place, repair.hint)
    if not repair.other:
        return problem
    there = as_typed.quoted(mended.place(repair.other))
    if there > place:
        return replace(problem, also=(Label(there, "its own place is below this"),))
    return replace(problem, label="here again", also=(Label(there, "first here"),))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


# ---------------------------------------------------------------------------- what a fault may be

# What an author may have meant to be a header: its brackets and what is between them.
HEADER_LIKE = re.compile(
    rf"""(?![^\w\n-]*+{KEY}[ \t]*=[ \t]*["'\d\[{{])  # no key with its value
    (?:[ \t]*(?=\[)  # it opens, as in `[[topic`; or so behind signs, as in `“[topic]`;
    |[^\w\n-]*?(?=\[[ \t]*[\[A-Za-z])
    |[ \t]*(?=[\w.-]+\]+[ \t]*(?:\#|$)))  # or it is closed alone, as in `topic]]`
    (\[*)([^\]\n\#=]*)(\]*)""",
    re.MULTILINE | re.VERBOSE,
)
# A curly mark that was to end a string which begins with a straight one: it closes no other.
CURLY_END = {
    '"': re.compile(r"[^“”„«»]*([“”«»])[ \t]*(?:#.*)?"),
    "'": re.compile(r"[^‘’‚]*([‘’])[ \t]*(?:#.*)?"),
}
ODD_SPACE_SEEN = ("Invalid statement", "Expected", "Invalid initial", "Invalid value", "Unclosed")
NAME_ALONE = re.compile(rf"[ \t]*((?!\d){BARE}(?:\.{BARE})*)[ \t]*(?:#.*)?$", re.MULTILINE)


def _repairs(text: str, fault: Fault) -> Iterator[Repair]:
    """Give what a fault may be, the likeliest first; the last one is taken unproved."""
    line = text.rfind("\n", 0, fault.at) + 1, line_end(text, fault.at)
    if "\r" in text[slice(*line)]:
        yield from lone_returns(text, *line)
        return
    if found := conflict(text, *line):
        yield found
        return
    if fault.reason.startswith(ODD_SPACE_SEEN) and (odd := ODD_SPACE.match(text, fault.at)):
        yield odd_space(text, odd, *line)
        return
    here = statement_at(text, fault.at)
    header = HEADER.match(text, here.start)
    whole = header and len(header[1]) == len(header[3])
    clash = fault.reason.startswith("Cannot") and here.braces is None
    for start, string in [long for long in here.strings if long[1][0] < fault.at][-1:]:
        yield from _endless_string(text, start, string)
    if header and whole and clash:
        yield from _clashing_header(text, header)
    elif not whole and (guess := _header_like(text, here.start)):
        yield from _broken_header(text, here.start, *guess)
    elif here.unclosed is not None and not fault.reason.startswith("Expected ']"):
        yield _unclosed(text, here.unclosed, mend(text, here.start, here.end))
    elif clash and text.startswith("[", after(BLANK, text, here.start)):
        # tomli minds the name before it minds the bracket that is missing behind it
        yield from _reworded(text, fault._replace(reason="Expected ']'"), here)
    elif clash:
        yield _clashing_key(text, here)
    else:
        yield from _reworded(text, fault, here)


def _endless_string(text: str, start: int, string: Stretch) -> Iterator[Repair]:
    """Suppose that a long string was meant to end before some line in it."""
    for following in (NEXT_STATEMENT, NEXT_HEADER):
        if line := following.search(text, line_end(text, string[0]), string[1]):
            header = _header_like(text, start)
            mended = mend(text, start, line.start(), header[0] if header else "")
            yield _unclosed(text, string[0], mended)


def _unclosed(text: str, at: int, mended: str) -> Repair:
    mark = text[at : at + 3] if text.startswith(LONG_QUOTES, at) else text[at]
    what = {"[": "this list is", "{": "these braces are"}.get(mark, "this string is")
    hint = f"put `{ {'[': ']', '{': '}'}.get(mark, mark) }` at the end"
    if mark in ("'", '"'):
        if curly := CURLY_END[mark].fullmatch(text, at, line_end(text, at)):
            hint = f"put `{mark}` in the place of the `{curly[1]}` at the end"
        hint += f"; a string of several lines stands between `{mark * 3}`"
    return Repair((at, line_end(text, at)), f"{what} not closed", hint, mended)


def _broken_header(text: str, start: int, guess: str, meant: str) -> Iterator[Repair]:
    end = line_end(text, start)
    message = "this header is not whole, or not alone on its line"
    for header in (guess, _fresh_header(text, start)):
        mended = mend(text, start, end, header)
        yield Repair((start, end), message, f"write `{meant}` on a line of its own", mended)


def _header_like(text: str, start: int) -> tuple[str, str] | None:
    """Return the header that a broken line may be, to go on with and to advise."""
    if name := NAME_ALONE.match(text, start):
        known = re.search(rf"(?m)^[ \t]*(\[\[?){re.escape(name[1])}(\]\]?)", text)
        if known or "." in name[1]:  # dotted, it is one of several: such as `topic.fact`
            opening, closing = known.groups() if known else ("[[", "]]")
            return (opening + name[1] + closing,) * 2
    found = HEADER_LIKE.match(text, start)
    if not found:
        return None
    opening, inside, closing = (part.strip() for part in found.groups())
    form = "[[{}]]" if "[[" in opening or "]]" in closing else "[{}]"
    guess = form.format(".".join(re.findall(BARE, inside)))
    return guess, form.format(inside if re.fullmatch(KEY, inside) else "name")


def _clashing_header(text: str, header: re.Match[str]) -> Iterator[Repair]:
    """Explain a header that an earlier line leaves no room for."""
    start, end = header.span()
    keys, at = header[2], (header.start(1), header.end(3))
    names, _ = names_at(text, header.start(2))
    _, span = _deepest(Scan(text[:start]), (), names)
    there, line = text[slice(*span.value)], _line(text, span.value[0])
    echo, other = False, span.value
    mended = [mend(text, start, end, _fresh_header(text, start))]
    if not span.is_header:
        message = f"`{keys}` cannot be a table: line {line} gives it, or a part of it, a value"
        hint = "give one of the two another name"
    elif header[1] == "[":
        message = f"`[{keys}]` comes again, after line {line}"
        hint = f"put its keys together below line {line}"
        hint += f"; where there are several of them, write each as `[[{keys}]]`"
        if there.startswith("[["):
            hint = f"write `[[{keys}]]` to begin another one"
        mended.insert(0, mend(text, start, end, f"[[{keys}]]"))
    else:
        message = f"`[[{keys}]]` does not go with `{there}` on line {line}"
        hint = "write both in double brackets if there are several of them"
        if len(NAME.findall(there)) > len(names):
            message = f"`{there}` stands before its `[[{keys}]]`"
            hint = f"write the `[[{keys}]]` that it belongs to above it"
            at, echo, other = span.value, True, at
        same = rf"(?m)^[ \t]*\[\[?[ \t]*{re.escape(keys)}[ \t]*[.\]].*$"
        before = re.sub(same, lambda m: _fresh_header(text, m.start()), text[:start])
        mended.insert(0, before + text[start:])  # or else every later `[[keys]]` is told, too
    for repaired in mended:
        yield Repair(at, message, hint, repaired, other, echo)


def _clashing_key(text: str, here: Broken) -> Repair:
    """Explain a key that an earlier line leaves no room for."""
    before = Scan(text[: here.start])
    names, _ = names_at(text, here.start)
    known, span = _deepest(before, before.table, names)
    at, line = (names[0][1][0], names[-1][1][1]), _line(text, span.key[0])
    key = text[slice(*at)]
    if known < len(names) or span.is_header:
        message = f"`{key}` cannot be added to what line {line} gives"
        hint = "put all that belongs together in one place"
        return Repair(at, message, hint, mend(text, here.start, here.end), span.value)
    message = f"the key `{key}` is given twice in this table"
    hint = f"it is first given on line {line}: keep one of the two"
    header = _fresh_header(text, here.start)  # the next keys, too, may be another table's
    if before.table and isinstance(before.table[-1], int):
        header = text[slice(*before.spans[before.table].value)]
        inner = re.search(rf"(?m)^[ \t]*({re.escape(header[:-2])}\.{BARE}\]\])", text)
        inside = f", or one of its `{inner[1]}`," if inner else ""
        hint += f", or begin another `{header}`{inside} above this one"
    elif before.table:
        hint += ", or write the header above this one that it belongs to"
    return Repair(at, message, hint, mend(text, here.start, here.end, header), span.key)


def _deepest(scan: Scan, path: Path, names: list[tuple[str, Stretch]]) -> tuple[int, Span]:
    """Return how many of the names there are in the table at `path`, and the last one's span."""
    known, span = 0, Span((0, 0), (0, 0))
    for name, _ in names:
        path = (*scan.last(path), name)
        if path not in scan.spans:
            break
        known, span = known + 1, scan.spans[path]
    return known, span


def _fresh_header(text: str, at: int) -> str:
    """Return the header of a table that no source has: keys below it clash with nothing."""
    return f'["\\u0000{_line(text, at)}"]'


# ---------------------------------------------------------------------------- tomli's own words


def _reworded(text: str, fault: Fault, here: Broken) -> Iterator[Repair]:
    """Say what tomli says in an author's words."""
    said = worded(text, fault, here.braces)
    end, lines = here.end, [""]
    if header := HEADER.match(text, here.start) or HEADER.match(text, fault.at):
        end = header.end()
        lines = [header[1] + header[2] + header[3], _fresh_header(text, here.start)]
    for line in lines:
        yield Repair(said.at, said.message, said.hint, mend(text, here.start, end, line))
