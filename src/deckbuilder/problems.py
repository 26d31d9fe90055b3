"""What can be wrong with a source, as values: a code, a place, a sentence and a way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a source. Lines and columns count from 1; columns are code points."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int  # the column after the last character

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at one place. An error stops the build, a warning does not."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Literal["error", "warning"] = "error"


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those of the problems that stop a build."""
    return tuple(p for p in problems if p.severity == "error")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message)))


def describe(problem: Problem) -> str:
    """Return a problem as the lines a person reads: `file:line:col: error[code]: message`."""
    lines = [f"{problem.place}: {problem.severity}[{problem.code}]: {problem.message}"]
    lines += [f"  hint: {problem.hint}"] if problem.hint else []
    return "\n".join(harmless(line) for line in lines)


def harmless(line: str) -> str:
    """Return a line that cannot drive a terminal or pass for two, whatever source it quotes."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known word nearest to `word`, or else all of them."""
    options = sorted(known)
    near = get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return "known here: " + ", ".join(f"`{o}`" for o in options)
