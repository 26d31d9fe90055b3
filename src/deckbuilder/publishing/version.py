"""How much changed for learners -> the version that says so, its tag, and a source that has it."""

from __future__ import annotations

import codecs
import re
from enum import IntEnum

from deckbuilder.toml import Source
from deckbuilder.versions import numbers

AT = "/v"  # between deck and version, in a tag; no deck's id has a slash


class Step(IntEnum):
    """What a release asks of learners, the least first."""

    NOTHING = 0
    WORDING = 1  # import it
    FACTS = 2  # learn something new
    ACT = 3  # do more than import it


def following(last: str, step: Step) -> str:
    """Return the smallest version after the last that says what changed."""
    major, minor, patch = numbers(last)
    if step is Step.ACT:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if step is Step.FACTS else f"{major}.{minor}.{patch + 1}"


def tag_of(deck: str, version: str) -> str:
    """Return the tag of a release."""
    return f"{deck}{AT}{version}"


def version_in(tag: str) -> str:
    """Return the version that a tag of a release names."""
    return tag.partition(AT)[2]


def deck_in(tag: str) -> str:
    """Return the id of the deck that a tag of a release names."""
    return tag.partition(AT)[0]


def with_version(source: Source, version: str) -> bytes:
    """Return the bytes of a source with another version; no other byte changes."""
    start, end = source.scan.spans["deck", "version"].value
    bare = source.data.removeprefix(codecs.BOM_UTF8)
    raw = bare.decode()
    returns = [at.start() - n for n, at in enumerate(re.finditer("\r\n", raw))]  # in `text`
    start, end = (at + sum(1 for place in returns if place < at) for at in (start, end))
    return source.data.removesuffix(bare) + f'{raw[:start]}"{version}"{raw[end:]}'.encode()
