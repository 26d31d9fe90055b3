"""The files that a source names -> their bytes, read from its folder and from nowhere else."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from deckbuilder.digests import digest
from deckbuilder.media import picture, sound
from deckbuilder.media.medium import Asset, Medium, UnusableError, file_name
from deckbuilder.model import Deck, Fact
from deckbuilder.problems import Place, Problem
from deckbuilder.slots import dataclass

if TYPE_CHECKING:
    from deckbuilder.media.pixels import Drawing

LARGEST_ASSET = 20_000_000  # bytes
LARGEST_STYLE = 100_000  # bytes; each card that is looked at carries it
Prepare = Callable[[bytes], Medium]


def load(
    deck: Deck, folder: Path, processes: int = 1, drawn: Collection[str] = ()
) -> tuple[Deck, tuple[Problem, ...]]:
    """Return the deck with the bytes of its assets, and a problem for each that cannot be had.

    Args:
        deck: names them.
        folder: where they are.
        processes: how many may draw at the same time.
        drawn: the digests of drawings that are known to be fit for that.
    """
    files = _Files(deck, folder, drawn)
    files.draw(processes)
    printing = replace(deck.printing, fonts=tuple(map(files.whole, deck.printing.fonts)))
    style = deck.style and files.whole(deck.style, LARGEST_STYLE)
    facts = tuple(map(files.shown, deck.facts))
    return replace(deck, printing=printing, style=style, facts=facts), tuple(files.problems)


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of one source, each looked at once, and what is wrong with them."""

    deck: Deck
    folder: Path
    drawn: Collection[str]
    problems: list[Problem] = field(default_factory=list)
    held: dict[tuple[str, int], bytes | Problem] = field(default_factory=dict)
    known: dict[tuple[str, object, int], Asset | Problem] = field(default_factory=dict)

    def draw(self, processes: int) -> None:
        """Draw all drawings, so that none has to wait for a process of its own.

        A name is but a hint: a drawing that has another one does wait.
        """
        images = [fact.media.image for fact in self.deck.facts if fact.media.image]
        named = {image.path: image for image in images if image.path.lower().endswith(".svg")}
        if named:  # of few sources
            from deckbuilder.media.pixels import draw_all

            draw_all(self._drawings(named.values()), processes)

    def _drawings(self, images: Iterable[Asset]) -> Iterator[Drawing]:
        """Yield what is to be drawn; what is wrong with the others is told in their turn."""
        from deckbuilder.media.vector import checked, is_svg

        for image in images:
            data = self._bytes(image, LARGEST_ASSET)
            if isinstance(data, bytes) and is_svg(data) and digest(data) not in self.drawn:
                with suppress(UnusableError):
                    yield data, checked(data).size

    def whole(self, asset: Asset, most: int = LARGEST_ASSET) -> Asset:
        """Return a file as it is."""
        return self._loaded(asset, None, most)

    def shown(self, fact: Fact) -> Fact:
        """Return a fact with its picture and its sound."""
        media = fact.media
        if not media.image and not media.audio:
            return fact
        image = media.image and self._loaded(media.image, picture)
        audio = media.audio and self._loaded(media.audio, sound)
        return replace(fact, media=replace(media, image=image, audio=audio))

    def _bytes(self, asset: Asset, most: int) -> bytes | Problem:
        """Return what a file holds, or what is wrong with it; it is read once."""
        key = asset.path, most
        if key not in self.held:
            place = self.deck.source.place(asset.at)
            self.held[key] = _read(asset, self.folder, place, most)
        return self.held[key]

    def _loaded(self, asset: Asset, prepare: Prepare | None, most: int = LARGEST_ASSET) -> Asset:
        """Return the asset with its bytes, or as it is and the problem noted."""
        key, place = (asset.path, prepare, most), self.deck.source.place(asset.at)
        if key not in self.known:
            data = self._bytes(asset, most)
            if isinstance(data, Problem):
                self.known[key] = data
            else:
                read = replace(asset, data=data, digest=digest(data))
                if prepare is picture and read.digest in self.drawn:
                    prepare = partial(picture, drawn=True)
                self.known[key] = _prepared(read, prepare, self.deck.id, place) if prepare else read
        found = self.known[key]
        if isinstance(found, Asset):
            return replace(found, at=asset.at)
        self.problems.append(replace(found, place=place))
        return asset


