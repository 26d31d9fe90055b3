"""Sources full of texts that could break an output, drawn by lot: the same for the same seed.

A *typed* source holds no character that our small Markdown gives a meaning, so that each text has
to come out as it was typed. A *marked* one is full of marks, whole and broken ones.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from deckbuilder.formulas.mathml import Unsettable
from deckbuilder.formulas.stray import commands
from deckbuilder.text.markdown import parse
from deckbuilder.text.tree import Code, Math, Text, Words, gaps, plain, stretches
from deckbuilder.values.texts import FORBIDDEN
from deckbuilder.writers.pdf.fonts import FACES, font, missing
from deckbuilder.writers.pdf.formulas.outlines import formula
from deckbuilder.writers.pdf.glyphs import _shaped

# ---------------------------------------------------------------------------- ingredients

MARK = re.compile(r"[*`^~$\\]|\]\(https")  # without one of these, a text has no marks

TOKENS = (
    # HTML
    "<b>", "</b>", "<i>x", "<br>", "</div>", "</li></ul>", "<p>", "<hr id=answer>", "<!--", "-->",
    "<![CDATA[", "]]>", "<?php", "<", ">", "&", "< b", "a<b", "&amp;", "&lt;b&gt;", "&#91;",
    "&#x3c;", "&nbsp;", "&copy", "AT&T", "<script>alert(1)</script>", "<SCRIPT SRC=//x>",
    "<img src=x onerror=alert(1)>", "<img src='x.png'>", "<svg/onload=alert(1)>", "<style>*{}",
    "<iframe src=//x>", "<object data=x>", "<embed src=x>", "<link rel=x>", "<meta charset=x>",
    "<a href=javascript:alert(1)>", "javascript:alert(1)", "onclick=x", "' onload='x", '" on="x',
    # Anki
    "{{c1::x}}", "{{c1::x::y}}", "{{c2::", "{{", "}}", "}}}", "{{{", "::", ":::", ":",
    "{{Front 1}}", "{{#Extra}}", "{{/Extra}}", "{{^x}}", "{{FrontSide}}", "{{=<% %>=}}",
    "<% x %>", "{{tts en_GB:Front}}", "{{cloze:Text}}", "{{type:Back}}", "[[type:Back]]",
    "[sound:x.mp3]", "[anki:play:q:0]", "[anki:tts lang=en]x[/anki:tts]", "[latex]x[/latex]",
    "[latex]", "[/latex]", "image-occlusion:rect:left=.1", "\u0338x", "c1::",
    "[...]", "[", "]", "[]", "[x]", "_x.js",
    # other markup
    "a_b_c", "__x__", "#", "# x", "##", "- x", "+ x", "1. x", "> x", "|", "||", "| x |", "---",
    "===", "![x](y)", "[x](y)", "[x](http://x)", "[x][y]", "(https://x.y)", "<https://x.y>",
    "http://x", "https://example.org/?a=1&b=2", "me@x.org", "<me@x.org>", ":smile:", "@x", "%",
    "%s", "%(x)s", "%%", "{}", "{x}", "{0}", "{x!r}", "{", "}", "#{x}", "'", '"', "''", '"""',
    "'''", "“x”", "«x»", "‚x‘", "</para>", "<font color=red>", "<u>x</u>", "(", ")", "()", "(x",
    "x)", "/", "//", ";", "=", "!", "?",
    # typography
    "–", "—", "‐", "…", "×", "÷", "½", "¼", "⅔", "²", "₂", "°", "§", "€", "£", "№", "→", "≠", "≤",
    "−", "\u00a0", "x\u00a0y", "\u202f", "1\u202f000", "\u2003", "'’ʼ", "it’s",
    # letters
    "é", "e\u0301", "ñ", "n\u0303", "ü", "Å", "A\u030a", "ç", "ß", "ſ", "ﬁ", "Ω", "µ", "x\u0302",
    "q\u0323\u0307", "Привет", "Ёж", "ελλάδα", "Ὀδυσσεύς", "Łódź", "İstanbul", "ǅ", "ı", "œuvre",
    "þ", "Việt Nam", "pneumonoultramicroscopicsilicovolcanoconiosis" *  3, "x" *  90, "W" *  70,
    "a-b-c-d", "1919–33", "one", "two", "the", "end.", "1", "22", "0", "-1", "a", "I", "x", "Yes",
    "no", "null",
)  # fmt: skip
MARKS = (
    "*x*", "**x**", "***x***", "*a b*", "**a b** c", "*", "**", "* x", "x*", "*x", "2*3*4", "a*b",
    "`x`", "`a b`", "``x`y``", "`", "``", "`<b>`", "`{{c1::x}}`", "`[sound:x.mp3]`", "`*x*`",
    "`\\(x\\)`", "H~2~O", "x^2^", "^", "~", "^^", "~~", "~~x~~", "x^2", "~5", "^a b^", "x^<b>^",
    "$x$", "$x^2$", "$a<b$", r"$\frac{1}{2}$", "$a{b}c$", "$[x]$", "$5", "$5 and $10", "$", "$$",
    "$ x $", "$$x$$", "$x$5", "[$]x[/$]", "[$$]x[/$$]", r"$\alpha$", "$a::b$", "$\\{x\\}$", "\\",
    "\\\\", "\\*", "\\*x\\*", "\\`", "\\$5\\$", "\\^", "\\~", "\\[", "\\]", "\\(", "\\)",
    "\\(x\\)", "\\[x\\]", "\\(a", "\\begin x", "\\n", "\\u0041", "\\x", "C:\\x\\y", "\\<b>",
    "\\&", "\\{{x\\}}", "[x](https://example.org/)", "[**x**](https://example.org/a?b=1&c='d')",
    "[x](https://x.y/{{c1::z}})", "[<b>](https://x.y)", "[x](https://x.y", "\\[x](https://x.y)",
    "[x](javascript:alert(1))", "[x](https://x.y/[sound:x.mp3])", "**[x](https://x.y)**",
    "**`x`**", "*x **y** z*", "**x*", "*(x)*",
)  # fmt: skip
DECK_ONLY = (  # print's fonts lack these, so a fact that has them is kept to the deck
    "😀", "👩‍🔬", "日本語", "한국어", "שלום", "مرحبا", "हिन्दी", "ไทย", "\u200bx", "x\u00ady",
    "\U0001f16a", "\u202ex\u202c", "\ufeffx", "𝒳", "\u2066x\u2069", "\ue000",
)  # fmt: skip
WHENS: tuple[tuple[Any, str], ...] = (
    (1922, "1922"), (-44, "44 BC"), ("1919–33", "1919–33"), ("c. 1850", "c. 1850"),
    ("April 1922", "April 1922"), ("1930s", "1930s"), ("after 1934", "after 1934"),
    (datetime.date(1922, 4, 16), "16 April 1922"), ("44–30 BC", "44–30 BC"),
)  # fmt: skip


