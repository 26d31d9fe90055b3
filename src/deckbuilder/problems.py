"""What can be wrong with a source, as values: a code, a place, a sentence and a way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from itertools import chain
from typing import TYPE_CHECKING, Literal

from deckbuilder.slots import dataclass

if TYPE_CHECKING:
    from pathlib import Path

Severity = Literal["error", "warning"]
Owner = Literal["fact", "topic", "deck", ""]  # what may allow a warning; "" if nothing may
GUESSES = 20  # how often a near one is looked for among all ids: each time takes as long as a rule
LISTED = 60  # of what is known: all choices of any key, but not all ids of a deck
# how the fact with the id {} is retired: a hint is one line, a header and a key of TOML are two
RETIRE = "`[[retired]]`, and below it `id = {}`"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a source. Lines and columns count from 1; columns are code points.

    `text` is what to quote from, and `begins` where the line begins in it: the whole file as it was
    read, or that line alone; "" where it is not at hand.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int  # the column after the last character
    text: str = field(default="", compare=False, repr=False)
    begins: int = field(default=0, compare=False, repr=False)

    @property
    def quoted(self) -> str:
        """The line that the place begins on."""
        end = self.text.find("\n", self.begins)
        return self.text[self.begins : end if end >= 0 else None]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Label:
    """Another place that a problem involves, and what is to be seen there."""

    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at one place. An error stops the build, a warning does not.

    `label` says what is to be seen at the place, where `also` names others; `hint` is a way out;
    `owner`: what may `allow` a warning there, the fact, topic or deck; "" if nothing.
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = "error"
    label: str = ""
    also: tuple[Label, ...] = ()
    owner: Owner = ""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why something is not done: a sentence without its full stop, and a way out."""

    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `deckbuilder explain` tells of a code.

    `bad` is a source, or the end of one, with this problem and no other; `good` is `bad` mended.
    """

    code: str
    what: str
    why: str
    bad: str
    good: str


def shown(file: Path) -> str:
    """Return what people call a file; its name need not be UTF-8."""
    return _legible(file.as_posix())


def _legible(name: str) -> str:
    return name.encode(errors="replace").decode()


def file_fault(source: Path, fault: OSError) -> Problem:
    """Return what keeps the program from working on a source, though nothing is wrong in it."""
    return Problem("file-fault", fault_words(fault), Place(shown(source), 1, 1, 1, 1))


def in_the_way(source: Path, obstacle: Obstacle) -> Problem:
    """Return why nothing is done with a source, though nothing is wrong in it."""
    place = Place(shown(source), 1, 1, 1, 1)
    return Problem("obstacle", obstacle.sentence, place, obstacle.hint.strip())


def fault_words(fault: OSError) -> str:
    """Return what is wrong with which file."""
    name = fault.filename2 or fault.filename
    return _legible(f"{fault.strerror or fault}{f': {name}' if name else ''}")


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those of the problems that stop a build."""
    return tuple(p for p in problems if p.severity == "error")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known word nearest to `word`, or else what is known."""
    options = sorted(known)
    if near := nearest(word, options):
        return f"did you mean `{near}`?"
    listed = ", ".join(f"`{option}`" for option in options[:LISTED])
    more = f" and {len(options) - LISTED:,} more" if len(options) > LISTED else ""
    return f"known here: {listed}{more}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is near to `word`, "" if none is."""
    from difflib import get_close_matches  # most runs never need it

    options = sorted(known)
    words = dict.fromkeys((word, word.lower()))
    near = (get_close_matches(each, options, n=1, cutoff=0.6) for each in words)
    return next(chain.from_iterable(near), "")
