"""The bytes of a source -> its values, and where in the text each of them stands."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest
import tomli
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tomltext import crowded, documents

from deckbuilder import toml
from deckbuilder.problems import Place, Problem
from deckbuilder.toml import Path, Source, load, parse
from deckbuilder.toml import faults as recovery
from deckbuilder.toml import places as looking
from deckbuilder.toml import scan as scanning
from deckbuilder.toml import source as sources
from deckbuilder.toml.places import Places
from deckbuilder.toml.wording import WORDINGS

thorough = settings(
    max_examples=300,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

DECK = '''\
# A deck.
[deck]
id      = "ussr-germany"
title   = "USSR–Germany Relations (1919–33)"
version = "0.1.0"
summary = """
Two outcasts
meet: E = 1.
"""

[[period]]
title = "Partners"
from  = 1922

[[topic]]
id   = "rapallo"
when = 1922

[[topic.fact]]
id    = "rapallo-reparations"
cloze = "Both cancelled {{war}} \\"debts\\" 日本."

[[topic.fact]]
id       = 'reasons'  # why
list     = "Why?"
items    = ["one", "two # 2",
            'three']
ordered  = true

[[topic]]
id = "berlin"
when = 1926-04-24

[[topic.fact]]
id        = "neutral"
statement = \'\'\'Germany
would stay {{neutral}}.\'\'\'
question  = """Which "one"?"""

[sheet]
check = ["neutral", { a = 1, b.c = 2 }]
'''


def read(text: str) -> Source:
    source, problems = parse(text.encode(), "deck.toml")
    assert source is not None, problems
    return source


def faults(text: str | bytes) -> tuple[Problem, ...]:
    source, problems = parse(text if isinstance(text, bytes) else text.encode(), "deck.toml")
    assert (source is None) == bool(problems)
    return problems


def told(text: str | bytes) -> list[str]:
    return [f"{problem.place.line}: {problem.message}" for problem in faults(text)]


def quoted(text: str, place: Place) -> str:
    """Return what stands at a place, found as an editor would: by lines and columns."""
    lines = text.split("\n")[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


def values(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Give every value inside a value, with its path."""
    if path:
        yield path, value
    inner = value.items() if isinstance(value, dict) else ()
    for key, element in enumerate(value) if isinstance(value, list) else inner:
        yield from values(element, (*path, key))


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and math.isnan(one):
        return isinstance(other, float) and math.isnan(other)
    return type(one) is type(other) and bool(one == other)


# ---------------------------------------------------------------------------- reading


def test_values_are_tomlis() -> None:
    """The values are exactly what tomli makes of the text."""
    assert read(DECK).values == tomli.loads(DECK)


def test_source_keeps_its_bytes() -> None:
    """A source remembers its name and bytes; its text has no byte order mark and plain lines."""
    data = b'\xef\xbb\xbfa = """x\r\ny"""\r\n'
    source, problems = parse(data, "decks/a.toml")
    assert problems == ()
    assert source == Source("decks/a.toml", data)
    assert (source.text, source.values) == ('a = """x\ny"""\n', {"a": "x\ny"})


@pytest.mark.parametrize("text", ["", "\n", "# nothing", "\ufeff"], ids=repr)
def test_empty_source(text: str) -> None:
    """A file without a key is a source without values, and all is missed at its beginning."""
    source = read(text)
    assert source.values == {}
    assert source.place(("deck", "id")) == Place("deck.toml", 1, 1, 1, 1)