@cache
def printable() -> str:
    """Return every character that print says it can set, but those of ASCII."""
    known = {chr(code) for face in FACES for code in font(face).face.charToGlyph}
    plain = {c for c in known if not c.isascii() and unicodedata.is_normalized("NFC", c)}
    bad = missing(plain)
    return "".join(sorted(c for c in plain - bad if not _shaped(c) and not FORBIDDEN.match(c)))


@cache
def characters() -> str:
    """Return what words are drawn from: signs and letters, one script beside the other."""
    ascii_too = string.ascii_letters + string.digits + string.punctuation + printable()
    return "".join(c for c in ascii_too if unicodedata.category(c)[0] not in "CZ")


# ---------------------------------------------------------------------------- texts


@dataclass(frozen=True)
class Hole:
    """A gap as an author types it. Either all gaps of a text are numbered or none is."""

    inside: str
    number: int = 0
    hint: str = ""

    @property
    def raw(self) -> str:
        number = f"c{self.number}::" if self.number else ""
        return "{{" + number + self.inside + (f"::{self.hint}" if self.hint else "") + "}}"


Sentence = tuple[str | Hole, ...]


def raw(sentence: Sentence) -> str:
    """Return what the author types."""
    return "".join(part if isinstance(part, str) else part.raw for part in sentence)


def holes(sentence: Sentence) -> list[Hole]:
    """Return the gaps of a sentence."""
    return [part for part in sentence if isinstance(part, Hole)]


def _anywhere(text: str) -> bool:
    """Tell that a text can stand where there are no gaps."""
    return True


