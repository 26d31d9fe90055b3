"""A source whose lock is lost, or was made anew -> how to have the one that knows the releases."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from deckbuilder.lock import Lock
from deckbuilder.model import Deck
from deckbuilder.problems import Obstacle
from deckbuilder.publishing.past import Release, tagged, unheard
from deckbuilder.publishing.shipped import Shipped

REPAIR = "deckbuilder lock --repair --from the package "
TAKE_BACK = "if it never went out, take its commit back: git revert"
FORGETS = "a new one does not know what learners have"


def not_there(
    root: Path, deck: Deck, known: Sequence[Release], shipped: Shipped | None, changelog: str
) -> Obstacle:
    """Return that a source has no lock, and what to do: to build one is right for drafts alone.

    Args:
        root: of the repository.
        deck: what the source holds.
        known: the releases that have a tag here.
        shipped: a package that learners have, if it is at hand.
        changelog: what it says.
    """
    said = f"{_lock(deck).name} is not there"
    if known:
        tag = _newest(known).tag
        hint = f"{had_again(root, deck, known)}; or: {_from(tag)}"
        return Obstacle(f"{said}, and {tag} went out: {FORGETS}", hint)
    if shipped:
        out = f"the package of {shipped.version}"
        return Obstacle(f"{said}, and {out} is out: {FORGETS}", _from(shipped.version))
    if here := tagged(root, deck):
        tag = here[-1][1]
        return Obstacle(f"{said}, and {tag} went out: {FORGETS}", _from(tag))
    if tag := unheard(changelog, deck, ()):
        hint = f"git fetch --tags; if it never had one: {REPAIR}that learners have"
        return Obstacle(f"{said}, and {tag} went out, says CHANGELOG.md: {FORGETS}", hint)
    return Obstacle(said, "deckbuilder build writes it")


def made_anew(root: Path, deck: Deck, lock: Lock, known: Sequence[Release]) -> Obstacle | None:
    """Return that a lock knows of no release, though what is checked out comes of one; else None.

    Whatever else is wrong with it comes of that.
    """
    joined = [release for release in known if release.joined]
    if lock.released or not joined:
        return None
    last, name = joined[-1], _lock(deck).name
    return Obstacle(
        f"{name} knows of no release, and {last.tag} went out: it was made anew, or taken back",
        f"{had_again(root, deck, known)}; or delete it, and: {_from(last.tag)}",
    )


def had_again(root: Path, deck: Deck, known: Sequence[Release]) -> str:
    """Return the commands by which what did not go out is built anew, on what did."""
    return f"{_back(root, deck, _newest(known))}, then deckbuilder build"


def dated_anew(root: Path, deck: Deck, known: Sequence[Release], shipped: Shipped | None) -> str:
    """Return the commands by which a build dates once more all that did not go out.

    `known`: the releases that did; `shipped`: a package that did, if it is at hand.
    """
    if any(release.joined for release in known):
        return had_again(root, deck, known)
    again = f", {_from(shipped.version)}" if shipped else ""
    return f"git rm {shlex.quote(_lock(deck).as_posix())}{again}, then deckbuilder build"


def _from(release: str) -> str:
    """Return the command that reads a lock out of what learners have of a release."""
    return f"{REPAIR}of {release} (the upgrade package, if it has one: that knows what was retired)"


def _newest(known: Sequence[Release]) -> Release:
    """Return the last release that is checked out, or that there is."""
    return ([release for release in known if release.joined] or known)[-1]


def _back(root: Path, deck: Deck, release: Release) -> str:
    """Return the command that has a lock as it was released, with all that it knew then."""
    file, then = _lock(deck), release.source.with_suffix(".lock")
    name = shlex.quote(file.as_posix())
    if then == file.resolve():
        return f"git checkout {release.tag} -- {name}"
    old = shlex.quote(f"{release.tag}:{then.relative_to(root).as_posix()}")
    return f"git show {old} > {name}"


def _lock(deck: Deck) -> Path:
    """Return the lock of a deck, by the name that people call its source."""
    return Path(deck.source.name).with_suffix(".lock")
