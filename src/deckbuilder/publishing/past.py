"""A repository and its tags -> what was released of a deck, whatever its source was called then."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from deckbuilder.digests import digest
from deckbuilder.lock import Lock, decks_in, known_by, parse_lock
from deckbuilder.media.medium import NOTHING, Asset
from deckbuilder.model import Deck, Fact
from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.publishing.built import AsBuilt, built
from deckbuilder.publishing.changelog import versions
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.publishing.version import tag_of, version_in
from deckbuilder.read import read_bytes
from deckbuilder.slots import dataclass
from deckbuilder.versions import numbers


@dataclass(frozen=True, slots=True)
class Release:
    """A release that has a tag here.

    `source`: its file, absolute, where it was then; `joined`: what is checked out comes of it.
    """

    tag: str
    version: str
    source: Path
    lock: Lock
    joined: bool


@dataclass(frozen=True, slots=True)
class Before:
    """The release before, and what was built of it."""

    release: Release
    built: AsBuilt


def tagged(root: Path, deck: Deck, *where: str) -> list[tuple[tuple[int, ...], str, str]]:
    """Return all releases of a deck that have a tag here, as numbers, tag and version.

    `where` narrows them, as `--merged HEAD` does.
    """
    found = []
    for name in deck.ids:
        for tag in git.tags(root, tag_of(name, "*"), *where):
            version = version_in(tag)
            if key := numbers(version):
                found.append((key, tag, version))
    return sorted(found)


def releases(root: Path, source: Path, deck: Deck) -> tuple[Release, ...]:
    """Return all releases of a deck whose tag is here and whose lock can be read, the oldest first.

    Args:
        root: of the repository.
        source: the file as it is now, absolute.
        deck: what it holds.
    """
    found = []
    joined = tagged(root, deck, "--merged", "HEAD")
    for row in tagged(root, deck):
        _, tag, version = row
        if there := _source_at(root, tag, source, deck):
            then, data = there
            lock, _ = parse_lock(data, "lock", deck.id, deck.was)
            if lock:
                found.append(Release(tag, version, then, lock, row in joined))
    return tuple(found)


def release_before(
    root: Path, source: Path, deck: Deck, known: Sequence[Release], but: str = ""
) -> Before | Obstacle | None:
    """Return the newest release that the checked-out commit comes from; None before the first.

    Args:
        root: of the repository.
        source: the file as it is now, absolute.
        deck: what it holds.
        known: its releases that can be found.
        but: a version that does not count.
    """
    found = [row for row in tagged(root, deck, "--merged", "HEAD") if row[2] != but]
    if not found:
        return None
    tag = found[-1][1]
    release = next((release for release in known if release.tag == tag), None)
    if release is None and _source_at(root, tag, source, deck) is None:
        hint = f"give source and lock the name and the folder that they have in {tag}"
        said = f"the source of {tag} is not found: no lock in it names the deck, or several do"
        return Obstacle(said, hint)
    then = built_at(root, release) if release else None
    if release is None or then is None:
        hint = f"git show {tag} tells what it holds; the deckbuilder that released it reads it"
        return Obstacle(f"what was released as {tag} cannot be read", hint)
    return Before(release, then)


def built_at(root: Path, release: Release) -> AsBuilt | None:
    """Return a release as it was built; None if it cannot be read."""
    source = git.content(root, release.tag, release.source) or b""
    deck, _ = read_bytes(source, release.source.name)
    return built(deck, release.lock) if deck else None


def shown_then(root: Path, before: Before) -> AsBuilt:
    """Return a release as it was built, with the digests of its pictures and sounds.

    They are at its tag; of one that is not, its path is all that is known.
    """
    known: dict[str, Asset] = {}
    tag, folder = before.release.tag, before.release.source.parent

    def read(asset: Asset) -> Asset:
        if asset.path not in known:
            data = git.content(root, tag, Path(os.path.normpath(folder / asset.path)))
            known[asset.path] = asset if data is None else replace(asset, digest=digest(data))
        return known[asset.path]

    def shown(fact: Fact) -> Fact:
        image, audio = (asset and read(asset) for asset in (fact.media.image, fact.media.audio))
        return replace(fact, media=replace(fact.media, image=image, audio=audio))

    deck = before.built.deck
    facts = tuple(fact if fact.media == NOTHING else shown(fact) for fact in deck.facts)
    return replace(before.built, deck=replace(deck, facts=facts))


def _source_at(root: Path, tag: str, source: Path, deck: Deck) -> tuple[Path, bytes] | None:
    """Return the file that was the source of a deck at a tag, and its lock: that names the deck.

    It has the name that it has now, or is the only one that can be meant.
    """

    def is_ours(lock: bytes) -> bool:
        return not decks_in(lock).isdisjoint(deck.ids)

    own = git.content(root, tag, source.with_suffix(".lock")) or b""
    if is_ours(own):
        return source, own
    found = [(file, lock) for file, lock in locks_at(root, tag) if is_ours(lock)]
    return found[0] if len(found) == 1 else None


def locks_at(root: Path, revision: str) -> Iterator[tuple[Path, bytes]]:
    """Yield each source of a revision that has a lock beside it, and that lock."""
    there = set(git.held(root, revision, root))
    for file in sorted(there):
        if file.suffix == ".lock" and file.with_suffix(".toml") in there:
            yield file.with_suffix(".toml"), git.content(root, revision, file) or b""


def unheard(said: str, deck: Deck, here: Sequence[str]) -> str:
    """Return the newest release that a changelog tells of and that is not here, by its tag.

    It is "" where a later one is. Two releases of one number, made apart, are two.

    Args:
        said: the changelog.
        deck: as it is now.
        here: the versions of all releases that are.
    """
    told = [(v, tag_of(name, v)) for name in deck.ids for v in versions(said, name)]
    left = Counter(version for version, _ in told) - Counter(here)
    newest = max(left, key=numbers, default="")
    if not newest or numbers(newest) < max(map(numbers, here), default=()):
        return ""
    return next(tag for version, tag in told if version == newest)


def dates(
    root: Path | None, deck: Deck, known: Sequence[Release], shipped: Shipped | None, said: str
) -> tuple[Lock, ...]:
    """Return the locks of all that went out; none where one may be missing whose dates count.

    One may be where changelog or source name a version that is greater than all that are here: that
    of the source may be the next, but who went without `release` has told it nowhere else. Those of
    releases that the last one comes of do not count: it has later ones, if any.

    Args:
        root: of the repository, if there is one.
        deck: what its source holds.
        known: the releases that have a tag here.
        shipped: a package that learners have, if it is at hand.
        said: the changelog, which names each release.
    """
    here = [release.version for release in known] + ([shipped.version] if shipped else [])
    newest = max(map(numbers, here), default=())
    if newest < numbers(deck.version) or unheard(said, deck, here):
        return ()
    elsewhere = tagged(root, deck, "--no-merged", "HEAD") if root else []
    if not {tag for _, tag, _ in elsewhere} <= {release.tag for release in known}:
        return ()
    return (*(release.lock for release in known), *([shipped.lock] if shipped else []))


def is_skipped(shipped: Shipped, last: Release, known: Sequence[Release]) -> bool:
    """Tell whether a package is of a release before the last one, and the last one comes of it."""
    sold = {known_by(*row): row[1].digest for row in shipped.lock.lines.items()}
    for release in known:
        out = {known_by(*row): row[1].digest for row in release.lock.lines.items()}
        if release.joined and release.version == shipped.version and release.tag != last.tag:
            return numbers(shipped.version) < numbers(last.version) and sold.items() <= out.items()
    return False
