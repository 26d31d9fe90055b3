"""What of a deck no page can show: characters and formulas, at the place the source has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from deckbuilder.briefly import shortened
from deckbuilder.model import Deck
from deckbuilder.problems import Problem
from deckbuilder.schema import DECK, FACT, PERIOD, PRINTED, TOPIC
from deckbuilder.text.markdown import parse
from deckbuilder.text.normal import COMMON, normal
from deckbuilder.text.tree import NO_SPACE, SOFT_HYPHEN, formulas, plain
from deckbuilder.toml import Path, decoded, strings

# the keys of each table that no page shows; those that only a kind of fact has are all for print
UNPRINTED = {
    table: {key.name for key in keys if key.type not in PRINTED}
    for table, keys in (("deck", DECK), ("period", PERIOD), ("topic", TOPIC), ("fact", FACT))
}
UNPRINTED["topic"].add("fact")  # each is a table of its own
SPACES = {"\t", "\n", "\r"}  # as good as " ", see `normal`
BREAKS = {SOFT_HYPHEN, NO_SPACE}
# scripts whose letters change with their neighbours: ReportLab would set them wrongly
SHAPED = ((0x0900, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1CFF), (0xA800, 0xABFF))

MOST_NAMED = 20  # characters of one value that a problem lists

# why print cannot show a character, as the way out
OTHER_SCRIPT = (
    "no font helps: print sets no script that runs from right to left, or whose letters join;"
    ' write it in other letters, or only = "deck"'
)
NO_GLYPH = 'no font helps: take it out, or only = "deck"'
NO_FONT = 'write it another way, name a font that has it in [print] fonts, or only = "deck"'

# what leaves no doubt: formulas have `$`, and an escape such as `\u0301` stands for any character
SURE = re.compile(rf"(?>(?:[\t\n\r !-#%-\[\]-~\u00a0{COMMON}\u2190-\u2193\u2212]++|\\[\"\\])*)")


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
        if not font.digest:  # it could not be read, and that has been told
            continue
        try:
            extra.append(author_font(font.data))
        except ValueError as error:
            yield Problem(
                "bad-font",
                f"the font `{font.path}` cannot be used: {error}",
                deck.source.place(font.at),
                "name a TrueType font (.ttf) with outlines of its own kind, not OpenType/CFF",
            )
    known = len(extra) == len(deck.printing.fonts) and "print" not in deck.unread
    yield from _in_texts(deck, tuple(extra) if known else None)
    yield from _in_pictures(deck)


def _in_texts(deck: Deck, extra: tuple[str, ...] | None) -> Iterator[Problem]:
    """Yield the problems of each value with characters, or a formula, that print cannot show.

    All values are looked at as one first: with most decks, that is all there is to do.
    """
    whole = " ".join([text for _, table in _printed(deck) for _, text in strings(table)])
    bad = _bad(set(unicodedata.normalize("NFC", whole)) - SPACES - BREAKS, extra)
    if not bad and "$" not in whole:
        return
    for where, table in _printed(deck):
        for at, text in strings(table, where):
            value = normal(text)
            # the addresses of links are not printed
            found = {} if bad.keys().isdisjoint(value) else dict.fromkeys(_lacking(bad, value))
            for way_out in dict.fromkeys(bad[c] for c in found):
                listed = _listed([c for c in found if bad[c] == way_out])
                message = f"print cannot show {listed}"
                yield Problem("unprintable", message, deck.source.place(at), way_out)
            if "$" in value:
                yield from _unset(deck, at, value, found)


def _lacking(bad: Collection[str], value: str) -> Iterator[str]:
    """Yield the characters of a value that print cannot show; formulas have a way out for some."""
    from deckbuilder.formulas.signs import WRITTEN

    shown = plain(parse(value))
    tex = "".join([node.tex for node in formulas(parse(value, with_gaps=True))])
    for c in shown:
        if c in bad and (c not in WRITTEN or shown.count(c) > tex.count(c)):
            yield c


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
                    f"print cannot show {_listed(sorted(bad))} in `{image.path}`",
                    deck.source.place(image.at),
                    "turn the letters of the drawing into paths, or export it as PNG",
                )


def _bad(characters: set[str], extra: tuple[str, ...] | None) -> dict[str, str]:
    """Return the way out for each of the characters that print cannot show.

    `extra`: the authors' fonts; None: not all of them are at hand, and what they lack is not known.
    """
    from deckbuilder.writers.pdf.fonts import missing, never_set

    bad = {} if extra is None else dict.fromkeys(missing(characters, extra), NO_FONT)
    bad |= {c: OTHER_SCRIPT for c in characters if _shaped(c)}
    return bad | {c: NO_GLYPH for c in characters if never_set(c)}


def _unset(deck: Deck, at: Path, value: str, told: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each formula of a value that print cannot set.

    `told`: the characters that it cannot show, either; formulas that hold one of them are told of.
    """
    from deckbuilder.formulas.mathml import Unsettable
    from deckbuilder.writers.pdf.formulas.outlines import try_out

    for node in formulas(parse(value, with_gaps=True)):  # where no gaps are, that finds the same
        if any(c in node.tex for c in told):
            continue
        try:
            try_out(node.tex)
        except Unsettable as error:
            money = node.tex[0].isdigit() and "\\" not in node.tex
            yield Problem(
                "unprintable-math",
                f"{error} (in `${shortened(node.tex)}$`)",
                deck.source.place(at),
                error.hint + (r"; for money write \$ (\\$ in double quotes)" if money else ""),
            )


def printable_name(file: str, extra: tuple[str, ...]) -> str:
    """Return a file's name as the foot of a page can show it; `extra`: the authors' fonts."""
    bad = _bad(set(file), extra)
    return "".join("?" if c in bad else c for c in file)


def _printed(deck: Deck) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield the path of each table that may come to stand on paper, and what of it may."""
    if "deck" not in deck.unread:
        yield ("deck",), _shown(deck, "deck", ("deck",))
    for period in deck.periods:
        yield period.at, _shown(deck, "period", period.at)
    for topic in deck.topics:
        yield topic.at, _shown(deck, "topic", topic.at)
    for fact in deck.facts:
        if fact.number:
            yield fact.at, _shown(deck, "fact", fact.at)


def _shown(deck: Deck, table: str, at: Path) -> dict[str, Any]:
    values, unprinted = deck.source.value(at), UNPRINTED[table]
    return {key: value for key, value in values.items() if key not in unprinted}


def _shaped(character: str) -> bool:
    if character.isascii():
        return False
    if unicodedata.bidirectional(character) in ("R", "AL", "AN"):
        return True
    return any(first <= ord(character) <= last for first, last in SHAPED)


def _listed(characters: Sequence[str]) -> str:
    """Return characters as a sentence lists them, the first one by its name."""
    first, *others = characters[:MOST_NAMED]
    name = unicodedata.name(first, "a character without a name").lower()
    shown = f"`{first}` " if _seen(first) else ""
    said = [f"{shown}(U+{ord(first):04X}, {name})"]
    said += [f"`{c}`" if _seen(c) else f"U+{ord(c):04X}" for c in others]
    return ", ".join(said) + (" …" if len(characters) > MOST_NAMED else "")


def _seen(character: str) -> bool:
    """Tell whether a character shows by itself: a mark, as of an emoji's form, does not."""
    return character.isprintable() and unicodedata.category(character) != "Mn"
