"""A function that looks for one thing in a deck, with its wording and example -> a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from deckbuilder.model import Deck
from deckbuilder.problems import Explanation, Label, Problem, Severity
from deckbuilder.toml import Path


class Finding(NamedTuple):
    """What a rule found: where in the source, a sentence, a way out, and other places involved."""

    at: Path
    message: str
    hint: str
    label: str = ""
    also: tuple[tuple[Path, str], ...] = ()


Find = Callable[[Deck], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called and why, and the function that finds its breaches."""

    explanation: Explanation
    find: Find
    severity: Severity

    def __call__(self, deck: Deck) -> Iterator[Problem]:
        """Yield a problem for each finding in the deck."""
        for found in self.find(deck):
            yield Problem(
                self.explanation.code,
                found.message,
                deck.source.place(found.at),
                found.hint,
                self.severity,
                found.label,
                tuple(Label(deck.source.place(at), words) for at, words in found.also),
            )


def rule(
    code: str, what: str, why: str, *, bad: str, good: str, severity: Severity = "error"
) -> Callable[[Find], Rule]:
    """Make a rule of the function below; see `problems.Explanation` for the words."""
    return lambda find: Rule(Explanation(code, what, why, bad, good), find, severity)
