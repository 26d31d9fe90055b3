"""What of a deck no page can show: characters and formulas, at the place the source has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from deckbuilder.model import Deck, Period, Topic
from deckbuilder.problems import Problem
from deckbuilder.text.markdown import parse
from deckbuilder.text.normal import COMMON, normal
from deckbuilder.text.tree import formulas, plain
from deckbuilder.toml import Path, decoded

UNPRINTED = {
    "fact",
    "id",
    "anki",
    "licence",
    "language",
    "version",
    "hint",
    "tags",
    "only",
    "check",
}
UNPRINTED |= {"image", "alt", "audio", "media", "allow", "was", "style"}
SPACES = {"\t", "\n", "\r"}  # as good as " ", see `normal`
# scripts whose letters change with their neighbours: ReportLab would set them wrongly
SHAPED = ((0x0900, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1CFF), (0xA800, 0xABFF))

# what leaves no doubt: formulas have `$`, and an escape such as `\u0301` stands for any character
SURE = re.compile(rf"(?:[\t\n\r !-#%-\[\]-~\u00a0{COMMON}\u2190-\u2193\u2212]++|\\[\"\\])*+")


def unprintable(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each value that print cannot show as it was typed.

    Most sources hold nothing to doubt: no font is loaded then, a quarter of a check of 100 facts.
    """
    if deck.printing.fonts or not SURE.fullmatch(decoded(deck.source.data)):
        yield from _by_fonts(deck)
    else:
        yield from _in_pictures(deck)


def _by_fonts(deck: Deck) -> Iterator[Problem]:
    """Yield what the fonts say: those of authors, if they cannot be used, or else of the texts."""
    from deckbuilder.writers.pdf.fonts import author_font

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
    yield from _in_texts(deck, tuple(extra))
    yield from _in_pictures(deck)


def _in_texts(deck: Deck, extra: tuple[str, ...]) -> Iterator[Problem]:
    """Yield a problem for each value with a character, or a formula, that print cannot show.

    All values are looked at as one first: with most decks, that is all there is to do.
    """
    whole = " ".join([text for _, table in _printed(deck) for _, text in _strings((), table)])
    bad = _bad(set(unicodedata.normalize("NFC", whole)) - SPACES, extra)
    if not bad and "$" not in whole:
        return
    for where, table in _printed(deck):
        for at, text in _strings(where, table):
            value = normal(text)
            # the addresses of links are not printed
            shown = "" if bad.isdisjoint(value) else plain(parse(value))
            character = next((c for c in shown if c in bad), "")
            if character:
                yield Problem(
                    "unprintable",
                    f"print cannot show {_named(character)}",
                    deck.source.place(at),
                    "write it another way, name a font that has it in [print] fonts,"
                    ' or only = "deck"',
                )
            elif "$" in value:
                yield from _unset(deck, at, value)


def _in_pictures(deck: Deck) -> Iterator[Problem]:
    """Yield a problem for each drawing with letters that the font of drawings lacks."""
    shown = [fact.media.image for fact in deck.facts if fact.number and fact.media.image]
    if not shown:
        return
    from deckbuilder.media.vector import is_svg, letters
    from deckbuilder.writers.pdf.fonts import has

    for image in shown:
        if is_svg(image.data):
            bad = {c for c in letters(image.data) if _shaped(c) or not has("Sans", c)}
            if bad:
                yield Problem(
                    "unprintable",
                    f"print cannot show {_named(min(bad))} in `{image.path}`",
                    deck.source.place(image.at),
                    "turn the letters of the drawing into paths, or export it as PNG",
                )


def _bad(characters: set[str], extra: tuple[str, ...] = ()) -> set[str]:
    """Return those of the characters that print cannot show."""
    from deckbuilder.writers.pdf.fonts import missing

    return {c for c in characters if _shaped(c)} | missing(characters, extra)


def _unset(deck: Deck, at: Path, value: str) -> Iterator[Problem]:
    """Yield a problem for each formula of a value that print cannot set."""
    from deckbuilder.writers.pdf.formulas.mathml import Unsettable
    from deckbuilder.writers.pdf.formulas.outlines import formula

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
    bad = _bad(set(file))
    return "".join("?" if c in bad else c for c in file)


def _printed(deck: Deck) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield the path of each table that may come to stand on paper, and what of it may."""
    yield ("deck",), _shown(deck.source.values["deck"])
    rows: tuple[Period | Topic, ...] = (*deck.periods, *deck.topics)
    for row in rows:
        yield row.at, _shown(deck.source.value(row.at))
    for fact in deck.facts:
        if fact.number:
            yield fact.at, _shown(deck.source.value(fact.at))


def _shown(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in UNPRINTED}


def _strings(at: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """Yield the path and the characters of each text in a value."""
    if isinstance(value, str):
        yield at, value
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
