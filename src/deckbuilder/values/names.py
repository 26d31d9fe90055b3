"""A name, a choice, a time, a file, or a list of such -> what it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

from deckbuilder.phrases import PHRASES, Phrases, base
from deckbuilder.problems import did_you_mean
from deckbuilder.schema import ALLOW, FARTHEST, Key, is_near
from deckbuilder.values.bad import BadValue, listed, quoted, read_list, wrong_type
from deckbuilder.values.texts import LONGEST_FIELD, read_characters
from deckbuilder.versions import VERSION
from deckbuilder.when import read_when, refused

NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4})")
ELSEWHERE = re.compile(r"/|[A-Za-z]:[\\/]|[a-z]+://|\\\\")  # as paths and addresses begin
BACKSLASH = "\\"
# what is written for true and for false elsewhere, or by whom no English is spoken
ON = ("true", "yes", "on", "1", "1.0", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero")
OFF = ("false", "no", "off", "0", "0.0", "none", "nein", "falsch", "non", "faux", "falso")
ANKIS_OWN_TAGS = ("leech", "marked")  # Anki strips them from a package


def slug(value: str) -> str:
    """Return an id that the words of a fact suggest."""
    folded = unicodedata.normalize("NFKD", value.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", folded)[:5])


def read_name(key: Key, value: Any, say: Phrases) -> str | BadValue:
    """Return an id."""
    if isinstance(value, str) and len(value) <= LONGEST_FIELD and NAME.fullmatch(value):
        return value
    characters = read_characters(key, value, say)
    if isinstance(characters, BadValue) or NAME.fullmatch(characters):
        return characters
    better = slug(characters)
    return BadValue(
        "bad-id",
        f"`{characters}` cannot be an id",
        "use small letters, digits and hyphens" + (f', as in "{better}"' if better else ""),
    )


def read_names(key: Key, value: Any, say: Phrases) -> Any:
    """Return a list of ids."""
    return read_list(key, value, say, read_name, "ids", listed)


def read_tags(key: Key, value: Any, say: Phrases) -> Any:
    """Return a list of tags that Anki keeps as they are."""
    return read_list(key, value, say, _tag, "tags", _tags_of)


def _tags_of(value: Any) -> str:
    """Return a value as a list of tags, none of which holds a space."""
    within = re.compile(r"(?<=[^\s,])\s+(?=[^\s,])")
    return listed(within.sub("-", value) if isinstance(value, str) else value)


def _tag(key: Key, value: Any, say: Phrases) -> str | BadValue:
    characters = read_characters(key, value, say)
    return characters if isinstance(characters, BadValue) else _kept(characters)


@lru_cache(maxsize=1024)  # one tag is on many facts
def _kept(characters: str) -> str | BadValue:
    if re.search(r"\s", characters):
        return BadValue("bad-tag", f"the tag `{characters}` holds a space", "use a hyphen")
    if any(part != part.strip(":") or not part for part in characters.split("::")):
        return BadValue("bad-tag", f"the tag `{characters}` has a part without a name", "fill it")
    if characters.casefold() in ANKIS_OWN_TAGS:
        return BadValue("bad-tag", f"the tag `{characters}` is Anki's own", "use another word")
    return characters


def with_parents(tag: str) -> Iterator[str]:
    """Yield the tags above a tag, the highest first, and the tag."""
    parts = tag.split("::")
    yield from ("::".join(parts[:count]) for count in range(1, len(parts) + 1))


def read_file(key: Key, value: Any, say: Phrases) -> str | BadValue:
    """Return a path that stays in the source's folder."""
    if not isinstance(value, str):
        one = value[0] if isinstance(value, list) and value else value
        return wrong_type(key, value, "the path of one file, in quotes", quoted(one))
    characters = read_characters(key, value, say)
    if isinstance(characters, BadValue):
        return characters
    path = PurePosixPath(characters)
    strange = re.search(r"[\\:]", characters)
    if not (path.is_absolute() or ".." in path.parts or strange):
        return path.as_posix()
    told = f"`{characters}` does not lie in the source's folder"
    examples = {"fonts": "fonts/my.ttf", "style": "my.css"}
    example = examples.get(key.name, "media/my-file")
    hint = f'put the file beside the source and write its path from there: "{example}"'
    whole = normpath(characters)
    if not (ELSEWHERE.match(characters) or whole.startswith("..")):
        if strange and ":" not in characters:
            told = f"the path `{characters}` goes by `\\`, which only Windows knows"
            hint = f'write "{characters.replace(BACKSLASH, "/")}"'
        elif strange:  # on some machines it is the name of another place
            told = f"the name `{characters}` holds `{strange[0]}`, which not all machines allow"
            hint = "rename the file, and write the new name here"
        else:
            told, hint = f"the path `{characters}` goes by `..`", f'write "{whole}"'
    return BadValue("outside-folder", told, hint)


