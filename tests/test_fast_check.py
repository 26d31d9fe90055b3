"""The fast roads of reading and checking: each finds the same as the plain one that it spares."""

from __future__ import annotations

import dataclasses
import difflib
import random
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from copy import copy
from dataclasses import field
from functools import partial
from types import FrameType, ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import Mock

import nasty
import pytest
from conftest import NOW, SMALL, deck_of

from deckbuilder import refusals, slots
from deckbuilder.check import check
from deckbuilder.lock import Lock, mark_released
from deckbuilder.phrases import ENGLISH
from deckbuilder.problems import GUESSES, LISTED
from deckbuilder.read import read_bytes
from deckbuilder.schema import Key, Type
from deckbuilder.text.markdown import _nested
from deckbuilder.text.normal import as_kept, is_bare
from deckbuilder.text.tree import words
from deckbuilder.toml import decoded
from deckbuilder.updates import refused, update
from deckbuilder.values.texts import FORBIDDEN, read_text
from deckbuilder.writers.pdf.glyphs import SPACES, SURE, _bad, _by_fonts, unprintable

FACT_OF = "\n[[topic.fact]]\nid = '{name}'\n{was}\nquestion = '{name}?'\nanswer = 'yes {name}'\n"
TEXT = Key("answer", Type.TEXT, "")
AFTER_A_BACKSLASH = ("\\", '"', "n", "u0301", "u05d0", "x85", "'")


def test_what_print_surely_shows_is_in_our_fonts() -> None:
    """Each character that is beyond doubt is in a font, and no two of them combine into another."""
    sure = [c for c in map(chr, range(sys.maxunicode + 1)) if SURE.fullmatch(c)]
    assert len(sure) > 500
    assert not _bad(set(sure) - SPACES, ())
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


def classes(dataclass: Any) -> SimpleNamespace:
    """Return classes of each sort that we have, made by a decorator."""

    @dataclass(frozen=True, slots=True)
    class Frozen:
        one: str
        two: int = 2
        three: tuple[str, ...] = ()
        four: list[int] = field(default_factory=list, compare=False, repr=False)

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        one: str
        two: int = 2
        three: tuple[str, ...] = field(default=(), compare=False)

        def __str__(self) -> str:
            return self.one

    @dataclass(slots=True)
    class Open:
        one: str
        two: int = field(default=2, repr=False)
        three: tuple[str, ...] = ()
        made: list[str] = field(default_factory=list, init=False)
        known: str = field(init=False, compare=False)

        def __post_init__(self) -> None:
            self.known = self.one.upper()

    @dataclass(slots=True, eq=False)
    class Alone:
        one: str = ""
        two: int = 2
        three: tuple[str, ...] = ()

    @dataclass(frozen=True, slots=True)
    class Own:
        one: str
        two: int = 2
        three: tuple[str, ...] = ()

        def __repr__(self) -> str:
            return "its own"

        def __hash__(self) -> int:
            return 7

    @dataclass(frozen=True, slots=True)
    class Empty:
        pass

    @dataclass(frozen=True, slots=True)
    class Longer(Frozen):
        five: int = 5

    return SimpleNamespace(**locals())


PLAIN, QUICK = classes(dataclasses.dataclass), classes(slots.dataclass)


def outcome(work: Callable[[], Any]) -> tuple[type, Any]:
    """Return what comes of something, or which fault, in words without a class's whole name."""
    try:
        made = work()
    except (TypeError, AttributeError) as fault:
        return type(fault), str(fault).rpartition(".")[2]
    return type(made), made


def test_objects_of_two_classes_are_never_equal() -> None:
    """Neither where there are no fields, nor where one class goes on from the other."""
    for of in (PLAIN, QUICK):
        assert of.Empty() == of.Empty() != of.Frozen("a")
        assert hash(of.Empty()) == hash(())
        assert of.Frozen("a") != of.Longer("a") != of.Frozen("a")


