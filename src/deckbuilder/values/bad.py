"""What is wrong with a value, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from deckbuilder.schema import Key


@dataclass(frozen=True, slots=True)
class BadValue:
    """Why a value cannot be read; `element` where one of a list is meant, `inner` a key of it."""

    code: str
    message: str
    hint: str = ""
    element: int | None = None
    inner: str = ""


def read_each(key: Key, values: list[Any], read: Callable[[Any], Any]) -> Any:
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


def wrong_type(key: Key, value: Any, wanted: str) -> BadValue:
    """Return what is wrong with a value of another type, in words."""
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text"}
    kinds |= {list: "a list", dict: "a table"}
    got = kinds.get(type(value), "a date")
    return BadValue("wrong-type", f"`{key.name}` is {got}, it should be {wanted}")
