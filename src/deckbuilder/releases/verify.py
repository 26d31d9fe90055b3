"""The files of one deck, as built or as downloaded -> whether they all come from one source.

The source is the one attached to the sheets; deck, text file and handouts are held against it,
fact by fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from deckbuilder import __version__
from deckbuilder.briefly import count
from deckbuilder.digests import digest
from deckbuilder.model import Deck, in_deck, on_sheet
from deckbuilder.read import read_bytes
from deckbuilder.record import MANIFEST, manifest_name
from deckbuilder.releases.package import Package, read_package
from deckbuilder.releases.pdf import Print, read_pdf
from deckbuilder.releases.proof import (
    HandedOut,
    Mismatch,
    handed_out,
    listed,
    numbered,
    packed,
    printed,
    stamped,
)
from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.schema import PRINT, Key, Type
from deckbuilder.slots import dataclass
from deckbuilder.stamp import Stamp, stamp_of
from deckbuilder.writers.apkg.digest import content_digest

WORDED = tuple(key for key in PRINT if key.name in ("profile", "hide"))  # words depend on these
SUFFIXES = (".apkg", ".pdf", ".tsv", ".toml", MANIFEST)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the files of one deck hold, a line each, and what is not as it should be."""

    stem: str
    held: tuple[str, ...]
    mismatches: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The source that all should come from: the deck it gives, and the SHA-256 of its bytes."""

    deck: Deck
    digest: str

    @property
    def stamp(self) -> Stamp:
        """What every built file should say of its origin."""
        return stamp_of(self.deck)


def verify(stem: str, files: Mapping[str, bytes]) -> Verdict:
    """Hold the files of one deck against each other and against their source.

    Args:
        stem: what their names begin with.
        files: the bytes of each, by name; those that `stems` puts together.
    """
    wrong: list[Mismatch] = []
    packages: dict[str, Package] = {}
    prints: dict[str, Print] = {}
    for name, data in sorted(files.items()):
        try:
            if name.endswith(".apkg"):
                packages[name] = read_package(data)
            elif name.endswith(".pdf"):
                prints[name] = read_pdf(data)
        except UnreadableError as flaw:
            wrong.append(Mismatch(name, "", str(flaw)))
    sources = dict(_sources(stem, files, prints))
    origin, flaws = _origin(stem, sources)
    wrong += flaws
    if manifest_name(stem) in files:
        wrong += _manifest(stem, files, packages, prints, origin)
    if origin is None:
        return Verdict(stem, (), tuple(wrong))
    held = [f"version {origin.deck.version} of {origin.deck.id}, source {origin.stamp.source}"]
    manifest = files.get(manifest_name(stem), b"")
    held += _other_builder(manifest)
    origin, asked = _as_asked(origin, manifest)
    held += asked
    if not (packages or prints):
        sentence = "There is no deck and no sheet that can be read: nothing of it was checked."
        wrong.append(Mismatch(stem, "", sentence))
    learned = packages.get(f"{stem}.apkg")
    deck = numbered(origin.deck, learned) if learned else origin.deck
    for name, package in packages.items():
        own = name == f"{stem}.apkg"
        wrong += stamped(name, next(iter(package.decks.values()), ""), origin.stamp)
        wrong += packed(name, package, origin.deck, whole=own)
        held.append(f"{name}: {count(len(package.notes), 'note')}")
        if own and f"{stem}.tsv" in files:
            wrong += listed(f"{stem}.tsv", files[f"{stem}.tsv"], deck, package)
            held.append(f"{stem}.tsv: the same notes as text")
    for name, sheet in prints.items():
        wrong += stamped(name, sheet.keywords, origin.stamp)
        if name == f"{stem}.pdf":
            lost = tuple(printed(name, sheet, origin.deck))
            found = HandedOut(len(on_sheet(origin.deck)) - len(lost), (), lost)
        else:
            found = handed_out(name, sheet, deck)
        wrong += found.mismatches
        without = ", ".join(f"`{fact}`" for fact in found.without)
        said = f"{name}: {count(found.facts, 'fact')} on {count(sheet.pages, 'page')}"
        held.append(f"{said}, no room for {without}" if without else said)
    return Verdict(stem, tuple(held), tuple(wrong))


# ---------------------------------------------------------------------------- the source


def _sources(
    stem: str, files: Mapping[str, bytes], prints: Mapping[str, Print]
) -> Iterator[tuple[str, bytes | None]]:
    """Yield each file that has the source, and the source; None for one that should have it."""
    if f"{stem}.toml" in files:
        yield f"{stem}.toml", files[f"{stem}.toml"]
    for name in sorted(prints, key=lambda name: (name != f"{stem}.pdf", name)):
        sources = [d for n, d in prints[name].attached.items() if n.endswith(".toml")]
        yield name, sources[0] if len(sources) == 1 else None


def _origin(stem: str, sources: Mapping[str, bytes | None]) -> tuple[Origin | None, list[Mismatch]]:
    """Return the source of all, the first there is, and which of the others is another."""
    wrong = [
        Mismatch(name, "", "There is no source attached to it, or more than one.")
        for name, data in sources.items()
        if data is None
    ]
    there = {name: data for name, data in sources.items() if data is not None}
    if not there:
        sentence = "There is no source to hold the files against: no sheet that can be read has it."
        return None, [*wrong, Mismatch(stem, "", sentence)]
    first, *others = there
    wrong += [
        Mismatch(name, "", f"Its source is not the one of {first}.")
        for name in others
        if there[name] != there[first]
    ]
    deck, problems = read_bytes(there[first], first)
    if deck is None:
        sentence = f"Its source cannot be read by deckbuilder {__version__}: {problems[0].message}"
        return None, [*wrong, Mismatch(first, "", f"{sentence}.")]
    return Origin(deck, digest(there[first])), wrong


# ---------------------------------------------------------------------------- the manifest


def _manifest(
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


def _other_builder(manifest: bytes) -> Iterator[str]:
    """Yield a line if another deckbuilder built the files: it may have set them otherwise."""
    try:
        built_by = json.loads(manifest)["deckbuilder"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return
    if built_by != __version__:
        yield f"built by deckbuilder {built_by}, read by {__version__}: flaws may come from that"


def _as_asked(origin: Origin, manifest: bytes) -> tuple[Origin, list[str]]:
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


# ---------------------------------------------------------------------------- names


def stems(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the files of each deck in a folder, by the beginning of their names.

    `STEM-quiz.pdf` goes with `STEM.apkg`, unless it has a package or a manifest of its own.
    """
    known = sorted(name for name in names if name.endswith(SUFFIXES))
    suffixes: dict[str, set[str]] = {}
    for name in known:
        stem, suffix = _split(name)
        suffixes.setdefault(stem, set()).add(suffix)
    own: set[str] = set()
    for stem in sorted(suffixes, key=len):
        if {".apkg", ".pdf"} <= suffixes[stem] or MANIFEST in suffixes[stem] or not _of(stem, own):
            own.add(stem)
    found: dict[str, list[str]] = {}
    for name in known:
        found.setdefault(_of(_split(name)[0], own), []).append(name)
    return found


def _split(name: str) -> tuple[str, str]:
    suffix = next(end for end in SUFFIXES if name.endswith(end))
    return name.removesuffix(suffix), suffix


def _of(stem: str, own: Iterable[str]) -> str:
    """Return the longest of the names that a file's name begins with."""
    heads = [name for name in own if stem == name or stem.startswith(f"{name}-")]
    return max(heads, key=len, default="")
