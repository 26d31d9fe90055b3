"""A file that a command is given -> its bytes, if it can be a deck or a sheet."""

from __future__ import annotations

from pathlib import Path

import click

from deckbuilder.cli.output import PROBLEMS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LARGEST = 1 << 29  # bytes


class Unusable(click.ClickException):
    """A file cannot be used."""

    exit_code = PROBLEMS


def bytes_of(file: Path) -> bytes:
    """Return what a file holds.

    Raises:
        Unusable: that is too much for a deck.
    """
    from deckbuilder.opened import at_most

    data = at_most(LARGEST, file)
    if len(data) > LARGEST:
        raise Unusable(f"{file} is too large to be a deck or a sheet")
    return data
