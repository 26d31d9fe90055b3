"""The files that a source names -> their bytes, read from its folder and from nowhere else."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

from deckbuilder.model import Asset, Deck
from deckbuilder.problems import Problem

LARGEST_ASSET = 20_000_000  # bytes


def load(deck: Deck, folder: Path) -> tuple[Deck, tuple[Problem, ...]]:
    """Return the deck with the bytes of its assets, and a problem for each that cannot be had."""
    problems: list[Problem] = []
    fonts: list[Asset] = []
    for asset in deck.printing.fonts:
        data = _read(asset, folder)
        if isinstance(data, bytes):
            fonts.append(replace(asset, data=data))
        else:
            message, hint = data
            problems.append(Problem("bad-file", message, deck.source.place(asset.at), hint))
    printing = replace(deck.printing, fonts=tuple(fonts))
    return replace(deck, printing=printing), tuple(problems)


def _read(asset: Asset, folder: Path) -> bytes | tuple[str, str]:
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
        if status.st_size > LARGEST_ASSET:
            most = f"{LARGEST_ASSET:,} bytes are the most"
            return f"`{asset.path}` has {status.st_size:,} bytes, {most}", "use a smaller file"
        return file.read_bytes()
    except OSError as error:
        return f"`{asset.path}` cannot be read: {os.strerror(error.errno or 0)}", "check the path"
