"""A note, be it in a package or in a learner's Anki -> which fact it is, by its own fields."""

from __future__ import annotations

from collections.abc import Mapping


class Named:
    """A note with its fields by their names."""

    __slots__ = ()

    guid: str
    fields: Mapping[str, str]

    @property
    def fact(self) -> str:
        """The id of the fact it came from; the guid where it names none."""
        return self.fields.get("Id") or self.guid

    @property
    def has_gaps(self) -> bool:
        """Which of a deck's two types of note it is."""
        return "Text" in self.fields

    @property
    def retired(self) -> bool:
        """Whether it is there only to be cleared away."""
        return bool(self.fields.get("Retired"))
