"""A version, be it of a deck, in a lock or in a package -> what versions are compared by."""

from __future__ import annotations


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as something that can be compared; () where a damaged file has none."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
