"""A released commit -> the files to give away, once everything about them has been checked."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from deckbuilder.briefly import some
from deckbuilder.digests import digest
from deckbuilder.files import publish
from deckbuilder.lock import Lock
from deckbuilder.manifests import CONTENTS, MANIFEST, listed, manifest_name, parsed, written
from deckbuilder.model import Deck
from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.publishing.changelog import section, without_tool
from deckbuilder.publishing.elsewhere import SURROUNDINGS, built_elsewhere
from deckbuilder.publishing.past import Last, Release, last_release, releases
from deckbuilder.publishing.present import CHANGELOG, current_changelog, current_lock, uncommitted
from deckbuilder.publishing.promises import broken
from deckbuilder.publishing.rehearsal import REPORT, flaws, rehearse
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.publishing.skipped import left_to_do
from deckbuilder.publishing.texts import ankiweb, is_for_older, release_notes
from deckbuilder.publishing.version import tag_of
from deckbuilder.slots import dataclass

SUMS = "SHA256SUMS"
AS_RELEASED = ("--frozen", "--strict")
PREPARE = "deckbuilder release prepares a release"


def tagged_here(root: Path, decks: Mapping[Path, Deck]) -> list[Path]:
    """Return the sources whose release is the commit that is checked out."""
    here = git.tags(root, "*", "--points-at", "HEAD")
    return [source for source, deck in decks.items() if tag_of(deck.id, deck.version) in here]


@dataclass(frozen=True, slots=True)
class Ready:
    """A deck that can be given away as it is, and what was found out about it on the way.

    `source`: its file, absolute; `said`: what the changelog says of it to learners; `last`: the
    release before it; `known`: all releases that have a tag here; `shipped`: the package that
    learners have, if it is at hand.
    """

    root: Path
    source: Path
    deck: Deck
    said: str
    lock: Lock
    last: Last | None
    known: tuple[Release, ...]
    shipped: Shipped | None


def ready(source: Path, deck: Deck, shipped: Shipped | None) -> Ready | tuple[Obstacle, ...]:
    """Return a deck as it can be given away, or all that forbids it.

    Args:
        source: its file, absolute.
        deck: what it holds, without an error or a warning.
        shipped: the package that learners have, if it is at hand.
    """
    root = git.root_of(source.parent)
    if isinstance(root, Obstacle):
        return (root,)
    obstacles = [*uncommitted(root)]
    whole, flaws = current_changelog(root)
    obstacles += flaws
    said = section(whole, deck.id, deck.version) or ""
    if not flaws and not said:
        told = f"{CHANGELOG} has no part for {deck.id} {deck.version}"
        obstacles.append(Obstacle(told, PREPARE))
    tag = tag_of(deck.id, deck.version)
    if git.tags(root, tag) and not git.tags(root, tag, "--points-at", "HEAD"):
        hint = f"git checkout {tag}, or: {PREPARE}"
        obstacles.append(Obstacle(f"{tag} is another commit", hint))
    lock, flaws = current_lock(source, deck)
    obstacles += flaws
    if lock is None:
        return tuple(obstacles)
    obstacles += _drafts(lock)
    last = last_release(root, deck, source, deck.version)
    if isinstance(last, Obstacle):
        return (*obstacles, last)
    known = releases(root, source, deck)
    before = (last.tag, last.built.lock) if last else None
    obstacles += broken(root, source, deck, lock, before, known, shipped, deck.version)
    if obstacles:
        return tuple(obstacles)
    return Ready(root, source, deck, without_tool(said), lock, last, known, shipped)


def _drafts(lock: Lock) -> Iterator[Obstacle]:
    drafts = sorted(fact or kind for (fact, kind), line in lock.lines.items() if not line.since)
    if drafts:
        yield Obstacle(f"the lock has no release for {some(drafts)}", PREPARE)


# ---------------------------------------------------------------------------- packing


def pack(release: Ready, out: Path) -> Mapping[str, bytes] | tuple[Obstacle, ...]:
    """Build a deck twice, compare, try the update, verify; put the files into their own folder.

    Args:
        release: what is to be packed.
        out: the folder; what an earlier release left there goes.

    Raises:
        OSError: a file cannot be read or written.
    """
    root, source = release.root, release.source
    there = {file.name for file in out.iterdir()} if out.exists() else set()
    if not there <= _packed(out):
        return (
            Obstacle(f"{out} holds something else", "name another folder with -o, or empty it"),
        )
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for n, surroundings in enumerate(SURROUNDINGS):
            place = Path(folder, f"build {n}")
            built = built_elsewhere(root, "HEAD", source, place, AS_RELEASED, surroundings)
            if isinstance(built, str):
                told = f"{source.name} does not build from what is committed"
                return (Obstacle(told, built),)
            made.append(built)
        differ = sorted(n for n in {**made[0], **made[1]} if made[0].get(n) != made[1].get(n))
        if differ:
            return (Obstacle(f"two builds of one source differ in {', '.join(differ)}", REPORT),)
        new = made[0][f"{source.stem}.apkg"]
    last, known, shipped = release.last, release.known, release.shipped
    lost = tuple(rehearse(root, last, known, shipped, new, release.lock))
    if lost:
        return lost
    files = _named(release, made[0])
    wrong = tuple(flaws(files))
    if wrong:
        return wrong
    publish(out, files, source.stem, sorted(there - files.keys()))
    return files


def _packed(out: Path) -> set[str]:
    """Return the names of the files in a folder that a release was packed into, if one was."""
    try:
        listing = parsed((out / CONTENTS).read_bytes(), {"files": {str: object}})
    except OSError:
        return set()
    names = (CONTENTS, SUMS, *listing["files"]) if listing else ()
    return {name for name in names if (out / name).is_file()}


def _named(release: Ready, built: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return all files of a release by their names, the sums last."""
    root, source, deck, said = release.root, release.source, release.deck, release.said
    stem = f"{deck.id}-{deck.version}"
    own = parsed(built[manifest_name(source.stem)], dict)
    files = {
        stem + name.removeprefix(source.stem): data
        for name, data in built.items()
        if not name.endswith(MANIFEST)
    }
    known, shipped = release.known, release.shipped
    left = left_to_do(root, deck, release.lock, release.last, known, shipped)
    files |= {
        f"{stem}.toml": git.content(root, "HEAD", source) or b"",
        f"{stem}.lock": git.content(root, "HEAD", source.with_suffix(".lock")) or b"",
        "RELEASE_NOTES.md": release_notes(deck, said, sorted(files), left).encode(),
    }
    if not is_for_older(deck, said):  # a shared deck has one release, the newest
        files["ankiweb.txt"] = ankiweb(deck, said, left).encode()
    manifest = {
        **{name: own[name] for name in ("deckbuilder", "deck", "version")},
        "tag": tag_of(deck.id, deck.version),
        "commit": git.head(root),
        **{name: own[name] for name in ("source", "lock", "content", "facts", "pages")},
        "files": listed({name: (digest(data), len(data)) for name, data in sorted(files.items())}),
    }
    files[CONTENTS] = written(manifest)
    files[SUMS] = "".join(f"{digest(d)}  {name}\n" for name, d in sorted(files.items())).encode()
    return files
