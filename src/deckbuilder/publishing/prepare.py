"""A source in a clean repository -> its next release: a version, its notes, one commit, one tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from deckbuilder.files import publish, refuse_read_only, uninterrupted
from deckbuilder.lock import Lock, dated_back, format_lock, is_forced, mark_released
from deckbuilder.model import Deck
from deckbuilder.problems import Obstacle
from deckbuilder.publishing import git
from deckbuilder.publishing.built import built
from deckbuilder.publishing.changelog import released
from deckbuilder.publishing.news import News, news
from deckbuilder.publishing.older import only_for
from deckbuilder.publishing.past import Last, Release, dates, last_release, releases, shown_then
from deckbuilder.publishing.present import (
    CHANGELOG,
    current_changelog,
    current_lock,
    other_decks,
    unaddressed,
    uncommitted,
)
from deckbuilder.publishing.promises import broken, untagged
from deckbuilder.publishing.shipped import Shipped
from deckbuilder.publishing.version import Step, following, numbers, tag_of, with_version
from deckbuilder.publishing.wording import told, upgrade_file
from deckbuilder.slots import dataclass
from deckbuilder.toml import parse


@dataclass(frozen=True, slots=True)
class Plan:
    """What a release would write, and say. `files`: absolute paths and their new bytes.

    `known`: all releases that have a tag here; `last`: the one before it.
    """

    root: Path
    tag: str
    last: Last | None
    known: tuple[Release, ...]
    version: str
    lock: Lock
    dated_back: tuple[str, ...]  # what is again as it went out
    notes: tuple[str, ...]
    files: Mapping[Path, bytes]
    message: str


def plan(
    source: Path, deck: Deck, wanted: str, now: int, shipped: Shipped | None
) -> Plan | tuple[Obstacle, ...]:
    """Return what the next release of a deck would be, or all that stands in its way.

    Args:
        source: the file, absolute.
        deck: what it holds, without an error.
        wanted: the version that the author asks for, or "".
        now: the time of the release, in seconds since 1970.
        shipped: the package that learners have, if it is at hand.
    """
    root = git.root_of(source.parent)
    if isinstance(root, Obstacle):
        return (root,)
    obstacles = [*uncommitted(root)]
    if not git.has_author(root):
        hint = "git config user.name, user.email"
        obstacles.append(Obstacle("git does not know your name", hint))
    before, flaws = current_changelog(root)
    others = other_decks(root, deck)
    obstacles += [*flaws, *unaddressed(before, deck, others)]
    lock, flaws = current_lock(source, deck)
    obstacles += flaws
    last = last_release(root, deck, source)
    if isinstance(last, Obstacle):
        return (*obstacles, last)
    if lock is None:
        return tuple(obstacles)
    known = releases(root, source, deck)
    lock, back = dated_back(lock, dates(root, deck, known, shipped, before))
    before_it = (last.tag, last.built.lock) if last else None
    obstacles += untagged(root, deck, lock, before, shipped)
    obstacles += broken(root, source, deck, lock, before_it, known, shipped)
    made = built(deck, lock)
    found = news(shown_then(root, last), made) if last else None
    version, flaw = _version(deck, last, found, wanted)
    obstacles += [flaw] if flaw else []
    if shipped and numbers(version) <= numbers(shipped.version):
        said = f"{version} is too small: {shipped.version} is out"
        obstacles.append(Obstacle(said, "name a greater one with --version"))
    tag = tag_of(deck.id, version)
    if git.tags(root, tag):
        hint = "name a greater one with --version"
        obstacles.append(Obstacle(f"{tag} was released before", hint))
    if obstacles:
        return tuple(obstacles)
    if found is None and shipped:
        # it is not the first, and what changed nobody can tell
        found = News(forced=is_forced(lock, shipped.lock))
    notes = tuple(told(deck, found, upgrade_file(deck.id, version)))
    if last and (only := only_for(root, made, last, known, version)):
        notes = (f"* {only}", *notes)
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    lock = mark_released(lock, version)
    text, _ = parse(git.content(root, "HEAD", source) or deck.source.data, source.name)
    files = {
        source: with_version(text or deck.source, version),
        source.with_suffix(".lock"): format_lock(lock),
        root / CHANGELOG: released(before, deck.id, version, day, notes, alone=not others).encode(),
    }
    message = f"Release {deck.id} {version}"
    return Plan(root, tag, last, known, version, lock, back, notes, files, message)


def _version(
    deck: Deck, last: Last | None, found: News | None, wanted: str
) -> tuple[str, Obstacle | None]:
    """Return the version of the release, and what is wrong with the one that was asked for."""
    if last is None or found is None:
        return wanted or deck.version, None
    least = following(last.version, found.step)
    version = wanted or max(deck.version, least, key=numbers)
    if found.step is Step.NOTHING and version not in (wanted, deck.version):
        hint = "to release it all the same, name a version with --version"
        return least, Obstacle(f"nothing changed since {last.tag}", hint)
    if numbers(version) < numbers(least):
        why = {
            Step.ACT: "learners have to do something",
            Step.FACTS: "there is something new to learn",
        }.get(found.step, f"{last.version} is out")
        return version, Obstacle(f"{version} is too small: {why}", f"{least} is the smallest")
    return version, None


def carry_out(made: Plan, tell: Callable[[], object]) -> Obstacle | None:
    """Write, commit and tag a planned release; where that fails or is ended, all is as it was.

    Args:
        made: what it is.
        tell: what there is to say once it is made: no signal ends the program before.

    Raises:
        OSError: a file is read-only, or the disk is at fault.
    """
    refuse_read_only(made.files)
    before = {file: file.read_bytes() if file.exists() else None for file in made.files}
    with uninterrupted(), ExitStack() as undo:  # Ctrl-C ends git, which then counts as refusing
        undo.callback(_put_back, before)
        for file, data in made.files.items():
            publish(file.parent, {file.name: data}, file.stem)
        complaint = git.commit(made.root, list(made.files), made.message, made.tag)
        if not complaint:
            undo.pop_all()
            tell()
    return Obstacle("git did not commit", complaint) if complaint else None


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for file, kept in before.items():
        if kept is None:
            file.unlink(missing_ok=True)
        else:
            publish(file.parent, {file.name: kept}, file.stem)
