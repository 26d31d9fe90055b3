"""`make fuzz`: bytes that reach new code, found by atheris, must keep what tests/anybytes.py says.

What it finds lies in .fuzz/found; what it learned lies in .fuzz/corpus, where the next run begins.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import atheris
import tomli

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".fuzz"
SEEDS = sorted(
    file
    for folder in ("tests/bad", "tests/samples", "tests/proof", "source")
    for file in (ROOT / folder).glob("*.toml")
)

with atheris.instrument_imports(include=["deckbuilder"]):
    from anybytes import hold

    from deckbuilder import schema
    from deckbuilder.kinds import KINDS
    from deckbuilder.schema import Key, Type

    for seed in SEEDS:  # so that what is imported on demand is watched, too
        hold(seed.read_bytes())

MARKS = (
    "[[topic]]", "[[topic.fact]]", "[deck]", "[sheet]", "[print]", "[[period]]", '"""', "'''",
    "{{", "}}", "{{c1::", "**", "$", "\\(", "](https://", "1922-04-16", "c. ", "before ", " BC",
    "1930s", "16th century", "April ", "\\u202e", "\\u0000", "\u202e", "\ufeff", "\r\n", "日本",
    "e\u0301", "😀", "inf", "nan", "true", "0x", "1979-05-27T07:32:00Z", "07:32:00",
)  # fmt: skip


def dictionary() -> list[str]:
    """Return the words of a source: keys, choices and marks."""
    keys = [key for table in schema.TABLES.values() for key in table.keys]
    keys += [*schema.FACT, *(key for kind in KINDS for key in kind.keys)]
    words = {f"\n{key.name} = " for key in keys} | {
        choice for key in keys for choice in key.choices
    }
    return sorted(words | set(MARKS))


# Bytes that begin with this are no file, but the texts of one, line by line: so the search gets
# beyond TOML, where nearly all damage ends, to the small Markdown and the kinds of fact.
TEXTS = b"="
FITTING = {
    Type.ALLOWED: '[{rule = "many-gaps", why = "a"}]',
    Type.FLAG: "true",
    Type.FILE: '"a.css"',
    Type.ITEMS: '["a", {text = "b", n = 3}]',
    Type.ROWS: '[["a", "b", "c"], ["d", "e", {text = "f", n = 3}]]',
    Type.FILES: "[]",
    Type.LANGUAGE: '"fr"',
    Type.NAMES: '["a0"]',
    Type.TAGS: '["a", "b::c"]',
    Type.VERSION: '"0.1.0"',
    Type.WHEN: '"1919–33"',
}


def written(texts: bytes) -> bytes:
    """Return a source of every kind of fact: the first line is a time, the others are its texts."""
    when, *lines = texts.decode(errors="replace").split("\n")
    given = cycle([line for line in lines if line.strip()] or ["x"])

    def value(key: Key, name: str) -> str:
        if key.type is Type.NAME:
            return quoted(name)
        if key.choices:
            return quoted(key.choices[0])
        if key.type is Type.TEXTS:
            return f"[{quoted(next(given))}, {quoted(next(given))}]"
        gap = " {{gap}}" if key.type is Type.GAPPED else ""
        return FITTING.get(key.type) or quoted(next(given) + gap)

    def table(header: str, keys: tuple[Key, ...], name: str) -> str:
        lines = [
            f"{k.name} = {value(k, name)}" for k in keys if k.name not in ("statement", "only")
        ]
        return "\n".join([header, *lines, ""])

    tables = [table("[deck]", schema.DECK, "d"), table("[[topic]]", schema.TOPIC, "t")]
    tables += [
        table("[[topic.fact]]", (*kind.keys, *schema.FACT), f"a{n}") for n, kind in enumerate(KINDS)
    ]
    tables += [f"[[period]]\ntitle = 'p'\nfrom = 1\nto = {quoted(when)}\n"] * bool(when)
    return "\n".join(tables).encode()


def quoted(text: str) -> str:
    """Return a text as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def texts_in(value: Any) -> Iterator[str]:
    """Yield each text inside a value of a source."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)


def one(data: bytes) -> None:
    """Try one input."""
    hold(written(data[1:]) if data.startswith(TEXTS) else data)


def prepare() -> list[str]:
    """Lay out seeds and dictionary; return what libFuzzer is to be called with."""
    for folder in ("corpus", "found", "seeds"):
        (HOME / folder).mkdir(parents=True, exist_ok=True)
    for file in SEEDS:
        shutil.copy(file, HOME / "seeds" / file.name)
        if file.stem != "toml-syntax":
            texts = "\n".join(texts_in(tomli.loads(file.read_text(encoding="utf-8"))))
            (HOME / "seeds" / f"{file.stem}.texts").write_bytes(TEXTS + texts.encode())
    entries = ("".join(f"\\x{octet:02X}" for octet in word.encode()) for word in dictionary())
    words = HOME / "words"
    words.write_text("".join(f'"{entry}"\n' for entry in entries), encoding="utf-8")
    folders = [str(HOME / "corpus"), str(HOME / "seeds")]
    return [*folders, f"-dict={words}", f"-artifact_prefix={HOME / 'found'}/"]


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *prepare(), *sys.argv[1:]], one)
    atheris.Fuzz()
