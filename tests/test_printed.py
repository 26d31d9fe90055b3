"""What the schema takes for printed is what comes to stand on paper, key by key."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from conftest import NOW, deck_of
from filed import filed
from PIL import Image
from pypdf import PdfReader

from deckbuilder import schema
from deckbuilder.assets import load
from deckbuilder.choice import Choice, choose
from deckbuilder.kinds import KINDS
from deckbuilder.model import Deck
from deckbuilder.schema import HANDOUTS, Key, Type
from deckbuilder.toml import strings
from deckbuilder.writers.pdf import sheet
from deckbuilder.writers.pdf.glyphs import _printed
from deckbuilder.writers.pdf.handouts import handout, write

# what no author can write as they like: no letter in it is one that print cannot show
OURS = {Type.VERSION, Type.LANGUAGE, Type.FLAG, Type.CHOICE, Type.CHOICES, Type.OFFSET}
SKIPPED = OURS | {Type.FILES}  # a font's name is in no text, and the font itself is needed
EVERYWHERE = "term"  # the kind of the fact that has the keys of all kinds, too
Of = tuple[str, str]  # a table, or a kind of fact, and one of its keys


class Marks:
    """A source with every key of its tables, and the words that tell on paper whose value it is."""

    def __init__(self) -> None:
        self.words: dict[Of, str] = {}
        self._numbers = count(1)

    def source(self) -> str:
        """Return the source."""
        tables = []
        for table in sorted(schema.TABLES.values(), key=lambda table: table.name == "topic"):
            header = f"[[{table.name}]]" if table.many else f"[{table.name}]"
            tables.append(f"{header}\n{self._pairs(table.name, table.keys)}")
        for kind in KINDS:
            shared = schema.FACT if kind.name == EVERYWHERE else ()
            pairs = self._pairs(kind.name, kind.keys) + self._pairs("fact", shared)
            id_ = "" if shared else f'id = "{kind.name}"\n'
            tables.append(f"[[topic.fact]]\n{id_}{pairs}")
        return "\n".join(tables)

    def _pairs(self, table: str, keys: tuple[Key, ...]) -> str:
        lines = []
        for key in keys:
            if key.type is Type.LANGUAGE:
                lines.append('language = "en"\n')
            elif key.type is Type.VERSION:
                lines.append('version = "0.1.0"\n')
            elif key.type not in SKIPPED:
                self.words[table, key.name] = word = self._word(key.type)
                lines.append(f"{key.name} = {_value(key, word)}\n")
        return "".join(lines)

    def _word(self, of: Type) -> str:
        number = next(self._numbers)
        return f"{1003 + 10 * number}" if of is Type.WHEN else f"q{number:02}x"


def _value(key: Key, word: str) -> str:
    """Return a value in which a word stands."""
    match key.type:
        case Type.GAPPED:
            return f'"{{{{{word}}}}}"'
        case Type.NAMES | Type.TAGS:
            return f'["{word}"]'
        case Type.TEXTS | Type.ITEMS:
            return f'["{word}", "other"]'
        case Type.ROWS:
            return f'[["{word}", "one", "two"], ["more", "one", "two"]]'
        case Type.FILE:
            return f'"{word}.{key.name}"'
        case Type.ALLOWED:
            return f'[{{ rule = "long-answer", why = "{word}" }}]'
        case _:
            return f'"{word}"'


def made(folder: Path) -> tuple[Deck, dict[Of, str]]:
    """Return a deck that has every key, and the word in each."""
    marks = Marks()
    (folder / "every.toml").write_text(marks.source(), encoding="utf-8")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40)).save(picture, "PNG")
    sound = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(400)
    for key, data in (("image", picture.getvalue()), ("audio", sound), ("style", b"")):
        table = "deck" if key == "style" else "fact"
        (folder / f"{marks.words[table, key]}.{key}").write_bytes(data)
    deck, problems = load(deck_of(folder / "every.toml"), folder)
    assert not problems
    return replace(deck, check=()), marks.words  # what it names is no fact


def papers(deck: Deck) -> Iterator[bytes]:
    """Yield the sheet and every handout, with the timeline as a figure and as a list."""
    for profile in ("standard", "large"):
        printed = replace(deck, printing=replace(deck.printing, profile=profile))
        yield filed(sheet.write, printed, "stamp", lambda: NOW)
        for name in HANDOUTS:
            chosen = choose(printed, handout(name).facts(printed), Choice())
            yield filed(write, name, chosen, "stamp", NOW)


def test_what_print_looks_at_is_what_it_shows(tmp_path: Path) -> None:
    """No printed key is passed over, none is told of that no page has; a new one is seen here."""
    deck, words = made(tmp_path)
    shown = "".join(
        page.extract_text() for data in papers(deck) for page in PdfReader(io.BytesIO(data)).pages
    )
    shown = "".join(shown.split()).casefold()
    looked_at = " ".join(text for _, table in _printed(deck) for _, text in strings(table))
    printed = {of for of, word in words.items() if word in shown}
    assert {of for of, word in words.items() if word in looked_at} == printed
    assert {
        ("deck", "title"),
        ("topic", "when"),
        ("compare", "aspects"),
        ("fact", "credit"),
    } < printed
    assert printed.isdisjoint(
        {("deck", "anki"), ("fact", "id"), ("fact", "alt"), ("fact", "image")}
    )