@pytest.mark.parametrize("name", ["Frozen", "Ordered", "Open", "Alone", "Own", "Longer"])
@pytest.mark.parametrize(
    ("some", "named"),
    [
        (("a",), {}),
        (("a", 1), {"three": ("b",)}),
        ((), {"two": 1, "one": "a"}),
        ((), {"two": 1}),
        (("a", 1, (), [], "more"), {}),
        (("a",), {"five": 4}),
    ],
)
def test_a_dataclass_with_slots_is_as_dataclasses_makes_it(
    name: str, some: tuple[Any, ...], named: dict[str, Any]
) -> None:
    """Objects are made, shown, compared, copied, changed and refused in the same way."""

    def told(of: SimpleNamespace) -> list[object]:
        kind = getattr(of, name)
        made = outcome(lambda: kind(*some, **named))[1]
        if not isinstance(made, kind):
            return [made]
        other = kind(one="b")
        return [
            repr(made),
            str(made).partition(" at ")[0],
            dataclasses.astuple(made),
            kind.__match_args__,
            [each.name for each in dataclasses.fields(made)],
            outcome(lambda: hash(made))[0],
            outcome(lambda: hash(made) == 7),
            outcome(lambda: hash(made) == hash(copy(made))),
            [made == copy(made), made == other, made != other, made == 1],
            outcome(lambda: made < other),
            outcome(lambda: (made <= copy(made), made > other, made >= other)),
            outcome(lambda: made < 1)[0],
            outcome(lambda: dataclasses.astuple(dataclasses.replace(made, two=5))),
            outcome(lambda: setattr(made, "one", "c")),
            outcome(lambda: delattr(made, "two")),
            outcome(lambda: vars(made))[0],
        ]

    assert told(QUICK) == told(PLAIN)


def test_a_source_is_read_again_for_who_asks_for_its_values() -> None:
    """A deck keeps none of the values that it was made of; they are there all the same."""
    deck, _ = read_bytes(SMALL.encode(), "small.toml")
    assert deck
    assert "values" not in vars(deck.source)
    assert deck.source.value((*deck.facts[0].at, "id")) == deck.facts[0].id


HEAPS = """
import sys
from deckbuilder.ids import with_ids
from deckbuilder.toml import Source
from deckbuilder.toml.blocks import blocks
source = Source("deck.toml", sys.stdin.buffer.read())
print(len(blocks(source).tables) if sys.argv[1] == "blocks" else len(with_ids(source)[1]))
"""
FACT = f'[[topic.fact]]\nquestion = "Why?"\nanswer = "{"so " * 200}"\n'


@pytest.mark.parametrize(
    ("name", "table", "count"),
    [("blocks", "[[table]]\n", 150_000), ("with_ids", FACT, 30_000)],
    ids=["blocks", "ids"],
)
def test_heaps_of_tables_come_to_an_end(name: str, table: str, count: int) -> None:
    """Who goes through all tables, or all the text, again for each table takes minutes."""
    ended = subprocess.run(
        [sys.executable, "-c", HEAPS, name],
        input=f'[[topic]]\nid = "t"\n{table * count}'.encode(),
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert ended.stderr == b""
    assert int(ended.stdout) in (count, count + 1)  # with the topic


def test_what_was_meant_is_looked_for_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time takes all ids of a deck; nor does a hint name all of them."""
    asked = Mock(wraps=difflib.get_close_matches)
    monkeypatch.setattr(difflib, "get_close_matches", asked)
    old = "".join(FACT_OF.format(name=f"old-{n}", was="") for n in range(300))
    new = "".join(FACT_OF.format(name=f"new-{n}", was=f"was = ['zz{n}']") for n in range(300))
    closing = f"\n[sheet]\ncheck = {[f'qq{n}' for n in range(300)]}\n"
    before, after = (deck_of(SMALL + facts) for facts in (old, old + new))
    released = mark_released(
        update(before, Lock("small"), NOW, break_schema=False)[0].lock, "0.1.0"
    )
    assert len(refused(after, released)) == 300
    assert asked.call_count == GUESSES
    found = check(deck_of(SMALL + old + closing))
    assert len(found) == 300
    assert asked.call_count == 2 * GUESSES
    assert all(len(problem.hint) < 1000 for problem in found)
    assert found[0].hint.endswith(f" and {302 - LISTED} more")  # two are of the small deck


def lines_run(module: ModuleType, of: Callable[[], object]) -> int:
    """Return how many lines of a module something runs."""
    count = 0

    def counted(frame: FrameType, event: str, _of: object) -> Any:
        nonlocal count
        count += event == "line"
        return counted if frame.f_code.co_filename == module.__file__ else None

    sys.settrace(counted)
    try:
        of()
    finally:
        sys.settrace(None)
    return count


def test_twice_as_many_facts_gone_is_twice_the_work() -> None:
    """The deck is not gone through anew for each released fact that it has no more."""
    taken = []
    for many in (50, 100):
        facts = [FACT_OF.format(name=f"fact-{n}", was="") for n in range(2 * many)]
        whole, half = (deck_of(SMALL + "".join(some)) for some in (facts, facts[many:]))
        made, _ = update(whole, Lock("small"), NOW, break_schema=False)
        released = mark_released(made.lock, "0.1.0")
        assert len(refused(half, released)) == many
        taken.append(lines_run(refusals, partial(refused, half, released)))
    assert taken[1] < 2.1 * taken[0]
