"""The manifests in a folder of outputs -> which files there are another deck's, or left of our own.

A manifest may be of any version, damaged, or somebody else's: it claims nothing but files of its
own name, and what cannot be read claims nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from deckbuilder.manifests import MANIFEST, manifest_name, parsed
from deckbuilder.model import Deck
from deckbuilder.opened import whole
from deckbuilder.problems import Problem, shown
from deckbuilder.slots import dataclass

LARGEST = 1 << 26  # bytes of a manifest; of 100,000 facts with a warning each it has half of that
CLAIMED = {"deck": str, "files": {str: object}}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a manifest says: `files` of the deck `deck` are named in it."""

    manifest: Path
    deck: str
    files: tuple[str, ...]


def taken(deck: Deck, out: Path, stem: str, names: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each other deck in a folder that has files of these names.

    Names that differ in capitals alone are one name on many a disk.
    """
    wanted = {name.casefold(): name for name in names}
    for claim in _of_others(deck, out, stem):
        both = sorted(wanted.keys() & {name.casefold() for name in claim.files})
        if both:
            files = ", ".join(shown(out / wanted[name]) for name in both)
            yield _taken(deck, claim, files)


def _taken(deck: Deck, claim: Claim, files: str) -> Problem:
    """Tell whose files stand where others are to be."""
    manifest, place = shown(claim.manifest), deck.source.place(("deck",))
    apart = "build one of the two into another folder with -o"
    if claim.deck in deck.ids:
        then = claim.manifest.name.removesuffix(MANIFEST) + Path(deck.file).suffix
        said = f"this deck has {files} by the name that its source had, {then}"
        hint = f"delete {manifest}, which is of no use any more; if {then} is still there, {apart}"
    else:
        said = f"another deck has {files}"
        hint = f"{apart}, or rename its source; if that deck is no more, delete {manifest}"
    return Problem("name-taken", said, place, hint)


def outdated(deck: Deck, out: Path, stem: str, made: Collection[str]) -> tuple[Path, ...]:
    """Return the files of the build before that this one does not make anew."""
    own = _claim(out / manifest_name(stem))
    if own is None:
        return ()
    kept = {name.casefold() for claim in _of_others(deck, out, stem) for name in claim.files}
    gone = (out / name for name in own.files if name not in made and name.casefold() not in kept)
    return tuple(file for file in gone if file.is_file())


def _of_others(deck: Deck, out: Path, stem: str) -> Iterator[Claim]:
    """Yield what each manifest in a folder claims, but for the one of this very deck."""
    own = stem.casefold()
    for file in sorted(out.glob(f"*{MANIFEST}")):
        other = file.name.removesuffix(MANIFEST).casefold()
        if not _may_share(own, other):  # nearly all, in a folder of many: they stay closed
            continue
        claim = _claim(file)
        if claim and (other != own or claim.deck not in deck.ids):
            yield claim


def _may_share(one: str, other: str) -> bool:
    """Tell whether files of two stems, both casefolded, can have one name."""
    return one == other or any(
        longer.startswith((f"{shorter}-", f"{shorter}."))
        for shorter, longer in ((one, other), (other, one))
    )


def _claim(file: Path) -> Claim | None:
    """Return what a manifest claims, None if that is nothing."""
    stem = file.name.removesuffix(MANIFEST)
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return None
        manifest = parsed(whole(file), CLAIMED)
    except OSError:
        return None
    if manifest is None:
        return None
    names = [name for name in manifest["files"] if name.startswith((f"{stem}-", f"{stem}."))]
    return Claim(file, manifest["deck"], tuple(name for name in names if name == Path(name).name))
