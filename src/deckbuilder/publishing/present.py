"""A repository as it is checked out -> what is not committed, changelog, lock, dates that count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from io import StringIO
from pathlib import Path

from deckbuilder.briefly import some
from deckbuilder.brought import known_lock
from deckbuilder.lock import Lock, decks_in
from deckbuilder.model import Deck
from deckbuilder.opened import whole
from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.publishing.changelog import is_addressed
from deckbuilder.publishing.elsewhere import committed
from deckbuilder.publishing.past import dates, locks_at, releases
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.publishing.version import deck_in, tag_of
from deckbuilder.record import assets
from deckbuilder.updates import update

CHANGELOG = "CHANGELOG.md"


def repository(source: Path) -> Path | Obstacle:
    """Return the folder of the repository of a source (absolute), or why it tells no releases."""
    root = git.root_of(source.parent)
    if isinstance(root, Path) and git.is_shallow(root):
        said = f"{root} is a shallow clone: it does not know of which releases the deck comes"
        return Obstacle(said, "git fetch --unshallow --tags")
    return root


def uncommitted(root: Path) -> Iterator[Obstacle]:
    """Yield that not all is committed of a repository, if it is so: a release is a commit."""
    if names := git.unclean(root):
        yield Obstacle(f"not everything is committed: {some(names)}", "commit or remove it first")


def unlike(root: Path, source: Path, deck: Deck) -> Iterator[tuple[str, bool]]:
    """Yield the files of a deck that are committed with other line ends; whether git may make them.

    Args:
        root: of the repository.
        source: the file, absolute.
        deck: what it holds.
    """
    own = {source, source.with_suffix(".lock")}
    own |= {source.parent / asset.path for asset in assets(deck)}
    for file, data in committed(root, "HEAD", source):
        if file in own and file.exists() and whole(file) != data:
            name = file.relative_to(source.parent).as_posix()
            yield name, not git.has_plain_ends(root, file)


def current_changelog(root: Path) -> tuple[str, list[Obstacle]]:
    """Return the changelog of a repository ("" if there is none), or why it cannot be read."""
    file = root / CHANGELOG
    try:
        said = whole(file).decode() if file.exists() else ""
        return StringIO(said, newline=None).read(), []  # lines end in one way
    except UnicodeDecodeError:
        return "", [Obstacle(f"{CHANGELOG} is not UTF-8", "save it in UTF-8, and commit it")]


def other_decks(root: Path, deck: Deck) -> tuple[str, ...]:
    """Return the ids of the other decks of a repository: each has a lock beside its source."""
    found = {name for _, names in _sources(root) for name in names}
    return tuple(sorted(found.difference(deck.ids)))


def tagged_here(root: Path) -> tuple[Path, ...]:
    """Return the sources, in whatever folder, of decks that a tag of what is checked out names."""
    tags = git.tags(root, tag_of("*", "*"), "--points-at", "HEAD")
    return tuple(file for file, names in _sources(root) if names & {*map(deck_in, tags)})


def _sources(root: Path) -> Iterator[tuple[Path, Set[str]]]:
    """Return each source that is committed with a lock, and the ids of its deck that this names."""
    locks = locks_at(root, "HEAD") if git.head(root) else ()
    return ((source, decks_in(lock)) for source, lock in locks)


def unaddressed(changelog: str, deck: Deck, others: Sequence[str]) -> Iterator[Obstacle]:
    """Yield that the changelog does not tell which of several decks something is about."""
    if others and not is_addressed(changelog, (deck.id, *others)):
        yield Obstacle(
            f"{CHANGELOG} does not say which deck its lines under Unreleased are about",
            "there are several: head what is about one with its id, as in"
            f" `### {deck.id}`, and what is about none with `### Tool`",
        )


def current_lock(source: Path, deck: Deck) -> Lock | Obstacle | None:
    """Return the lock of a source, or that it does not fit; None where there is none.

    `deck`: what the source holds, without anything that the lock refuses.
    """
    lock, _, data = known_lock(source, deck)
    if lock is None or not data:
        return None
    made, _ = update(deck, lock, 1, break_schema=False)
    if made.lock == lock:
        return lock
    hint = "run deckbuilder build, and commit the lock"
    return Obstacle(f"{source.with_suffix('.lock').name} does not fit the source", hint)


def dates_out(source: Path, deck: Deck, shipped: Shipped) -> tuple[Lock, ...]:
    """Return the locks whose dates count; where there is no repository, that of a package alone.

    Args:
        source: the file, absolute.
        deck: what it holds.
        shipped: the package that learners have.
    """
    root = git.root_of(source.parent)
    if isinstance(root, Obstacle):
        return dates(None, deck, (), shipped, "")
    said, _ = current_changelog(root)
    return dates(root, deck, releases(root, source, deck), shipped, said)
