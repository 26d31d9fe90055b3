"""The bytes of a source -> its values, and where in the text each of them stands."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path as File
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckbuilder import toml
from deckbuilder.problems import Place, Problem
from deckbuilder.toml import Path, Source, parse
from tomltext import documents

thorough = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
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
    assert source == Source("decks/a.toml", data, 'a = """x\ny"""\n', {"a": "x\ny"})


@pytest.mark.parametrize("text", ["", "\n", "# nothing", "\ufeff"], ids=repr)
def test_empty_source(text: str) -> None:
    """A file without a key is a source without values."""
    assert read(text).values == {}


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
        pytest.param("[[t]]\n[[t.u]]\n[[t]]\n[[t.u]]\na=3", ("t", 1, "u", 0, "a"), "3", id="nested"),
        pytest.param("a = '''\n[t]\nb = 1\n'''\nb = 2", ("b",), "2", id="fake-header"),
        pytest.param('a = """x\\""""""\nb = 2', ("a",), '"""x\\""""""', id="five-quotes"),
        pytest.param("a = ''''''''\nb = 2", ("b",), "2", id="quotes-in-literal"),
        pytest.param('a = "# \\" ["\nb = 2', ("b",), "2", id="fake-comment"),
        pytest.param("a = 1\r\nb = 2\r\n", ("b",), "2", id="crlf"),
        pytest.param("\ufeffa = 1", ("a",), "1", id="byte-order-mark"),
        pytest.param('a = "日本", b', ("a",), '"日本"', id="wide", marks=pytest.mark.skip),
        pytest.param('"日" = ["😀e\u0301", 2]', ("日", 1), "2", id="wide-and-combining"),
    ],
)
def test_place_of_a_value(text: str, path: Path, value: str) -> None:
    """A value has its exact place, whatever stands before it."""
    source = read(text)
    assert quoted(source.text, source.place(path)) == value
