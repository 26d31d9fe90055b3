"""A text of a source, or a list of texts -> characters that every output can carry, and trees."""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import Any

from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key
from deckbuilder.text.markdown import broken_math, parse_normal
from deckbuilder.text.normal import as_kept, is_bare, normal
from deckbuilder.text.tree import Gap, Text, formulas, gaps, is_seen, shows, stretches, words
from deckbuilder.values.bad import (
    LONGEST,
    BadValue,
    Reader,
    as_typed,
    listed,
    quoted,
    read_list,
    wrong_type,
)

LONGEST_FIELD = 10_000  # characters; beyond it a fact is no fact, and layout no longer linear
NONCHARACTERS = "".join(
    chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
FORBIDDEN = re.compile(  # controls, line separators, surrogates and what Unicode keeps for itself
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef{NONCHARACTERS}]"
)

# commands of TeX whose first letter double quotes made white space; no word begins as they go on
LOST = re.compile(
    r"(?:\t(?:imes|heta|ext(?=\{)|frac|ilde|riangle)"
    r"|\r(?:ho|angle|ight(?:arrow)?|ceil|floor)|\n(?:eq|abla|otin))(?![a-z])"
)
NU = re.compile(r"\nu(?!\w)")  # at the beginning of a text, where nobody leaves a line empty

# where a formula ends at a dollar of its words
CUT_SHORT = re.compile(r"\\(?:text[a-z]*|mbox)\{[^{}]*$")
QUOTES = "write '…' in single quotes, or"
NO_DOLLARS = r"a formula holds no dollars: \text{if $x$} is written \text{if } x"


def read_characters(key: Key, value: Any, _: Phrases) -> str | BadValue:
    """Return a string that both outputs can carry, white space made plain."""
    if not isinstance(value, str):
        return wrong_type(key, value, "text in quotes", as_typed(value))
    if len(value) > LONGEST_FIELD:
        return BadValue(
            "too-long",
            f"`{key.name}` holds {len(value):,} characters, {LONGEST_FIELD:,} are the most",
            "split it into several facts",
        )
    if as_kept(value) and any(map(is_seen, value)):
        return value
    found = FORBIDDEN.search(value)
    if found:
        hint = "take it out: neither Anki nor print can show it"
        if found[0] in "\b\f\x1b":
            hint = rf"TOML reads \b, \e and \f so in double quotes: {QUOTES} \\beta"
        elif "\x80" <= found[0] <= "\x9f":  # as Windows has a character of several bytes
            hint = "it is the trace of a copy that went wrong: type anew what stands around it"
        message = f"`{key.name}` holds the control character U+{ord(found[0]):04X}"
        return BadValue("control-character", message, hint)
    if lost := LOST.search(value) or NU.match(value):
        command = repr(lost[0])[1:-1]
        return BadValue(
            "math-whitespace",
            f"white space stands in `{key.name}` for the beginning of `{command}`",
            rf"TOML reads {command[:2]} so in double quotes: {QUOTES} \{command}",
        )
    return normal(value) if any(map(is_seen, value)) else _empty(key, value)


def read_text(key: Key, value: Any, say: Phrases, *, with_gaps: bool = False) -> Any:
    """Return a text as a tree."""
    if isinstance(value, str) and len(value) <= LONGEST_FIELD and is_bare(value):
        return words(value)  # nothing else can come of it: half the time
    characters = read_characters(key, value, say)
    if isinstance(characters, BadValue):
        return characters
    text = parse_normal(characters, with_gaps=with_gaps)
    bad = _bad_math(key, value, text) if "$" in characters else None
    if "\\" in characters:
        bad = bad or _stray_tex(key, text)
    return bad or _unseen(key, value, text) or text


def read_gapped(key: Key, value: Any, say: Phrases) -> Any:
    """Return a text as a tree, its gaps as such."""
    return read_text(key, value, say, with_gaps=True)


def _unseen(key: Key, value: str, text: Text) -> BadValue | None:
    """Return what is wrong with a text if nothing of it, or of a gap, is left to be seen."""
    if not all(shows(gap.inside) for gap in gaps(text)):
        hint = "write what is to be recalled between {{ and }}"
        return BadValue("empty-gap", "a gap holds nothing to be seen", hint)
    return None if shows(text) else _empty(key, value)


