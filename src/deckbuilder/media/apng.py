"""The bytes of a PNG that moves -> the same pictures and times, without the words of its maker."""

from __future__ import annotations

from collections.abc import Iterator

SIGNATURE = 8  # bytes before the first chunk
# what is needed to show the pictures; a profile of colours stays, too, to be decided by
SHOWN = {
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT",
    b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"bKGD", b"pHYs",
}  # fmt: skip


def bare(data: bytes) -> bytes:
    """Return a PNG without texts, and what programs note in it; what hangs behind is cut off.

    Raises:
        ValueError: it ends in the middle of a chunk.
    """
    return data[:SIGNATURE] + b"".join(_kept(data))


def _kept(data: bytes) -> Iterator[bytes]:
    """Yield the chunks that are needed to show the pictures."""
    at, name = SIGNATURE, b""
    while name != b"IEND":
        start, name = at, data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")  # its length, name and sum, too
        if at > len(data):
            raise ValueError("a chunk is cut off")
        if name in SHOWN:
            yield data[start:at]
