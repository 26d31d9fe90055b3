"""The files of one deck, as built or as downloaded -> whether they all come from one source.

The source is the one attached to each PDF; deck, text file, sheet and handouts are held against it,
fact by fact. What a PDF is, it says itself: its name may be another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckbuilder.briefly import count
from deckbuilder.manifests import MANIFEST, manifest_name
from deckbuilder.model import Deck, on_sheet
from deckbuilder.releases.manifest import (
    against_manifest,
    as_asked,
    as_released,
    other_builder,
)
from deckbuilder.releases.origin import origin_of, sources_in
from deckbuilder.releases.package import Package, read_package
from deckbuilder.releases.pdf import Print, read_pdf
from deckbuilder.releases.proof import (
    HandedOut,
    Mismatch,
    handed_out,
    handout_in,
    numbered,
    packed,
    printed,
    stamped,
)
from deckbuilder.releases.textfile import as_packed, as_written
from deckbuilder.releases.unreadable import UnreadableError
from deckbuilder.schema import HANDOUTS
from deckbuilder.slots import dataclass
from deckbuilder.stamp import Stamp, stamp_of

SUFFIXES = (".apkg", ".pdf", ".tsv", ".toml", MANIFEST)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the files of one deck hold, a line each, and what is not as it should be.

    `stamp`: what all of them should say of their origin, None if there is no source.
    """

    held: tuple[str, ...]
    mismatches: tuple[Mismatch, ...]
    stamp: Stamp | None = None


def verify(stem: str, files: Mapping[str, bytes]) -> Verdict:
    """Hold the files of one deck against each other and against their source.

    Args:
        stem: what their names begin with.
        files: the bytes of each, by name; those that `stems` puts together, and the list of a
            release that is beside them.
    """
    packages, prints, wrong = _opened(files)
    meant, flaws = origin_of(stem, dict(sources_in(stem, files, prints)))
    wrong += flaws
    if manifest_name(stem) in files:
        wrong += against_manifest(stem, files, packages, prints, meant)
    released = as_released(files)
    wrong += released.mismatches
    if meant is None:
        return Verdict(released.held, tuple(wrong))
    stamp = stamp_of(meant)
    held = [f"version {stamp.version} of {stamp.deck}, source {stamp.source}"]
    manifest = files.get(manifest_name(stem), b"")
    held += (*other_builder(manifest), *released.held)
    meant, asked = as_asked(meant, manifest)
    held += asked
    texts = {name: data for name, data in sorted(files.items()) if name.endswith(".tsv")}
    if not (packages or prints or texts):
        sentence = "There is no deck and no sheet that can be read: nothing of it was checked."
        wrong.append(Mismatch(stem, "", sentence))
    learned = packages.get(f"{stem}.apkg")
    deck = numbered(meant, learned) if learned else meant
    for line, found in (
        *_packages(stem, packages, meant),
        *_texts(texts, deck, learned),
        *_prints(stem, prints, deck, ordered=bool(learned)),
    ):
        held.append(line)
        wrong += found
    return Verdict(tuple(held), tuple(wrong), stamp)


def _opened(
    files: Mapping[str, bytes],
) -> tuple[dict[str, Package], dict[str, Print], list[Mismatch]]:
    """Return the packages and the PDFs that can be read, by name, and why others cannot."""
    packages: dict[str, Package] = {}
    prints: dict[str, Print] = {}
    wrong: list[Mismatch] = []
    for name, data in sorted(files.items()):
        try:
            if name.endswith(".apkg"):
                packages[name] = read_package(data)
            elif name.endswith(".pdf"):
                prints[name] = read_pdf(data)
        except UnreadableError as flaw:
            wrong.append(Mismatch(name, "", str(flaw)))
    return packages, prints, wrong


# ---------------------------------------------------------------------------- one file

Held = Iterator[tuple[str, Sequence[Mismatch]]]  # a line for each file, and what of it is not so


def _packages(stem: str, packages: Mapping[str, Package], deck: Deck) -> Held:
    """Hold each package against the source."""
    for name, package in packages.items():
        wrong = [*stamped(name, next(iter(package.decks.values()), ""), stamp_of(deck))]
        wrong += packed(name, package, deck, whole=name == f"{stem}.apkg")
        yield f"{name}: {count(len(package.notes), 'note')}", wrong


def _texts(texts: Mapping[str, bytes], deck: Deck, learned: Package | None) -> Held:
    """Hold each text file against the package; where there is none, against the source."""
    for name, data in texts.items():
        if learned:
            yield f"{name}: the same notes as text", [*as_packed(name, data, deck, learned)]
        else:
            unknown = "which notes it updates was not checked, as that is in the package"
            line = f"{name}: the same facts as text; {unknown}"
            yield line, [*as_written(name, data, deck)]


def _prints(stem: str, prints: Mapping[str, Print], deck: Deck, *, ordered: bool) -> Held:
    """Hold each sheet and handout against the source."""
    for name, paper in prints.items():
        found = _on_paper(stem, name, paper, deck, ordered=ordered)
        wrong = [*stamped(name, paper.keywords, stamp_of(deck)), *found.mismatches]
        yield _told(name, paper, found), wrong


def _on_paper(stem: str, name: str, paper: Print, deck: Deck, *, ordered: bool) -> HandedOut:
    """Return what a sheet or a handout holds, and what of it is not as it should be."""
    kind = handout_in(paper)
    if kind is None:  # which is told already
        return HandedOut(0, (), ())
    if kind:
        found = handed_out(name, paper, deck, ordered=ordered)
    else:
        lost = tuple(printed(name, paper, deck))
        found = HandedOut(len(on_sheet(deck)) - len({each.fact for each in lost} - {""}), (), lost)
    rest = name.removeprefix(stem)
    claimed = next((other for other in HANDOUTS if rest.startswith(f"-{other}")), kind)
    if claimed == kind:
        return found
    flaw = Mismatch(name, "", f"Its name says `{claimed}`, and it is {_called(kind)}.")
    return replace(found, mismatches=(*found.mismatches, flaw))


def _told(name: str, paper: Print, found: HandedOut) -> str:
    """Return the line on a sheet or a handout; which one it is, if its name does not say so."""
    kind = handout_in(paper)
    what = f", {_called(kind)}" if kind and f"-{kind}" not in name else ""
    line = f"{name}{what}: {count(found.facts, 'fact')} on {count(paper.pages, 'page')}"
    without = ", ".join(f"`{fact}`" for fact in found.without)
    return f"{line}, no room for {without}" if without else line


def _called(handout: str) -> str:
    return f"the handout `{handout}`" if handout else "the sheet"


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
