"""What there is to say of files -> JSON; and JSON, anybody's or damaged -> what it says of them.

That is the manifest of a build, and the list of a release. Who reads one names what of it is of
use, and meets nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import repeat
from types import UnionType
from typing import Any

MANIFEST = ".manifest.json"
CONTENTS = "manifest.json"  # of a release, which lists the files of one deck
LARGEST = 1 << 53  # of the numbers; no size, count, line or column is greater
# half a character, which nothing can print, other than a byte of a file's name that is not UTF-8
HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")

# what JSON has to be like: a type; `{"key": shape}`, which may have more; `{str: shape}`, of any
# keys; `[shape]`, of any length; `(shape, shape)`, a list of just these
Shape = Any


def manifest_name(stem: str) -> str:
    """Return the name of the manifest of a source."""
    return stem + MANIFEST


def written(manifest: Mapping[str, Any]) -> bytes:
    """Return the bytes of a manifest, or of a list."""
    return f"{json.dumps(manifest, indent=1)}\n".encode()


def listed(files: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    """Return what either says of files, by their names: the digest of each, and how long it is."""
    return {name: {"sha256": digest, "bytes": size} for name, (digest, size) in files.items()}


def parsed(data: bytes, shape: Shape) -> Any:
    """Return what some JSON says; None if it is none, or not of this shape."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if _fits(value, shape) else None


def _fits(value: Any, shape: Shape) -> bool:
    if isinstance(shape, type | UnionType):
        return isinstance(value, shape) and _is_sound(value)
    if isinstance(shape, tuple):
        whole = isinstance(value, list) and len(value) == len(shape)
        return whole and all(map(_fits, value, shape))
    if isinstance(shape, list):
        return isinstance(value, list) and all(map(_fits, value, repeat(shape[0])))
    if not isinstance(value, dict):
        return False
    if str in shape:
        fit = map(_fits, value.values(), repeat(shape[str]))
        return all(map(_is_sound, value)) and all(fit)
    there = shape.keys() <= value.keys()
    return there and all(map(_fits, map(value.get, shape), shape.values()))


def _is_sound(value: object) -> bool:
    """Tell whether a text can be printed, and a number is one that something can have."""
    if isinstance(value, str):
        return value.isascii() or not HALF.search(value)
    return not isinstance(value, int) or 0 <= value < LARGEST
