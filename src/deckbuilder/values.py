"""One value of a source, as TOML gives it -> what its key's type makes of it, or what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Any

from deckbuilder.phrases import PHRASES, Phrases
from deckbuilder.problems import did_you_mean
from deckbuilder.schema import ALLOW, Key, Type
from deckbuilder.text.markdown import broken_math, normal, parse
from deckbuilder.text.tree import Gap, formulas
from deckbuilder.when import read_when

NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
VERSION = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LONGEST_FIELD = 10_000  # characters; beyond it a fact is no fact, and layout no longer linear
NONCHARACTERS = "".join(
    chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
FORBIDDEN = re.compile(  # controls, line separators, surrogates and what Unicode keeps for itself
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef{NONCHARACTERS}]"
)
ANKIS_OWN_TAGS = ("leech", "marked")  # Anki strips them from a package


@dataclass(frozen=True, slots=True)
class BadValue:
    """Why a value cannot be read; `element` where one of a list is meant, `inner` a key of it."""

    code: str
    message: str
    hint: str = ""
    element: int | None = None
    inner: str = ""


def read_value(key: Key, value: Any, say: Phrases) -> Any:
    """Return what `value` is as the value of `key`, or why it cannot be that."""
    return READERS[key.type](key, value, say)


def empty(key: Key) -> Any:
    """Return what stands for a key that was left out."""
    return key.default or EMPTY.get(key.type)


EMPTY: dict[Type, Any] = {
    Type.TEXT: (),
    Type.GAPPED: (),
    Type.TEXTS: (),
    Type.ITEMS: (),
    Type.ROWS: (),
    Type.NAMES: (),
    Type.TAGS: (),
    Type.FILES: (),
    Type.ALLOWED: (),
    Type.PLAIN: "",
    Type.FILE: "",
    Type.FLAG: False,
}


def slug(value: str) -> str:
    """Return an id that the words of a fact suggest."""
    folded = unicodedata.normalize("NFKD", value.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", folded)[:5])


# ---------------------------------------------------------------------------- characters


def _characters(key: Key, value: Any, _: Phrases) -> str | BadValue:
    """Return a string that both outputs can carry, white space made plain."""
    if not isinstance(value, str):
        return _wrong_type(key, value, "text in quotes")
    if len(value) > LONGEST_FIELD:
        return BadValue(
            "too-long",
            f"`{key.name}` holds {len(value):,} characters, {LONGEST_FIELD:,} are the most",
            "split it into several facts",
        )
    found = FORBIDDEN.search(value)
    if found:
        hint = "take it out: neither Anki nor print can show it"
        if found[0] in "\b\f":
            hint = r"TOML reads \b and \f in double quotes: write '…' in single quotes, or \\beta"
        message = f"`{key.name}` holds the control character U+{ord(found[0]):04X}"
        return BadValue("control-character", message, hint)
    text = normal(value)
    if not text.strip():  # a no-break space alone is nothing to see, either
        hint = "fill it in" if key.required else "fill it in, or take the key out"
        return BadValue("empty-text", f"`{key.name}` is empty", hint)
    return text


def _text(key: Key, value: Any, say: Phrases) -> Any:
    characters = _characters(key, value, say)
    if isinstance(characters, BadValue):
        return characters
    if broken_math(value):
        return BadValue(
            "math-whitespace",
            f"a formula in `{key.name}` holds a tab or a new line",
            r"TOML reads \t and \n in double quotes: write '…' in single quotes, or \\theta",
        )
    text = parse(value, with_gaps=key.type is Type.GAPPED)
    if any(_unbalanced(formula.tex) for formula in formulas(text)):
        return BadValue(
            "bad-math",
            f"a formula in `{key.name}` would not end where it should",
            r"give each { its }, and leave out \( \) \[ \]: the dollar signs are enough",
        )
    return text


def _unbalanced(tex: str) -> bool:
    """Tell whether MathJax would look for the end of a formula beyond it, or find it before."""
    bare = re.sub(r"\\[{}\\]", "", tex)
    depth = list(accumulate((c == "{") - (c == "}") for c in bare))
    return bool(re.search(r"\\[()\[\]]", bare)) or (
        bool(depth) and (min(depth) < 0 or depth[-1] != 0)
    )


def _texts(key: Key, value: Any, say: Phrases) -> Any:
    if not isinstance(value, list):
        return _wrong_type(key, value, "a list of texts in brackets")
    if len(value) < 2:
        return BadValue(
            "short-list", f"`{key.name}` needs two elements at least", "one alone is a `question`"
        )
    return _each(key, value, lambda element: _text(key, element, say))


def _items(key: Key, value: Any, say: Phrases) -> Any:
    if not isinstance(value, list):
        return _wrong_type(key, value, "a list of texts in brackets")
    if len(value) < 2:
        return _texts(key, value, say)
    return _each(key, value, lambda element: _item(key, element, say))


def _item(key: Key, value: Any, say: Phrases) -> Any:
    """Return a text; one with a card's number, `{text = "…", n = 3}`, as a gap of that number."""
    if not isinstance(value, dict):
        return _text(key, value, say)
    number = value.get("n")
    if value.keys() != {"text", "n"} or type(number) is not int or number < 1:
        return BadValue(
            "bad-item",
            f"`{key.name}` has braces without a `text` and a number `n`, and no more",
            'write {text = "…", n = 3}, or the text alone',
        )
    text = _text(key, value["text"], say)
    return text if isinstance(text, BadValue) else (Gap(text, number, given=True),)


