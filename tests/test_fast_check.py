"""The fast roads of reading and checking: each finds the same as the plain one that it spares."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from copy import copy
from dataclasses import FrozenInstanceError, astuple, dataclass, replace
from typing import Any

import nasty
import pytest
from conftest import SMALL

from deckbuilder.phrases import ENGLISH
from deckbuilder.read import read_bytes
from deckbuilder.schema import Key, Type
from deckbuilder.slots import into_slots
from deckbuilder.text.markdown import _nested
from deckbuilder.text.normal import as_kept, is_bare
from deckbuilder.text.tree import words
from deckbuilder.toml import decoded
from deckbuilder.values.texts import FORBIDDEN, read_text
from deckbuilder.writers.pdf.glyphs import SPACES, SURE, _bad, _by_fonts, unprintable

TEXT = Key("answer", Type.TEXT, "")
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


def test_a_bare_text_needs_no_parser() -> None:
    """What is bare at a glance is normal, has nothing forbidden in it, and is words alone."""
    bare = [c for c in map(chr, range(sys.maxunicode + 1)) if is_bare(c)]
    assert len(bare) > 400
    for one in bare:
        joined = f"{one}{f'{one}'.join(bare)}"
        assert as_kept(joined)
        assert not FORBIDDEN.search(joined)
        assert _nested(joined, with_gaps=True) == words(joined)
    lot, passed = random.Random(7), 0
    for _ in range(3000):
        said = "".join(lot.choices([*"ab–'é .}", *lot.sample(nasty.TOKENS, 2)], k=5))
        if is_bare(said):
            assert as_kept(said)
            assert read_text(TEXT, said, ENGLISH) == _nested(said, with_gaps=True) == words(said)
            passed += 1
    assert passed > 300


@dataclass(frozen=True, slots=True)
class Plain:
    one: str
    two: int = 2
    three: tuple[str, ...] = ()


@into_slots
@dataclass(frozen=True, slots=True)
class Quick:
    one: str
    two: int = 2
    three: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("some", "named"),
    [
        (("a",), {}),
        (("a", 1), {"three": ("b",)}),
        ((), {"two": 1, "one": "a"}),
        ((), {"two": 1}),
        (("a", 1, (), "more"), {}),
        (("a",), {"four": 4}),
    ],
)
def test_what_goes_into_slots_is_as_it_was(some: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Objects are made of the same, are equal to the same, and nothing of them can be set."""
    try:
        plain = Plain(*some, **named)
    except TypeError as error:
        with pytest.raises(TypeError, match=re.escape(str(error).partition(".")[2])):
            Quick(*some, **named)
        return
    quick = Quick(*some, **named)
    assert repr(quick) == repr(plain).replace("Plain", "Quick")
    assert astuple(quick) == astuple(plain)
    assert hash(quick) == hash(plain)
    assert quick == copy(quick) == replace(quick, one=quick.one) != replace(quick, one="other")
    with pytest.raises(FrozenInstanceError):
        quick.one = "other"  # type: ignore[misc]


def test_a_source_is_read_again_for_who_asks_for_its_values() -> None:
    """A deck keeps none of the values that it was made of; they are there all the same."""
    deck, _ = read_bytes(SMALL.encode(), "small.toml")
    assert deck
    assert "values" not in vars(deck.source)
    assert deck.source.value((*deck.facts[0].at, "id")) == deck.facts[0].id
