"""The bytes of a source -> its values, and where in the text each of them stands."""

from __future__ import annotations

import codecs

from deckbuilder.problems import Problem
from deckbuilder.toml.lines import Lines
from deckbuilder.toml.load import Fault, attempt
from deckbuilder.toml.scan import Path
from deckbuilder.toml.source import Source, decoded
from deckbuilder.toml.strings import strings

__all__ = ["Path", "Source", "decoded", "parse", "strings"]

# What is given for a source by mistake, by how it begins: saved as text, it would be lost.
OTHER_FILES = {
    b"PK\x03\x04": "a package, or another ZIP file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a document of a word processor",
    b"\xd0\xcf\x11\xe0": "a document of a word processor",
}
LARGEST_FILE = 50_000_000  # bytes


def parse(data: bytes, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read the bytes of a TOML file that people call `name`.

    Returns:
        The source (None if there is a problem) and every problem found.
    """
    if len(data) > LARGEST_FILE:
        message = f"the file has more than {LARGEST_FILE:,} bytes"
        place = Lines(name, "").place((0, 0))
        return None, (Problem("file-too-large", message, place, "split it into several sources"),)
    for begins, what in OTHER_FILES.items():
        if data.startswith(begins):
            message = f"this is {what}, not a source"
            hint = "name a source: a text that begins with [deck], in a file such as bees.toml"
            return None, (Problem("not-utf8", message, Lines(name, "").place((0, 0)), hint),)
    bare = data.removeprefix(codecs.BOM_UTF8)
    source = Source(name, data)
    try:
        text = source.text
    except UnicodeDecodeError as error:
        return None, (_not_utf8(bare, error.start, name),)
    outcome = attempt(text)
    if not isinstance(outcome, Fault):
        vars(source)["values"] = outcome  # it need not be read again
        return source, ()
    if _is_utf16(bare):
        return None, (_not_utf8(bare, bare.index(0), name),)
    from deckbuilder.toml.faults import recover  # only a broken file pays for it

    return None, recover(text, outcome, name)


def _not_utf8(data: bytes, at: int, name: str) -> Problem:
    before = data[:at].decode()
    place = Lines(name, before + "?").place((len(before), len(before) + 1))
    meant = data[at : at + 1].decode("cp1252", "ignore")
    if _is_utf16(data):
        guess = "the file looks like UTF-16"
    else:
        guess = f"in Windows-1252 it is `{meant}`" if meant else "the file looks like Latin-1"
    message = f"the byte 0x{data[at]:02X} is not UTF-8: {guess}"
    return Problem("not-utf8", message, place, "save the file as UTF-8")


def _is_utf16(data: bytes) -> bool:
    start = data[:200]
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or 3 * start.count(0) > len(start)