def _rows(key: Key, value: Any, say: Phrases) -> Any:
    if not isinstance(value, list):
        return _wrong_type(key, value, 'a list of rows, each in brackets: [["…", "…"], ["…", "…"]]')
    return _each(key, value, lambda row: _items(key, row, say))


# ---------------------------------------------------------------------------- names and choices


def _name(key: Key, value: Any, say: Phrases) -> str | BadValue:
    characters = _characters(key, value, say)
    if isinstance(characters, BadValue) or NAME.fullmatch(characters):
        return characters
    better = slug(characters)
    return BadValue(
        "bad-id",
        f"`{characters}` cannot be an id",
        "use small letters, digits and hyphens" + (f', as in "{better}"' if better else ""),
    )


def _names(key: Key, value: Any, say: Phrases) -> Any:
    if not isinstance(value, list):
        return _wrong_type(key, value, "a list of ids in brackets")
    return _each(key, value, lambda element: _name(key, element, say))


def _tags(key: Key, value: Any, say: Phrases) -> Any:
    def tag(element: Any) -> str | BadValue:
        characters = _characters(key, element, say)
        if isinstance(characters, BadValue):
            return characters
        if re.search(r"\s", characters):
            return BadValue("bad-tag", f"the tag `{characters}` holds a space", "use a hyphen")
        if any(part != part.strip(":") or not part for part in characters.split("::")):
            return BadValue(
                "bad-tag", f"the tag `{characters}` has a part without a name", "fill it"
            )
        if characters.casefold() in ANKIS_OWN_TAGS:
            return BadValue("bad-tag", f"the tag `{characters}` is Anki's own", "use another word")
        return characters

    if not isinstance(value, list):
        return _wrong_type(key, value, "a list of tags in brackets")
    return _each(key, value, tag)


def _file(key: Key, value: Any, say: Phrases) -> str | BadValue:
    characters = _characters(key, value, say)
    if isinstance(characters, BadValue):
        return characters
    path = PurePosixPath(characters)
    if path.is_absolute() or ".." in path.parts or re.search(r"[\\:]", characters):
        examples = {"fonts": "fonts/my.ttf", "style": "my.css"}
        example = examples.get(key.name, "media/my-file")
        return BadValue(
            "outside-folder",
            f"`{characters}` does not lie in the source's folder",
            f'put the file beside the source and write its path from there: "{example}"',
        )
    return path.as_posix()


def _files(key: Key, value: Any, say: Phrases) -> Any:
    if not isinstance(value, list):
        return _wrong_type(key, value, "a list of files in brackets")
    return _each(key, value, lambda element: _file(key, element, say))


def _choice(key: Key, value: Any, _: Phrases) -> str | BadValue:
    if isinstance(value, str) and value in key.choices:
        return value
    shown = f"`{value}`" if isinstance(value, str) else "this"
    options = " or ".join(f'"{c}"' for c in key.choices)
    return BadValue("bad-choice", f"{shown} is no choice for `{key.name}`", f"write {options}")


