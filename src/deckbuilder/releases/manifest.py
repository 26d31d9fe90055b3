"""What a build, or a release, wrote down of its files -> what of it is not so, or was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from deckbuilder import __version__
from deckbuilder.briefly import count
from deckbuilder.digests import digest
from deckbuilder.model import in_deck, on_sheet
from deckbuilder.record import CONTENTS, manifest_name
from deckbuilder.releases.origin import Origin
from deckbuilder.releases.package import Package
from deckbuilder.releases.pdf import Print
from deckbuilder.releases.proof import Mismatch
from deckbuilder.schema import PRINT, Key, Type
from deckbuilder.slots import dataclass
from deckbuilder.writers.apkg.digest import content_digest

WORDED = tuple(key for key in PRINT if key.name in ("profile", "hide"))  # words depend on these


def against_manifest(
    stem: str,
    files: Mapping[str, bytes],
    packages: Mapping[str, Package],
    prints: Mapping[str, Print],
    origin: Origin | None,
) -> Iterator[Mismatch]:
    """Yield what a manifest says that is not so."""
    name, apkg, pdf = manifest_name(stem), f"{stem}.apkg", f"{stem}.pdf"
    try:
        manifest: Any = json.loads(files[name])
        built = {str(file): str(entry["sha256"]) for file, entry in manifest["files"].items()}
        said = {
            "deck": manifest["deck"],
            "version": manifest["version"],
            "source": manifest["source"]["sha256"],
            "number of facts in the deck": manifest["facts"]["deck"],
            "number of facts on the sheet": manifest["facts"]["sheet"],
            "number of pages": manifest["pages"],
            "content of the package": manifest["content"],
        }
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        yield Mismatch(name, "", "This is no manifest of deckbuilder.")
        return
    for file, kept in built.items():
        if file not in files:
            yield Mismatch(file, "", "It was built, says the manifest, and is not here.")
        elif digest(files[file]) != kept:
            yield Mismatch(file, "", "It is not the file that was built: its digest is another.")
    facts: dict[str, Any] = {}
    if origin:
        facts |= {
            "deck": origin.deck.id,
            "version": origin.deck.version,
            "source": origin.digest,
            "number of facts in the deck": len(in_deck(origin.deck)),
            "number of facts on the sheet": len(on_sheet(origin.deck)),
        }
    if pdf in prints:
        facts["number of pages"] = prints[pdf].pages
    if apkg in packages:
        facts["content of the package"] = content_digest(files[apkg])
    for what, true in facts.items():
        if said[what] != true:
            yield Mismatch(name, "", f"The {what} is not {said[what]}, but {true}.")


@dataclass(frozen=True, slots=True)
class Released:
    """What the list of a release says of the files that are here, and what of it is not so."""

    held: tuple[str, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()


def as_released(files: Mapping[str, bytes]) -> Released:
    """Hold files against the list of a release; those that are not here were not downloaded."""
    try:
        listed = json.loads(files[CONTENTS])["files"]
        kept = {name: str(listed[name]["sha256"]) for name in files if name in listed}
    except (ValueError, LookupError, TypeError, RecursionError):
        return Released()  # there is none, or it is of something else
    sentence = "It is not the file that was released: its digest is another."
    wrong = [Mismatch(name, "", sentence) for name in kept if digest(files[name]) != kept[name]]
    said = f"{CONTENTS}: {count(len(kept), 'file')} as released"
    return Released((said,) if kept and not wrong else (), tuple(wrong))


def other_builder(manifest: bytes) -> Iterator[str]:
    """Yield a line if another deckbuilder built the files: it may have set them otherwise."""
    try:
        built_by = json.loads(manifest)["deckbuilder"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return
    if built_by != __version__:
        yield f"built by deckbuilder {built_by}, read by {__version__}: flaws may come from that"


def as_asked(origin: Origin, manifest: bytes) -> tuple[Origin, list[str]]:
    """Return the origin with what its build was asked for besides, and a line that tells it.

    It is the manifest's word, so it counts only for what a source may ask for, too: whatever it
    says, each word is still one of the source's.
    """
    try:
        told = json.loads(manifest)
        given = told["record"]["options"]["printing"]
        own = told["source"]["sha256"] == origin.digest
        asked = {key.name: _chosen(key, given[key.name]) for key in WORDED if key.name in given}
    except (ValueError, LookupError, TypeError, RecursionError):
        return origin, []
    deck = origin.deck
    other = {name: value for name, value in asked.items() if value != getattr(deck.printing, name)}
    if not own or None in other.values() or not other:
        return origin, []
    said = "; ".join(f"{name} {_listed(value)}" for name, value in other.items())
    deck = replace(deck, printing=replace(deck.printing, **other))
    line = f"printed as the build was asked, not the source: {said}"
    return replace(origin, deck=deck), [line]


def _chosen(key: Key, value: Any) -> Any:
    """Return a value of a manifest as a source has it; None if no source may ask for it."""
    if key.type is not Type.CHOICES:
        return value if isinstance(value, str) and value in key.choices else None
    known = isinstance(value, list) and all(isinstance(v, str) and v in key.choices for v in value)
    return tuple(value) if known else None


def _listed(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value) or "nothing"
