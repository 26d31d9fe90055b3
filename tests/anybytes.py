"""What holds for any bytes given as a source, from reading them to every form of report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deckbuilder.check import check
from deckbuilder.explain import explanations
from deckbuilder.problems import Place, Problem
from deckbuilder.read import read_bytes
from deckbuilder.reports.excerpt import describe
from deckbuilder.reports.formats import to_github, to_json, to_sarif, to_text
from deckbuilder.toml import Path, parse

NAME = "any.toml"
COLORS = re.compile(r"\x1b\[(?:0|1|34|1;31|1;33)m")


def hold(data: bytes) -> tuple[Problem, ...]:
    """Assert all that a reader of these bytes is promised; return the problems found."""
    spans_hold(data)
    deck, problems = read_bytes(data, NAME)
    assert (deck is None) is bool(problems)
    problems = check(deck) if deck else problems
    text = data.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for problem in problems:
        for place in (problem.place, *(label.place for label in problem.also)):
            inside(place, text)
    reports_hold(problems)
    return problems


def inside(place: Place, lines: list[str]) -> None:
    """Assert that a place begins and ends in the text, in this order."""
    ends = ((place.line, place.column), (place.end_line, place.end_column))
    assert ends[0] <= ends[1], place
    for line, column in ends:
        assert 1 <= line <= len(lines), place
        assert 1 <= column <= len(lines[line - 1]) + 1, place


def spans_hold(data: bytes) -> None:
    """Assert that exactly the values of a source have places."""
    source, _ = parse(data, NAME)
    if source:
        assert set(source.scan.spans) == set(paths(source.values))


def paths(value: Any) -> Iterator[Path]:
    """Yield the path of every value inside a value, however deep."""
    open_: list[tuple[Path, Any]] = [((), value)]
    while open_:
        path, outer = open_.pop()
        inner: Iterable[tuple[str | int, Any]] = ()
        if isinstance(outer, Mapping):
            inner = outer.items()
        elif isinstance(outer, list):
            inner = enumerate(outer)
        for name, element in inner:
            yield (*path, name)
            open_.append(((*path, name), element))


def reports_hold(problems: tuple[Problem, ...]) -> None:
    """Assert that no report drives a terminal, and that programs can read theirs."""
    plain = to_text(problems)
    assert plain.replace("\n", "").isprintable()
    assert COLORS.sub("", to_text(problems, color=True)) == plain
    for problem in problems:
        told = describe(problem).split("\n")
        assert all(line.lstrip(" 0123456789").startswith(("|", "=", ".")) for line in told[1:])
    for form in (to_json(problems), to_sarif(problems, explanations().values())):
        assert form.isascii()
        assert form.replace("\n", "").isprintable()
    document = json.loads(to_json(problems))
    assert [told["message"] for told in document["problems"]] == [p.message for p in problems]
    annotations = to_github(problems).split("\n") if problems else []
    assert len(annotations) == len(problems)
    for line in annotations:
        assert re.fullmatch(r"::(?:error|warning) file=any\.toml,line=\d+,[^:]*::.*", line)
        assert line.isprintable()
    log = json.loads(to_sarif(problems, explanations().values()))
    assert len(log["runs"][0]["results"]) == len(problems)
