"""What a fact shows and plays besides its words, and the name by which outputs know each file."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from deckbuilder.slots import dataclass
from deckbuilder.text.tree import Text
from deckbuilder.toml import Path

RECIPE = b"1"  # another one when files are prepared another way: then learners get them anew


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that an author names: its path in the source's folder, and its bytes once read.

    A picture or a sound then has the `name` by which outputs know it; a picture, its width and
    height in pixels. `digest`: of the author's own bytes.
    """

    path: str
    at: Path
    data: bytes = b""
    name: str = ""
    size: tuple[int, int] = (0, 0)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """What a fact has besides its words; `front`: it goes with the question, not the answer."""

    image: Asset | None = None
    alt: str = ""  # what the image shows
    audio: Asset | None = None
    credit: Text = ()
    front: bool = False

    @property
    def asked(self) -> Media:
        """What goes with the question; not the credit, which may well name the answer."""
        return replace(self, credit=()) if self.front else NOTHING

    @property
    def heard(self) -> bool:
        """Whether the question can only be heard: no text and no page can ask it."""
        return self.front and bool(self.audio) and not self.image

    @property
    def told(self) -> Media:
        """What print has with the answer: all, or the credit of a picture that is asked about."""
        if not self.front:
            return self
        return Media(credit=self.credit) if self.image else NOTHING


NOTHING = Media()  # of nearly all facts


class UnusableError(ValueError):
    """A file cannot be used; the message ends a sentence that began with its name.

    `hint`: the way out, where it is not to export the file in another form.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or a sound as outputs carry it. `size` of a picture: its width and height."""

    data: bytes
    extension: str  # by what it is
    size: tuple[int, int] = (0, 0)  # pixels


def file_name(deck: str, file: bytes, extension: str) -> str:
    """Return a name that is another one for another file, and safe on every system.

    It hangs on the author's own bytes: what a newer library makes of them is the same picture, and
    need not trouble learners.
    """
    return _of_deck(deck, f"{hashlib.sha256(RECIPE + file).hexdigest()[:12]}.{extension}")


def as_in_deck(media: Media, deck: str) -> Media:
    """Return what a fact has besides its words by the names that it has in another deck."""
    return replace(media, image=_renamed(media.image, deck), audio=_renamed(media.audio, deck))


def _renamed(asset: Asset | None, deck: str) -> Asset | None:
    return asset and replace(asset, name=_of_deck(deck, asset.name.rpartition("-")[2]))


def _of_deck(deck: str, name: str) -> str:
    home = re.sub("[^a-z0-9]+", "-", deck)[:40].strip("-")
    return f"{home}-{name}"
