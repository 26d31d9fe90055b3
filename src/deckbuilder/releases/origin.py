"""The files of one deck -> the deck of the source that all should come from: each PDF has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deckbuilder import __version__
from deckbuilder.model import Deck
from deckbuilder.read import read_bytes
from deckbuilder.releases.pdf import Print
from deckbuilder.releases.proof import Mismatch


def sources_in(
    stem: str, files: Mapping[str, bytes], prints: Mapping[str, Print]
) -> Iterator[tuple[str, bytes | None]]:
    """Yield each file that has the source, and the source; None for one that should have it."""
    if f"{stem}.toml" in files:
        yield f"{stem}.toml", files[f"{stem}.toml"]
    for name in sorted(prints, key=lambda name: (name != f"{stem}.pdf", name)):
        sources = [d for n, d in prints[name].attached.items() if n.endswith(".toml")]
        yield name, sources[0] if len(sources) == 1 else None


def origin_of(stem: str, sources: Mapping[str, bytes | None]) -> tuple[Deck | None, list[Mismatch]]:
    """Return the deck of the first source there is, and which of the others is another."""
    wrong = [
        Mismatch(name, "", "There is no source attached to it, or more than one.")
        for name, data in sources.items()
        if data is None
    ]
    there = {name: data for name, data in sources.items() if data is not None}
    if not there:
        sentence = (
            "There is no source to hold the files against: no sheet that can be read has it."
            " Put a PDF of the same deck beside them, which has it, or the source itself."
        )
        return None, [*wrong, Mismatch(stem, "", sentence)]
    first, *others = there
    wrong += [
        Mismatch(name, "", f"Its source is not the one of {first}.")
        for name in others
        if there[name] != there[first]
    ]
    deck, problems = read_bytes(there[first], first)
    if deck is None:
        sentence = f"Its source cannot be read by deckbuilder {__version__}: {problems[0].message}"
        return None, [*wrong, Mismatch(first, "", f"{sentence}.")]
    return deck, wrong
