"""Wherever a text is wanted, something of it is to be seen: else it is refused, at its place."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuilder import schema
from deckbuilder.build import build
from deckbuilder.kinds import KINDS
from deckbuilder.problems import errors
from deckbuilder.read import read_bytes
from deckbuilder.releases.verify import verify
from deckbuilder.request import Request
from deckbuilder.schema import Key, Type
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import shows

# what a key of each type is given; X: the text that is tried
FORMS: dict[Type, tuple[Any, ...]] = {
    Type.TEXT: ("X",),
    Type.PLAIN: ("X",),
    Type.GAPPED: ("word {{X}}", "{{c1::word}} {{c2::X::hint}}", "{{word}} **{{X}}**"),
    Type.TEXTS: (["X", "word"], ["word", "X"]),
    Type.ITEMS: (["X", "word"], ["word", {"text": "X", "n": 3}]),
    Type.ROWS: (
        [["X", "one", "two"]],
        [["word", "one", "two"], ["words", "three", "X"]],
        [["word", "one", {"text": "X", "n": 3}]],
    ),
    Type.ALLOWED: ([{"rule": "many-gaps", "why": "X"}],),
}
FILLED: dict[Type, Any] = {
    Type.TEXT: "word",
    Type.PLAIN: "word",
    Type.GAPPED: "{{word}}",
    Type.TEXTS: ["word", "words"],
    Type.ITEMS: ["word", "words"],
    Type.ROWS: [["word", "one", "two"]],
    Type.WHEN: 1922,
    Type.LANGUAGE: "en",
    Type.VERSION: "1.0.0",
}
MARKED = {Type.TEXT, Type.GAPPED, Type.TEXTS, Type.ITEMS, Type.ROWS}
Tables = dict[str, dict[str, Any]]
Slot = tuple[str, str, Any]  # a table, a key of it, and a form of what it is given

ONE_OF_EACH: dict[str, tuple[str, tuple[Key, ...]]] = {
    "deck": ("[deck]", schema.DECK),
    "period": ("[[period]]", schema.PERIOD),
    "topic": ("[[topic]]", schema.TOPIC),
    **{kind.name: ("[[topic.fact]]", (*kind.keys, *schema.FACT)) for kind in KINDS},
}


def whole() -> Tables:
    """Return a table of each sort, a fact of each kind, with the keys that have to be."""
    tables: Tables = {
        name: {
            key.name: name if key.type is Type.NAME else FILLED[key.type]
            for key in keys
            if key.required
        }
        for name, (_, keys) in ONE_OF_EACH.items()
    }
    tables["question"]["answer"] = "word"
    tables["period"]["to"] = 1930
    tables["topic"]["when"] = 1922
    return tables


SLOTS: tuple[Slot, ...] = tuple(
    (table, key.name, form)
    for table, (_, keys) in ONE_OF_EACH.items()
    for key in keys
    for form in FORMS.get(key.type, ())
)
PLAIN = {key.name for _, keys in ONE_OF_EACH.values() for key in keys if key.type not in MARKED}
# where any text may stand: the others hang on something else, be it a name in Anki or an answer
FREE = tuple(slot for slot in SLOTS if slot[1] not in {*PLAIN, "statement", "credit"})


def source(text: str, *chosen: Slot) -> bytes:
    """Return a source with a text at some places."""
    tables = whole()
    for table, key, form in chosen:
        tables[table][key] = filled(form, text)
    lines: list[str] = []
    for name, values in tables.items():
        lines += ["", ONE_OF_EACH[name][0], *(f"{key} = {toml(values[key])}" for key in values)]
    return "\n".join(lines).encode()


def filled(form: Any, text: str) -> Any:
    """Return a form with a text in the place of X."""
    if isinstance(form, list):
        return [filled(each, text) for each in form]
    if isinstance(form, dict):
        return {key: filled(each, text) for key, each in form.items()}
    return form.replace("X", text) if isinstance(form, str) else form


def toml(value: Any) -> str:
    """Return a value as TOML has it."""
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {toml(each)}' for key, each in value.items())}}}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def lines_of(data: bytes, chosen: Iterable[Slot]) -> list[int]:
    """Return the lines on which a source has the keys of some places."""
    lines = data.decode().split("\n")
    headers = [n for n, line in enumerate(lines) if line.startswith("[")]
    begins = dict(zip(ONE_OF_EACH, headers, strict=True))
    return sorted(
        next(n for n in range(begins[table], len(lines)) if lines[n].startswith(f"{key} = ")) + 1
        for table, key, _ in chosen
    )


def rounds(chosen: Iterable[Slot]) -> list[list[Slot]]:
    """Return the places in parts, in each of which no key is given twice."""
    forms: dict[tuple[str, str], list[Slot]] = {}
    for slot in chosen:
        forms.setdefault(slot[:2], []).append(slot)
    most = max(map(len, forms.values()))
    return [[each[n] for each in forms.values() if n < len(each)] for n in range(most)]


UNMARKED = (" ", "\u00a0", "\u200b", "\u00ad", "\u200b \u00ad", "\u2060", "\ufeff", "\u3164",
            "\u2800", "\ufe0f", "\U000e0020")  # fmt: skip
IN_MARKS = ("` `", "[ ](https://x.org)", "[\u200b](https://x.org)", "**\u200b**", "*\u00ad*",
            "^\u200b^", "~\u200b~", "`\u200b`", "**`\u00a0`**", "` ` \u200b")  # fmt: skip


@pytest.mark.parametrize("text", [*UNMARKED, *IN_MARKS], ids=ascii)
def test_what_shows_nothing_is_refused_wherever_a_text_is_wanted(text: str) -> None:
    """Every key of every table and kind, and each part of a list, a table or a gap, is told so."""
    wanted = [slot for slot in SLOTS if text in UNMARKED or slot[1] not in PLAIN]
    for chosen in rounds(wanted):
        data = source(text, *chosen)
        _, problems = read_bytes(data, "deck.toml")
        assert {problem.code for problem in problems} <= {"empty-text", "empty-gap"}
        assert [problem.place.line for problem in problems] == lines_of(data, chosen)


PIECES = st.sampled_from([*UNMARKED, *IN_MARKS, "**", "*", "`", "^", "~", "[", "]", "."])


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=5).map("".join), st.sampled_from(rounds(FREE)))
def test_a_text_is_refused_or_built(text: str, chosen: list[Slot]) -> None:
    """Whatever is made of blanks and marks shows nothing and is told, or all outputs hold it."""
    data = source(text, *chosen)
    _, problems = read_bytes(data, "deck.toml")
    told = [] if shows(parse(text)) else lines_of(data, chosen)
    assert [problem.place.line for problem in problems] == told
    if not told:
        build_and_verify(data)


def build_and_verify(data: bytes) -> None:
    """Assert that all that can be made of a source is made, and says the same; or it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "deck.toml")
        file.write_bytes(data)
        made = build(file, Path(folder, "out"), NOW, Request(printing={"handouts": ("all",)}))
        if errors(made.problems):
            assert {problem.code for problem in errors(made.problems)} == {"unprintable"}
            return
        files = {each.name: each.read_bytes() for each in Path(folder, "out").iterdir()}
        assert not verify("deck", files).mismatches
