"""The drawings that a build drew -> a memory of them, by which none need be drawn to be checked.

It holds for what drew them: our code and the libraries, as the record of a build names them. It is
of this machine alone, beside the outputs. One that is missing, old or damaged costs time only: who
needs the pixels, as each build does, draws.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from deckbuilder.manifests import parsed
from deckbuilder.model import Deck
from deckbuilder.opened import at_most
from deckbuilder.record import makers

LARGEST = 1 << 24  # bytes of a memory, some 200,000 drawings
MEMORY = {"by": object, "drawn": [str]}


def drawn_before(source: Path, out: Path) -> frozenset[str]:
    """Return the digests of drawings that are known to be fit for that.

    Args:
        source: the TOML file.
        out: the folder of its outputs.
    """
    file = _memory(source, out)
    try:
        told = parsed(at_most(LARGEST, file), MEMORY) if file.is_file() else None
    except OSError:
        return frozenset()
    return frozenset(told["drawn"]) if told and told["by"] == makers() else frozenset()


def remember_drawn(source: Path, out: Path, deck: Deck, by: Mapping[str, str]) -> None:
    """Keep the digests of the drawings of a deck that was built; it does no harm if that fails.

    Args:
        source: the TOML file.
        out: the folder of its outputs.
        deck: its assets have been read.
        by: the `makers` of the build.
    """
    images = (fact.media.image for fact in deck.facts)
    drawn = {image.digest for image in images if image and image.name.endswith(".svg")}
    file = _memory(source, out)
    with suppress(OSError):
        if file.is_symlink() or not (drawn and file.is_file()):  # no memory of ours, or of nothing
            file.unlink(missing_ok=True)
        if drawn:
            file.write_text(json.dumps({"by": dict(by), "drawn": sorted(drawn)}, indent=1), "utf-8")


def _memory(source: Path, out: Path) -> Path:
    return out / f".{source.stem}.drawings.json"