@dataclass
class Lot:
    """A drawing of texts. `typed`: such that no mark can act."""

    seed: int
    typed: bool
    strings: int = 0
    draw: random.Random = field(init=False)
    alone: dict[Callable[[str], bool], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)

    def text(self, fits: Callable[[str], bool] = _anywhere, *, deck: bool = False) -> str:
        """Return a text that `fits`; with `deck`, print need not be able to set it."""
        for _ in range(200):
            text = self._whole(fits) or self._mixed(deck)
            kept = unicodedata.normalize("NFC", text).strip(" \t")
            if not any(character.isalnum() or character in "<&{[*\\$" for character in kept):
                continue
            if (self.typed and MARK.search(kept)) or (not self.typed and not typesettable(kept)):
                continue
            if not deck and missing(kept):  # two characters that print has, become one it lacks
                continue
            if fits(kept):
                self.strings += 1
                return text
        raise AssertionError("no such text is drawn")

    def _whole(self, fits: Callable[[str], bool]) -> str:
        """Return, half the time, an ingredient alone; three seeds in a row go through them all."""
        if fits not in self.alone:
            ingredients = TOKENS if self.typed else (*MARKS, *TOKENS)
            self.alone[fits] = [each for each in ingredients[self.seed % 3 :: 3] if fits(each)]
        rest = self.alone[fits]
        return rest.pop() if rest and self.draw.random() < 0.5 else ""

    def _mixed(self, deck: bool) -> str:
        parts = [self._part(deck) for _ in range(self.draw.choice((1, 1, 2, 3, 4, 6)))]
        blanks = ("", " ", " ", "  ", "\t") if self.typed else ("", " ", " ", "  ")
        text = parts[0]
        for part in parts[1:]:
            text += self.draw.choice(blanks) + part
        return self.draw.choice(("", "", "", " ")) + text + self.draw.choice(("", "", "", "  "))

    def _part(self, deck: bool) -> str:
        chance = self.draw.random()
        if deck and chance < 0.3:
            return self.draw.choice(DECK_ONLY)
        if not self.typed and chance < 0.6:
            return self.draw.choice(MARKS)
        if chance < 0.8:
            return self.draw.choice(TOKENS)
        return "".join(self.draw.choices(characters(), k=self.draw.randint(1, 9)))

    # ------------------------------------------------------------------------ sentences with gaps

    def sentence(self, most: int, *, deck: bool = False, numbers: bool = True) -> Sentence:
        """Return a text with one to `most` gaps that are read as they are meant."""
        for _ in range(200):
            before = self.strings
            made = self._sentence(most, deck, numbers)
            found = tuple(gaps(parse(raw(made), with_gaps=True)))
            whole = len(found) == len(holes(made)) and all(plain(g.inside).strip() for g in found)
            if whole and typesettable(raw(made)):
                return made
            self.strings = before
        raise AssertionError("no such sentence is drawn")

    def _sentence(self, most: int, deck: bool, numbers: bool) -> Sentence:
        count = self.draw.randint(1, most)
        numbered = numbers and self.draw.random() < 0.4
        free = self.draw.sample(range(1, 500), count)
        parts: list[str | Hole] = []
        for number in free:
            if self.draw.random() < 0.8:
                parts += [self.text(_around, deck=deck), self.draw.choice(("", " "))]
            hint = self.text(_inside, deck=deck) if numbered and self.draw.random() < 0.5 else ""
            inside = self.text(_inside, deck=deck)
            parts.append(Hole(inside, number, hint) if numbered else Hole(inside))
        return (*parts, self.draw.choice(("", " ")), self.text(_around, deck=deck))


def _around(text: str) -> bool:
    """Tell whether a text can stand beside a gap without becoming one, or part of it."""
    return "{{" not in text and "}}" not in text and text[0] != "}" and text[-1] not in "{\\"


def _inside(text: str) -> bool:
    """Tell whether a text can stand in a gap, or be its hint."""
    return not re.search(r"::|^:|:$|[{}]|\\$", text)


def typesettable(text: str) -> bool:
    """Tell whether the TeX of a text is in formulas, sound, and what print can set."""
    trees = parse(text), parse(text, with_gaps=True)
    stray = any(sure for tree in trees for words in stretches(tree) for _, sure in commands(words))
    return not stray and all(_sound(tex) for tree in trees for tex in _formulas(tree))


def _formulas(text: Text) -> list[str]:
    found: list[str] = []
    for node in text:
        if isinstance(node, Math):
            found.append(node.tex)
        elif not isinstance(node, (Words, Code)):
            found += _formulas(node.inside)
    return found


def _sound(tex: str) -> bool:
    bare = re.sub(r"\\[^()\[\]]", "", tex)
    while "{}" in (bare := re.sub(r"\{[^{}]*\}", "", bare)):
        pass
    if re.search(r"[{}\\]", bare):
        return False
    try:
        formula(tex)
    except Unsettable:
        return False
    return True


# ---------------------------------------------------------------------------- sources


@dataclass
class Fact:
    """A fact as it is typed: the values of its keys, a sentence where there are gaps."""

    id: str
    topic: str
    values: dict[str, Any]
    when: str = ""  # how a date is to be printed

    @property
    def kind(self) -> str:
        return next(iter(self.values))


@dataclass
class Source:
    """A source as it is typed. `strings`: how many texts were drawn for it."""

    deck: dict[str, Any]
    topics: dict[str, dict[str, Any]]
    facts: list[Fact]
    periods: list[dict[str, Any]] = field(default_factory=list)
    check: list[str] = field(default_factory=list)
    strings: int = 0

    def toml(self) -> bytes:
        """Return the source as the bytes of its file."""
        lines = ["[deck]", *_rows(self.deck)]
        for period in self.periods:
            lines += ["[[period]]", *_rows(period)]
        for topic, values in self.topics.items():
            lines += ["[[topic]]", *_rows({"id": topic, **values})]
            for fact in self.facts:
                if fact.topic == topic:
                    lines += ["[[topic.fact]]", *_rows({"id": fact.id, **fact.values})]
        lines += ["[sheet]", *_rows({"check": self.check})]
        return "\n".join(lines).encode()


