"""What of a deck no page can show: characters and formulas, at the place the source has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from deckbuilder import schema
from deckbuilder.media.vector import is_svg, letters
from deckbuilder.model import Deck
from deckbuilder.problems import Problem
from deckbuilder.text.markdown import normal, parse
from deckbuilder.text.tree import formulas, plain
from deckbuilder.toml import Path
from deckbuilder.writers.pdf.fonts import author_font, has, missing
from deckbuilder.writers.pdf.formulas.mathml import Unsettable
from deckbuilder.writers.pdf.formulas.outlines import formula

UNPRINTED = {"id", "anki", "licence", "language", "version", "hint", "tags", "only", "check"}
UNPRINTED |= {"image", "alt", "audio", "media", "allow", "was", "style"}
# scripts whose letters change with their neighbours: ReportLab would set them wrongly
SHAPED = ((0x0900, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1CFF), (0xA800, 0xABFF))


def unprintable(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each value that print cannot show as it was typed."""
    extra: list[str] = []
    for font in deck.printing.fonts:
        try:
            extra.append(author_font(font.data))
        except ValueError as error:
            yield Problem(
                "bad-font",
                f"`{font.path}` cannot be used: {error}",
                deck.source.place(font.at),
                "name a TrueType font (.ttf) with outlines of its own kind; OpenType/CFF is none",
            )
    if len(extra) < len(deck.printing.fonts):
        return
    for at, value in _printed(deck):
        # the addresses of links are not printed
        shown = plain(parse(value)) if _bad(value, tuple(extra)) else ""
        bad = _bad(shown, tuple(extra))
        if bad:
            character = next(c for c in shown if c in bad)
            yield Problem(
                "unprintable",
                f"print cannot show {_named(character)}",
                deck.source.place(at),
                'write it another way, name a font that has it in [print] fonts, or only = "deck"',
            )
        elif "$" in value:
            yield from _unset(deck, at, value)
    yield from _in_pictures(deck)


def _in_pictures(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each drawing with letters that the font of drawings lacks."""
    for fact in deck.facts:
        image = fact.media.image
        if fact.number and image and is_svg(image.data):
            bad = {c for c in letters(image.data) if _shaped(c) or not has("Sans", c)}
            if bad:
                yield Problem(
                    "unprintable",
                    f"print cannot show {_named(min(bad))} in `{image.path}`",
                    deck.source.place(image.at),
                    "turn the letters of the drawing into paths, or export it as PNG",
                )


def _bad(value: str, extra: tuple[str, ...] = ()) -> set[str]:
    """Return the characters that print cannot show."""
    if value.isascii() and value.isprintable():  # nearly every text
        return set()
    return {c for c in value if _shaped(c)} | missing(set(value), extra)


def _unset(deck: Deck, at: Path, value: str) -> Iterator[Problem]:
    """Yield a problem for each formula of a value that print cannot set."""
    for node in formulas(parse(value, with_gaps=True)):  # where no gaps are, that finds the same
        try:
            formula(node.tex)
        except Unsettable as error:
            yield Problem(
                "unprintable-math",
                f"{error} (in `${node.tex}$`)",
                deck.source.place(at),
                error.hint,
            )


def printable_name(file: str) -> str:
    """Return a file's name as the foot of a page can show it."""
    bad = _bad(file)
    return "".join("?" if c in bad else c for c in file)


def _printed(deck: Deck) -> Iterator[tuple[Path, str]]:
    """Yield the path and the characters of each value that may come to stand on paper."""
    values = deck.source.values
    keys = {key.name for key in schema.DECK} - UNPRINTED
    yield from _strings(("deck",), {k: v for k, v in values["deck"].items() if k in keys})
    for rows in (deck.periods, deck.topics):
        for row in rows:
            table = _table(values, row.at)
            own = {k: v for k, v in table.items() if k not in UNPRINTED and k != "fact"}
            yield from _strings(row.at, own)
    for fact in deck.facts:
        if fact.number:
            table = _table(values, fact.at)
            yield from _strings(fact.at, {k: v for k, v in table.items() if k not in UNPRINTED})


def _table(values: Any, at: Path) -> dict[str, Any]:
    for part in at:
        values = values[part]
    table: dict[str, Any] = values
    return table


def _strings(at: Path, value: Any) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield at, normal(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings((*at, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings((*at, index), inner)


def _shaped(character: str) -> bool:
    if character.isascii():
        return False
    if unicodedata.bidirectional(character) in ("R", "AL", "AN"):
        return True
    return any(first <= ord(character) <= last for first, last in SHAPED)


def _named(character: str) -> str:
    name = unicodedata.name(character, "a character without a name").lower()
    shown = f"`{character}` " if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X}, {name})"
