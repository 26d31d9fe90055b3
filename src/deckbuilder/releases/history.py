"""What a learner has at one moment, and what an import said: plain values, to be compared."""

from __future__ import annotations

from collections.abc import Mapping

from deckbuilder.releases.named import Named
from deckbuilder.slots import dataclass


@dataclass(frozen=True, slots=True)
class CardState:
    """A card. `schedule`: all that Anki plans by, its flag included; `reviews`: its log."""

    front: str
    back: str
    deck: str
    schedule: tuple[object, ...]
    reviews: frozenset[tuple[object, ...]]
    blank: bool


@dataclass(frozen=True, slots=True)
class NoteState(Named):
    """A note; `fields` by name, `cards` by ordinal from 0. Times in seconds since 1970."""

    guid: str
    notetype: int
    mod: int
    fields: Mapping[str, str]
    tags: frozenset[str]
    cards: Mapping[int, CardState]

    def says(self, other: NoteState) -> bool:
        """Tell whether both hold the same; a field may have got another name."""
        return (
            self.notetype == other.notetype
            and tuple(self.fields.values()) == tuple(other.fields.values())
            and self.tags == other.tags
        )


@dataclass(frozen=True, slots=True)
class Look:
    """A note type's name, its templates and its style."""

    name: str
    layout: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """All notes by guid, all note types in use by id."""

    notes: Mapping[str, NoteState]
    looks: Mapping[int, Look]


@dataclass(frozen=True, slots=True)
class Log:
    """What Anki said of an import, as guids. `refused`: notes that found no place."""

    new: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    conflicting: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
