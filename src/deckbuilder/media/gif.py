"""The bytes of a GIF -> the same pictures and times, without the words of whoever made it."""

from __future__ import annotations

from collections.abc import Iterator

EXTENSION, IMAGE, END = 0x21, 0x2C, 0x3B  # what a block begins with
CONTROL, APPLICATION = 0xF9, 0xFF  # the second byte of an extension
LOOPS = (b"\x0bNETSCAPE2.0\x03\x01", b"\x0bANIMEXTS1.0\x03\x01")  # how often it is played
LOOP_LENGTH = 19


def bare(data: bytes) -> bytes:
    """Return a GIF without comments and what programs note in it; what hangs behind is cut off.

    Raises:
        IndexError, ValueError: it ends in the middle of a block, or has an unknown one.
    """
    head = 13 + _colours(data[10])
    return data[:head] + b"".join(_kept(data, head)) + bytes([END])


def _kept(data: bytes, at: int) -> Iterator[bytes]:
    """Yield the blocks from a place on that are needed to show the pictures."""
    while data[at] != END:
        start = at
        if data[at] == IMAGE:
            at = _past(data, at + 11 + _colours(data[at + 9]))
            yield data[start:at]
        elif data[at] == EXTENSION:
            kind, at = data[at + 1], _past(data, at + 2)
            block = data[start:at]
            loops = kind == APPLICATION and len(block) == LOOP_LENGTH and block[2:16] in LOOPS
            if kind == CONTROL or loops:
                yield block
        else:
            raise ValueError


def _colours(flags: int) -> int:
    """Return the length of the table of colours that such flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _past(data: bytes, at: int) -> int:
    """Return the place behind a run of stretches, each of which begins with its length."""
    while data[at]:
        at += data[at] + 1
    return at + 1