# ---------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        pytest.param("a = 1", ("a",), "1", id="number"),
        pytest.param("a\t=\t 'x'  # y", ("a",), "'x'", id="tabs"),
        pytest.param("a = 1979-05-27 07:32:00Z # x", ("a",), "1979-05-27 07:32:00Z", id="time"),
        pytest.param("a = 1979-05-27 # x", ("a",), "1979-05-27", id="date"),
        pytest.param("a.b . c = 1", ("a", "b", "c"), "1", id="dotted"),
        pytest.param("a.b.c = 1", ("a", "b"), "b", id="dotted-table"),
        pytest.param('"a.b"."c\\u00e9" = 1', ("a.b", "cé"), "1", id="quoted"),
        pytest.param("'a\"' = 1", ('a"',), "1", id="literal-key"),
        pytest.param("a = [1, [2, 3]]", ("a", 1, 0), "2", id="array"),
        pytest.param("a = [\n 1, # ]\n 2,\n]", ("a", 1), "2", id="array-over-lines"),
        pytest.param("a = [ ]", ("a",), "[ ]", id="empty-array"),
        pytest.param("a = {b = {c = 1}}", ("a", "b", "c"), "1", id="inline"),
        pytest.param("a = {b.c = 1}", ("a",), "{b.c = 1}", id="inline-whole"),
        pytest.param("a = { }", ("a",), "{ }", id="empty-inline"),
        pytest.param("a = [{b = 1}, {b = 2}]", ("a", 1, "b"), "2", id="inline-in-array"),
        pytest.param("[t]\na = 1", ("t",), "[t]", id="table"),
        pytest.param("[ t . u ] # x\na = 1", ("t", "u", "a"), "1", id="key-of-table"),
        pytest.param("[t.u]\n[t]\na = 1", ("t",), "[t]", id="table-after-its-subtable"),
        pytest.param("[t.u]\na = 1", ("t",), "[t.u]", id="implied-table"),
        pytest.param("[[t]]\n[[t]]", ("t",), "[[t]]", id="array-of-tables"),
        pytest.param("[[t]]\na = 1\n[[t]]\na = 2", ("t", 1, "a"), "2", id="second-element"),
        pytest.param("[[t]]\n[t.u]\n[[t]]\n[t.u]\na=3", ("t", 1, "u", "a"), "3", id="subtable"),
        pytest.param(
            "[[t]]\n[[t.u]]\n[[t]]\n[[t.u]]\na=3", ("t", 1, "u", 0, "a"), "3", id="nested"
        ),
        pytest.param("a = '''\n[t]\nb = 1\n'''\nb = 2", ("b",), "2", id="fake-header"),
        pytest.param('a = """x\\""""""\nb = 2', ("a",), '"""x\\""""""', id="five-quotes"),
        pytest.param("a = ''''''''\nb = 2", ("b",), "2", id="quotes-in-literal"),
        pytest.param('a = "# \\" ["\nb = 2', ("b",), "2", id="fake-comment"),
        pytest.param("a = 1\r\nb = 2\r\n", ("b",), "2", id="crlf"),
        pytest.param("\ufeffa = 1", ("a",), "1", id="byte-order-mark"),
        pytest.param('"日" = ["😀e\u0301", 2]', ("日", 1), "2", id="wide-and-combining"),
    ],
)
def test_place_of_a_value(text: str, path: Path, value: str) -> None:
    """A value has its exact place, whatever stands before it."""
    source = read(text)
    assert quoted(source.text, source.place(path)) == value


@pytest.mark.parametrize(
    ("text", "path", "key"),
    [
        pytest.param("a.'b c'.d = 1", ("a", "b c", "d"), "d", id="last-name"),
        pytest.param("a.'b c'.d = 1", ("a", "b c"), "'b c'", id="name-between"),
        pytest.param("a = {b = 1}", ("a", "b"), "b", id="inline"),
        pytest.param("[t . u]", ("t", "u"), "u", id="table"),
        pytest.param("[t . u]", ("t",), "t", id="implied-table"),
        pytest.param("[[t]]\n[[t.u]]", ("t", 0, "u"), "u", id="array-of-tables"),
        pytest.param("[[t]]\n[[ t ]]", ("t", 1), "[[ t ]]", id="table-in-array"),
        pytest.param("a = [1, 2]", ("a", 1), "2", id="element"),
        pytest.param("[t]", ("t", "a"), "[t]", id="missing"),
    ],
)
def test_place_of_a_key(text: str, path: Path, key: str) -> None:
    """A key is its last name; an element of an array has none, so its value stands for it."""
    assert quoted(text, read(text).place(path, key=True)) == key


@pytest.mark.parametrize(
    ("path", "line", "nearest"),
    [
        pytest.param(("deck", "licence"), 2, "[deck]", id="table"),
        pytest.param(("topic", 0, "title"), 15, "[[topic]]", id="element"),
        pytest.param(("topic", 0, "fact", 1, "answer"), 23, "[[topic.fact]]", id="inner-element"),
        pytest.param(("topic", 1, "fact", 0, "cite", 3), 34, "[[topic.fact]]", id="deeper"),
        pytest.param(("topic", 1, "fact", 7), 34, "[[topic.fact]]", id="no-such-element"),
        pytest.param(("sheet", "check", 1, "d"), 41, "{ a = 1, b.c = 2 }", id="inline-table"),
        pytest.param(("sheet", "check", 1, "b", "d"), 41, "b", id="dotted-table"),
        pytest.param(("quiz",), 1, "", id="file"),
        pytest.param((), 1, "", id="all"),
    ],
)
def test_place_of_what_is_missing(path: Path, line: int, nearest: str) -> None:
    """What is not in the file is missed at the nearest table around it, else at its start."""
    place = read(DECK).place(path)
    assert (place.line, quoted(DECK, place)) == (line, nearest)


def test_place_counts_code_points_from_one() -> None:
    """Lines and columns count from 1, and a wide character, an accent or a tab is one column."""
    place = read('x = 1\n\t"日" = ["😀e\u0301", 2]').place(("日", 1))
    assert place == Place("deck.toml", 2, 16, 2, 17)


def test_place_over_several_lines() -> None:
    """A value of several lines ends on another line than it begins."""
    assert read(DECK).place(("deck", "summary")) == Place("deck.toml", 6, 11, 9, 4)


