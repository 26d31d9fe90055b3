"""A source -> all its texts, as the rules look at them that are about sources, not about cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deckbuilder.toml import Path, Source, strings

SHOWN = ("deck", "period", "topic")  # the tables of which something is on cards or in print
TABLES = (*SHOWN, "fact")
NAMES = frozenset(("id", "was", "tags", "image", "audio", "fonts", "style", "allow"))  # not shown


class Written(NamedTuple):
    """A source and its texts, each with its path: ids and reasons as well, which nobody prints."""

    source: Source
    texts: tuple[tuple[Path, str], ...]


def written(source: Source) -> Written:
    """Return what stands in a source."""
    return Written(source, tuple(strings(source.taken())))


def shown(of: Written) -> Iterator[tuple[Path, str]]:
    """Yield each text that may be on a card or in print, with the path of the key that holds it."""
    for path, text in of.texts:
        if path[0] in SHOWN and NAMES.isdisjoint(path):
            key = next(part for part in path if isinstance(part, str) and part not in TABLES)
            yield path[: path.index(key) + 1], text