def _prepared(asset: Asset, prepare: Prepare, deck: str, place: Place) -> Asset | Problem:
    """Return a picture or a sound with the name and the bytes that outputs carry."""
    if not asset.data:
        hint = "save it again, or name another file"
        return Problem("bad-file", f"`{asset.path}` is empty", place, hint)
    try:
        made = prepare(asset.data)
    except UnusableError as error:
        message = f"`{asset.path}` {error}"
        if prepare is sound:
            hint = "open it in a program for sounds and export it as MP3"
            return Problem("bad-sound", message, place, hint)
        hint = error.hint or "open it in a program for pictures and export it as PNG or JPEG"
        return Problem("bad-picture", message, place, hint)
    name = file_name(deck, asset.data, made.extension)
    return replace(asset, data=made.data, name=name, size=made.size)


# ---------------------------------------------------------------------------- the disk


def _read(asset: Asset, folder: Path, place: Place, most: int) -> bytes | Problem:
    """Return the bytes of a file, or what is wrong with it and what to do."""

    def bad(message: str, hint: str) -> Problem:
        return Problem("bad-file", f"`{asset.path}` {message}", place, hint)

    file = folder / asset.path
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            return bad("leads out of the source's folder", "copy the file beside the source")
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device might never end
            return bad("is no file", "name a file")
        if status.st_size > most:
            message = f"has {status.st_size:,} bytes, {most:,} are the most"
            return bad(message, "use a smaller file")
        return file.read_bytes()
    except RuntimeError:  # before Python 3.13, of links that lead to each other
        return bad("cannot be read: it is a link to itself", "copy the file there")
    except OSError as error:
        hint = _nearest(file, folder) if isinstance(error, FileNotFoundError) else ""
        reason = os.strerror(error.errno or 0)
        return bad(f"cannot be read: {reason}", hint or "check the path")


def _nearest(missing: Path, folder: Path) -> str:
    """Return a hint at the file that may be meant, "" without one.

    It has a path like the missing one, or its name, beside the source or in a folder there.
    """
    asked = missing.relative_to(folder)
    try:
        homes = (folder, *sorted(home for home in folder.iterdir() if _is_folder(home)))
        found = _followed(folder, asked.parts) or next(
            (file for home in homes for file in home.iterdir() if _alike(file, missing)), None
        )
    except OSError:
        return ""
    if not found:
        return ""
    meant = found.relative_to(folder).as_posix()
    if normalize("NFC", meant) == normalize("NFC", asked.as_posix()):
        return "rename the file: in its name accents stand apart from their letters, as Macs do it"
    return f"did you mean `{meant}`?"


def _followed(home: Path, names: Sequence[str]) -> Path | None:
    """Return the file that a path leads to where each name is taken for the nearest that exists."""
    from difflib import get_close_matches  # most runs never need it

    for name in names:
        following = home / name
        if not following.exists():
            there = {_folded(file): file for file in home.iterdir()}
            near = get_close_matches(_folded(following), there, n=1)
            if not near:
                return None
            following = there[near[0]]
        if following.is_dir() and not _is_folder(following):
            return None
        home = following
    return home if home.is_file() else None


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder itself: a link may lead out of that of the source."""
    return path.is_dir() and not path.is_symlink()


def _alike(file: Path, other: Path) -> bool:
    return _folded(file) == _folded(other) and file.is_file()


def _folded(file: Path) -> str:
    """Return a file's name in whatever case and form a system may have written it."""
    return normalize("NFC", file.name).casefold()
