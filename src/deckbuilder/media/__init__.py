"""The bytes of a picture or a sound -> bytes that every output can carry, or why there are none.

What a file is shows in its bytes: its name proves nothing.
"""

from __future__ import annotations

from deckbuilder.media.medium import Medium
from deckbuilder.media.sound import sound

__all__ = ["picture", "sound"]


def picture(data: bytes, *, drawn: bool = False) -> Medium:
    """Return a picture as outputs carry it: a photo scaled and without its place and time.

    `drawn`: it is known already that it can be drawn, if it is a drawing.

    Raises:
        UnusableError: it is none, is broken, or is more than a picture.
    """
    from deckbuilder.media import pixels, raster, vector

    if not vector.is_svg(data):
        return raster.prepared(data)
    made = vector.checked(data)
    if not drawn:
        pixels.rasterised(data, made.size)
    return made
