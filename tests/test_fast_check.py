"""The fast roads of reading and checking: each finds the same as the plain one that it spares."""

from __future__ import annotations

import random
import sys
import unicodedata

import nasty
from conftest import SMALL

from deckbuilder.read import read_bytes
from deckbuilder.toml import decoded
from deckbuilder.writers.pdf.glyphs import SPACES, SURE, _bad, _by_fonts, unprintable

AFTER_A_BACKSLASH = ("\\", '"', "n", "u0301", "u05d0", "x85", "'")


def test_what_print_surely_shows_is_in_our_fonts() -> None:
    """Each character that is beyond doubt is in a font, and no two of them combine into another."""
    sure = [c for c in map(chr, range(sys.maxunicode + 1)) if SURE.fullmatch(c)]
    assert len(sure) > 500
    assert not _bad(set(sure) - SPACES)
    for one in sure:
        joined = "".join(f"{one}{other}" for other in sure)
        assert unicodedata.is_normalized("NFC", joined)


def test_where_nothing_is_in_doubt_fonts_find_nothing() -> None:
    """No source that passes at a glance has a character that fonts lack, however it is written."""
    lot, passed = random.Random(7), 0
    for _ in range(600):
        some = [*"ab–'é ", *lot.sample(nasty.TOKENS, 2)] if lot.random() < 0.3 else [*"ab–'é "]
        some += [f"\\{lot.choice(AFTER_A_BACKSLASH)}" for _ in range(lot.randint(0, 3))]
        said = "".join(lot.choices(some, k=8))
        for quoted in (f'"{said}"', f"'{said}'", f'"""{said}"""', f"'''{said}'''"):
            text = SMALL.replace('"blue"', f"{quoted} # {lot.choice(some)}")
            deck, _ = read_bytes(text.encode(), "some.toml")
            if deck and SURE.fullmatch(decoded(deck.source.data)):
                assert not [*_by_fonts(deck)]
                passed += 1
            elif deck:
                assert [*unprintable(deck)] == [*_by_fonts(deck)]
    assert passed > 300


def test_a_source_is_read_again_for_who_asks_for_its_values() -> None:
    """A deck keeps none of the values that it was made of; they are there all the same."""
    deck, _ = read_bytes(SMALL.encode(), "small.toml")
    assert deck
    assert "values" not in vars(deck.source)
    assert deck.source.value((*deck.facts[0].at, "id")) == deck.facts[0].id
