"""A repository and its tags -> what was released of a deck, whatever its source was called then."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from deckbuilder.digests import digest
from deckbuilder.lock import Lock, decks_in, known_by, parse_lock
from deckbuilder.media.medium import NOTHING, Asset
from deckbuilder.model import Deck, Fact
from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.publishing.built import AsBuilt, built_of
from deckbuilder.publishing.changelog import versions
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.publishing.version import tag_of, version_in
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
class Last:
    """The release that learners have. `source`: its file, absolute, where it was then."""

    tag: str
    version: str
    source: Path
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
        then = _source_at(root, tag, source, deck)
        data = git.content(root, tag, then.with_suffix(".lock")) if then else None
        lock, _ = parse_lock(data or b"", "lock", deck.id, deck.was)
        if then and lock:
            found.append(Release(tag, version, then, lock, row in joined))
    return tuple(found)


def last_release(root: Path, deck: Deck, source: Path, but: str = "") -> Last | Obstacle | None:
    """Return the newest release that the checked-out commit comes from; None before the first.

    Args:
        root: of the repository.
        deck: as it is now.
        source: its file, absolute.
        but: a version that does not count.
    """
    found = [row for row in tagged(root, deck, "--merged", "HEAD") if row[2] != but]
    if not found:
        return None
    _, tag, version = max(found)
    then = _source_at(root, tag, source, deck)
    if then is None:
        hint = f"give source and lock the name and the folder that they have in {tag}"
        said = f"the source of {tag} is not found: no lock in it names the deck, or several do"
        return Obstacle(said, hint)
    data, lock = (git.content(root, tag, f) or b"" for f in (then, then.with_suffix(".lock")))
    built = built_of(data, lock, then.name)
    if built is None:
        hint = f"git show {tag} tells what it holds; the deckbuilder that released it reads it"
        return Obstacle(f"what was released as {tag} cannot be read", hint)
    return Last(tag, version, then, built)


def shown_then(root: Path, last: Last) -> AsBuilt:
    """Return a release as it was built, with the digests of its pictures and sounds.

    They are at its tag; of one that is not, its path is all that is known.
    """
    known: dict[str, Asset] = {}

    def read(asset: Asset) -> Asset:
        if asset.path not in known:
            file = Path(os.path.normpath(last.source.parent / asset.path))
            data = git.content(root, last.tag, file)
            known[asset.path] = asset if data is None else replace(asset, digest=digest(data))
        return known[asset.path]

    def shown(fact: Fact) -> Fact:
        image, audio = (asset and read(asset) for asset in (fact.media.image, fact.media.audio))
        return replace(fact, media=replace(fact.media, image=image, audio=audio))

    deck = last.built.deck
    facts = tuple(fact if fact.media == NOTHING else shown(fact) for fact in deck.facts)
    return replace(last.built, deck=replace(deck, facts=facts))


def _source_at(root: Path, tag: str, source: Path, deck: Deck) -> Path | None:
    """Return the file that was the source of a deck at a tag: its lock names the deck.

    It has the name that it has now, or is the only one that can be meant.
    """

    def is_ours(lock: Path) -> bool:
        named = decks_in(git.content(root, tag, lock) or b"")
        return not named.isdisjoint(deck.ids)

    if is_ours(source.with_suffix(".lock")):
        return source
    there = set(git.held(root, tag, root))
    locks = (file for file in sorted(there) if file.suffix == ".lock")
    found = [file for file in locks if file.with_suffix(".toml") in there and is_ours(file)]
    return found[0].with_suffix(".toml") if len(found) == 1 else None


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


def is_skipped(shipped: Shipped, last: Last, known: Sequence[Release]) -> bool:
    """Tell whether a package is of a release before the last one, and the last one comes of it."""
    sold = {known_by(*row): row[1].digest for row in shipped.lock.lines.items()}
    for release in known:
        out = {known_by(*row): row[1].digest for row in release.lock.lines.items()}
        if release.joined and release.version == shipped.version and release.tag != last.tag:
            return numbers(shipped.version) < numbers(last.version) and sold.items() <= out.items()
    return False
