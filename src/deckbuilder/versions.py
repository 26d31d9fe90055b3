"""A version, be it of a deck, in a lock or in a package -> what versions are compared by."""

from __future__ import annotations

import re

# a part may be a time, 20261130123059; of thousands of digits Python reads no number
VERSION = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.(?:0|[1-9][0-9]{0,17})){2}")


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as something that can be compared; () where a damaged file has none."""
    return tuple(map(int, version.split("."))) if VERSION.fullmatch(version) else ()