def _empty(key: Key, value: str) -> BadValue:
    """Return what is wrong with a text of which nothing is to be seen."""
    hint = "fill it in" if key.required else "fill it in, or take the key out"
    hidden = next((c for c in value if not c.isspace() and not is_seen(c)), None)
    if hidden:
        hint += f": nobody sees U+{ord(hidden):04X}"
    told = "shows nothing" if value.strip() else "is empty"
    return BadValue("empty-text", f"`{key.name}` {told}", hint)


def _bad_math(key: Key, value: str, text: Text) -> BadValue | None:
    """Return what is wrong with the formulas of a value, read as a text, if anything is."""
    if broken_math(value):
        return BadValue(
            "math-whitespace",
            f"a formula in `{key.name}` holds a tab or a new line",
            rf"TOML reads \t and \n so in double quotes: {QUOTES} \\theta",
        )
    unbalanced = next((math.tex for math in formulas(text) if _unbalanced(math.tex)), "")
    if unbalanced:
        hint = r"give each { its }, and leave out \( \) \[ \]: the dollar signs are enough"
        return BadValue(
            "bad-math",
            f"a formula in `{key.name}` would not end where it should",
            NO_DOLLARS if CUT_SHORT.search(unbalanced) else hint,
        )
    return None


def _stray_tex(key: Key, text: Text) -> BadValue | None:
    """Return what is wrong if TeX that nothing else can be stands outside formulas and code."""
    from deckbuilder.formulas.stray import commands  # few texts hold a backslash

    for said in stretches(text):
        found = next((command for command, sure in commands(said) if sure), "")
        if found:
            hint = r"a formula goes between dollars, without a space inside them: $\frac{1}{2}$"
            return BadValue(
                "stray-tex",
                f"`{found}` in `{key.name}` stands outside a formula",
                NO_DOLLARS if CUT_SHORT.search(said) else f"{hint}; code goes between `…`",
            )
    return None


def _unbalanced(tex: str) -> bool:
    """Tell whether MathJax would look for the end of a formula beyond it, or find it before."""
    bare = re.sub(r"\\[{}\\]", "", tex)
    depth = list(accumulate(((c == "{") - (c == "}") for c in bare), initial=0))
    return min(depth) < 0 or depth[-1] != 0 or re.search(r"\\[()\[\]]", bare) is not None


def read_texts(key: Key, value: Any, say: Phrases) -> Any:
    """Return a list of texts, two at least."""
    return _two_at_least(key, value, say, read_text)


def read_items(key: Key, value: Any, say: Phrases) -> Any:
    """Return a list of texts, two at least, that may have cards' numbers."""
    return _two_at_least(key, value, say, _item)


def _two_at_least(key: Key, value: Any, say: Phrases, read: Reader) -> Any:
    if isinstance(value, list) and len(value) < 2:
        return BadValue(
            "short-list", f"`{key.name}` needs two elements at least", "one alone is a `question`"
        )
    return read_list(key, value, say, read, "texts", partial(listed, least=2))


def _item(key: Key, value: Any, say: Phrases) -> Any:
    """Return a text; one with a card's number, `{ text = "…", n = 3 }`, as a gap of that number."""
    if not isinstance(value, dict):
        return read_text(key, value, say)
    number = value.get("n")
    written = range(1, 10**LONGEST)  # what Python would write in a message
    if value.keys() != {"text", "n"} or type(number) is not int or number not in written:
        return BadValue(
            "bad-item",
            f"`{key.name}` has braces without a `text` and a number `n`, and no more",
            'write { text = "…", n = 3 }, or the text alone',
        )
    text = read_text(key, value["text"], say)
    return text if isinstance(text, BadValue) else (Gap(text, number, given=True),)


def read_rows(key: Key, value: Any, say: Phrases) -> Any:
    """Return rows, one at least, each a list of such texts."""
    if value and isinstance(value, list) and all(isinstance(each, str) for each in value):
        row = f"[[{', '.join(map(quoted, value))}]]"
        return wrong_type(key, value, "a list of rows, each in brackets", row)
    if value == []:
        hint = "add one: an aspect, and what is to be said of each thing"
        return BadValue("short-list", f"`{key.name}` has no row", hint)
    return read_list(key, value, say, read_items, "rows, each", _as_rows)


def _as_rows(_: Any) -> str:
    """Return what shows how rows are written: what they should hold, nobody can tell."""
    return '["…", "…"], ["…", "…"]'
