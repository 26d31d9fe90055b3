"""The bytes of a sound -> the same, known for what they are by how they begin."""

from __future__ import annotations

import re

from deckbuilder.media.medium import Medium, UnusableError

BEGINNINGS = {
    "mp3": rb"ID3[\x02-\x04]|\xff[\xe2-\xe7\xf2-\xf7\xfa\xfb]",  # a tag, or a frame of layer III
    "ogg": rb"OggS\x00.{23}.{0,60}(OpusHead|\x01vorbis|\x7fFLAC|Speex)",
    "m4a": rb".{4}ftyp(M4A |M4B |mp4[12]|isom|iso[2-6]|dash)",
    "wav": rb"RIFF.{4}WAVE",
    "flac": rb"fLaC\x00",
}
LEAST = 100  # bytes: less is a head without a sound


def sound(data: bytes) -> Medium:
    """Return a sound as it is.

    Raises:
        UnusableError: it is of no kind that Anki plays everywhere.
    """
    for extension, beginning in BEGINNINGS.items():
        if len(data) >= LEAST and re.match(beginning, data[:200], re.DOTALL):
            return Medium(data, extension)
    raise UnusableError("is no sound in a form that can be used: MP3, OGG, M4A, WAV or FLAC")
