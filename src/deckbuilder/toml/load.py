"""A text -> its values, or why and where tomli gave up. Nothing else knows tomli."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, NamedTuple

import tomli


class Fault(NamedTuple):
    """Why tomli gave up, in its own words, and where."""

    reason: str
    at: int


def load(text: str) -> dict[str, Any]:
    """Return the values of a text that is without fault."""
    return tomli.loads(text.replace("\r\n", "\r\r\n"))  # for tomli takes away a CR once more


def attempt(text: str) -> dict[str, Any] | Fault:
    """Return the values of a text, or what is wrong with it first."""
    try:
        return load(text)
    except tomli.TOMLDecodeError as error:
        return Fault(error.msg, min(error.pos, len(text)))
    except RecursionError:
        return Fault("Too deep", _breaking_point(text))
    except ValueError:
        return Fault("Too long", _breaking_point(text))


def _breaking_point(text: str) -> int:
    """Return the character at which tomli fails without saying where; any text up to it is fine."""

    def fails(length: int) -> bool:
        try:
            load(text[:length])
        except (RecursionError, ValueError) as error:
            return not isinstance(error, tomli.TOMLDecodeError)
        return False

    return bisect_left(range(len(text)), True, key=fails) - 1


def unquoted(name: str) -> str:
    """Return the name that a key in quotation marks stands for."""
    return next(iter(tomli.loads(f"{name}=0")))
