"""A function that looks for one thing in a deck, with its wording and example -> a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, Protocol, TypeVar

from deckbuilder.problems import Explanation, Label, Problem, Severity
from deckbuilder.slots import dataclass
from deckbuilder.toml import Path, Source

# with one, a text has characters that its bytes do not show
ESCAPE = re.compile(rb"\\[uUx]")
# a pattern that begins with one certain byte is looked for in half the time of several bytes, if
# their first one is in each source
Needed = bytes | re.Pattern[bytes]


class Finding(NamedTuple):
    """What a rule found: where in the source, a sentence, a way out, and other places involved.

    `part`: what of the value is meant; where it does not stand there letter by letter, all of it.
    `behind`: how many parts like it stand before that one.
    """

    at: Path
    message: str
    hint: str
    label: str = ""
    also: tuple[tuple[Path, str], ...] = ()
    part: str = ""
    behind: int = 0


class FromSource(Protocol):
    """What rules look at: a deck, or something made of one."""

    @property
    def source(self) -> Source:
        """The file that findings are placed in."""


Subject = TypeVar("Subject", bound=FromSource)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """One rule: what it is called and why, and the function that finds its breaches.

    `language`: the only one whose words it knows, as in `en`; "" for a rule for every language.
    `needs`: bytes or patterns, of which one is in each source with a breach, or an escape in its
    place; () if that cannot be said.
    """

    explanation: Explanation
    find: Callable[[Subject], Iterable[Finding]]
    severity: Severity
    language: str = ""
    needs: tuple[Needed, ...] = ()

    def may_find(self, source: Source) -> bool:
        """Tell whether there can be a breach, as far as the bytes of a source tell."""
        data = source.data
        return not self.needs or any(_holds(data, each) for each in self.needs) or _escaped(data)

    def __call__(self, subject: Subject) -> Iterator[Problem]:
        """Yield a problem for each finding."""
        for found in self.find(subject):
            yield self.problem(found, subject.source)

    def problem(self, found: Finding, source: Source) -> Problem:
        """Return a finding as it is told."""
        return Problem(
            self.explanation.code,
            found.message,
            source.place(found.at, part=found.part, behind=found.behind),
            found.hint,
            self.severity,
            found.label,
            tuple(Label(source.place(at), words) for at, words in found.also),
        )


def _holds(data: bytes, needed: Needed) -> bool:
    """Look for the first of several bytes first: mostly it is nowhere, known in a tenth of time."""
    if isinstance(needed, bytes):
        return needed[:1] in data and needed in data
    return needed.search(data) is not None


def _escaped(data: bytes) -> bool:
    return b"\\" in data and ESCAPE.search(data) is not None


def rule(
    code: str,
    what: str,
    why: str,
    *,
    bad: str,
    good: str,
    severity: Severity = "error",
    language: str = "",
    needs: tuple[Needed, ...] = (),
) -> Callable[[Callable[[Subject], Iterable[Finding]]], Rule[Subject]]:
    """Make a rule of the function below; see `problems.Explanation` for the words."""
    told = Explanation(code, what, why, bad, good)
    return lambda find: Rule(told, find, severity, language, needs)
