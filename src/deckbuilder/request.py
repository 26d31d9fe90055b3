"""What people ask of a build beyond its source -> one value, kept as JSON; what of it is idle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, field
from typing import TYPE_CHECKING, Any

from deckbuilder.choice import Choice
from deckbuilder.problems import Problem
from deckbuilder.schema import PRINT
from deckbuilder.slots import dataclass

if TYPE_CHECKING:
    from deckbuilder.model import Deck


@dataclass(frozen=True, slots=True)
class Request:
    """What a build is asked for.

    `frozen`: refuse if the lock would change; `strict`: let a warning stop the build, too;
    `break_schema`: let pass what would have learners change the options of Anki's import;
    `printing`: fields of `model.Printing` that outrank the source's `[print]`; `choice`: which
    facts the handouts are about; the sheet and the deck always have all.
    """

    frozen: bool = False
    strict: bool = False
    break_schema: bool = False
    printing: Mapping[str, Any] = field(default_factory=dict)
    choice: Choice = Choice()

    @property
    def recorded(self) -> dict[str, Any]:
        """What of it can change an output, as JSON gives it back."""
        asked = {
            "printing": dict(self.printing),
            "choice": asdict(self.choice),
            "break_schema": self.break_schema,
        }
        given: dict[str, Any] = json.loads(json.dumps(asked))
        return given


def idle(deck: Deck, request: Request) -> Iterator[Problem]:
    """Yield a problem if something is asked of handouts, and there are to be none."""
    if deck.printing.handouts:
        return
    of_handouts = {key.name for key in PRINT if key.of_handouts}
    asked = [*_given(request.choice), *(name for name in request.printing if name in of_handouts)]
    if asked:
        options = ", ".join(f"`--{name.replace('_', '-')}`" for name in asked)
        message = f"{options}: that is about handouts, and none is asked for"
        hint = "add --handouts quiz, or another: deckbuilder build --help lists them"
        yield Problem("no-handouts", message, deck.source.place(("deck",)), hint, "warning")


def _given(choice: Choice) -> Iterator[str]:
    """Yield the options by which somebody chose."""
    chosen = {
        "topic": choice.topics,
        "tag": choice.tags,
        "count": choice.count,
        "seed": choice.seed,
        "versions": choice.versions,
    }
    return (name for name, value in chosen.items() if value not in ((), None))