def read_files(key: Key, value: Any, say: Phrases) -> Any:
    """Return a list of such paths."""
    return read_list(key, value, say, read_file, "files", quoted)


def read_choice(key: Key, value: Any, _: Phrases) -> str | BadValue:
    """Return one of the words that the key offers."""
    if isinstance(value, str) and value in key.choices:
        return value
    shown = f"`{value}`" if isinstance(value, str) else "this"
    options = " or ".join(f'"{c}"' for c in key.choices)
    return BadValue("bad-choice", f"{shown} is no choice for `{key.name}`", f"write {options}")


def read_choices(key: Key, value: Any, say: Phrases) -> Any:
    """Return a list of such words."""
    return read_list(key, value, say, read_choice, "words", listed)


def read_offset(key: Key, value: Any, _: Phrases) -> Any:
    """Return two numbers: so many millimetres to the right, and up."""
    numbers = isinstance(value, list) and [n for n in value if type(n) in (int, float)]
    if numbers and len(numbers) == len(value) == 2 and is_near(numbers):
        return tuple(map(float, numbers))
    return BadValue(
        "bad-offset",
        f"`{key.name}` is no pair of numbers of up to {FARTHEST} millimetres",
        "write how far to the right and how far up, as in [0.5, -0.3]",
    )


def read_flag(key: Key, value: Any, _: Phrases) -> bool | BadValue:
    """Return true or false."""
    if isinstance(value, bool):
        return value
    word = quoted(value).strip('" ').casefold()
    meant = "true" if word in ON else "false" if word in OFF else "true, or false"
    return wrong_type(key, value, "true or false", meant)


def read_version(key: Key, value: Any, _: Phrases) -> str | BadValue:
    """Return a version of three numbers."""
    if isinstance(value, str) and VERSION.fullmatch(value):
        return value
    hint = 'write "0.1.0" to begin with'
    written = quoted(value).strip('"')
    if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", written):  # 1, 1.0, "1", "1.0"
        parts = [*(str(int(part)) for part in written.split(".")), "0", "0"]
        hint = f'write "{".".join(parts[:3])}"'
    return BadValue("bad-version", f"`{key.name}` should be three numbers joined by dots", hint)


def read_language(key: Key, value: Any, _: Phrases) -> str | BadValue:
    """Return the tag of a language whose fixed words are known."""
    if not isinstance(value, str):
        return wrong_type(key, value, "a language in quotes", '"en"')
    if LANGUAGE.fullmatch(value) and base(value) in PHRASES:
        return value
    dashed = value.replace("_", "-")
    known = LANGUAGE.fullmatch(dashed) and base(dashed) in PHRASES
    hint = f'write "{dashed}"' if known else did_you_mean(value, PHRASES)
    return BadValue("unknown-language", f"no fixed words are known for `{value}`", hint)


def _is_day(found: re.Match[str]) -> bool:
    """Tell whether a day is in the calendar: its year is first, or last."""
    first, month, last = map(int, filter(None, found.groups()))
    year, day = (first, last) if found[1] else (last, first)
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def read_time(key: Key, value: Any, say: Phrases) -> Any:
    """Return a time, its words in the deck's language."""
    when = read_when(value, say)
    if when is not None:
        return when
    day = DAY.fullmatch(value) if isinstance(value, str) else None
    if day and not _is_day(day):
        return BadValue("bad-when", f"there is no day `{value}`", "mend the month or the day")
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        hint = f"write a date without quotes: {value}"
        return BadValue("bad-when", f"`{key.name}` has a date in quotes", hint)
    if isinstance(value, datetime):
        hint = f"write the date alone: {value.date()}"
        return BadValue("bad-when", f"`{key.name}` has a time of day, which nothing shows", hint)
    amiss, hint = refused(value, say)
    return BadValue("bad-when", f"`{key.name}` {amiss}", hint)


def read_allowed(key: Key, value: Any, say: Phrases) -> Any:
    """Return the rules that are allowed, each with its reason."""
    return read_list(key, value, say, _allowed, "tables", _as_allowed)


def _allowed(key: Key, value: Any, say: Phrases) -> dict[str, str] | BadValue:
    known = {inner.name: inner for inner in ALLOW}
    if not isinstance(value, dict):
        return wrong_type(key, value, "a table in braces", _as_allowed(value))
    for name in filter(lambda name: name not in known, value):
        hint = did_you_mean(name, known)
        return BadValue("unknown-key", f"`{name}` is not a key of `allow`", hint, inside=(name,))
    made = {}
    for name, inner in known.items():
        if name not in value:
            return BadValue("missing-key", f"`{name}` is missing", f"add it: {inner.doc}")
        got = read_characters(inner, value[name], say)
        if isinstance(got, BadValue):
            return replace(got, inside=(name,))
        made[name] = got
    return made


def _as_allowed(rule: Any) -> str:
    return f'{{ rule = {quoted(rule)}, why = "…" }}'
