"""What people ask of a build beyond its source -> one value, which a record can hold as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field
from typing import Any

from deckbuilder.choice import Choice
from deckbuilder.slots import dataclass


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
