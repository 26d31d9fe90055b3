"""A value of TOML's -> the texts inside it, each with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckbuilder.toml.scan import Path


def strings(value: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield each text inside a value that stands at a path, in the order of the file."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from strings(inner, (*at, key))
