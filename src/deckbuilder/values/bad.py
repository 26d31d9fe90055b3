"""What is wrong with a value, and how it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from deckbuilder.phrases import Phrases
from deckbuilder.schema import Key
from deckbuilder.slots import dataclass

Reader = Callable[[Key, Any, Phrases], Any]  # makes a value of what TOML gives, or a `BadValue`

LONGEST = 60  # characters of a value that is repeated


@dataclass(frozen=True, slots=True)
class BadValue:
    """Why a value cannot be read; `inside`: at which of its elements, or keys.

    `more`: what is wrong with others of them.
    """

    code: str
    message: str
    hint: str = ""
    inside: tuple[int | str, ...] = ()
    more: tuple[BadValue, ...] = ()


def read_list(
    key: Key, value: Any, say: Phrases, read: Reader, of: str, written: Callable[[Any], str]
) -> Any:
    """Return all elements of a list read, or what is wrong with it, or with those that cannot be.

    Args:
        key: whose value it is.
        value: the list, if it is one.
        say: the fixed words of the deck's language.
        read: reads one of its elements.
        of: what they are.
        written: how another value is written as elements.
    """
    if not isinstance(value, list):
        return wrong_type(key, value, f"a list of {of} in brackets", f"[{written(value)}]")
    out: list[Any] = []
    bad: list[BadValue] = []
    for index, element in enumerate(value):
        got = read(key, element, say)
        for each in (got, *got.more) if isinstance(got, BadValue) else ():
            message = each.message.replace(
                f"`{key.name}`", f"element {index + 1} of `{key.name}`", 1
            )
            hint, at = each.hint.replace(f"write {key.name} = ", "write ", 1), (index, *each.inside)
            if index % 2 == 0 and _are_halves(pair := value[index : index + 2]):
                hint += f', or "{pair[0]},{pair[1]}" if that is one number'
            bad.append(replace(each, message=message, hint=hint, inside=at, more=()))
        out.append(got)
    return replace(bad[0], more=tuple(bad[1:])) if bad else tuple(out)


def _are_halves(of: list[Any]) -> bool:
    """Tell whether there are two whole numbers, which may be one with a comma: 1,5."""
    return len(of) == 2 and all(type(each) is int and 0 <= each < 10**LONGEST for each in of)


def wrong_type(key: Key, value: Any, wanted: str, written: str) -> BadValue:
    """Return what is wrong with a value of another type, and how it is `written`."""
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text"}
    kinds |= {list: "a list", dict: "a table"}
    got = kinds.get(type(value), "a date")
    message = f"`{key.name}` is {got}, it should be {wanted}"
    return BadValue("wrong-type", message, f"write {key.name} = {written}")


def quoted(value: Any) -> str:
    """Return a value as a text of TOML's; dots where it would be none, or a long one."""
    if isinstance(value, list) and all(isinstance(element, str) for element in value):
        value = ", ".join(value)
    if isinstance(value, int) and abs(value) >= 10**LONGEST:
        return '"…"'  # Python writes no number of thousands of digits
    words = str(value).lower() if isinstance(value, bool) else str(value)
    fits = not isinstance(value, list | dict) and words.isprintable() and len(words) <= LONGEST
    return json.dumps(words, ensure_ascii=False) if fits and words else '"…"'


def as_typed(value: Any) -> str:
    """Return a value as `quoted` does; dots where 2.70 is the number 2.7, and 12:00 12:00:00."""
    return '"…"' if isinstance(value, float | time | datetime) else quoted(value)


def listed(value: Any, least: int = 1) -> str:
    """Return a value as a list of TOML's, of so many at least: a text at its commas."""
    parts = value.split(",") if isinstance(value, str) else [value]
    made = [as_typed(part.strip() if isinstance(part, str) else part) for part in parts]
    return ", ".join([*made, *['"…"'] * (least - len(made))])