def _flag(key: Key, value: Any, _: Phrases) -> bool | BadValue:
    return value if isinstance(value, bool) else _wrong_type(key, value, "true or false")


def _version(key: Key, value: Any, _: Phrases) -> str | BadValue:
    if isinstance(value, str) and VERSION.fullmatch(value):
        return value
    hint = 'write "0.1.0" to begin with'
    if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", str(value)):  # 1, 1.0, "1", "1.0"
        parts = [*(str(int(part)) for part in str(value).split(".")), "0", "0"]
        hint = f'write "{".".join(parts[:3])}"'
    return BadValue("bad-version", f"`{key.name}` should be three numbers joined by dots", hint)


def _language(key: Key, value: Any, _: Phrases) -> str | BadValue:
    if not isinstance(value, str):
        return _wrong_type(key, value, "a language in quotes")
    if LANGUAGE.fullmatch(value) and value.partition("-")[0].lower() in PHRASES:
        return value
    dashed = value.replace("_", "-")
    known = LANGUAGE.fullmatch(dashed) and dashed.partition("-")[0].lower() in PHRASES
    hint = f'write "{dashed}"' if known else did_you_mean(value, PHRASES)
    return BadValue("unknown-language", f"no fixed words are known for `{value}`", hint)


def _when(key: Key, value: Any, say: Phrases) -> Any:
    when = read_when(value, say)
    if when is not None:
        return when
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        hint = f"write a date without quotes: {value}"
        return BadValue("bad-when", f"`{key.name}` has a date in quotes", hint)
    return BadValue(
        "bad-when",
        f"`{key.name}` cannot be read as a time",
        f'write a year (1922; BC: -44), a date (1922-04-16), or words: "{say.months[3]} 1922",'
        ' "1919–33", "1930s", "16th century", with c., before, after, BC',
    )


def _allowed(key: Key, value: Any, say: Phrases) -> Any:
    known, wanted = {inner.name: inner for inner in ALLOW}, "a list of tables in brackets"

    def allowed(element: Any) -> dict[str, str] | BadValue:
        if not isinstance(element, dict):
            return _wrong_type(key, element, wanted)
        for name in element.keys() - known.keys():
            hint = did_you_mean(name, known)
            return BadValue("unknown-key", f"`{name}` is not a key of `allow`", hint, inner=name)
        row = {}
        for name, inner in known.items():
            if name not in element:
                return BadValue("missing-key", f"`{name}` is missing", f"add it: {inner.doc}")
            got = _characters(inner, element[name], say)
            if isinstance(got, BadValue):
                return replace(got, inner=name)
            row[name] = got
        return row

    return (
        _each(key, value, allowed) if isinstance(value, list) else _wrong_type(key, value, wanted)
    )


# ---------------------------------------------------------------------------- helpers


def _each(key: Key, values: list[Any], read: Callable[[Any], Any]) -> Any:
    """Return all elements read, or what is wrong with the first that cannot be."""
    out = []
    for index, element in enumerate(values):
        got = read(element)
        if isinstance(got, BadValue):
            message = got.message.replace(
                f"`{key.name}`", f"element {index + 1} of `{key.name}`", 1
            )
            return replace(got, message=message, element=index)
        out.append(got)
    return tuple(out)


def _wrong_type(key: Key, value: Any, wanted: str) -> BadValue:
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text"}
    kinds |= {list: "a list", dict: "a table"}
    got = kinds.get(type(value), "a date")
    return BadValue("wrong-type", f"`{key.name}` is {got}, it should be {wanted}")


READERS: dict[Type, Callable[[Key, Any, Phrases], Any]] = {
    Type.TEXT: _text,
    Type.GAPPED: _text,
    Type.TEXTS: _texts,
    Type.ITEMS: _items,
    Type.ROWS: _rows,
    Type.PLAIN: _characters,
    Type.NAME: _name,
    Type.NAMES: _names,
    Type.TAGS: _tags,
    Type.FLAG: _flag,
    Type.WHEN: _when,
    Type.CHOICE: _choice,
    Type.FILE: _file,
    Type.FILES: _files,
    Type.LANGUAGE: _language,
    Type.VERSION: _version,
    Type.ALLOWED: _allowed,
}
