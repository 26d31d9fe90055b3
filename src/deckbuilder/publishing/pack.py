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
from deckbuilder.opened import whole
from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.publishing.changelog import section, without_tool
from deckbuilder.publishing.elsewhere import SURROUNDINGS, built_elsewhere
from deckbuilder.publishing.present import CHANGELOG, current_changelog, repository, uncommitted
from deckbuilder.publishing.promises import unkept
from deckbuilder.publishing.rehearsal import REPORT, flaws, rehearse
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.publishing.skipped import left_to_do
from deckbuilder.publishing.standing import Standing, standing
from deckbuilder.publishing.texts import ankiweb, is_for_older, release_notes
from deckbuilder.publishing.version import tag_of
from deckbuilder.slots import dataclass

SUMS = "SHA256SUMS"
AS_RELEASED = ("--frozen", "--strict")
PREPARE = "deckbuilder release prepares a release"


def is_here(root: Path, deck: Deck) -> bool:
    """Tell whether the release of a deck is the commit that is checked out."""
    return bool(git.tags(root, tag_of(deck.id, deck.version), "--points-at", "HEAD"))


@dataclass(frozen=True, slots=True)
class Ready:
    """A deck that can be given away as it is, and what was found out about it on the way.

    `said`: what the changelog says of it to learners.
    """

    stands: Standing
    said: str


def ready(source: Path, deck: Deck, shipped: Shipped | None) -> Ready | tuple[Obstacle, ...]:
    """Return a deck as it can be given away, or all that forbids it.

    Args:
        source: its file, absolute.
        deck: what it holds, without an error or a warning.
        shipped: the package that learners have, if it is at hand.
    """
    root = repository(source)
    if isinstance(root, Obstacle):
        return (root,)
    obstacles = [*uncommitted(root)]
    changelog, unread = current_changelog(root)
    obstacles += unread
    said = section(changelog, deck.id, deck.version) or ""
    if not unread and not said:
        told = f"{CHANGELOG} has no part for {deck.id} {deck.version}"
        obstacles.append(Obstacle(told, PREPARE))
    tag = tag_of(deck.id, deck.version)
    if git.tags(root, tag) and not is_here(root, deck):
        hint = f"git checkout {tag}, or: {PREPARE}"
        obstacles.append(Obstacle(f"{tag} is another commit", hint))
    stands = standing(root, source, deck, shipped, changelog, deck.version)
    if not isinstance(stands, Standing):
        return (*obstacles, *stands)
    obstacles += [*_drafts(stands.lock), *unkept(stands, deck.version)]
    return tuple(obstacles) or Ready(stands, without_tool(said))


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
    root, source = release.stands.root, release.stands.source
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
    lost = tuple(rehearse(release.stands, new))
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
        listing = parsed(whole(out / CONTENTS), {"files": {str: object}})
    except OSError:
        return set()
    names = (CONTENTS, SUMS, *listing["files"]) if listing else ()
    return {name for name in names if (out / name).is_file()}


def _named(release: Ready, built: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return all files of a release by their names, the sums last."""
    stands, said = release.stands, release.said
    root, source, deck = stands.root, stands.source, stands.deck
    stem = f"{deck.id}-{deck.version}"
    own = parsed(built[manifest_name(source.stem)], dict)
    files = {
        stem + name.removeprefix(source.stem): data
        for name, data in built.items()
        if not name.endswith(MANIFEST)
    }
    left = left_to_do(stands)
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
