"""The files that a source names -> their bytes, read from its folder and from nowhere else."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from deckbuilder.model import Asset, Deck
from deckbuilder.problems import Problem

LARGEST_ASSET = 20_000_000  # bytes
LARGEST_STYLE = 100_000  # bytes; each card that is looked at carries it


def load(deck: Deck, folder: Path) -> tuple[Deck, tuple[Problem, ...]]:
    """Return the deck with the bytes of its assets, and a problem for each that cannot be had."""
    problems: list[Problem] = []

    def loaded(asset: Asset, most: int) -> Iterator[Asset]:
        data = _read(asset, folder, most)
        if isinstance(data, bytes):
            yield replace(asset, data=data)
        else:
            message, hint = data
            problems.append(Problem("bad-file", message, deck.source.place(asset.at), hint))

    fonts = tuple(font for asset in deck.printing.fonts for font in loaded(asset, LARGEST_ASSET))
    style = next(loaded(deck.style, LARGEST_STYLE), None) if deck.style else None
    printing = replace(deck.printing, fonts=fonts)
    return replace(deck, printing=printing, style=style), tuple(problems)


def _read(asset: Asset, folder: Path, most: int) -> bytes | tuple[str, str]:
    """Return the bytes of a file, or what is wrong with it and what to do."""
    file = folder / asset.path
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            return (
                f"`{asset.path}` leads out of the source's folder",
                "copy the file beside the source",
            )
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device might never end
            return f"`{asset.path}` is no file", "name a file"
        if status.st_size > most:
            message = f"`{asset.path}` has {status.st_size:,} bytes, {most:,} are the most"
            return message, "use a smaller file"
        return file.read_bytes()
    except OSError as error:
        return f"`{asset.path}` cannot be read: {os.strerror(error.errno or 0)}", "check the path"
