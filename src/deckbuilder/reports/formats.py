"""Problems -> the text of a report: for a person, a program, GitHub's pages, or a code scanner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from deckbuilder import __version__
from deckbuilder.briefly import count
from deckbuilder.problems import Explanation, Label, Place, Problem, errors
from deckbuilder.reports.document import as_json
from deckbuilder.reports.excerpt import describe
from deckbuilder.reports.harmless import harmless

MOST_SHOWN = 50  # problems told to a person in one run; more are counted
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def to_text(problems: Sequence[Problem], *, color: bool = False) -> str:
    """Return the problems with excerpts, and a line that counts them; "" if there are none."""
    if not problems:
        return ""
    told = [describe(problem, color=color) + "\n" for problem in problems[:MOST_SHOWN]]
    more = len(problems) - len(told)
    return "\n".join([*told, *([f"… and {more:,} more\n"] if more else []), counted(problems)])


def counted(problems: Sequence[Problem]) -> str:
    """Return how many there are, as in `2 errors, 1 warning`."""
    wrong = len(errors(problems))
    numbers = ((wrong, "error"), (len(problems) - wrong, "warning"))
    return ", ".join(count(number, noun) for number, noun in numbers if number)


def to_json(problems: Sequence[Problem]) -> str:
    """Return a JSON document: every problem, how many are errors, how many warnings."""
    wrong = len(errors(problems))
    document = {
        "deckbuilder": __version__,
        "errors": wrong,
        "warnings": len(problems) - wrong,
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "message": problem.message,
                **_stretch(problem.place),
                "label": problem.label,
                "help": problem.hint,
                "also": [_stretch(label.place) | {"label": label.words} for label in problem.also],
            }
            for problem in problems
        ],
    }
    return as_json(document)


def _stretch(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def to_github(problems: Sequence[Problem]) -> str:
    """Return workflow commands, one a line: GitHub shows each beside the line it is about.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    place = problem.place
    where = {
        "file": harmless(place.file),
        "line": place.line,
        "endLine": place.end_line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": f"deckbuilder {problem.code}",
    }
    said = [problem.message, *(f"{label.words}: {label.place}" for label in problem.also)]
    said += [f"help: {problem.hint}"] if problem.hint else []
    properties = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in where.items())
    return f"::{problem.severity} {properties}::{_escaped(chr(10).join(map(harmless, said)))}"


def _escaped(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def to_sarif(problems: Sequence[Problem], explanations: Iterable[Explanation]) -> str:
    """Return a SARIF 2.1.0 log; the codes that occur are its rules."""
    used = {problem.code for problem in problems}
    rules = [
        {
            "id": known.code,
            "shortDescription": {"text": known.what},
            "fullDescription": {"text": known.why},
        }
        for known in explanations
        if known.code in used
    ]
    driver = {"name": "deckbuilder", "version": __version__, "rules": rules}
    results = [_result(problem) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SARIF, "version": "2.1.0", "runs": [run]}
    return as_json(log)


def _result(problem: Problem) -> dict[str, Any]:
    said = problem.message + (f" Help: {problem.hint}" if problem.hint else "")
    result = {
        "ruleId": problem.code,
        "level": problem.severity,
        "message": {"text": said},
        "locations": [_location(Label(problem.place, problem.label))],
    }
    also = [_location(label) for label in problem.also]
    return result | ({"relatedLocations": also} if also else {})


def _location(label: Label) -> dict[str, Any]:
    place = label.place
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    where = {"artifactLocation": {"uri": _uri(place.file)}, "region": region}
    said = {"message": {"text": label.words}} if label.words else {}
    return {"physicalLocation": where, **said}


def _uri(file: str) -> str:
    from urllib.parse import quote

    return quote(file)