def _rows(values: dict[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in values.items()]


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return _value(raw(value))
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str) and "'" not in value and len(value) % 2:
        return f"'{value}'"  # TOML's other way
    return json.dumps(value, ensure_ascii=False)


def source(seed: int, facts: int, *, typed: bool) -> Source:
    """Return a source with facts of each kind."""
    lot = Lot(seed, typed)
    deck = {
        "id": f"nasty-{seed}",
        "title": lot.text(),
        "anki": re.sub(r"[:\s]+", " ", f"Nasty {seed} {lot.text(deck=True)}").strip(),
        "version": "0.0.1",
        "language": "en",
        "licence": lot.text(deck=True),
        **{key: lot.text() for key in ("subject", "summary", "recap", "hook")},
    }
    periods = [{"title": lot.text(), "from": 1900 + n, "to": 1901 + n} for n in range(3)]
    topics: dict[str, dict[str, Any]] = {}
    made: list[Fact] = []
    for number in range(facts):
        if number % 12 == 0:
            topics[f"t{number}"] = {"title": lot.text(), "summary": lot.text()}
            if number % 24 == 0:
                topics[f"t{number}"]["when"] = 1922
        made.append(_fact(lot, number, [*topics][-1]))
    printed = [fact for fact in made if fact.values.get("only") is None and fact.kind != "cloze"]
    check = [fact.id for fact in lot.draw.sample(printed, 8)]
    return Source(deck, topics, made, periods, check, lot.strings)


def _fact(lot: Lot, number: int, topic: str) -> Fact:
    draw = lot.draw
    only = draw.choice((None, None, None, None, None, "deck", "sheet"))
    text = _drawing(lot, only == "deck")
    values, when = KINDS[number % len(KINDS)](lot, text, only == "deck")
    for key, chance in (("extra", 0.4), ("hint", 0.4), ("cite", 0.3)):
        if draw.random() < chance:
            values[key] = text()
    if draw.random() < 0.3:
        values["tags"] = [re.sub(r"[:\s]+", "-", text()) for _ in range(2)]
    if only:
        values["only"] = only
    return Fact(f"f{number}", topic, values, when)


Drawing = Callable[[], str]
Made = tuple[dict[str, Any], str]


def _drawing(lot: Lot, deck: bool) -> Drawing:
    return lambda: lot.text(deck=deck)


def _reversed(lot: Lot) -> dict[str, Any]:
    return {"reverse": True} if lot.draw.random() < 0.5 else {}


def _question(lot: Lot, text: Drawing, deck: bool) -> Made:
    both = {"translation": True} if lot.draw.random() < 0.2 else _reversed(lot)
    return {"question": text(), "answer": text(), **both}, ""


def _stated(lot: Lot, text: Drawing, deck: bool) -> Made:
    statement = lot.sentence(1, deck=deck, numbers=False)
    values = {"question": text(), "statement": statement, **_reversed(lot)}
    if lot.typed and lot.draw.random() < 0.5:
        values["answer"] = holes(statement)[0].inside
    return values, ""


def _cloze(lot: Lot, text: Drawing, deck: bool) -> Made:
    return {"cloze": lot.sentence(4, deck=deck)}, ""


def _list(lot: Lot, text: Drawing, deck: bool) -> Made:
    values: dict[str, Any] = {
        "list": text(),
        "items": [text() for _ in range(lot.draw.randint(2, 5))],
    }
    values |= lot.draw.choice(({}, {"ask": "all"}, {"ask": "each"}))
    values |= lot.draw.choice(({}, {"ordered": True}, {"ordered": False}))
    if lot.draw.random() < 0.3:
        values["statement"] = lot.text(_around, deck=deck)
    return values, ""


def _event(lot: Lot, text: Drawing, deck: bool) -> Made:
    when, printed = lot.draw.choice(WHENS)
    values = {"event": text(), "when": when, **_reversed(lot)}
    if lot.draw.random() < 0.3:
        values["statement"] = lot.text(_around, deck=deck)
    return values, printed


def _term(lot: Lot, text: Drawing, deck: bool) -> Made:
    values = {"term": text(), "definition": lot.text(_around, deck=deck), **_reversed(lot)}
    if lot.typed and lot.draw.random() < 0.3:
        values["statement"] = f"{lot.text(_around, deck=deck)} {values['definition']} ."
    return values, ""


def _person(lot: Lot, text: Drawing, deck: bool) -> Made:
    return {"person": text(), "known_for": text(), **_reversed(lot)}, ""


KINDS = (_question, _stated, _cloze, _list, _event, _term, _person)
