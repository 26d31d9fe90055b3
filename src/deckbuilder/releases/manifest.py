"""What a build, or a release, wrote down of its files -> what of it is not so, or was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from deckbuilder import __version__
from deckbuilder.briefly import count
from deckbuilder.digests import digest
from deckbuilder.manifests import CONTENTS, manifest_name, parsed
from deckbuilder.model import Deck, in_deck, on_sheet
from deckbuilder.releases.package import Package
from deckbuilder.releases.pdf import Print
from deckbuilder.releases.proof import Mismatch
from deckbuilder.schema import PRINT, Key, Type
from deckbuilder.slots import dataclass
from deckbuilder.writers.apkg.digest import content_digest

WORDED = tuple(key for key in PRINT if key.name in ("profile", "hide"))  # words depend on these
ANY = str | int  # what is not so is told, whatever it is
BUILT = {
    "deck": ANY,
    "version": ANY,
    "source": {"sha256": ANY},
    "facts": {"deck": ANY, "sheet": ANY},
    "pages": ANY,
    "content": ANY,
    "files": {str: {"sha256": str}},
}
LIST = {"files": {str: {"sha256": str}}}
ASKED = {"source": {"sha256": str}, "record": {"options": {"printing": dict}}}


def against_manifest(
    stem: str,
    files: Mapping[str, bytes],
    packages: Mapping[str, Package],
    prints: Mapping[str, Print],
    deck: Deck | None,
) -> Iterator[Mismatch]:
    """Yield what a manifest says that is not so."""
    name = manifest_name(stem)
    manifest = parsed(files[name], BUILT)
    if manifest is None:
        yield Mismatch(name, "", "This is no manifest of deckbuilder.")
        return
    for file, entry in manifest["files"].items():
        if file not in files:
            yield Mismatch(file, "", "It was built, says the manifest, and is not here.")
        elif digest(files[file]) != entry["sha256"]:
            yield Mismatch(file, "", "It is not the file that was built: its digest is another.")
    for what, said, true in _facts(stem, manifest, files, packages, prints, deck):
        if said != true:
            yield Mismatch(name, "", f"The {what} is not {said}, but {true}.")


def _facts(
    stem: str,
    manifest: Mapping[str, Any],
    files: Mapping[str, bytes],
    packages: Mapping[str, Package],
    prints: Mapping[str, Print],
    deck: Deck | None,
) -> Iterator[tuple[str, object, object]]:
    """Yield what a manifest tells of, what it says of that, and what is so, where it is known."""
    apkg, pdf, facts = f"{stem}.apkg", f"{stem}.pdf", manifest["facts"]
    if deck:
        yield "deck", manifest["deck"], deck.id
        yield "version", manifest["version"], deck.version
        yield "source", manifest["source"]["sha256"], digest(deck.source.data)
        yield "number of facts in the deck", facts["deck"], len(in_deck(deck))
        yield "number of facts on the sheet", facts["sheet"], len(on_sheet(deck))
    if pdf in prints:
        yield "number of pages", manifest["pages"], prints[pdf].pages
    if apkg in packages:
        yield "content of the package", manifest["content"], content_digest(files[apkg])


@dataclass(frozen=True, slots=True)
class Released:
    """What the list of a release says of the files that are here, and what of it is not so."""

    held: tuple[str, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()


def as_released(files: Mapping[str, bytes]) -> Released:
    """Hold files against the list of a release; those that are not here were not downloaded."""
    listing = parsed(files.get(CONTENTS, b""), LIST)
    if listing is None:
        return Released()  # there is none, or it is of something else
    listed = listing["files"]
    kept = {name: listed[name]["sha256"] for name in files if name in listed}
    sentence = "It is not the file that was released: its digest is another."
    wrong = [Mismatch(name, "", sentence) for name in kept if digest(files[name]) != kept[name]]
    said = f"{CONTENTS}: {count(len(kept), 'file')} as released"
    return Released((said,) if kept and not wrong else (), tuple(wrong))


def other_builder(manifest: bytes) -> Iterator[str]:
    """Yield a line if another deckbuilder built the files: it may have set them otherwise."""
    said = parsed(manifest, {"deckbuilder": str})
    if said and said["deckbuilder"] != __version__:
        by = f"built by deckbuilder {said['deckbuilder']}, read by {__version__}"
        yield f"{by}: flaws may come from that"


def as_asked(deck: Deck, manifest: bytes) -> tuple[Deck, list[str]]:
    """Return the deck with what its build was asked for besides, and a line that tells it.

    It is the manifest's word, so it counts only for what a source may ask for, too: whatever it
    says, each word is still one of the source's.
    """
    told = parsed(manifest, ASKED)
    if told is None or told["source"]["sha256"] != digest(deck.source.data):
        return deck, []
    given = told["record"]["options"]["printing"]
    asked = {key.name: _chosen(key, given[key.name]) for key in WORDED if key.name in given}
    other = {name: value for name, value in asked.items() if value != getattr(deck.printing, name)}
    if None in other.values() or not other:
        return deck, []
    said = "; ".join(f"{name} {_listed(value)}" for name, value in other.items())
    line = f"printed as the build was asked, not the source: {said}"
    return replace(deck, printing=replace(deck.printing, **other)), [line]


def _chosen(key: Key, value: Any) -> Any:
    """Return a value of a manifest as a source has it; None if no source may ask for it."""
    if key.type is not Type.CHOICES:
        return value if isinstance(value, str) and value in key.choices else None
    known = isinstance(value, list) and all(isinstance(v, str) and v in key.choices for v in value)
    return tuple(value) if known else None


def _listed(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value) or "nothing"