@given(documents)
@thorough
def test_places_are_those_of_the_values(text: str) -> None:
    """Exactly the paths of the values have places, and what stands there is the key and value."""
    try:
        parsed = tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    source = read(text)
    paths = dict(values(parsed))
    assert set(scanning.Scan(source.text).spans) == set(paths)
    for path, value in paths.items():
        if not isinstance(value, dict | list):
            there = quoted(source.text, source.place(path))
            assert same(tomli.loads(f"x={there}")["x"], value)
        if isinstance(path[-1], str):
            there = quoted(source.text, source.place(path, key=True))
            assert tomli.loads(f"{there}=0") == {path[-1]: 0}


@given(documents | crowded)
@thorough
def test_places_are_those_of_the_scan(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Looking for one path finds the span that it has where all paths are gone through."""
    text = sources.decoded(text.encode())
    if isinstance(load.attempt(text), load.Fault):
        return
    monkeypatch.setattr(looking, "MOST_TABLES", 2)  # or else none would be gone through again
    spans, places = scanning.Scan(text).spans, Places(text)
    asked = {*spans, *((*path, part) for path in spans for part in ("a", 0, 9)), ("b",), ()}
    for path in sorted(asked, key=repr):
        assert places.find(path) == spans.get(path)


def test_valid_source_is_not_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading costs what tomli costs; a place costs a look at the headers, and at its tables."""
    looked: list[str] = []
    tables: list[Path] = []

    class Noted(Places):
        def __init__(self, text: str) -> None:
            looked.append(text)
            super().__init__(text)

    class Pairs(scanning.Pairs):
        def read(self, at: int, table: Path) -> int:
            tables.append(table)
            return super().read(at, table)

    monkeypatch.setattr(looking, "Places", Noted)
    monkeypatch.setattr(looking, "Pairs", Pairs)
    source = read(DECK)
    assert looked == []
    source.place(("deck",))
    source.place(("topic", 0, "fact", 1, "items"))
    source.place(("topic", 0, "fact", 1, "list"))
    assert looked == [DECK]
    assert tables == [(), ("topic", 0), ("topic", 0, "fact", 1)]


def test_places_cost_in_step_with_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the source takes twice the steps."""
    steps = 0

    def counted(pattern: re.Pattern[str], text: str, at: int) -> int:
        nonlocal steps
        steps += 1
        found = pattern.match(text, at)
        return found.end() if found else at

    monkeypatch.setattr(scanning, "after", counted)
    facts = DECK[DECK.index("[[topic]]") : DECK.index("[sheet]")]
    costs = []
    for size in (0, 100, 200):
        steps = 0
        scanning.Scan(facts * size)
        costs.append(steps)
    assert costs[2] - costs[1] == costs[1] - costs[0]


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a=", "}")], ids=["array", "inline"]
)
def test_deepest_nesting_has_places(opening: str, closing: str) -> None:
    """What tomli takes at the most, the scan takes, too."""
    text = "x = " + opening * 400 + "1" + closing * 400
    step: str | int = 0 if opening == "[" else "a"
    assert quoted(text, read(text).place(("x", *[step] * 400))) == "1"


# ---------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        pytest.param(
            "a = 1\r\nb = 'ü café'".encode("cp1252"), 2, 6,
            "the byte 0xFC is not UTF-8: in Windows-1252 it is `ü`", id="windows",
        ),
        pytest.param(
            "é = '".encode() + b"\x81'", 1, 6,
            "the byte 0x81 is not UTF-8: the file looks like Latin-1", id="latin-1",
        ),
        pytest.param(
            b"\xef\xbb\xbfa = '\xff'", 1, 6,
            "the byte 0xFF is not UTF-8: in Windows-1252 it is `ÿ`", id="byte-order-mark",
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + "a = 1".encode("utf-16-le"), 1, 1,
            "the byte 0xFF is not UTF-8: the file looks like UTF-16", id="utf-16",
        ),
        pytest.param(
            "a = 1".encode("utf-16-be"), 1, 1,
            "the byte 0x00 is not UTF-8: the file looks like UTF-16", id="utf-16-unmarked",
        ),
        pytest.param(
            "a = 1\nb = 2".encode("utf-16-le"), 1, 2,
            "the byte 0x00 is not UTF-8: the file looks like UTF-16", id="utf-16-little-endian",
        ),
    ],
)  # fmt: skip
def test_other_encodings(data: bytes, line: int, column: int, message: str) -> None:
    """What is not UTF-8 is told once: the place, the byte, the likely encoding, the remedy."""
    (problem,) = faults(data)
    place = Place("deck.toml", line, column, line, column + 1)
    assert problem == Problem("not-utf8", message, place, "save the file as UTF-8")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(b"PK\x03\x04\x93", "a package, or another ZIP file", id="package"),
        pytest.param(b"%PDF-1.7\n%\x93", "a PDF", id="pdf"),
        pytest.param(b"{\\rtf1", "a document of a word processor", id="rtf"),
    ],
)
def test_what_is_no_source_is_not_to_be_saved_as_one(data: bytes, what: str) -> None:
    """A file of another sort is told as that: saved as UTF-8, it would be lost."""
    (problem,) = faults(data)
    assert (problem.code, problem.message) == ("not-utf8", f"this is {what}, not a source")
    assert problem.hint.startswith("name a source")


def test_too_large_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused unread; one at the limit is read."""
    monkeypatch.setattr(toml, "LARGEST_FILE", 1_005)
    assert read("a = 1" + " " * 1_000).values == {"a": 1}
    (problem,) = faults("a = 1" + " " * 1_001)
    assert problem.code == "file-too-large"
    assert problem.message == "the file has more than 1,005 bytes"
    assert problem.hint == "split it into several sources"
    assert problem.place == Place("deck.toml", 1, 1, 1, 1)


# ---------------------------------------------------------------------------- syntax errors

UNCLOSED = "this string is not closed"
TWICE = "the key `c` is given twice in this table"
NO_HEADER = "this header is not whole, or not alone on its line"
ODD_SPACE = "the space here is no plain one, but"
A_VALUE = "cannot be a table: line 1 gives it, or a part of it, a value"
# The text with the place between « and », what is said, how the hint begins.
WORDED = {
    "string": (
        'a = «"x»\nb = 1', UNCLOSED,
        'put `"` at the end; a string of several lines stands between `"""`',
    ),
    "literal": ("a = «'x»\nb = ''", UNCLOSED, "put `'` at the end; a string of"),
    "last-literal": ("a = «'x»", UNCLOSED, "put `'` at the end; a string of"),
    "long-string": ('a = «"""x»\nb = 1', UNCLOSED, 'put `"""` at the end'),
    "long-literal": ("a = «'''x»\nb = 1", UNCLOSED, "put `'''` at the end"),
    "long-string-of-lines": ('a = «"""x»\nit = so.\n[b]', UNCLOSED, 'put `"""` at the end'),
    "up-to-a-key": ('a = «"""x»\nb = """y"""', UNCLOSED, 'put `"""` at the end'),
    "up-to-a-header": ('a = «"""x»\nit = so.\n[b]\nc = """\ny\n"""', UNCLOSED, 'put `"""` at'),
    "list": ("a = «[1, 2»\nb = 1", "this list is not closed", "put `]` at the end"),
    "list-comma": ("a = «[1,»\n[[b]]", "this list is not closed", "put `]` at the end"),
    "braces": ("a = [1, «{b = 1»\n[c]", "these braces are not closed", "put `}` at the end"),
    "braces-over-lines": (
        "a = «{»\nb = 1,\nc = 2\n[d]", "these braces are not closed",
        "put `}` at the end",
    ),
    "wrong-bracket": ("a = «{b = 1]»", "these braces are not closed", "put `}` at the end"),
    "no-name": ("«[[]]»", NO_HEADER, "write `[[name]]` on a line of its own"),
    "one-closing": ("«[[a]»", NO_HEADER, "write `[[a]]` on a line of its own"),
    "one-opening": ("«[a]]»", NO_HEADER, "write `[[a]]` on a line of its own"),
    "no-closing": ("«[a»", NO_HEADER, "write `[a]` on a line of its own"),
    "no-closing-of-a-known": (
        '[a]\n[a «=» "b"]', "this header is not closed", "put `]` at its end",
    ),
    "no-brackets": ("[[a]]\n«a.b»\nc = 1", NO_HEADER, "write `[[a.b]]` on a line of its own"),
    "no-brackets-of-a-known": ("[a]\n[b]\n«a  # x»", NO_HEADER, "write `[a]` on a line"),
    "no-opening": ("«a.b]]»", NO_HEADER, "write `[[a.b]]` on a line of its own"),
    "two-names": ("«[a b]»", NO_HEADER, "write `[name]` on a line of its own"),
    "header-and-key": ("«[a] b = 1»", NO_HEADER, "write `[a]` on a line of its own"),
    "quote-in-header": ('«["a]»\nb = 1', NO_HEADER, "write `[name]` on a line of its own"),
    "mark-before-header": ("a = 1\n«}[b]»\na = 1", NO_HEADER, "write `[b]` on a line of its own"),
    "bracket-before-key": ("[a «=» 1", "this header is not closed", "put `]` at its end; no"),
    "key-and-header": (
        "b = 1 «[a]»\nb = 2", "this header is not alone on its line",
        "begin a new line for it",
    ),
    "table-twice": (
        "[a]\nb = 1\n«[a]»", "`[a]` comes again, after line 1",
        "put its keys together below line 1",
    ),
    "table-after-array": (
        "[[a]]\n[a.b]\n«[a]»\n[a.b]", "`[a]` comes again, after line 1",
        "write `[[a]]` to begin another one",
    ),
    "array-after-table": (
        "[a]\n«[[a]]»\n[[a]]", "`[[a]]` does not go with `[a]` on line 1",
        "write both in double brackets if there are several of them",
    ),
    "child-first": (
        "«[[a.b]]»\n[[a.b]]\n[[a]]\n[[a]]", "`[[a.b]]` stands before its `[[a]]`",
        "write the `[[a]]` that it belongs to above it",
    ),
    "value-then-table": (
        "a = 1\nb = 1\n«[a.b]»\nb = 2", f"`a.b` {A_VALUE}",
        "give one of the two another name",
    ),
    "braces-then-table": ("a = {}\n«[a]»", f"`a` {A_VALUE}", "give one of the two another name"),
    "list-then-array": ("a = []\n«[[a]]»", f"`a` {A_VALUE}", "give one of the two another name"),
    "key-twice": (
        "a = 1\nb = 1\n«a» = 2\nb = 2", "the key `a` is given twice in this table",
        "it is first given on line 1: keep one of the two",
    ),
    "key-twice-in-array": (
        "[[a]]\nb = 1\nc = 1\n\n«b» = 2\nc = 2", "the key `b` is given twice in this table",
        "it is first given on line 2: keep one of the two, or begin another `[[a]]` above this",
    ),
    "key-twice-in-table": (
        "[a]\nb = 1\n«b» = 2", "the key `b` is given twice in this table",
        "it is first given on line 2: keep one of the two, or write the header above this one",
    ),
    "key-twice-for-an-inner": (
        "[[a]]\nb = 1\n«b» = 2\n[[a.c]]\nb = 3", "the key `b` is given twice in this table",
        "it is first given on line 2: keep one of the two, or begin another `[[a]]`, or one of its",
    ),
    "dotted-then-key": (
        "a.b = 1\n«a» = 2", "the key `a` is given twice in this table",
        "it is first given on line 1: keep one of the two",
    ),
    "value-then-dotted": (
        "a = 1\n«a.b» = 2", "`a.b` cannot be added to what line 1 gives",
        "put all that belongs together in one place",
    ),
    "braces-then-dotted": (
        "a = {}\n«a.b» = 2", "`a.b` cannot be added to what line 1 gives",
        "put all that belongs together in one place",
    ),
    "table-then-dotted": (
        "[a.b]\n[a]\n«b.c» = 1", "`b.c` cannot be added to what line 1 gives",
        "put all that belongs together in one place",
    ),
    "table-then-key": (
        "[a.b]\n[a]\n«b» = 1", "`b` cannot be added to what line 1 gives",
        "put all that belongs together in one place",
    ),
    "twice-in-braces": (
        "a = «{b = 1, b = 2}»", "a key is given twice in these braces",
        "keep one of the two",
    ),
    "braces-clash": (
        "a = «{b = 1, b.c = 2}»", "two keys in these braces do not go together",
        "give each key one value",
    ),
    "typographic": ("a = «“»x”", "`“` is a typographic quotation mark", "TOML wants the plain"),
    "carriage-return": ("a = 1«\r»b = 2", "a carriage return stands alone here", "end lines with"),
    "two-carriage-returns": (
        "a = 1«\r»\r\n", "a carriage return stands alone here",
        "end lines with a line feed",
    ),
    "only-carriage-returns": (
        '[a]«\r»b = "c"\r\r[d]\r', "a carriage return stands alone here",
        "end lines with a line feed",
    ),
    "return-in-long-string": (
        'a = """b\nc«\r»d\n"""', "a carriage return stands alone here",
        "end lines with a line feed",
    ),
    "byte-order-mark": ("\n«\ufeff»a = 1", "an invisible byte order mark stands here", "delete it"),
    "no-break-space": (
        "a«\u00a0»=\u202f1",
        f"{ODD_SPACE} U+00A0 (no-break space)", "type a plain space over it",
    ),
    "no-break-space-first": (
        "«\u00a0»a =\u00a01", f"{ODD_SPACE} U+00A0 (no-break space)", "type",
    ),
    "no-break-space-last": (
        "[a]«\u202f»\n[b]", f"{ODD_SPACE} U+202F (narrow no-break space)", "type",
    ),
    "no-break-space-behind": (
        "a = 'b'«\u3000»\nc = 1", f"{ODD_SPACE} U+3000 (ideographic space)", "type",
    ),
    "curly-end": (
        'a = «"b”»\nc = 1', UNCLOSED, 'put `"` in the place of the `”` at the end; a string of',
    ),
    "curly-end-of-its-own": ('a = «"“b”»\nc = 1', UNCLOSED, 'put `"` at the end; a string of'),
    "curly-apostrophe-at-the-end": ('a = «"bees’»\nc = 1', UNCLOSED, 'put `"` at the end; a'),
    "accent-first": ("«Éa» = 1", "`Éa` is not a plain key", "the keys of a source, such as"),
    "accent": ("a«é» = 1", "a plain key has no `é` in it", "the keys of a source, such as"),
    "no-key": ("«*» a", "no line can begin with `*`", "a line is `key = value`, a `[header]` or a"),
    "control-first": ("«\0» a", "no line can begin with U+0000", "a line is `key = value`, a"),
    "colon": ("a«:» 1", "a key and its value are joined by `=`, not by `:`", "write `=` here"),
    "two-words": ("a «b» = 1", "there is no `=` after the key", "a key is one word, then `=`,"),
    "prose": ("It «was» so.\nWas it?", "there is no `=` after the key", "a key is one word, then"),
    "quote-for-equals": ('a «"b»', "there is no `=` after the key", "a key is one word, then `=`,"),
    "list-for-equals": ("a «[1»\nb = 1", "there is no `=` after the key", "a key is one word"),
    "key-alone": ("a«»", "there is no `=` after the key", "a key is one word, then `=`, then its"),
    "two-keys": (
        "a = 'b' «c = 1»", "this key is not at the beginning of a line",
        "begin a new line for it",
    ),
    "slashes": ("a = 'b' «//» c", "a remark begins with `#`, not with `//`", "write `#`"),
    "slashes-in-list": ("a = [\n1 «//» c\n]", "a remark begins with `#`, not with `//`", "write"),
    "slashes-after-comma": ("a = [1, «//» c\n2]", "a remark begins with `#`, not with `//`", "wr"),
    "semicolon": ("a = 'b'«;»  # c", "nothing stands behind a value, no `;` either", "take it"),
    "semicolon-after-number": ("a = 1«;»", "nothing stands behind a value, no `;` either", "take"),
    "semicolon-in-list": (
        "a = [1«;» 2]", "the values of a list are parted by commas, not by `;`", "write `,` here",
    ),
    "comma-last": ("a = 'b'«,»\nc = 1", "nothing stands behind a value, no `,` either", "take it"),
    "plus": ("a = 'b' «+» 'c'", "texts are not joined by `+`", "write them as one text, between"),
    "plus-in-list": ("a = ['b' «+» 'c']", "texts are not joined by `+`", "write them as one"),
    "thousands": ("a = 1«,000»", "a number has no comma in it", "put text in quotes; a number is"),
    "list-without-brackets": ("a = 'b'«, 'c'»", "the value ends before this", "put a list between"),
    "remark": ("a = true «x»", "the value ends before this", "put text in quotes, a remark behind"),
    "quote-in-string": ('a = "b "«c" d"»', "the string ends before this", 'write `\\"` for a'),
    "apostrophe": ("a = 'it'«s'»", "the string ends before this", "put a string with an"),
    "date": ("a = 1922«-4-16»", "the number ends before this", "put text in quotes; a number"),
    "day": ("a = 12 «April»", "the number ends before this", "put text in quotes; a number begins"),
    "no-name-after-dot": ("a.«=» 1", "there is no key here", "a key is made of letters a–z,"),
    "comma": ("a = [1 «2»]", "there is no comma before this", "put each text in quotes, and a"),
    "comma-lines": ("a = [\n'x'\n«'y'»,\n]", "there is no comma before this", "put each text in"),
    "comma-in-braces": (
        "a = {b = 1 «c» = 2}", "there is no comma before this",
        "put a comma between two keys",
    ),
    "no-year": ("a = 12345«-01-01»", "the number ends before this", "put text in quotes"),
    "no-such-month": ("a = 1905«-13-30»", "there is no such day", "mend the month or the day"),
    "apostrophe-behind-a-backslash": (
        r"a = '$f\'«$'»",
        "the string ends before this",
        "between `'` a backslash is a character",
    ),
    "escaped-apostrophe": (
        r"""a = "$f«\'»$" """,
        "`\\'` has no meaning in a string",
        "write `'` alone",
    ),
    "escape": ('a = "«\\q»"', "`\\q` has no meaning in a string", "write `\\\\` for a backslash,"),
    "escaped-blank": ('a = """b «\\ »c"""', "`\\ ` has no meaning in a string", "write `\\\\` for"),
    "escape-at-the-end": ('a = «"\\»', UNCLOSED, 'put `"` at the end; a string'),
    "short-number": (
        'a = "«\\u12» "', "`\\u12` does not give a character's number",
        "`\\x` takes 2 hexadecimal digits, `\\u` 4, `\\U` 8; write `\\\\` for a backslash",
    ),
    "surrogate": ('a = "«\\ud800»b"', "`\\ud800` is no character", "look up its number"),
    "control": ('a = "«\x01»"', "U+0001 is a control character", "delete it"),
    "control-in-remark": ("a = 1 # «\x7f»", "U+007F is a control character", "delete it"),
    "control-after-header": ("[a] # «\x7f»\n[a.b]", "U+007F is a control character", "delete it"),
    "control-in-header": ("['«\x7f»']\na = 1", "U+007F is a control character", "delete it"),
    "no-such-day": ("a = «1922-02-30»", "there is no day `1922-02-30`", "a date is written"),
    "no-value": ("a =«»\nb = 1", "there is no value here", "write one, text in quotes"),
    "remark-for-value": ("a = «»# x", "there is no value here", "write one, text in quotes"),
    "comma-for-value": ("a = [1,«,»2]", "there is no value before `,`", "write one, text in"),
    "capital": ("a = «True»", "`True` is not a value", "write `true` or `false`"),
    "yes": ("a = «yes»  # x", "`yes` is not a value", "write `true` or `false`; put text in"),
    "conflict": (
        "a = 1\n«<<<<<<< HEAD»\nb = 1\n=======\nb = 2\n>>>>>>> theirs\nc = 1",
        "a merge conflict: both versions of these lines stand here, parted by `=======`",
        "make one of the two, and delete the lines of",
    ),
    "conflict-with-base": (
        "«<<<<<<< HEAD»\n[a]\nb = 1\n||||||| base\nb = 0\n=======\r\nb = 2\n>>>>>>> x",
        "a merge conflict: both versions of these lines stand here, parted by `=======`",
        "make one of the two, and delete the lines of",
    ),
    "conflict-left": (
        "a = 1\n«>>>>>>> theirs»\nc = 1", "a line that a merge conflict left behind",
        "make one version of what stands around it, and delete this line",
    ),
    "dot-first": ("a = «.5»", "`.5` is not a number", "put text in quotes; a number is written 12"),
    "unquoted": ("a = «the war»  # x", "`the war` is not a value", "put text in quotes"),
    "enough-unquoted": (f"a = «{'x' * 40}»", f"`{'x' * 40}` is not a value", "put text in quotes"),
    "much-unquoted": (f"a = «{'x' * 50}»", f"`{'x' * 40}…` is not a value", "put text in quotes"),
    "digits": (
        f"a = «{'9' * 5_000}»\nb = 1", "this number has too many digits",
        "put it in quotes",
    ),
    "depth": (
        f"b = 1\na = {'[' * 400}«[»1{']' * 401}", "this is nested too deeply",
        "use fewer brackets or dots",
    ),
    "dots": (f"a{'.a' * 999}.«a».a = 1", "this is nested too deeply", "use fewer brackets or dots"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message", "hint"), WORDED.values(), ids=WORDED)
def test_wording(text: str, message: str, hint: str) -> None:
    """Each mistake is told once, at its exact place, in plain words, with a way out."""
    before, there, _ = re.split("[«»]", text)
    (problem,) = faults(re.sub("[«»]", "", text))
    assert (problem.code, problem.message) == ("toml-syntax", message)
    assert problem.hint.startswith(hint)
    lines = before.split("\n")
    assert (problem.place.line, problem.place.column) == (len(lines), len(lines[-1]) + 1)
    assert quoted(re.sub("[«»]", "", text).replace("\r\n", "\n"), problem.place) == there


def test_every_wording_is_reached() -> None:
    """No wording is idle but the last, which waits for what tomli may say one day."""
    said = {message for _, message, _ in WORDED.values()}
    idle = [
        message
        for _, _, message, _ in WORDINGS
        if not any(re.fullmatch(re.escape(message).replace(r"\{\}", ".*"), one) for one in said)
    ]
    assert idle == ["TOML does not allow this"]


def test_every_reason_is_worded() -> None:
    """Each reason that tomli can give is put into other words, or met as an unclosed string."""
    parser = File(tomli.__file__).with_name("_parser.py").read_text(encoding="utf-8")
    reasons = set(re.findall(r"""TOMLDecodeError\(\s*f?["']([^{]*?)["'{,]""", parser))
    assert len(reasons) > 15
    known = tuple(reason for reason, *_ in WORDINGS if reason)
    assert {r for r in reasons if not r.startswith(known)} == {"Unterminated string", "Expected "}


def test_unknown_reason_is_told_all_the_same() -> None:
    """Should tomli find a new reason, the place is still told."""
    repair = next(recovery._repairs("a = 1", load.Fault("Something new", 4)))
    assert (repair.message, repair.at) == ("TOML does not allow this", (4, 5))


# ---------------------------------------------------------------------------- several of them


def test_faults_of_all_kinds_are_told_at_once() -> None:
    """One run tells every mistake of a file in its order, and nothing that follows from one."""
    text = """\
[deck]
id = "a
title = b
version = "1" "2"

[[topic]
id = "t"

[[topic.fact]]
items = ["x", "y"
cite = z

[[topic.fact]]
id = \"\"\"f
answer = "g"

[[topic.fact]]
id = "h"
id = "i"
It was so.
And so it was.

[deck]
hook = "\\d"
"""
    assert told(text) == [
        "2: this string is not closed",
        "3: `b` is not a value",
        "4: the string ends before this",
        "6: this header is not whole, or not alone on its line",
        "10: this list is not closed",
        "11: `z` is not a value",
        "14: this string is not closed",
        "19: the key `id` is given twice in this table",
        "23: `[deck]` comes again, after line 1",
        "24: `\\d` has no meaning in a string",
    ]
    lines = text.split("\n")  # as typed: what is mended to find the next is not to be seen
    assert [p.place.quoted for p in faults(text)] == [lines[p.place.line - 1] for p in faults(text)]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        pytest.param("[[topic", NO_HEADER, id="brackets"),
        pytest.param("[[]]", NO_HEADER, id="no-name"),
        pytest.param("[[to pic]]", NO_HEADER, id="two-words"),
        pytest.param("[[thème]]", NO_HEADER, id="accent"),
        pytest.param("([topic]]", NO_HEADER, id="parenthesis"),
    ],
)
def test_broken_header_has_no_echo(header: str, message: str) -> None:
    """A header that cannot be read makes no error of the keys and tables below it."""
    text = f"[deck]\nid = 1\n{header}\nid = 2\n[[topic.fact]]\nid = 3\n[[topic]]\nid = 4\n"
    assert told(text) == [f"3: {message}"]


@pytest.mark.parametrize(
    ("text", "message", "last"),
    [
        pytest.param("[a] # \x7f\n[a]", "U+007F is a control character", 2, id="remark"),
        pytest.param("b = 1 [a]\n[a]", "this header is not alone on its line", 2, id="after-key"),
        pytest.param("[a\n[a]", NO_HEADER, 2, id="bracket"),
        pytest.param('["""a]\nc = """x"""\n[a]', UNCLOSED, 3, id="quotes"),
        pytest.param('c = """x\n[a]\nd = """\ny\n"""\n[a]', UNCLOSED, 6, id="string"),
        pytest.param("[[b]]\nc = 1\nc = 2\nb = 1\n[a]\n[a]", TWICE, 6, id="key-twice"),
    ],
)
def test_mending_keeps_the_tables(text: str, message: str, last: int) -> None:
    """What is mended keeps its header, so that a later clash with it is seen in the same run."""
    first, second = told(text)
    assert first.endswith(f": {message}")
    assert re.fullmatch(rf"{last}: `\[a\]` comes again, after line \d", second)


@pytest.mark.parametrize("after", ["[[topic]]", "[topic]", "[deck]", "x = '", "[["])
def test_fault_after_a_long_string_with_headers(after: str) -> None:
    """A long string that holds what looks like TOML is not taken for an unclosed one."""
    text = f"[deck]\na = '''\n[deck]\nb = 1\n'''\nc = oops\n[topic]\n{after}\n"
    assert [line.split(":")[0] for line in told(text)] == ["6", "8"]


def test_no_more_than_twenty_faults() -> None:
    """The first twenty mistakes are told; nobody reads more before mending them."""
    assert told("a = x\n" * 30) == [f"{line}: `x` is not a value" for line in range(1, 21)]


@pytest.mark.parametrize("mark", ["", *"\"'[]{}=#,.x\\ \n", '"""', "'''"], ids=repr)
def test_one_slip_is_one_report(mark: str) -> None:
    """Wherever one character goes missing or one mark slips in, there is one report at the most."""
    for at in range(len(DECK)):
        text = DECK[:at] + mark + DECK[at if mark else at + 1 :]
        line = DECK[DECK.rfind("\n", 0, at) + 1 : at]
        if not (
            mark == "\n" and line.startswith("[")
        ):  # two halves of a header are two broken ones
            assert len(told(text)) <= 1, text


@given(st.sets(st.sampled_from([3, 4, 5, 12, 16, 20, 21, 25, 31, 35])))
@thorough
def test_each_slip_is_told(lines: set[int]) -> None:
    """Any number of strings left open, one in a line, are told, each in its line."""
    text = DECK.split("\n")
    for line in lines:
        text[line - 1] = text[line - 1][:-1].rstrip('"')
    assert told("\n".join(text)) == [f"{line}: this string is not closed" for line in sorted(lines)]


# ---------------------------------------------------------------------------- anything at all

SLIPS = st.sampled_from(
    [*"\"'[]{}=,.#\n\\x \0\r", '"""', "'''", "\n[[a.b]]\n", "\n[a]\n", "\na=1\n"]
)


def check_places(data: bytes) -> None:
    source, problems = parse(data, "deck.toml")
    assert (source is None) == bool(problems)
    text = data.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for place in (problem.place for problem in problems):
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        for line, column in ((place.line, place.column), (place.end_line, place.end_column)):
            assert 1 <= line <= len(text)
            assert 1 <= column <= len(text[line - 1]) + 1


@given(st.binary())
@thorough
def test_any_bytes(data: bytes) -> None:
    """No bytes make reading fail, and every problem stands inside the file."""
    check_places(data)


@given(documents, st.lists(st.tuples(st.integers(0, 400), SLIPS), max_size=4))
@thorough
def test_any_broken_document(text: str, slips: list[tuple[int, str]]) -> None:
    """Nor does TOML that has gone wrong in several places."""
    for at, slip in slips:
        text = text[: at % (len(text) + 1)] + slip + text[at % (len(text) + 1) :]
    check_places(text.encode())


@pytest.mark.parametrize(
    "name", sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "src").rglob("*.py"))
)
def test_no_group_is_repeated_possessively(name: str) -> None:
    """Before Python 3.11.5 that matches wrongly (gh-106052): write `(?>(?:…)*)`."""
    assert not re.search(r"\)(?:[*+?]|\{\d*,?\d*\})\+", (ROOT / name).read_text("utf-8"))


def test_a_header_before_its_own_is_shown_where_that_is() -> None:
    """It is above its place, and no second one of a kind."""
    _, (problem,) = parse(b'[[topic.fact]]\nid = "a"\n\n[[topic]]\nid = "t"\n', "x.toml")
    assert (problem.place.line, problem.label) == (1, "")
    assert [(label.place.line, label.words) for label in problem.also] == [
        (4, "its own place is below this")
    ]
