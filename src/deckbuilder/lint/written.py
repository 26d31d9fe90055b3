"""A source -> all its texts, as the rules look at them that are about sources, not about cards."""

from __future__ import annotations

from typing import NamedTuple

from deckbuilder.toml import Path, Source, strings


class Written(NamedTuple):
    """A source and its texts, each with its path: ids and reasons as well, which nobody prints."""

    source: Source
    texts: tuple[tuple[Path, str], ...]


def written(source: Source) -> Written:
    """Return what stands in a source."""
    return Written(source, tuple(strings(source.taken())))
